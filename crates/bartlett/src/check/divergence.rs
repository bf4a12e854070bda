//! Whether an expectation exists at all: powers at the ends of the support and at kinks.
//! In: a density, a parameter, a point. Out: `Existence`. Never: a value of the expectation.

use super::expectation::Status;
use super::segments::Segment;
use super::subject::{Quantities, Subject};
use super::walk::Walker;
use crate::model::Density;
use bartlett_expr::{Expr, Facts, Symbol};
use bartlett_special::{Abscissa, End, Verdict, tail_exponent};

/// Does an expectation exist at a point?
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Existence {
    /// It does.
    Converges,
    /// It does not; the place in the support where it fails (±∞ for a tail).
    Diverges {
        /// The place.
        at: f64,
    },
    /// Not decided.
    Unknown,
}

/// Does E\[gᵢ²\] exist, for each expression (a score entry, say)? One datum only; for several data `Unknown`.
#[must_use]
pub fn second_moments(
    density: &Density,
    facts: &Facts,
    expressions: &[Expr],
    point: &[(Symbol, f64)],
) -> Vec<Existence> {
    let squares: Vec<Expr> = expressions.iter().map(|e| e.powi(2)).collect();
    first_moments(density, facts, &squares, point)
}

/// Does E|gᵢ| exist, for each expression? One datum only; for several data `Unknown`.
#[must_use]
pub fn first_moments(
    density: &Density,
    facts: &Facts,
    expressions: &[Expr],
    point: &[(Symbol, f64)],
) -> Vec<Existence> {
    let quantities = Quantities {
        expressions: expressions.to_vec(),
        products: false,
    };
    let subject = Subject::new(density, facts, &quantities);
    let unknown = vec![Existence::Unknown; expressions.len()];
    let Some(others) = subject.coordinates(point) else {
        return unknown;
    };
    let [_] = &subject.data[..] else {
        return unknown;
    };
    let mut walker = Walker::new(&subject, &others, 200_000);
    walker.log_scale = 0.0;
    let found = tails(&mut walker, subject.width());
    found[1..]
        .iter()
        .map(|(status, at)| match status {
            Status::Converged => Existence::Converges,
            Status::Diverges => Existence::Diverges { at: *at },
            Status::Unknown => Existence::Unknown,
        })
        .collect()
}

/// For each integral of a subject with one datum: does it exist at every end and kink, and if not, where?
pub(super) fn tails(walker: &mut Walker, width: usize) -> Vec<(Status, f64)> {
    let mut found = vec![(Status::Converged, f64::NAN); width];
    walker.budget = walker.budget.max(100_000);
    let discrete = walker.subject.data[0].step.is_some();
    let segments = walker.segments(0);
    for segment in &segments {
        for upper in [false, true] {
            let at = if upper { segment.upper } else { segment.lower };
            if discrete && at.is_finite() {
                continue;
            }
            let unit = unit(segment, upper);
            let end = if at.is_finite() {
                End::Finite
            } else {
                End::Infinite
            };
            for (j, entry) in found.iter_mut().enumerate() {
                let mut out = vec![0.0; width];
                let tail = tail_exponent(
                    &mut |d| {
                        place_at_distance(walker, segment, upper, unit, d, discrete, &mut out);
                        out[j].abs()
                    },
                    end,
                );
                let status = match tail.verdict {
                    Verdict::Converges => Status::Converged,
                    Verdict::Diverges => Status::Diverges,
                    // an entry that vanishes throughout exists
                    Verdict::Unknown if tail.exponent.is_nan() => {
                        vanishing(walker, segment, upper, unit, discrete, j, width)
                    }
                    Verdict::Unknown => Status::Unknown,
                };
                if entry.0 != Status::Diverges && status != Status::Converged {
                    *entry = (status, at);
                }
            }
        }
    }
    found
}

/// Nothing but zeros near an end: no weight there.
fn vanishing(
    walker: &mut Walker,
    segment: &Segment,
    upper: bool,
    unit: f64,
    discrete: bool,
    j: usize,
    width: usize,
) -> Status {
    let at = if upper { segment.upper } else { segment.lower };
    let side = if at.is_finite() { -1 } else { 1 };
    let mut out = vec![0.0; width];
    let zero = (2..8).all(|k| {
        let d = 10_f64.powi(side * k);
        place_at_distance(walker, segment, upper, unit, d, discrete, &mut out);
        out[j] == 0.0
    });
    if zero {
        Status::Converged
    } else {
        Status::Unknown
    }
}

/// A length that is natural at an end of a segment.
fn unit(segment: &Segment, upper: bool) -> f64 {
    let at = if upper { segment.upper } else { segment.lower };
    let length = segment.upper - segment.lower;
    let nearest = if upper {
        segment.breakpoints.last()
    } else {
        segment.breakpoints.first()
    };
    let known = match (at.is_finite(), nearest) {
        (true, Some(x)) => (x - at).abs(),
        (false, Some(_)) if segment.breakpoints.len() > 1 => {
            let all = &segment.breakpoints;
            all[all.len() - 1] - all[0]
        }
        _ => 1.0,
    };
    if known > 0.0 {
        known.min(length)
    } else {
        1.0_f64.min(length)
    }
}

fn place_at_distance(
    walker: &mut Walker,
    segment: &Segment,
    upper: bool,
    unit: f64,
    d: f64,
    discrete: bool,
    out: &mut [f64],
) {
    let end = if upper { segment.upper } else { segment.lower };
    let sign = if upper { -1.0 } else { 1.0 };
    let at = if end.is_finite() {
        let distance = d * unit;
        let x = end + sign * distance;
        Abscissa {
            x,
            from_lower: if upper { x - segment.lower } else { distance },
            from_upper: if upper { distance } else { segment.upper - x },
        }
    } else {
        let center = match (segment.breakpoints.first(), segment.breakpoints.last()) {
            (Some(a), Some(b)) => 0.5 * (a + b),
            _ if segment.lower.is_finite() => segment.lower,
            _ if segment.upper.is_finite() => segment.upper,
            _ => 0.0,
        };
        let x = center - sign * d * unit;
        Abscissa {
            x: if discrete { x.round() } else { x },
            from_lower: x - segment.lower,
            from_upper: segment.upper - x,
        }
    };
    if !(at.from_lower > 0.0 && at.from_upper > 0.0) {
        out.fill(f64::NAN);
        return;
    }
    let place = walker.place(segment, at);
    walker.leaf(place, out);
}

/// How a density behaves next to a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The place: an end of the support or a kink.
    pub at: f64,
    /// Is it an end of the support?
    pub is_end: bool,
    /// The density just below and just above (as limits; NaN outside the support).
    pub limits: [f64; 2],
    /// α of density ~ dᵅ at the distance d below and above; NaN where there is none.
    pub exponents: [f64; 2],
}

/// The finite ends of a continuous support and the kinks inside, each with the density next to it. One datum only.
#[must_use]
pub fn edges(density: &Density, facts: &Facts, point: &[(Symbol, f64)]) -> Vec<Edge> {
    let quantities = Quantities {
        expressions: Vec::new(),
        products: false,
    };
    let subject = Subject::new(density, facts, &quantities);
    let Some(others) = subject.coordinates(point) else {
        return Vec::new();
    };
    let [plan] = &subject.data[..] else {
        return Vec::new();
    };
    if plan.step.is_some() {
        return Vec::new();
    }
    let mut walker = Walker::new(&subject, &others, 200_000);
    walker.log_scale = 0.0;
    let segments = walker.segments(0);
    let mut found: Vec<Edge> = Vec::new();
    for (i, segment) in segments.iter().enumerate() {
        for upper in [false, true] {
            let at = if upper { segment.upper } else { segment.lower };
            if !at.is_finite() {
                continue;
            }
            let is_end = if upper {
                i + 1 == segments.len()
            } else {
                i == 0
            };
            let unit = unit(segment, upper);
            let mut out = [0.0];
            let mut value = |d: f64| {
                place_at_distance(&mut walker, segment, upper, unit, d, false, &mut out);
                out[0]
            };
            let exponent = tail_exponent(&mut value, End::Finite).exponent;
            // a limit by extrapolation over two distances
            let (near, nearer) = (value(1e-9), value(1e-10));
            let limit = if exponent > 0.01 {
                0.0
            } else if exponent < -0.01 {
                f64::INFINITY
            } else {
                nearer + (nearer - near) / 9.0
            };
            let side = usize::from(!upper);
            if let Some(edge) = found.iter_mut().find(|e| e.at == at) {
                edge.limits[side] = limit;
                edge.exponents[side] = exponent;
            } else {
                let mut edge = Edge {
                    at,
                    is_end,
                    limits: [f64::NAN; 2],
                    exponents: [f64::NAN; 2],
                };
                edge.limits[side] = limit;
                edge.exponents[side] = exponent;
                found.push(edge);
            }
        }
    }
    found
}
