//! Sweep: defined functions against routines written apart from their definitions.
//! In: `FUNCTIONS`. Out: what is wrong. Never: a definition without a second opinion.

use crate::{close, report, shown};
use bartlett_expr::Expr;
use bartlett_expr::functions::{FUNCTIONS, Function, Meaning, Value};
use bartlett_special as special;
use bartlett_tests::random::Random;
use bartlett_tests::region::Region;

const SEED: u64 = 0x5EED_0002;
const POINTS: usize = 30;

/// The same functions from the standard library and the numeric crate.
static ROUTINES: &[(&str, Value)] = &[
    ("exp", Value::One(f64::exp)),
    ("sqrt", Value::One(f64::sqrt)),
    ("log1p", Value::One(f64::ln_1p)),
    ("expm1", Value::One(f64::exp_m1)),
    ("logistic", Value::One(special::logistic)),
    ("logit", Value::One(special::logit)),
    ("softplus", Value::One(special::softplus)),
    ("sinh", Value::One(f64::sinh)),
    ("cosh", Value::One(f64::cosh)),
    ("tanh", Value::One(f64::tanh)),
    ("sech", Value::One(|x| x.cosh().recip())),
    ("csch", Value::One(|x| x.sinh().recip())),
    ("coth", Value::One(|x| x.tanh().recip())),
    ("asinh", Value::One(f64::asinh)),
    ("acosh", Value::One(f64::acosh)),
    ("atanh", Value::One(f64::atanh)),
    ("digamma", Value::One(special::digamma)),
    ("trigamma", Value::One(special::trigamma)),
    ("factorial", Value::One(special::factorial)),
    ("lfactorial", Value::One(|n| special::lgamma(n + 1.0))),
    ("beta", Value::Two(special::beta)),
    ("lbeta", Value::Two(special::lbeta)),
    ("choose", Value::Two(special::choose)),
    ("lchoose", Value::Two(special::log_choose)),
    // γ(a, x) by the regularized routine and log Γ.
    (
        "lgammainc",
        Value::Two(|a, x| special::gammainc_lower_regularized(a, x).ln() + special::lgamma(a)),
    ),
    ("phi", Value::One(special::normal_density)),
    ("erf", Value::One(special::erf)),
    ("erfc", Value::One(special::erfc)),
    ("zeta", Value::One(special::zeta)),
];

fn faults(row: &'static Function) -> Vec<String> {
    let Some((_, routine)) = ROUTINES.iter().find(|(name, _)| *name == row.name) else {
        return vec![format!("{}: no routine to compare with", row.name)];
    };
    let mut random = Random::named(SEED, row.name);
    let points = Region::new(row.arguments, row.domain).points(POINTS, &mut random);
    let mut wrong = Vec::new();
    if points.len() < POINTS / 2 {
        wrong.push(format!("{}: {} points sampled", row.name, points.len()));
    }
    let call = Expr::function(row.name, row.arguments.iter().map(|a| Expr::symbol(a)));
    for point in &points {
        let place: Vec<f64> = point.iter().map(|(_, x)| *x).collect();
        let (defined, direct) = (call.value_at(point), routine.apply(&place));
        if !(direct.is_finite() && close(defined, direct, 1e-11, 1e-3)) {
            wrong.push(format!(
                "{}: {defined} by the definition, {direct} by the routine at {}",
                row.name,
                shown(point)
            ));
        }
    }
    wrong
}

#[test]
fn every_definition_has_the_value_of_a_routine() {
    let rows: Vec<&'static Function> = FUNCTIONS
        .iter()
        .copied()
        .flatten()
        .filter(|row| matches!(row.meaning, Meaning::Defined(_)))
        .collect();
    assert!(rows.len() >= 20, "{} defined functions", rows.len());
    let wrong: Vec<String> = rows.into_iter().flat_map(faults).collect();
    report("definitions", &wrong);
}
