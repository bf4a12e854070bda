//! What is wrong with an input: where, why, and what to type instead.
//! In: one mistake. Out: `Problem`, and its plain drawing with a caret under the place. Never: a refusal of a model that was understood.

use std::fmt;

/// A range of bytes of the text that was typed; the end is excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The text under the span; empty where the span does not lie in `source`.
    #[must_use]
    pub fn text(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or("")
    }
}

/// A value together with the place where it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `node`, typed at `span`.
    pub const fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }
}

/// Whether the input can be used all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Not understood.
    Error,
    /// Understood, but perhaps not as it was meant.
    Warning,
}

/// A place with a word about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say there.
    pub text: String,
}

/// Something wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// The kind of mistake, in kebab case: `"missing-operand"`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// One line: what is wrong.
    pub message: String,
    /// The place of the mistake with the reason, then related places. Never empty.
    pub labels: Vec<Label>,
    /// What to type instead; may be empty.
    pub mends: Vec<String>,
    /// The input was understood, but the tool cannot do this yet (exit status 1, where other errors are 2).
    pub refused: bool,
}

impl Problem {
    /// An error of kind `code` at `span`, with a one-line message.
    #[must_use]
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            mends: Vec::new(),
            refused: false,
        }
    }

    /// The same as a refusal of an input that was understood.
    #[must_use]
    pub fn refusal(mut self) -> Self {
        self.refused = true;
        self
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Gives the reason, drawn beside the caret.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.labels[0].text = reason.into();
        self
    }

    /// Points at a related place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what to type instead; may be called several times.
    #[must_use]
    pub fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mends.push(mend.into());
        self
    }

    /// The place of the mistake.
    #[must_use]
    pub fn span(&self) -> Span {
        self.labels[0].span
    }

    /// Is it an error, not only a warning?
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The same problem in a longer text in which this text begins at byte `offset`.
    #[must_use]
    pub fn shifted(mut self, offset: usize) -> Self {
        for label in &mut self.labels {
            label.span = Span::new(label.span.start + offset, label.span.end + offset);
        }
        self
    }

    /// Draws the problem as plain text: message, the lines of `source` concerned with carets under the places, the mends.
    #[must_use]
    pub fn render(&self, source: &str) -> String {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut out = format!("{severity}[{}]: {}\n", self.code, self.message);
        let mut placed: Vec<(Line, &Label)> = self
            .labels
            .iter()
            .map(|label| (line_at(source, label.span), label))
            .collect();
        placed.sort_by_key(|(line, _)| line.number);
        let width = placed
            .iter()
            .map(|(line, _)| line.number.to_string().len())
            .max()
            .unwrap_or(1);
        let mut drawn = 0;
        for (line, label) in &placed {
            if line.number != drawn {
                out.push_str(format!("{:>width$} | {}", line.number, line.text).trim_end());
                out.push('\n');
                drawn = line.number;
            }
            let carets = "^".repeat(line.carets);
            let row = format!(
                "{:>width$} | {:>indent$}{carets} {}",
                "",
                "",
                label.text,
                indent = line.indent
            );
            out.push_str(row.trim_end());
            out.push('\n');
        }
        for mend in &self.mends {
            out.push_str("mend: ");
            out.push_str(mend);
            out.push('\n');
        }
        out
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A drawn line: its number from 1, its text (a window of it if it is long), and where the carets go, in characters.
struct Line {
    number: usize,
    text: String,
    indent: usize,
    carets: usize,
}

/// Longest line that is drawn whole, in characters.
const WINDOW: usize = 120;

fn line_at(source: &str, span: Span) -> Line {
    let mut at = span.start.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    let start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let number = source[..start].matches('\n').count() + 1;
    let whole = source[start..]
        .split('\n')
        .next()
        .unwrap_or("")
        .trim_end_matches('\r');
    let mut indent = source[start..at].chars().count();
    let mut end = span.end.clamp(at, start + whole.len().max(at - start));
    while !source.is_char_boundary(end) {
        end += 1;
    }
    let carets = source[at..end].chars().count().clamp(1, WINDOW);
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    let mut text: String = whole.chars().map(visible).collect();
    if text.chars().count() > WINDOW {
        let skipped = indent.saturating_sub(WINDOW / 2);
        text = text.chars().skip(skipped).take(WINDOW).collect();
        indent -= skipped;
        if skipped > 0 {
            text.insert(0, '…');
            indent += 1;
        }
        text.push('…');
    }
    Line {
        number,
        text,
        indent,
        carets,
    }
}

/// The candidates that `name` may be a misspelling of: the nearest ones, at most three.
///
/// Distance counts insertions, deletions, changes and swaps of neighbors; letter case costs nothing.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    if length == 0 || length > 40 {
        return Vec::new();
    }
    let allowed = match length {
        1 => 0,
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let distance = edit_distance(&wanted, &candidate.to_lowercase());
            (distance <= allowed && candidate != name).then_some((distance, candidate))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    let best = near.first().map_or(0, |nearest| nearest.0);
    near.into_iter()
        .filter(|(distance, _)| *distance == best)
        .take(3)
        .map(|(_, candidate)| candidate)
        .collect()
}

fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if b.len() > 60 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place() {
        let source = "x > 0\nσ² = 2\u{3c0}σ +";
        let at = source.rfind('+').expect("it is there");
        let problem = Problem::new(
            "missing-operand",
            Span::new(at, at + 1),
            "something is missing",
        )
        .because("after this")
        .mend("remove it");
        assert_eq!(
            problem.render(source),
            "error[missing-operand]: something is missing\n2 | σ² = 2πσ +\n  |          ^ after this\nmend: remove it\n"
        );
    }

    #[test]
    fn places_outside_the_text_and_long_lines_are_drawn_too() {
        let problem = Problem::new("a", Span::new(90, 95), "m");
        assert_eq!(problem.render("ab"), "error[a]: m\n1 | ab\n  |   ^\n");
        let long = "x + ".repeat(1000);
        assert!(
            Problem::new("a", Span::new(2000, 2001), "m")
                .render(&long)
                .lines()
                .all(|line| line.chars().count() < 140)
        );
    }

    #[test]
    fn suggestions_are_the_nearest() {
        assert_eq!(
            did_you_mean("normal", ["Normal", "LogNormal", "Cauchy"]),
            ["Normal"]
        );
        assert_eq!(
            did_you_mean("lgama", ["gamma", "lgamma", "log"]),
            ["lgamma"]
        );
        assert_eq!(did_you_mean("sgima", ["sigma", "mu"]), ["sigma"]);
        assert!(did_you_mean("x", ["y", "z"]).is_empty());
    }
}
