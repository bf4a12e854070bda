//! Sums, products and scalar products of columns.
//! In: columns of a block. Out: numbers, columns. Never: a sum whose order depends on threads.

use bartlett_expr::evaluate::Values;

/// Sums that keep what rounding takes from them (Neumaier 1974).
pub(super) struct Compensated {
    sums: Vec<f64>,
    lost: Vec<f64>,
}

impl Compensated {
    pub(super) fn new(width: usize) -> Self {
        Self {
            sums: vec![0.0; width],
            lost: vec![0.0; width],
        }
    }
    pub(super) fn add(&mut self, part: &[f64]) {
        for ((sum, lost), x) in self.sums.iter_mut().zip(&mut self.lost).zip(part) {
            let total = *sum + x;
            *lost += if sum.abs() >= x.abs() {
                (*sum - total) + x
            } else {
                (x - total) + *sum
            };
            *sum = total;
        }
    }
    pub(super) fn values(&self) -> Vec<f64> {
        let pairs = self.sums.iter().zip(&self.lost);
        pairs
            .map(|(sum, lost)| if lost.is_finite() { sum + lost } else { *sum })
            .collect()
    }
}

pub(super) fn add_scaled(out: &mut [f64], x: Values<'_>, by: f64) {
    match x {
        Values::Number(x) => out.iter_mut().for_each(|out| *out += x * by),
        Values::Column(x) => {
            for (out, x) in out.iter_mut().zip(x) {
                *out += x * by;
            }
        }
    }
}

/// The product of two columns, in `memory` where it has to be computed.
pub(super) fn times<'v>(
    x: Values<'v>,
    y: Values<'v>,
    rows: usize,
    memory: &'v mut Vec<f64>,
) -> Values<'v> {
    match (x, y) {
        (Values::Number(x), Values::Number(y)) => Values::Number(x * y),
        (Values::Number(1.0), other) | (other, Values::Number(1.0)) => other,
        (Values::Number(a), Values::Column(x)) | (Values::Column(x), Values::Number(a)) => {
            for (out, x) in memory[..rows].iter_mut().zip(x) {
                *out = a * x;
            }
            Values::Column(&memory[..rows])
        }
        (Values::Column(x), Values::Column(y)) => {
            for ((out, x), y) in memory[..rows].iter_mut().zip(x).zip(y) {
                *out = x * y;
            }
            Values::Column(&memory[..rows])
        }
    }
}

const LANES: usize = 8;

fn lanes(sums: [f64; LANES]) -> f64 {
    let pair = |i: usize| sums[i] + sums[i + 4];
    (pair(0) + pair(2)) + (pair(1) + pair(3))
}

pub(super) fn sum(x: Values<'_>, rows: usize) -> f64 {
    match x {
        Values::Number(x) => x * rows as f64,
        Values::Column(x) => {
            let mut sums = [0.0; LANES];
            let chunks = x[..rows].chunks_exact(LANES);
            let rest: f64 = chunks.remainder().iter().sum();
            for chunk in chunks {
                for (sum, x) in sums.iter_mut().zip(chunk) {
                    *sum += x;
                }
            }
            lanes(sums) + rest
        }
    }
}

pub(super) fn dot(x: Values<'_>, y: Values<'_>, rows: usize) -> f64 {
    match (x, y) {
        (Values::Number(x), other) | (other, Values::Number(x)) => x * sum(other, rows),
        (Values::Column(x), Values::Column(y)) => {
            let mut sums = [0.0; LANES];
            let (x, y) = (x[..rows].chunks_exact(LANES), y[..rows].chunks_exact(LANES));
            let rest = x.remainder().iter().zip(y.remainder());
            let rest: f64 = rest.map(|(x, y)| x * y).sum();
            for (x, y) in x.zip(y) {
                for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
                    *sum += x * y;
                }
            }
            lanes(sums) + rest
        }
    }
}
