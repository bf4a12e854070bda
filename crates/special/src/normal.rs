//! The standard normal distribution.
//! In: real x or a probability → Out: Φ, φ, log Φ, Φ⁻¹.
//! Never: a location or a scale.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

use crate::erf::{erfc, erfcx, exp_of_square};

const INVERSE_SQRT_TWO_PI: f64 = 0.398_942_280_401_432_7;
const HALF_LOG_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// The standard normal density φ(x) = e^(−x²/2)/√(2π). Relative error below 1e-15 where normal.
pub fn normal_density(x: f64) -> f64 {
    INVERSE_SQRT_TWO_PI * exp_of_square(-0.5, x)
}

/// log φ(x) = −x²/2 − ½ log 2π. Relative error below 1e-15.
pub fn log_normal_density(x: f64) -> f64 {
    -0.5 * x * x - HALF_LOG_TWO_PI
}

/// The standard normal distribution function Φ(x). Relative error below 2e-15 for x > −37.5.
pub fn normal_cdf(x: f64) -> f64 {
    if x < -1.0 {
        return 0.5 * erfcx(-x * FRAC_1_SQRT_2) * exp_of_square(-0.5, x);
    }
    0.5 * erfc(-x / SQRT_2)
}

/// log Φ(x), down to x = −1e150. Relative error below 2e-15.
pub fn log_normal_cdf(x: f64) -> f64 {
    if x < -1.0 {
        return (0.5 * erfcx(-x * FRAC_1_SQRT_2)).ln() - 0.5 * x * x;
    }
    (-normal_cdf(-x)).ln_1p()
}

/// The standard normal quantile Φ⁻¹(p) for 0 < p < 1; −∞ at 0, ∞ at 1, NaN elsewhere.
///
/// Error below 2e-15 · max(1, |value|). Source: Cephes (`ndtri`).
pub fn normal_quantile(p: f64) -> f64 {
    match p {
        0.0 => f64::NEG_INFINITY,
        1.0 => f64::INFINITY,
        p if p > 0.0 && p < 1.0 => spec_math::cephes64::ndtri(p),
        _ => f64::NAN,
    }
}
