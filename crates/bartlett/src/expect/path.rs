//! A monotone change of variable as a path of elementary steps.
//! In: a formula w(x) in which x stands once. Out: its steps, its inverse, its Jacobian, the image of an interval. Never: a step whose direction is not proved.

use bartlett_expr::{Constant, Domain, End, Expr, Facts, Kind, Number, Symbol, Truth, normal};

/// One step of a path, applied to the value so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// v + a
    Shift(Expr),
    /// v · b, b of known sign
    Scale(Expr),
    /// v^e for v > 0, e of known sign
    Power(Expr),
    /// b^v, b > 1
    Exponential(Expr),
    /// log v
    Logarithm,
    /// v + √(v² + c), c > 0
    Hyperbolic(Expr),
}

/// The steps from the symbol outward, where it stands in one place only (or the whole is linear in it).
pub(crate) fn steps(w: &Expr, x: &Symbol) -> Option<Vec<Move>> {
    let mut outward = Vec::new();
    let mut here = w.clone();
    for _ in 0..32 {
        let next = match here.kind() {
            Kind::Symbol(s) if s == x => {
                outward.reverse();
                return Some(outward);
            }
            Kind::Add(..) => {
                let (with, without): (Vec<Expr>, Vec<Expr>) =
                    here.summands().into_iter().partition(|t| t.contains(x));
                let rest = Expr::sum(without);
                if with.len() == 1 {
                    if !rest.is_zero() {
                        outward.push(Move::Shift(rest));
                    }
                    with.into_iter().next()?
                } else if let Some(c) = hyperbolic(&with, x) {
                    if !rest.is_zero() {
                        outward.push(Move::Shift(rest));
                    }
                    outward.push(Move::Hyperbolic(c));
                    Expr::symbol(x.name())
                } else {
                    let slope = normal::cancelled(&here.derivative(x).ok()?);
                    if slope.contains(x) {
                        return None;
                    }
                    let rest = here.replace(x, &Expr::zero());
                    if !rest.is_zero() {
                        outward.push(Move::Shift(rest));
                    }
                    outward.push(Move::Scale(slope));
                    Expr::symbol(x.name())
                }
            }
            Kind::Mul(..) => {
                let (with, without): (Vec<Expr>, Vec<Expr>) =
                    here.factors().into_iter().partition(|t| t.contains(x));
                if with.len() != 1 {
                    return None;
                }
                outward.push(Move::Scale(Expr::product(without)));
                with.into_iter().next()?
            }
            Kind::Power(base, exponent) => match (base.contains(x), exponent.contains(x)) {
                (true, false) => {
                    outward.push(Move::Power(exponent.clone()));
                    base.clone()
                }
                (false, true) => {
                    outward.push(Move::Exponential(base.clone()));
                    exponent.clone()
                }
                _ => return None,
            },
            Kind::Call(..) => {
                let [inner] = here.as_call_of("log")? else {
                    return None;
                };
                outward.push(Move::Logarithm);
                inner.clone()
            }
            _ => return None,
        };
        here = next;
    }
    None
}

/// x + √(x² + c) as the sum of two terms.
fn hyperbolic(terms: &[Expr], x: &Symbol) -> Option<Expr> {
    let [a, b] = terms else { return None };
    let name = Expr::symbol(x.name());
    let root = if *a == name {
        b
    } else if *b == name {
        a
    } else {
        return None;
    };
    let Kind::Power(base, exponent) = root.kind() else {
        return None;
    };
    if exponent.as_number() != Some(&Number::HALF) {
        return None;
    }
    let c = base - name.powi(2);
    (!c.contains(x)).then_some(c)
}

#[derive(PartialEq, Eq, Clone, Copy)]
pub(crate) enum Infinite {
    Plus,
    Minus,
}

pub(crate) fn infinite(e: &Expr) -> Option<Infinite> {
    let (sign, rest) = e.as_coefficient();
    rest.is_constant(Constant::Infinity).then(|| {
        if sign.is_negative() {
            Infinite::Minus
        } else {
            Infinite::Plus
        }
    })
}

pub(crate) fn sign(facts: &Facts, e: &Expr) -> Option<bool> {
    match (facts.is_positive(e), facts.is_negative(e)) {
        (Truth::Yes, _) => Some(true),
        (_, Truth::Yes) => Some(false),
        _ => None,
    }
}

fn signed_infinity(positive: bool) -> Expr {
    if positive {
        Expr::infinity()
    } else {
        -Expr::infinity()
    }
}

impl Move {
    /// The value after the step.
    pub(crate) fn apply(&self, v: &Expr) -> Expr {
        match self {
            Self::Shift(a) => v + a,
            Self::Scale(b) => v * b,
            Self::Power(e) => v.power(e),
            Self::Exponential(b) => b.power(v),
            Self::Logarithm => v.log(),
            Self::Hyperbolic(c) => v + (v.powi(2) + c).sqrt(),
        }
    }

    /// The value before the step.
    pub(crate) fn undo(&self, z: &Expr) -> Expr {
        match self {
            Self::Shift(a) => z - a,
            Self::Scale(b) => z / b,
            Self::Power(e) => z.power(&e.recip()),
            Self::Exponential(b) => z.log() / b.log(),
            Self::Logarithm => z.exp(),
            Self::Hyperbolic(c) => (z - c / z) / 2,
        }
    }

    /// log |d(before)/d(after)| at the value after.
    pub(crate) fn log_jacobian(&self, facts: &Facts, z: &Expr) -> Option<Expr> {
        let log_size = |b: &Expr| Some(if sign(facts, b)? { b.log() } else { (-b).log() });
        Some(match self {
            Self::Shift(_) => Expr::zero(),
            Self::Scale(b) => -log_size(b)?,
            Self::Power(e) => -log_size(e)? + (e.recip() - 1) * z.log(),
            Self::Exponential(b) => -z.log() - b.log().log(),
            Self::Logarithm => z.clone(),
            Self::Hyperbolic(c) => (z.powi(2) + c).log() - Expr::integer(2).log() - z.log() * 2,
        })
    }

    /// The image of an interval; `None` where the direction or the domain of the step is not proved.
    pub(crate) fn image(&self, facts: &Facts, domain: &Domain) -> Option<Domain> {
        let through = |end: &End| -> Option<End> {
            let value = match self {
                Self::Shift(a) if infinite(&end.value).is_none() => {
                    normal::simplified(facts, &(&end.value + a))
                }
                Self::Shift(_) => end.value.clone(),
                Self::Scale(b) => match infinite(&end.value) {
                    Some(i) => signed_infinity((i == Infinite::Plus) == sign(facts, b)?),
                    None => normal::simplified(facts, &(&end.value * b)),
                },
                Self::Power(e) => {
                    let rising = sign(facts, e)?;
                    match (infinite(&end.value), end.value.is_zero()) {
                        (Some(Infinite::Plus), _) if rising => end.value.clone(),
                        (Some(Infinite::Plus), _) => Expr::zero(),
                        (Some(Infinite::Minus), _) => return None,
                        (None, true) if rising => Expr::zero(),
                        (None, true) => Expr::infinity(),
                        (None, false) => facts.refine(&end.value.power(e)),
                    }
                }
                Self::Exponential(b) => {
                    sign(facts, &(b - 1)).filter(|above| *above)?;
                    match infinite(&end.value) {
                        Some(Infinite::Plus) => Expr::infinity(),
                        Some(Infinite::Minus) => Expr::zero(),
                        None => facts.refine(&b.power(&end.value)),
                    }
                }
                Self::Logarithm => match infinite(&end.value) {
                    Some(Infinite::Plus) => Expr::infinity(),
                    Some(Infinite::Minus) => return None,
                    None if end.value.is_zero() => -Expr::infinity(),
                    None => facts.refine(&end.value.log()),
                },
                Self::Hyperbolic(c) => {
                    sign(facts, c).filter(|above| *above)?;
                    match infinite(&end.value) {
                        Some(Infinite::Plus) => Expr::infinity(),
                        Some(Infinite::Minus) => Expr::zero(),
                        None => facts.refine(&self.apply(&end.value)),
                    }
                }
            };
            Some(End {
                value,
                closed: end.closed,
            })
        };
        if matches!(self, Self::Power(_) | Self::Logarithm)
            && !is_nonnegative_end(facts, &domain.lower.value)
        {
            return None;
        }
        let (a, b) = (through(&domain.lower)?, through(&domain.upper)?);
        let falling = match self {
            Self::Scale(e) | Self::Power(e) => !sign(facts, e)?,
            _ => false,
        };
        let step = match (&domain.step, self) {
            (Some(step), Self::Shift(_)) => Some(step.clone()),
            (Some(step), Self::Scale(b)) => Some((step * b.as_number()?).abs()),
            (Some(_), _) => return None,
            (None, _) => None,
        };
        let (lower, upper) = if falling { (b, a) } else { (a, b) };
        Some(Domain { lower, upper, step })
    }
}

fn is_nonnegative_end(facts: &Facts, e: &Expr) -> bool {
    infinite(e) != Some(Infinite::Minus) && facts.is_nonnegative(e) == Truth::Yes
}
