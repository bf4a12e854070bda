//! Where the mass of a density is.
//! In: a log-density on an interval → Out: its peaks and their edges, as breakpoints for `integrate`.
//! Never: an integral.

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
        log_density: log_mass,
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

fn grid(ends: Ends, hints: &[f64]) -> Vec<f64> {
    let Ends { lower, upper } = ends;
    // distances over all scales, dense over the usual ones
    let usual = (-72..=72).map(|k| 10_f64.powf(f64::from(k) / 6.0));
    let far = [15, 18, 22, 27, 33, 40, 50, 70, 100, 150, 200]
        .into_iter()
        .flat_map(|k| [10_f64.powi(k), 10_f64.powi(-k)]);
    let mut distances: Vec<f64> = usual.chain(far).collect();
    distances.sort_by(f64::total_cmp);
    let mut points = Vec::new();
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) => {
            let width = upper - lower;
            for distance in distances.iter().filter(|d| **d < 0.5) {
                points.push(lower + width * distance);
                points.push(upper - width * distance);
            }
            points.extend((1..64).map(|k| lower + width * f64::from(k) / 64.0));
        }
        (true, false) => points.extend(distances.iter().map(|d| lower + d)),
        (false, true) => points.extend(distances.iter().map(|d| upper - d)),
        (false, false) => {
            points.push(0.0);
            points.extend(distances.iter().flat_map(|d| [*d, -d]));
        }
    }
    for hint in hints.iter().filter(|hint| hint.is_finite()) {
        points.push(*hint);
        let size = hint.abs().max(1e-6);
        points.extend((-24..=2).flat_map(|k| {
            let step = size * 10_f64.powf(f64::from(k) / 2.0);
            [hint + step, hint - step]
        }));
    }
    points.retain(|x| x.is_finite() && *x > lower && *x < upper);
    points.sort_by(f64::total_cmp);
    points.dedup();
    points
}

struct Search<'a> {
    log_density: &'a mut dyn FnMut(f64) -> f64,
    ends: Ends,
    /// Multiply the density with the distance from the nearest finite end.
    weighted: bool,
    evaluations: usize,
}

impl Search<'_> {
    fn height(&mut self, x: f64) -> f64 {
        self.evaluations += 1;
        let value = (self.log_density)(x);
        if value.is_nan() {
            return f64::NEG_INFINITY;
        }
        let value = value.min(1e300);
        if self.weighted {
            value + self.ends.distance(x).ln()
        } else {
            value
        }
    }

    fn run(&mut self, points: &[f64]) -> Location {
        let heights: Vec<f64> = points.iter().map(|x| self.height(*x)).collect();
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

/// Local maxima, as the first and last index of their plateau.
fn tops(heights: &[f64]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < heights.len() {
        let mut j = i;
        while j + 1 < heights.len() && heights[j + 1] == heights[i] {
            j += 1;
        }
        let rises = i == 0 || heights[i - 1] < heights[i];
        let falls = j + 1 == heights.len() || heights[j + 1] < heights[i];
        if rises && falls && heights[i] > f64::NEG_INFINITY {
            found.push((i, j));
        }
        i = j + 1;
    }
    found
}
