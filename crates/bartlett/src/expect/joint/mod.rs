//! Expectations over several data, or over one with single points: outcome by outcome, all Gaussian data at once, else one datum after the other.
//! In: facts, a density, functions of its data. Out: the log of the mass and closed expectations. Never: more than a bounded number of searches.

mod elliptical;
mod gaussian;

use super::Closed;
use super::evidence::{Evidence, Marginal};
use super::recognize::Pieces;
use crate::model::{Datum, Density};
use bartlett_expr::{Expr, Facts, Number, Symbol, Truth, normal};
use std::sync::Arc;

/// At most so many branches and one-dimensional searches for one density.
const FUEL: usize = 96;
/// Expressions with more nodes than this are not taken through the tables.
const NODES: usize = 3000;
/// A datum with at most so many outcomes is summed outcome by outcome.
const OUTCOMES: i64 = 32;

/// A density on its way to a number: what is left of the data, and the functions whose expectation is wanted.
#[derive(Clone)]
struct Work {
    facts: Facts,
    data: Vec<Datum>,
    log_density: Expr,
    functions: Vec<Option<Closed>>,
    /// How it came here from the whole density; nothing where cases were added.
    marginals: Vec<Marginal>,
}

/// What a density integrates to, and its functions under the density divided by that.
struct Done {
    log_mass: Expr,
    functions: Vec<Option<Closed>>,
    marginals: Vec<Marginal>,
}

/// E[g] for each g under the density divided by its mass; nothing where it does not close.
pub(crate) fn expectations(
    facts: &Facts,
    density: &Density,
    functions: &[Expr],
) -> Option<Vec<Option<Closed>>> {
    let plain = |value: &Expr| {
        Some(Closed {
            value: value.clone(),
            positive: Vec::new(),
            evidence: Evidence::Route,
        })
    };
    let work = Work {
        facts: facts.clone(),
        data: density.data.clone(),
        log_density: density.log_density.clone(),
        functions: functions.iter().map(plain).collect(),
        marginals: Vec::new(),
    };
    let done = work.done(&mut { FUEL })?;
    let marginals = Arc::new(done.marginals);
    let shown = |found: Closed| Closed {
        evidence: Evidence::Marginals(Arc::clone(&marginals)),
        ..found
    };
    let functions = done.functions.into_iter();
    Some(functions.map(|found| found.map(shown)).collect())
}

/// The log of the mass of a density over all its data, where it closes.
pub(crate) fn log_mass(facts: &Facts, density: &Density) -> Option<Expr> {
    let work = Work {
        facts: facts.clone(),
        data: density.data.clone(),
        log_density: density.log_density.clone(),
        functions: Vec::new(),
        marginals: Vec::new(),
    };
    work.done(&mut { FUEL }).map(|done| done.log_mass)
}

impl Work {
    fn done(self, fuel: &mut usize) -> Option<Done> {
        if self.data.is_empty() {
            return Some(Done {
                log_mass: self.facts.refine(&self.log_density),
                functions: self.functions,
                marginals: self.marginals,
            });
        }
        *fuel = fuel.checked_sub(1)?;
        if let Some(branches) = self.branches() {
            return self.added(branches, fuel);
        }
        if let Some(rest) = gaussian::without(&self).or_else(|| elliptical::without(&self)) {
            return rest.done(fuel);
        }
        let nodes = |e: &Expr| e.count_nodes();
        let functions = self.functions.iter().flatten();
        if nodes(&self.log_density) + functions.map(|f| nodes(&f.value)).sum::<usize>() > NODES {
            return None;
        }
        for k in (0..self.data.len()).rev() {
            let symbol = &self.data[k].symbol;
            let bounds_another = self.data.iter().any(|d| {
                let ends = [&d.support.lower.value, &d.support.upper.value];
                d.symbol != *symbol && ends.iter().any(|e| e.contains(symbol))
            });
            if bounds_another {
                continue;
            }
            *fuel = fuel.checked_sub(1)?;
            if let Some(rest) = self.without(k) {
                return rest.done(fuel);
            }
        }
        None
    }

    /// One density for each outcome of a datum, or for each of its single points and for the rest.
    fn branches(&self) -> Option<Vec<Self>> {
        if let Some(k) = self.data.iter().position(|d| !d.atoms.is_empty()) {
            let atoms = &self.data[k].atoms;
            let mut all: Vec<Self> = atoms.iter().map(|at| self.at(k, at)).collect();
            all.push(self.between(k));
            return Some(all);
        }
        if let Some(k) = self.data.iter().position(is_determined) {
            return Some(vec![self.at(k, &self.data[k].support.lower.value)]);
        }
        let (k, outcomes) = self
            .data
            .iter()
            .enumerate()
            .find_map(|(k, d)| Some((k, outcomes(d)?)))?;
        Some(outcomes.iter().map(|v| self.at(k, v)).collect())
    }

    /// The density with one datum fixed.
    fn at(&self, k: usize, value: &Expr) -> Self {
        let symbol = &self.data[k].symbol;
        let facts = &self.facts;
        let put = |e: &Expr| facts.refine(&e.replace(symbol, value));
        let mut data = self.data.clone();
        data.remove(k);
        for datum in &mut data {
            datum.support.lower.value = put(&datum.support.lower.value);
            datum.support.upper.value = put(&datum.support.upper.value);
            for atom in &mut datum.atoms {
                *atom = put(atom);
            }
        }
        let functions = self.functions.iter().map(|f| {
            f.as_ref().map(|f| Closed {
                value: put(&f.value),
                ..f.clone()
            })
        });
        Self {
            facts: facts.clone(),
            log_density: put(&self.log_density),
            functions: functions.collect(),
            data,
            marginals: self.marginals.clone(),
        }
    }

    /// The density away from the single points of a datum: there its cases are decided.
    fn between(&self, k: usize) -> Self {
        let mut work = self.clone();
        let datum = &mut work.data[k];
        datum.atoms.clear();
        datum.support.lower.closed = false;
        datum.support.upper.closed = false;
        work.facts
            .declare(datum.symbol.clone(), datum.support.clone());
        work.log_density = work.facts.refine(&work.log_density);
        for f in work.functions.iter_mut().flatten() {
            f.value = work.facts.refine(&f.value);
        }
        work
    }

    /// The sum of branches, each weighed with its mass.
    fn added(&self, branches: Vec<Self>, fuel: &mut usize) -> Option<Done> {
        let single = branches.len() == 1;
        let mut done = Vec::new();
        for branch in branches {
            let branch = branch.done(fuel)?;
            if single {
                return Some(branch);
            }
            let mass = self.facts.refine(&branch.log_mass.exp());
            done.push((mass, branch));
        }
        let total = normal::simplified(
            &self.facts,
            &Expr::sum(done.iter().map(|(mass, _)| mass.clone())),
        );
        let functions = (0..self.functions.len()).map(|j| {
            let mut parts = Vec::new();
            let mut positive = Vec::new();
            for (mass, branch) in &done {
                if mass.is_zero() {
                    continue;
                }
                let part = branch.functions[j].as_ref()?;
                parts.push(mass * &part.value);
                add_new(&mut positive, &part.positive);
            }
            let value = normal::simplified(&self.facts, &(Expr::sum(parts) / &total));
            Some(Closed {
                value,
                positive,
                evidence: Evidence::Route,
            })
        });
        Some(Done {
            functions: functions.collect(),
            log_mass: self.facts.refine(&total.log()),
            marginals: Vec::new(),
        })
    }

    /// The marginal density of the other data, with the conditional expectations of the functions, where datum k integrates out.
    fn without(&self, k: usize) -> Option<Self> {
        let datum = &self.data[k];
        let mut facts = self.facts.clone();
        for other in self.data.iter().filter(|d| d.symbol != datum.symbol) {
            facts.declare(other.symbol.clone(), other.support.clone());
        }
        let others: Vec<Symbol> = self
            .data
            .iter()
            .map(|d| d.symbol.clone())
            .filter(|s| *s != datum.symbol)
            .collect();
        let mut marginal: Option<Expr> = None;
        let mut functions: Vec<Option<Closed>> = vec![None; self.functions.len()];
        let constant = !self.log_density.contains(&datum.symbol);
        let holds =
            |f: &Option<Closed>| f.as_ref().is_some_and(|f| f.value.contains(&datum.symbol));
        if constant && !self.functions.iter().any(holds) {
            return Some(self.less(
                k,
                &self.log_density + log_size(&facts, datum)?,
                self.functions.clone(),
            ));
        }
        Pieces::each(
            &facts,
            &datum.symbol,
            &datum.support,
            &self.log_density,
            &mut |pieces| {
                if marginal.is_none() {
                    marginal = pieces.log_mass();
                }
                for (slot, function) in functions.iter_mut().zip(&self.functions) {
                    let (None, Some(function)) = (&slot, function) else {
                        continue;
                    };
                    *slot = if function.value.contains(&datum.symbol) {
                        pieces.expect(&function.value).map(|mut found| {
                            found.positive.retain(|c| !c.contains_any(&others));
                            add_new(&mut found.positive, &function.positive);
                            found
                        })
                    } else {
                        Some(function.clone())
                    };
                }
                functions
                    .iter()
                    .zip(&self.functions)
                    .all(|(found, wanted)| found.is_some() || wanted.is_none())
                    && marginal.is_some()
            },
        );
        if constant {
            marginal = log_size(&facts, datum).map(|size| &self.log_density + size);
        }
        let log_density = marginal.filter(|m| !m.contains(&datum.symbol))?;
        Some(self.less(k, log_density, functions))
    }

    fn marginals_with(&self, without: Vec<Symbol>, log_density: &Expr) -> Vec<Marginal> {
        let mut all = self.marginals.clone();
        all.push(Marginal {
            without,
            log_density: log_density.clone(),
        });
        all
    }

    fn less(&self, k: usize, log_density: Expr, functions: Vec<Option<Closed>>) -> Self {
        let mut data = self.data.clone();
        let datum = data.remove(k);
        Self {
            facts: self.facts.clone(),
            data,
            marginals: self.marginals_with(vec![datum.symbol], &log_density),
            log_density,
            functions,
        }
    }
}

/// The log of the length of an interval.
fn log_size(facts: &Facts, datum: &Datum) -> Option<Expr> {
    let (lower, upper) = (&datum.support.lower.value, &datum.support.upper.value);
    let endless = [lower, upper]
        .iter()
        .any(|e| super::path::infinite(e).is_some());
    let length = normal::simplified(facts, &(upper - lower));
    (!endless && !datum.support.is_discrete()).then(|| facts.refine(&length.log()))
}

fn add_new(all: &mut Vec<Expr>, more: &[Expr]) {
    for condition in more {
        if !all.contains(condition) {
            all.push(condition.clone());
        }
    }
}

fn is_determined(datum: &Datum) -> bool {
    datum.atoms.is_empty() && datum.support.lower.value == datum.support.upper.value
}

/// The values of a datum on a short finite lattice.
fn outcomes(datum: &Datum) -> Option<Vec<Expr>> {
    let step = datum.support.step.as_ref()?;
    let first = datum.support.lower.value.as_number()?;
    let last = datum.support.upper.value.as_number()?;
    let count = (&(last - first) / step).floor().to_i64()?;
    if !(0..OUTCOMES).contains(&count) {
        return None;
    }
    let value = |i: i64| Expr::number(first + &(step * &Number::integer(i)));
    Some((0..=count).map(value).collect())
}

/// Is the support the whole line?
fn is_line(datum: &Datum, facts: &Facts) -> bool {
    let infinite = |e: &Expr| super::path::infinite(e).is_some();
    let support = &datum.support;
    !support.is_discrete()
        && datum.atoms.is_empty()
        && infinite(&support.lower.value)
        && infinite(&support.upper.value)
        && facts.is_negative(&support.lower.value) != Truth::No
}
