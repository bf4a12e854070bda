//! The coordinates of a lattice: how the points of each datum lie around the mode, given those before it.
//! In: the ends of a support and what is known of the mode. Out: `Axis`, `Node`, places with weights. Never: an evaluation of a density.

use bartlett_special::Abscissa;
use std::f64::consts::{FRAC_PI_2, TAU};

/// How one datum follows a coordinate, given the data before it.
#[derive(Clone, Debug)]
pub(super) enum Axis {
    /// All points of a finite lattice.
    Points { step: f64 },
    /// A function of the data before it.
    Determined,
    /// On the line: `center` + Σ `slopes`·(earlier − their modes) + `scale`·coordinate.
    Line {
        center: f64,
        slopes: Vec<f64>,
        scale: f64,
        heavy: bool,
    },
    /// From a finite end on, `scale`·coordinate away from it; `upward` from a lower end.
    Half {
        scale: f64,
        upward: bool,
        heavy: bool,
    },
    /// Between two finite ends; the coordinate is a share of the length.
    Interval,
}

/// A point of an axis: the transformed variable, the coordinate (for an interval the share below and the share above) and its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) u: f64,
    at: f64,
    above: f64,
    weight: f64,
}

/// Where the mode is on an axis, in a way that moves with the data before it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seat {
    /// At this value.
    Value(f64),
    /// At this coordinate.
    Coordinate(f64),
}

/// Points of one datum of a finite discrete support, at most.
pub(super) const MOST_POINTS: f64 = 300.0;

impl Axis {
    /// Does the density fall slower than exponentially along it?
    pub(super) fn is_heavy(&self) -> bool {
        matches!(
            self,
            Self::Line { heavy: true, .. } | Self::Half { heavy: true, .. }
        )
    }

    /// Where the transformed variable may go: beyond, the coordinate leaves the range of numbers.
    pub(super) fn limits(&self) -> (f64, f64) {
        match self {
            Self::Points { .. } | Self::Determined => (0.0, 0.0),
            Self::Line { heavy: true, .. } => (-5.5, 5.5),
            Self::Line { .. } => (-40.0, 40.0),
            Self::Half { heavy: true, .. } => (-6.0, 6.0),
            Self::Half { .. } => (-6.4, 60.0),
            Self::Interval => (-5.3, 5.3),
        }
    }

    /// The points of a lattice between two values of the transformed variable.
    pub(super) fn nodes(&self, reach: (f64, f64), step: f64, offset: f64) -> Vec<Node> {
        let mut nodes = Vec::new();
        if matches!(self, Self::Points { .. } | Self::Determined) {
            return nodes;
        }
        let mut i = (reach.0 / step - offset).ceil();
        while (i + offset) * step <= reach.1 {
            let u = (i + offset) * step;
            let (at, above, slope) = self.transformed(u);
            nodes.push(Node {
                u,
                at,
                above,
                weight: slope * step,
            });
            i += 1.0;
        }
        nodes
    }

    /// Coordinate, what is above it in an interval, and the slope.
    fn transformed(&self, u: f64) -> (f64, f64, f64) {
        let inner = FRAC_PI_2 * u.sinh();
        let inner_slope = FRAC_PI_2 * u.cosh();
        match self {
            Self::Line { heavy: true, .. } => (inner.sinh(), 0.0, inner.cosh() * inner_slope),
            Self::Line { .. } => (u.sinh(), 0.0, u.cosh()),
            Self::Half { heavy: true, .. } => (inner.exp(), 0.0, inner.exp() * inner_slope),
            Self::Half { .. } => {
                let at = (1.0 + u - (-u).exp()).exp();
                (at, 0.0, at * (1.0 + (-u).exp()))
            }
            _ => {
                let small = (-2.0 * inner.abs()).exp();
                let (near, far) = (small / (1.0 + small), 1.0 / (1.0 + small));
                let (at, above) = if u < 0.0 { (near, far) } else { (far, near) };
                (at, above, 2.0 * near * far * inner_slope)
            }
        }
    }

    /// How many points the axis has.
    pub(super) fn count(&self, nodes: &[Node]) -> f64 {
        match self {
            Self::Points { .. } => 0.1 * MOST_POINTS,
            Self::Determined => 1.0,
            _ => nodes.len() as f64,
        }
    }

    /// The datum at a node with its distances from the ends, and the weight; nothing where it leaves the range of numbers.
    pub(super) fn place(
        &self,
        node: &Node,
        lower: f64,
        upper: f64,
        earlier: &[f64],
        mode: &[f64],
    ) -> Option<(Abscissa, f64)> {
        let (at, size) = match self {
            Self::Line {
                center,
                slopes,
                scale,
                ..
            } => {
                let moved = slopes.iter().zip(earlier.iter().zip(mode));
                let shift: f64 = moved
                    .map(|(b, (x, c))| if *b == 0.0 { 0.0 } else { b * (x - c) })
                    .sum();
                let at = Abscissa {
                    x: center + shift + scale * node.at,
                    from_lower: f64::INFINITY,
                    from_upper: f64::INFINITY,
                };
                (at, *scale)
            }
            Self::Half { scale, upward, .. } => {
                let distance = scale * node.at;
                (from_end(distance, lower, upper, *upward), *scale)
            }
            Self::Interval => {
                let length = upper - lower;
                let (from_lower, from_upper) = (length * node.at, length * node.above);
                let x = if node.u < 0.0 {
                    lower + from_lower
                } else {
                    upper - from_upper
                };
                let at = Abscissa {
                    x,
                    from_lower,
                    from_upper,
                };
                (at, length)
            }
            Self::Points { .. } | Self::Determined => return None,
        };
        let weight = node.weight * size;
        let usable = at.x.is_finite() && weight.is_finite() && weight > 0.0;
        usable.then_some((at, weight))
    }

    /// The datum where the mode is, seen from the data before it.
    pub(super) fn at(
        &self,
        seat: Seat,
        lower: f64,
        upper: f64,
        earlier: &[f64],
        mode: &[f64],
    ) -> Option<(Abscissa, f64)> {
        let value = |x: f64| {
            let at = Abscissa {
                x,
                from_lower: f64::INFINITY,
                from_upper: f64::INFINITY,
            };
            Some((at, 1.0))
        };
        match (self, seat) {
            (Self::Determined, _) => value(lower),
            (_, Seat::Value(x)) => value(x.clamp(lower.min(upper), upper)),
            (_, Seat::Coordinate(at)) => {
                let node = Node {
                    u: 0.0,
                    at,
                    above: 1.0 - at,
                    weight: 1.0,
                };
                self.place(&node, lower, upper, earlier, mode)
            }
        }
    }
}

fn from_end(distance: f64, lower: f64, upper: f64, upward: bool) -> Abscissa {
    if upward {
        Abscissa {
            x: lower + distance,
            from_lower: distance,
            from_upper: f64::INFINITY,
        }
    } else {
        Abscissa {
            x: upper - distance,
            from_lower: f64::INFINITY,
            from_upper: distance,
        }
    }
}

/// Nodes of the Gauss–Hermite rule of a line in its standardized coordinate, with weights for functions that hold their own Gaussian.
pub(super) fn gauss_hermite(order: usize) -> Option<Vec<Node>> {
    let (six, ten) = (6_f64.sqrt(), 10_f64.sqrt());
    // Abramowitz & Stegun (1964), 25.4.46, for the weight exp(−z²/2)
    let half: Vec<(f64, f64)> = match order {
        3 => vec![(0.0, 2.0 / 3.0), (3_f64.sqrt(), 1.0 / 6.0)],
        4 => vec![
            ((3.0 - six).sqrt(), (3.0 + six) / 12.0),
            ((3.0 + six).sqrt(), (3.0 - six) / 12.0),
        ],
        5 => vec![
            (0.0, 8.0 / 15.0),
            ((5.0 - ten).sqrt(), (7.0 + 2.0 * ten) / 60.0),
            ((5.0 + ten).sqrt(), (7.0 - 2.0 * ten) / 60.0),
        ],
        _ => return None,
    };
    let node = |z: f64, w: f64| Node {
        u: z,
        at: z,
        above: 0.0,
        weight: w * TAU.sqrt() * (0.5 * z * z).exp(),
    };
    let mut nodes = Vec::new();
    for (z, w) in half {
        nodes.push(node(z, w));
        if z > 0.0 {
            nodes.push(node(-z, w));
        }
    }
    Some(nodes)
}
