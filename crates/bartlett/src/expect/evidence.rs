//! What an expectation was built from, kept so that a derivation can be shown.
//! In: fits and the moments that were used. Out: plain values. Never: a computation; what is shown is what was done.

use super::chart::Chart;
use super::kernel::Fit;
use bartlett_expr::{Expr, Symbol};
use bartlett_laws::Kernel;
use std::sync::Arc;

/// An expectation by pieces, and their sum as it was before simplification.
#[derive(Debug, Clone)]
pub(crate) struct Moments {
    /// The pieces.
    pub pieces: Vec<PieceMoments>,
    /// Points that have probabilities of their own; the pieces' integrands are meant away from them.
    pub points: Vec<Expr>,
    /// The sum over them, weighted by their masses, with the values of single points.
    pub whole: Expr,
}

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
    /// The row's log h of the variable, its constants put in.
    pub base: Expr,
    /// The part of the log-density free of the variable.
    pub constant: Expr,
    /// log Z in c1, c2, …, the row's constants put in.
    pub log_normalizer: Expr,
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
    /// Its expectation as the normalizer gives it.
    pub raw: Expr,
    /// Its expectation under the facts.
    pub moment: Expr,
}

impl PieceMoments {
    /// What was used of a fit.
    pub(crate) fn of(fit: &Fit, terms: Vec<TermMoment>) -> Self {
        Self {
            chart: Arc::clone(&fit.chart),
            kernel: fit.kernel,
            basis: fit.basis.clone(),
            coefficients: fit.coefficients.clone(),
            base: fit.base.clone(),
            constant: fit.constant.clone(),
            log_normalizer: fit.log_normalizer.clone(),
            terms,
        }
    }
}

/// A joint density without some of its data.
#[derive(Debug, Clone)]
pub(crate) struct Marginal {
    /// The data that were integrated or summed out here.
    pub without: Vec<Symbol>,
    /// The log of the density of the others.
    pub log_density: Expr,
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
    /// Data integrated or summed out one after the other, with the log of what was left each time.
    Marginals(Arc<Vec<Marginal>>),
    /// Moments under kernels.
    Moments(Moments),
}
