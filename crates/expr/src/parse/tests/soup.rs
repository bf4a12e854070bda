//! Any row of tokens, however wild, is read or refused, quickly and without a panic.

use super::*;
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "x",
    "mu",
    "σ",
    "2",
    "0",
    "0.5",
    "1e-3",
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
    "⁻¹",
    "log",
    "log ",
    "sum(",
    "if(",
    "indicator(",
    "beta",
    "gamma(",
    "e",
    "π",
    "in",
    "and",
    "or",
    "for",
    " ",
    "\n",
    "∝",
    "∞",
    "#",
    "é",
    "ℕ",
    "½",
];

proptest! {
    #[test]
    fn token_soup_is_read_or_refused(picks in prop::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        let scope = Scope::new(&Table);
        let started = std::time::Instant::now();
        match expression(&text, &scope) {
            Ok(read) => {
                read.warnings.iter().for_each(|problem| drop(problem.render(&text)));
                let _ = read.value.free_names();
            }
            Err(problem) => {
                prop_assert!(!problem.render(&text).is_empty());
                prop_assert!(problem.labels.iter().all(|label| label.span.start <= label.span.end && label.span.end <= text.len()));
                prop_assert!(problem.labels.iter().all(|label| text.is_char_boundary(label.span.start) && text.is_char_boundary(label.span.end)));
            }
        }
        prop_assert!(started.elapsed().as_secs() < 2);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let scope = Scope::new(&Table);
        if let Err(problem) = expression(&text, &scope) {
            prop_assert!(!problem.render(&text).is_empty());
        }
    }
}
