//! Numbers only: special functions, quadrature and summation.
//! In: `f64` (and closures over `f64`) → Out: `f64` (with an error estimate where one is computed).
//! Never: an expression, a density's name, a panic. Outside its domain a function returns NaN.
//!
//! The accuracy given with each function is the one its test asserts against mpmath at 40 digits
//! (`tests/reference/make.py`); "relative" means |error| / |value| unless it says otherwise.

mod bessel;
mod beta;
mod columns;
mod erf;
mod exponential_integral;
mod gamma;
mod incomplete_gamma;
mod locate;
mod logistic;
mod normal;
mod polylog;
mod quadrature;
mod summation;
mod tail;
mod vectors;
mod zeta;

pub use bessel::{
    bessel_i, bessel_i_scaled, bessel_j, bessel_k, bessel_k_scaled, log_bessel_i, log_bessel_k,
};
pub use beta::{beta, choose, lbeta, log_choose};
pub use columns::{exp_column, ln_1p_column, ln_column, softplus_column};
pub use erf::{erf, erfc, erfcx, erfi};
pub use exponential_integral::{ei, expint};
pub use gamma::{digamma, factorial, gamma, lgamma, polygamma, trigamma};
pub use incomplete_gamma::{
    gammainc_lower, gammainc_lower_regularized, gammainc_upper, gammainc_upper_regularized,
};
pub use locate::{Location, Peak, locate, locate_columns, locate_counts};
pub use logistic::{expm1, log1p, logistic, logit, softplus};
pub use normal::{log_normal_cdf, log_normal_density, normal_cdf, normal_density, normal_quantile};
pub use polylog::{dilogarithm, polylog};
pub use quadrature::{
    Abscissa, Integral, IntegrateOptions, Rule, integrate, integrate_at, integrate_columns,
    integrate_twice,
};
pub use summation::{Sum, SumOptions, sum};
pub use tail::{End, Tail, Verdict, tail_exponent};
pub use vectors::{OverColumns, with_widest_vectors};
pub use zeta::{hurwitz_zeta, hurwitz_zeta_derivative, zeta, zeta_derivative};
