//! The logistic function and its relatives.
//! In: real x or a probability → Out: logistic, logit, softplus, log1p, expm1.
//! Never: the logistic distribution.

/// log(1 + x), accurate near 0; −∞ at −1, NaN below.
pub fn log1p(x: f64) -> f64 {
    x.ln_1p()
}

/// eˣ − 1, accurate near 0.
pub fn expm1(x: f64) -> f64 {
    x.exp_m1()
}

/// The logistic function 1/(1 + e⁻ˣ). Relative error below 1e-15 in both tails.
pub fn logistic(x: f64) -> f64 {
    if x < 0.0 {
        let power = x.exp();
        return power / (1.0 + power);
    }
    1.0 / (1.0 + (-x).exp())
}

/// The logit log(p/(1 − p)) for 0 < p < 1; −∞ at 0, ∞ at 1, NaN elsewhere.
///
/// Relative error below 1e-15, also near its zero ½.
pub fn logit(p: f64) -> f64 {
    if (0.3..0.7).contains(&p) {
        return ((2.0 * p - 1.0) / (1.0 - p)).ln_1p();
    }
    p.ln() - (-p).ln_1p()
}

/// The softplus log(1 + eˣ), without overflow. Relative error below 1e-15.
pub fn softplus(x: f64) -> f64 {
    if x > 0.0 {
        return x + (-x).exp().ln_1p();
    }
    x.exp().ln_1p()
}
