//! Markdown with displayed formulas between `$$`.
//! In: a `Reading`. Out: a section of a document. Never: a formula's own spelling.

use super::latex::equations;
use super::page::{rounded, verdict};
use bartlett::reading::Reading;

/// The section.
pub fn document(reading: &Reading) -> String {
    let mut out = format!("```text\n{}\n```\n", reading.model.text.trim_end());
    for quantity in &reading.quantities {
        if !quantity.definition.is_empty() {
            out.push_str(&format!("\n{}: {}\n", quantity.title, quantity.definition));
        }
        for (left, right) in equations(quantity) {
            out.push_str(&format!("\n$$\n{left} = {right}\n$$\n"));
        }
    }
    if !reading.steps.is_empty() {
        out.push_str(&super::steps::markdown(&reading.steps));
    }
    let mut items: Vec<String> = Vec::new();
    if reading.expectations {
        items.push(
            if reading.regularity.holds {
                "Regularity holds."
            } else {
                "Regularity fails."
            }
            .to_owned(),
        );
        items.extend(reading.regularity.findings.iter().cloned());
        for check in &reading.checks {
            let at: Vec<String> = check
                .at
                .iter()
                .map(|(symbol, value)| format!("`{symbol} = {}`", rounded(*value)))
                .collect();
            items.push(format!("Checked at {}: {}.", at.join(", "), verdict(check)));
        }
    }
    items.extend(reading.notes.iter().cloned());
    if !items.is_empty() {
        out.push('\n');
    }
    for item in items {
        out.push_str(&format!("- {}\n", item.replace('\n', " ")));
    }
    out
}
