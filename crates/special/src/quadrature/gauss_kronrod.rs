//! The adaptive 21-point Gauss–Kronrod rule, all entries at once.
//! In: pieces, the integrand → Out: an `Integral`.
//! Never: more than the allowed evaluations.
//!
//! Source: QUADPACK (Piessens et al. 1983), `qk21` and `qag`.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::geometry::{Map, Piece, Range};
use super::samples::Samples;
use super::{Counted, Integral, PieceResult};
use crate::vectors::{OverColumns, with_widest_vectors};

/// Positive nodes, outermost first, and 0.
const NODES: [f64; 11] = [
    0.995_657_163_025_808_1,
    0.973_906_528_517_171_7,
    0.930_157_491_355_708_2,
    0.865_063_366_688_984_5,
    0.780_817_726_586_416_9,
    0.679_409_568_299_024_4,
    0.562_757_134_668_604_7,
    0.433_395_394_129_247_2,
    0.294_392_862_701_460_2,
    0.148_874_338_981_631_22,
    0.0,
];
/// Weights of all nodes, in that order.
const KRONROD: [f64; 11] = [
    0.011_694_638_867_371_874,
    0.032_558_162_307_964_725,
    0.054_755_896_574_351_995,
    0.075_039_674_810_919_96,
    0.093_125_454_583_697_6,
    0.109_387_158_802_297_64,
    0.123_491_976_262_065_84,
    0.134_709_217_311_473_34,
    0.142_775_938_577_060_09,
    0.147_739_104_901_338_49,
    0.149_445_554_002_916_9,
];
/// Gauss weights of every second node.
const GAUSS: [f64; 5] = [
    0.066_671_344_308_688_14,
    0.149_451_349_150_580_6,
    0.219_086_362_515_982_04,
    0.269_266_719_309_996_35,
    0.295_524_224_714_752_87,
];

/// Nodes of a rule.
const COUNT: usize = 21;
/// The same, filled up to whole vectors.
const FULL: usize = 24;
/// Weights by position, zero beyond the nodes.
const BY_PLACE: [[f64; FULL]; 2] = weights_by_place();

const fn weights_by_place() -> [[f64; FULL]; 2] {
    let mut weights = [[0.0; FULL]; 2];
    let mut i = 0;
    while i < COUNT {
        let node = if i < 10 { i } else { 20 - i };
        weights[0][i] = KRONROD[node];
        if node % 2 == 1 {
            weights[1][i] = GAUSS[node / 2];
        }
        i += 1;
    }
    weights
}

/// A segment narrower than this in t is not halved again.
const NARROWEST: f64 = 1e-13;

struct Segment {
    map: Map,
    from: f64,
    to: f64,
    entries: Vec<Entry>,
    /// The largest error against the scale of its entry: what the heap sorts by.
    priority: f64,
}

/// What a segment contributes to one entry.
struct Entry {
    value: f64,
    error: f64,
    magnitude: f64,
}

impl PartialEq for Segment {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Segment {}
impl PartialOrd for Segment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Segment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.priority.total_cmp(&other.priority)
    }
}

pub(super) struct Adaptive {
    range: Range,
    relative: f64,
    absolute: f64,
    /// Where a segment is cut. Not in the middle: pieces lie symmetrically about kinks, and a kink
    /// that comes to lie beyond the outermost node of a segment is not seen.
    cut: f64,
    heap: BinaryHeap<Segment>,
    /// Segments that need or allow no more work.
    done: Vec<Segment>,
    /// What the other rule contributed.
    base: PieceResult,
    values: Vec<f64>,
    errors: Vec<f64>,
    magnitudes: Vec<f64>,
    /// Changes of variable towards an end or a kink.
    ends: Vec<Map>,
    /// What lies beyond the outermost points.
    edge: Vec<f64>,
    pub(super) failed: bool,
    pub(super) samples: Samples,
    measures: Vec<Measure>,
}

/// One entry over one segment.
#[derive(Clone, Copy, Default)]
struct Measure {
    kronrod: f64,
    gauss: f64,
    /// ∫ |f|
    magnitude: f64,
    /// ∫ |f − mean of f|
    spread: f64,
}

impl Adaptive {
    pub(super) fn new(
        range: Range,
        dimension: usize,
        relative: f64,
        absolute: f64,
        cut: f64,
    ) -> Self {
        Self {
            range,
            relative,
            absolute,
            cut,
            heap: BinaryHeap::new(),
            done: Vec::new(),
            base: PieceResult {
                values: vec![0.0; dimension],
                magnitudes: vec![0.0; dimension],
                errors: vec![0.0; dimension],
            },
            values: vec![0.0; dimension],
            errors: vec![0.0; dimension],
            magnitudes: vec![0.0; dimension],
            ends: Vec::new(),
            edge: vec![0.0; dimension],
            failed: false,
            samples: Samples::default(),
            measures: Vec::new(),
        }
    }

    pub(super) fn dimension(&self) -> usize {
        self.values.len()
    }

    pub(super) fn magnitudes(&self) -> &[f64] {
        &self.magnitudes
    }

    pub(super) fn add_result(&mut self, result: &PieceResult) {
        for j in 0..self.dimension() {
            self.base.values[j] += result.values[j];
            self.base.errors[j] += result.errors[j];
            self.base.magnitudes[j] += result.magnitudes[j];
            self.values[j] += result.values[j];
            self.errors[j] += result.errors[j];
            self.magnitudes[j] += result.magnitudes[j];
        }
    }

    pub(super) fn add_piece(&mut self, counted: &mut Counted, piece: &Piece) {
        let mut wanted = Vec::new();
        for map in Map::gauss_kronrod(self.range, piece) {
            self.ends.push(map);
            // an end wants many halvings towards t = 1: begin with two
            let cuts: &[f64] = match map {
                Map::Linear { .. } => &[0.0, 1.0],
                _ => &[0.0, 0.5, 1.0],
            };
            wanted.extend(cuts.windows(2).map(|cut| (map, cut[0], cut[1])));
        }
        self.add_segments(counted, &wanted);
    }

    /// A change of variable stops where numbers stop, or where the integrand is no longer a number: what lies beyond is an error.
    fn look_at_the_edges(&mut self, counted: &mut Counted) {
        for map in std::mem::take(&mut self.ends) {
            let most: f64 = match map {
                Map::ToEnd { width, .. } => (670.0 + width.abs().ln()).min(690.0),
                Map::ToInfinity { scale, .. } => (670.0 - scale.abs().ln()).min(690.0),
                _ => continue,
            };
            let mut outer = vec![0.0; self.dimension()];
            let Some(u) = self.outermost(counted, map, most, &mut outer) else {
                continue;
            };
            let mut inner = vec![0.0; self.dimension()];
            self.per_unit(counted, map, 0.5 * u, &mut inner);
            for j in 0..outer.len() {
                let (outer, inner) = (outer[j].abs(), inner[j].abs());
                if outer == 0.0 {
                    continue;
                }
                // as a power of the distance, which is exponential in u: what remains is the value by its rate
                let rate = (inner / outer).ln() / (0.5 * u);
                let grows = rate.is_nan() || rate <= 0.0;
                self.edge[j] += match grows {
                    // a value that still grows there says that the integral diverges
                    true if outer > 1e-60 => f64::INFINITY,
                    true => outer,
                    false => outer / rate.min(1.0),
                };
            }
        }
    }

    /// The outermost u with finite values that do not all vanish, and the values there.
    fn outermost(
        &mut self,
        counted: &mut Counted,
        map: Map,
        most: f64,
        values: &mut [f64],
    ) -> Option<f64> {
        const HALVINGS: usize = 12;
        let mut trial = vec![0.0; values.len()];
        let mut found = None;
        let (mut low, mut high) = (0.0, most);
        let mut u = most;
        for _ in 0..=HALVINGS {
            let finite = self.per_unit(counted, map, u, &mut trial);
            if finite && trial.iter().any(|v| *v != 0.0) {
                values.copy_from_slice(&trial);
                found = Some(u);
                low = u;
            } else {
                high = u;
            }
            if low == high {
                break;
            }
            u = 0.5 * (low + high);
        }
        found
    }

    /// The integrand per unit of u = t/(1 − t).
    fn per_unit(&mut self, counted: &mut Counted, map: Map, u: f64, out: &mut [f64]) -> bool {
        self.samples.clear();
        let factor = 1.0 / ((1.0 + u) * (1.0 + u));
        self.samples.ask(map, self.range, &[u / (1.0 + u)], factor);
        self.samples.evaluate(counted, out.len());
        for (j, out) in out.iter_mut().enumerate() {
            *out = self.samples.column(j)[0];
        }
        self.samples.is_usable(0)
    }

    fn add(&mut self, segment: &Segment, sign: f64) {
        for (j, entry) in segment.entries.iter().enumerate() {
            self.values[j] += sign * entry.value;
            self.errors[j] += sign * entry.error;
            self.magnitudes[j] += sign * entry.magnitude;
        }
    }

    fn push(&mut self, segment: Segment) {
        self.add(&segment, 1.0);
        if segment.priority > 0.0 && segment.to - segment.from > NARROWEST {
            self.heap.push(segment);
        } else {
            self.failed |= segment.priority.is_infinite();
            self.done.push(segment);
        }
    }

    /// Measures some stretches, all their points at once, and takes them in.
    fn add_segments(&mut self, counted: &mut Counted, wanted: &[(Map, f64, f64)]) {
        self.samples.clear();
        for (map, from, to) in wanted {
            let (center, half) = (0.5 * (from + to), 0.5 * (to - from));
            let node = |i: usize| if i < 10 { -NODES[i] } else { NODES[20 - i] };
            let all: [f64; COUNT] = std::array::from_fn(|i| center + half * node(i));
            self.samples.ask(*map, self.range, &all, half);
        }
        let dimension = self.dimension();
        self.samples.evaluate(counted, dimension);
        self.measures.clear();
        self.measures
            .resize(dimension * wanted.len(), Measure::default());
        with_widest_vectors(Measures {
            samples: &self.samples,
            segments: wanted.len(),
            out: &mut self.measures,
        });
        for (k, (map, from, to)) in wanted.iter().enumerate() {
            let segment = self.segment(k, *map, *from, *to);
            self.push(segment);
        }
    }

    /// The k-th of the stretches that were measured last.
    fn segment(&self, k: usize, map: Map, from: f64, to: f64) -> Segment {
        let dimension = self.dimension();
        let places = k * COUNT..(k + 1) * COUNT;
        let furthest = if matches!(map, Map::Linear { .. }) {
            let own = places.clone().filter_map(|p| self.samples.points.get(p));
            own.fold(0.0, |most: f64, at| most.max(at.x.abs()))
        } else {
            0.0
        };
        let mut own = self
            .samples
            .not_finite()
            .filter(|(p, _)| places.contains(p));
        let finite = own.all(|(_, at)| map.is_utmost(at));
        let noise = f64::EPSILON * (50.0 + furthest / (map.length() * 0.5 * (to - from)));
        let mut entries = Vec::with_capacity(dimension);
        let mut priority = 0.0_f64;
        let measures = &self.measures[k * dimension..(k + 1) * dimension];
        for (measure, present) in measures.iter().zip(&self.magnitudes) {
            let floor = noise * measure.magnitude;
            let mut error = (measure.kronrod - measure.gauss).abs();
            if measure.spread > 0.0 && error > 0.0 {
                let share = 200.0 * error / measure.spread;
                error = measure.spread * (share * share.sqrt()).min(1.0);
            }
            entries.push(Entry {
                value: measure.kronrod,
                error: error.max(floor),
                magnitude: measure.magnitude,
            });
            if error > 2.0 * floor {
                priority = priority.max(error / (measure.magnitude + present));
            }
        }
        if !finite {
            priority = f64::INFINITY;
        }
        Segment {
            map,
            from,
            to,
            entries,
            priority,
        }
    }

    fn good_enough(&self) -> bool {
        (0..self.dimension()).all(|j| self.errors[j] <= self.wanted(j))
    }

    fn wanted(&self, j: usize) -> f64 {
        (self.relative * self.magnitudes[j]).max(self.absolute)
    }

    pub(super) fn refine(&mut self, counted: &mut Counted) {
        while let Some(worst) = self.heap.peek() {
            if worst.priority.is_finite() && self.good_enough() {
                return;
            }
            if counted.exhausted() {
                self.failed = true;
                return;
            }
            let Some(worst) = self.heap.pop() else { return };
            self.add(&worst, -1.0);
            let middle = worst.from + self.cut * (worst.to - worst.from);
            let halves = [
                (worst.map, worst.from, middle),
                (worst.map, middle, worst.to),
            ];
            self.add_segments(counted, &halves);
        }
    }

    pub(super) fn finish(mut self, counted: &mut Counted) -> Integral {
        self.look_at_the_edges(counted);
        // summed afresh: the running totals carry what refinement added and took away
        self.values.clone_from(&self.base.values);
        self.errors.clone_from(&self.base.errors);
        self.magnitudes.clone_from(&self.base.magnitudes);
        let (done, heap) = (
            std::mem::take(&mut self.done),
            self.heap.drain().collect::<Vec<_>>(),
        );
        let exhausted = heap.is_empty();
        done.iter()
            .chain(&heap)
            .for_each(|segment| self.add(segment, 1.0));
        // an empty heap means that only the rounding of x limits the result
        let converged = !self.failed
            && (exhausted || self.good_enough())
            && (0..self.values.len()).all(|j| self.edge[j] <= self.wanted(j))
            && self.values.iter().all(|value| value.is_finite());
        for (error, edge) in self.errors.iter_mut().zip(&self.edge) {
            *error += edge;
        }
        Integral {
            values: self.values,
            errors: self.errors,
            magnitudes: self.magnitudes,
            evaluations: counted.evaluations,
            converged,
        }
    }
}

/// All entries of all segments that were sampled.
struct Measures<'a> {
    samples: &'a Samples,
    segments: usize,
    out: &'a mut [Measure],
}

impl OverColumns for Measures<'_> {
    #[inline(always)]
    fn run(self) {
        let dimension = self.out.len() / self.segments.max(1);
        for j in 0..dimension {
            let column = self.samples.column(j);
            for k in 0..self.segments {
                let mut values = [0.0; FULL];
                values[..COUNT].copy_from_slice(&column[k * COUNT..(k + 1) * COUNT]);
                self.out[k * dimension + j] = measure(&values);
            }
        }
    }
}

#[inline(always)]
fn measure(values: &[f64; FULL]) -> Measure {
    let [all, every_second] = &BY_PLACE;
    let kronrod = total(all, values, |v| v);
    let mean = 0.5 * kronrod;
    Measure {
        kronrod,
        gauss: total(every_second, values, |v| v),
        magnitude: total(all, values, f64::abs),
        spread: total(all, values, |v| (v - mean).abs()),
    }
}

/// Σ weight · g(value), in eight sums side by side.
#[inline(always)]
fn total(weights: &[f64; FULL], values: &[f64; FULL], g: impl Fn(f64) -> f64) -> f64 {
    let mut lanes = [0.0; 8];
    for (weights, values) in weights.chunks_exact(8).zip(values.chunks_exact(8)) {
        for (lane, (w, v)) in lanes.iter_mut().zip(weights.iter().zip(values)) {
            *lane += w * g(*v);
        }
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}
