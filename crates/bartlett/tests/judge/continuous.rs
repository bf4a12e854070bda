//! One continuous datum. Values: ../reference/judge.py and the corpus (quadrature at 20 to 80 digits).

use crate::model::{at, model};
use crate::{existence, expect_information, expect_mass, information};
use bartlett::check::{Existence, Status, mass};

const POSITIVE: &str = "(0, inf)";

#[test]
fn a_narrow_normal_far_from_zero_is_found() {
    let m = model(
        "-log(sigma) - log(2*pi)/2 - (x - mu)^2/(2*sigma^2)",
        &[("x", "real")],
        &[("mu", "real"), ("sigma", POSITIVE)],
    );
    let point = [("mu", 50.0), ("sigma", 0.01)];
    expect_mass(&m, &point, 1.0);
    expect_information(&m, &point, &[&[1e4, 0.0], &[0.0, 2e4]]);
    let point = [("mu", -3e6), ("sigma", 0.25)];
    expect_information(&m, &point, &[&[16.0, 0.0], &[0.0, 32.0]]);
}

#[test]
fn poles_at_the_ends_keep_their_digits() {
    let gamma = model(
        "a*log(b) - lgamma(a) + (a - 1)*log(x) - b*x",
        &[("x", POSITIVE)],
        &[("a", POSITIVE), ("b", POSITIVE)],
    );
    expect_information(
        &gamma,
        &[("a", 0.3), ("b", 1.4)],
        &[
            &[12.24536454610773, -0.714_285_714_285_714_3],
            &[-0.714_285_714_285_714_3, 0.153_061_224_489_795_92],
        ],
    );
    let beta = model(
        "lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1)*log(x) + (b - 1)*log(1 - x)",
        &[("x", "(0, 1)")],
        &[("a", POSITIVE), ("b", POSITIVE)],
    );
    let off = -1.4332991507927588;
    expect_information(
        &beta,
        &[("a", 0.4), ("b", 0.7)],
        &[&[5.8420574397368386, off], &[off, 1.4007500059018518]],
    );
    // a pole at an end that depends on a parameter, far from 0
    let shifted = model(
        "-lgamma(1/5) - 4/5*log((x - m)/s) - log(s) - (x - m)/s",
        &[("x", "(m, inf)")],
        &[("s", POSITIVE), ("known", ""), ("m", "real")],
    );
    expect_information(&shifted, &[("s", 0.5), ("m", 700.0)], &[&[0.8]]);
}

#[test]
fn heavy_tails() {
    let student = model(
        "lgamma((nu + 1)/2) - lgamma(nu/2) - log(nu)/2 - log(pi)/2 - log(s) - (nu + 1)/2*log(1 + (x - mu)^2/(nu*s^2))",
        &[("x", "real")],
        &[("nu", POSITIVE), ("mu", "real"), ("s", POSITIVE)],
    );
    let off = -0.30921459492888064;
    expect_information(
        &student,
        &[("nu", 1.2), ("mu", 3.0), ("s", 0.7)],
        &[
            &[0.27114610044587013, 0.0, off],
            &[0.0, 1.0689990281827017, 0.0],
            &[off, 0.0, 1.1661807580174927],
        ],
    );
    let cauchy = model(
        "-log(pi) - log(s) - log(1 + ((x - m)/s)^2)",
        &[("x", "real")],
        &[("m", "real"), ("s", POSITIVE)],
    );
    let half = 0.25510204081632654;
    expect_information(
        &cauchy,
        &[("m", -1.0), ("s", 1.4)],
        &[&[half, 0.0], &[0.0, half]],
    );
    let pareto = model(
        "log(a) + a*log(l) - (a + 1)*log(y)",
        &[("y", "(l, inf)")],
        &[("a", POSITIVE), ("known", ""), ("l", POSITIVE)],
    );
    expect_information(&pareto, &[("a", 0.05), ("l", 2.0)], &[&[400.0]]);
}

#[test]
fn kinks_are_found_and_split() {
    let laplace = model(
        "-log(2*s) - abs(x - m)/s",
        &[("x", "real")],
        &[("m", "real"), ("s", POSITIVE)],
    );
    let inverse = 0.5102040816326531;
    expect_information(
        &laplace,
        &[("m", -1.0), ("s", 1.4)],
        &[&[inverse, 0.0], &[0.0, inverse]],
    );
    let skew = model(
        "log(2) + log(tau) + log(1 - tau) - log(s) - 2*if(x < m, (1 - tau)*(m - x), tau*(x - m))/s",
        &[("x", "real")],
        &[("m", "real"), ("s", POSITIVE), ("tau", "(0, 1)")],
    );
    let (a, b) = (-1.4285714285714286, 1.3605442176870748);
    expect_information(
        &skew,
        &[("m", -1.0), ("s", 1.4), ("tau", 0.7)],
        &[
            &[0.42857142857142855, 0.0, a],
            &[0.0, 0.5102040816326531, b],
            &[a, b, 13.151927437641723],
        ],
    );
    let triangular = model(
        "if(x < c, log(2*x/c), log(2*(1 - x)/(1 - c)))",
        &[("x", "(0, 1)")],
        &[("c", "(0, 1)")],
    );
    expect_information(&triangular, &[("c", 0.5)], &[&[4.0]]);
    let power = model(
        "log(k) - log(2*s) - lgamma(1/k) - abs((x - m)/s)^k",
        &[("x", "real")],
        &[
            ("m", "real"),
            ("s", POSITIVE),
            ("known", ""),
            ("k", "(1, inf)"),
        ],
    );
    expect_information(
        &power,
        &[("m", 12.0), ("s", 0.8), ("k", 3.5)],
        &[&[5.539718844153037, 0.0], &[0.0, 5.46875]],
    );
    // a pole of the density inside its support: the reflected gamma
    let pole = model(
        "-2/5*log(abs(x - m)/s) - log(2*s) - lgamma(3/5) - abs(x - m)/s",
        &[("x", "real")],
        &[("s", POSITIVE), ("known", ""), ("m", "real")],
    );
    expect_information(&pole, &[("s", 0.5), ("m", 4.0)], &[&[2.4]]);
    // a kink that is no linear function of the datum: log-Laplace
    let log_laplace = model(
        "-log(2*s) - log(x) - abs(log(x) - m)/s",
        &[("x", POSITIVE)],
        &[("m", "real"), ("s", POSITIVE)],
    );
    expect_information(
        &log_laplace,
        &[("m", -1.0), ("s", 1.4)],
        &[&[inverse, 0.0], &[0.0, inverse]],
    );
}

#[test]
fn a_circle_and_a_moving_end() {
    let von_mises = model(
        "kappa*cos(x - mu) - log(2*pi) - log(besseli(0, kappa))",
        &[("x", "(-pi, pi)")],
        &[("mu", "real"), ("kappa", POSITIVE)],
    );
    expect_information(
        &von_mises,
        &[("mu", -1.0), ("kappa", 2.4)],
        &[&[1.8088005598520143, 0.0], &[0.0, 0.1179583289630253]],
    );
    let gev = model(
        "-log(s) - (1 + 1/xi)*log(1 + xi*(x - mu)/s) - (1 + xi*(x - mu)/s)^(-1/xi)",
        &[("x", "(mu - s/xi, inf)")],
        &[("mu", "real"), ("s", POSITIVE), ("xi", POSITIVE)],
    );
    let (a, b, c) = (-1.884880601366677, 1.3750800700047394, -1.2469425544623094);
    expect_information(
        &gev,
        &[("mu", -1.0), ("s", 1.4), ("xi", 0.8)],
        &[
            &[2.363256923830299, a, b],
            &[a, 1.8168064374828703, c],
            &[b, c, 1.649830258409416],
        ],
    );
}

#[test]
fn what_has_no_value_is_not_given_one() {
    let weibull = model(
        "log(3/2) + log(x - m)/2 - (x - m)^(3/2)",
        &[("x", "(m, inf)")],
        &[("m", "real")],
    );
    let found = information(&weibull, &[("m", 1.3)])[0][0];
    assert_ne!(found.status, Status::Converged, "{found:?}");
    assert_eq!(
        existence(&weibull, &[("m", 1.3)]),
        [Existence::Diverges { at: 1.3 }]
    );
    let cusp = model("-sqrt(abs(x - m))", &[("x", "real")], &[("m", "real")]);
    assert_ne!(
        information(&cusp, &[("m", 0.7)])[0][0].status,
        Status::Converged
    );
    assert_eq!(
        existence(&cusp, &[("m", 0.7)]),
        [Existence::Diverges { at: 0.7 }]
    );
    // the shape 5/2 is enough
    let smooth = model(
        "5/2*log(x - m) - (x - m) - lgamma(7/2)",
        &[("x", "(m, inf)")],
        &[("m", "real")],
    );
    expect_information(&smooth, &[("m", 0.5)], &[&[2.0 / 3.0]]);
    assert_eq!(existence(&smooth, &[("m", 0.5)]), [Existence::Converges]);
    let improper = model(
        "log(k) - log(1 + x)",
        &[("x", POSITIVE)],
        &[("k", POSITIVE)],
    );
    let density = &improper.observations[0].density;
    let found = mass(density, &improper.facts, &at(&[("k", 1.0)]));
    assert_eq!(found.status, Status::Diverges, "{found:?}");
    let missing = mass(density, &improper.facts, &at(&[]));
    assert_eq!(missing.status, Status::Unknown);
}
