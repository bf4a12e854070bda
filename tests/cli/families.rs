//! The catalogue from outside, and its page: `docs/families.md` is what the program derives. With `BARTLETT_BLESS=1` it is made to.

use crate::run::{bartlett, project};
use std::collections::BTreeMap;

/// The sections of the page by their headings; what stands before the first is under no heading.
fn sections(page: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut heading = String::new();
    for line in page.lines() {
        if line.starts_with('#') {
            heading = line.to_owned();
        }
        let section: &mut String = found.entry(heading.clone()).or_default();
        section.push_str(line);
        section.push('\n');
    }
    found
}

#[test]
fn the_page_of_families_is_what_is_derived() {
    let path = project().join("docs/families.md");
    let derived = bartlett(&["families", "--derive", "--format", "markdown"]);
    assert_eq!(derived.status, 0, "{}", derived.err);
    if std::env::var_os("BARTLETT_BLESS").is_some() {
        std::fs::write(&path, &derived.out).expect("it can be written");
        return;
    }
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let (page, derived) = (sections(&page), sections(&derived.out));
    let differ: Vec<&str> = page
        .keys()
        .chain(derived.keys())
        .filter(|heading| page.get(*heading) != derived.get(*heading))
        .map(String::as_str)
        .collect();
    let first = differ.first().and_then(|heading| derived.get(*heading));
    assert!(
        differ.is_empty(),
        "these sections of docs/families.md are not what is derived: {differ:?}; the first is now:\n{}",
        first.map_or("(nothing)", String::as_str)
    );
}

/// Findings that would say that a row, or what was derived of it, is wrong.
const WRONG: &[&str] = &[
    "nternal error",
    "ot a density",
    "could not be decided",
    "not supported",
    "**: none.\n\n#",
];

#[test]
fn every_law_has_its_section_and_no_row_is_refused_as_a_density() {
    let page = std::fs::read_to_string(project().join("docs/families.md")).expect("it is there");
    let listed = bartlett(&["families", "--format", "json"]);
    let sections = sections(&page);
    let mut wrong = Vec::new();
    let mut laws = 0;
    for line in listed.out.lines() {
        let law: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
        let name = law["name"].as_str().expect("it has a name");
        laws += 1;
        let Some(section) = sections.get(&format!("### {name}")) else {
            wrong.push(format!("{name} has no section"));
            continue;
        };
        for part in ["- Support: `", "- Source: ", "\n$$\n"] {
            if !section.contains(part) && law["example"].is_null() {
                wrong.push(format!("{name} has no `{}`", part.trim()));
            }
        }
        let said = section.contains("**Information**") || section.contains("No parameter of it");
        if !said || WRONG.iter().any(|words| section.contains(words)) {
            wrong.push(section.clone());
        }
        if !page.contains(&format!("| [{name}](#{}) |", name.to_lowercase())) {
            wrong.push(format!("{name} is not in the index"));
        }
    }
    assert!(laws >= 235, "only {laws} laws");
    let closed = page.matches("**Information**: closed").count();
    assert!(closed >= 120, "only {closed} laws are closed as they stand");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn laws_of_several_components_are_listed_beside_the_others() {
    for (name, line) in [
        ("MvNormal", "MvNormal(mu, Sigma)"),
        ("MultiNormal", "MvNormal(mu, Sigma)"),
        ("Multinomial", "Multinomial(n, p)"),
        ("OrderedLogit", "OrderedLogistic(eta, c)"),
    ] {
        let card = bartlett(&["families", name]);
        assert!(card.out.starts_with(line), "{}", card.out);
    }
    let derived = bartlett(&["families", "Dirichlet", "--derive", "--format", "json"]);
    let object: serde_json::Value = serde_json::from_str(&derived.out).expect("it is JSON");
    assert_eq!(object["derived"][0]["fisher"]["status"], "closed");
    let all = bartlett(&["families"]);
    for name in ["Categorical(p)", "MvStudentT(nu, mu, Sigma)", "Weibull("] {
        assert!(all.out.contains(name), "`{name}` is not listed");
    }
}
