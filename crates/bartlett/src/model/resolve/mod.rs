//! From statements to a model: names, definitions, laws, domains, supports.
//! In: text. Out: `Model`, or what is wrong with the text. Never: a derivation.

mod claims;
mod defined;
mod definitions;
mod domains;
mod laws;
mod names;
mod settle;
mod shapes;
mod solve;
mod text;
mod units;

use super::problems::ModelError as E;
use super::statement::{Scale, Statement, Subject, TypedDensity, TypedLaw, Vocabulary, statements};
use super::statement_check::unknown_names;
use super::{Datum, Density, Law, Model, Observation};
use bartlett_expr::parse::Node;
use bartlett_expr::{Domain, Expr, Facts, Problem, Span, Spanned, Symbol};
use claims::{Claim, Reading, Source, claims};
use definitions::Definitions;
use domains::{Domains, Role};
use laws::Rows;
use names::{Names, data_of, defined};
use settle::Settling;
use std::fmt::Write;
use units::{Unit, units};

/// What is added to a model beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Statements that are added: `sigma > 0; x in real`.
    pub where_: String,
    /// Names that are not estimated.
    pub known: Vec<String>,
    /// What is estimated, in this order; the other parameters become known. Empty: as the model says.
    pub params: Vec<String>,
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
        let unknown = unknown_names(&read.value, &vocabulary);
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let mut model =
            resolve(&source, &read.value, options, &vocabulary).map_err(|problem| vec![problem])?;
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
    options: &Options,
    vocabulary: &Vocabulary<'_>,
) -> Result<Model, Problem> {
    let definitions = Definitions::of(statements)?;
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
        match unit.statement {
            Statement::Density(density) => drafts.push(resolver.density(unit, density, data)?),
            Statement::Law(law) => resolver.law(unit, law, data, &mut drafts)?,
            Statement::Censoring { datum, .. } => {
                return Err(E::NotSupportedYet { at: datum.span, what: "censoring", mend: "type the density with its atom: `p(y | a) = if(y < c, …, …); y in (0, c) + {c}`".to_owned() }.into());
            }
            _ => {}
        }
    }
    let stated = resolver.stated(&units, &names)?;
    let mut model = settle(&names, drafts, stated)?;
    model.text = canonical(source, statements, options);
    Ok(model)
}

/// The statements on one line.
fn canonical(source: &str, statements: &[Spanned<Statement>], _options: &Options) -> String {
    let parts: Vec<String> = statements
        .iter()
        .map(|s| {
            s.span
                .text(source)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    parts.join("; ")
}

impl Resolver<'_> {
    fn density(
        &mut self,
        unit: &Unit<'_>,
        density: &TypedDensity,
        data: Vec<Spanned<Symbol>>,
    ) -> Result<Draft, Problem> {
        let body = self.definitions.scalar(&density.body, &unit.bindings)?;
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
        })
    }

    /// One observation for each datum of a law of one datum.
    fn law(
        &mut self,
        unit: &Unit<'_>,
        law: &TypedLaw,
        data: Vec<Spanned<Symbol>>,
        drafts: &mut Vec<Draft>,
    ) -> Result<(), Problem> {
        let values = law
            .arguments
            .iter()
            .map(|node| self.definitions.value(node, &unit.bindings))
            .collect::<Result<Vec<_>, _>>()?;
        let at = law.family.span;
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
            });
        }
        Ok(())
    }

    /// The claims of the domain statements.
    fn stated(&self, units: &[Unit<'_>], names: &Names) -> Result<Vec<Claim>, Problem> {
        let mut found = Vec::new();
        let declared: Vec<&Symbol> = [&names.data, &names.parameters, &names.known]
            .into_iter()
            .flatten()
            .map(|one| &one.node)
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
            let value = |node: &Node| self.definitions.scalar(node, &unit.bindings);
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
            if let Statement::Truncation { datum, set } = unit.statement {
                let (domain, atoms) = claims::domain(set, &value)?;
                if !atoms.is_empty() {
                    return Err(E::NotSupportedYet {
                        at: set.span,
                        what: "truncation to single points",
                        mend: "truncate to an interval".to_owned(),
                    }
                    .into());
                }
                for subject in subject(datum)? {
                    let what = claims::What::Member {
                        subject,
                        domain: domain.clone(),
                        atoms: Vec::new(),
                    };
                    found.push(Claim {
                        what,
                        span: unit.span,
                        source: Source::Truncated,
                    });
                }
            }
        }
        Ok(found)
    }
}

/// Domains and supports from all claims; the parts of the model in their final form.
fn settle(names: &Names, mut drafts: Vec<Draft>, stated: Vec<Claim>) -> Result<Model, Problem> {
    let role = |list: &[Spanned<Symbol>], role| {
        list.iter()
            .map(move |one| (one.node.clone(), role))
            .collect::<Vec<_>>()
    };
    let roles = [
        role(&names.known, Role::Known),
        role(&names.parameters, Role::Parameter),
        role(&names.data, Role::Datum),
    ]
    .concat();
    let mut settling = Settling::new(Domains::new(roles));
    let of_laws: Vec<Symbol> = drafts
        .iter()
        .filter(|draft| draft.law.is_some())
        .flat_map(|draft| draft.data.iter().map(|datum| datum.node.clone()))
        .collect();
    let (restated, stated): (Vec<Claim>, Vec<Claim>) = stated.into_iter().partition(|claim| {
        settling
            .datum_of(claim)
            .is_some_and(|datum| of_laws.contains(&datum))
    });
    settling.apply_all(stated)?;
    for draft in &mut drafts {
        settling.apply_all(std::mem::take(&mut draft.claims))?;
    }
    let needing: Vec<Expr> = drafts
        .iter()
        .flat_map(|draft| draft.needing.iter().cloned())
        .collect();
    settling.infer(&needing)?;
    let log_densities: Vec<Expr> = drafts
        .iter()
        .map(|draft| draft.log_density.clone())
        .collect();
    settling.settle_signs(&log_densities)?;
    settling.finish()?;
    restate(&mut settling, &restated, &mut drafts)?;
    let parameters: Vec<Symbol> = names
        .parameters
        .iter()
        .map(|one| one.node.clone())
        .collect();
    for draft in &drafts {
        supply_support(&mut settling, draft, &parameters)?;
    }
    let data: Vec<(Symbol, Span)> = names
        .data
        .iter()
        .map(|one| (one.node.clone(), one.span))
        .collect();
    settling.settle_integers(&data)?;
    finished(settling, names, drafts)
}

/// Statements about a datum of a law: they may repeat its support, or truncate it.
fn restate(settling: &mut Settling, claims: &[Claim], drafts: &mut [Draft]) -> Result<(), Problem> {
    for claim in claims {
        let Some(datum) = settling.datum_of(claim) else {
            continue;
        };
        let Some(draft) = drafts
            .iter_mut()
            .find(|draft| draft.data.iter().any(|one| one.node == datum))
        else {
            continue;
        };
        let before = settling
            .domains
            .entry(&datum)
            .map(|entry| entry.domain.clone());
        let outcome = settling.apply_all(vec![claim.clone()]);
        let (Some(before), Some(entry)) = (before, settling.domains.entry_mut(&datum)) else {
            continue;
        };
        if matches!(claim.source, Source::Truncated) {
            outcome?;
            if entry.domain != before {
                draft.up_to_normalizer = true;
                draft.law = None;
            }
            continue;
        }
        let same = entry.domain.lower.value == before.lower.value
            && entry.domain.upper.value == before.upper.value
            && entry.domain.step == before.step;
        if outcome.is_err() || !same || !entry.atoms.is_empty() {
            let family = draft.law.as_ref().map_or("", |law| law.family.name);
            let support = text::domain(&datum, &before, &[]);
            return Err(E::SupportDiffers {
                at: claim.span,
                name: datum.to_string(),
                family,
                support,
            }
            .into());
        }
        entry.domain = before;
    }
    Ok(())
}

/// A typed density whose datum has no support gets the one under which it is a known law.
fn supply_support(
    settling: &mut Settling,
    draft: &Draft,
    parameters: &[Symbol],
) -> Result<(), Problem> {
    let missing = |s: &Symbol| settling.domains.entry(s).is_some_and(|entry| !entry.stated);
    let Some(datum) = draft.data.iter().find(|datum| missing(&datum.node)) else {
        return Ok(());
    };
    let facts = settling.domains.fresh_facts();
    let found = match &draft.data[..] {
        [only] => shapes::support(&facts, &draft.log_density, &only.node, parameters),
        _ => None,
    };
    let Some((domain, support)) = found else {
        let example = shapes::example(&draft.log_density, &datum.node);
        return Err(E::SupportMissing {
            at: datum.span,
            name: datum.node.to_string(),
            example,
        }
        .into());
    };
    settling.notes.push(format!(
        "{} in {support} is assumed: there the density is that of a known law",
        datum.node
    ));
    settling.domains.set(&datum.node, domain);
    if let Some(entry) = settling.domains.entry_mut(&datum.node) {
        entry.stated = true;
    }
    Ok(())
}

fn finished(settling: Settling, names: &Names, drafts: Vec<Draft>) -> Result<Model, Problem> {
    let mut facts = Facts::new();
    for one in names
        .known
        .iter()
        .chain(&names.parameters)
        .chain(&names.data)
    {
        if let Some(entry) = settling.domains.entry(&one.node) {
            facts.declare(
                one.node.clone(),
                hull(&entry.domain, &entry.atoms, settling.domains.facts()),
            );
        }
    }
    for (relation, closed) in settling.domains.relations() {
        if *closed {
            facts.assume_nonnegative(relation.clone());
        } else {
            facts.assume_positive(relation.clone());
        }
    }
    let mut observations = Vec::new();
    for draft in drafts {
        let data = ordered(&settling.domains, &draft.data)?;
        // The logarithm of a typed density comes apart here, so that numbers do not underflow inside it.
        let log_density = if draft.typed.is_some() {
            facts.refine(&draft.log_density)
        } else {
            draft.log_density
        };
        let density = Density {
            data,
            log_density,
            typed: draft.typed,
            up_to_normalizer: draft.up_to_normalizer,
        };
        observations.push(Observation {
            density,
            law: draft.law,
        });
    }
    let symbols =
        |list: &[Spanned<Symbol>]| list.iter().map(|one| one.node.clone()).collect::<Vec<_>>();
    let parameters = symbols(&names.parameters);
    let integer_parameters = parameters
        .iter()
        .filter_map(|p| {
            settling
                .integer_reasons
                .get(p)
                .map(|reason| (p.clone(), reason.clone()))
        })
        .collect();
    Ok(Model {
        text: String::new(),
        parameters,
        known: symbols(&names.known),
        observations,
        facts,
        integer_parameters,
        notes: settling.notes,
        warnings: Vec::new(),
    })
}

/// The interval that holds the single points too; the reals where that is not plain to see.
fn hull(domain: &Domain, atoms: &[Expr], facts: &Facts) -> Domain {
    let mut hull = domain.clone();
    for atom in atoms {
        if *atom == hull.upper.value {
            hull.upper.closed = true;
        } else if *atom == hull.lower.value {
            hull.lower.closed = true;
        } else {
            let inside = facts.is_nonnegative(&(atom - &hull.lower.value))
                == bartlett_expr::Truth::Yes
                && facts.is_nonnegative(&(&hull.upper.value - atom)) == bartlett_expr::Truth::Yes;
            if !inside {
                return Domain::real();
            }
        }
    }
    hull
}

/// The data of a density, those first whose supports the others refer to.
fn ordered(domains: &Domains, data: &[Spanned<Symbol>]) -> Result<Vec<Datum>, Problem> {
    let mut waiting: Vec<(&Spanned<Symbol>, Datum)> = Vec::new();
    for one in data {
        let Some(entry) = domains.entry(&one.node) else {
            continue;
        };
        waiting.push((
            one,
            Datum {
                symbol: one.node.clone(),
                support: entry.domain.clone(),
                atoms: entry.atoms.clone(),
            },
        ));
    }
    let mut found = Vec::new();
    while !waiting.is_empty() {
        let names: Vec<Symbol> = waiting.iter().map(|(one, _)| one.node.clone()).collect();
        let ready = waiting.iter().position(|(one, datum)| {
            let ends = [&datum.support.lower.value, &datum.support.upper.value]
                .into_iter()
                .chain(&datum.atoms);
            let others: Vec<Symbol> = names
                .iter()
                .filter(|name| **name != one.node)
                .cloned()
                .collect();
            ends.into_iter().all(|end| !end.contains_any(&others))
        });
        let Some(ready) = ready else {
            let (one, _) = &waiting[0];
            return Err(E::SupportCycle {
                at: one.span,
                name: one.node.to_string(),
            }
            .into());
        };
        found.push(waiting.remove(ready).1);
    }
    Ok(found)
}
