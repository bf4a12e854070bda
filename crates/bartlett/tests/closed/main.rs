//! Closed forms against numbers made by mpmath from the density alone (`tests/reference/closed.py`).

use bartlett::report::Closure;
use bartlett::{Model, Symbol, derive};
use serde_json::Value;

/// A closed form agrees to this; an integral or a sum that stays open to this.
const CLOSED: f64 = 1e-9;
const OPEN: f64 = 1e-8;

fn faults(row: &Value) -> Vec<String> {
    let text = row["model"].as_str().expect("a model is text");
    let model = match Model::parse(text) {
        Ok(model) => model,
        Err(problems) => return vec![format!("{text}: {problems:?}")],
    };
    let report = derive(&model);
    let Some(information) = &report.fisher else {
        return vec![format!("{text}: refused: {:?}", report.regularity.findings)];
    };
    let closed = row["closed"].as_bool().expect("closed is a truth value");
    let mut wrong = Vec::new();
    if closed != (information.status == Closure::Closed) {
        wrong.push(format!("{text}: {:?}", information.status));
    }
    let tolerance = if closed { CLOSED } else { OPEN };
    let points = row["points"].as_array().expect("points are a list");
    let matrices = row["fisher"].as_array().expect("matrices are a list");
    for (at, matrix) in points.iter().zip(matrices) {
        let point: Vec<(Symbol, f64)> = at
            .as_object()
            .expect("a point has names")
            .iter()
            .map(|(name, value)| (Symbol::new(name), value.as_f64().expect("a number")))
            .collect();
        for (i, entries) in information.matrix.iter().enumerate() {
            for (j, entry) in entries.iter().enumerate() {
                let expected = matrix[i][j].as_f64().expect("a number");
                let value = entry.value_at(&point);
                let near = (value - expected).abs() <= tolerance * expected.abs().max(1e-3);
                if !near {
                    wrong.push(format!(
                        "{text}: [{i}, {j}] is {value} instead of {expected} at {at}"
                    ));
                }
            }
        }
    }
    wrong
}

#[test]
fn closed_and_open_forms_agree_with_numbers_made_elsewhere() {
    let text = include_str!("../reference/closed.jsonl");
    let rows: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is an object"))
        .collect();
    assert!(rows.len() >= 20, "{} rows", rows.len());
    let wrong: Vec<String> = rows.iter().flat_map(faults).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn findings(text: &str) -> String {
    let model = Model::parse(text).expect("the model is understood");
    derive(&model).regularity.findings.join("; ")
}

#[test]
fn removable_singularities_have_limits() {
    let found = findings("p(x | a) = (1+a*x)/2; x in (-1, 1); -1 < a < 1");
    assert!(
        found.contains("at a = 0; in the limit I[a, a] = 1/3"),
        "{found}"
    );
    let found = findings("x ~ Kumaraswamy(a, b)");
    assert!(found.contains("at b = 2; in the limit I[a, a]"), "{found}");
}

#[test]
fn a_refusal_names_the_condition_under_which_the_information_exists() {
    for (text, condition) in [
        (
            "p(x | sigma, xi) = 1/sigma*(1+xi*x/sigma)^(-1/xi-1); x in (0, -sigma/xi); sigma > 0; -1 < xi < 0",
            "finite for xi > -1/2",
        ),
        (
            "p(x | mu, a, b) = b^a*(x-mu)^(a-1)*exp(-b*(x-mu))/gamma(a); x in (mu, inf); a > 0; b > 0",
            "finite for a > 2",
        ),
        (
            "p(x | mu, s, b) = b/(2*s*gamma(1/b))*exp(-(abs(x-mu)/s)^b); x in real; s > 0; b > 0",
            "finite for b > 1/2",
        ),
    ] {
        let found = findings(text);
        assert!(found.contains(condition), "{text}: {found}");
    }
}
