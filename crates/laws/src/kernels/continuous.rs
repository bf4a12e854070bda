//! Rows: integrals over intervals. Swept by: tests/sweeps/kernels.rs. Never: an algorithm.

use crate::kernel::{Constant, Found, Kernel, Range};

const fn interval(lower: &'static str, upper: &'static str) -> Range {
    Range {
        lower,
        upper,
        integers: false,
    }
}

pub(super) static ROWS: &[Kernel] = &[
    Kernel {
        name: "gamma",
        over: interval("0", "inf"),
        constants: &[],
        base: "0",
        basis: &["log(y)", "y"],
        log_normalizer: "lgamma(c1 + 1) - (c1 + 1)*log(-c2)",
        positive: &["c1 + 1", "-c2"],
        source: "DLMF 5.9.1",
    },
    Kernel {
        name: "beta",
        over: interval("0", "1"),
        constants: &[],
        base: "0",
        basis: &["log(y)", "log(1 - y)"],
        log_normalizer: "lgamma(c1 + 1) + lgamma(c2 + 1) - lgamma(c1 + c2 + 2)",
        positive: &["c1 + 1", "c2 + 1"],
        source: "DLMF 5.12.1",
    },
    Kernel {
        name: "beta prime",
        over: interval("0", "inf"),
        constants: &[],
        base: "0",
        basis: &["log(y)", "log(1 + y)"],
        log_normalizer: "lgamma(c1 + 1) + lgamma(-c1 - c2 - 1) - lgamma(-c2)",
        positive: &["c1 + 1", "-c1 - c2 - 1"],
        source: "DLMF 5.12.3",
    },
    Kernel {
        name: "Gauss",
        over: interval("-inf", "inf"),
        constants: &[],
        base: "0",
        basis: &["y", "y^2"],
        log_normalizer: "log(pi)/2 - log(-c2)/2 - c1^2/(4*c2)",
        positive: &["-c2"],
        source: "DLMF 7.7.3",
    },
    Kernel {
        name: "Gauss on a half-line",
        over: interval("0", "inf"),
        constants: &[],
        base: "0",
        basis: &["y", "y^2"],
        log_normalizer: "log(pi)/2 - log(-c2)/2 - c1^2/(4*c2) + log(Phi(c1/(-2*c2)^(1/2)))",
        positive: &["-c2"],
        source: "DLMF 7.7.6",
    },
    Kernel {
        name: "generalized inverse Gauss",
        over: interval("0", "inf"),
        constants: &[],
        base: "0",
        basis: &["log(y)", "y", "1/y"],
        log_normalizer: "log(2) + (c1 + 1)/2*(log(-c3) - log(-c2)) + log(besselk(c1 + 1, 2*(-c2)^(1/2)*(-c3)^(1/2)))",
        positive: &["-c2", "-c3"],
        source: "DLMF 10.32.10",
    },
    Kernel {
        name: "exponential on an interval",
        over: interval("a", "b"),
        constants: &[
            Constant {
                name: "a",
                found: Found::LowerEnd,
            },
            Constant {
                name: "b",
                found: Found::UpperEnd,
            },
        ],
        base: "0",
        basis: &["y"],
        log_normalizer: "log((e^(c1*b) - e^(c1*a))/c1)",
        positive: &[],
        source: "DLMF 4.10.9",
    },
    Kernel {
        name: "power on an interval",
        over: interval("a", "b"),
        constants: &[
            Constant {
                name: "a",
                found: Found::LowerEnd,
            },
            Constant {
                name: "b",
                found: Found::UpperEnd,
            },
        ],
        base: "0",
        basis: &["log(y)"],
        log_normalizer: "log((b^(c1 + 1) - a^(c1 + 1))/(c1 + 1))",
        positive: &["a"],
        source: "DLMF 1.4.23",
    },
    Kernel {
        name: "von Mises",
        over: interval("a", "a + 2*pi"),
        constants: &[Constant {
            name: "a",
            found: Found::LowerEnd,
        }],
        base: "0",
        basis: &["cos(y)", "sin(y)"],
        log_normalizer: "log(2*pi) + log(besseli(0, (c1^2 + c2^2)^(1/2)))",
        positive: &["c1^2 + c2^2"],
        source: "DLMF 10.32.1",
    },
    Kernel {
        name: "von Mises on a half-circle",
        over: interval("0", "pi"),
        constants: &[],
        base: "0",
        basis: &["cos(y)"],
        log_normalizer: "log(pi) + log(besseli(0, (c1^2)^(1/2)))",
        positive: &["c1^2"],
        source: "DLMF 10.32.1",
    },
    Kernel {
        name: "Gauss on an interval",
        over: interval("a", "b"),
        constants: &[
            Constant {
                name: "a",
                found: Found::LowerEnd,
            },
            Constant {
                name: "b",
                found: Found::UpperEnd,
            },
        ],
        base: "0",
        basis: &["y", "y^2"],
        log_normalizer: "log(pi)/2 - log(-c2)/2 - c1^2/(4*c2) + log(Phi((b + c1/(2*c2))*(-2*c2)^(1/2)) - Phi((a + c1/(2*c2))*(-2*c2)^(1/2)))",
        positive: &["-c2"],
        source: "DLMF 7.7.3",
    },
    Kernel {
        name: "gamma above a",
        over: interval("a", "inf"),
        constants: &[Constant {
            name: "a",
            found: Found::LowerEnd,
        }],
        base: "0",
        basis: &["log(y)", "y"],
        log_normalizer: "log(gammaincc(c1 + 1, -c2*a)) - (c1 + 1)*log(-c2)",
        positive: &["a", "c1 + 1", "-c2"],
        source: "DLMF 8.2.2",
    },
    Kernel {
        name: "gamma below b",
        over: interval("0", "b"),
        constants: &[Constant {
            name: "b",
            found: Found::UpperEnd,
        }],
        base: "0",
        basis: &["log(y)", "y"],
        log_normalizer: "log(gammainc(c1 + 1, -c2*b)) - (c1 + 1)*log(-c2)",
        positive: &["b", "c1 + 1", "-c2"],
        source: "DLMF 8.2.1",
    },
    Kernel {
        name: "power of a cosine over a period",
        over: interval("a", "a + 2*pi"),
        constants: &[Constant {
            name: "a",
            found: Found::LowerEnd,
        }],
        base: "0",
        basis: &["log(1 + cos(y))"],
        log_normalizer: "(c1 + 1)*log(2) + log(pi)/2 + lgamma(c1 + 1/2) - lgamma(c1 + 1)",
        positive: &["c1 + 1/2"],
        source: "Gradshteyn & Ryzhik 3.621",
    },
];
