//! Many parameters: systems with the information are solved by conjugate gradients, from its products with vectors alone.
//! In: a `Program`, rows. Out: an estimate, influences on a loss. Never: a matrix over the parameters.
//!
//! A product costs one pass over the rows: u = Xv, t = I₀u with the small core information I₀ of each row, Xᵀt.

use super::coordinates::Coordinates;
use super::influence::Influence;
use super::inputs::{Inputs, InputsAt, Moved};
use super::program::{Program, Want, Work, each_chunk, each_item, packed};
use super::rows::Rows;
use super::scoring::Outcome;
use super::sums::{Compensated, add_scaled, dot, times};
use super::{Fit, Options, Trouble};
use bartlett_expr::Symbol;
use bartlett_expr::evaluate::{BLOCK, Values};

/// Parameters from which on no matrix over them is formed.
pub(super) const MANY: usize = 400;
/// Newton steps, and steps of one system, at most.
const STEPS: usize = 60;
const INNER: usize = 400;

/// The information whose products are taken: the expected one where it has a formula, or else −H.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Metric {
    Expected,
    Observed,
}

/// Fits many parameters.
pub(super) fn fit(
    program: &Program,
    coordinates: &Coordinates,
    parameters: &[Symbol],
    rows: &dyn Rows,
    start: &[f64],
    options: &Options,
) -> Result<Fit, Trouble> {
    let metric = if program.expected {
        Metric::Expected
    } else {
        Metric::Observed
    };
    let mut theta = start.to_vec();
    let mut totals = program
        .totals(rows, &theta, Want::Score)
        .map_err(Trouble::Rows)?;
    let (mut iterations, mut before) = (0, f64::INFINITY);
    let outcome = loop {
        let tolerance = if before > 1.0 { 1e-2 } else { 1e-6 };
        let Some(delta) = solve(program, rows, &theta, metric, &totals.score, tolerance)
            .map_err(Trouble::Rows)?
        else {
            break Outcome::Stalled;
        };
        let length: f64 = delta.iter().zip(&totals.score).map(|(a, b)| a * b).sum();
        if length < 1e-16 || (length < 1e-9 && length >= 0.25 * before) {
            break Outcome::Converged;
        }
        if iterations >= STEPS {
            break Outcome::TooManySteps;
        }
        let mut step = coordinates.longest(&theta, &delta, 4.0);
        let mut next = None;
        for _ in 0..30 {
            let point = coordinates.step(&theta, &delta, step);
            if coordinates.holds(&point) {
                let found = program
                    .totals(rows, &point, Want::Score)
                    .map_err(Trouble::Rows)?;
                let gain = found.log_likelihood - totals.log_likelihood;
                if gain >= 1e-4 * step * length - 1e-13 * totals.log_likelihood.abs() {
                    next = Some((point, found));
                    break;
                }
            }
            step *= 0.5;
        }
        let Some((point, found)) = next else {
            break Outcome::Stalled;
        };
        (theta, totals) = (point, found);
        before = length;
        iterations += 1;
    };
    let p = theta.len();
    let deviance = -2.0 * totals.log_likelihood;
    let mut findings = vec![format!(
        "{p} parameters: solved by conjugate gradients, without the matrices that standard errors need"
    )];
    if outcome != Outcome::Converged {
        findings.push("not converged".to_owned());
    }
    Ok(Fit {
        parameters: parameters.to_vec(),
        estimates: theta,
        covariances: [None, None, None, None],
        observed: None,
        level: options.level,
        intervals_by: None,
        intervals: Vec::new(),
        log_likelihood: totals.log_likelihood,
        aic: deviance + 2.0 * p as f64,
        bic: deviance + p as f64 * (rows.rows() as f64).ln(),
        tic: None,
        information_matrix_test: None,
        rows: rows.rows(),
        iterations,
        converged: outcome == Outcome::Converged,
        findings,
    })
}

/// Solves M x = b by conjugate gradients, scaled by the diagonal of M; `None` where M is not positive along the way.
///
/// # Errors
/// Where rows cannot be read.
fn solve(
    program: &Program,
    rows: &dyn Rows,
    theta: &[f64],
    metric: Metric,
    b: &[f64],
    tolerance: f64,
) -> Result<Option<Vec<f64>>, String> {
    let scale = sums(program, rows, theta, metric, None)?;
    if scale.iter().any(|d| !(*d > 0.0)) {
        return Ok(None);
    }
    let inner = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let scaled = |r: &[f64]| -> Vec<f64> { r.iter().zip(&scale).map(|(r, d)| r / d).collect() };
    let mut x = vec![0.0; b.len()];
    let mut rest = b.to_vec();
    let mut z = scaled(&rest);
    let mut direction = z.clone();
    let mut square = inner(&rest, &z);
    let enough = tolerance * tolerance * square;
    for _ in 0..INNER {
        if square <= enough || square == 0.0 {
            break;
        }
        let product = sums(program, rows, theta, metric, Some(&direction))?;
        let curvature = inner(&direction, &product);
        if !(curvature > 0.0) {
            return Ok(None);
        }
        let by = square / curvature;
        for ((x, r), (d, q)) in x
            .iter_mut()
            .zip(&mut rest)
            .zip(direction.iter().zip(&product))
        {
            *x += by * d;
            *r -= by * q;
        }
        z = scaled(&rest);
        let next = inner(&rest, &z);
        for (d, z) in direction.iter_mut().zip(&z) {
            *d = z + next / square * *d;
        }
        square = next;
    }
    Ok(Some(x))
}

/// The product of the information with a vector, or its diagonal.
fn sums(
    program: &Program,
    rows: &dyn Rows,
    theta: &[f64],
    metric: Metric,
    vector: Option<&[f64]>,
) -> Result<Vec<f64>, String> {
    let p = program.parameters;
    let at = program.at(theta, Want::All);
    let mut total = Compensated::new(p);
    each_chunk(
        rows,
        p,
        &|_, columns: &[&[f64]], work: &mut Work| {
            let mut sums = vec![0.0; p];
            at.blocks(columns, work, &mut |_, block, _| {
                let (n, m) = (block.rows, block.score.len());
                let (matrix, sign) = match metric {
                    Metric::Expected => (&block.expected, 1.0),
                    Metric::Observed => (&block.hessian, -1.0),
                };
                let mut memory = vec![0.0; BLOCK];
                let Some(vector) = vector else {
                    for (j, sum) in sums.iter_mut().enumerate() {
                        let q = program.enters[j];
                        let weighted =
                            times(matrix[packed(m, q, q)], block.design[j], n, &mut memory);
                        *sum += sign * dot(weighted, block.design[j], n);
                    }
                    return;
                };
                let mut along = vec![vec![0.0; n]; m];
                for (j, q) in program.enters.iter().enumerate() {
                    add_scaled(&mut along[*q], block.design[j], vector[j]);
                }
                let mut weighted = vec![vec![0.0; n]; m];
                for (q, out) in weighted.iter_mut().enumerate() {
                    for (r, along) in along.iter().enumerate() {
                        let entry = matrix[packed(m, q, r)];
                        for (row, out) in out.iter_mut().enumerate() {
                            *out += sign * entry.at(row) * along[row];
                        }
                    }
                }
                for (j, sum) in sums.iter_mut().enumerate() {
                    let weighted = Values::Column(&weighted[program.enters[j]]);
                    *sum += dot(weighted, block.design[j], n);
                }
            });
            sums
        },
        &mut |part| {
            total.add(&part);
            true
        },
    )?;
    Ok(total.values())
}

/// For each row the influence on the loss at a point with score `score`: one system, one pass.
pub(super) fn influence_on_loss(
    program: &Program,
    rows: &dyn Rows,
    theta: &[f64],
    score: &[f64],
    inputs: Option<&Inputs>,
    each: &mut dyn FnMut(Influence) -> Result<(), String>,
) -> Result<(), Trouble> {
    let solved =
        solve(program, rows, theta, Metric::Observed, score, 1e-10).map_err(Trouble::Rows)?;
    let Some(direction) = solved else {
        return Err(Trouble::Refused(crate::reading::Refusal {
            what: "rows have no influence function".to_owned(),
            why: vec!["−ΣH at the estimate is not positive definite".to_owned()],
        }));
    };
    let at = program.at(theta, Want::All);
    let inputs = inputs.map(|inputs| InputsAt::new(inputs, program, theta));
    each_item(
        rows,
        rows.chunk(),
        &|start, columns: &[&[f64]], work: &mut Work| {
            let mut out = Vec::new();
            at.blocks(columns, work, &mut |first, block, _| {
                let m = block.score.len();
                let mut along = vec![vec![0.0; block.rows]; m];
                for (j, q) in program.enters.iter().enumerate() {
                    add_scaled(&mut along[*q], block.design[j], direction[j]);
                }
                let slopes = (inputs.as_ref()).map(|inputs| inputs.block(columns, first, block));
                for row in 0..block.rows {
                    let by_input = slopes.as_ref().map_or(&[][..], |slopes| &slopes[row]);
                    let by_input = (by_input.iter())
                        .map(|slope| {
                            let through: f64 = (slope.core.iter().zip(&along))
                                .map(|(u, along)| u * along[row])
                                .sum();
                            let single: f64 = (slope.single.iter())
                                .map(|(j, entry)| direction[*j] * entry)
                                .sum();
                            Moved {
                                estimates: Vec::new(),
                                loss: Some(-through - single),
                            }
                        })
                        .collect();
                    let product: f64 = (0..m).map(|q| block.score[q].at(row) * along[q][row]).sum();
                    out.push(Influence {
                        row: start + (first + row) as u64,
                        influence: Vec::new(),
                        left_out: Vec::new(),
                        distance: product.abs(),
                        loss: Some(-product),
                        by_input,
                    });
                }
            });
            out
        },
        each,
    )
    .map_err(Trouble::Rows)
}
