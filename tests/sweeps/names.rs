//! Sweep: names, aliases and spellings of functions.
//! In: `FUNCTIONS`. Out: what is wrong. Never: a number.

use crate::report;
use bartlett_expr::functions::{FUNCTIONS, Function, FunctionRef, Meaning};
use bartlett_expr::{Expr, parse};
use std::collections::BTreeMap;

fn rows() -> impl Iterator<Item = &'static Function> {
    FUNCTIONS.iter().copied().flatten()
}

fn names(row: &'static Function) -> impl Iterator<Item = &'static str> {
    std::iter::once(row.name).chain(row.aliases.iter().copied())
}

#[test]
fn a_name_with_a_number_of_arguments_means_one_row() {
    let mut owners: BTreeMap<(&str, usize), &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows() {
        for name in names(row) {
            if let Some(other) = owners.insert((name, row.arguments.len()), row.name) {
                wrong.push(format!("`{name}` means {other} and {}", row.name));
            }
            let found = FunctionRef::find(name, row.arguments.len());
            if found.is_none_or(|f| !std::ptr::eq(f.row(), row)) {
                wrong.push(format!("`{name}` does not find {}", row.name));
            }
        }
        if row.source.is_empty() {
            wrong.push(format!("{}: no source", row.name));
        }
    }
    // One name never means two functions, whatever the number of arguments.
    for ((name, _), owner) in &owners {
        if owners.iter().any(|((n, _), o)| n == name && o != owner) {
            wrong.push(format!("`{name}` means two functions"));
        }
    }
    report("names", &wrong);
}

#[test]
fn every_name_is_read_by_the_parser() {
    let mut wrong = Vec::new();
    for row in rows() {
        let symbols: Vec<Expr> = row
            .arguments
            .iter()
            .map(|a| Expr::symbol(&format!("{a}1")))
            .collect();
        let expected = Expr::function(row.name, symbols.iter().cloned());
        for name in names(row) {
            let list: Vec<String> = row.arguments.iter().map(|a| format!("{a}1")).collect();
            let text = format!("{name}({})", list.join(", "));
            match parse(&text) {
                Ok(read) if read == expected => {}
                Ok(read) => wrong.push(format!("`{text}` is read as {read:?}")),
                Err(problem) => wrong.push(format!("`{text}`: {}", problem.render(&text))),
            }
        }
    }
    report("parsing", &wrong);
}

#[test]
fn every_spelling_mentions_every_argument() {
    let mut wrong = Vec::new();
    for row in rows() {
        let primitive = matches!(row.meaning, Meaning::Primitive { .. });
        for (format, template) in [
            ("LaTeX", row.spelled.latex),
            ("Unicode", row.spelled.unicode),
            ("SymPy", row.spelled.sympy),
        ] {
            if template.is_empty() {
                // A plain call by name serves for text and SymPy; LaTeX has to be spelled.
                if primitive && format == "LaTeX" {
                    wrong.push(format!("{}: no LaTeX", row.name));
                }
                continue;
            }
            let mentioned = |i: usize| template.contains(&format!("#{i}"));
            let all = (1..=row.arguments.len()).all(mentioned);
            if !all || mentioned(row.arguments.len() + 1) {
                wrong.push(format!("{}: {format} `{template}`", row.name));
            }
        }
    }
    report("spellings", &wrong);
}
