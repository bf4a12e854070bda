//! Rows: families on the circle.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "VonMises", aliases: &["CircularNormal"],
        parameters: &[parameter("mu", "mu in real", "location"), parameter("kappa", "kappa > 0", "concentration")],
        data: "x in (-pi, pi)",
        log_density: "kappa*cos(x - mu) - log(2*pi) - log(besseli(0, kappa))",
        elsewhere: &[("stan", "von_mises(mu, kappa)"), ("scipy", "vonmises(kappa=kappa, loc=mu)"), ("vgam", "vonmises(location=mu, scale=kappa)")],
        source: "Mardia & Jupp (2000), Directional Statistics, ch. 3",
    },
    Family {
        name: "WrappedCauchy", aliases: &[],
        parameters: &[parameter("mu", "mu in real", "location"), parameter("rho", "0 < rho < 1", "concentration")],
        data: "x in (-pi, pi)",
        log_density: "log(1 - rho^2) - log(2*pi) - log(1 + rho^2 - 2*rho*cos(x - mu))",
        elsewhere: &[],
        source: "Mardia & Jupp (2000), Directional Statistics, ch. 3",
    },
    Family {
        name: "WrapCauchy", aliases: &[],
        parameters: &[parameter("c", "0 < c < 1", "concentration")],
        data: "x in (0, 2*pi)",
        log_density: "log(1 - c^2) - log(2*pi) - log(1 + c^2 - 2*c*cos(x))",
        elsewhere: &[("scipy", "wrapcauchy(c=c)")],
        source: "Mardia & Jupp (2000), Directional Statistics, ch. 3",
    },
    Family {
        name: "Cardioid", aliases: &["Card"],
        parameters: &[parameter("mu", "mu in real", "location"), parameter("rho", "0 < rho < 1/2", "concentration")],
        data: "x in (-pi, pi)",
        log_density: "log(1 + 2*rho*cos(x - mu)) - log(2*pi)",
        elsewhere: &[("vgam", "cardioid(mu=mu, rho=rho)")],
        source: "Mardia & Jupp (2000), Directional Statistics, ch. 3",
    },
    Family {
        name: "WrappedExponential", aliases: &[],
        parameters: &[parameter("lambda", "lambda > 0", "rate")],
        data: "x in (0, 2*pi)",
        log_density: "log(lambda) - lambda*x - log(1 - exp(-2*pi*lambda))",
        elsewhere: &[],
        source: "Jammalamadaka & Kozubowski (2004), Communications in Statistics: Theory and Methods 33",
    },
];
