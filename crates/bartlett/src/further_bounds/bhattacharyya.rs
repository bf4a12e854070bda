//! The Bhattacharyya bound of order 2: the variance explained by first and second derivatives of the density.
//! In: a `Report`, functions of the parameters. Out: `Reading`. Never: a bound where derivatives do not pass the integral.

use super::{Asked, matrix, reading};
use crate::closing::{shown, zero_means};
use crate::expect::{is_open, means};
use crate::information::Shape;
use crate::reading::Reading;
use crate::report::{Closure, Report};
use crate::verify::{self, Claim};
use bartlett_expr::matrix::Matrix;
use bartlett_expr::{Expr, Facts, Symbol, Truth, normal};

/// Most parameters: the matrix has p + p(p + 1)/2 rows.
const MOST: usize = 3;

/// Dᵀ V⁻¹ D with D the first and second derivatives of g, and V the covariance of ∂ᵢp/p and ∂ᵢⱼp/p.
///
/// Source: Bhattacharyya (1946); Lehmann & Casella (1998), ch. 2 §5.
///
/// # Errors
/// Words: a closed form that the numbers contradict.
#[allow(clippy::needless_range_loop)] // the indices are those of the matrix
pub fn bhattacharyya(report: &Report, asked: &Asked) -> Result<Reading, String> {
    let mut reading = reading(report, asked);
    if report.is_refused() {
        return Ok(Reading::of(report));
    }
    let parameters = &report.model.parameters;
    let facts = &report.model.facts;
    let refuse = |reading: Reading, why: &str| {
        Ok(reading.refused("there is no Bhattacharyya bound", vec![why.to_owned()]))
    };
    let p = parameters.len();
    if report.model.has_rows() {
        return refuse(
            reading,
            "it is not supported yet for rows whose number is a symbol",
        );
    }
    if p > MOST {
        return refuse(
            reading,
            &format!("it is given for at most {MOST} parameters; hold others fixed with --known"),
        );
    }
    let smooth = report
        .completed
        .observations
        .iter()
        .all(|o| Shape::of(&o.density, parameters).is_smooth());
    if !smooth {
        return refuse(
            reading,
            "second derivatives of the density must pass the integral, and the support moves or the density has a kink",
        );
    }
    let orders: Vec<(usize, Option<usize>)> = (0..p)
        .map(|i| (i, None))
        .chain((0..p).flat_map(|i| (i..p).map(move |j| (i, Some(j)))))
        .collect();
    let size = orders.len();
    let mut whole = vec![vec![Expr::zero(); size]; size];
    let mut parts = Vec::new();
    for observation in &report.completed.observations {
        let density = &observation.density;
        let derivatives = zero_means(density, parameters);
        if derivatives.len() != size {
            return refuse(reading, "a derivative of the density has no formula");
        }
        let mut products = Vec::new();
        for a in 0..size {
            for b in a..size {
                products.push(&derivatives[a] * &derivatives[b]);
            }
        }
        let found = means(facts, density, &derivatives, &products);
        if found.iter().any(|m| m.open || is_open(&m.value)) {
            return refuse(
                reading,
                "a moment of the second derivatives has no closed form known here",
            );
        }
        let claims: Vec<Claim<'_>> = found
            .iter()
            .zip(&products)
            .map(|(m, g)| Claim {
                what: "covariance of first and second derivatives",
                value: &m.value,
                means: vec![(density, g.clone())],
            })
            .collect();
        let checks = verify::means(&report.completed, &claims)?;
        let worst = checks.iter().find(|c| !c.ok).or_else(|| {
            checks
                .iter()
                .max_by(|a, b| a.max_rel_err.total_cmp(&b.max_rel_err))
        });
        reading.checks.extend(worst.cloned());
        let mut values = found.into_iter().map(|m| m.value);
        let mut part = vec![vec![Expr::zero(); size]; size];
        for a in 0..size {
            for b in a..size {
                let value = values.next().unwrap_or_else(Expr::zero);
                part[a][b] = value.clone();
                part[b][a] = value;
            }
        }
        for a in 0..size {
            for b in 0..size {
                whole[a][b] = &whole[a][b] + &part[a][b];
            }
        }
        parts.push(part);
    }
    let covariance = of_sample(&whole, &parts, &orders, &asked.count());
    let covariance = Matrix::from_fn(size, size, |a, b| shown(facts, &covariance[a][b]));
    let chosen = independent(facts, &covariance);
    if chosen.len() < size {
        reading.notes.push("some derivatives of the density are combinations of others: they add nothing and are left out".to_owned());
    }
    let Ok(Some(inverse)) = covariance.select(&chosen, &chosen).inverse(facts) else {
        return refuse(
            reading,
            "the covariance of first and second derivatives is singular",
        );
    };
    let functions = asked.functions(report);
    let mut columns: Vec<Vec<Expr>> = Vec::new();
    for g in &functions {
        let Some(whole) = derivatives_of(g, parameters, &orders) else {
            return refuse(reading, "a derivative of the function has no formula");
        };
        let kept: Vec<Expr> = chosen.iter().map(|k| whole[*k].clone()).collect();
        // What is left out must follow for the mean of an unbiased estimator, too.
        let follows = (0..size).filter(|k| !chosen.contains(k)).all(|k| {
            let pairs = (0..chosen.len()).flat_map(|i| (0..chosen.len()).map(move |j| (i, j)));
            let sum = pairs.map(|(i, j)| &covariance[(k, chosen[i])] * &inverse[(i, j)] * &kept[j]);
            normal::is_zero(facts, &(&whole[k] - Expr::sum(sum))) == Truth::Yes
        });
        if !follows {
            return refuse(
                reading,
                &format!(
                    "no estimator of {} is unbiased for so few observations: its derivatives do not meet those of the density",
                    g.text()
                ),
            );
        }
        columns.push(kept);
    }
    let size = chosen.len();
    let entry = |a: &Vec<Expr>, b: &Vec<Expr>| {
        let terms = (0..size).flat_map(|i| (0..size).map(move |j| (i, j)));
        let sum = Expr::sum(terms.map(|(i, j)| &a[i] * &inverse[(i, j)] * &b[j]));
        shown(facts, &sum)
    };
    let rows = columns
        .iter()
        .map(|a| columns.iter().map(|b| entry(a, b)).collect())
        .collect();
    reading.quantities.push(matrix(
        "bound",
        "Bhattacharyya bound of order 2",
        "D^{\\mathsf{T}} V^{-1} D",
        "DᵀV⁻¹D, D the first and second derivatives of g, V the covariance of ∂p/p and ∂²p/p",
        rows,
        Closure::Closed,
        asked,
    ));
    reading.notes.push(
        "never below the Cramér–Rao bound; equal to it where g is estimated efficiently".to_owned(),
    );
    reading
        .notes
        .push("source: Bhattacharyya (1946)".to_owned());
    Ok(reading)
}

/// Rows such that the covariance of them is not singular, as many as there are, the first first.
fn independent(facts: &Facts, covariance: &Matrix) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    for k in 0..covariance.rows() {
        chosen.push(k);
        let minor = covariance.select(&chosen, &chosen).determinant(facts);
        if minor.is_ok_and(|minor| normal::is_zero(facts, &minor) == Truth::Yes) {
            chosen.pop();
        }
    }
    chosen
}

fn derivatives_of(
    g: &Expr,
    parameters: &[Symbol],
    orders: &[(usize, Option<usize>)],
) -> Option<Vec<Expr>> {
    orders
        .iter()
        .map(|(i, j)| {
            let first = g.derivative(&parameters[*i]).ok()?;
            match j {
                None => Some(first),
                Some(j) => first.derivative(&parameters[*j]).ok(),
            }
        })
        .collect()
}

/// The covariance for n independent copies of independent parts: products of scores of different observations enter the second order.
fn of_sample(
    whole: &[Vec<Expr>],
    parts: &[Vec<Vec<Expr>>],
    orders: &[(usize, Option<usize>)],
    count: &Expr,
) -> Vec<Vec<Expr>> {
    // Σ over ordered pairs of different observations of I_ac I_bd
    let crossed = |a: usize, c: usize, b: usize, d: usize| {
        let same = Expr::sum(parts.iter().map(|part| &part[a][c] * &part[b][d]));
        count.powi(2) * &whole[a][c] * &whole[b][d] - count * same
    };
    (0..orders.len())
        .map(|x| {
            (0..orders.len())
                .map(|y| {
                    let own = count * &whole[x][y];
                    match (orders[x], orders[y]) {
                        ((i, Some(j)), (k, Some(l))) => {
                            own + crossed(i, k, j, l) + crossed(i, l, j, k)
                        }
                        _ => own,
                    }
                })
                .collect()
        })
        .collect()
}
