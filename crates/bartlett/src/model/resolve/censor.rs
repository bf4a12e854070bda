//! Censoring: outside an interval only the end that was passed is observed, a point of positive probability.
//! In: a log-density, its support, the interval. Out: the log-density of what is observed, with its single points. Never: an open integral; what does not close is not supported yet.

use crate::expect::{Pieces, prepared};
use bartlett_expr::{Domain, Expr, Facts, Relation, Symbol, Truth};

/// What is observed of a censored datum.
pub(super) struct Censored {
    pub log_density: Expr,
    pub atoms: Vec<Expr>,
}

/// The censored law; nothing where a mass outside of the interval does not close.
pub(super) fn censored(
    facts: &Facts,
    datum: &Symbol,
    log_density: &Expr,
    support: &Domain,
    interval: &Domain,
) -> Option<Censored> {
    let x = Expr::symbol(datum.name());
    let within = |difference: Expr| facts.is_nonnegative(&difference) == Truth::Yes;
    let mut found = Censored {
        log_density: log_density.clone(),
        atoms: Vec::new(),
    };
    let infinite = super::domains::is_infinite;
    let (lower, upper) = (&interval.lower.value, &interval.upper.value);
    if !infinite(lower) && (infinite(&support.lower.value) || !within(&support.lower.value - lower))
    {
        let below = Domain::interval(
            support.lower.value.clone(),
            support.lower.closed,
            lower.clone(),
            false,
        );
        let mass = log_mass(facts, datum, log_density, &below)?;
        found.log_density = Expr::cases(
            Expr::compare(Relation::Less, lower.clone(), x.clone()),
            found.log_density,
            mass,
        );
        found.atoms.push(lower.clone());
    }
    if !infinite(upper) && (infinite(&support.upper.value) || !within(upper - &support.upper.value))
    {
        let above = Domain::interval(
            upper.clone(),
            false,
            support.upper.value.clone(),
            support.upper.closed,
        );
        let mass = log_mass(facts, datum, log_density, &above)?;
        found.log_density = Expr::cases(
            Expr::compare(Relation::Less, x, upper.clone()),
            found.log_density,
            mass,
        );
        found.atoms.push(upper.clone());
    }
    Some(found)
}

/// The logarithm of the mass of the density over a part of its support.
fn log_mass(facts: &Facts, datum: &Symbol, log_density: &Expr, part: &Domain) -> Option<Expr> {
    let mut facts = facts.clone();
    facts.declare(datum.clone(), part.clone());
    let pieces = Pieces::find(&facts, datum, part, &prepared(&facts, log_density))?;
    let mass = facts.refine(&pieces.mass.log());
    (!mass.contains(datum)).then_some(mass)
}
