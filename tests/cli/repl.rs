//! The session, line by line from a pipe.

use crate::run::{bartlett, with_input, without_differences};

fn session(lines: &[&str]) -> crate::run::Answer {
    with_input(&["repl"], lines.join("\n").as_bytes())
}

#[test]
fn a_session_gives_the_same_output_as_the_commands() {
    let model = "x ~ Normal(mu, sigma)";
    let alone = bartlett(&["fisher", model, "--format", "plain"]);
    let answer = session(&[model, "fisher --format plain", "quit", "nonsense"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let shown = without_differences(&answer.out);
    assert!(shown.ends_with(&without_differences(&alone.out)), "{shown}");
}

#[test]
fn statements_are_added_and_a_law_begins_anew() {
    let answer = session(&[
        "x ~ Normal(mu, sigma)",
        "known sigma",
        "crb --of 'mu^2' --format plain",
        "y ~ Poisson(lambda)",
        "divergence --versus 'lambda = 3' --format plain",
        "model",
    ]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    for says in ["4*mu^2*sigma^2", "Kullback-Leibler", "y ~ Poisson(lambda)"] {
        assert!(
            answer.out.contains(says),
            "{says} is not in\n{}",
            answer.out
        );
    }
}

#[test]
fn a_line_that_is_wrong_does_not_end_the_session() {
    let answer = session(&[
        "fisher",
        "x ~ Nromal(mu, sigma)",
        "x ~ Normal(mu, sigma)",
        "fisher --format",
        "crb --of 'sigma",
        "x ~ Uniform(0, b)",
        "fisher",
        "help",
        "help fisher",
        "clear",
        "score",
    ]);
    assert_eq!(answer.status, 2);
    for says in [
        "no model yet",
        "Normal",
        "the quote ' is not closed",
        "no Fisher information",
    ] {
        assert!(
            answer.err.contains(says),
            "{says} is not in\n{}",
            answer.err
        );
    }
    assert!(answer.out.contains("quit"), "{}", answer.out);
    let refused = session(&["x ~ Uniform(0, b)", "fisher"]);
    assert_eq!(refused.status, 1);
}

#[test]
fn a_density_may_be_typed_over_several_lines() {
    let answer = session(&[
        "p(x | a) = (1 + a*x)/2",
        "x in (-1, 1)",
        "score --format plain",
    ]);
    assert!(
        answer.out.contains("x/(a*x + 1)"),
        "{}{}",
        answer.out,
        answer.err
    );
}
