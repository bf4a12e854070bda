//! Information matrices of textbook densities by quadrature, against their closed forms.
//!
//! `cargo test --release -p bartlett-special --test information -- --nocapture` also shows the time.

use std::f64::consts::PI;
use std::time::Instant;

use bartlett_special::{
    Abscissa, IntegrateOptions, digamma, integrate_at, lgamma, locate, trigamma,
};

const INF: f64 = f64::INFINITY;
const EULER: f64 = 0.577_215_664_901_532_9;

/// Log-density and score at a point.
type Score = fn(f64, &mut [f64]) -> f64;

/// Name, number of parameters, log-density and score, range, information (lower triangle).
type Row = (&'static str, usize, Score, f64, f64, Vec<f64>);

const M: f64 = 0.2;
const S: f64 = 1.3;

fn rows() -> Vec<Row> {
    let nu = 5.0;
    let (a, b) = (2.1, 1.3);
    let (k, l) = (1.7, 1.2);
    let basel = PI * PI / 6.0;
    vec![
        (
            "normal",
            2,
            |x, s| {
                let z = (x - M) / S;
                (s[0], s[1]) = (z / S, (z * z - 1.0) / S);
                -0.5 * z * z - S.ln() - 0.5 * (2.0 * PI).ln()
            },
            -INF,
            INF,
            vec![1.0 / (S * S), 0.0, 2.0 / (S * S)],
        ),
        (
            "gamma",
            2,
            |x, s| {
                (s[0], s[1]) = (1.3_f64.ln() - digamma(2.1) + x.ln(), 2.1 / 1.3 - x);
                2.1 * 1.3_f64.ln() - lgamma(2.1) + 1.1 * x.ln() - 1.3 * x
            },
            0.0,
            INF,
            vec![trigamma(a), -1.0 / b, a / (b * b)],
        ),
        (
            "student t",
            3,
            |x, s| {
                let z = (x - M) / S;
                let q = 1.0 + z * z / 5.0;
                s[0] = 6.0 / 5.0 * z / (S * q);
                s[1] = (6.0 / 5.0 * z * z / q - 1.0) / S;
                s[2] = 0.5 * (digamma(3.0) - digamma(2.5) - 0.2 - q.ln() + 6.0 / 25.0 * z * z / q);
                lgamma(3.0) - lgamma(2.5) - 0.5 * (5.0 * PI).ln() - S.ln() - 3.0 * q.ln()
            },
            -INF,
            INF,
            vec![
                (nu + 1.0) / (nu + 3.0) / (S * S),
                0.0,
                2.0 * nu / (nu + 3.0) / (S * S),
                0.0,
                -2.0 / (S * (nu + 1.0) * (nu + 3.0)),
                0.25 * (trigamma(nu / 2.0) - trigamma((nu + 1.0) / 2.0))
                    - (nu + 5.0) / (2.0 * nu * (nu + 1.0) * (nu + 3.0)),
            ],
        ),
        (
            "weibull",
            2,
            |x, s| {
                let log = (x / 1.2).ln();
                let power = (1.7 * log).exp();
                (s[0], s[1]) = (1.0 / 1.7 + log - power * log, 1.7 / 1.2 * (power - 1.0));
                (1.7_f64 / 1.2).ln() + 0.7 * log - power
            },
            0.0,
            INF,
            vec![
                (basel + (1.0 - EULER).powi(2)) / (k * k),
                -(1.0 - EULER) / l,
                k * k / (l * l),
            ],
        ),
        (
            "lognormal",
            2,
            |x, s| {
                let z = (x.ln() - M) / S;
                (s[0], s[1]) = (z / S, (z * z - 1.0) / S);
                -0.5 * z * z - S.ln() - 0.5 * (2.0 * PI).ln() - x.ln()
            },
            0.0,
            INF,
            vec![1.0 / (S * S), 0.0, 2.0 / (S * S)],
        ),
        (
            "logistic",
            2,
            |x, s| {
                let z = (x - M) / S;
                let t = (0.5 * z).tanh();
                (s[0], s[1]) = (t / S, (z * t - 1.0) / S);
                -z.abs() - 2.0 * (-z.abs()).exp().ln_1p() - S.ln()
            },
            -INF,
            INF,
            vec![1.0 / (3.0 * S * S), 0.0, (3.0 + PI * PI) / (9.0 * S * S)],
        ),
        (
            "gumbel",
            2,
            |x, s| {
                let z = (x - M) / S;
                let e = (-z).exp();
                (s[0], s[1]) = ((1.0 - e) / S, (z - z * e - 1.0) / S);
                -z - e - S.ln()
            },
            -INF,
            INF,
            vec![
                1.0 / (S * S),
                (EULER - 1.0) / (S * S),
                ((1.0 - EULER).powi(2) + basel) / (S * S),
            ],
        ),
        (
            "inverse Gauss",
            2,
            |x, s| {
                let (m, l) = (1.2, 1.3);
                s[0] = l * (x - m) / (m * m * m);
                s[1] = 0.5 / l - (x - m) * (x - m) / (2.0 * m * m * x);
                0.5 * (l / (2.0 * PI)).ln()
                    - 1.5 * x.ln()
                    - l * (x - m) * (x - m) / (2.0 * m * m * x)
            },
            0.0,
            INF,
            vec![1.3 / 1.2_f64.powi(3), 0.0, 0.5 / (1.3 * 1.3)],
        ),
        (
            "exponential",
            1,
            |x, s| {
                s[0] = 1.0 / 0.7 - x;
                0.7_f64.ln() - 0.7 * x
            },
            0.0,
            INF,
            vec![1.0 / (0.7 * 0.7)],
        ),
        (
            "cauchy",
            2,
            |x, s| {
                let z = (x - M) / S;
                let q = 1.0 + z * z;
                (s[0], s[1]) = (2.0 * z / (q * S), (1.0 - 2.0 / q) / S);
                -q.ln() - (PI * S).ln()
            },
            -INF,
            INF,
            vec![0.5 / (S * S), 0.0, 0.5 / (S * S)],
        ),
    ]
}

#[test]
fn information_matrices_agree_with_their_closed_forms() {
    for (name, parameters, score, lower, upper, exact) in rows() {
        let mut evaluations = 0;
        let mut searched = 0;
        let mut values = Vec::new();
        let mut converged = true;
        let mut best = f64::INFINITY;
        for _ in 0..5 {
            let start = Instant::now();
            let mut s = [0.0; 3];
            let found = locate(&mut |x| score(x, &mut s), lower, upper, &[]);
            let mut f = |at: Abscissa, out: &mut [f64]| {
                let mut s = [0.0; 3];
                let density = score(at.x, &mut s[..parameters]).exp();
                let mut entry = 0;
                for i in 0..parameters {
                    for j in 0..=i {
                        // far out the score overflows where the density has vanished
                        out[entry] = if density > 0.0 {
                            density * s[i] * s[j]
                        } else {
                            0.0
                        };
                        entry += 1;
                    }
                }
                out[entry] = density;
            };
            let options = IntegrateOptions::default();
            let result = integrate_at(
                &mut f,
                exact.len() + 1,
                lower,
                upper,
                &found.breakpoints,
                &options,
            );
            best = best.min(start.elapsed().as_secs_f64());
            (searched, evaluations) = (found.evaluations, result.evaluations);
            converged = result.converged;
            values = result.values;
        }
        let error = values
            .iter()
            .zip(&exact)
            .map(|(v, e)| (v - e).abs())
            .fold(0.0, f64::max);
        println!(
            "{name:14} error {error:8.1e}, {searched} + {evaluations} evaluations, {:.1} µs",
            1e6 * best
        );
        assert!(converged, "{name}");
        assert!(error < 1e-11, "{name}: {values:?} against {exact:?}");
        assert!((values[exact.len()] - 1.0).abs() < 1e-12, "{name}");
        assert!(evaluations < 1500, "{name}: {evaluations}");
    }
}
