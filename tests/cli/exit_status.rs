//! 0 answered, 1 understood but refused, 2 not understood.

use crate::run::{bartlett, with_input};

fn check(status: i32, arguments: &[&str], says: &str) {
    let answer = bartlett(arguments);
    assert_eq!(
        answer.status, status,
        "{arguments:?}\n{}{}",
        answer.out, answer.err
    );
    assert!(
        answer.err.contains(says),
        "{arguments:?} does not say {says:?}:\n{}",
        answer.err
    );
    if status == 0 {
        assert!(!answer.out.is_empty(), "{arguments:?} prints nothing");
    } else {
        assert!(!answer.err.is_empty(), "{arguments:?} does not say why");
    }
}

#[test]
fn answered() {
    check(0, &["derive", "x ~ Normal(mu, sigma)"], "");
    check(0, &["derive", "log p(x|p) = x log p + (1-x) log(1-p)"], "");
    check(0, &["score", "x ~ Normal(mu, sigma)"], "");
    check(0, &["hessian", "x ~ Normal(mu, sigma)"], "");
    check(0, &["fisher", "x ~ Normal(mu, sigma)", "--n", "n"], "");
    check(0, &["crb", "x ~ Normal(mu, sigma)", "--n", "10"], "");
    check(
        0,
        &["check", "x ~ Normal(mu, sigma)", "--at", "mu=-1,sigma=2"],
        "",
    );
    check(
        0,
        &["eval", "x ~ Normal(mu, sigma)", "--at", "mu=-1, sigma=2"],
        "",
    );
    check(0, &["families"], "");
    check(0, &["families", "Gamma"], "");
    // A singular model has a matrix.
    check(0, &["derive", "x ~ Normal(a + b, 1)"], "");
    check(0, &["fisher", "x ~ Normal(a + b, 1)"], "");
    // What does not change along the direction that is not identified has a bound.
    check(0, &["crb", "x ~ Normal(a + b, 1)", "--of", "a + b"], "");
    check(0, &["crb", "x ~ Normal(mu, sigma)", "--of", "-mu"], "");
}

#[test]
fn refused() {
    check(
        1,
        &["derive", "x ~ Uniform(0, theta)"],
        "no Fisher information",
    );
    check(1, &["fisher", "p(x | a) = a*exp(-x); x > 0; a > 0"], "mass");
    check(1, &["crb", "x ~ Normal(a + b, 1)"], "no Cramér–Rao bound");
    check(
        1,
        &["eval", "x ~ Uniform(0, theta)", "--at", "theta=1"],
        "no Fisher information",
    );
    check(1, &["jeffreys", "x ~ Normal(a + b, 1)"], "det I = 0");
    check(1, &["influence", "x ~ Uniform(0, theta)"], "no Fisher");
    check(
        1,
        &["crb", "x ~ Normal(a + b, 1)", "--of", "a"],
        "a is not estimable",
    );
}

#[test]
fn not_understood() {
    check(2, &[], "Usage");
    check(2, &["derive"], "required");
    check(2, &["drive", "x ~ Normal(mu, sigma)"], "derive");
    check(
        2,
        &["derive", "x ~ Normal(mu, sigma)", "--format", "pdf"],
        "possible values",
    );
    check(2, &["derive", "x ~ Nromal(mu, sigma)"], "Normal");
    let model = "x ~ Normal(mu, sigma)";
    check(2, &["crb", model, "--of", "sigm"], "did you mean");
    check(2, &["crb", model, "--of", "mu*c"], "known c");
    check(2, &["crb", model, "--bias", "mu"], "there are 2");
    check(
        2,
        &["crb", model, "--direction", "(1, 2, 3)"],
        "there are 2",
    );
    check(
        2,
        &["crb", model, "--estimator", "x - mu"],
        "function of the data",
    );
    check(2, &["derive", "log p(x|mu) = -(x - mu"], "error");
    check(
        2,
        &["derive", "-f", "examples/no-such-file"],
        "cannot be read",
    );
    check(
        2,
        &["derive", "x ~ Normal(mu, sigma)", "--where", "sigma >"],
        "error",
    );
    check(2, &["eval", "x ~ Normal(mu, sigma)"], "--at");
    check(
        2,
        &["eval", "x ~ Normal(mu, sigma)", "--at", "mu=0"],
        "leaves out `sigma`",
    );
    check(
        2,
        &["eval", "x ~ Normal(mu, sigma)", "--at", "mu=0,sigma=-1"],
        "outside its domain",
    );
    check(
        2,
        &[
            "eval",
            "x ~ Normal(mu, sigma)",
            "--at",
            "mu=0,sigma=1,tau=2",
        ],
        "does not name",
    );
    check(
        2,
        &[
            "eval",
            "x ~ Normal(mu, sigma)",
            "--at",
            "mu=0,sigma=1",
            "--what",
            "score",
        ],
        "add x=…",
    );
    check(
        2,
        &["fisher", "x ~ Normal(mu, sigma)", "--n", "mu"],
        "uses this name already",
    );
    check(2, &["fisher", "x ~ Normal(mu, sigma)", "--n", "-3"], "--n");
    check(2, &["families", "Wiebull"], "Weibull");
}

#[test]
fn several_models_leave_with_the_worst() {
    let answer = with_input(
        &["fisher", "-", "--format", "json", "--jobs", "3"],
        b"x ~ Exponential(a)\n---\nx ~ Uniform(0, a)\n---\nx ~ Poisson(a)\n",
    );
    assert_eq!(answer.status, 1, "{}", answer.err);
    let laws: Vec<serde_json::Value> = answer
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("each line is JSON")["law"]
                .clone()
        })
        .collect();
    assert_eq!(laws, ["Exponential", "Uniform", "Poisson"]);
}

#[test]
fn standard_input_and_where_make_one_model() {
    let answer = with_input(
        &["fisher", "-", "--where", "lambda > 0", "--where", "t > 0"],
        "p(t|λ) = λ exp(-λt)".as_bytes(),
    );
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(answer.out.contains("1/λ²"), "{}", answer.out);
}
