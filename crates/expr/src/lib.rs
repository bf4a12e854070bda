//! Exact symbolic expressions.
mod number;
pub use number::Number;
