//! `bartlett families`: the catalogue.
//! In: `FamiliesOptions`. Out: an exit status. Never: a format.

use crate::answer::{Answer, Exit};
use crate::arguments::FamiliesOptions;
use crate::draw;
use crate::formats::catalogue;
use bartlett_expr::did_you_mean;
use bartlett_laws::{FAMILIES, Family, family, family_spelled_like};

/// Does it.
pub fn run(options: &FamiliesOptions) -> Exit {
    answer(options).print()
}

fn answer(options: &FamiliesOptions) -> Answer {
    let Some(name) = options.name.as_deref() else {
        let all: Vec<&Family> = FAMILIES.iter().copied().flatten().collect();
        return Answer::page(catalogue(&all, options.format));
    };
    let exact = family(name).or_else(|| family_spelled_like(name));
    let rows: Vec<&Family> = match exact {
        Some(row) => vec![row],
        None => FAMILIES
            .iter()
            .copied()
            .flatten()
            .filter(|row| names(row).any(|known| fits(known, name)))
            .collect(),
    };
    if rows.is_empty() {
        let known: Vec<&str> = FAMILIES.iter().copied().flatten().flat_map(names).collect();
        let near: Vec<String> = did_you_mean(name, known)
            .iter()
            .map(|near| format!("`{near}`"))
            .collect();
        let mend = if near.is_empty() {
            "`bartlett families` lists all of them".to_owned()
        } else {
            format!("did you mean {}?", near.join(" or "))
        };
        return Answer::not_understood(draw::message(
            &format!("no family is called `{name}`"),
            Some(&mend),
        ));
    }
    Answer::page(catalogue(&rows, options.format))
}

fn names(row: &Family) -> impl Iterator<Item = &'static str> {
    std::iter::once(row.name).chain(row.aliases.iter().copied())
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
