//! The catalogue as tables, cards and objects.
//! In: laws, what was derived of them. Out: text. Never: the choice of laws, a derivation.

use super::page::page;
use super::{families_page, spelling};
use crate::arguments::OutputFormat;
use bartlett::quantity::Value;
use bartlett::reading::Reading;
use bartlett_laws::Parameter;
use clap::builder::styling::Style;
use serde_json::{Value as Json, json};
use std::fmt::Write;

const HEADING: Style = Style::new().bold();

/// A law of the catalogue, of one datum or of several components.
#[derive(Clone, Copy)]
pub struct Law {
    /// What it has in common with those beside it.
    pub group: &'static str,
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub parameters: &'static [Parameter],
    pub data: &'static str,
    pub log_density: &'static str,
    /// A model with it, where its arguments are lists and matrices.
    pub example: Option<&'static str>,
    pub elsewhere: &'static [(&'static str, &'static str)],
    pub source: &'static str,
}

/// A law and what was derived of it.
pub struct Entry {
    pub law: Law,
    /// Nothing where nothing was asked for, or no parameter is real.
    pub cases: Vec<Case>,
}

/// A model with a law, and its information; or why it was not read.
pub struct Case {
    pub model: String,
    pub reading: Result<Box<Reading>, String>,
}

impl Law {
    /// The law at its parameters: `Weibull(alpha, sigma)`.
    pub fn call(&self) -> String {
        let names: Vec<&str> = self.parameters.iter().map(|p| p.name).collect();
        format!("{}({})", self.name, names.join(", "))
    }

    /// A model with it: integer parameters, which have no information, are known.
    pub fn model(&self) -> String {
        if let Some(example) = self.example {
            return example.to_owned();
        }
        let mut model = format!("x ~ {}", self.call());
        let integers: Vec<&str> = self.integers().collect();
        if !integers.is_empty() {
            let _ = write!(model, "; known {}", integers.join(", "));
        }
        model
    }

    /// Has it a parameter that can have information?
    pub fn is_estimated(&self) -> bool {
        self.example.is_some() || self.integers().count() < self.parameters.len()
    }

    fn integers(&self) -> impl Iterator<Item = &'static str> {
        let whole = |p: &&Parameter| p.domain.contains('{') || p.domain.contains("in integer");
        self.parameters.iter().filter(whole).map(|p| p.name)
    }

    /// The law with the values of arguments that may be left out.
    fn signature(&self) -> String {
        let arguments: Vec<String> = self
            .parameters
            .iter()
            .map(|parameter| match parameter.default {
                Some(default) => format!("{} = {default}", parameter.name),
                None => parameter.name.to_owned(),
            })
            .collect();
        format!("{}({})", self.name, arguments.join(", "))
    }
}

/// The laws in a format: a card if there is one, a table if there are several. `whole` says that they are all that there are.
pub fn catalogue(entries: &[Entry], whole: bool, format: OutputFormat) -> String {
    match (format, entries) {
        (OutputFormat::Json, _) => entries
            .iter()
            .map(|entry| format!("{}\n", object(entry)))
            .collect(),
        (OutputFormat::Markdown, _) => families_page::page(entries, whole),
        (_, [entry]) => card(entry, format),
        _ => table(entries),
    }
}

fn card(entry: &Entry, format: OutputFormat) -> String {
    let law = &entry.law;
    let mut out = format!("{HEADING}{}{HEADING:#}\n", law.signature());
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(out, "  {label:<13}{text}");
    };
    line("support", law.data);
    line("log-density", law.log_density);
    let width = law
        .parameters
        .iter()
        .map(|parameter| parameter.domain.chars().count())
        .max()
        .unwrap_or(0);
    for (i, parameter) in law.parameters.iter().enumerate() {
        line(
            if i == 0 { "parameters" } else { "" },
            &format!("{:width$}  {}", parameter.domain, parameter.role),
        );
    }
    if let Some(example) = law.example {
        line("example", example);
    }
    if !law.aliases.is_empty() {
        line("aliases", &law.aliases.join(", "));
    }
    for (i, (software, name)) in law.elsewhere.iter().enumerate() {
        line(
            if i == 0 { "elsewhere" } else { "" },
            &format!("{software}: {name}"),
        );
    }
    line("source", law.source);
    for case in &entry.cases {
        out.push('\n');
        match &case.reading {
            Ok(reading) => out.push_str(&page(
                reading,
                if matches!(format, OutputFormat::Plain) {
                    &spelling::PLAIN
                } else {
                    &spelling::UNICODE
                },
            )),
            Err(reason) => {
                let _ = writeln!(out, "{}: {reason}", case.model);
            }
        }
    }
    out
}

fn table(entries: &[Entry]) -> String {
    let laws: Vec<String> = entries.iter().map(|entry| entry.law.signature()).collect();
    let width = laws
        .iter()
        .map(|law| law.chars().count())
        .max()
        .unwrap_or(0)
        .min(60);
    let mut out = String::new();
    for (entry, law) in entries.iter().zip(&laws) {
        let aliases = if entry.law.aliases.is_empty() {
            String::new()
        } else {
            format!("  ({})", entry.law.aliases.join(", "))
        };
        let status = match &entry.cases[..] {
            [] => String::new(),
            [case, ..] => format!("  {:<8}", case.status()),
        };
        let _ = writeln!(out, "{law:width$}{status}  {}{aliases}", entry.law.data);
    }
    let count = entries.len();
    let _ = writeln!(
        out,
        "\n{count} families; `bartlett families NAME` shows one with its density, domains and source"
    );
    out
}

/// Did a comparison by number succeed, and none fail?
pub fn is_confirmed(reading: &Reading) -> bool {
    !reading.checks.is_empty() && reading.checks.iter().all(|check| check.ok)
}

impl Case {
    /// How far the information is closed, in a word.
    pub fn status(&self) -> &'static str {
        match &self.reading {
            Ok(reading) if !reading.is_refused() && !is_confirmed(reading) => "unconfirmed",
            Ok(reading) if !reading.is_refused() => match reading.quantities.first() {
                Some(quantity) if !matches!(quantity.value, Value::Absent) => {
                    quantity.status.word()
                }
                _ => "none",
            },
            _ => "none",
        }
    }
}

fn object(entry: &Entry) -> Json {
    let law = &entry.law;
    let parameters: Vec<Json> = law
        .parameters
        .iter()
        .map(
            |p| json!({ "name": p.name, "domain": p.domain, "role": p.role, "default": p.default }),
        )
        .collect();
    let elsewhere: Vec<Json> = law
        .elsewhere
        .iter()
        .map(|(software, name)| json!({ "software": software, "name": name }))
        .collect();
    let mut object = json!({
        "name": law.name,
        "aliases": law.aliases,
        "parameters": parameters,
        "support": law.data,
        "log_density": law.log_density,
        "elsewhere": elsewhere,
        "source": law.source,
    });
    if let Some(example) = law.example {
        object["example"] = json!(example);
    }
    if !entry.cases.is_empty() {
        let derived = entry.cases.iter().map(|case| match &case.reading {
            Ok(reading) => serde_json::from_str(&super::json::object(reading)).unwrap_or_default(),
            Err(reason) => json!({ "model": case.model, "findings": [reason] }),
        });
        object["derived"] = derived.collect();
    }
    object
}
