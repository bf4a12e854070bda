//! An inequality solved for one symbol: the end of its domain that it says.
//! In: a difference that is above 0, the domains so far. Out: narrowed domains, or the reason why not. Never: an end that holds under some signs only.

use super::domains::{Domains, Empty, Role, Side};
use bartlett_expr::normal::{expanded, factored};
use bartlett_expr::{Domain, Expr, Kind, Number, Symbol, Truth};

/// What became of an inequality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds anyway.
    Proved,
    /// It never holds.
    Refuted,
    /// A domain says it now.
    Narrowed,
    /// The symbol must not be 0, and nothing more.
    NotZero(Symbol),
    /// The symbol is bounded, on a side that depends on the sign of this factor.
    SideUnknown(Symbol, Expr),
    /// Nothing was found.
    Unsolved,
}

/// Most factors that are stripped one inside another.
const DEEPEST: usize = 32;

/// Which symbols an inequality may narrow.
pub(super) type May<'a> = &'a dyn Fn(&Domains, &Symbol) -> bool;

impl Domains {
    /// Solves `difference > 0` (or ≥ 0) for its datum of highest rank.
    pub(super) fn solve_for_datum(
        &mut self,
        difference: &Expr,
        closed: bool,
    ) -> Result<Outcome, Empty> {
        let data = difference
            .free_symbols()
            .into_iter()
            .filter(|s| self.is_datum(s));
        let Some(target) = data.max_by_key(|s| self.rank(s)) else {
            return Ok(Outcome::Unsolved);
        };
        self.solve_linear(difference, closed, &target)
    }

    /// A·s + B > 0 with A of known sign.
    fn solve_linear(
        &mut self,
        difference: &Expr,
        closed: bool,
        target: &Symbol,
    ) -> Result<Outcome, Empty> {
        let Some((slope, rest)) = linear(difference, target) else {
            return Ok(Outcome::Unsolved);
        };
        let side = if self.facts().is_positive(&slope) == Truth::Yes {
            Side::Lower
        } else if self.facts().is_negative(&slope) == Truth::Yes {
            Side::Upper
        } else {
            return Ok(Outcome::SideUnknown(target.clone(), slope));
        };
        let end = if slope.as_number().is_some() {
            -rest / slope
        } else {
            expanded(&(-rest / slope))
        };
        self.cut(target, side, end, closed)?;
        Ok(Outcome::Narrowed)
    }

    /// Solves `difference > 0` (or ≥ 0) of parameters and knowns. `linked` allows ends that hold other symbols.
    pub(super) fn solve_for_parameter(
        &mut self,
        difference: &Expr,
        closed: bool,
        linked: bool,
        may: May<'_>,
    ) -> Result<Outcome, Empty> {
        let mut part = difference.clone();
        let mut negative = false;
        for _ in 0..DEEPEST {
            let signed = if negative { -&part } else { part.clone() };
            let holds = if closed {
                self.facts().is_nonnegative(&signed)
            } else {
                self.facts().is_positive(&signed)
            };
            match holds {
                Truth::Yes => return Ok(Outcome::Proved),
                Truth::No => return Ok(Outcome::Refuted),
                Truth::Unknown => {}
            }
            match part.kind() {
                Kind::Symbol(s) if may(self, s) => {
                    let side = if negative { Side::Upper } else { Side::Lower };
                    let s = s.clone();
                    self.cut(&s, side, Expr::zero(), closed)?;
                    return Ok(Outcome::Narrowed);
                }
                Kind::Symbol(_) => return Ok(Outcome::Unsolved),
                Kind::Mul(coefficient, factors) => {
                    negative ^= coefficient.is_negative();
                    let mut open = Vec::new();
                    let mut even = Vec::new();
                    for factor in factors {
                        if factor.as_power().1.as_integer().is_some_and(|n| n % 2 == 0)
                            && self.facts().is_positive(factor) != Truth::Yes
                        {
                            even.push(factor.clone());
                        } else if self.facts().is_negative(factor) == Truth::Yes {
                            negative = !negative;
                        } else if self.facts().is_positive(factor) != Truth::Yes {
                            open.push(factor.clone());
                        }
                    }
                    let whole = Expr::product(open.iter().cloned());
                    part = match (&open[..], &even[..]) {
                        ([], [only]) | ([only], _) => only.clone(),
                        ([], _) => return Ok(Outcome::Unsolved),
                        _ => return self.solve_quadratic(&whole, negative, closed, may),
                    };
                }
                Kind::Power(base, exponent) => match exponent.as_integer() {
                    Some(n) if n % 2 == 0 => {
                        return Ok(match (negative, base.as_symbol()) {
                            (true, _) if !closed => Outcome::Refuted,
                            (false, Some(s)) => Outcome::NotZero(s.clone()),
                            _ => Outcome::Unsolved,
                        });
                    }
                    Some(_) => part = base.clone(),
                    None if negative => {
                        return Ok(if closed {
                            Outcome::Unsolved
                        } else {
                            Outcome::Refuted
                        });
                    }
                    None => part = base.clone(),
                },
                Kind::Add(..) => {
                    let stripped = factored(&part);
                    if matches!(stripped.kind(), Kind::Mul(..) | Kind::Power(..)) {
                        part = stripped;
                        continue;
                    }
                    return self.solve_sum(&signed, closed, linked, may);
                }
                _ => return Ok(Outcome::Unsolved),
            }
        }
        Ok(Outcome::Unsolved)
    }

    fn solve_sum(
        &mut self,
        difference: &Expr,
        closed: bool,
        linked: bool,
        may: May<'_>,
    ) -> Result<Outcome, Empty> {
        let symbols = difference.free_symbols();
        let mut targets: Vec<&Symbol> = symbols.iter().filter(|s| may(self, s)).collect();
        targets.sort_by_key(|s| std::cmp::Reverse(self.rank(s)));
        if symbols.len() > 1 && !linked {
            return Ok(Outcome::Unsolved);
        }
        for target in targets {
            match self.solve_linear(difference, closed, target)? {
                Outcome::Narrowed => return Ok(Outcome::Narrowed),
                // An end in terms of a later symbol would turn the order around.
                _ if symbols.len() > 1 => return Ok(Outcome::Unsolved),
                _ => {}
            }
        }
        self.solve_quadratic(difference, false, closed, may)
    }

    /// c·(s − a)(b − s) > 0 with numbers a < b, c > 0: s lies between them.
    fn solve_quadratic(
        &mut self,
        difference: &Expr,
        negative: bool,
        closed: bool,
        may: May<'_>,
    ) -> Result<Outcome, Empty> {
        let difference = expanded(&if negative {
            -difference
        } else {
            difference.clone()
        });
        let symbols = difference.free_symbols();
        let Some(s) = symbols
            .first()
            .filter(|s| symbols.len() == 1 && may(self, s))
        else {
            return Ok(Outcome::Unsolved);
        };
        let Some((lower, upper)) = roots_around_maximum(&difference, s) else {
            return Ok(Outcome::Unsolved);
        };
        self.narrow(s, &Domain::interval(lower, closed, upper, closed))?;
        Ok(Outcome::Narrowed)
    }
}

/// A and B of A·s + B.
pub(super) fn linear(e: &Expr, s: &Symbol) -> Option<(Expr, Expr)> {
    let slope = e.derivative(s).ok()?;
    let slope = if slope.contains(s) {
        bartlett_expr::normal::cancelled(&slope)
    } else {
        slope
    };
    (!slope.contains(s) && !slope.is_zero()).then(|| (slope, e.replace(s, &Expr::zero())))
}

/// The roots of a·s² + b·s + c with numbers, a < 0 and b² > 4ac.
fn roots_around_maximum(e: &Expr, s: &Symbol) -> Option<(Expr, Expr)> {
    let first = e.derivative(s).ok()?;
    let second = expanded(&first.derivative(s).ok()?);
    let a = second.as_number()? * &Number::ratio(1, 2);
    let at_zero = |e: &Expr| expanded(e).replace(s, &Expr::zero()).as_number().cloned();
    let (b, c) = (at_zero(&first)?, at_zero(e)?);
    let discriminant = &(&b * &b) - &(&Number::integer(4) * &(&a * &c));
    if !a.is_negative() || !discriminant.is_positive() {
        return None;
    }
    let root = Expr::number(discriminant).sqrt();
    let twice = Expr::number(&a * &Number::integer(2));
    let b = Expr::number(b);
    Some(((&root - &b) / &twice, (-&root - &b) / &twice))
}

/// Parameters and knowns of which nothing was stated.
pub(super) fn unstated(domains: &Domains, symbol: &Symbol) -> bool {
    domains
        .entry(symbol)
        .is_some_and(|entry| entry.role != Role::Datum && !entry.stated)
}

/// Any parameter or known.
pub(super) fn any_parameter(domains: &Domains, symbol: &Symbol) -> bool {
    domains
        .entry(symbol)
        .is_some_and(|entry| entry.role != Role::Datum)
}
