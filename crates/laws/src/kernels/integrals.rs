//! Rows: definite integrals with constants in denominators and logarithms. Swept by: tests/sweeps/integrals.rs. Never: an algorithm.

use crate::integral::Integral;
use crate::kernel::{Constant, Found, Range};

const fn interval(lower: &'static str, upper: &'static str) -> Range {
    Range {
        lower,
        upper,
        integers: false,
    }
}

const fn constant(name: &'static str, found: Found) -> Constant {
    Constant { name, found }
}

pub(super) static ROWS: &[Integral] = &[
    Integral {
        name: "Gauss over a quadratic",
        over: interval("-inf", "inf"),
        constants: &[constant("k", Found::InFactor("y^2 + k"))],
        integrand: "e^(-y^2)/(y^2 + k)",
        value: "2*pi/k^(1/2)*e^k*Phi(-(2*k)^(1/2))",
        positive: &["k"],
        source: "DLMF 7.7.1",
    },
    Integral {
        name: "exponential over a linear",
        over: interval("0", "inf"),
        constants: &[
            constant("k", Found::InFactor("y + k")),
            constant("m", Found::CoefficientOf("log(y)")),
        ],
        integrand: "e^(-y)*y^m/(y + k)",
        value: "gamma(m + 1)*e^k*expint(m + 1, k)",
        positive: &["k", "m + 1"],
        source: "DLMF 8.6.4",
    },
    Integral {
        name: "exponential over itself above a",
        over: interval("a", "inf"),
        constants: &[constant("a", Found::LowerEnd)],
        integrand: "e^(-y)/y",
        value: "expint(1, a)",
        positive: &["a"],
        source: "DLMF 6.2.1",
    },
    Integral {
        name: "logarithm over a linear",
        over: interval("0", "1"),
        constants: &[constant("b", Found::InFactor("1 - b*y"))],
        integrand: "log(y)/(1 - b*y)",
        value: "-polylog(2, b)/b",
        positive: &["1 - b"],
        source: "DLMF 25.12.2",
    },
    Integral {
        name: "squared logarithm over a linear",
        over: interval("0", "1"),
        constants: &[constant("b", Found::InFactor("1 - b*y"))],
        integrand: "log(y)^2/(1 - b*y)",
        value: "2*polylog(3, b)/b",
        positive: &["1 - b"],
        source: "DLMF 25.12.11",
    },
    Integral {
        name: "logarithm of a linear over y",
        over: interval("0", "1"),
        constants: &[constant("b", Found::InFactor("1 - b*y"))],
        integrand: "log(1 - b*y)/y",
        value: "-polylog(2, b)",
        positive: &["1 - b"],
        source: "DLMF 25.12.2",
    },
    Integral {
        name: "logarithm of a linear times logarithm over y",
        over: interval("0", "1"),
        constants: &[constant("b", Found::InFactor("1 - b*y"))],
        integrand: "log(y)*log(1 - b*y)/y",
        value: "polylog(3, b)",
        positive: &["1 - b"],
        source: "DLMF 25.12.11",
    },
    Integral {
        name: "reciprocal of a linear",
        over: interval("a", "b"),
        constants: &[
            constant("a", Found::LowerEnd),
            constant("b", Found::UpperEnd),
            constant("k", Found::InFactor("y + k")),
        ],
        integrand: "1/(y + k)",
        value: "log(b + k) - log(a + k)",
        positive: &["a + k", "b - a"],
        source: "DLMF 4.10.1",
    },
    Integral {
        name: "reciprocal of a falling linear",
        over: interval("a", "b"),
        constants: &[
            constant("a", Found::LowerEnd),
            constant("b", Found::UpperEnd),
            constant("k", Found::InFactor("k - y")),
        ],
        integrand: "1/(k - y)",
        value: "log(k - a) - log(k - b)",
        positive: &["k - b", "b - a"],
        source: "DLMF 4.10.1",
    },
    Integral {
        name: "reciprocal of two linears",
        over: interval("0", "inf"),
        constants: &[constant("k", Found::InFactor("y + k"))],
        integrand: "1/((1 + y)*(y + k))",
        value: "log(k)/(k - 1)",
        positive: &["k"],
        source: "DLMF 4.10.1",
    },
    Integral {
        name: "logarithm over two linears",
        over: interval("0", "inf"),
        constants: &[constant("k", Found::InFactor("y + k"))],
        integrand: "log(y)/((1 + y)*(y + k))",
        value: "log(k)^2/(2*(k - 1))",
        positive: &["k"],
        source: "Gradshteyn & Ryzhik 4.232",
    },
    Integral {
        name: "squared logarithm over two linears",
        over: interval("0", "inf"),
        constants: &[constant("k", Found::InFactor("y + k"))],
        integrand: "log(y)^2/((1 + y)*(y + k))",
        value: "log(k)*(pi^2 + log(k)^2)/(3*(k - 1))",
        positive: &["k"],
        source: "Gradshteyn & Ryzhik 4.261",
    },
    Integral {
        name: "reciprocal of a quadratic",
        over: interval("-inf", "inf"),
        constants: &[constant("k", Found::InFactor("y^2 + k"))],
        integrand: "1/(y^2 + k)",
        value: "pi/k^(1/2)",
        positive: &["k"],
        source: "DLMF 4.26.7",
    },
    Integral {
        name: "reciprocal of a quadratic on a half-line",
        over: interval("0", "inf"),
        constants: &[constant("k", Found::InFactor("y^2 + k"))],
        integrand: "1/(y^2 + k)",
        value: "pi/(2*k^(1/2))",
        positive: &["k"],
        source: "DLMF 4.26.7",
    },
    Integral {
        name: "reciprocal of a quadratic on an interval",
        over: interval("a", "b"),
        constants: &[
            constant("a", Found::LowerEnd),
            constant("b", Found::UpperEnd),
            constant("k", Found::InFactor("y^2 + k")),
        ],
        integrand: "1/(y^2 + k)",
        value: "(atan(b/k^(1/2)) - atan(a/k^(1/2)))/k^(1/2)",
        positive: &["k", "b - a"],
        source: "DLMF 4.26.7",
    },
    Integral {
        name: "reciprocal of a cosine over a period",
        over: interval("a", "a + 2*pi"),
        constants: &[
            constant("a", Found::LowerEnd),
            constant("b", Found::InFactor("1 + b*cos(y)")),
        ],
        integrand: "1/(1 + b*cos(y))",
        value: "2*pi*(1 - b^2)^(1/2)/(1 - b^2)",
        positive: &["1 - b^2"],
        source: "Gradshteyn & Ryzhik 3.613",
    },
    Integral {
        name: "logarithm of a cosine over a period",
        over: interval("a", "a + 2*pi"),
        constants: &[
            constant("a", Found::LowerEnd),
            constant("b", Found::InFactor("1 + b*cos(y)")),
        ],
        integrand: "log(1 + b*cos(y))",
        value: "2*pi*log((1 + (1 - b^2)^(1/2))/2)",
        positive: &["1 - b^2"],
        source: "Gradshteyn & Ryzhik 4.224",
    },
    Integral {
        name: "reciprocal of a cosine over half a period",
        over: interval("0", "pi"),
        constants: &[constant("b", Found::InFactor("1 + b*cos(y)"))],
        integrand: "1/(1 + b*cos(y))",
        value: "pi*(1 - b^2)^(1/2)/(1 - b^2)",
        positive: &["1 - b^2"],
        source: "Gradshteyn & Ryzhik 3.613",
    },
];
