//! Models over rows whose number is a symbol, against informations that were added row by row elsewhere (`reference/rows.py`).

use bartlett::report::{Closure, Report};
use bartlett::{Expr, Model, Symbol, derive};
use std::time::{Duration, Instant};

fn derived(text: &str) -> Report {
    let model = Model::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    derive(&model)
}

fn texts(rows: &[Vec<Expr>]) -> Vec<Vec<String>> {
    rows.iter()
        .map(|row| row.iter().map(Expr::text).collect())
        .collect()
}

type Point = Vec<(Symbol, f64)>;

fn values(rows: &[Vec<Expr>], at: &Point) -> Vec<Vec<f64>> {
    rows.iter()
        .map(|row| row.iter().map(|e| e.value_at(at)).collect())
        .collect()
}

#[test]
fn sums_over_rows_are_those_of_the_reference() {
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("reference/rows.json")).expect("a list");
    let mut last: Option<(String, Report)> = None;
    assert!(cases.len() > 30);
    for case in &cases {
        let text = case["model"].as_str().expect("a model");
        if last.as_ref().is_none_or(|(other, _)| other != text) {
            last = Some((text.to_owned(), derived(text)));
        }
        let (_, report) = last.as_ref().expect("it was derived");
        let fisher = report
            .fisher
            .as_ref()
            .unwrap_or_else(|| panic!("{text}: {report:?}"));
        assert_eq!(fisher.status, Closure::Closed, "{text}");
        assert!(
            report.checks.iter().all(|check| check.ok),
            "{text}: {:?}",
            report.checks
        );
        let parameters: Vec<&str> = report.model.parameters.iter().map(Symbol::name).collect();
        assert_eq!(serde_json::json!(parameters), case["parameters"], "{text}");
        let mut at = Point::new();
        for (name, value) in case["at"].as_object().expect("a point") {
            at.push((Symbol::new(name), value.as_f64().expect("a number")));
        }
        for (name, list) in case["lists"].as_object().expect("lists") {
            for (k, value) in list.as_array().expect("a list").iter().enumerate() {
                let entry = Symbol::new(&format!("{name}[{}]", k + 1));
                at.push((entry, value.as_f64().expect("a number")));
            }
        }
        let found = values(&fisher.matrix, &at);
        let expected: Vec<Vec<f64>> =
            serde_json::from_value(case["fisher"].clone()).expect("a matrix");
        for (i, row) in expected.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                let scale = (expected[i][i] * expected[j][j]).sqrt();
                assert!(
                    (found[i][j] - value).abs() < 2e-7 * scale,
                    "{text}: entry {i} {j} at {at:?} is {}, not {value}",
                    found[i][j]
                );
            }
        }
        // The bound is the inverse, with the sums as they stand.
        if let Some(crb) = &report.crb
            && at.iter().any(|(name, n)| name.name() == "n" && *n > 4.0)
        {
            let bound = values(&crb.matrix, &at);
            let columns: Vec<Vec<f64>> = (0..found.len())
                .map(|j| bound.iter().map(|row| row[j]).collect())
                .collect();
            for (i, row) in found.iter().enumerate() {
                for (j, column) in columns.iter().enumerate() {
                    let terms = || row.iter().zip(column).map(|(a, b)| a * b);
                    let (product, size) =
                        (terms().sum::<f64>(), terms().map(f64::abs).sum::<f64>());
                    let expected = f64::from(u8::from(i == j));
                    assert!(
                        (product - expected).abs() < 1e-8 * (1.0 + size),
                        "{text}: {i} {j} {product}"
                    );
                }
            }
        }
    }
}

#[test]
fn linear_regression_reads_as_in_a_textbook() {
    let report = derived("known n, t; for i in 1..n: y[i] ~ Normal(a + b*t[i], s)");
    let fisher = report.fisher.expect("it has an information");
    assert_eq!(
        texts(&fisher.matrix),
        [
            ["n/s^2", "sum(i, 1, n, t[i])/s^2", "0"],
            ["sum(i, 1, n, t[i])/s^2", "sum(i, 1, n, t[i]^2)/s^2", "0"],
            ["0", "0", "2*n/s^2"],
        ]
    );
    let sum = &fisher.matrix[0][1];
    assert_eq!(sum.latex(), r"\frac{1}{s^{2}} \sum_{i=1}^{n} t_{i}");
    assert_eq!(sum.sympy(), "Sum(Indexed('t', i), (i, 1, n))/s**2");
    let parsed = bartlett_expr::parse(&sum.text()).expect("its text parses back");
    assert_eq!(parsed, *sum);
    assert_eq!(
        report.score[0].text(),
        "sum(i, 1, n, y[i] - a - b*t[i])/s^2"
    );
    let trend = derived("known n; for i in 1..n: y[i] ~ Normal(a + b*i, s)");
    let fisher = trend.fisher.expect("it has an information");
    assert_eq!(
        texts(&fisher.matrix)[1],
        ["n*(n + 1)/(2*s^2)", "n*(2*n + 1)*(n + 1)/(6*s^2)", "0"]
    );
}

#[test]
fn the_cost_does_not_depend_on_the_number_of_rows() {
    let begin = Instant::now();
    let symbolic = derived("known n; for i in 1..n: y[i] ~ Poisson(exp(a + b*i))");
    let alone = begin.elapsed();
    let many =
        Model::parse("for i in 1..1000000: y[i] ~ Poisson(exp(a + b*i))").expect("it is read");
    assert_eq!(many.observations.len(), 1);
    assert!(alone < Duration::from_secs(5), "{alone:?}");
    assert!(
        symbolic
            .fisher
            .is_some_and(|fisher| fisher.status == Closure::Closed)
    );
}

#[test]
fn what_is_identified_is_named() {
    for (text, rank, identified) in [
        (
            "y ~ Normal(a*b*t, s); known t",
            "2 of 3",
            "only a*b, s are identified",
        ),
        (
            "y ~ Normal(a + b*t, s); known t",
            "2 of 3",
            "only a + b*t, s are identified",
        ),
        (
            "x ~ Exponential(a^2*b)",
            "1 of 2",
            "only a^2*b is identified",
        ),
        (
            "known n, t; for i in 1..n: y[i] ~ Poisson(a*b*exp(c*t[i]))",
            "2 of 3",
            "only a*b, c are identified",
        ),
        (
            "known n, t; a > 0; for i in 1..n: y[i] ~ Normal(a*exp(c + b*t[i]), s)",
            "3 of 4",
            "only a*exp(c), b, s are identified",
        ),
        (
            "known n; for i in 1..n: y[i] ~ Poisson(a*b*c)",
            "1 of 3",
            "only a*b*c is identified",
        ),
        (
            "known X; r ~ Normal(A*exp(-(X-tau)^2/2), s)",
            "2 of 3",
            "only A*exp(tau*X - tau^2/2), s are identified",
        ),
        (
            "known n; for i in 1..n: y[i] ~ Normal(a + b*0, s)",
            "2 of 3",
            "only a, s are identified",
        ),
    ] {
        let report = derived(text);
        assert!(report.crb.is_none(), "{text}");
        let findings = report.regularity.findings.join("; ");
        assert!(
            findings.contains(&format!("rank {rank}")),
            "{text}: {findings}"
        );
        assert!(findings.contains(identified), "{text}: {findings}");
    }
}

#[test]
fn degenerate_points_are_named() {
    for (text, where_) in [
        (
            "known n; for i in 0..n-1: y[i] ~ Normal(A*cos(w*i), s)",
            "sin(w) = 0",
        ),
        (
            "known n; for i in 1..n: y[i] ~ Normal(A*exp(-k*i), s)",
            "2*k = 0",
        ),
        (
            "known n; for i in 1..n: y[i] ~ Poisson(a*q^i); a, q > 0",
            "q - 1 = 0",
        ),
    ] {
        let findings = derived(text).regularity.findings.join("; ");
        assert!(findings.contains(where_), "{text}: {findings}");
    }
}
