//! How a product reads: signs drawn out of sums, negative powers below the line, roots, factors in order.
//! In: a product or power. Out: its sign and a `Notation`. Never: a string of any format.

use super::notation::{Notation, Reader, Slant};
use super::order;
use super::writer::Style;
use crate::Number;
use crate::expr::{Binder, Constant, Expr, Kind};
use crate::functions::Codomain;

/// The sign ("is negative") and the size of an expression. `alone`: no sign can be taken over by a sum around it.
pub fn read(reader: &mut Reader<'_>, e: &Expr, alone: bool) -> (bool, Notation) {
    let (coefficient, parts): (Number, Vec<Expr>) = match e.kind() {
        Kind::Number(n) => return (n.is_negative(), reader.rational(&n.abs())),
        Kind::Mul(n, factors) => (n.clone(), factors.to_vec()),
        Kind::Power(..) => (Number::ONE, vec![e.clone()]),
        _ => return (false, reader.read(e)),
    };
    if let [only] = &parts[..]
        && coefficient == Number::MINUS_ONE
        && !matches!(only.kind(), Kind::Power(..) | Kind::Call(..))
    {
        return (true, reader.read(only));
    }
    let mut factors: Vec<Factor> = parts.iter().map(Factor::new).collect();
    let mut coefficient = coefficient;
    for factor in &factors {
        let relative = reader.relative_scale(&factor.base);
        if let Some(scale) = factor.exponent.as_integer().and_then(|n| relative.pow(n)) {
            coefficient *= &scale;
        }
    }
    for factor in &mut factors {
        if let Some(turned) =
            turned_sum(&factor.base).filter(|_| factor.is_odd() || factor.is_even())
        {
            factor.base = turned;
            if factor.is_odd() {
                coefficient = -coefficient;
            }
        }
    }
    orient(&mut coefficient, &mut factors, alone);
    let (above, below) = (
        coefficient.abs().numerator(),
        coefficient.abs().denominator(),
    );
    let mut line = Line {
        above,
        below,
        roots_above: Vec::new(),
        roots_below: Vec::new(),
    };
    line.take_roots(&mut factors);
    factors.sort_by(|a, b| {
        order::factors(&a.key(), &b.key()).then_with(|| order::factors(&a.exponent, &b.exponent))
    });
    (coefficient.is_negative(), line.set(reader, &factors))
}

/// A Σ of what reads with a minus sign, as the Σ of its negative.
pub fn turned_sum(e: &Expr) -> Option<Expr> {
    let Kind::Bound(Binder::Sum, variable, lower, upper, body) = e.kind() else {
        return None;
    };
    let Kind::Mul(coefficient, parts) = body.kind() else {
        return None;
    };
    let mut coefficient = coefficient.clone();
    let mut factors: Vec<Factor> = parts.iter().map(Factor::new).collect();
    orient(&mut coefficient, &mut factors, true);
    coefficient.is_negative().then(|| {
        let (lower, upper) = (lower.clone(), upper.clone());
        Expr::bound(Binder::Sum, variable.clone(), lower, upper, -body)
    })
}

/// A factor of a product.
struct Factor {
    base: Expr,
    exponent: Expr,
}

impl Factor {
    fn new(e: &Expr) -> Self {
        let (base, exponent) = e.as_power();
        Self { base, exponent }
    }
    /// What decides its place among the factors.
    fn key(&self) -> Expr {
        match self.base.kind() {
            Kind::Number(_) => self.base.power(&self.exponent),
            _ => self.base.clone(),
        }
    }
    fn is_below(&self) -> bool {
        if self.base.is_constant(Constant::E) {
            return false;
        }
        match self.exponent.kind() {
            Kind::Number(n) => n.is_negative(),
            Kind::Mul(n, _) => n.is_negative() && self.base.as_number().is_none(),
            _ => false,
        }
    }
    fn is_odd(&self) -> bool {
        self.exponent
            .as_integer()
            .is_some_and(|n| n.rem_euclid(2) == 1)
    }
    fn is_even(&self) -> bool {
        self.exponent
            .as_integer()
            .is_some_and(|n| n.rem_euclid(2) == 0)
    }
    fn follows_roots(&self, place: RootPlace) -> bool {
        place == RootPlace::First
            || self.base.is_constant(Constant::E)
            || !matches!(
                self.base.kind(),
                Kind::Constant(_) | Kind::Symbol(_) | Kind::Indexed(..)
            )
    }
    /// Numbers, π and γ under a square root are set under one root.
    fn is_constant_root(&self) -> bool {
        let half = self
            .exponent
            .as_number()
            .is_some_and(|n| n.abs() == Number::HALF);
        half && match self.base.kind() {
            Kind::Number(_) => true,
            Kind::Constant(c) => *c != Constant::E,
            _ => false,
        }
    }
    fn notation(&self, reader: &mut Reader<'_>) -> Notation {
        let Some(n) = self.exponent.as_number() else {
            if self.base.is_constant(Constant::E) {
                return reader.exponential(&self.exponent);
            }
            let base = reader.read(&self.base);
            let exponent = if self.is_below() {
                -&self.exponent
            } else {
                self.exponent.clone()
            };
            return Notation::raised(base, reader.exponent(&exponent));
        };
        if self.base.is_constant(Constant::E) {
            return reader.exponential(&self.exponent);
        }
        let size = n.abs();
        let base = if n.is_integer() {
            reader.read_relative(&self.base)
        } else {
            reader.read(&self.base)
        };
        if size.is_one() {
            return base;
        }
        if size == Number::HALF {
            return Notation::Root(Box::new(base), None);
        }
        if size.numerator().is_one()
            && let (Some(degree), Kind::Number(_)) = (size.denominator().to_i64(), self.base.kind())
        {
            return Notation::Root(Box::new(base), Some(degree));
        }
        let exponent = reader.exponent(&Expr::number(size));
        Notation::raised(base, exponent)
    }
}

/// Turns sums so that they read well (`1 - p`, `x - mu`), with the sign drawn into the coefficient.
fn orient(coefficient: &mut Number, factors: &mut [Factor], alone: bool) {
    for factor in factors.iter_mut() {
        if !(factor.is_odd() || factor.is_even()) || reads_well(&factor.base) {
            continue;
        }
        factor.base = factor.base.scaled(&Number::MINUS_ONE);
        if factor.is_odd() {
            *coefficient = -&*coefficient;
        }
    }
    if !alone || !coefficient.is_negative() {
        return;
    }
    // −(x − μ)/σ² reads (μ − x)/σ², and −1/(a − b) reads 1/(b − a).
    let wanted = [Number::ONE, Number::MINUS_ONE];
    let turned = wanted.iter().find_map(|exponent| {
        let of =
            |f: &Factor| f.exponent.as_number() == Some(exponent) && takes_a_minus_sign(&f.base);
        factors.iter().position(of)
    });
    // −1/(1 − e^x) reads 1/(e^x − 1), and −n/(1 − n²) reads n/(n² − 1).
    let turned = turned.or_else(|| {
        let of = |f: &Factor| f.is_odd() && is_one_less_a_growing_term(&f.base);
        factors.iter().position(of)
    });
    if let Some(place) = turned {
        factors[place].base = factors[place].base.scaled(&Number::MINUS_ONE);
        *coefficient = -&*coefficient;
    }
}

/// Is it 1 less a power that is no fraction by its looks: e^x, not e^(−x); n², not p²?
fn is_one_less_a_growing_term(e: &Expr) -> bool {
    let Kind::Add(constant, terms) = e.kind() else {
        return false;
    };
    let [(term, c)] = &terms[..] else {
        return false;
    };
    let Kind::Power(base, exponent) = term.kind() else {
        return false;
    };
    let grows = if base.is_constant(Constant::E) {
        match exponent.kind() {
            Kind::Number(n) | Kind::Mul(n, _) => n.is_positive(),
            Kind::Add(constant, terms) => {
                !constant.is_negative() && terms.iter().all(|(_, c)| c.is_positive())
            }
            _ => true,
        }
    } else {
        base.as_symbol()
            .is_some_and(|s| !order::is_fraction_like(s))
    };
    grows && constant.is_one() && c.is_negative()
}

/// Does the negative of a sum read at least as well: the difference of two terms that are no numbers, of a function or γ and a number, or mostly subtracted terms?
fn takes_a_minus_sign(e: &Expr) -> bool {
    let Kind::Add(constant, terms) = e.kind() else {
        return false;
    };
    let signs = terms
        .iter()
        .map(|(_, c)| c)
        .chain((!constant.is_zero()).then_some(constant));
    let (negative, positive): (Vec<&Number>, Vec<&Number>) = signs.partition(|c| c.is_negative());
    let one_each = negative.len() == 1 && positive.len() == 1;
    // −(1 − γ)/σ reads (γ − 1)/σ, −(1 − 2Φ(k)) reads 2Φ(k) − 1; but −p(1 − p) stays.
    let to_a_number = matches!(
        terms.first().map(|(e, _)| e.kind()),
        Some(Kind::Constant(Constant::EulerGamma) | Kind::Call(..))
    );
    // −φ(μ − 1) reads φ(1 − μ).
    let less_a_number = constant.is_negative() && negative.len() == 1;
    one_each && (constant.is_zero() || to_a_number)
        || less_a_number
        || negative.len() > positive.len()
}

/// Does a sum read better than its negative?
fn reads_well(e: &Expr) -> bool {
    let Kind::Add(constant, terms) = e.kind() else {
        return true;
    };
    let positive = constant.is_positive() || terms.iter().any(|(_, c)| c.is_positive());
    let negative = constant.is_negative() || terms.iter().any(|(_, c)| c.is_negative());
    if !positive || !negative {
        return positive;
    }
    let all_against = !constant.is_zero()
        && terms
            .iter()
            .all(|(_, c)| c.is_negative() == constant.is_positive());
    if all_against && constant.abs().is_one() {
        let fraction_like = |e: &Expr| match e.kind() {
            Kind::Symbol(s) => order::is_fraction_like(s),
            Kind::Constant(c) => *c == Constant::EulerGamma,
            Kind::Power(base, _) => base.as_symbol().is_some() || base.is_constant(Constant::E),
            Kind::Call(function, _) => function.row().codomain() == Codomain::Unit,
            _ => false,
        };
        if terms.iter().all(|(e, _)| fraction_like(e)) {
            return constant.is_positive();
        }
    }
    let variable = terms
        .iter()
        .find(|(e, _)| e.as_symbol().is_some_and(order::is_variable));
    if let Some((_, c)) = variable {
        return c.is_positive();
    }
    let by_size: Vec<(Expr, Number)> = terms.iter().map(|(e, c)| (e.clone(), c.abs())).collect();
    let leading = order::terms(by_size).into_iter().next();
    leading.is_some_and(|(lead, _)| terms.iter().any(|(e, c)| *e == lead && c.is_positive()))
}

/// What stands above and below the line besides the factors.
struct Line {
    above: Number,
    below: Number,
    roots_above: Vec<Expr>,
    roots_below: Vec<Expr>,
}

impl Line {
    fn take_roots(&mut self, factors: &mut Vec<Factor>) {
        factors.retain(|factor| {
            let taken = factor.is_constant_root();
            if taken {
                let below = factor.is_below();
                let roots = if below {
                    &mut self.roots_below
                } else {
                    &mut self.roots_above
                };
                roots.push(factor.base.clone());
            }
            !taken
        });
        // √2/(2√π) reads 1/√(2π).
        if self.roots_below.is_empty() {
            return;
        }
        let numbers: Vec<Expr> = self
            .roots_above
            .iter()
            .filter(|e| e.as_number().is_some())
            .cloned()
            .collect();
        let content = numbers.iter().fold(Number::ONE, |product, e| {
            &product * e.as_number().unwrap_or(&Number::ONE)
        });
        let rest = &self.below / &content;
        if !numbers.is_empty() && content.is_integer() && rest.is_integer() {
            self.below = rest;
            self.roots_above.retain(|e| e.as_number().is_none());
            self.roots_below.extend(numbers);
        }
    }

    fn root(reader: &mut Reader<'_>, mut roots: Vec<Expr>) -> Option<Notation> {
        if roots.is_empty() {
            return None;
        }
        let numbers = roots.iter().filter_map(Expr::as_number);
        let content = numbers.fold(Number::ONE, |product, n| &product * n);
        roots.retain(|e| e.as_number().is_none());
        roots.sort_by(order::factors);
        let number = (!content.is_one()).then(|| reader.rational(&content));
        let inside: Vec<Notation> = number
            .into_iter()
            .chain(roots.iter().map(|e| reader.read(e)))
            .collect();
        Some(Notation::Root(Box::new(Notation::product_of(inside)), None))
    }

    fn set(self, reader: &mut Reader<'_>, factors: &[Factor]) -> Notation {
        let stacked = reader.slant() == Slant::Stacked;
        let number = |n: &Number| (!n.is_one()).then(|| Notation::Number(n.clone()));
        let (mut top, mut bottom, mut trailing) = (Vec::new(), Vec::new(), Vec::new());
        let (above, below) = (
            RootPlace::of(&self.roots_above),
            RootPlace::of(&self.roots_below),
        );
        let root_above = Self::root(reader, self.roots_above);
        let root_below = Self::root(reader, self.roots_below);
        let mut roots = [(above, root_above, false), (below, root_below, true)];
        for factor in factors {
            for (place, root, is_below) in &mut roots {
                if factor.follows_roots(*place)
                    && let Some(root) = root.take()
                {
                    if *is_below {
                        bottom.push(root)
                    } else {
                        top.push(root)
                    }
                }
            }
            let notation = factor.notation(reader);
            let reaches = reader.style() == Style::Page
                && matches!(notation, Notation::Bound(..) | Notation::Cases(..));
            let exponential = stacked
                && matches!(notation, Notation::Call(..))
                && factor.base.is_constant(Constant::E);
            if factor.is_below() {
                bottom.push(notation);
            } else if reaches || exponential {
                trailing.push(notation);
            } else {
                top.push(notation);
            }
        }
        for (_, root, is_below) in roots {
            if is_below {
                bottom.extend(root)
            } else {
                top.extend(root)
            }
        }
        // A rational before a single function stays in front: (3/2) log x.
        if stacked
            && bottom.is_empty()
            && trailing.is_empty()
            && matches!(top[..], [Notation::Call(..)])
        {
            trailing.append(&mut top);
        }
        top.splice(0..0, number(&self.above));
        bottom.splice(0..0, number(&self.below));
        let mut parts = Vec::new();
        if !(top.is_empty() && bottom.is_empty() && !trailing.is_empty()) {
            let top = Notation::product_of(top);
            parts = match (bottom.is_empty(), top) {
                (true, Notation::Product(factors)) => factors,
                (true, single) => vec![single],
                (false, top) => vec![Notation::quotient(
                    top,
                    Notation::product_of(bottom),
                    reader.slant(),
                )],
            };
        }
        parts.extend(trailing);
        Notation::product_of(parts)
    }
}

/// Where the root of constants stands: √2 before the symbols, √(2π) after them.
#[derive(Clone, Copy, PartialEq)]
enum RootPlace {
    First,
    AfterSymbols,
}

impl RootPlace {
    fn of(roots: &[Expr]) -> Self {
        if roots.iter().all(|e| e.as_number().is_some()) {
            Self::First
        } else {
            Self::AfterSymbols
        }
    }
}
