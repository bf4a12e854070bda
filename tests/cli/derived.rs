//! Quantities that start from the information, against reference numbers that `tests/reference` computed from the densities alone.

use crate::run::bartlett;
use bartlett_expr::{Symbol, parse};

/// The key of the one expression that a command gives, and where it stands.
fn entry(command: &str) -> &'static str {
    match command.split_whitespace().next() {
        Some("divergence") => "/kullback_leibler/text",
        Some("geometry") if command.contains("--distance") => "/distance/text",
        Some("geometry") => "/scalar_curvature/text",
        Some("fisher") => "/fisher/matrix/0/0/text",
        other => panic!("no such command: {other:?}"),
    }
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
        let Some(text) = found
            .pointer(entry(command))
            .and_then(serde_json::Value::as_str)
        else {
            wrong.push_str(&format!("{id}: no {} in {}\n", entry(command), answer.out));
            continue;
        };
        let formula = parse(text).unwrap_or_else(|problem| panic!("{id}: {text}: {problem:?}"));
        let points = row["points"].as_array().expect("points");
        for (point, wanted) in points.iter().zip(row["values"].as_array().expect("values")) {
            let at: Vec<(Symbol, f64)> = point
                .as_object()
                .expect("a point")
                .iter()
                .map(|(name, value)| (Symbol::new(name), value.as_f64().expect("a number")))
                .collect();
            let wanted = numbers(wanted)[0];
            let value = formula.value_at(&at);
            if (value - wanted).abs() > 1e-9 * wanted.abs().max(1e-3) {
                wrong.push_str(&format!(
                    "{id}: {text} is {value} at {at:?}, not {wanted}\n"
                ));
            }
            compared += 1;
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(compared > 50, "only {compared} numbers were compared");
}
