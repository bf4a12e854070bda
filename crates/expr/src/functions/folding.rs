//! Exact values and symmetries of primitive functions, applied when a call is made.
//! In: canonical arguments. Out: the folded value, or nothing. Never: a rule that needs an assumption.

use super::leads_with_minus;
use crate::Number;
use crate::expr::{Constant, Expr, Kind};
use crate::number_theory::prime_powers;

/// log 1 = 0, log e^x = x, log of a rational as logs of primes, log Γ(x).
pub(super) fn log(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    match x.kind() {
        Kind::Number(n) if n.is_one() => Some(Expr::zero()),
        Kind::Number(n) if n.is_positive() => {
            let primes = prime_powers(n)?;
            if let [(_, 1)] = primes[..] {
                return None;
            }
            Some(Expr::sum(
                primes.into_iter().map(|(p, k)| Expr::integer(p).log() * k),
            ))
        }
        Kind::Constant(Constant::E) => Some(Expr::one()),
        Kind::Constant(Constant::Infinity) => Some(x.clone()),
        Kind::Power(base, exponent) if base.is_constant(Constant::E) => Some(exponent.clone()),
        Kind::Call(f, inner) if f.name() == "gamma" => {
            Some(Expr::function("lgamma", inner.iter().cloned()))
        }
        _ => None,
    }
}

pub(super) fn abs(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    match x.kind() {
        Kind::Number(n) => Some(Expr::number(n.abs())),
        Kind::Constant(_) => Some(x.clone()),
        Kind::Call(f, _) if f.name() == "abs" => Some(x.clone()),
        Kind::Mul(n, _) if !n.is_one() => {
            Some(Expr::function("abs", [x.as_coefficient().1]).scaled(&n.abs()))
        }
        _ if leads_with_minus(x) => Some(Expr::function("abs", [-x])),
        _ => None,
    }
}

pub(super) fn sign(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    match x.kind() {
        Kind::Number(n) if n.is_zero() => Some(Expr::zero()),
        Kind::Number(n) => Some(Expr::integer(if n.is_negative() { -1 } else { 1 })),
        Kind::Constant(_) => Some(Expr::one()),
        Kind::Mul(n, _) if n.is_positive() && !n.is_one() => {
            Some(Expr::function("sign", [x.as_coefficient().1]))
        }
        _ if leads_with_minus(x) => Some(-Expr::function("sign", [-x])),
        _ => None,
    }
}

pub(super) fn floor(arguments: &[Expr]) -> Option<Expr> {
    arguments[0].as_number().map(|n| Expr::number(n.floor()))
}

pub(super) fn minimum(arguments: &[Expr]) -> Option<Expr> {
    extremum(arguments, |a, b| a <= b)
}
pub(super) fn maximum(arguments: &[Expr]) -> Option<Expr> {
    extremum(arguments, |a, b| a >= b)
}
fn extremum(arguments: &[Expr], first: fn(&Number, &Number) -> bool) -> Option<Expr> {
    let (a, b) = (&arguments[0], &arguments[1]);
    if a == b {
        return Some(a.clone());
    }
    Some(if first(a.as_number()?, b.as_number()?) {
        a.clone()
    } else {
        b.clone()
    })
}

fn quarter_turns(x: &Expr) -> Option<i64> {
    if x.is_zero() {
        return Some(0);
    }
    let (coefficient, rest) = x.as_coefficient();
    if !rest.is_constant(Constant::Pi) {
        return None;
    }
    (&coefficient * &Number::TWO).to_i64()
}
/// x without the whole half-turns that it holds as a term, and whether their number is odd.
fn unwound(x: &Expr) -> Option<(Expr, bool)> {
    let Kind::Add(_, terms) = x.kind() else {
        return None;
    };
    let (pi, coefficient) = terms.iter().find(|(t, _)| t.is_constant(Constant::Pi))?;
    let turns = coefficient.to_i64()?;
    Some((x - pi * turns, turns % 2 != 0))
}
pub(super) fn sine(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    if let Some(k) = quarter_turns(x) {
        return Some(Expr::integer(
            [0, 1, 0, -1][usize::try_from(k.rem_euclid(4)).unwrap_or(0)],
        ));
    }
    if let Some((rest, odd)) = unwound(x) {
        let value = Expr::function("sin", [rest]);
        return Some(if odd { -value } else { value });
    }
    leads_with_minus(x).then(|| -Expr::function("sin", [-x]))
}
pub(super) fn cosine(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    if let Some(k) = quarter_turns(x) {
        return Some(Expr::integer(
            [1, 0, -1, 0][usize::try_from(k.rem_euclid(4)).unwrap_or(0)],
        ));
    }
    if let Some((rest, odd)) = unwound(x) {
        let value = Expr::function("cos", [rest]);
        return Some(if odd { -value } else { value });
    }
    leads_with_minus(x).then(|| Expr::function("cos", [-x]))
}
/// The incomplete gamma functions of these whole orders are written out.
const WRITTEN_OUT: std::ops::RangeInclusive<i64> = 1..=8;

/// Γ(n, x) = (n − 1)! e^(−x) Σ x^k/k! for a small whole n (DLMF 8.4.8).
pub(super) fn gammaincc(arguments: &[Expr]) -> Option<Expr> {
    let n = arguments[0]
        .as_integer()
        .filter(|n| WRITTEN_OUT.contains(n))?;
    let x = &arguments[1];
    let factorial = |k: i64| (1..=k).product::<i64>();
    let terms = (0..n).map(|k| x.powi(k) * Expr::ratio(factorial(n - 1), factorial(k)));
    Some(Expr::sum(terms) * (-x).exp())
}
/// γ(n, x) = (n − 1)! − Γ(n, x) for a small whole n (DLMF 8.2.3).
pub(super) fn gammainc(arguments: &[Expr]) -> Option<Expr> {
    let n = arguments[0].as_integer()?;
    let above = gammaincc(arguments)?;
    Some(Expr::integer((1..n).product::<i64>()) - above)
}
pub(super) fn odd_at_zero(arguments: &[Expr]) -> Option<Expr> {
    arguments[0].is_zero().then(Expr::zero)
}
pub(super) fn arccosine(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    match x.as_integer()? {
        0 => Some(Expr::pi() / 2),
        1 => Some(Expr::zero()),
        -1 => Some(Expr::pi()),
        _ => None,
    }
}
pub(super) fn arctangent(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    match x.as_integer() {
        Some(0) => Some(Expr::zero()),
        Some(1) => Some(Expr::pi() / 4),
        _ if x.is_constant(Constant::Infinity) => Some(Expr::pi() / 2),
        _ => leads_with_minus(x).then(|| -Expr::function("atan", [-x])),
    }
}
pub(super) fn arcsine(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    match x.as_integer() {
        Some(0) => Some(Expr::zero()),
        Some(1) => Some(Expr::pi() / 2),
        _ if leads_with_minus(x) => Some(-Expr::function("asin", [-x])),
        _ => {
            // 1/2, 1/√2, √3/2
            let square = x.powi(2).as_number().map(|n| n * &Number::integer(4));
            let part = match square?.to_i64()? {
                1 => 6,
                2 => 4,
                3 => 3,
                _ => return None,
            };
            Some(Expr::pi() / part)
        }
    }
}

/// How far a rational argument is moved at most: Γ(200) is a number, Γ(10⁶) stays a call.
const SHIFT_LIMIT: i64 = 200;

/// A rational moved into (0, 1], with the number of unit steps taken down.
fn into_unit(x: &Number) -> Option<(Number, i64)> {
    let below = if x.is_integer() {
        &x.floor() - &Number::ONE
    } else {
        x.floor()
    };
    let steps = below.to_i64()?;
    (steps.abs() <= SHIFT_LIMIT).then(|| (x - &below, steps))
}

/// Γ at integers and half-integers; other rationals are moved into (0, 1].
pub(super) fn gamma(arguments: &[Expr]) -> Option<Expr> {
    let x = arguments[0].as_number()?;
    if x.is_integer() && !x.is_positive() {
        return Some(Expr::undefined());
    }
    let (unit, steps) = into_unit(x)?;
    let start = if unit.is_one() {
        Expr::one()
    } else if unit == Number::HALF {
        Expr::pi().sqrt()
    } else if steps == 0 {
        return None;
    } else {
        Expr::function("gamma", [Expr::number(unit.clone())])
    };
    let mut factor = Number::ONE;
    for k in 0..steps.abs() {
        if steps > 0 {
            factor *= &(&unit + &Number::integer(k));
        } else {
            factor *= &(&unit - &Number::integer(k + 1)).recip();
        }
    }
    Some(start.scaled(&factor))
}

pub(super) fn log_gamma(arguments: &[Expr]) -> Option<Expr> {
    let x = arguments[0].as_number()?;
    if !x.is_positive() {
        return None;
    }
    let value = gamma(arguments)?;
    // log Γ(7/3) = log Γ(1/3) + log(4/9): the factors come apart.
    Some(Expr::sum(value.factors().iter().map(|factor| {
        let (base, exponent) = factor.as_power();
        exponent * base.log()
    })))
}

/// ψ⁽ⁿ⁾ at integers and half-integers through ζ; other rationals are moved into (0, 1].
pub(super) fn polygamma(arguments: &[Expr]) -> Option<Expr> {
    let n = arguments[0].as_integer()?;
    let x = arguments[1].as_number()?;
    if !(0..=20).contains(&n) || (x.is_integer() && !x.is_positive()) {
        return None;
    }
    let (unit, steps) = into_unit(x)?;
    let power = n + 1;
    let signed_factorial = (1..=n).fold(if n % 2 == 0 { 1 } else { -1 }, |product, k| {
        Number::integer(k).to_i64().map_or(product, |k| product * k)
    });
    let signed_factorial = Number::integer(signed_factorial);
    let start = if unit.is_one() || unit == Number::HALF {
        let half = !unit.is_one();
        if n == 0 {
            let gamma = -Expr::constant(Constant::EulerGamma);
            if half {
                gamma - Expr::integer(2).log() * 2
            } else {
                gamma
            }
        } else {
            let scale = if half {
                &Number::TWO.pow(power)? - &Number::ONE
            } else {
                Number::ONE
            };
            Expr::function("zeta", [Expr::integer(power)]).scaled(&-(&scale * &signed_factorial))
        }
    } else if steps == 0 {
        return None;
    } else {
        Expr::function("polygamma", [Expr::integer(n), Expr::number(unit.clone())])
    };
    // ψ⁽ⁿ⁾(z + 1) = ψ⁽ⁿ⁾(z) + (−1)ⁿ n! / zⁿ⁺¹
    let mut sum = Number::ZERO;
    for k in 0..steps.abs() {
        let z = if steps > 0 {
            &unit + &Number::integer(k)
        } else {
            &unit - &Number::integer(k + 1)
        };
        let term = z.pow(-power)?;
        sum += &if steps > 0 { term } else { -term };
    }
    Some(start + Expr::number(&sum * &signed_factorial))
}

/// ζ at even integers by powers of π, at 0 and negative integers by Bernoulli numbers.
pub(super) fn hurwitz_zeta(arguments: &[Expr]) -> Option<Expr> {
    if !arguments[1].is_one() {
        return None;
    }
    let s = arguments[0].as_integer()?;
    if s == 1 {
        return Some(Expr::undefined());
    }
    if !(-20..=20).contains(&s) || (s > 0 && s % 2 == 1) {
        return None;
    }
    if s <= 0 {
        // ζ(−m) = (−1)^m B_{m+1} / (m + 1)
        let m = -s;
        let sign = if m % 2 == 0 {
            Number::ONE
        } else {
            Number::MINUS_ONE
        };
        let value = bernoulli(m + 1)? / Number::integer(m + 1) * sign;
        // B₁ = −1/2 in the convention of the recurrence below, and ζ(0) = −1/2.
        return Some(Expr::number(value));
    }
    // ζ(2k) = |B_{2k}| (2π)^{2k} / (2 (2k)!)
    let factorial = (1..=s).fold(Number::ONE, |product, k| &product * &Number::integer(k));
    let coefficient = bernoulli(s)?.abs() * Number::TWO.pow(s)? / (Number::TWO * factorial);
    Some(Expr::pi().powi(s).scaled(&coefficient))
}

fn bernoulli(n: i64) -> Option<Number> {
    let size = usize::try_from(n).ok()? + 1;
    let mut b: Vec<Number> = Vec::with_capacity(size);
    for m in 0..=n {
        if m == 0 {
            b.push(Number::ONE);
            continue;
        }
        let mut sum = Number::ZERO;
        let mut binomial = Number::ONE;
        for k in 0..m {
            sum += &(&binomial * &b[usize::try_from(k).ok()?]);
            binomial = &(&binomial * &Number::integer(m + 1 - k)) / &Number::integer(k + 1);
        }
        b.push(-(&sum / &Number::integer(m + 1)));
    }
    b.pop()
}

/// Φ(0) = 1/2, Φ(±∞), Φ(−x) = 1 − Φ(x).
pub(super) fn normal_cdf(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    if x.is_zero() {
        return Some(Expr::number(Number::HALF));
    }
    if x.is_constant(Constant::Infinity) {
        return Some(Expr::one());
    }
    leads_with_minus(x).then(|| 1 - Expr::function("Phi", [-x]))
}

/// Φ⁻¹(1/2) = 0, Φ⁻¹(Φ(x)) = x, Φ⁻¹(x) = −Φ⁻¹(1 − x) for a number below 1/2.
pub(super) fn normal_quantile(arguments: &[Expr]) -> Option<Expr> {
    let x = &arguments[0];
    if let Some((function, [inner])) = x.as_call()
        && function.name() == "Phi"
    {
        return Some(inner.clone());
    }
    let number = x.as_number()?;
    if *number == Number::HALF {
        return Some(Expr::zero());
    }
    let below = *number > Number::ZERO && *number < Number::HALF;
    below.then(|| -Expr::function("Phiinv", [1 - x]))
}

/// K_{−v} = K_v, and the elementary K of half-integer order.
pub(super) fn bessel_k(arguments: &[Expr]) -> Option<Expr> {
    let (v, x) = (&arguments[0], &arguments[1]);
    if leads_with_minus(v) {
        return Some(Expr::function("besselk", [-v, x.clone()]));
    }
    half_integer_bessel_k(v.as_number()?, x)
}

/// K_{1/2}(x) = √(π/(2x)) e^{−x}, and upward by K_{v+1} = K_{v−1} + (2v/x) K_v.
fn half_integer_bessel_k(v: &Number, x: &Expr) -> Option<Expr> {
    let steps = (v - &Number::HALF)
        .to_i64()
        .filter(|n| (0..=20).contains(n))?;
    let (mut below, mut here) = (Expr::one(), Expr::one());
    for k in 0..steps {
        let next = &below + &here * Expr::ratio(2 * k + 1, 1) / x;
        (below, here) = (here, next);
    }
    Some((Expr::pi() / (x * 2)).sqrt() * (-x).exp() * here)
}
/// I_{−n} = I_n for integers n.
pub(super) fn bessel_i(arguments: &[Expr]) -> Option<Expr> {
    let (v, x) = (&arguments[0], &arguments[1]);
    let n = v.as_integer()?;
    (n < 0).then(|| Expr::function("besseli", [Expr::integer(-n), x.clone()]))
}

/// Li₁(z) = −log(1 − z), Li₀(z) = z/(1 − z), Liₛ(1) = ζ(s).
pub(super) fn polylog(arguments: &[Expr]) -> Option<Expr> {
    let (s, z) = (&arguments[0], &arguments[1]);
    if z.is_zero() {
        return Some(Expr::zero());
    }
    if z.is_one() {
        return Some(Expr::function("zeta", [s.clone()]));
    }
    match s.as_integer()? {
        1 => Some(-(Expr::one() - z).log()),
        0 => Some(z / (Expr::one() - z)),
        _ => None,
    }
}
