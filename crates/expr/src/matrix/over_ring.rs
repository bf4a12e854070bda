//! Matrices whose entries are rational functions over one ring of generators, and the budget of a calculation.
//! In: `Facts`, matrices. Out: grids of rational functions, and expressions again. Never: more work than the budget.

use super::{Matrix, MatrixError};
use crate::expr::Expr;
use crate::facts::Facts;
use crate::normal::{Ring, normal};
use crate::polynomial::{Limit, Polynomial, RationalFunction, TooLarge};
use crate::present::factored_from;

/// The largest polynomial made on the way.
const LIMIT: Limit = Limit {
    terms: 12_000,
    products: 3_000_000,
};
/// Products of two terms formed in one calculation, all together: about a second.
const BUDGET: u64 = 20_000_000;

/// Entries by rows.
#[derive(Clone)]
pub(super) struct Grid {
    pub rows: usize,
    pub columns: usize,
    pub values: Vec<RationalFunction>,
}

/// One calculation: the ring of its entries, its operands, and the work left.
pub(super) struct OverRing<'a> {
    facts: &'a Facts,
    ring: Ring,
    pub operands: Vec<Grid>,
    budget: u64,
}

impl Grid {
    pub fn zero(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            values: vec![RationalFunction::zero(); rows * columns],
        }
    }
    pub fn at(&self, row: usize, column: usize) -> &RationalFunction {
        &self.values[row * self.columns + column]
    }
    pub fn set(&mut self, row: usize, column: usize, value: RationalFunction) {
        self.values[row * self.columns + column] = value;
    }
    pub fn row(&self, row: usize) -> &[RationalFunction] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }
    pub fn transpose(&self) -> Self {
        let mut out = Self::zero(self.columns, self.rows);
        for i in 0..self.rows {
            for j in 0..self.columns {
                out.set(j, i, self.at(i, j).clone());
            }
        }
        out
    }
    pub fn select(&self, rows: &[usize], columns: &[usize]) -> Self {
        let values = rows
            .iter()
            .flat_map(|i| columns.iter().map(|j| self.at(*i, *j).clone()))
            .collect();
        Self {
            rows: rows.len(),
            columns: columns.len(),
            values,
        }
    }
    pub fn is_symmetric(&self) -> bool {
        self.rows == self.columns
            && (0..self.rows).all(|i| (0..i).all(|j| self.at(i, j) == self.at(j, i)))
    }
}

/// The gcd of numerators over the least common multiple of denominators: the values divided by it are polynomials without
/// a common factor. 1 where all are 0.
pub(super) fn common_factor<'a>(
    values: impl IntoIterator<Item = &'a RationalFunction> + Clone,
) -> RationalFunction {
    let mut below = Polynomial::one();
    for value in values.clone() {
        if !value.is_zero() && below != *value.denominator() {
            below = below.lcm(value.denominator());
        }
    }
    let mut above = Polynomial::zero();
    for value in values {
        above = if above.is_zero() {
            value.numerator().primitive().1
        } else if value.is_zero() {
            continue;
        } else {
            above.gcd(value.numerator())
        };
        if above.is_one() {
            break;
        }
    }
    if above.is_zero() {
        return RationalFunction::one();
    }
    RationalFunction::new(&above, &below).unwrap_or_else(RationalFunction::one)
}

impl<'a> OverRing<'a> {
    pub fn of(facts: &'a Facts, matrices: &[&Matrix]) -> Result<Self, MatrixError> {
        let all: Vec<Expr> = matrices
            .iter()
            .flat_map(|m| m.entries().iter().cloned())
            .collect();
        let normal = normal(facts, &all)?;
        let mut values = normal.values.into_iter();
        let operands = matrices
            .iter()
            .map(|m| Grid {
                rows: m.rows(),
                columns: m.columns(),
                values: values.by_ref().take(m.entries().len()).collect(),
            })
            .collect();
        Ok(Self {
            facts,
            ring: normal.ring,
            operands,
            budget: BUDGET,
        })
    }

    fn spend(&mut self, work: usize) -> Result<(), TooLarge> {
        self.budget = self.budget.checked_sub(1 + work as u64).ok_or(TooLarge)?;
        Ok(())
    }

    pub fn times(
        &mut self,
        a: &RationalFunction,
        b: &RationalFunction,
    ) -> Result<RationalFunction, TooLarge> {
        if a.is_zero() || b.is_zero() {
            return Ok(RationalFunction::zero());
        }
        if a.is_one() {
            return Ok(b.clone());
        }
        if b.is_one() {
            return Ok(a.clone());
        }
        self.spend(
            a.numerator().len() * b.numerator().len()
                + a.denominator().len() * b.denominator().len(),
        )?;
        self.ring.reduce(a.try_mul(b, &LIMIT)?)
    }

    pub fn over(
        &mut self,
        a: &RationalFunction,
        b: &RationalFunction,
    ) -> Result<RationalFunction, TooLarge> {
        let inverse = b.recip().ok_or(TooLarge)?;
        self.times(a, &inverse)
    }

    /// The sum of products, each pair multiplied.
    pub fn sum_of_products(
        &mut self,
        pairs: &[(&RationalFunction, &RationalFunction)],
    ) -> Result<RationalFunction, TooLarge> {
        let mut parts = Vec::with_capacity(pairs.len());
        for (a, b) in pairs {
            let product = self.times(a, b)?;
            if !product.is_zero() {
                parts.push(product);
            }
        }
        if parts.len() == 1 {
            return Ok(parts.swap_remove(0));
        }
        self.ring.reduce(RationalFunction::try_sum(&parts, &LIMIT)?)
    }

    pub fn multiply(&mut self, a: &Grid, b: &Grid) -> Result<Grid, TooLarge> {
        let mut out = Grid::zero(a.rows, b.columns);
        for i in 0..a.rows {
            for j in 0..b.columns {
                let pairs: Vec<_> = (0..a.columns).map(|k| (a.at(i, k), b.at(k, j))).collect();
                let value = self.sum_of_products(&pairs)?;
                out.set(i, j, value);
            }
        }
        Ok(out)
    }

    pub fn expression(&self, value: &RationalFunction) -> Expr {
        self.ring.factored_expression(value)
    }

    /// The values as fractions of factors.
    pub fn written(&mut self, values: &[RationalFunction]) -> Vec<Expr> {
        factored_from(self.facts, std::mem::take(&mut self.ring), values)
    }

    pub fn expressions_of(&mut self, grid: &Grid) -> Matrix {
        Matrix {
            rows: grid.rows,
            columns: grid.columns,
            entries: self.written(&grid.values),
        }
    }
}
