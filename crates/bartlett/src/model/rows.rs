//! Repetitions whose end stays a symbol: one row stands for all.
//! In: a model, values of the symbols that bound its rows. Out: the model of one row, or all rows written out. Never: a derivation.

use super::{Datum, Density, Law, Model, Observation};
use bartlett_expr::{Domain, End, Expr, Facts, Kind, Number, Symbol};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Independent repetitions of an observation, one for each value of the indices.
///
/// The density holds an index and entries such as `t[i]` and `y[i]` as plain symbols of these names.
#[derive(Debug, Clone)]
pub struct Rows {
    /// What the indices run over, outermost first; an end may hold knowns and earlier indices.
    pub ranges: Vec<RowRange>,
    /// The symbols of entries of knowns, each with the indexed name that it stands for.
    pub entries: Vec<(Symbol, Expr)>,
}

/// The integers from one end to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowRange {
    /// The index.
    pub index: Symbol,
    /// The first one.
    pub lower: Expr,
    /// The last one.
    pub upper: Expr,
}

/// Most rows that are written out.
const MOST_ROWS: usize = 10_000;

impl Rows {
    /// The facts of one row: those of the model, with the index inside its range.
    #[must_use]
    pub fn facts(&self, facts: &Facts) -> Facts {
        let mut facts = facts.clone();
        for range in &self.ranges {
            facts.declare(
                range.index.clone(),
                Domain::integers(range.lower.clone(), range.upper.clone(), Number::ONE),
            );
        }
        facts
    }

    /// Names that stand for entries become these entries: `t[i]`, and `y[i]` of the data.
    #[must_use]
    pub fn indexed(&self, e: &Expr, data: &[Datum]) -> Expr {
        let of_data = data.iter().filter_map(|datum| {
            let entry = bartlett_expr::parse(datum.symbol.name()).ok()?;
            matches!(entry.kind(), Kind::Indexed(..)).then(|| (datum.symbol.clone(), entry))
        });
        let names: FxHashMap<Expr, Expr> = self
            .entries
            .iter()
            .cloned()
            .chain(of_data)
            .filter(|(symbol, _)| e.contains(symbol))
            .map(|(symbol, entry)| (Expr::symbol(symbol.name()), entry))
            .collect();
        e.substitute(&names)
    }
}

impl Model {
    /// Is a part of it repeated over rows whose number is a symbol?
    #[must_use]
    pub fn has_rows(&self) -> bool {
        self.observations.iter().any(|o| o.rows.is_some())
    }

    /// The model of one row of an observation: its index and entries are known.
    #[must_use]
    pub fn of_one_row(&self, observation: &Observation) -> Cow<'_, Self> {
        let Some(rows) = &observation.rows else {
            return Cow::Borrowed(self);
        };
        let mut known = self.known.clone();
        known.extend(rows.ranges.iter().map(|range| range.index.clone()));
        known.extend(rows.entries.iter().map(|(symbol, _)| symbol.clone()));
        Cow::Owned(Self {
            known,
            facts: rows.facts(&self.facts),
            observations: vec![Observation {
                rows: None,
                ..observation.clone()
            }],
            ..self.clone()
        })
    }

    /// The symbols that bound rows, in order of name.
    #[must_use]
    pub fn sizes(&self) -> Vec<Symbol> {
        let mut found = BTreeSet::new();
        for rows in self.observations.iter().filter_map(|o| o.rows.as_ref()) {
            for range in &rows.ranges {
                found.extend(range.lower.free_symbols());
                found.extend(range.upper.free_symbols());
            }
            for range in &rows.ranges {
                found.remove(&range.index);
            }
        }
        found.into_iter().collect()
    }

    /// The known names of which only entries are used in rows.
    #[must_use]
    pub fn indexed_names(&self) -> Vec<Symbol> {
        let rows = self.observations.iter().filter_map(|o| o.rows.as_ref());
        let mut found: Vec<Symbol> = Vec::new();
        for (_, entry) in rows.flat_map(|rows| &rows.entries) {
            if let Kind::Indexed(name, _) = entry.kind()
                && !found.contains(name)
            {
                found.push(name.clone());
            }
        }
        found
    }

    /// The model with as many rows as a point says; itself where no part is repeated, nothing where a size has no value.
    #[must_use]
    pub fn at_point(&self, point: &[(Symbol, f64)]) -> Option<Cow<'_, Self>> {
        if !self.has_rows() {
            return Some(Cow::Borrowed(self));
        }
        let value = |symbol: &Symbol| {
            let (_, value) = point.iter().find(|(name, _)| name == symbol)?;
            (value.fract() == 0.0 && value.abs() < 1e9).then_some(*value as i64)
        };
        let sizes: Vec<(Symbol, i64)> = self
            .sizes()
            .into_iter()
            .map(|symbol| value(&symbol).map(|k| (symbol, k)))
            .collect::<Option<_>>()?;
        self.written_out(&sizes).map(Cow::Owned)
    }

    /// All rows as observations of their own, for these values of the symbols that bound them; the symbols stay known, with
    /// one value. Nothing where a size has no value, a row is not there, or there are more than ten thousand.
    #[must_use]
    pub fn written_out(&self, sizes: &[(Symbol, i64)]) -> Option<Self> {
        let mut flat = self.clone();
        for (symbol, value) in sizes {
            let value = Expr::integer(*value);
            flat.facts.declare(
                symbol.clone(),
                Domain::integers(value.clone(), value, Number::ONE),
            );
        }
        let indexed = self.indexed_names();
        flat.known.retain(|symbol| !indexed.contains(symbol));
        flat.observations.clear();
        let numbers: FxHashMap<Expr, Expr> = sizes
            .iter()
            .map(|(symbol, value)| (Expr::symbol(symbol.name()), Expr::integer(*value)))
            .collect();
        for observation in &self.observations {
            let Some(rows) = &observation.rows else {
                flat.observations.push(observation.clone());
                continue;
            };
            for row in places(rows, &numbers)? {
                let of_row = OfRow::new(self, rows, observation, &row)?;
                of_row.add_facts(&mut flat, rows, observation);
                flat.observations.push(of_row.observation(observation));
                if flat.observations.len() > MOST_ROWS {
                    return None;
                }
            }
        }
        Some(flat)
    }
}

impl Observation {
    /// The density of one row with its data under their plain names, `y` for `y[i]`, for integrals and sums over them.
    #[must_use]
    pub fn density_of_one_row(&self) -> Cow<'_, Density> {
        if self.rows.is_none() {
            return Cow::Borrowed(&self.density);
        }
        let mut density = self.density.clone();
        for k in 0..density.data.len() {
            let old = density.data[k].symbol.clone();
            let plain = Symbol::new(old.name().split('[').next().unwrap_or_default());
            let name = Expr::symbol(plain.name());
            let used = density.log_density.contains(&plain)
                || density.data.iter().any(|datum| datum.symbol == plain);
            if plain == old || used {
                continue;
            }
            let renamed = |e: &Expr| e.replace(&old, &name);
            density.log_density = renamed(&density.log_density);
            density.typed = density.typed.as_ref().map(renamed);
            density.data[k].symbol = plain.clone();
            for datum in &mut density.data {
                datum.support.lower.value = renamed(&datum.support.lower.value);
                datum.support.upper.value = renamed(&datum.support.upper.value);
                datum.atoms = datum.atoms.iter().map(renamed).collect();
            }
        }
        Cow::Owned(density)
    }
}

/// Values of the indices of each row, with those of the sizes.
fn places(rows: &Rows, sizes: &FxHashMap<Expr, Expr>) -> Option<Vec<FxHashMap<Expr, Expr>>> {
    let mut found = vec![sizes.clone()];
    for range in &rows.ranges {
        let mut next = Vec::new();
        for outer in found {
            let lower = range.lower.substitute(&outer).as_integer()?;
            let upper = range.upper.substitute(&outer).as_integer()?;
            for k in lower..=upper {
                let mut inner = outer.clone();
                inner.insert(Expr::symbol(range.index.name()), Expr::integer(k));
                next.push(inner);
                if next.len() > MOST_ROWS {
                    return None;
                }
            }
        }
        found = next;
    }
    Some(found)
}

/// What the names of one row become.
struct OfRow {
    values: FxHashMap<Expr, Expr>,
}

impl OfRow {
    fn new(
        model: &Model,
        rows: &Rows,
        observation: &Observation,
        row: &FxHashMap<Expr, Expr>,
    ) -> Option<Self> {
        let mut values = row.clone();
        for (symbol, entry) in &rows.entries {
            values.insert(Expr::symbol(symbol.name()), at_numbers(entry, row)?);
        }
        for datum in &observation.density.data {
            let name = Expr::symbol(datum.symbol.name());
            let Ok(entry) = bartlett_expr::parse(datum.symbol.name()) else {
                continue;
            };
            if let Some(value) = at_numbers(&entry, row) {
                values.insert(name, value);
            }
        }
        // A size stays a name, so that the point of a check shows it.
        for size in model.sizes() {
            values.remove(&Expr::symbol(size.name()));
        }
        Some(Self { values })
    }

    fn of(&self, e: &Expr) -> Expr {
        e.substitute(&self.values)
    }

    fn symbol(&self, symbol: &Symbol) -> Symbol {
        let name = Expr::symbol(symbol.name());
        let image = self.values.get(&name).and_then(Expr::as_symbol);
        image.unwrap_or(symbol).clone()
    }

    fn domain(&self, domain: &Domain) -> Domain {
        let end = |end: &End| End {
            value: self.of(&end.value),
            closed: end.closed,
        };
        Domain {
            lower: end(&domain.lower),
            upper: end(&domain.upper),
            step: domain.step.clone(),
        }
    }

    fn observation(&self, observation: &Observation) -> Observation {
        let density = &observation.density;
        let data = density.data.iter().map(|datum| Datum {
            symbol: self.symbol(&datum.symbol),
            support: self.domain(&datum.support),
            atoms: datum.atoms.iter().map(|a| self.of(a)).collect(),
        });
        Observation {
            density: Density {
                data: data.collect(),
                log_density: self.of(&density.log_density),
                typed: density.typed.as_ref().map(|e| self.of(e)),
                up_to_normalizer: density.up_to_normalizer,
            },
            law: observation.law.as_ref().map(|law| Law {
                family: law.family,
                arguments: law.arguments.iter().map(|a| self.of(a)).collect(),
            }),
            rows: None,
        }
    }

    /// The domains of the entries of this row, and what relates them.
    fn add_facts(&self, flat: &mut Model, rows: &Rows, observation: &Observation) {
        let entries = rows.entries.iter().map(|(symbol, _)| symbol);
        let data = observation.density.data.iter().map(|datum| &datum.symbol);
        let names: Vec<Symbol> = entries.clone().chain(data).cloned().collect();
        let domains: Vec<(Symbol, Domain)> = names
            .iter()
            .filter_map(|name| {
                let domain = flat.facts.domain(name)?;
                Some((self.symbol(name), self.domain(domain)))
            })
            .collect();
        for (symbol, domain) in domains {
            if flat.facts.domain(&symbol).is_none() {
                flat.facts.declare(symbol, domain);
            }
        }
        let related = |e: &&Expr| e.contains_any(&names);
        let positive: Vec<Expr> = flat
            .facts
            .positives()
            .iter()
            .filter(related)
            .map(|e| self.of(e))
            .collect();
        let nonnegative: Vec<Expr> = flat
            .facts
            .nonnegatives()
            .iter()
            .filter(related)
            .map(|e| self.of(e))
            .collect();
        positive
            .into_iter()
            .for_each(|e| flat.facts.assume_positive(e));
        nonnegative
            .into_iter()
            .for_each(|e| flat.facts.assume_nonnegative(e));
        for symbol in entries.map(|name| self.symbol(name)) {
            if !flat.known.contains(&symbol) {
                flat.known.push(symbol);
            }
        }
    }
}

/// `t[i]` as the symbol `t[3]`; nothing where an index does not become an integer.
fn at_numbers(entry: &Expr, values: &FxHashMap<Expr, Expr>) -> Option<Expr> {
    let Kind::Indexed(name, indices) = entry.kind() else {
        return None;
    };
    let numbers: Vec<String> = indices
        .iter()
        .map(|index| Some(index.substitute(values).as_integer()?.to_string()))
        .collect::<Option<_>>()?;
    Some(Expr::symbol(&format!("{name}[{}]", numbers.join(","))))
}
