//! Rows: the gamma function and its relatives. Swept by: tests/sweeps/functions.rs. Never: an algorithm.

use super::{Codomain, Function, Meaning, Spelling, Value, folding};
use bartlett_special as special;

macro_rules! defined {
    ($name:literal, $aliases:expr, $arguments:expr, $domain:literal, $definition:literal, $source:literal) => {
        Function {
            name: $name,
            aliases: $aliases,
            arguments: $arguments,
            domain: $domain,
            meaning: Meaning::Defined($definition),
            spelled: Spelling {
                latex: "",
                unicode: "",
                sympy: "",
            },
            source: $source,
        }
    };
}

pub(super) static ROWS: &[Function] = &[
    Function {
        name: "gamma",
        aliases: &["tgamma"],
        arguments: &["x"],
        domain: "x > 0",
        meaning: Meaning::Primitive {
            partials: &[Some("gamma(x)*polygamma(0, x)")],
            value: Value::One(special::gamma),
            folds: Some(folding::gamma),
            codomain: Codomain::Positive,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\Gamma\left(#1\right)",
            unicode: "Γ(#1)",
            sympy: "gamma(#1)",
        },
        source: "DLMF 5.2.1",
    },
    Function {
        name: "lgamma",
        aliases: &["loggamma", "gammaln"],
        arguments: &["x"],
        domain: "x > 0",
        meaning: Meaning::Primitive {
            partials: &[Some("polygamma(0, x)")],
            value: Value::One(special::lgamma),
            folds: Some(folding::log_gamma),
            codomain: Codomain::Real,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\log\Gamma\left(#1\right)",
            unicode: "log Γ(#1)",
            sympy: "loggamma(#1)",
        },
        source: "DLMF 5.2.1",
    },
    Function {
        name: "polygamma",
        aliases: &[],
        arguments: &["n", "x"],
        domain: "n in {0, 1, ...}; x > 0",
        meaning: Meaning::Primitive {
            partials: &[None, Some("polygamma(n + 1, x)")],
            value: Value::Two(special::polygamma),
            folds: Some(folding::polygamma),
            codomain: Codomain::Real,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\psi^{(#1)}\left(#2\right)",
            unicode: "ψ^(#1)(#2)",
            sympy: "polygamma(#1, #2)",
        },
        source: "DLMF 5.15",
    },
    defined!(
        "digamma",
        &["psi"],
        &["x"],
        "x > 0",
        "polygamma(0, x)",
        "DLMF 5.2.2"
    ),
    defined!(
        "trigamma",
        &[],
        &["x"],
        "x > 0",
        "polygamma(1, x)",
        "DLMF 5.15.1"
    ),
    defined!(
        "factorial",
        &[],
        &["n"],
        "n >= 0",
        "gamma(n + 1)",
        "DLMF 5.4.1"
    ),
    defined!(
        "lfactorial",
        &[],
        &["n"],
        "n >= 0",
        "lgamma(n + 1)",
        "DLMF 5.4.1"
    ),
    defined!(
        "beta",
        &[],
        &["a", "b"],
        "a > 0; b > 0",
        "gamma(a)*gamma(b)/gamma(a + b)",
        "DLMF 5.12.1"
    ),
    defined!(
        "lbeta",
        &["betaln"],
        &["a", "b"],
        "a > 0; b > 0",
        "lgamma(a) + lgamma(b) - lgamma(a + b)",
        "DLMF 5.12.1"
    ),
    defined!(
        "choose",
        &["binomial", "comb"],
        &["n", "k"],
        "n >= 0; 0 <= k <= n",
        "gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))",
        "DLMF 1.2.6"
    ),
    defined!(
        "lchoose",
        &[],
        &["n", "k"],
        "n >= 0; 0 <= k <= n",
        "lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)",
        "DLMF 1.2.6"
    ),
    Function {
        name: "gammainc",
        aliases: &[],
        arguments: &["a", "x"],
        domain: "a > 0; x > 0",
        meaning: Meaning::Primitive {
            partials: &[None, Some("x^(a - 1)*e^(-x)")],
            value: Value::Two(special::gammainc_lower),
            folds: Some(folding::gammainc),
            codomain: Codomain::Positive,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\gamma\left(#1, #2\right)",
            unicode: "γ(#1, #2)",
            sympy: "lowergamma(#1, #2)",
        },
        source: "DLMF 8.2.1",
    },
    Function {
        name: "gammaincc",
        aliases: &[],
        arguments: &["a", "x"],
        domain: "a > 0; x > 0",
        meaning: Meaning::Primitive {
            partials: &[None, Some("-x^(a - 1)*e^(-x)")],
            value: Value::Two(special::gammainc_upper),
            folds: Some(folding::gammaincc),
            codomain: Codomain::Positive,
            smooth: true,
        },
        spelled: Spelling {
            latex: r"\Gamma\left(#1, #2\right)",
            unicode: "Γ(#1, #2)",
            sympy: "uppergamma(#1, #2)",
        },
        source: "DLMF 8.2.2",
    },
    defined!(
        "lgammainc",
        &[],
        &["a", "x"],
        "a > 0; x > 0",
        "log(gammainc(a, x))",
        "DLMF 8.2.1"
    ),
];
