//! Where the points of a quadrature lie.
//! In: a range and breakpoints, a parameter t → Out: pieces, a point with its distances, a weight.
//! Never: a value of the integrand.

use crate::columns::exp_column;
use std::f64::consts::{FRAC_PI_2, PI};
use std::sync::LazyLock;

/// A point of the range, with its distances to the two ends of the whole range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Abscissa {
    /// The point itself, rounded.
    pub x: f64,
    /// x − lower, exact near the lower end; ∞ if that end is infinite.
    pub from_lower: f64,
    /// upper − x, exact near the upper end; ∞ if that end is infinite.
    pub from_upper: f64,
}

/// The whole range of an integral.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub lower: f64,
    pub upper: f64,
}

impl Range {
    fn right_of(self, a: f64, distance: f64) -> Abscissa {
        let x = a + distance;
        let from_lower = if a == self.lower {
            distance
        } else {
            x - self.lower
        };
        Abscissa {
            x,
            from_lower,
            from_upper: self.upper - x,
        }
    }

    fn left_of(self, b: f64, distance: f64) -> Abscissa {
        let x = b - distance;
        let from_upper = if b == self.upper {
            distance
        } else {
            self.upper - x
        };
        Abscissa {
            x,
            from_lower: x - self.lower,
            from_upper,
        }
    }
}

/// A stretch of the range between neighbouring breakpoints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub a: f64,
    pub b: f64,
    /// The length that is natural here, for an infinite piece.
    pub scale: f64,
    /// Touches an end of the range, or is so long that its mass must lie at its own ends.
    pub at_end: bool,
}

/// A piece that is this many times longer than its neighbour is a gap between peaks.
const GAP: f64 = 16.0;

pub(super) fn pieces(range: Range, breakpoints: &[f64]) -> Vec<Piece> {
    let mut cuts: Vec<f64> = breakpoints
        .iter()
        .copied()
        .filter(|x| *x > range.lower && *x < range.upper)
        .collect();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    cuts.insert(0, range.lower);
    cuts.push(range.upper);
    let lengths: Vec<f64> = cuts.windows(2).map(|w| w[1] - w[0]).collect();
    let last = lengths.len() - 1;
    (0..lengths.len())
        .map(|i| {
            let before = if i > 0 { lengths[i - 1] } else { f64::INFINITY };
            let after = if i < last {
                lengths[i + 1]
            } else {
                f64::INFINITY
            };
            let neighbor = before.min(after);
            Piece {
                a: cuts[i],
                b: cuts[i + 1],
                scale: if neighbor.is_finite() { neighbor } else { 1.0 },
                at_end: i == 0 || i == last || lengths[i] > GAP * neighbor,
            }
        })
        .collect()
}

/// A change of variable: from t to the point and its weight dx/dt.
#[derive(Clone, Copy, Debug)]
pub(super) enum Map {
    /// x = a + t (b − a), 0 < t < 1.
    Linear { a: f64, b: f64 },
    /// x = a + w e^(−t/(1−t)), 0 < t < 1: resolves a singularity at a; w < 0 for one at an upper end.
    ToEnd { end: f64, width: f64 },
    /// x = a + s (e^(t/(1−t)) − 1), 0 < t < 1; s < 0 towards −∞.
    ToInfinity { start: f64, scale: f64 },
    /// Tanh-sinh on (a, b).
    TanhSinh { a: f64, b: f64 },
    /// Exp-sinh: x = a + s e^(π/2 sinh t); s < 0 towards −∞.
    ExpSinh { start: f64, scale: f64 },
    /// Sinh-sinh: x = s sinh(π/2 sinh t).
    SinhSinh { scale: f64 },
}

impl Map {
    pub(super) fn double_exponential(piece: &Piece) -> Self {
        match (piece.a.is_finite(), piece.b.is_finite()) {
            (true, true) => Self::TanhSinh {
                a: piece.a,
                b: piece.b,
            },
            (true, false) => Self::ExpSinh {
                start: piece.a,
                scale: piece.scale,
            },
            (false, true) => Self::ExpSinh {
                start: piece.b,
                scale: -piece.scale,
            },
            (false, false) => Self::SinhSinh { scale: piece.scale },
        }
    }

    /// The maps, each over 0 < t < 1, that cover a piece for the Gauss–Kronrod rule.
    pub(super) fn gauss_kronrod(range: Range, piece: &Piece) -> Vec<Self> {
        let Piece {
            a,
            b,
            scale,
            at_end,
        } = *piece;
        if !at_end {
            return vec![Self::Linear { a, b }];
        }
        let mut maps = Vec::new();
        let (mut from, mut to) = (a, b);
        let split = match (a.is_finite(), b.is_finite()) {
            (true, true) => a + 0.5 * (b - a),
            (true, false) => a + scale,
            (false, true) => b - scale,
            (false, false) => 0.0,
        };
        let gap = a > range.lower && b < range.upper;
        if a == f64::NEG_INFINITY {
            let start = if b == range.upper || b == f64::INFINITY {
                split
            } else {
                b
            };
            maps.push(Self::ToInfinity {
                start,
                scale: -scale,
            });
            from = start;
        } else if a == range.lower || gap {
            let until = if b == range.upper || gap { split } else { b };
            maps.push(Self::ToEnd {
                end: a,
                width: until - a,
            });
            from = until;
        }
        if b == f64::INFINITY {
            maps.push(Self::ToInfinity { start: from, scale });
            to = from;
        } else if (b == range.upper || gap) && from < b {
            maps.push(Self::ToEnd {
                end: b,
                width: from - b,
            });
            to = from;
        }
        if from < to {
            maps.push(Self::Linear { a: from, b: to });
        }
        maps
    }

    /// The half-width of the range of t in a double-exponential rule: distances stay normal numbers.
    pub(super) fn reach(self) -> f64 {
        match self {
            Self::TanhSinh { .. } => 6.0,
            _ => 6.5,
        }
    }

    /// Whether a point is so close to the end of its range that a value there may be missing.
    pub(super) fn is_utmost(self, at: &Abscissa) -> bool {
        const FAR: f64 = 1e75;
        match self {
            Self::ToEnd { width, .. } => at.from_lower.min(at.from_upper) < width.abs() / FAR,
            Self::ToInfinity { start, scale } => {
                let distance = (at.x - start).abs();
                distance > FAR * scale.abs()
            }
            _ => false,
        }
    }

    /// The length against which the rounding of x counts.
    pub(super) fn length(self) -> f64 {
        match self {
            Self::Linear { a, b } | Self::TanhSinh { a, b } => b - a,
            Self::ToEnd { width, .. } => width.abs(),
            Self::ToInfinity { scale, .. }
            | Self::ExpSinh { scale, .. }
            | Self::SinhSinh { scale } => scale.abs(),
        }
    }

    /// Adds the points at some t with their weights dx/dt times `factor`; one that leaves the range of the numbers is missing.
    pub(super) fn add_points(self, range: Range, all: &[f64], factor: f64, points: &mut Points) {
        let mut exponentials = std::mem::take(&mut points.exponentials);
        exponentials.resize(all.len(), 0.0);
        if self.exponents(all, &mut points.exponents) {
            exp_column(&points.exponents, &mut exponentials);
        }
        points.at.reserve(all.len());
        points.weights.reserve(all.len());
        for (i, (t, e)) in all.iter().zip(&exponentials).enumerate() {
            let (at, weight) = self.point(range, *t, *e);
            if at.x.abs() < f64::INFINITY && weight > 0.0 && weight < f64::INFINITY {
                points.at.push(at);
                points.weights.push(factor * weight);
            } else {
                points.missing.push(points.asked + i);
            }
        }
        points.asked += all.len();
        points.exponentials = exponentials;
    }

    /// What is to be exponentiated for each t, all at once; false where nothing is.
    fn exponents(self, all: &[f64], out: &mut Vec<f64>) -> bool {
        out.clear();
        match self {
            Self::Linear { .. } | Self::SinhSinh { .. } => return false,
            Self::ToEnd { .. } => out.extend(all.iter().map(|t| -t / (1.0 - t))),
            Self::ToInfinity { .. } => out.extend(all.iter().map(|t| t / (1.0 - t))),
            Self::TanhSinh { .. } => out.extend(all.iter().map(|t| -PI * hyperbolic(t.abs()).0)),
            Self::ExpSinh { .. } => out.extend(all.iter().map(|t| FRAC_PI_2 * hyperbolic(*t).0)),
        }
        true
    }

    /// The point at t and dx/dt, given the exponential of its exponent.
    fn point(self, range: Range, t: f64, exponential: f64) -> (Abscissa, f64) {
        let from = |start: f64, upward: bool, distance: f64| {
            if upward {
                range.right_of(start, distance)
            } else {
                range.left_of(start, distance)
            }
        };
        match self {
            Self::Linear { a, b } => {
                let length = b - a;
                let at = if t < 0.5 {
                    range.right_of(a, t * length)
                } else {
                    range.left_of(b, (1.0 - t) * length)
                };
                (at, length)
            }
            Self::ToEnd { end, width } => {
                let distance = width.abs() * exponential;
                // a distance with fewer digits is none
                let share = if distance < f64::MIN_POSITIVE {
                    0.0
                } else {
                    distance
                };
                let rest = 1.0 - t;
                (from(end, width > 0.0, distance), share / (rest * rest))
            }
            Self::ToInfinity { start, scale } => {
                let rest = 1.0 - t;
                let distance = scale.abs() * (exponential - 1.0);
                let weight = scale.abs() * exponential / (rest * rest);
                (from(start, scale > 0.0, distance), weight)
            }
            Self::TanhSinh { a, b } => {
                let share = 1.0 / (1.0 + exponential);
                let distance = (b - a) * exponential * share;
                let start = if t < 0.0 { a } else { b };
                let weight = PI * hyperbolic(t).1 * distance * share;
                (from(start, t < 0.0, distance), weight)
            }
            Self::ExpSinh { start, scale } => {
                let distance = scale.abs() * exponential;
                let weight = FRAC_PI_2 * hyperbolic(t).1 * distance;
                (from(start, scale > 0.0, distance), weight)
            }
            Self::SinhSinh { scale } => {
                let (sinh, cosh) = hyperbolic(t);
                let (inner, weight) = hyperbolic_of(FRAC_PI_2 * sinh);
                let x = scale * inner;
                let at = Abscissa {
                    x,
                    from_lower: x - range.lower,
                    from_upper: range.upper - x,
                };
                (at, scale * weight * FRAC_PI_2 * cosh)
            }
        }
    }
}

/// Points with their weights, in the order in which they were asked for.
#[derive(Default)]
pub(super) struct Points {
    pub at: Vec<Abscissa>,
    pub weights: Vec<f64>,
    pub asked: usize,
    /// Those of the asked points that there are not, in order.
    pub missing: Vec<usize>,
    exponents: Vec<f64>,
    exponentials: Vec<f64>,
}

impl Points {
    pub(super) fn clear(&mut self) {
        self.at.clear();
        self.weights.clear();
        self.missing.clear();
        self.asked = 0;
    }

    /// Which of the asked points each point is.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        let mut missing = self.missing.iter().peekable();
        (0..self.asked).filter(move |place| missing.next_if_eq(&place).is_none())
    }

    /// The point that was asked for at this place, unless it is missing.
    pub(super) fn get(&self, place: usize) -> Option<&Abscissa> {
        match self.missing.binary_search(&place) {
            Ok(_) => None,
            Err(before) => self.at.get(place - before),
        }
    }
}

/// The finest step at which the hyperbolic functions are kept.
const KEPT: f64 = 16.0;

/// sinh t and cosh t; those of the first steps of a double-exponential rule are computed once.
fn hyperbolic(t: f64) -> (f64, f64) {
    static FIRST: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
        (0..=104)
            .map(|i| hyperbolic_of(f64::from(i) / KEPT))
            .collect()
    });
    let place = t.abs() * KEPT;
    let index = place as usize;
    if index as f64 == place
        && let Some((sinh, cosh)) = FIRST.get(index)
    {
        return (sinh.copysign(t), *cosh);
    }
    hyperbolic_of(t)
}

/// sinh t and cosh t from one exponential, accurate near 0.
fn hyperbolic_of(t: f64) -> (f64, f64) {
    let m = t.abs().exp_m1();
    let e = m + 1.0;
    ((0.5 * (m + m / e)).copysign(t), 0.5 * (e + 1.0 / e))
}
