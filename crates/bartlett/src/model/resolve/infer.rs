//! Domains that no statement gives: what densities, ends and binomial coefficients need of their symbols.
//! In: expressions, domains so far. Out: narrowed domains, each noted with its reason. Never: a cut of a domain that was stated.

use super::claims::{Claim, What};
use super::defined::needs;
use super::domains::{Empty, Role, Side, is_infinite};
use super::settle::{MOST_ROUNDS, Settling};
use super::solve::{Outcome, any_parameter, linear, unstated};
use crate::model::problems::ModelError as E;
use bartlett_expr::normal::expanded;
use bartlett_expr::{Domain, Expr, Number, Problem, Span, Symbol};
use rustc_hash::FxHashSet;

/// Most relations that are added to one another.
const MOST_RELATIONS: usize = 24;

impl Settling {
    /// Cuts symbols of which nothing was stated down to where these expressions have a value.
    pub(super) fn infer(&mut self, expressions: &[Expr]) -> Result<(), Problem> {
        let mut noted = FxHashSet::default();
        for _ in 0..MOST_ROUNDS {
            let mut changed = false;
            for e in expressions {
                for need in needs(e) {
                    let before: Vec<Domain> = need
                        .difference
                        .free_symbols()
                        .iter()
                        .filter_map(|s| self.domains.entry(s).map(|entry| entry.domain.clone()))
                        .collect();
                    let outcome = self
                        .domains
                        .solve_for_parameter(&need.difference, false, false, &unstated)
                        .unwrap_or(Outcome::Unsolved);
                    match outcome {
                        Outcome::Narrowed => {
                            for (s, before) in need.difference.free_symbols().iter().zip(before) {
                                if self
                                    .domains
                                    .entry(s)
                                    .is_some_and(|entry| entry.domain != before)
                                {
                                    changed = true;
                                    noted.insert((s.clone(), need.why));
                                }
                            }
                        }
                        Outcome::NotZero(s)
                            if unstated(&self.domains, &s) && !self.nonzero.contains(&s) =>
                        {
                            self.nonzero.push(s)
                        }
                        _ => {}
                    }
                }
            }
            if !changed {
                break;
            }
        }
        for e in expressions {
            for need in needs(e).into_iter().filter(|need| need.certain) {
                if need
                    .difference
                    .free_symbols()
                    .iter()
                    .all(|s| !self.domains.is_datum(s))
                    && need.difference.as_number().is_none()
                {
                    self.domains.relate(need.difference, false);
                }
            }
        }
        let mut noted: Vec<(Symbol, &str)> = noted.into_iter().collect();
        noted.sort_by_key(|(s, why)| (self.domains.rank(s), *why));
        for (s, why) in noted {
            self.note_domain(&s, why);
        }
        self.retry()
    }

    /// A symbol that must not be 0 and whose sign makes no difference is a scale: positive.
    pub(super) fn settle_signs(&mut self, log_densities: &[Expr]) -> Result<(), Problem> {
        for s in std::mem::take(&mut self.nonzero) {
            let Some(entry) = self.domains.entry(&s) else {
                continue;
            };
            if !is_infinite(&entry.domain.lower.value) || !is_infinite(&entry.domain.upper.value) {
                continue;
            }
            let name = Expr::symbol(s.name());
            if !self.domains.bounds_a_datum(&s)
                && log_densities.iter().all(|e| e.replace(&s, &-&name) == *e)
            {
                self.make_positive(&s, "only its square matters");
            } else {
                self.domains.relate(name.powi(2), false);
            }
        }
        self.retry()
    }

    pub(super) fn make_positive(&mut self, s: &Symbol, why: &str) {
        if self
            .domains
            .cut(s, Side::Lower, Expr::zero(), false)
            .is_ok()
        {
            self.note_domain(s, why);
        }
    }

    /// Relations once more, now that more signs are known, and sums of two of them: k·m > 0 and k·(1 − m) > 0 give k > 0, then 0 < m < 1.
    pub(super) fn add_relations(&mut self) {
        let relations: Vec<Expr> = self
            .domains
            .relations()
            .iter()
            .take(MOST_RELATIONS)
            .filter(|(_, closed)| !closed)
            .map(|(e, _)| e.clone())
            .collect();
        let mut sums = relations.clone();
        for (k, a) in relations.iter().enumerate() {
            let simpler = |b: &Expr| {
                Some(expanded(&(a + b)))
                    .filter(|sum| sum.count_nodes() < a.count_nodes().max(b.count_nodes()))
            };
            sums.extend(relations[k + 1..].iter().filter_map(simpler));
        }
        self.domains.by_domains_alone(|domains| {
            for _ in 0..MOST_ROUNDS {
                let before = domains.changes();
                for sum in &sums {
                    // A contradiction shows where the claim itself is applied.
                    let _ = domains.solve_for_parameter(sum, false, false, &any_parameter);
                }
                if domains.changes() == before {
                    break;
                }
            }
        });
    }

    /// Symbols on top of a binomial coefficient are integers.
    pub(super) fn count(&mut self, symbols: &[Symbol]) {
        for s in symbols {
            let Some(entry) = self
                .domains
                .entry(s)
                .filter(|entry| !entry.domain.is_discrete())
            else {
                continue;
            };
            let (role, bare) = (entry.role, !entry.stated);
            let lower = if bare {
                Expr::zero()
            } else {
                -Expr::infinity()
            };
            if self
                .domains
                .narrow(s, &Domain::integers(lower, Expr::infinity(), Number::ONE))
                .is_ok()
            {
                let reason = "a binomial coefficient counts with it".to_owned();
                if bare {
                    self.note_domain(s, &reason);
                    self.domains
                        .entry_mut(s)
                        .into_iter()
                        .for_each(|entry| entry.stated = true);
                }
                if role == Role::Parameter {
                    self.integer_reasons.entry(s.clone()).or_insert(reason);
                }
            }
        }
    }

    /// The ends of an interval of data, of a truncation, of a censoring are in order.
    pub(super) fn order_ends(&mut self, claims: &[Claim]) {
        let restrictions = claims.iter().filter(|claim| claim.source.is_restriction());
        let restrictions = restrictions.filter_map(|claim| match &claim.what {
            What::Member { domain, .. } => Some(domain.clone()),
            _ => None,
        });
        let intervals: Vec<Domain> = self
            .domains
            .supports()
            .filter(|domain| !domain.is_discrete())
            .cloned()
            .chain(restrictions)
            .collect();
        for domain in intervals {
            let length = &domain.upper.value - &domain.lower.value;
            if length
                .free_symbols()
                .iter()
                .any(|s| self.domains.is_datum(s))
            {
                continue;
            }
            if is_infinite(&domain.lower.value) || is_infinite(&domain.upper.value) {
                continue;
            }
            if self
                .domains
                .solve_for_parameter(&length, false, false, &unstated)
                == Ok(Outcome::Narrowed)
            {
                for s in &length.free_symbols() {
                    self.note_domain(s, "the ends of an interval are in order");
                }
            } else {
                self.domains.relate(length, false);
            }
        }
    }

    /// Symbols that bound a range of integers are integers.
    pub(super) fn settle_integers(&mut self, data: &[(Symbol, Span)]) -> Result<(), Problem> {
        for (datum, at) in data {
            let Some(entry) = self
                .domains
                .entry(datum)
                .filter(|entry| entry.domain.is_discrete())
            else {
                continue;
            };
            let domain = entry.domain.clone();
            for end in [&domain.lower.value, &domain.upper.value] {
                for s in end.free_symbols() {
                    let Some(bound) = self
                        .domains
                        .entry(&s)
                        .filter(|bound| bound.role != Role::Datum)
                    else {
                        continue;
                    };
                    if bound.domain.is_discrete() || linear(end, &s).is_none() {
                        continue;
                    }
                    let (role, bare) = (bound.role, !bound.stated);
                    let lower = if bare { Expr::one() } else { -Expr::infinity() };
                    let integers = Domain::integers(lower, Expr::infinity(), Number::ONE);
                    self.domains
                        .narrow(&s, &integers)
                        .map_err(|Empty| E::EmptyDomain {
                            at: *at,
                            name: s.to_string(),
                        })?;
                    let reason = format!("it bounds the support of `{datum}`");
                    if bare {
                        self.note_domain(&s, &reason);
                    }
                    if role == Role::Parameter {
                        self.integer_reasons.entry(s).or_insert(reason);
                    }
                }
            }
        }
        Ok(())
    }
}
