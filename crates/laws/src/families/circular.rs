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
        source: "Mardia & Jupp (2000), Directional Statistics, §3.5.4",
    },
];
