//! The Euler–Maclaurin formula for the rest of a smooth sum.
//! In: the terms as a function of a real index, a start, a length → Out: the rest and its error.
//! Never: a symbolic derivative: they come from central differences on a scale that is tried out.
//!
//! Source: DLMF 2.10.1.

// an entry's index runs over many arrays at once
#![allow(clippy::needless_range_loop)]

use super::Terms;
use crate::quadrature::{Integral, IntegrateOptions, integrate};

/// Weights of f(±H), f(±2H), f(±3H), f(±4H) in the first, third and fifth derivative.
const FIRST: [f64; 4] = [4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0];
const THIRD: [f64; 4] = [-61.0 / 30.0, 169.0 / 120.0, -3.0 / 10.0, 7.0 / 240.0];
const FIFTH: [f64; 4] = [29.0 / 6.0, -13.0 / 3.0, 3.0 / 2.0, -1.0 / 6.0];

/// Terms next to a finite far end that are summed directly.
const FAR_DIRECT: f64 = 256.0;

/// The sum of the terms from number `done` to number `length` − 1 of a walk.
pub(super) fn rest(
    terms: &mut Terms,
    start: f64,
    direction: f64,
    done: f64,
    length: f64,
    dimension: usize,
    wanted: &[f64],
) -> Integral {
    let mut term = |number: f64, out: &mut [f64]| terms.at(start + direction * number, out);
    let mut buffer = vec![0.0; dimension];
    let mut direct = vec![0.0; dimension];
    let mut until = f64::INFINITY;
    if length.is_finite() {
        until = length - FAR_DIRECT;
        let mut number = until;
        while number < length {
            term(number, &mut buffer);
            direct
                .iter_mut()
                .zip(&buffer)
                .for_each(|(sum, value)| *sum += value);
            number += 1.0;
        }
    }
    let options = IntegrateOptions {
        relative: 1e-13,
        absolute: wanted.iter().copied().fold(f64::INFINITY, f64::min) * 0.1,
        max_evaluations: 20_000,
        ..IntegrateOptions::default()
    };
    let until_integral = if until.is_finite() {
        until - 1.0
    } else {
        until
    };
    // the rest varies on the scale of what was already walked
    let knee = [2.0 * done];
    let mut result = integrate(
        &mut |x, out| {
            term(x, out);
        },
        dimension,
        done,
        until_integral,
        &knee,
        &options,
    );
    // the integral runs to the last point before the far end; both ends count half
    let mut ends = vec![(done, -1.0)];
    if until.is_finite() {
        ends.push((until_integral, 1.0));
    }
    for (point, side) in ends {
        term(point, &mut buffer);
        let half: Vec<f64> = buffer.iter().map(|value| 0.5 * value).collect();
        let (odd, error) = odd_terms(&mut term, point, side, done, length, dimension, wanted);
        for j in 0..dimension {
            result.values[j] += half[j] + odd[j];
            result.errors[j] += error[j];
        }
    }
    for j in 0..dimension {
        result.values[j] += direct[j];
        result.magnitudes[j] += direct[j].abs();
        result.converged &= result.values[j].is_finite();
    }
    result
}

/// side · (f'/12 − f'''/720 + f⁽⁵⁾/30240) at a point, and its error.
fn odd_terms(
    term: &mut dyn FnMut(f64, &mut [f64]) -> bool,
    point: f64,
    side: f64,
    done: f64,
    length: f64,
    dimension: usize,
    wanted: &[f64],
) -> (Vec<f64>, Vec<f64>) {
    let room = if side < 0.0 {
        done
    } else {
        FAR_DIRECT.min(length)
    };
    let mut spacing = room / 8.0;
    let mut previous: Option<Vec<f64>> = None;
    let mut errors = vec![f64::INFINITY; dimension];
    let mut low = vec![0.0; dimension];
    let mut high = vec![0.0; dimension];
    for _ in 0..12 {
        let mut value = vec![0.0; dimension];
        for i in 0..4 {
            let distance = spacing * (i + 1) as f64;
            term(point - distance, &mut low);
            term(point + distance, &mut high);
            let weight = FIRST[i] / spacing / 12.0 - THIRD[i] / spacing.powi(3) / 720.0
                + FIFTH[i] / spacing.powi(5) / 30_240.0;
            for j in 0..dimension {
                value[j] += side * weight * (high[j] - low[j]);
            }
        }
        if let Some(before) = &previous {
            for j in 0..dimension {
                errors[j] = (value[j] - before[j]).abs();
            }
            if (0..dimension).all(|j| errors[j] <= 0.1 * wanted[j]) {
                return (value, errors);
            }
        }
        previous = Some(value);
        spacing *= 0.5;
    }
    (previous.unwrap_or_default(), errors)
}
