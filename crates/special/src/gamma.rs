//! The gamma function, its logarithm and its logarithmic derivatives.
//! In: real arguments → Out: Γ, log|Γ|, ψ, ψ', ψ⁽ⁿ⁾, x!.
//! Never: incomplete forms (see `incomplete_gamma`).

use std::f64::consts::PI;

/// True at 0, −1, −2, …
pub(crate) fn is_nonpositive_integer(x: f64) -> bool {
    x <= 0.0 && x == x.floor()
}

/// The gamma function Γ(x); exact at the integers 1 … 23, NaN at the poles 0, −1, −2, …
///
/// Relative error below 2e-15 on 1e-300 … 171.6 and −170 … 0. Source: libm (`tgamma`).
pub fn gamma(x: f64) -> f64 {
    if is_nonpositive_integer(x) {
        return f64::NAN;
    }
    if x == x.floor() && x <= 23.0 {
        return (2..x as u64).fold(1.0, |product, k| product * k as f64);
    }
    libm::tgamma(x)
}

/// log|Γ(x)|; +∞ at the poles 0, −1, −2, …
///
/// Relative error below 2e-15 for x > 0 (also near the zeros 1 and 2); for x < 0 the error is
/// below 2e-15 · max(1, |value|) away from the negative zeros. Source: libm (`lgamma`).
pub fn lgamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The digamma function ψ(x) = d log Γ(x)/dx; NaN at the poles 0, −1, −2, …
///
/// Relative error below 1e-15 for x > 0, below 1e-12 for −60 < x < 0. Source: Cephes (`psi`).
pub fn digamma(x: f64) -> f64 {
    if x.is_nan() || is_nonpositive_integer(x) {
        return f64::NAN;
    }
    if x == f64::INFINITY {
        return x;
    }
    spec_math::cephes64::psi(x)
}

/// The trigamma function ψ'(x); NaN at the poles 0, −1, −2, …
///
/// Relative error below 2e-15. Source: ψ'(x) = ζ(2, x), DLMF 25.11.12.
pub fn trigamma(x: f64) -> f64 {
    polygamma(1.0, x)
}

/// The polygamma function ψ⁽ⁿ⁾(x) for an integer n ≥ 0; NaN for any other n and at the poles.
///
/// Relative error below 4e-15 for x > 0 and n ≤ 20, below 4e-13 for n ≤ 200.
/// Source: (−1)ⁿ⁺¹ n! ζ(n+1, x), DLMF 25.11.12; far on the negative axis the reflection of DLMF 5.15.6.
pub fn polygamma(n: f64, x: f64) -> f64 {
    if !(n >= 0.0 && n == n.floor() && n < 1e6) || x.is_nan() || is_nonpositive_integer(x) {
        return f64::NAN;
    }
    if n == 0.0 {
        return digamma(x);
    }
    let sign = if n % 2.0 == 0.0 { -1.0 } else { 1.0 };
    if x == f64::INFINITY {
        return sign * 0.0;
    }
    if x < -100.0 && n <= 20.0 {
        // (−1)ⁿ ψ⁽ⁿ⁾(1−x) − ψ⁽ⁿ⁾(x) = π dⁿ/dxⁿ cot πx
        return -sign * polygamma(n, 1.0 - x) - cotangent_derivative(n as usize, x);
    }
    // beyond 100 steps from the origin no term counts when the power is over 20
    let near = if x < -100.0 {
        x - (x + 100.0).floor()
    } else {
        x
    };
    let zeta = spec_math::cephes64::zeta(n + 1.0, near);
    let value = gamma(n + 1.0) * zeta;
    if value.is_finite() && zeta > 0.0 {
        return sign * value;
    }
    if near <= 0.0 {
        return sign * value;
    }
    // n! overflows before the product does: the sum is then its first few terms
    let tail: f64 = (1..40)
        .map(|k| (1.0 + k as f64 / near).powf(-n - 1.0))
        .sum();
    sign * (lgamma(n + 1.0) - (n + 1.0) * near.ln() + tail.ln_1p()).exp()
}

/// π dⁿ/dxⁿ cot πx, as a polynomial in c = cot πx: each derivative maps P(c) to −π(1+c²)P'(c).
fn cotangent_derivative(n: usize, x: f64) -> f64 {
    let turn = x - x.round();
    let c = (PI * turn).tan().recip();
    let mut polynomial = vec![0.0, 1.0];
    for _ in 0..n {
        let mut next = vec![0.0; polynomial.len() + 1];
        for (power, coefficient) in polynomial.iter().enumerate().skip(1) {
            let slope = -PI * power as f64 * coefficient;
            next[power - 1] += slope;
            next[power + 1] += slope;
        }
        polynomial = next;
    }
    PI * polynomial
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| sum * c + coefficient)
}

/// The factorial x! = Γ(x+1) of a real x; exact at the integers 0 … 22, NaN at −1, −2, …
///
/// Relative error below 2e-15.
pub fn factorial(x: f64) -> f64 {
    gamma_of_sum(x, 1.0)
}

/// Γ(a + b), corrected to first order for the rounding of a + b.
pub(crate) fn gamma_of_sum(a: f64, b: f64) -> f64 {
    let sum = a + b;
    let back = sum - a;
    let lost = (a - (sum - back)) + (b - back);
    let value = gamma(sum);
    if lost == 0.0 || !value.is_finite() {
        value
    } else {
        value * (1.0 + lost * digamma(sum))
    }
}
