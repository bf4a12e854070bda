//! Derived quantities as routines and queries, for the languages of other software.
//! In: a `Report`, quantities. Out: `Routine`s, `Query`s. Never: a spelling.

use crate::influence::influence;
use crate::jeffreys::jeffreys;
use crate::model::Model;
use crate::natural_gradient::natural_gradient;
use crate::quantity::{Quantity, Value};
use crate::reading::{Part, Reading};
use crate::report::Report;
use bartlett_expr::print::program::{Measure, Query, Routine, Shape};
use bartlett_expr::{Expr, Kind, Relation, Symbol, Truth, topological};

/// What can be written as a routine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emitted {
    /// log p, with its normalizer.
    LogDensity,
    /// The score.
    Score,
    /// The Hessian of the log-density.
    Hessian,
    /// s sᵀ, whose mean over data is the empirical information.
    OuterProduct,
    /// The Fisher information.
    Fisher,
    /// The Cramér–Rao bound.
    Crb,
    /// √det I, unnormalized.
    Jeffreys,
    /// I⁻¹s(x), the influence function of the maximum-likelihood estimator.
    Influence,
    /// I⁻¹∇ℓ
    NaturalGradient,
}

impl Emitted {
    /// Does it rest on an expectation, so that a refused model has none?
    #[must_use]
    pub fn is_expectation(self) -> bool {
        !matches!(
            self,
            Self::LogDensity | Self::Score | Self::Hessian | Self::OuterProduct
        )
    }

    /// Is it a function of data?
    #[must_use]
    pub fn is_of_data(self) -> bool {
        !matches!(self, Self::Fisher | Self::Crb | Self::Jeffreys)
    }

    /// Its name in a program, what it is, and its entries; nothing where the model has none.
    fn value(self, report: &Report) -> Option<(&'static str, &'static str, Value)> {
        // Rows of a symbolic number are no arguments of a function.
        if self.is_of_data() && has_rows(&report.model) {
            return None;
        }
        let first = |reading: Reading| {
            let quantity = reading.quantities.into_iter().next();
            quantity.map(|q| q.value).filter(|value| !value.is_absent())
        };
        let part = |part| first(Reading::parts(report, &[part], None));
        let found = match self {
            Self::LogDensity => (
                "log_density",
                "The log-density.",
                Value::Scalar(log_density(report)),
            ),
            Self::Score => (
                "score",
                "The score: first derivatives of the log-density",
                Value::Vector(score(report)),
            ),
            Self::Hessian => (
                "hessian",
                "The Hessian: second derivatives of the log-density",
                Value::Table(hessian(report)),
            ),
            Self::OuterProduct => {
                let score = score(report);
                let row = |a: &Expr| score.iter().map(|b| a * b).collect();
                (
                    "outer_product",
                    "The outer product of the score with itself",
                    Value::Table(score.iter().map(row).collect()),
                )
            }
            Self::Fisher => (
                "fisher",
                "The Fisher information matrix",
                part(Part::Fisher)?,
            ),
            Self::Crb => ("crb", "The Cramér–Rao bound", part(Part::Crb)?),
            Self::Jeffreys => (
                "jeffreys",
                "The Jeffreys prior, unnormalized",
                first(jeffreys(report))?,
            ),
            Self::Influence => (
                "influence",
                "The influence function of the maximum-likelihood estimator",
                first(influence(report))?,
            ),
            Self::NaturalGradient => (
                "natural_gradient",
                "The natural gradient of the log-density",
                first(natural_gradient(report, None))?,
            ),
        };
        Some(found)
    }

    /// The routine of a report under `prefix` and its own name; nothing where the model has no such quantity.
    #[must_use]
    pub fn routine(self, report: &Report, prefix: &str) -> Option<Routine> {
        let (name, title, value) = self.value(report)?;
        let about = match self {
            Self::LogDensity => title.to_owned(),
            Self::Jeffreys => format!("{title}."),
            _ => format!(
                "{title}, in the order {}.",
                listed(&report.model.parameters)
            ),
        };
        let of_data = self.is_of_data();
        routine(
            &report.model,
            format!("{prefix}{name}"),
            about,
            &value,
            of_data,
        )
    }

    /// Columns of a query: the entries of the upper triangle, each under its own name.
    fn measures(self, report: &Report) -> Option<Vec<Measure>> {
        let (name, _, value) = self.value(report)?;
        let parameters = &report.model.parameters;
        let plain = |symbol: &Symbol| {
            let letter = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
            let name: String = symbol.name().chars().map(letter).collect();
            name.trim_end_matches('_').to_owned()
        };
        let mean = self.is_of_data();
        let measure = |name: String, value: &Expr| Measure {
            name,
            value: value.clone(),
            mean,
        };
        Some(match &value {
            Value::Scalar(e) => vec![measure(name.to_owned(), e)],
            Value::Vector(entries) => {
                let pairs = parameters.iter().zip(entries);
                pairs
                    .map(|(p, e)| measure(format!("{name}_{}", plain(p)), e))
                    .collect()
            }
            Value::Matrix(rows) | Value::Table(rows) => {
                let mut found = Vec::new();
                for (i, row) in rows.iter().enumerate() {
                    for (j, e) in row.iter().enumerate().skip(i) {
                        let (a, b) = (plain(&parameters[i]), plain(&parameters[j]));
                        found.push(measure(format!("{name}_{a}_{b}"), e));
                    }
                }
                found
            }
            _ => return None,
        })
    }
}

/// Is it repeated over rows whose number is a symbol? Then functions of its data cannot be written.
#[must_use]
pub fn has_rows(model: &Model) -> bool {
    model.observations.iter().any(|o| o.rows.is_some())
}

/// A quantity of a model as a routine; nothing where it is no number, list or matrix.
#[must_use]
pub fn routine_of(model: &Model, quantity: &Quantity, prefix: &str) -> Option<Routine> {
    let about = format!("{}.", quantity.title);
    routine(
        model,
        format!("{prefix}{}", quantity.key),
        about,
        &quantity.value,
        false,
    )
}

fn routine(
    model: &Model,
    name: String,
    about: String,
    value: &Value,
    of_data: bool,
) -> Option<Routine> {
    let (rows, shape) = match value {
        Value::Scalar(e) => (vec![vec![e.clone()]], Shape::Scalar),
        Value::Vector(entries) => (vec![entries.clone()], Shape::Vector),
        Value::Matrix(rows) | Value::Table(rows) => (rows.clone(), Shape::Matrix),
        _ => return None,
    };
    let rows: Vec<Vec<Expr>> = rows
        .iter()
        .map(|row: &Vec<Expr>| row.iter().map(|e| with_value_at_ends(model, e)).collect())
        .collect();
    let entries: Vec<Expr> = rows.iter().flatten().cloned().collect();
    Some(Routine {
        name,
        about,
        inputs: inputs(model, &entries, of_data),
        rows,
        shape,
    })
}

/// The same, with a value at data where a power vanishes and its logarithm has none: b^c·log b is 0 at b = 0.
fn with_value_at_ends(model: &Model, e: &Expr) -> Expr {
    let ends: Vec<Symbol> = model
        .data()
        .filter(|datum| datum.support.is_discrete() || datum.support.lower.closed)
        .map(|datum| datum.symbol.clone())
        .collect();
    if ends.is_empty() || !e.contains_any(&ends) {
        return e.clone();
    }
    e.map(&mut |node| {
        let Kind::Mul(coefficient, factors) = node.kind() else {
            return node;
        };
        let vanishes = |base: &Expr| {
            let power = |f: &Expr| {
                let (other, exponent) = f.as_power();
                other == *base && !exponent.is_one()
            };
            factors.iter().any(power)
                && base.contains_any(&ends)
                && model.facts.is_positive(base) != Truth::Yes
        };
        let logarithm = |f: &Expr| {
            let (call, exponent) = f.as_power();
            let base = call.as_call_of("log")?.first()?.clone();
            vanishes(&base).then_some((base, call, exponent))
        };
        if !factors.iter().any(|f| logarithm(f).is_some()) {
            return node;
        }
        let guarded = factors.iter().map(|f| match logarithm(f) {
            Some((base, call, exponent)) => {
                let is_zero = Expr::compare(Relation::Equal, base, Expr::zero());
                Expr::cases(is_zero, Expr::zero(), call).power(&exponent)
            }
            None => f.clone(),
        });
        Expr::product(std::iter::once(Expr::number(coefficient.clone())).chain(guarded))
    })
}

/// Data, where it is a function of them; then known symbols, then parameters, then whatever else an entry names.
fn inputs(model: &Model, entries: &[Expr], of_data: bool) -> Vec<Symbol> {
    let data: Vec<Symbol> = model.data().map(|datum| datum.symbol.clone()).collect();
    let of_data = of_data || entries.iter().any(|e| e.contains_any(&data));
    let others = entries.iter().flat_map(Expr::free_symbols);
    let mut inputs: Vec<Symbol> = Vec::new();
    let all = data
        .into_iter()
        .filter(|_| of_data)
        .chain(model.known.iter().cloned())
        .chain(model.parameters.iter().cloned())
        .chain(others);
    for symbol in all {
        if !inputs.contains(&symbol) {
            inputs.push(symbol);
        }
    }
    inputs
}

fn listed(symbols: &[Symbol]) -> String {
    let names: Vec<&str> = symbols.iter().map(Symbol::name).collect();
    names.join(", ")
}

/// The log-density of the whole model, of mass 1 where that is known.
fn log_density(report: &Report) -> Expr {
    let observations = report.completed.observations.iter();
    Expr::sum(observations.map(|o| o.density.log_density.clone()))
}

/// Number of operations when each is done once.
fn size(entries: &[Expr]) -> usize {
    topological(entries).len()
}

/// The shorter of two equal lists of formulas: a page wants each entry short, a program all of them together.
fn shorter(shown: Vec<Expr>, derived: Option<Vec<Expr>>) -> Vec<Expr> {
    match derived {
        Some(derived) if size(&derived) < size(&shown) => derived,
        _ => shown,
    }
}

fn score(report: &Report) -> Vec<Expr> {
    let derived = log_density(report).gradient(&report.model.parameters).ok();
    shorter(report.score.clone(), derived)
}

fn hessian(report: &Report) -> Vec<Vec<Expr>> {
    let p = report.model.parameters.len();
    let flat = |rows: &[Vec<Expr>]| rows.iter().flatten().cloned().collect::<Vec<Expr>>();
    let derived = log_density(report).hessian(&report.model.parameters).ok();
    let entries = shorter(flat(&report.hessian), derived.map(|rows| flat(&rows)));
    entries.chunks(p.max(1)).map(<[Expr]>::to_vec).collect()
}

/// Queries that compute quantities in an engine: one over the table for those of data, one over the parameters for the others.
///
/// `at` gives values; a known symbol without one is a column, a parameter without one a placeholder.
#[must_use]
pub fn queries(
    report: &Report,
    what: &[Emitted],
    table: &str,
    at: &[(Symbol, f64)],
    comments: &[String],
) -> Vec<Query> {
    let model = &report.model;
    let value = |symbol: &Symbol| {
        let found = at.iter().find(|(name, _)| name == symbol);
        found.map(|(_, value)| *value)
    };
    let data = model.data().map(|datum| &datum.symbol);
    let unknown = model.known.iter().filter(|symbol| value(symbol).is_none());
    let columns: Vec<Symbol> = data.chain(unknown).cloned().collect();
    let (of_data, expectations): (Vec<Emitted>, Vec<Emitted>) =
        what.iter().partition(|part| part.is_of_data());
    let query = |what: &[Emitted], columns: Vec<Symbol>| {
        let measures: Vec<Measure> = what
            .iter()
            .filter_map(|part| part.measures(report))
            .flatten()
            .collect();
        let held = |symbol: &Symbol| measures.iter().any(|m| m.value.contains(symbol));
        let given = model.known.iter().chain(&model.parameters);
        let parameters = given
            .filter(|symbol| !columns.contains(symbol) && held(symbol))
            .map(|symbol| (symbol.clone(), value(symbol)))
            .collect();
        Query {
            comments: comments.to_vec(),
            table: table.to_owned(),
            columns: columns.into_iter().filter(|symbol| held(symbol)).collect(),
            parameters,
            measures,
        }
    };
    let mut queries = Vec::new();
    if !of_data.is_empty() {
        queries.push(query(&of_data, columns));
    }
    if !expectations.is_empty() {
        queries.push(query(&expectations, Vec::new()));
    }
    queries
}
