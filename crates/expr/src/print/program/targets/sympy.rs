//! Rows: Python with SymPy, exact. Swept by: tests/cli/emit.rs.

use super::super::Shape;
use super::super::source::Written;
use super::super::target::{Hand, Target};
use super::numpy::{PYTHON, head};

/// SymPy.
pub static SYMPY: Target = Target {
    name: "sympy",
    title: "SymPy",
    comment: ["# ", ""],
    hand: Hand::SymPy,
    routine,
    head: &[("", "from sympy import *")],
    foot: &[],
    helpers: &[],
    reserved: PYTHON,
    mark: "_",
    underscores: true,
    cases_differ: true,
};

fn routine(written: &Written) -> Vec<String> {
    let mut lines = head(written);
    let steps = written.steps.iter();
    lines.extend(steps.map(|(name, e)| format!("    {name} = {e}")));
    let row = |row: &Vec<String>| format!("[{}]", row.join(", "));
    lines.push(match written.shape {
        Shape::Scalar => format!("    return {}", written.entries().concat()),
        Shape::Vector => format!("    return Matrix([{}])", written.entries().join(", ")),
        Shape::Matrix => {
            let rows: Vec<String> = written.rows.iter().map(row).collect();
            format!("    return Matrix([{}])", rows.join(", "))
        }
    });
    lines
}
