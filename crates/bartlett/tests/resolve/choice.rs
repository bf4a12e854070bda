//! What is estimated: the options `--where`, `--known`, `--params`.

use super::{lives, model};
use bartlett::model::{Model, Options};

fn with(text: &str, options: &Options) -> Result<Model, String> {
    Model::parse_with(text, options).map_err(|problems| {
        problems
            .iter()
            .map(|p| p.render(&options.beside(text)))
            .collect()
    })
}

fn names(list: &[bartlett::Symbol]) -> Vec<&str> {
    list.iter().map(bartlett::Symbol::name).collect()
}

fn options(known: &[&str], params: &[&str]) -> Options {
    let owned = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect();
    Options {
        where_: String::new(),
        known: owned(known),
        params: owned(params),
        ..Options::default()
    }
}

#[test]
fn known_symbols_are_not_estimated() {
    let model = with("x ~ Normal(mu, sigma)", &options(&["sigma"], &[])).expect("it is understood");
    assert_eq!(
        (names(&model.parameters), names(&model.known)),
        (vec!["mu"], vec!["sigma"])
    );
    assert_eq!(lives(&model, "sigma"), "(0, inf)");
    let model = with(
        "p(x | mu, sigma) = exp(-(x-mu)^2/(2 sigma^2))/sqrt(2 pi sigma^2)",
        &options(&["mu"], &[]),
    )
    .expect("it is understood");
    assert_eq!(
        (names(&model.parameters), names(&model.known)),
        (vec!["sigma"], vec!["mu"])
    );
}

#[test]
fn params_override_order_and_choice() {
    let model = with(
        "x ~ Gamma(alpha, beta); known alpha",
        &options(&[], &["beta", "alpha"]),
    )
    .expect("it is understood");
    assert_eq!(
        (names(&model.parameters), names(&model.known)),
        (vec!["beta", "alpha"], vec![])
    );
    let chosen = with(
        "x ~ StudentT(nu, mu, sigma)",
        &options(&[], &["sigma", "mu"]),
    )
    .expect("it is understood");
    assert_eq!(
        (names(&chosen.parameters), names(&chosen.known)),
        (vec!["sigma", "mu"], vec!["nu"])
    );
}

#[test]
fn more_statements_are_added() {
    let more = Options {
        where_: "sigma > 2; mu in (0, 1)".to_owned(),
        ..Options::default()
    };
    let model = with("x ~ Normal(mu, sigma)", &more).expect("it is understood");
    assert_eq!(
        (lives(&model, "mu"), lives(&model, "sigma")),
        ("(0, 1)".to_owned(), "(2, inf)".to_owned())
    );
}

#[test]
fn mistakes_in_options_are_drawn_in_lines_of_their_own() {
    insta::assert_snapshot!(with("x ~ Normal(mu, sigma)", &options(&[], &["mu", "sgima"])).unwrap_err(), @r"
    error[unknown-parameter]: `sgima` is no name of the model that could be estimated
    2 | # --params mu, sgima
      |                ^^^^^ it is neither a parameter nor `known`
    mend: did you mean `sigma`?
    ");
    insta::assert_snapshot!(with("x ~ Poisson(lambda)", &options(&["lambda"], &[])).unwrap_err(), @r"
    error[nothing-estimated]: nothing is left to estimate
    2 | known lambda
      |       ^^^^^^ no symbol in it is free
    mend: type a symbol for what is estimated, as in `x ~ Normal(mu, sigma)`; `e` and `pi` are numbers, and what stands in `known` is given
    ");
}

#[test]
fn parameters_stand_in_the_order_of_the_text() {
    for (text, parameters) in [
        ("x ~ Normal(b*0 + a, s)", &["b", "a", "s"][..]),
        (
            "s2 = v + w; x ~ Normal(m, sqrt(s2*u))",
            &["m", "v", "w", "u"],
        ),
        (
            "p(x | z, a) = a*exp(-a*x)*z/z; y ~ Normal(m, a)",
            &["z", "a", "m"],
        ),
        (
            "y ~ Normal(m, s); p(x | z, s) = s*exp(-s*x)*z/z; z > 0",
            &["m", "s", "z"],
        ),
        ("known n; k ~ Binomial(n, p)", &["p"]),
        (
            "p(k | n, p) = choose(n, k)*p^k*(1-p)^(n-k); k in {0, 1, ..., n}",
            &["n", "p"],
        ),
    ] {
        assert_eq!(names(&model(text).parameters), parameters, "{text}");
    }
}

#[test]
fn integer_parameters_are_named_with_the_reason() {
    for (text, name, reason) in [
        (
            "k ~ Binomial(n, p)",
            "n",
            "`Binomial` takes it as its trials, an integer",
        ),
        (
            "p(x | N) = 1/N; x in {1, 2, ..., N}",
            "N",
            "it bounds the support of `x`",
        ),
        (
            "p(x | a, m) = a*exp(-a*x)*m/m; x > 0; m in integer",
            "m",
            "it is declared to be an integer",
        ),
        (
            "known K; p(x | N) = choose(K, x)*choose(N-K, 2-x)/choose(N, 2); x in {0, 1, 2}",
            "N",
            "a binomial coefficient counts with it",
        ),
    ] {
        let found = model(text).integer_parameters;
        assert_eq!(
            found
                .iter()
                .map(|(s, why)| (s.name(), &**why))
                .collect::<Vec<_>>(),
            [(name, reason)],
            "{text}"
        );
    }
    assert!(
        model("k ~ Binomial(n, p); known n")
            .integer_parameters
            .is_empty()
    );
}
