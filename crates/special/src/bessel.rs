//! Bessel functions of real order.
//! In: order v, argument x → Out: Iᵥ, Jᵥ, Kᵥ, scaled and logarithmic forms.
//! Never: a complex value: where the result would be complex it is NaN.

use std::f64::consts::{LN_2, PI};

use amos_bessel_rs::Scaling;
use amos_bessel_rs::amos::{complex_bessel_i, complex_bessel_j, complex_bessel_k};

use crate::gamma::lgamma;

/// Beyond this argument the library refuses (it would lose digits), and a few terms of Hankel's expansion are exact.
const HUGE_ARGUMENT: f64 = 1e9;
/// Beyond this order the uniform expansion is exact, and the library's recurrences are long.
const HUGE_ORDER: f64 = 2000.0;

/// The Bessel function of the first kind Jᵥ(x): x ≥ 0, or any x with an integer v; NaN elsewhere
/// and for |x| > 1e12 or |v| > 2000.
///
/// Error below 1e-11 of the envelope √(2/πx) for v ≤ 60, x ≤ 1e4. Source: AMOS.
pub fn bessel_j(v: f64, x: f64) -> f64 {
    let sign = parity(v, x);
    if sign.is_nan() || x.abs() > 1e12 || !usable_order(v) {
        return f64::NAN;
    }
    let x = x.abs();
    if x == 0.0 {
        return at_zero(v);
    }
    match complex_bessel_j(x.into(), v, Scaling::Unscaled, 1) {
        Ok((values, _)) => sign * values.first().map_or(f64::NAN, |value| value.re),
        Err(_) => f64::NAN,
    }
}

/// The modified Bessel function Iᵥ(x): x ≥ 0, or any x with an integer v; NaN elsewhere; +∞ on
/// overflow (see `log_bessel_i`).
///
/// Relative error below 2e-13 for 0 ≤ v ≤ 60, x ≤ 600. Source: AMOS.
pub fn bessel_i(v: f64, x: f64) -> f64 {
    let sign = parity(v, x);
    let x = x.abs();
    let scaled = bessel_i_scaled(v, x);
    let value = scaled * x.exp();
    if value.is_finite() && scaled != 0.0 || x < 1.0 {
        return sign * value;
    }
    sign * log_bessel_i(v, x).exp()
}

/// e^(−|x|) Iᵥ(x), for the arguments of `bessel_i`; never overflows.
///
/// Relative error below 2e-13 for 0 ≤ v ≤ 60. Source: AMOS; DLMF 10.40.1 for x > 1e9.
pub fn bessel_i_scaled(v: f64, x: f64) -> f64 {
    let sign = parity(v, x);
    let x = x.abs();
    if sign.is_nan() || x.is_nan() || v.is_nan() || v.is_infinite() || v < -HUGE_ORDER {
        return f64::NAN;
    }
    if x == 0.0 {
        return at_zero(v);
    }
    if v > HUGE_ORDER {
        return sign * (debye(v, x, 1.0) - x).exp();
    }
    if x > HUGE_ARGUMENT {
        return sign * (2.0 * PI * x).sqrt().recip() * hankel(v, -x);
    }
    match complex_bessel_i(x.into(), v, Scaling::Scaled, 1) {
        Ok((values, _)) => sign * values.first().map_or(f64::NAN, |value| value.re),
        Err(_) => f64::NAN,
    }
}

/// log Iᵥ(x) for x > 0, without overflow (v ≥ 0: or underflow); −∞ at x = 0 for v > 0; NaN where there is none.
///
/// Error below 2e-13 · max(1, |value|). Source: AMOS; DLMF 10.25.2 and 10.41.3 beyond its range.
pub fn log_bessel_i(v: f64, x: f64) -> f64 {
    if v < 0.0 && x >= 0.0 {
        // negative between some poles of Γ, where its logarithm is NaN
        return bessel_i_scaled(v, x).ln() + x;
    }
    if !(v >= 0.0 && x >= 0.0) || v.is_infinite() {
        return f64::NAN;
    }
    if x == 0.0 {
        return if v == 0.0 { 0.0 } else { f64::NEG_INFINITY };
    }
    let scaled = if v > HUGE_ORDER {
        0.0
    } else {
        bessel_i_scaled(v, x)
    };
    if scaled > 1e-290 && scaled.is_finite() {
        return scaled.ln() + x;
    }
    if x * x < v + 1.0 {
        let quarter = 0.25 * x * x;
        let mut term = 1.0;
        let mut sum = 1.0;
        for k in 1..60 {
            let k = f64::from(k);
            term *= quarter / (k * (v + k));
            sum += term;
        }
        return v * (x.ln() - LN_2) - lgamma(v + 1.0) + sum.ln();
    }
    debye(v, x, 1.0)
}

/// The modified Bessel function Kᵥ(x) for x > 0; +∞ at x = 0 and on overflow (see `log_bessel_k`);
/// NaN for x < 0.
///
/// Relative error below 1e-13 for |v| ≤ 60. Source: AMOS.
pub fn bessel_k(v: f64, x: f64) -> f64 {
    let scaled = bessel_k_scaled(v, x);
    if scaled.is_finite() && x < 700.0 {
        return scaled * (-x).exp();
    }
    log_bessel_k(v, x).exp()
}

/// eˣ Kᵥ(x) for x > 0; +∞ at x = 0 and on overflow; NaN for x < 0.
///
/// Relative error below 1e-13 for |v| ≤ 60. Source: AMOS; DLMF 10.40.2 for x > 1e9.
pub fn bessel_k_scaled(v: f64, x: f64) -> f64 {
    let v = v.abs();
    if x.is_nan() || x < 0.0 || v.is_nan() || v.is_infinite() {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::INFINITY;
    }
    if v > HUGE_ORDER {
        return (debye(v, x, -1.0) + x).exp();
    }
    if x > HUGE_ARGUMENT {
        return (PI / (2.0 * x)).sqrt() * hankel(v, x);
    }
    match complex_bessel_k(x.into(), v, Scaling::Scaled, 1) {
        Ok((values, _)) => values.first().map_or(f64::NAN, |value| value.re),
        Err(_) => f64::INFINITY,
    }
}

/// log Kᵥ(x) for x > 0, without overflow or underflow; +∞ at x = 0; NaN for x < 0.
///
/// Error below 1e-13 · max(1, |value|). Source: AMOS; DLMF 10.30.2 and 10.41.4 beyond its range.
pub fn log_bessel_k(v: f64, x: f64) -> f64 {
    let v = v.abs();
    if x.is_nan() || x < 0.0 || v.is_nan() || v.is_infinite() {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::INFINITY;
    }
    let scaled = if v > HUGE_ORDER {
        0.0
    } else {
        bessel_k_scaled(v, x)
    };
    if scaled.is_finite() && scaled > 0.0 {
        return scaled.ln() - x;
    }
    if v < 60.0 {
        let correction = if v > 1.5 {
            -x * x / (4.0 * (v - 1.0))
        } else {
            0.0
        };
        return lgamma(v) - LN_2 - v * (x.ln() - LN_2) + correction;
    }
    debye(v, x, -1.0)
}

/// Hankel's expansion for a huge argument, DLMF 10.40.1 (x < 0) and 10.40.2 (x > 0), without the leading factor.
fn hankel(v: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..12 {
        let k = f64::from(k);
        term *= (4.0 * v * v - (2.0 * k - 1.0).powi(2)) / (8.0 * k * x);
        sum += term;
    }
    sum
}

/// The uniform expansion for large order: log I (side = 1) or log K (side = −1), DLMF 10.41.3–4.
fn debye(v: f64, x: f64, side: f64) -> f64 {
    let z = x / v;
    let root = 1.0_f64.hypot(z);
    let p = 1.0 / root;
    let eta = root + (z / (1.0 + root)).ln();
    let q = p * p;
    let step = side / v;
    let u1 = p * (3.0 - 5.0 * q) / 24.0;
    let u2 = q * (81.0 + q * (-462.0 + 385.0 * q)) / 1152.0;
    let u3 = p * q * (30_375.0 + q * (-369_603.0 + q * (765_765.0 - 425_425.0 * q))) / 414_720.0;
    let u4 = q
        * q
        * (4_465_125.0
            + q * (-94_121_676.0 + q * (349_922_430.0 + q * (-446_185_740.0 + 185_910_725.0 * q))))
        / 39_813_120.0;
    let series = step * (u1 + step * (u2 + step * (u3 + step * u4)));
    let front = if side > 0.0 {
        -(2.0 * PI * v).ln()
    } else {
        (PI / (2.0 * v)).ln()
    };
    0.5 * front + side * v * eta - 0.5 * root.ln() + series.ln_1p()
}

fn usable_order(v: f64) -> bool {
    v.abs() <= HUGE_ORDER
}

/// ±1 as f(−x) = ±f(x) for an integer order, 1 for x ≥ 0, NaN where the value is complex.
fn parity(v: f64, x: f64) -> f64 {
    if x >= 0.0 {
        1.0
    } else if v != v.floor() || x.is_nan() {
        f64::NAN
    } else if v % 2.0 == 0.0 {
        1.0
    } else {
        -1.0
    }
}

fn at_zero(v: f64) -> f64 {
    if v == 0.0 {
        1.0
    } else if v > 0.0 || v == v.floor() {
        0.0
    } else {
        f64::NAN
    }
}
