//! Censoring: outside an interval only the end that was passed is observed, a point of positive probability.
//! In: a log-density, its support, the interval. Out: the log-density of what is observed, with its single points. Never: an open integral; what does not close is not supported yet.

use crate::expect::{Pieces, prepared};
use bartlett_expr::{Domain, End, Expr, Facts, Relation, Symbol, Truth};

/// A sum of at most so many terms is written out.
const LONGEST: i64 = 64;

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

/// The counts of a support that lie in an interval.
pub(super) fn counts_within(support: &Domain, interval: &Domain) -> Domain {
    let infinite = super::domains::is_infinite;
    let pick = |own: &End, other: &End| {
        let value = if infinite(&other.value) {
            own.value.clone()
        } else {
            other.value.clone()
        };
        End {
            closed: !infinite(&value),
            value,
        }
    };
    Domain {
        lower: pick(&support.lower, &interval.lower),
        upper: pick(&support.upper, &interval.upper),
        step: support.step.clone(),
    }
}

/// A count that is observed as the end of an interval that it passed; nothing where a mass does not close, or where an end that is
/// a symbol need not be a count: `{0, 1, ..., c}` says that it is.
pub(super) fn censored_counts(
    facts: &Facts,
    datum: &Symbol,
    log_density: &Expr,
    support: &Domain,
    interval: &Domain,
    named_as_counts: bool,
) -> Option<Censored> {
    let x = Expr::symbol(datum.name());
    let mut censored = log_density.clone();
    let (lower, upper) = (&interval.lower.value, &interval.upper.value);
    for (end, moved, below) in [
        (lower, *lower != support.lower.value, true),
        (upper, *upper != support.upper.value, false),
    ] {
        if !moved {
            continue;
        }
        let counted = end.as_integer().is_some();
        if !counted && !named_as_counts && !facts.is_integer(end) {
            return None;
        }
        let mut tail = support.clone();
        let own = End {
            value: end.clone(),
            closed: true,
        };
        let inside = match (below, counted) {
            (_, false) => Expr::compare(Relation::NotEqual, x.clone(), end.clone()),
            (true, true) => Expr::compare(Relation::Less, end.clone(), x.clone()),
            (false, true) => Expr::compare(Relation::Less, x.clone(), end.clone()),
        };
        if below {
            tail.upper = own;
        } else {
            tail.lower = own;
        }
        let mass = log_sum(facts, datum, log_density, &tail)?;
        censored = Expr::cases(inside, censored, mass);
    }
    Some(Censored {
        log_density: censored,
        atoms: Vec::new(),
    })
}

/// The logarithm of a sum of the density, term by term where it is short.
fn log_sum(facts: &Facts, datum: &Symbol, log_density: &Expr, tail: &Domain) -> Option<Expr> {
    let ends = (tail.lower.value.as_integer(), tail.upper.value.as_integer());
    if let (Some(first), Some(last)) = ends
        && (0..LONGEST).contains(&(last - first))
    {
        let term = |k: i64| facts.refine(&log_density.replace(datum, &Expr::integer(k)).exp());
        let total = Expr::sum((first..=last).map(term));
        return Some(facts.refine(&total.log()));
    }
    log_mass(facts, datum, log_density, tail)
}

/// The logarithm of the mass of the density over a part of its support.
fn log_mass(facts: &Facts, datum: &Symbol, log_density: &Expr, part: &Domain) -> Option<Expr> {
    let mut facts = facts.clone();
    facts.declare(datum.clone(), part.clone());
    let pieces = Pieces::first(&facts, datum, part, &prepared(&facts, log_density), |_| {
        true
    })?;
    let mass = pieces.log_mass()?;
    (!mass.contains(datum)).then_some(mass)
}
