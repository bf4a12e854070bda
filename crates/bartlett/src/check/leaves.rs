//! The integrand where all data are fixed, at one point or at many values of the last datum.
//! In: a `Walker`, places. Out: log-densities; weight·(1, values, products). Never: an integral.

use super::program::Evaluator;
use super::segments::Segment;
use super::walk::Walker;
use bartlett_special::{Abscissa, OverColumns, exp_column, with_widest_vectors};

/// Where the last datum is, for the programs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the value in `data`.
    Here,
    /// In terms of the distance from the end or kink of a local program.
    Local(usize, Side),
    /// At that atom.
    Atom(usize),
}

/// From which end of a segment a distance counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Lower,
    Upper,
}

/// Fewer points than this are evaluated one by one.
const FEW: usize = 4;
/// A weight this small is that of a density that all but vanishes.
const VANISHING: f64 = 1e-250;

/// The program that is exact at a point of a segment.
fn place(segment: &Segment, at: &Abscissa) -> Place {
    match (segment.above_lower, segment.below_upper) {
        (Some(i), _) if at.from_lower < 0.01 * segment.lower.abs() => Place::Local(i, Side::Lower),
        (_, Some(i)) if at.from_upper < 0.01 * segment.upper.abs() => Place::Local(i, Side::Upper),
        _ => Place::Here,
    }
}

/// What such a program is given.
fn coordinate(place: Place, at: &Abscissa) -> f64 {
    match place {
        Place::Local(_, Side::Lower) => at.from_lower,
        Place::Local(_, Side::Upper) => at.from_upper,
        Place::Here | Place::Atom(_) => at.x,
    }
}

/// The distance from the nearest end, or from 0 on the whole line.
fn reach(at: &Abscissa) -> f64 {
    let nearest = at.from_lower.min(at.from_upper);
    if nearest.is_finite() {
        nearest
    } else {
        at.x.abs()
    }
}

impl<'s> Walker<'s> {
    /// Puts the last datum to a point of a segment, as exactly as can be.
    pub(super) fn place(&mut self, segment: &Segment, at: Abscissa) -> Place {
        let place = place(segment, &at);
        self.reach = reach(&at);
        if let Some(last) = self.data.last_mut() {
            *last = coordinate(place, &at);
        }
        place
    }

    fn evaluators(&mut self, place: Place) -> [&mut Evaluator<'s>; 2] {
        match place {
            Place::Here => [&mut self.log_density, &mut self.values],
            Place::Local(i, _) => self.locals[i].each_mut(),
            Place::Atom(i) => self.atoms[i].each_mut(),
        }
    }

    /// The log-density with all data fixed.
    pub(super) fn log_density(&mut self, place: Place) -> f64 {
        self.budget = self.budget.saturating_sub(1);
        let data = std::mem::take(&mut self.data);
        let value = self.evaluators(place)[0].at(&data)[0];
        self.data = data;
        value
    }

    /// weight·(1, values, products).
    pub(super) fn leaf(&mut self, place: Place, out: &mut [f64]) {
        if self.budget == 0 {
            out.fill(f64::NAN);
            return;
        }
        let weight = (self.log_density(place) - self.log_scale).exp();
        if weight == 0.0 {
            out.fill(0.0);
            return;
        }
        let data = std::mem::take(&mut self.data);
        let products = self.subject.products;
        let values = self.evaluators(place)[1].at(&data);
        combine(&[weight], values, products, out);
        self.data = data;
        self.settle_scales(1, out);
        self.keep_finite(&[weight], std::iter::once(self.reach), out);
    }

    /// The log-densities at points of a segment of the last datum.
    pub(super) fn log_densities(
        &mut self,
        segment: &Segment,
        points: &[Abscissa],
        out: &mut [f64],
    ) {
        self.budget = self.budget.saturating_sub(points.len());
        let (data, mut work) = (
            std::mem::take(&mut self.data),
            std::mem::take(&mut self.work),
        );
        for place in places(segment) {
            work.gather(segment, place, points, |_| true);
            work.values.resize(work.at.len(), 0.0);
            self.evaluators(place)[0].columns(&data, &work.at, &mut work.values);
            for (i, value) in work.members.iter().zip(&work.values) {
                out[*i] = *value;
            }
        }
        (self.data, self.work) = (data, work);
    }

    /// As `leaf`, at points of a segment of the last datum, a column an entry.
    pub(super) fn leaves(&mut self, segment: &Segment, points: &[Abscissa], out: &mut [f64]) {
        let (count, width) = (points.len(), self.subject.width());
        if count < FEW {
            let mut entries = vec![0.0; width];
            for (i, at) in points.iter().enumerate() {
                let place = self.place(segment, *at);
                self.leaf(place, &mut entries);
                for (j, value) in entries.iter().enumerate() {
                    out[j * count + i] = *value;
                }
            }
            return;
        }
        if self.budget < count {
            self.budget = 0;
            out.fill(f64::NAN);
            return;
        }
        let mut logarithms = std::mem::take(&mut self.work.logarithms);
        logarithms.resize(count, 0.0);
        self.log_densities(segment, points, &mut logarithms);
        let (data, mut work) = (
            std::mem::take(&mut self.data),
            std::mem::take(&mut self.work),
        );
        logarithms.iter_mut().for_each(|l| *l -= self.log_scale);
        let mut weights = std::mem::take(&mut work.weights);
        weights.resize(count, 0.0);
        exp_column(&logarithms, &mut weights);
        if weights.contains(&0.0) {
            out.fill(0.0);
        }
        for place in places(segment) {
            work.gather(segment, place, points, |i| weights[i] != 0.0);
            let held = work.at.len();
            if held == 0 {
                continue;
            }
            work.own.clear();
            work.own.extend(work.members.iter().map(|i| weights[*i]));
            work.values.resize(held * self.subject.expressions, 0.0);
            self.evaluators(place)[1].columns(&data, &work.at, &mut work.values);
            work.found.resize(held * width, 0.0);
            combine(
                &work.own,
                &work.values,
                self.subject.products,
                &mut work.found,
            );
            self.settle_scales(held, &mut work.found);
            let reaches = work.members.iter().map(|i| reach(&points[*i]));
            self.keep_finite(&work.own, reaches, &mut work.found);
            for (column, out) in work.found.chunks(held).zip(out.chunks_mut(count)) {
                for (i, value) in work.members.iter().zip(column) {
                    out[*i] = *value;
                }
            }
        }
        (work.logarithms, work.weights) = (logarithms, weights);
        (self.data, self.work) = (data, work);
    }

    /// Divides each column by its scale, or leaves absolute values where the scales are being looked for.
    fn settle_scales(&self, count: usize, out: &mut [f64]) {
        if self.sizing {
            out.iter_mut().for_each(|v| *v = v.abs());
        } else {
            for (column, scale) in out.chunks_mut(count).zip(&self.scales) {
                column.iter_mut().for_each(|v| *v /= scale);
            }
        }
    }

    /// A density that all but vanishes wins over a score that has no value; what is lost otherwise is noted.
    fn keep_finite(
        &mut self,
        weights: &[f64],
        reaches: impl Iterator<Item = f64>,
        out: &mut [f64],
    ) {
        if out.iter().fold(true, |all, v| all & v.is_finite()) {
            return;
        }
        let count = weights.len();
        for (i, (weight, reach)) in weights.iter().zip(reaches).enumerate() {
            if out.iter().skip(i).step_by(count).all(|v| v.is_finite()) {
                continue;
            }
            let fill = if !weight.is_finite() {
                self.lost = f64::INFINITY;
                Some(f64::NAN)
            } else if *weight < VANISHING {
                Some(0.0)
            } else {
                self.lost = self.lost.max(weight * reach);
                None
            };
            if let Some(value) = fill {
                out.iter_mut()
                    .skip(i)
                    .step_by(count)
                    .for_each(|v| *v = value);
            }
        }
    }
}

/// Reusable memory of blocks of points.
#[derive(Default)]
pub(super) struct LeafWork {
    logarithms: Vec<f64>,
    weights: Vec<f64>,
    /// The points that one program is for, what it is given there, and their weights.
    members: Vec<usize>,
    at: Vec<f64>,
    own: Vec<f64>,
    values: Vec<f64>,
    found: Vec<f64>,
}

impl LeafWork {
    /// The points that the program of a place is for, of those that are wanted.
    fn gather(
        &mut self,
        segment: &Segment,
        own: Place,
        points: &[Abscissa],
        wanted: impl Fn(usize) -> bool,
    ) {
        self.members.clear();
        self.at.clear();
        for (i, at) in points.iter().enumerate() {
            if wanted(i) && place(segment, at) == own {
                self.members.push(i);
                self.at.push(coordinate(own, at));
            }
        }
    }
}

/// The programs that some point of a segment may need.
fn places(segment: &Segment) -> impl Iterator<Item = Place> {
    let lower = segment.above_lower.map(|i| Place::Local(i, Side::Lower));
    let upper = segment.below_upper.map(|i| Place::Local(i, Side::Upper));
    std::iter::once(Place::Here).chain(lower).chain(upper)
}

/// weight·(1, values, products), a column each.
fn combine(weights: &[f64], values: &[f64], products: bool, out: &mut [f64]) {
    with_widest_vectors(Combination {
        weights,
        values,
        products,
        out,
    });
}

struct Combination<'a> {
    weights: &'a [f64],
    values: &'a [f64],
    products: bool,
    out: &'a mut [f64],
}

impl OverColumns for Combination<'_> {
    #[inline(always)]
    fn run(self) {
        let count = self.weights.len();
        let mut columns = self.out.chunks_exact_mut(count);
        if let Some(column) = columns.next() {
            column.copy_from_slice(self.weights);
        }
        let values = || self.values.chunks_exact(count);
        // values first: a column is taken only where there is one
        for (a, column) in values().zip(columns.by_ref()) {
            for ((out, weight), a) in column.iter_mut().zip(self.weights).zip(a) {
                *out = weight * a;
            }
        }
        if !self.products {
            return;
        }
        let pairs = values()
            .enumerate()
            .flat_map(|(i, a)| values().skip(i).map(move |b| (a, b)));
        for (column, (a, b)) in columns.zip(pairs) {
            for (((out, weight), a), b) in column.iter_mut().zip(self.weights).zip(a).zip(b) {
                *out = weight * a * b;
            }
        }
    }
}
