//! Prints the rows of the catalogue as JSON, for checks made by other software.
//! In: nothing. Out: a JSON array on standard output. Never: an evaluated formula.

use bartlett_laws::FAMILIES;
use serde_json::{Value, json};

fn main() {
    let rows: Vec<Value> = FAMILIES
        .iter()
        .copied()
        .flatten()
        .map(|row| {
            let parameters: Vec<Value> = row
                .parameters
                .iter()
                .map(|p| json!({"name": p.name, "domain": p.domain, "role": p.role, "default": p.default}))
                .collect();
            let elsewhere: Vec<Value> = row
                .elsewhere
                .iter()
                .map(|(software, call)| json!([software, call]))
                .collect();
            json!({
                "name": row.name,
                "aliases": row.aliases,
                "parameters": parameters,
                "data": row.data,
                "log_density": row.log_density,
                "elsewhere": elsewhere,
                "source": row.source,
            })
        })
        .collect();
    println!("{}", Value::Array(rows));
}
