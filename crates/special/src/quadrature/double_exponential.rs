//! The double-exponential rule on one piece: the trapezoidal rule after a change of variable.
//! In: a `Map`, the integrand → Out: values, magnitudes, errors, and whether it converged.
//! Never: a subdivision (a piece on which it fails goes to Gauss–Kronrod).
//!
//! Source: Takahasi & Mori (1974); the error estimate follows Bailey, Jeyabalan & Li (2005), sect. 2.

use super::geometry::{Map, Range};
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
    /// Relative size of the outermost terms on either side.
    edges: [f64; 2],
    /// A value inside was not finite.
    broken: bool,
    /// How much the rounding of x may change a value, relative to the magnitude.
    noise: f64,
}

impl Trapezoid {
    pub(super) fn new(range: Range, map: Map, dimension: usize) -> Self {
        Self {
            range,
            map,
            dimension,
            sums: vec![0.0; dimension],
            magnitudes: vec![0.0; dimension],
            largest: vec![0.0; dimension],
            edges: [0.0; 2],
            broken: false,
            noise: 8.0 * f64::EPSILON,
        }
    }

    pub(super) fn run(
        &mut self,
        counted: &mut Counted,
        outside: &[f64],
        relative: f64,
        absolute: f64,
    ) -> (PieceResult, bool) {
        let mut span = self.first_pass(counted, outside);
        let mut step = FIRST_STEP;
        let mut history = vec![self.scaled(step)];
        let mut buffer = vec![0.0; self.dimension];
        for level in 1..=LAST_LEVEL {
            step *= 0.5;
            span = self.widen(counted, span, step, &mut buffer);
            let start = (span.0 / step).round() as i64;
            let end = (span.1 / step).round() as i64;
            for index in start..=end {
                if index % 2 != 0 {
                    self.visit(counted, index as f64 * step, &mut buffer);
                }
            }
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

    /// Sums coarsely over all t, and finds the span beyond which terms do not count.
    fn first_pass(&mut self, counted: &mut Counted, outside: &[f64]) -> (f64, f64) {
        let half = (self.map.reach() / FIRST_STEP).round() as i64;
        let dimension = self.dimension;
        let count = (2 * half + 1) as usize;
        let mut terms = vec![0.0; dimension * count];
        let mut finite = vec![true; count];
        for (i, term) in terms.chunks_mut(dimension.max(1)).enumerate() {
            let t = (i as i64 - half) as f64 * FIRST_STEP;
            finite[i] = match self.map.point(self.range, t) {
                Some((at, weight)) => {
                    self.note_rounding(at.x, weight);
                    counted.weighted(at, weight, term)
                }
                None => false,
            };
            if finite[i] {
                for (largest, value) in self.largest.iter_mut().zip(term.iter()) {
                    *largest = largest.max(value.abs());
                }
            } else {
                term.fill(0.0);
            }
        }
        let size = |i: usize| {
            let term = &terms[i * dimension..(i + 1) * dimension];
            term.iter()
                .zip(self.largest.iter().zip(outside))
                .map(|(t, (largest, outside))| share(t.abs(), largest.max(1e-3 * outside)))
                .fold(0.0, f64::max)
        };
        let mut low = 0;
        let mut high = count - 1;
        while low < high && size(low) < NEGLIGIBLE {
            low += 1;
        }
        while high > low && size(high) < NEGLIGIBLE {
            high -= 1;
        }
        // terms that are not finite are tolerated beyond the span only
        self.broken = finite[low..=high].iter().any(|f| !f);
        // where all the rest vanishes there is no span, and what is not finite may be all there is
        let vanishes = self.largest.iter().all(|largest| *largest == 0.0);
        self.broken |= vanishes && finite.iter().any(|f| !f);
        self.edges = [size(low), size(high)];
        for i in low..=high {
            for j in 0..dimension {
                self.sums[j] += terms[i * dimension + j];
                self.magnitudes[j] += terms[i * dimension + j].abs();
            }
        }
        (
            (low as i64 - half) as f64 * FIRST_STEP,
            (high as i64 - half) as f64 * FIRST_STEP,
        )
    }

    /// Steps outwards on the present grid (twice `step`, up to its old ends) until terms vanish.
    fn widen(
        &mut self,
        counted: &mut Counted,
        span: (f64, f64),
        step: f64,
        buffer: &mut [f64],
    ) -> (f64, f64) {
        let mut ends = [span.0, span.1];
        for (side, direction) in [(0, -1.0), (1, 1.0)] {
            loop {
                let t = ends[side] + direction * 2.0 * step;
                if self.edges[side] < NEGLIGIBLE || t.abs() > self.map.reach() {
                    break;
                }
                match self.visit_outer(counted, t, buffer) {
                    Some(size) => self.edges[side] = size,
                    None => break,
                }
                ends[side] = t;
            }
        }
        (ends[0], ends[1])
    }

    fn visit(&mut self, counted: &mut Counted, t: f64, buffer: &mut [f64]) {
        if let Some((at, weight)) = self.map.point(self.range, t) {
            if counted.weighted(at, weight, buffer) {
                self.take(buffer);
            } else {
                self.broken = true;
            }
        }
    }

    /// As `visit`, beyond the span: a value that is not finite ends the sum.
    fn visit_outer(&mut self, counted: &mut Counted, t: f64, buffer: &mut [f64]) -> Option<f64> {
        let (at, weight) = self.map.point(self.range, t)?;
        if !counted.weighted(at, weight, buffer) {
            return None;
        }
        self.take(buffer);
        let sizes = buffer
            .iter()
            .zip(&self.largest)
            .map(|(term, most)| share(term.abs(), *most));
        Some(sizes.fold(0.0, f64::max))
    }

    fn take(&mut self, term: &[f64]) {
        for (j, value) in term.iter().enumerate() {
            self.sums[j] += value;
            self.magnitudes[j] += value.abs();
            self.largest[j] = self.largest[j].max(value.abs());
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
