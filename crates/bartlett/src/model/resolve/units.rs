//! Repetitions written out: one unit for each statement and each value of the variables of `for`.
//! In: statements, lists. Out: units. Never: a repetition whose end is a symbol.

use super::definitions::{Definitions, Value, element};
use crate::model::problems::ModelError as E;
use crate::model::statement::{Index, Over, Repetition, Statement, Subject};
use bartlett_expr::{Expr, Problem, Span, Spanned, Symbol};

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
}

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
            number: (!bindings.is_empty()).then_some(*number),
        });
        return Ok(());
    };
    for value in values(repetition, definitions, bindings, statement.span)? {
        bindings.push((Symbol::new(&repetition.variable.node), value));
        write_out(&repetition.body, definitions, bindings, number, found)?;
        bindings.pop();
    }
    Ok(())
}

fn values(
    repetition: &Repetition,
    definitions: &Definitions,
    bindings: &[(Symbol, Expr)],
    at: Span,
) -> Result<Vec<Expr>, Problem> {
    match &repetition.over {
        Over::List(items) => items
            .iter()
            .map(|item| definitions.scalar(item, bindings))
            .collect(),
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
            list.iter().map(scalar).collect()
        }
        Over::Range { leading, last } => {
            let symbolic = || {
                E::NotSupportedYet {
                at,
                what: "a repetition whose ends are not numbers",
                mend: "give the range numbers, such as `1..10`; for n independent copies of one law ask for `fisher --n n`".to_owned(),
            }
            };
            let leading: Vec<Expr> = leading
                .iter()
                .map(|node| definitions.scalar(node, bindings))
                .collect::<Result<_, _>>()?;
            let last = definitions
                .scalar(last, bindings)?
                .as_integer()
                .ok_or_else(symbolic)?;
            let numbers: Vec<i64> = leading
                .iter()
                .map(Expr::as_integer)
                .collect::<Option<_>>()
                .ok_or_else(symbolic)?;
            let step = usize::try_from(numbers.get(1).map_or(1, |second| second - numbers[0]))
                .unwrap_or(0);
            if step == 0 {
                return Err(symbolic().into());
            }
            Ok((numbers[0]..=last)
                .step_by(step)
                .take(MOST_UNITS + 1)
                .map(Expr::integer)
                .collect())
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
        Ok(match &subject.index {
            Index::None => match self.number {
                Some(number) if repeated => vec![element(
                    &subject.name,
                    &[i64::try_from(number).unwrap_or(i64::MAX)],
                )],
                _ => vec![Symbol::new(&subject.name)],
            },
            Index::At(indices) => vec![element(
                &subject.name,
                &indices
                    .iter()
                    .map(integer)
                    .collect::<Result<Vec<i64>, _>>()?,
            )],
            Index::Range(ends) => {
                let (first, last) = (integer(&ends.0)?, integer(&ends.1)?);
                (first..=last)
                    .take(MOST_UNITS)
                    .map(|k| element(&subject.name, &[k]))
                    .collect()
            }
        })
    }
}
