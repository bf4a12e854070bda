//! Rows: inverse hyperbolic functions that stay as they are, where a formula reads best with them. Swept by: tests/sweeps. Never: an algorithm.
//!
//! `asinh`, `acosh` and `atanh` are expanded into logarithms at once, so that a density that holds them comes apart.

use super::{Codomain, Fold, Function, Meaning, Spelling, Value, folding};

const fn primitive(
    name: &'static str,
    domain: &'static str,
    partials: &'static [Option<&'static str>],
    value: fn(f64) -> f64,
    folds: Fold,
    [latex, sympy]: [&'static str; 2],
    source: &'static str,
) -> Function {
    Function {
        name,
        aliases: &[],
        arguments: &["x"],
        domain,
        meaning: Meaning::Primitive {
            partials,
            value: Value::One(value),
            folds,
            codomain: Codomain::Real,
            smooth: true,
        },
        spelled: Spelling {
            latex,
            unicode: "",
            sympy,
        },
        source,
    }
}

pub(super) static ROWS: &[Function] = &[
    primitive(
        "arsinh",
        "",
        &[Some("1/(1 + x^2)^(1/2)")],
        f64::asinh,
        Some(folding::odd_at_zero),
        [r"\operatorname{arsinh} #1", "asinh(#1)"],
        "DLMF 4.40.1",
    ),
    primitive(
        "arcosh",
        "x > 1",
        &[Some("1/(x^2 - 1)^(1/2)")],
        f64::acosh,
        None,
        [r"\operatorname{arcosh} #1", "acosh(#1)"],
        "DLMF 4.40.2",
    ),
    primitive(
        "artanh",
        "-1 < x < 1",
        &[Some("1/(1 - x^2)")],
        f64::atanh,
        Some(folding::odd_at_zero),
        [r"\operatorname{artanh} #1", "atanh(#1)"],
        "DLMF 4.40.3",
    ),
];
