//! Data: maximum likelihood, and how sure it is.
//! In: a `Model` of one row, `Rows`. Out: `Fit`. Never: a file, a clock, an estimate whose convergence was not tested.
//!
//! The score and the Hessian that are summed over the rows are those that `derive` differentiates; nothing is differentiated twice.

#![allow(
    clippy::neg_cmp_op_on_partial_ord,
    clippy::needless_range_loop,
    clippy::type_complexity,
    clippy::ptr_arg,
    reason = "a comparison with NaN must fail; matrices and blocks are indexed by more than one loop"
)]

mod assess;
mod coordinates;
mod influence;
mod inputs;
mod interpolate;
mod large;
mod plan;
mod predictor;
mod program;
mod rows;
mod scoring;
mod start;
mod sums;
mod support;

pub use influence::{Influence, LossAt, Watched};
pub use inputs::{Inputs, Moved};
pub use plan::Plan;
pub use rows::{Columns, Rows};
pub use support::{Misfit, Supports};

use crate::reading::Refusal;
use crate::symmetric::Symmetric;
use bartlett_expr::Symbol;

/// What is asked of a fit.
#[derive(Clone, Debug)]
pub struct Options {
    /// Values of some or all parameters to start from.
    pub start: Vec<(Symbol, f64)>,
    /// The level of the confidence intervals, 0.95 if nobody says otherwise.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            start: Vec::new(),
            level: 0.95,
        }
    }
}

/// Why there is no fit.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// The model, or these data, cannot be fitted.
    Refused(Refusal),
    /// The rows cannot be read, in words.
    Rows(String),
}

/// A kind of information, by which a standard error is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Σ E\[s sᵀ\] at the estimate: the derived Fisher information.
    Expected,
    /// −Σ H at the estimate.
    Observed,
    /// Σ s sᵀ at the estimate.
    OuterProduct,
    /// H⁻¹ (Σ s sᵀ) H⁻¹, the covariance that stays right where the model is wrong (Huber 1967; White 1982).
    Sandwich,
}

/// All four, in the order in which they are shown.
pub const KINDS: [Kind; 4] = [
    Kind::Expected,
    Kind::Observed,
    Kind::OuterProduct,
    Kind::Sandwich,
];

impl Kind {
    /// Its key in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Observed => "observed",
            Self::OuterProduct => "outer_product",
            Self::Sandwich => "sandwich",
        }
    }
    /// What a page calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::OuterProduct => "outer product",
            other => other.key(),
        }
    }
}

/// The maximum-likelihood estimate and what is known of it. Vectors and matrices are in the order of the parameters.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The parameters.
    pub parameters: Vec<Symbol>,
    /// Their estimates.
    pub estimates: Vec<f64>,
    /// The inverse of each information (for the sandwich, the covariance itself), in the order of [`KINDS`]; nothing where it has none.
    pub covariances: [Option<Symmetric>; 4],
    /// −Σ H at the estimate; nothing where there are too many parameters to hold it.
    pub observed: Option<Symmetric>,
    /// The level of the intervals.
    pub level: f64,
    /// The information by which the intervals are made: the first of [`KINDS`] that has an inverse.
    pub intervals_by: Option<Kind>,
    /// Wald's intervals, estimate ± quantile · standard error; empty where there are none.
    pub intervals: Vec<(f64, f64)>,
    /// Σ log-density at the estimate, natural logarithm.
    pub log_likelihood: f64,
    /// −2ℓ + 2p
    pub aic: f64,
    /// −2ℓ + p log n
    pub bic: f64,
    /// −2ℓ + 2 tr(−H⁻¹ Σ s sᵀ) (Takeuchi 1976); nothing where −H is not positive definite.
    pub tic: Option<f64>,
    /// White's information-matrix test.
    pub information_matrix_test: Option<Test>,
    /// The number of rows.
    pub rows: u64,
    /// The number of steps.
    pub iterations: usize,
    /// Is the estimate a maximum, as far as could be tested?
    pub converged: bool,
    /// What should be known of the estimate, in words.
    pub findings: Vec<String>,
}

/// A statistic with its asymptotic law under the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// Its value.
    pub statistic: f64,
    /// Degrees of freedom of its χ² law.
    pub degrees: usize,
    /// The probability of a larger value.
    pub p_value: f64,
}

impl Fit {
    /// Standard errors by a kind of information.
    #[must_use]
    pub fn standard_errors(&self, kind: Kind) -> Option<Vec<f64>> {
        let at = KINDS.iter().position(|k| *k == kind)?;
        let covariance = self.covariances[at].as_ref()?;
        Some(
            (0..covariance.size())
                .map(|i| covariance.at(i, i).sqrt())
                .collect(),
        )
    }
}
