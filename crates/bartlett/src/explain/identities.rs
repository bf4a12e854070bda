//! Both Bartlett identities, each side found on its own.
//! In: an observation's density and derivation. Out: steps. Never: a side that is inferred from the other.

use super::step::{Equation, Side, Step};
use super::{equation, pairs, rules};
use crate::expect::{Mean, means};
use crate::information::Derived;
use crate::model::Observation;
use crate::report::Report;
use bartlett_expr::{Expr, Truth, normal};

/// The steps: E[s], then E[s sᵀ] beside −E[H].
pub(super) fn steps(
    report: &Report,
    observation: &Observation,
    derived: &Derived,
    about: &str,
    steps: &mut Vec<Step>,
) {
    let facts = &report.completed.facts;
    let parameters = &report.model.parameters;
    let density = &observation.density;
    let expectations = |functions: &[Expr]| -> Vec<Option<Mean>> {
        let found = means(facts, density, &[], functions).into_iter();
        found.map(|mean| Some(mean).filter(|m| !m.open)).collect()
    };
    let first = expectations(&derived.score);
    let equations: Vec<Equation> = parameters
        .iter()
        .zip(&first)
        .filter_map(|(p, mean)| {
            let value = mean.as_ref()?.value.clone();
            Some(equation(Side::MeanScore(p.clone()), [value]))
        })
        .collect();
    let missing = parameters.len() - equations.len();
    push(&rules::FIRST_IDENTITY, about, missing, equations, steps);

    let products: Vec<Expr> = pairs(report)
        .map(|(i, j)| &derived.score[i] * &derived.score[j])
        .collect();
    let curvatures: Vec<Expr> = pairs(report)
        .map(|(i, j)| -&derived.hessian[i][j])
        .collect();
    let products = expectations(&products);
    let curvatures = expectations(&curvatures);
    let mut equations = Vec::new();
    let mut missing = 0;
    for (k, (i, j)) in pairs(report).enumerate() {
        let (Some(product), Some(curvature)) = (&products[k], &curvatures[k]) else {
            missing += 1;
            continue;
        };
        let [a, b] = [i, j].map(|k| parameters[k].clone());
        let difference = &product.value - &curvature.value;
        let curvature = equation(
            Side::MinusMeanSecondDerivative(a.clone(), b.clone()),
            [curvature.value.clone()],
        );
        let same = normal::is_zero(facts, &difference) == Truth::Yes;
        let value = if same {
            curvature.right[0].clone()
        } else {
            product.value.clone()
        };
        equations.push(equation(Side::MeanScoreProduct(a, b), [value]));
        equations.push(curvature);
    }
    push(&rules::SECOND_IDENTITY, about, missing, equations, steps);
}

fn push(
    rule: &'static super::Rule,
    about: &str,
    missing: usize,
    equations: Vec<Equation>,
    steps: &mut Vec<Step>,
) {
    let mut about = about.to_owned();
    if missing > 0 {
        if !about.is_empty() {
            about.push_str("; ");
        }
        about.push_str(&format!("{missing} left to the numeric check"));
    }
    steps.push(Step::new(rule, about, equations));
}
