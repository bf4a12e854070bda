//! Sweep: what a call folds to at construction, against the numeric routine of the same function.
//! In: `FUNCTIONS`. Out: what is wrong. Never: a folding row without a folded call.

use crate::{close, report};
use bartlett_expr::functions::{FUNCTIONS, Function, FunctionRef, Meaning, Value};
use bartlett_expr::{Constant, Expr, Symbol, formula};

/// Arguments to try: exact values, and shapes with a symbol in them.
fn candidates() -> Vec<Expr> {
    let mut list: Vec<Expr> = Vec::new();
    for denominator in 1..=4 {
        for numerator in -20..=28 {
            list.push(Expr::ratio(numerator, denominator));
        }
    }
    list.extend((-5..=9).map(|k| Expr::pi() * Expr::ratio(k, 2)));
    let shapes = [
        "-t", "2*t", "-3*t", "e^t", "gamma(t)", "abs(t)", "sign(t)", "1 - t", "t - 1", "-t/2", "e",
        "pi", "2*log(t)",
    ];
    list.extend(shapes.map(formula));
    list.push(Expr::integer(360));
    list.push(Expr::ratio(1000, 7));
    list.push(Expr::integer(30));
    list.dedup();
    list
}

/// Fewer candidates where there are two arguments.
fn tuples(arguments: usize) -> Vec<Vec<Expr>> {
    let all = candidates();
    if arguments == 1 {
        return all.into_iter().map(|e| vec![e]).collect();
    }
    let firsts: Vec<Expr> = (-4..=21)
        .map(Expr::integer)
        .chain([
            Expr::ratio(1, 2),
            Expr::ratio(-3, 2),
            formula("-t"),
            formula("t"),
        ])
        .collect();
    firsts
        .iter()
        .flat_map(|first| all.iter().map(move |e| vec![first.clone(), e.clone()]))
        .collect()
}

fn faults(row: &'static Function, value: Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut folded = 0;
    let Some(function) = FunctionRef::find(row.name, row.arguments.len()) else {
        return vec![format!("{}: not found by its name", row.name)];
    };
    for arguments in tuples(row.arguments.len()) {
        if arguments.iter().any(|e| e.is_constant(Constant::Undefined)) {
            continue;
        }
        let call = Expr::call(function, arguments.iter().cloned());
        if call
            .as_call()
            .is_some_and(|(f, list)| f == function && list == arguments)
        {
            continue;
        }
        for t in [0.37, 2.6] {
            let point = [(Symbol::new("t"), t)];
            let place: Vec<f64> = arguments.iter().map(|e| e.value_at(&point)).collect();
            let direct = value.apply(&place);
            let exact = call.value_at(&point);
            // A pole or a place outside the routine's reach says nothing, unless the fold claims a number at a pole.
            if direct.is_finite() && exact.is_finite() {
                folded += 1;
            }
            // An exact sum may cancel when it is evaluated: ψ⁽¹⁾(30) = π²/6 − 1 − 1/4 − …
            let largest = |m: f64, e: &Expr| m.max(e.value_at(&point).abs());
            let terms = call.summands().iter().fold(0.0, largest) * 1e-3;
            let scale = place.iter().fold(terms, |m, x| m.max(x.abs() * 1e-3));
            let fits = if direct.is_finite() {
                close(exact, direct, 1e-10, scale.max(1e-12))
            } else {
                direct.is_nan() || !exact.is_finite()
            };
            if !fits {
                wrong.push(format!(
                    "{}({place:?}): {exact} by the fold {call:?}, {direct} by the routine",
                    row.name
                ));
            }
        }
    }
    if folded == 0 {
        wrong.push(format!("{}: no call was folded", row.name));
    }
    wrong
}

#[test]
fn every_folded_call_has_the_value_of_the_routine() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in FUNCTIONS.iter().copied().flatten() {
        if let Meaning::Primitive {
            value,
            folds: Some(_),
            ..
        } = row.meaning
        {
            rows += 1;
            wrong.extend(faults(row, value));
        }
    }
    assert!(rows >= 12, "{rows} folding rows");
    report("folds", &wrong);
}
