//! Rows: functions with kinks or jumps; their partials hold away from these. Swept by: tests/sweeps/functions.rs.

use super::{Codomain, Function, Meaning, Spelling, Value, folding};

fn sign(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        x
    }
}

pub(super) static ROWS: &[Function] = &[
    Function {
        name: "abs",
        aliases: &["fabs"],
        arguments: &["x"],
        domain: "",
        meaning: Meaning::Primitive {
            partials: &[Some("sign(x)")],
            value: Value::One(f64::abs),
            folds: Some(folding::abs),
            codomain: Codomain::NonNegative,
            smooth: false,
        },
        spelled: Spelling {
            latex: r"\left|#1\right|",
            unicode: "|#1|",
            sympy: "Abs(#1)",
        },
        source: "DLMF 1.9.7",
    },
    Function {
        name: "sign",
        aliases: &[],
        arguments: &["x"],
        domain: "",
        meaning: Meaning::Primitive {
            partials: &[Some("0")],
            value: Value::One(sign),
            folds: Some(folding::sign),
            codomain: Codomain::SymmetricUnit,
            smooth: false,
        },
        spelled: Spelling {
            latex: r"\operatorname{sgn}\left(#1\right)",
            unicode: "sgn(#1)",
            sympy: "sign(#1)",
        },
        source: "DLMF 1.16.10",
    },
    Function {
        name: "floor",
        aliases: &[],
        arguments: &["x"],
        domain: "",
        meaning: Meaning::Primitive {
            partials: &[Some("0")],
            value: Value::One(f64::floor),
            folds: Some(folding::floor),
            codomain: Codomain::Real,
            smooth: false,
        },
        spelled: Spelling {
            latex: r"\left\lfloor #1\right\rfloor",
            unicode: "⌊#1⌋",
            sympy: "floor(#1)",
        },
        source: "DLMF, common notations",
    },
    Function {
        name: "min",
        aliases: &[],
        arguments: &["x", "y"],
        domain: "",
        meaning: Meaning::Primitive {
            partials: &[Some("if(x < y, 1, 0)"), Some("if(x < y, 0, 1)")],
            value: Value::Two(f64::min),
            folds: Some(folding::minimum),
            codomain: Codomain::Real,
            smooth: false,
        },
        spelled: Spelling {
            latex: r"\min\left(#1, #2\right)",
            unicode: "min(#1, #2)",
            sympy: "Min(#1, #2)",
        },
        source: "DLMF, common notations",
    },
    Function {
        name: "max",
        aliases: &[],
        arguments: &["x", "y"],
        domain: "",
        meaning: Meaning::Primitive {
            partials: &[Some("if(x < y, 0, 1)"), Some("if(x < y, 1, 0)")],
            value: Value::Two(f64::max),
            folds: Some(folding::maximum),
            codomain: Codomain::Real,
            smooth: false,
        },
        spelled: Spelling {
            latex: r"\max\left(#1, #2\right)",
            unicode: "max(#1, #2)",
            sympy: "Max(#1, #2)",
        },
        source: "DLMF, common notations",
    },
];
