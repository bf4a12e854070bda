//! Domains under a map, and `--from`: old parameters as functions of new ones.
//! In: facts, formulas, a `Report`. Out: domains, a `Map`. Never: a domain narrower than what was proved.

use super::{Branch, Definition, Map, NoMap, singular_points, transformed};
use crate::expect::{Move, steps};
use crate::report::Report;
use crate::solve::roots;
use bartlett_expr::{Constant, Domain, Expr, Facts, Matrix, Symbol};

/// Where a function of the old parameters lives: through its steps, or by interval arithmetic.
pub(super) fn image(facts: &Facts, formula: &Expr, old: &[Symbol]) -> Domain {
    let held: Vec<&Symbol> = old.iter().filter(|s| formula.contains(s)).collect();
    if let [only] = held[..] {
        let domain = facts.domain(only).cloned().unwrap_or_else(Domain::real);
        let through = steps(formula, only).and_then(|path| {
            path.iter()
                .try_fold(domain, |domain, step| step.image(facts, &domain))
        });
        if let Some(domain) = through {
            return domain;
        }
    }
    let range = facts.range(formula);
    let end = |bound: &Option<(bartlett_expr::Number, bool)>, infinite: Expr| match bound {
        Some((value, closed)) => (Expr::number(value.clone()), *closed),
        None => (infinite, false),
    };
    let (lower, lower_closed) = end(&range.lower, -Expr::infinity());
    let (upper, upper_closed) = end(&range.upper, Expr::infinity());
    Domain::interval(lower, lower_closed, upper, upper_closed)
}

/// Where the symbol of a formula lives whose values fill a domain, as far as the steps can be undone.
fn preimage(facts: &Facts, formula: &Expr, symbol: &Symbol, domain: &Domain) -> Option<Domain> {
    let path = steps(formula, symbol)?;
    path.iter().rev().try_fold(domain.clone(), |domain, step| {
        let back = match step {
            Move::Shift(a) => Move::Shift(-a),
            Move::Scale(b) => Move::Scale(b.recip()),
            // A whole power takes a sign away.
            Move::Power(e) if e.as_integer().is_some_and(|n| n != -1) => return None,
            Move::Power(e) => Move::Power(e.recip()),
            Move::Exponential(b) if b.is_constant(Constant::E) => Move::Logarithm,
            Move::Logarithm => Move::Exponential(Expr::constant(Constant::E)),
            Move::Exponential(_) | Move::Hyperbolic(_) => return None,
        };
        back.image(facts, &domain)
    })
}

/// The map of old parameters as functions of new ones, or (inside) why the information cannot follow it.
pub(super) fn backward(report: &Report, list: &[Definition]) -> Result<Result<Map, String>, NoMap> {
    let old = &report.model.parameters;
    let wrong = |what: String, mend: String| Err(NoMap { what, mend });
    for one in list {
        if !old.contains(&one.name) {
            let names: Vec<&str> = old.iter().map(Symbol::name).collect();
            return wrong(
                format!("`{}` is no parameter of the model", one.name),
                format!("on the left stands one of {}", names.join(", ")),
            );
        }
        if let Some(left) = list.iter().find(|other| one.names.contains(&other.name)) {
            return wrong(
                format!(
                    "`{}` is replaced, and stands on a right side too",
                    left.name
                ),
                "write the old parameters as functions of new names".to_owned(),
            );
        }
    }
    let stays = |s: &Symbol| !list.iter().any(|one| one.name == *s);
    let mut parameters: Vec<Symbol> = Vec::new();
    for symbol in old {
        let Some(one) = list.iter().find(|one| one.name == *symbol) else {
            if !parameters.contains(symbol) {
                parameters.push(symbol.clone());
            }
            continue;
        };
        for name in &one.names {
            if report.model.data().any(|d| d.symbol == *name) {
                return wrong(
                    format!("`{name}` is a datum"),
                    "parameters are functions of parameters".to_owned(),
                );
            }
            let known = report.model.known.contains(name);
            let old_one = old.contains(name) && stays(name);
            if !known && !old_one && !parameters.contains(name) {
                parameters.push(name.clone());
            }
        }
    }
    if parameters.is_empty() {
        return wrong(
            "no parameter is left".to_owned(),
            "use at least one new name on the right".to_owned(),
        );
    }
    Ok(mapped(report, list, parameters))
}

fn mapped(report: &Report, list: &[Definition], parameters: Vec<Symbol>) -> Result<Map, String> {
    let old = &report.model.parameters;
    let old_facts = &report.model.facts;
    let fisher = report.fisher.as_ref().ok_or_else(String::new)?;
    let formulas: Vec<Expr> = old
        .iter()
        .map(|s| {
            list.iter()
                .find(|one| one.name == *s)
                .map_or_else(|| Expr::symbol(s.name()), |one| one.value.clone())
        })
        .collect();
    let mut facts = Facts::new();
    for (symbol, domain) in old_facts.domains() {
        if !list.iter().any(|one| one.name == *symbol) {
            facts.declare(symbol.clone(), domain.clone());
        }
    }
    let put = |e: &Expr| {
        list.iter()
            .fold(e.clone(), |e, one| e.replace(&one.name, &one.value))
    };
    let mut findings = Vec::new();
    for one in list {
        let domain = old_facts
            .domain(&one.name)
            .cloned()
            .unwrap_or_else(Domain::real);
        let fresh: Vec<&Symbol> = parameters
            .iter()
            .filter(|s| one.names.contains(s) && !old.contains(s))
            .collect();
        let alone = |s: &Symbol| list.iter().filter(|other| other.names.contains(s)).count() == 1;
        if let [only] = fresh[..]
            && alone(only)
            && let Some(found) = preimage(&facts, &one.value, only, &domain)
        {
            facts.declare(only.clone(), found);
            continue;
        }
        for symbol in fresh {
            if facts.domain(symbol).is_none() {
                facts.declare(symbol.clone(), Domain::real());
            }
        }
        let infinite = |e: &Expr| e.as_coefficient().1.is_constant(Constant::Infinity);
        if !infinite(&domain.lower.value) {
            facts.assume_positive(&one.value - put(&domain.lower.value));
        }
        if !infinite(&domain.upper.value) {
            facts.assume_positive(put(&domain.upper.value) - &one.value);
        }
    }
    for relation in old_facts.positives() {
        facts.assume_positive(put(relation));
    }
    for relation in old_facts.nonnegatives() {
        facts.assume_nonnegative(put(relation));
    }
    let rows = formulas
        .iter()
        .map(|formula| formula.gradient(&parameters))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| e.to_string())?;
    let shape = || "the map has another size than the information".to_owned();
    let jacobian = Matrix::from_rows(rows).ok_or_else(shape)?;
    let information = Matrix::from_rows(fisher.matrix.clone()).ok_or_else(shape)?;
    let matrix = transformed(&facts, &information.map(put), &jacobian)?;
    if jacobian.is_square()
        && let Ok(determinant) = jacobian.determinant(&facts)
    {
        if determinant.is_zero() {
            findings.push("the Jacobian is singular everywhere: the information in the new parameters is singular".to_owned());
        }
        for (name, root) in singular_points(&facts, &determinant, &parameters) {
            findings.push(format!(
                "the map is singular at {name} = {}: its derivative is 0 there, and so is the information along it",
                root.text()
            ));
        }
    } else if parameters.len() > old.len() {
        findings.push(
            "there are more new parameters than old ones: the information is singular".to_owned(),
        );
    } else if parameters.len() < old.len() {
        findings
            .push("there are fewer new parameters than old ones: this is a submodel".to_owned());
    }
    for one in list {
        findings.extend(not_one_to_one(&facts, one, &parameters));
        findings.extend(not_onto(&facts, old_facts, one));
    }
    Ok(Map {
        parameters,
        facts,
        branches: vec![Branch {
            region: Vec::new(),
            inverse: Some(formulas),
            jacobian: jacobian.to_rows(),
            matrix,
        }],
        forward: None,
        findings,
        notes: Vec::new(),
    })
}

/// Several values of a new parameter with the same value of the old one.
fn not_one_to_one(facts: &Facts, one: &Definition, parameters: &[Symbol]) -> Option<String> {
    let held: Vec<&Symbol> = parameters
        .iter()
        .filter(|s| one.value.contains(s))
        .collect();
    let [only] = held[..] else { return None };
    let found = roots(facts, &one.value, &Expr::symbol(one.name.name()), only)?;
    (found.len() > 1).then(|| {
        let values: Vec<String> = found
            .iter()
            .map(|root| format!("{only} = {}", root.value.text()))
            .collect();
        format!(
            "the map is not one-to-one: {} give the same {}; the information is given by one formula for all",
            values.join(" and "),
            one.name
        )
    })
}

/// A part of the old domain that no value of the new parameters reaches.
fn not_onto(facts: &Facts, old_facts: &Facts, one: &Definition) -> Option<String> {
    let range = facts.range(&one.value);
    let name = Expr::symbol(one.name.name());
    let lower = range.lower.filter(|(end, _)| {
        old_facts.is_nonnegative(&(&name - Expr::number(end.clone()))) != bartlett_expr::Truth::Yes
    });
    let upper = range.upper.filter(|(end, _)| {
        old_facts.is_nonnegative(&(Expr::number(end.clone()) - &name)) != bartlett_expr::Truth::Yes
    });
    let sign = |closed: bool| if closed { "=" } else { "" };
    let words = [
        lower.map(|(end, closed)| format!("{} >{} {end}", one.name, sign(closed))),
        upper.map(|(end, closed)| format!("{} <{} {end}", one.name, sign(closed))),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    (!words.is_empty()).then(|| format!("the map reaches only {}", words.join(" and ")))
}
