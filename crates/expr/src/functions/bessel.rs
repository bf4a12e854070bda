//! Rows: Bessel functions. A partial in the order is not known: asking for it is refused. Swept by: tests/sweeps/functions.rs.

use super::{Codomain, Function, Meaning, Spelling, Value, folding};
use bartlett_special as special;

pub(super) static ROWS: &[Function] = &[
    Function {
        name: "besseli",
        aliases: &[],
        arguments: &["v", "x"],
        domain: "x > 0",
        meaning: Meaning::Primitive {
            partials: &[None, Some("besseli(v + 1, x) + v/x*besseli(v, x)")],
            value: Value::Two(special::bessel_i),
            folds: Some(folding::bessel_i),
            codomain: Codomain::Positive,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"I_{#1}\left(#2\right)",
            unicode: "I_#1(#2)",
            sympy: "besseli(#1, #2)",
        },
        source: "DLMF 10.29.2",
    },
    Function {
        name: "besselj",
        aliases: &[],
        arguments: &["v", "x"],
        domain: "x > 0",
        meaning: Meaning::Primitive {
            partials: &[None, Some("v/x*besselj(v, x) - besselj(v + 1, x)")],
            value: Value::Two(special::bessel_j),
            folds: None,
            codomain: Codomain::Real,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"J_{#1}\left(#2\right)",
            unicode: "J_#1(#2)",
            sympy: "besselj(#1, #2)",
        },
        source: "DLMF 10.6.2",
    },
    Function {
        name: "besselk",
        aliases: &[],
        arguments: &["v", "x"],
        domain: "x > 0",
        meaning: Meaning::Primitive {
            partials: &[None, Some("v/x*besselk(v, x) - besselk(v + 1, x)")],
            value: Value::Two(special::bessel_k),
            folds: Some(folding::bessel_k),
            codomain: Codomain::Positive,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"K_{#1}\left(#2\right)",
            unicode: "K_#1(#2)",
            sympy: "besselk(#1, #2)",
        },
        source: "DLMF 10.29.2",
    },
];
