//! Sweeps over the rows: every name is unique and well formed, every formula names only what the row declares.
//! In: `FAMILIES`. Out: a list of what is wrong. Never: a number (the numeric sweeps live elsewhere).

use std::collections::{BTreeMap, BTreeSet};

use bartlett_laws::{
    FAMILIES, Family, GROUPS, VECTOR_FAMILIES, conditional, family, family_spelled_like,
};

/// The functions of the language that a row may call.
const FUNCTIONS: &[&str] = &[
    "exp",
    "log",
    "log1p",
    "expm1",
    "sqrt",
    "abs",
    "sign",
    "min",
    "max",
    "floor",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "acosh",
    "atanh",
    "gamma",
    "lgamma",
    "digamma",
    "trigamma",
    "polygamma",
    "beta",
    "lbeta",
    "choose",
    "factorial",
    "gammainc",
    "gammaincc",
    "erf",
    "erfc",
    "erfi",
    "Phi",
    "phi",
    "Phiinv",
    "Ei",
    "expint",
    "besseli",
    "besselj",
    "besselk",
    "zeta",
    "polylog",
    "logistic",
    "logit",
    "softplus",
    "if",
    "sum",
    "prod",
    "integral",
];
const CONSTANTS: &[&str] = &["pi", "inf", "EulerGamma"];
const WORDS_OF_A_DOMAIN: &[&str] = &["in", "real", "integer"];

/// The identifiers of a formula, each with whether an opening parenthesis follows at once.
fn identifiers(formula: &str) -> Vec<(String, bool)> {
    let characters: Vec<char> = formula.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if characters[at].is_ascii_alphabetic() {
            let start = at;
            while at < characters.len()
                && (characters[at].is_ascii_alphanumeric() || characters[at] == '_')
            {
                at += 1;
            }
            found.push((
                characters[start..at].iter().collect(),
                characters.get(at) == Some(&'('),
            ));
        } else if characters[at].is_ascii_digit() {
            while at < characters.len() && characters[at].is_ascii_digit() {
                at += 1;
            }
            if characters.get(at).is_some_and(char::is_ascii_alphabetic) {
                found.push(("a number touches a name".to_owned(), false));
            }
        } else {
            at += 1;
        }
    }
    found
}

/// The variable that each `sum(k, …)`, `prod(k, …)` or `integral(k, …)` of the formula binds.
fn bound_names(formula: &str) -> BTreeSet<String> {
    let mut bound = BTreeSet::new();
    for opening in ["sum(", "prod(", "integral("] {
        for (at, _) in formula.match_indices(opening) {
            let name: String = formula[at + opening.len()..]
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            bound.insert(name);
        }
    }
    bound
}

fn balanced(formula: &str) -> bool {
    let mut open = Vec::new();
    for c in formula.chars() {
        // An interval may be half open, so a square bracket counts as a round one.
        let matches = match c {
            '(' | '[' => {
                open.push('(');
                true
            }
            '{' => {
                open.push('{');
                true
            }
            ')' | ']' => open.pop() == Some('('),
            '}' => open.pop() == Some('{'),
            _ => true,
        };
        if !matches {
            return false;
        }
    }
    open.is_empty()
}

/// What is wrong with a formula of a row, given the names it may use.
fn faults(formula: &str, names: &BTreeSet<&str>, words: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    if !formula.is_ascii() || !balanced(formula) {
        wrong.push(format!("`{formula}`: not plain or not balanced"));
    }
    let bound = bound_names(formula);
    for (name, called) in identifiers(formula) {
        let declared = names.contains(name.as_str()) || bound.contains(&name);
        let known = if called {
            // A declared name shadows a function, so a call of it would be a product.
            !declared && FUNCTIONS.contains(&name.as_str()) || words.contains(&name.as_str())
        } else {
            declared || CONSTANTS.contains(&name.as_str()) || words.contains(&name.as_str())
        };
        if !known {
            wrong.push(format!("`{formula}`: `{name}` is not known here"));
        }
    }
    wrong
}

fn row_faults(row: &Family) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut optional = false;
    for parameter in row.parameters {
        if parameter.name == "x" || !names.insert(parameter.name) {
            wrong.push(format!(
                "parameter `{}` is the datum or declared twice",
                parameter.name
            ));
        }
        wrong.extend(faults(parameter.domain, &names, WORDS_OF_A_DOMAIN));
        if !identifiers(parameter.domain)
            .iter()
            .any(|(name, _)| name == parameter.name)
        {
            wrong.push(format!(
                "the domain `{}` does not name `{}`",
                parameter.domain, parameter.name
            ));
        }
        if parameter.role.is_empty() {
            wrong.push(format!("`{}` has no role", parameter.name));
        }
        if optional && parameter.default.is_none() {
            wrong.push(format!(
                "`{}` follows an optional parameter",
                parameter.name
            ));
        }
        optional |= parameter.default.is_some();
    }
    names.insert("x");
    wrong.extend(faults(row.data, &names, WORDS_OF_A_DOMAIN));
    wrong.extend(faults(row.log_density, &names, &[]));
    for statement in row.data.split(';') {
        if !identifiers(statement).iter().any(|(name, _)| name == "x") {
            wrong.push(format!("the support `{statement}` does not name x"));
        }
    }
    for parameter in row.parameters {
        let text = [row.log_density, row.data].concat();
        if !identifiers(&text)
            .iter()
            .any(|(name, _)| name == parameter.name)
        {
            wrong.push(format!(
                "`{}` appears nowhere in the density",
                parameter.name
            ));
        }
    }
    if row.source.is_empty() {
        wrong.push("no source".to_owned());
    }
    for (software, call) in row.elsewhere {
        if software.chars().any(|c| !c.is_ascii_lowercase())
            || !call.contains('(')
            || !balanced(call)
        {
            wrong.push(format!("elsewhere: `{software}`: `{call}`"));
        }
    }
    wrong
}

#[test]
fn every_row_names_only_what_it_declares() {
    let mut wrong = Vec::new();
    for row in FAMILIES.iter().copied().flatten() {
        wrong.extend(
            row_faults(row)
                .into_iter()
                .map(|fault| format!("{}: {fault}", row.name)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_and_aliases_are_unique_and_camel_case() {
    let mut owner: BTreeMap<&str, &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in FAMILIES.iter().copied().flatten() {
        for name in row.aliases.iter().copied().chain([row.name]) {
            if let Some(other) = owner.insert(name, row.name) {
                wrong.push(format!("`{name}` names {other} and {}", row.name));
            }
            let starts_upper = name.starts_with(|c: char| c.is_ascii_uppercase());
            if !starts_upper || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
                wrong.push(format!("`{name}` is not CamelCase"));
            }
            assert_eq!(family(name).map(|found| found.name), Some(row.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_catalogue_holds_the_families_of_stan_and_scipy() {
    let count = FAMILIES.iter().copied().flatten().count();
    assert!(count >= EXPECTED_AT_LEAST, "only {count} rows");
    for software in ["stan", "scipy"] {
        let rows = FAMILIES.iter().copied().flatten();
        let found = rows
            .filter(|row| row.elsewhere.iter().any(|(name, _)| *name == software))
            .count();
        assert!(found >= 30, "only {found} rows point to {software}");
    }
    assert!(family("NoSuchFamily").is_none());
    assert_eq!(GROUPS.len(), FAMILIES.len(), "a group without a title");
}

#[test]
fn conditions_and_laws_of_several_components_name_what_there_is() {
    for name in conditional() {
        assert!(family(name).is_some(), "`{name}` has conditions and no row");
    }
    let mut names = BTreeSet::new();
    for row in VECTOR_FAMILIES {
        for name in row.aliases.iter().copied().chain([row.name]) {
            assert!(family(name).is_none(), "`{name}` names two laws");
            assert!(names.insert(name), "`{name}` is there twice");
        }
        assert!(balanced(row.log_density) && balanced(row.data) && balanced(row.example));
        assert!(!row.source.is_empty() && row.example.contains(row.name));
    }
}

const EXPECTED_AT_LEAST: usize = 225;

#[test]
fn a_name_in_the_spelling_of_stan_finds_its_row() {
    for (spelling, name) in [
        ("normal", "Normal"),
        ("std_normal", "StdNormal"),
        ("neg_binomial_2_log", "NegBinomial2Log"),
        ("skew_double_exponential", "SkewDoubleExponential"),
        ("lognormal", "LogNormal"),
        ("pareto_type_2", "ParetoType2"),
    ] {
        assert_eq!(
            family_spelled_like(spelling).map(|row| row.name),
            Some(name)
        );
        assert!(family(spelling).is_none());
    }
    assert!(family_spelled_like("norml").is_none());
    for row in FAMILIES.iter().copied().flatten() {
        for spelling in row.aliases.iter().copied().chain([row.name]) {
            let found = family_spelled_like(&spelling.to_uppercase());
            assert_eq!(
                found.map(|found| found.name),
                Some(row.name),
                "`{spelling}` is taken"
            );
        }
    }
}
