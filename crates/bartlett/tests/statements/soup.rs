//! Any row of tokens, however wild, is read or refused, quickly and without a panic.

use bartlett::model::statement::{Vocabulary, statements};
use bartlett::model::statement_check::{law_names, unknown_names};
use bartlett::model::statement_fragments::{assignments, expressions, names, scope, tuple};
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "x",
    "p",
    "mu",
    "σ",
    "2",
    "0",
    "0.5",
    "..",
    "...",
    "+",
    "-",
    "*",
    "/",
    "^",
    "!",
    "|",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    "~",
    "=",
    "==",
    "<",
    ">=",
    "√",
    "²",
    "log ",
    "sum(",
    "if(",
    "Normal(",
    "MvNormal(",
    "normal",
    "in",
    " in ",
    " in real",
    "for ",
    "for i in 1..n: ",
    "known ",
    "truncate ",
    "censor ",
    " to ",
    "∝",
    "p(x | a) = ",
    "x ~ ",
    "simplex(",
    "real^",
    " ",
    " ",
    "\n",
    "#",
    "é",
    "inf",
];

fn survives(text: &str) -> Result<(), TestCaseError> {
    let vocabulary = Vocabulary::standard();
    let started = std::time::Instant::now();
    match statements(text, &vocabulary) {
        Ok(read) => {
            let _ = law_names(&read.value);
            unknown_names(&read.value, &vocabulary)
                .iter()
                .for_each(|problem| drop(problem.render(text)));
        }
        Err(problems) => {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(!problem.render(text).is_empty());
                for label in &problem.labels {
                    prop_assert!(
                        label.span.start <= label.span.end && label.span.end <= text.len(),
                        "{problem:?}"
                    );
                    prop_assert!(
                        text.is_char_boundary(label.span.start)
                            && text.is_char_boundary(label.span.end),
                        "{problem:?}"
                    );
                }
                prop_assert!(
                    !problem.labels[0].text.is_empty() && !problem.mends.is_empty(),
                    "{problem:?}"
                );
            }
        }
    }
    let scope = scope(&vocabulary, ["x"]);
    let _ = (
        expressions(text, &scope),
        assignments(text, &scope),
        names(text, &scope),
        tuple(text, &scope),
    );
    prop_assert!(started.elapsed().as_secs() < 2);
    Ok(())
}

proptest! {
    #[test]
    fn token_soup_is_read_or_refused(picks in prop::collection::vec(0..PIECES.len(), 0..40)) {
        survives(&picks.iter().map(|pick| PIECES[*pick]).collect::<String>())?;
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        survives(&text)?;
    }
}

#[test]
fn long_and_deep_models_are_read_or_refused_in_linear_time() {
    let vocabulary = Vocabulary::standard();
    let started = std::time::Instant::now();
    let many: String = (0..20_000)
        .map(|k| format!("y{k} ~ Normal(a + b*{k}, s)\n"))
        .collect();
    assert_eq!(
        statements(&many, &vocabulary)
            .expect("it is well formed")
            .value
            .len(),
        20_000
    );
    let deep = "for i in 1..n: ".repeat(50_000);
    assert_eq!(
        statements(&deep, &vocabulary).expect_err("too deep")[0].code,
        "deep-repetition"
    );
    for open in ["(", "{", "[", "x in (", "p(x | ", "x ~ Normal(["] {
        assert!(statements(&open.repeat(20_000), &vocabulary).is_err());
    }
    let nested = format!(
        "x ~ Normal({}1{}, 2)",
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    assert_eq!(
        statements(&nested, &vocabulary).expect_err("too deep")[0].code,
        "nesting-too-deep"
    );
    assert!(started.elapsed().as_secs() < 20);
}
