//! Where a log-density is not smooth in a datum: the zeros of what stands inside |…|, if(…), sign, min, max, floor, logarithms and powers.
//! In: a log-density. Out: `Switch`es, and their places on a range. Never: a decision about regularity.

use super::program::Evaluator;
use bartlett_expr::{Expr, Facts, Kind, Relation, Symbol, Truth, topological};

/// A function of the datum at whose zeros (or whole values) the log-density may have a kink.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Switch {
    pub(super) function: Expr,
    /// The one zero, where the function is linear in the datum.
    pub(super) root: Option<Expr>,
    /// Does it switch at every whole value rather than at 0?
    pub(super) at_integers: bool,
}

/// The switches in a datum that hold no other of the `hidden` symbols: all of the log-density, and of the quantities those at jumps and
/// corners.
pub(super) fn switches(
    log_density: &Expr,
    quantities: &[Expr],
    datum: &Symbol,
    hidden: &[Symbol],
    facts: &Facts,
) -> Vec<Switch> {
    let mut found = switches_of(log_density, true, datum, hidden, facts);
    for switch in quantities
        .iter()
        .flat_map(|e| switches_of(e, false, datum, hidden, facts))
    {
        let same = |s: &Switch| s == &switch || (s.root.is_some() && s.root == switch.root);
        if !found.iter().any(same) {
            found.push(switch);
        }
    }
    found
}

/// `poles`: also where a logarithm or a negative power may have none.
fn switches_of(
    e: &Expr,
    poles: bool,
    datum: &Symbol,
    hidden: &[Symbol],
    facts: &Facts,
) -> Vec<Switch> {
    let mut found: Vec<Switch> = Vec::new();
    let mut bound = hidden.to_vec();
    let nodes = topological(std::slice::from_ref(e));
    bound.extend(nodes.iter().filter_map(|n| match n.kind() {
        Kind::Bound(_, s, ..) => Some(s.clone()),
        _ => None,
    }));
    let mut add = |function: Expr, at_integers: bool| {
        if !function.contains(datum) || function.contains_any(&bound) {
            return;
        }
        let root = if at_integers {
            None
        } else {
            linear_root(&function, datum)
        };
        let switch = Switch {
            function,
            root,
            at_integers,
        };
        let known = found
            .iter()
            .any(|s| s == &switch || (s.root.is_some() && s.root == switch.root));
        if !known {
            found.push(switch);
        }
    };
    for node in &nodes {
        match node.kind() {
            Kind::Call(f, arguments) if !f.is_smooth() => match &arguments[..] {
                [x] if f.name() == "floor" => add(x.clone(), true),
                [x] => factors(x).into_iter().for_each(|f| add(f, false)),
                [a, b] => factors(&(a - b)).into_iter().for_each(|f| add(f, false)),
                _ => {}
            },
            Kind::Compare(Relation::Less | Relation::LessEqual | Relation::Equal, a, b) => {
                factors(&(a - b)).into_iter().for_each(|f| add(f, false));
            }
            Kind::Power(base, exponent) if poles && exponent.as_integer().is_none_or(|n| n < 0) => {
                maybe_zero(base, facts, &mut add);
            }
            Kind::Call(f, arguments) if poles && f.name() == "log" => {
                maybe_zero(&arguments[0], facts, &mut add);
            }
            _ => {}
        }
    }
    found
}

fn maybe_zero(e: &Expr, facts: &Facts, add: &mut dyn FnMut(Expr, bool)) {
    for factor in factors(e) {
        if facts.is_positive(&factor) != Truth::Yes && facts.is_positive(&-&factor) != Truth::Yes {
            add(factor, false);
        }
    }
}

/// The bases of the factors: where one of them vanishes, the product does.
fn factors(e: &Expr) -> Vec<Expr> {
    e.factors().into_iter().map(|f| f.as_power().0).collect()
}

/// The zero of a function that is linear in the symbol.
fn linear_root(function: &Expr, symbol: &Symbol) -> Option<Expr> {
    let slope = function.derivative(symbol).ok()?;
    if slope.is_zero() || slope.contains(symbol) {
        return None;
    }
    Some(-(function.replace(symbol, &Expr::zero()) / slope))
}

/// At most so many places are looked for.
const MOST: usize = 64;

/// The places on (`lower`, `upper`) where one of the functions changes sign or passes a whole number, by search on a grid.
/// `values` gives all functions at the data, of which the last is the datum.
pub(super) fn places(
    values: &mut Evaluator,
    at_integers: &[bool],
    data: &mut [f64],
    range: (f64, f64),
    grid: &[f64],
) -> Vec<f64> {
    let last = data.len() - 1;
    let mut found = Vec::new();
    let mut before: Option<(f64, Vec<f64>)> = None;
    let mut look = |x: f64, i: Option<usize>| -> Vec<f64> {
        data[last] = x;
        let all = values.at(data);
        match i {
            Some(i) => vec![all[i]],
            None => all.to_vec(),
        }
    };
    for &x in grid.iter().filter(|x| **x > range.0 && **x < range.1) {
        let now = look(x, None);
        if let Some((x0, old)) = &before {
            for i in 0..now.len() {
                let label = |v: f64| {
                    if at_integers[i] {
                        v.floor()
                    } else {
                        v.signum()
                    }
                };
                let differ = label(now[i]) != label(old[i])
                    && now[i].is_finite()
                    && old[i].is_finite()
                    && (now[i] != 0.0 || old[i] != 0.0 || at_integers[i]);
                if !differ || found.len() >= MOST {
                    continue;
                }
                let (mut a, mut b, start) = (*x0, x, label(old[i]));
                for _ in 0..200 {
                    let middle = 0.5 * (a + b);
                    if middle <= a || middle >= b {
                        break;
                    }
                    if label(look(middle, Some(i))[0]) == start {
                        a = middle;
                    } else {
                        b = middle;
                    }
                }
                found.push(0.5 * (a + b));
            }
        }
        before = Some((x, now));
    }
    found
}

/// Points all over a range, dense around the usual sizes.
pub(super) fn grid(lower: f64, upper: f64) -> Vec<f64> {
    let distances = (-24..=24).map(|k| 10_f64.powf(f64::from(k) / 4.0));
    let mut points: Vec<f64> = match (lower.is_finite(), upper.is_finite()) {
        (true, true) => (1..128)
            .map(|k| lower + (upper - lower) * f64::from(k) / 128.0)
            .chain((2..12).flat_map(|k| {
                let d = (upper - lower) * 10_f64.powi(-k);
                [lower + d, upper - d]
            }))
            .collect(),
        (true, false) => distances.map(|d| lower + d).collect(),
        (false, true) => distances.map(|d| upper - d).collect(),
        (false, false) => distances
            .flat_map(|d| [d, -d])
            .chain((-40..=40).map(|k| f64::from(k) * 0.25 + 0.0625))
            .collect(),
    };
    points.sort_by(f64::total_cmp);
    points
}
