//! Every row of the catalogue, judged: mass 1, mean score 0, an information that two rules agree on.
//! What cannot be asked of a row is listed with the reason.

use bartlett::Facts;
use bartlett::check::{Judge, Outcome, Sampler, Status, mass};
use bartlett::model::{Datum, Density, Model, Observation};
use bartlett_expr::{Domain, Expr, Number, Symbol, parse_declaring};
use bartlett_laws::{FAMILIES, Family};

/// The domain that a statement of a row gives to a name; `None` where it is an inequality of another kind.
fn domain(statement: &str, name: &str, read: &dyn Fn(&str) -> Expr) -> Option<Domain> {
    let open = |lower: Expr, upper: Expr| Some(Domain::interval(lower, false, upper, false));
    let text = statement.trim();
    if let Some(set) = text
        .strip_prefix(name)
        .and_then(|t| t.trim().strip_prefix("in "))
    {
        let set = set.trim();
        let integers = |a, b| Some(Domain::integers(a, b, Number::ONE));
        return match set {
            "real" => Some(Domain::real()),
            "integer" => integers(-Expr::infinity(), Expr::infinity()),
            _ if set.starts_with('{') => {
                let parts = split(&set[1..set.len() - 1]);
                let first = read(&parts[0]);
                let last = parts.last().map_or("", |s| s.trim());
                let upper = if last == "..." {
                    Expr::infinity()
                } else {
                    read(last)
                };
                let step = match parts.get(1).map(|s| s.trim()) {
                    Some(second) if second != "..." && parts.len() > 2 => read(second) - &first,
                    _ => Expr::one(),
                };
                Some(Domain::integers(first, upper, step.as_number()?.clone()))
            }
            _ => {
                let parts = split(&set[1..set.len() - 1]);
                open(read(&parts[0]), read(&parts[1]))
            }
        };
    }
    let sides: Vec<&str> = text
        .split(['<', '>', '='])
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect();
    match &sides[..] {
        [a, x, b] if *x == name => open(read(a), read(b)),
        [x, a] if *x == name && text.contains('>') => open(read(a), Expr::infinity()),
        [x, a] if *x == name => open(-Expr::infinity(), read(a)),
        _ => None,
    }
}

/// Parts between commas outside of brackets.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

fn model(family: &Family) -> Option<Model> {
    let names: Vec<&str> = family
        .parameters
        .iter()
        .map(|p| p.name)
        .chain(["x"])
        .collect();
    let read = |text: &str| parse_declaring(text, names.iter().copied()).expect("rows parse");
    let mut facts = Facts::new();
    let (mut parameters, mut known) = (Vec::new(), Vec::new());
    let support = domain(family.data, "x", &read)?;
    for p in family.parameters {
        let place = domain(p.domain, p.name, &read)?;
        let symbol = Symbol::new(p.name);
        // integers and ends of the support are not estimated
        let end = [&support.lower.value, &support.upper.value];
        if place.is_discrete() || end.iter().any(|e| e.contains(&symbol)) {
            known.push(symbol.clone());
        } else {
            parameters.push(symbol.clone());
        }
        facts.declare(symbol, place);
    }
    facts.declare(Symbol::new("x"), support.clone());
    let datum = Datum {
        symbol: Symbol::new("x"),
        support,
        atoms: Vec::new(),
    };
    let density = Density {
        data: vec![datum],
        log_density: read(family.log_density),
        typed: None,
        up_to_normalizer: false,
    };
    Some(Model {
        text: family.name.to_owned(),
        parameters,
        known,
        observations: vec![Observation { density, law: None }],
        facts,
        notes: Vec::new(),
    })
}

/// Rows whose information is infinite for some values of their parameters.
const INFINITE: &[&str] = &["GenNorm", "DoubleGamma", "DoubleWeibull"];
/// Rows whose formula cancels too much for the judge to be sure of every entry.
const CANCELING: &[&str] = &["Slash", "JFSkewT"];
/// Rows whose support is given by an inequality that this test does not read.
const NOT_READ: &[&str] = &[
    "GeneralizedExtremeValue",
    "GenExtreme",
    "GeneralizedPareto",
    "GenPareto",
    "Kappa4",
    "Pearson3",
];

#[test]
fn every_family_has_mass_one_and_a_sure_information() {
    let (mut swept, mut wrong) = (0, Vec::new());
    for family in FAMILIES.iter().copied().flatten() {
        let Some(model) = model(family) else {
            assert!(NOT_READ.contains(&family.name), "{} not read", family.name);
            continue;
        };
        // a Bessel function has no derivative in its order: only the mass is judged
        let judge = Judge::new(&model).ok();
        let mut sampler = Sampler::new(&model, 11);
        for _ in 0..2 {
            let point = sampler.point().expect("a point");
            let name = family.name;
            swept += 1;
            let Some(judge) = &judge else {
                let found = mass(&model.observations[0].density, &model.facts, &point);
                check_mass(name, found, &mut wrong);
                continue;
            };
            let found = judge.information(&point);
            let excepted = INFINITE.contains(&name) || CANCELING.contains(&name);
            if found.mass[0].status == Status::Converged || !excepted {
                check_mass(name, found.mass[0], &mut wrong);
            }
            if !found.is_sure() {
                if !excepted {
                    wrong.push(format!("{name}: unsure {:?} at {point:?}", found.matrix));
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
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(swept > 380, "{swept}");
}

fn check_mass(name: &str, found: Outcome, wrong: &mut Vec<String>) {
    let off = (found.value - 1.0).abs();
    if found.status != Status::Converged || off > 1e-9 + 10.0 * found.error || found.error > 1e-7 {
        wrong.push(format!("{name}: mass {found:?}"));
    }
}
