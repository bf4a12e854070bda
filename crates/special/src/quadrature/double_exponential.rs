//! The double-exponential rule on one piece: the trapezoidal rule after a change of variable.
//! In: a `Map`, the integrand → Out: values, magnitudes, errors, and whether it converged.
//! Never: a subdivision (a piece on which it fails goes to Gauss–Kronrod).
//!
//! Source: Takahasi & Mori (1974); the error estimate follows Bailey, Jeyabalan & Li (2005), sect. 2.

use super::geometry::{Map, Range};
use super::samples::Samples;
use super::{Counted, PieceResult};

const FIRST_STEP: f64 = 0.5;
const LAST_LEVEL: usize = 8;
/// A term this small against the largest is beyond the end of the sum.
const NEGLIGIBLE: f64 = 1e-19;

pub(super) struct Trapezoid {
    range: Range,
    map: Map,
    dimension: usize,
    sums: Vec<f64>,
    magnitudes: Vec<f64>,
    largest: Vec<f64>,
    /// The t's between which terms count, as far as is known.
    span: [f64; 2],
    /// The t's from which on no term counts.
    outer: [f64; 2],
    /// Relative size of the outermost terms on either side.
    edges: [f64; 2],
    /// A value inside was not finite.
    broken: bool,
    /// How much the rounding of x may change a value, relative to the magnitude.
    noise: f64,
    pub(super) samples: Samples,
}

impl Trapezoid {
    pub(super) fn new(range: Range, map: Map, dimension: usize, samples: Samples) -> Self {
        Self {
            range,
            map,
            dimension,
            sums: vec![0.0; dimension],
            magnitudes: vec![0.0; dimension],
            largest: vec![0.0; dimension],
            span: [0.0; 2],
            outer: [0.0; 2],
            edges: [0.0; 2],
            broken: false,
            noise: 8.0 * f64::EPSILON,
            samples,
        }
    }

    pub(super) fn run(
        &mut self,
        counted: &mut Counted,
        outside: &[f64],
        relative: f64,
        absolute: f64,
    ) -> (PieceResult, bool) {
        self.first_pass(counted, outside);
        let mut step = FIRST_STEP;
        let mut history = vec![self.scaled(step)];
        for level in 1..=LAST_LEVEL {
            step *= 0.5;
            self.pass(counted, step);
            history.push(self.scaled(step));
            let errors = self.errors(&history, step);
            let wanted = |j: usize| {
                let magnitude = self.magnitudes[j] * step;
                let scale = magnitude + outside[j];
                (relative * scale)
                    .max(absolute)
                    .max(2.0 * self.noise * magnitude)
            };
            let done = level >= 3 && (0..self.dimension).all(|j| errors[j] <= wanted(j));
            let hopeless = level == LAST_LEVEL
                || counted.exhausted()
                || level >= 6 && !self.improving(&history, relative);
            if done || hopeless {
                let truncated = self.edges.iter().any(|edge| *edge > 0.02 * relative);
                let result = PieceResult {
                    values: history.pop().unwrap_or_default(),
                    magnitudes: self.magnitudes.iter().map(|m| m * step).collect(),
                    errors,
                };
                return (result, done && !self.broken && !truncated);
            }
        }
        let zero = vec![0.0; self.dimension];
        let result = PieceResult {
            values: zero.clone(),
            magnitudes: zero.clone(),
            errors: zero,
        };
        (result, false)
    }

    fn evaluate(&mut self, counted: &mut Counted, all: &[f64]) {
        self.samples.clear();
        self.samples.ask(self.map, self.range, all, 1.0);
        self.samples.evaluate(counted, self.dimension);
    }

    /// Sums coarsely over all t, and finds the span beyond which terms do not count.
    fn first_pass(&mut self, counted: &mut Counted, outside: &[f64]) {
        let half = (self.map.reach() / FIRST_STEP).round() as i64;
        let dimension = self.dimension;
        let all: Vec<f64> = (-half..=half).map(|i| i as f64 * FIRST_STEP).collect();
        self.evaluate(counted, &all);
        let points = std::mem::take(&mut self.samples.points);
        for (at, weight) in points.at.iter().zip(&points.weights) {
            self.note_rounding(at.x, *weight);
        }
        self.samples.points = points;
        let samples = &self.samples;
        for (j, largest) in self.largest.iter_mut().enumerate() {
            *largest = samples.column(j).iter().fold(0.0, |a, v| v.abs().max(a));
        }
        let largest: Vec<f64> = self
            .largest
            .iter()
            .zip(outside)
            .map(|(l, o)| l.max(1e-3 * o))
            .collect();
        let size = |i: usize| {
            (0..dimension)
                .map(|j| share(samples.column(j)[i].abs(), largest[j]))
                .fold(0.0, f64::max)
        };
        let (mut low, mut high) = (0, all.len() - 1);
        while low < high && size(low) < NEGLIGIBLE {
            low += 1;
        }
        while high > low && size(high) < NEGLIGIBLE {
            high -= 1;
        }
        // terms that are not finite are tolerated beyond the span only
        self.broken = (low..=high).any(|i| !samples.is_usable(i));
        // where all the rest vanishes there is no span, and what is not finite may be all there is
        let vanishes = self.largest.iter().all(|largest| *largest == 0.0);
        self.broken |= vanishes && (0..all.len()).any(|i| !samples.is_usable(i));
        self.edges = [size(low), size(high)];
        for j in 0..dimension {
            for term in &samples.column(j)[low..=high] {
                self.sums[j] += term;
                self.magnitudes[j] += term.abs();
            }
        }
        self.span = [all[low], all[high]];
        // beyond the reach there are no points
        self.outer = [
            all[low.saturating_sub(1)],
            all[(high + 1).min(all.len() - 1)],
        ];
    }

    /// Adds the terms half-way between those before, and on either side beyond the span until they vanish.
    fn pass(&mut self, counted: &mut Counted, step: f64) {
        let [low, high] = self.outer.map(|t| t / step);
        let between = (low.floor() as i64 + 1)..(high.ceil() as i64);
        let all: Vec<f64> = between
            .filter(|i| i % 2 != 0)
            .map(|i| i as f64 * step)
            .collect();
        self.evaluate(counted, &all);
        let inside = |t: &f64| *t >= self.span[0] && *t <= self.span[1];
        let from = all.iter().position(inside).unwrap_or(all.len());
        let to = all.iter().rposition(inside).map_or(from, |i| i + 1);
        self.broken |= (from..to).any(|i| !self.samples.is_usable(i));
        self.take(from..to);
        for (i, t) in all.iter().enumerate().take(from).rev() {
            if !self.step_out(0, i, *t) {
                break;
            }
        }
        for (i, t) in all.iter().enumerate().skip(to) {
            if !self.step_out(1, i, *t) {
                break;
            }
        }
    }

    /// Adds a term beyond the span on a side; a value that is not finite, or vanishes, ends the sum.
    fn step_out(&mut self, side: usize, i: usize, t: f64) -> bool {
        if self.edges[side] < NEGLIGIBLE || !self.samples.is_usable(i) {
            self.outer[side] = t;
            return false;
        }
        self.take(i..i + 1);
        let sizes =
            (0..self.dimension).map(|j| share(self.samples.column(j)[i].abs(), self.largest[j]));
        self.edges[side] = sizes.fold(0.0, f64::max);
        self.span[side] = t;
        true
    }

    fn take(&mut self, terms: std::ops::Range<usize>) {
        for j in 0..self.dimension {
            let (mut sum, mut magnitude, mut largest) =
                (self.sums[j], self.magnitudes[j], self.largest[j]);
            for value in &self.samples.column(j)[terms.clone()] {
                sum += value;
                magnitude += value.abs();
                largest = largest.max(value.abs());
            }
            (self.sums[j], self.magnitudes[j], self.largest[j]) = (sum, magnitude, largest);
        }
    }

    fn note_rounding(&mut self, x: f64, weight: f64) {
        // only where the bulk of the weight is does the rounding of x matter
        if weight > 0.1 * self.map.length() && weight < 10.0 * self.map.length() {
            let noise = f64::EPSILON * x.abs() / self.map.length();
            self.noise = self.noise.max(noise);
        }
    }

    fn scaled(&self, step: f64) -> Vec<f64> {
        self.sums.iter().map(|sum| sum * step).collect()
    }

    fn errors(&self, history: &[Vec<f64>], step: f64) -> Vec<f64> {
        let last = history.len() - 1;
        (0..self.dimension)
            .map(|j| {
                let magnitude = self.magnitudes[j] * step;
                let at = |back: usize| history[last - back][j];
                let difference = (at(0) - at(1)).abs();
                if difference.is_nan() || magnitude.is_infinite() {
                    return f64::INFINITY;
                }
                let floor = self.noise * magnitude;
                if last < 2 || difference <= floor {
                    return difference.max(floor);
                }
                let before = (at(1) - at(2)).abs() / magnitude;
                let now = difference / magnitude;
                if before > 0.1 || now > 1e-3 || now >= before {
                    return difference;
                }
                // digits double with each halving of the step: (error) = (difference)^power
                let power = (now.ln() / before.ln()).clamp(1.0, 2.0);
                (10.0 * magnitude * now.powf(power))
                    .min(difference)
                    .max(floor)
            })
            .collect()
    }

    fn improving(&self, history: &[Vec<f64>], relative: f64) -> bool {
        let last = history.len() - 1;
        (0..self.dimension).all(|j| {
            let now = (history[last][j] - history[last - 1][j]).abs();
            let before = (history[last - 1][j] - history[last - 2][j]).abs();
            now < 0.1 * before || now <= relative * history[last][j].abs()
        })
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if part == 0.0 { 0.0 } else { part / whole }
}
