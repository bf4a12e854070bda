//! Independent parts added: score, Hessian and information over the observations of a model and over their rows.
//! In: a model, what was derived of each observation. Out: sums in the form to print, and where these forms have no value.
//! Never: a derivative for each row, or a common denominator that no reader asked for.

use crate::information::{Derived, Entry, Route};
use crate::model::{Model, Observation, RowRange};
use crate::report::{Closure, Information};
use bartlett_expr::summation::{gathered, summed};
use bartlett_expr::{
    Binder, Expr, Facts, Kind, NoDerivative, by_cases, normal, operations, present,
};

/// Score and Hessian of a model, each differentiated once an observation, however many rows it stands for.
///
/// # Errors
/// Where a derivative has no known formula.
pub(crate) fn derivatives(model: &Model) -> Result<(Vec<Expr>, Vec<Vec<Expr>>), NoDerivative> {
    let p = model.parameters.len();
    let mut score: Vec<Vec<Expr>> = vec![Vec::new(); p];
    let mut hessian: Vec<Vec<Vec<Expr>>> = vec![vec![Vec::new(); p]; p];
    for observation in &model.observations {
        let log_density = &observation.density.log_density;
        for (sum, entry) in score
            .iter_mut()
            .zip(log_density.gradient(&model.parameters)?)
        {
            sum.push(over_rows_with_data(model, observation, &entry));
        }
        let rows = log_density.hessian(&model.parameters)?;
        for (i, row) in rows.iter().enumerate() {
            for (j, entry) in row.iter().enumerate().skip(i) {
                hessian[i][j].push(over_rows_with_data(model, observation, entry));
            }
        }
    }
    let join = |e: &Expr| differentiated(&model.facts, e);
    let show = |parts: &[Expr]| added(parts, &join);
    let score = score.iter().map(|parts| show(parts)).collect();
    let upper: Vec<Vec<Expr>> = (0..p)
        .map(|i| (i..p).map(|j| show(&hessian[i][j])).collect())
        .collect();
    Ok((score, symmetric(&upper)))
}

/// A derivative in the form to print: as it was differentiated or brought to one fraction, whichever is shorter, cases outside.
pub(crate) fn differentiated(facts: &Facts, e: &Expr) -> Expr {
    by_cases(e, &|part| {
        let plain = facts.refine(part);
        let fraction = normal::simplified(facts, part);
        if operations(&plain) < operations(&fraction) {
            plain
        } else {
            fraction
        }
    })
}

/// The information of all observations, in the form to print, with findings on where that form has no value.
pub(crate) fn information(model: &Model, parts: &[Derived]) -> (Information, Vec<String>) {
    let p = model.parameters.len();
    let mut conditions: Vec<Expr> = Vec::new();
    let mut closed = 0;
    let mut entry = |i: usize, j: usize| {
        let entries: Vec<&Entry> = parts.iter().map(|d| &d.entries[i][j]).collect();
        let open = entries
            .iter()
            .any(|e| e.route == Route::Open || is_open(&e.value));
        closed += usize::from(!open);
        let sums: Vec<Expr> = model
            .observations
            .iter()
            .zip(entries)
            .map(|(observation, entry)| {
                let (value, more) = over_rows(model, observation, &entry.value);
                for condition in more {
                    if !conditions.contains(&condition) {
                        conditions.push(condition);
                    }
                }
                value
            })
            .collect();
        let sum = if open {
            Expr::sum(sums)
        } else {
            added(&sums, &|e| present(&model.facts, e))
        };
        if model.has_rows() {
            numbers_outside(&sum)
        } else {
            sum
        }
    };
    let upper: Vec<Vec<Expr>> = (0..p)
        .map(|i| (i..p).map(|j| entry(i, j)).collect())
        .collect();
    let all = p * (p + 1) / 2;
    let status = match closed {
        n if n == all => Closure::Closed,
        0 => Closure::Numeric,
        _ => Closure::Partial,
    };
    let findings = conditions
        .iter()
        .map(|condition| {
            format!(
                "the closed sums over the rows have no value where {} = 0: take the limit there",
                condition.text()
            )
        })
        .collect();
    let information = Information {
        status,
        matrix: symmetric(&upper),
    };
    (information, findings)
}

fn symmetric(upper: &[Vec<Expr>]) -> Vec<Vec<Expr>> {
    let p = upper.len();
    (0..p)
        .map(|i| {
            (0..p)
                .map(|j| upper[i.min(j)][i.abs_diff(j)].clone())
                .collect()
        })
        .collect()
}

/// Numeric factors of what is summed before the sum sign.
fn numbers_outside(e: &Expr) -> Expr {
    e.map(&mut |node| match node.kind() {
        Kind::Bound(Binder::Sum, index, lower, upper, body) => {
            let (number, rest) = body.as_coefficient();
            if number.is_one() {
                return node;
            }
            let (lower, upper) = (lower.clone(), upper.clone());
            Expr::bound(Binder::Sum, index.clone(), lower, upper, rest).scaled(&number)
        }
        _ => node,
    })
}

/// Does it hold an integral or a sum?
fn is_open(e: &Expr) -> bool {
    e.any_node(&|n| matches!(n.kind(), Kind::Bound(..)))
}

/// Σ over the rows for which an observation stands, closed where it closes, and what must not be 0 for that form.
fn over_rows(model: &Model, observation: &Observation, value: &Expr) -> (Expr, Vec<Expr>) {
    let Some(rows) = &observation.rows else {
        return (value.clone(), Vec::new());
    };
    let facts = rows.facts(&model.facts);
    let (mut value, mut conditions) = (rows.indexed(value, &observation.density.data), Vec::new());
    for range in rows.ranges.iter().rev() {
        let found = summed(&facts, &value, &range.index, &range.lower, &range.upper);
        value = found.value;
        conditions.extend(found.nonzero);
    }
    (value, conditions)
}

/// Σ over the rows of what may hold data: constants are summed, the rest stays as one explicit Σ.
fn over_rows_with_data(model: &Model, observation: &Observation, value: &Expr) -> Expr {
    let Some(rows) = &observation.rows else {
        return value.clone();
    };
    let data: Vec<_> = observation
        .density
        .data
        .iter()
        .map(|d| d.symbol.clone())
        .collect();
    if !value.contains_any(&data) {
        return over_rows(model, observation, value).0;
    }
    let facts: Facts = rows.facts(&model.facts);
    let value = normal::simplified(&facts, value);
    let value = rows.indexed(&value, &observation.density.data);
    let sum =
        |value: Expr, range: &RowRange| gathered(&value, &range.index, &range.lower, &range.upper);
    rows.ranges.iter().rev().fold(value, sum)
}

/// The sum of parts; those with the same denominators are brought together by `join`, others stay side by side.
fn added(parts: &[Expr], join: &dyn Fn(&Expr) -> Expr) -> Expr {
    if let [only] = parts {
        return join(only);
    }
    let mut groups: Vec<(Vec<Expr>, Vec<Expr>)> = Vec::new();
    for part in parts.iter().map(join).filter(|part| !part.is_zero()) {
        let below = denominators(&part);
        match groups.iter_mut().find(|(other, _)| *other == below) {
            Some((_, group)) => group.push(part),
            None => groups.push((below, vec![part])),
        }
    }
    let groups = groups.into_iter().map(|(_, group)| match &group[..] {
        [only] => only.clone(),
        _ => join(&Expr::sum(group)),
    });
    Expr::sum(groups)
}

/// The sums that stand in denominators of a product or a sum of products, in an order of their own.
fn denominators(e: &Expr) -> Vec<Expr> {
    let mut found: Vec<Expr> = Vec::new();
    for factor in e.summands().iter().flat_map(Expr::factors) {
        let (base, exponent) = factor.as_power();
        let below = exponent
            .as_number()
            .is_some_and(bartlett_expr::Number::is_negative);
        if below && matches!(base.kind(), Kind::Add(..)) && !found.contains(&base) {
            found.push(base);
        }
    }
    found.sort();
    found
}
