//! The judge: the numeric side, which sees a density and never how an answer was found.
//! In: a `Model` or `Density` and points. Out: expectations, evidence on regularity, `Certificate`s. Never: a law, a kernel, a derivation.
//!
//! Of the symbolic side it uses expressions, their derivatives and their evaluation, and nothing else.

mod axes;
mod centers;
mod certify;
mod definite;
mod divergence;
mod evidence;
mod expectation;
mod information;
mod joint;
mod kinks;
mod lattice;
mod leaves;
mod program;
pub(crate) mod random;
mod rows;
mod sample;
mod segments;
mod steady;
mod subject;
mod sums;
mod walk;
mod words;

pub use crate::report::Certificate;
pub use certify::{Mismatch, certify, certify_at};
pub use definite::is_definite_somewhere;
pub use divergence::{Edge, Existence, edges, first_moments, second_moments};
pub use evidence::{
    Identity, MassVerdict, NegativeAt, information_identity, mass_is_free, mean_score,
    negative_somewhere,
};
pub use expectation::{Expectations, Outcome, Status, expectations, mass};
pub use information::{Judge, NumericInformation, evaluate_information, mean_hessian};
pub use sample::{Point, Sampler};
pub use words::point_in_words;
