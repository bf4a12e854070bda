//! Rows: families on (0, 1) or (-1, 1) with fixed ends.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "Beta", aliases: &[],
        parameters: &[parameter("alpha", "alpha > 0", "shape"), parameter("beta", "beta > 0", "shape")],
        data: "x in (0, 1)",
        log_density: "(alpha - 1)*log(x) + (beta - 1)*log(1 - x) - lbeta(alpha, beta)",
        elsewhere: &[("stan", "beta(alpha, beta)"), ("scipy", "beta(a=alpha, b=beta)"), ("r", "beta(shape1=alpha, shape2=beta)")],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 25",
    },
    Family {
        name: "BetaProportion", aliases: &["BetaMean"],
        parameters: &[parameter("mu", "0 < mu < 1", "mean"), parameter("kappa", "kappa > 0", "precision")],
        data: "x in (0, 1)",
        log_density: "(mu*kappa - 1)*log(x) + ((1 - mu)*kappa - 1)*log(1 - x) - lbeta(mu*kappa, (1 - mu)*kappa)",
        elsewhere: &[("stan", "beta_proportion(mu, kappa)"), ("scipy", "beta(a=mu*kappa, b=(1-mu)*kappa)"), ("vgam", "betaff(mu=mu, phi=kappa)")],
        source: "Ferrari & Cribari-Neto (2004), Journal of Applied Statistics 31",
    },
];
