//! Log-likelihoods that grow: nested, many parts, determinants, many rows.
//! In: a case, a size. Out: an expression and what is differentiated. Never: anything that is measured; that is the caller's.

use bartlett_expr::{Expr, Symbol};
use std::collections::HashMap;

/// The expression of a case and its parameters; `None` for a case that is not known.
#[must_use]
pub fn build(case: &str, size: usize) -> Option<(Expr, Vec<Symbol>)> {
    match case {
        "nest" => Some(nest_of("x", size)),
        "mixtures" => Some(mixtures(size)),
        "determinant" => Some(determinant(size)),
        _ => None,
    }
}

/// f = a·sin(f) + f, so many times, from a symbol of that name.
#[must_use]
pub fn nest_of(name: &str, levels: usize) -> (Expr, Vec<Symbol>) {
    let (x, a) = (Symbol::new(name), Expr::symbol("a"));
    let mut f = Expr::symbol(name);
    for _ in 0..levels {
        f = Expr::function("sin", [f.clone()]) * &a + &f;
    }
    (f, vec![x])
}

/// A product of mixtures of two normals, five parameters each.
fn mixtures(parts: usize) -> (Expr, Vec<Symbol>) {
    let x = Expr::symbol("x");
    let (mut terms, mut parameters) = (Vec::new(), Vec::new());
    for k in 0..parts {
        let [w, m, s, n, t] = ["w", "m", "s", "n", "t"].map(|c| Symbol::new(&format!("{c}{k}")));
        let component = |mean: &Symbol, scale: &Symbol| {
            let (mean, scale) = (Expr::symbol(mean.name()), Expr::symbol(scale.name()));
            let z = (&x - mean) / &scale;
            (-z.powi(2) / 2).exp() / scale
        };
        let weight = Expr::symbol(w.name());
        let density = &weight * component(&m, &s) + (Expr::one() - &weight) * component(&n, &t);
        terms.push(density.log());
        parameters.extend([w, m, s, n, t]);
    }
    (Expr::sum(terms), parameters)
}

/// The logarithm of the determinant of a symmetric matrix of symbols, by Laplace's minors.
fn determinant(size: usize) -> (Expr, Vec<Symbol>) {
    let name = |i: usize, j: usize| Symbol::new(&format!("v{}_{}", i.max(j), i.min(j)));
    let parameters = (0..size)
        .flat_map(|i| (0..=i).map(move |j| name(i, j)))
        .collect();
    let entry = |i: usize, j: usize| Expr::symbol(name(i, j).name());
    let all: Vec<usize> = (0..size).collect();
    let minors = minor(&entry, 0, &all, &mut HashMap::new());
    (minors.log(), parameters)
}

fn minor(
    entry: &impl Fn(usize, usize) -> Expr,
    row: usize,
    columns: &[usize],
    known: &mut HashMap<Vec<usize>, Expr>,
) -> Expr {
    if columns.is_empty() {
        return Expr::one();
    }
    if let Some(value) = known.get(columns) {
        return value.clone();
    }
    let mut terms = Vec::new();
    for (at, &column) in columns.iter().enumerate() {
        let others: Vec<usize> = columns.iter().copied().filter(|&c| c != column).collect();
        let term = entry(row, column) * minor(entry, row + 1, &others, known);
        terms.push(if at % 2 == 0 { term } else { -term });
    }
    let value = Expr::sum(terms);
    known.insert(columns.to_vec(), value.clone());
    value
}
