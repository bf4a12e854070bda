//! The verdict on a closed form: does it agree with the numeric E[s sᵀ] of the typed density?
//! In: a `Model`, a claimed matrix. Out: `Certificate`s, or a `Mismatch` with both numbers. Never: a pass without a judged point.

use super::information::{Judge, NumericInformation};
use super::rows;
use super::sample::{Point, Sampler};
use crate::model::Model;
use crate::report::Certificate;
use bartlett_expr::evaluate::{Tape, Workspace};
use bartlett_expr::{Expr, Kind, NoDerivative, Symbol};

/// A claim that the numbers contradict.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{what} is {claimed:e} by the formula and {numeric:e} by number (± {error:e})")]
pub struct Mismatch {
    /// Which number: `fisher[0][1]`, or the mean of a score.
    pub what: String,
    /// The entry, by row and column.
    pub entry: (usize, usize),
    /// The value that was claimed.
    pub claimed: f64,
    /// The value that was found.
    pub numeric: f64,
    /// The error estimate of the latter.
    pub error: f64,
    /// The point.
    pub at: Point,
}

const SEED: u64 = 0x00BA_2737;
/// Points to judge, and points to try.
const WANTED: usize = 3;
const TRIED: usize = 7;
/// Nanoseconds of evaluation for one model.
const PATIENCE: f64 = 2e9;
/// An entry below this, in parameters counted in units of themselves, is the rounding of a zero: scores are differences of
/// numbers of order 1 there.
const ROUNDING: f64 = 1e-14;
/// Relative difference that passes.
const TOLERANCE: f64 = 1e-7;

/// Compares a claimed information matrix with the numeric one at random points of the domains.
///
/// - `claimed`: p × p, entries free of the data, without integrals; one that has no value at a point is not judged there.
/// - Where no point could be judged the certificate says so and is not `ok`.
///
/// # Errors
/// The first entry that differs.
pub fn certify(model: &Model, claimed: &[Vec<Expr>]) -> Result<Vec<Certificate>, Mismatch> {
    if model.has_rows() {
        let mut certificates = Vec::new();
        for (flat, points) in rows::written_out(model).iter().zip([2, 1]) {
            certificates.extend(certify_rows(flat, claimed, points)?);
        }
        if certificates.is_empty() {
            certificates.push(unjudged(Vec::new(), "no number of rows was found"));
        }
        return Ok(certificates);
    }
    certify_rows(model, claimed, WANTED)
}

/// As `certify`, for a model without rows, at so many points.
fn certify_rows(
    model: &Model,
    claimed: &[Vec<Expr>],
    wanted: usize,
) -> Result<Vec<Certificate>, Mismatch> {
    let judge = match Judge::new(model) {
        Ok(judge) => judge,
        Err(reason) => return Ok(vec![unjudged(Vec::new(), &no_score(&reason))]),
    };
    let mut sampler = Sampler::new(model, SEED);
    let mut certificates = Vec::new();
    let mut reason = "no point of the domains was found".to_owned();
    let mut last = Vec::new();
    let patience = PATIENCE / (TRIED * model.observations.len().max(1)) as f64;
    for _ in 0..TRIED {
        if certificates.len() == wanted {
            break;
        }
        let Some(point) = sampler.point() else { break };
        let numeric = judge.within(&point, patience);
        match compare(model, claimed, &numeric, &point)? {
            Ok(certificate) => certificates.push(certificate),
            Err(why) => reason = why,
        }
        last = point;
    }
    if certificates.is_empty() {
        certificates.push(unjudged(last, &reason));
    }
    Ok(certificates)
}

/// As `certify`, at a point of the caller's choice.
///
/// # Errors
/// The first entry that differs.
pub fn certify_at(
    model: &Model,
    claimed: &[Vec<Expr>],
    point: &[(Symbol, f64)],
) -> Result<Certificate, Mismatch> {
    let Some(model) = model.at_point(point) else {
        return Ok(unjudged(
            point.to_vec(),
            "the rows could not be written out",
        ));
    };
    let judge = match Judge::new(&model) {
        Ok(judge) => judge,
        Err(reason) => return Ok(unjudged(point.to_vec(), &no_score(&reason))),
    };
    let numeric = judge.information(point);
    let found = compare(&model, claimed, &numeric, point)?;
    Ok(found.unwrap_or_else(|why| unjudged(point.to_vec(), &why)))
}

fn no_score(reason: &NoDerivative) -> String {
    format!("the score has no formula: {reason}")
}

fn unjudged(at: Point, why: &str) -> Certificate {
    Certificate {
        at,
        what: format!("unjudged: {why}"),
        max_rel_err: f64::NAN,
        ok: false,
    }
}

/// A certificate, or why this point says nothing.
fn compare(
    model: &Model,
    claimed: &[Vec<Expr>],
    numeric: &NumericInformation,
    point: &[(Symbol, f64)],
) -> Result<Result<Certificate, String>, Mismatch> {
    if !numeric.is_sure() {
        return Ok(Err("the numeric expectations are not sure".to_owned()));
    }
    let p = model.parameters.len();
    if claimed.len() != p || claimed.iter().any(|row| row.len() != p) {
        return Ok(Err("the matrix has another size".to_owned()));
    }
    let mut values = evaluate(claimed, point);
    let mut repeated = false;
    for (i, row) in claimed.iter().enumerate() {
        for (j, entry) in row.iter().enumerate() {
            if is_nested(entry) {
                values[i][j] = numeric.matrix[i][j].value;
                repeated = true;
            }
        }
    }
    if values.iter().flatten().any(|v| v.is_nan()) {
        return Ok(Err("the closed form has no value at the point".to_owned()));
    }
    let scale = |i: usize, j: usize| {
        let diagonal = |k: usize| numeric.matrix[k][k].value.max(0.0);
        (diagonal(i) * diagonal(j)).sqrt()
    };
    if let Some(mismatch) = biased_score(model, numeric, point) {
        return Err(mismatch);
    }
    let unit = |k: usize| {
        let parameter = &model.parameters[k];
        let at = point.iter().find(|(symbol, _)| symbol == parameter);
        at.map_or(1.0, |(_, value)| value.abs()).max(1e-3)
    };
    let mut worst = 0.0_f64;
    for (i, row) in values.iter().enumerate() {
        for (j, value) in row.iter().copied().enumerate() {
            let found = numeric.matrix[i][j];
            let size = value.abs().max(1e-3 * scale(i, j));
            let difference = (value - found.value).abs();
            if 10.0 * found.error > 1e-4 * size.max(f64::MIN_POSITIVE) && found.error > 0.0 {
                return Ok(Err(
                    "the numeric expectations are not sharp enough".to_owned()
                ));
            }
            let rounding = ROUNDING / (unit(i) * unit(j));
            if difference > TOLERANCE * size + 10.0 * found.error + rounding {
                if difference < 10.0 * digits_lost(&claimed[i][j], point) {
                    return Ok(Err("the closed form loses its digits there".to_owned()));
                }
                return Err(Mismatch {
                    what: format!("fisher[{i}][{j}]"),
                    entry: (i, j),
                    claimed: value,
                    numeric: found.value,
                    error: found.error,
                    at: point.to_vec(),
                });
            }
            if difference > 0.0 {
                worst = worst.max(difference / size.max(rounding / TOLERANCE));
            }
        }
    }
    Ok(Ok(Certificate {
        at: point.to_vec(),
        what: if repeated {
            "Fisher matrix against the numeric E[s sᵀ] of the density; its integrals over several data are that number"
        } else {
            "Fisher matrix against the numeric E[s sᵀ] of the density"
        }
        .to_owned(),
        max_rel_err: worst,
        ok: true,
    }))
}

/// How far the value of a formula moves with the last digits of the point: what it says beyond is cancellation.
fn digits_lost(entry: &Expr, point: &[(Symbol, f64)]) -> f64 {
    let row = [vec![entry.clone()]];
    let value = |steps: f64| {
        let moved: Vec<(Symbol, f64)> = point
            .iter()
            .map(|(symbol, at)| (symbol.clone(), at * (1.0 + steps * f64::EPSILON)))
            .collect();
        evaluate(&row, &moved)[0][0]
    };
    let center = value(0.0);
    [-7.0, -4.0, -2.0, 2.0, 4.0, 7.0]
        .into_iter()
        .map(|steps| (value(steps) - center).abs())
        .filter(|moved| moved.is_finite())
        .fold(0.0, f64::max)
}

/// A score whose mean is not 0 belongs to no regular model.
fn biased_score(
    model: &Model,
    numeric: &NumericInformation,
    point: &[(Symbol, f64)],
) -> Option<Mismatch> {
    for (k, means) in numeric.mean_score.iter().enumerate() {
        if model.observations[k].density.up_to_normalizer {
            continue;
        }
        for (i, mean) in means.iter().enumerate() {
            let spread = numeric.matrix[i][i].value.max(0.0).sqrt();
            if mean.is_sure() && mean.value.abs() > 1e-6 * spread + 100.0 * mean.error + 1e-12 {
                return Some(Mismatch {
                    what: format!("the mean score of {}", model.parameters[i]),
                    entry: (i, i),
                    claimed: 0.0,
                    numeric: mean.value,
                    error: mean.error,
                    at: point.to_vec(),
                });
            }
        }
    }
    None
}

/// Is it an open integral inside another? Its value by repeated one-dimensional rules would take longer than a person waits.
fn is_nested(e: &Expr) -> bool {
    let open = |e: &Expr| e.any_node(&|n| matches!(n.kind(), Kind::Bound(..)));
    e.any_node(&|n| matches!(n.kind(), Kind::Bound(_, _, _, _, body) if open(body)))
}

fn evaluate(matrix: &[Vec<Expr>], point: &[(Symbol, f64)]) -> Vec<Vec<f64>> {
    let (names, values): (Vec<Symbol>, Vec<f64>) = point.iter().cloned().unzip();
    let entry = |e: &Expr| {
        if is_nested(e) {
            Expr::zero()
        } else {
            e.clone()
        }
    };
    let entries: Vec<Expr> = matrix.iter().flatten().map(entry).collect();
    let mut out = vec![0.0; entries.len()];
    Tape::new(&entries, &names).evaluate(&values, &mut Workspace::default(), &mut out);
    let mut rest = &out[..];
    matrix
        .iter()
        .map(|row| {
            let (head, tail) = rest.split_at(row.len());
            rest = tail;
            head.to_vec()
        })
        .collect()
}
