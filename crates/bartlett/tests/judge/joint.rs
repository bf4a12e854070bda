//! Several data. Values: the corpus.

use crate::expect_information;
use crate::model::model;

const POSITIVE: &str = "(0, inf)";

#[test]
fn order_statistics_and_a_later_support() {
    let order = model(
        "log(12) + 2*log(l) - l*(x + 3*y)",
        &[("x", POSITIVE), ("y", "(x, inf)")],
        &[("l", POSITIVE)],
    );
    expect_information(&order, &[("l", 0.8)], &[&[3.125]]);
    let bigamma = model(
        "(p + q)*log(s) + (p - 1)*log(x) + (q - 1)*log(y - x) - s*y - lgamma(p) - lgamma(q)",
        &[("x", POSITIVE), ("y", "(x, inf)")],
        &[("p", POSITIVE), ("q", POSITIVE), ("s", POSITIVE)],
    );
    let off = -0.833333333333333;
    expect_information(
        &bigamma,
        &[("p", 1.5), ("q", 2.0), ("s", 1.2)],
        &[
            &[0.934802200544679, 0.0, off],
            &[0.0, 0.644934066848226, off],
            &[off, off, 2.43055555555556],
        ],
    );
}

#[test]
fn copulas_and_normals() {
    let fgm = model(
        "log(1 + a*(1 - 2*u)*(1 - 2*v))",
        &[("u", "(0, 1)"), ("v", "(0, 1)")],
        &[("a", "(-1, 1)")],
    );
    expect_information(&fgm, &[("a", 0.8)], &[&[0.150953308440361]]);
    let binormal = model(
        "-(x^2 - 2*r*x*y + y^2)/(2*(1 - r^2)) - log(2*pi) - log(1 - r^2)/2",
        &[("x", "real"), ("y", "real")],
        &[("r", "(-1, 1)")],
    );
    let r: f64 = 0.9;
    let exact = (1.0 + r * r) / (1.0 - r * r).powi(2);
    expect_information(&binormal, &[("r", r)], &[&[exact]]);
}

#[test]
fn counts_together() {
    let thinning = model(
        "-l + x*log(l) - lgamma(y + 1) - lgamma(x - y + 1) + y*log(p) + (x - y)*log(1 - p)",
        &[("x", "{0, inf}"), ("y", "{0, x}")],
        &[("l", POSITIVE), ("p", "(0, 1)")],
    );
    expect_information(
        &thinning,
        &[("l", 1.5), ("p", 0.3)],
        &[&[0.666666666666667, 0.0], &[0.0, 7.14285714285714]],
    );
    let step = |from: &str, to: &str| {
        format!(
            "(1-{from})*({to}*log(a) + (1-{to})*log(1-a)) + {from}*((1-{to})*log(b) + {to}*log(1-b))"
        )
    };
    let bit = "{0, 1}";
    let chain = model(
        &format!("{} + {} - log(2)", step("x", "y"), step("y", "z")),
        &[("x", bit), ("y", bit), ("z", bit)],
        &[("a", "(0, 1)"), ("b", "(0, 1)")],
    );
    expect_information(
        &chain,
        &[("a", 0.4), ("b", 0.3)],
        &[&[3.95833333333333, 0.0], &[0.0, 5.0]],
    );
}

#[test]
fn a_simplex_whose_last_component_is_determined() {
    let dirichlet = model(
        "lgamma(a + b + c) - lgamma(a) - lgamma(b) - lgamma(c) + (a-1)*log(x) + (b-1)*log(y) + (c-1)*log(z)",
        &[
            ("x", "(0, 1)"),
            ("y", "(0, 1 - x)"),
            ("z", "[1 - x - y, 1 - x - y]"),
        ],
        &[("a", POSITIVE), ("b", POSITIVE), ("c", POSITIVE)],
    );
    let off = -0.236991838678073;
    expect_information(
        &dirichlet,
        &[("a", 1.5), ("b", 2.0), ("c", 1.2)],
        &[
            &[0.697810361866606, off, off],
            &[off, 0.407942228170153, off],
            &[off, off, 1.03038536674571],
        ],
    );
}

#[test]
fn a_count_and_an_interval() {
    let censored = model(
        "d*(log(k) - k*log(s) + (k-1)*log(t) - (t/s)^k) + (1-d)*(-(c/s)^k - log(c))",
        &[("t", "(0, c)"), ("d", "{0, 1}")],
        &[
            ("k", POSITIVE),
            ("s", POSITIVE),
            ("known", ""),
            ("c", POSITIVE),
        ],
    );
    let off = 0.0501532302971332;
    expect_information(
        &censored,
        &[("k", 1.7), ("s", 1.3), ("c", 1.5)],
        &[&[0.322863166521347, off], &[off, 1.23241383480334]],
    );
}
