//! The main job: from a model to a report.
//! In: `Model`. Out: `Report`. Never: an answer that the judge has not seen, or a matrix where there is no information.

use crate::addition;
use crate::check;
use crate::complete::{complete, existence, mass_as_typed};
use crate::information::{Derived, Shape, derive_density};
use crate::inverse;
use crate::model::{Density, Model};
use crate::regularity::{exceptional_points, irregular, singular_directions};
use crate::removable::{conditions, in_words};
use crate::report::{Certificate, Closure, Information, Regularity, Report};
use bartlett_expr::matrix::Matrix;
use bartlett_expr::{Binder, Expr, Facts, Kind, normal, operations, present};

/// Derives score, Hessian, Fisher information and Cramér–Rao bound of a model, with what was learnt of its regularity, checked.
///
/// A model without information (no density, a moving end where the density does not vanish, an infinite second moment, an
/// integer parameter) is refused: `fisher` is `None` and the findings say why.
#[must_use]
pub fn derive(model: &Model) -> Report {
    let mut report = Report {
        model: model.clone(),
        completed: model.clone(),
        parts: Vec::new(),
        score: Vec::new(),
        hessian: Vec::new(),
        fisher: None,
        crb: None,
        regularity: Regularity::default(),
        checks: Vec::new(),
        notes: model.notes.clone(),
    };
    if let Err(reason) = fill(&mut report) {
        report.fisher = None;
        report.crb = None;
        report.regularity.holds = false;
        report.regularity.findings.insert(0, reason);
    }
    report
}

/// With more parameters the matrices have thousands of formulas that nobody reads, and take minutes.
const MOST_PARAMETERS: usize = 50;

/// Does as much as can be done; the error is the reason of a refusal, in words.
fn fill(report: &mut Report) -> Result<(), String> {
    let model = report.model.clone();
    let count = model.parameters.len();
    if count > MOST_PARAMETERS {
        return Err(format!(
            "not supported yet: {count} parameters, whose matrices would have {} entries each; `fit` estimates them without these",
            count * count
        ));
    }
    derivatives(report, &model)?;
    if let Some((parameter, reason)) = model.integer_parameters.first() {
        return Err(format!(
            "{parameter} is an integer ({reason}): it has no Fisher information; say `known {parameter}` to hold it fixed"
        ));
    }
    let mut complete = model.clone();
    for observation in &mut complete.observations {
        let row = model.of_one_row(observation);
        with_mass_one(&row, &mut observation.density, &mut report.notes)?;
    }
    let shapes: Vec<Shape> = complete
        .observations
        .iter()
        .map(|o| Shape::of(&o.density, &model.parameters))
        .collect();
    for (observation, shape) in complete.observations.iter().zip(&shapes) {
        let row = complete.of_one_row(observation);
        let findings = irregular(&row, &observation.density, *shape)
            .map_err(|reason| with_conditions(reason, &row.facts, &observation.density, &model))?;
        report.regularity.findings.extend(findings);
    }
    let mut parts: Vec<Derived> = Vec::new();
    for observation in &complete.observations {
        let row = complete.of_one_row(observation);
        let density = observation.density_of_one_row();
        let mut facts = row.facts.clone();
        for (plain, datum) in density.data.iter().zip(&observation.density.data) {
            if let Some(domain) = facts.domain(&datum.symbol).cloned()
                && plain.symbol != datum.symbol
            {
                facts.declare(plain.symbol.clone(), domain);
            }
        }
        parts.push(derive_density(&facts, &density, &model.parameters).map_err(|e| e.to_string())?);
    }
    // A normalizer that was derived belongs to the log-density that is differentiated.
    if complete
        .observations
        .iter()
        .zip(&model.observations)
        .any(|(c, t)| t.density.up_to_normalizer && c.density.log_density != t.density.log_density)
    {
        derivatives(report, &complete)?;
    }
    let (information, findings) = addition::information(&complete, &parts);
    report.regularity.information_identity = identity(&complete, &shapes, report);
    report.checks = certified(&complete, &information)?;
    report.regularity.holds = true;
    report.regularity.findings.extend(findings);
    report.completed = complete;
    bound(report, &information);
    report.fisher = Some(information);
    report.parts = parts;
    Ok(())
}

/// The model with densities whose mass is 1, and what was completed in words.
///
/// # Errors
/// Why it is no density.
pub(crate) fn completed(model: &Model) -> Result<(Model, Vec<String>), String> {
    let (mut complete, mut notes) = (model.clone(), Vec::new());
    for observation in &mut complete.observations {
        with_mass_one(model, &mut observation.density, &mut notes)?;
    }
    Ok((complete, notes))
}

/// A reason of refusal with what would have to hold for the information to exist, where that is known.
fn with_conditions(reason: String, facts: &Facts, density: &Density, model: &Model) -> String {
    let conditions = derive_density(facts, density, &model.parameters)
        .map(|derived| conditions(facts, &[derived]))
        .unwrap_or_default();
    if conditions.is_empty() {
        reason
    } else {
        format!("{reason}; it is finite for {}", conditions.join(" and "))
    }
}

/// Score and Hessian of a model, observations added.
fn derivatives(report: &mut Report, model: &Model) -> Result<(), String> {
    let (score, hessian) = addition::derivatives(model).map_err(|e| e.to_string())?;
    report.score = score;
    report.hessian = hessian;
    Ok(())
}

/// Makes sure that the density has a mass free of the parameters, completing it where a factor in the data is missing.
fn with_mass_one(
    model: &Model,
    density: &mut Density,
    notes: &mut Vec<String>,
) -> Result<(), String> {
    if density.up_to_normalizer {
        return normalize(model, density, notes);
    }
    if let Some(at) = check::negative_somewhere(model, density) {
        return Err(format!(
            "not a density: it is negative at {at}; the declared domain is too wide"
        ));
    }
    let verdict = check::mass_is_free(model, density);
    match &verdict {
        check::MassVerdict::Constant(mass) => {
            if (mass - 1.0).abs() > 1e-7 {
                notes.push(format!("the density as typed has mass {mass:.6}, free of the parameters: it is divided by it"));
                // A mass that closes must be the one that the judge found.
                let closed = mass_as_typed(&model.facts, density).filter(|closed| {
                    let value = closed.value_at(&[]);
                    if closed.may_vary() {
                        !closed.is_one()
                    } else {
                        (value - mass).abs() < 1e-6 * mass
                    }
                });
                let Some(closed) = closed else {
                    return Err(format!(
                        "the density as typed has mass {mass:.9}: type the factor that makes it 1"
                    ));
                };
                density.log_density = &density.log_density - closed.log();
            }
            return Ok(());
        }
        check::MassVerdict::Unknown
            if mass_as_typed(&model.facts, density)
                .is_some_and(|m| !m.contains_any(&model.parameters)) =>
        {
            return Ok(());
        }
        check::MassVerdict::Unknown if density.data.len() > 1 => {
            notes.push("the total mass could not be verified numerically".to_owned());
            return Ok(());
        }
        _ => {}
    }
    if let Some(found) = complete(&model.facts, density, &model.parameters) {
        let h = present(&model.facts, &found.log_factor.exp());
        let mut completed = density.clone();
        completed.log_density = &density.log_density + &found.log_factor;
        completed.typed = None;
        if matches!(
            check::mass_is_free(model, &completed),
            check::MassVerdict::Constant(_)
        ) {
            let names: Vec<&str> = density.data.iter().map(|d| d.symbol.name()).collect();
            notes.push(format!(
                "completed by h({}) = {} (up to a constant), which is free of the parameters",
                names.join(", "),
                h.text()
            ));
            *density = completed;
            return Ok(());
        }
    }
    let as_typed =
        mass_as_typed(&model.facts, density).filter(|m| m.contains_any(&model.parameters));
    Err(match (as_typed, verdict) {
        (Some(mass), _) => {
            let mass = present(&model.facts, &mass);
            let factor = present(&model.facts, &mass.recip());
            format!(
                "not a density: its total mass is {}, not 1, for any factor free of the parameters; multiply it by {}",
                mass.text(),
                factor.text()
            )
        }
        (None, verdict) => format!("not a density: {verdict}"),
    })
}

/// Divides a kernel by its integral, closed where it closes.
fn normalize(model: &Model, density: &mut Density, notes: &mut Vec<String>) -> Result<(), String> {
    density.up_to_normalizer = false;
    let kernel = density.clone();
    let closed = mass_as_typed(&model.facts, density)
        .filter(|m| model.facts.is_positive(m) != bartlett_expr::Truth::No);
    let mass = if let Some(mass) = closed {
        let mass = present(&model.facts, &mass);
        notes.push(format!("the normalizer is {}", mass.text()));
        mass
    } else {
        notes.push(
            "the normalizer has no closed form known here: it stays an explicit integral or sum"
                .to_owned(),
        );
        density
            .data
            .iter()
            .rev()
            .fold(density.log_density.exp(), |body, datum| {
                let binder = if datum.support.is_discrete() {
                    Binder::Sum
                } else {
                    Binder::Integral
                };
                Expr::bound(
                    binder,
                    datum.symbol.clone(),
                    datum.support.lower.value.clone(),
                    datum.support.upper.value.clone(),
                    body,
                )
            })
    };
    density.log_density = &density.log_density - mass.log();
    match check::mass_is_free(model, density) {
        check::MassVerdict::Constant(_) => Ok(()),
        verdict => {
            let needed = in_words(&model.facts, existence(&model.facts, &kernel));
            Err(if needed.is_empty() {
                format!("the kernel has no finite integral: {verdict}")
            } else {
                format!(
                    "the kernel has no finite integral for all parameters: it is finite where {}; add `{}`",
                    needed.join(" and "),
                    needed.join("; ")
                )
            })
        }
    }
}

fn identity(model: &Model, shapes: &[Shape], report: &mut Report) -> Option<bool> {
    if shapes.iter().all(|s| s.is_smooth()) {
        return Some(true);
    }
    match check::information_identity(model) {
        Ok(check::Identity::Holds) => Some(true),
        Ok(check::Identity::Fails {
            minus_hessian,
            score_product,
            ..
        }) => {
            report.regularity.findings.push(format!(
                "the second Bartlett identity fails: −E[H] is {:.6} where E[s sᵀ] is {score_product:.6}; E[s sᵀ] is the information",
                // What rounds to nothing has no sign.
                if minus_hessian.abs() < 5e-7 { 0.0 } else { minus_hessian }
            ));
            Some(false)
        }
        _ => None,
    }
}

fn certified(model: &Model, information: &Information) -> Result<Vec<Certificate>, String> {
    check::certify(model, &information.matrix).map_err(|mismatch| {
        let at = check::point_in_words(&mismatch.at);
        if let Some(reason) = why_biased(model, &mismatch) {
            return format!("{reason} (at {at})");
        }
        format!("internal error, please report: at {at} {mismatch}")
    })
}

/// The reason of a mean score that is not 0, where the masses beside the point give one: E[s] is the slope of the log of the mass
/// wherever differentiation passes the integral.
fn why_biased(model: &Model, mismatch: &check::Mismatch) -> Option<String> {
    if mismatch.claimed != 0.0 || !mismatch.what.contains("mean score") {
        return None;
    }
    let parameter = model.parameters.get(mismatch.entry.0)?;
    let value = mismatch.at.iter().find(|(s, _)| s == parameter)?.1;
    let step = 1e-3 * value.abs().max(1e-3);
    let log_mass = |by: f64| {
        let mut point = mismatch.at.clone();
        point
            .iter_mut()
            .filter(|(s, _)| s == parameter)
            .for_each(|(_, x)| *x += by);
        let masses = model
            .observations
            .iter()
            .map(|o| check::mass(&o.density, &model.facts, &point));
        masses
            .map(|m| m.is_sure().then(|| m.value.ln()))
            .sum::<Option<f64>>()
    };
    let mean = mismatch.numeric;
    let (Some(above), Some(below)) = (log_mass(step), log_mass(-step)) else {
        return Some(format!(
            "no regular density: the score of {parameter} has the mean {mean:.6e}, and the total mass could not be found; check the constant"
        ));
    };
    let slope = (above - below) / (2.0 * step);
    if (slope - mean).abs() < 1e-2 * mean.abs() {
        return Some(format!(
            "not a density for all parameters: its total mass changes with {parameter}, by {slope:.6e} of itself a unit"
        ));
    }
    Some(if slope.abs() < 1e-3 * mean.abs() {
        format!(
            "the score of {parameter} has the mean {mean:.6e} although the total mass stays the same: \
             differentiation does not pass the integral, and there is no Fisher information"
        )
    } else {
        format!(
            "the score of {parameter} has the mean {mean:.6e}, and the log of the total mass the slope {slope:.6e}: \
             differentiation does not pass the integral, and there is no Fisher information"
        )
    })
}

/// Entries that stay open are not evaluated one by one, each with sums inside of sums: the judge has all at once.
fn is_definite_somewhere(report: &Report, information: &Information) -> bool {
    if information.status == Closure::Closed {
        check::is_definite_somewhere(&report.model, Some(&information.matrix[..]))
    } else {
        check::is_definite_somewhere(&report.completed, None)
    }
}

/// The inverse, or the directions that are not identified.
fn bound(report: &mut Report, information: &Information) {
    let facts = report.model.facts.clone();
    let Some(matrix) = Matrix::from_rows(information.matrix.clone()) else {
        return;
    };
    if inverse::is_long(&matrix)
        && is_definite_somewhere(report, information)
        && let Some(inverse) = inverse::by_names(&facts, &matrix)
    {
        report.crb = Some(Information {
            status: information.status,
            matrix: inverse.to_rows(),
        });
        return;
    }
    if information.status == Closure::Closed
        && let Some(finding) = singular_directions(&facts, &matrix, &report.model.parameters)
    {
        report.regularity.findings.push(finding);
        return;
    }
    if let Ok(Some(inverse)) = matrix.inverse(&facts) {
        let matrix = inverse
            .to_rows()
            .iter()
            .map(|row| row.iter().map(|e| present_closed(&facts, e)).collect())
            .collect();
        report.crb = Some(Information {
            status: information.status,
            matrix,
        });
    }
    report
        .regularity
        .findings
        .extend(exceptional_points(&report.model, information));
}

/// At most so many operations are worth a search for a shorter form in an inverse.
const WORTH_A_SEARCH: usize = 60;

fn present_closed(facts: &bartlett_expr::Facts, e: &Expr) -> Expr {
    let open = e.any_node(&|n| matches!(n.kind(), Kind::Bound(..)));
    let factored = normal::simplified(facts, e);
    if open || operations(&factored) > WORTH_A_SEARCH {
        factored
    } else {
        present(facts, &factored)
    }
}
