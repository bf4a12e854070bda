//! Is a matrix of formulas positive definite at some point of the domains? One such point proves that it has an inverse.
//! In: a `Model`, entries. Out: yes, or not seen. Never: a proof that it is singular.

use super::expectation::Outcome;
use super::information::Judge;
use super::rows;
use super::sample::Sampler;
use crate::model::Model;
use crate::symmetric::Symmetric;
use bartlett_expr::Expr;

/// Points that are tried.
const TRIED: usize = 12;
/// Points at which integrals are computed for it.
const JUDGED: usize = 3;

/// Is the symmetric matrix, or the information of the model by number, positive definite, beyond rounding, at a sampled point?
#[must_use]
pub fn is_definite_somewhere(model: &Model, matrix: Option<&[Vec<Expr>]>) -> bool {
    let flat: Vec<Model> = if model.has_rows() {
        // Few rows may carry less information than there are parameters.
        rows::with_rows(model, model.parameters.len() + 2)
            .into_iter()
            .collect()
    } else {
        vec![model.clone()]
    };
    let Some(flat) = flat.first() else {
        return false;
    };
    let mut sampler = Sampler::new(flat, 29);
    let judge = match matrix {
        Some(_) => None,
        None => match Judge::new(flat) {
            Ok(judge) => Some(judge),
            Err(_) => return false,
        },
    };
    let tried = if judge.is_some() { JUDGED } else { TRIED };
    (0..tried).any(|k| {
        // Far out the information may fade.
        let spread = if k % 2 == 0 { 1.0 } else { 0.3 };
        sampler.spread(spread).is_some_and(|point| {
            let by_formula = |row: &Vec<Expr>| row.iter().map(|e| e.value_at(&point)).collect();
            let by_number = |row: &Vec<Outcome>| {
                let sure = |e: &Outcome| if e.is_sure() { e.value } else { f64::NAN };
                row.iter().map(sure).collect()
            };
            let values: Vec<Vec<f64>> = match (matrix, &judge) {
                (Some(matrix), _) => matrix.iter().map(by_formula).collect(),
                (None, Some(judge)) => {
                    let found = judge.information(&point);
                    found.matrix.iter().map(by_number).collect()
                }
                (None, None) => return false,
            };
            Symmetric::from_rows(&values).is_definite()
        })
    })
}
