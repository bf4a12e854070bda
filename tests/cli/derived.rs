//! Quantities that start from the information, against reference numbers that `tests/reference` computed from the densities alone.

use crate::run::bartlett;
use bartlett_expr::{Symbol, parse, parse_declaring};

/// The key of what a command gives.
fn key(command: &str) -> &'static str {
    let asked = |option: &str| command.contains(option);
    match command.split_whitespace().next() {
        Some("divergence") => "kullback_leibler",
        Some("geometry") if asked("--distance") => "distance",
        Some("geometry") => "scalar_curvature",
        Some("fisher" | "reparam") => "fisher",
        Some("crb") if asked("--of") || asked("--bias") => "bound",
        Some("crb") => "crb",
        Some("jeffreys") => "jeffreys",
        Some("influence") => "influence",
        other => panic!("no such command: {other:?}"),
    }
}

/// Every expression of a quantity, in order.
fn texts(value: &serde_json::Value) -> Vec<&str> {
    match value {
        serde_json::Value::Array(list) => list.iter().flat_map(texts).collect(),
        serde_json::Value::Object(object) => match object.get("matrix") {
            Some(matrix) => texts(matrix),
            None => object["text"].as_str().into_iter().collect(),
        },
        _ => Vec::new(),
    }
}

/// The values of the new parameters that the command defines, after those of the old.
fn with_new(command: &str, mut at: Vec<(Symbol, f64)>) -> Vec<(Symbol, f64)> {
    let Some((_, map)) = command.split_once("--to ") else {
        return at;
    };
    for one in map.trim_matches('\'').split(';') {
        let (name, formula) = one.split_once('=').expect("a definition");
        let formula = parse(formula).expect("it parses");
        at.push((Symbol::new(name.trim()), formula.value_at(&at)));
    }
    at
}

/// The words of a command line with single quotes.
fn words(command: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (k, part) in command.split('\'').enumerate() {
        if k % 2 == 1 {
            found.push(part.to_owned());
        } else {
            found.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    found
}

fn numbers(value: &serde_json::Value) -> Vec<f64> {
    match value {
        serde_json::Value::Array(list) => list.iter().flat_map(numbers).collect(),
        other => vec![other.as_f64().expect("a number")],
    }
}

#[test]
fn derived_quantities_have_their_reference_values() {
    let path = crate::run::project().join("tests/corpus/derived.jsonl");
    let text = std::fs::read_to_string(path).expect("the rows are there");
    let mut wrong = String::new();
    let mut compared = 0;
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("a row is JSON");
        let id = row["id"].as_str().expect("it has a name");
        let command = row["command"].as_str().expect("it has a command");
        let mut arguments = words(command);
        arguments.insert(1, row["model"].as_str().expect("it has a model").to_owned());
        arguments.extend(["--format".to_owned(), "json".to_owned()]);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let answer = bartlett(&arguments);
        if answer.status != 0 {
            wrong.push_str(&format!("{id}: {}\n", answer.err));
            continue;
        }
        let found: serde_json::Value = serde_json::from_str(&answer.out).expect("it is JSON");
        let texts = texts(&found[key(command)]);
        if texts.is_empty() {
            wrong.push_str(&format!("{id}: no {} in {}\n", key(command), answer.out));
            continue;
        }
        let points = row["points"].as_array().expect("points");
        for (point, wanted) in points.iter().zip(row["values"].as_array().expect("values")) {
            let at: Vec<(Symbol, f64)> = point
                .as_object()
                .expect("a point")
                .iter()
                .map(|(name, value)| (Symbol::new(name), value.as_f64().expect("a number")))
                .collect();
            let at = with_new(command, at);
            let wanted = numbers(wanted);
            assert_eq!(texts.len(), wanted.len(), "{id}");
            let largest = wanted.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
            for (text, wanted) in texts.iter().zip(wanted) {
                let names = at.iter().map(|(name, _)| name.name());
                let formula = parse_declaring(text, names)
                    .unwrap_or_else(|problem| panic!("{id}: {text}: {problem:?}"));
                let value = formula.value_at(&at);
                let size = wanted.abs().max(1e-6 * largest).max(1e-12);
                // An integral that stays explicit has no value here where its ends are reversed.
                if value.is_nan() && text.contains("integral(") {
                    continue;
                }
                if (value - wanted).abs() <= 1e-9 * size {
                    compared += 1;
                } else {
                    wrong.push_str(&format!(
                        "{id}: {text} is {value} at {at:?}, not {wanted}\n"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(compared > 50, "only {compared} numbers were compared");
}
