//! The points of `--at`.
//! In: `mu=0, sigma=2`, a model. Out: a value for each symbol that is needed. Never: a default.

use crate::draw;
use bartlett::model::statement::{Index, Vocabulary};
use bartlett::model::statement_fragments::{assignments, scope};
use bartlett::{Model, Symbol};
use bartlett_expr::{Expr, parse};

/// A value for each name.
pub type Point = Vec<(Symbol, f64)>;

/// Reads a point: every parameter and known symbol of the model must have a value, data may have one.
///
/// # Errors
/// The drawn problem.
pub fn point(text: &str, model: &Model) -> Result<Point, String> {
    let data: Vec<&Symbol> = model.data().map(|datum| &datum.symbol).collect();
    let needed: Vec<&Symbol> = model.parameters.iter().chain(&model.known).collect();
    let names = needed.iter().chain(&data).map(|symbol| symbol.name());
    let read = assignments(text, &scope(&Vocabulary::standard(), names))
        .map_err(|problem| draw::problem_in_option("--at", text, &problem))?;
    let mut point = Point::new();
    for assignment in &read.value {
        let name = match &assignment.name.index {
            Index::None => assignment.name.name.to_string(),
            _ => assignment.name.span.text(text).to_owned(),
        };
        let symbol = Symbol::new(&name);
        if !needed.contains(&&symbol) && !data.contains(&&symbol) {
            let known: Vec<String> = needed.iter().map(|symbol| format!("`{symbol}`")).collect();
            return Err(draw::message(
                &format!("`--at` gives a value to `{name}`, which the model does not name"),
                Some(&format!("the model has {}", known.join(", "))),
            ));
        }
        let value = parse::lower(&assignment.value)
            .map_err(|error| draw::problem_in_option("--at", text, &error.into()))?;
        let value = value.value_at(&[]);
        if !value.is_finite() {
            return Err(draw::message(
                &format!("`--at`: the value of `{name}` is not a finite number"),
                None,
            ));
        }
        point.push((symbol, value));
    }
    let missing: Vec<String> = needed
        .iter()
        .filter(|symbol| !point.iter().any(|(given, _)| given == **symbol))
        .map(|symbol| format!("{symbol}=…"))
        .collect();
    if !missing.is_empty() {
        return Err(draw::message(
            &format!(
                "`--at {text}` leaves out {}",
                missing
                    .iter()
                    .map(|m| format!("`{}`", m.trim_end_matches("=…")))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            Some(&format!("add {}", missing.join(","))),
        ));
    }
    inside(&point, model)?;
    // In the order of the model, so that equal questions have equal answers.
    let order = |symbol: &Symbol| {
        needed
            .iter()
            .chain(&data)
            .position(|other| *other == symbol)
    };
    point.sort_by_key(|(symbol, _)| order(symbol));
    Ok(point)
}

/// Is the point inside the domains?
fn inside(point: &Point, model: &Model) -> Result<(), String> {
    for (symbol, value) in point {
        let datum = model.data().find(|datum| datum.symbol == *symbol);
        let Some(domain) = datum
            .map(|datum| &datum.support)
            .or_else(|| model.facts.domain(symbol))
        else {
            continue;
        };
        let end = |e: &Expr| e.value_at(point);
        let (lower, upper) = (end(&domain.lower.value), end(&domain.upper.value));
        let below = *value < lower || (*value == lower && !domain.lower.closed);
        let above = *value > upper || (*value == upper && !domain.upper.closed);
        let fraction = domain.is_discrete() && *value != value.round();
        let atom = datum.is_some_and(|datum| datum.atoms.iter().any(|atom| end(atom) == *value));
        if (below || above || fraction) && !atom {
            let place = if datum.is_some() { "support" } else { "domain" };
            return Err(draw::message(
                &format!("`--at`: {symbol} = {value} is outside its {place}"),
                Some(&between(lower, upper, fraction)),
            ));
        }
    }
    for (facts, strict) in [
        (model.facts.positives(), true),
        (model.facts.nonnegatives(), false),
    ] {
        for fact in facts {
            let value = fact.value_at(point);
            if value < 0.0 || (strict && value == 0.0) {
                let sign = if strict { ">" } else { ">=" };
                return Err(draw::message(
                    &format!(
                        "`--at`: the point is outside the domain {} {sign} 0",
                        fact.text()
                    ),
                    None,
                ));
            }
        }
    }
    Ok(())
}

fn between(lower: f64, upper: f64, whole: bool) -> String {
    let kind = if whole { "a whole number" } else { "a number" };
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) => format!("give {kind} between {lower} and {upper}"),
        (true, false) => format!("give {kind} above {lower}"),
        (false, true) => format!("give {kind} below {upper}"),
        (false, false) => format!("give {kind}"),
    }
}

/// Does an expression hold anything that the point gives no value?
pub fn missing(e: &Expr, model: &Model, point: &Point) -> Vec<Symbol> {
    let given = |symbol: &Symbol| point.iter().any(|(name, _)| name == symbol);
    let mut names: Vec<Symbol> = Vec::new();
    for datum in model.data() {
        if !given(&datum.symbol)
            && e.contains_any(std::slice::from_ref(&datum.symbol))
            && !names.contains(&datum.symbol)
        {
            names.push(datum.symbol.clone());
        }
    }
    names
}
