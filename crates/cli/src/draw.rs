//! Problems as drawn by rustc: message, the line concerned with a caret, the mend.
//! In: `Problem`s and the text they point into. Out: styled text for standard error. Never: a decision about what is wrong.

use crate::input::Source;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use bartlett_expr::{Problem, Span};
use std::ops::Range;

/// Draws every problem.
pub fn problems(source: &Source, problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| one(source, problem))
        .collect()
}

/// Draws a problem that points into the value of an option.
pub fn problem_in_option(option: &str, value: &str, problem: &Problem) -> String {
    let source = Source {
        name: Some(format!("<{option}>")),
        text: value.to_owned(),
        first_line: 1,
    };
    one(&source, problem)
}

/// Draws a refusal: what cannot be given, why, and what to do about it.
pub fn refusal(title: &str, findings: &[String]) -> String {
    let group = Group::with_title(Level::ERROR.primary_title(title)).elements(
        findings
            .iter()
            .map(|finding| Level::NOTE.message(finding.as_str())),
    );
    render(&[group])
}

/// Draws a message about no place in particular, with its mend.
pub fn message(title: &str, mend: Option<&str>) -> String {
    let group = Group::with_title(Level::ERROR.primary_title(title))
        .elements(mend.map(|mend| Level::HELP.message(mend)));
    render(&[group])
}

fn one(source: &Source, problem: &Problem) -> String {
    let level = if problem.is_error() {
        Level::ERROR
    } else {
        Level::WARNING
    };
    let mut snippet = Snippet::source(source.text.as_str())
        .line_start(source.first_line)
        .fold(true);
    if let Some(name) = &source.name {
        snippet = snippet.path(name.as_str());
    }
    for (i, label) in problem.labels.iter().enumerate() {
        let kind = if i == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let mut annotation = kind.span(within(&source.text, label.span));
        if !label.text.is_empty() {
            annotation = annotation.label(label.text.as_str());
        }
        snippet = snippet.annotation(annotation);
    }
    let group = level
        .primary_title(problem.message.as_str())
        .id(problem.code)
        .element(snippet)
        .elements(
            problem
                .mends
                .iter()
                .map(|mend| Level::HELP.message(mend.as_str())),
        );
    render(&[group])
}

fn render(groups: &[Group<'_>]) -> String {
    let mut drawn = Renderer::styled()
        .decor_style(DecorStyle::Ascii)
        .render(groups);
    drawn.push('\n');
    drawn
}

/// The span as a range of whole characters inside the text.
fn within(text: &str, span: Span) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str, problem: &Problem) -> String {
        let source = Source {
            name: None,
            text: text.to_owned(),
            first_line: 1,
        };
        anstream::adapter::strip_str(&one(&source, problem)).to_string()
    }

    #[test]
    fn a_problem_is_drawn_at_its_place() {
        let text = "x > 0\nσ² = 2πσ +";
        let at = text.rfind('+').expect("it is there");
        let problem = Problem::new(
            "missing-operand",
            Span::new(at, at + 1),
            "something is missing",
        )
        .because("after this")
        .mend("remove it");
        assert_eq!(
            plain(text, &problem),
            "error[missing-operand]: something is missing
  |
2 | σ² = 2πσ +
  |          ^ after this
  |
  = help: remove it
"
        );
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        for (text, start, end) in [
            ("", 3, 9),
            ("σ", 1, 1),
            ("a\n", 5, 2),
            ("a\r\n\u{7f}b", 1, 40),
        ] {
            assert!(
                plain(text, &Problem::new("c", Span::new(start, end), "m")).contains("error[c]: m")
            );
        }
    }
}
