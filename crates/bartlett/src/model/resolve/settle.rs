//! Claims applied until nothing more follows: domains and supports of all symbols.
//! In: claims, domains. Out: narrowed domains, relations, notes. Never: a claim that is dropped in silence.

use super::claims::{Claim, Source, What};
use super::domains::{Domains, Empty, Role, Side, is_infinite};
use super::solve::{Outcome, any_parameter};
use crate::model::problems::ModelError as E;
use bartlett_expr::{Domain, Expr, Problem, Symbol, Truth};
use rustc_hash::FxHashMap;

/// Most rounds of inference from densities; each narrows a domain or ends it.
pub(super) const MOST_ROUNDS: usize = 8;

/// The domains with what is still open about them.
pub(super) struct Settling {
    pub domains: Domains,
    /// Claims that may be solved once more signs are known.
    pending: Vec<Claim>,
    /// Claims that stand as relations only.
    related: Vec<Claim>,
    /// Symbols that must not be 0.
    pub(super) nonzero: Vec<Symbol>,
    /// Why a parameter takes only integer values.
    pub integer_reasons: FxHashMap<Symbol, String>,
    /// Inferred domains with the first reason of each.
    inferred: Vec<(Symbol, String)>,
}

impl Settling {
    pub(super) fn new(domains: Domains) -> Self {
        Self {
            domains,
            pending: Vec::new(),
            related: Vec::new(),
            nonzero: Vec::new(),
            integer_reasons: FxHashMap::default(),
            inferred: Vec::new(),
        }
    }

    fn holds_datum(&self, claim: &Claim) -> bool {
        let e = match &claim.what {
            What::Member { subject, .. } => subject,
            What::Above { difference, .. } => difference,
            What::NotZero(e) => e,
        };
        e.free_symbols().iter().any(|s| self.domains.is_datum(s))
    }

    /// The symbols of the data that a claim is about: the datum of highest rank.
    pub(super) fn datum_of(&self, claim: &Claim) -> Option<Symbol> {
        let e = match &claim.what {
            What::Member { subject, .. } => subject,
            What::Above { difference, .. } => difference,
            What::NotZero(e) => e,
        };
        e.free_symbols()
            .into_iter()
            .filter(|s| self.domains.is_datum(s))
            .max_by_key(|s| self.domains.rank(s))
    }

    /// Applies claims about parameters first, then about data, then retries what waits for signs.
    pub(super) fn apply_all(&mut self, claims: Vec<Claim>) -> Result<(), Problem> {
        let (data, parameters): (Vec<_>, Vec<_>) = claims
            .into_iter()
            .partition(|claim| self.holds_datum(claim));
        for claim in parameters {
            self.apply(claim)?;
        }
        self.add_relations();
        for claim in data {
            self.apply(claim)?;
        }
        self.retry()
    }

    pub(super) fn retry(&mut self) -> Result<(), Problem> {
        loop {
            let waiting = std::mem::take(&mut self.pending);
            let before = waiting.len();
            for claim in waiting {
                self.apply(claim)?;
            }
            if self.pending.len() >= before {
                return Ok(());
            }
        }
    }

    fn apply(&mut self, claim: Claim) -> Result<(), Problem> {
        match &claim.what {
            What::Member {
                subject,
                domain,
                atoms,
            } => match subject.as_symbol() {
                Some(s) => self.place(&s.clone(), domain, atoms, &claim),
                None => self.place_expression(subject, domain, &claim),
            },
            What::Above { difference, closed } => self.compare(difference, *closed, &claim),
            What::NotZero(e) => {
                self.domains.relate(e.powi(2), false);
                Ok(())
            }
        }
    }

    /// `s in domain`
    fn place(
        &mut self,
        s: &Symbol,
        domain: &Domain,
        atoms: &[Expr],
        claim: &Claim,
    ) -> Result<(), Problem> {
        self.domains
            .narrow(s, domain)
            .map_err(|Empty| self.empty(s, claim))?;
        if let Some(entry) = self.domains.entry_mut(s) {
            entry.stated = true;
            entry.atoms.extend(atoms.iter().cloned());
            if entry.role == Role::Parameter && domain.is_discrete() {
                let reason = match &claim.source {
                    Source::Argument {
                        family, parameter, ..
                    } => format!("`{family}` takes it as its {parameter}, an integer"),
                    _ => "it is declared to be an integer".to_owned(),
                };
                self.integer_reasons.entry(s.clone()).or_insert(reason);
            }
        }
        Ok(())
    }

    /// An argument that is no plain symbol.
    fn place_expression(
        &mut self,
        subject: &Expr,
        domain: &Domain,
        claim: &Claim,
    ) -> Result<(), Problem> {
        if domain.is_discrete() && subject.as_number().is_some_and(|n| !n.is_integer()) {
            return Err(self.refuted(claim));
        }
        for (side, end) in [(Side::Lower, &domain.lower), (Side::Upper, &domain.upper)] {
            if !is_infinite(&end.value) {
                let difference = if side == Side::Lower {
                    subject - &end.value
                } else {
                    &end.value - subject
                };
                self.compare(&difference, end.closed, claim)?;
            }
        }
        Ok(())
    }

    /// `difference > 0`
    fn compare(&mut self, difference: &Expr, closed: bool, claim: &Claim) -> Result<(), Problem> {
        if let Some(datum) = difference
            .free_symbols()
            .into_iter()
            .filter(|s| self.domains.is_datum(s))
            .max_by_key(|s| self.domains.rank(s))
        {
            match self
                .domains
                .solve_for_datum(difference, closed)
                .map_err(|Empty| self.empty(&datum, claim))?
            {
                Outcome::Narrowed => {
                    if let Some(entry) = self.domains.entry_mut(&datum) {
                        entry.stated = true;
                    }
                }
                _ => self.pending.push(Claim {
                    what: What::Above {
                        difference: difference.clone(),
                        closed,
                    },
                    ..claim.clone()
                }),
            }
            return Ok(());
        }
        let stated = matches!(claim.source, Source::Stated);
        let outcome = self
            .domains
            .solve_for_parameter(difference, closed, stated, &any_parameter);
        let first = difference
            .free_symbols()
            .into_iter()
            .next()
            .unwrap_or_else(|| Symbol::new("it"));
        let mut outcome = outcome.map_err(|Empty| self.empty(&first, claim))?;
        for _ in 0..MOST_ROUNDS {
            if outcome != Outcome::Narrowed || stated {
                break;
            }
            // The sign that was found may say more of the other symbols.
            outcome = self
                .domains
                .solve_for_parameter(difference, closed, stated, &any_parameter)
                .map_err(|Empty| self.empty(&first, claim))?;
        }
        match outcome {
            Outcome::Refuted => return Err(self.refuted(claim)),
            Outcome::NotZero(s) if matches!(claim.source, Source::Variance) => {
                if self.domains.entry(&s).is_some_and(|entry| {
                    is_infinite(&entry.domain.lower.value) && is_infinite(&entry.domain.upper.value)
                }) {
                    self.make_positive(&s, "its square is a variance");
                }
            }
            Outcome::NotZero(s) if !stated => self.nonzero.push(s),
            Outcome::Narrowed | Outcome::Proved => {}
            _ => {
                self.domains.relate(difference.clone(), closed);
                let what = What::Above {
                    difference: difference.clone(),
                    closed,
                };
                self.related.push(Claim {
                    what,
                    ..claim.clone()
                });
            }
        }
        let symbols = difference.free_symbols();
        for s in &symbols {
            if let Some(entry) = self
                .domains
                .entry_mut(s)
                .filter(|_| symbols.len() == 1 || stated)
            {
                entry.stated = true;
            }
        }
        Ok(())
    }

    fn empty(&self, s: &Symbol, claim: &Claim) -> Problem {
        match &claim.source {
            Source::Argument { .. } if self.domains.entry(s).is_some_and(|entry| !entry.stated) => {
                self.refuted(claim)
            }
            _ => E::EmptyDomain {
                at: claim.span,
                name: s.to_string(),
            }
            .into(),
        }
    }

    fn refuted(&self, claim: &Claim) -> Problem {
        match &claim.source {
            Source::Argument {
                family,
                parameter,
                domain,
                found,
            } => E::ArgumentOutside {
                at: claim.span,
                family,
                parameter,
                domain: (*domain).to_owned(),
                found: found.clone(),
            }
            .into(),
            _ => E::Contradiction { at: claim.span }.into(),
        }
    }

    pub(super) fn note_domain(&mut self, s: &Symbol, why: &str) {
        if !self.inferred.iter().any(|(other, _)| other == s) {
            self.inferred.push((s.clone(), why.to_owned()));
        }
    }

    /// The inferred domains as statements of the language, each with the reason.
    pub(super) fn inferences(
        &self,
        shown: &dyn Fn(&Symbol) -> (String, Symbol),
    ) -> Vec<(String, String)> {
        let statement = |s: &Symbol| {
            self.domains.entry(s).map(|entry| {
                let (repeated, name) = shown(s);
                repeated + &super::text::domain(&name, &entry.domain, &[])
            })
        };
        self.inferred
            .iter()
            .filter_map(|(s, why)| Some((statement(s)?, why.clone())))
            .collect()
    }

    /// A support that no statement gave.
    pub(super) fn supply(&mut self, datum: &Symbol, domain: Domain) {
        self.domains.set(datum, domain);
        if let Some(entry) = self.domains.entry_mut(datum) {
            entry.stated = true;
        }
        self.note_domain(datum, "there the density is that of a known law");
    }

    /// What still waits: relations among parameters are kept, an unsolved support is an error.
    pub(super) fn finish(&mut self) -> Result<(), Problem> {
        self.retry()?;
        let mut refuted = Vec::new();
        let related = self.related.clone();
        self.domains.by_domains_alone(|domains| {
            refuted.extend(related.into_iter().filter(|claim| match &claim.what {
                What::Above {
                    difference,
                    closed: false,
                } => domains.facts().is_positive(difference) == Truth::No,
                What::Above { difference, .. } => {
                    domains.facts().is_nonnegative(difference) == Truth::No
                }
                _ => false,
            }));
        });
        if let Some(claim) = refuted.first() {
            return Err(self.refuted(claim));
        }
        for claim in std::mem::take(&mut self.pending) {
            let What::Above { difference, closed } = &claim.what else {
                continue;
            };
            let Some(datum) = self.datum_of(&claim) else {
                continue;
            };
            let name = datum.to_string();
            return Err(match self.domains.solve_for_datum(difference, *closed) {
                Ok(Outcome::SideUnknown(_, slope)) => {
                    let symbols: Vec<String> = slope
                        .free_symbols()
                        .iter()
                        .filter(|s| {
                            self.domains.facts().is_nonzero(&Expr::symbol(s.name())) != Truth::Yes
                        })
                        .map(ToString::to_string)
                        .collect();
                    let mend = match &symbols[..] {
                        [only] => format!("add `{only} > 0` or `{only} < 0`"),
                        _ => format!("type the ends: `{name} in (…, …)`"),
                    };
                    E::SupportSide {
                        at: claim.span,
                        name,
                        mend,
                    }
                    .into()
                }
                _ => E::SupportUnsolved {
                    at: claim.span,
                    name,
                }
                .into(),
            });
        }
        Ok(())
    }
}
