//! Exact symbolic expressions.
mod construct;
mod debug;
mod differentiate;
pub mod evaluate;
mod expr;
mod facts;
pub mod functions;
mod intern;
pub mod matrix;
pub mod normal;
mod number;
mod number_theory;
mod operators;
pub mod polynomial;
pub mod rewrite;
mod rowtext;
mod symbol;
mod traverse;

pub use differentiate::NoDerivative;
pub use expr::{Binder, Children, Constant, Expr, Kind, Relation};
pub use facts::{Domain, End, Facts, Range, Truth};
pub use intern::live_nodes;
pub use matrix::{Block, Matrix, MatrixError};
pub use number::Number;
pub use rowtext::formula;
pub use symbol::Symbol;
pub use traverse::topological;
