//! Summation against mpmath and against total probability.

use bartlett_special::{SumOptions, digamma, lbeta, lgamma, locate_counts, log_choose, sum, zeta};

const INF: f64 = f64::INFINITY;

fn reference(name: &str) -> f64 {
    include_str!("reference/sums.csv")
        .lines()
        .filter_map(|line| line.split_once(','))
        .find(|(field, _)| *field == name)
        .map(|(_, value)| value.parse().unwrap())
        .unwrap_or_else(|| panic!("no reference value {name}"))
}

#[test]
fn slow_series_reach_ten_digits() {
    type Case = (&'static str, fn(f64) -> f64, f64, f64, f64);
    fn yule(k: f64, rho: f64) -> f64 {
        let score = 1.0 / rho + digamma(rho + 1.0) - digamma(k + rho + 1.0);
        (rho.ln() + lbeta(k, rho + 1.0)).exp() * score * score
    }
    let cases: &[Case] = &[
        ("power_1.2", |k| k.powf(-1.2), 1.0, INF, 1e-11),
        ("power_1.05", |k| k.powf(-1.05), 1.0, INF, 1e-10),
        (
            "zeta_log2_1.2",
            |k| k.powf(-1.2) * k.ln().powi(2) / zeta(1.2),
            1.0,
            INF,
            1e-10,
        ),
        (
            "zeta_log_1.5",
            |k| k.powf(-1.5) * k.ln() / zeta(1.5),
            1.0,
            INF,
            1e-11,
        ),
        (
            "zeta_log2_3",
            |k| k.powf(-3.0) * k.ln().powi(2) / zeta(3.0),
            1.0,
            INF,
            1e-11,
        ),
        ("yule_score2_0.3", |k| yule(k, 0.3), 1.0, INF, 1e-10),
        ("yule_score2_1.7", |k| yule(k, 1.7), 1.0, INF, 1e-11),
        (
            "logarithmic_0.99",
            |k| 0.99_f64.powf(k) / -(0.01_f64.ln()),
            1.0,
            INF,
            1e-11,
        ),
        (
            "lerch",
            |k| 0.999_f64.powf(k) * k.powf(-0.5),
            1.0,
            INF,
            1e-11,
        ),
        ("theta", |k| (-0.5 * k * k).exp(), -INF, INF, 1e-13),
        ("basel_two_sided", |k| 1.0 / (1.0 + k * k), -INF, INF, 1e-11),
        (
            "alternating_log2",
            |k| if k % 2.0 == 0.0 { -1.0 / k } else { 1.0 / k },
            1.0,
            INF,
            1e-11,
        ),
        (
            "alternating_root",
            |k| (std::f64::consts::PI * (k - 1.0)).cos().round() / k.sqrt(),
            1.0,
            INF,
            1e-10,
        ),
    ];
    for (name, term, first, last, stated) in cases {
        let mut f = |k: f64, out: &mut [f64]| out[0] = term(k);
        let result = sum(&mut f, 1, *first, *last, 1.0, &SumOptions::default());
        let value = reference(name);
        let error = ((result.values[0] - value) / value).abs();
        println!(
            "{name:18} error {error:8.1e} claimed {:8.1e} {} terms {}",
            result.errors[0] / value,
            result.terms,
            result.converged
        );
        assert!(error <= *stated, "{name}: {error:e} {result:?}");
        assert!(result.converged, "{name}: {result:?}");
    }
}

#[test]
fn probabilities_sum_to_one_wherever_they_are() {
    type Case = (&'static str, fn(f64) -> f64, f64, f64);
    fn poisson(k: f64, m: f64) -> f64 {
        k * m.ln() - m - lgamma(k + 1.0)
    }
    fn negative_binomial(k: f64, r: f64, p: f64) -> f64 {
        -lbeta(k + 1.0, r) - (k + r).ln() + r * p.ln() + k * (-p).ln_1p()
    }
    let cases: &[Case] = &[
        ("Poisson(1e-3)", |k| poisson(k, 1e-3), 0.0, INF),
        ("Poisson(4)", |k| poisson(k, 4.0), 0.0, INF),
        ("Poisson(300)", |k| poisson(k, 300.0), 0.0, INF),
        ("Poisson(1e5)", |k| poisson(k, 1e5), 0.0, INF),
        (
            "Geometric(0.3)",
            |k| 0.3_f64.ln() + k * 0.7_f64.ln(),
            0.0,
            INF,
        ),
        (
            "Geometric(1e-6)",
            |k| 1e-6_f64.ln() + k * (-1e-6_f64).ln_1p(),
            0.0,
            INF,
        ),
        (
            "NegBinomial(0.3, 1e-4)",
            |k| negative_binomial(k, 0.3, 1e-4),
            0.0,
            INF,
        ),
        (
            "NegBinomial(40, 0.01)",
            |k| negative_binomial(k, 40.0, 0.01),
            0.0,
            INF,
        ),
        (
            "Binomial(10, 0.3)",
            |k| log_choose(10.0, k) + k * 0.3_f64.ln() + (10.0 - k) * 0.7_f64.ln(),
            0.0,
            10.0,
        ),
        (
            "Binomial(1e6, 0.4)",
            |k| log_choose(1e6, k) + k * 0.4_f64.ln() + (1e6 - k) * 0.6_f64.ln(),
            0.0,
            1e6,
        ),
        ("Zeta(1.3)", |k| -1.3 * k.ln() - zeta(1.3).ln(), 1.0, INF),
        ("Yule(0.4)", |k| 0.4_f64.ln() + lbeta(k, 1.4), 1.0, INF),
        (
            "beta-negative-binomial",
            |k| log_choose(k + 2.5, k) + lbeta(1.2 + 3.5, k + 0.7) - lbeta(1.2, 0.7),
            0.0,
            INF,
        ),
        (
            "discrete Laplace",
            |k| 0.25_f64.ln() + k.abs() * 0.6_f64.ln(),
            -INF,
            INF,
        ),
        ("uniform on 1..1e5", |_| -(1e5_f64.ln()), 1.0, 1e5),
    ];
    for (name, log_mass, first, last) in cases {
        let found = locate_counts(&mut |k| log_mass(k), *first, *last, &[]);
        let options = SumOptions {
            peaks: found.peaks.clone(),
            ..SumOptions::default()
        };
        let mut f = |k: f64, out: &mut [f64]| {
            let mass = log_mass(k).exp();
            (out[0], out[1]) = (mass, 2.0 * mass);
        };
        let result = sum(&mut f, 2, *first, *last, 1.0, &options);
        println!(
            "{name:24} {:8.1e} claimed {:8.1e} {} + {} {}",
            result.values[0] - 1.0,
            result.errors[0],
            found.evaluations,
            result.terms,
            result.converged
        );
        let (stated, exact) = if name.starts_with("Binomial(1e6") || name.starts_with("Poisson(1e5")
        {
            (3e-10, 1.0)
        } else if name.starts_with("discrete") {
            (1e-12, 1.0)
        } else {
            (1e-11, 1.0)
        };
        assert!(
            (result.values[0] - exact).abs() < stated,
            "{name}: {result:?}"
        );
        assert!(
            (result.values[1] - 2.0 * result.values[0]).abs() < 1e-11,
            "{name}"
        );
        assert!(result.converged, "{name}: {result:?}");
    }
}

#[test]
fn a_divergent_series_is_not_said_to_converge() {
    let cases: &[fn(f64) -> f64] = &[
        |k| 1.0 / k,
        |_| 1.0,
        |k| k.ln(),
        |k| 1.0 / (k * (k + 1.0).ln()),
        |k| k.powf(-1.0005),
    ];
    for (i, term) in cases.iter().enumerate() {
        let mut f = |k: f64, out: &mut [f64]| out[0] = term(k);
        let result = sum(&mut f, 1, 1.0, INF, 1.0, &SumOptions::default());
        assert!(!result.converged, "case {i}: {result:?}");
        assert!(result.terms < 300_000);
    }
}

#[test]
fn steps_and_short_ranges() {
    let options = SumOptions::default();
    let mut f = |k: f64, out: &mut [f64]| out[0] = k;
    assert_eq!(sum(&mut f, 1, 1.0, 100.0, 1.0, &options).values[0], 5050.0);
    assert_eq!(sum(&mut f, 1, 1.0, 99.0, 2.0, &options).values[0], 2500.0);
    assert_eq!(sum(&mut f, 1, 3.0, 2.0, 1.0, &options).values[0], 0.0);
    assert_eq!(sum(&mut f, 1, 7.0, 7.0, 1.0, &options).values[0], 7.0);
    let long = sum(&mut f, 1, 1.0, 1e6, 1.0, &options);
    assert!(
        (long.values[0] / 500_000_500_000.0 - 1.0).abs() < 1e-12,
        "{long:?}"
    );
    // Σ over odd k of 1/k² = π²/8; over k ≤ −1 of 1/k² = π²/6
    let mut g = |k: f64, out: &mut [f64]| out[0] = 1.0 / (k * k);
    let odd = sum(&mut g, 1, 1.0, INF, 2.0, &options).values[0];
    assert!((odd - std::f64::consts::PI.powi(2) / 8.0).abs() < 1e-12);
    let left = sum(&mut g, 1, -INF, -1.0, 1.0, &options).values[0];
    assert!((left - std::f64::consts::PI.powi(2) / 6.0).abs() < 1e-12);
}
