//! Models for the tests of the judge, built from a log-density and domains.
//! In: text. Out: `Model`. Never: part of the program.

use bartlett::Facts;
use bartlett::model::{Datum, Density, Model, Observation};
use bartlett_expr::formula;
use bartlett_expr::{Domain, Expr, Number, Symbol};

/// `real`, `(0, 1)`, `[a, b]` or `{first, last}` and `{first, last, step}`.
pub fn domain(text: &str) -> Domain {
    if text == "real" {
        return Domain::real();
    }
    let inner = &text[1..text.len() - 1];
    let ends: Vec<Expr> = inner.split(',').map(formula).collect();
    if text.starts_with('{') {
        let step = ends.get(2).and_then(|s| s.as_number().cloned());
        let step = step.unwrap_or(Number::ONE);
        return Domain::integers(ends[0].clone(), ends[1].clone(), step);
    }
    let closed = (text.starts_with('['), text.ends_with(']'));
    Domain::interval(ends[0].clone(), closed.0, ends[1].clone(), closed.1)
}

/// A model of one observation: the log-density, `symbol domain` of data, and of parameters (those after `known` are known).
pub fn model(log_density: &str, data: &[(&str, &str)], parameters: &[(&str, &str)]) -> Model {
    model_with_atoms(log_density, data, &[], parameters)
}

/// As `model`, with atoms of the last datum.
pub fn model_with_atoms(
    log_density: &str,
    data: &[(&str, &str)],
    atoms: &[&str],
    parameters: &[(&str, &str)],
) -> Model {
    let mut facts = Facts::new();
    let mut out = (Vec::new(), Vec::new());
    let mut known = false;
    for (name, place) in parameters {
        if *name == "known" {
            known = true;
            continue;
        }
        let symbol = Symbol::new(name);
        facts.declare(symbol.clone(), domain(place));
        if known {
            out.1.push(symbol);
        } else {
            out.0.push(symbol);
        }
    }
    let mut list = Vec::new();
    for (i, (name, place)) in data.iter().enumerate() {
        facts.declare(Symbol::new(name), domain(place));
        let last = i + 1 == data.len();
        list.push(Datum {
            symbol: Symbol::new(name),
            support: domain(place),
            atoms: if last {
                atoms.iter().map(|a| formula(a)).collect()
            } else {
                Vec::new()
            },
        });
    }
    Model {
        text: log_density.to_owned(),
        parameters: out.0,
        known: out.1,
        observations: vec![Observation {
            density: Density {
                data: list,
                log_density: formula(log_density),
                typed: None,
                up_to_normalizer: false,
            },
            law: None,
            rows: None,
        }],
        facts,
        integer_parameters: Vec::new(),
        notes: Vec::new(),
        warnings: Vec::new(),
    }
}

/// A point from names and values.
pub fn at(point: &[(&str, f64)]) -> Vec<(Symbol, f64)> {
    point.iter().map(|(s, v)| (Symbol::new(s), *v)).collect()
}
