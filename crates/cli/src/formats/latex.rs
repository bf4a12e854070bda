//! A LaTeX fragment that compiles with amsmath.
//! In: a `Reading`. Out: comments and one `align*`. Never: text outside of mathematics but in comments.

use super::page::{rounded, verdict};
use bartlett::Expr;
use bartlett::quantity::{Label, Quantity, Value, decimal};
use bartlett::reading::Reading;
use bartlett_expr::print::latex_of_matrix;

/// The fragment.
pub fn fragment(reading: &Reading) -> String {
    let mut out = String::from("% needs \\usepackage{amsmath}\n");
    for line in reading.model.text.lines() {
        comment(&mut out, line);
    }
    for quantity in &reading.quantities {
        comment(&mut out, &quantity.definition);
    }
    let equations: Vec<_> = reading.quantities.iter().flat_map(equations).collect();
    if !equations.is_empty() {
        out.push_str("\\begin{align*}\n");
        let lines: Vec<String> = equations
            .iter()
            .map(|(left, right)| format!("  {left} &= {right}"))
            .collect();
        out.push_str(&lines.join(" \\\\\n"));
        out.push_str("\n\\end{align*}\n");
    }
    out.push_str(&super::steps::latex(&reading.steps));
    if reading.expectations {
        for finding in &reading.regularity.findings {
            comment(&mut out, finding);
        }
        for check in &reading.checks {
            let at: Vec<String> = check
                .at
                .iter()
                .map(|(symbol, value)| format!("{symbol} = {}", rounded(*value)))
                .collect();
            comment(
                &mut out,
                &format!("checked at {}: {}", at.join(", "), verdict(check)),
            );
        }
    }
    for note in &reading.notes {
        comment(&mut out, note);
    }
    out
}

/// Left and right sides, in order.
pub(super) fn equations(quantity: &Quantity) -> Vec<(String, String)> {
    sides(&quantity.latex, &quantity.labels, &quantity.value)
}

fn sides(left: &str, labels: &[Label], value: &Value) -> Vec<(String, String)> {
    let one = |right: String| vec![(left.to_owned(), right)];
    let named = |i: usize| labels.get(i).map_or(left, |label| label.latex.as_str());
    match value {
        Value::Absent => Vec::new(),
        Value::Scalar(e) => one(e.latex()),
        Value::Number(number) => one(decimal(*number)),
        Value::Words(words) => one(format!("\\text{{{}}}", escaped(words))),
        Value::Vector(entries) if labels.is_empty() => one(matrix(std::slice::from_ref(entries))),
        Value::Vector(entries) => (0..)
            .zip(entries)
            .map(|(i, entry)| (named(i).to_owned(), entry.latex()))
            .collect(),
        Value::Table(rows) if rows.is_empty() => Vec::new(),
        Value::Matrix(rows) | Value::Table(rows) => one(matrix(rows)),
        Value::Nested(values) => (0..)
            .zip(values)
            .flat_map(|(i, value)| sides(named(i), &[], value))
            .collect(),
        Value::Branches(_, cases) => cases
            .iter()
            .flat_map(|(label, value)| {
                let place = format!("\\quad ({})", label.latex);
                let mut found = sides(left, labels, value);
                found
                    .iter_mut()
                    .for_each(|(_, right)| right.push_str(&place));
                found
            })
            .collect(),
    }
}

/// Words inside `\text{…}`.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    for letter in words.chars() {
        match letter {
            '_' | '#' | '%' | '&' | '$' | '{' | '}' => out.extend(['\\', letter]),
            '~' => out.push_str("$\\sim$"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '⪰' => out.push_str("$\\succeq$"),
            '⪯' => out.push_str("$\\preceq$"),
            _ => out.push(letter),
        }
    }
    out
}

fn matrix(rows: &[Vec<Expr>]) -> String {
    match rows {
        [row] if row.len() == 1 => row[0].latex(),
        _ => latex_of_matrix(rows),
    }
}

fn comment(out: &mut String, text: &str) {
    for line in text.lines() {
        out.push_str("% ");
        out.push_str(line);
        out.push('\n');
    }
}
