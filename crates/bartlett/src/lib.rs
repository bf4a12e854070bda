//! From a typed probability density to its score, Hessian, Fisher information and Cramér–Rao bound: symbolically, and checked.

mod addition;
mod agreement;
pub mod bound;
pub mod check;
mod closing;
mod complete;
mod derive;
pub mod divergence;
pub mod emission;
mod estimable;
mod expect;
pub mod explain;
pub mod fit;
pub mod further_bounds;
pub mod geometry;
pub mod influence;
pub mod information;
mod inverse;
pub mod jeffreys;
pub mod misspecified;
pub mod model;
pub mod natural_gradient;
mod numeric;
pub mod order;
pub mod quantity;
pub mod reading;
pub mod reduced;
mod regularity;
mod removable;
pub mod reparametrize;
pub mod report;
mod solve;
pub mod symmetric;
mod verify;
pub mod versus;

pub use derive::derive;
pub use model::Model;

pub use bartlett_expr::{Expr, Facts, Number, Symbol};
