//! Where symbols live: domains that claims narrow step by step, with the relations that no single domain can say.
//! In: ends. Out: domains, `Facts`. Never: an end that is kept although a tighter one is known.

use bartlett_expr::{Domain, End, Expr, Facts, Number, Symbol, Truth};
use rustc_hash::FxHashMap;

/// The part a symbol plays; later ones have their ends in terms of earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Known,
    Parameter,
    Datum,
}

/// What is known of one symbol.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub role: Role,
    /// Its place among the symbols of the same role.
    pub place: usize,
    pub domain: Domain,
    pub atoms: Vec<Expr>,
    /// Was its domain stated, or implied by its law?
    pub stated: bool,
}

/// A narrowing left nothing of the domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Empty;

/// Which end of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Lower,
    Upper,
}

/// Every symbol's entry, and relations between them.
pub(super) struct Domains {
    entries: FxHashMap<Symbol, Entry>,
    order: Vec<Symbol>,
    relations: Vec<(Expr, bool)>,
    facts: Facts,
    changes: usize,
}

impl Domains {
    /// The symbols by role, in order; each real until something is said.
    pub(super) fn new(symbols: impl IntoIterator<Item = (Symbol, Role)>) -> Self {
        let mut found = Self {
            entries: FxHashMap::default(),
            order: Vec::new(),
            relations: Vec::new(),
            facts: Facts::new(),
            changes: 0,
        };
        for (symbol, role) in symbols {
            let entry = Entry {
                role,
                place: found.order.len(),
                domain: Domain::real(),
                atoms: Vec::new(),
                stated: false,
            };
            found.order.push(symbol.clone());
            found.entries.insert(symbol, entry);
        }
        found
    }

    pub(super) fn entry(&self, symbol: &Symbol) -> Option<&Entry> {
        self.entries.get(symbol)
    }

    pub(super) fn entry_mut(&mut self, symbol: &Symbol) -> Option<&mut Entry> {
        self.entries.get_mut(symbol)
    }

    pub(super) fn is_datum(&self, symbol: &Symbol) -> bool {
        self.entry(symbol)
            .is_some_and(|entry| entry.role == Role::Datum)
    }

    /// The symbol whose ends are best given in terms of the others: data before parameters before knowns, later before earlier.
    pub(super) fn rank(&self, symbol: &Symbol) -> Option<(Role, usize)> {
        self.entry(symbol).map(|entry| (entry.role, entry.place))
    }

    /// What may be assumed so far.
    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Facts made anew from the domains and relations, without what an earlier domain of a symbol said.
    pub(super) fn fresh_facts(&self) -> Facts {
        let mut facts = Facts::new();
        for symbol in &self.order {
            facts.declare(symbol.clone(), self.entries[symbol].domain.clone());
        }
        for (relation, closed) in &self.relations {
            if *closed {
                facts.assume_nonnegative(relation.clone());
            } else {
                facts.assume_positive(relation.clone());
            }
        }
        facts
    }

    /// The supports of the data, in order.
    pub(super) fn supports(&self) -> impl Iterator<Item = &Domain> {
        self.order
            .iter()
            .filter(|s| self.is_datum(s))
            .map(|s| &self.entries[s].domain)
    }

    /// Does the end of a support hold the symbol?
    pub(super) fn bounds_a_datum(&self, symbol: &Symbol) -> bool {
        self.supports().any(|domain| {
            domain.lower.value.contains(symbol) || domain.upper.value.contains(symbol)
        })
    }

    /// How often a domain was narrowed so far.
    pub(super) fn changes(&self) -> usize {
        self.changes
    }

    /// Runs `work` on what the domains alone say, and adds the relations again.
    pub(super) fn by_domains_alone(&mut self, work: impl FnOnce(&mut Self)) {
        let relations = std::mem::take(&mut self.relations);
        self.facts = self.fresh_facts();
        work(self);
        for (relation, closed) in relations {
            self.relate(relation, closed);
        }
    }

    /// Relations between symbols that are no end of a domain.
    pub(super) fn relations(&self) -> &[(Expr, bool)] {
        &self.relations
    }

    pub(super) fn relate(&mut self, difference: Expr, closed: bool) {
        let known = if closed {
            self.facts.is_nonnegative(&difference)
        } else {
            self.facts.is_positive(&difference)
        };
        if known == Truth::Yes {
            return;
        }
        if closed {
            self.facts.assume_nonnegative(difference.clone());
        } else {
            self.facts.assume_positive(difference.clone());
        }
        self.relations.push((difference, closed));
    }

    /// Cuts the domain of the symbol down to the other one.
    pub(super) fn narrow(&mut self, symbol: &Symbol, by: &Domain) -> Result<(), Empty> {
        let Some(entry) = self.entries.get(symbol) else {
            return Ok(());
        };
        let datum = entry.role == Role::Datum;
        let mut domain = entry.domain.clone();
        let mut left = Vec::new();
        domain.lower = tighter(
            &self.facts,
            &domain.lower,
            &by.lower,
            Side::Lower,
            datum,
            &mut left,
        );
        domain.upper = tighter(
            &self.facts,
            &domain.upper,
            &by.upper,
            Side::Upper,
            datum,
            &mut left,
        );
        domain.step = match (domain.step, &by.step) {
            (Some(a), Some(b)) => Some(if a > *b { a } else { b.clone() }),
            (a, b) => a.or_else(|| b.clone()),
        };
        close_integers(&self.facts, &mut domain);
        if is_empty(&self.facts, &domain) {
            return Err(Empty);
        }
        if domain != entry.domain {
            self.changes += 1;
        }
        self.facts.declare(symbol.clone(), domain.clone());
        if let Some(entry) = self.entries.get_mut(symbol) {
            entry.domain = domain;
        }
        let name = Expr::symbol(symbol.name());
        for (side, end) in left {
            let difference = if side == Side::Lower {
                &name - &end.value
            } else {
                &end.value - &name
            };
            self.relate(difference, end.closed);
        }
        Ok(())
    }

    /// Cuts the domain of the symbol at one end.
    pub(super) fn cut(
        &mut self,
        symbol: &Symbol,
        side: Side,
        value: Expr,
        closed: bool,
    ) -> Result<(), Empty> {
        let mut domain = Domain::real();
        let end = End { value, closed };
        match side {
            Side::Lower => domain.lower = end,
            Side::Upper => domain.upper = end,
        }
        self.narrow(symbol, &domain)
    }

    /// A datum has the support of its law, whatever is assumed so far: its own ends may need the signs of parameters.
    pub(super) fn set(&mut self, symbol: &Symbol, domain: Domain) {
        self.facts.declare(symbol.clone(), domain.clone());
        if let Some(entry) = self.entries.get_mut(symbol) {
            entry.domain = domain;
        }
    }
}

pub(super) fn is_infinite(value: &Expr) -> bool {
    value
        .as_coefficient()
        .1
        .is_constant(bartlett_expr::Constant::Infinity)
}

/// The tighter of two ends. Of two that cannot be compared a datum has their maximum or minimum; a parameter keeps the
/// first, and the second is left as a relation.
fn tighter(
    facts: &Facts,
    old: &End,
    new: &End,
    side: Side,
    datum: bool,
    left: &mut Vec<(Side, End)>,
) -> End {
    if is_infinite(&new.value) {
        return old.clone();
    }
    if is_infinite(&old.value) {
        return new.clone();
    }
    if old.value == new.value {
        return End {
            value: old.value.clone(),
            closed: old.closed && new.closed,
        };
    }
    let inward = if side == Side::Lower {
        &new.value - &old.value
    } else {
        &old.value - &new.value
    };
    if facts.is_nonnegative(&inward) == Truth::Yes {
        return new.clone();
    }
    if facts.is_nonnegative(&-&inward) == Truth::Yes {
        return old.clone();
    }
    if !datum {
        left.push((side, new.clone()));
        return old.clone();
    }
    let name = if side == Side::Lower { "max" } else { "min" };
    End {
        value: Expr::function(name, [old.value.clone(), new.value.clone()]),
        closed: old.closed && new.closed,
    }
}

/// Open or fractional ends of integers become the nearest integers inside.
fn close_integers(facts: &Facts, domain: &mut Domain) {
    if domain.step.as_ref() != Some(&Number::ONE) {
        return;
    }
    for (side, end) in [
        (Side::Lower, &mut domain.lower),
        (Side::Upper, &mut domain.upper),
    ] {
        let inward = if side == Side::Lower {
            Number::ONE
        } else {
            Number::MINUS_ONE
        };
        if let Some(value) = end.value.as_number() {
            let nearest = if side == Side::Lower {
                -(-value).floor()
            } else {
                value.floor()
            };
            let nearest = if value.is_integer() && !end.closed {
                &nearest + &inward
            } else {
                nearest
            };
            *end = End {
                value: Expr::number(nearest),
                closed: true,
            };
        } else if !end.closed && facts.is_integer(&end.value) {
            *end = End {
                value: &end.value + Expr::number(inward),
                closed: true,
            };
        }
    }
}

fn is_empty(facts: &Facts, domain: &Domain) -> bool {
    let (lower, upper) = (&domain.lower, &domain.upper);
    if is_infinite(&lower.value) || is_infinite(&upper.value) {
        return false;
    }
    let length = &upper.value - &lower.value;
    if length.is_zero() {
        return domain.step.is_none() || !(lower.closed && upper.closed);
    }
    match length.as_number() {
        Some(length) => length.is_negative(),
        None => facts.is_negative(&length) == Truth::Yes,
    }
}
