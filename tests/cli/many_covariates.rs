//! Regressions with hundreds and thousands of covariates, against what was put in and against scores computed here.

use crate::fit::{fitted, number};
use crate::influence::fitted_with_influence;
use crate::run::with_input;
use std::fmt::Write as _;

#[test]
fn many_covariates_are_fitted_without_a_matrix() {
    let (rows, covariates) = (1500, 420);
    let mut state = 1_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 24) - 0.5
    };
    let mut text = String::from("y");
    for j in 1..=covariates {
        let _ = write!(text, ",x{j}");
    }
    text.push('\n');
    for _ in 0..rows {
        let x: Vec<f64> = (0..covariates).map(|_| random()).collect();
        let mean: f64 = x
            .iter()
            .enumerate()
            .map(|(j, x)| x * ((j % 7) as f64 - 3.0))
            .sum();
        let _ = write!(text, "{}", mean + random());
        for x in x {
            let _ = write!(text, ",{x:.5}");
        }
        text.push('\n');
    }
    let model = format!(
        "y ~ Normal(a + sum(j, 1, {covariates}, b[j]*x[j]), 1); known x; b[1..{covariates}] in real"
    );
    let fit = fitted(&with_input(
        &["fit", &model, "--data", "-", "--format", "json"],
        text.as_bytes(),
    ));
    assert_eq!(fit["converged"], true);
    for j in 1..=covariates {
        let found = number(&fit["estimates"][format!("b[{j}]")]);
        let expected = ((j - 1) % 7) as f64 - 3.0;
        // standard error 0.29/√(1500·0.083) with about two thirds of the degrees of freedom
        assert!(
            (found - expected).abs() < 0.17,
            "b[{j}] is {found} where {expected} was put in"
        );
    }
}

#[test]
fn a_logistic_regression_has_two_thousand_covariates() {
    let (rows, covariates) = (6000, 2000);
    let mut state = 7_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 24)
    };
    // few covariates of a row differ from 0, so that the text stays short
    let mut text = String::from("y");
    for j in 1..=covariates {
        let _ = write!(text, ",x{j}");
    }
    text.push('\n');
    let mut data = Vec::new();
    for _ in 0..rows {
        let mut x = vec![0_i8; covariates];
        for _ in 0..12 {
            let at = (random() * covariates as f64) as usize;
            x[at] = if random() < 0.5 { 1 } else { -1 };
        }
        let eta: f64 = 0.3
            + x.iter()
                .enumerate()
                .map(|(j, x)| f64::from(*x) * ((j % 5) as f64 - 2.0) * 0.15)
                .sum::<f64>();
        let y = u8::from(random() < 1.0 / (1.0 + (-eta).exp()));
        let _ = write!(text, "{y}");
        for x in &x {
            let _ = write!(text, ",{x}");
        }
        text.push('\n');
        data.push((y, x));
    }
    let model = format!(
        "y ~ Bernoulli(logistic(b0 + sum(j, 1, {covariates}, b[j]*x[j]))); known x; b[1..{covariates}] in real"
    );
    let watched: Vec<String> = (1..=covariates)
        .map(|j| format!("x[{j}]={}", j % 2))
        .collect();
    let watched = format!("y=1,{}", watched.join(","));
    let more = ["--test-row", &watched, "--inputs", "x3"];
    let (fit, influences) = fitted_with_influence(&model, &text, "large-influence.csv", &more);
    assert_eq!(fit["converged"], true);
    // the score at the estimate, computed here
    let estimate = |name: String| number(&fit["estimates"][name]);
    let b: Vec<f64> = (1..=covariates)
        .map(|j| estimate(format!("b[{j}]")))
        .collect();
    let b0 = estimate("b0".to_owned());
    let mut score = vec![0.0; covariates + 1];
    let mut rest = Vec::new();
    for (y, x) in &data {
        let eta = b0
            + x.iter()
                .zip(&b)
                .map(|(x, b)| f64::from(*x) * b)
                .sum::<f64>();
        let left = f64::from(*y) - 1.0 / (1.0 + (-eta).exp());
        rest.push(left);
        score[covariates] += left;
        for (score, x) in score.iter_mut().zip(x) {
            *score += left * f64::from(*x);
        }
    }
    let largest = score.iter().fold(0.0, |most: f64, s| most.max(s.abs()));
    assert!(largest < 1e-5, "the score at the estimate is {largest}");
    // at a maximum the influences of all rows add up to nothing
    let expected = ["row", "distance", "loss", "loss_by_x[3]"];
    assert_eq!(influences.header, expected);
    let losses = &influences.rows;
    assert_eq!(losses.len(), rows);
    let (sum, size) = losses
        .iter()
        .fold((0.0, 0.0), |(sum, size): (f64, f64), row| {
            (sum + row[2], size + row[2].abs())
        });
    assert!(sum.abs() < 1e-6 * size, "{sum} of {size}");
    assert!(losses.iter().any(|row| row[3] != 0.0));
}
