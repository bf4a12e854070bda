//! A walk from a large term outwards.
//! In: the terms, a start, a direction, how many → Out: its share of the sum.
//! Never: more than the allowed terms.

// an entry's index runs over many arrays at once
#![allow(clippy::needless_range_loop)]

use super::levin::levin_u;
use super::{Sum, Terms, euler_maclaurin};

/// Terms are judged in blocks, since single terms may vanish (parity).
const BLOCK: usize = 8;
/// A finite walk up to this length is summed term by term.
const SHORT: f64 = 4096.0;
/// After this many terms a slow walk is handed to Euler–Maclaurin; its check starts at twice that.
const DIRECT: usize = 512;
/// A geometric decay is followed up to here.
const PATIENT: usize = 6000;
/// A bell is summed term by term if it is not wider than this; terms that carry rounding noise
/// (log-gammas of large arguments) are poor integrands.
pub(super) const WIDE: usize = 40_000;

pub(super) struct Run {
    relative: f64,
    absolute: f64,
    /// Compensated sums: value and the part lost to rounding.
    values: Vec<f64>,
    lost: Vec<f64>,
    errors: Vec<f64>,
    magnitudes: Vec<f64>,
    failed: bool,
}

impl Run {
    pub(super) fn new(dimension: usize, relative: f64, absolute: f64) -> Self {
        Self {
            relative,
            absolute,
            values: vec![0.0; dimension],
            lost: vec![0.0; dimension],
            errors: vec![0.0; dimension],
            magnitudes: vec![0.0; dimension],
            failed: false,
        }
    }

    fn add(&mut self, j: usize, value: f64) {
        let total = self.values[j] + value;
        self.lost[j] += if self.values[j].abs() >= value.abs() {
            (self.values[j] - total) + value
        } else {
            (value - total) + self.values[j]
        };
        self.values[j] = total;
        self.magnitudes[j] += value.abs();
    }

    fn wanted(&self, j: usize) -> f64 {
        (self.relative * self.magnitudes[j]).max(self.absolute)
    }

    /// Adds `length` terms from index `start` on in `direction` (1 or −1); `length` may be ∞.
    /// `bell` is the number of terms within which a bell-shaped peak would be over.
    pub(super) fn walk(
        &mut self,
        terms: &mut Terms,
        start: f64,
        direction: f64,
        length: f64,
        bell: usize,
    ) {
        if length < 1.0 {
            return;
        }
        let dimension = self.values.len();
        let mut buffer = vec![0.0; dimension];
        let mut decay = Decay::new(dimension);
        let mut kept: Vec<f64> = Vec::new();
        let before: Vec<f64> = (0..dimension)
            .map(|j| self.values[j] + self.lost[j])
            .collect();
        let mut at_direct = before.clone();
        let mut done = 0usize;
        loop {
            if done as f64 >= length {
                return;
            }
            if terms.exhausted() {
                self.failed = true;
                return;
            }
            if done == DIRECT {
                at_direct = (0..dimension)
                    .map(|j| self.values[j] + self.lost[j])
                    .collect();
            }
            let bell = if bell <= WIDE { bell } else { 0 };
            let slow =
                done >= bell.max(2 * DIRECT) && !decay.finishes_before(PATIENT - done.min(PATIENT));
            if slow && length > SHORT {
                break;
            }
            if !terms.at(start + direction * done as f64, &mut buffer) {
                self.failed = true;
                buffer.fill(0.0);
            }
            for j in 0..dimension {
                self.add(j, buffer[j]);
            }
            if kept.len() < 64 * dimension {
                kept.extend_from_slice(&buffer);
            }
            done += 1;
            if decay.take(&buffer, &self.magnitudes, self.relative)
                && (0..dimension).all(|j| decay.rest(j) <= 0.1 * self.wanted(j))
            {
                for j in 0..dimension {
                    self.errors[j] += decay.rest(j);
                }
                return;
            }
        }
        self.slow_rest(
            terms, start, direction, length, done, &at_direct, &before, &kept,
        );
    }

    /// The rest after `done` terms by Euler–Maclaurin, checked from `DIRECT` on.
    #[allow(clippy::too_many_arguments)]
    fn slow_rest(
        &mut self,
        terms: &mut Terms,
        start: f64,
        direction: f64,
        length: f64,
        done: usize,
        at_direct: &[f64],
        before: &[f64],
        kept: &[f64],
    ) {
        let dimension = self.values.len();
        if length.is_infinite() && self.alternating(before, kept) {
            return;
        }
        let scale: Vec<f64> = (0..dimension).map(|j| self.wanted(j)).collect();
        let mut rest = |from: usize| {
            euler_maclaurin::rest(
                terms,
                start,
                direction,
                from as f64,
                length,
                dimension,
                &scale,
            )
        };
        let late = rest(done);
        let early = rest(DIRECT);
        let mut agree = true;
        let mut differences = vec![0.0; dimension];
        for j in 0..dimension {
            let now = self.values[j] + self.lost[j] + late.values[j];
            let other = at_direct[j] + early.values[j];
            differences[j] = (now - other).abs();
            let magnitude = self.magnitudes[j] + late.magnitudes[j];
            let allowed = (1e3 * self.relative * magnitude).max(1e3 * self.absolute);
            agree &= differences[j] <= allowed + 10.0 * (early.errors[j] + late.errors[j]);
            // noise in the terms may keep the integrals from converging fully
            for rest in [&late, &early] {
                agree &= rest.converged || rest.errors[j] <= 1e-8 * magnitude;
            }
        }
        if agree {
            for j in 0..dimension {
                self.add(j, late.values[j]);
                // the check from DIRECT is the worse of the two by far
                self.errors[j] += late.errors[j].max(0.1 * differences[j]);
                self.magnitudes[j] += late.magnitudes[j] - late.values[j].abs();
            }
            return;
        }
        self.failed = true;
        for j in 0..dimension {
            self.add(j, late.values[j]);
            self.errors[j] += differences[j].max(late.errors[j]);
        }
    }

    /// An alternating series by Levin's transform; false if it is none or does not yield.
    fn alternating(&mut self, before: &[f64], kept: &[f64]) -> bool {
        let dimension = self.values.len();
        let mut results = Vec::with_capacity(dimension);
        for j in 0..dimension {
            let column: Vec<f64> = kept.iter().skip(j).step_by(dimension).copied().collect();
            let alternates = column.windows(2).all(|w| w[0] * w[1] < 0.0);
            let falls = column.windows(3).skip(20).all(|w| w[2].abs() < w[0].abs());
            if !alternates || !falls {
                return false;
            }
            let (value, error) = levin_u(&column);
            if error.is_nan() || error > 1e-9 * value.abs() {
                return false;
            }
            results.push((value, error));
        }
        for (j, (value, error)) in results.into_iter().enumerate() {
            self.values[j] = before[j] + value;
            self.lost[j] = 0.0;
            self.errors[j] += error;
        }
        true
    }

    pub(super) fn finish(mut self, terms: usize) -> Sum {
        let values: Vec<f64> = self
            .values
            .iter()
            .zip(&self.lost)
            .map(|(v, l)| v + l)
            .collect();
        for (error, magnitude) in self.errors.iter_mut().zip(&self.magnitudes) {
            *error += 4.0 * f64::EPSILON * magnitude;
        }
        let within = (0..values.len()).all(|j| {
            let rounding = 1e-14 * self.magnitudes[j];
            self.errors[j] <= 2.0 * self.wanted(j) + rounding
        });
        let finite = values.iter().all(|value| value.is_finite());
        Sum {
            values,
            errors: self.errors,
            magnitudes: self.magnitudes,
            terms,
            converged: !self.failed && within && finite,
        }
    }
}

/// How the largest terms of successive blocks shrink.
struct Decay {
    block: Vec<f64>,
    previous: Vec<f64>,
    ratios: Vec<f64>,
    worst: f64,
    taken: usize,
    falling: usize,
    blocks_to_go: f64,
}

impl Decay {
    fn new(dimension: usize) -> Self {
        Self {
            block: vec![0.0; dimension],
            previous: vec![0.0; dimension],
            ratios: vec![1.0; dimension],
            worst: 1.0,
            taken: 0,
            falling: 0,
            blocks_to_go: f64::INFINITY,
        }
    }

    /// True at the end of a block from which on a geometric bound may be trusted.
    fn take(&mut self, term: &[f64], magnitudes: &[f64], relative: f64) -> bool {
        for (most, value) in self.block.iter_mut().zip(term) {
            *most = most.max(value.abs());
        }
        self.taken += 1;
        if !self.taken.is_multiple_of(BLOCK) {
            return false;
        }
        let mut worst = 0.0_f64;
        let mut to_go = 0.0_f64;
        for j in 0..term.len() {
            let ratio = if self.block[j] == 0.0 {
                0.0
            } else {
                self.block[j] / self.previous[j]
            };
            // a ratio that grows will grow on (algebraic decay): keep the pessimistic one
            let ratio = if ratio > self.ratios[j] {
                ratio + (ratio - self.ratios[j])
            } else {
                ratio
            };
            self.ratios[j] = ratio;
            worst = worst.max(ratio);
            let share = self.block[j] / magnitudes[j] / relative;
            if share > 1e-2 {
                to_go = to_go.max(if ratio < 1.0 {
                    -(100.0 * share).ln() / ratio.ln()
                } else {
                    f64::INFINITY
                });
            }
        }
        self.falling = if worst < 0.9 { self.falling + 1 } else { 0 };
        self.worst = worst;
        self.blocks_to_go = to_go;
        std::mem::swap(&mut self.block, &mut self.previous);
        self.block.fill(0.0);
        self.falling >= 2
    }

    /// A bound on what entry j still has to come.
    fn rest(&self, j: usize) -> f64 {
        let ratio = self.ratios[j].min(0.95);
        BLOCK as f64 * self.previous[j] * ratio / (1.0 - ratio)
    }

    fn finishes_before(&self, terms: usize) -> bool {
        self.worst < 0.9 && 1.5 * self.blocks_to_go * (BLOCK as f64) < terms as f64
    }
}
