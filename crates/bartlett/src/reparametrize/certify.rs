//! The transformed matrix against differences of the map and the matrix that the judge has seen.
//! In: a `Report`, a change, its `Map`. Out: `Certificate`s. Never: the symbolic Jacobian.

use super::{Change, Map};
use crate::agreement::{Claim, agree, matrix_at, values_at};
use crate::check::Point;
use crate::numeric;
use crate::report::{Certificate, Report};
use bartlett_expr::{Expr, Symbol};

const WHAT: &str = "transformed matrix against differences of the map and the information";

/// Compares every branch.
pub(super) fn certified(
    report: &Report,
    change: &Change,
    map: &Map,
) -> Result<Vec<Certificate>, String> {
    let Some(fisher) = &report.fisher else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for branch in &map.branches {
        let formulas: Vec<Expr> = branch.matrix.iter().flatten().cloned().collect();
        let flat = |rows: Vec<Vec<f64>>| rows.into_iter().flatten().map(|v| (v, 0.0)).collect();
        let found = match (change, &map.forward, &branch.inverse) {
            (Change::To(_), Some(forward), _) => {
                let claim = Claim {
                    what: WHAT,
                    formulas: &formulas,
                    model: &report.model,
                };
                agree(&claim, &mut |point| {
                    let region = values_at(&branch.region, point);
                    // Within a branch, and clear of its edge.
                    if region.iter().any(|v| v.is_nan() || *v <= 1e-3) {
                        return None;
                    }
                    let slope = differences(forward, &report.model.parameters, point)?;
                    let back = numeric::inverse_of_any(&slope)?;
                    let information = matrix_at(&fisher.matrix, point);
                    let expected = sandwich(&information, &back);
                    let mut at = point.clone();
                    for (name, value) in map.parameters.iter().zip(values_at(forward, point)) {
                        if !at.iter().any(|(known, _)| known == name) {
                            at.push((name.clone(), value));
                        }
                    }
                    Some((at, flat(expected)))
                })?
            }
            (_, _, Some(inverse)) => {
                let mut model = report.model.clone();
                model.parameters.clone_from(&map.parameters);
                model.facts = map.facts.clone();
                model.observations.clear();
                let claim = Claim {
                    what: WHAT,
                    formulas: &formulas,
                    model: &model,
                };
                let old = &report.model.parameters;
                agree(&claim, &mut |point| {
                    let slope = differences(inverse, &map.parameters, point)?;
                    let mut at: Point = point
                        .iter()
                        .filter(|(name, _)| !old.contains(name))
                        .cloned()
                        .collect();
                    at.extend(old.iter().cloned().zip(values_at(inverse, point)));
                    let information = matrix_at(&fisher.matrix, &at);
                    Some((point.clone(), flat(sandwich(&information, &slope))))
                })?
            }
            _ => Vec::new(),
        };
        all.extend(found);
    }
    Ok(all)
}

fn sandwich(information: &[Vec<f64>], jacobian: &[Vec<f64>]) -> Vec<Vec<f64>> {
    numeric::product(
        &numeric::transpose(jacobian),
        &numeric::product(information, jacobian),
    )
}

/// ∂formulas/∂symbols at a point.
fn differences(formulas: &[Expr], symbols: &[Symbol], point: &Point) -> Option<Vec<Vec<f64>>> {
    let places: Vec<usize> = symbols
        .iter()
        .map(|s| point.iter().position(|(name, _)| name == s))
        .collect::<Option<_>>()?;
    let at: Vec<f64> = places.iter().map(|k| point[*k].1).collect();
    let mut values = |moved: &[f64]| {
        let mut place = point.clone();
        for (k, value) in places.iter().zip(moved) {
            place[*k].1 = *value;
        }
        values_at(formulas, &place)
    };
    numeric::jacobian(&mut values, &at)
}
