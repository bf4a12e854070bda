//! Elimination without fractions: rows stay polynomials, and after each step their common factor leaves.
//! In: a grid. Out: pivots and reduced rows: rank, null space, solutions. Never: a quotient before the end.

use super::over_ring::{Grid, OverRing, common_factor};
use crate::polynomial::{RationalFunction, TooLarge};

/// A grid in reduced form: each pivot column holds one entry that is not 0.
pub(super) struct Reduced {
    pub grid: Grid,
    /// Row and column of each pivot.
    pub pivots: Vec<(usize, usize)>,
    /// The determinant of the original is that of the reduced grid times this.
    factor: Vec<RationalFunction>,
    odd: bool,
}

fn weight(value: &RationalFunction) -> (usize, u32) {
    (value.numerator().len(), value.numerator().total_degree())
}

impl OverRing<'_> {
    fn primitive_row(
        &mut self,
        row: Vec<RationalFunction>,
    ) -> Result<(RationalFunction, Vec<RationalFunction>), TooLarge> {
        let factor = common_factor(&row);
        if factor.is_one() {
            return Ok((factor, row));
        }
        let row = row
            .iter()
            .map(|value| self.over(value, &factor))
            .collect::<Result<_, _>>()?;
        Ok((factor, row))
    }

    /// Eliminates with pivots in the first `columns` columns only.
    pub fn eliminate(&mut self, grid: &Grid, columns: usize) -> Result<Reduced, TooLarge> {
        let mut rows = Vec::with_capacity(grid.rows);
        let mut factors = Vec::new();
        for i in 0..grid.rows {
            let (factor, row) = self.primitive_row(grid.row(i).to_vec())?;
            factors.push(factor);
            rows.push(row);
        }
        let mut pivots: Vec<(usize, usize)> = Vec::new();
        let mut odd = false;
        for column in 0..columns.min(grid.columns) {
            let next = pivots.len();
            let candidates = (next..rows.len()).filter(|i| !rows[*i][column].is_zero());
            let Some(pivot) = candidates.min_by_key(|i| weight(&rows[*i][column])) else {
                continue;
            };
            if pivot != next {
                rows.swap(pivot, next);
                odd = !odd;
            }
            pivots.push((next, column));
            let head = rows[next].clone();
            for (i, row) in rows.iter_mut().enumerate() {
                if i == next || row[column].is_zero() {
                    continue;
                }
                // With g = gcd(pivot, entry): row ← (pivot/g)·row − (entry/g)·head.
                let ratio = self.over(&head[column], &row[column])?;
                let keep = RationalFunction::from(ratio.numerator().clone());
                let take = -RationalFunction::from(ratio.denominator().clone());
                let mut mixed = Vec::with_capacity(row.len());
                for (j, value) in row.iter().enumerate() {
                    mixed.push(if j == column {
                        RationalFunction::zero()
                    } else {
                        self.sum_of_products(&[(&keep, value), (&take, &head[j])])?
                    });
                }
                let (common, primitive) = self.primitive_row(mixed)?;
                factors.push(common);
                factors.push(keep.recip().ok_or(TooLarge)?);
                *row = primitive;
            }
        }
        Ok(Reduced {
            grid: Grid {
                rows: grid.rows,
                columns: grid.columns,
                values: rows.into_iter().flatten().collect(),
            },
            pivots,
            factor: factors,
            odd,
        })
    }

    pub fn determinant_by_elimination(
        &mut self,
        grid: &Grid,
    ) -> Result<RationalFunction, TooLarge> {
        let reduced = self.eliminate(grid, grid.columns)?;
        if reduced.pivots.len() < grid.rows {
            return Ok(RationalFunction::zero());
        }
        let mut value = RationalFunction::one();
        for (i, j) in &reduced.pivots {
            value = self.times(&value, reduced.grid.at(*i, *j))?;
        }
        for factor in &reduced.factor {
            value = self.times(&value, factor)?;
        }
        Ok(if reduced.odd { -value } else { value })
    }

    pub fn inverse_by_elimination(&mut self, grid: &Grid) -> Result<Option<Grid>, TooLarge> {
        let n = grid.rows;
        let mut identity = Grid::zero(n, n);
        for i in 0..n {
            identity.set(i, i, RationalFunction::one());
        }
        if self.eliminate(grid, n)?.pivots.len() < n {
            return Ok(None);
        }
        self.solve(grid, &identity)
    }

    pub fn solve(&mut self, grid: &Grid, right: &Grid) -> Result<Option<Grid>, TooLarge> {
        let n = grid.columns;
        let values = (0..grid.rows)
            .flat_map(|i| grid.row(i).iter().chain(right.row(i)).cloned())
            .collect();
        let joined = Grid {
            rows: grid.rows,
            columns: n + right.columns,
            values,
        };
        let reduced = self.eliminate(&joined, n)?;
        let rank = reduced.pivots.len();
        let contradicts = |i: usize| (n..joined.columns).any(|j| !reduced.grid.at(i, j).is_zero());
        if (rank..grid.rows).any(contradicts) {
            return Ok(None);
        }
        let mut out = Grid::zero(n, right.columns);
        for (i, column) in &reduced.pivots {
            for j in 0..right.columns {
                let value = self.over(reduced.grid.at(*i, n + j), reduced.grid.at(*i, *column))?;
                out.set(*column, j, value);
            }
        }
        Ok(Some(out))
    }

    /// A basis of the null space: polynomial entries without a common factor.
    pub fn null_space(&mut self, grid: &Grid) -> Result<Vec<Vec<RationalFunction>>, TooLarge> {
        let reduced = self.eliminate(grid, grid.columns)?;
        let mut out = Vec::new();
        for free in 0..grid.columns {
            if reduced.pivots.iter().any(|(_, column)| *column == free) {
                continue;
            }
            let mut vector = vec![RationalFunction::zero(); grid.columns];
            vector[free] = RationalFunction::one();
            for (i, column) in &reduced.pivots {
                let value = self.over(reduced.grid.at(*i, free), reduced.grid.at(*i, *column))?;
                vector[*column] = -value;
            }
            let (_, mut vector) = self.primitive_row(vector)?;
            let negative = vector
                .iter()
                .find(|value| !value.is_zero())
                .is_some_and(|value| value.numerator().leading_coefficient().is_negative());
            if negative {
                vector = vector.iter().map(|value| -value).collect();
            }
            out.push(vector);
        }
        Ok(out)
    }
}
