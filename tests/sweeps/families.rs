//! Sweep: every family of the catalogue has mass 1 and a score of mean 0, by number.
//! In: `FAMILIES`. Out: what is wrong. Never: a row that was judged at fewer than two points.

use crate::{report, shown};
use bartlett::Symbol;
use bartlett::check::{Outcome, Sampler, Status, expectations};
use bartlett::model::{Density, Model};
use bartlett_expr::Expr;
use bartlett_laws::{FAMILIES, Family, conditions};
use bartlett_tests::parallel::each;

const SEED: u64 = 0x5EED_0005;
/// Points at which a row is judged, and points tried.
const WANTED: usize = 2;
const TRIED: usize = 8;

/// Derivatives without a formula, with the reason.
static NO_FORMULA: &[(&str, &str, &str)] = &[
    ("GenHyperbolic", "p", "the order of K"),
    ("VarianceGamma", "lambda", "the order of K"),
    ("GenInvGauss", "p", "the order of K"),
    ("GeneralizedInverseGaussian", "p", "the order of K"),
    ("NoncentralChiSquare", "k", "the order of I"),
];

/// Rows that the sweep cannot judge, with the reason.
static SKIPPED: &[(&str, &str)] = &[("StdNormal", "it has no parameter, so no model of it alone")];

/// Rows at which the numbers may end unsure, with the reason: what is judged of them must be right all the same.
static UNSURE: &[(&str, &str)] = &[
    ("NormInvGauss", "K overflows where its logarithm does not"),
    (
        "NormalInverseGaussian",
        "K overflows where its logarithm does not",
    ),
    ("VarianceGamma", "K overflows where its logarithm does not"),
    ("Rice", "I overflows where its logarithm does not"),
];

/// A family with its parameters as symbols.
pub fn law(row: &Family) -> String {
    let names: Vec<&str> = row.parameters.iter().map(|p| p.name).collect();
    format!("x ~ {}({})", row.name, names.join(", "))
}

/// The texts of the models to judge for a row.
pub fn texts(row: &Family) -> Vec<String> {
    let law = law(row);
    let stated = |case: &&str| {
        if case.is_empty() {
            law.clone()
        } else {
            format!("{law}; {case}")
        }
    };
    conditions(row.name).iter().map(stated).collect()
}

pub fn rows() -> Vec<&'static Family> {
    FAMILIES.iter().copied().flatten().collect()
}

/// Real parameters with which the support does not move.
fn steady(model: &Model, density: &Density) -> Vec<Symbol> {
    let whole = |parameter: &Symbol| model.integer_parameters.iter().any(|(s, _)| s == parameter);
    let moves = |parameter: &Symbol| {
        density.data.iter().any(|datum| {
            let support = &datum.support;
            [&support.lower.value, &support.upper.value]
                .iter()
                .any(|end| end.contains(parameter))
        })
    };
    let all = model.parameters.iter();
    all.filter(|p| !whole(p) && !moves(p)).cloned().collect()
}

fn faults(row: &&'static Family) -> Vec<String> {
    if SKIPPED.iter().any(|(name, _)| *name == row.name) {
        return Vec::new();
    }
    let texts = texts(row);
    texts.iter().flat_map(|text| faults_of(row, text)).collect()
}

fn faults_of(row: &Family, text: &str) -> Vec<String> {
    let model = match Model::parse(text) {
        Ok(model) => model,
        Err(problems) => {
            let drawn: Vec<String> = problems.iter().map(|p| p.render(text)).collect();
            return vec![format!("`{text}` is not read: {}", drawn.join("\n"))];
        }
    };
    let [observation] = &model.observations[..] else {
        return vec![format!(
            "`{text}`: {} observations",
            model.observations.len()
        )];
    };
    let density = &observation.density;
    let mut wrong = Vec::new();
    let mut score: Vec<(Symbol, Expr)> = Vec::new();
    for parameter in steady(&model, density) {
        let listed = |(family, name, _): &(&str, &str, &str)| {
            *family == row.name && *name == parameter.name()
        };
        match density.log_density.derivative(&parameter) {
            Ok(derivative) => score.push((parameter, derivative)),
            Err(_) if NO_FORMULA.iter().any(listed) => {}
            Err(reason) => wrong.push(format!("`{text}`: {reason}")),
        }
    }
    let derivatives: Vec<Expr> = score.iter().map(|(_, d)| d.clone()).collect();
    let mut sampler = Sampler::new(&model, SEED);
    let mut judged = 0;
    let mut unsure = String::new();
    for _ in 0..TRIED {
        if judged == WANTED {
            break;
        }
        let Some(point) = sampler.point() else { break };
        let found = expectations(density, &model.facts, &derivatives, &point);
        let outcomes = || std::iter::once(&found.mass).chain(&found.values);
        if outcomes().any(|o| o.status == Status::Diverges) {
            wrong.push(format!(
                "`{text}`: no mass or mean score at {}",
                shown(&point)
            ));
            break;
        }
        if !outcomes().all(Outcome::is_sure) {
            unsure = format!("; not sure at {}", shown(&point));
            continue;
        }
        judged += 1;
        if (found.mass.value - 1.0).abs() > 1e-7 + 10.0 * found.mass.error {
            let mass = found.mass.value;
            wrong.push(format!("`{text}`: mass {mass} at {}", shown(&point)));
        }
        for ((parameter, _), mean) in score.iter().zip(&found.values) {
            if mean.value.abs() > 1e-6 + 10.0 * mean.error {
                wrong.push(format!(
                    "`{text}`: E[∂ℓ/∂{}] = {} ± {:e} at {}",
                    parameter.name(),
                    mean.value,
                    mean.error,
                    shown(&point)
                ));
            }
        }
    }
    let may_be_unsure = UNSURE.iter().any(|(name, _)| *name == row.name);
    if judged < WANTED && wrong.is_empty() && !may_be_unsure {
        wrong.push(format!("`{text}`: judged at {judged} points{unsure}"));
    }
    wrong
}

#[test]
fn every_family_has_mass_one_and_a_score_of_mean_zero() {
    let rows = rows();
    assert!(rows.len() >= 225, "{} families", rows.len());
    let wrong: Vec<String> = each(&rows, faults).into_iter().flatten().collect();
    report("families", &wrong);
}
