//! The influence of rows and of their numbers, against real refits.

use crate::fit::{fitted, number, temporary};
use crate::run::{project, with_input};
use bartlett_expr::{Symbol, formula};
use serde_json::Value;
use std::fmt::Write as _;

/// What `--influence` wrote: a row of numbers for each row of the data.
pub struct Influences {
    pub header: Vec<String>,
    pub rows: Vec<Vec<f64>>,
}

impl Influences {
    /// The place of a column.
    pub fn column(&self, name: &str) -> usize {
        let place = self.header.iter().position(|h| h == name);
        place.unwrap_or_else(|| panic!("no column {name} in {:?}", self.header))
    }
}

/// A fit on data with the influence of each row; `out` names the file, which is gone afterwards.
pub fn fitted_with_influence(
    model: &str,
    data: &str,
    out: &str,
    more: &[&str],
) -> (Value, Influences) {
    let out = temporary(out);
    let path = out.to_string_lossy();
    let mut arguments = vec!["fit", model, "--data", "-", "--format", "json"];
    arguments.extend(["--influence", &path]);
    arguments.extend(more);
    let fit = fitted(&with_input(&arguments, data.as_bytes()));
    let table = std::fs::read_to_string(&out).expect("it was written");
    std::fs::remove_file(&out).expect("it is ours");
    let mut lines = table.lines().map(|line| line.split(','));
    let header = lines.next().expect("a header").map(str::to_owned).collect();
    let numbers = lines.map(|line| line.map(|x| x.parse().expect("a number")).collect());
    let rows = numbers.collect();
    (fit, Influences { header, rows })
}

#[test]
fn influence_agrees_with_refits() {
    let data =
        std::fs::read_to_string(project().join("tests/data/spector.csv")).expect("it is there");
    let model = "GRADE ~ Bernoulli(logistic(b0 + b1*GPA + b2*TUCE + b3*PSI)); known GPA, TUCE, PSI";
    let watched = ["--test-row", "GRADE=1,GPA=3,TUCE=20,PSI=1"];
    let (full, influences) = fitted_with_influence(model, &data, "influence.csv", &watched);
    let rows = &influences.rows;
    assert_eq!(rows.len(), 32);
    let column = |name: &str| influences.column(name);
    let names = ["b0", "b1", "b2", "b3"];
    let eta = |fit: &Value| {
        let b: Vec<f64> = names.iter().map(|n| number(&fit["estimates"][n])).collect();
        b[0] + 3.0 * b[1] + 20.0 * b[2] + b[3]
    };
    let loss = |fit: &Value| (1.0 + (-eta(fit)).exp()).ln();
    let all: Vec<&str> = data.lines().collect();
    let (mut agreeing, mut product) = (0, 0.0);
    for (row, values) in rows.iter().enumerate() {
        let rest: Vec<&str> = all
            .iter()
            .enumerate()
            .filter(|(i, _)| *i != row + 1)
            .map(|(_, l)| *l)
            .collect();
        let left = fitted(&with_input(
            &["fit", model, "--data", "-", "--format", "json"],
            rest.join("\n").as_bytes(),
        ));
        for name in names {
            let change = number(&left["estimates"][name]) - number(&full["estimates"][name]);
            let guess = values[column(&format!("left_out_{name}"))];
            let error = number(&full["standard_errors"]["observed"][name]);
            // one Newton step: its error is of second order, as the distance is
            let allowed = error * (0.05 + 0.5 * values[column("distance")]);
            assert!(
                (guess - change).abs() < allowed,
                "row {row} {name}: {guess} where a refit gives {change}"
            );
            agreeing += usize::from((guess - change).abs() < 0.05 * error);
        }
        let (change, guess) = (loss(&left) - loss(&full), -values[column("loss")]);
        product += f64::from(u8::from(change * guess > 0.0));
    }
    assert!(agreeing > 100, "{agreeing} of 128 changes are close");
    assert!(
        product > 29.0,
        "the loss moves the way it should in {product} of 32 rows"
    );
    // the influences of all rows add up to nothing at the maximum
    for name in names {
        let at = column(&format!("influence_{name}"));
        let sum: f64 = rows.iter().map(|row| row[at]).sum();
        assert!(sum.abs() < 1e-6, "{name}: {sum}");
    }
}

#[test]
fn changes_of_inputs_agree_with_refits() {
    let rows: Vec<[f64; 3]> = (0..40)
        .map(|i| {
            let x = f64::from((i * 37) % 41) / 10.0 - 2.0;
            let z = f64::from((i * 11) % 17) / 8.0 - 1.0;
            let y = (0.4 + 0.5 * x - 0.3 * z).exp() * (0.5 + f64::from((i * 29) % 23) / 15.0);
            [y, x, z]
        })
        .collect();
    let csv = |rows: &[[f64; 3]]| {
        rows.iter()
            .fold(String::from("y,x,z\n"), |mut text, [y, x, z]| {
                let _ = writeln!(text, "{y},{x},{z}");
                text
            })
    };
    // a mean that is linear in x, one that is not, and an observation
    for (model, names, loss) in [
        (
            "y ~ Gamma(k, k*exp(-(a + b*x + c*z))); known x, z",
            &["a", "b", "c", "k"][..],
            "lgamma(k) - k*log(k*exp(-(a + b*x + c*z))) - (k - 1)*log(y) + k*exp(-(a + b*x + c*z))*y",
        ),
        (
            "y ~ Normal(a*exp(b*x + c*x^2/10) + z, s); known x, z",
            &["a", "b", "c", "s"],
            "log(s) + (y - z - a*exp(b*x + c*x^2/10))^2/(2*s^2)",
        ),
        (
            "y ~ Weibull(k, exp(a + b*x*z)); known x, z",
            &["k", "a", "b"],
            "-log(k) + k*(a + b*x*z) - (k - 1)*log(y) + (y*exp(-a - b*x*z))^k",
        ),
    ] {
        let start = "a=1;b=0.5;c=0;s=1;k=1.5";
        let start: Vec<&str> = start
            .split(';')
            .filter(|part| names.iter().any(|name| part.starts_with(name)))
            .collect();
        let start = start.join(";");
        let fit = |rows: &[[f64; 3]]| {
            let arguments = [
                "fit", model, "--data", "-", "--format", "json", "--start", &start,
            ];
            fitted(&with_input(&arguments, csv(rows).as_bytes()))
        };
        let more = [
            "--start",
            &start,
            "--inputs",
            "x,z,y",
            "--test-row",
            "y=1.5,x=0.5,z=-0.25",
        ];
        let out = format!("inputs-{}.csv", loss.len());
        let (full, influences) = fitted_with_influence(model, &csv(&rows), &out, &more);
        let loss_there = |fit: &Value| {
            let mut point: Vec<(Symbol, f64)> = (names.iter())
                .map(|name| (Symbol::new(name), number(&fit["estimates"][*name])))
                .collect();
            point.extend(
                [("y", 1.5), ("x", 0.5), ("z", -0.25)].map(|(name, x)| (Symbol::new(name), x)),
            );
            formula(loss).value_at(&point)
        };
        for row in [0, 7, 23] {
            let value = |name: &str| influences.rows[row][influences.column(name)];
            for (input, at) in [("y", 0), ("x", 1), ("z", 2)] {
                let step = 1e-3;
                let moved = |by: f64| {
                    let mut rows = rows.clone();
                    rows[row][at] += by;
                    fit(&rows)
                };
                let (up, down) = (moved(step), moved(-step));
                for name in names {
                    let change = (number(&up["estimates"][*name])
                        - number(&down["estimates"][*name]))
                        / (2.0 * step);
                    let guess = value(&format!("change_{name}_by_{input}"));
                    let error = number(&full["standard_errors"]["observed"][*name]);
                    assert!(
                        (guess - change).abs() < 1e-4 * (change.abs() + error),
                        "{model}: row {row}, {name} by {input}: {guess} where refits give {change}"
                    );
                }
                let change = (loss_there(&up) - loss_there(&down)) / (2.0 * step);
                let guess = value(&format!("loss_by_{input}"));
                assert!(
                    (guess - change).abs() < 1e-3 * (change.abs() + 0.01),
                    "{model}: row {row}, loss by {input}: {guess} where refits give {change}"
                );
            }
        }
    }
    let counts = with_input(
        &[
            "fit",
            "y ~ Poisson(exp(a)); x = 1",
            "--data",
            "-",
            "--influence",
            "none.csv",
            "--inputs",
            "y",
        ],
        b"y\n1\n2\n",
    );
    assert!(
        counts.status == 1 && counts.err.contains("separate values"),
        "{}",
        counts.err
    );
}
