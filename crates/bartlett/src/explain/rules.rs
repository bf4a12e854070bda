//! Rows: the rules that a step of a derivation may name. Never: an algorithm.

use super::step::Rule;

/// The log-density.
pub static LOG_DENSITY: Rule = Rule {
    name: "log-density",
    says: "The logarithm of the density; the information does not see a term free of the parameters.",
};
/// First derivatives.
pub static SCORE: Rule = Rule {
    name: "score",
    says: "The first derivatives of the log-density.",
};
/// Second derivatives.
pub static HESSIAN: Rule = Rule {
    name: "Hessian",
    says: "The second derivatives of the log-density.",
};
/// No data left.
pub static FREE_OF_DATA: Rule = Rule {
    name: "free of the data",
    says: "A second derivative that does not hold the data is its own expectation.",
};
/// In the span of 1 and the score.
pub static ZERO_MEAN_SCORE: Rule = Rule {
    name: "zero-mean score",
    says: "A second derivative that is a constant plus multiples of the scores: the scores have mean 0, so the constant is its expectation.",
};
/// Outcome by outcome.
pub static OUTCOMES: Rule = Rule {
    name: "outcomes",
    says: "The data have finitely many outcomes: each value times its probability, added.",
};
/// A new variable.
pub static CHANGE_OF_VARIABLE: Rule = Rule {
    name: "change of variable",
    says: "In a new variable the log-density, its Jacobian included, is a sum of known functions.",
};
/// A known integral.
pub static KERNEL: Rule = Rule {
    name: "kernel",
    says: "The integral or sum Z of such an exponential is known; a power of e^b shifts the coefficient of b, a factor b differentiates Z by it.",
};
/// Term by term.
pub static MOMENTS: Rule = Rule {
    name: "moments",
    says: "Term by term, with the moments that Z gives.",
};
/// Term by term, on several pieces.
pub static MOMENTS_BY_PIECES: Rule = Rule {
    name: "moments by pieces",
    says: "Term by term: ⟨…⟩ is the mean under a piece's kernel divided by its Z; the pieces are added by their masses, and points with probabilities of their own are corrected.",
};
/// An integral without one of its data.
pub static MARGINALS: Rule = Rule {
    name: "marginals",
    says: "Data are integrated or summed out one after the other: the means given the others, then the density of the others.",
};
/// Cases added.
pub static JOINT: Rule = Rule {
    name: "mean over all data",
    says: "The mean over the data that are left, each case with its probability.",
};
/// A total derivative.
pub static TOTAL_DERIVATIVE: Rule = Rule {
    name: "total derivative",
    says: "For a density f and a function g, (g f)′/f has a mean that the ends of the support give, and for counts likewise its difference; less that it has mean 0.",
};
/// A symmetry.
pub static MIRROR_IMAGE: Rule = Rule {
    name: "mirror image",
    says: "The density is symmetric: a function h less its mirror image has mean 0.",
};
/// Under the integral.
pub static DIFFERENTIATED_MEAN: Rule = Rule {
    name: "derivative of a mean",
    says: "A known mean E[h] differentiated in a parameter: ∂h/∂θ + h s less ∂E[h]/∂θ has mean 0.",
};
/// A row of the table.
pub static KNOWN_INTEGRAL: Rule = Rule {
    name: "known integral",
    says: "A definite integral of the tables: the function less its mean has mean 0.",
};
/// A mean that stays.
pub static REMAINDER: Rule = Rule {
    name: "remainder",
    says: "No closed form of this mean was found; it stays as it is.",
};
/// The combination.
pub static COMBINATION: Rule = Rule {
    name: "combination",
    says: "A constant plus multiples of scores and of functions of mean 0: the constant is the expectation.",
};
/// Nothing closed.
pub static OPEN: Rule = Rule {
    name: "no closed form",
    says: "No closed form was found; the expectation stays as it is.",
};
/// A shorter form.
pub static SIMPLIFICATION: Rule = Rule {
    name: "simplification",
    says: "The same in its shortest form.",
};
/// Observations add.
pub static ADDITIVITY: Rule = Rule {
    name: "independence",
    says: "The observations are independent: their information adds.",
};
/// The first identity.
pub static FIRST_IDENTITY: Rule = Rule {
    name: "first Bartlett identity",
    says: "The mean of the score, found by integration and not assumed.",
};
/// The second identity.
pub static SECOND_IDENTITY: Rule = Rule {
    name: "second Bartlett identity",
    says: "The mean product of the scores against minus the mean second derivative, each found on its own.",
};
/// The inverse.
pub static INVERSE: Rule = Rule {
    name: "Cramér–Rao bound",
    says: "The inverse of the information bounds the covariance of every unbiased estimator.",
};

/// Every rule, in the order in which a derivation may use them.
pub static RULES: &[&Rule] = &[
    &LOG_DENSITY,
    &SCORE,
    &HESSIAN,
    &FREE_OF_DATA,
    &ZERO_MEAN_SCORE,
    &OUTCOMES,
    &CHANGE_OF_VARIABLE,
    &KERNEL,
    &MOMENTS,
    &MOMENTS_BY_PIECES,
    &MARGINALS,
    &JOINT,
    &TOTAL_DERIVATIVE,
    &MIRROR_IMAGE,
    &DIFFERENTIATED_MEAN,
    &KNOWN_INTEGRAL,
    &REMAINDER,
    &COMBINATION,
    &OPEN,
    &SIMPLIFICATION,
    &ADDITIVITY,
    &FIRST_IDENTITY,
    &SECOND_IDENTITY,
    &INVERSE,
];
