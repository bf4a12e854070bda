//! Rows: zeta functions and polylogarithms. Swept by: tests/sweeps/functions.rs. Never: an algorithm.

use super::{Codomain, Function, Meaning, Spelling, Value, folding};
use bartlett_special as special;

pub(super) static ROWS: &[Function] = &[
    Function {
        name: "zeta",
        aliases: &[],
        arguments: &["s"],
        domain: "s > 1",
        meaning: Meaning::Defined("zeta(s, 1)"),
        spelled: Spelling {
            latex: r"\zeta\left(#1\right)",
            unicode: "ζ(#1)",
            sympy: "zeta(#1)",
        },
        source: "DLMF 25.2.1",
    },
    Function {
        name: "zeta",
        aliases: &[],
        arguments: &["s", "a"],
        domain: "s > 1; a > 0",
        meaning: Meaning::Primitive {
            // ζ′ has no name of its own: it is an open sum.
            partials: &[
                Some("-sum(k, 0, inf, log(k + a)/(k + a)^s)"),
                Some("-s*zeta(s + 1, a)"),
            ],
            value: Value::Two(special::hurwitz_zeta),
            folds: Some(folding::hurwitz_zeta),
            codomain: Codomain::Positive,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\zeta\left(#1, #2\right)",
            unicode: "ζ(#1, #2)",
            sympy: "zeta(#1, #2)",
        },
        source: "DLMF 25.11.1",
    },
    Function {
        name: "polylog",
        aliases: &[],
        arguments: &["s", "z"],
        domain: "z < 1",
        meaning: Meaning::Primitive {
            partials: &[
                Some("-sum(k, 1, inf, log(k)*z^k/k^s)"),
                Some("polylog(s - 1, z)/z"),
            ],
            value: Value::Two(special::polylog),
            folds: Some(folding::polylog),
            codomain: Codomain::Real,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\operatorname{Li}_{#1}\left(#2\right)",
            unicode: "Li_#1(#2)",
            sympy: "polylog(#1, #2)",
        },
        source: "DLMF 25.12.10",
    },
];
