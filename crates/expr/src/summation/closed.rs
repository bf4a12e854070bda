//! Closed forms of Σ i^k · q^i · cos(αi + β).
//! In: a `Key`, a range. Out: the value with what must not be 0, or nothing. Never: a quotient whose denominator is 0 for all values.

use super::terms::Key;
use super::waves::Wave;
use crate::expr::{Binder, Constant, Expr};
use crate::facts::{Facts, Truth};
use crate::normal::{expanded, is_zero, simplified};
use crate::{Number, Symbol};

/// The integers from one end to the other.
pub(super) struct Range<'a> {
    pub(super) index: &'a Symbol,
    pub(super) lower: &'a Expr,
    pub(super) upper: &'a Expr,
}

/// A value, and what it needs.
pub(super) struct Closed {
    pub(super) value: Expr,
    pub(super) nonzero: Vec<Expr>,
}

/// Higher powers of the index beside a wave stay under an explicit sum: the form would be longer than a page.
const HIGHEST_POWER_OF_WAVE: u32 = 6;
/// Higher powers of the index stay under an explicit sum.
const HIGHEST_POWER: u32 = 24;

impl Range<'_> {
    /// The number of integers.
    pub(super) fn count(&self) -> Expr {
        self.upper - self.lower + 1
    }

    /// The sum as it stands.
    pub(super) fn explicit(&self, body: &Expr) -> Expr {
        Expr::bound(
            Binder::Sum,
            self.index.clone(),
            self.lower.clone(),
            self.upper.clone(),
            body.clone(),
        )
    }

    pub(super) fn closed(&self, facts: &Facts, key: &Key) -> Option<Closed> {
        if !key.rest.is_one() || key.power > HIGHEST_POWER {
            return None;
        }
        match (&key.geometric, &key.wave) {
            (None, None) => Some(Closed {
                value: self.polynomial(facts, key.power),
                nonzero: Vec::new(),
            }),
            (Some((base, rate)), None) => self.geometric(facts, key.power, base, rate),
            (None, Some(wave)) if key.power <= HIGHEST_POWER_OF_WAVE => {
                self.wave(facts, key.power, wave)
            }
            // With powers of the index the form would be longer than a page.
            (Some((base, rate)), Some(wave)) if key.power == 0 => {
                self.damped(facts, (base, rate), wave)
            }
            _ => None,
        }
    }

    /// Σ i^k by the polynomial p with p(i + 1) − p(i) = i^k (Faulhaber).
    fn polynomial(&self, facts: &Facts, k: u32) -> Expr {
        if k == 0 {
            return self.count();
        }
        let coefficients = antidifference(k, &Expr::one());
        let upper = polynomial_at(&coefficients, &(self.upper + 1));
        let lower = polynomial_at(&coefficients, self.lower);
        simplified(facts, &(upper - lower))
    }

    /// Σ i^k q^i = [q^i p(i)] between the ends, where q·p(i + 1) − p(i) = i^k.
    fn geometric(&self, facts: &Facts, k: u32, base: &Expr, rate: &Expr) -> Option<Closed> {
        let q = base.power(rate);
        let difference = &q - 1;
        if is_zero(facts, &difference) != Truth::No && !difference.may_vary() {
            return None;
        }
        let coefficients = antidifference(k, &q);
        let part = |at: &Expr| base.power(&(rate * at)) * polynomial_at(&coefficients, at);
        Some(Closed {
            value: simplified(facts, &(part(&(self.upper + 1)) - part(self.lower))),
            nonzero: vec![ratio_is_not_one(base, rate)],
        })
    }

    /// Σ cos(αi + β) = sin(αN/2)/sin(α/2)·cos(α(L + U)/2 + β), the Dirichlet kernel; with powers of i by its values at the ends.
    fn wave(&self, facts: &Facts, k: u32, wave: &Wave) -> Option<Closed> {
        let half = |e: &Expr| e.scaled(&Number::HALF);
        let sine = |x: Expr| Expr::function("sin", [x]);
        let frequency = &wave.frequency;
        let bottom = sine(half(frequency));
        if never_differs_from_zero(facts, &bottom) {
            return None;
        }
        let value = if k == 0 {
            let middle = half(&(frequency * (self.upper + self.lower))) + &wave.phase;
            sine(half(&(frequency * self.count()))) / &bottom * wave.at(expanded(&middle))
        } else {
            let part = wave_antidifference(k as usize, wave);
            part(&(self.upper + 1)) - part(self.lower)
        };
        Some(Closed {
            value,
            nonzero: vec![bottom],
        })
    }

    /// Σ q^i cos(αi + β), a geometric sum of complex ratio.
    fn damped(&self, facts: &Facts, (base, rate): (&Expr, &Expr), wave: &Wave) -> Option<Closed> {
        let (lower, upper, frequency) = (self.lower, self.upper, &wave.frequency);
        let q = base.power(rate);
        let bottom = q.powi(2) - 2 * &q * Expr::function("cos", [frequency.clone()]) + 1;
        if never_differs_from_zero(facts, &bottom) {
            return None;
        }
        let part = |shift: Expr, at: Expr| {
            base.power(&(rate * shift)) * wave.at(expanded(&(frequency * at + &wave.phase)))
        };
        let top = part(upper + 2, upper.clone())
            - part(upper + 1, upper + 1)
            - part(lower + 1, lower - 1)
            + part(lower.clone(), lower.clone());
        // The denominator is at least (1 − q)².
        let ratio = ratio_is_not_one(base, rate);
        let decays = facts.is_nonzero(&ratio) == Truth::Yes && facts.is_positive(&q) == Truth::Yes;
        Some(Closed {
            value: top / &bottom,
            nonzero: if decays { Vec::new() } else { vec![bottom] },
        })
    }
}

fn never_differs_from_zero(facts: &Facts, e: &Expr) -> bool {
    is_zero(facts, e) == Truth::Yes
        || (!e.may_vary() && e.value_at(&[]).abs() < 1e-12)
        || e.is_constant(Constant::Undefined)
}

/// The rate where the base is e, else the ratio less 1.
fn ratio_is_not_one(base: &Expr, rate: &Expr) -> Expr {
    if base.is_constant(Constant::E) {
        rate.clone()
    } else {
        base.power(rate) - 1
    }
}

/// Coefficients of p, lowest first, with q·p(i + 1) − p(i) = i^k; for q = 1 of degree k + 1 with p(0) = 0.
fn antidifference(k: u32, q: &Expr) -> Vec<Expr> {
    let unit = q.is_one();
    let degree = if unit { k + 1 } else { k } as usize;
    let mut p = vec![Expr::zero(); degree + 1];
    // The coefficient of i^j on both sides, from the top: the unknown is p_j, or p_(j+1) where q = 1.
    for j in (0..=k as usize).rev() {
        let target = Expr::integer(i64::from(j == k as usize));
        let known = (j + 1..=degree).filter(|m| !unit || *m > j + 1);
        let known = Expr::sum(known.map(|m| &p[m] * Expr::number(binomial(m, j))));
        let rest = target - q * known;
        if unit {
            p[j + 1] = rest / Expr::number(binomial(j + 1, j));
        } else {
            p[j] = rest / (q - 1);
        }
    }
    p
}

/// C(m, j) for small m.
fn binomial(m: usize, j: usize) -> Number {
    let mut value = Number::ONE;
    for t in 0..j {
        let (top, bottom) = (m - t, t + 1);
        value = &value
            * &Number::ratio(
                i64::try_from(top).unwrap_or(i64::MAX),
                i64::try_from(bottom).unwrap_or(i64::MAX),
            );
    }
    value
}

fn polynomial_at(coefficients: &[Expr], at: &Expr) -> Expr {
    let powers = coefficients.iter().zip(0_i64..);
    Expr::sum(powers.map(|(c, j)| c * at.powi(j)))
}

/// T with T(i + 1) − T(i) = i^k cos(αi + β), the real part of z^i p(i) for z = e^(iα), where p is [`antidifference`].
///
/// With u = 1/(z − 1) and v = u + 1/2 = −(i/2)·cot(α/2), all coefficients of p but the leading one, u, are
/// u(1 + u) = −1/(4 sin²(α/2)) times polynomials in v.
fn wave_antidifference(k: usize, wave: &Wave) -> impl Fn(&Expr) -> Expr {
    // The polynomials in v, lowest degree first, for the powers of i from 0 to k − 1.
    let mut below: Vec<Vec<Number>> = vec![Vec::new(); k];
    for j in (0..k).rev() {
        // −C(k, j) − (v + 1/2)·Σ C(m, j) Q_m
        let mut sum: Vec<Number> = Vec::new();
        for (m, higher) in below.iter().enumerate().skip(j + 1) {
            let times = binomial(m, j);
            sum.resize(sum.len().max(higher.len()), Number::ZERO);
            for (total, c) in sum.iter_mut().zip(higher) {
                *total += &(&times * c);
            }
        }
        let mut q = vec![Number::ZERO; sum.len() + 1];
        for (r, c) in sum.iter().enumerate() {
            q[r] += &(&-c * &Number::HALF);
            q[r + 1] += &-c;
        }
        q[0] += &-binomial(k, j);
        below[j] = q;
    }
    let half = wave.frequency.scaled(&Number::HALF);
    let sine = Expr::function("sin", [half.clone()]);
    let cotangent = Expr::function("cos", [half.clone()]) / &sine;
    let wave = wave.clone();
    move |i: &Expr| {
        let argument = |shift: &Expr| expanded(&(&wave.frequency * i + &wave.phase + shift));
        let leading = wave.turned_back(1, argument(&-&half)) / (2 * &sine) * power_of(i, k);
        let rest = below.iter().enumerate().flat_map(|(j, q)| {
            let (argument, cotangent, sine) = (argument(&Expr::zero()), &cotangent, &sine);
            let wave = &wave;
            q.iter().enumerate().map(move |(r, c)| {
                let size =
                    &Expr::number(Number::HALF.pow(r as i64 + 2).unwrap_or(Number::ZERO)) * -c;
                size * cotangent.powi(r as i64) / sine.powi(2)
                    * wave.turned_back(r, argument.clone())
                    * power_of(i, j)
            })
        });
        Expr::sum(rest.chain([leading]))
    }
}

/// i^k, where 0^0 is 1.
fn power_of(i: &Expr, k: usize) -> Expr {
    if k == 0 {
        Expr::one()
    } else {
        i.powi(k as i64)
    }
}
