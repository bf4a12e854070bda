//! Near the edge of existence: a number that is called sure belongs to an integral that exists, and is right within its error.

use crate::model::{at, model};
use bartlett::check::{Status, expectations};
use bartlett_expr::{Expr, Symbol, formula};

const POSITIVE: &str = "(0, inf)";

/// A density in x with a parameter `a`, a function whose mean exists just where a > `edge`, and that mean.
struct Row {
    log_density: &'static str,
    support: &'static str,
    function: &'static str,
    edge: f64,
    mean: &'static str,
}

const ROWS: &[Row] = &[
    Row {
        log_density: "(a - 1)*log(x) - x - lgamma(a)",
        support: POSITIVE,
        function: "1/x^2",
        edge: 2.0,
        mean: "1/((a - 1)*(a - 2))",
    },
    Row {
        log_density: "(a - 1)*log(x) - x - lgamma(a)",
        support: POSITIVE,
        function: "(3/x - 2)^2",
        edge: 2.0,
        mean: "9/((a - 1)*(a - 2)) - 12/(a - 1) + 4",
    },
    Row {
        log_density: "log(a) + (a - 1)*log(1 - x)",
        support: "(0, 1)",
        function: "1/(1 - x)",
        edge: 1.0,
        mean: "a/(a - 1)",
    },
    Row {
        log_density: "log(a) - (a + 1)*log(x)",
        support: "(1, inf)",
        function: "x",
        edge: 1.0,
        mean: "a/(a - 1)",
    },
    Row {
        log_density: "log(a) - (a + 1)*log(x)",
        support: "(1, inf)",
        function: "x^2 + x",
        edge: 2.0,
        mean: "a/(a - 2) + a/(a - 1)",
    },
    Row {
        log_density: "lgamma((a + 1)/2) - lgamma(a/2) - log(a*pi)/2 - (a + 1)/2*log(1 + x^2/a)",
        support: "real",
        function: "x^2",
        edge: 2.0,
        mean: "a/(a - 2)",
    },
    Row {
        log_density: "log(a) + (a - 1)*log(x) - x^a",
        support: POSITIVE,
        function: "1/x",
        edge: 1.0,
        mean: "gamma(1 - 1/a)",
    },
    Row {
        log_density: "-(a + 1)*log(x) - log(zeta(a + 1))",
        support: "{1, inf}",
        function: "x",
        edge: 1.0,
        mean: "zeta(a)/zeta(a + 1)",
    },
    Row {
        log_density: "log(a) - log(2) - (a + 1)*log(1 + abs(x))",
        support: "real",
        function: "abs(x)",
        edge: 1.0,
        mean: "1/(a - 1)",
    },
];

#[test]
fn nothing_sure_next_to_the_edge_of_existence() {
    let steps = [
        -0.5, -0.1, -0.03, -0.01, -1e-3, -1e-5, 0.0, 1e-5, 1e-3, 0.01, 0.03, 0.06, 0.1, 0.3, 1.0,
    ];
    let mut wrong = Vec::new();
    for row in ROWS {
        let model = model(row.log_density, &[("x", row.support)], &[("a", POSITIVE)]);
        let mut sure = 0;
        for step in steps {
            let a = row.edge + step;
            let point: Vec<(Symbol, f64)> = at(&[("a", a)]);
            let found = expectations(
                &model.observations[0].density,
                &model.facts,
                &[formula(row.function)],
                &point,
            );
            let value = found.values[0];
            let exact = exact(&formula(row.mean), &point);
            if value.status == Status::Converged {
                sure += usize::from(step > 0.0);
                if step <= 0.0 || (value.value - exact).abs() > 10.0 * value.error + 1e-9 * exact {
                    wrong.push(format!(
                        "{} a = {a}: {value:?}, not {exact}",
                        row.log_density
                    ));
                }
            }
            // nearer to the edge, a power is taken for the one at the edge
            if value.status == Status::Diverges && step > 2e-3 {
                wrong.push(format!(
                    "{} a = {a}: {value:?}, but it is {exact}",
                    row.log_density
                ));
            }
        }
        // far enough from the edge a number is to be had
        if sure < 2 {
            wrong.push(format!("{}: sure at {sure} points only", row.log_density));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn exact(mean: &Expr, point: &[(Symbol, f64)]) -> f64 {
    mean.value_at(point)
}

#[test]
fn a_jump_of_the_function_is_found() {
    let m = model("-a*x", &[("x", "(0, 2*pi)")], &[("a", POSITIVE)]);
    let end = 2.0 * std::f64::consts::PI;
    for a in [0.4578_f64, 1.3] {
        for cut in [0.5, 1.0, 2.0, 3.0, 5.0, 6.25] {
            let functions = [
                formula(&format!("if(x <= {cut}, 1, 0)")),
                formula(&format!("abs(x - {cut})")),
                formula(&format!("max(x, {cut})")),
            ];
            let found = expectations(
                &m.observations[0].density,
                &m.facts,
                &functions,
                &at(&[("a", a)]),
            );
            let mass = 1.0 - (-a * end).exp();
            let wanted = (1.0 - (-a * cut).exp()) / mass;
            let value = found.values[0];
            assert!(
                value.is_sure() && (value.value - wanted).abs() < 1e-10,
                "{a} {cut}: {value:?}, not {wanted}"
            );
            // max(x, c) = x + (c - x)₊ and |x - c| = 2 max(x, c) - x - c
            let mean = 1.0 / a - end * (-a * end).exp() / mass;
            let (size, largest) = (found.values[1], found.values[2]);
            assert!(size.is_sure() && largest.is_sure());
            assert!(
                (size.value - (2.0 * largest.value - mean - cut)).abs() < 1e-10,
                "{a} {cut}: {size:?} {largest:?}"
            );
        }
    }
}
