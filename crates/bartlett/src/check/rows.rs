//! Models over rows whose number is a symbol, judged with a few rows written out.
//! In: such a model. Out: the same with three or four rows. Never: a closed sum; rows are added one by one.

use super::sample::Point;
use crate::model::Model;
use bartlett_expr::{Expr, Symbol};
use std::ops::RangeInclusive;

/// First guesses of the number of rows.
const SIZES: [i64; 2] = [3, 4];
/// Fewest and most rows of a model that is judged.
const FEWEST: usize = 2;
const MOST: usize = 12;
/// How far sizes are looked for.
const TRIES: i64 = 12;

/// The model with few rows, twice with other numbers of them; none where no such numbers are allowed.
pub(super) fn written_out(model: &Model) -> Vec<Model> {
    if model.sizes().is_empty() {
        // The ends are numbers.
        return model.written_out(&[]).into_iter().collect();
    }
    let few = |first: i64| search(model, first, FEWEST..=MOST);
    SIZES.into_iter().filter_map(few).collect()
}

/// The model with at least so many rows, if there may be so many.
pub(super) fn with_rows(model: &Model, least: usize) -> Option<Model> {
    if model.sizes().is_empty() {
        return model.written_out(&[]);
    }
    search(model, SIZES[0], least..=10 * (least + MOST))
}

/// The smallest sizes from `first` on that give a number of rows within the range.
fn search(model: &Model, first: i64, rows: RangeInclusive<usize>) -> Option<Model> {
    let symbols = model.sizes();
    (0..TRIES).find_map(|more| {
        let sizes: Vec<(Symbol, i64)> = symbols
            .iter()
            .zip(0..)
            .map(|(symbol, k)| (symbol.clone(), first + more + k))
            .collect();
        if !allowed(model, &sizes) {
            return None;
        }
        let flat = model.written_out(&sizes)?;
        rows.contains(&flat.observations.len()).then_some(flat)
    })
}

/// Are the sizes inside their domains?
fn allowed(model: &Model, sizes: &[(Symbol, i64)]) -> bool {
    let point: Point = sizes
        .iter()
        .map(|(symbol, value)| (symbol.clone(), *value as f64))
        .collect();
    let value = |e: &Expr| e.value_at(&point);
    let inside = |(symbol, size): &(Symbol, f64)| {
        model.facts.domain(symbol).is_none_or(|domain| {
            let (lower, upper) = (value(&domain.lower.value), value(&domain.upper.value));
            !(*size < lower || *size > upper)
        })
    };
    // What has no value without the other symbols forbids nothing.
    let (positives, nonnegatives) = (model.facts.positives(), model.facts.nonnegatives());
    let refuted =
        positives.iter().any(|e| value(e) <= 0.0) || nonnegatives.iter().any(|e| value(e) < 0.0);
    point.iter().all(inside) && !refuted
}
