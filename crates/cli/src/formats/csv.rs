//! Comma-separated values: a line an entry.
//! In: a `Reading`. Out: text. Never: a line of prose.

use super::fit::quoted;
use bartlett::quantity::{Value, decimal};
use bartlett::reading::Reading;
use std::fmt::Write;

/// quantity, place of the entry, formula
pub fn table(reading: &Reading) -> String {
    let mut out = String::from("quantity,place,formula\n");
    for quantity in &reading.quantities {
        entries(quantity.key, &mut Vec::new(), &quantity.value, &mut out);
    }
    out
}

fn entries(key: &str, place: &mut Vec<usize>, value: &Value, out: &mut String) {
    let mut line = |place: &[usize], text: &str| {
        let place: Vec<String> = place.iter().map(usize::to_string).collect();
        let _ = writeln!(out, "{},{},{}", quoted(key), place.join(" "), quoted(text));
    };
    match value {
        Value::Absent => {}
        Value::Scalar(e) => line(place, &e.text()),
        Value::Number(number) => line(place, &decimal(*number)),
        Value::Words(words) => line(place, words),
        Value::Vector(list) => {
            for (i, e) in list.iter().enumerate() {
                line(&[&place[..], &[i + 1]].concat(), &e.text());
            }
        }
        Value::Matrix(rows) | Value::Table(rows) => {
            for (i, row) in rows.iter().enumerate() {
                for (j, e) in row.iter().enumerate() {
                    line(&[&place[..], &[i + 1, j + 1]].concat(), &e.text());
                }
            }
        }
        Value::Nested(values) => {
            for (i, one) in values.iter().enumerate() {
                place.push(i + 1);
                entries(key, place, one, out);
                place.pop();
            }
        }
        Value::Branches(_, cases) => {
            for (label, one) in cases {
                entries(&format!("{key} where {}", label.plain), place, one, out);
            }
        }
    }
}
