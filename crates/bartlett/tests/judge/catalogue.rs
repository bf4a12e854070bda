//! Every row of the catalogue, judged: mass 1, mean score 0, an information that two rules agree on.
//! What cannot be asked of a row is listed with the reason.

use bartlett::check::{Judge, Outcome, Sampler, Status, mass};
use bartlett::model::Model;
use bartlett_expr::Symbol;
use bartlett_laws::{FAMILIES, Family, conditions};

/// The family at its own parameters in each regular case; integers and ends of the support are not estimated. None where nothing is left.
fn models(family: &Family) -> Vec<Model> {
    let names: Vec<&str> = family.parameters.iter().map(|p| p.name).collect();
    let law = format!("x ~ {}({})", family.name, names.join(", "));
    let cases = conditions(family.name).iter();
    cases.filter_map(|case| model(&law, case)).collect()
}

fn model(law: &str, condition: &str) -> Option<Model> {
    let text = format!("{law}; {condition}");
    let free = Model::parse(&text).expect("rows parse");
    let support = &free.observations[0].density.data[0].support;
    let is_fixed = |name: &Symbol| {
        let ends = [&support.lower.value, &support.upper.value];
        free.integer_parameters.iter().any(|(s, _)| s == name)
            || ends.iter().any(|end| end.contains(name))
    };
    let (fixed, estimated): (Vec<&Symbol>, Vec<&Symbol>) =
        free.parameters.iter().partition(|name| is_fixed(name));
    if estimated.is_empty() {
        return None;
    }
    if fixed.is_empty() {
        return Some(free);
    }
    let fixed: Vec<&str> = fixed.iter().map(|s| s.name()).collect();
    let text = format!("{text}; known {}", fixed.join(", "));
    Some(Model::parse(&text).expect("rows parse"))
}

/// Rows whose formula cancels too much for the judge to be sure of every entry; the last one has an integral in it that is singular at 1.
const CANCELING: &[&str] = &["Slash", "JFSkewT", "GaussHyper"];
/// Points at which each is judged.
const POINTS: usize = 2;

#[test]
fn every_family_has_mass_one_and_a_sure_information() {
    let (mut swept, mut wrong) = (0, Vec::new());
    let estimated = |family: &&Family| !family.parameters.is_empty();
    for family in FAMILIES.iter().copied().flatten().filter(estimated) {
        for model in models(family) {
            swept += judged(family.name, &model, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(swept > 400, "{swept}");
}

/// Notes what is wrong at some points, and counts them.
fn judged(name: &str, model: &Model, wrong: &mut Vec<String>) -> usize {
    // a Bessel function has no derivative in its order: only the mass is judged
    let judge = Judge::new(model).ok();
    let mut sampler = Sampler::new(model, 11);
    for _ in 0..POINTS {
        let point = sampler.point().expect("a point");
        let Some(judge) = &judge else {
            let found = mass(&model.observations[0].density, &model.facts, &point);
            check_mass(name, found, wrong);
            continue;
        };
        let found = judge.information(&point);
        let excepted = CANCELING.contains(&name);
        if found.mass[0].status == Status::Converged || !excepted {
            check_mass(name, found.mass[0], wrong);
        }
        if !found.is_sure() {
            if !excepted {
                let text = &model.text;
                wrong.push(format!("{text}: unsure {:?} at {point:?}", found.matrix));
            }
            continue;
        }
        for (i, mean) in found.mean_score[0].iter().enumerate() {
            let spread = found.matrix[i][i].value.sqrt();
            if mean.value.abs() > 1e-8 * spread + 10.0 * mean.error {
                wrong.push(format!("{name}: mean score {i} {mean:?} at {point:?}"));
            }
        }
    }
    POINTS
}

fn check_mass(name: &str, found: Outcome, wrong: &mut Vec<String>) {
    let off = (found.value - 1.0).abs();
    if found.status != Status::Converged || off > 1e-9 + 10.0 * found.error || found.error > 1e-7 {
        wrong.push(format!("{name}: mass {found:?}"));
    }
}
