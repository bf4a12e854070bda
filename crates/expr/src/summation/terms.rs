//! A body taken apart into terms i^k · q^i · wave(αi + β) · rest, each with a coefficient free of the index.
//! In: an expression. Out: `Term`s. Never: more terms than a reader could use; a term that is not exact.

use super::waves::Wave;
use crate::Symbol;
use crate::expr::{Expr, Kind};
use crate::normal::{cancelled, expanded};

/// What depends on the index in a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// The power of the index.
    pub(super) power: u32,
    /// Base and rate of the geometric part `base^(rate·i)`.
    pub(super) geometric: Option<(Expr, Expr)>,
    /// A cosine or sine of a linear function of the index.
    pub(super) wave: Option<Wave>,
    /// All else, 1 where there is nothing else.
    pub(super) rest: Expr,
}

impl Default for Key {
    fn default() -> Self {
        Self {
            power: 0,
            geometric: None,
            wave: None,
            rest: Expr::one(),
        }
    }
}

impl Key {
    pub(super) fn of_rest(rest: Expr) -> Self {
        Self {
            rest,
            ..Self::default()
        }
    }

    /// The product of its parts.
    pub(super) fn body(&self, index: &Symbol) -> Expr {
        let i = Expr::symbol(index.name());
        let mut parts = vec![i.powi(i64::from(self.power)), self.rest.clone()];
        if let Some((base, rate)) = &self.geometric {
            parts.push(base.power(&(rate * &i)));
        }
        if let Some(wave) = &self.wave {
            parts.push(wave.expression(&i));
        }
        Expr::product(parts)
    }
}

/// A coefficient free of the index with what depends on it.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) coefficient: Expr,
    pub(super) key: Key,
}

/// More terms than this stay one explicit sum.
const MOST_TERMS: usize = 200;
/// Higher powers of sums stay whole.
const HIGHEST_POWER: i64 = 8;
/// Nested brackets are opened to this depth.
const DEEPEST: usize = 24;

/// Does a factor depend on the index in a way that opening brackets would only make longer: a sum in a denominator, a call?
pub(super) fn is_hard(e: &Expr, index: &Symbol) -> bool {
    let parts: Vec<Expr> = e.summands().iter().flat_map(Expr::factors).collect();
    parts.iter().filter(|f| f.contains(index)).any(|f| {
        let (base, exponent) = f.as_power();
        match base.kind() {
            Kind::Add(..) => exponent.as_integer().is_none_or(|n| n <= 0) && base.contains(index),
            Kind::Call(..) => Wave::of(&base, index).is_none(),
            Kind::Bound(..) | Kind::If(..) => true,
            _ if !base.contains(index) => !is_linear_in_entries(&exponent, index),
            _ => false,
        }
    })
}

/// Is every term of the exponent free of the index, or linear in the index or an entry? Then the power falls into factors
/// one of which is free of the index; others, such as e^(−(t[i] − a)²), stay whole.
fn is_linear_in_entries(exponent: &Expr, index: &Symbol) -> bool {
    let linear = |factor: &Expr| {
        matches!(
            factor.kind(),
            Kind::Symbol(_) | Kind::Indexed(..) | Kind::Call(..)
        )
    };
    expanded(exponent).summands().iter().all(|part| {
        let factors = part.factors();
        let mut inside = factors.iter().filter(|f| f.contains(index));
        inside.next().is_none_or(linear) && inside.next().is_none()
    })
}

/// The terms of which the expression is the sum; nothing where they are too many.
pub(super) fn expanded_terms(e: &Expr, index: &Symbol) -> Option<Vec<Term>> {
    terms(e, index, 0)
}

fn terms(e: &Expr, index: &Symbol, depth: usize) -> Option<Vec<Term>> {
    if depth > DEEPEST {
        return None;
    }
    if !e.contains(index) {
        return Some(vec![Term {
            coefficient: e.clone(),
            key: Key::default(),
        }]);
    }
    let one = |key: Key| {
        Some(vec![Term {
            coefficient: Expr::one(),
            key,
        }])
    };
    match e.kind() {
        Kind::Symbol(_) => one(Key {
            power: 1,
            ..Key::default()
        }),
        Kind::Add(..) => {
            let mut all = Vec::new();
            for part in e.summands() {
                all.extend(terms(&part, index, depth + 1)?);
                if all.len() > MOST_TERMS {
                    return None;
                }
            }
            Some(all)
        }
        Kind::Mul(..) => e.factors().iter().try_fold(
            vec![Term {
                coefficient: Expr::one(),
                key: Key::default(),
            }],
            |all, factor| product(&all, &terms(factor, index, depth + 1)?),
        ),
        Kind::Power(base, exponent) if !base.contains(index) => exponential(base, exponent, index),
        Kind::Power(base, exponent) => match exponent.as_integer() {
            Some(n) if (1..=HIGHEST_POWER).contains(&n) && opens(base, index) => {
                let factor = terms(base, index, depth + 1)?;
                (1..n).try_fold(factor.clone(), |all, _| product(&all, &factor))
            }
            _ => one(Key::of_rest(e.clone())),
        },
        _ => match Wave::of(e, index) {
            Some(wave) => Some(vec![Term::of_wave(&wave)]),
            None => one(Key::of_rest(e.clone())),
        },
    }
}

/// Is a power of the base the product of terms?
fn opens(base: &Expr, index: &Symbol) -> bool {
    matches!(base.kind(), Kind::Add(..) | Kind::Symbol(_)) || Wave::of(base, index).is_some()
}

/// base^(α·i + β + rest)
fn exponential(base: &Expr, exponent: &Expr, index: &Symbol) -> Option<Vec<Term>> {
    let i = Expr::symbol(index.name());
    let (mut free, mut rates, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for part in expanded(exponent).summands() {
        let rate = &part / &i;
        if !part.contains(index) {
            free.push(part);
        } else if rate.contains(index) {
            rest.push(part);
        } else {
            rates.push(rate);
        }
    }
    let rate = cancelled(&Expr::sum(rates));
    let key = Key {
        geometric: (!rate.is_zero()).then(|| (base.clone(), rate)),
        rest: base.power(&Expr::sum(rest)),
        ..Key::default()
    };
    Some(vec![Term {
        coefficient: base.power(&Expr::sum(free)),
        key,
    }])
}

fn product(left: &[Term], right: &[Term]) -> Option<Vec<Term>> {
    let mut all = Vec::new();
    for a in left {
        for b in right {
            all.extend(a.times(b));
            if all.len() > MOST_TERMS {
                return None;
            }
        }
    }
    Some(all)
}

impl Term {
    /// A wave whose phase is free of the index is a number; a negative coefficient goes outside.
    pub(super) fn of_wave(wave: &Wave) -> Self {
        let (coefficient, wave) = wave.normalized();
        Self {
            coefficient,
            key: Key {
                wave,
                ..Key::default()
            },
        }
    }

    fn times(&self, other: &Self) -> Vec<Self> {
        let geometric = match (&self.key.geometric, &other.key.geometric) {
            (Some((a, p)), Some((b, q))) if a == b => {
                let rate = cancelled(&(p + q));
                (!rate.is_zero()).then(|| (a.clone(), rate))
            }
            (Some((a, p)), Some((b, q))) => Some(joined((a, p), (b, q))),
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        let key = Key {
            power: self.key.power + other.key.power,
            geometric,
            wave: None,
            rest: &self.key.rest * &other.key.rest,
        };
        let coefficient = &self.coefficient * &other.coefficient;
        let waves: Vec<(Expr, Option<Wave>)> = match (&self.key.wave, &other.key.wave) {
            (Some(a), Some(b)) => a
                .times(b)
                .iter()
                .map(|(half, wave)| {
                    let (sign, wave) = wave.normalized();
                    (half * sign, wave)
                })
                .collect(),
            (a, b) => vec![(Expr::one(), a.clone().or_else(|| b.clone()))],
        };
        waves
            .into_iter()
            .map(|(factor, wave)| Self {
                coefficient: &coefficient * factor,
                key: Key {
                    wave,
                    ..key.clone()
                },
            })
            .collect()
    }
}

/// a^(p·i)·b^(q·i) as one base with rate 1.
fn joined((a, p): (&Expr, &Expr), (b, q): (&Expr, &Expr)) -> (Expr, Expr) {
    (a.power(p) * b.power(q), Expr::one())
}
