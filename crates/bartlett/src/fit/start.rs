//! A place to start from: a bounded search over points that the data suggest.
//! In: a `Program`, a few rows, values that are given. Out: a point of finite likelihood. Never: a derivative, an unbounded search.

use super::coordinates::{Coordinates, Interval};
use super::program::{Program, Want};
use super::rows::Columns;
use crate::check::random::Random;

/// Points that are tried before the best of them are improved.
const POINTS: usize = 2500;
/// Points that are improved.
const IMPROVED: usize = 5;

/// What the search knows of one column of data.
struct Summary {
    mean: f64,
    deviation: f64,
    median: f64,
    least: f64,
    most: f64,
}

impl Summary {
    fn of(column: &[f64]) -> Option<Self> {
        let mut sorted = column.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        let n = sorted.len() as f64;
        let mean = sorted.iter().sum::<f64>() / n;
        let variance = sorted.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        Some(Self {
            mean,
            deviation: variance.sqrt(),
            median: sorted[sorted.len() / 2],
            least,
            most,
        })
    }

    /// Values of a parameter about which nothing is known but its interval.
    fn suggestions(&self, interval: Interval) -> Vec<f64> {
        let (mean, deviation, median) = (self.mean, self.deviation, self.median);
        let variance = deviation * deviation;
        let (lower, upper) = (interval.lower, interval.upper);
        match (lower.is_finite(), upper.is_finite()) {
            (true, true) => {
                let width = upper - lower;
                let mut values: Vec<f64> = [0.5, 0.1, 0.9, 0.25, 0.75, 0.02, 0.98]
                    .iter()
                    .map(|u| lower + width * u)
                    .collect();
                values.extend([mean, median, 1.0 / mean, 1.0 - mean, 1.0 / (1.0 + mean)]);
                values
            }
            (true, false) => {
                let above = [
                    1.0,
                    deviation,
                    mean.abs(),
                    variance,
                    1.0 / mean.abs(),
                    1.0 / deviation,
                    (mean / deviation).powi(2),
                    mean.abs() / variance,
                    mean * mean / (variance - mean).abs(),
                    median.abs(),
                    0.1,
                    10.0,
                    0.1 * deviation,
                ];
                let mut values: Vec<f64> = above.iter().map(|x| lower + x).collect();
                values.extend([mean, median]);
                values
            }
            (false, true) => [1.0, deviation, 0.1 * deviation, 0.1, 10.0]
                .iter()
                .map(|x| upper - x)
                .collect(),
            (false, false) => vec![
                0.0,
                mean,
                median,
                mean.abs().ln(),
                deviation.ln(),
                (mean / (1.0 - mean)).ln(),
                1.0,
                -1.0,
                0.1,
                -0.1,
                1.0 / mean,
                mean - deviation,
                mean + deviation,
                self.least - 0.1 * deviation,
                self.most + 0.1 * deviation,
            ],
        }
    }
}

/// Searches; `given` holds the parameters that somebody has chosen. `None` where no point was found.
pub(super) fn start(
    program: &Program,
    coordinates: &Coordinates,
    data: usize,
    sample: &Columns,
    given: &[Option<f64>],
) -> Option<Vec<f64>> {
    let searched = searched(program, given);
    let base: Vec<f64> = given.iter().map(|x| x.unwrap_or(0.0)).collect();
    let value = |theta: &[f64]| {
        // numbers that are larger or smaller than this overflow somewhere
        let moderate = |(interval, x): (&Interval, &f64)| {
            let far = if *interval == Interval::LINE {
                1e30
            } else {
                46.0
            };
            interval.free(*x).abs() < far
        };
        if !coordinates.holds(theta) || !coordinates.intervals.iter().zip(theta).all(moderate) {
            return f64::NEG_INFINITY;
        }
        program
            .totals(sample, theta, Want::Value)
            .map_or(f64::NEG_INFINITY, |t| t.log_likelihood)
    };
    let summaries: Vec<Summary> = sample.0[..data]
        .iter()
        .filter_map(|c| Summary::of(c))
        .collect();
    let suggestions: Vec<Vec<f64>> = searched
        .iter()
        .map(|(j, scale)| {
            let interval = coordinates.intervals[*j];
            let mut values: Vec<f64> = Vec::new();
            for x in summaries.iter().flat_map(|s| s.suggestions(interval)) {
                let x = if interval.holds(x / scale) {
                    x / scale
                } else {
                    x
                };
                if interval.holds(x) && !values.iter().any(|y| (x - y).abs() <= 1e-9 * x.abs()) {
                    values.push(x);
                }
            }
            // many columns say the same
            values.truncate(40);
            values
        })
        .collect();
    let mut tried: Vec<(f64, Vec<f64>)> = Vec::new();
    let mut attempt = |theta: Vec<f64>| {
        let found = value(&theta);
        if found.is_finite() {
            tried.push((found, theta));
        }
    };
    if searched.is_empty() {
        attempt(base.clone());
    }
    let all = suggestions.iter().try_fold(1_usize, |n, s| {
        n.checked_mul(s.len()).filter(|n| *n <= POINTS)
    });
    let mut random = Random::new(20_240_229);
    for k in 0..all.unwrap_or(POINTS) {
        let mut theta = base.clone();
        let mut rest = k;
        for ((j, _), values) in searched.iter().zip(&suggestions) {
            let Some(last) = values.len().checked_sub(1) else {
                continue;
            };
            let pick = if all.is_some() {
                let pick = rest % values.len();
                rest /= values.len();
                pick
            } else {
                random.whole(0, last as i64) as usize
            };
            theta[*j] = values[pick.min(last)];
        }
        attempt(theta);
    }
    tried.sort_by(|a, b| b.0.total_cmp(&a.0));
    tried.dedup_by(|a, b| a.0 == b.0);
    let indices: Vec<usize> = searched.iter().map(|(j, _)| *j).collect();
    tried
        .into_iter()
        .take(IMPROVED)
        .map(|(found, theta)| improved(&value, coordinates, &indices, found, theta))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, theta)| theta)
}

/// Parameters that are searched, with their coefficient: direct ones, and of each predictor the constant term.
fn searched(program: &Program, given: &[Option<f64>]) -> Vec<(usize, f64)> {
    let mut out: Vec<(usize, f64)> = Vec::new();
    let mut constant: Vec<usize> = Vec::new();
    for (j, core) in program.enters.iter().enumerate() {
        if given[j].is_some() {
            continue;
        }
        if !program.is_predictor(*core) {
            out.push((j, 1.0));
        } else if let Some(c) = program.constant_coefficient(j).filter(|c| *c != 0.0)
            && !constant.contains(core)
        {
            constant.push(*core);
            out.push((j, c));
        }
    }
    out
}

/// Nelder and Mead's simplex search in the free coordinates, with a bounded number of evaluations.
fn improved(
    value: &dyn Fn(&[f64]) -> f64,
    coordinates: &Coordinates,
    searched: &[usize],
    found: f64,
    theta: Vec<f64>,
) -> (f64, Vec<f64>) {
    let m = searched.len();
    if m == 0 || m > 12 {
        return (found, theta);
    }
    let place = |z: &[f64]| {
        let mut point = theta.clone();
        for (j, z) in searched.iter().zip(z) {
            point[*j] = coordinates.intervals[*j].bounded(*z);
        }
        point
    };
    let at = |z: &[f64]| value(&place(z));
    let first: Vec<f64> = searched
        .iter()
        .map(|j| coordinates.intervals[*j].free(theta[*j]))
        .collect();
    let mut simplex = vec![(found, first.clone())];
    for i in 0..m {
        let mut z = first.clone();
        z[i] += if z[i].abs() > 1.0 { 0.1 * z[i] } else { 0.25 };
        simplex.push((at(&z), z));
    }
    for _ in 0..60 * m {
        simplex.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, worst) = (simplex[0].0, simplex[m].0);
        if (best - worst).abs() <= 1e-6 * (1.0 + best.abs()) {
            break;
        }
        let center: Vec<f64> = (0..m)
            .map(|i| simplex[..m].iter().map(|(_, z)| z[i]).sum::<f64>() / m as f64)
            .collect();
        let along = |by: f64| -> (f64, Vec<f64>) {
            let z: Vec<f64> = center
                .iter()
                .zip(&simplex[m].1)
                .map(|(c, w)| c + by * (w - c))
                .collect();
            (at(&z), z)
        };
        let reflected = along(-1.0);
        let next = if reflected.0 > best {
            let far = along(-2.0);
            if far.0 > reflected.0 { far } else { reflected }
        } else if reflected.0 > simplex[m - 1].0 {
            reflected
        } else {
            let near = along(if reflected.0 > worst { -0.5 } else { 0.5 });
            if near.0 > worst.max(reflected.0) {
                near
            } else {
                let top = simplex[0].1.clone();
                for (value, z) in &mut simplex[1..] {
                    for (x, t) in z.iter_mut().zip(&top) {
                        *x = 0.5 * (*x + t);
                    }
                    *value = at(z);
                }
                continue;
            }
        };
        simplex[m] = next;
    }
    simplex.sort_by(|a, b| b.0.total_cmp(&a.0));
    (simplex[0].0, place(&simplex[0].1))
}
