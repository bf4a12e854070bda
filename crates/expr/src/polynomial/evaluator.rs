//! Polynomials prepared for many evaluations modulo one prime, down to one main variable.
//! In: a polynomial, its main variable, the order of the others. Out: dense univariate images. Never: integers of any size.

use super::Polynomial;
use super::modular::{Dense, trim};
use super::monomial::Generator;
use super::prime_field::Field;

/// The terms of a polynomial as residues.
#[derive(Clone, Debug)]
pub(crate) struct Evaluator {
    field: Field,
    /// Degree in the main variable plus one.
    length: usize,
    /// Degrees in the other variables.
    degrees: Vec<usize>,
    powers: Vec<usize>,
    exponents: Vec<u32>,
    values: Vec<u64>,
    /// Dense copies with the first 0, 1, … variables replaced by the coordinates of `point`; empty when too large.
    levels: Vec<Vec<u64>>,
    point: Vec<u64>,
}

impl Evaluator {
    /// The main variable may be absent; `others` lists every other generator that occurs. Coefficients must be integers.
    pub(crate) fn new(
        field: &Field,
        polynomial: &Polynomial,
        main: Option<Generator>,
        others: &[Generator],
    ) -> Self {
        let place = |generator: Generator| others.iter().position(|other| *other == generator);
        let places: Vec<Option<usize>> = polynomial
            .generators()
            .iter()
            .map(|&generator| place(generator))
            .collect();
        let index = main.and_then(|main| polynomial.position(main));
        let count = polynomial.len();
        let mut out = Self {
            field: *field,
            length: 1,
            degrees: vec![0; others.len()],
            powers: Vec::with_capacity(count),
            exponents: vec![0; count * others.len()],
            values: Vec::with_capacity(count),
            levels: Vec::new(),
            point: Vec::new(),
        };
        for (at, (exponents, value)) in polynomial.rows().enumerate() {
            let power = index.map_or(0, |index| exponents[index] as usize);
            out.length = out.length.max(power + 1);
            out.powers.push(power);
            out.values.push(field.reduced(value));
            for (place, &exponent) in places.iter().zip(&exponents) {
                if let Some(place) = *place {
                    out.exponents[at * others.len() + place] = exponent;
                    out.degrees[place] = out.degrees[place].max(exponent as usize);
                }
            }
        }
        out
    }

    /// Makes evaluation on a grid fast by a dense copy, if that is not much larger than the terms.
    pub(crate) fn densify(&mut self) {
        let sizes = self
            .degrees
            .iter()
            .map(|degree| degree + 1)
            .chain([self.length]);
        let Some(size) = sizes
            .clone()
            .try_fold(1_usize, |size, own| size.checked_mul(own))
        else {
            return;
        };
        if size > 4096 + 32 * self.values.len() {
            return;
        }
        let width = self.degrees.len();
        let mut dense = vec![0; size];
        for (at, &value) in self.values.iter().enumerate() {
            let mut place = 0;
            for (degree, &exponent) in self.degrees.iter().zip(&self.exponents[at * width..]) {
                place = place * (degree + 1) + exponent as usize;
            }
            dense[place * self.length + self.powers[at]] = value;
        }
        self.levels = vec![dense];
        self.point.clear();
    }

    /// The image at a point, with leading zeros removed.
    pub(crate) fn at(&mut self, point: &[u64]) -> Dense {
        if self.levels.is_empty() {
            self.at_sparsely(point)
        } else {
            self.at_densely(point)
        }
    }

    fn at_densely(&mut self, point: &[u64]) -> Dense {
        let same = self
            .point
            .iter()
            .zip(point)
            .take_while(|(a, b)| a == b)
            .count()
            .min(self.levels.len() - 1);
        self.levels.truncate(same + 1);
        for (axis, &value) in point.iter().enumerate().skip(same) {
            let above = &self.levels[axis];
            let block = above.len() / (self.degrees[axis] + 1);
            let mut level = above[above.len() - block..].to_vec();
            for slice in above[..above.len() - block].rchunks(block) {
                for (own, &other) in level.iter_mut().zip(slice) {
                    *own = self.field.add(self.field.mul(*own, value), other);
                }
            }
            self.levels.push(level);
        }
        self.point = point.to_vec();
        let mut image = self.levels[point.len()].clone();
        trim(&mut image);
        image
    }

    fn tables(&self, point: &[u64]) -> Vec<Vec<u64>> {
        let table = |(&value, &degree): (&u64, &usize)| {
            let mut table = vec![self.field.one];
            for exponent in 0..degree {
                table.push(self.field.mul(table[exponent], value));
            }
            table
        };
        point.iter().zip(&self.degrees).map(table).collect()
    }

    fn monomials(&self, point: &[u64]) -> Vec<u64> {
        let tables = self.tables(point);
        let width = self.degrees.len();
        (0..self.values.len())
            .map(|at| {
                let exponents = &self.exponents[at * width..(at + 1) * width];
                let factors = tables
                    .iter()
                    .zip(exponents)
                    .filter(|(_, exponent)| **exponent > 0);
                factors.fold(self.field.one, |value, (table, &exponent)| {
                    self.field.mul(value, table[exponent as usize])
                })
            })
            .collect()
    }

    fn at_sparsely(&self, point: &[u64]) -> Dense {
        let mut image = vec![0; self.length];
        for ((&power, &value), monomial) in self
            .powers
            .iter()
            .zip(&self.values)
            .zip(self.monomials(point))
        {
            image[power] = self
                .field
                .add(image[power], self.field.mul(value, monomial));
        }
        trim(&mut image);
        image
    }

    /// The images at `count` points in geometric progression: one multiplication for each term and point.
    pub(crate) fn progression(&self, start: &[u64], ratio: &[u64], count: usize) -> Vec<Dense> {
        let steps = self.monomials(ratio);
        let mut current: Vec<u64> = self
            .monomials(start)
            .into_iter()
            .zip(&self.values)
            .map(|(m, &value)| self.field.mul(m, value))
            .collect();
        let mut images = Vec::with_capacity(count);
        for at in 0..count {
            let mut image = vec![0; self.length];
            for (&power, &value) in self.powers.iter().zip(&current) {
                image[power] = self.field.add(image[power], value);
            }
            trim(&mut image);
            images.push(image);
            if at + 1 < count {
                for (own, &step) in current.iter_mut().zip(&steps) {
                    *own = self.field.mul(*own, step);
                }
            }
        }
        images
    }

    /// For each of the other variables the univariate image in it, where all variables but it take random values:
    /// `point` covers the others, `main` the main variable.
    pub(crate) fn in_each(&self, point: &[u64]) -> Vec<Dense> {
        let tables = self.tables(point);
        let width = self.degrees.len();
        let mut images: Vec<Dense> = self
            .degrees
            .iter()
            .map(|degree| vec![0; degree + 1])
            .collect();
        let mut suffix = vec![self.field.one; width + 1];
        for (at, &value) in self.values.iter().enumerate() {
            let exponents = &self.exponents[at * width..(at + 1) * width];
            for place in (0..width).rev() {
                let factor = tables[place][exponents[place] as usize];
                suffix[place] = self.field.mul(suffix[place + 1], factor);
            }
            let mut prefix = value;
            for place in 0..width {
                let exponent = exponents[place] as usize;
                let cell = &mut images[place][exponent];
                *cell = self
                    .field
                    .add(*cell, self.field.mul(prefix, suffix[place + 1]));
                prefix = self.field.mul(prefix, tables[place][exponent]);
            }
        }
        images
    }
}
