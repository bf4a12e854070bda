//! Rows: the normal distribution function, error functions, exponential integrals. Swept by: tests/sweeps/functions.rs. Never: an algorithm.

use super::{Codomain, Function, Meaning, Spelling, Value, folding};
use bartlett_special as special;

pub(super) static ROWS: &[Function] = &[
    Function {
        name: "Phi",
        aliases: &["normal_cdf"],
        arguments: &["x"],
        domain: "",
        meaning: Meaning::Primitive {
            partials: &[Some("e^(-x^2/2)/(2*pi)^(1/2)")],
            value: Value::One(special::normal_cdf),
            folds: Some(folding::normal_cdf),
            codomain: Codomain::Unit,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\Phi\left(#1\right)",
            unicode: "Φ(#1)",
            sympy: "(erfc(-(#1)/sqrt(2))/2)",
        },
        source: "DLMF 7.2.2",
    },
    Function {
        name: "phi",
        aliases: &[],
        arguments: &["x"],
        domain: "",
        meaning: Meaning::Defined("e^(-x^2/2)/(2*pi)^(1/2)"),
        spelled: Spelling {
            latex: "",
            unicode: "",
            sympy: "",
        },
        source: "Johnson, Kotz & Balakrishnan (1994), ch. 13",
    },
    Function {
        name: "Phiinv",
        aliases: &["probit"],
        arguments: &["x"],
        domain: "0 < x < 1",
        meaning: Meaning::Primitive {
            partials: &[Some("(2*pi)^(1/2)*e^(Phiinv(x)^2/2)")],
            value: Value::One(special::normal_quantile),
            folds: Some(folding::normal_quantile),
            codomain: Codomain::Real,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\Phi^{-1}\left(#1\right)",
            unicode: "Φ⁻¹(#1)",
            sympy: "(sqrt(2)*erfinv(2*(#1) - 1))",
        },
        source: "DLMF 7.17",
    },
    Function {
        name: "erf",
        aliases: &[],
        arguments: &["x"],
        domain: "",
        meaning: Meaning::Defined("2*Phi(2^(1/2)*x) - 1"),
        spelled: Spelling {
            latex: "",
            unicode: "",
            sympy: "",
        },
        source: "DLMF 7.2.1",
    },
    Function {
        name: "erfc",
        aliases: &[],
        arguments: &["x"],
        domain: "",
        meaning: Meaning::Defined("2*Phi(-2^(1/2)*x)"),
        spelled: Spelling {
            latex: "",
            unicode: "",
            sympy: "",
        },
        source: "DLMF 7.2.2",
    },
    Function {
        name: "erfi",
        aliases: &[],
        arguments: &["x"],
        domain: "",
        meaning: Meaning::Primitive {
            partials: &[Some("2*e^(x^2)/pi^(1/2)")],
            value: Value::One(special::erfi),
            folds: Some(folding::odd_at_zero),
            codomain: Codomain::Real,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\operatorname{erfi}\left(#1\right)",
            unicode: "erfi(#1)",
            sympy: "erfi(#1)",
        },
        source: "DLMF 7.2.5",
    },
    Function {
        name: "Ei",
        aliases: &[],
        arguments: &["x"],
        domain: "x != 0",
        meaning: Meaning::Primitive {
            partials: &[Some("e^x/x")],
            value: Value::One(special::ei),
            folds: None,
            codomain: Codomain::Real,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\operatorname{Ei}\left(#1\right)",
            unicode: "Ei(#1)",
            sympy: "Ei(#1)",
        },
        source: "DLMF 6.2.5",
    },
    Function {
        name: "expint",
        aliases: &[],
        arguments: &["n", "x"],
        domain: "n >= 0; x > 0",
        meaning: Meaning::Primitive {
            partials: &[None, Some("-expint(n - 1, x)")],
            value: Value::Two(special::expint),
            folds: None,
            codomain: Codomain::Positive,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"E_{#1}\left(#2\right)",
            unicode: "E_#1(#2)",
            sympy: "expint(#1, #2)",
        },
        source: "DLMF 8.19.1",
    },
];
