//! Repetitions written out: one unit for each statement and each value of the variables of `for`. Where the end of a range is
//! a symbol, or far away, one unit stands for all rows.
//! In: statements, lists. Out: units. Never: two units of one statement that could be one.

use super::definitions::{Definitions, Value, element, element_at};
use crate::model::RowRange;
use crate::model::problems::ModelError as E;
use crate::model::statement::{Index, Over, Repetition, Statement, Subject};
use bartlett_expr::{Expr, Kind, Problem, Span, Spanned, Symbol};
use rustc_hash::FxHashMap;

/// Most units that repetitions are written out to.
const MOST_UNITS: usize = 2000;

/// A statement that is no repetition, with the values of the variables around it.
pub(super) struct Unit<'a> {
    pub statement: &'a Statement,
    pub span: Span,
    /// Variables of `for`, outermost first, with their values.
    pub bindings: Vec<(Symbol, Expr)>,
    /// The number of the repetition, from 1; nothing outside of `for`.
    pub number: Option<usize>,
    /// The ranges of variables that stay symbols, outermost first.
    pub ranges: Vec<RowRange>,
}

/// What a variable of `for` runs over.
enum Values {
    Each(Vec<Expr>),
    Rows(RowRange),
}

/// Longer ranges of numbers are not written out, unless entries of lists are named by number.
const LONGEST_WRITTEN: i64 = 40;

pub(super) fn units<'a>(
    statements: &'a [Spanned<Statement>],
    definitions: &Definitions,
) -> Result<Vec<Unit<'a>>, Problem> {
    let mut found = Vec::new();
    for statement in statements {
        let mut number = 0;
        write_out(
            statement,
            definitions,
            &mut Vec::new(),
            &mut Vec::new(),
            &mut number,
            &mut found,
        )?;
    }
    Ok(found)
}

/// Nesting of `for` is bounded by the grammar, and so is this recursion.
fn write_out<'a>(
    statement: &'a Spanned<Statement>,
    definitions: &Definitions,
    bindings: &mut Vec<(Symbol, Expr)>,
    ranges: &mut Vec<RowRange>,
    number: &mut usize,
    found: &mut Vec<Unit<'a>>,
) -> Result<(), Problem> {
    let Statement::Repetition(repetition) = &statement.node else {
        if !bindings.is_empty() {
            *number += 1;
        }
        if *number > MOST_UNITS {
            return Err(E::NotSupportedYet {
                at: statement.span,
                what: "so many repetitions",
                mend: format!("repeat at most {MOST_UNITS} times"),
            }
            .into());
        }
        found.push(Unit {
            statement: &statement.node,
            span: statement.span,
            bindings: bindings.clone(),
            number: (bindings.len() > ranges.len()).then_some(*number),
            ranges: ranges.clone(),
        });
        return Ok(());
    };
    let variable = Symbol::new(&repetition.variable.node);
    match values(repetition, definitions, bindings, statement.span)? {
        Values::Each(values) => {
            for value in values {
                bindings.push((variable.clone(), value));
                write_out(
                    &repetition.body,
                    definitions,
                    bindings,
                    ranges,
                    number,
                    found,
                )?;
                bindings.pop();
            }
        }
        Values::Rows(range) => {
            bindings.push((variable.clone(), Expr::symbol(variable.name())));
            ranges.push(range);
            write_out(
                &repetition.body,
                definitions,
                bindings,
                ranges,
                number,
                found,
            )?;
            ranges.pop();
            bindings.pop();
        }
    }
    Ok(())
}

/// Does a statement speak about data, so that one row may stand for all?
fn is_observation(repetition: &Repetition) -> bool {
    match &repetition.body.node {
        Statement::Density(_) | Statement::Law(_) => true,
        Statement::Repetition(inner) => is_observation(inner),
        _ => false,
    }
}

fn values(
    repetition: &Repetition,
    definitions: &Definitions,
    bindings: &[(Symbol, Expr)],
    at: Span,
) -> Result<Values, Problem> {
    match &repetition.over {
        Over::List(items) => items
            .iter()
            .map(|item| definitions.scalar(item, bindings))
            .collect::<Result<_, _>>()
            .map(Values::Each),
        Over::Named(name) => {
            let unsupported = E::NotSupportedYet {
                at: name.span,
                what: "a repetition over a name that is not defined as a list",
                mend: format!("define it: `{} = [0, 1, 2]`", name.node),
            };
            let list = definitions.list(&name.node).ok_or(unsupported)?;
            let scalar = |value: &Value| match value {
                Value::Scalar(e) => Ok(e.clone()),
                Value::List(_) => Err(E::ListAsNumber {
                    at: name.span,
                    name: name.node.to_string(),
                }
                .into()),
            };
            list.iter()
                .map(scalar)
                .collect::<Result<_, _>>()
                .map(Values::Each)
        }
        Over::Range { leading, last } => {
            let leading: Vec<Expr> = leading
                .iter()
                .map(|node| definitions.scalar(node, bindings))
                .collect::<Result<_, _>>()?;
            let upper = definitions.scalar(last, bindings)?;
            let step = leading
                .get(1)
                .map_or_else(Expr::one, |second| second - &leading[0]);
            let lower = leading[0].clone();
            let unequal = E::NotSupportedYet {
                at,
                what: "a range whose step is no positive number, or is not 1 while its end is a symbol",
                mend: "number the rows from 1: `for k in 1..m: …` with `2*k - 1` in place of the variable".to_owned(),
            };
            let Some(step) = step.as_integer().filter(|step| *step > 0) else {
                return Err(unequal.into());
            };
            let numbers = (lower.as_integer(), upper.as_integer());
            let written = definitions.has_lists() || !is_observation(repetition) || step > 1;
            match numbers {
                (Some(first), Some(last)) if written || last - first < LONGEST_WRITTEN => {
                    let step = usize::try_from(step).unwrap_or(1);
                    let numbers = (first..=last).step_by(step).take(MOST_UNITS + 1);
                    Ok(Values::Each(numbers.map(Expr::integer).collect()))
                }
                _ if step > 1 => Err(unequal.into()),
                _ => Ok(Values::Rows(RowRange {
                    index: Symbol::new(&repetition.variable.node),
                    lower,
                    upper,
                })),
            }
        }
    }
}

impl Unit<'_> {
    /// The symbols of a datum or another declared name: `y[2]` inside a repetition, `b[1]`, …, `b[k]` of `b[1..k]`.
    pub(super) fn symbols(
        &self,
        subject: &Subject,
        definitions: &Definitions,
        repeated: bool,
    ) -> Result<Vec<Symbol>, Problem> {
        let integer = |node| -> Result<i64, Problem> {
            let symbolic = E::NotSupportedYet {
                at: subject.span,
                what: "an index that is not a number",
                mend: "give it a number".to_owned(),
            };
            Ok(definitions
                .scalar(node, &self.bindings)?
                .as_integer()
                .ok_or(symbolic)?)
        };
        let index = |node| -> Result<Expr, Problem> {
            let index = definitions.scalar(node, &self.bindings)?;
            if index.as_integer().is_none() && !self.is_of_rows(&index) {
                integer(node)?;
            }
            Ok(index)
        };
        Ok(match &subject.index {
            Index::None if repeated && !self.bindings.is_empty() => {
                vec![element_at(&subject.name, &self.place())]
            }
            Index::None => vec![Symbol::new(&subject.name)],
            Index::At(indices) => {
                let indices: Vec<Expr> = indices.iter().map(index).collect::<Result<_, _>>()?;
                let missing = self.ranges.iter().find(|range| {
                    repeated && !indices.iter().any(|index| index.contains(&range.index))
                });
                if let Some(range) = missing {
                    return Err(E::SameDatum {
                        at: subject.span,
                        name: subject.name.to_string(),
                        index: range.index.to_string(),
                    }
                    .into());
                }
                vec![element_at(&subject.name, &indices)]
            }
            Index::Range(ends) => {
                let (first, last) = (integer(&ends.0)?, integer(&ends.1)?);
                (first..=last)
                    .take(MOST_UNITS)
                    .map(|k| element(&subject.name, &[k]))
                    .collect()
            }
        })
    }

    /// The indices of a datum that was typed without: the number of the repetition, then the variables that stay symbols.
    fn place(&self) -> Vec<Expr> {
        let number = self
            .number
            .map(|number| Expr::integer(i64::try_from(number).unwrap_or(i64::MAX)));
        let variables = self
            .ranges
            .iter()
            .map(|range| Expr::symbol(range.index.name()));
        number.into_iter().chain(variables).collect()
    }

    /// Is the index a function of variables that stay symbols, and of nothing else?
    fn is_of_rows(&self, index: &Expr) -> bool {
        let free = index.free_symbols();
        !free.is_empty()
            && free
                .iter()
                .all(|s| self.ranges.iter().any(|range| range.index == *s))
    }

    /// The expression with entries at symbolic indices as symbols of their own, which are noted with what they stand for.
    pub(super) fn with_entries(&self, e: &Expr, entries: &mut Vec<(Symbol, Expr)>) -> Expr {
        if self.ranges.is_empty() {
            return e.clone();
        }
        let mut symbols: FxHashMap<Expr, Expr> = FxHashMap::default();
        for node in bartlett_expr::topological(std::slice::from_ref(e)) {
            if let Kind::Indexed(name, indices) = node.kind()
                && indices
                    .iter()
                    .all(|index| index.as_integer().is_some() || self.is_of_rows(index))
            {
                let symbol = element_at(name.name(), indices);
                symbols.insert(node.clone(), Expr::symbol(symbol.name()));
                if !entries.iter().any(|(other, _)| *other == symbol) {
                    entries.push((symbol, node));
                }
            }
        }
        e.substitute(&symbols)
    }
}
