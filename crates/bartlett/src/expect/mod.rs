//! Expectations in closed form: strategies in a written order, each with an answer or none.
//! In: a density, functions of its datum. Out: closed expectations. Never: a guess; what no strategy closes is left to the caller.

mod chart;
mod close;
mod collect;
mod evidence;
pub(crate) mod finite;
mod identities;
pub(crate) mod joint;
mod kernel;
mod known;
mod limit;
mod linear;
mod mass;
mod means;
mod path;
mod places;
mod recognize;
mod regions;
mod select;

pub(crate) use chart::prepared;
pub(crate) use close::{Question, by_identities};
pub(crate) use evidence::{Evidence, Marginal, Moments, PieceMoments};
pub(crate) use identities::{Identity, Reason};
pub(crate) use linear::expectations as by_zero_mean_score;
pub(crate) use mass::mass;
pub(crate) use means::{Mean, is_open, mean, means};
pub(crate) use path::{Move, steps};
pub(crate) use places::{has_kink, root};
pub(crate) use recognize::{Closed, Pieces};
