//! One discrete datum, and atoms. Values: ../reference/judge.py and the corpus.

use crate::model::{model, model_with_atoms};
use crate::{expect_information, expect_mass, information};
use bartlett::check::Status;

const POSITIVE: &str = "(0, inf)";
const COUNTS: &str = "{0, inf}";

#[test]
fn light_tails() {
    let poisson = model(
        "x*log(l) - l - lgamma(x + 1)",
        &[("x", COUNTS)],
        &[("l", POSITIVE)],
    );
    expect_information(&poisson, &[("l", 2.5)], &[&[0.4]]);
    expect_information(&poisson, &[("l", 40_000.0)], &[&[2.5e-5]]);
    let binomial = model(
        "x*log(p) + (n - x)*log(1 - p)",
        &[("x", "{0, n}")],
        &[("p", "(0, 1)"), ("known", ""), ("n", "{1, inf}")],
    );
    // without its binomial coefficient it is another density; its mass is found all the same
    expect_mass(
        &binomial,
        &[("p", 0.25), ("n", 2.0)],
        0.5625 + 0.1875 + 0.0625,
    );
    let felix = model(
        "(y - 3)/2*log(y) + (y - 1)/2*log(a) - a*y - lgamma((y + 1)/2)",
        &[("y", "{1, inf, 2}")],
        &[("a", "(0, 1/2)")],
    );
    expect_information(&felix, &[("a", 0.1)], &[&[12.5]]);
}

#[test]
fn a_size_by_number() {
    let negative_binomial = model(
        "lgamma(x + r) - lgamma(r) - lgamma(x + 1) + r*log(p) + x*log(1 - p)",
        &[("x", COUNTS)],
        &[("r", POSITIVE), ("p", "(0, 1)")],
    );
    let off = -1.0 / 0.3;
    expect_information(
        &negative_binomial,
        &[("r", 2.5), ("p", 0.3)],
        &[&[0.31644447624822894, off], &[off, 39.682539682539683]],
    );
}

#[test]
fn heavy_tails() {
    let zeta = model(
        "-s*log(k) - log(zeta(s, 1))",
        &[("k", "{1, inf}")],
        &[("s", "(1, inf)")],
    );
    expect_information(&zeta, &[("s", 2.3)], &[&[0.489864231385558]]);
    expect_information(&zeta, &[("s", 1.3)], &[&[10.951031322017216]]);
    let yule = model(
        "log(rho) + lgamma(k) + lgamma(rho + 1) - lgamma(k + rho + 1)",
        &[("k", "{1, inf}")],
        &[("rho", POSITIVE)],
    );
    expect_information(&yule, &[("rho", 1.7)], &[&[0.163251162998959]]);
    let difference = model(
        "log(x^(-s) - (1 + x)^(-s))",
        &[("x", "{1, inf}")],
        &[("s", POSITIVE)],
    );
    expect_information(&difference, &[("s", 1.4)], &[&[0.483465001312276]]);
    // Σ 1/k has no value
    let harmonic = model("-log(k) + log(c)", &[("k", "{1, inf}")], &[("c", POSITIVE)]);
    assert_ne!(
        information(&harmonic, &[("c", 1.0)])[0][0].status,
        Status::Converged
    );
}

#[test]
fn finite_supports_and_both_sides() {
    let beta_binomial = model(
        "lgamma(4) - lgamma(x + 1) - lgamma(4 - x) + lgamma(x + a) + lgamma(3 - x + b) - lgamma(3 + a + b) - lgamma(a) - lgamma(b) + lgamma(a + b)",
        &[("x", "{0, 3}")],
        &[("a", POSITIVE), ("b", POSITIVE)],
    );
    let off = -0.191327840924338;
    expect_information(
        &beta_binomial,
        &[("a", 1.2), ("b", 2.0)],
        &[&[0.348247600994854, off], &[off, 0.122412238440741]],
    );
    let skellam = model(
        "-2*m + log(besseli(abs(k), 2*m))",
        &[("k", "{-inf, inf}")],
        &[("m", POSITIVE)],
    );
    expect_information(&skellam, &[("m", 0.6)], &[&[1.1461278038969]]);
}

#[test]
fn a_kink_at_a_count() {
    let inflated = model(
        "if(x == 0, log(w + (1 - w)*exp(-l)), log(1 - w) - l + x*log(l) - lgamma(x + 1))",
        &[("x", COUNTS)],
        &[("l", POSITIVE), ("w", "(0, 1)")],
    );
    let off = -0.731174658894486;
    expect_information(
        &inflated,
        &[("l", 0.8), ("w", 0.3)],
        &[&[0.721453321632158, off], &[off, 1.28012067193102]],
    );
}

#[test]
fn an_atom_besides_an_interval() {
    let censored = model_with_atoms(
        "if(y < c, log(l) - l*y, -l*c)",
        &[("y", "(0, c)")],
        &["c"],
        &[("l", POSITIVE), ("known", ""), ("c", POSITIVE)],
    );
    let point = [("l", 0.9), ("c", 1.4)];
    expect_mass(&censored, &point, 1.0);
    expect_information(&censored, &point, &[&[0.8843777450620118]]);
}
