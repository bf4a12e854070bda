//! Laws as densities, against values computed by hand, the formula beside each.

use super::{check_lives, model, value};

fn check_log_density(text: &str, at: &[(&str, f64)], expected: f64) {
    let model = model(text);
    let found: f64 = model
        .observations
        .iter()
        .map(|o| value(&o.density.log_density, at))
        .sum();
    assert!(
        (found - expected).abs() < 1e-12 * expected.abs().max(1.0),
        "{text}: {found} is not {expected}"
    );
}

#[test]
fn arguments_stand_in_the_order_of_the_row() {
    // −((1.1 − 0.3)/1.7)²/2 − log 1.7 − log(2π)/2
    check_log_density(
        "x ~ Normal(mu, sigma)",
        &[("x", 1.1), ("mu", 0.3), ("sigma", 1.7)],
        -1.560_293_427_865_459,
    );
    // log Γ(3) − log Γ(5/2) − log(5π)/2 − 3 log(1 + 1.1²/5); location and scale may be left out
    check_log_density(
        "x ~ StudentT(nu)",
        &[("x", 1.1), ("nu", 5.0)],
        -1.618_788_539_588_586_2,
    );
    check_log_density(
        "x ~ StudentT(nu, 0, 1)",
        &[("x", 1.1), ("nu", 5.0)],
        -1.618_788_539_588_586_2,
    );
    // The argument may bear a name of the row.
    check_log_density(
        "mu ~ Normal(sigma, mu2)",
        &[("mu", 1.1), ("sigma", 0.3), ("mu2", 1.7)],
        -1.560_293_427_865_459,
    );
}

#[test]
fn categories() {
    check_log_density(
        "x ~ Categorical([p1, p2, 1-p1-p2])",
        &[("x", 2.0), ("p1", 0.5), ("p2", 0.3)],
        0.3_f64.ln(),
    );
    check_log_density(
        "x ~ Categorical([p1, p2, 1-p1-p2])",
        &[("x", 3.0), ("p1", 0.5), ("p2", 0.3)],
        0.2_f64.ln(),
    );
    let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
    let at = |x| [("x", x), ("eta", 0.4), ("c1", -1.0), ("c2", 1.5)];
    check_log_density(
        "x ~ OrderedLogistic(eta, [c1, c2])",
        &at(1.0),
        logistic(-1.4).ln(),
    );
    check_log_density(
        "x ~ OrderedLogistic(eta, [c1, c2])",
        &at(2.0),
        (logistic(1.1) - logistic(-1.4)).ln(),
    );
    check_log_density(
        "x ~ OrderedLogistic(eta, [c1, c2])",
        &at(3.0),
        (1.0 - logistic(1.1)).ln(),
    );
    check_lives(
        "x ~ Categorical([p1, p2, 1-p1-p2])",
        &[("p1", "(0, 1)"), ("x", "{1, ..., 3} by 1")],
    );
}

#[test]
fn laws_on_a_simplex_lower_to_their_free_components() {
    // 6!/(3! 2! 1!) · 0.5³ · 0.3² · 0.2
    let at = [
        ("x[1]", 3.0),
        ("x[2]", 2.0),
        ("n", 6.0),
        ("p1", 0.5),
        ("p2", 0.3),
    ];
    check_log_density(
        "x ~ Multinomial(n, [p1, p2, 1-p1-p2]); known n",
        &at,
        (60.0_f64 * 0.125 * 0.09 * 0.2).ln(),
    );
    // Γ(6.5)/(Γ(2) Γ(3) Γ(1.5)) · 0.2 · 0.25 · √0.3
    let at = [
        ("x", 0.2),
        ("y", 0.5),
        ("a1", 2.0),
        ("a2", 3.0),
        ("a3", 1.5),
    ];
    check_log_density(
        "(x, y, z) ~ Dirichlet([a1, a2, a3])",
        &at,
        (287.885_277_815_044_f64 / (2.0 * 0.886_226_925_452_758) * 0.05 * 0.3_f64.sqrt()).ln(),
    );
    check_lives(
        "(x, y, z) ~ Dirichlet([a1, a2, a3])",
        &[("x", "(0, 1)"), ("y", "(0, 1 - x)"), ("a2", "(0, inf)")],
    );
    check_lives(
        "x ~ Multinomial(n, [p, 1-p]); known n",
        &[
            ("x[1]", "{0, ..., n} by 1"),
            ("p", "(0, 1)"),
            ("n", "{1, ..., inf} by 1"),
        ],
    );
}

#[test]
fn the_normal_law_of_several_components() {
    let text = "(x, y) ~ MvNormal([m1, m2], [[s1^2, rho*s1*s2], [rho*s1*s2, s2^2]])";
    let at = [
        ("x", 0.7),
        ("y", -0.2),
        ("m1", 0.1),
        ("m2", 0.5),
        ("s1", 1.3),
        ("s2", 0.8),
        ("rho", 0.4),
    ];
    let (u, v, r): (f64, f64, f64) = (0.6 / 1.3, -0.7 / 0.8, 0.4);
    let q = (u * u - 2.0 * r * u * v + v * v) / (1.0 - r * r);
    let expected = -q / 2.0 - (2.0 * std::f64::consts::PI * 1.3 * 0.8 * (1.0 - r * r).sqrt()).ln();
    check_log_density(text, &at, expected);
    check_lives(
        text,
        &[
            ("s1", "(0, inf)"),
            ("s2", "(0, inf)"),
            ("rho", "(-1, 1)"),
            ("x", "(-inf, inf)"),
        ],
    );
    check_lives(
        "x ~ MvNormal([m, m, m], [[v, r*v, r*v], [r*v, v, r*v], [r*v, r*v, v]])",
        &[("v", "(0, inf)"), ("r", "(-1/2, 1)")],
    );
}

#[test]
fn repetitions_are_observations() {
    let text = "for t in [0, 1, 2, 4]: y ~ Normal(a + b*t, s)";
    let found = model(text);
    assert_eq!(found.observations.len(), 4);
    assert_eq!(
        found
            .data()
            .map(|datum| datum.symbol.name())
            .collect::<Vec<_>>(),
        ["y[1]", "y[2]", "y[3]", "y[4]"]
    );
    let same = "t = [0, 1, 2, 4]; for i in 1..4: y[i] ~ Normal(a + b*t[i], s)";
    let at = [
        ("y[1]", 0.1),
        ("y[2]", 0.9),
        ("y[3]", 2.2),
        ("y[4]", 3.0),
        ("a", 0.2),
        ("b", 0.7),
        ("s", 1.3),
    ];
    let by_hand: f64 = [(0.1, 0.0), (0.9, 1.0), (2.2, 2.0), (3.0, 4.0)]
        .iter()
        .map(|(y, t): &(f64, f64)| {
            -((y - 0.2 - 0.7 * t) / 1.3).powi(2) / 2.0
                - (1.3 * (2.0 * std::f64::consts::PI).sqrt()).ln()
        })
        .sum();
    check_log_density(text, &at, by_hand);
    check_log_density(same, &at, by_hand);
    check_log_density(
        "eta = a + b*t; for t in [0, 1, 2, 4]: y ~ Normal(eta, s)",
        &at,
        by_hand,
    );
}

#[test]
fn vector_parameters_and_known_lists_have_entries() {
    let found = model("b[1..2] in real; for i in 1..2: y[i] ~ Normal(b[i]*t[i], s); known t");
    assert_eq!(
        found
            .parameters
            .iter()
            .map(|s| s.name())
            .collect::<Vec<_>>(),
        ["b[1]", "b[2]", "s"]
    );
    assert_eq!(
        found.known.iter().map(|s| s.name()).collect::<Vec<_>>(),
        ["t[1]", "t[2]"]
    );
}

#[test]
fn truncation_is_the_law_up_to_its_normalizer() {
    let found = model("x ~ Normal(mu, sigma); truncate x to (0, inf)");
    let density = &found.observations[0].density;
    assert!(density.up_to_normalizer);
    check_lives(&found.text, &[("x", "(0, inf)")]);
}

#[test]
fn censoring_puts_the_mass_outside_on_the_end() {
    let text = "t ~ Weibull(k, s); censor t to (0, c); known c";
    let at = |t| [("t", t), ("k", 1.5), ("s", 2.0), ("c", 3.0)];
    check_log_density(text, &at(3.0), -(1.5_f64.powf(1.5)));
    check_log_density(
        text,
        &at(1.0),
        0.75_f64.ln() + 0.5 * 0.5_f64.ln() - 0.5_f64.powf(1.5),
    );
    assert_eq!(
        model(text).data().next().expect("a datum").atoms[0].text(),
        "c"
    );
    check_lives(text, &[("c", "(0, inf)")]);
}
