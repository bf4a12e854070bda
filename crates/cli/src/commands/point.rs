//! The points of `--at`.
//! In: `mu=0, sigma=2`, a model. Out: a value for each symbol that is needed. Never: a default.

use crate::draw;
use bartlett::model::statement::{Index, Vocabulary};
use bartlett::model::statement_fragments::{assignments, scope};
use bartlett::{Model, Symbol};
use bartlett_expr::Expr;
use bartlett_expr::parse::{self, Node, Syntax};

/// A value for each name.
pub type Point = Vec<(Symbol, f64)>;

/// Reads a point: every parameter and known symbol of the model must have a value, data may have one. The entries of an
/// indexed name are given one by one, `t[1]=0`, or as a list, `t=[0, 1, 2, 4]`.
///
/// # Errors
/// The drawn problem.
pub fn point(text: &str, model: &Model) -> Result<Point, String> {
    values(text, model, &|needed, point| left_out(text, needed, point))
}

/// The same where any symbol may be left out.
///
/// # Errors
/// The drawn problem.
pub fn partial_point(text: &str, model: &Model) -> Result<Point, String> {
    values(text, model, &|_, _| Ok(()))
}

/// What must be said of the symbols that have no value.
type Complete<'a> = &'a dyn Fn(&[&Symbol], &Point) -> Result<(), String>;

fn values(text: &str, model: &Model, complete: Complete<'_>) -> Result<Point, String> {
    let declared: Vec<&Symbol> = model
        .parameters
        .iter()
        .chain(&model.known)
        .chain(model.data().map(|datum| &datum.symbol))
        .collect();
    let whole = |symbol: &&Symbol| {
        symbol
            .name()
            .split('[')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let mut names: Vec<String> = declared.iter().map(|symbol| symbol.to_string()).collect();
    names.extend(declared.iter().map(whole));
    let names = names.iter().map(String::as_str);
    let read = assignments(text, &scope(&Vocabulary::standard(), names))
        .map_err(|problem| draw::problem_in_option("--at", text, &problem))?;
    let mut point = Point::new();
    let mut lists: Vec<(String, usize)> = Vec::new();
    for assignment in &read.value {
        let name = match &assignment.name.index {
            Index::None => assignment.name.name.to_string(),
            _ => assignment.name.span.text(text).replace(' ', ""),
        };
        if let Syntax::List(items) = &assignment.value.kind {
            lists.push((name.clone(), items.len()));
        }
        for (name, node) in entries(name, &assignment.value) {
            let value = parse::lower(node)
                .map_err(|error| draw::problem_in_option("--at", text, &error.into()))?;
            let value = value.value_at(&[]);
            if !value.is_finite() {
                return Err(draw::message(
                    &format!("`--at`: the value of `{name}` is not a finite number"),
                    None,
                ));
            }
            point.push((Symbol::new(&name), value));
        }
    }
    let sizes = model.sizes();
    left_out(text, &sizes.iter().collect::<Vec<_>>(), &point)?;
    let Some(flat) = model.at_point(&point) else {
        let sizes: Vec<String> = sizes.iter().map(|symbol| format!("`{symbol}`")).collect();
        return Err(draw::message(
            &format!(
                "`--at`: there are no rows of that number: {}",
                sizes.join(", ")
            ),
            Some("give a whole number of rows, at most ten thousand"),
        ));
    };
    let data: Vec<&Symbol> = flat.data().map(|datum| &datum.symbol).collect();
    let needed: Vec<&Symbol> = flat.parameters.iter().chain(&flat.known).collect();
    if let Some((stray, _)) = point
        .iter()
        .find(|(symbol, _)| !needed.contains(&symbol) && !data.contains(&symbol))
    {
        return Err(unknown(stray, &lists, &needed, &data));
    }
    complete(&needed, &point)?;
    inside(&point, &flat)?;
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

/// A name with its value, or the entries of a list with theirs. Nesting is bounded by the grammar.
fn entries(name: String, value: &Node) -> Vec<(String, &Node)> {
    let Syntax::List(items) = &value.kind else {
        return vec![(name, value)];
    };
    let each = items.iter().enumerate().flat_map(|(k, item)| {
        let name = match name.strip_suffix(']') {
            Some(open) => format!("{open},{}]", k + 1),
            None => format!("{name}[{}]", k + 1),
        };
        entries(name, item)
    });
    each.collect()
}

/// Every needed name has a value.
fn left_out(text: &str, needed: &[&Symbol], point: &Point) -> Result<(), String> {
    let missing: Vec<String> = needed
        .iter()
        .filter(|symbol| !point.iter().any(|(given, _)| given == **symbol))
        .map(ToString::to_string)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let quoted: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
    let mend: Vec<String> = missing.iter().map(|name| format!("{name}=…")).collect();
    Err(draw::message(
        &format!("`--at {text}` leaves out {}", quoted.join(", ")),
        Some(&format!("add {}", mend.join(","))),
    ))
}

fn unknown(
    stray: &Symbol,
    lists: &[(String, usize)],
    needed: &[&Symbol],
    data: &[&Symbol],
) -> String {
    let name = stray.name().split('[').next().unwrap_or_default();
    let used = needed
        .iter()
        .chain(data)
        .filter(|symbol| symbol.name().starts_with(&format!("{name}[")))
        .count();
    if let Some((list, length)) = lists.iter().find(|(list, _)| list == name)
        && used > 0
    {
        return draw::message(
            &format!("`--at`: `{list}` has {length} entries, and the rows use {used}"),
            Some("give as many entries as there are rows"),
        );
    }
    let known: Vec<String> = needed.iter().map(|symbol| format!("`{symbol}`")).collect();
    draw::message(
        &format!("`--at` gives a value to `{stray}`, which the model does not name"),
        Some(&format!("the model has {}", known.join(", "))),
    )
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

/// Does an expression hold data that the point gives no value?
pub fn missing(e: &Expr, model: &Model, point: &Point) -> Vec<Symbol> {
    let given = |symbol: &Symbol| point.iter().any(|(name, _)| name == symbol);
    let Some(model) = model.at_point(point) else {
        return Vec::new();
    };
    let mut names: Vec<Symbol> = Vec::new();
    for datum in model.data() {
        let whole = datum.symbol.name().split('[').next().unwrap_or_default();
        let held = e.contains_any(&[datum.symbol.clone(), Symbol::new(whole)]);
        if !given(&datum.symbol) && held && !names.contains(&datum.symbol) {
            names.push(datum.symbol.clone());
        }
    }
    names
}
