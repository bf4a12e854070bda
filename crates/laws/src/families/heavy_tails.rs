//! Rows: families on x > 0 with power-law tails: Lomax, Burr, Dagum and their kin.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "LogLogistic", aliases: &["Loglogistic"],
        parameters: &[parameter("alpha", "alpha > 0", "scale"), parameter("beta", "beta > 0", "shape")],
        data: "x > 0",
        log_density: "log(beta) - beta*log(alpha) + (beta - 1)*log(x) - 2*log(1 + (x/alpha)^beta)",
        elsewhere: &[("stan", "loglogistic(alpha, beta)"), ("scipy", "fisk(c=beta, scale=alpha)")],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 23",
    },
];
