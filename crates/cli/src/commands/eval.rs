//! `bartlett eval`: numbers at a point; by the formula where it is closed, by integration where it is not.
//! In: `EvalOptions`. Out: an exit status. Never: a number that is not finite.

use super::point::{Point, missing, point};
use super::{eval_table, question};
use crate::answer::{Answer, Exit};
use crate::arguments::{EvalOptions, OutputFormat, Quantity};
use crate::draw;
use crate::formats::{Shape, Values, values};
use bartlett::reading::{Part, Reading};
use bartlett::report::{Closure, Information, Report};
use bartlett::symmetric::Symmetric;
use bartlett::{Expr, Model};

/// Does it.
pub fn run(options: &EvalOptions) -> Exit {
    question::each(&options.input, |model| {
        answer(options, model).unwrap_or_else(Answer::not_understood)
    })
}

/// Why there is no number.
pub(super) enum Trouble {
    /// Something is missing from the question.
    NotUnderstood(String),
    /// There is none.
    Refused(String),
}

fn answer(options: &EvalOptions, model: &Model) -> Result<Answer, String> {
    let points = options
        .at
        .iter()
        .map(|text| point(text, model))
        .collect::<Result<Vec<Point>, _>>()?;
    let report = bartlett::derive(model);
    let needs_information = options
        .what
        .iter()
        .any(|what| matches!(what, Quantity::Fisher | Quantity::Crb));
    if report.is_refused() && (needs_information || report.score.is_empty()) {
        let mut answer = question::show(
            &Reading::parts(&report, &[Part::Fisher], None),
            &options.input,
        );
        if options.input.format != OutputFormat::Json {
            answer.page.clear();
        }
        return Ok(answer);
    }
    if let Some(path) = &options.table {
        return Ok(eval_table::answer(options, model, &report, path));
    }
    let mut answer = Answer::default();
    for at in points {
        let found: Result<Vec<_>, Trouble> = options
            .what
            .iter()
            .map(|what| quantity(*what, &report, &at))
            .collect();
        match found {
            Ok(quantities) => {
                if !answer.page.is_empty() && options.input.format != OutputFormat::Json {
                    answer.page.push('\n');
                }
                answer
                    .page
                    .push_str(&values(&Values { at, quantities }, options.input.format));
            }
            Err(Trouble::NotUnderstood(problem)) => {
                answer = answer.and(&problem, Exit::NotUnderstood)
            }
            Err(Trouble::Refused(problem)) => answer = answer.and(&problem, Exit::Refused),
        }
    }
    Ok(answer)
}

pub(super) fn quantity(
    what: Quantity,
    report: &Report,
    at: &Point,
) -> Result<(&'static str, Shape), Trouble> {
    let formula = |entries: &[Expr]| {
        entries
            .iter()
            .map(|entry| formula(entry, report, at))
            .collect::<Result<Vec<f64>, Trouble>>()
    };
    let (name, shape) = match what {
        Quantity::Score => ("score", Shape::Vector(formula(&report.score)?)),
        Quantity::Hessian => (
            "hessian",
            Shape::Matrix(
                report
                    .hessian
                    .iter()
                    .map(|row| formula(row))
                    .collect::<Result<_, _>>()?,
            ),
        ),
        Quantity::Fisher => ("fisher", Shape::Matrix(fisher(report, at)?)),
        Quantity::Crb => ("crb", Shape::Matrix(bound(report, at)?)),
    };
    if shape.numbers().all(f64::is_finite) {
        return Ok((name, shape));
    }
    Err(Trouble::Refused(draw::message(
        &format!("`{name}` has no finite value at {}", shown(at)),
        None,
    )))
}

fn shown(at: &Point) -> String {
    at.iter()
        .map(|(symbol, value)| format!("{symbol} = {value}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The value of a formula that may hold data.
fn formula(e: &Expr, report: &Report, at: &Point) -> Result<f64, Trouble> {
    let missing = missing(e, &report.model, at);
    if missing.is_empty() {
        return Ok(e.value_at(at));
    }
    let names: Vec<String> = missing.iter().map(|symbol| format!("{symbol}=…")).collect();
    let message = "the score and the Hessian depend on data, for which `--at` gives no value";
    Err(Trouble::NotUnderstood(draw::message(
        message,
        Some(&format!("add {}", names.join(","))),
    )))
}

/// Every entry of a quantity, by rows, where all are formulas.
pub(super) fn closed_entries(what: Quantity, report: &Report) -> Option<Vec<Expr>> {
    let closed = |found: &Option<Information>| {
        let found = found
            .as_ref()
            .filter(|found| found.status == Closure::Closed)?;
        Some(found.matrix.iter().flatten().cloned().collect())
    };
    match what {
        Quantity::Score => Some(report.score.clone()),
        Quantity::Hessian => Some(report.hessian.iter().flatten().cloned().collect()),
        Quantity::Fisher => closed(&report.fisher),
        Quantity::Crb => closed(&report.crb),
    }
}

fn closed(found: &Information, at: &Point) -> Option<Vec<Vec<f64>>> {
    if found.status != Closure::Closed {
        return None;
    }
    let rows: Vec<Vec<f64>> = found
        .matrix
        .iter()
        .map(|row| row.iter().map(|entry| entry.value_at(at)).collect())
        .collect();
    rows.iter()
        .flatten()
        .all(|value| value.is_finite())
        .then_some(rows)
}

/// By the formula, or by quadrature where there is none or it has no value at the point.
fn fisher(report: &Report, at: &Point) -> Result<Vec<Vec<f64>>, Trouble> {
    if let Some(found) = report.fisher.as_ref().and_then(|found| closed(found, at)) {
        return Ok(found);
    }
    let judged = bartlett::check::evaluate_information(&report.completed, at).map_err(|error| {
        Trouble::Refused(draw::message(
            &format!("the score has no formula: {error}"),
            None,
        ))
    })?;
    if !judged
        .iter()
        .flatten()
        .all(bartlett::check::Outcome::is_sure)
    {
        return Err(Trouble::Refused(draw::message(
            &format!("the numeric integrals do not converge at {}", shown(at)),
            None,
        )));
    }
    Ok(judged
        .iter()
        .map(|row| row.iter().map(|entry| entry.value).collect())
        .collect())
}

fn bound(report: &Report, at: &Point) -> Result<Vec<Vec<f64>>, Trouble> {
    if let Some(found) = report.crb.as_ref().and_then(|found| closed(found, at)) {
        return Ok(found);
    }
    let inverse = Symmetric::from_rows(&fisher(report, at)?).inverse();
    inverse.map(|inverse| inverse.rows()).ok_or_else(|| {
        Trouble::Refused(draw::message(
            &format!("the information matrix is singular at {}", shown(at)),
            None,
        ))
    })
}
