//! A LaTeX fragment that compiles with amsmath.
//! In: a `View`. Out: comments and one `align*`. Never: text outside of mathematics but in comments.

use super::page::{rounded, verdict};
use super::{Part, View};
use bartlett::{Expr, Symbol};
use bartlett_expr::print::latex_of_matrix;

/// The fragment.
pub fn fragment(view: &View<'_>) -> String {
    let report = view.report;
    let mut out = String::from("% needs \\usepackage{amsmath}\n");
    for line in report.model.text.lines() {
        comment(&mut out, line);
    }
    let equations = equations(view);
    if !equations.is_empty() {
        out.push_str("\\begin{align*}\n");
        let lines: Vec<String> = equations
            .iter()
            .map(|(left, right)| format!("  {left} &= {right}"))
            .collect();
        out.push_str(&lines.join(" \\\\\n"));
        out.push_str("\n\\end{align*}\n");
    }
    if view.has_expectations() {
        for finding in &report.regularity.findings {
            comment(&mut out, finding);
        }
        for check in &report.checks {
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
    for note in &report.notes {
        comment(&mut out, note);
    }
    out
}

/// Left and right sides, in order.
pub(super) fn equations(view: &View<'_>) -> Vec<(String, String)> {
    let report = view.report;
    let parameters = &report.model.parameters;
    let point = names(parameters);
    let mut equations = Vec::new();
    if view.shows(Part::Score) {
        for (parameter, entry) in parameters.iter().zip(&report.score) {
            equations.push((
                format!("\\frac{{\\partial \\ell}}{{\\partial {}}}", name(parameter)),
                entry.latex(),
            ));
        }
    }
    if view.shows(Part::Hessian) && !report.hessian.is_empty() {
        let left = format!("\\nabla^2 \\ell({point})");
        equations.push((left, matrix(&report.hessian)));
    }
    let sample = view
        .observations
        .map_or_else(String::new, |n| format!("_{{{}}}", n.latex()));
    if view.shows(Part::Fisher)
        && let Some(fisher) = &report.fisher
    {
        equations.push((
            format!("\\mathcal{{I}}{sample}({point})"),
            matrix(&fisher.matrix),
        ));
    }
    if view.shows(Part::Crb)
        && let Some(crb) = &report.crb
    {
        equations.push((
            format!("\\mathcal{{I}}{sample}({point})^{{-1}}"),
            matrix(&crb.matrix),
        ));
    }
    equations
}

fn matrix(rows: &[Vec<Expr>]) -> String {
    match rows {
        [row] if row.len() == 1 => row[0].latex(),
        _ => latex_of_matrix(rows),
    }
}

fn name(symbol: &Symbol) -> String {
    Expr::symbol(symbol.name()).latex()
}

fn names(symbols: &[Symbol]) -> String {
    symbols.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn comment(out: &mut String, text: &str) {
    for line in text.lines() {
        out.push_str("% ");
        out.push_str(line);
        out.push('\n');
    }
}
