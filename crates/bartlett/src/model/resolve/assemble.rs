//! The parts of a model put together: claims settled, supports completed, data in order.
//! In: names, drafts of observations, claims. Out: a `Model` and the domains that were inferred. Never: text that is read.

use super::censor::{censored, censored_counts, counts_within};
use super::claims::{Claim, Source, What};
use super::domains::{Domains, Role};
use super::names::Names;
use super::repeated::Repeated;
use super::settle::Settling;
use super::{Draft, shapes, text};
use crate::model::problems::ModelError as E;
use crate::model::{Datum, Density, Model, Observation};
use bartlett_expr::{Domain, End, Expr, Facts, Problem, Span, Spanned, Symbol, Truth};

/// Domains and supports from all claims; the parts of the model in their final form.
pub(super) fn assemble(
    names: &Names,
    repeated: &Repeated,
    mut drafts: Vec<Draft>,
    stated: Vec<Claim>,
    counted: &[Symbol],
) -> Result<(Model, Vec<(String, String)>), Problem> {
    let role = |list: &[Spanned<Symbol>], role| {
        list.iter()
            .map(move |one| (one.node.clone(), role))
            .collect::<Vec<_>>()
    };
    let of_rows = repeated
        .indices
        .iter()
        .chain(repeated.entries.iter().map(|(symbol, _)| symbol));
    let roles = [
        role(&names.known, Role::Known),
        of_rows.cloned().map(|s| (s, Role::Known)).collect(),
        role(&names.parameters, Role::Parameter),
        role(&names.data, Role::Datum),
    ]
    .concat();
    let mut settling = Settling::new(Domains::new(roles));
    let of_laws: Vec<Symbol> = drafts
        .iter()
        .filter(|draft| draft.named.is_some())
        .flat_map(|draft| draft.data.iter().map(|datum| datum.node.clone()))
        .collect();
    let (restated, stated): (Vec<Claim>, Vec<Claim>) = stated.into_iter().partition(|claim| {
        claim.source.is_restriction()
            || settling
                .datum_of(claim)
                .is_some_and(|datum| of_laws.contains(&datum))
    });
    settling.apply_all(stated)?;
    settling.count(counted);
    for draft in &mut drafts {
        settling.apply_all(std::mem::take(&mut draft.claims))?;
    }
    settling.order_ends(&restated);
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
    restate(&mut settling, &restated, &mut drafts)?;
    settling.finish()?;
    let inferred = settling.inferences(&|s| repeated.statement_about(s));
    let mut model = finished(&settling, names, repeated, drafts)?;
    model.notes = inferred
        .iter()
        .map(|(statement, why)| format!("{statement} is assumed: {why}"))
        .collect();
    Ok((model, inferred))
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
        if let (Source::Truncated | Source::Censored, What::Member { domain, .. }, Some(before)) =
            (&claim.source, &claim.what, &before)
            && domain.is_discrete()
            && !before.is_discrete()
        {
            return Err(E::NotSupportedYet {
                at: claim.span,
                what: "truncation or censoring of a continuous datum to single points",
                mend: "name an interval".to_owned(),
            }
            .into());
        }
        if let (Source::Censored, What::Member { domain, .. }, Some(before)) =
            (&claim.source, &claim.what, &before)
        {
            censor(settling, draft, &datum, before, domain, claim.span)?;
            continue;
        }
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
            let family = draft.named.unwrap_or_default();
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

fn censor(
    settling: &mut Settling,
    draft: &mut Draft,
    datum: &Symbol,
    support: &Domain,
    interval: &Domain,
    at: Span,
) -> Result<(), Problem> {
    let unsupported = E::NotSupportedYet {
        at,
        what: "censoring of this law",
        mend: "type the density with its atom: `p(y | a) = if(y < c, …, …); y in (0, c) + {c}`"
            .to_owned(),
    };
    let facts = settling.domains.fresh_facts();
    let counted;
    let (interval, censored) = if draft.data.len() > 1 || draft.up_to_normalizer {
        (interval, None)
    } else if support.is_discrete() {
        counted = counts_within(support, interval);
        let found = censored_counts(
            &facts,
            datum,
            &draft.log_density,
            support,
            &counted,
            interval.is_discrete(),
        );
        (&counted, found)
    } else {
        let found = censored(&facts, datum, &draft.log_density, support, interval);
        (interval, found)
    };
    let Some(censored) = censored else {
        return Err(unsupported.into());
    };
    settling
        .domains
        .narrow(datum, interval)
        .map_err(|_| E::EmptyDomain {
            at,
            name: datum.to_string(),
        })?;
    if let Some(entry) = settling.domains.entry_mut(datum) {
        entry.atoms = censored.atoms;
    }
    draft.log_density = censored.log_density;
    draft.typed = None;
    draft.law = None;
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
    let Some(domain) = found else {
        let example = shapes::example(&draft.log_density, &datum.node);
        return Err(E::SupportMissing {
            at: datum.span,
            name: datum.node.to_string(),
            example,
        }
        .into());
    };
    settling.supply(&datum.node, domain);
    Ok(())
}

fn finished(
    settling: &Settling,
    names: &Names,
    repeated: &Repeated,
    drafts: Vec<Draft>,
) -> Result<Model, Problem> {
    let mut facts = Facts::new();
    let of_rows = repeated.entries.iter().map(|(symbol, _)| symbol);
    for symbol in of_rows.chain(&repeated.indices) {
        if let Some(entry) = settling.domains.entry(symbol) {
            facts.declare(symbol.clone(), entry.domain.clone());
        }
    }
    let data: Vec<&Spanned<Symbol>> = drafts.iter().flat_map(|draft| &draft.data).collect();
    for one in names.known.iter().chain(&names.parameters).chain(data) {
        if let Some(entry) = settling.domains.entry(&one.node) {
            facts.declare(
                one.node.clone(),
                hull(&entry.domain, &entry.atoms, settling.domains.facts()),
            );
        }
    }
    for (relation, closed) in settling.domains.relations() {
        let known = if *closed {
            facts.is_nonnegative(relation)
        } else {
            facts.is_positive(relation)
        };
        if known == Truth::Yes {
            continue;
        }
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
            rows: draft.rows,
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
        notes: Vec::new(),
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
            let inside = facts.is_nonnegative(&(atom - &hull.lower.value)) == Truth::Yes
                && facts.is_nonnegative(&(&hull.upper.value - atom)) == Truth::Yes;
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
    let mut found: Vec<Datum> = Vec::new();
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
    close(domains, &mut found);
    Ok(found)
}

/// An infinite end of a support that leaves no room for a later datum comes in: x of x + y < 1 ends at 1.
fn close(domains: &Domains, data: &mut [Datum]) {
    let facts = domains.fresh_facts();
    for later in (1..data.len()).rev() {
        let support = &data[later].support;
        let room = &support.upper.value - &support.lower.value;
        let Some(earlier) = (0..later).rev().find(|k| room.contains(&data[*k].symbol)) else {
            continue;
        };
        let symbol = data[earlier].symbol.clone();
        let Ok(slope) = room.derivative(&symbol) else {
            continue;
        };
        let slope = bartlett_expr::normal::cancelled(&slope);
        if slope.contains_any(&data.iter().map(|d| d.symbol.clone()).collect::<Vec<_>>()) {
            continue;
        }
        let root = -(room.replace(&symbol, &Expr::zero()) / &slope);
        let value = bartlett_expr::normal::cancelled(&root);
        let end = End {
            value,
            closed: false,
        };
        let support = &mut data[earlier].support;
        let infinite = super::domains::is_infinite;
        if support.is_discrete() {
            continue;
        }
        if facts.is_negative(&slope) == Truth::Yes && infinite(&support.upper.value) {
            support.upper = end;
        } else if facts.is_positive(&slope) == Truth::Yes && infinite(&support.lower.value) {
            support.lower = end;
        }
    }
}
