//! The catalogue as tables and cards.
//! In: rows. Out: text. Never: the choice of rows.

use crate::arguments::OutputFormat;
use bartlett_laws::Family;
use clap::builder::styling::Style;
use serde_json::{Value, json};
use std::fmt::Write;

const HEADING: Style = Style::new().bold();

/// The rows in a format: a card if there is one, a table if there are several.
pub fn catalogue(rows: &[&Family], format: OutputFormat) -> String {
    match (format, rows) {
        (OutputFormat::Json, _) => rows
            .iter()
            .map(|row| format!("{}\n", object(row)))
            .collect(),
        (OutputFormat::Markdown, _) => markdown(rows),
        (_, [row]) => card(row),
        _ => table(rows),
    }
}

fn law(row: &Family) -> String {
    let arguments: Vec<String> = row
        .parameters
        .iter()
        .map(|parameter| match parameter.default {
            Some(default) => format!("{} = {default}", parameter.name),
            None => parameter.name.to_owned(),
        })
        .collect();
    format!("{}({})", row.name, arguments.join(", "))
}

fn card(row: &Family) -> String {
    let mut out = format!("{HEADING}{}{HEADING:#}\n", law(row));
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(out, "  {label:<13}{text}");
    };
    line("support", row.data);
    line("log-density", row.log_density);
    let width = row
        .parameters
        .iter()
        .map(|parameter| parameter.domain.chars().count())
        .max()
        .unwrap_or(0);
    for (i, parameter) in row.parameters.iter().enumerate() {
        line(
            if i == 0 { "parameters" } else { "" },
            &format!("{:width$}  {}", parameter.domain, parameter.role),
        );
    }
    if !row.aliases.is_empty() {
        line("aliases", &row.aliases.join(", "));
    }
    for (i, (software, name)) in row.elsewhere.iter().enumerate() {
        line(
            if i == 0 { "elsewhere" } else { "" },
            &format!("{software}: {name}"),
        );
    }
    line("source", row.source);
    out
}

fn table(rows: &[&Family]) -> String {
    let laws: Vec<String> = rows.iter().map(|row| law(row)).collect();
    let width = laws
        .iter()
        .map(|law| law.chars().count())
        .max()
        .unwrap_or(0)
        .min(60);
    let mut out = String::new();
    for (row, law) in rows.iter().zip(&laws) {
        let aliases = if row.aliases.is_empty() {
            String::new()
        } else {
            format!("  ({})", row.aliases.join(", "))
        };
        let _ = writeln!(out, "{law:width$}  {}{aliases}", row.data);
    }
    let count = rows.len();
    let _ = writeln!(
        out,
        "\n{count} families; `bartlett families NAME` shows one with its density, domains and source"
    );
    out
}

fn markdown(rows: &[&Family]) -> String {
    let mut out = String::from(
        "| law | support | log-density | domains | source |\n| --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        let domains: Vec<&str> = row
            .parameters
            .iter()
            .map(|parameter| parameter.domain)
            .collect();
        let _ = writeln!(
            out,
            "| `{}` | `{}` | `{}` | `{}` | {} |",
            law(row),
            row.data,
            row.log_density.replace('|', "\\|"),
            domains.join("; "),
            row.source
        );
    }
    out
}

fn object(row: &Family) -> Value {
    let parameters: Vec<Value> = row
        .parameters
        .iter()
        .map(
            |p| json!({ "name": p.name, "domain": p.domain, "role": p.role, "default": p.default }),
        )
        .collect();
    let elsewhere: Vec<Value> = row
        .elsewhere
        .iter()
        .map(|(software, name)| json!({ "software": software, "name": name }))
        .collect();
    json!({
        "name": row.name,
        "aliases": row.aliases,
        "parameters": parameters,
        "support": row.data,
        "log_density": row.log_density,
        "elsewhere": elsewhere,
        "source": row.source,
    })
}
