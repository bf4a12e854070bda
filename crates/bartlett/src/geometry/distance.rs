//! The Fisher–Rao distance between two points of a model.
//! In: a `Report`, the second point, perhaps numbers. Out: `Reading`. Never: a closed distance that the metric does not confirm.

use super::curvature::Connection;
use super::warped::Block;
use super::{eikonal, metric, shooting};
use crate::check::point_in_words;
use crate::closing::shown;
use crate::expect::is_open;
use crate::quantity::{Quantity, Value, decimal};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use crate::versus::{NotComparable, Versus};
use bartlett_expr::{Binder, Expr, Facts, Symbol};
use rustc_hash::FxHashMap;

/// What the distance is asked for.
#[derive(Debug, Clone, Default)]
pub struct Distance {
    /// The second point: values of parameters; those that are not named stay.
    pub second: Vec<(Symbol, Expr)>,
    /// Numbers for every symbol, where a length is wanted that does not close.
    pub at: Vec<(Symbol, f64)>,
}

/// The Fisher–Rao distance, closed for one parameter, flat and hyperbolic metrics, simplexes and products of these; by number otherwise.
///
/// Source: Rao (1945); Atkinson & Mitchell (1981); Costa, Santos & Strapasson (2015).
///
/// # Errors
/// The second point was not understood, or a closed form is contradicted by numbers.
pub fn distance(report: &Report, asked: &Distance) -> Result<Reading, NotComparable> {
    let broken = NotComparable::NoDensity;
    let versus = Versus::point(&report.completed, &asked.second)?;
    let mut reading = Reading::of(report);
    if reading.is_refused() {
        return Ok(reading);
    }
    let Some(metric) = metric(report, &mut reading) else {
        return Ok(reading);
    };
    reading.facts.clone_from(&versus.first.facts);
    let parameters = &report.model.parameters;
    // A generic second point first, so that the distance can be differentiated in it.
    let primes: Vec<Symbol> = parameters
        .iter()
        .map(|p| Symbol::new(&format!("{p}'")))
        .collect();
    let generic: Vec<(Symbol, Expr)> = parameters
        .iter()
        .zip(&primes)
        .map(|(p, prime)| (p.clone(), Expr::symbol(prime.name())))
        .collect();
    let generic = Versus::point(&report.completed, &generic)?;
    let facts = &generic.first.facts;
    let second: FxHashMap<Expr, Expr> = parameters
        .iter()
        .zip(&primes)
        .map(|(p, prime)| (Expr::symbol(p.name()), Expr::symbol(prime.name())))
        .collect();
    let names = parameters.clone();
    let blocks = blocks(&metric, &names);
    let mut parts = Vec::new();
    let mut closed = true;
    for block in &blocks {
        let block = Block {
            facts,
            parameters: block.iter().map(|i| names[*i].clone()).collect(),
            metric: block
                .iter()
                .map(|i| block.iter().map(|j| metric[*i][*j].clone()).collect())
                .collect(),
            second: &second,
        };
        let found = block.distance();
        closed &= found.is_some();
        parts.push(found.or_else(|| arc(&block, &second)));
    }
    let parts: Option<Vec<Expr>> = parts.into_iter().collect();
    let whole = parts.as_deref().map(together);
    if let (Some(whole), true) = (&whole, closed) {
        let there: Vec<Vec<Expr>> = report
            .crb
            .as_ref()
            .map(|inverse| {
                let at = |e: &Expr| e.substitute(&second);
                inverse
                    .matrix
                    .iter()
                    .map(|row| row.iter().map(at).collect())
                    .collect()
            })
            .unwrap_or_default();
        let claim = eikonal::Claim {
            distance: whole,
            inverse: &there,
            first: parameters,
            second: &primes,
        };
        let mut judged = generic.first.clone();
        judged.known.extend(
            primes
                .iter()
                .filter(|p| !generic.first.known.contains(p))
                .cloned(),
        );
        reading
            .checks
            .push(eikonal::check(&judged, &claim).map_err(broken)?);
    }
    // The point that was asked for, block by block: a block in which nothing moves is at no distance.
    let point = versus.point.clone().unwrap_or_default();
    let back: FxHashMap<Expr, Expr> = primes
        .iter()
        .zip(&point)
        .map(|(prime, value)| (Expr::symbol(prime.name()), value.clone()))
        .collect();
    let facts = &versus.first.facts;
    let value = parts.as_deref().map(|parts| {
        let moved = parts.iter().zip(&blocks).filter(|(_, block)| {
            block
                .iter()
                .any(|i| point[*i].as_symbol() != Some(&names[*i]))
        });
        let moved: Vec<Expr> = moved
            .map(|(part, _)| tidied(facts, &part.substitute(&back)))
            .collect();
        together(&moved)
    });
    let quantity = |value: Value, status| Quantity {
        definition: "the length of the shortest curve in the metric g = I(θ) of one observation"
            .to_owned(),
        status,
        ..Quantity::closed("distance", "Fisher–Rao distance", "d", value)
    };
    let number = by_number(report, &metric, &versus, asked, value.as_ref());
    match value {
        Some(value) => {
            if let Some(number) = number.filter(|_| !asked.at.is_empty()) {
                reading.notes.push(format!(
                    "at {}: {}",
                    point_in_words(&asked.at),
                    decimal(number)
                ));
            }
            let status = if is_open(&value) {
                Closure::Numeric
            } else {
                Closure::Closed
            };
            reading
                .quantities
                .push(quantity(Value::Scalar(value), status));
        }
        None => no_closed_form(&mut reading, asked, number, &quantity),
    }
    Ok(reading)
}

fn no_closed_form(
    reading: &mut Reading,
    asked: &Distance,
    number: Option<f64>,
    quantity: &dyn Fn(Value, Closure) -> Quantity,
) {
    if let Some(number) = number {
        reading.notes.push(format!(
            "no closed form is known here: {} is the length of the geodesic found by shooting from {}",
            decimal(number),
            point_in_words(&asked.at)
        ));
        let value = Value::Number(number);
        reading.quantities.push(quantity(value, Closure::Numeric));
        return;
    }
    reading.quantities.push(Quantity::absent("distance"));
    let why = if asked.at.is_empty() {
        "no closed form is known here; give numbers with `--at` for the length of the geodesic, and a second point in numbers"
    } else {
        "no closed form is known here, and no geodesic was found by shooting"
    };
    *reading = reading
        .clone()
        .refused("the distance cannot be given", vec![why.to_owned()]);
}

/// √Σ d²
fn together(parts: &[Expr]) -> Expr {
    match parts {
        [] => Expr::zero(),
        [one] => one.clone(),
        many => Expr::sum(many.iter().map(|d| d.powi(2))).sqrt(),
    }
}

/// Arguments in their shortest forms.
fn tidied(facts: &Facts, e: &Expr) -> Expr {
    if is_open(e) {
        return e.clone();
    }
    shown(facts, e)
}

/// ∫ √I along the one parameter of a block, as an explicit integral.
fn arc(block: &Block<'_>, second: &FxHashMap<Expr, Expr>) -> Option<Expr> {
    let [only] = &block.parameters[..] else {
        return None;
    };
    let variable = Symbol::new(&format!("{only}_t"));
    let here = Expr::symbol(only.name());
    let body = block.metric[0][0]
        .sqrt()
        .replace(only, &Expr::symbol(variable.name()));
    let there = here.substitute(second);
    let whole = Expr::bound(Binder::Integral, variable, here, there, body);
    Some(Expr::function("abs", [whole]))
}

/// Parameters that hang together: by an entry off the diagonal, or in an entry of one another.
#[allow(clippy::needless_range_loop)] // the indices are those of the matrix
fn blocks(metric: &[Vec<Expr>], parameters: &[Symbol]) -> Vec<Vec<usize>> {
    let p = parameters.len();
    let mut group: Vec<usize> = (0..p).collect();
    let join = |group: &mut Vec<usize>, a: usize, b: usize| {
        let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
        for g in group.iter_mut().filter(|g| **g == from) {
            *g = to;
        }
    };
    for i in 0..p {
        for j in 0..p {
            if metric[i][j].is_zero() {
                continue;
            }
            join(&mut group, i, j);
            for (k, parameter) in parameters.iter().enumerate() {
                if metric[i][j].contains(parameter) {
                    join(&mut group, i, k);
                }
            }
        }
    }
    let mut firsts: Vec<usize> = group.clone();
    firsts.sort_unstable();
    firsts.dedup();
    firsts
        .into_iter()
        .map(|g| (0..p).filter(|i| group[*i] == g).collect())
        .collect()
}

/// The value at the numbers of `--at`: of the formula, or of the geodesic.
fn by_number(
    report: &Report,
    metric: &[Vec<Expr>],
    versus: &Versus,
    asked: &Distance,
    value: Option<&Expr>,
) -> Option<f64> {
    if asked.at.is_empty() {
        return None;
    }
    if let Some(value) = value {
        return Some(value.value_at(&asked.at)).filter(|v| v.is_finite());
    }
    let parameters = &report.model.parameters;
    let connection = Connection::of(&report.model.facts, metric, parameters)?;
    let (names, values): (Vec<Symbol>, Vec<f64>) = asked.at.iter().cloned().unzip();
    let point = versus.point.as_ref()?;
    let second: Vec<f64> = point.iter().map(|e| e.value_at(&asked.at)).collect();
    if second.iter().any(|v| !v.is_finite()) {
        return None;
    }
    shooting::length(&connection, parameters, &names, &values, &second).map(|l| l.value)
}
