//! One JSON object a model, as the contract of the command line says.
//! In: a `View`. Out: a line of JSON. Never: a number that is not finite.

use super::{Part, View};
use bartlett::report::{Certificate, Information};
use bartlett::{Expr, Symbol};
use serde_json::{Map, Value, json};

/// The version of the shape of the object.
const SCHEMA: u32 = 1;

/// The object, on one line.
pub fn object(view: &View<'_>) -> String {
    let report = view.report;
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("schema", SCHEMA.into());
    put("model", report.model.text.clone().into());
    put("parameters", names(report.model.parameters.iter()));
    put(
        "data",
        names(report.model.data().map(|datum| &datum.symbol)),
    );
    put("law", view.law().map_or(Value::Null, Value::from));
    if view.shows(Part::Score) {
        put("score", report.score.iter().map(entry).collect());
    }
    if view.shows(Part::Hessian) {
        put("hessian", matrix(&report.hessian));
    }
    if view.shows(Part::Fisher) || (report.is_refused() && view.has_expectations()) {
        put("fisher", information(report.fisher.as_ref()));
    }
    if view.shows(Part::Crb) {
        put("crb", information(report.crb.as_ref()));
    }
    if let Some(n) = view.observations {
        put("n", entry(n));
    }
    put(
        "regularity",
        json!({
            "holds": report.regularity.holds,
            "information_identity": report.regularity.information_identity,
            "findings": report.regularity.findings,
        }),
    );
    if view.has_expectations() {
        put("checks", report.checks.iter().map(check).collect());
    }
    put("notes", report.notes.clone().into());
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

fn information(found: Option<&Information>) -> Value {
    found.map_or(
        Value::Null,
        |found| json!({ "status": found.status.word(), "matrix": matrix(&found.matrix) }),
    )
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
