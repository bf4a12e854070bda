//! The expected information of many rows that differ in one predictor only: a function of one number, integrated at few of its values.
//! In: a `Plan`, rows, a point. Out: Σ I, where the interpolation was seen to be good. Never: a sum that was not tested.

use super::plan::Plan;
use super::program::{Want, Work, each_chunk, packed};
use super::rows::Rows;
use super::sums::Compensated;
use crate::check::Judge;
use crate::symmetric::{Symmetric, pairs};
use bartlett_expr::Symbol;

/// Intervals between the nodes of the first and of the last attempt.
const FIRST: usize = 16;
const LAST: usize = 128;
/// The largest difference at new nodes, relative to the largest value.
const TOLERANCE: f64 = 1e-7;

/// Σ I over the rows; `None` where more than one predictor varies or the function is not smooth enough.
///
/// # Errors
/// Where rows cannot be read.
pub(super) fn expected(
    plan: &Plan,
    rows: &dyn Rows,
    theta: &[f64],
) -> Result<Option<Symmetric>, String> {
    let predictors: Vec<usize> = (0..plan.reduced.core.len())
        .filter(|q| plan.reduced.core[*q].predictor)
        .collect();
    let &[predictor] = &predictors[..] else {
        return Ok(None);
    };
    let (low, high) = range(plan, rows, theta, predictor)?;
    let Ok(judge) = Judge::new(&plan.core) else {
        return Ok(None);
    };
    let program = &plan.program;
    let m = plan.reduced.core.len();
    let at = |eta: f64| -> Option<Vec<f64>> {
        let mut point: Vec<(Symbol, f64)> = Vec::new();
        for (q, core) in plan.reduced.core.iter().enumerate() {
            let own = program.enters.iter().position(|enters| *enters == q)?;
            point.push((
                core.symbol.clone(),
                if q == predictor { eta } else { theta[own] },
            ));
        }
        let found = judge.information(&point);
        found
            .is_sure()
            .then(|| pairs(m).map(|(i, j)| found.matrix[i][j].value).collect())
    };
    // an entry may be 0 everywhere: its size is that of the diagonal
    let sizes = |largest: &[f64]| -> Vec<f64> {
        pairs(m)
            .map(|(i, j)| (largest[packed(m, i, i)] * largest[packed(m, j, j)]).sqrt())
            .collect()
    };
    let Some(series) = chebyshev(&at, &sizes, low, high) else {
        return Ok(None);
    };
    let p = program.parameters;
    let half = p * (p + 1) / 2;
    let evaluation = program.at(theta, Want::Value);
    let mut total = Compensated::new(half);
    each_chunk(
        rows,
        half,
        &|_, columns: &[&[f64]], work: &mut Work| {
            let mut sums = vec![0.0; half];
            evaluation.blocks(columns, work, &mut |_, block, _| {
                for row in 0..block.rows {
                    let t = (2.0 * block.core[predictor][row] - low - high) / (high - low);
                    let information: Vec<f64> = series.iter().map(|c| clenshaw(c, t)).collect();
                    for (k, (i, j)) in pairs(p).enumerate() {
                        let entry = information[packed(m, program.enters[i], program.enters[j])];
                        sums[k] += entry * block.design[i].at(row) * block.design[j].at(row);
                    }
                }
            });
            sums
        },
        &mut |part| {
            total.add(&part);
            true
        },
    )?;
    Ok(Some(Symmetric::new(p, total.values())))
}

fn range(
    plan: &Plan,
    rows: &dyn Rows,
    theta: &[f64],
    predictor: usize,
) -> Result<(f64, f64), String> {
    let evaluation = plan.program.at(theta, Want::Value);
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    each_chunk(
        rows,
        2,
        &|_, columns: &[&[f64]], work: &mut Work| {
            let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
            evaluation.blocks(columns, work, &mut |_, block, _| {
                for eta in &block.core[predictor] {
                    (low, high) = (low.min(*eta), high.max(*eta));
                }
            });
            (low, high)
        },
        &mut |(a, b)| {
            (low, high) = (low.min(a), high.max(b));
            true
        },
    )?;
    Ok((low, high))
}

/// Chebyshev coefficients of several functions on an interval, each as a list.
fn chebyshev(
    at: &dyn Fn(f64) -> Option<Vec<f64>>,
    sizes: &dyn Fn(&[f64]) -> Vec<f64>,
    low: f64,
    high: f64,
) -> Option<Vec<Vec<f64>>> {
    if !(low.is_finite() && high.is_finite() && low < high) {
        return None;
    }
    let node = |k: usize, n: usize| (std::f64::consts::PI * k as f64 / n as f64).cos();
    let value = |t: f64| at(0.5 * (low + high) + 0.5 * (high - low) * t);
    let mut n = FIRST;
    let mut values: Vec<Vec<f64>> = (0..=n).map(|k| value(node(k, n))).collect::<Option<_>>()?;
    while n < LAST {
        let series = coefficients(&values);
        let fresh: Vec<Vec<f64>> = (0..n)
            .map(|k| value(node(2 * k + 1, 2 * n)))
            .collect::<Option<_>>()?;
        let mut good = true;
        let largest: Vec<f64> = (0..series.len())
            .map(|f| values.iter().map(|v| v[f].abs()).fold(0.0, f64::max))
            .collect();
        let sizes = sizes(&largest);
        for (function, coefficients) in series.iter().enumerate() {
            for (k, found) in fresh.iter().enumerate() {
                let guess = clenshaw(coefficients, node(2 * k + 1, 2 * n));
                good &= (guess - found[function]).abs() <= TOLERANCE * sizes[function];
            }
        }
        let mut all = Vec::with_capacity(2 * n + 1);
        let mut between = fresh.into_iter();
        for value in values {
            all.push(value);
            all.extend(between.next());
        }
        values = all;
        n *= 2;
        if good {
            return Some(coefficients(&values));
        }
    }
    None
}

/// From values at cos(πk/n), k = 0 … n.
fn coefficients(values: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = values.len() - 1;
    let functions = values[0].len();
    let end = |k: usize| if k == 0 || k == n { 0.5 } else { 1.0 };
    (0..functions)
        .map(|f| {
            (0..=n)
                .map(|j| {
                    let sum: f64 = (0..=n)
                        .map(|k| {
                            let angle = std::f64::consts::PI * (j * k % (2 * n)) as f64 / n as f64;
                            end(k) * values[k][f] * angle.cos()
                        })
                        .sum();
                    2.0 / n as f64 * end(j) * sum
                })
                .collect()
        })
        .collect()
}

fn clenshaw(coefficients: &[f64], t: f64) -> f64 {
    let (mut one, mut two) = (0.0, 0.0);
    for c in coefficients[1..].iter().rev() {
        (one, two) = (c + 2.0 * t * one - two, one);
    }
    coefficients[0] + t * one - two
}

#[cfg(test)]
mod tests {
    use super::{chebyshev, clenshaw};

    #[test]
    fn a_smooth_function_is_interpolated_and_a_kink_is_refused() {
        let own = |largest: &[f64]| largest.to_vec();
        let found = chebyshev(
            &|x| Some(vec![x.exp(), 1.0 / (1.0 + x * x)]),
            &own,
            -1.0,
            3.0,
        )
        .expect("both are smooth");
        for x in [-0.9, 0.1, 2.7_f64] {
            let t = (2.0 * x - 2.0) / 4.0;
            assert!((clenshaw(&found[0], t) - x.exp()).abs() < 1e-6);
            assert!((clenshaw(&found[1], t) - 1.0 / (1.0 + x * x)).abs() < 1e-6);
        }
        assert!(chebyshev(&|x| Some(vec![x.abs()]), &own, -1.0, 3.0).is_none());
    }
}
