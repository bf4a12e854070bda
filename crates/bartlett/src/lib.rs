//! From a typed probability density to its score, Hessian, Fisher information and Cramér–Rao bound: symbolically, and checked.

pub mod check;
mod complete;
mod expect;
pub mod information;
pub mod model;
pub mod report;

pub use bartlett_expr::{Expr, Facts, Number, Symbol};
