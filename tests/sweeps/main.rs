//! Sweeps: every row of every table against numbers that do not come from the table.
//! In: the tables. Out: a list of what is wrong. Never: a row passed over in silence; one that was sampled nowhere fails.

mod definitions;
mod families;
mod folds;
mod grouped;
mod identities;
mod integrals;
mod kernels;
mod names;
mod partials;
mod rules;
mod short_laws;

/// Fails with the list of what is wrong.
#[track_caller]
fn report(what: &str, wrong: &[String]) {
    let short: Vec<String> = wrong
        .iter()
        .take(60)
        .map(|text| text.chars().take(400).collect())
        .collect();
    assert!(
        wrong.is_empty(),
        "{what}: {} wrong\n{}",
        wrong.len(),
        short.join("\n")
    );
}

/// Is the relative difference, or the absolute one below `scale`, within the tolerance?
fn close(a: f64, b: f64, tolerance: f64, scale: f64) -> bool {
    a == b || (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(scale)
}

/// `x = 0.5, y = 2`
fn shown(point: &[(bartlett_expr::Symbol, f64)]) -> String {
    let parts: Vec<String> = point
        .iter()
        .map(|(name, value)| format!("{} = {value}", name.name()))
        .collect();
    parts.join(", ")
}
