//! From text to models: parameters in order, domains, supports, laws as densities, mistakes as they are drawn.

mod canonical;
mod choice;
mod corpus;
mod domains;
mod laws;
mod problems;
mod soup;

use bartlett::model::Model;
use bartlett::{Expr, Symbol};

/// The model, which is understood.
fn model(text: &str) -> Model {
    Model::parse(text).unwrap_or_else(|problems| {
        panic!(
            "{}",
            problems.iter().map(|p| p.render(text)).collect::<String>()
        )
    })
}

/// Where a symbol lives, as an interval or a range of integers.
fn lives(model: &Model, name: &str) -> String {
    let domain = model
        .facts
        .domain(&Symbol::new(name))
        .unwrap_or_else(|| panic!("{name} has no domain"));
    let (lower, upper) = (domain.lower.value.text(), domain.upper.value.text());
    match &domain.step {
        Some(step) => format!("{{{lower}, ..., {upper}}} by {step}"),
        None => format!(
            "{}{lower}, {upper}{}",
            if domain.lower.closed { "[" } else { "(" },
            if domain.upper.closed { "]" } else { ")" }
        ),
    }
}

fn check_lives(text: &str, expected: &[(&str, &str)]) {
    let model = model(text);
    for (name, domain) in expected {
        assert_eq!(lives(&model, name), *domain, "{name} in {text}");
    }
}

/// The value of an expression at a point.
fn value(e: &Expr, at: &[(&str, f64)]) -> f64 {
    let at: Vec<(Symbol, f64)> = at
        .iter()
        .map(|(name, value)| (Symbol::new(name), *value))
        .collect();
    e.value_at(&at)
}
