//! A typed estimator: its mean, its variance and its share of the bound.
//! In: a `Report`, T(x). Out: quantities. Never: an expectation that the judge has not seen.

use super::{Bounded, Question, printed};
use crate::agreement::{Claim, agree};
use crate::check;
use crate::expect::mean;
use crate::model::{Density, Observation};
use crate::quantity::{Quantity, Value};
use crate::reading::Reading;
use crate::report::{Certificate, Report};
use bartlett_expr::{Expr, Symbol, Truth, normal};

/// Adds mean and variance; where no function was asked for, the mean is what is bounded.
pub(super) fn add(
    report: &Report,
    estimator: &Expr,
    question: &mut Question,
    reading: &mut Reading,
) {
    let Some((first, variance, checks)) = moments(report, estimator, reading) else {
        return;
    };
    reading.checks.extend(checks);
    if let [g] = &question.functions[..] {
        let bias = normal::simplified(&report.model.facts, &(&first - g));
        if !bias.is_zero() {
            question.bias = vec![bias];
        }
    } else {
        question.functions = vec![first.clone()];
    }
    let name = estimator.latex();
    let share = question
        .observations
        .as_ref()
        .map_or_else(Expr::one, Expr::recip);
    let of = if question.observations.is_some() {
        format!("of the mean of {}", estimator.unicode())
    } else {
        format!("of {}", estimator.unicode())
    };
    reading.quantities.push(Quantity {
        remark: of.clone(),
        ..Quantity::closed(
            "expectation",
            "expectation",
            format!("\\mathbb{{E}}\\left[{name}\\right]"),
            Value::Scalar(first),
        )
    });
    reading.quantities.push(Quantity {
        remark: of,
        ..Quantity::closed(
            "variance",
            "variance",
            format!("\\operatorname{{Var}}\\left[{name}\\right]"),
            Value::Scalar(&share * variance),
        )
    });
}

/// E[T] and Var[T] of one observation of the model, judged.
fn moments(
    report: &Report,
    estimator: &Expr,
    reading: &mut Reading,
) -> Option<(Expr, Expr, Vec<Certificate>)> {
    let facts = &report.model.facts;
    let parameters = &report.model.parameters;
    let refuse = |reading: &mut Reading, why: String| {
        let refused = reading
            .clone()
            .refused("the moments of the estimator are not known", vec![why]);
        *reading = refused;
    };
    let observations = &report.completed.observations;
    let expect = |g: &Expr| {
        observations.iter().try_fold(g.clone(), |g, observation| {
            mean(facts, &observation.density, parameters, &g)
        })
    };
    let (Some(first), Some(second)) = (expect(estimator), expect(&estimator.powi(2))) else {
        refuse(
            reading,
            format!(
                "the mean or the variance of {} has no closed form that was found",
                estimator.text()
            ),
        );
        return None;
    };
    let variance = printed(facts, &(&second - first.powi(2)));
    let first = printed(facts, &first);
    let used: Vec<&Observation> = observations
        .iter()
        .filter(|o| o.density.data.iter().any(|d| estimator.contains(&d.symbol)))
        .collect();
    let joint = joined(&used)?;
    let quantities = [estimator.clone(), estimator.powi(2)];
    let claim = Claim {
        what: "mean and variance of the estimator against integrals of the density",
        formulas: &[first.clone(), variance.clone()],
        model: &report.model,
    };
    let checks = agree(&claim, &mut |point| {
        let found = check::expectations(&joint, facts, &quantities, point).values;
        let [a, b] = &found[..] else { return None };
        (a.is_sure() && b.is_sure()).then(|| {
            let spread = b.value - a.value * a.value;
            let error = b.error + 2.0 * (a.value * a.error).abs();
            (
                point.clone(),
                vec![(a.value, a.error), (spread, error + 1e-9 * b.value.abs())],
            )
        })
    });
    match checks {
        Ok(checks) => Some((first, variance, checks)),
        Err(wrong) => {
            refuse(reading, wrong);
            None
        }
    }
}

/// Independent observations as one density.
fn joined(observations: &[&Observation]) -> Option<Density> {
    let [first, rest @ ..] = observations else {
        return None;
    };
    let mut joint = first.density.clone();
    for other in rest {
        joint.data.extend(other.density.data.iter().cloned());
        joint.log_density = &joint.log_density + &other.density.log_density;
        joint.typed = None;
    }
    Some(joint)
}

/// Adds the share of the bound in the variance: 1 where the estimator is efficient.
pub(super) fn efficiency(
    report: &Report,
    found: &Bounded,
    variance: &Quantity,
    reading: &mut Reading,
) {
    let Value::Scalar(variance) = &variance.value else {
        return;
    };
    let facts = &report.model.facts;
    let share = reading
        .observations
        .as_ref()
        .map_or_else(Expr::one, Expr::recip);
    let ratio = printed(facts, &(&share * &found.rows[0][0] / variance));
    let one = normal::is_zero(facts, &(&ratio - Expr::one())) == Truth::Yes;
    let data: Vec<Symbol> = report.model.data().map(|d| d.symbol.clone()).collect();
    if ratio.contains_any(&data) {
        return;
    }
    if one {
        reading
            .regularity
            .findings
            .push("the estimator attains the bound: it is efficient".to_owned());
    }
    reading.quantities.push(Quantity {
        definition: "bound / variance: at most 1 for an estimator with this mean".to_owned(),
        ..Quantity::closed(
            "efficiency",
            "efficiency",
            "\\text{efficiency}",
            Value::Scalar(ratio),
        )
    });
}
