//! From a typed probability density to its score, Hessian, Fisher information and Cramér–Rao bound: symbolically, and checked.

pub mod check;
mod complete;
mod derive;
mod expect;
pub mod information;
pub mod model;
pub mod quantity;
pub mod reading;
mod regularity;
pub mod report;

pub use derive::derive;
pub use model::Model;

pub use bartlett_expr::{Expr, Facts, Number, Symbol};
