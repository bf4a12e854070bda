//! Joint densities by product rules centered at the mode: Gauss–Hermite where a density is all but Gaussian, else the trapezoidal rule
//! after double-exponential changes of variable.
//! In: a `Walker` with several continuous data. Out: `Sums`, or nothing where two rules do not agree. Never: an adaptive rule.
//!
//! For densities that are smooth inside their support the error of the trapezoidal rule falls exponentially with the step (Takahasi
//! & Mori 1974), so that a few dozen points a datum do what nested adaptive rules need thousands for.

use super::axes::{Axis, Node, Seat};
use super::leaves::Place;
use super::segments::Segment;
use super::sums::Sums;
use super::walk::Walker;
use bartlett_special::Abscissa;

/// Steps of the lattices, coarse first; two neighbors are compared.
const STEPS: [f64; 7] = [0.4, 0.29, 0.21, 0.15, 0.11, 0.078, 0.055];
/// Two rules agree within this share of ∫|g|.
const AGREE: f64 = 2e-10;
/// A face of the lattice holds at most this share of ∫|g|.
const OUTSIDE: f64 = 1e-13;
/// How often the lattice is made larger.
const WIDENED: usize = 12;
/// How much of the transformed variable is added at a time.
const MORE: f64 = 0.8;
/// The density falls by e to this power within the first lattice.
const FALL: f64 = 42.0;

/// The nodes of every axis.
struct Grid<'a> {
    axes: &'a [Axis],
    nodes: Vec<Vec<Node>>,
    /// Is each axis fitted again to what the data before it leave?
    fitted: bool,
}

/// What a rule found, and how much of it lies in the outermost layer of each side of each axis.
struct Found {
    sums: Sums,
    faces: Vec<[Vec<f64>; 2]>,
}

/// Fewer nodes of the last axis than this are cheaper one by one: a block begins with all that is free of the last datum.
const MANY: usize = 32;

impl Walker<'_> {
    /// All integrals of a joint density with at least two continuous data, where two rules agree.
    pub(super) fn centered(&mut self) -> Option<Sums> {
        if self.data.iter().any(|x| !x.is_finite()) {
            return None;
        }
        let start = self.data.clone();
        let found = self.by_lattices();
        self.data = start;
        found
    }

    fn by_lattices(&mut self) -> Option<Sums> {
        let axes = self.axes()?;
        if let Some(found) = self.by_gauss_hermite(&axes) {
            return Some(found);
        }
        let reach = self.reaches(&axes);
        // heavy tails spread the later data as far as the earlier ones go
        if !axes.iter().any(Axis::is_heavy)
            && let Some(found) = self.by_trapezoids(&axes, reach.clone(), false)
        {
            return Some(found);
        }
        self.by_trapezoids(&axes, reach, true)
    }

    /// Finer and finer lattices, until two agree.
    fn by_trapezoids(
        &mut self,
        axes: &[Axis],
        mut reach: Vec<(f64, f64)>,
        fitted: bool,
    ) -> Option<Sums> {
        let mut widened = 0;
        let mut coarse: Option<Sums> = None;
        let steps = if fitted { &STEPS[..] } else { &STEPS[..4] };
        for (k, step) in steps.iter().copied().enumerate() {
            let offset = [0.0, 0.37, 0.71][k % 3];
            let found = loop {
                let nodes = axes.iter().zip(&reach);
                let grid = Grid {
                    axes,
                    nodes: nodes
                        .map(|(axis, reach)| axis.nodes(*reach, step, offset))
                        .collect(),
                    fitted,
                };
                if grid.points() > 0.8 * self.budget as f64 {
                    return None;
                }
                let found = self.over(&grid)?;
                if !widen(axes, &mut reach, &found) {
                    break found.sums;
                }
                coarse = None;
                widened += 1;
                if widened > WIDENED {
                    return None;
                }
            };
            if let Some(before) = coarse {
                let found = compared(found.clone(), &before);
                if found.within(AGREE) {
                    return Some(found);
                }
            }
            coarse = Some(found);
        }
        None
    }

    /// Two Gauss–Hermite rules in whitened coordinates: exact for a Gaussian density and polynomial quantities.
    fn by_gauss_hermite(&mut self, axes: &[Axis]) -> Option<Sums> {
        let lines = axes
            .iter()
            .filter(|a| matches!(a, Axis::Line { .. }))
            .count();
        if lines < axes.len() {
            return None;
        }
        let orders = if lines <= 6 { [4, 5] } else { [3, 4] };
        let mut found = Vec::new();
        for order in orders {
            let nodes = super::axes::gauss_hermite(order)?;
            let grid = Grid {
                axes,
                nodes: vec![nodes; lines],
                fitted: false,
            };
            if grid.points() > 0.4 * self.budget as f64 {
                return None;
            }
            found.push(self.over(&grid)?.sums);
        }
        let (fine, coarse) = (found.pop()?, found.pop()?);
        let found = compared(fine, &coarse);
        found.within(1e-11).then_some(found)
    }

    /// Between which values of the transformed variable each axis through the mode counts.
    fn reaches(&mut self, axes: &[Axis]) -> Vec<(f64, f64)> {
        let home: Vec<Seat> = (0..axes.len()).map(|k| self.seat(&axes[k], k)).collect();
        let mut reaches = Vec::new();
        for (k, axis) in axes.iter().enumerate() {
            let (least, most) = axis.limits();
            let nodes = axis.nodes((least, most), 0.1, 0.0);
            let mut heights = Vec::with_capacity(nodes.len());
            for node in &nodes {
                let height = self.profile(axes, &home, k, node);
                heights.push((node.u, height));
            }
            let top = heights
                .iter()
                .map(|h| h.1)
                .fold(f64::NEG_INFINITY, f64::max);
            let mut inside = heights.iter().filter(|h| h.1 > top - FALL).map(|h| h.0);
            let first = inside.next().unwrap_or(least);
            let last = inside.next_back().unwrap_or(most);
            reaches.push(((first - 0.1).max(least), (last + 0.1).min(most)));
        }
        self.data.clone_from(&self.mode);
        reaches
    }

    /// log(density · slope) with axis k at a node and the others where the mode is, in their own coordinates.
    fn profile(&mut self, axes: &[Axis], home: &[Seat], k: usize, node: &Node) -> f64 {
        let mut height = f64::NEG_INFINITY;
        for j in 0..axes.len() {
            let (lower, upper) = self.range(j);
            let placed = if j == k {
                axes[j].place(node, lower, upper, &self.data, &self.mode)
            } else {
                axes[j].at(home[j], lower, upper, &self.data, &self.mode)
            };
            let Some((at, weight)) = placed else {
                return f64::NEG_INFINITY;
            };
            self.data[j] = at.x;
            if j == k {
                height = weight.ln();
            }
        }
        height += self.log_density(Place::Here);
        if height.is_nan() {
            f64::NEG_INFINITY
        } else {
            height
        }
    }

    fn over(&mut self, grid: &Grid) -> Option<Found> {
        let width = self.subject.width();
        let mut found = Found {
            sums: Sums {
                values: vec![0.0; width],
                errors: vec![0.0; width],
                magnitudes: vec![0.0; width],
                converged: true,
            },
            faces: vec![[vec![0.0; width], vec![0.0; width]]; grid.axes.len()],
        };
        let mut out = vec![0.0; width];
        let mut sides: Vec<Option<usize>> = vec![None; grid.axes.len()];
        self.visit(grid, 0, 1.0, &mut sides, &mut found, &mut out);
        found.sums.converged.then_some(found)
    }

    /// Adds everything at the data before k, which are fixed; `sides` says on which faces they lie.
    fn visit(
        &mut self,
        grid: &Grid,
        k: usize,
        weight: f64,
        sides: &mut [Option<usize>],
        found: &mut Found,
        out: &mut [f64],
    ) {
        if k == grid.axes.len() {
            return;
        }
        let last = k + 1 == grid.axes.len();
        let (lower, upper) = self.range(k);
        match &grid.axes[k] {
            Axis::Determined => {
                self.data[k] = lower;
                if last {
                    self.add(Place::Here, weight, sides, found, out);
                } else {
                    self.visit(grid, k + 1, weight, sides, found, out);
                }
            }
            Axis::Points { step } => {
                let (mut x, end) = self.lattice(k, *step);
                while x <= end {
                    self.data[k] = x;
                    if last {
                        self.add(Place::Here, weight, sides, found, out);
                    } else {
                        self.visit(grid, k + 1, weight, sides, found, out);
                    }
                    x += step;
                }
            }
            axis => {
                if lower.is_nan() || upper.is_nan() || lower >= upper {
                    return;
                }
                let fitted = (grid.fitted && k > 0).then(|| self.fitted(axis, k));
                let axis = fitted.as_ref().unwrap_or(axis);
                let plan = &self.subject.data[k];
                let segment = Segment {
                    lower,
                    upper,
                    above_lower: plan.above_lower,
                    below_upper: plan.below_upper,
                    breakpoints: Vec::new(),
                    peaks: Vec::new(),
                };
                let count = grid.nodes[k].len();
                let side = |i: usize| match i {
                    0 => Some(0),
                    _ if i + 1 == count => Some(1),
                    _ => None,
                };
                let placed: Vec<(usize, Abscissa, f64)> = (grid.nodes[k].iter().enumerate())
                    .filter_map(|(i, node)| {
                        let (at, share) = axis.place(node, lower, upper, &self.data, &self.mode)?;
                        Some((i, at, share))
                    })
                    .collect();
                if last && placed.len() >= MANY {
                    let points: Vec<Abscissa> = placed.iter().map(|(_, at, _)| *at).collect();
                    let mut values = vec![0.0; out.len() * points.len()];
                    self.leaves(&segment, &points, &mut values);
                    for (n, (i, _, share)) in placed.iter().enumerate() {
                        sides[k] = side(*i);
                        for (out, column) in out.iter_mut().zip(values.chunks(points.len())) {
                            *out = column[n];
                        }
                        self.take(weight * share, sides, found, out);
                    }
                } else {
                    for (i, at, share) in placed {
                        sides[k] = side(i);
                        if last {
                            let place = self.place(&segment, at);
                            self.add(place, weight * share, sides, found, out);
                        } else {
                            self.data[k] = at.x;
                            self.visit(grid, k + 1, weight * share, sides, found, out);
                        }
                        if !found.sums.converged {
                            return;
                        }
                    }
                }
                if !found.sums.converged {
                    return;
                }
                sides[k] = None;
            }
        }
    }

    fn add(
        &mut self,
        place: Place,
        weight: f64,
        sides: &[Option<usize>],
        found: &mut Found,
        out: &mut [f64],
    ) {
        self.leaf(place, out);
        self.take(weight, sides, found, out);
    }

    /// Adds the values of a point.
    fn take(&self, weight: f64, sides: &[Option<usize>], found: &mut Found, out: &[f64]) {
        let total = &mut found.sums;
        if out.iter().any(|v| !v.is_finite()) {
            // only the utmost vicinity of an end may lack a value
            total.converged &= sides.iter().any(Option::is_some) && self.budget > 0;
            return;
        }
        for (j, value) in out.iter().enumerate() {
            total.values[j] += weight * value;
            total.magnitudes[j] += weight * value.abs();
        }
        for (faces, side) in found.faces.iter_mut().zip(sides) {
            let Some(side) = side else { continue };
            for (face, value) in faces[*side].iter_mut().zip(out.iter()) {
                *face += weight * value.abs();
            }
        }
    }
}

impl Grid<'_> {
    /// Number of points, at most.
    fn points(&self) -> f64 {
        let axes = self.axes.iter().zip(&self.nodes);
        axes.map(|(axis, nodes)| axis.count(nodes)).product()
    }
}

/// Makes the lattice larger where much of an integral lies on a face; says whether it did.
fn widen(axes: &[Axis], reach: &mut [(f64, f64)], found: &Found) -> bool {
    let mut wider = false;
    for ((axis, reach), faces) in axes.iter().zip(reach).zip(&found.faces) {
        let (least, most) = axis.limits();
        let heavy = |face: &[f64]| {
            let entries = face.iter().zip(&found.sums.magnitudes);
            let mut shares = entries.map(|(part, whole)| *part > OUTSIDE * whole);
            shares.any(|heavy| heavy)
        };
        if heavy(&faces[0]) && reach.0 > least {
            reach.0 = (reach.0 - MORE).max(least);
            wider = true;
        }
        if heavy(&faces[1]) && reach.1 < most {
            reach.1 = (reach.1 + MORE).min(most);
            wider = true;
        }
    }
    wider
}

/// The finer rule's values with the difference as their error.
fn compared(mut fine: Sums, coarse: &Sums) -> Sums {
    for j in 0..fine.values.len() {
        let difference = (fine.values[j] - coarse.values[j]).abs();
        let rounding = 1e-14 * fine.magnitudes[j];
        fine.errors[j] = if difference.is_nan() {
            f64::INFINITY
        } else {
            difference + rounding
        };
    }
    fine
}
