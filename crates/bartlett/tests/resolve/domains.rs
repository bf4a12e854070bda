//! Where symbols live: stated, implied by families, inferred where beyond doubt.

use super::{check_lives, model};

#[test]
fn textbook_lines_stand_as_they_are() {
    check_lives(
        "log p(x|μ,σ) = -log(√(2πσ²)) - (x-μ)²/(2σ²)",
        &[
            ("mu", "(-inf, inf)"),
            ("sigma", "(0, inf)"),
            ("x", "(-inf, inf)"),
        ],
    );
    check_lives(
        "log p(x|p) = x log p + (1-x) log(1-p)",
        &[("p", "(0, 1)"), ("x", "{0, ..., 1} by 1")],
    );
    check_lives(
        "P(x | λ) = λ^x e^(-λ) / x!",
        &[("lambda", "(0, inf)"), ("x", "{0, ..., inf} by 1")],
    );
    check_lives(
        "p(x | p) = p (1-p)^x",
        &[("p", "(0, 1)"), ("x", "{0, ..., inf} by 1")],
    );
    check_lives(
        "p(x | λ) = λ exp(-λ x)",
        &[("lambda", "(0, inf)"), ("x", "(0, inf)")],
    );
    check_lives(
        "p(x | a, b) = b^a x^(a-1) exp(-b x)/Γ(a)",
        &[("a", "(0, inf)"), ("b", "(0, inf)"), ("x", "(0, inf)")],
    );
    check_lives(
        "p(x | a, b) = x^(a-1) (1-x)^(b-1)/beta(a, b)",
        &[("a", "(0, inf)"), ("b", "(0, inf)"), ("x", "(0, 1)")],
    );
}

#[test]
fn what_was_inferred_is_said() {
    let notes = model("log p(x|μ,σ) = -log(√(2πσ²)) - (x-μ)²/(2σ²)").notes;
    assert_eq!(
        notes,
        [
            "sigma > 0 is assumed: only its square matters",
            "x in real is assumed: there the density is that of a known law"
        ]
    );
    assert!(model("x ~ Gamma(alpha, beta)").notes.is_empty());
}

#[test]
fn families_imply_domains() {
    check_lives(
        "x ~ Gamma(k, k/mu)",
        &[("k", "(0, inf)"), ("mu", "(0, inf)"), ("x", "(0, inf)")],
    );
    check_lives("x ~ Normal(mu, sqrt(v))", &[("v", "(0, inf)")]);
    check_lives("x ~ Normal(mu, s^2)", &[("s", "(0, inf)")]);
    check_lives(
        "x ~ Beta(m*k, (1-m)*k)",
        &[("m", "(0, 1)"), ("k", "(0, inf)")],
    );
    check_lives(
        "x ~ Poisson(exp(a + b*t)); known t",
        &[
            ("a", "(-inf, inf)"),
            ("t", "(-inf, inf)"),
            ("x", "{0, ..., inf} by 1"),
        ],
    );
    check_lives(
        "x ~ Uniform(0, theta)",
        &[("theta", "(0, inf)"), ("x", "[0, theta]")],
    );
    check_lives("x ~ Uniform(-t, t)", &[("t", "(0, inf)"), ("x", "[-t, t]")]);
    check_lives("x ~ Bernoulli(1 - q)", &[("q", "(0, 1)")]);
    check_lives(
        "k ~ Binomial(n, p); known n",
        &[("n", "{1, ..., inf} by 1"), ("k", "{0, ..., n} by 1")],
    );
    check_lives("x ~ Exponential(-eta)", &[("eta", "(-inf, 0)")]);
    check_lives(
        "x ~ Gamma(alpha, beta); alpha > 2",
        &[("alpha", "(2, inf)")],
    );
}

#[test]
fn statements_say_supports() {
    check_lives(
        "p(x | s, xi) = (1+xi*x/s)^(-1/xi-1)/s; x > 0; 1 + xi*x/s > 0; s > 0; xi < 0",
        &[("x", "(0, -s/xi)")],
    );
    check_lives(
        "p(x | s, xi) = (1+xi*x/s)^(-1/xi-1)/s; x > 0; 1 + xi*x/s > 0; s, xi > 0",
        &[("x", "(0, inf)")],
    );
    check_lives("p(x | m) = exp(m - x); x - m > 0", &[("x", "(m, inf)")]);
    check_lives(
        "p(x, y | t) = 2/t^2; 0 < x < y; y < t",
        &[("x", "(0, inf)"), ("y", "(x, t)"), ("t", "(-inf, inf)")],
    );
    check_lives(
        "p(y | a) = (1-a)*a^((y-1)/2); y in {1, 3, ...}; 0 < a < 1",
        &[("y", "{1, ..., inf} by 2")],
    );
    check_lives(
        "known r; P(y | p) = choose(y-1, r-1) p^r (1-p)^(y-r); y in {r, r+1, ...}",
        &[("r", "{1, ..., inf} by 1"), ("p", "(0, 1)")],
    );
    check_lives(
        "p(x | a) = a*(1-a)^x; x in integer; x > -1",
        &[("x", "{0, ..., inf} by 1")],
    );
}

#[test]
fn relations_between_parameters_are_facts() {
    let model = model("p(x | v1, v2, c) = exp(-x)*c*v1*v2; x > 0; c^2 < v1*v2; v1, v2 > 0");
    assert_eq!(
        model
            .facts
            .positives()
            .iter()
            .map(bartlett::Expr::text)
            .collect::<Vec<_>>(),
        ["v1*v2 - c^2"]
    );
    check_lives(
        "p(x | c1, c2, c3) = exp(-x)*c1*c2*c3; x > 0; c1 < c2 < c3",
        &[
            ("c1", "(-inf, inf)"),
            ("c2", "(c1, inf)"),
            ("c3", "(c2, inf)"),
        ],
    );
    check_lives(
        "p(x | p1, p2) = exp(-x)*p1*p2; x > 0; p1, p2 > 0; p1 + p2 < 1",
        &[("p2", "(0, 1 - p1)")],
    );
    check_lives(
        "p(x | alpha, beta) = exp(-x)*beta*alpha; x > 0; beta in (-alpha, alpha); alpha > 0",
        &[("beta", "(-alpha, alpha)")],
    );
}

#[test]
fn data_follow_those_their_supports_refer_to() {
    let model = model("p(x, y | a) = a^2*exp(-a*y); x in (0, y); y > 0; a > 0");
    let order: Vec<&str> = model.data().map(|datum| datum.symbol.name()).collect();
    assert_eq!(order, ["y", "x"]);
}

#[test]
fn single_points_beside_an_interval() {
    let model = model(
        "p(y | lambda) = if(y < c, lambda*exp(-lambda*y), exp(-lambda*c)); y in (0, c) + {c}; known c; c, lambda > 0",
    );
    let datum = model.data().next().expect("there is a datum");
    assert_eq!(
        (datum.support.upper.closed, datum.atoms[0].text()),
        (false, "c".to_owned())
    );
    check_lives(&model.text, &[("y", "(0, c]")]);
}

#[test]
fn a_declared_domain_is_not_cut_by_the_density() {
    // A negative density is for the derivation to refuse.
    check_lives(
        "p(x | theta) = 1 - theta + 2*theta*x; 0 < x < 1; theta in (-3, 3)",
        &[("theta", "(-3, 3)")],
    );
}
