//! Directed rewriting rules, as rows, and the one engine that applies the recurrences.
//! In: expressions. Out: equal expressions in fewer distinct calls. Never: a rule outside the rows.

mod shifts;

pub use shifts::{SHIFTS, Shift};

use crate::expr::{Expr, Kind};
use crate::parse::formula;
use crate::traverse::topological;
use crate::{Number, Symbol};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The largest distance over which arguments are moved.
const REACH: i64 = 40;

/// An argument as rest + constant.
fn split_constant(argument: &Expr) -> (Expr, Number) {
    match argument.kind() {
        Kind::Add(constant, _) => (argument - &Expr::number(constant.clone()), constant.clone()),
        Kind::Number(n) => (Expr::zero(), n.clone()),
        _ => (argument.clone(), Number::ZERO),
    }
}

/// Moves calls whose arguments differ by integers to common arguments, by the recurrences of the rows.
#[must_use]
pub fn join_shifts(expressions: &[Expr]) -> Vec<Expr> {
    type Group = (&'static str, Vec<Expr>, Expr, Number);
    let mut groups: BTreeMap<Group, Vec<(Number, Expr)>> = BTreeMap::new();
    for node in topological(expressions) {
        let Kind::Call(function, arguments) = node.kind() else {
            continue;
        };
        for shift in SHIFTS
            .iter()
            .filter(|s| s.function == function.name() && s.arguments.len() == arguments.len())
        {
            let (rest, constant) = split_constant(&arguments[shift.moving]);
            if rest.is_zero() && !shift.three_terms {
                continue;
            }
            let class = &constant - &constant.floor();
            let others: Vec<Expr> = arguments
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != shift.moving)
                .map(|(_, a)| a.clone())
                .collect();
            groups
                .entry((shift.function, others, rest, class))
                .or_default()
                .push((constant, node.clone()));
        }
    }
    let mut images: FxHashMap<Expr, Expr> = FxHashMap::default();
    for ((function, others, rest, class), mut members) in groups {
        members.sort_by(|a, b| a.0.cmp(&b.0));
        members.dedup_by(|a, b| a.1 == b.1);
        let Some(shift) = SHIFTS.iter().find(|s| s.function == function) else {
            continue;
        };
        let kept = if shift.three_terms { 2 } else { 1 };
        if members.len() <= kept && !rest.is_zero() {
            continue;
        }
        let lowest = members[0].0.clone();
        let highest = members[members.len() - 1].0.clone();
        // Near zero is where a textbook writes it: ψ(α), not ψ(α + 2); but Γ(2 − x) is not moved to Γ(−x).
        let home = if crate::functions::leads_with_minus(&rest) {
            &class + &Number::ONE
        } else {
            class
        };
        let base = if home >= lowest && home <= highest {
            home
        } else if home > highest {
            highest
        } else {
            lowest
        };
        let Some(span) = (&members[members.len() - 1].0 - &members[0].0).to_i64() else {
            continue;
        };
        if span > REACH {
            continue;
        }
        let names: Vec<Symbol> = shift.arguments.iter().map(|a| Symbol::new(a)).collect();
        let assemble = |moving: Expr| -> Vec<Expr> {
            let mut list = others.clone();
            list.insert(shift.moving, moving);
            list
        };
        let at = |constant: &Number| {
            Expr::function(function, assemble(&rest + Expr::number(constant.clone())))
        };
        for (constant, call) in &members {
            let image = moved(shift, &names, &assemble, &at, &rest, constant, &base);
            if let Some(image) = image.filter(|image| image != call) {
                images.insert(call.clone(), image);
            }
        }
    }
    if images.is_empty() {
        return expressions.to_vec();
    }
    expressions
        .iter()
        .map(|e| e.map(&mut |node| images.get(&node).cloned().unwrap_or(node)))
        .collect()
}

/// The call at rest + constant in terms of calls at rest + base (and rest + base + 1 where the recurrence has three terms).
fn moved(
    shift: &Shift,
    names: &[Symbol],
    assemble: &dyn Fn(Expr) -> Vec<Expr>,
    at: &dyn Fn(&Number) -> Expr,
    rest: &Expr,
    constant: &Number,
    base: &Number,
) -> Option<Expr> {
    let steps = (constant - base).to_i64()?;
    let rule = formula(shift.raised);
    let instance = |moving: &Number| -> Expr {
        let arguments = assemble(rest + Expr::number(moving.clone()));
        rule.substitute(
            &names
                .iter()
                .map(|n| Expr::symbol(n.name()))
                .zip(arguments)
                .collect(),
        )
    };
    let one = Number::ONE;
    if shift.three_terms {
        // f(k + 1) = A f(k − 1) + B f(k), run in either direction on symbolic placeholders.
        let (low, high) = (Expr::symbol("#low"), Expr::symbol("#high"));
        let coefficients = |k: &Number| -> (Expr, Expr) {
            let formula = instance(k);
            let (below, here) = (at(&(k - &one)), at(k));
            let marked = formula.substitute(&FxHashMap::from_iter([
                (below, low.clone()),
                (here, high.clone()),
            ]));
            let unit = |a: i64, b: i64| {
                marked.substitute(&FxHashMap::from_iter([
                    (low.clone(), Expr::integer(a)),
                    (high.clone(), Expr::integer(b)),
                ]))
            };
            (unit(1, 0), unit(0, 1))
        };
        let (mut first, mut second) = (at(base), at(&(base + &one)));
        if steps >= 0 {
            for k in 0..steps {
                let (a, b) = coefficients(&(base + &Number::integer(k + 1)));
                let next = a * &first + b * &second;
                (first, second) = (second, next);
            }
            return Some(first);
        }
        for k in 0..-steps {
            let (a, b) = coefficients(&(base - &Number::integer(k)));
            let below = (&second - b * &first) / a;
            (first, second) = (below, first);
        }
        return Some(first);
    }
    let here = |k: &Number| at(k);
    let mut image = at(base);
    if steps >= 0 {
        for k in 0..steps {
            let k = base + &Number::integer(k);
            image = instance(&k).substitute(&FxHashMap::from_iter([(here(&k), image)]));
        }
        return Some(image);
    }
    for k in 0..-steps {
        // f(k + 1) = A f(k) + B, solved for f(k).
        let k = base - &Number::integer(k + 1);
        let mark = Expr::symbol("#call");
        let formula = instance(&k).substitute(&FxHashMap::from_iter([(here(&k), mark.clone())]));
        let offset = formula.replace(&Symbol::new("#call"), &Expr::zero());
        let slope = formula.replace(&Symbol::new("#call"), &Expr::one()) - &offset;
        image = (image - offset) / slope;
    }
    Some(image)
}
