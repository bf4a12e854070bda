//! Sweep: the recurrences, both sides by number.
//! In: `SHIFTS`. Out: what is wrong. Never: a row that was sampled nowhere.

use crate::{close, report, shown};
use bartlett_expr::formula;
use bartlett_expr::functions::FunctionRef;
use bartlett_expr::rewrite::{SHIFTS, Shift};
use bartlett_tests::random::Random;
use bartlett_tests::region::Region;

const SEED: u64 = 0x5EED_0003;
const POINTS: usize = 40;

fn faults(row: &Shift) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut random = Random::named(SEED, row.function);
    let mut region = Region::new(row.arguments, row.when);
    if row.function == "polygamma" {
        region.make_whole("n");
    }
    let points = region.points(POINTS, &mut random);
    if points.len() < POINTS / 2 {
        wrong.push(format!("{}: {} points sampled", row.function, points.len()));
    }
    let value = FunctionRef::find(row.function, row.arguments.len()).and_then(FunctionRef::value);
    let Some(value) = value else {
        return vec![format!("{}: no numeric routine", row.function)];
    };
    let raised = formula(row.raised);
    let terms = raised.summands();
    for point in &points {
        let mut place: Vec<f64> = point.iter().map(|(_, x)| *x).collect();
        place[row.moving] += 1.0;
        // Terms that cancel leave what their own size allows.
        let largest = terms
            .iter()
            .fold(1e-6, |m: f64, e| m.max(e.value_at(point).abs() * 1e-3));
        let (left, right) = (value.apply(&place), raised.value_at(point));
        if !(left.is_finite() && close(left, right, 1e-10, largest)) {
            wrong.push(format!(
                "{}: {left} = {right} at {}",
                row.function,
                shown(point)
            ));
        }
    }
    if row.source.is_empty() {
        wrong.push(format!("{}: no source", row.function));
    }
    wrong
}

#[test]
fn both_sides_of_every_recurrence_are_equal() {
    assert!(SHIFTS.len() >= 8);
    let wrong: Vec<String> = SHIFTS.iter().flat_map(faults).collect();
    report("recurrences", &wrong);
}
