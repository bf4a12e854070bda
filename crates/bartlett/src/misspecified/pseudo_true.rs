//! Where the mean score vanishes under another law.
//! In: the mean score and its slope, as functions of the parameters. Out: the one solution that is a maximum, or that there is none. Never: one of several.

use crate::agreement::matrix_at;
use crate::bound::printed;
use crate::check::{Point, Sampler};
use crate::solve::system;
use crate::symmetric::Symmetric;
use crate::versus::Versus;
use bartlett_expr::normal::{self, Ring};
use bartlett_expr::{Expr, Facts, Symbol, Truth};

/// The solution of E[s] = 0.
pub(super) enum PseudoTrue {
    /// The one that is a maximum inside the domains, in the order of the parameters.
    At(Vec<Expr>),
    /// More than one is.
    Several,
    /// None is.
    Nowhere,
    /// The equations were not solved.
    Open,
}

/// Values of the truth at which a solution is looked at.
const POINTS: usize = 6;

pub(super) fn pseudo_true(
    versus: &Versus,
    score: &[Expr],
    sensitivity: &[Vec<Expr>],
) -> PseudoTrue {
    let facts = &versus.first.facts;
    let parameters = &versus.second.parameters;
    if let Some(values) = member(versus) {
        return PseudoTrue::At(values);
    }
    let equations: Option<Vec<(Expr, Expr)>> = score
        .iter()
        .map(|e| numerator(facts, e).map(|top| (top, Expr::zero())))
        .collect();
    let Some(solutions) = equations.and_then(|e| system(facts, &e, parameters)) else {
        return PseudoTrue::Open;
    };
    let mut kept: Vec<Vec<Expr>> = Vec::new();
    for solution in solutions {
        let values: Vec<Expr> = solution
            .values
            .iter()
            .map(|value| printed(facts, value))
            .collect();
        match is_maximum(versus, &values, sensitivity) {
            Some(true) if !kept.contains(&values) => kept.push(values),
            Some(_) => {}
            // It depends on the truth which solution it is.
            None => return PseudoTrue::Several,
        }
    }
    match kept.len() {
        0 => PseudoTrue::Nowhere,
        1 => PseudoTrue::At(kept.swap_remove(0)),
        _ => PseudoTrue::Several,
    }
}

/// The truth as a member of the model, its parameters in their order: then nothing is misspecified.
fn member(versus: &Versus) -> Option<Vec<Expr>> {
    let (own, others) = (&versus.second.parameters, &versus.first.parameters);
    if own.len() != others.len() {
        return None;
    }
    let values: Vec<Expr> = others.iter().map(|s| Expr::symbol(s.name())).collect();
    let put = own
        .iter()
        .map(|s| Expr::symbol(s.name()))
        .zip(values.iter().cloned())
        .collect();
    let mut wide = versus.first.facts.clone();
    for datum in versus.first.data() {
        wide.declare(datum.symbol.clone(), datum.support.clone());
    }
    let pairs = versus
        .first
        .observations
        .iter()
        .zip(&versus.second.observations);
    let same = pairs.into_iter().all(|(truth, model)| {
        let moved = model.density.log_density.substitute(&put);
        normal::is_zero(&wide, &(moved - &truth.density.log_density)) == Truth::Yes
    });
    same.then_some(values)
}

/// What must be 0 where the expression is: its numerator without factors that never are.
fn numerator(facts: &Facts, e: &Expr) -> Option<Expr> {
    let prepared = normal::prepared(facts, std::slice::from_ref(e)).pop()?;
    let mut ring = Ring::of(std::slice::from_ref(&prepared));
    let value = ring.convert(&prepared).ok()?;
    let top = ring.polynomial_expression(value.numerator());
    let factors = normal::factored(&top).factors();
    let may_vanish = factors
        .into_iter()
        .filter(|f| facts.is_nonzero(f) != Truth::Yes && f.may_vary());
    Some(Expr::product(may_vanish))
}

/// Inside the domains, with a positive definite slope, at all sampled truths (or at none); nothing where it varies.
fn is_maximum(versus: &Versus, values: &[Expr], sensitivity: &[Vec<Expr>]) -> Option<bool> {
    let parameters = &versus.second.parameters;
    let mut sampler = Sampler::new(&versus.first, 0x7EA1);
    let (mut good, mut bad) = (0, 0);
    for _ in 0..POINTS {
        let Some(mut point) = sampler.point() else {
            break;
        };
        for (name, value) in parameters.iter().zip(values) {
            let number = value.value_at(&point);
            match point.iter_mut().find(|(s, _)| s == name) {
                Some(entry) => entry.1 = number,
                None => point.push((name.clone(), number)),
            }
        }
        let definite = || Symmetric::from_rows(&matrix_at(sensitivity, &point)).is_definite();
        if inside(&versus.first.facts, parameters, &point) && definite() {
            good += 1;
        } else {
            bad += 1;
        }
    }
    match (good, bad) {
        (0, _) => Some(false),
        (_, 0) => Some(true),
        _ => None,
    }
}

fn inside(facts: &Facts, parameters: &[Symbol], point: &Point) -> bool {
    parameters.iter().all(|name| {
        let value = point
            .iter()
            .find(|(s, _)| s == name)
            .map_or(f64::NAN, |p| p.1);
        let within = |domain: &bartlett_expr::Domain| {
            let (lower, upper) = (
                domain.lower.value.value_at(point),
                domain.upper.value.value_at(point),
            );
            lower < value && value < upper
        };
        value.is_finite() && facts.domain(name).is_none_or(within)
    })
}
