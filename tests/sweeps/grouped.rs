//! Sweep: what a grouped datum tells, over every law of a short closed form, against its cells by quadrature.
//! In: `short_laws`. Out: what is wrong. Never: a law chosen by its name.

use crate::short_laws::{PATIENCE, Point, at, points, sweep};
use crate::shown;
use bartlett::check::expectations;
use bartlett::quantity::Value;
use bartlett::reduced::{Reduction, reduced};
use bartlett::report::{Closure, Report};
use bartlett::{Expr, Facts};
use bartlett_expr::Relation;
use bartlett_tests::patience::{Ended, within};

/// Probabilities of cells by quadrature or summation of the density.
fn masses(report: &Report, cuts: &[f64], point: &Point) -> Option<Vec<f64>> {
    let density = &report.completed.observations[0].density;
    let x = Expr::symbol(density.single()?.symbol.name());
    let number = |v: f64| bartlett_expr::formula(&format!("{v}"));
    let below: Vec<Expr> = cuts
        .iter()
        .map(|cut| {
            let inside = Expr::compare(Relation::LessEqual, x.clone(), number(*cut));
            Expr::cases(inside, Expr::one(), Expr::zero())
        })
        .collect();
    let facts: &Facts = &report.model.facts;
    let found = expectations(density, facts, &below, point);
    let below: Option<Vec<f64>> = found
        .values
        .iter()
        .map(|v| v.is_sure().then_some(v.value))
        .collect();
    let below = below?;
    let mut last = 0.0;
    let mut cells: Vec<f64> = Vec::new();
    for value in below.into_iter().chain([1.0]) {
        cells.push(value - last);
        last = value;
    }
    Some(cells)
}

#[test]
fn a_grouped_datum_has_the_information_of_its_cells_and_no_more() {
    sweep("grouped data", 15, |report| {
        let Some(datum) = report.completed.observations[0].density.single() else {
            return Ok(0);
        };
        let parameters = &report.model.parameters;
        if [&datum.support.lower.value, &datum.support.upper.value]
            .iter()
            .any(|end| end.contains_any(parameters))
        {
            return Ok(0);
        }
        let inside = |v: f64| {
            datum.support.lower.value.value_at(&[]) < v
                && v < datum.support.upper.value.value_at(&[])
        };
        let tried: &[(f64, f64)] = &[(1.0, 2.0), (0.25, 0.5), (2.0, 3.0)];
        let Some((low, high)) = tried.iter().find(|(a, b)| inside(*a) && inside(*b)) else {
            return Ok(0);
        };
        let cuts = [*low, *high];
        let as_expressions = cuts
            .iter()
            .map(|v| bartlett_expr::formula(&format!("{v}")))
            .collect();
        let own = report.clone();
        let Ended::Done(reading, _) = within(PATIENCE, move || {
            reduced(&own, &Reduction::Cuts(as_expressions))
        }) else {
            return Ok(0);
        };
        let reading = reading?;
        let grouped = reading.quantities.iter().find(|q| q.key == "fisher");
        let Some(Value::Matrix(rows)) = grouped
            .filter(|q| q.status == Closure::Closed)
            .map(|q| &q.value)
        else {
            return Ok(0);
        };
        let full = &report.fisher.as_ref().ok_or("no information")?.matrix;
        let p = parameters.len();
        let mut judged = 0;
        for point in points(&report.model) {
            let (left, whole) = (at(rows, &point), at(full, &point));
            // ∂P by differences of quadratures
            let Some(cells) = masses(report, &cuts, &point) else {
                continue;
            };
            let mut slopes: Vec<Vec<f64>> = Vec::new();
            for name in parameters {
                let here = point
                    .iter()
                    .find(|(s, _)| s == name)
                    .map_or(f64::NAN, |v| v.1);
                let h = 2e-3 * here.abs().max(1e-2);
                let moved = |by: f64| {
                    let mut moved = point.clone();
                    moved
                        .iter_mut()
                        .filter(|(s, _)| s == name)
                        .for_each(|(_, v)| *v += by);
                    masses(report, &cuts, &moved)
                };
                let all = [moved(h), moved(-h), moved(2.0 * h), moved(-2.0 * h)];
                let [Some(a), Some(b), Some(c), Some(d)] = all else {
                    break;
                };
                slopes.push(
                    (0..cells.len())
                        .map(|k| (8.0 * (a[k] - b[k]) - (c[k] - d[k])) / (12.0 * h))
                        .collect(),
                );
            }
            if slopes.len() < p || cells.iter().any(|mass| *mass < 1e-4) {
                continue;
            }
            for i in 0..p {
                for j in 0..p {
                    let sum: f64 = (0..cells.len())
                        .map(|k| slopes[i][k] * slopes[j][k] / cells[k])
                        .sum();
                    let scale = (whole[i][i] * whole[j][j]).sqrt();
                    if (sum - left[i][j]).abs() > 1e-5 * scale {
                        return Err(format!(
                            "{} in the cells, not {sum} at {}",
                            left[i][j],
                            shown(&point)
                        ));
                    }
                }
                if left[i][i] > whole[i][i] * (1.0 + 1e-9) {
                    return Err(format!("more than the datum at {}", shown(&point)));
                }
            }
            let lost = |i: usize, j: usize| whole[i][j] - left[i][j];
            if p == 2
                && lost(0, 0) * lost(1, 1) - lost(0, 1).powi(2) < -1e-9 * whole[0][0] * whole[1][1]
            {
                return Err(format!("what is lost is not positive at {}", shown(&point)));
            }
            judged += 1;
        }
        Ok(judged)
    });
}
