//! Markdown with displayed formulas between `$$`.
//! In: a `View`. Out: a section of a document. Never: a formula's own spelling.

use super::View;
use super::latex::equations;
use super::page::{rounded, verdict};

/// The section.
pub fn document(view: &View<'_>) -> String {
    let report = view.report;
    let mut out = format!("```text\n{}\n```\n", report.model.text.trim_end());
    for (left, right) in equations(view) {
        out.push_str(&format!("\n$$\n{left} = {right}\n$$\n"));
    }
    let mut items: Vec<String> = Vec::new();
    if view.has_expectations() {
        items.push(
            if report.regularity.holds {
                "Regularity holds."
            } else {
                "Regularity fails."
            }
            .to_owned(),
        );
        items.extend(report.regularity.findings.iter().cloned());
        for check in &report.checks {
            let at: Vec<String> = check
                .at
                .iter()
                .map(|(symbol, value)| format!("`{symbol} = {}`", rounded(*value)))
                .collect();
            items.push(format!("Checked at {}: {}.", at.join(", "), verdict(check)));
        }
    }
    items.extend(report.notes.iter().cloned());
    if !items.is_empty() {
        out.push('\n');
    }
    for item in items {
        out.push_str(&format!("- {}\n", item.replace('\n', " ")));
    }
    out
}
