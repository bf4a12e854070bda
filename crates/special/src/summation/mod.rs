//! Sums of vector-valued terms over equally spaced points, finite or infinite.
//! In: a closure over a point, first, last, step → Out: `Sum` (values, errors, converged).
//! Never: a closed form.
//!
//! Each run starts where the terms are large and walks outwards. Geometric decay is summed directly
//! to a bound on the rest; slower decay by Euler–Maclaurin, done twice from different points as its
//! own check; what is not smooth between the points by Levin's transform.

mod euler_maclaurin;
mod levin;
mod run;

use crate::locate::Peak;
use run::Run;

/// How far to go.
#[derive(Clone, Debug)]
pub struct SumOptions {
    /// Wanted error of each entry, as a share of Σ|f|.
    pub relative: f64,
    /// Wanted error of each entry, absolute; the larger of the two counts.
    pub absolute: f64,
    /// The terms are evaluated at most about this many times.
    pub max_terms: usize,
    /// Where the terms are large (from `locate_counts`); without, a coarse search is made.
    pub peaks: Vec<Peak>,
}

impl Default for SumOptions {
    fn default() -> Self {
        Self {
            relative: 1e-12,
            absolute: 0.0,
            max_terms: 200_000,
            peaks: Vec::new(),
        }
    }
}

/// The value of a sum, entry by entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// Σ f
    pub values: Vec<f64>,
    /// Estimated absolute errors.
    pub errors: Vec<f64>,
    /// Σ |f|, to a few digits: the scale against which `relative` is meant.
    pub magnitudes: Vec<f64>,
    /// Calls of the terms.
    pub terms: usize,
    /// True if every entry reached the wanted error.
    pub converged: bool,
}

/// Sums `f(k, out)` over k = `first`, `first` + `step`, … up to `last`.
///
/// - Shape: `f` fills `dimension` entries. `step` > 0. `last` = ∞ or `first` = −∞ are allowed; with
///   `first` = −∞ the points are those of `last`, or of 0 if both are infinite.
/// - `f` is also asked between the points (Euler–Maclaurin): let it be the smooth continuation
///   (Γ for factorials). If it is not, alternating or slowly converging sums may still be found
///   by Levin's transform, else `converged` is false.
/// - Never panics; a term that is not finite makes `converged` false.
pub fn sum(
    f: &mut dyn FnMut(f64, &mut [f64]),
    dimension: usize,
    first: f64,
    last: f64,
    step: f64,
    options: &SumOptions,
) -> Sum {
    let usable = step > 0.0 && step.is_finite() && !first.is_nan() && !last.is_nan();
    if !usable || first == f64::INFINITY || last == f64::NEG_INFINITY || last < first {
        let empty = usable && last < first;
        let value = if empty { 0.0 } else { f64::NAN };
        return Sum {
            values: vec![value; dimension],
            errors: vec![value; dimension],
            magnitudes: vec![value; dimension],
            terms: 0,
            converged: empty,
        };
    }
    let origin = if first.is_finite() {
        first
    } else if last.is_finite() {
        last
    } else {
        0.0
    };
    // points are origin + index · step
    let low = if first.is_finite() {
        0.0
    } else {
        f64::NEG_INFINITY
    };
    let high = if !last.is_finite() {
        f64::INFINITY
    } else if first.is_finite() {
        ((last - first) / step * (1.0 + 4.0 * f64::EPSILON)).floor()
    } else {
        0.0
    };
    let mut terms = Terms {
        f,
        origin,
        step,
        count: 0,
        limit: options.max_terms,
    };
    let mut starts: Vec<f64> = options
        .peaks
        .iter()
        .filter(|peak| peak.at.is_finite())
        .map(|peak| ((peak.at - origin) / step).round().clamp(low, high))
        .collect();
    if starts.is_empty() {
        starts.push(search(&mut terms, dimension, low, high));
    }
    starts.sort_by(f64::total_cmp);
    starts.dedup();
    // from the top to where a normal density has fallen to e^(−40), with room for a heavier side
    let widest = options
        .peaks
        .iter()
        .map(|peak| (peak.right - peak.left) / step);
    let bell = (6.0 * widest.fold(0.0, f64::max)).min(1e9) as usize;
    let mut run = Run::new(dimension, options.relative, options.absolute);
    for (i, start) in starts.iter().enumerate() {
        let left = if i == 0 {
            low
        } else {
            between(starts[i - 1], *start) + 1.0
        };
        let right = if i + 1 == starts.len() {
            high
        } else {
            between(*start, starts[i + 1])
        };
        run.walk(&mut terms, *start, 1.0, right - start + 1.0, bell);
        run.walk(&mut terms, start - 1.0, -1.0, start - left, bell);
    }
    run.finish(terms.count)
}

fn between(a: f64, b: f64) -> f64 {
    (a + 0.5 * (b - a)).floor()
}

/// The terms as a function of an index.
struct Terms<'a> {
    f: &'a mut dyn FnMut(f64, &mut [f64]),
    origin: f64,
    step: f64,
    count: usize,
    limit: usize,
}

impl Terms<'_> {
    /// Fills `out`; false if an entry is not finite.
    fn at(&mut self, index: f64, out: &mut [f64]) -> bool {
        self.count += 1;
        (self.f)(self.origin + index * self.step, out);
        out.iter().all(|value| value.is_finite())
    }

    fn exhausted(&self) -> bool {
        self.count >= self.limit
    }
}

/// The index of the largest term on a grid whose spacing grows with the distance from the origin.
fn search(terms: &mut Terms, dimension: usize, low: f64, high: f64) -> f64 {
    let mut buffer = vec![0.0; dimension];
    let mut best = (f64::NEG_INFINITY, low.max(high.min(0.0)));
    let mut visit = |index: f64, best: &mut (f64, f64)| {
        if index < low || index > high {
            return;
        }
        if terms.at(index, &mut buffer) {
            let size: f64 = buffer.iter().map(|value| value.abs()).sum();
            if size > best.0 {
                *best = (size, index);
            }
        }
    };
    let mut index = 0.0_f64;
    while index < 1e15 {
        visit(index, &mut best);
        visit(-index, &mut best);
        index = (index * 1.25).floor().max(index + 1.0);
    }
    if high.is_finite() {
        for part in 1..=64 {
            visit((high * f64::from(part) / 64.0).floor(), &mut best);
        }
    }
    best.1
}
