//! How an answer is judged.
//! In: a row. Out: `Verdict`. Never: the program's own check taken for a proof.

use bartlett::check::evaluate_information;
use bartlett::model::Model;
use bartlett::report::{Closure, Information, Report};
use bartlett::{Expr, Symbol, derive};
use bartlett_expr::Kind;
use bartlett_tests::corpus::Row;

/// A point with the matrix that other software found there.
type Reference<'a> = (&'a Vec<(Symbol, f64)>, &'a Vec<Vec<f64>>);

/// What is to be said of an answer.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// As it should be.
    Right,
    /// No wrong statement, but not the answer.
    Lacking(String),
    /// A wrong number as if it were right, a matrix where there is none, or a panic.
    Wrong(String),
}

use Verdict::{Lacking, Right, Wrong};

/// Derives the model and compares.
pub fn judge(row: &Row) -> Verdict {
    match Model::parse(&row.model) {
        Ok(model) => judge_report(row, &model, &derive(&model)),
        Err(problems) => {
            let first = problems
                .first()
                .map_or_else(String::new, |p| p.message.clone());
            Lacking(format!("not read: {first}"))
        }
    }
}

fn judge_report(row: &Row, model: &Model, report: &Report) -> Verdict {
    let regularity = &report.regularity;
    let Some(reference) = row.fisher.as_ref().filter(|_| row.regular || row.closed) else {
        if report.fisher.is_some() || report.crb.is_some() {
            return Wrong("a matrix where there is none".to_owned());
        }
        if regularity.holds || regularity.findings.is_empty() {
            return Lacking("refused without a finding".to_owned());
        }
        return Right;
    };
    let names: Vec<&str> = model.parameters.iter().map(Symbol::name).collect();
    if names != row.parameters {
        return Lacking(format!("parameters {names:?} for {:?}", row.parameters));
    }
    if !row.regular && regularity.findings.is_empty() {
        return Lacking("irregular, but no finding".to_owned());
    }
    let Some(information) = &report.fisher else {
        if row.fail == "support-moves-but-finite" {
            return Right;
        }
        return Lacking(format!("refused: {:?}", regularity.findings.first()));
    };
    if row.regular
        && !(regularity.holds && !report.checks.is_empty() && report.checks.iter().all(|c| c.ok))
    {
        let failed: Vec<&str> = report
            .checks
            .iter()
            .filter(|c| !c.ok)
            .map(|c| c.what.as_str())
            .collect();
        return Lacking(format!(
            "holds {}, {} checks, failed: {failed:?}",
            regularity.holds,
            report.checks.len()
        ));
    }
    if row.closed && information.status != Closure::Closed {
        return Lacking(format!(
            "status {}, a closed form exists",
            information.status.word()
        ));
    }
    let numbers: Vec<Reference<'_>> = row
        .points
        .iter()
        .zip(reference)
        .filter_map(|(p, m)| Some((p, m.as_ref()?)))
        .collect();
    if information.status == Closure::Closed {
        if let Some(open) = information.matrix.iter().flatten().find(|e| is_open(e)) {
            return Wrong(format!("not a closed form: {}", open.text()));
        }
        for (point, expected) in &numbers {
            if let Some(wrong) = differs(&values(information, point), expected, 1e-9) {
                return Wrong(format!("{wrong} at {point:?}"));
            }
        }
    } else {
        for (point, expected) in &numbers {
            if let Some(lacking) = numeric_differs(model, point, expected) {
                return lacking;
            }
        }
    }
    judge_bound(row, report, &numbers)
}

/// The bound against the inverse of the reference at the first point; none where all references are singular.
fn judge_bound(row: &Row, report: &Report, numbers: &[Reference<'_>]) -> Verdict {
    let inverses: Vec<Option<Vec<Vec<f64>>>> = numbers.iter().map(|(_, m)| inverse(m)).collect();
    if inverses.iter().all(Option::is_none) {
        return if report.crb.is_some() {
            Wrong("a bound, though the matrix is singular everywhere".to_owned())
        } else {
            Right
        };
    }
    let (true, true, Some(Some(expected))) = (row.closed, row.regular, inverses.first()) else {
        return Right;
    };
    let Some(bound) = &report.crb else {
        return Lacking("no bound, though the matrix is regular".to_owned());
    };
    match differs(&values(bound, numbers[0].0), expected, 1e-7) {
        Some(wrong) => Wrong(format!("bound: {wrong}")),
        None => Right,
    }
}

fn numeric_differs(
    model: &Model,
    point: &[(Symbol, f64)],
    expected: &[Vec<f64>],
) -> Option<Verdict> {
    let outcomes = match evaluate_information(model, point) {
        Ok(outcomes) => outcomes,
        Err(reason) => return Some(Lacking(reason.to_string())),
    };
    if let Some(unsure) = outcomes.iter().flatten().find(|o| !o.is_sure()) {
        return Some(Lacking(format!(
            "numeric: {:?} at {point:?}",
            unsure.status
        )));
    }
    let found: Vec<Vec<f64>> = outcomes
        .iter()
        .map(|r| r.iter().map(|o| o.value).collect())
        .collect();
    differs(&found, expected, 1e-6).map(|wrong| Wrong(format!("numeric: {wrong} at {point:?}")))
}

fn is_open(e: &Expr) -> bool {
    e.any_node(&|n| matches!(n.kind(), Kind::Bound(..)))
}

fn values(information: &Information, point: &[(Symbol, f64)]) -> Vec<Vec<f64>> {
    let row = |row: &Vec<Expr>| row.iter().map(|e| e.value_at(point)).collect();
    information.matrix.iter().map(row).collect()
}

/// The first entry that is not within the tolerance; beside large entries small ones may be off by their share.
fn differs(found: &[Vec<f64>], expected: &[Vec<f64>], tolerance: f64) -> Option<String> {
    if found.len() != expected.len() || found.iter().zip(expected).any(|(a, b)| a.len() != b.len())
    {
        return Some(format!("{} rows for {}", found.len(), expected.len()));
    }
    let largest = expected
        .iter()
        .flatten()
        .fold(0.0_f64, |m, x| m.max(x.abs()));
    let share = if tolerance < 1e-8 { 1e-6 } else { 1e-3 };
    let scale = (share * largest).max(1e-12);
    let pairs = found.iter().flatten().zip(expected.iter().flatten());
    pairs
        .filter(|(a, b)| a.is_nan() || (*a - *b).abs() > tolerance * b.abs().max(scale))
        .map(|(a, b)| format!("{a} for {b}"))
        .next()
}

/// By elimination with the largest pivot; `None` where it is singular to working precision.
fn inverse(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let n = matrix.len();
    let largest = matrix.iter().flatten().fold(0.0_f64, |m, x| m.max(x.abs()));
    let mut rows: Vec<Vec<f64>> = matrix
        .iter()
        .enumerate()
        .map(|(i, row)| {
            row.iter()
                .copied()
                .chain((0..n).map(|j| f64::from(u8::from(i == j))))
                .collect()
        })
        .collect();
    for k in 0..n {
        let pivot = (k..n).max_by(|a, b| rows[*a][k].abs().total_cmp(&rows[*b][k].abs()))?;
        if rows[pivot][k].abs() <= 1e-10 * largest {
            return None;
        }
        rows.swap(k, pivot);
        let head = rows[k].clone();
        for (i, row) in rows.iter_mut().enumerate() {
            let factor = if i == k {
                1.0 - 1.0 / head[k]
            } else {
                row[k] / head[k]
            };
            for (value, from) in row.iter_mut().zip(&head) {
                *value -= factor * from;
            }
        }
    }
    Some(rows.into_iter().map(|row| row[n..].to_vec()).collect())
}
