//! The integrand at many points at once, weighted.
//! In: maps and their t, the integrand → Out: a column of values an entry, and which points have finite values.
//! Never: a value that is not finite (it becomes 0).

use super::Counted;
use super::geometry::{Abscissa, Map, Points, Range};
use crate::vectors::{OverColumns, with_widest_vectors};

/// Weighted values at the points that were asked for last.
#[derive(Default)]
pub(super) struct Samples {
    pub(super) points: Points,
    values: Vec<f64>,
    unusable: Vec<usize>,
}

impl Samples {
    pub(super) fn clear(&mut self) {
        self.points.clear();
    }

    /// Asks for the points at some t of a map, their weights times `factor`.
    pub(super) fn ask(&mut self, map: Map, range: Range, all: &[f64], factor: f64) {
        map.add_points(range, all, factor, &mut self.points);
    }

    /// The number of points asked for.
    pub(super) fn len(&self) -> usize {
        self.points.asked
    }

    /// Entry j at all points.
    pub(super) fn column(&self, j: usize) -> &[f64] {
        &self.values[j * self.len()..(j + 1) * self.len()]
    }

    /// Has the point a weight and finite values?
    pub(super) fn is_usable(&self, point: usize) -> bool {
        !self.unusable.contains(&point)
    }

    /// Points that are there, but where the integrand had no finite value.
    pub(super) fn not_finite(&self) -> impl Iterator<Item = (usize, &Abscissa)> {
        let there = |point: &usize| Some((*point, self.points.get(*point)?));
        self.unusable.iter().filter_map(there)
    }

    pub(super) fn evaluate(&mut self, counted: &mut Counted, dimension: usize) {
        let Self {
            points,
            values,
            unusable,
        } = self;
        let called = points.at.len();
        counted.evaluations += called;
        unusable.clear();
        // the integrand fills all of it
        values.resize(dimension * called, 0.0);
        if called > 0 {
            (counted.f)(&points.at, values);
        }
        let mut finite = true;
        with_widest_vectors(Weighting {
            weights: &points.weights,
            values: values.as_mut_slice(),
            finite: &mut finite,
        });
        if !finite {
            for (i, place) in points.places().enumerate() {
                let entries = || (0..dimension).map(move |j| j * called + i);
                if entries().any(|k| !values[k].is_finite()) {
                    entries().for_each(|k| values[k] = 0.0);
                    unusable.push(place);
                }
            }
        }
        if !points.missing.is_empty() {
            let mut spread = vec![0.0; dimension * points.asked];
            for (i, place) in points.places().enumerate() {
                for j in 0..dimension {
                    spread[j * points.asked + place] = values[j * called + i];
                }
            }
            *values = spread;
            unusable.extend(&points.missing);
        }
    }
}

/// Values times weights, and whether all are finite.
struct Weighting<'a> {
    weights: &'a [f64],
    values: &'a mut [f64],
    finite: &'a mut bool,
}

impl OverColumns for Weighting<'_> {
    #[inline(always)]
    fn run(self) {
        for column in self.values.chunks_exact_mut(self.weights.len().max(1)) {
            for (value, weight) in column.iter_mut().zip(self.weights) {
                *value *= weight;
                *self.finite &= value.abs() < f64::INFINITY;
            }
        }
    }
}
