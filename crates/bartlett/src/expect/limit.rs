//! The value that an expression approaches at an end of an interval.
//! In: facts, an expression, its variable, an end. Out: a limit. Never: a comparison of growth that the facts do not prove.

use super::path::{Infinite, infinite};
use bartlett_expr::{Constant, Domain, Expr, Facts, Kind, Symbol, Truth, normal};

/// How deep an expression may be nested.
const DEPTH: usize = 24;

/// coefficient · e^rate · y^power · (log y)^logs as y → ∞; the rate tends to ±∞ or is 0.
#[derive(Clone, Debug)]
struct Growth {
    coefficient: Expr,
    rate: Expr,
    power: Expr,
    logs: Expr,
}

/// Which of two is larger in the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Larger {
    First,
    Second,
    Same,
}

/// What `e` tends to as x approaches an end of its domain from inside; `None` where that is infinite or not proved.
pub(crate) fn limit(facts: &Facts, e: &Expr, x: &Symbol, end: &Expr, upper: bool) -> Option<Expr> {
    let y = Symbol::new("#y");
    let far = Expr::symbol(y.name());
    let place = match infinite(end) {
        Some(Infinite::Plus) => far,
        Some(Infinite::Minus) => -far,
        None if upper => end - far.recip(),
        None => end + far.recip(),
    };
    let mut facts = facts.clone();
    facts.declare(y.clone(), Domain::positive());
    let here = facts.refine(&normal::cancelled(&e.replace(x, &place)));
    let scale = Scale { facts: &facts, y };
    let growth = scale.growth(&here, 0)?;
    match scale.direction(&growth)? {
        Larger::Second => Some(Expr::zero()),
        Larger::Same => Some(growth.coefficient),
        Larger::First => None,
    }
}

struct Scale<'a> {
    facts: &'a Facts,
    y: Symbol,
}

impl Growth {
    fn constant(coefficient: Expr) -> Self {
        let zero = Expr::zero();
        Self {
            coefficient,
            rate: zero.clone(),
            power: zero.clone(),
            logs: zero,
        }
    }
}

impl Scale<'_> {
    fn sign(&self, e: &Expr) -> Option<Larger> {
        let e = normal::cancelled(e);
        if e.is_zero() {
            return Some(Larger::Same);
        }
        match (self.facts.is_positive(&e), self.facts.is_negative(&e)) {
            (Truth::Yes, _) => Some(Larger::First),
            (_, Truth::Yes) => Some(Larger::Second),
            _ => None,
        }
    }

    /// Against 1: does it grow, vanish, or tend to a constant?
    fn direction(&self, growth: &Growth) -> Option<Larger> {
        if !growth.rate.is_zero() {
            let rate = self.growth(&growth.rate, 0)?;
            return self.sign(&rate.coefficient);
        }
        match self.sign(&growth.power)? {
            Larger::Same => self.sign(&growth.logs),
            other => Some(other),
        }
    }

    fn compare(&self, a: &Growth, b: &Growth) -> Option<Larger> {
        let rate = normal::cancelled(&(&a.rate - &b.rate));
        let ratio = Growth {
            coefficient: Expr::one(),
            rate,
            power: &a.power - &b.power,
            logs: &a.logs - &b.logs,
        };
        self.direction(&ratio)
    }

    fn growth(&self, e: &Expr, depth: usize) -> Option<Growth> {
        if depth > DEPTH {
            return None;
        }
        let deeper = |e: &Expr| self.growth(e, depth + 1);
        if !e.contains(&self.y) {
            return (!e.is_constant(Constant::Undefined)).then(|| Growth::constant(e.clone()));
        }
        match e.kind() {
            Kind::Symbol(_) => Some(Growth {
                power: Expr::one(),
                ..Growth::constant(Expr::one())
            }),
            Kind::Mul(..) => {
                let mut product = Growth::constant(Expr::one());
                for factor in e.factors() {
                    let g = deeper(&factor)?;
                    product = Growth {
                        coefficient: product.coefficient * g.coefficient,
                        rate: product.rate + g.rate,
                        power: product.power + g.power,
                        logs: product.logs + g.logs,
                    };
                }
                product.rate = normal::cancelled(&product.rate);
                Some(product)
            }
            Kind::Add(..) => {
                let mut leading: Option<Growth> = None;
                for term in e.summands() {
                    let g = deeper(&term)?;
                    leading = Some(match leading {
                        None => g,
                        Some(other) => match self.compare(&g, &other)? {
                            Larger::First => g,
                            Larger::Second => other,
                            Larger::Same => Growth {
                                coefficient: other.coefficient + g.coefficient,
                                ..other
                            },
                        },
                    });
                }
                // Leading terms that cancel leave the question open.
                leading.filter(|g| normal::is_zero(self.facts, &g.coefficient) != Truth::Yes)
            }
            Kind::Power(base, exponent) => {
                match (base.contains(&self.y), exponent.contains(&self.y)) {
                    (true, false) => {
                        let g = deeper(base)?;
                        Some(Growth {
                            coefficient: g.coefficient.power(exponent),
                            rate: normal::expanded(&(g.rate * exponent)),
                            power: g.power * exponent,
                            logs: g.logs * exponent,
                        })
                    }
                    (false, true) => {
                        self.exponential(&normal::expanded(&(exponent * base.log())), depth)
                    }
                    _ => None,
                }
            }
            Kind::Call(f, arguments) if f.name() == "log" => {
                let g = deeper(&arguments[0])?;
                if !g.rate.is_zero() {
                    return deeper(&g.rate);
                }
                match self.sign(&g.power)? {
                    Larger::Same if !g.logs.is_zero() => None,
                    Larger::Same if g.coefficient.is_one() => {
                        deeper(&normal::cancelled(&(&arguments[0] - 1)))
                    }
                    Larger::Same => Some(Growth::constant(g.coefficient.log())),
                    _ => Some(Growth {
                        logs: Expr::one(),
                        ..Growth::constant(g.power)
                    }),
                }
            }
            Kind::Call(f, arguments) if f.is_smooth() => {
                let mut values = Vec::new();
                for argument in arguments {
                    let g = deeper(argument)?;
                    values.push(match self.direction(&g)? {
                        Larger::Same => g.coefficient,
                        Larger::Second => Expr::zero(),
                        Larger::First => return None,
                    });
                }
                let value = Expr::call(*f, values.clone());
                if let ([argument], [at], true) = (&arguments[..], &values[..], value.is_zero()) {
                    // Near a simple zero the function is its slope times the distance.
                    let u = Symbol::new("#u");
                    let slope = Expr::call(*f, [Expr::symbol(u.name())])
                        .derivative(&u)
                        .ok()?;
                    let slope = slope.replace(&u, at);
                    let undefined = slope.any_node(&|n| n.is_constant(Constant::Undefined));
                    if slope.is_zero() || undefined {
                        return None;
                    }
                    let g = deeper(&normal::cancelled(&(argument - at)))?;
                    return Some(Growth {
                        coefficient: g.coefficient * slope,
                        ..g
                    });
                }
                let plain =
                    !value.is_zero() && !value.any_node(&|n| n.is_constant(Constant::Undefined));
                plain.then(|| Growth::constant(value))
            }
            _ => None,
        }
    }

    /// e^exponent: what grows stays above, constants become the coefficient, multiples of log y a power.
    fn exponential(&self, exponent: &Expr, depth: usize) -> Option<Growth> {
        let mut out = Growth::constant(Expr::one());
        for term in exponent.summands() {
            let g = self.growth(&term, depth + 1)?;
            match self.direction(&g)? {
                Larger::Second => {}
                Larger::Same => {
                    out.coefficient = out.coefficient * term_constant(&term, &g, &self.y)?.exp()
                }
                Larger::First if g.rate.is_zero() && g.power.is_zero() => {
                    let exact = &g.coefficient * Expr::symbol(self.y.name()).log();
                    if !g.logs.is_one()
                        || normal::is_zero(self.facts, &(&term - exact)) != Truth::Yes
                    {
                        return None;
                    }
                    out.power = out.power + g.coefficient;
                }
                Larger::First => out.rate = out.rate + term,
            }
        }
        Some(out)
    }
}

/// The constant that a bounded term of an exponent tends to.
fn term_constant(term: &Expr, growth: &Growth, y: &Symbol) -> Option<Expr> {
    if term.contains(y) {
        return Some(growth.coefficient.clone());
    }
    Some(term.clone())
}
