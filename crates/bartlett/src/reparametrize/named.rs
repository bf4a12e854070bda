//! Changes of parameters that have a name: logarithms, logits, natural parameters.
//! In: a `Report`, a name. Out: definitions for `--to`. Never: natural parameters of what is no exponential family.

use super::{Definition, NoMap};
use crate::expect::prepared;
use crate::report::Report;
use bartlett_expr::normal::Ring;
use bartlett_expr::polynomial::Polynomial;
use bartlett_expr::{Expr, Matrix, Symbol, Truth, normal, operations, present};
use std::collections::BTreeMap;

/// A named change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// The logarithm of each parameter that is positive without bound.
    Log,
    /// log(p/(1 − p)) of each parameter between 0 and 1.
    Logit,
    /// The natural parameters of an exponential family.
    Natural,
    /// The means of its sufficient statistics.
    Mean,
    /// Two parameters whose information is diagonal.
    Orthogonal,
}

impl Named {
    /// By its word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "log" => Self::Log,
            "logit" => Self::Logit,
            "natural" => Self::Natural,
            "mean" => Self::Mean,
            "orthogonal" => Self::Orthogonal,
            _ => return None,
        })
    }
}

/// The definitions of a named change for the model of a report.
///
/// # Errors
/// What the model lacks for it.
pub fn named(report: &Report, which: Named) -> Result<Vec<Definition>, NoMap> {
    let lacking = |what: &str, mend: &str| {
        Err(NoMap {
            what: what.to_owned(),
            mend: mend.to_owned(),
        })
    };
    let found = match which {
        Named::Orthogonal => super::orthogonal::orthogonal(report)?,
        Named::Log => each(report, "log", |e| e.log(), |upper| !upper),
        Named::Logit => each(
            report,
            "logit",
            |e| (e / (Expr::one() - e)).log(),
            |upper| upper,
        ),
        Named::Natural | Named::Mean => {
            let Some(pairs) = natural(report) else {
                return lacking(
                    "the model is not seen to be an exponential family with as many statistics as parameters",
                    "write the map out: `--to 'phi = …'`",
                );
            };
            if which == Named::Natural {
                numbered(report, "eta", pairs.into_iter().map(|(eta, _)| eta))
            } else {
                let Some(means) = means(report, &pairs) else {
                    return lacking(
                        "the means of the sufficient statistics have no closed form that was found",
                        "write the map out: `--to 'm = …'`",
                    );
                };
                numbered(report, "mean", means.into_iter())
            }
        }
    };
    if found.is_empty() {
        return lacking(
            "no parameter of the model has the domain for it",
            "write the map out: `--to 'phi = …'`",
        );
    }
    Ok(found)
}

/// Of each parameter above 0, with or without the upper end 1.
fn each(
    report: &Report,
    prefix: &str,
    image: fn(&Expr) -> Expr,
    wanted: fn(bool) -> bool,
) -> Vec<Definition> {
    let facts = &report.model.facts;
    let mut found = Vec::new();
    for symbol in &report.model.parameters {
        let e = Expr::symbol(symbol.name());
        let positive = facts.is_positive(&e) == Truth::Yes;
        let below_one = facts.is_positive(&(Expr::one() - &e)) == Truth::Yes;
        if positive && wanted(below_one) {
            let name = fresh(report, &format!("{prefix}_{symbol}"));
            found.push(definition(name, image(&e)));
        }
    }
    found
}

fn numbered(
    report: &Report,
    stem: &str,
    values: impl ExactSizeIterator<Item = Expr>,
) -> Vec<Definition> {
    let many = values.len() > 1;
    (1..)
        .zip(values)
        .map(|(k, value)| {
            let name = if many {
                format!("{stem}{k}")
            } else {
                stem.to_owned()
            };
            definition(fresh(report, &name), value)
        })
        .collect()
}

pub(super) fn definition(name: Symbol, value: Expr) -> Definition {
    Definition {
        names: value.free_symbols().into_iter().collect(),
        name,
        value,
    }
}

/// The name, or the next that the model does not use.
pub(super) fn fresh(report: &Report, name: &str) -> Symbol {
    let model = &report.model;
    let taken = |s: &Symbol| {
        model.parameters.contains(s)
            || model.known.contains(s)
            || model.data().any(|d| d.symbol == *s)
    };
    let mut symbol = Symbol::new(name);
    while taken(&symbol) {
        symbol = Symbol::new(&format!("{symbol}_new"));
    }
    symbol
}

/// Natural parameters with their statistics: log p = Σ η(θ) T(x) + terms of θ or x alone, with p statistics.
fn natural(report: &Report) -> Option<Vec<(Expr, Expr)>> {
    let model = &report.completed;
    let [observation] = &model.observations[..] else {
        return None;
    };
    let facts = &model.facts;
    let density = &observation.density;
    let data: Vec<Symbol> = density.data.iter().map(|d| d.symbol.clone()).collect();
    let moving = density.data.iter().any(|d| {
        [&d.support.lower.value, &d.support.upper.value]
            .iter()
            .any(|end| end.contains_any(&model.parameters))
    });
    if moving {
        return None;
    }
    let log_density = prepared(facts, &density.log_density);
    let mut ring = Ring::of(std::slice::from_ref(&log_density));
    let value = ring.convert(&log_density).ok()?;
    let atoms: Vec<Expr> = ring.atoms().map(|(_, atom)| atom.clone()).collect();
    let holds = |g: bartlett_expr::polynomial::Generator, names: &[Symbol]| {
        atoms
            .get(g.0 as usize)
            .is_none_or(|atom| atom.contains_any(names))
    };
    if atoms
        .iter()
        .any(|a| a.contains_any(&data) && a.contains_any(&model.parameters))
        || value
            .denominator()
            .generators()
            .iter()
            .any(|g| holds(*g, &data))
    {
        return None;
    }
    let mut terms: BTreeMap<Vec<_>, Vec<_>> = BTreeMap::new();
    for (coefficient, monomial) in value.numerator().terms() {
        let (inside, outside): (Vec<_>, Vec<_>) =
            monomial.into_iter().partition(|(g, _)| holds(*g, &data));
        terms
            .entry(inside)
            .or_default()
            .push((coefficient, outside.into_iter().collect()));
    }
    let bottom = ring.polynomial_expression(value.denominator());
    let mut pairs = Vec::new();
    for (held, coefficient) in terms {
        if held.is_empty() {
            continue;
        }
        let statistic = Expr::product(
            held.iter()
                .map(|(g, power)| atoms[g.0 as usize].powi(i64::from(*power))),
        );
        let coefficient = ring.polynomial_expression(&Polynomial::from_terms(coefficient));
        let eta = normal::expanded(&normal::simplified(facts, &(coefficient / &bottom)));
        // A part free of the parameters belongs to the measure.
        let eta = Expr::sum(
            eta.summands()
                .into_iter()
                .filter(|t| t.contains_any(&model.parameters)),
        );
        if !eta.is_zero() {
            pairs.push((present(facts, &eta), statistic));
        }
    }
    pairs.sort_by_key(|(_, statistic)| (operations(statistic), statistic.text()));
    if pairs.len() != model.parameters.len() {
        return None;
    }
    let rows = pairs
        .iter()
        .map(|(eta, _)| eta.gradient(&model.parameters))
        .collect::<Result<Vec<_>, _>>()
        .ok()?;
    let determinant = Matrix::from_rows(rows)?.determinant(facts).ok()?;
    (!determinant.is_zero()).then_some(pairs)
}

/// E\[T\] of each statistic.
fn means(report: &Report, pairs: &[(Expr, Expr)]) -> Option<Vec<Expr>> {
    let model = &report.completed;
    let density = &model.observations.first()?.density;
    pairs
        .iter()
        .map(|(_, statistic)| {
            crate::expect::mean(&model.facts, density, &model.parameters, statistic)
                .map(|mean| present(&model.facts, &mean))
        })
        .collect()
}
