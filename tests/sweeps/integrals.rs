//! Sweep: every definite integral of the tables against quadrature.
//! In: `INTEGRALS`. Out: what is wrong. Never: a row that was sampled nowhere.

use crate::{close, report, shown};
use bartlett_expr::evaluate::{Tape, Workspace};
use bartlett_expr::{Symbol, formula};
use bartlett_laws::{INTEGRALS, Integral};
use bartlett_special as special;
use bartlett_tests::parallel::each;
use bartlett_tests::random::Random;
use bartlett_tests::region::Region;

const SEED: u64 = 0x5EED_0007;
const POINTS: usize = 5;

fn numeric(row: &Integral, point: &[(Symbol, f64)]) -> Option<f64> {
    let variables: Vec<Symbol> = std::iter::once(Symbol::new("y"))
        .chain(point.iter().map(|(s, _)| s.clone()))
        .collect();
    let tape = Tape::new(&[formula(row.integrand)], &variables);
    let place: Vec<f64> = point.iter().map(|(_, v)| *v).collect();
    let (low, high) = (
        formula(row.over.lower).value_at(point),
        formula(row.over.upper).value_at(point),
    );
    let mut work = Workspace::default();
    let mut integrand = |x: f64, out: &mut [f64]| {
        let all: Vec<f64> = std::iter::once(x).chain(place.iter().copied()).collect();
        tape.evaluate(&all, &mut work, out);
        // y^2 overflows where e^(-y) has long been 0.
        if !out[0].is_finite() {
            out[0] = 0.0;
        }
    };
    let breakpoints: Vec<f64> = [-10.0, -1.0, 0.0, 1.0, 10.0]
        .into_iter()
        .filter(|b| low < *b && *b < high)
        .collect();
    let found = special::integrate_twice(
        &mut |at, out| integrand(at.x, out),
        1,
        low,
        high,
        &breakpoints,
        &special::IntegrateOptions::default(),
    );
    found.converged.then(|| found.values[0])
}

fn faults(row: &&'static Integral) -> Vec<String> {
    let names: Vec<&str> = row.constants.iter().map(|c| c.name).collect();
    let mut region = Region::above(&names, row.positive, 0.1);
    for name in &names {
        region.add(&format!("{name} != 0"));
        region.add(&format!("{name} != 1"));
    }
    let value = formula(row.value);
    let mut wrong = Vec::new();
    let mut judged = 0;
    for point in region.points(POINTS, &mut Random::named(SEED, row.name)) {
        let Some(number) = numeric(row, &point) else {
            wrong.push(format!("{}: no number at {}", row.name, shown(&point)));
            continue;
        };
        judged += 1;
        let by_row = value.value_at(&point);
        if !close(by_row, number, 1e-9, 1e-3) {
            wrong.push(format!(
                "{}: {by_row} by the row, {number} by number at {}",
                row.name,
                shown(&point)
            ));
        }
    }
    if judged < 3 {
        wrong.push(format!("{}: judged at {judged} points", row.name));
    }
    if row.source.is_empty() {
        wrong.push(format!("{}: no source", row.name));
    }
    wrong
}

#[test]
fn every_definite_integral_agrees_with_quadrature() {
    let rows: Vec<&'static Integral> = INTEGRALS.iter().copied().flatten().collect();
    assert!(rows.len() >= 15, "{} integrals", rows.len());
    let wrong: Vec<String> = each(&rows, faults).into_iter().flatten().collect();
    report("integrals", &wrong);
}
