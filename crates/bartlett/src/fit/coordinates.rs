//! Coordinates without bounds: a parameter as a function of a real number, by the ends of its domain.
//! In: a `Model`. Out: the way there and back, and whether a point satisfies every relation. Never: a step.

use crate::model::Model;
use crate::symmetric::Symmetric;
use bartlett_expr::evaluate::CompiledExpr;
use bartlett_expr::{Expr, Symbol};

/// The interval of a parameter, as far as its ends are numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub(super) lower: f64,
    pub(super) upper: f64,
}

/// Coordinates of all parameters, in their order.
pub(super) struct Coordinates {
    pub(super) intervals: Vec<Interval>,
    /// Above 0, then not below 0.
    relations: CompiledExpr,
    strict: usize,
}

impl Interval {
    /// No bound at all.
    pub(super) const LINE: Self = Self {
        lower: f64::NEG_INFINITY,
        upper: f64::INFINITY,
    };

    /// The real number for a parameter inside.
    pub(super) fn free(self, theta: f64) -> f64 {
        match (self.lower.is_finite(), self.upper.is_finite()) {
            (true, true) => ((theta - self.lower) / (self.upper - theta)).ln(),
            (true, false) => (theta - self.lower).ln(),
            (false, true) => -(self.upper - theta).ln(),
            (false, false) => theta,
        }
    }
    /// The parameter for a real number.
    pub(super) fn bounded(self, z: f64) -> f64 {
        match (self.lower.is_finite(), self.upper.is_finite()) {
            (true, true) if z > 0.0 => self.upper - (self.upper - self.lower) / (1.0 + z.exp()),
            (true, true) => self.lower + (self.upper - self.lower) / (1.0 + (-z).exp()),
            (true, false) => self.lower + z.exp(),
            (false, true) => self.upper - (-z).exp(),
            (false, false) => z,
        }
    }
    /// dθ/dz
    pub(super) fn slope(self, theta: f64) -> f64 {
        match (self.lower.is_finite(), self.upper.is_finite()) {
            (true, true) => (theta - self.lower) * (self.upper - theta) / (self.upper - self.lower),
            (true, false) => theta - self.lower,
            (false, true) => self.upper - theta,
            (false, false) => 1.0,
        }
    }
    /// Is it strictly inside?
    pub(super) fn holds(self, theta: f64) -> bool {
        theta.is_finite() && theta > self.lower && theta < self.upper
    }
    fn is_bounded(self) -> bool {
        self.lower.is_finite() || self.upper.is_finite()
    }
}

impl Coordinates {
    pub(super) fn of(model: &Model) -> Self {
        let parameters = &model.parameters;
        let number = |e: &Expr| {
            if e.may_vary() {
                f64::NAN
            } else {
                e.value_at(&[])
            }
        };
        let intervals = parameters
            .iter()
            .map(|s| {
                let domain = model.facts.domain(s);
                let lower = domain.map_or(f64::NEG_INFINITY, |d| number(&d.lower.value));
                let upper = domain.map_or(f64::INFINITY, |d| number(&d.upper.value));
                Interval {
                    lower: if lower.is_nan() {
                        f64::NEG_INFINITY
                    } else {
                        lower
                    },
                    upper: if upper.is_nan() { f64::INFINITY } else { upper },
                }
            })
            .collect();
        let about = |e: &&Expr| {
            let free = e.free_symbols();
            !free.is_empty() && free.iter().all(|s| parameters.contains(s))
        };
        let mut relations: Vec<Expr> = model
            .facts
            .positives()
            .iter()
            .filter(about)
            .cloned()
            .collect();
        let strict = relations.len();
        relations.extend(model.facts.nonnegatives().iter().filter(about).cloned());
        Self {
            intervals,
            relations: CompiledExpr::new(&relations, parameters),
            strict,
        }
    }

    /// Is a point inside every domain, and does it satisfy every relation between parameters?
    pub(super) fn holds(&self, theta: &[f64]) -> bool {
        self.intervals.iter().zip(theta).all(|(i, x)| i.holds(*x))
            && self
                .relations
                .values(theta)
                .iter()
                .enumerate()
                .all(|(k, v)| if k < self.strict { *v > 0.0 } else { *v >= 0.0 })
    }

    /// The point that a step reaches which starts in the direction `delta` and goes straight in the free coordinates.
    pub(super) fn step(&self, theta: &[f64], delta: &[f64], length: f64) -> Vec<f64> {
        let free = self.direction(theta, delta);
        self.intervals
            .iter()
            .zip(theta)
            .zip(free)
            .map(|((interval, x), dz)| {
                if interval.is_bounded() {
                    interval.bounded(interval.free(*x) + length * dz)
                } else {
                    x + length * dz
                }
            })
            .collect()
    }

    /// A direction in the free coordinates.
    pub(super) fn direction(&self, theta: &[f64], delta: &[f64]) -> Vec<f64> {
        self.intervals
            .iter()
            .zip(theta)
            .zip(delta)
            .map(|((interval, x), d)| d / interval.slope(*x))
            .collect()
    }

    /// The longest step that takes no bounded parameter further than `most` in its free coordinate.
    pub(super) fn longest(&self, theta: &[f64], delta: &[f64], most: f64) -> f64 {
        let free = self.direction(theta, delta);
        self.intervals
            .iter()
            .zip(free)
            .filter(|(interval, _)| interval.is_bounded())
            .map(|(_, dz)| most / dz.abs())
            .fold(1.0, f64::min)
    }

    /// Parameters that have come to an end of their domain, as far as numbers go: a unit of the free coordinate changes nothing any more.
    pub(super) fn at_an_end(
        &self,
        theta: &[f64],
        parameters: &[Symbol],
        information: &Symmetric,
    ) -> Vec<(Symbol, f64)> {
        let mut found = Vec::new();
        for (i, (interval, x)) in self.intervals.iter().zip(theta).enumerate() {
            let z = interval.free(*x);
            let flat = information.at(i, i) * interval.slope(*x).powi(2) < 1e-5 && z.abs() > 5.0;
            if interval.is_bounded() && (flat || !(z.abs() < 100.0)) {
                let end = if z > 0.0 {
                    interval.upper
                } else {
                    interval.lower
                };
                found.push((parameters[i].clone(), end));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Interval;

    #[test]
    fn there_and_back_is_the_same_and_the_slope_is_the_derivative() {
        let inf = f64::INFINITY;
        for (lower, upper, theta) in [
            (-inf, inf, -3.0),
            (0.0, inf, 2.5),
            (-1.0, inf, -0.25),
            (-inf, 4.0, 1.0),
            (0.0, 1.0, 0.3),
            (-1.0, 1.0, 0.999),
        ] {
            let interval = Interval { lower, upper };
            let z = interval.free(theta);
            assert!(
                (interval.bounded(z) - theta).abs() < 1e-12,
                "{lower} {upper}"
            );
            let h = 1e-6;
            let slope = (interval.bounded(z + h) - interval.bounded(z - h)) / (2.0 * h);
            assert!(
                (slope - interval.slope(theta)).abs() < 1e-8,
                "{lower} {upper}"
            );
        }
    }
}
