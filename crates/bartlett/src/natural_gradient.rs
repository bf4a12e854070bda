//! The natural gradient I⁻¹∇ℓ of the log-likelihood, of one observation or of a sample.
//! In: a `Report`. Out: a `Reading`. Never: a direction where the information has no inverse.

use crate::bound::printed;
use crate::influence::{certified, directions};
use crate::quantity::{Label, Quantity, Value};
use crate::reading::Reading;
use crate::report::Report;
use bartlett_expr::{Binder, Expr, Symbol, normal};

/// I⁻¹∇ℓ for the data of one observation, or the sample's (n I)⁻¹ Σ ∇ℓ(xᵢ) for n.
///
/// - Shape: one entry a parameter, in order; units of the parameter.
/// - Source: Amari (1998).
#[must_use]
pub fn natural_gradient(report: &Report, observations: Option<&Expr>) -> Reading {
    let mut reading = Reading::of(report);
    reading.observations = observations.cloned();
    let Some(entries) = directions(report, &mut reading, "natural_gradient") else {
        return reading;
    };
    if !certified(report, &entries, &mut reading, "natural_gradient") {
        return reading;
    }
    let labels = report
        .model
        .parameters
        .iter()
        .map(|parameter| {
            let name = Label::symbol(parameter);
            Label {
                latex: format!("\\tilde\\nabla_{{{}}} \\ell", name.latex),
                ..name
            }
        })
        .collect();
    let (entries, remark, definition) = match observations {
        None => (
            entries,
            String::new(),
            "I⁻¹∇ℓ for one observation: steepest ascent of ℓ where lengths are measured by I",
        ),
        Some(n) => (
            entries
                .iter()
                .map(|entry| averaged(report, entry, n))
                .collect(),
            format!("of {} observations", n.unicode()),
            "(n I)⁻¹∇ℓ with ℓ the log-likelihood of the sample: one step of Fisher scoring",
        ),
    };
    reading.quantities.push(Quantity {
        labels,
        remark,
        definition: definition.to_owned(),
        status: report
            .crb
            .as_ref()
            .map_or(crate::report::Closure::Closed, |crb| crb.status),
        ..Quantity::closed(
            "natural_gradient",
            "natural gradient",
            "\\mathcal{I}^{-1} \\nabla \\ell",
            Value::Vector(entries),
        )
    });
    reading
}

/// The mean over a sample of a function of one observation, its sums as short as the terms allow.
fn averaged(report: &Report, entry: &Expr, n: &Expr) -> Expr {
    let facts = &report.model.facts;
    let data: Vec<Symbol> = report.model.data().map(|d| d.symbol.clone()).collect();
    let taken = |name: &str| {
        let symbol = Symbol::new(name);
        entry.contains(&symbol) || n.contains(&symbol)
    };
    let index = ["i", "j", "k", "l", "m"]
        .into_iter()
        .find(|name| !taken(name))
        .unwrap_or("index");
    let at = Expr::symbol(index);
    let mut constant = Vec::new();
    let mut sums: Vec<(Expr, Vec<Expr>)> = Vec::new();
    for term in normal::expanded(entry).summands() {
        if !term.contains_any(&data) {
            constant.push(term);
            continue;
        }
        let (held, free): (Vec<Expr>, Vec<Expr>) = term
            .factors()
            .into_iter()
            .partition(|factor| factor.contains_any(&data));
        let held = Expr::product(held);
        let free = Expr::product(free);
        match sums.iter_mut().find(|(other, _)| *other == held) {
            Some((_, coefficients)) => coefficients.push(free),
            None => sums.push((held, vec![free])),
        }
    }
    let sums = sums.into_iter().map(|(held, coefficients)| {
        let body = data.iter().fold(held, |body, datum| {
            body.replace(datum, &Expr::indexed(datum.clone(), [at.clone()]))
        });
        let sum = Expr::bound(
            Binder::Sum,
            Symbol::new(index),
            Expr::one(),
            n.clone(),
            body,
        );
        printed(facts, &Expr::sum(coefficients)) * sum / n
    });
    printed(facts, &Expr::sum(constant)) + Expr::sum(sums)
}
