//! Centers and scales of the coordinates of a lattice.
//! In: a `Walker` at a mode. Out: the `Axis` of each datum. Never: an integral.

use super::axes::{Axis, MOST_POINTS, Seat};
use super::leaves::Place;
use super::walk::Walker;

/// A tail is light if the density falls by e to the second power at the first many scales.
const LIGHT: (f64, f64) = (40.0, 30.0);

impl Walker<'_> {
    /// Centers, scales and linear dependences at the mode.
    pub(super) fn axes(&mut self) -> Option<Vec<Axis>> {
        self.mode.clone_from(&self.data);
        let mut axes = Vec::new();
        for k in 0..self.data.len() {
            let plan = &self.subject.data[k];
            // a rule for smooth functions has no business at single points and at kinks inside the support;
            // what only may have a kink is left to the comparison of two rules
            let (atoms, roots) = (plan.atoms, plan.roots);
            let (lower, upper) = self.range(k);
            let places = self.ends[k].at(&self.data);
            let kink = |x: &f64| *x > lower && *x < upper;
            if atoms > 0 || places[2..2 + roots].iter().any(kink) {
                return None;
            }
            let (determined, discrete) = (plan.determined, plan.step);
            if determined {
                axes.push(Axis::Determined);
                continue;
            }
            if let Some(step) = discrete {
                let (first, last) = self.lattice(k, step);
                if (last - first) / step < MOST_POINTS {
                    axes.push(Axis::Points { step });
                    continue;
                }
                return None;
            }
            axes.push(match (lower.is_finite(), upper.is_finite()) {
                (true, true) => Axis::Interval,
                (true, false) => self.half(k, lower, true)?,
                (false, true) => self.half(k, upper, false)?,
                (false, false) => self.line(k)?,
            });
        }
        self.correlate(&mut axes);
        self.data.clone_from(&self.mode);
        Some(axes)
    }

    /// Where the mode is on an axis.
    pub(super) fn seat(&mut self, axis: &Axis, k: usize) -> Seat {
        self.data.clone_from(&self.mode);
        let (lower, upper) = self.range(k);
        let x = self.data[k];
        let inside = |share: f64, otherwise: f64| {
            if share > 0.0 && share.is_finite() {
                share
            } else {
                otherwise
            }
        };
        match axis {
            Axis::Points { .. } | Axis::Determined => Seat::Value(x),
            Axis::Line { .. } => Seat::Coordinate(0.0),
            Axis::Half {
                scale,
                upward: true,
                ..
            } => Seat::Coordinate(inside((x - lower) / scale, 1.0)),
            Axis::Half { scale, .. } => Seat::Coordinate(inside((upper - x) / scale, 1.0)),
            Axis::Interval => {
                let share = (x - lower) / (upper - lower);
                Seat::Coordinate(if share > 0.01 && share < 0.99 {
                    share
                } else {
                    0.5
                })
            }
        }
    }

    /// The log-density with datum k moved and those after it moved along.
    fn moved(&mut self, k: usize, x: f64) -> f64 {
        self.data.clone_from(&self.mode);
        let ranges: Vec<(f64, f64)> = (0..self.data.len()).map(|j| self.range(j)).collect();
        self.data[k] = x;
        for (later, (before, above)) in ranges.into_iter().enumerate().skip(k + 1) {
            let (lower, upper) = self.range(later);
            let mode = self.mode[later];
            self.data[later] = if self.subject.data[later].determined {
                lower
            } else if lower.is_finite() && upper.is_finite() {
                lower + (upper - lower) * ((mode - before) / (above - before))
            } else if lower.is_finite() {
                lower + (mode - before)
            } else if upper.is_finite() {
                upper - (above - mode)
            } else {
                mode
            };
        }
        let height = self.log_density(Place::Here);
        if height.is_nan() {
            f64::NEG_INFINITY
        } else {
            height
        }
    }

    /// The distance from an end around which the mass of the slice lies, on the logarithmic scale.
    fn half(&mut self, k: usize, end: f64, upward: bool) -> Option<Axis> {
        let sign = if upward { 1.0 } else { -1.0 };
        let (mut best, mut scale) = (f64::NEG_INFINITY, f64::NAN);
        for i in -120..=120 {
            let distance = (0.25 * f64::from(i)).exp();
            let height = self.moved(k, end + sign * distance) + distance.ln();
            if height > best && height < f64::INFINITY {
                (best, scale) = (height, distance);
            }
        }
        if scale.is_nan() {
            return None;
        }
        let far = self.moved(k, end + sign * scale * LIGHT.0) + (scale * LIGHT.0).ln();
        Some(Axis::Half {
            scale,
            upward,
            heavy: best - far < LIGHT.1,
        })
    }

    /// A scale on which the slice through the mode falls.
    fn line(&mut self, k: usize) -> Option<Axis> {
        let center = self.mode[k];
        let top = self.moved(k, center);
        let mut scale = 1.0;
        for _ in 0..80 {
            let fall = top - 0.5 * (self.moved(k, center + scale) + self.moved(k, center - scale));
            if fall > 2.0 || fall.is_nan() {
                scale *= 0.5;
            } else if fall < 0.1 {
                scale *= 1.7;
            } else {
                let reach = scale * LIGHT.0;
                let far = self
                    .moved(k, center + reach)
                    .max(self.moved(k, center - reach));
                return Some(Axis::Line {
                    center,
                    slopes: vec![0.0; k],
                    scale,
                    heavy: top - far < LIGHT.1,
                });
            }
        }
        None
    }

    /// An axis seen from the data before it: centered and scaled on what is left of the density there.
    pub(super) fn fitted(&mut self, axis: &Axis, k: usize) -> Axis {
        let mut fitted = axis.clone();
        // what comes later is where the mode is, not where the last point left it
        self.data[k..].copy_from_slice(&self.mode[k..]);
        let here = self.data.clone();
        let home = std::mem::replace(&mut self.mode, here);
        match &mut fitted {
            Axis::Line {
                center,
                slopes,
                scale,
                ..
            } => {
                let moved = slopes.iter().zip(self.data.iter().zip(&home));
                let shift: f64 = moved.map(|(b, (x, c))| b * (x - c)).sum();
                (*center, *scale) = self.climbed(k, *center + shift, *scale);
                slopes.iter_mut().for_each(|b| *b = 0.0);
            }
            Axis::Half { scale, upward, .. } => {
                let (lower, upper) = self.range(k);
                let (end, sign) = if *upward { (lower, 1.0) } else { (upper, -1.0) };
                *scale = self.heaviest(k, end, sign, *scale);
            }
            _ => {}
        }
        self.data.clone_from(&self.mode);
        self.mode = home;
        fitted
    }

    /// A center and a scale of the slice in datum k, from a first guess.
    fn climbed(&mut self, k: usize, center: f64, scale: f64) -> (f64, f64) {
        let (mut at, mut scale) = (center, scale);
        for _ in 0..40 {
            let top = self.moved(k, at);
            let (above, below) = (self.moved(k, at + scale), self.moved(k, at - scale));
            let fall = top - 0.5 * (above + below);
            if above > top && above > below {
                at += scale;
                scale *= 1.5;
            } else if below > top {
                at -= scale;
                scale *= 1.5;
            } else if fall > 2.0 || fall.is_nan() {
                scale *= 0.5;
            } else if fall < 0.1 {
                scale *= 1.8;
            } else {
                // one Newton step of the parabola through the three
                at += scale * 0.25 * (above - below) / fall;
                scale /= (2.0 * fall).sqrt();
                return (at, scale);
            }
        }
        (center, scale)
    }

    /// The distance from an end around which the mass of the slice lies, from a first guess.
    fn heaviest(&mut self, k: usize, end: f64, sign: f64, scale: f64) -> f64 {
        let mut height = |d: f64| self.moved(k, end + sign * d) + d.ln();
        let (mut at, mut top) = (scale, height(scale));
        for factor in [1.6, 1.0 / 1.6] {
            for _ in 0..40 {
                let next = height(at * factor);
                if next.is_nan() || next <= top {
                    break;
                }
                (at, top) = (at * factor, next);
            }
        }
        at
    }

    /// Linear dependences between data on the line, from the second derivatives at the mode, and one Newton step towards the mode.
    fn correlate(&mut self, axes: &mut [Axis]) {
        let lines: Vec<(usize, f64)> = axes
            .iter()
            .enumerate()
            .filter_map(|(k, axis)| match axis {
                Axis::Line { scale, .. } => Some((k, 0.3 * scale)),
                _ => None,
            })
            .collect();
        let n = lines.len();
        let mut value = |shifts: &[(usize, f64)]| {
            self.data.clone_from(&self.mode);
            for (k, shift) in shifts {
                self.data[*k] += shift;
            }
            self.log_density(Place::Here)
        };
        let center = value(&[]);
        let mut precision = vec![vec![0.0; n]; n];
        let mut gradient = vec![0.0; n];
        for i in 0..n {
            let (a, u) = lines[i];
            let (above, below) = (value(&[(a, u)]), value(&[(a, -u)]));
            precision[i][i] = -(above - 2.0 * center + below) / (u * u);
            gradient[i] = (above - below) / (2.0 * u);
            for j in 0..i {
                let (b, v) = lines[j];
                let second = 0.25
                    * (value(&[(a, u), (b, v)])
                        - value(&[(a, u), (b, -v)])
                        - value(&[(a, -u), (b, v)])
                        + value(&[(a, -u), (b, -v)]));
                precision[i][j] = -second / (u * v);
                precision[j][i] = precision[i][j];
            }
        }
        // eliminating from the last datum on gives its regression on those before it, then that of the one before it
        let mut scales = vec![0.0; n];
        let mut slopes = vec![vec![0.0; n]; n];
        let mut offsets = vec![0.0; n];
        for last in (0..n).rev() {
            let pivot = precision[last][last];
            if !(pivot > 0.0 && pivot.is_finite()) {
                return;
            }
            scales[last] = pivot.sqrt().recip();
            offsets[last] = gradient[last] / pivot;
            for j in 0..last {
                slopes[last][j] = -precision[last][j] / pivot;
            }
            for i in 0..last {
                gradient[i] -= precision[i][last] * offsets[last];
                for j in 0..last {
                    let correction = precision[i][last] * precision[last][j] / pivot;
                    precision[i][j] -= correction;
                }
            }
        }
        let mut step = vec![0.0; n];
        for i in 0..n {
            step[i] = offsets[i] + (0..i).map(|j| slopes[i][j] * step[j]).sum::<f64>();
        }
        let shifts: Vec<(usize, f64)> = lines.iter().map(|l| l.0).zip(step).collect();
        let uphill = value(&shifts) >= center;
        for (i, (k, shift)) in shifts.iter().enumerate() {
            if uphill {
                self.mode[*k] += shift;
            }
            let Axis::Line {
                center,
                slopes: own,
                scale,
                ..
            } = &mut axes[*k]
            else {
                continue;
            };
            *center = self.mode[*k];
            *scale = scales[i];
            for j in 0..i {
                own[lines[j].0] = slopes[i][j];
            }
        }
    }
}
