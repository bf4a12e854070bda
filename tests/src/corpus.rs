//! The corpus as data.
//! In: `tests/corpus/rows/*.jsonl`. Out: `Row`s. Never: a number that this program computed.

use bartlett_expr::Symbol;
use serde_json::Value;
use std::path::PathBuf;

/// A model with reference numbers.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name.
    pub id: String,
    /// Text of the language.
    pub model: String,
    /// What is estimated, in order.
    pub parameters: Vec<String>,
    /// Values of every symbol that is no datum.
    pub points: Vec<Vec<(Symbol, f64)>>,
    /// The information matrix at each point; `None` where the model must be refused.
    pub fisher: Option<Vec<Option<Vec<Vec<f64>>>>>,
    /// Does a closed form exist?
    pub closed: bool,
    /// Are the regularity conditions met?
    pub regular: bool,
    /// Why not, in a word; empty where nothing is recorded.
    pub fail: String,
}

/// The folder of the corpus.
#[must_use]
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Every row, in the order of the files.
///
/// # Panics
/// Where a file cannot be read: without its data the suite has nothing to say.
#[must_use]
pub fn rows() -> Vec<Row> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder().join("rows"))
        .expect("the corpus lies beside the suite")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|path| {
            let text = std::fs::read_to_string(path).expect("a file of the corpus is text");
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines
        })
        .filter(|line| !line.trim().is_empty())
        .map(|line| row(&serde_json::from_str(&line).expect("a row is JSON")))
        .collect()
}

/// Ids that are expected to fail, with the reason.
///
/// # Panics
/// Where the list cannot be read, or a line of it gives no reason.
#[must_use]
pub fn expected_failures() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(folder().join("expected_failures.txt"))
        .expect("the list lies beside the suite");
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (id, reason) = line
                .split_once(": ")
                .expect("an id, a colon and the reason");
            (id.trim().to_owned(), reason.trim().to_owned())
        })
        .collect()
}

fn row(value: &Value) -> Row {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    Row {
        id: text("id"),
        model: text("model"),
        parameters: list(&value["parameters"])
            .iter()
            .filter_map(|p| p.as_str().map(str::to_owned))
            .collect(),
        points: list(&value["points"]).iter().map(point).collect(),
        fisher: value["fisher"]
            .as_array()
            .map(|matrices| matrices.iter().map(matrix).collect()),
        closed: value["closed"].as_bool().unwrap_or_default(),
        regular: value["regular"].as_bool().unwrap_or_default(),
        fail: text("fail"),
    }
}

fn point(value: &Value) -> Vec<(Symbol, f64)> {
    let entries = value.as_object().cloned().unwrap_or_default();
    entries
        .iter()
        .map(|(name, value)| (Symbol::new(name), value.as_f64().unwrap_or(f64::NAN)))
        .collect()
}

fn matrix(value: &Value) -> Option<Vec<Vec<f64>>> {
    value
        .as_array()?
        .iter()
        .map(|row| row.as_array()?.iter().map(Value::as_f64).collect())
        .collect()
}
