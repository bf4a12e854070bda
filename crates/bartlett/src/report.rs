//! What a derivation says, as plain data.
//! In: the engine's results. Out: public structs. Never: a format, an input or an output.

use crate::information::Derived;
use crate::model::Model;
use bartlett_expr::{Expr, Symbol};

/// Everything that is derived from one model.
#[derive(Debug, Clone)]
pub struct Report {
    /// The model as understood.
    pub model: Model,
    /// The same with densities of mass 1: a missing factor put in, a kernel divided by its integral. As typed where it was refused.
    pub completed: Model,
    /// What was derived of each observation, in order; nothing where the model was refused.
    pub parts: Vec<Derived>,
    /// ∂ℓ/∂θᵢ in the order of the parameters.
    pub score: Vec<Expr>,
    /// ∂²ℓ/∂θᵢ∂θⱼ, away from kinks; symmetric.
    pub hessian: Vec<Vec<Expr>>,
    /// The Fisher information matrix of one observation of the model, or nothing where it is refused.
    pub fisher: Option<Information>,
    /// The Cramér–Rao bound: the inverse of the information, where there is one.
    pub crb: Option<Information>,
    /// What was learnt about regularity.
    pub regularity: Regularity,
    /// Numeric checks of the matrix from the typed density alone.
    pub checks: Vec<Certificate>,
    /// What was assumed or completed, in words.
    pub notes: Vec<String>,
}

/// A symmetric matrix over the parameters, in their order, and how far it is closed.
#[derive(Debug, Clone)]
pub struct Information {
    /// How much of it is in closed form.
    pub status: Closure,
    /// The entries; open ones hold explicit integrals or sums.
    pub matrix: Vec<Vec<Expr>>,
}

/// How much of a matrix is in closed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    /// Every entry.
    Closed,
    /// Some entries, or parts of them.
    Partial,
    /// None.
    Numeric,
}

/// What was learnt about the conditions under which the information exists.
#[derive(Debug, Clone, Default)]
pub struct Regularity {
    /// E\[s\] = 0, and E\[s sᵀ\] exists and is the information.
    pub holds: bool,
    /// −E\[H\] = E\[s sᵀ\]; `None` where one side has no value or was not decided.
    pub information_identity: Option<bool>,
    /// In words, each one thing.
    pub findings: Vec<String>,
}

/// One numeric check at a point.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The point: parameters and known symbols.
    pub at: Vec<(Symbol, f64)>,
    /// What was compared.
    pub what: String,
    /// The largest relative difference found.
    pub max_rel_err: f64,
    /// Was it within tolerance?
    pub ok: bool,
}

impl Closure {
    /// The word for it in print.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Partial => "partial",
            Self::Numeric => "numeric",
        }
    }
}

impl Report {
    /// Was the model understood but refused?
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.fisher.is_none()
    }
}
