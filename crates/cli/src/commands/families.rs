//! `bartlett families`: the catalogue, and with `--derive` the information of each law.
//! In: `FamiliesOptions`. Out: an exit status. Never: a format.

use crate::answer::{Answer, Exit};
use crate::arguments::FamiliesOptions;
use crate::draw;
use crate::formats::{Case, Entry, Law, catalogue};
use bartlett::Model;
use bartlett::reading::{Part, Reading};
use bartlett_expr::did_you_mean;
use bartlett_laws::{FAMILIES, GROUPS, VECTOR_FAMILIES, conditions, family_spelled_like};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// The group of the laws of several components.
const SEVERAL: &str = "Of several components, or of categories";

/// Does it.
pub fn run(options: &FamiliesOptions) -> Exit {
    answer(options).print()
}

fn answer(options: &FamiliesOptions) -> Answer {
    let all = laws();
    let chosen = match options.name.as_deref() {
        None => all,
        Some(name) => match named(&all, name) {
            Ok(chosen) => chosen,
            Err(problem) => return problem,
        },
    };
    let entries = if options.derive {
        derived(&chosen)
    } else {
        let bare = |law: Law| Entry {
            law,
            cases: Vec::new(),
        };
        chosen.into_iter().map(bare).collect()
    };
    Answer::page(catalogue(&entries, options.name.is_none(), options.format))
}

/// Every law of the catalogue, by group.
fn laws() -> Vec<Law> {
    let scalar = GROUPS.iter().zip(FAMILIES).flat_map(|(group, rows)| {
        rows.iter().map(|row| Law {
            group,
            name: row.name,
            aliases: row.aliases,
            parameters: row.parameters,
            data: row.data,
            log_density: row.log_density,
            example: None,
            elsewhere: row.elsewhere,
            source: row.source,
        })
    });
    let several = VECTOR_FAMILIES.iter().map(|row| Law {
        group: SEVERAL,
        name: row.name,
        aliases: row.aliases,
        parameters: row.parameters,
        data: row.data,
        log_density: row.log_density,
        example: Some(row.example),
        elsewhere: row.elsewhere,
        source: row.source,
    });
    scalar.chain(several).collect()
}

/// The law of that name, or those whose names hold the text or fit the pattern.
fn named(all: &[Law], name: &str) -> Result<Vec<Law>, Answer> {
    let exact = |wanted: &str| {
        let spelled = |law: &&Law| names(law).any(|known| known == wanted);
        all.iter().find(spelled).copied()
    };
    let close = || family_spelled_like(name).and_then(|row| exact(row.name));
    if let Some(law) = exact(name).or_else(close) {
        return Ok(vec![law]);
    }
    let held = |law: &&Law| names(law).any(|known| fits(known, name));
    let found: Vec<Law> = all.iter().filter(held).copied().collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let known: Vec<&str> = all.iter().flat_map(names).collect();
    let near: Vec<String> = did_you_mean(name, known)
        .iter()
        .map(|near| format!("`{near}`"))
        .collect();
    let mend = if near.is_empty() {
        "`bartlett families` lists all of them".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    Err(Answer::not_understood(draw::message(
        &format!("no family is called `{name}`"),
        Some(&mend),
    )))
}

fn names(law: &Law) -> impl Iterator<Item = &'static str> + use<> {
    std::iter::once(law.name).chain(law.aliases.iter().copied())
}

/// The laws with their information, several derived at once; one after the other where no threads can be started.
fn derived(laws: &[Law]) -> Vec<Entry> {
    let entry = |law: &Law| Entry {
        law: *law,
        cases: cases(law),
    };
    match ThreadPoolBuilder::new().stack_size(crate::STACK).build() {
        Ok(pool) => pool.install(|| laws.par_iter().with_max_len(1).map(entry).collect()),
        Err(_) => laws.iter().map(entry).collect(),
    }
}

/// What is derived of a law: once as it stands, or once in each regular case.
fn cases(law: &Law) -> Vec<Case> {
    let case = |condition: &str| {
        let mut model = law.model();
        if !condition.is_empty() {
            model.push_str("; ");
            model.push_str(condition);
        }
        let reading = Model::parse(&model)
            .map(|model| {
                let report = bartlett::derive(&model);
                Box::new(Reading::parts(&report, &[Part::Fisher], None))
            })
            .map_err(|problems| {
                let words: Vec<String> = problems.into_iter().map(|p| p.message).collect();
                words.join("; ")
            });
        Case { model, reading }
    };
    if law.is_estimated() {
        conditions(law.name).iter().copied().map(case).collect()
    } else {
        Vec::new()
    }
}

/// Does a name hold the text, in any letter case? With `*`, which stands for anything, the whole name must fit.
fn fits(name: &str, pattern: &str) -> bool {
    let (name, pattern) = (name.to_lowercase(), pattern.to_lowercase());
    let mut parts: Vec<&str> = pattern.split('*').collect();
    let (Some(last), true) = (parts.pop(), pattern.contains('*')) else {
        return name.contains(&pattern);
    };
    let Some(mut rest) = name.strip_prefix(parts[0]) else {
        return false;
    };
    for part in &parts[1..] {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_anything() {
        for (name, pattern, expected) in [
            ("NegBinomial", "neg*", true),
            ("NegBinomial", "*binom", false),
            ("NegBinomial", "n*b*l", true),
            ("NegBinomial", "binom", true),
            ("NegBinomial", "*", true),
            ("Beta", "Beta*Beta", false),
        ] {
            assert_eq!(fits(name, pattern), expected, "{name} {pattern}");
        }
    }
}
