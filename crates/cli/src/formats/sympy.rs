//! A Python program whose variables are SymPy's objects.
//! In: a `Reading`. Out: source that runs with `import sympy`. Never: a decimal number in a formula.

use bartlett::quantity::{Label, Value, decimal};
use bartlett::reading::Reading;
use bartlett_expr::print::{sympy_name, sympy_program_of_matrix};
use bartlett_expr::{Domain, Expr, Kind, Symbol, topological};
use std::collections::BTreeSet;

/// The program.
pub fn program(reading: &Reading) -> String {
    let model = &reading.model;
    let mut out = String::new();
    for line in model.text.lines() {
        out.push_str(&format!("# {line}\n"));
    }
    out.push_str("from sympy import *\n\n");
    let mut seen = BTreeSet::new();
    let counts = reading.observations.as_ref().and_then(Expr::as_symbol);
    // What the quantities name besides: the other point of a divergence, an index of a sum.
    let others: BTreeSet<Symbol> = reading
        .quantities
        .iter()
        .flat_map(|quantity| quantity.value.expressions())
        .flat_map(Expr::free_symbols)
        .collect();
    let symbols = model
        .parameters
        .iter()
        .chain(&reading.parameters)
        .chain(&model.known)
        .chain(model.data().map(|datum| &datum.symbol))
        .chain(counts)
        .chain(&others);
    let sums = bound_variables(reading);
    for symbol in symbols.chain(&sums) {
        // Entries are written as such, and need no name of their own.
        let is_entry = symbol.name().ends_with(']');
        if !is_entry && seen.insert(symbol.name().to_owned()) {
            let datum = model
                .data()
                .find(|datum| datum.symbol == *symbol)
                .map(|datum| &datum.support);
            let assumption = assumption(datum.or_else(|| reading.facts.domain(symbol)));
            out.push_str(&format!(
                "{} = Symbol({:?}, {assumption}=True)\n",
                sympy_name(symbol.name()),
                sympy_name(symbol.name())
            ));
        }
    }
    out.push('\n');
    for quantity in &reading.quantities {
        if let Some(source) = source(&quantity.value) {
            for line in quantity.definition.lines() {
                out.push_str(&format!("# {line}\n"));
            }
            out.push_str(&format!("{} = {source}\n", quantity.key));
        }
    }
    let derivation = super::steps::page(&reading.steps, &super::spelling::PLAIN);
    for line in derivation.lines() {
        out.push_str(format!("# {line}").trim_end());
        out.push('\n');
    }
    let words = reading
        .regularity
        .findings
        .iter()
        .filter(|_| reading.expectations)
        .chain(&reading.notes);
    for line in words.flat_map(|text: &String| text.lines()) {
        out.push_str(&format!("# {line}\n"));
    }
    out
}

/// The variables of sums and products, which are integers, and of integrals.
fn bound_variables(reading: &Reading) -> BTreeSet<Symbol> {
    let formulas = reading.quantities.iter();
    let roots: Vec<Expr> = formulas
        .flat_map(|quantity| quantity.value.expressions())
        .cloned()
        .collect();
    let variable = |node: &Expr| match node.kind() {
        Kind::Bound(_, variable, ..) => Some(variable.clone()),
        _ => None,
    };
    topological(&roots).iter().filter_map(variable).collect()
}

/// Python source of a value.
fn source(value: &Value) -> Option<String> {
    let list = |parts: Vec<String>| format!("[{}]", parts.join(", "));
    match value {
        Value::Absent => None,
        Value::Scalar(e) => Some(e.sympy_program()),
        Value::Number(number) => Some(format!("Float('{}')", decimal(*number))),
        Value::Words(words) => Some(format!("{words:?}")),
        Value::Vector(entries) => {
            let column: Vec<Vec<Expr>> = entries.iter().map(|e| vec![e.clone()]).collect();
            Some(sympy_program_of_matrix(&column))
        }
        Value::Table(rows) if rows.is_empty() => None,
        Value::Matrix(rows) | Value::Table(rows) => Some(sympy_program_of_matrix(rows)),
        Value::Nested(values) => Some(list(values.iter().filter_map(source).collect())),
        Value::Branches(_, cases) => {
            let pair = |(label, value): &(Label, Value)| {
                source(value).map(|value| format!("({:?}, {value})", label.plain))
            };
            Some(list(cases.iter().filter_map(pair).collect()))
        }
    }
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
