//! Rows: families whose support has an end that depends on a parameter.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "Uniform", aliases: &["Unif"],
        parameters: &[parameter("alpha", "alpha in real", "end"), parameter("beta", "beta > alpha", "end")],
        data: "x in [alpha, beta]",
        log_density: "-log(beta - alpha)",
        elsewhere: &[("stan", "uniform(alpha, beta)"), ("scipy", "uniform(loc=alpha, scale=beta-alpha)"), ("r", "unif(min=alpha, max=beta)")],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 26",
    },
    Family {
        name: "Pareto", aliases: &["ParetoType1", "ParetoTypeI"],
        parameters: &[parameter("y_min", "y_min > 0", "scale"), parameter("alpha", "alpha > 0", "shape")],
        data: "x in [y_min, inf)",
        log_density: "log(alpha) + alpha*log(y_min) - (alpha + 1)*log(x)",
        elsewhere: &[("stan", "pareto(y_min, alpha)"), ("scipy", "pareto(b=alpha, scale=y_min)"), ("vgam", "paretoff(scale=y_min, shape=alpha)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 20",
    },
    Family {
        name: "ParetoType2", aliases: &["ParetoTypeII"],
        parameters: &[
            parameter("mu", "mu in real", "location"),
            parameter("lambda", "lambda > 0", "scale"),
            parameter("alpha", "alpha > 0", "shape"),
        ],
        data: "x in [mu, inf)",
        log_density: "log(alpha) - log(lambda) - (alpha + 1)*log(1 + (x - mu)/lambda)",
        elsewhere: &[
            ("stan", "pareto_type_2(mu, lambda, alpha)"),
            ("scipy", "lomax(c=alpha, loc=mu, scale=lambda)"),
            ("vgam", "paretoII(location=mu, scale=lambda, shape=alpha)"),
        ],
        source: "Stan Functions Reference, Pareto type 2 distribution",
    },
];
