//! Where the mass of a density is.
//! In: a log-density on an interval → Out: its peaks and their edges, as breakpoints for `integrate`.
//! Never: an integral.

use std::sync::LazyLock;

/// A peak of a density.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// Where the density is highest.
    pub at: f64,
    /// Left of `at`, where the log-density is some 2 below the peak; −∞ if it never falls.
    pub left: f64,
    /// Right of `at`, likewise; ∞ if it never falls.
    pub right: f64,
    /// The log-density at the peak.
    pub log_height: f64,
    /// The density has a corner or a jump at `at`, which is then exact to rounding.
    pub kink: bool,
}

/// Where a density has its mass.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// The peaks that matter, by position.
    pub peaks: Vec<Peak>,
    /// The edges of the peaks and the peaks that are kinks, sorted, inside the interval: give them to `integrate`.
    pub breakpoints: Vec<f64>,
    /// Calls of the log-density.
    pub evaluations: usize,
}

/// Peaks whose mass is below e^(−50) of the largest are dropped.
const DROPPED: f64 = 50.0;
const MOST_PEAKS: usize = 12;
/// The fall of the log-density that marks the edge of a peak.
const FALL: f64 = 2.0;

/// Finds the peaks of the density exp(`log_density`) on (`lower`, `upper`), either infinite or not.
///
/// - The search is over all scales: 0 and ±10⁻²⁰⁰ … 10²⁰⁰ on the line, and likewise the distance
///   from a finite end (there a density is weighted with the distance, so that mass spread over
///   decades next to a pole counts); then a golden-section search. A normal density at 10⁶ ± 10⁻³
///   is found, as long as its logarithm is finite far away.
/// - `hints`: points that may matter, such as values of location parameters.
/// - Returns no peak if the log-density is nowhere finite. At most some 2,000 evaluations.
pub fn locate(
    log_density: &mut dyn FnMut(f64) -> f64,
    lower: f64,
    upper: f64,
    hints: &[f64],
) -> Location {
    locate_columns(&mut one_by_one(log_density), lower, upper, hints)
}

/// As `locate`, for a log-density that is given many points at once.
pub fn locate_columns(
    log_density: &mut dyn FnMut(&[f64], &mut [f64]),
    lower: f64,
    upper: f64,
    hints: &[f64],
) -> Location {
    let ends = Ends { lower, upper };
    let mut search = Search {
        log_density,
        ends,
        weighted: true,
        evaluations: 0,
    };
    search.run(&grid(ends, hints))
}

/// As `locate`, for a probability function on the integers from `first` to `last` (either may be
/// infinite) whose logarithm is also defined between the integers. `left`, `at` and `right` are
/// real numbers: round them.
pub fn locate_counts(
    log_mass: &mut dyn FnMut(f64) -> f64,
    first: f64,
    last: f64,
    hints: &[f64],
) -> Location {
    let ends = Ends {
        lower: first,
        upper: last,
    };
    let mut search = Search {
        log_density: &mut one_by_one(log_mass),
        ends,
        weighted: false,
        evaluations: 0,
    };
    let mut points = grid(ends, hints);
    points.extend([first, last].into_iter().filter(|end| end.is_finite()));
    points.sort_by(f64::total_cmp);
    points.dedup();
    search.run(&points)
}

fn one_by_one(f: &mut dyn FnMut(f64) -> f64) -> impl FnMut(&[f64], &mut [f64]) {
    move |points, out| {
        for (x, out) in points.iter().zip(out) {
            *out = f(*x);
        }
    }
}

#[derive(Clone, Copy)]
struct Ends {
    lower: f64,
    upper: f64,
}

impl Ends {
    /// Distance to the nearest finite end, 1 on the whole line.
    fn distance(self, x: f64) -> f64 {
        let nearest = (x - self.lower).min(self.upper - x);
        if nearest.is_finite() { nearest } else { 1.0 }
    }
}

/// Distances over all scales, dense over the usual ones, in order.
static DISTANCES: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let far = [15, 18, 22, 27, 33, 40, 50, 70, 100, 150, 200];
    let small = far.into_iter().rev().map(|k| 10_f64.powi(-k));
    let usual = (-72..=72).map(|k| 10_f64.powf(f64::from(k) / 6.0));
    let large = far.into_iter().map(|k| 10_f64.powi(k));
    small.chain(usual).chain(large).collect()
});

/// Distances around a hint, as shares of its size, in order.
static AROUND: LazyLock<Vec<f64>> =
    LazyLock::new(|| (-24..=2).map(|k| 10_f64.powf(f64::from(k) / 2.0)).collect());

fn grid(ends: Ends, hints: &[f64]) -> Vec<f64> {
    let Ends { lower, upper } = ends;
    let distances = &*DISTANCES;
    let mut points = Vec::with_capacity(2 * distances.len() + 64 * (hints.len() + 1));
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) => {
            let width = upper - lower;
            let near = || distances.iter().filter(|d| **d < 0.5);
            points.extend(near().map(|d| lower + width * d));
            points.extend((1..64).map(|k| lower + width * f64::from(k) / 64.0));
            points.extend(near().rev().map(|d| upper - width * d));
        }
        (true, false) => points.extend(distances.iter().map(|d| lower + d)),
        (false, true) => points.extend(distances.iter().rev().map(|d| upper - d)),
        (false, false) => {
            points.extend(distances.iter().rev().map(|d| -d));
            points.push(0.0);
            points.extend(distances);
        }
    }
    for hint in hints.iter().filter(|hint| hint.is_finite()) {
        let size = hint.abs().max(1e-6);
        points.extend(AROUND.iter().rev().map(|d| hint - size * d));
        points.push(*hint);
        points.extend(AROUND.iter().map(|d| hint + size * d));
    }
    points.retain(|x| x.is_finite() && *x > lower && *x < upper);
    points.sort_by(f64::total_cmp);
    points.dedup();
    points
}

struct Search<'a> {
    log_density: &'a mut dyn FnMut(&[f64], &mut [f64]),
    ends: Ends,
    /// Multiply the density with the distance from the nearest finite end.
    weighted: bool,
    evaluations: usize,
}

impl Search<'_> {
    fn height(&mut self, x: f64) -> f64 {
        let mut height = [0.0];
        self.heights(&[x], &mut height);
        height[0]
    }

    fn heights(&mut self, points: &[f64], out: &mut [f64]) {
        self.evaluations += points.len();
        (self.log_density)(points, out);
        for (value, x) in out.iter_mut().zip(points) {
            *value = if value.is_nan() {
                f64::NEG_INFINITY
            } else if self.weighted {
                value.min(1e300) + self.ends.distance(*x).ln()
            } else {
                value.min(1e300)
            };
        }
    }

    fn run(&mut self, points: &[f64]) -> Location {
        let mut heights = vec![0.0; points.len()];
        self.heights(points, &mut heights);
        let mut tops = tops(&heights);
        tops.sort_by(|a, b| heights[b.0].total_cmp(&heights[a.0]));
        tops.truncate(MOST_PEAKS);
        let mut peaks: Vec<Peak> = Vec::new();
        for (from, to) in tops {
            let low = from.saturating_sub(1);
            let high = (to + 1).min(points.len() - 1);
            let middle = from + (to - from) / 2;
            let mut bracket = [low, middle, high].map(|i| (points[i], heights[i]));
            self.climb(&mut bracket, 1e-4);
            let kink = from > 0 && to + 1 < points.len() && self.has_kink(&bracket);
            let reach = (bracket[2].0 - bracket[0].0).max(f64::MIN_POSITIVE);
            if kink {
                self.climb(&mut bracket, 0.0);
            }
            let (at, height) = bracket[1];
            let left = self.edge(at, height, reach, -1.0);
            let right = self.edge(at, height, reach, 1.0);
            peaks.push(Peak {
                at,
                left,
                right,
                log_height: height,
                kink,
            });
        }
        let mass = |peak: &Peak| {
            let width = (peak.right.min(1e300) - peak.left.max(-1e300)).min(1e300);
            let distance = if self.weighted {
                self.ends.distance(peak.at)
            } else {
                1.0
            };
            peak.log_height + (width / distance).max(1e-300).ln()
        };
        let best = peaks.iter().map(&mass).fold(f64::NEG_INFINITY, f64::max);
        peaks.retain(|peak| mass(peak) > best - DROPPED);
        peaks.sort_by(|a, b| a.at.total_cmp(&b.at));
        if self.weighted {
            for peak in &mut peaks {
                peak.log_height -= self.ends.distance(peak.at).ln();
            }
        }
        let mut breakpoints: Vec<f64> = peaks
            .iter()
            .flat_map(|peak| {
                [
                    peak.left,
                    if peak.kink { peak.at } else { peak.left },
                    peak.right,
                ]
            })
            .filter(|x| *x > self.ends.lower && *x < self.ends.upper)
            .collect();
        breakpoints.sort_by(f64::total_cmp);
        breakpoints.dedup_by(|b, a| *b - *a <= 1e-13 * a.abs());
        Location {
            peaks,
            breakpoints,
            evaluations: self.evaluations,
        }
    }

    /// Golden-section search for the highest point, until both ends of the bracket are at most
    /// `near` below its middle (or it is as narrow as numbers allow).
    fn climb(&mut self, bracket: &mut [(f64, f64); 3], near: f64) {
        const GOLDEN: f64 = 0.381_966_011_250_105_1;
        for _ in 0..120 {
            let [(a, at_a), (m, top), (b, at_b)] = *bracket;
            if at_a.min(at_b) > top - near || b - a <= 4.0 * f64::EPSILON * m.abs() {
                break;
            }
            let right = b - m > m - a;
            let x = if right {
                m + GOLDEN * (b - m)
            } else {
                m - GOLDEN * (m - a)
            };
            let new = (x, self.height(x));
            *bracket = match (new.1 > top, right) {
                (true, true) => [(m, top), new, (b, at_b)],
                (true, false) => [(a, at_a), new, (m, top)],
                (false, true) => [(a, at_a), (m, top), new],
                (false, false) => [new, (m, top), (b, at_b)],
            };
        }
    }

    /// Near a smooth top the fall on both sides together is quadratic in the distance, near a kink
    /// linear.
    fn has_kink(&mut self, bracket: &[(f64, f64); 3]) -> bool {
        let (at, reach) = (bracket[1].0, bracket[2].0 - bracket[0].0);
        let mut fall = |distance: f64| {
            2.0 * self.height(at) - self.height(at - distance) - self.height(at + distance)
        };
        // 4 and 16 for a parabola, 2 and 4 for a corner; the corner itself may lie beside `at`
        let (wide, narrow) = (fall(8.0 * reach), fall(2.0 * reach));
        wide.is_infinite() || wide > 1e-6 && wide / narrow < 8.0
    }

    /// Where the height has fallen by about `FALL` on one side.
    fn edge(&mut self, at: f64, height: f64, reach: f64, side: f64) -> f64 {
        let end = if side < 0.0 {
            self.ends.lower
        } else {
            self.ends.upper
        };
        let room = (end - at).abs();
        let rounding = 2.0 * f64::EPSILON * at.abs();
        // distances from the peak; close to a finite end the rest is halved instead
        let mut step = reach.min(0.5 * room).max(rounding);
        let mut inside = 0.0;
        for _ in 0..80 {
            if step <= rounding || height - self.height(at + side * step) <= FALL {
                break;
            }
            step *= 0.5;
        }
        for _ in 0..1100 {
            let fall = height - self.height(at + side * step);
            if fall >= FALL {
                break;
            }
            inside = step;
            step = if 2.0 * step < 0.75 * room {
                2.0 * step
            } else {
                0.5 * (step + room)
            };
            let x = at + side * step;
            if !x.is_finite() || x == end || step == inside {
                return side * f64::INFINITY;
            }
        }
        let mut outside = step;
        for _ in 0..12 {
            let middle = 0.5 * (inside + outside);
            let fall = height - self.height(at + side * middle);
            if (0.7 * FALL..1.5 * FALL).contains(&fall) {
                return at + side * middle;
            }
            if fall < FALL {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        at + side * outside
    }
}

/// A valley this shallow, in units of the rounding of the heights beside it, is none.
const SHALLOW: f64 = 64.0 * f64::EPSILON;

/// Local maxima, as the first and last index of their plateau.
fn tops(heights: &[f64]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut lowest = f64::INFINITY;
    let mut i = 0;
    while i < heights.len() {
        let mut j = i;
        while j + 1 < heights.len() && heights[j + 1] == heights[i] {
            j += 1;
        }
        lowest = lowest.min(heights[i]);
        let rises = i == 0 || heights[i - 1] < heights[i];
        let falls = j + 1 == heights.len() || heights[j + 1] < heights[i];
        if rises && falls && heights[i] > f64::NEG_INFINITY {
            let before = found.last().map_or(f64::NEG_INFINITY, |top| heights[top.0]);
            let same = before.min(heights[i]) - lowest <= SHALLOW * (1.0 + lowest.abs());
            if !same {
                found.push((i, j));
            } else if heights[i] > before {
                found.pop();
                found.push((i, j));
            }
            lowest = f64::INFINITY;
        }
        i = j + 1;
    }
    found
}
