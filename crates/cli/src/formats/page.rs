//! The page for a person: aligned, headed, in Unicode or in ASCII.
//! In: a `View`. Out: styled lines. Never: a formula's own spelling.

use super::domain::Words;
use super::{Part, View, WIDTH};
use bartlett::model::{Density, Model, Observation};
use bartlett::report::{Certificate, Closure, Information};
use bartlett::{Expr, Symbol};
use bartlett_expr::print::{matrix_of_entries, wrapped};
use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Write;

/// The spelling of a page.
pub struct Spelling {
    words: Words,
    derivative: &'static str,
    second_derivative: &'static str,
    bound: &'static str,
    identity: &'static str,
    matrix: fn(&[Vec<Expr>]) -> String,
    /// Findings and notes in the letters of this spelling.
    letters: fn(&str) -> String,
}

/// For a terminal.
pub static UNICODE: Spelling = Spelling {
    words: Words {
        expression: Expr::unicode,
        member: "∈",
        real: "ℝ",
        below: ["<", "≤"],
        above: [">", "≥"],
        braces: ["{", "}"],
        ellipsis: "…",
    },
    derivative: "∂/∂",
    second_derivative: "∂²/∂θᵢ∂θⱼ",
    bound: "Cramér–Rao bound",
    identity: "−E[H] = E[s sᵀ]",
    matrix: |rows| matrix(rows, Expr::unicode),
    letters: str::to_owned,
};

/// For anything that reads ASCII; its formulas parse back.
pub static PLAIN: Spelling = Spelling {
    words: Words {
        expression: Expr::text,
        member: "in",
        real: "real",
        below: ["<", "<="],
        above: [">", ">="],
        braces: ["{", "}"],
        ellipsis: "...",
    },
    derivative: "d/d",
    second_derivative: "d^2/d(theta_i)d(theta_j)",
    bound: "Cramer-Rao bound",
    identity: "-E[H] = E[s s^T]",
    matrix: |rows| {
        let line = bartlett_expr::print::text_of_matrix(rows);
        if line.chars().count() <= WIDTH - 4 {
            line
        } else {
            entry_by_entry(rows, Expr::text)
        }
    },
    letters: |text| {
        let ascii = [
            ("−", "-"),
            ("–", "-"),
            ("ᵀ", "^T"),
            ("≤", "<="),
            ("≥", ">="),
            ("∞", "inf"),
            ("…", "..."),
            ("é", "e"),
        ];
        ascii.iter().fold(text.to_owned(), |text, (letter, plain)| {
            text.replace(letter, plain)
        })
    },
};

const HEADING: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// The width of the words on the left of a line.
const LABEL: usize = 12;

/// Lines from which on a matrix beside the information is too long for the page that shows everything.
const LONG: usize = 30;

/// The page.
pub fn page(view: &View<'_>, spelling: &Spelling) -> String {
    let report = view.report;
    let mut page = Page {
        out: String::new(),
        spelling,
    };
    page.model(&report.model);
    if view.shows(Part::Score) && !report.score.is_empty() {
        page.heading("score", "");
        page.score(&report.model.parameters, &report.score);
    }
    if view.shows(Part::Hessian) && !report.hessian.is_empty() {
        page.heading("Hessian", spelling.second_derivative);
        page.block(&report.hessian, view.limit("hessian"));
    }
    let sample = view.observations.map_or_else(String::new, |n| {
        format!("of {} observations", (spelling.words.expression)(n))
    });
    if view.shows(Part::Fisher)
        && let Some(fisher) = &report.fisher
    {
        page.matrix("Fisher information", &sample, fisher, None);
    }
    if view.shows(Part::Crb)
        && let Some(crb) = &report.crb
    {
        page.matrix(spelling.bound, &sample, crb, view.limit("crb"));
    }
    if view.has_expectations() && !report.is_refused() {
        page.out.push('\n');
        page.regularity(view);
    }
    if view.has_expectations() {
        for (i, check) in report.checks.iter().enumerate() {
            page.check(if i == 0 { "checked" } else { "" }, check);
        }
    }
    for (i, note) in report.notes.iter().enumerate() {
        page.labeled(if i == 0 { "note" } else { "" }, &(spelling.letters)(note));
    }
    page.out
}

/// Aligned rows, or an entry a line where that is too wide.
fn matrix(rows: &[Vec<Expr>], expression: fn(&Expr) -> String) -> String {
    let entries: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(expression).collect())
        .collect();
    let drawn = matrix_of_entries(&entries, usize::MAX);
    if drawn
        .lines()
        .next()
        .is_none_or(|line| line.chars().count() <= WIDTH - 4)
    {
        return drawn;
    }
    entry_by_entry(rows, expression)
}

/// Each entry with its place; an entry that stands mirrored above is named only once.
fn entry_by_entry(rows: &[Vec<Expr>], expression: fn(&Expr) -> String) -> String {
    let mut lines = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (j, entry) in row.iter().enumerate() {
            if j < i && rows[j].get(i) == Some(entry) {
                continue;
            }
            let mirrored = i != j && rows.get(j).and_then(|row| row.get(i)) == Some(entry);
            let head = if mirrored {
                format!("[{}, {}] = [{1}, {0}] = ", i + 1, j + 1)
            } else {
                format!("[{}, {}] = ", i + 1, j + 1)
            };
            let body = wrapped(&expression(entry), WIDTH - 4 - head.chars().count());
            lines.push(format!("{head}{}", body.replace('\n', "\n    ")));
        }
    }
    lines.join("\n")
}

/// What a check found, in words.
pub(super) fn verdict(check: &Certificate) -> String {
    match (check.ok, check.max_rel_err) {
        // Nothing is closer than the last digit.
        (true, difference) => format!("agrees to {:.0e}", difference.max(1e-16)),
        (false, difference) if difference.is_finite() => {
            format!("differs by {difference:.0e}: {}", check.what)
        }
        (false, _) => check.what.clone(),
    }
}

/// Four digits of a number.
pub(super) fn rounded(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || !(1e-3..1e6).contains(&size) {
        let short = format!("{value:.3e}");
        let exact = value.to_string();
        return if exact.len() <= short.len() {
            exact
        } else {
            short
        };
    }
    // At least one and at most six places, so that four digits show.
    let places = if size >= 1000.0 {
        0
    } else if size >= 100.0 {
        1
    } else if size >= 10.0 {
        2
    } else if size >= 1.0 {
        3
    } else if size >= 0.1 {
        4
    } else if size >= 0.01 {
        5
    } else {
        6
    };
    let text = format!("{value:.places$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

struct Page<'a> {
    out: String,
    spelling: &'a Spelling,
}

impl Page<'_> {
    fn text(&self, e: &Expr) -> String {
        (self.spelling.words.expression)(e)
    }

    fn name(&self, symbol: &Symbol) -> String {
        self.spelling.words.name(symbol)
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn labeled(&mut self, label: &str, text: &str) {
        let pad = " ".repeat(LABEL.saturating_sub(label.chars().count()));
        self.line(&format!("{HEADING}{label}{HEADING:#}{pad}{text}"));
    }

    fn heading(&mut self, heading: &str, remark: &str) {
        let gap = if remark.is_empty() { "" } else { "  " };
        self.line(&format!("\n{HEADING}{heading}{HEADING:#}{gap}{remark}"));
    }

    /// A matrix under a heading; where there is a limit, a longer one is only named with the command that shows it.
    fn block(&mut self, rows: &[Vec<Expr>], limit: Option<&str>) {
        let drawn = match rows {
            [row] if row.len() == 1 => wrapped(&self.text(&row[0]), WIDTH - 4),
            _ => (self.spelling.matrix)(rows),
        };
        match (limit, drawn.lines().count()) {
            (Some(command), lines @ LONG..) => {
                self.line(&format!("  {lines} lines: `bartlett {command}` shows them"))
            }
            _ => drawn
                .lines()
                .for_each(|line| self.line(&format!("  {line}"))),
        }
    }

    fn model(&mut self, model: &Model) {
        for observation in &model.observations {
            let line = self.observation(observation, &model.parameters);
            self.line(&wrapped(&line, WIDTH).replace('\n', "\n    "));
        }
        let words = &self.spelling.words;
        let live = |symbols: &mut dyn Iterator<Item = &Symbol>| {
            symbols
                .map(|symbol| match model.facts.domain(symbol) {
                    Some(domain) => words.domain(symbol, domain),
                    None => format!("{} {} {}", words.name(symbol), words.member, words.real),
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        let parameters = live(&mut model.parameters.iter());
        let known = live(&mut model.known.iter());
        let mut data: Vec<String> = Vec::new();
        for datum in model.data() {
            let mut place = words.domain(&datum.symbol, &datum.support);
            if !datum.atoms.is_empty() {
                let [open, close] = words.braces;
                let atoms: Vec<String> = datum.atoms.iter().map(|atom| self.text(atom)).collect();
                let _ = write!(place, " + {open}{}{close}", atoms.join(", "));
            }
            if !data.contains(&place) {
                data.push(place);
            }
        }
        self.labeled("parameters", &parameters);
        if !known.is_empty() {
            self.labeled("known", &known);
        }
        self.labeled("data", &data.join(", "));
    }

    /// `x ~ Normal(μ, σ)` or `log p(x | θ) = …`
    fn observation(&self, observation: &Observation, parameters: &[Symbol]) -> String {
        let density: &Density = &observation.density;
        let data: Vec<String> = density
            .data
            .iter()
            .map(|datum| self.name(&datum.symbol))
            .collect();
        let data = data.join(", ");
        if let Some(law) = &observation.law {
            let arguments: Vec<String> = law
                .arguments
                .iter()
                .map(|argument| self.text(argument))
                .collect();
            return format!("{data} ~ {}({})", law.family.name, arguments.join(", "));
        }
        let parameters: Vec<String> = parameters.iter().map(|symbol| self.name(symbol)).collect();
        let head = format!("p({data} | {})", parameters.join(", "));
        match &density.typed {
            Some(typed) if !density.up_to_normalizer => format!("{head} = {}", self.text(typed)),
            _ => {
                let constant = if density.up_to_normalizer {
                    " + constant"
                } else {
                    ""
                };
                format!("log {head} = {}{constant}", self.text(&density.log_density))
            }
        }
    }

    fn score(&mut self, parameters: &[Symbol], score: &[Expr]) {
        let names: Vec<String> = parameters.iter().map(|symbol| self.name(symbol)).collect();
        let width = names
            .iter()
            .map(|name| name.chars().count())
            .max()
            .unwrap_or(0);
        for (name, entry) in names.iter().zip(score) {
            let pad = " ".repeat(width - name.chars().count());
            let indent = self.spelling.derivative.chars().count() + width + 4;
            let formula = wrapped(&self.text(entry), WIDTH.saturating_sub(indent).max(40));
            let formula = formula.replace('\n', &format!("\n{}", " ".repeat(indent)));
            self.line(&format!(
                "  {}{name}{pad}  {formula}",
                self.spelling.derivative
            ));
        }
    }

    fn matrix(&mut self, heading: &str, sample: &str, matrix: &Information, limit: Option<&str>) {
        let closure = match matrix.status {
            Closure::Closed => "",
            Closure::Partial => "partial: some entries have no closed form that was found",
            Closure::Numeric => "numeric: no entry has a closed form that was found",
        };
        let remark = [sample, closure]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("; ");
        self.heading(heading, &remark);
        self.block(&matrix.matrix, limit);
    }

    fn regularity(&mut self, view: &View<'_>) {
        let regularity = &view.report.regularity;
        let identity = self.spelling.identity;
        let verdict = match (regularity.holds, regularity.information_identity) {
            (true, Some(true)) => format!("{GOOD}holds{GOOD:#}: E[s] = 0, {identity}"),
            (true, Some(false)) => format!("{GOOD}holds{GOOD:#}: E[s] = 0; but not {identity}"),
            (true, None) => format!("{GOOD}holds{GOOD:#}: E[s] = 0; {identity} was not decided"),
            (false, _) => format!("{BAD}fails{BAD:#}"),
        };
        self.labeled("regularity", &verdict);
        for finding in &regularity.findings {
            self.labeled("", &(self.spelling.letters)(finding));
        }
    }

    fn check(&mut self, label: &str, check: &Certificate) {
        let style = if check.ok { GOOD } else { BAD };
        let verdict = verdict(check);
        let place: Vec<String> = check
            .at
            .iter()
            .map(|(symbol, value)| format!("{} = {}", self.name(symbol), rounded(*value)))
            .collect();
        let place = if place.is_empty() {
            String::new()
        } else {
            format!("at {}: ", place.join(", "))
        };
        let verdict = (self.spelling.letters)(&verdict);
        self.labeled(label, &format!("{place}{style}{verdict}{style:#}"));
    }
}
