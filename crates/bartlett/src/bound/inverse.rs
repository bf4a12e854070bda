//! The whole bound: the inverse of the information, or what can be said where there is none.
//! In: a `Report`. Out: a `Reading`. Never: an inverse of a singular matrix.

use super::{Question, attain, bounded, nuisance};
use crate::reading::{Part, Reading};
use crate::report::{Closure, Report};
use bartlett_expr::{Expr, Symbol};

/// The inverse of the information of one or n observations, with the blocks that are orthogonal and what attains it.
///
/// A singular information has none: then the parameters that are estimable are found, each with its bound.
#[must_use]
pub fn inverse(report: &Report, observations: Option<&Expr>) -> Reading {
    let mut reading = Reading::parts(report, &[Part::Crb], observations);
    if report.is_refused() {
        return reading;
    }
    if report.crb.is_none() {
        let found = estimable(report);
        if let Some(refusal) = &mut reading.refusal {
            refusal.why.extend(found.iter().cloned());
        }
        reading.regularity.findings.extend(found);
        return reading;
    }
    nuisance::orthogonal_blocks(report, &mut reading);
    if report
        .crb
        .as_ref()
        .is_some_and(|crb| crb.status == Closure::Closed)
        && let Ok(found) = bounded(report, &Question::default())
    {
        attain::findings(report, &found, observations, &mut reading);
    }
    reading
}

/// Each parameter that has a bound although the matrix is singular.
fn estimable(report: &Report) -> Vec<String> {
    let mut found = Vec::new();
    for parameter in &report.model.parameters {
        let question = Question {
            functions: vec![Expr::symbol(parameter.name())],
            ..Question::default()
        };
        if let Ok(one) = bounded(report, &question) {
            found.push(format!(
                "{parameter} is estimable all the same: its bound for one observation is {}",
                one.rows[0][0].text()
            ));
        }
    }
    let names: Vec<&str> = report.model.parameters.iter().map(Symbol::name).collect();
    if found.len() < names.len() {
        found.push(format!(
            "`crb --of 'g({})'` gives the bound of a function that does not change along the directions above",
            names.join(", ")
        ));
    }
    found
}
