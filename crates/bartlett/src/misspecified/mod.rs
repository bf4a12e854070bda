//! The maximum-likelihood estimator where the data follow another law: pseudo-true values and the sandwich covariance.
//! In: a `Report`, a `Versus` of the truth and the model. Out: `Reading`. Never: a covariance at values that do not make the mean score 0 without saying so.

mod expected;
mod pseudo_true;

use crate::agreement::{Claim as Agreement, agree, is_nonzero_somewhere, matrix_at};
use crate::closing::{open_conditions, shown};
use crate::divergence::Covered;
use crate::expect::is_open;
use crate::influence::label as influence_label;
use crate::model::{Density, Model};
use crate::numeric;
use crate::quantity::{Label, Quantity, Value};
use crate::reading::Reading;
use crate::report::{Certificate, Closure, Report};
use crate::versus::{NotComparable, Versus};
use bartlett_expr::{Expr, Facts, Matrix, Truth, normal};
use expected::Expected;
use pseudo_true::{PseudoTrue, pseudo_true};
use rustc_hash::FxHashMap;

/// The truth beside a model: symbols of the truth that the model estimates get another name.
///
/// # Errors
/// Other data, a density that is none.
pub fn beside(model: &Model, truth: &Model) -> Result<Versus, NotComparable> {
    let mut truth = truth.clone();
    let mut notes = Vec::new();
    for name in model.parameters.clone() {
        let taken = truth.parameters.contains(&name) || truth.known.contains(&name);
        if !taken {
            continue;
        }
        let mut fresh = format!("{name}_true");
        let used = |fresh: &str| {
            let all = [
                &truth.parameters,
                &truth.known,
                &model.parameters,
                &model.known,
            ];
            all.iter()
                .any(|list| list.iter().any(|s| s.name() == fresh))
        };
        while used(&fresh) {
            fresh.push('_');
        }
        notes.push(format!(
            "{name} of the truth is called {fresh} here: {name} is what is estimated"
        ));
        truth = truth.renamed(&name, &bartlett_expr::Symbol::new(&fresh));
    }
    let mut versus = Versus::model(&truth, model)?;
    versus.first.text.clone_from(&truth.text);
    versus.notes.splice(0..0, notes);
    Ok(versus)
}

/// What the estimator of the model's parameters does where the data follow the first law of `versus`.
///
/// - Pseudo-true values: where E\[s\] = 0 under the truth.
/// - Covariance: A⁻¹ J A⁻ᵀ with A = −∂E\[s\]/∂θ (that is −E\[H\] where the log-density is smooth) and J = Var s, expectations under the truth.
/// - Units: of n times the covariance of the estimator, n observations of the model.
/// - Source: Huber (1967); White (1982); van der Vaart (1998), §5.2–5.3.
///
/// # Errors
/// Words: a closed form that the numbers contradict.
pub fn misspecified(report: &Report, versus: &Versus) -> Result<Reading, String> {
    let mut reading = blank(report, versus);
    let pairs: Vec<(&Density, &Density)> = versus
        .first
        .observations
        .iter()
        .zip(&versus.second.observations)
        .map(|(p, q)| (&p.density, &q.density))
        .collect();
    if let Some(why) = obstacle(&versus.first.facts, &report.model, &pairs) {
        return Ok(refused(reading, why));
    }
    let found = match Expected::of(report, versus, &pairs) {
        Ok(found) => found,
        Err(why) => return Ok(refused(reading, why)),
    };
    reading.checks = found.certified(versus)?;
    let conditions: Vec<String> = open_conditions(&versus.first.facts, &found.all)
        .iter()
        .map(|c| format!("{} > 0", c.text()))
        .collect();
    if !conditions.is_empty() {
        let finding = format!(
            "the moments used are finite where {}",
            conditions.join(" and ")
        );
        reading.regularity.findings.push(finding);
    }
    show(report, versus, &found, &mut reading)?;
    Ok(reading)
}

fn blank(report: &Report, versus: &Versus) -> Reading {
    let mut reading = Reading::of(report);
    reading.refusal = None;
    reading.facts.clone_from(&versus.first.facts);
    reading.regularity.findings.clear();
    reading.regularity.holds = true;
    reading.regularity.information_identity = None;
    reading.checks.clear();
    reading.notes.clone_from(&report.model.notes);
    reading.notes.extend(versus.notes.iter().cloned());
    reading.quantities.push(Quantity {
        definition: "the law of the data; expectations are taken under it".to_owned(),
        ..Quantity::closed(
            "truth",
            "truth",
            "p",
            Value::Words(versus.first.text.clone()),
        )
    });
    reading
}

fn refused(mut reading: Reading, why: String) -> Reading {
    reading
        .quantities
        .push(Quantity::absent("asymptotic_covariance"));
    reading.regularity.holds = false;
    reading.refused(
        "no asymptotic covariance can be given under this truth",
        vec![why],
    )
}

/// Why the estimator has no asymptotic theory of this kind.
fn obstacle(facts: &Facts, model: &Model, pairs: &[(&Density, &Density)]) -> Option<String> {
    let moving = pairs.iter().flat_map(|(_, q)| &q.data).any(|d| {
        [&d.support.lower.value, &d.support.upper.value]
            .iter()
            .any(|end| end.contains_any(&model.parameters))
    });
    if moving {
        return Some("the support of the model holds a parameter".to_owned());
    }
    match Covered::of(facts, pairs) {
        Covered::Always => None,
        Covered::Never(why) => Some(format!(
            "{}: the log-likelihood is −∞ with positive probability",
            why.replace("the second law", "the model")
                .replace("support of", "true support of")
        )),
        Covered::Where(conditions) => {
            let conditions: Vec<String> = conditions.iter().map(Expr::text).collect();
            Some(format!(
                "the model covers the true support only where {}: state it with --where",
                conditions.join(" and ")
            ))
        }
    }
}

fn worst_of_each(checks: Vec<Certificate>) -> Vec<Certificate> {
    let mut kept: Vec<Certificate> = Vec::new();
    for check in checks {
        match kept
            .iter_mut()
            .find(|k| k.what == check.what && k.ok == check.ok)
        {
            Some(same) if same.max_rel_err >= check.max_rel_err => {}
            Some(same) => *same = check,
            None => kept.push(check),
        }
    }
    kept
}

fn show(
    report: &Report,
    versus: &Versus,
    found: &Expected,
    reading: &mut Reading,
) -> Result<(), String> {
    let facts = &versus.first.facts;
    let parameters = &report.model.parameters;
    let solved = if found.closed {
        pseudo_true(versus, &found.score, &found.sensitivity)
    } else {
        PseudoTrue::Open
    };
    let values: FxHashMap<Expr, Expr> = match &solved {
        PseudoTrue::At(values) => parameters
            .iter()
            .map(|s| Expr::symbol(s.name()))
            .zip(values.iter().cloned())
            .collect(),
        _ => FxHashMap::default(),
    };
    let put = |e: &Expr| {
        if values.is_empty() {
            e.clone()
        } else {
            shown(facts, &e.substitute(&values))
        }
    };
    if !values.is_empty()
        && found
            .score
            .iter()
            .any(|e| is_nonzero_somewhere(&versus.first, &e.substitute(&values)))
    {
        return Err(
            "internal error, please report: the mean score is not 0 at the pseudo-true values"
                .to_owned(),
        );
    }
    let place = where_it_goes(&solved, report, reading);
    reading.quantities.push(place);
    if !matches!(solved, PseudoTrue::At(_)) {
        reading.quantities.push(condition(report, found));
    }
    let status = if found.closed {
        Closure::Closed
    } else {
        Closure::Partial
    };
    let all = |rows: &[Vec<Expr>]| -> Vec<Vec<Expr>> {
        rows.iter()
            .map(|row| row.iter().map(put).collect())
            .collect()
    };
    let (sensitivity, variance) = (all(&found.sensitivity), all(&found.variance));
    let matrix = |key, title: &str, latex: &str, definition: &str, rows: &[Vec<Expr>]| Quantity {
        definition: definition.to_owned(),
        status,
        ..Quantity::closed(key, title, latex, Value::Matrix(rows.to_vec()))
    };
    reading.quantities.push(matrix(
        "sensitivity",
        "sensitivity A",
        "A",
        "−∂E[s]/∂θ under the truth: −E[H] where the log-density is smooth",
        &sensitivity,
    ));
    reading.quantities.push(matrix(
        "score_variance",
        "variance of the score J",
        "J",
        "under the truth: E[s sᵀ] where E[s] = 0",
        &variance,
    ));
    // Elsewhere than at the solution, which is not known, it says nothing.
    if matches!(solved, PseudoTrue::At(_)) {
        reading.regularity.information_identity = equal(versus, &sensitivity, &variance);
    }
    let lacking = |reading: &mut Reading, why: &str| {
        reading
            .quantities
            .push(Quantity::absent("asymptotic_covariance"));
        reading
            .notes
            .push(format!("no asymptotic covariance: {why}"));
    };
    if !found.closed {
        lacking(
            reading,
            "an expectation under the truth has no closed form that was found",
        );
        return Ok(());
    }
    let shape = || "the matrices have no shape".to_owned();
    let a = Matrix::from_rows(sensitivity.clone()).ok_or_else(shape)?;
    let j = Matrix::from_rows(variance.clone()).ok_or_else(shape)?;
    let Some(inverse) = a.inverse(facts).map_err(|e| e.to_string())? else {
        let why =
            "the mean score does not depend on some direction of the parameters: A is singular";
        lacking(reading, why);
        *reading = reading.clone().refused(
            "the estimator is not determined under this truth",
            vec![why.to_owned()],
        );
        return Ok(());
    };
    let sandwich = inverse
        .product(facts, &j)
        .and_then(|half| half.product(facts, &inverse.transpose()))
        .map_err(|e| e.to_string())?
        .map(|e| shown(facts, e));
    reading.checks.extend(agreement(
        versus,
        &sandwich.to_rows(),
        &sensitivity,
        &variance,
    )?);
    influence(versus, found, &inverse, &values, report, reading);
    reading.quantities.push(Quantity {
        definition:
            "A⁻¹ J (A⁻¹)ᵀ: n times the covariance of the maximum-likelihood estimator, as n → ∞"
                .to_owned(),
        ..Quantity::closed(
            "asymptotic_covariance",
            "asymptotic covariance under the truth",
            "A^{-1} J A^{-\\top}",
            Value::Matrix(sandwich.to_rows()),
        )
    });
    Ok(())
}

fn where_it_goes(solved: &PseudoTrue, report: &Report, reading: &mut Reading) -> Quantity {
    let why = match solved {
        PseudoTrue::At(values) => {
            let name = |s: &bartlett_expr::Symbol| {
                let name = Label::symbol(s);
                Label {
                    latex: format!("{}^*", name.latex),
                    ..name
                }
            };
            return Quantity {
                labels: report.model.parameters.iter().map(name).collect(),
                definition: "where E[s] = 0 under the truth: the limit of the estimator, the member of the model closest to the truth in Kullback–Leibler divergence".to_owned(),
                ..Quantity::closed(
                    "pseudo_true",
                    "pseudo-true values",
                    "\\theta^*",
                    Value::Vector(values.clone()),
                )
            };
        }
        PseudoTrue::Several => "E[s] = 0 has several solutions in the domains",
        PseudoTrue::Nowhere => "none of the solutions of E[s] = 0 is a maximum inside the domains",
        PseudoTrue::Open => "E[s] = 0 was not solved in closed form",
    };
    reading.notes.push(format!(
        "{why}: what follows holds at the parameters that solve the condition"
    ));
    Quantity::absent("pseudo_true")
}

fn condition(report: &Report, found: &Expected) -> Quantity {
    let name = |s: &bartlett_expr::Symbol| {
        let label = Label::symbol(s);
        Label {
            unicode: format!("0 = E[∂ℓ/∂{}] =", label.unicode),
            plain: format!("0 = E[dl/d{}] =", label.plain),
            latex: format!("\\mathrm{{E}}[\\partial \\ell/\\partial {}]", label.latex),
        }
    };
    Quantity {
        labels: report.model.parameters.iter().map(name).collect(),
        definition: "the mean score under the truth, which is 0 at the pseudo-true values"
            .to_owned(),
        status: if found.closed {
            Closure::Closed
        } else {
            Closure::Partial
        },
        ..Quantity::closed(
            "condition",
            "condition on the parameters",
            "\\mathrm{E}[s]",
            Value::Vector(found.score.clone()),
        )
    }
}

/// A⁻¹ s(x), for one observation.
fn influence(
    versus: &Versus,
    found: &Expected,
    inverse: &Matrix,
    values: &FxHashMap<Expr, Expr>,
    report: &Report,
    reading: &mut Reading,
) {
    let mut wide = versus.first.facts.clone();
    for datum in versus.first.data() {
        wide.declare(datum.symbol.clone(), datum.support.clone());
    }
    let p = found.score.len();
    let total = (0..p)
        .map(|i| Expr::sum(found.scores.iter().map(|(_, s)| s[i].substitute(values))))
        .collect();
    let Ok(direction) = inverse.product(&wide, &Matrix::column(total)) else {
        return;
    };
    reading.quantities.push(Quantity {
        labels: report
            .model
            .parameters
            .iter()
            .map(|s| influence_label(s, &report.model))
            .collect(),
        definition: "A⁻¹ s(x): the estimator is its limit + the mean of these over the sample, to first order".to_owned(),
        ..Quantity::closed(
            "influence",
            "influence function under the truth",
            "\\operatorname{IF}",
            Value::Vector(direction.entries().iter().map(|e| shown(&wide, e)).collect()),
        )
    });
}

/// A = J, as it is where the truth is in the model.
fn equal(versus: &Versus, a: &[Vec<Expr>], b: &[Vec<Expr>]) -> Option<bool> {
    let differences: Vec<Expr> = a
        .iter()
        .flatten()
        .zip(b.iter().flatten())
        .map(|(x, y)| x - y)
        .collect();
    if differences.iter().any(is_open) {
        return None;
    }
    let facts = &versus.first.facts;
    if differences
        .iter()
        .all(|e| normal::is_zero(facts, e) == Truth::Yes)
    {
        return Some(true);
    }
    let differs = |e: &Expr| is_nonzero_somewhere(&versus.first, e);
    differences.iter().any(differs).then_some(false)
}

fn agreement(
    versus: &Versus,
    sandwich: &[Vec<Expr>],
    a: &[Vec<Expr>],
    j: &[Vec<Expr>],
) -> Result<Vec<Certificate>, String> {
    let formulas: Vec<Expr> = sandwich.iter().flatten().cloned().collect();
    let claim = Agreement {
        what: "covariance against the numeric solution for A and J",
        formulas: &formulas,
        model: &versus.first,
    };
    let checks = agree(&claim, &mut |point| {
        let inverse = numeric::inverse_of_any(&matrix_at(a, point))?;
        let half = numeric::product(&inverse, &matrix_at(j, point));
        let whole = numeric::product(&half, &numeric::transpose(&inverse));
        let size = whole.iter().flatten().fold(0.0_f64, |m, v| m.max(v.abs()));
        let values = whole.into_iter().flatten().map(|v| (v, 1e-9 * size));
        Some((point.clone(), values.collect()))
    })?;
    Ok(worst_of_each(checks))
}
