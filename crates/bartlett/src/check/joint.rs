//! Where the mass of a joint density is: a climb along one datum at a time.
//! In: a `Walker`. Out: data at a mode, slices through it. Never: an integral.

use super::leaves::Place;
use super::walk::Walker;
use bartlett_special::{locate, locate_counts};

impl Walker<'_> {
    /// Moves the data from `from` on to a mode of the density given those before; returns the log-density there.
    pub(super) fn settle(&mut self, from: usize, sweeps: usize) -> f64 {
        let count = self.data.len();
        for j in from..count {
            self.data[j] = self.inside_of(j);
        }
        let mut height = f64::NEG_INFINITY;
        for _ in 0..sweeps {
            let before = self.data.clone();
            for j in from..count {
                height = self.climb(j).max(height);
            }
            let moved = |(a, b): (&f64, &f64)| (a - b).abs() > 1e-3 * (1.0 + b.abs());
            if !before.iter().zip(&self.data).any(moved) {
                break;
            }
        }
        self.mode.clone_from(&self.data);
        height
    }

    /// A value inside datum j's support: the last mode where that still fits.
    fn inside_of(&mut self, j: usize) -> f64 {
        let (lower, upper) = match self.subject.data[j].step {
            Some(step) => self.lattice(j, step),
            None => self.range(j),
        };
        let mode = self.mode[j];
        if mode > lower && mode < upper {
            return mode;
        }
        let discrete = self.subject.data[j].step.is_some();
        match (lower.is_finite(), upper.is_finite()) {
            (true, true) if discrete => lower + (0.5 * (upper - lower)).floor(),
            (true, true) => 0.5 * (lower + upper),
            (true, false) => lower + 1.0,
            (false, true) => upper - 1.0,
            (false, false) => {
                let roots = self.subject.data[j].roots;
                let values = self.ends[j].at(&self.data);
                let hint = values[2..2 + roots].iter().find(|x| x.is_finite());
                hint.copied().unwrap_or(0.0)
            }
        }
    }

    /// Moves datum j to the highest point of its slice.
    fn climb(&mut self, j: usize) -> f64 {
        if self.subject.data[j].determined {
            self.data[j] = self.range(j).0;
            return f64::NEG_INFINITY;
        }
        let start = self.data[j];
        let hints = [start];
        let found = match self.subject.data[j].step {
            Some(step) => {
                let (first, last) = self.lattice(j, step);
                let mut found = locate_counts(&mut |x| self.slice(j, x), first, last, &hints);
                let origin = if first.is_finite() { first } else { 0.0 };
                for peak in &mut found.peaks {
                    peak.at = origin + ((peak.at - origin) / step).round() * step;
                }
                found
            }
            None => {
                let (lower, upper) = self.range(j);
                locate(&mut |x| self.slice(j, x), lower, upper, &hints)
            }
        };
        let best = found
            .peaks
            .iter()
            .max_by(|a, b| a.log_height.total_cmp(&b.log_height));
        self.data[j] = best.map_or(start, |peak| peak.at);
        let here = self.data[j];
        self.slice(j, here)
    }

    /// The log-density with datum j moved to x; −∞ where another datum then falls out of its support.
    pub(super) fn slice(&mut self, j: usize, x: f64) -> f64 {
        self.data[j] = x;
        for later in j + 1..self.data.len() {
            let (lower, upper) = self.range(later);
            if self.subject.data[later].determined {
                self.data[later] = lower;
            } else if !(self.data[later] >= lower && self.data[later] <= upper) {
                return f64::NEG_INFINITY;
            }
        }
        self.log_density(Place::Here)
    }
}
