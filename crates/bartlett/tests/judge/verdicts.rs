//! Certificates, mismatches, and the points they stand on.

use crate::model::model;
use bartlett::check::{Sampler, certify};
use bartlett::model::Model;
use bartlett_expr::Expr;
use bartlett_expr::formula;

const POSITIVE: &str = "(0, inf)";

fn matrix(rows: &[&[&str]]) -> Vec<Vec<Expr>> {
    let row = |r: &&[&str]| r.iter().map(|e| formula(e)).collect();
    rows.iter().map(row).collect()
}

fn gamma() -> Model {
    model(
        "a*log(b) - lgamma(a) + (a - 1)*log(x) - b*x",
        &[("x", POSITIVE)],
        &[("a", POSITIVE), ("b", POSITIVE)],
    )
}

#[test]
fn a_right_matrix_is_certified_at_three_points() {
    let right = matrix(&[&["polygamma(1, a)", "-1/b"], &["-1/b", "a/b^2"]]);
    let found = certify(&gamma(), &right).expect("no mismatch");
    assert_eq!(found.len(), 3);
    assert!(
        found.iter().all(|c| c.ok && c.max_rel_err < 1e-9),
        "{found:?}"
    );
}

#[test]
fn a_wrong_matrix_is_named_with_both_numbers() {
    for (row, column, wrong) in [
        (1, 1, "a/b^2*(1 + 1/100000)"),
        (0, 1, "-1/b + 1/10000"),
        (0, 0, "1/a"),
    ] {
        let mut claimed = matrix(&[&["polygamma(1, a)", "-1/b"], &["-1/b", "a/b^2"]]);
        claimed[row][column] = formula(wrong);
        let mismatch = certify(&gamma(), &claimed).expect_err("a mismatch");
        assert_eq!(mismatch.entry, (row, column));
        assert!((mismatch.claimed - mismatch.numeric).abs() > 10.0 * mismatch.error);
    }
}

#[test]
fn a_biased_score_is_a_mismatch() {
    let uniform = model("-log(t)", &[("x", "(0, t)")], &[("t", POSITIVE)]);
    let mismatch = certify(&uniform, &matrix(&[&["1/t^2"]])).expect_err("a biased score");
    assert!(mismatch.what.contains("mean score"), "{mismatch}");
}

#[test]
fn what_cannot_be_judged_does_not_pass() {
    let cusp = model("-sqrt(abs(x - m))", &[("x", "real")], &[("m", "real")]);
    let found = certify(&cusp, &matrix(&[&["1"]])).expect("no mismatch");
    assert!(
        found
            .iter()
            .all(|c| !c.ok && c.what.starts_with("unjudged: ")),
        "{found:?}"
    );
    let empty = model("-x*a", &[("x", POSITIVE)], &[("a", "(2, 1)")]);
    let found = certify(&empty, &matrix(&[&["1"]])).expect("no mismatch");
    assert!(found.iter().all(|c| !c.ok), "{found:?}");
}

#[test]
fn kernels_are_judged_by_the_variance_of_their_score() {
    let mut kernel = model(
        "(a - 1)*log(x) - b*x",
        &[("x", POSITIVE)],
        &[("a", POSITIVE), ("b", POSITIVE)],
    );
    kernel.observations[0].density.up_to_normalizer = true;
    let right = matrix(&[&["polygamma(1, a)", "-1/b"], &["-1/b", "a/b^2"]]);
    let found = certify(&kernel, &right).expect("no mismatch");
    assert!(found.iter().all(|c| c.ok), "{found:?}");
}

#[test]
fn points_satisfy_linked_domains() {
    let mut linked = model(
        "x",
        &[("x", "{0, n}")],
        &[
            ("u", "(l, inf)"),
            ("c1", "real"),
            ("c2", "(c1, inf)"),
            ("c3", "(c2, inf)"),
            ("beta", "(-alpha, alpha)"),
            ("alpha", POSITIVE),
            ("v1", POSITIVE),
            ("v2", POSITIVE),
            ("c", "real"),
            ("known", ""),
            ("l", "real"),
            ("n", POSITIVE),
        ],
    );
    linked.facts.assume_positive(formula("v1*v2 - c^2"));
    linked.facts.assume_nonnegative(formula("3 - n"));
    let mut sampler = Sampler::new(&linked, 7);
    for _ in 0..50 {
        let point = sampler.point().expect("a point");
        let value = |name: &str| {
            let found = point.iter().find(|(s, _)| s.name() == name);
            found.expect("every symbol has a value").1
        };
        assert!(value("l") < value("u"));
        assert!(value("c1") < value("c2") && value("c2") < value("c3"));
        assert!(value("beta").abs() < value("alpha"));
        assert!(value("c").powi(2) < value("v1") * value("v2"));
        assert!(value("n").fract() == 0.0 && value("n") >= 1.0 && value("n") <= 3.0);
    }
    let again: Vec<_> = (0..3).map(|_| Sampler::new(&linked, 7).point()).collect();
    assert_eq!(again[0], again[1]);
}
