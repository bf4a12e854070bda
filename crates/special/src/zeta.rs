//! Zeta functions.
//! In: s (and a > 0) → Out: ζ(s), ζ(s, a) and their derivatives in s.
//! Never: complex arguments.

use std::f64::consts::PI;

/// B₂ⱼ/(2j)! for j = 1 … 12, DLMF 24.2.1.
const BERNOULLI_OVER_FACTORIAL: [f64; 12] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30_240.0,
    -1.0 / 1_209_600.0,
    1.0 / 47_900_160.0,
    -5.284_190_138_687_493e-10,
    1.338_253_653_068_468e-11,
    -3.389_680_296_322_582_7e-13,
    8.586_062_056_277_844e-15,
    -2.174_868_698_558_062e-16,
    5.509_002_828_360_229e-18,
    -1.395_446_468_581_252_3e-19,
];

const ORDER: usize = 6;
/// A power series in (s − s₀), cut after the derivative of highest order.
type Series = [f64; ORDER + 1];

/// The Riemann zeta function ζ(s) for real s ≠ 1; NaN at the pole.
///
/// Relative error below 2e-15 for s > 0, below 1e-13 for −60 < s < 0. Source: Cephes.
pub fn zeta(s: f64) -> f64 {
    if s == 1.0 || s.is_nan() || s == f64::NEG_INFINITY {
        return f64::NAN;
    }
    spec_math::cephes64::riemann_zeta(s)
}

/// The Hurwitz zeta function ζ(s, a) = Σ (a + k)⁻ˢ for a > 0 and s ≥ 0, s ≠ 1; NaN elsewhere.
///
/// Relative error below 2e-15 for s > 1; below 1e-13 · max(1, 1/|value|) for 0 ≤ s < 1 and
/// a ≤ 100. Source: Cephes for s > 1, Euler–Maclaurin (DLMF 25.11.5) below.
pub fn hurwitz_zeta(s: f64, a: f64) -> f64 {
    if a > 0.0 && s > 1.0 {
        return spec_math::cephes64::zeta(s, a);
    }
    hurwitz_zeta_derivative(0.0, s, a)
}

/// The n-th derivative ζ⁽ⁿ⁾(s) for s ≥ 0, s ≠ 1 and n = 0 … 6; NaN elsewhere.
///
/// Relative error below 1e-13 for s > 1 (Zipf and zeta laws need n = 1 and 2).
pub fn zeta_derivative(n: f64, s: f64) -> f64 {
    hurwitz_zeta_derivative(n, s, 1.0)
}

/// The n-th derivative in s of ζ(s, a), for a > 0, s ≥ 0, s ≠ 1 and n = 0 … 6; NaN elsewhere.
///
/// Relative error below 1e-13 for s > 1, a ≤ 100 where the terms have one sign (a ≥ 1).
/// Source: Euler–Maclaurin (DLMF 25.11.5), differentiated as a power series in s.
pub fn hurwitz_zeta_derivative(n: f64, s: f64, a: f64) -> f64 {
    if !(n >= 0.0 && n <= ORDER as f64 && n == n.floor()) {
        return f64::NAN;
    }
    if !(a > 0.0 && s >= 0.0 && s != 1.0 && a.is_finite() && s.is_finite()) {
        return f64::NAN;
    }
    let order = n as usize;
    let reach = 12.0 + s.min(60.0);
    let mut total = [0.0; ORDER + 1];
    let mut w = a;
    while w < reach {
        add(&mut total, &power(w, s, order), order);
        w += 1.0;
    }
    let last = power(w, s, order);
    // w^(1−s)/(s−1) + w^(−s)/2
    let mut pole = [0.0; ORDER + 1];
    pole[0] = 1.0 / (s - 1.0);
    for k in 1..=order {
        pole[k] = -pole[k - 1] / (s - 1.0);
    }
    let mut integral = product(&last, &pole, order);
    integral.iter_mut().for_each(|c| *c *= w);
    add(&mut total, &integral, order);
    add(&mut total, &last.map(|c| 0.5 * c), order);
    // Σ B₂ⱼ/(2j)! · s(s+1)…(s+2j−2) · w^(−s−2j+1)
    let mut rising = product(&last, &linear(s), order).map(|c| c / w);
    for (j, weight) in BERNOULLI_OVER_FACTORIAL.iter().enumerate() {
        add(&mut total, &rising.map(|c| c * weight), order);
        let step = 2.0 * j as f64;
        rising = product(&rising, &linear(s + step + 1.0), order);
        rising = product(&rising, &linear(s + step + 2.0), order).map(|c| c / (w * w));
    }
    let factorial = (1..=order).fold(1.0, |f, k| f * k as f64);
    total[order] * factorial
}

/// w^(−s) as a power series in s.
fn power(w: f64, s: f64, order: usize) -> Series {
    let log = w.ln();
    let mut series = [0.0; ORDER + 1];
    series[0] = w.powf(-s);
    for k in 1..=order {
        series[k] = -series[k - 1] * log / k as f64;
    }
    series
}

fn linear(value: f64) -> Series {
    let mut series = [0.0; ORDER + 1];
    series[0] = value;
    series[1] = 1.0;
    series
}

fn product(left: &Series, right: &Series, order: usize) -> Series {
    let mut series = [0.0; ORDER + 1];
    for k in 0..=order {
        series[k] = (0..=k).map(|i| left[i] * right[k - i]).sum();
    }
    series
}

fn add(total: &mut Series, more: &Series, order: usize) {
    for k in 0..=order {
        total[k] += more[k];
    }
}

/// ζ(1 + δ) − 1/δ for |δ| ≤ ½: the zeta function without its pole, DLMF 25.2.4.
pub(crate) fn zeta_without_pole(delta: f64) -> f64 {
    const STIELTJES: [f64; 12] = [
        0.577_215_664_901_532_9,
        -0.072_815_845_483_676_72,
        -0.009_690_363_192_872_318,
        0.002_053_834_420_303_345_7,
        0.002_325_370_065_467_3,
        7.933_238_173_010_627e-4,
        -2.387_693_454_301_996e-4,
        -5.272_895_670_577_51e-4,
        -3.521_233_538_030_395e-4,
        -3.439_477_441_808_805e-5,
        2.053_328_149_090_648e-4,
        2.701_844_395_439_034e-4,
    ];
    // Σ (−δ)ᵏ γ_k/k!
    let mut sum = 0.0;
    let mut scale = 1.0;
    for (k, constant) in STIELTJES.iter().enumerate() {
        if k > 0 {
            scale *= -delta / k as f64;
        }
        sum += scale * constant;
    }
    sum
}

/// log( πδ / sin πδ ) for |δ| < 1.
pub(crate) fn log_inverse_sinc(delta: f64) -> f64 {
    if delta.abs() > 0.1 {
        return (PI * delta / (PI * delta).sin()).ln();
    }
    let square = delta * delta;
    let mut power = 1.0;
    (1..12)
        .map(|k| {
            power *= square;
            zeta(2.0 * f64::from(k)) * power / f64::from(k)
        })
        .sum()
}
