//! Factors along a line: a factorisation at one point of the other variables, lifted as power series in the line's parameter.
//! In: a polynomial modulo a prime, its monic factors at the base point. Out: monic factors as series. Never: integers.

use super::evaluator::Evaluator;
use super::modular::{self, Dense};
use super::prime_field::Field;

/// `Σ part[k]·t^k`, each part a polynomial in the main variable.
pub(crate) type Series = Vec<Dense>;

/// The polynomial on `base + t·direction`: entry k holds the coefficients in t of the main variable's power k.
pub(crate) fn restrict(
    field: &Field,
    polynomial: &mut Evaluator,
    base: &[u64],
    direction: &[u64],
    degree: usize,
    length: usize,
) -> Vec<Dense> {
    let mut point = base.to_vec();
    let mut columns = vec![vec![0; degree + 1]; length];
    for at in 0..=degree {
        for (column, value) in columns.iter_mut().zip(polynomial.at(&point)) {
            column[at] = value;
        }
        for (own, &step) in point.iter_mut().zip(direction) {
            *own = field.add(*own, step);
        }
    }
    let inverses = field.inverses(degree + 1);
    for column in &mut columns {
        modular::interpolate(field, 0, &inverses, column);
    }
    columns
}

/// `1/a` as a series up to t^(precision − 1); the constant coefficient is not zero.
fn reciprocal(field: &Field, a: &[u64], precision: usize) -> Dense {
    let first = field.inverse(a[0]);
    let mut out = vec![first];
    for k in 1..precision {
        let sum = (1..=k.min(a.len() - 1))
            .fold(0, |sum, at| field.add(sum, field.mul(a[at], out[k - at])));
        out.push(field.neg(field.mul(sum, first)));
    }
    out
}

/// How to solve `Σ σᵢ·Π_{j≠i} fⱼ = e` for fixed coprime monic f.
pub(crate) struct Splitter {
    factors: Vec<Dense>,
    /// sᵢ with Σ sᵢ·Π_{j≠i} fⱼ = 1
    shares: Vec<Dense>,
}

impl Splitter {
    /// `None` if the factors are not pairwise coprime.
    pub(crate) fn new(field: &Field, factors: &[Dense]) -> Option<Self> {
        let mut shares = Vec::new();
        for (at, own) in factors.iter().enumerate() {
            let others = factors.iter().enumerate().filter(|(other, _)| *other != at);
            let product = others.fold(vec![field.one], |product, (_, f)| {
                modular::remainder(field, &modular::mul(field, &product, f), own)
            });
            if own.len() > 1 && modular::gcd(field, &product, own).len() != 1 {
                return None;
            }
            // The inverse of the other factors' product modulo this one.
            shares.push(if product.len() == 1 {
                vec![field.inverse(product[0])]
            } else {
                modular::bezout(field, &product, own).0
            });
        }
        Some(Self {
            factors: factors.to_vec(),
            shares,
        })
    }

    fn split(&self, field: &Field, error: &Dense) -> Vec<Dense> {
        let part = |(factor, share): (&Dense, &Dense)| {
            modular::remainder(field, &modular::mul(field, error, share), factor)
        };
        self.factors.iter().zip(&self.shares).map(part).collect()
    }

    /// Lifts the factors of the polynomial given by its columns (see [`restrict`]) to the precision in t.
    pub(crate) fn lift(&self, field: &Field, columns: &[Dense], precision: usize) -> Vec<Series> {
        let inverse = reciprocal(field, &columns[columns.len() - 1], precision);
        let count = self.factors.len();
        let mut series: Vec<Series> = self
            .factors
            .iter()
            .map(|factor| vec![factor.clone()])
            .collect();
        // partial[j] = f₀·…·fⱼ as a series.
        let mut partial: Vec<Series> = Vec::new();
        for factor in &self.factors {
            let product = match partial.last() {
                Some(before) => modular::mul(field, &before[0], factor),
                None => factor.clone(),
            };
            partial.push(vec![product]);
        }
        for order in 1..precision {
            // The coefficient of t^order of the polynomial divided by its leading coefficient.
            let mut wanted: Dense = columns
                .iter()
                .map(|column| {
                    let last = order.min(column.len() - 1);
                    (0..=last).fold(0, |sum, at| {
                        field.add(sum, field.mul(column[at], inverse[order - at]))
                    })
                })
                .collect();
            modular::trim(&mut wanted);
            let inner: Vec<Dense> = (1..count)
                .map(|j| {
                    let mut sum = vec![0; partial[j][0].len()];
                    for at in 1..order {
                        add_product(field, &mut sum, &partial[j - 1][at], &series[j][order - at]);
                    }
                    sum
                })
                .collect();
            // First with unknown coefficients zero, to see what they must supply.
            let mut known = Dense::new();
            for j in 1..count {
                let mut next = inner[j - 1].clone();
                add_product(field, &mut next, &known, &series[j][0]);
                modular::trim(&mut next);
                known = next;
            }
            let parts = self.split(field, &modular::sub(field, &wanted, &known));
            partial[0].push(parts[0].clone());
            for j in 1..count {
                let mut next = inner[j - 1].clone();
                add_product(field, &mut next, &partial[j - 1][order], &series[j][0]);
                add_product(field, &mut next, &partial[j - 1][0], &parts[j]);
                modular::trim(&mut next);
                partial[j].push(next);
            }
            for (own, part) in series.iter_mut().zip(parts) {
                own.push(part);
            }
        }
        series
    }
}

fn add_product(field: &Field, sum: &mut Dense, a: &[u64], b: &[u64]) {
    for (at, &x) in a.iter().enumerate() {
        if x != 0 {
            for (cell, &y) in sum[at..].iter_mut().zip(b) {
                *cell = field.add(*cell, field.mul(x, y));
            }
        }
    }
}

/// The product of two series, to the precision of the first.
pub(crate) fn multiply(field: &Field, a: &Series, b: &Series) -> Series {
    (0..a.len())
        .map(|order| {
            (0..=order).fold(Dense::new(), |sum, at| {
                modular::add(field, &sum, &modular::mul(field, &a[at], &b[order - at]))
            })
        })
        .collect()
}
