//! How sure an estimate is: four informations, criteria, White's test.
//! In: an estimate with its sums. Out: `Fit`. Never: a step.

use super::interpolate;
use super::plan::Plan;
use super::program::{AtPoint, Block, Totals, Want, Work, each_chunk, packed};
use super::rows::Rows;
use super::sums::{Compensated, dot, sum, times};
use super::{Fit, KINDS, Test};
use crate::check::Judge;
use crate::symmetric::{Symmetric, independent, pairs, part};
use bartlett_expr::evaluate::{BLOCK, Values};
use bartlett_special as special;
use rustc_hash::FxHashMap;

/// Different rows for which the expected information is integrated by number.
const DIFFERENT: usize = 300;
/// Parameters for which the information-matrix test is made.
const TESTED: usize = 10;

/// An estimate to be assessed.
pub(super) struct Assessed<'a> {
    pub(super) plan: &'a Plan,
    pub(super) rows: &'a dyn Rows,
    pub(super) theta: &'a [f64],
    pub(super) totals: &'a Totals,
    pub(super) level: f64,
}

impl Assessed<'_> {
    pub(super) fn fit(&self) -> Result<Fit, String> {
        let totals = self.totals;
        let p = self.theta.len();
        let observed = totals.hessian.scaled(-1.0);
        let inverse = |m: &Symmetric| if m.is_finite() { m.inverse() } else { None };
        let of_observed = inverse(&observed);
        let covariances = [
            inverse(&totals.expected),
            of_observed.clone(),
            inverse(&totals.outer),
            of_observed
                .as_ref()
                .map(|bread| bread.around(&totals.outer)),
        ];
        let n = self.rows.rows();
        let deviance = -2.0 * totals.log_likelihood;
        let mut findings = Vec::new();
        let information_matrix_test = if p <= TESTED && of_observed.is_some() {
            self.test(&mut findings)?
        } else {
            None
        };
        let mut fit = Fit {
            parameters: self.plan.model.parameters.clone(),
            estimates: self.theta.to_vec(),
            tic: of_observed
                .as_ref()
                .map(|inverse| deviance + 2.0 * inverse.trace_with(&totals.outer)),
            covariances,
            observed: Some(observed),
            level: self.level,
            intervals_by: None,
            intervals: Vec::new(),
            log_likelihood: totals.log_likelihood,
            aic: deviance + 2.0 * p as f64,
            bic: deviance + p as f64 * (n as f64).ln(),
            information_matrix_test,
            rows: n,
            iterations: 0,
            converged: false,
            findings,
        };
        let quantile = special::normal_quantile(0.5 + self.level / 2.0);
        let by = KINDS
            .iter()
            .find_map(|k| fit.standard_errors(*k).map(|errors| (*k, errors)));
        if let Some((kind, errors)) = by {
            fit.intervals_by = Some(kind);
            fit.intervals = self
                .theta
                .iter()
                .zip(errors)
                .map(|(x, error)| (x - quantile * error, x + quantile * error))
                .collect();
        }
        if n <= p as u64 {
            fit.findings.push(format!("{n} rows for {p} parameters: the asymptotic theory behind standard errors says nothing"));
        }
        Ok(fit)
    }

    /// The information-matrix test in the form of Chesher (1983) and Lancaster (1984): n R² of 1 on the scores and on the entries of s sᵀ + H.
    fn test(&self, findings: &mut Vec<String>) -> Result<Option<Test>, String> {
        let program = &self.plan.program;
        let p = program.parameters;
        let width = p + p * (p + 1) / 2;
        let at = program.at(self.theta, Want::All);
        let length = width + width * (width + 1) / 2;
        let mut sums = Compensated::new(length);
        each_chunk(
            self.rows,
            length,
            &|_, columns: &[&[f64]], work: &mut Work| {
                let mut sums = vec![0.0; length];
                at.blocks(columns, work, &mut |_, block, scratch| {
                    contrasts(&at, block, scratch, &mut sums);
                });
                sums
            },
            &mut |part| {
                sums.add(&part);
                true
            },
        )?;
        let sums = sums.values();
        if sums.iter().any(|x| !x.is_finite()) {
            return Ok(None);
        }
        let gram = Symmetric::new(width, sums[width..].to_vec());
        let kept = independent(&gram);
        let scores = kept.iter().filter(|i| **i < p).count();
        let degrees = kept.len() - scores;
        let Some(factor) = part(&gram, &kept).factor().ok().filter(|_| degrees > 0) else {
            return Ok(None);
        };
        let right: Vec<f64> = kept.iter().map(|i| sums[*i]).collect();
        let statistic: f64 = factor
            .solve(&right)
            .iter()
            .zip(&right)
            .map(|(a, b)| a * b)
            .sum();
        let p_value =
            special::gammainc_upper_regularized(degrees as f64 / 2.0, statistic.max(0.0) / 2.0);
        if p_value < 0.01 {
            findings.push(format!(
                "the information-matrix test rejects the model (p = {p_value:.1e}; in small samples it does so too often): the sandwich errors are the safer ones"
            ));
        }
        Ok(Some(Test {
            statistic,
            degrees,
            p_value,
        }))
    }
}

/// Adds sums and cross products of the scores and of the entries of s sᵀ + H.
fn contrasts(at: &AtPoint<'_>, block: &Block<'_>, scratch: &mut Vec<Vec<f64>>, sums: &mut [f64]) {
    let program = at.program();
    let (p, n) = (program.parameters, block.rows);
    let m = block.score.len();
    let width = p + p * (p + 1) / 2;
    scratch.resize_with(scratch.len().max(width), || vec![0.0; BLOCK]);
    for j in 0..p {
        let mut own = vec![0.0; BLOCK];
        let value = times(block.score[program.enters[j]], block.design[j], n, &mut own);
        for (i, out) in scratch[j][..n].iter_mut().enumerate() {
            *out = value.at(i);
        }
    }
    for (k, (i, j)) in pairs(p).enumerate() {
        let h = block.hessian[packed(m, program.enters[i], program.enters[j])];
        let (before, rest) = scratch.split_at_mut(p);
        for (row, out) in rest[k][..n].iter_mut().enumerate() {
            *out = before[i][row] * before[j][row]
                + h.at(row) * block.design[i].at(row) * block.design[j].at(row);
        }
    }
    let columns: Vec<Values<'_>> = scratch[..width]
        .iter()
        .map(|c| Values::Column(&c[..n]))
        .collect();
    for (k, column) in columns.iter().enumerate() {
        sums[k] += sum(*column, n);
    }
    for (k, (i, j)) in pairs(width).enumerate() {
        sums[width + k] += dot(columns[i], columns[j], n);
    }
}

/// The expected information by integrals, where it has no formula: one for each row that differs from all before it, `None` where there are too many.
///
/// # Errors
/// Where rows cannot be read.
pub(super) fn expected_by_number(
    plan: &Plan,
    rows: &dyn Rows,
    theta: &[f64],
) -> Result<Option<Symmetric>, String> {
    let program = &plan.program;
    let p = program.parameters;
    let half = p * (p + 1) / 2;
    let core = &plan.reduced.core;
    let known: Vec<usize> = (plan.data()..plan.columns().len())
        .filter(|k| plan.core.known.contains(&plan.columns()[*k]))
        .collect();
    let at = program.at(theta, Want::Value);
    // the core values and knowns of a row, and Σ xᵢxⱼ over the rows that have them
    type Found = FxHashMap<Vec<u64>, Vec<f64>>;
    let mut all: Found = Found::default();
    let mut too_many = p > 60;
    let mut order: Vec<Vec<u64>> = Vec::new();
    each_chunk(
        rows,
        half * DIFFERENT,
        &|_, columns: &[&[f64]], work: &mut Work| {
            let mut found = Found::default();
            let mut order: Vec<Vec<u64>> = Vec::new();
            at.blocks(columns, work, &mut |first, block, _| {
                for row in 0..block.rows {
                    if found.len() > DIFFERENT {
                        return;
                    }
                    let mut key: Vec<u64> = known
                        .iter()
                        .map(|k| columns[*k][first + row].to_bits())
                        .collect();
                    for (q, symbol) in core.iter().enumerate() {
                        if symbol.predictor {
                            key.push(block.core[q][row].to_bits());
                        }
                    }
                    let sums = found.entry(key.clone()).or_insert_with(|| {
                        order.push(key);
                        vec![0.0; half]
                    });
                    for (k, (i, j)) in pairs(p).enumerate() {
                        sums[k] += block.design[i].at(row) * block.design[j].at(row);
                    }
                }
            });
            (found, order)
        },
        &mut |(mut found, found_order)| {
            for key in found_order {
                let part = found.remove(&key).unwrap_or_default();
                if let Some(sums) = all.get_mut(&key) {
                    sums.iter_mut().zip(&part).for_each(|(sum, x)| *sum += x);
                } else {
                    order.push(key.clone());
                    all.insert(key, part);
                }
            }
            too_many |= all.len() > DIFFERENT;
            !too_many
        },
    )?;
    if too_many {
        return if known.is_empty() {
            interpolate::expected(plan, rows, theta)
        } else {
            Ok(None)
        };
    }
    let Ok(judge) = Judge::new(&plan.core) else {
        return Ok(None);
    };
    let mut total = vec![0.0; half];
    for key in &order {
        let mut values = key.iter().map(|bits| f64::from_bits(*bits));
        let mut point: Vec<_> = known
            .iter()
            .map(|k| {
                (
                    plan.columns()[*k].clone(),
                    values.next().unwrap_or(f64::NAN),
                )
            })
            .collect();
        for (q, symbol) in core.iter().enumerate() {
            let own = program.enters.iter().position(|enters| *enters == q);
            let value = if symbol.predictor {
                values.next()
            } else {
                own.map(|j| theta[j])
            };
            point.push((symbol.symbol.clone(), value.unwrap_or(f64::NAN)));
        }
        let found = judge.information(&point);
        if !found.is_sure() {
            return Ok(None);
        }
        for (k, (i, j)) in pairs(p).enumerate() {
            total[k] += found.matrix[program.enters[i]][program.enters[j]].value * all[key][k];
        }
    }
    Ok(Some(Symmetric::new(p, total)))
}
