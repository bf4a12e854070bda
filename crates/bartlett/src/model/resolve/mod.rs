//! From statements to a model: names, definitions, laws, domains, supports.
//! In: text. Out: `Model`, or what is wrong with the text. Never: a derivation.

mod assemble;
mod canonical;
mod censor;
mod claims;
mod defined;
mod definitions;
mod domains;
mod infer;
mod laws;
mod names;
mod repeated;
mod settle;
mod shapes;
mod solve;
mod text;
mod units;
mod vectors;

use super::problems::ModelError as E;
use super::statement::{Scale, Statement, Subject, TypedDensity, TypedLaw, Vocabulary, statements};
use super::statement_check::unknown_names;
use super::{Law, Model};
use bartlett_expr::parse::{Node, Syntax};
use bartlett_expr::{Expr, Problem, Span, Spanned, Symbol};
use claims::{Claim, Reading, Source, claims};
use definitions::Definitions;
use laws::Rows;
use names::{Names, data_of, defined};
use std::fmt::Write;
use units::{Unit, units};
pub use vectors::vector_laws;

/// What is added to a model beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Statements that are added: `sigma > 0; x in real`.
    pub where_: String,
    /// Names that are not estimated.
    pub known: Vec<String>,
    /// What is estimated, in this order; the other parameters become known. Empty: as the model says.
    pub params: Vec<String>,
    /// May every symbol be known? A prior or a law to compare with need not have parameters.
    pub without_parameters: bool,
}

/// Before the names of `--params` in the text that problems point into; a comment of the language.
const PARAMS_LINE: &str = "# --params ";

impl Options {
    /// The text that the spans of problems point into: the model's, with the options on lines of their own after it.
    #[must_use]
    pub fn beside(&self, text: &str) -> String {
        let mut all = text.to_owned();
        if !self.where_.is_empty() {
            let _ = write!(all, "\n{}", self.where_);
        }
        if !self.known.is_empty() {
            let _ = write!(all, "\nknown {}", self.known.join(", "));
        }
        if !self.params.is_empty() {
            let _ = write!(all, "\n{PARAMS_LINE}{}", self.params.join(", "));
        }
        all
    }
}

impl Model {
    /// Reads a model.
    ///
    /// # Errors
    /// What is wrong with the text, in order of place; [`Problem::refused`] where it was understood but is not supported yet.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        Self::parse_with(text, &Options::default())
    }

    /// Reads a model with more statements, and a choice of what is estimated. Spans lie in [`Options::beside`].
    ///
    /// # Errors
    /// As [`Model::parse`].
    pub fn parse_with(text: &str, options: &Options) -> Result<Self, Vec<Problem>> {
        let source = options.beside(text);
        let vocabulary = Vocabulary::standard();
        let read = statements(&source, &vocabulary)?;
        let definitions = Definitions::of(&read.value).map_err(|problem| vec![problem])?;
        let unknown = unknown_names(&read.value, &vocabulary);
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let mut model = resolve(&source, &read.value, definitions, options, &vocabulary)
            .map_err(|problem| vec![problem])?;
        model.warnings = read.warnings;
        Ok(model)
    }
}

/// An observation on its way.
struct Draft {
    data: Vec<Spanned<Symbol>>,
    log_density: Expr,
    typed: Option<Expr>,
    up_to_normalizer: bool,
    law: Option<Law>,
    /// Expressions whose need of a value says something of the parameters.
    needing: Vec<Expr>,
    claims: Vec<Claim>,
    /// The family, if it was typed as one.
    named: Option<&'static str>,
    /// The rows for which it stands, if their number is a symbol.
    rows: Option<super::Rows>,
}

/// What the parts of a model are read with.
struct Resolver<'a> {
    source: &'a str,
    definitions: Definitions,
    vocabulary: &'a Vocabulary<'a>,
    rows: Rows,
}

fn resolve(
    source: &str,
    statements: &[Spanned<Statement>],
    definitions: Definitions,
    options: &Options,
    vocabulary: &Vocabulary<'_>,
) -> Result<Model, Problem> {
    let units = units(statements, &definitions)?;
    let data = units
        .iter()
        .map(|unit| data_of(unit, &definitions))
        .collect::<Result<Vec<_>, _>>()?;
    if data.iter().all(Vec::is_empty) {
        return Err(E::NothingObserved {
            at: statements.first().map_or(Span::default(), |s| s.span),
        }
        .into());
    }
    let names = Names::of(
        &units,
        data.clone(),
        &definitions,
        &defined(statements),
        options,
        source,
    )?;
    let mut resolver = Resolver {
        source,
        definitions,
        vocabulary,
        rows: Rows::default(),
    };
    let mut drafts = Vec::new();
    for (unit, data) in units.iter().zip(data) {
        let (before, mut entries) = (drafts.len(), Vec::new());
        match unit.statement {
            Statement::Density(density) => {
                drafts.push(resolver.density(unit, density, data, &mut entries)?);
            }
            Statement::Law(law) => resolver.law(unit, law, data, &mut drafts, &mut entries)?,
            _ => {}
        }
        repeated::mark(unit, &entries, &mut drafts[before..]);
    }
    let repeated = repeated::Repeated::of(&units, &drafts, &names)?;
    let mut stated = repeated.claims.clone();
    stated.extend(resolver.stated(&units, &names, &repeated)?);
    let counted = counted(&units, &names);
    let (mut model, inferred) = assemble::assemble(&names, &repeated, drafts, stated, &counted)?;
    model.text = canonical::canonical(statements, &names, &inferred);
    Ok(model)
}

/// Plain names on top of a `choose`: they count, and are integers.
fn counted(units: &[Unit<'_>], names: &Names) -> Vec<Symbol> {
    let mut found = Vec::new();
    for unit in units {
        let Statement::Density(density) = unit.statement else {
            continue;
        };
        let mut stack = vec![&density.body];
        while let Some(node) = stack.pop() {
            if let Syntax::Call("choose", arguments) = &node.kind
                && let Some(name) = arguments.first().and_then(Node::symbol)
            {
                let symbol = Symbol::new(name);
                if names
                    .parameters
                    .iter()
                    .chain(&names.known)
                    .any(|one| one.node == symbol)
                    && !found.contains(&symbol)
                {
                    found.push(symbol);
                }
            }
            stack.extend(node.children());
        }
    }
    found
}

impl Resolver<'_> {
    fn density(
        &mut self,
        unit: &Unit<'_>,
        density: &TypedDensity,
        data: Vec<Spanned<Symbol>>,
        entries: &mut Vec<(Symbol, Expr)>,
    ) -> Result<Draft, Problem> {
        let body = self.definitions.scalar(&density.body, &unit.bindings)?;
        let body = unit.with_entries(&body, entries);
        let (log_density, typed) = match density.scale {
            Scale::LogDensity => (body, None),
            Scale::Density | Scale::Kernel => (body.log(), Some(body)),
        };
        let up_to_normalizer = density.scale == Scale::Kernel;
        Ok(Draft {
            data,
            needing: vec![log_density.clone()],
            log_density,
            typed,
            up_to_normalizer,
            law: None,
            claims: Vec::new(),
            named: None,
            rows: None,
        })
    }

    /// One observation for each datum of a law of one datum.
    fn law(
        &mut self,
        unit: &Unit<'_>,
        law: &TypedLaw,
        data: Vec<Spanned<Symbol>>,
        drafts: &mut Vec<Draft>,
        entries: &mut Vec<(Symbol, Expr)>,
    ) -> Result<(), Problem> {
        let values = law
            .arguments
            .iter()
            .map(|node| {
                let value = self.definitions.value(node, &unit.bindings)?;
                Ok(value.map(&mut |e| unit.with_entries(e, entries)))
            })
            .collect::<Result<Vec<_>, Problem>>()?;
        let at = law.family.span;
        if let Some(vector) = vectors::vector_law(&law.family.node) {
            let symbols: Vec<Symbol> = data.iter().map(|one| one.node.clone()).collect();
            let needing = values
                .iter()
                .flat_map(definitions::Value::scalars)
                .collect();
            let joint = vector.lower(law, values, &symbols, self.source)?;
            let data = data
                .into_iter()
                .filter(|one| joint.data.contains(&one.node))
                .collect();
            drafts.push(Draft {
                data,
                log_density: joint.log_density,
                typed: None,
                up_to_normalizer: false,
                law: None,
                needing,
                claims: joint.claims,
                named: Some(vector.name),
                rows: None,
            });
            return Ok(());
        }
        let Some(row) = self.rows.row(&law.family.node, self.vocabulary, at)? else {
            return Err(E::NotSupportedYet {
                at,
                what: "this family",
                mend: "type the density itself: `p(x | …) = …`".to_owned(),
            }
            .into());
        };
        let arguments = row.arguments(law, values)?;
        let spans: Vec<Span> = law.arguments.iter().map(|node| node.span).collect();
        for datum in data {
            drafts.push(Draft {
                log_density: row.log_density(&arguments, &datum.node),
                typed: None,
                up_to_normalizer: false,
                law: Some(Law {
                    family: row.family,
                    arguments: arguments.clone(),
                }),
                needing: arguments.clone(),
                claims: row.claims(&arguments, &spans, &datum.node, at, self.source)?,
                data: vec![datum],
                named: Some(row.family.name),
                rows: None,
            });
        }
        Ok(())
    }

    /// The claims of the domain statements.
    fn stated(
        &self,
        units: &[Unit<'_>],
        names: &Names,
        repeated: &repeated::Repeated,
    ) -> Result<Vec<Claim>, Problem> {
        let mut found = Vec::new();
        let declared: Vec<&Symbol> = [&names.data, &names.parameters, &names.known]
            .into_iter()
            .flatten()
            .map(|one| &one.node)
            .chain(repeated.entries.iter().map(|(symbol, _)| symbol))
            .collect();
        let elements = |name: &str| -> Vec<Expr> {
            let plain = Symbol::new(name);
            let elements = declared
                .iter()
                .filter(|s| definitions::base(s) == name && s.name() != name);
            let mut found: Vec<Expr> = elements.map(|s| Expr::symbol(s.name())).collect();
            if found.is_empty() || declared.contains(&&plain) {
                found.push(Expr::symbol(name));
            }
            found
        };
        for unit in units {
            let value = |node: &Node| {
                let value = self.definitions.scalar(node, &unit.bindings)?;
                Ok(unit.with_entries(&value, &mut Vec::new()))
            };
            let side = |node: &Node| match node.symbol() {
                Some(name) if self.definitions.list(name).is_none() => {
                    let e = value(node)?;
                    Ok(if e.as_symbol().is_some_and(|s| s.name() == name) {
                        elements(name)
                    } else {
                        vec![e]
                    })
                }
                _ => Ok(vec![value(node)?]),
            };
            let subject = |subject: &Subject| -> Result<Vec<Expr>, Problem> {
                match subject.index {
                    super::statement::Index::None => Ok(elements(&subject.name)),
                    _ => Ok(unit
                        .symbols(subject, &self.definitions, false)?
                        .iter()
                        .map(|s| Expr::symbol(s.name()))
                        .collect()),
                }
            };
            let reading = Reading {
                subject: &subject,
                side: &side,
                value: &value,
            };
            found.extend(
                claims(unit.statement, &reading)?
                    .into_iter()
                    .map(|what| Claim {
                        what,
                        span: unit.span,
                        source: Source::Stated,
                    }),
            );
            let (datum, set, source) = match unit.statement {
                Statement::Truncation { datum, set } => (datum, set, Source::Truncated),
                Statement::Censoring { datum, set } => (datum, set, Source::Censored),
                _ => continue,
            };
            let (domain, atoms) = claims::domain(set, &value)?;
            if !atoms.is_empty() {
                return Err(E::NotSupportedYet {
                    at: set.span,
                    what: "truncation or censoring to single points",
                    mend: "name an interval".to_owned(),
                }
                .into());
            }
            for subject in subject(datum)? {
                if !subject
                    .as_symbol()
                    .is_some_and(|s| names.data.iter().any(|one| one.node == *s))
                {
                    return Err(E::NoSuchDatum {
                        at: datum.span,
                        name: datum.name.to_string(),
                    }
                    .into());
                }
                let what = claims::What::Member {
                    subject,
                    domain: domain.clone(),
                    atoms: Vec::new(),
                };
                found.push(Claim {
                    what,
                    span: unit.span,
                    source: source.clone(),
                });
            }
        }
        Ok(found)
    }
}
