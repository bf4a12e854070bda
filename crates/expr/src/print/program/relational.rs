//! Quantities as one query, so that an engine computes them where the data lie.
//! In: a dialect, a table, its columns, parameters, measures. Out: SQL. Never: a row that leaves the engine.

use super::Lacking;
use super::names::Naming;
use super::shared::{Shared, prefix, shared};
use super::source::{Pen, forms, has, lacks};
use super::stand_ins::in_place_of;
use super::targets::sql::{DIALECTS, Dialect};
use crate::Symbol;
use crate::expr::{Expr, Kind};
use crate::traverse::topological;
use rustc_hash::{FxHashMap, FxHashSet};

/// What a query is about.
#[derive(Debug, Clone)]
pub struct Query {
    /// Lines of comment at the top.
    pub comments: Vec<String>,
    /// The table, with dots where it lies in a schema.
    pub table: String,
    /// The columns that are read: data and covariates. Without any, the query is of the parameters alone.
    pub columns: Vec<Symbol>,
    /// Parameters and constants, each with its value or left open.
    pub parameters: Vec<(Symbol, Option<f64>)>,
    /// What is computed.
    pub measures: Vec<Measure>,
}

/// A column of the answer.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// Its value for one row of the table; the answer is the sum over rows.
    pub value: Expr,
    /// Is the mean wanted besides?
    pub mean: bool,
}

impl Query {
    /// The names of the dialects.
    pub fn dialects() -> impl Iterator<Item = &'static str> {
        DIALECTS.iter().map(|dialect| dialect.target.name)
    }
}

/// The query in a dialect, `None` if there is no such dialect.
///
/// # Errors
/// What the dialect lacks, with the measure that needs it.
#[must_use]
pub fn query(dialect: &str, asked: &Query) -> Option<Result<String, Lacking>> {
    let dialect = DIALECTS.iter().find(|row| row.target.name == dialect)?;
    Some(text(dialect, asked))
}

/// A parameter of the query: its name, its value if it is known, what it stands for.
struct Given {
    symbol: Symbol,
    value: Option<f64>,
    meaning: Option<Expr>,
}

/// The same with names of measures that differ in an engine that does not tell small letters from capitals.
fn told_apart(asked: &Query) -> Query {
    let mut asked = asked.clone();
    let mut taken: FxHashSet<String> = FxHashSet::default();
    for measure in &mut asked.measures {
        while !taken.insert(measure.name.to_ascii_lowercase()) {
            measure.name.push('_');
        }
    }
    asked
}

fn text(dialect: &Dialect, asked: &Query) -> Result<String, Lacking> {
    let asked = &told_apart(asked);
    let target = &dialect.target;
    let roots: Vec<Expr> = asked.measures.iter().map(|m| m.value.clone()).collect();
    let mut taken: Vec<Symbol> = asked.columns.clone();
    taken.extend(asked.parameters.iter().map(|(symbol, _)| symbol.clone()));
    let (roots, constants) = constants(dialect, asked, &roots, &mut taken);
    let (mut roots, formulas) = formulas(dialect, &roots, &mut taken);
    let count = roots.len();
    roots.extend(formulas.iter().map(|(_, e)| e.clone()));
    let roots = forms(target, &roots);
    for (i, root) in roots.iter().enumerate() {
        let label = asked.measures.get(i).map_or("a measure", |m| &m.name);
        lacks(target, label, root)?;
    }
    let given: Vec<Given> = asked
        .parameters
        .iter()
        .map(|(symbol, value)| Given {
            symbol: symbol.clone(),
            value: *value,
            meaning: None,
        })
        .chain(constants)
        .collect();
    let mut symbols = asked.columns.clone();
    symbols.extend(given.iter().map(|given| given.symbol.clone()));
    symbols.extend(formulas.iter().map(|(symbol, _)| symbol.clone()));
    let Shared {
        mut steps,
        mut values,
    } = shared(&roots, &prefix(&symbols));
    let formulas = formulas.into_iter().map(|(symbol, _)| symbol);
    steps.extend(formulas.zip(values.split_off(count)));
    symbols.extend(steps.iter().map(|(name, _)| name.clone()));
    let answers: Vec<String> = asked.measures.iter().map(|m| m.name.clone()).collect();
    let names = Naming::new(target, &symbols, &answers);
    let all: Vec<&Expr> = steps.iter().map(|(_, e)| e).chain(&values).collect();
    let pen = Pen::new(target, &names, &all);

    let mut lines: Vec<String> = asked
        .comments
        .iter()
        .flat_map(|text| text.lines())
        .map(|line| format!("{}{line}", target.comment[0]).trim_end().to_owned())
        .collect();
    let (parameters, observed) = (apart("parameters", asked), apart("observed", asked));
    let mut blocks = Vec::new();
    if !given.is_empty() {
        blocks.push(block(
            &parameters,
            &parameter_lines(dialect, &names, &given),
            None,
        ));
    }
    let mut from = parameters.clone();
    if !asked.columns.is_empty() {
        let mut columns = Vec::new();
        let mut present = Vec::new();
        for symbol in &asked.columns {
            let source = column(dialect, symbol.name());
            columns.push(format!(
                "CAST({source} AS {}) AS {}",
                dialect.double,
                names.of(symbol)
            ));
            present.push(format!("{source} IS NOT NULL"));
        }
        let table: Vec<String> = asked
            .table
            .split('.')
            .map(|part| column(dialect, part))
            .collect();
        let source = format!("{}\n  WHERE {}", table.join("."), present.join(" AND "));
        blocks.push(block(&observed, &columns, Some(&source)));
        from = if given.is_empty() {
            observed
        } else {
            format!("{observed} CROSS JOIN {parameters}")
        };
    }
    for (number, level) in levels(&steps).into_iter().enumerate() {
        let mut columns = vec!["*".to_owned()];
        columns.extend(
            level
                .iter()
                .map(|(name, e)| format!("{} AS {}", pen.write(e), names.of(name))),
        );
        let name = apart(&format!("step{}", number + 1), asked);
        blocks.push(block(
            &name,
            &columns,
            Some(&format!("{from}{}", dialect.fence)),
        ));
        from = name;
    }
    let (inner, outer) = answer_lines(asked, &pen, &values);
    if let Some(inner) = inner {
        let name = apart("measured", asked);
        blocks.push(block(&name, &inner, Some(&from)));
        from = name;
    }
    if !blocks.is_empty() {
        lines.push(format!("WITH {}", blocks.join(",\n")));
    }
    lines.push("SELECT".to_owned());
    lines.push(format!("  {}", outer.join(",\n  ")));
    lines.push(format!("FROM {from};"));
    Ok(lines.join("\n") + "\n")
}

/// A fresh name.
fn fresh(letter: char, taken: &mut Vec<Symbol>) -> Symbol {
    let name = (1..).map(|k| format!("{letter}{k}"));
    let mut free = name.filter(|name| {
        !taken
            .iter()
            .any(|symbol| symbol.name().eq_ignore_ascii_case(name))
    });
    let symbol = Symbol::new(&free.next().unwrap_or_default());
    taken.push(symbol.clone());
    symbol
}

/// Calls that the engine lacks, parts before wholes.
fn lacking(dialect: &Dialect, roots: &[Expr]) -> Vec<Expr> {
    let lacks = |node: &Expr| match node.kind() {
        Kind::Call(function, arguments) => !has(&dialect.target, *function, arguments),
        _ => false,
    };
    topological(roots)
        .into_iter()
        .filter(|node| lacks(node))
        .collect()
}

/// Calls that the engine lacks and that hold no column: constants of the query, for each of which a value must be given.
fn constants(
    dialect: &Dialect,
    asked: &Query,
    roots: &[Expr],
    taken: &mut Vec<Symbol>,
) -> (Vec<Expr>, Vec<Given>) {
    let mut found = lacking(dialect, roots);
    found.retain(|node| !node.contains_any(&asked.columns));
    let inner = |node: &Expr| {
        let mut others = found.iter().filter(|other| *other != node);
        others.any(|other| other.any_node(&|part| part == node))
    };
    let outermost: Vec<&Expr> = found.iter().filter(|node| !inner(node)).collect();
    let point: Option<Vec<(Symbol, f64)>> = asked
        .parameters
        .iter()
        .map(|(symbol, value)| Some((symbol.clone(), (*value)?)))
        .collect();
    let mut given = Vec::new();
    let mut replacements: FxHashMap<Expr, Expr> = FxHashMap::default();
    for node in outermost {
        let symbol = fresh('c', taken);
        replacements.insert(node.clone(), Expr::symbol(symbol.name()));
        let value = point.as_ref().map(|point| node.value_at(point));
        given.push(Given {
            symbol,
            value: value.filter(|value| value.is_finite()),
            meaning: Some(node.clone()),
        });
    }
    let replaced = roots.iter().map(|root| root.substitute(&replacements));
    (replaced.collect(), given)
}

/// Calls of columns that the engine lacks and for which a formula stands in, each under a name of its own.
fn formulas(
    dialect: &Dialect,
    roots: &[Expr],
    taken: &mut Vec<Symbol>,
) -> (Vec<Expr>, Vec<(Symbol, Expr)>) {
    let mut found = Vec::new();
    let mut replacements: FxHashMap<Expr, Expr> = FxHashMap::default();
    for node in lacking(dialect, roots) {
        let Some((function, arguments)) = node.as_call() else {
            continue;
        };
        let arguments: Vec<Expr> = arguments
            .iter()
            .map(|a| a.substitute(&replacements))
            .collect();
        if let Some(formula) = in_place_of(function, &arguments) {
            let symbol = fresh('d', taken);
            replacements.insert(node.clone(), Expr::symbol(symbol.name()));
            found.push((symbol, formula));
        }
    }
    let replaced = roots.iter().map(|root| root.substitute(&replacements));
    (replaced.collect(), found)
}

fn parameter_lines(dialect: &Dialect, names: &Naming, given: &[Given]) -> Vec<String> {
    let line = |(i, given): (usize, &Given)| {
        let name = names.of(&given.symbol);
        let value = match given.value {
            Some(value) => format!("{value:?}"),
            None => dialect
                .placeholder
                .replace('#', &name)
                .replace('%', &(i + 1).to_string()),
        };
        let meaning = given
            .meaning
            .as_ref()
            .map(|e| format!("/* {} */ ", e.text()));
        format!(
            "{}CAST({value} AS {}) AS {name}",
            meaning.unwrap_or_default(),
            dialect.double
        )
    };
    given.iter().enumerate().map(line).collect()
}

/// The columns of each row, where there are rows, and those of the answer.
fn answer_lines(
    asked: &Query,
    pen: &Pen<'_>,
    values: &[Expr],
) -> (Option<Vec<String>>, Vec<String>) {
    let line =
        |(measure, value): (&Measure, &Expr)| format!("{} AS {}", pen.write(value), measure.name);
    let each: Vec<String> = asked.measures.iter().zip(values).map(line).collect();
    if asked.columns.is_empty() {
        return (None, each);
    }
    let mut answer = vec!["count(*) AS n".to_owned()];
    answer.extend(
        asked
            .measures
            .iter()
            .map(|m| format!("sum({0}) AS {0}", m.name)),
    );
    let means = asked.measures.iter().filter(|m| m.mean);
    answer.extend(means.map(|m| format!("avg({0}) AS mean_{0}", m.name)));
    (Some(each), answer)
}

/// A name for a part of the query that is not the name of the table.
fn apart(name: &str, asked: &Query) -> String {
    let mut name = name.to_owned();
    while asked.table.eq_ignore_ascii_case(&name) {
        name.push('_');
    }
    name
}

/// A column or table as the engine reads it: quoted where it is no plain word.
fn column(dialect: &Dialect, name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let reserved = dialect
        .target
        .reserved
        .split_whitespace()
        .any(|word| word.eq_ignore_ascii_case(name));
    if plain && !reserved {
        return name.to_owned();
    }
    let quote = dialect.quote;
    let doubled = name.replace(quote, &format!("{quote}{quote}"));
    format!("{quote}{doubled}{quote}")
}

fn block(name: &str, columns: &[String], from: Option<&str>) -> String {
    let from = from.map_or_else(String::new, |from| format!("\n  FROM {from}"));
    format!(
        "{name} AS (\n  SELECT\n    {}{from}\n)",
        columns.join(",\n    ")
    )
}

/// The steps by levels: each holds only names of levels before it.
fn levels(steps: &[(Symbol, Expr)]) -> Vec<Vec<&(Symbol, Expr)>> {
    let free: Vec<_> = steps.iter().map(|(_, e)| e.free_symbols()).collect();
    let mut done: FxHashSet<&Symbol> = FxHashSet::default();
    let mut found: Vec<Vec<&(Symbol, Expr)>> = Vec::new();
    while done.len() < steps.len() {
        let is_ready = |i: &usize| {
            !done.contains(&steps[*i].0)
                && steps
                    .iter()
                    .all(|(name, _)| done.contains(name) || !free[*i].contains(name))
        };
        let ready: Vec<usize> = (0..steps.len()).filter(is_ready).collect();
        if ready.is_empty() {
            break;
        }
        done.extend(ready.iter().map(|i| &steps[*i].0));
        found.push(ready.iter().map(|i| &steps[*i]).collect());
    }
    found
}
