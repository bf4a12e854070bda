//! Values that an option gives to names: `b0 = 0; sigma = 2`.
//! In: text, the names that it may hold. Out: a value for each name that it holds. Never: a default.

use super::point::Point;
use crate::draw;
use bartlett::Symbol;
use bartlett::model::statement::{Index, Vocabulary};
use bartlett::model::statement_fragments::{assignments, scope};
use bartlett_expr::parse;

/// Reads the values that an option gives to some of the allowed names.
///
/// # Errors
/// The drawn problem.
pub fn given(option: &str, text: &str, allowed: &[&Symbol]) -> Result<Point, String> {
    let names = allowed
        .iter()
        .map(|symbol| symbol.name().split('[').next().unwrap_or_default());
    let read = assignments(text, &scope(&Vocabulary::standard(), names))
        .map_err(|problem| draw::problem_in_option(option, text, &problem))?;
    let mut point = Point::new();
    for assignment in &read.value {
        let name = match &assignment.name.index {
            Index::None => assignment.name.name.to_string(),
            _ => assignment.name.span.text(text).replace(' ', ""),
        };
        let symbol = Symbol::new(&name);
        if !allowed.contains(&&symbol) {
            let known: Vec<String> = allowed.iter().map(|symbol| format!("`{symbol}`")).collect();
            return Err(draw::message(
                &format!("`{option}` gives a value to `{name}`, which is not asked for"),
                Some(&format!("it may name {}", known.join(", "))),
            ));
        }
        let value = parse::lower(&assignment.value)
            .map_err(|error| draw::problem_in_option(option, text, &error.into()))?;
        let value = value.value_at(&[]);
        if !value.is_finite() {
            return Err(draw::message(
                &format!("`{option}`: the value of `{name}` is not a finite number"),
                None,
            ));
        }
        point.push((symbol, value));
    }
    Ok(point)
}
