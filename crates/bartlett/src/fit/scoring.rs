//! Fisher scoring: steps along the natural gradient I⁻¹∇ℓ, as long as they raise the likelihood.
//! In: a `Program`, rows, a start. Out: a point and whether it is a maximum. Never: a claim of convergence that was not tested.

use super::coordinates::Coordinates;
use super::program::{Program, Totals, Want};
use super::rows::Rows;
use crate::check::random::Random;
use crate::symmetric::Symmetric;

/// Steps at most.
const STEPS: usize = 200;
/// Halvings of one step at most.
const HALVINGS: usize = 30;
/// The squared length of the score in units of standard errors below which a point is a maximum.
const SMALLEST: f64 = 1e-18;

/// Where scoring ended.
pub(super) struct Path {
    pub(super) theta: Vec<f64>,
    pub(super) totals: Totals,
    pub(super) iterations: usize,
    pub(super) outcome: Outcome,
}

/// How scoring ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// The score is 0 as far as numbers go.
    Converged,
    /// At a kink no step raises the likelihood.
    Kink,
    /// The likelihood rises for ever: standard errors grow with every step.
    RunsAway,
    /// No step raises the likelihood, but the score is not 0.
    Stalled,
    /// The number of steps was used up.
    TooManySteps,
}

/// Climbs from a start of finite likelihood.
///
/// # Errors
/// Where rows cannot be read.
pub(super) fn climb(
    program: &Program,
    coordinates: &Coordinates,
    rows: &dyn Rows,
    start: &[f64],
    kinked: bool,
) -> Result<Path, String> {
    let mut theta = start.to_vec();
    let mut totals = program.totals(rows, &theta, Want::All)?;
    let mut before: Option<(f64, Vec<f64>)> = None;
    let mut smaller = 0;
    let mut iterations = 0;
    let outcome = loop {
        let directions = directions(&totals);
        let Some((delta, length, errors)) = directions.first().cloned() else {
            break Outcome::Stalled;
        };
        let grown = before
            .as_ref()
            .is_some_and(|(_, old)| old.iter().zip(&errors).any(|(old, new)| new / old > 1.02));
        let no_better = before.as_ref().is_some_and(|(old, _)| length >= 0.5 * old);
        if length < SMALLEST || (length < 1e-10 && no_better) {
            // standard errors that still grow are those of a likelihood without a maximum
            if !grown {
                break Outcome::Converged;
            }
            smaller += 1;
            if smaller > 3 {
                break Outcome::RunsAway;
            }
        }
        if iterations >= STEPS {
            break Outcome::TooManySteps;
        }
        let mut next = None;
        for (delta, length, _) in
            std::iter::once((delta, length, Vec::new())).chain(directions.into_iter().skip(1))
        {
            next = search(
                program,
                coordinates,
                rows,
                (&theta, &totals),
                (&delta, length),
            )?;
            if next.is_some() {
                break;
            }
        }
        let Some((point, found)) = next else {
            break if grown && length < 1e-4 {
                Outcome::RunsAway
            } else if length < 1e-8 {
                Outcome::Converged
            } else if kinked {
                let gain;
                (theta, totals, gain) = polished(program, coordinates, rows, theta, totals)?;
                if gain {
                    Outcome::Kink
                } else {
                    Outcome::Stalled
                }
            } else {
                Outcome::Stalled
            };
        };
        before = Some((length, errors));
        theta = point;
        totals = found;
        iterations += 1;
    };
    Ok(Path {
        theta,
        totals,
        iterations,
        outcome,
    })
}

/// Directions to try, the best first, each with the squared length of the score in its metric and the standard errors.
fn directions(totals: &Totals) -> Vec<(Vec<f64>, f64, Vec<f64>)> {
    let observed = totals.hessian.scaled(-1.0);
    let mut out = Vec::new();
    let mut metrics: Vec<&Symmetric> = vec![&totals.expected, &observed, &totals.outer];
    metrics.retain(|m| m.is_finite());
    for metric in &metrics {
        if let Some(found) = direction(metric, &totals.score) {
            out.push(found);
        }
    }
    // a metric that is not positive definite, made so by its own diagonal
    for metric in metrics {
        for damping in [1e-6, 1e-3, 1.0, 1e3] {
            if let Some(found) = direction(&metric.damped(1.0 + damping), &totals.score) {
                out.push(found);
                if damping > 1e-2 {
                    break;
                }
            }
        }
    }
    out
}

fn direction(metric: &Symmetric, score: &[f64]) -> Option<(Vec<f64>, f64, Vec<f64>)> {
    let factor = metric.factor().ok()?;
    let delta = factor.solve(score);
    let length: f64 = delta.iter().zip(score).map(|(a, b)| a * b).sum();
    let errors = (0..metric.size())
        .map(|i| metric.at(i, i).sqrt().recip())
        .collect();
    (length.is_finite() && length >= 0.0).then_some((delta, length, errors))
}

/// The first point of a step and its halves that raises the likelihood enough.
fn search(
    program: &Program,
    coordinates: &Coordinates,
    rows: &dyn Rows,
    (theta, totals): (&[f64], &Totals),
    (delta, length): (&[f64], f64),
) -> Result<Option<(Vec<f64>, Totals)>, String> {
    let noise = 1e-14 * totals.log_likelihood.abs();
    let mut step = coordinates.longest(theta, delta, 4.0);
    for halving in 0..HALVINGS {
        let point = coordinates.step(theta, delta, step);
        if point == theta {
            return Ok(None);
        }
        if coordinates.holds(&point) {
            let want = if halving == 0 { Want::All } else { Want::Value };
            let mut found = program.totals(rows, &point, want)?;
            let gain = found.log_likelihood - totals.log_likelihood;
            // close to the maximum differences of the likelihood are rounding: the score decides
            let close = length < 1e-6 && gain >= -noise;
            if gain >= 1e-4 * step * length - noise && (gain > 0.0 || close) {
                if want == Want::Value {
                    found = program.totals(rows, &point, Want::All)?;
                }
                if found.score.iter().all(|s| s.is_finite()) && found.impossible.is_none() {
                    return Ok(Some((point, found)));
                }
            }
        }
        step *= if halving < 4 { 0.5 } else { 0.25 };
    }
    Ok(None)
}

/// Evaluations of a row at most in the search at a kink.
const EVALUATIONS: u64 = 40_000_000;

/// Searches along many directions by golden sections, ever closer: what is left to do where the score jumps over 0.
///
/// Directions are drawn in the metric of the outer products, so that they are spread evenly in units of standard errors. Says whether
/// the search came to its end before its evaluations were used up.
fn polished(
    program: &Program,
    coordinates: &Coordinates,
    rows: &dyn Rows,
    mut theta: Vec<f64>,
    totals: Totals,
) -> Result<(Vec<f64>, Totals, bool), String> {
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let p = theta.len();
    let metric = if totals.expected.factor().is_ok() {
        &totals.expected
    } else {
        &totals.outer
    };
    let Ok(factor) = metric.factor() else {
        return Ok((theta, totals, false));
    };
    let mut random = Random::new(7);
    let (mut best, mut reach, mut left) = (
        totals.log_likelihood,
        1.0,
        EVALUATIONS / (rows.rows() + 100),
    );
    while reach > 1e-10 && left > 0 {
        let mut gained = false;
        for k in 0..8 * p {
            let direction: Vec<f64> = if k < p {
                let mut unit = vec![0.0; p];
                unit[k] = metric.at(k, k).sqrt().recip();
                unit
            } else {
                let normal: Vec<f64> = (0..p)
                    .map(|_| (0..12).map(|_| random.unit()).sum::<f64>() - 6.0)
                    .collect();
                factor.solve_upper(&normal)
            };
            let mut value = |t: f64| -> Result<f64, String> {
                left = left.saturating_sub(1);
                let moved = theta.iter().zip(&direction).map(|(x, d)| x + t * d);
                let point: Vec<f64> = moved.collect();
                if !coordinates.holds(&point) {
                    return Ok(f64::NEG_INFINITY);
                }
                Ok(program.totals(rows, &point, Want::Value)?.log_likelihood)
            };
            let (mut low, mut high) = (-reach, reach);
            let (mut a, mut b) = (high - golden * (high - low), low + golden * (high - low));
            let (mut at_a, mut at_b) = (value(a)?, value(b)?);
            for _ in 0..24 {
                if at_a >= at_b {
                    (high, b, at_b) = (b, a, at_a);
                    a = high - golden * (high - low);
                    at_a = value(a)?;
                } else {
                    (low, a, at_a) = (a, b, at_b);
                    b = low + golden * (high - low);
                    at_b = value(b)?;
                }
            }
            let (t, found) = if at_a >= at_b { (a, at_a) } else { (b, at_b) };
            if found > best + 1e-14 * best.abs() {
                best = found;
                gained = true;
                for (x, d) in theta.iter_mut().zip(&direction) {
                    *x += t * d;
                }
            }
        }
        if !gained {
            reach *= 0.25;
        }
    }
    let totals = program.totals(rows, &theta, Want::All)?;
    Ok((theta, totals, left > 0))
}
