//! Any model made of well-formed statements is understood or refused, quickly and without a panic; what is understood has a text that is understood.

use bartlett::model::Model;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const EXPRESSIONS: &[&str] = &[
    "a",
    "b",
    "x",
    "y",
    "n",
    "0",
    "1",
    "-2",
    "1/2",
    "inf",
    "-inf",
    "a + b",
    "a*b",
    "a - b",
    "a^2",
    "-a^2",
    "sqrt(a)",
    "log(b)",
    "1 - a",
    "1 - a - b",
    "a/(a + b)",
    "exp(a + b*n)",
    "a*0",
    "1/a",
    "x - a",
    "a*x + b",
    "x^2",
    "y[1]",
    "t[2]",
    "t",
    "min(a, n)",
    "|a|",
    "if(a < b, a, b)",
    "sum(k, 1, 3, a^k)",
    "sum(k, 1, 2, t[k])",
    "logistic(a)",
    "a^n",
    "gamma(a)",
    "x!",
    "choose(n, x)",
    "(a - 1)*(2 - a)",
    "1 - a^2",
    "a^-1",
    "2^2^2",
];

const STATEMENTS: &[&str] = &[
    "x ~ Normal(@, @)",
    "y ~ Poisson(@)",
    "x ~ Binomial(@, @)",
    "x ~ Uniform(@, @)",
    "x ~ GEV(@, @, @)",
    "y ~ Beta(@, @)",
    "x ~ Categorical([@, @, 1 - a - b])",
    "x ~ Categorical([@, 1 - @])",
    "x ~ Multinomial(@, [@, 1 - @])",
    "(x, y) ~ Dirichlet([@, @])",
    "x ~ MvNormal([@, @], [[@, @], [@, @]])",
    "x ~ OrderedLogistic(@, [@, @])",
    "for t in [@, @]: y ~ Normal(@, @)",
    "for i in 1..3: y[i] ~ Poisson(@)",
    "for i in 1..2: y[i] ~ Normal(t[i], @)",
    "p(x | a, b) = @",
    "log p(x | a, b) = @",
    "p(x, y | a) ∝ @*@",
    "p(x | a, b) = @*exp(-@)",
    "known n",
    "known b",
    "known t",
    "t = [@, @]",
    "eta = @",
    "b = @",
    "@ > 0",
    "@ < @",
    "@ <= @ < @",
    "a, b > 0",
    "a in (@, @)",
    "x in (@, @)",
    "x > @",
    "x in {0, 1, ..., @}",
    "x in {@, @}",
    "y in {0, 1, ...}",
    "x in [@, @) + {@}",
    "a in integer",
    "x, y in real",
    "@ != @",
    "truncate x to (@, @)",
    "censor x to (@, @)",
    "y in (@, x)",
    "x in (y, @)",
    "x in simplex(@)",
];

fn statement() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(EXPRESSIONS), 6);
    (prop::sample::select(STATEMENTS), pieces).prop_map(|(form, pieces)| {
        let mut pieces = pieces.iter();
        form.split('@')
            .enumerate()
            .fold(String::new(), |text, (k, part)| {
                let piece = if k == 0 {
                    ""
                } else {
                    pieces.next().copied().unwrap_or("a")
                };
                let piece = if piece.contains(' ') && !part.starts_with([',', ']', ')', '}', ' ']) {
                    format!("({piece})")
                } else {
                    piece.to_owned()
                };
                text + &piece + part
            })
    })
}

/// Models that are understood by themselves, about some of x, y, a, b, n.
const MODELS: &[&str] = &[
    "x ~ Normal(a, b); known n",
    "x ~ Gamma(a, b); y ~ Poisson(n)",
    "x ~ Uniform(a, b); known n",
    "x ~ Binomial(n, 1 - a); y ~ Beta(a, b); known n",
    "x ~ GEV(a, b, n)",
    "p(x, y | a, b) = a*b*exp(-a*x - b*y); known n",
    "p(x | a, b, n) = a^n*x^b",
    "log p(y | a, b) = -log(sqrt(a^2)) - b*y^n; known n",
    "p(x | n) ∝ x^n*exp(-x^2); known a, b",
    "x ~ Categorical([a, b, 1 - a - b]); known n",
    "x ~ MvNormal([a, b], [[1, n], [n, 1]])",
    "for t in [0, 1, 2]: y ~ Normal(a + b*t, n)",
];

fn check(text: &str) -> Result<(), TestCaseError> {
    let begin = Instant::now();
    let read = Model::parse(text);
    prop_assert!(
        begin.elapsed() < Duration::from_secs(2),
        "{text}: {:?}",
        begin.elapsed()
    );
    match read {
        Err(problems) => {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(problem.span().end <= text.len(), "{text}: {problem:?}");
                prop_assert!(!problem.render(text).is_empty());
            }
        }
        Ok(model) => {
            let again = Model::parse(&model.text);
            prop_assert!(again.is_ok(), "{text}\n{}\n{:?}", model.text, again.err());
            let again = again.map(|again| again.parameters).unwrap_or_default();
            prop_assert_eq!(again, model.parameters, "{}", text);
            let data = model.observations.iter().flat_map(|o| &o.density.data);
            for datum in data {
                prop_assert!(model.facts.domain(&datum.symbol).is_some(), "{text}");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20), ..ProptestConfig::default() })]

    #[test]
    fn any_model_is_understood_or_refused(statements in prop::collection::vec(statement(), 1..6)) {
        check(&statements.join("; "))?;
    }

    #[test]
    fn any_statement_beside_a_model(model in prop::sample::select(MODELS), more in prop::collection::vec(statement(), 0..3)) {
        check(&[vec![model.to_owned()], more].concat().join("; "))?;
    }
}

#[test]
fn many_repetitions_are_quick() {
    let begin = Instant::now();
    let model = super::model("t = [0, 1]; for i in 1..500: y[i] ~ Normal(a + b*i, s)");
    assert_eq!(model.observations.len(), 500);
    let model = super::model("for i in 1..1000000: y[i] ~ Normal(a + b*i, s)");
    assert_eq!(model.observations.len(), 1);
    assert!(
        begin.elapsed() < Duration::from_secs(3),
        "{:?}",
        begin.elapsed()
    );
    let problems = Model::parse(
        "t = [0, 1]; for i in 1..100: for j in 1..100: for k in 1..100: y[i, j, k] ~ Normal(a, s)",
    )
    .expect_err("it is too long");
    assert!(problems[0].refused);
}

#[test]
fn deep_chains_of_definitions_end() {
    let chain: Vec<String> = (1..400)
        .map(|k| format!("d{k} = d{}*d{}", k + 1, k + 1))
        .collect();
    let text = format!("x ~ Normal(d1, s); {}; d400 = a", chain.join("; "));
    let begin = Instant::now();
    let _ = Model::parse(&text);
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "{:?}",
        begin.elapsed()
    );
}
