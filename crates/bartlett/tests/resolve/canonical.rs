//! The canonical text of a model parses to the same model, and is its own canonical text.

use super::model;
use bartlett::model::Model;

fn check_same(text: &str) {
    let first = model(text);
    assert!(first.text.is_ascii(), "{}", first.text);
    let second = model(&first.text);
    assert_eq!(first.text, second.text);
    assert_eq!(first.parameters, second.parameters, "{text}");
    assert_eq!(first.known, second.known, "{text}");
    assert!(second.notes.is_empty(), "{:?}", second.notes);
    let domains = |model: &Model| {
        model
            .facts
            .domains()
            .map(|(s, d)| (s.clone(), d.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(domains(&first), domains(&second), "{text}");
    assert_eq!(first.observations.len(), second.observations.len());
    for (a, b) in first.observations.iter().zip(&second.observations) {
        assert_eq!(a.density.log_density, b.density.log_density, "{text}");
        assert_eq!(a.density.typed, b.density.typed, "{text}");
        assert_eq!(a.density.up_to_normalizer, b.density.up_to_normalizer);
    }
}

#[test]
fn every_model_of_the_corpus_survives() {
    let mut count = 0;
    for line in include_str!("models.jsonl").lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("each line is an object");
        let text = row["model"].as_str().expect("a row has a model");
        if Model::parse(text).is_ok() {
            check_same(text);
            count += 1;
        }
    }
    assert!(count > 200, "only {count} models were read");
}

#[test]
fn other_forms_survive() {
    for text in [
        "p(x | γ) = x^(γ-1) exp(-x)/Γ(γ)",
        "p(x | a) = a^-x * 2^3^x / 2 (1 - 1/a); x in {0, 1, ...}; a > 1",
        "p(x | a) = if(x < 1 and x > 1/2 or x == 0, 0.25a, -(-a)^2); 0 < x < 1",
        "t = [0, 1/2, 4]; known k; for i in 1..3: y[i] ~ Normal(a + b*t[i]^k, s)",
        "for i in {1, 3, ..., 7}: y[i] ~ Poisson(exp(a*i))",
        "eta = a + b*t; for t in [-1, 1]: y ~ Bernoulli(logistic(eta))",
        "x ~ Laplace(m, b); m in [0, 1); truncate x to (0, inf)",
        "known c; t ~ Exponential(1/m); censor t to (0, c)",
        "p(x | a) = sum(k, 0, 3, a^k x^k)/4 |x|; x in (-1, 1) + {1}; -1 <= a <= 1",
        "x ~ Normal(a + b*0, s); a + b < 3",
        "known n, t; for i in 1..n: y[i] ~ Poisson(exp(a + b*t[i]))",
        "known n, m; for i in 0..n-1: y[i] ~ Normal(a, s); for i in 1..m: z ~ Normal(a*i, s)",
        "known n, t; for i in 1..n: p(y[i] | a) = exp(-(y[i] - a*t[i])^2/2)/sqrt(2*pi)",
        "known n; for i in 1..n: for j in 1..i: y[i, j] ~ Gamma(a, b)",
    ] {
        check_same(text);
    }
}

#[test]
fn names_are_ascii_and_inferences_are_statements() {
    let text = "log p(x|μ,σ) = -log(√(2πσ²)) - (x-μ)²/(2σ²)";
    assert_eq!(
        model(text).text,
        "log p(x | mu, sigma) = -log(sqrt(2*pi*sigma^2)) - (x - mu)^2/(2*sigma^2); sigma > 0; x in real"
    );
}
