//! The judge against numbers made independently (mpmath, at 20 digits or more) and against textbook values.

#![allow(clippy::excessive_precision)]

mod model;

mod catalogue;
mod continuous;
mod discrete;
mod evidence;
mod existence;
mod joint;
mod verdicts;

use bartlett::check::{Existence, Outcome, Status, evaluate_information, mass, second_moments};
use bartlett::model::Model;
use bartlett_expr::Symbol;

/// Every entry of E[s sᵀ] is sure and right, and the mass is `total`.
fn expect_information(model: &Model, point: &[(&str, f64)], wanted: &[&[f64]]) {
    let point = model::at(point);
    let found = evaluate_information(model, &point).expect("the score has a formula");
    for (i, row) in wanted.iter().enumerate() {
        for (j, value) in row.iter().enumerate() {
            let entry = found[i][j];
            assert!(entry.is_sure(), "{} [{i}][{j}]: {entry:?}", model.text);
            let scale = value.abs().max((wanted[i][i] * wanted[j][j]).sqrt());
            let difference = (entry.value - value).abs();
            assert!(
                difference <= 1e-9 * scale && entry.error <= 1e-7 * scale,
                "{} [{i}][{j}]: {entry:?}, not {value}",
                model.text
            );
            assert!(
                difference <= 10.0 * entry.error + 1e-12 * scale,
                "{} [{i}][{j}]: {entry:?} understates its error, {value}",
                model.text
            );
        }
    }
}

fn expect_mass(model: &Model, point: &[(&str, f64)], wanted: f64) {
    let density = &model.observations[0].density;
    let found = mass(density, &model.facts, &model::at(point));
    assert_eq!(found.status, Status::Converged, "{}: {found:?}", model.text);
    let difference = (found.value - wanted).abs();
    assert!(difference <= 1e-10 * wanted, "{}: {found:?}", model.text);
}

fn existence(model: &Model, point: &[(&str, f64)]) -> Vec<Existence> {
    let density = &model.observations[0].density;
    let score = density
        .log_density
        .gradient(&model.parameters)
        .expect("the score has a formula");
    second_moments(density, &model.facts, &score, &model::at(point))
}

fn information(model: &Model, point: &[(&str, f64)]) -> Vec<Vec<Outcome>> {
    evaluate_information(model, &model::at(point)).expect("the score has a formula")
}

fn names(model: &Model) -> Vec<Symbol> {
    model.parameters.clone()
}
