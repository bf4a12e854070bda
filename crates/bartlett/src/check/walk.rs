//! Sums and integrals over the data in order, all quantities at once.
//! In: a `Subject`, a point. Out: `Sums`. Never: a value where the integrand was not understood (then `converged` is false).

use super::leaves::{LeafWork, Place};
use super::program::Evaluator;
use super::segments::Segment;
use super::subject::Subject;
use super::sums::{Sums, agreed};
use bartlett_special::{
    Abscissa, IntegrateOptions, Rule, SumOptions, integrate_at, integrate_columns, sum,
};

/// Evaluations of nested adaptive rules over several continuous data, at most.
const NESTED: usize = 400_000;
/// A share of the mass that may be missed.
const NEGLIGIBLE: f64 = 1e-12;

/// A subject at a point.
pub(super) struct Walker<'s> {
    pub(super) subject: &'s Subject,
    pub(super) log_density: Evaluator<'s>,
    pub(super) values: Evaluator<'s>,
    pub(super) locals: Vec<[Evaluator<'s>; 2]>,
    pub(super) atoms: Vec<[Evaluator<'s>; 2]>,
    pub(super) ends: Vec<Evaluator<'s>>,
    pub(super) searched: Vec<Evaluator<'s>>,
    pub(super) data: Vec<f64>,
    /// The last modes found, to start the next search from.
    pub(super) mode: Vec<f64>,
    pub(super) log_scale: f64,
    /// Evaluations that may still be made.
    pub(super) budget: usize,
    rule: Rule,
    /// Segments of the first datum.
    top: Option<Vec<Segment>>,
    /// What each integral is divided by, so that all are of about the size 1; with several data only.
    pub(super) scales: Vec<f64>,
    /// Integrate absolute values, to find the scales.
    pub(super) sizing: bool,
    /// The largest mass (weight times distance from the nearest end) where an integrand had no finite value.
    pub(super) lost: f64,
    /// The distance of the last datum from the nearest end, or from 0 on the whole line.
    pub(super) reach: f64,
    /// The largest inner mass seen at each level.
    largest: Vec<f64>,
    inner_failed: bool,
    pub(super) work: LeafWork,
}

impl<'s> Walker<'s> {
    /// `others`: values of `subject.others`; `budget`: evaluations of the density.
    pub(super) fn new(subject: &'s Subject, others: &[f64], budget: usize) -> Self {
        let pair = |l: &'s super::subject::Local| [l.log_density.at(others), l.values.at(others)];
        let count = subject.data.len();
        Self {
            subject,
            log_density: subject.log_density.at(others),
            values: subject.values.at(others),
            locals: subject.locals.iter().map(pair).collect(),
            atoms: subject
                .data
                .last()
                .map_or(Vec::new(), |d| d.at_atoms.iter().map(pair).collect()),
            ends: subject.data.iter().map(|d| d.ends.at(others)).collect(),
            searched: subject.data.iter().map(|d| d.searched.at(others)).collect(),
            data: vec![0.0; count],
            mode: vec![f64::NAN; count],
            log_scale: f64::NAN,
            budget,
            rule: Rule::Automatic,
            top: None,
            scales: Vec::new(),
            sizing: false,
            lost: 0.0,
            reach: 1.0,
            largest: vec![0.0; count],
            inner_failed: false,
            work: LeafWork::default(),
        }
    }

    /// All integrals, each by two rules where a rule is needed.
    pub(super) fn run(&mut self) -> Sums {
        let width = self.subject.width();
        if self.data.is_empty() {
            return Sums::unknown(width);
        }
        self.prepare();
        let whole = self.budget;
        // a datum that follows from the others loses its digits where they come near an end: adaptive rules come nearer
        let nested =
            self.subject.continuous() > 1 && self.subject.data.iter().all(|d| !d.determined);
        if self.data.len() > 1 {
            if nested {
                if let Some(found) = self.centered() {
                    return found;
                }
                self.budget = self.budget.min(NESTED);
            }
            self.find_scales();
        }
        let first = self.by_rule(Rule::Automatic);
        if self.subject.continuous() == 0 {
            return first;
        }
        if !nested {
            self.budget = self.budget.max(whole / 2);
        }
        let second = self.by_rule(Rule::Opposite);
        agreed(first, &second)
    }

    fn by_rule(&mut self, rule: Rule) -> Sums {
        self.rule = rule;
        self.inner_failed = false;
        let mut found = self.level(0);
        found.converged &= !self.inner_failed;
        for (j, scale) in self.scales.iter().enumerate() {
            found.values[j] *= scale;
            found.errors[j] *= scale;
            found.magnitudes[j] = *scale;
        }
        found
    }

    /// ∫|g| roughly, entry by entry: an entry that cancels is to be judged against it and not against its own noise.
    fn find_scales(&mut self) {
        self.sizing = true;
        self.rule = Rule::Automatic;
        let found = self.level(0);
        self.sizing = false;
        let usable = |v: &f64| if v.is_finite() && *v > 0.0 { *v } else { 1.0 };
        self.scales = found.values.iter().map(usable).collect();
    }

    fn tolerance(&self, k: usize) -> (f64, f64) {
        let depth = self.data.len() - k;
        if self.sizing {
            return (1e-2, 0.0);
        }
        if self.data.len() == 1 {
            return (1e-11, 0.0);
        }
        // what is outside may not ask for more than what is inside can give
        let relative = 10_f64.powi(depth as i32 - 11);
        (relative, if k == 0 { 1e-10 } else { 0.0 })
    }

    /// Finds the scale of the density.
    fn prepare(&mut self) {
        if self.data.len() > 1 {
            let height = self.settle(0, 3);
            self.log_scale = if height.is_finite() { height } else { 0.0 };
            return;
        }
        let segments = self.segments(0);
        let heights = segments.iter().flat_map(|s| &s.peaks).map(|p| p.log_height);
        let mut best = heights.fold(f64::NEG_INFINITY, f64::max);
        for i in 0..self.atoms.len() {
            best = best.max(self.log_density(Place::Atom(i)));
        }
        self.log_scale = if best.is_finite() { best } else { 0.0 };
        self.top = Some(segments);
    }

    /// Ends of a datum's support, given those before it.
    pub(super) fn range(&mut self, k: usize) -> (f64, f64) {
        let ends = self.ends[k].at(&self.data);
        (ends[0], ends[1])
    }

    /// First and last point of a discrete support.
    pub(super) fn lattice(&mut self, k: usize, step: f64) -> (f64, f64) {
        let (mut first, mut last) = self.range(k);
        let subject = self.subject;
        let plan = &subject.data[k];
        if !plan.lower_closed && first.is_finite() {
            first += step;
        }
        let near = 1e-9;
        if step.fract() == 0.0 && first.is_finite() {
            first = (first - near).ceil();
        }
        if last.is_finite() {
            if !plan.upper_closed {
                last -= near.max(1e-6 * step);
            }
            last += near;
            last = if first.is_finite() {
                first + ((last - first) / step).floor() * step
            } else {
                last.floor()
            };
        }
        (first, last)
    }

    fn level(&mut self, k: usize) -> Sums {
        let subject = self.subject;
        if self.budget == 0 {
            self.inner_failed = true;
            return Sums::unknown(subject.width());
        }
        let plan = &subject.data[k];
        let mut total = if plan.determined {
            self.data[k] = self.range(k).0;
            self.inner(k, Place::Here)
        } else if let Some(step) = plan.step {
            self.add_up(k, step)
        } else {
            self.integral(k)
        };
        let last = k + 1 == self.data.len();
        for i in 0..plan.atoms {
            let place = self.ends[k].at(&self.data)[2 + plan.roots + i];
            self.data[k] = place;
            let at = if last { Place::Atom(i) } else { Place::Here };
            let share = self.inner(k, at);
            total.add(&share.values, &share.errors, &share.magnitudes);
            total.converged &= share.converged;
        }
        total
    }

    /// What remains with datum k fixed, as sums.
    fn inner(&mut self, k: usize, place: Place) -> Sums {
        if k + 1 < self.data.len() {
            return self.level(k + 1);
        }
        let mut out = vec![0.0; self.subject.width()];
        self.leaf(place, &mut out);
        Sums {
            errors: out.iter().map(|v| f64::EPSILON * v.abs()).collect(),
            magnitudes: out.iter().map(|v| v.abs()).collect(),
            converged: out.iter().all(|v| v.is_finite()),
            values: out,
        }
    }

    /// As `inner`, for a rule that wants only the values.
    fn fill(&mut self, k: usize, place: Place, out: &mut [f64]) {
        if k + 1 == self.data.len() {
            self.leaf(place, out);
            return;
        }
        let sums = self.level(k + 1);
        let size = sums.magnitudes[0];
        if !sums.converged && !sums.within(1e-7) && size > 1e-9 * self.largest[k] {
            self.inner_failed = true;
        }
        self.largest[k] = self.largest[k].max(size);
        for ((out, value), size) in out.iter_mut().zip(&sums.values).zip(&sums.magnitudes) {
            // what cancels leaves noise, which no rule outside can integrate
            *out = if value.abs() > 1e-12 * size {
                *value
            } else {
                0.0
            };
        }
    }

    /// Does more than a share of this mass lie where an integrand had no value?
    pub(super) fn is_incomplete(&self, mass: f64) -> bool {
        self.lost > NEGLIGIBLE * mass
    }

    fn integral(&mut self, k: usize) -> Sums {
        let width = self.subject.width();
        let segments = match (&self.top, k) {
            (Some(known), 0) => known.clone(),
            _ => self.segments(k),
        };
        let (lower, upper) = self.range(k);
        if lower.is_nan() || upper.is_nan() {
            return Sums::unknown(width);
        }
        let last = k + 1 == self.data.len();
        let (relative, absolute) = self.tolerance(k);
        let options = IntegrateOptions {
            relative,
            absolute,
            max_evaluations: self.budget.min(if last { 30_000 } else { 3_000 }),
            rule: self.rule,
        };
        let mut total = Sums::nothing(width);
        for segment in &segments {
            if segment.peaks.is_empty() {
                continue;
            }
            let (lower, upper, cuts) = (segment.lower, segment.upper, &segment.breakpoints);
            let part = if last {
                let mut leaves = |points: &[Abscissa], out: &mut [f64]| {
                    self.leaves(segment, points, out);
                };
                integrate_columns(&mut leaves, width, lower, upper, cuts, &options)
            } else {
                let mut inner = |at: Abscissa, out: &mut [f64]| {
                    self.data[k] = at.x;
                    self.fill(k, Place::Here, out);
                };
                integrate_at(&mut inner, width, lower, upper, cuts, &options)
            };
            total.add(&part.values, &part.errors, &part.magnitudes);
            total.converged &= part.converged;
        }
        // a segment without weight need not reach its own relative accuracy
        let few = segments.len() > 1 && !self.is_incomplete(total.magnitudes[0]);
        if !total.converged && few && total.within(10.0 * options.relative) {
            total.converged = true;
        }
        total
    }

    fn add_up(&mut self, k: usize, step: f64) -> Sums {
        let width = self.subject.width();
        let segments = match (&self.top, k) {
            (Some(known), 0) => known.clone(),
            _ => self.segments(k),
        };
        let (relative, absolute) = self.tolerance(k);
        let mut total = Sums::nothing(width);
        for segment in &segments {
            let options = SumOptions {
                relative: 0.1 * relative,
                absolute: 0.1 * absolute,
                max_terms: self.budget.clamp(1, 100_000),
                peaks: segment.peaks.clone(),
            };
            let part = sum(
                &mut |x, out| {
                    self.data[k] = x;
                    self.fill(k, Place::Here, out);
                },
                width,
                segment.lower,
                segment.upper,
                step,
                &options,
            );
            total.add(&part.values, &part.errors, &part.magnitudes);
            total.converged &= part.converged;
        }
        total
    }
}
