//! What an expectation was built from, kept so that a derivation can be shown.
//! In: fits and the moments that were used. Out: plain values. Never: a computation; what is shown is what was done.

use super::chart::Chart;
use super::kernel::Fit;
use bartlett_expr::Expr;
use bartlett_laws::Kernel;
use std::sync::Arc;

/// A piece of the support under its kernel, with the terms of the integrand there.
#[derive(Debug, Clone)]
pub(crate) struct PieceMoments {
    /// The change of variable.
    pub chart: Arc<Chart>,
    /// The row of the moment tables.
    pub kernel: &'static Kernel,
    /// The row's functions of the variable, its constants put in.
    pub basis: Vec<Expr>,
    /// Their coefficients.
    pub coefficients: Vec<Expr>,
    /// log Z in c1, c2, …, the row's constants put in.
    pub log_normalizer: Expr,
    /// The mass of the density on the piece where there are several, 1 otherwise.
    pub weight: Expr,
    /// The terms.
    pub terms: Vec<TermMoment>,
}

/// coefficient · shape, with E[shape].
#[derive(Debug, Clone)]
pub(crate) struct TermMoment {
    /// Free of the variable.
    pub coefficient: Expr,
    /// A product of functions of the variable.
    pub shape: Expr,
    /// Its expectation under the normalized kernel.
    pub moment: Expr,
}

impl PieceMoments {
    /// What was used of a fit.
    pub(crate) fn of(fit: &Fit, weight: Expr, terms: Vec<TermMoment>) -> Self {
        Self {
            chart: Arc::clone(&fit.chart),
            kernel: fit.kernel,
            basis: fit.basis.clone(),
            coefficients: fit.coefficients.clone(),
            log_normalizer: fit.log_normalizer.clone(),
            weight,
            terms,
        }
    }
}

/// How an entry of the information was found: the details of its route.
#[derive(Debug, Clone, Default)]
pub(crate) enum Evidence {
    /// The route says it all.
    #[default]
    Route,
    /// The Hessian entry is its expectation plus these multiples of the scores.
    Scores(Vec<Expr>),
    /// The integrand is its expectation plus these multiples of functions of mean zero.
    Identities(Vec<(Expr, super::Identity)>),
    /// Every outcome with its probability.
    Outcomes(Arc<Vec<super::finite::Outcome>>),
    /// Moments under kernels.
    Moments(Vec<PieceMoments>),
}
