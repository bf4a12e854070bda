//! Rows: families on x > 0 made for lifetimes and extremes: Weibull, Gompertz and their kin.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "Weibull", aliases: &["WeibullMin"],
        parameters: &[parameter("alpha", "alpha > 0", "shape"), parameter("sigma", "sigma > 0", "scale")],
        data: "x > 0",
        log_density: "log(alpha) - alpha*log(sigma) + (alpha - 1)*log(x) - (x/sigma)^alpha",
        elsewhere: &[("stan", "weibull(alpha, sigma)"), ("scipy", "weibull_min(c=alpha, scale=sigma)"), ("r", "weibull(shape=alpha, scale=sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 21",
    },
    Family {
        name: "Frechet", aliases: &["InvWeibull", "InverseWeibull", "ExtremeValueTypeII"],
        parameters: &[parameter("alpha", "alpha > 0", "shape"), parameter("sigma", "sigma > 0", "scale")],
        data: "x > 0",
        log_density: "log(alpha) + alpha*log(sigma) - (alpha + 1)*log(x) - (x/sigma)^(-alpha)",
        elsewhere: &[
            ("stan", "frechet(alpha, sigma)"),
            ("scipy", "invweibull(c=alpha, scale=sigma)"),
            ("vgam", "frechet(location=0, scale=sigma, shape=alpha)"),
        ],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 22",
    },
];
