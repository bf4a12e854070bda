//! A named law as a density: the row of its family at given arguments.
//! In: a family, arguments, a datum. Out: the log-density and the claims of the row. Never: a branch on a family's name.

use super::claims::{Claim, Reading, Source, What, claims};
use super::definitions::Value;
use crate::model::problems::ModelError as E;
use crate::model::statement::{Statement, Subject, TypedLaw, Vocabulary, statements_beside};
use bartlett_expr::parse::{Node, lower};
use bartlett_expr::{Expr, Problem, Span, Spanned, Symbol};
use bartlett_laws::Family;
use rustc_hash::FxHashMap;

/// A row, read.
pub(super) struct Row {
    pub family: &'static Family,
    log_density: Expr,
    domains: Vec<Vec<Spanned<Statement>>>,
    data: Vec<Spanned<Statement>>,
}

/// The rows that a model uses.
#[derive(Default)]
pub(super) struct Rows(FxHashMap<&'static str, Row>);

impl Rows {
    /// The row of the family of that name; nothing if there is none.
    pub(super) fn row(
        &mut self,
        name: &str,
        vocabulary: &Vocabulary<'_>,
        at: Span,
    ) -> Result<Option<&Row>, Problem> {
        let Some(family) = bartlett_laws::family(name) else {
            return Ok(None);
        };
        if !self.0.contains_key(family.name) {
            let row = Row::read(family, vocabulary).map_err(|problem| E::Row {
                at,
                what: problem.message,
            })?;
            self.0.insert(family.name, row);
        }
        Ok(self.0.get(family.name))
    }
}

impl Row {
    pub(super) fn read(
        family: &'static Family,
        vocabulary: &Vocabulary<'_>,
    ) -> Result<Self, Problem> {
        let names: Vec<&str> = family
            .parameters
            .iter()
            .map(|p| p.name)
            .chain(["x"])
            .collect();
        let first = |mut problems: Vec<Problem>| problems.remove(0);
        let statements = |text: &str| {
            statements_beside(text, vocabulary, &names)
                .map(|read| read.value)
                .map_err(first)
        };
        Ok(Self {
            family,
            log_density: bartlett_expr::parse_declaring(family.log_density, names.iter().copied())?,
            domains: family
                .parameters
                .iter()
                .map(|p| statements(p.domain))
                .collect::<Result<_, _>>()?,
            data: statements(family.data)?,
        })
    }

    /// The arguments in full, defaults filled in.
    pub(super) fn arguments(
        &self,
        law: &TypedLaw,
        values: Vec<Value>,
    ) -> Result<Vec<Expr>, Problem> {
        let parameters = self.family.parameters;
        let family = self.family.name;
        if law.tuple && law.data.len() > 1 {
            let at = law.data[0].span.to(law.data[law.data.len() - 1].span);
            return Err(E::TupleDatum { at, family }.into());
        }
        let least = parameters.iter().filter(|p| p.default.is_none()).count();
        if values.len() < least || values.len() > parameters.len() {
            let count = |n: usize| {
                if n == 1 {
                    "1 argument".to_owned()
                } else {
                    format!("{n} arguments")
                }
            };
            let expected = if least == parameters.len() {
                count(least)
            } else {
                format!("{least} to {}", count(parameters.len()))
            };
            let names: Vec<&str> = parameters.iter().map(|p| p.name).collect();
            let at = law
                .arguments
                .first()
                .zip(law.arguments.last())
                .map_or(law.family.span, |(first, last)| first.span.to(last.span));
            return Err(E::ArgumentCount {
                at,
                family,
                expected,
                parameters: names.join(", "),
                found: values.len(),
                datum: law.data[0].name.to_string(),
            }
            .into());
        }
        let mut found = Vec::new();
        for (k, value) in values.into_iter().enumerate() {
            match value {
                Value::Scalar(e) => found.push(e),
                Value::List(_) => {
                    return Err(E::ListArgument {
                        at: law.arguments[k].span,
                        family,
                        parameter: parameters[k].role,
                    }
                    .into());
                }
            }
        }
        for parameter in &parameters[found.len()..] {
            found.push(bartlett_expr::parse(parameter.default.unwrap_or("0"))?);
        }
        Ok(found)
    }

    fn replacements(&self, arguments: &[Expr], datum: &Symbol) -> FxHashMap<Expr, Expr> {
        let names = self.family.parameters.iter().map(|p| Expr::symbol(p.name));
        names
            .zip(arguments.iter().cloned())
            .chain([(Expr::symbol("x"), Expr::symbol(datum.name()))])
            .collect()
    }

    /// The log-density of the datum.
    pub(super) fn log_density(&self, arguments: &[Expr], datum: &Symbol) -> Expr {
        self.log_density
            .substitute(&self.replacements(arguments, datum))
    }

    /// What the row says of its arguments, and of the datum.
    pub(super) fn claims(
        &self,
        arguments: &[Expr],
        spans: &[Span],
        datum: &Symbol,
        at: Span,
        source: &str,
    ) -> Result<Vec<Claim>, Problem> {
        let replacements = self.replacements(arguments, datum);
        let value =
            |node: &Node| -> Result<Expr, Problem> { Ok(lower(node)?.substitute(&replacements)) };
        let side = |node: &Node| Ok(vec![value(node)?]);
        let subject =
            |subject: &Subject| Ok(vec![Expr::symbol(&subject.name).substitute(&replacements)]);
        let reading = Reading {
            subject: &subject,
            side: &side,
            value: &value,
        };
        let mut found = Vec::new();
        for (k, (parameter, statements)) in
            self.family.parameters.iter().zip(&self.domains).enumerate()
        {
            let span = spans.get(k).copied().unwrap_or(at);
            for statement in statements {
                for what in claims(&statement.node, &reading)? {
                    let found_text = spans
                        .get(k)
                        .map_or_else(String::new, |span| span.text(source).to_owned());
                    let source = Source::Argument {
                        family: self.family.name,
                        parameter: parameter.role,
                        domain: parameter.domain,
                        found: found_text,
                    };
                    found.push(Claim { what, span, source });
                }
            }
        }
        for statement in &self.data {
            found.extend(
                claims(&statement.node, &reading)?
                    .into_iter()
                    .map(|what: What| Claim {
                        what,
                        span: at,
                        source: Source::Datum,
                    }),
            );
        }
        Ok(found)
    }
}
