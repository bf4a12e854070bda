//! Rows: circular functions and their inverses. Swept by: tests/sweeps/functions.rs. Never: an algorithm.

use super::{Codomain, Function, Meaning, Spelling, Value, folding};

macro_rules! primitive {
    ($name:literal, $domain:literal, $partial:literal, $value:expr, $fold:expr, $codomain:expr, $latex:literal, $source:literal) => {
        Function {
            name: $name,
            aliases: &[],
            arguments: &["x"],
            domain: $domain,
            meaning: Meaning::Primitive {
                partials: &[Some($partial)],
                value: Value::One($value),
                folds: Some($fold),
                codomain: $codomain,
                smooth: true,
            },
            spelled: Spelling {
                latex: $latex,
                unicode: "",
                sympy: "",
            },
            source: $source,
        }
    };
}

pub(super) static ROWS: &[Function] = &[
    primitive!(
        "sin",
        "",
        "cos(x)",
        f64::sin,
        folding::sine,
        Codomain::Wave(0),
        r"\sin #1",
        "DLMF 4.20.1"
    ),
    primitive!(
        "cos",
        "",
        "-sin(x)",
        f64::cos,
        folding::cosine,
        Codomain::Wave(-1),
        r"\cos #1",
        "DLMF 4.20.2"
    ),
    primitive!(
        "tan",
        "cos(x) != 0",
        "1 + tan(x)^2",
        f64::tan,
        folding::odd_at_zero,
        Codomain::Real,
        r"\tan #1",
        "DLMF 4.20.3"
    ),
    primitive!(
        "asin",
        "-1 < x < 1",
        "1/(1 - x^2)^(1/2)",
        f64::asin,
        folding::arcsine,
        Codomain::Real,
        r"\arcsin #1",
        "DLMF 4.24.7"
    ),
    primitive!(
        "acos",
        "-1 < x < 1",
        "-1/(1 - x^2)^(1/2)",
        f64::acos,
        folding::arccosine,
        Codomain::Real,
        r"\arccos #1",
        "DLMF 4.24.8"
    ),
    primitive!(
        "atan",
        "",
        "1/(1 + x^2)",
        f64::atan,
        folding::arctangent,
        Codomain::Real,
        r"\arctan #1",
        "DLMF 4.24.9"
    ),
];
