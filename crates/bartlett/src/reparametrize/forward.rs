//! `--to`: new parameters as functions of the old.
//! In: a `Report`, definitions. Out: a `Map`. Never: an inverse that was not reached by steps that can be undone.

use super::domains::image;
use super::{Branch, Definition, Map, NoMap, printed, singular_points};
use crate::report::Report;
use crate::solve::system;
use bartlett_expr::{Expr, Facts, Matrix, Symbol, normal};

/// The map, or (inside) why the information cannot follow it.
pub(super) fn forward(report: &Report, list: &[Definition]) -> Result<Result<Map, String>, NoMap> {
    let old = &report.model.parameters;
    let (parameters, formulas) = slots(report, list)?;
    let facts = &report.model.facts;
    Ok(mapped(report, old, parameters, formulas, facts))
}

fn mapped(
    report: &Report,
    old: &[Symbol],
    parameters: Vec<Symbol>,
    formulas: Vec<Expr>,
    facts: &Facts,
) -> Result<Map, String> {
    let fisher = report.fisher.as_ref().ok_or_else(String::new)?;
    let mut new_facts = facts.clone();
    for (name, formula) in parameters.iter().zip(&formulas) {
        if !old.contains(name) {
            new_facts.declare(name.clone(), image(facts, formula, old));
        }
    }
    let gradients = formulas
        .iter()
        .map(|formula| formula.gradient(old))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| e.to_string())?;
    let shape = || "the map has another size than the information".to_owned();
    let down = Matrix::from_rows(gradients).ok_or_else(shape)?;
    let information = Matrix::from_rows(fisher.matrix.clone()).ok_or_else(shape)?;
    let determinant = down.determinant(facts).map_err(|e| e.to_string())?;
    let jacobian = down
        .inverse(facts)
        .map_err(|e| e.to_string())?
        .ok_or_else(|| {
            "the Jacobian is singular everywhere: the new parameters depend on each other"
                .to_owned()
        })?;
    let in_old = information
        .congruence(facts, &jacobian)
        .map_err(|e| e.to_string())?;
    let mut findings = Vec::new();
    for (name, root) in singular_points(facts, &determinant, old) {
        let at = [(name.clone(), root.clone())];
        let images: Vec<String> = parameters
            .iter()
            .zip(&formulas)
            .filter(|(new, formula)| !old.contains(new) && formula.contains(&name))
            .map(|(new, formula)| {
                let value = normal::simplified(facts, &formula.replace(&at[0].0, &at[0].1));
                format!("{new} = {}", value.text())
            })
            .collect();
        findings.push(format!(
            "the map is singular at {name} = {} ({}): its derivative is 0 or not finite, and so is the information in the new parameters, or the other way round",
            root.text(),
            images.join(", ")
        ));
    }
    let equations: Vec<(Expr, Expr)> = parameters
        .iter()
        .zip(&formulas)
        .map(|(new, formula)| {
            // What stays goes by its own name on both sides.
            (formula.clone(), Expr::symbol(new.name()))
        })
        .filter(|(formula, name)| formula != name)
        .collect();
    let moved: Vec<Symbol> = old
        .iter()
        .filter(|s| !parameters.contains(s))
        .cloned()
        .collect();
    let mut notes = Vec::new();
    if equations.is_empty() {
        notes.push("every parameter stays: the information is what it was".to_owned());
    }
    let branches = match system(&new_facts, &equations, &moved) {
        Some(solutions) => {
            let mut branches = Vec::new();
            for solution in solutions {
                let put = |e: &Expr| {
                    moved
                        .iter()
                        .zip(&solution.values)
                        .fold(e.clone(), |e, (name, value)| e.replace(name, value))
                };
                let value_of = |name: &Symbol| put(&Expr::symbol(name.name()));
                let inverse = old
                    .iter()
                    .map(value_of)
                    .map(|e| crate::bound::printed(&new_facts, &e))
                    .collect();
                branches.push(Branch {
                    region: solution.region.clone(),
                    inverse: Some(inverse),
                    jacobian: printed(&new_facts, &jacobian.map(|e| put(e))),
                    matrix: printed(&new_facts, &in_old.map(|e| put(e))),
                });
            }
            branches
        }
        None => {
            notes.push(
                "the map has no inverse in closed form that was found: the entries are in the old parameters"
                    .to_owned(),
            );
            vec![Branch {
                region: Vec::new(),
                inverse: None,
                jacobian: printed(facts, &jacobian),
                matrix: printed(facts, &in_old),
            }]
        }
    };
    Ok(Map {
        parameters,
        facts: new_facts,
        branches,
        forward: Some(formulas),
        findings,
        notes,
    })
}

/// The new parameters in order with their formulas: what depends on one old parameter stands where that stood.
fn slots(report: &Report, list: &[Definition]) -> Result<(Vec<Symbol>, Vec<Expr>), NoMap> {
    let old = &report.model.parameters;
    let wrong = |what: String, mend: String| Err(NoMap { what, mend });
    for one in list {
        let itself = one.value == Expr::symbol(one.name.name());
        let taken = old.contains(&one.name)
            || report.model.known.contains(&one.name)
            || report.model.data().any(|d| d.symbol == one.name);
        if taken && !itself {
            return wrong(
                format!("`{}` is a name of the model already", one.name),
                format!(
                    "give the new parameter another name, such as `{}_new`",
                    one.name
                ),
            );
        }
    }
    let held =
        |e: &Expr| -> Vec<usize> { (0..old.len()).filter(|j| e.contains(&old[*j])).collect() };
    if let Some(none) = list.iter().find(|one| held(&one.value).is_empty()) {
        return wrong(
            format!("`{}` holds no parameter of the model", none.name),
            format!("write it as a function of {}", names(old)),
        );
    }
    if list.iter().all(|one| held(&one.value).len() == 1) {
        let mut parameters = old.clone();
        let mut formulas: Vec<Expr> = old.iter().map(|s| Expr::symbol(s.name())).collect();
        let mut placed = vec![false; old.len()];
        for one in list {
            let place = held(&one.value)[0];
            if std::mem::replace(&mut placed[place], true) {
                return wrong(
                    format!("two new parameters are functions of {} alone", old[place]),
                    "each new parameter replaces one old one".to_owned(),
                );
            }
            parameters[place] = one.name.clone();
            formulas[place] = one.value.clone();
        }
        return Ok((parameters, formulas));
    }
    if list.len() != old.len() {
        let mut full: Vec<String> = old.iter().map(|s| format!("{s} = {s}")).collect();
        full.truncate(old.len().saturating_sub(list.len()));
        full.extend(list.iter().map(|one| format!("{} = …", one.name)));
        return wrong(
            format!(
                "the list has {} of {} parameters, and one of them is a function of several: which old ones stay?",
                list.len(),
                old.len()
            ),
            format!("give a full list, such as `--to '{}'`", full.join("; ")),
        );
    }
    Ok(list
        .iter()
        .map(|one| (one.name.clone(), one.value.clone()))
        .unzip())
}

fn names(symbols: &[Symbol]) -> String {
    let names: Vec<&str> = symbols.iter().map(Symbol::name).collect();
    names.join(", ")
}
