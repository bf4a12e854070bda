//! The polylogarithm.
//! In: real order s, real z ≤ 1 → Out: Liₛ(z).
//! Never: complex values (z > 1).

use std::f64::consts::{LN_2, PI};

use crate::gamma::{digamma, gamma, lgamma};
use crate::zeta::{hurwitz_zeta, log_inverse_sinc, zeta, zeta_without_pole};

/// B₂ₖ/(2k+1)! for k = 1 … 11.
const BERNOULLI: [f64; 11] = [
    2.777_777_777_777_778e-2,
    -2.777_777_777_777_778e-4,
    4.724_111_866_969_009e-6,
    -9.185_773_074_661_964e-8,
    1.897_886_998_897_1e-9,
    -4.064_761_645_144_225_6e-11,
    8.921_691_020_456_452e-13,
    -1.993_929_586_072_107_5e-14,
    4.518_980_029_619_918e-16,
    -1.035_651_761_218_124_7e-17,
    2.395_218_621_026_187e-19,
];

/// The dilogarithm Li₂(z) for z ≤ 1; NaN above. Relative error below 2e-15.
///
/// Source: DLMF 25.12.3–25.12.6 to bring z into (−1, ½], then the Bernoulli series in −log(1−z).
pub fn dilogarithm(z: f64) -> f64 {
    if z.is_nan() || z > 1.0 {
        return f64::NAN;
    }
    let basel = PI * PI / 6.0;
    if z == 1.0 {
        return basel;
    }
    if z > 0.5 {
        return basel - z.ln() * (-z).ln_1p() - dilogarithm(1.0 - z);
    }
    if z < -1.0 {
        let log = (-z).ln();
        return -basel - 0.5 * log * log - dilogarithm(1.0 / z);
    }
    let u = -(-z).ln_1p();
    let square = u * u;
    let tail = BERNOULLI.iter().rev().fold(0.0, |sum, b| sum * square + b);
    u * (1.0 - 0.25 * u + square * tail)
}

/// The polylogarithm Liₛ(z) = Σ zᵏ/kˢ, continued to z ≤ 1.
///
/// - s = 2, 1, 0: relative error below 4e-15; other integers: below 1e-13 away from a zero.
/// - any real s in −10 … 60 and −7 ≤ z < 1: error below 1e-12 · max(|value|, |z|).
/// - NaN for z > 1, for z = 1 with s ≤ 1, and for z < −7 with an s that is not an integer.
///
/// Source: power series; DLMF 25.12.12 near z = 1 and its alternating kin near z = −1;
/// inversion (DLMF 25.12.4 and its integer-order kin) below −1.
pub fn polylog(s: f64, z: f64) -> f64 {
    if s.is_nan() || z.is_nan() || z > 1.0 || s.is_infinite() {
        return f64::NAN;
    }
    if z == 1.0 {
        return if s > 1.0 { zeta(s) } else { f64::NAN };
    }
    if s == 2.0 {
        return dilogarithm(z);
    }
    if s == 1.0 {
        return -(-z).ln_1p();
    }
    if s == 0.0 {
        return z / (1.0 - z);
    }
    if z < -7.0 || z < -1.0 && s == s.floor() {
        return inverted(s, z);
    }
    if s == s.floor() && (-30.0..0.0).contains(&s) && z > 0.0 {
        return rational(-s as usize, z);
    }
    let limit = if s < 0.0 && z < 0.0 { 0.14 } else { 0.5 };
    if z.abs() <= limit || s > 30.0 && z >= -1.0 {
        return power_series(s, z);
    }
    if z < 0.0 {
        return near_minus_one(s, z);
    }
    near_one(s, z)
}

fn power_series(s: f64, z: f64) -> f64 {
    let mut power = z;
    let mut sum = z;
    for k in 2..4000 {
        power *= z;
        let term = power * f64::from(k).powf(-s);
        sum += term;
        // the terms rise until k = s/log|z| when s < 0
        if term.abs() <= 1e-17 * sum.abs() && f64::from(k) > -2.0 * s {
            break;
        }
    }
    sum
}

/// Li₋ₙ(z) = Σ A(n, k) zⁿ⁻ᵏ / (1−z)ⁿ⁺¹ with the Eulerian numbers A.
fn rational(n: usize, z: f64) -> f64 {
    let mut eulerian = vec![1.0];
    for m in 2..=n {
        let mut next = vec![0.0; m];
        for (k, value) in eulerian.iter().enumerate() {
            next[k] += (k + 1) as f64 * value;
            next[k + 1] += (m - k - 1) as f64 * value;
        }
        eulerian = next;
    }
    let top = eulerian.iter().fold(0.0, |sum, value| sum * z + value);
    z * top / (1.0 - z).powi(n as i32 + 1)
}

/// Liₛ(−eˣ) = −Σ η(s−k) xᵏ/k! for |x| ≤ 2, with η(s) = (1 − 2^(1−s)) ζ(s).
fn near_minus_one(s: f64, z: f64) -> f64 {
    let x = (-z).ln();
    let mut power = 1.0;
    let mut sum = 0.0;
    let mut small = 0;
    for k in 0..160 {
        if k > 0 {
            power *= x / f64::from(k);
        }
        let term = power * alternating_zeta(s - f64::from(k));
        sum -= term;
        // every second term may vanish
        small = if term.abs() <= 1e-17 * sum.abs() {
            small + 1
        } else {
            0
        };
        if small == 3 || power == 0.0 {
            break;
        }
    }
    sum
}

/// The Dirichlet eta function η(s) = Σ (−1)ᵏ⁻¹ k⁻ˢ, without a pole at 1.
fn alternating_zeta(s: f64) -> f64 {
    let delta = s - 1.0;
    if delta == 0.0 {
        return LN_2;
    }
    let factor = -(-delta * LN_2).exp_m1();
    if delta.abs() < 0.1 {
        return factor * (1.0 / delta + zeta_without_pole(delta));
    }
    factor * zeta(s)
}

/// Liₛ(e^(−L)) for 0 < L < 2π as a singular part in L and Σ ζ(s−k) (−L)ᵏ/k!.
fn near_one(s: f64, z: f64) -> f64 {
    let minus_log = -z.ln();
    let pole = if s > 0.5 { (s - 1.0).round() } else { -1.0 };
    let mut power = 1.0;
    let mut sum = 0.0;
    let mut small = 0;
    for k in 0..80 {
        let at = f64::from(k);
        if k > 0 {
            power *= -minus_log / at;
        }
        if at == pole {
            let delta = s - 1.0 - pole;
            let rest = scaled_gamma_power(pole, delta, minus_log.ln());
            sum += power * (zeta_without_pole(delta) - rest);
        } else {
            let term = power * zeta(s - at);
            sum += term;
            // every second term is near a zero of ζ
            small = if term.abs() < 1e-18 * sum.abs() {
                small + 1
            } else {
                0
            };
            if small > 2 && at > pole {
                break;
            }
        }
    }
    if s > 0.5 {
        sum
    } else {
        sum + gamma(1.0 - s) * minus_log.powf(s - 1.0)
    }
}

/// ( (πδ/sin πδ) · m!/Γ(m+1+δ) · e^(δ log L) − 1 ) / δ, with its limit log L − ψ(m+1) at δ = 0.
pub(crate) fn scaled_gamma_power(m: f64, delta: f64, log: f64) -> f64 {
    if delta == 0.0 {
        return log - digamma(m + 1.0);
    }
    let ratio = if delta.abs() > 0.05 {
        lgamma(m + 1.0 + delta) - lgamma(m + 1.0)
    } else {
        let mut power = delta;
        let mut sum = digamma(m + 1.0) * delta;
        for k in 2..14 {
            power *= -delta;
            sum -= power * hurwitz_zeta(f64::from(k), m + 1.0) / f64::from(k);
        }
        sum
    };
    (log_inverse_sinc(delta) + delta * log - ratio).exp_m1() / delta
}

/// Integer orders below −1 from the value at 1/z.
fn inverted(s: f64, z: f64) -> f64 {
    if s != s.floor() || s.abs() > 60.0 {
        return f64::NAN;
    }
    let mirror = if s % 2.0 == 0.0 { -1.0 } else { 1.0 } * polylog(s, 1.0 / z);
    if s < 0.0 {
        return mirror;
    }
    let x = (-z).ln();
    let mut sum = 0.0;
    let mut k = 0.0;
    while 2.0 * k <= s {
        let eta = if k == 0.0 {
            0.5
        } else {
            (1.0 - (1.0 - 2.0 * k).exp2()) * zeta(2.0 * k)
        };
        let rest = s - 2.0 * k;
        sum += eta * x.powf(rest) / gamma(rest + 1.0);
        k += 1.0;
    }
    mirror - 2.0 * sum
}
