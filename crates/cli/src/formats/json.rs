//! One JSON object a model, as the contract of the command line says.
//! In: a `Reading`. Out: a line of JSON. Never: a number that is not finite.

use bartlett::quantity::{Value as Found, decimal};
use bartlett::reading::Reading;
use bartlett::report::{Certificate, Closure};
use bartlett::{Expr, Symbol};
use serde_json::{Map, Value, json};

/// The version of the shape of the object.
const SCHEMA: u32 = 1;

/// The object, on one line.
pub fn object(reading: &Reading) -> String {
    let model = &reading.model;
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("schema", SCHEMA.into());
    put("model", model.text.clone().into());
    put("parameters", names(reading.parameters.iter()));
    put("data", names(model.data().map(|datum| &datum.symbol)));
    put("law", reading.law().map_or(Value::Null, Value::from));
    for found in &reading.quantities {
        put(found.key, value(&found.value, found.status));
    }
    if !reading.steps.is_empty() {
        put("steps", super::steps::json(&reading.steps, entry));
    }
    let named = |key: &str| reading.quantities.iter().any(|found| found.key == key);
    if reading.is_refused() && reading.expectations && !named("fisher") {
        put("fisher", Value::Null);
    }
    if let Some(n) = &reading.observations {
        put("n", entry(n));
    }
    put(
        "regularity",
        json!({
            "holds": reading.regularity.holds,
            "information_identity": reading.regularity.information_identity,
            "findings": reading.regularity.findings,
        }),
    );
    if reading.expectations {
        put("checks", reading.checks.iter().map(check).collect());
    }
    put("notes", reading.notes.clone().into());
    format!("{}\n", Value::Object(object))
}

/// The object of a model of which nothing was derived.
pub fn refused(model: &str, findings: Vec<String>) -> String {
    let object = json!({
        "schema": SCHEMA,
        "model": model,
        "parameters": [],
        "data": [],
        "law": null,
        "fisher": null,
        "crb": null,
        "regularity": { "holds": false, "information_identity": null, "findings": findings },
        "checks": [],
        "notes": [],
    });
    format!("{object}\n")
}

fn entry(e: &Expr) -> Value {
    json!({ "text": e.text(), "latex": e.latex(), "sympy": e.sympy() })
}

fn matrix(rows: &[Vec<Expr>]) -> Value {
    rows.iter()
        .map(|row| row.iter().map(entry).collect::<Value>())
        .collect()
}

fn value(found: &Found, status: Closure) -> Value {
    match found {
        Found::Absent => Value::Null,
        Found::Scalar(e) => entry(e),
        Found::Number(number) => {
            let number = decimal(*number);
            json!({ "text": number, "latex": number, "sympy": number })
        }
        Found::Words(words) => words.clone().into(),
        Found::Vector(entries) => entries.iter().map(entry).collect(),
        Found::Matrix(rows) => json!({ "status": status.word(), "matrix": matrix(rows) }),
        Found::Table(rows) => matrix(rows),
        Found::Nested(values) => values.iter().map(|one| value(one, status)).collect(),
        Found::Branches(key, cases) => cases
            .iter()
            .map(|(label, one)| json!({ "where": label.plain, *key: value(one, status) }))
            .collect(),
    }
}

fn check(check: &Certificate) -> Value {
    let at: Map<String, Value> = check
        .at
        .iter()
        .map(|(symbol, value)| (symbol.to_string(), (*value).into()))
        .collect();
    json!({ "at": at, "what": check.what, "max_rel_err": check.max_rel_err, "ok": check.ok })
}

/// Each name once.
fn names<'a>(symbols: impl Iterator<Item = &'a Symbol>) -> Value {
    let mut names: Vec<&str> = Vec::new();
    for symbol in symbols {
        if !names.contains(&symbol.name()) {
            names.push(symbol.name());
        }
    }
    names.into()
}
