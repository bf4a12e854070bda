//! Where a picture is drawn: the point, and the range of its axis.
//! In: `--at`, `--over`, a model. Out: a `Point`, an `Axis`, ranges. Never: a search without a bound.

use super::point::{Point, partial_point, point};
use crate::draw;
use bartlett::report::Report;
use bartlett::{Expr, Model, Symbol};

/// What the horizontal axis shows.
#[derive(Clone, Debug)]
pub struct Axis {
    /// The symbol.
    pub symbol: Symbol,
    /// From where to where, if it was said.
    pub range: Option<(f64, f64)>,
}

/// Values that are tried for what has none, in this order.
const USUAL: [f64; 7] = [0.0, 1.0, 2.0, 0.5, 3.0, 0.25, 5.0];
/// So many combinations of them are tried.
const TRIES: usize = 1500;

/// Reads `sigma=0.5..3` or `sigma`.
///
/// # Errors
/// The drawn problem.
pub fn over(text: &str, model: &Model) -> Result<Axis, String> {
    let wrong = |why: &str| {
        draw::message(
            &format!("`--over {text}`: {why}"),
            Some("write `sigma=0.5..3` or `sigma`"),
        )
    };
    let (name, range) = match text.split_once('=') {
        Some((name, range)) => (name.trim(), Some(range)),
        None => (text.trim(), None),
    };
    let name = bartlett_expr::parse(name)
        .map_err(|problem| draw::problem_in_option("--over", name, &problem))?;
    let mut symbols = model
        .parameters
        .iter()
        .chain(&model.known)
        .chain(model.data().map(|datum| &datum.symbol));
    let Some(symbol) = symbols.find(|symbol| name.as_symbol() == Some(symbol)) else {
        return Err(wrong("the model has no such symbol"));
    };
    let range = match range {
        None => None,
        Some(range) => {
            let (low, high) = range
                .split_once("..")
                .ok_or_else(|| wrong("there is no range"))?;
            let value = |text: &str| {
                let e = bartlett_expr::parse(text)
                    .map_err(|problem| draw::problem_in_option("--over", text, &problem))?;
                Ok::<f64, String>(e.value_at(&[]))
            };
            let (low, high) = (value(low)?, value(high)?);
            if !(low < high && low.is_finite() && high.is_finite()) {
                return Err(wrong("the range does not go up between two numbers"));
            }
            Some((low, high))
        }
    };
    Ok(Axis {
        symbol: symbol.clone(),
        range,
    })
}

/// The point of `--at`, with a usual value for each parameter and known symbol that it leaves out.
///
/// # Errors
/// The drawn problem.
pub fn usual_point(model: &Model, at: Option<&str>) -> Result<Point, String> {
    let given = match at {
        Some(text) => partial_point(text, model)?,
        None => Point::new(),
    };
    let open: Vec<&Symbol> = model
        .parameters
        .iter()
        .chain(&model.known)
        .filter(|symbol| !given.iter().any(|(name, _)| name == *symbol))
        .collect();
    if open.is_empty() {
        return point(at.unwrap_or_default(), model);
    }
    let mut choice = vec![0_usize; open.len()];
    for _ in 0..TRIES {
        let values = open
            .iter()
            .zip(&choice)
            .map(|(symbol, k)| format!("{symbol}={}", USUAL[*k]));
        let all: Vec<String> = at.map(str::to_owned).into_iter().chain(values).collect();
        if let Ok(found) = point(&all.join(", "), model)
            && has_density(model, &found)
        {
            return Ok(found);
        }
        // The next combination.
        for k in &mut choice {
            *k = (*k + 1) % USUAL.len();
            if *k != 0 {
                break;
            }
        }
    }
    let names: Vec<String> = open.iter().map(|symbol| format!("{symbol}=…")).collect();
    Err(draw::message(
        "no usual values of the parameters lie inside their domains",
        Some(&format!("add `--at {}`", names.join(","))),
    ))
}

/// Do the log-densities hold nothing at the point that has no value, but for their data?
fn has_density(model: &Model, at: &Point) -> bool {
    let data: Vec<Symbol> = model.data().map(|datum| datum.symbol.clone()).collect();
    model.observations.iter().all(|o| {
        let free = o.density.log_density.summands();
        let constants = free.iter().filter(|e| !e.contains_any(&data));
        constants.into_iter().all(|e| e.value_at(at).is_finite())
    })
}

/// Around a parameter's value, inside its domain.
pub fn parameter_range(model: &Model, symbol: &Symbol, at: &Point) -> (f64, f64) {
    let value = at
        .iter()
        .find(|(name, _)| name == symbol)
        .map_or(1.0, |(_, v)| *v);
    let end = |e: &Expr| e.value_at(at);
    let (lower, upper) = model
        .facts
        .domain(symbol)
        .map_or((f64::NEG_INFINITY, f64::INFINITY), |domain| {
            (end(&domain.lower.value), end(&domain.upper.value))
        });
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) => (
            lower + 0.02 * (upper - lower),
            upper - 0.02 * (upper - lower),
        ),
        (true, false) => (
            lower + 0.25 * (value - lower),
            lower + 3.0 * (value - lower),
        ),
        (false, true) => (
            upper - 3.0 * (upper - value),
            upper - 0.25 * (upper - value),
        ),
        (false, false) => (value - 3.0, value + 3.0),
    }
}

/// Where the density of a datum is not small against its largest value.
pub fn data_range(model: &Model, report: &Report, symbol: &Symbol, at: &Point) -> (f64, f64) {
    let end = |e: &Expr| e.value_at(at);
    let (lower, upper) = model.data().find(|datum| datum.symbol == *symbol).map_or(
        (f64::NEG_INFINITY, f64::INFINITY),
        |datum| {
            (
                end(&datum.support.lower.value),
                end(&datum.support.upper.value),
            )
        },
    );
    let log_density = Expr::sum(
        report
            .completed
            .observations
            .iter()
            .map(|o| o.density.log_density.clone()),
    );
    let height = |x: f64| {
        let mut here = at.clone();
        here.retain(|(name, _)| name != symbol);
        here.push((symbol.clone(), x));
        log_density.value_at(&here)
    };
    let start = match (lower.is_finite(), upper.is_finite()) {
        (true, _) => lower,
        (false, true) => upper,
        _ => 0.0,
    };
    // Places near and far from a finite end or from 0, then around the highest of them.
    let sizes = (-12..=24).map(|k| 10_f64.powf(f64::from(k) / 4.0));
    let places: Vec<f64> = sizes
        .flat_map(|size| [start - size, start + size])
        .chain([start])
        .filter(|x| *x >= lower && *x <= upper)
        .collect();
    let best = |places: &[f64]| {
        let heights = places
            .iter()
            .map(|x| (*x, height(*x)))
            .filter(|(_, h)| h.is_finite());
        heights.max_by(|a, b| a.1.total_cmp(&b.1))
    };
    let Some((mode, top)) = best(&places) else {
        return parameter_range(model, symbol, at);
    };
    let reach = |sign: f64| {
        let mut last = mode;
        for k in -40..=80 {
            let x = (mode + sign * 10_f64.powf(f64::from(k) / 8.0)).clamp(lower, upper);
            last = x;
            let drop = top - height(x);
            if drop > 5.0 || x == lower || x == upper {
                break;
            }
        }
        last
    };
    let (low, high) = (reach(-1.0), reach(1.0));
    // A little inside an end, where a score may have no value.
    let inside = 0.002 * (high - low);
    let discrete = model
        .data()
        .any(|d| d.symbol == *symbol && d.support.is_discrete());
    if discrete {
        return (low.floor(), high.ceil());
    }
    let low = if low == lower { low + inside } else { low };
    let high = if high == upper { high - inside } else { high };
    (low, high)
}
