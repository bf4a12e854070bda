//! What a step of a derivation is.
//! In: nothing. Out: plain data. Never: a computation, or a format.

use bartlett_expr::{Domain, Expr, Symbol};

/// One step: by a rule, from assumptions, to equations.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What was done.
    pub rule: &'static Rule,
    /// What the rule was applied to, in words, where the equations do not say it: `observation 2`, `gamma kernel`.
    pub about: String,
    /// What came out.
    pub equations: Vec<Equation>,
    /// Where the symbols that it brings in live, and the part of the support that it is about.
    pub places: Vec<Assumption>,
    /// The assumptions without which it would not have come out.
    pub since: Vec<Assumption>,
}

impl Step {
    /// A step that brings in no symbol and needs no assumption.
    #[must_use]
    pub fn new(rule: &'static Rule, about: impl Into<String>, equations: Vec<Equation>) -> Self {
        Self {
            rule,
            about: about.into(),
            equations,
            places: Vec::new(),
            since: Vec::new(),
        }
    }
}

/// A rule of derivations.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// What it says, one sentence.
    pub says: &'static str,
}

/// `left = right₁ = right₂ = …`
#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    /// What is found.
    pub left: Side,
    /// Its forms, the last one the simplest.
    pub right: Vec<Expr>,
}

/// The left side of an equation.
#[derive(Debug, Clone, PartialEq)]
pub enum Side {
    /// ℓ, the log-density of an observation.
    LogDensity,
    /// The log-density of a new variable, up to nothing.
    LogDensityOf(Symbol),
    /// The log-density of these data, the others integrated or summed out.
    LogMarginal(Vec<Symbol>),
    /// An expression: a variable, a coefficient, an integral.
    Expression(Expr),
    /// ∂ℓ/∂a
    Score(Symbol),
    /// ∂²ℓ/∂a∂b
    SecondDerivative(Symbol, Symbol),
    /// −∂²ℓ/∂a∂b
    MinusSecondDerivative(Symbol, Symbol),
    /// ∂ℓ/∂a · ∂ℓ/∂b
    ScoreProduct(Symbol, Symbol),
    /// E\[…\]
    Mean(Expr),
    /// The mean under a piece's kernel divided by its Z.
    KernelMean(Expr),
    /// E\[∂ℓ/∂a\]
    MeanScore(Symbol),
    /// E\[∂ℓ/∂a · ∂ℓ/∂b\]
    MeanScoreProduct(Symbol, Symbol),
    /// −E\[∂²ℓ/∂a∂b\]
    MinusMeanSecondDerivative(Symbol, Symbol),
    /// The entry of the information of one observation of the model.
    Information(Symbol, Symbol),
    /// The entry of the inverse.
    Bound(Symbol, Symbol),
}

/// What was assumed.
#[derive(Debug, Clone, PartialEq)]
pub enum Assumption {
    /// A symbol lives there.
    Lives(Symbol, Domain),
    /// The integrand is meant away from this point, which is counted on its own.
    Differs(Symbol, Expr),
    /// An expression is above 0.
    Positive(Expr),
}
