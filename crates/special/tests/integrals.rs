//! Quadrature, the search for mass, and divergence.

use std::f64::consts::PI;

use bartlett_special::{
    Abscissa, End, IntegrateOptions, Rule, Verdict, gamma, integrate, integrate_at,
    integrate_twice, lgamma, locate, tail_exponent, trigamma,
};

const INF: f64 = f64::INFINITY;

type Integrand = fn(Abscissa) -> f64;

/// Name, integrand, range, breakpoints, value, stated relative error.
type Row = (&'static str, Integrand, f64, f64, &'static [f64], f64, f64);

fn normal(x: f64, m: f64, s: f64) -> f64 {
    let z = (x - m) / s;
    (-0.5 * z * z).exp() / (s * (2.0 * PI).sqrt())
}

fn hard() -> Vec<Row> {
    let beta = gamma(0.1) * gamma(0.1) / gamma(0.2);
    let digammas = bartlett_special::digamma(0.1) - bartlett_special::digamma(0.2);
    let beta_log2 = beta * (digammas * digammas + trigamma(0.1) - trigamma(0.2));
    let root = 2.0 / 3.0 * ((1.0_f64 / 3.0).powf(1.5) + (2.0_f64 / 3.0).powf(1.5));
    vec![
        ("x^-0.9", |a| a.x.powf(-0.9), 0.0, 1.0, &[], 10.0, 1e-12),
        (
            "(1-x)^-0.9",
            |a| a.from_upper.powf(-0.9),
            0.0,
            1.0,
            &[],
            10.0,
            1e-12,
        ),
        ("log^2 x", |a| a.x.ln().powi(2), 0.0, 1.0, &[], 2.0, 1e-13),
        (
            "narrow Cauchy",
            |a| 1e-3 / (1e-6 + (a.x - 0.3).powi(2)) / PI,
            0.0,
            1.0,
            &[],
            ((0.7e3_f64).atan() + (0.3e3_f64).atan()) / PI,
            1e-11,
        ),
        (
            "x^4 N(3, 2)",
            |a| a.x.powi(4) * normal(a.x, 3.0, 2.0),
            -INF,
            INF,
            &[],
            345.0,
            1e-12,
        ),
        (
            "x^-.95 e^-x",
            |a| a.x.powf(-0.95) * (-a.x).exp(),
            0.0,
            INF,
            &[],
            gamma(0.05),
            1e-11,
        ),
        (
            "Cauchy log(1+x^2)",
            |a| (1.0 + a.x * a.x).ln() / (1.0 + a.x * a.x) / PI,
            -INF,
            INF,
            &[],
            4.0_f64.ln(),
            1e-12,
        ),
        ("x^-1.1", |a| a.x.powf(-1.1), 1.0, INF, &[], 10.0, 1e-11),
        (
            "sqrt|x-1/3|",
            |a| (a.x - 1.0 / 3.0).abs().sqrt(),
            0.0,
            1.0,
            &[],
            root,
            1e-11,
        ),
        (
            "sqrt|x-1/3| split",
            |a| (a.x - 1.0 / 3.0).abs().sqrt(),
            0.0,
            1.0,
            &[1.0 / 3.0],
            root,
            1e-12,
        ),
        (
            "cos 200x",
            |a| (200.0 * a.x).cos(),
            0.0,
            1.0,
            &[],
            200.0_f64.sin() / 200.0,
            1e-10,
        ),
        (
            "x^4 logistic",
            |a| a.x.powi(4) * (-a.x.abs()).exp() / (1.0 + (-a.x.abs()).exp()).powi(2),
            -INF,
            INF,
            &[],
            7.0 * PI.powi(4) / 15.0,
            1e-12,
        ),
        (
            "Beta(.1,.1) log^2",
            |a| (a.from_lower * a.from_upper).powf(-0.9) * a.from_lower.ln().powi(2),
            0.0,
            1.0,
            &[],
            beta_log2,
            1e-11,
        ),
        (
            "log|x| inside",
            |a| a.x.abs().ln(),
            -1.0,
            1.0,
            &[0.0],
            -2.0,
            1e-12,
        ),
        (
            "shifted pole",
            |a| a.from_lower.powf(-0.5),
            1e3,
            1e3 + 1.0,
            &[],
            2.0,
            1e-12,
        ),
    ]
}

#[test]
fn hard_integrands_reach_their_accuracy_and_say_so() {
    for rule in [Rule::Automatic, Rule::GaussKronrod] {
        let options = IntegrateOptions {
            rule,
            ..IntegrateOptions::default()
        };
        for (name, f, lower, upper, breakpoints, value, stated) in hard() {
            let mut g = |at: Abscissa, out: &mut [f64]| out[0] = f(at);
            let result = integrate_at(&mut g, 1, lower, upper, breakpoints, &options);
            let error = ((result.values[0] - value) / value).abs();
            println!(
                "{rule:?} {name:20} error {error:8.1e} claimed {:8.1e} {:6} evaluations {}",
                result.errors[0] / value.abs(),
                result.evaluations,
                result.converged
            );
            assert!(
                result.converged,
                "{name} by {rule:?} did not converge: error {error:e}"
            );
            assert!(error <= stated, "{name} by {rule:?}: {error:e}");
        }
    }
}

#[test]
fn what_cannot_be_integrated_is_not_said_to_converge() {
    let cases: [(&str, Integrand, f64, f64); 6] = [
        ("1/x at 0", |a| 1.0 / a.x, 0.0, 1.0),
        ("1/x at infinity", |a| 1.0 / a.x, 1.0, INF),
        ("x^-1.5 at 0", |a| a.x.powf(-1.5), 0.0, 1.0),
        ("x^-1.001", |a| a.x.powf(-1.001), 1.0, INF),
        (
            "NaN inside",
            |a| {
                if (a.x - 0.4).abs() < 0.1 {
                    f64::NAN
                } else {
                    1.0
                }
            },
            0.0,
            1.0,
        ),
        ("a constant on the line", |_| 1.0, -INF, INF),
    ];
    for rule in [Rule::Automatic, Rule::GaussKronrod, Rule::DoubleExponential] {
        let options = IntegrateOptions {
            rule,
            ..IntegrateOptions::default()
        };
        for (name, f, lower, upper) in cases {
            let mut g = |at: Abscissa, out: &mut [f64]| out[0] = f(at);
            let result = integrate_at(&mut g, 1, lower, upper, &[], &options);
            assert!(!result.converged, "{name} by {rule:?}: {result:?}");
            assert!(
                result.evaluations <= options.max_evaluations + 2000,
                "{name} by {rule:?}"
            );
        }
    }
    let empty = integrate(
        &mut |_, out| out[0] = 1.0,
        1,
        1.0,
        1.0,
        &[],
        &IntegrateOptions::default(),
    );
    assert_eq!((empty.values[0], empty.converged), (0.0, true));
    let nothing = integrate(
        &mut |_, _| {},
        0,
        0.0,
        1.0,
        &[],
        &IntegrateOptions::default(),
    );
    assert!(nothing.values.is_empty());
}

/// Name, log-density, range, hints.
type Density = (&'static str, fn(f64) -> f64, f64, f64);

fn densities() -> Vec<Density> {
    fn log_normal_density(x: f64, m: f64, s: f64) -> f64 {
        let z = (x - m) / s;
        -0.5 * z * z - s.ln() - 0.5 * (2.0 * PI).ln()
    }
    vec![
        (
            "N(50, 0.01)",
            |x| log_normal_density(x, 50.0, 0.01),
            -INF,
            INF,
        ),
        (
            "N(1e6, 1e-3)",
            |x| log_normal_density(x, 1e6, 1e-3),
            -INF,
            INF,
        ),
        (
            "N(-3e-7, 1e-9)",
            |x| log_normal_density(x, -3e-7, 1e-9),
            -INF,
            INF,
        ),
        ("N(0, 1)", |x| log_normal_density(x, 0.0, 1.0), -INF, INF),
        (
            "N(0.2, 1e9)",
            |x| log_normal_density(x, 0.2, 1e9),
            -INF,
            INF,
        ),
        (
            "Cauchy(7, 1e-5)",
            |x| (1e-5 / (1e-10 + (x - 7.0).powi(2)) / PI).ln(),
            -INF,
            INF,
        ),
        (
            "Laplace(50, 0.01)",
            |x| -(x - 50.0).abs() / 0.01 - 0.02_f64.ln(),
            -INF,
            INF,
        ),
        (
            "Gamma(0.1, 1)",
            |x| -0.9 * x.ln() - x - lgamma(0.1),
            0.0,
            INF,
        ),
        (
            "Gamma(0.05, 1e-4)",
            |x| 0.05 * 1e-4_f64.ln() - 0.95 * x.ln() - 1e-4 * x - lgamma(0.05),
            0.0,
            INF,
        ),
        (
            "Gamma(1e4, 1e-3)",
            |x| 1e4 * 1e-3_f64.ln() + 9999.0 * x.ln() - 1e-3 * x - lgamma(1e4),
            0.0,
            INF,
        ),
        ("Exponential(1e8)", |x| 1e8_f64.ln() - 1e8 * x, 0.0, INF),
        ("Pareto(1, 0.1)", |x| 0.1_f64.ln() - 1.1 * x.ln(), 1.0, INF),
        (
            "Weibull(50, 3)",
            |x| (50.0_f64 / 3.0).ln() + 49.0 * (x / 3.0).ln() - (x / 3.0).powi(50),
            0.0,
            INF,
        ),
        (
            "lognormal(2, 5)",
            |x| log_normal_density(x.ln(), 2.0, 5.0) - x.ln(),
            0.0,
            INF,
        ),
        (
            "lognormal(10, 0.001)",
            |x| log_normal_density(x.ln(), 10.0, 0.001) - x.ln(),
            0.0,
            INF,
        ),
        ("Uniform(0, 1)", |_| 0.0, 0.0, 1.0),
        (
            "Beta(800, 1.2e5)",
            |x| {
                799.0 * x.ln() + (1.2e5 - 1.0) * (-x).ln_1p()
                    - bartlett_special::lbeta(800.0, 1.2e5)
            },
            0.0,
            1.0,
        ),
        (
            "Gumbel(-40, 0.05)",
            |x| {
                let z = (x + 40.0) / 0.05;
                -z - (-z).exp() - 0.05_f64.ln()
            },
            -INF,
            INF,
        ),
        (
            "mixture far apart",
            |x| {
                let (a, b) = (
                    log_normal_density(x, -300.0, 0.5),
                    log_normal_density(x, 2e4, 3.0),
                );
                let top = a.max(b);
                top + (0.5 * (a - top).exp() + 0.5 * (b - top).exp()).ln()
            },
            -INF,
            INF,
        ),
        (
            "mixture near",
            |x| {
                (0.3 * log_normal_density(x, -1.0, 0.4).exp()
                    + 0.7 * log_normal_density(x, 2.0, 0.6).exp())
                .ln()
            },
            -INF,
            INF,
        ),
        (
            "inverse gamma(0.2, 3)",
            |x| 0.2 * 3.0_f64.ln() - lgamma(0.2) - 1.2 * x.ln() - 3.0 / x,
            0.0,
            INF,
        ),
        (
            "Student(1.1) at 1e5",
            |x| {
                let z = (x - 1e5) / 2.0;
                lgamma(1.05)
                    - lgamma(0.55)
                    - 0.5 * (1.1 * PI).ln()
                    - 2.0_f64.ln()
                    - 1.05 * (z * z / 1.1).ln_1p()
            },
            -INF,
            INF,
        ),
        ("reversed exponential", |x| x - 5.0, -INF, 5.0),
        (
            "GEV(0.15)",
            |x| {
                let t = 1.0 + 0.15 * (x - 0.2) / 1.3;
                -(1.0 + 1.0 / 0.15) * t.ln() - t.powf(-1.0 / 0.15) - 1.3_f64.ln()
            },
            0.2 - 1.3 / 0.15,
            INF,
        ),
    ]
}

#[test]
fn located_densities_have_mass_one() {
    for (name, log_density, lower, upper) in densities() {
        let found = locate(&mut |x| log_density(x), lower, upper, &[]);
        let options = IntegrateOptions {
            relative: 1e-11,
            ..IntegrateOptions::default()
        };
        let mut f = |at: Abscissa, out: &mut [f64]| {
            let x = if lower == 0.0 { at.from_lower } else { at.x };
            out[0] = log_density(x).exp();
        };
        let first = integrate_at(&mut f, 1, lower, upper, &found.breakpoints, &options);
        let twice = integrate_twice(&mut f, 1, lower, upper, &found.breakpoints, &options);
        println!(
            "{name:22} mass − 1 = {:8.1e} claimed {:8.1e}, opinion {:8.1e} {:?}; {} + {} evaluations, {:?}",
            first.values[0] - 1.0,
            first.errors[0],
            twice.errors[0],
            (first.converged, twice.converged),
            found.evaluations,
            first.evaluations,
            found.breakpoints
        );
        assert!(first.converged && twice.converged, "{name}");
        // the rounding of x, against the width of the peak, limits what can be had
        let width = found
            .peaks
            .iter()
            .map(|p| (p.right - p.left) / p.at.abs())
            .fold(1.0, f64::min);
        let limit = 1e-11 + 4e-16 / width;
        assert!(
            (first.values[0] - 1.0).abs() < limit,
            "{name}: {:e}",
            first.values[0] - 1.0
        );
        assert!(
            (twice.values[0] - 1.0).abs() <= 2.0 * twice.errors[0].max(limit),
            "{name}"
        );
        assert!(found.evaluations < 2500, "{name}: {}", found.evaluations);
    }
}

#[test]
fn without_a_search_a_narrow_density_is_missed_and_with_a_hint_found() {
    // here the logarithm is not finite far away
    let mut narrow = |x: f64| normal(x, 50.3, 1e-4).ln();
    assert!(locate(&mut narrow, -INF, INF, &[]).peaks.is_empty());
    let found = locate(&mut narrow, -INF, INF, &[50.3]);
    assert_eq!(found.peaks.len(), 1);
    let mut f = |x: f64, out: &mut [f64]| out[0] = normal(x, 50.3, 1e-4);
    let options = IntegrateOptions::default();
    let mass = integrate(&mut f, 1, -INF, INF, &found.breakpoints, &options);
    assert!((mass.values[0] - 1.0).abs() < 1e-9, "{mass:?}");
}

#[test]
fn entries_share_their_points() {
    // the information of N(0.2, 1.3): 1/σ², 0, 2/σ²
    let s = 1.3;
    let mut f = |x: f64, out: &mut [f64]| {
        let z = (x - 0.2) / s;
        let density = normal(x, 0.2, s);
        let score = [z / s, (z * z - 1.0) / s];
        out[0] = density * score[0] * score[0];
        out[1] = density * score[0] * score[1];
        out[2] = density * score[1] * score[1];
        out[3] = density;
    };
    for rule in [Rule::Automatic, Rule::GaussKronrod, Rule::DoubleExponential] {
        let options = IntegrateOptions {
            rule,
            ..IntegrateOptions::default()
        };
        let result = integrate(&mut f, 4, -INF, INF, &[], &options);
        println!("{rule:?}: {} evaluations", result.evaluations);
        assert!(result.converged);
        for (value, exact) in result
            .values
            .iter()
            .zip([1.0 / (s * s), 0.0, 2.0 / (s * s), 1.0])
        {
            assert!((value - exact).abs() < 1e-12, "{rule:?}: {result:?}");
        }
    }
}

#[test]
fn divergence_is_told_from_convergence() {
    use Verdict::{Converges, Diverges, Unknown};
    type Case = (&'static str, fn(f64) -> f64, End, f64, Verdict);
    let cases: &[Case] = &[
        (
            "1/sqrt at 0",
            |d| d.powf(-0.5),
            End::Finite,
            -0.5,
            Converges,
        ),
        ("1/x at 0", |d| 1.0 / d, End::Finite, -1.0, Diverges),
        ("x^-1.5 at 0", |d| d.powf(-1.5), End::Finite, -1.5, Diverges),
        (
            "x^-0.95 log^2 at 0",
            |d| d.powf(-0.95) * d.ln().powi(2),
            End::Finite,
            -0.95,
            Converges,
        ),
        (
            "x^-2 e^-x at 0",
            |d| d.powi(-2) * (-d).exp(),
            End::Finite,
            -2.0,
            Diverges,
        ),
        (
            "log^2 at 0",
            |d| d.ln().powi(2),
            End::Finite,
            0.0,
            Converges,
        ),
        ("a constant at 0", |_| 3.0, End::Finite, 0.0, Converges),
        (
            "e^(-1/x)/x^3 at 0",
            |d| (-1.0 / d).exp() / d.powi(3),
            End::Finite,
            f64::INFINITY,
            Converges,
        ),
        (
            "1/x at infinity",
            |d| 1.0 / d,
            End::Infinite,
            -1.0,
            Diverges,
        ),
        ("x^-1.5", |d| d.powf(-1.5), End::Infinite, -1.5, Converges),
        (
            "x^-1.05 log^2",
            |d| d.powf(-1.05) * (1.0 + d).ln().powi(2),
            End::Infinite,
            -1.05,
            Converges,
        ),
        (
            "x^2 Cauchy",
            |d| d * d / (1.0 + d * d),
            End::Infinite,
            0.0,
            Diverges,
        ),
        (
            "x^2 Student(2.5)",
            |d| d * d * (1.0 + d * d / 2.5).powf(-1.75),
            End::Infinite,
            -1.5,
            Converges,
        ),
        (
            "x^2 Student(2)",
            |d| d * d * (1.0 + d * d / 2.0).powf(-1.5),
            End::Infinite,
            -1.0,
            Diverges,
        ),
        ("log(x)/x", |d| d.ln() / d, End::Infinite, -1.0, Diverges),
        (
            "1/(x log^2 x)",
            |d| 1.0 / (d * (2.0 + d).ln().powi(2)),
            End::Infinite,
            -1.0,
            Unknown,
        ),
        (
            "normal",
            |d| (-0.5 * d * d).exp(),
            End::Infinite,
            f64::NEG_INFINITY,
            Converges,
        ),
        (
            "x^40 e^-x",
            |d| d.powi(40) * (-d).exp(),
            End::Infinite,
            f64::NEG_INFINITY,
            Converges,
        ),
        (
            "e^(-sqrt x)",
            |d| (-d.sqrt()).exp(),
            End::Infinite,
            f64::NEG_INFINITY,
            Converges,
        ),
        ("e^x", |d| d.exp(), End::Infinite, f64::INFINITY, Diverges),
    ];
    for (name, g, end, exponent, verdict) in cases {
        let tail = tail_exponent(&mut |d| g(d), *end);
        println!("{name:20} {tail:?}");
        assert_eq!(tail.verdict, *verdict, "{name}: {tail:?}");
        if exponent.is_finite() {
            assert!((tail.exponent - exponent).abs() < 5e-3, "{name}: {tail:?}");
        }
    }
}

#[test]
fn an_integrand_without_values_is_not_zero() {
    // e^(−x)·log(−x): no value wherever it counts, and 0 where the exponential is.
    let mut f = |x: f64, out: &mut [f64]| {
        let weight = (-x).exp();
        out[0] = if weight == 0.0 {
            0.0
        } else {
            weight * (-x).ln()
        };
    };
    for rule in [Rule::Automatic, Rule::DoubleExponential, Rule::GaussKronrod] {
        let options = IntegrateOptions {
            rule,
            ..IntegrateOptions::default()
        };
        let found = integrate(&mut f, 1, 0.0, f64::INFINITY, &[], &options);
        assert!(!found.converged, "{rule:?}: {found:?}");
    }
}
