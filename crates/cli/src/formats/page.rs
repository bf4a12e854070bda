//! The page for a person: aligned, headed, in Unicode or in ASCII.
//! In: a `Reading`. Out: styled lines. Never: a formula's own spelling.

use super::WIDTH;
use super::spelling::Spelling;
use bartlett::model::{Density, Observation};
use bartlett::quantity::{Label, Quantity, Value, decimal};
use bartlett::reading::Reading;
use bartlett::report::{Certificate, Closure};
use bartlett::{Expr, Symbol};
use bartlett_expr::print::{matrix_of_entries, wrapped};
use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Write;

const HEADING: Style = Style::new().bold();
const REMARK: Style = Style::new().italic();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// The width of the words on the left of a line.
const LABEL: usize = 12;

/// Lines from which on a matrix beside the information is too long for the page that shows everything.
const LONG: usize = 30;

/// The page.
pub fn page(reading: &Reading, spelling: &Spelling) -> String {
    let mut page = Page {
        out: String::new(),
        spelling,
    };
    page.model(reading);
    for quantity in &reading.quantities {
        page.quantity(quantity);
    }
    if !reading.steps.is_empty() {
        page.heading("derivation", "");
        page.out
            .push_str(&super::steps::page(&reading.steps, spelling));
    }
    if reading.expectations && reading.refusal.is_none() {
        page.out.push('\n');
        page.regularity(reading);
    }
    if reading.expectations {
        for (i, check) in reading.checks.iter().enumerate() {
            page.check(if i == 0 { "checked" } else { "" }, check);
        }
    }
    for (i, note) in reading.notes.iter().enumerate() {
        page.labeled(if i == 0 { "note" } else { "" }, &(spelling.letters)(note));
    }
    page.out
}

/// Aligned rows, or an entry a line where that is too wide.
pub(super) fn drawn(rows: &[Vec<Expr>], expression: fn(&Expr) -> String) -> String {
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
pub(super) fn entry_by_entry(rows: &[Vec<Expr>], expression: fn(&Expr) -> String) -> String {
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

/// Words in lines of at most that width.
fn prose(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a line from the start");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
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

    /// Lines; where there is a limit, many are only named with the command that shows them.
    fn block(&mut self, drawn: &str, indent: &str, limit: Option<&str>) {
        match (limit, drawn.lines().count()) {
            (Some(command), lines @ LONG..) => self.line(&format!(
                "{indent}{lines} lines: `bartlett {command}` shows them"
            )),
            _ => drawn
                .lines()
                .for_each(|line| self.line(&format!("{indent}{line}"))),
        }
    }

    fn model(&mut self, reading: &Reading) {
        let model = &reading.model;
        for observation in &model.observations {
            let line = self.observation(observation, &model.parameters);
            self.line(&wrapped(&line, WIDTH).replace('\n', "\n    "));
        }
        let words = &self.spelling.words;
        let live = |symbols: &mut dyn Iterator<Item = &Symbol>| {
            symbols
                .map(|symbol| match reading.facts.domain(symbol) {
                    Some(domain) => words.domain(symbol, domain),
                    None => format!("{} {} {}", words.name(symbol), words.member, words.real),
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        let parameters = live(&mut reading.parameters.iter());
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
        let ranges = observation.rows.iter().flat_map(|rows| &rows.ranges);
        let ranges: String = ranges
            .map(|range| {
                let (lower, upper) = (self.text(&range.lower), self.text(&range.upper));
                format!("for {} in {lower}..{upper}: ", self.name(&range.index))
            })
            .collect();
        ranges + &self.one_row(observation, parameters)
    }

    fn one_row(&self, observation: &Observation, parameters: &[Symbol]) -> String {
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

    /// Title, definition, value.
    fn quantity(&mut self, quantity: &Quantity) {
        let is_empty = match &quantity.value {
            Value::Absent => true,
            Value::Vector(entries) => entries.is_empty(),
            Value::Table(rows) => rows.is_empty(),
            _ => false,
        };
        if is_empty {
            return;
        }
        let closure = match quantity.status {
            Closure::Closed => "",
            Closure::Partial => "partial: some entries have no closed form that was found",
            Closure::Numeric => "numeric: no entry has a closed form that was found",
        };
        let remark = [quantity.remark.as_str(), closure]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("; ");
        let letters = self.spelling.letters;
        self.heading(&letters(&quantity.title), &letters(&remark));
        if !quantity.definition.is_empty() {
            let definition = prose(&letters(&quantity.definition), WIDTH - 2);
            for line in &definition {
                self.line(&format!("  {REMARK}{line}{REMARK:#}"));
            }
        }
        self.value(&quantity.value, &quantity.labels, "  ", quantity.command);
    }

    fn value(&mut self, value: &Value, labels: &[Label], indent: &str, limit: Option<&str>) {
        match value {
            Value::Absent => {}
            Value::Scalar(e) => {
                let drawn = wrapped(&self.text(e), WIDTH - 2 - indent.len());
                self.block(&drawn, indent, limit);
            }
            Value::Number(number) => self.block(&decimal(*number), indent, None),
            Value::Words(words) => {
                let drawn = (self.spelling.letters)(words);
                self.block(&drawn, indent, None);
            }
            Value::Vector(entries) if labels.is_empty() => {
                let row = vec![entries.clone()];
                self.block(&(self.spelling.matrix)(&row), indent, limit);
            }
            Value::Vector(entries) => self.entries(labels, entries, indent),
            Value::Matrix(rows) | Value::Table(rows) => {
                let drawn = match &rows[..] {
                    [row] if row.len() == 1 => {
                        wrapped(&self.text(&row[0]), WIDTH - 2 - indent.len())
                    }
                    _ => (self.spelling.matrix)(rows),
                };
                self.block(&drawn, indent, limit);
            }
            Value::Nested(values) => {
                for (i, value) in values.iter().enumerate() {
                    if let Some(label) = labels.get(i) {
                        self.line(&format!("{indent}{}", (self.spelling.label)(label)));
                    }
                    self.value(value, &[], &format!("{indent}  "), limit);
                }
            }
            Value::Branches(_, cases) => {
                for (label, value) in cases {
                    self.line(&format!("{indent}where {}", (self.spelling.label)(label)));
                    self.value(value, labels, &format!("{indent}  "), limit);
                }
            }
        }
    }

    /// A line an entry, its name before it.
    fn entries(&mut self, labels: &[Label], entries: &[Expr], indent: &str) {
        let names: Vec<&str> = labels
            .iter()
            .map(|label| (self.spelling.label)(label))
            .collect();
        let width = names
            .iter()
            .map(|name| name.chars().count())
            .max()
            .unwrap_or(0);
        for (i, entry) in entries.iter().enumerate() {
            let name = names.get(i).copied().unwrap_or_default();
            let pad = " ".repeat(width - name.chars().count());
            let hanging = indent.len() + width + 2;
            let formula = wrapped(&self.text(entry), WIDTH.saturating_sub(hanging).max(40));
            let formula = formula.replace('\n', &format!("\n{}", " ".repeat(hanging)));
            self.line(&format!("{indent}{name}{pad}  {formula}"));
        }
    }

    fn regularity(&mut self, reading: &Reading) {
        let regularity = &reading.regularity;
        let identity = (self.spelling.letters)("−E[H] = E[s sᵀ]");
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
