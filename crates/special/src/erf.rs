//! The error function and its relatives.
//! In: real x → Out: erf, erfc, erfcx, erfi.
//! Never: the normal distribution's functions (see `normal`).

use std::f64::consts::PI;

/// The error function erf(x) = (2/√π) ∫₀ˣ e^(−t²) dt. Relative error below 1e-15. Source: libm.
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// The complementary error function erfc(x) = 1 − erf(x). Relative error below 1e-15. Source: libm.
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// e^(c x²) without the loss from rounding x².
pub(crate) fn exp_of_square(c: f64, x: f64) -> f64 {
    let square = x * x;
    if square > 1600.0 {
        return (c * square).exp();
    }
    let rest = x.mul_add(x, -square);
    (c * square).exp() * (1.0 + c * rest)
}

/// The scaled complementary error function e^(x²) erfc(x).
///
/// Relative error below 2e-15 on −26 … ∞; +∞ below −26.7. Source: libm's `erfc`, and DLMF 7.12.1
/// for x ≥ 10.
pub fn erfcx(x: f64) -> f64 {
    if x < 10.0 {
        if x < -27.0 {
            return f64::INFINITY;
        }
        return exp_of_square(1.0, x) * libm::erfc(x);
    }
    let half = 0.5 / x / x;
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 0..20 {
        term *= -f64::from(2 * k + 1) * half;
        sum += term;
        if term.abs() < 1e-17 {
            break;
        }
    }
    sum / x / PI.sqrt()
}

/// The imaginary error function erfi(x) = (2/√π) ∫₀ˣ e^(t²) dt; ±∞ from |x| = 26.7.
///
/// Relative error below 2e-15. Source: DLMF 7.6.2 for |x| < 3, Dawson's integral (Cephes) beyond.
pub fn erfi(x: f64) -> f64 {
    if x.abs() > 27.0 {
        return x.signum() * f64::INFINITY;
    }
    let scale = 2.0 / PI.sqrt();
    if x.abs() >= 3.0 {
        return scale * exp_of_square(1.0, x) * spec_math::cephes64::dawsn(x);
    }
    let square = x * x;
    let mut power = x;
    let mut sum = x;
    for k in 1..80 {
        power *= square / f64::from(k);
        let term = power / f64::from(2 * k + 1);
        sum += term;
        if term.abs() < 1e-18 * sum.abs() {
            break;
        }
    }
    scale * sum
}
