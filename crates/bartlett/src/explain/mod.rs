//! A derivation as a person would write it: the steps in order, read off what was done.
//! In: a `Report`. Out: `Step`s, whose last information is the report's. Never: a result that the report does not hold.

mod change;
mod combinations;
mod entries;
mod identities;
mod needed;
pub mod rules;
pub mod step;

pub use step::{Assumption, Equation, Rule, Side, Step};

use crate::addition::differentiated;
use crate::information::Derived;
use crate::model::Observation;
use crate::report::Report;
use bartlett_expr::{Expr, Kind};

/// The steps of a derivation; nothing where the model was refused before one was found.
#[must_use]
pub fn explain(report: &Report) -> Vec<Step> {
    let mut steps = Vec::new();
    let several = report.parts.len() > 1;
    let parts: Vec<(&Observation, &Derived, String)> = report
        .completed
        .observations
        .iter()
        .zip(&report.parts)
        .enumerate()
        .map(|(k, (observation, derived))| {
            let about = if several {
                format!("observation {}", k + 1)
            } else {
                String::new()
            };
            (observation, derived, about)
        })
        .collect();
    for (observation, derived, about) in &parts {
        one_observation(report, observation, derived, about, &mut steps);
    }
    if let Some(fisher) = &report.fisher {
        if several {
            steps.push(added(report, &fisher.matrix));
        } else if let Some(step) = presented(report, &fisher.matrix) {
            steps.push(step);
        }
    }
    for (observation, derived, about) in &parts {
        identities::steps(report, observation, derived, about, &mut steps);
    }
    let open = |e: &Expr| e.any_node(&|n| matches!(n.kind(), Kind::Bound(..)));
    if let Some(crb) = &report.crb
        && !crb.matrix.iter().flatten().any(open)
    {
        let equations = pairs(report).map(|(i, j)| {
            let [a, b] = [i, j].map(|k| report.model.parameters[k].clone());
            equation(Side::Bound(a, b), [crb.matrix[i][j].clone()])
        });
        steps.push(Step::new(&rules::INVERSE, "", equations.collect()));
    }
    steps
}

fn one_observation(
    report: &Report,
    observation: &Observation,
    derived: &Derived,
    about: &str,
    steps: &mut Vec<Step>,
) {
    let facts = &report.completed.facts;
    let parameters = &report.model.parameters;
    let step = |rule, equations| Step::new(rule, about, equations);
    let shown = |e: &Expr| differentiated(facts, e);
    let log_density = observation.density.log_density.clone();
    steps.push(step(
        &rules::LOG_DENSITY,
        vec![equation(Side::LogDensity, [log_density])],
    ));
    let score = parameters.iter().zip(&derived.score);
    steps.push(step(
        &rules::SCORE,
        score
            .map(|(p, s)| equation(Side::Score(p.clone()), [shown(s)]))
            .collect(),
    ));
    if derived.shape.is_smooth() {
        steps.push(step(
            &rules::HESSIAN,
            pairs(report)
                .map(|(i, j)| {
                    let left = Side::SecondDerivative(parameters[i].clone(), parameters[j].clone());
                    equation(left, [shown(&derived.hessian[i][j])])
                })
                .collect(),
        ));
    }
    entries::steps(report, observation, derived, about, steps);
}

/// The sum over the observations.
fn added(report: &Report, matrix: &[Vec<Expr>]) -> Step {
    let equations = pairs(report)
        .map(|(i, j)| {
            let sum = Expr::sum(report.parts.iter().map(|d| d.entries[i][j].value.clone()));
            equation(information(report, i, j), [sum, matrix[i][j].clone()])
        })
        .collect();
    Step::new(&rules::ADDITIVITY, "", equations)
}

/// The last simplification, where it changed anything.
fn presented(report: &Report, matrix: &[Vec<Expr>]) -> Option<Step> {
    let part = report.parts.first()?;
    let equations: Vec<Equation> = pairs(report)
        .filter(|(i, j)| part.entries[*i][*j].value != matrix[*i][*j])
        .map(|(i, j)| {
            equation(
                information(report, i, j),
                [part.entries[i][j].value.clone(), matrix[i][j].clone()],
            )
        })
        .collect();
    (!equations.is_empty()).then(|| Step::new(&rules::SIMPLIFICATION, "", equations))
}

/// The places on and above the diagonal.
fn pairs(report: &Report) -> impl Iterator<Item = (usize, usize)> + use<> {
    let p = report.model.parameters.len();
    (0..p).flat_map(move |i| (i..p).map(move |j| (i, j)))
}

fn information(report: &Report, i: usize, j: usize) -> Side {
    let parameters = &report.model.parameters;
    Side::Information(parameters[i].clone(), parameters[j].clone())
}

/// An equation without the forms that repeat the one before or the left side.
fn equation(left: Side, right: impl IntoIterator<Item = Expr>) -> Equation {
    let mut forms: Vec<Expr> = right.into_iter().collect();
    forms.dedup();
    Equation { left, right: forms }
}
