//! Sweep: values of primitive functions on their domains, and each partial against differences of the value.
//! In: `FUNCTIONS`. Out: what is wrong. Never: the partial judged by the differentiator.

use crate::{close, report, shown};
use bartlett_expr::functions::{Codomain, FUNCTIONS, Function, FunctionRef, Meaning, Value};
use bartlett_expr::{Expr, Symbol};
use bartlett_tests::difference::derivative;
use bartlett_tests::parallel::each;
use bartlett_tests::random::Random;
use bartlett_tests::region::{INSIDE, Region};

const SEED: u64 = 0x5EED_0001;
const POINTS: usize = 40;

/// Partials that have a value on a part of the domain only: the function, the argument, the part, the reason.
static NARROWER: &[(&str, usize, &str, &str)] = &[(
    "polylog",
    0,
    "-1 < z < 1",
    "an open sum, which converges there only; elsewhere it has no value",
)];

struct Primitive {
    row: &'static Function,
    value: Value,
    codomain: Codomain,
    smooth: bool,
    partials: usize,
}

fn primitives() -> Vec<Primitive> {
    FUNCTIONS
        .iter()
        .copied()
        .flatten()
        .filter_map(|row| match row.meaning {
            Meaning::Primitive {
                value,
                codomain,
                smooth,
                partials,
                ..
            } => Some(Primitive {
                row,
                value,
                codomain,
                smooth,
                partials: partials.len(),
            }),
            Meaning::Defined(_) => None,
        })
        .collect()
}

/// Points of the domain, for a function with kinks only such as lie 1/16 away from integers and from each other.
fn points(primitive: &Primitive, random: &mut Random) -> Vec<Vec<(Symbol, f64)>> {
    let region = Region::new(primitive.row.arguments, primitive.row.domain);
    if primitive.smooth {
        return region.points(POINTS, random);
    }
    (0..POINTS)
        .map(|_| {
            let place = |i: usize, random: &mut Random| {
                let part = f64::from(2_u32.pow(3 + i as u32));
                (2.0 * random.between(-20.0, 20.0).floor() + 1.0) / part
            };
            region
                .names
                .iter()
                .enumerate()
                .map(|(i, name)| (name.clone(), place(i, random)))
                .collect()
        })
        .filter(|point: &Vec<(Symbol, f64)>| region.holds(point))
        .collect()
}

fn in_codomain(codomain: Codomain, value: f64, last: f64) -> bool {
    match codomain {
        Codomain::Real => true,
        Codomain::Positive => last <= 0.0 || value > 0.0,
        Codomain::NonNegative => value >= 0.0 && (last == 0.0 || value > 0.0),
        Codomain::Unit => (0.0..=1.0).contains(&value),
        Codomain::SymmetricUnit | Codomain::Wave(_) => (-1.0..=1.0).contains(&value),
    }
}

fn faults(primitive: &Primitive) -> Vec<String> {
    let row = primitive.row;
    let mut wrong = Vec::new();
    let mut random = Random::named(SEED, row.name);
    let points = points(primitive, &mut random);
    let Some(function) = FunctionRef::find(row.name, row.arguments.len()) else {
        return vec![format!("{}: not found by its name", row.name)];
    };
    if points.len() < POINTS / 2 {
        wrong.push(format!("{}: {} points sampled", row.name, points.len()));
    }
    if primitive.partials != row.arguments.len() {
        wrong.push(format!("{}: {} partials", row.name, primitive.partials));
    }
    let mut judged = vec![0; row.arguments.len()];
    let arguments: Vec<Expr> = row.arguments.iter().map(|a| Expr::symbol(a)).collect();
    for point in &points {
        let place: Vec<f64> = point.iter().map(|(_, x)| *x).collect();
        let value = primitive.value.apply(&place);
        let last = place.last().copied().unwrap_or(0.0);
        if !value.is_finite() || !in_codomain(primitive.codomain, value, last) {
            wrong.push(format!("{}: value {value} at {}", row.name, shown(point)));
            continue;
        }
        let call = Expr::call(function, arguments.iter().cloned()).value_at(point);
        if !close(call, value, 1e-12, 1e-300) {
            let at = shown(point);
            wrong.push(format!(
                "{}: the call is {call}, not {value} at {at}",
                row.name
            ));
        }
        for (i, count) in judged.iter_mut().enumerate().take(place.len()) {
            // No formula is known: asking for it is refused, and that is tested where derivatives are.
            let Some(partial) = function.partial(i, &arguments) else {
                continue;
            };
            if !holds_there(row.name, row.arguments, i, point) {
                continue;
            }
            *count += 1;
            let claimed = partial.value_at(point);
            let (found, error) = numeric_partial(primitive, point, i);
            let allowed = 1e-7 * found.abs().max(value.abs()) + 20.0 * error;
            if !((claimed - found).abs() <= allowed && error <= 1e-3 * found.abs().max(value.abs()))
            {
                wrong.push(format!(
                    "{}: ∂/∂{} is {claimed} by the row, {found} ± {error:e} by differences at {}",
                    row.name,
                    row.arguments[i],
                    shown(point)
                ));
            }
        }
    }
    for (i, count) in judged.iter().enumerate() {
        let known = function.partial(i, &arguments).is_some();
        if known && *count < POINTS / 4 {
            let name = row.arguments[i];
            wrong.push(format!("{}: ∂/∂{name} judged at {count} points", row.name));
        }
    }
    wrong
}

fn holds_there(name: &str, arguments: &[&str], i: usize, point: &[(Symbol, f64)]) -> bool {
    NARROWER
        .iter()
        .filter(|(function, place, _, _)| *function == name && *place == i)
        .all(|(_, _, condition, _)| Region::new(arguments, condition).holds(point))
}

/// Differences that stay inside the domain.
fn numeric_partial(primitive: &Primitive, point: &[(Symbol, f64)], i: usize) -> (f64, f64) {
    let region = Region::new(primitive.row.arguments, primitive.row.domain);
    let place: Vec<f64> = point.iter().map(|(_, x)| *x).collect();
    let mut h = if primitive.smooth {
        0.05 * place[i].abs().max(0.1)
    } else {
        0.02
    };
    // Far from the edges of the domain, where poles may be: the extrapolation converges within half the distance.
    let inside = |h: f64| {
        (-8..=8)
            .map(|k| f64::from(k) * h)
            .filter(|_| primitive.smooth)
            .all(|d| {
                let mut moved = point.to_vec();
                moved[i].1 += d;
                region.holds_within(&moved, INSIDE / 4.0)
            })
    };
    for _ in 0..40 {
        if inside(h) {
            break;
        }
        h /= 2.0;
    }
    let mut f = |x: f64| {
        let mut place = place.clone();
        place[i] = x;
        primitive.value.apply(&place)
    };
    // A step across a pole that no condition sees gives itself away by its error.
    let tries = [h, h / 10.0, h / 100.0].map(|h| derivative(&mut f, place[i], h));
    let least = |a: (f64, f64), b: (f64, f64)| if b.1 < a.1 { b } else { a };
    tries.into_iter().fold((f64::NAN, f64::INFINITY), least)
}

#[test]
fn every_partial_agrees_with_differences_of_the_value() {
    let rows = primitives();
    assert!(rows.len() >= 20, "{} primitive functions", rows.len());
    let wrong: Vec<String> = each(&rows, faults).into_iter().flatten().collect();
    report("partials", &wrong);
}
