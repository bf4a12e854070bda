//! Rows: the languages in which quantities can be written, one a file. Swept by: tests/cli/emit.rs. Never: an algorithm of the engine.

mod c;
mod jax;
mod julia;
mod latex;
mod mathematica;
mod numpy;
mod r;
mod rust;
pub mod sql;
mod stan;
mod sympy;

use super::source::Written;
use super::target::Target;

/// Every language of routines.
pub static TARGETS: &[&Target] = &[
    &rust::RUST,
    &c::C,
    &numpy::NUMPY,
    &jax::JAX,
    &julia::JULIA,
    &r::R,
    &stan::STAN,
    &sympy::SYMPY,
    &mathematica::MATHEMATICA,
    &latex::LATEX,
];

/// `[a, b]`, `[[a, b], [c, d]]` or the one entry, in those brackets.
fn nested(written: &Written, open: &str, close: &str) -> String {
    use super::Shape;
    let list = |row: &[String]| format!("{open}{}{close}", row.join(", "));
    match written.shape {
        Shape::Scalar => written.entries().concat(),
        Shape::Vector => written.rows.iter().map(|row| list(row)).collect(),
        Shape::Matrix => list(&written.rows.iter().map(|row| list(row)).collect::<Vec<_>>()),
    }
}
