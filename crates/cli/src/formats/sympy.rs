//! A Python program whose variables are SymPy's objects.
//! In: a `View`. Out: source that runs with `import sympy`. Never: a decimal number in a formula.

use super::{Part, View};
use bartlett_expr::print::{sympy_name, sympy_of_matrix};
use bartlett_expr::{Domain, Expr};
use std::collections::BTreeSet;

/// The program.
pub fn program(view: &View<'_>) -> String {
    let report = view.report;
    let model = &report.model;
    let mut out = String::new();
    for line in model.text.lines() {
        out.push_str(&format!("# {line}\n"));
    }
    out.push_str("from sympy import *\n\n");
    let mut seen = BTreeSet::new();
    let counts = view.observations.and_then(Expr::as_symbol);
    let symbols = model
        .parameters
        .iter()
        .chain(&model.known)
        .chain(model.data().map(|datum| &datum.symbol))
        .chain(counts);
    for symbol in symbols {
        if seen.insert(symbol.name().to_owned()) {
            let datum = model
                .data()
                .find(|datum| datum.symbol == *symbol)
                .map(|datum| &datum.support);
            let assumption = assumption(datum.or_else(|| model.facts.domain(symbol)));
            out.push_str(&format!(
                "{} = Symbol({:?}, {assumption}=True)\n",
                sympy_name(symbol.name()),
                sympy_name(symbol.name())
            ));
        }
    }
    out.push('\n');
    if view.shows(Part::Score) {
        let column: Vec<Vec<Expr>> = report
            .score
            .iter()
            .map(|entry| vec![entry.clone()])
            .collect();
        out.push_str(&format!("score = {}\n", sympy_of_matrix(&column)));
    }
    if view.shows(Part::Hessian) && !report.hessian.is_empty() {
        out.push_str(&format!("hessian = {}\n", sympy_of_matrix(&report.hessian)));
    }
    if view.shows(Part::Fisher)
        && let Some(fisher) = &report.fisher
    {
        out.push_str(&format!("fisher = {}\n", sympy_of_matrix(&fisher.matrix)));
    }
    if view.shows(Part::Crb)
        && let Some(crb) = &report.crb
    {
        out.push_str(&format!("crb = {}\n", sympy_of_matrix(&crb.matrix)));
    }
    let words = report
        .regularity
        .findings
        .iter()
        .filter(|_| view.has_expectations())
        .chain(&report.notes);
    for line in words.flat_map(|text: &String| text.lines()) {
        out.push_str(&format!("# {line}\n"));
    }
    out
}

/// What SymPy may assume of a symbol.
fn assumption(domain: Option<&Domain>) -> &'static str {
    let zero = Expr::zero();
    match domain {
        Some(domain) if domain.is_discrete() => "integer",
        Some(domain) if domain.lower.value == zero && !domain.lower.closed => "positive",
        Some(domain) if domain.lower.value == zero => "nonnegative",
        Some(domain) if domain.upper.value == zero && !domain.upper.closed => "negative",
        _ => "real",
    }
}
