//! Exponential integrals.
//! In: real x (and a real order) → Out: Ei(x), Eₚ(x).
//! Never: complex values.

use crate::incomplete_gamma::gammainc_upper;
use crate::polylog::scaled_gamma_power;

const EULER: f64 = 0.577_215_664_901_532_9;

/// The exponential integral Ei(x) = −⨍ e^(−t)/t dt from −x; −∞ at 0.
///
/// Relative error below 4e-15, also near its zero 0.3725…. Source: DLMF 6.6.1 and 6.12.2.
pub fn ei(x: f64) -> f64 {
    // the zero of Ei, in two parts
    const ZERO: f64 = 0.372_507_410_781_366_6;
    const ZERO_REST: f64 = 1.314_018_341_438_602_8e-17;
    if x.is_nan() {
        return x;
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    if x < 0.0 {
        return -expint(1.0, -x);
    }
    if x > 40.0 {
        let mut term = 1.0;
        let mut sum = 1.0;
        for k in 1..60 {
            let next = term * f64::from(k) / x;
            if next < 1e-18 || next > term {
                break;
            }
            term = next;
            sum += term;
        }
        // e^x overflows before e^x/x does
        return (0.5 * x).exp() / x * sum * (0.5 * x).exp();
    }
    if (x - ZERO).abs() < 0.1 {
        // log(x/x₀) + Σ (xᵏ − x₀ᵏ)/(k k!), each difference divided by x − x₀
        let distance = (x - ZERO) - ZERO_REST;
        let mut power = 1.0;
        let mut divided = 1.0;
        let mut factorial = 1.0;
        let mut sum = 0.0;
        for k in 1..30 {
            factorial *= f64::from(k);
            sum += divided / (f64::from(k) * factorial);
            power *= ZERO;
            divided = divided * x + power;
        }
        return (distance / ZERO).ln_1p() + distance * sum;
    }
    let mut power = 1.0;
    let mut sum = 0.0;
    for k in 1..200 {
        power *= x / f64::from(k);
        let term = power / f64::from(k);
        sum += term;
        if term < 1e-18 * sum {
            break;
        }
    }
    EULER + x.ln() + sum
}

/// The generalised exponential integral Eₚ(x) = ∫₁^∞ e^(−xt) t^(−p) dt for real p and x > 0;
/// 1/(p−1) at x = 0 with p > 1, NaN for x < 0.
///
/// Relative error below 1e-13 for −10 ≤ p ≤ 200. Source: DLMF 8.19.8, 8.19.17 and 8.19.1.
pub fn expint(p: f64, x: f64) -> f64 {
    if p.is_nan() || x.is_nan() || x < 0.0 || p.is_infinite() {
        return f64::NAN;
    }
    if x == 0.0 {
        return if p > 1.0 {
            1.0 / (p - 1.0)
        } else {
            f64::INFINITY
        };
    }
    if x > 800.0 {
        return 0.0;
    }
    if p == 0.0 {
        return (-x).exp() / x;
    }
    if p < 1.0 {
        return x.powf(p - 1.0) * gammainc_upper(1.0 - p, x);
    }
    if x >= 1.0 {
        continued_fraction(p, x)
    } else {
        small_argument(p, x)
    }
}

/// DLMF 8.19.17 by Lentz's method, contracted to e^(−x)/(x+p − 1·p/(x+p+2 − …)).
fn continued_fraction(p: f64, x: f64) -> f64 {
    let mut b = x + p;
    let mut c = f64::MAX;
    let mut d = 1.0 / b;
    let mut value = d;
    for k in 1..500 {
        let k = f64::from(k);
        let a = -k * (p + k - 1.0);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value * (-x).exp()
}

/// −Σ (−x)ᵏ/(k!(1−p+k)), the term nearest to its pole joined with Γ(1−p) x^(p−1).
fn small_argument(p: f64, x: f64) -> f64 {
    let pole = (p - 1.0).round();
    let delta = p - 1.0 - pole;
    let mut power = 1.0;
    let mut sum = 0.0;
    for k in 0..60 {
        let at = f64::from(k);
        if k > 0 {
            power *= -x / at;
        }
        if at == pole {
            sum -= power * scaled_gamma_power(pole, delta, x.ln());
        } else {
            sum -= power / (1.0 - p + at);
        }
    }
    sum
}
