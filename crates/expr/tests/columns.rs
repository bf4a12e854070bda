//! The evaluator over columns against the evaluator at a point.

use bartlett_expr::evaluate::{BLOCK, CompiledExpr, Input};
use bartlett_expr::{Expr, Symbol, formula};

/// Formulas in x, y (columns) and a, b (numbers); together they use every operation.
const FORMULAS: &[&str] = &[
    "x",
    "a",
    "2*x - 3*y + a - 1/7",
    "x + y + a*x + x*y - 2",
    "a*x*y*(x + 1)",
    "e^(-x^2/2)/a",
    "e^(700*x)",
    "log(x^2 + 1)",
    "log(x)",
    "log(1 + e^(a*x))",
    "log(1 + x^2*1e-9)",
    "log(1 - e^(-x^2))",
    "1 - e^(-x^2*1e-12)",
    "1 - (1 + x^2*1e-12)^(-a)",
    "1 - Phi(x)",
    "log(Phi(-5*x))",
    "x^2 + x^3 + x^(-1) + x^(-2) + x^5 + x^(-7)",
    "(x^2)^a + sqrt(x^2 + y^2) + (x^2 + 1)^(3/2)",
    "gamma(x^2 + 120)*gamma(y^2 + 200)/(gamma(x^2 + 150)*gamma(y^2 + 170))",
    "lgamma(x^2 + a) + digamma(x^2 + 1)",
    "besseli(a, x^2) + polygamma(1, x^2 + 1)",
    "if(x < y, x, y^2) + if(x > 0 and y > 0, 1, if(x < -1 or y < -1, 2, 3))",
    "if(x == y, 1, 0)*log(x)",
    "abs(x) + sign(y) + min(x, y) + max(x, a) + floor(3*x)",
    "x^2*e^(-e^(9*x))*e^(e^(9*x)/2)",
    "sum(k, 1, 4, x^k/a) + b",
    "integral(t, 0, 1, e^(-t*x^2))",
    "nobody + x",
];

fn random(count: usize, mut state: u64) -> Vec<f64> {
    (0..count)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            ((state >> 33) as f64 / (1_u64 << 31) as f64 - 0.5) * 6.0
        })
        .collect()
}

#[test]
fn columns_hold_the_values_at_points() {
    let symbols = ["x", "y", "a", "b"].map(Symbol::new);
    let formulas: Vec<Expr> = FORMULAS.iter().map(|text| formula(text)).collect();
    let compiled = CompiledExpr::new(&formulas, &symbols);
    for rows in [1, BLOCK - 1, 3 * BLOCK + 5] {
        let (x, mut y) = (random(rows, 1), random(rows, 2));
        y[0] = x[0];
        let (a, b) = (1.75, -0.5);
        let found = compiled.columns(&[
            Input::Column(&x),
            Input::Column(&y),
            Input::Number(a),
            Input::Number(b),
        ]);
        for (text, column) in FORMULAS.iter().zip(&found) {
            let e = formula(text);
            for row in (0..rows).step_by(7) {
                let point: Vec<_> = symbols
                    .iter()
                    .cloned()
                    .zip([x[row], y[row], a, b])
                    .collect();
                let (value, exact) = (column[row], e.value_at(&point));
                let same = value == exact || (value.is_nan() && exact.is_nan());
                assert!(
                    same || (value - exact).abs() <= 1e-13 * exact.abs().max(1e-3),
                    "{text} at {point:?}: {value} where it is {exact}"
                );
            }
        }
    }
}

#[test]
fn few_results_are_written_where_they_belong() {
    let symbols = ["x", "y", "a", "b"].map(Symbol::new);
    let (x, y) = (random(2 * BLOCK + 3, 5), random(2 * BLOCK + 3, 6));
    let inputs = [
        Input::Column(&x),
        Input::Column(&y),
        Input::Number(1.75),
        Input::Number(-0.5),
    ];
    // alone; twice; beside a result that reads it
    for text in FORMULAS {
        let e = formula(text);
        for formulas in [
            vec![e.clone()],
            vec![e.clone(), e.clone()],
            vec![e.clone(), Expr::function("abs", [e.clone()])],
        ] {
            let found = CompiledExpr::new(&formulas, &symbols).columns(&inputs);
            for (e, column) in formulas.iter().zip(&found) {
                for row in (0..x.len()).step_by(11) {
                    let point: Vec<_> = symbols
                        .iter()
                        .cloned()
                        .zip([x[row], y[row], 1.75, -0.5])
                        .collect();
                    let (value, exact) = (column[row], e.value_at(&point));
                    let same = value == exact || (value.is_nan() && exact.is_nan());
                    assert!(
                        same || (value - exact).abs() <= 1e-13 * exact.abs().max(1e-3),
                        "{e:?} at {point:?}: {value} where it is {exact}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_does_not_vary_is_computed_once() {
    let symbols = ["x", "a"].map(Symbol::new);
    let compiled = CompiledExpr::new(&[formula("lgamma(a)"), formula("x*lgamma(a)")], &symbols);
    let evaluation = compiled.at(&[None, Some(3.0)]);
    assert_eq!(
        evaluation.number(0),
        Some(formula("lgamma(3)").value_at(&[]))
    );
    assert_eq!(evaluation.number(1), None);
}

#[test]
fn threads_do_not_change_the_values() {
    let rows = 100_003;
    let (x, y) = (random(rows, 3), random(rows, 4));
    let compiled = CompiledExpr::new(
        &[formula("e^(-x^2) + log(1 + y^2)")],
        &["x", "y"].map(Symbol::new),
    );
    let whole = compiled.columns(&[Input::Column(&x), Input::Column(&y)]);
    let (left, right) = (rows / 3, rows - rows / 3);
    let first = compiled.columns(&[Input::Column(&x[..left]), Input::Column(&y[..left])]);
    let second = compiled.columns(&[Input::Column(&x[left..]), Input::Column(&y[left..])]);
    assert_eq!(second[0].len(), right);
    let joined: Vec<f64> = first[0].iter().chain(&second[0]).copied().collect();
    assert!(whole[0].iter().zip(&joined).all(|(a, b)| a == b));
}
