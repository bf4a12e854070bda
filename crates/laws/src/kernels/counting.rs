//! Rows: sums over integers. Swept by: tests/sweeps/kernels.rs. Never: an algorithm.

use crate::kernel::{Constant, Found, Kernel, Range};

const fn from(lower: &'static str, upper: &'static str) -> Range {
    Range {
        lower,
        upper,
        integers: true,
    }
}

pub(super) static ROWS: &[Kernel] = &[
    Kernel {
        name: "Poisson",
        over: from("0", "inf"),
        constants: &[],
        base: "-lgamma(y + 1)",
        basis: &["y"],
        log_normalizer: "e^c1",
        positive: &[],
        source: "DLMF 4.2.19",
    },
    Kernel {
        name: "geometric",
        over: from("0", "inf"),
        constants: &[],
        base: "0",
        basis: &["y"],
        log_normalizer: "-log(1 - e^c1)",
        positive: &["-c1"],
        source: "DLMF 4.6.1",
    },
    Kernel {
        name: "binomial",
        over: from("0", "n"),
        constants: &[Constant {
            name: "n",
            found: Found::UpperEnd,
        }],
        base: "lgamma(n + 1) - lgamma(y + 1) - lgamma(n - y + 1)",
        basis: &["y"],
        log_normalizer: "n*log(1 + e^c1)",
        positive: &[],
        source: "DLMF 1.2.2",
    },
    Kernel {
        name: "negative binomial",
        over: from("0", "inf"),
        constants: &[Constant {
            name: "r",
            found: Found::BesideIn("lgamma"),
        }],
        base: "lgamma(y + r) - lgamma(y + 1) - lgamma(r)",
        basis: &["y"],
        log_normalizer: "-r*log(1 - e^c1)",
        positive: &["-c1", "r"],
        source: "DLMF 4.6.7",
    },
    Kernel {
        name: "logarithmic",
        over: from("1", "inf"),
        constants: &[],
        base: "-log(y)",
        basis: &["y"],
        log_normalizer: "log(-log(1 - e^c1))",
        positive: &["-c1"],
        source: "DLMF 4.6.1",
    },
    Kernel {
        name: "geometric from 0 to n",
        over: from("0", "n"),
        constants: &[Constant {
            name: "n",
            found: Found::UpperEnd,
        }],
        base: "0",
        basis: &["y"],
        log_normalizer: "log(1 - e^((n + 1)*c1)) - log(1 - e^c1)",
        positive: &["-c1"],
        source: "DLMF 4.6.1",
    },
    Kernel {
        name: "zeta",
        over: from("1", "inf"),
        constants: &[],
        base: "0",
        basis: &["log(y)"],
        log_normalizer: "log(zeta(-c1))",
        positive: &["-c1 - 1"],
        source: "DLMF 25.2.1",
    },
    Kernel {
        name: "Poisson from 0 to n",
        over: from("0", "n"),
        constants: &[Constant {
            name: "n",
            found: Found::UpperEnd,
        }],
        base: "-lgamma(y + 1)",
        basis: &["y"],
        log_normalizer: "e^c1 + log(gammaincc(n + 1, e^c1)) - lgamma(n + 1)",
        positive: &[],
        source: "DLMF 8.4.10",
    },
    Kernel {
        name: "Poisson from m",
        over: from("m", "inf"),
        constants: &[Constant {
            name: "m",
            found: Found::LowerEnd,
        }],
        base: "-lgamma(y + 1)",
        basis: &["y"],
        log_normalizer: "e^c1 + log(gammainc(m, e^c1)) - lgamma(m)",
        positive: &["m"],
        source: "DLMF 8.4.9",
    },
    Kernel {
        name: "Hurwitz zeta",
        over: from("0", "inf"),
        constants: &[Constant {
            name: "a",
            found: Found::BesideIn("log"),
        }],
        base: "0",
        basis: &["log(y + a)"],
        log_normalizer: "log(zeta(-c1, a))",
        positive: &["-c1 - 1", "a"],
        source: "DLMF 25.11.1",
    },
    Kernel {
        name: "polylogarithm",
        over: from("1", "inf"),
        constants: &[],
        base: "0",
        basis: &["log(y)", "y"],
        log_normalizer: "log(polylog(-c1, e^c2))",
        positive: &["-c2"],
        source: "DLMF 25.12.10",
    },
];
