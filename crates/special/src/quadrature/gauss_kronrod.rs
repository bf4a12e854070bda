//! The adaptive 21-point Gauss–Kronrod rule, all entries at once.
//! In: pieces, the integrand → Out: an `Integral`.
//! Never: more than the allowed evaluations.
//!
//! Source: QUADPACK (Piessens et al. 1983), `qk21` and `qag`.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::geometry::{Map, Piece, Range};
use super::{Counted, Integral, PieceResult};

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

/// A segment narrower than this in t is not halved again.
const NARROWEST: f64 = 1e-13;

struct Segment {
    map: Map,
    from: f64,
    to: f64,
    values: Vec<f64>,
    errors: Vec<f64>,
    magnitudes: Vec<f64>,
    /// The largest error against the scale of its entry: what the heap sorts by.
    priority: f64,
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
    samples: Vec<f64>,
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
            samples: vec![0.0; 21 * dimension],
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
        for map in Map::gauss_kronrod(self.range, piece) {
            self.ends.push(map);
            // an end wants many halvings towards t = 1: begin with two
            let cuts: &[f64] = match map {
                Map::Linear { .. } => &[0.0, 1.0],
                _ => &[0.0, 0.5, 1.0],
            };
            for cut in cuts.windows(2) {
                let segment = self.segment(counted, map, cut[0], cut[1]);
                self.push(segment);
            }
        }
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
            u = 0.5 * (low + high);
            if low == high {
                break;
            }
        }
        found
    }

    /// The integrand per unit of u = t/(1 − t).
    fn per_unit(&mut self, counted: &mut Counted, map: Map, u: f64, out: &mut [f64]) -> bool {
        match map.point(self.range, u / (1.0 + u)) {
            Some((at, weight)) => counted.weighted(at, weight / ((1.0 + u) * (1.0 + u)), out),
            None => false,
        }
    }

    fn push(&mut self, segment: Segment) {
        for j in 0..self.dimension() {
            self.values[j] += segment.values[j];
            self.errors[j] += segment.errors[j];
            self.magnitudes[j] += segment.magnitudes[j];
        }
        if segment.priority > 0.0 && segment.to - segment.from > NARROWEST {
            self.heap.push(segment);
        } else {
            self.failed |= segment.priority.is_infinite();
            self.done.push(segment);
        }
    }

    fn segment(&mut self, counted: &mut Counted, map: Map, from: f64, to: f64) -> Segment {
        let dimension = self.dimension();
        let center = 0.5 * (from + to);
        let half = 0.5 * (to - from);
        let mut finite = true;
        let mut furthest = 0.0_f64;
        for i in 0..21 {
            let node = if i < 10 { -NODES[i] } else { NODES[20 - i] };
            let out = &mut self.samples[i * dimension..(i + 1) * dimension];
            let usable = match map.point(self.range, center + half * node) {
                Some((at, weight)) => {
                    if matches!(map, Map::Linear { .. }) {
                        furthest = furthest.max(at.x.abs());
                    }
                    let usable = counted.weighted(at, half * weight, out);
                    finite &= usable || map.is_utmost(&at);
                    usable
                }
                None => false,
            };
            if !usable {
                out.fill(0.0);
            }
        }
        let noise = f64::EPSILON * (50.0 + furthest / (map.length() * half));
        let mut values = vec![0.0; dimension];
        let mut errors = vec![0.0; dimension];
        let mut magnitudes = vec![0.0; dimension];
        let mut priority = 0.0_f64;
        for j in 0..dimension {
            let sample = |i: usize| self.samples[i * dimension + j];
            let mut kronrod = KRONROD[10] * sample(10);
            let mut gauss = 0.0;
            let mut magnitude = kronrod.abs();
            for i in 0..10 {
                let (low, high) = (sample(i), sample(20 - i));
                kronrod += KRONROD[i] * (low + high);
                magnitude += KRONROD[i] * (low.abs() + high.abs());
                if i % 2 == 1 {
                    gauss += GAUSS[i / 2] * (low + high);
                }
            }
            let mean = 0.5 * kronrod;
            let spread: f64 = (0..21)
                .map(|i| KRONROD[i.min(20 - i)] * (sample(i) - mean).abs())
                .sum();
            let floor = noise * magnitude;
            let mut error = (kronrod - gauss).abs();
            if spread > 0.0 && error > 0.0 {
                error = spread * (200.0 * error / spread).powf(1.5).min(1.0);
            }
            values[j] = kronrod;
            magnitudes[j] = magnitude;
            errors[j] = error.max(floor);
            if error > 2.0 * floor {
                priority = priority.max(error / (magnitude + self.magnitudes[j]));
            }
        }
        if !finite {
            priority = f64::INFINITY;
        }
        Segment {
            map,
            from,
            to,
            values,
            errors,
            magnitudes,
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
            for j in 0..self.dimension() {
                self.values[j] -= worst.values[j];
                self.errors[j] -= worst.errors[j];
                self.magnitudes[j] -= worst.magnitudes[j];
            }
            let middle = worst.from + self.cut * (worst.to - worst.from);
            let left = self.segment(counted, worst.map, worst.from, middle);
            let right = self.segment(counted, worst.map, middle, worst.to);
            self.push(left);
            self.push(right);
        }
    }

    pub(super) fn finish(mut self, counted: &mut Counted) -> Integral {
        self.look_at_the_edges(counted);
        // summed afresh: the running totals carry what refinement added and took away
        self.values.clone_from(&self.base.values);
        self.errors.clone_from(&self.base.errors);
        self.magnitudes.clone_from(&self.base.magnitudes);
        for segment in self.done.iter().chain(self.heap.iter()) {
            for j in 0..self.values.len() {
                self.values[j] += segment.values[j];
                self.errors[j] += segment.errors[j];
                self.magnitudes[j] += segment.magnitudes[j];
            }
        }
        // an empty heap means that only the rounding of x limits the result
        let converged = !self.failed
            && (self.heap.is_empty() || self.good_enough())
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
