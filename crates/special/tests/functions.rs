//! Each special function against mpmath, and against wild arguments.

use bartlett_special as special;
use bartlett_special as f;

/// What an error is measured against.
#[derive(Clone, Copy)]
enum Measure {
    /// |value|
    Relative,
    /// max(1, |value|)
    Mixed,
    /// The envelope √(2/πx) of a Bessel function.
    Envelope,
    /// max(|value|, |z|), z the last argument.
    Argument,
}
use Measure::{Argument, Envelope, Mixed, Relative};

type Call = fn(&[f64]) -> f64;

/// Name in `functions.csv`, the function, its stated error, and what that is relative to.
const STATED: &[(&str, Call, f64, Measure)] = &[
    ("gamma", |a| f::gamma(a[0]), 2e-15, Relative),
    ("lgamma", |a| f::lgamma(a[0]), 2e-15, Relative),
    ("lgamma_negative", |a| f::lgamma(a[0]), 2e-15, Mixed),
    ("digamma", |a| f::digamma(a[0]), 1e-15, Relative),
    ("digamma_negative", |a| f::digamma(a[0]), 1e-12, Relative),
    ("trigamma", |a| f::trigamma(a[0]), 2e-15, Relative),
    ("polygamma", |a| f::polygamma(a[0], a[1]), 4e-15, Relative),
    (
        "polygamma_high",
        |a| f::polygamma(a[0], a[1]),
        4e-13,
        Relative,
    ),
    (
        "polygamma_negative",
        |a| f::polygamma(a[0], a[1]),
        1e-11,
        Relative,
    ),
    ("factorial", |a| f::factorial(a[0]), 2e-15, Relative),
    ("beta", |a| f::beta(a[0], a[1]), 4e-15, Relative),
    ("beta_large", |a| f::beta(a[0], a[1]), 3e-13, Relative),
    ("lbeta", |a| f::lbeta(a[0], a[1]), 4e-15, Mixed),
    ("choose", |a| f::choose(a[0], a[1]), 1e-13, Relative),
    (
        "gammainc_lower",
        |a| f::gammainc_lower(a[0], a[1]),
        3e-13,
        Relative,
    ),
    (
        "gammainc_upper",
        |a| f::gammainc_upper(a[0], a[1]),
        3e-13,
        Relative,
    ),
    (
        "gammainc_upper_negative",
        |a| f::gammainc_upper(a[0], a[1]),
        3e-13,
        Relative,
    ),
    (
        "gammainc_lower_regularized",
        |a| f::gammainc_lower_regularized(a[0], a[1]),
        1e-12,
        Relative,
    ),
    (
        "gammainc_upper_regularized",
        |a| f::gammainc_upper_regularized(a[0], a[1]),
        1e-12,
        Relative,
    ),
    ("erf", |a| f::erf(a[0]), 1e-15, Relative),
    ("erfc", |a| f::erfc(a[0]), 1e-15, Relative),
    ("erfcx", |a| f::erfcx(a[0]), 2e-15, Relative),
    ("erfi", |a| f::erfi(a[0]), 2e-15, Relative),
    ("normal_cdf", |a| f::normal_cdf(a[0]), 2e-15, Relative),
    (
        "normal_density",
        |a| f::normal_density(a[0]),
        1e-15,
        Relative,
    ),
    (
        "log_normal_cdf",
        |a| f::log_normal_cdf(a[0]),
        2e-15,
        Relative,
    ),
    (
        "normal_quantile",
        |a| f::normal_quantile(a[0]),
        2e-15,
        Mixed,
    ),
    ("ei", |a| f::ei(a[0]), 4e-15, Relative),
    ("expint", |a| f::expint(a[0], a[1]), 1e-13, Relative),
    ("bessel_i", |a| f::bessel_i(a[0], a[1]), 2e-13, Relative),
    (
        "bessel_i_scaled",
        |a| f::bessel_i_scaled(a[0], a[1]),
        2e-13,
        Relative,
    ),
    ("bessel_k", |a| f::bessel_k(a[0], a[1]), 1e-13, Relative),
    (
        "bessel_k_scaled",
        |a| f::bessel_k_scaled(a[0], a[1]),
        1e-13,
        Relative,
    ),
    ("bessel_j", |a| f::bessel_j(a[0], a[1]), 1e-11, Envelope),
    (
        "log_bessel_i",
        |a| f::log_bessel_i(a[0], a[1]),
        2e-13,
        Mixed,
    ),
    (
        "log_bessel_k",
        |a| f::log_bessel_k(a[0], a[1]),
        1e-13,
        Mixed,
    ),
    ("zeta", |a| f::zeta(a[0]), 2e-15, Relative),
    ("zeta_negative", |a| f::zeta(a[0]), 1e-13, Relative),
    (
        "hurwitz_zeta",
        |a| f::hurwitz_zeta(a[0], a[1]),
        2e-15,
        Relative,
    ),
    (
        "hurwitz_zeta_low",
        |a| f::hurwitz_zeta(a[0], a[1]),
        1e-13,
        Mixed,
    ),
    (
        "hurwitz_zeta_derivative",
        |a| f::hurwitz_zeta_derivative(a[0], a[1], a[2]),
        1e-13,
        Relative,
    ),
    ("dilogarithm", |a| f::dilogarithm(a[0]), 2e-15, Relative),
    (
        "polylog_integer",
        |a| f::polylog(a[0], a[1]),
        1e-13,
        Argument,
    ),
    ("polylog_real", |a| f::polylog(a[0], a[1]), 1e-12, Argument),
    ("logistic", |a| f::logistic(a[0]), 1e-15, Relative),
    ("logit", |a| f::logit(a[0]), 1e-15, Relative),
    ("softplus", |a| f::softplus(a[0]), 1e-15, Relative),
];

#[test]
fn every_function_is_as_accurate_as_its_documentation_says() {
    let mut late = Vec::new();
    for (name, call, stated, measure) in STATED {
        let mut worst = (0.0, String::new());
        let mut points = 0;
        for line in include_str!("reference/functions.csv").lines() {
            let mut fields = line.split(',');
            if fields.next() != Some(name) {
                continue;
            }
            let numbers: Vec<f64> = fields.map(|field| field.parse().unwrap()).collect();
            let (value, arguments) = numbers.split_last().unwrap();
            points += 1;
            let last = arguments[arguments.len() - 1];
            let scale = match measure {
                Relative => value.abs(),
                Mixed => value.abs().max(1.0),
                Envelope => (std::f64::consts::FRAC_2_PI / last).sqrt().min(1.0),
                Argument => value.abs().max(last.abs()),
            };
            let ours = call(arguments);
            let error = if ours == *value {
                0.0
            } else {
                (ours - value).abs() / scale
            };
            if error > worst.0 || error.is_nan() {
                worst = (error, format!("{line} got {ours:e}"));
            }
        }
        println!(
            "{name:28} {points:4} points, worst {:8.1e} of {stated:.0e}  {}",
            worst.0, worst.1
        );
        assert!(points >= 50, "{name}: only {points} reference points");
        if worst.0 > *stated || worst.0.is_nan() {
            late.push(format!("{name}: {:e} > {stated:e} at {}", worst.0, worst.1));
        }
    }
    assert!(late.is_empty(), "{}", late.join("\n"));
}

#[test]
fn integers_are_exact() {
    assert_eq!(special::gamma(5.0), 24.0);
    assert_eq!(special::factorial(20.0), 2_432_902_008_176_640_000.0);
    assert_eq!(special::choose(10.0, 3.0), 120.0);
    assert_eq!(special::choose(52.0, 26.0), 495_918_532_948_104.0);
    assert_eq!(special::choose(5.0, 7.0), 0.0);
    assert_eq!(special::choose(-2.0, 3.0), -4.0);
    assert_eq!(special::zeta(0.0), -0.5);
    assert_eq!(special::polylog(0.0, 0.5), 1.0);
    assert_eq!(special::polylog(-1.0, 0.5), 2.0);
    assert_eq!(special::polylog(-2.0, 0.5), 6.0);
}

#[test]
fn outside_the_domain_is_not_a_number() {
    for value in [
        special::gamma(0.0),
        special::gamma(-3.0),
        special::digamma(-1.0),
        special::polygamma(1.5, 2.0),
        special::polygamma(-1.0, 2.0),
        special::beta(-0.5, 1.0),
        special::lbeta(0.0, 1.0),
        special::gammainc_lower(-1.0, 1.0),
        special::gammainc_upper(0.5, -1.0),
        special::normal_quantile(1.5),
        special::expint(1.0, -1.0),
        special::bessel_i(0.5, -1.0),
        special::bessel_k(0.5, -1.0),
        special::zeta(1.0),
        special::hurwitz_zeta(2.0, -1.0),
        special::polylog(2.0, 1.5),
        special::polylog(1.0, 1.0),
        special::logit(-0.1),
        special::log1p(-2.0),
    ] {
        assert!(value.is_nan(), "{value}");
    }
}

#[test]
fn no_argument_makes_a_function_panic_or_run_on() {
    let mut wild = vec![
        0.0,
        f64::NAN,
        f64::INFINITY,
        f64::MIN_POSITIVE,
        f64::EPSILON,
        f64::MAX,
        5e-324,
    ];
    wild.extend([
        0.3, 0.5, 1.0, 1.5, 2.0, 3.0, 7.25, 10.0, 25.5, 59.9, 60.0, 100.0, 170.5, 171.0,
    ]);
    wild.extend([
        200.0, 701.0, 1e3, 12345.6, 1e6, 1e8, 1e10, 1e13, 1e16, 4e18, 1e100, 1e-3, 1e-8,
    ]);
    let negative: Vec<f64> = wild.iter().map(|x| -x).collect();
    wild.extend(negative);
    for (_, call, _, _) in STATED {
        for &a in &wild {
            for &b in &wild {
                std::hint::black_box(call(&[a, b, 1.5]));
                std::hint::black_box(call(&[2.0, a, b]));
            }
        }
    }
}

#[test]
fn logarithms_of_bessel_functions_do_not_overflow() {
    for (v, x) in [(0.0, 1e5), (2.5, 1e14), (1e6, 1e5), (1e6, 1e-5), (1e5, 1e6)] {
        let (i, k) = (special::log_bessel_i(v, x), special::log_bessel_k(v, x));
        // I K ~ 1/(2 √(v² + x²)) to O(1/x²)
        let product = -(2.0 * f64::hypot(v, x)).ln();
        assert!(
            (i + k - product).abs() < 1e-8 + 1e-14 * i.abs(),
            "{v} {x}: {i} {k} {product}"
        );
    }
}

#[test]
fn bessel_functions_of_huge_arguments() {
    // the half-integer orders are elementary (DLMF 10.39.2); the others differ by (4v² − 1)/(8x) (10.40.2)
    for x in [1e8, 0.9e9, 1.1e9, 3e9, 1e11, 1e12, 1e15, 1e100] {
        for v in [0.0, 0.5, 1.0, 7.5, 60.0] {
            let correction = (4.0_f64 * v * v - 1.0) / (8.0 * x);
            let k = 0.5 * (std::f64::consts::PI / (2.0 * x)).ln() + correction;
            let i = -0.5 * (2.0 * std::f64::consts::PI * x).ln() - correction;
            let (found_k, found_i) = (
                special::bessel_k_scaled(v, x),
                special::bessel_i_scaled(v, x),
            );
            assert!((found_k.ln() - k).abs() < 1e-9, "K {v} {x}: {found_k}");
            assert!((found_i.ln() - i).abs() < 1e-9, "I {v} {x}: {found_i}");
        }
    }
}
