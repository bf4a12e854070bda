//! What is learnt about regularity: moving ends, kinks, infinite information, directions that are not identified.
//! In: a completed model. Out: findings in words, or the reason of a refusal. Never: "regular" where nothing was decided.

use crate::check::{self, Existence, Sampler};
use crate::estimable::estimable;
use crate::information::Shape;
use crate::model::{Density, Model};
use crate::removable;
use crate::report::Information;
use bartlett_expr::matrix::Matrix;
use bartlett_expr::{Expr, Facts, Kind, Symbol, Truth, normal, present, topological};

/// Points of the parameters at which irregular models are looked at.
const LOOKS: usize = 4;

/// Findings on one density that is not smooth, or the reason why it has no information.
pub(crate) fn irregular(
    model: &Model,
    density: &Density,
    shape: Shape,
) -> Result<Vec<String>, String> {
    let mut findings = kinks_in_parameters(model, density);
    if shape.is_smooth() {
        return Ok(findings);
    }
    let mut sampler = Sampler::new(model, 17);
    let score = density
        .log_density
        .gradient(&model.parameters)
        .map_err(|e| e.to_string())?;
    let mut looked = 0;
    for _ in 0..2 * LOOKS {
        let Some(point) = sampler.point() else { break };
        if looked == LOOKS {
            break;
        }
        for (i, existence) in check::second_moments(density, &model.facts, &score, &point)
            .iter()
            .enumerate()
        {
            if let Existence::Diverges { at } = existence {
                return Err(format!(
                    "infinite information: E[(∂ log p/∂{})²] diverges at {} = {at:.6}",
                    model.parameters[i], density.data[0].symbol
                ));
            }
        }
        let means = check::mean_score(density, &model.facts, &model.parameters, &point)
            .map_err(|e| e.to_string())?;
        if means.iter().all(check::Outcome::is_sure) {
            looked += 1;
        }
        for (i, mean) in means.iter().enumerate() {
            if mean.is_sure() && mean.value.abs() > 1e-6 + 100.0 * mean.error {
                let parameter = &model.parameters[i];
                let why = if shape.moving {
                    format!(
                        "the support moves with {parameter} and the density does not vanish at its end"
                    )
                } else {
                    format!("the density jumps where its pieces meet as {parameter} moves")
                };
                return Err(format!(
                    "{why}: E[score] is {:.6}, not 0; there is no Fisher information",
                    mean.value
                ));
            }
        }
    }
    if looked == 0 {
        return Err("it could not be decided whether the score has mean zero".to_owned());
    }
    if shape.moving {
        findings.push("the support moves with the parameters, but the density vanishes fast enough at its end: the score has mean zero".to_owned());
    }
    if shape.kinked {
        findings
            .push("the log-density has a kink in the data: the information is E[s sᵀ]".to_owned());
    }
    Ok(findings)
}

/// |a| and the like, free of the data: the log-density is not differentiable in the parameters there.
fn kinks_in_parameters(model: &Model, density: &Density) -> Vec<String> {
    let data: Vec<Symbol> = density.data.iter().map(|d| d.symbol.clone()).collect();
    let mut findings = Vec::new();
    for node in topological(std::slice::from_ref(&density.log_density)) {
        if let Kind::Call(f, arguments) = node.kind()
            && !f.is_smooth()
            && node.contains_any(&model.parameters)
            && !node.contains_any(&data)
            && model.facts.is_nonzero(&arguments[0]) != Truth::Yes
        {
            findings.push(format!(
                "the log-density is not differentiable where {} = 0",
                arguments[0].text()
            ));
        }
    }
    findings
}

/// The rank and the directions that are not identified, where the matrix is singular everywhere.
pub(crate) fn singular_directions(
    facts: &Facts,
    matrix: &Matrix,
    parameters: &[Symbol],
) -> Option<String> {
    let rank = matrix.rank(facts).ok()?;
    if rank == matrix.rows() {
        return None;
    }
    let directions = matrix.null_space(facts).ok()?;
    let show = |v: &Vec<Expr>| {
        format!(
            "({})",
            v.iter().map(Expr::text).collect::<Vec<_>>().join(", ")
        )
    };
    let names: Vec<&str> = parameters.iter().map(Symbol::name).collect();
    let identified = estimable(facts, &directions, parameters)
        .filter(|found| !found.is_empty())
        .map(|found| {
            let found: Vec<String> = found.iter().map(|g| present(facts, g).text()).collect();
            format!(
                "; only {} {} identified",
                found.join(", "),
                if found.len() == 1 { "is" } else { "are" }
            )
        });
    Some(format!(
        "the information is singular: rank {rank} of {}; not identified along {} in ({}){}; there is no inverse",
        matrix.rows(),
        directions
            .iter()
            .map(show)
            .collect::<Vec<_>>()
            .join(" and "),
        names.join(", "),
        identified.unwrap_or_default()
    ))
}

/// Points of the domain at which a diagonal entry vanishes or the formula has no value; the limits there, where they are found.
pub(crate) fn exceptional_points(model: &Model, information: &Information) -> Vec<String> {
    let mut findings = Vec::new();
    let mut singular: Vec<(Symbol, Expr)> = Vec::new();
    for (i, row) in information.matrix.iter().enumerate() {
        for (j, entry) in row.iter().enumerate().skip(i) {
            for factor in entry.factors() {
                let (base, exponent) = factor.as_power();
                let positive = exponent
                    .as_number()
                    .is_some_and(bartlett_expr::Number::is_positive);
                if positive && i != j {
                    continue;
                }
                let Some(name) = only_symbol(&base, &model.parameters) else {
                    continue;
                };
                if model.facts.is_nonzero(&base) == Truth::Yes {
                    continue;
                }
                let Some(root) = linear_root(&model.facts, &base, &name) else {
                    continue;
                };
                if !positive {
                    if !singular.contains(&(name.clone(), root.clone())) {
                        singular.push((name, root));
                    }
                    continue;
                }
                let finding = format!(
                    "the information on {} vanishes at {name} = {}: no bound exists there",
                    model.parameters[i],
                    root.text()
                );
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
        }
    }
    findings.extend(
        singular
            .iter()
            .map(|(name, root)| limit_in_words(model, information, name, root)),
    );
    findings
}

/// Limits of the entries whose formulas have no value where a parameter has this one.
fn limit_in_words(model: &Model, information: &Information, name: &Symbol, root: &Expr) -> String {
    let place = format!("the formula has no value at {name} = {}", root.text());
    let mut limits = Vec::new();
    let point = Sampler::new(model, 29).point();
    for (i, row) in information.matrix.iter().enumerate() {
        for (j, entry) in row.iter().enumerate().skip(i) {
            if removable::has_value(entry, name, root) {
                continue;
            }
            let limit = point
                .as_ref()
                .and_then(|at| removable::limit(&model.facts, entry, name, root, at));
            let Some(limit) = limit else {
                return format!("{place}: take the limit there");
            };
            let names = (&model.parameters[i], &model.parameters[j]);
            limits.push(format!(
                "I[{}, {}] = {}",
                names.0,
                names.1,
                present(&model.facts, &limit).text()
            ));
        }
    }
    format!("{place}; in the limit {}", limits.join(", "))
}

fn only_symbol(e: &Expr, parameters: &[Symbol]) -> Option<Symbol> {
    let free = e.free_symbols();
    let mut inside = free.iter().filter(|s| parameters.contains(s));
    let only = inside.next()?.clone();
    (inside.next().is_none() && free.len() == 1).then_some(only)
}

fn linear_root(facts: &Facts, e: &Expr, symbol: &Symbol) -> Option<Expr> {
    let slope = e.derivative(symbol).ok()?;
    if slope.contains(symbol) || slope.is_zero() {
        return None;
    }
    let root = normal::cancelled(&-(e.replace(symbol, &Expr::zero()) / slope));
    let value = root.as_number()?.clone();
    let domain = facts.domain(symbol)?;
    let inside = |end: &Expr, upper: bool| {
        end.as_number()
            .is_none_or(|n| if upper { value < *n } else { value > *n })
    };
    (inside(&domain.lower.value, false) && inside(&domain.upper.value, true)).then_some(root)
}
