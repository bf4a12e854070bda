//! A model against a second one: another point of its own family, or another law of the same data.
//! In: a `Model`, values of parameters or a second `Model`. Out: `Versus`, both with mass 1 and under common facts. Never: a point outside of the domains.

use crate::derive::completed;
use crate::model::{Density, Model};
use bartlett_expr::{Domain, Expr, Facts, Symbol, Truth};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Why two models cannot be compared.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NotComparable {
    /// The second point or model was not understood: a name, a value outside of its domain, other data.
    #[error("{0}")]
    NotUnderstood(String),
    /// A density that is none.
    #[error("{0}")]
    NoDensity(String),
}

use NotComparable::{NoDensity, NotUnderstood};

/// Two models of the same data.
#[derive(Debug, Clone)]
pub struct Versus {
    /// The first, with mass 1; its facts and known symbols are those of both.
    pub first: Model,
    /// The second.
    pub second: Model,
    /// The second point in the order of the first's parameters, where it is a point of the same family.
    pub point: Option<Vec<Expr>>,
    /// What was completed, in words.
    pub notes: Vec<String>,
}

impl Versus {
    /// The model at another point; parameters that are not named stay.
    ///
    /// # Errors
    /// A name that is no parameter, a value outside of its domain, a density that is none.
    pub fn point(model: &Model, values: &[(Symbol, Expr)]) -> Result<Self, NotComparable> {
        single_rows(model)?;
        let names: Vec<String> = model.parameters.iter().map(|p| format!("`{p}`")).collect();
        for (name, value) in values {
            if !model.parameters.contains(name) {
                return Err(NotUnderstood(format!(
                    "`{name}` is no parameter of the model, whose parameters are {}",
                    names.join(", ")
                )));
            }
            if let Some(datum) = model.data().find(|d| value.contains(&d.symbol)) {
                return Err(NotUnderstood(format!(
                    "`{name} = {}` holds the datum {}: a point has no data in it",
                    value.text(),
                    datum.symbol
                )));
            }
        }
        let (mut first, notes) = completed(model).map_err(NoDensity)?;
        let replacements: FxHashMap<Expr, Expr> = values
            .iter()
            .map(|(name, value)| (Expr::symbol(name.name()), value.clone()))
            .collect();
        extend(&mut first, values, &replacements).map_err(NotUnderstood)?;
        let mut second = first.clone();
        for observation in &mut second.observations {
            observation.density = at(&observation.density, &replacements);
        }
        let point = first
            .parameters
            .iter()
            .map(|p| Expr::symbol(p.name()).substitute(&replacements))
            .collect();
        Ok(Self {
            first,
            second,
            point: Some(point),
            notes,
        })
    }

    /// Two models; symbols of one name are the same.
    ///
    /// # Errors
    /// Other data, a density that is none.
    pub fn model(first: &Model, second: &Model) -> Result<Self, NotComparable> {
        single_rows(first)?;
        single_rows(second)?;
        let names = |model: &Model| -> Vec<Vec<Symbol>> {
            let of = |density: &Density| density.data.iter().map(|d| d.symbol.clone()).collect();
            model.observations.iter().map(|o| of(&o.density)).collect()
        };
        let (own, others) = (names(first), names(second));
        let order: Option<Vec<usize>> = own
            .iter()
            .map(|data| others.iter().position(|other| other == data))
            .collect();
        let show = |names: &[Vec<Symbol>]| {
            let all: Vec<&str> = names.iter().flatten().map(Symbol::name).collect();
            all.join(", ")
        };
        let Some(order) = order.filter(|_| own.len() == others.len()) else {
            return Err(NotUnderstood(format!(
                "the two models have other data ({} against {}): name the data of the second as those of the first",
                show(&own),
                show(&others)
            )));
        };
        let (mut a, mut notes) = completed(first).map_err(NoDensity)?;
        let (b, more) = completed(second).map_err(NoDensity)?;
        notes.extend(more);
        let data: BTreeSet<&Symbol> = own.iter().flatten().collect();
        let own_symbols: Vec<Symbol> = a.parameters.iter().chain(&a.known).cloned().collect();
        for (symbol, domain) in b.facts.domains() {
            if a.facts.domain(symbol).is_none() && !data.contains(symbol) {
                a.facts.declare(symbol.clone(), domain.clone());
            }
        }
        copy_relations(&mut a.facts, &b.facts, &data);
        for symbol in b.parameters.iter().chain(&b.known) {
            if !own_symbols.contains(symbol) {
                a.known.push(symbol.clone());
            }
        }
        let mut second = a.clone();
        second.parameters.clone_from(&b.parameters);
        second.observations = order.iter().map(|k| b.observations[*k].clone()).collect();
        Ok(Self {
            first: a,
            second,
            point: None,
            notes,
        })
    }
}

/// What is compared is one row: over rows whose number is a symbol it adds.
fn single_rows(model: &Model) -> Result<(), NotComparable> {
    if model.has_rows() {
        return Err(NoDensity(
            "not supported yet for rows whose number is a symbol: type one row, its covariates `known`"
                .to_owned(),
        ));
    }
    Ok(())
}

fn copy_relations(facts: &mut Facts, others: &Facts, data: &BTreeSet<&Symbol>) {
    let free = |e: &&Expr| !e.free_symbols().iter().any(|s| data.contains(s));
    for e in others.positives().iter().filter(free) {
        facts.assume_positive(e.clone());
    }
    for e in others.nonnegatives().iter().filter(free) {
        facts.assume_nonnegative(e.clone());
    }
}

impl Model {
    /// The same model with another name for a symbol that is no datum.
    #[must_use]
    pub(crate) fn renamed(&self, old: &Symbol, new: &Symbol) -> Self {
        let replacements: FxHashMap<Expr, Expr> =
            std::iter::once((Expr::symbol(old.name()), Expr::symbol(new.name()))).collect();
        let put = |e: &Expr| e.substitute(&replacements);
        let mut moved = self.clone();
        for name in moved.parameters.iter_mut().chain(&mut moved.known) {
            if name == old {
                *name = new.clone();
            }
        }
        for observation in &mut moved.observations {
            observation.density = at(&observation.density, &replacements);
            if let Some(law) = &mut observation.law {
                law.arguments.iter_mut().for_each(|e| *e = put(e));
            }
        }
        let mut facts = Facts::new();
        for (symbol, domain) in self.facts.domains() {
            let end = |end: &bartlett_expr::End| bartlett_expr::End {
                value: put(&end.value),
                closed: end.closed,
            };
            let domain = Domain {
                lower: end(&domain.lower),
                upper: end(&domain.upper),
                step: domain.step.clone(),
            };
            let symbol = if symbol == old { new } else { symbol };
            facts.declare(symbol.clone(), domain);
        }
        for e in self.facts.positives() {
            facts.assume_positive(put(e));
        }
        for e in self.facts.nonnegatives() {
            facts.assume_nonnegative(put(e));
        }
        moved.facts = facts;
        moved
    }
}

/// A density with symbols replaced, its support too.
fn at(density: &Density, replacements: &FxHashMap<Expr, Expr>) -> Density {
    let mut moved = density.clone();
    let put = |e: &mut Expr| *e = e.substitute(replacements);
    put(&mut moved.log_density);
    if let Some(typed) = &mut moved.typed {
        put(typed);
    }
    for datum in &mut moved.data {
        put(&mut datum.support.lower.value);
        put(&mut datum.support.upper.value);
        datum.atoms.iter_mut().for_each(put);
    }
    moved
}

/// Declares the symbols of the second point, and what the domains say about it.
fn extend(
    model: &mut Model,
    values: &[(Symbol, Expr)],
    replacements: &FxHashMap<Expr, Expr>,
) -> Result<(), String> {
    let own: BTreeSet<Symbol> = model
        .parameters
        .iter()
        .chain(&model.known)
        .cloned()
        .collect();
    let old = model.facts.clone();
    for (name, value) in values {
        for symbol in value.free_symbols() {
            if !own.contains(&symbol) && !model.known.contains(&symbol) {
                model.known.push(symbol);
            }
        }
        let Some(domain) = old.domain(name) else {
            continue;
        };
        let end = |e: &Expr| e.substitute(replacements);
        let (lower, upper) = (end(&domain.lower.value), end(&domain.upper.value));
        match value.as_symbol() {
            Some(fresh) if !own.contains(fresh) => {
                let domain = Domain {
                    lower: bartlett_expr::End {
                        value: lower,
                        closed: domain.lower.closed,
                    },
                    upper: bartlett_expr::End {
                        value: upper,
                        closed: domain.upper.closed,
                    },
                    step: domain.step.clone(),
                };
                model.facts.declare(fresh.clone(), domain);
            }
            _ => {
                for (gap, closed) in [
                    (value - lower, domain.lower.closed),
                    (upper - value, domain.upper.closed),
                ] {
                    inside(&mut model.facts, gap, !closed).map_err(|()| {
                        format!(
                            "`{name} = {}` is outside of the domain of {name}",
                            value.text()
                        )
                    })?;
                }
            }
        }
    }
    for (facts, strict) in [(old.positives(), true), (old.nonnegatives(), false)] {
        for fact in facts {
            let moved = fact.substitute(replacements);
            if moved != *fact && !moved.free_symbols().iter().any(|s| model_has(model, s)) {
                inside(&mut model.facts, moved, strict).map_err(|()| {
                    format!(
                        "the second point is outside of the domain: {} is not met",
                        fact.text()
                    )
                })?;
            }
        }
    }
    Ok(())
}

fn model_has(model: &Model, datum: &Symbol) -> bool {
    model.data().any(|d| d.symbol == *datum)
}

/// Assumes an expression positive (or not negative); an error where that is impossible.
fn inside(facts: &mut Facts, gap: Expr, strict: bool) -> Result<(), ()> {
    let known = if strict {
        facts.is_positive(&gap)
    } else {
        facts.is_nonnegative(&gap)
    };
    match known {
        Truth::No => Err(()),
        Truth::Yes => Ok(()),
        Truth::Unknown if !gap.may_vary() => {
            let value = gap.value_at(&[]);
            if value < 0.0 || (strict && value == 0.0) {
                Err(())
            } else {
                Ok(())
            }
        }
        Truth::Unknown => {
            if strict {
                facts.assume_positive(gap);
            } else {
                facts.assume_nonnegative(gap);
            }
            Ok(())
        }
    }
}
