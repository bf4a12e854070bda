//! Numbers at a point, as `eval` prints them.
//! In: `Values`. Out: text. Never: a number that is not finite.

use super::WIDTH;
use crate::arguments::OutputFormat;
use bartlett::{Expr, Symbol};
use bartlett_expr::print::{matrix_of_entries, sympy_name};
use serde_json::{Map, Value};
use std::fmt::Write;

/// What was evaluated at one point.
pub struct Values {
    /// The point.
    pub at: Vec<(Symbol, f64)>,
    /// By name, in the order asked.
    pub quantities: Vec<(&'static str, Shape)>,
}

/// The numbers of one quantity.
pub enum Shape {
    /// One a parameter.
    Vector(Vec<f64>),
    /// Rows.
    Matrix(Vec<Vec<f64>>),
}

impl Shape {
    /// Every number.
    pub fn numbers(&self) -> Box<dyn Iterator<Item = f64> + '_> {
        match self {
            Self::Vector(entries) => Box::new(entries.iter().copied()),
            Self::Matrix(rows) => Box::new(rows.iter().flatten().copied()),
        }
    }
}

/// The numbers in a format.
pub fn values(values: &Values, format: OutputFormat) -> String {
    match format {
        OutputFormat::Json => json(values),
        OutputFormat::Text | OutputFormat::Plain => page(values, format),
        OutputFormat::Latex => formulas(values, "\\[\n", "\n\\]\n"),
        OutputFormat::Markdown => formulas(values, "$$\n", "\n$$\n"),
        OutputFormat::Sympy => python(values),
        OutputFormat::Csv => table(values),
    }
}

fn json(values: &Values) -> String {
    let mut object = Map::new();
    let at: Map<String, Value> = values
        .at
        .iter()
        .map(|(symbol, value)| (symbol.to_string(), (*value).into()))
        .collect();
    object.insert("at".to_owned(), at.into());
    for (name, shape) in &values.quantities {
        let numbers = match shape {
            Shape::Vector(entries) => Value::from(entries.clone()),
            Shape::Matrix(rows) => rows.iter().map(|row| Value::from(row.clone())).collect(),
        };
        object.insert((*name).to_owned(), numbers);
    }
    format!("{}\n", Value::Object(object))
}

fn table(values: &Values) -> String {
    let mut out = String::from("quantity,row,column,value\n");
    for (name, shape) in &values.quantities {
        let rows = match shape {
            Shape::Vector(entries) => std::slice::from_ref(entries),
            Shape::Matrix(rows) => &rows[..],
        };
        for (i, row) in rows.iter().enumerate() {
            for (j, x) in row.iter().enumerate() {
                let _ = writeln!(out, "{name},{},{},{x}", i + 1, j + 1);
            }
        }
    }
    out
}

fn page(values: &Values, format: OutputFormat) -> String {
    let name = |symbol: &Symbol| match format {
        OutputFormat::Text => Expr::symbol(symbol.name()).unicode(),
        _ => symbol.to_string(),
    };
    let at: Vec<String> = values
        .at
        .iter()
        .map(|(symbol, value)| format!("{} = {value}", name(symbol)))
        .collect();
    let mut out = format!("at {}\n", at.join(", "));
    for (heading, shape) in &values.quantities {
        let rows: Vec<Vec<String>> = match shape {
            Shape::Vector(entries) => vec![entries.iter().map(f64::to_string).collect()],
            Shape::Matrix(rows) => rows
                .iter()
                .map(|row| row.iter().map(f64::to_string).collect())
                .collect(),
        };
        let drawn = match format {
            OutputFormat::Text => matrix_of_entries(&rows, WIDTH),
            _ => {
                let rows: Vec<String> = rows
                    .iter()
                    .map(|row| format!("[{}]", row.join(", ")))
                    .collect();
                if matches!(shape, Shape::Vector(_)) {
                    rows.join("")
                } else {
                    format!("[{}]", rows.join(", "))
                }
            }
        };
        let _ = write!(out, "\n{heading}\n");
        for line in drawn.lines() {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

fn formulas(values: &Values, open: &str, close: &str) -> String {
    let mut out = String::new();
    for (name, shape) in &values.quantities {
        let rows: Vec<String> = match shape {
            Shape::Vector(entries) => entries.iter().map(f64::to_string).collect(),
            Shape::Matrix(rows) => rows
                .iter()
                .map(|row| {
                    row.iter()
                        .map(f64::to_string)
                        .collect::<Vec<_>>()
                        .join(" & ")
                })
                .collect(),
        };
        let symbol = match *name {
            "fisher" => "\\mathcal{I}",
            "crb" => "\\mathcal{I}^{-1}",
            "score" => "\\nabla \\ell",
            _ => "\\nabla^2 \\ell",
        };
        let _ = write!(
            out,
            "{open}{symbol} = \\begin{{pmatrix}} {} \\end{{pmatrix}}{close}",
            rows.join(" \\\\ ")
        );
    }
    out
}

fn python(values: &Values) -> String {
    let mut out = String::from("from sympy import *\n\n");
    let at: Vec<String> = values
        .at
        .iter()
        .map(|(symbol, value)| format!("{:?}: {value:?}", sympy_name(symbol.name())))
        .collect();
    let _ = writeln!(out, "at = {{{}}}", at.join(", "));
    for (name, shape) in &values.quantities {
        let _ = match shape {
            Shape::Vector(entries) => writeln!(out, "{name} = Matrix({entries:?})"),
            Shape::Matrix(rows) => writeln!(out, "{name} = Matrix({rows:?})"),
        };
    }
    out
}
