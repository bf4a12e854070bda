//! Determinants and inverses by memoised minors: no division before the last step, one gcd an entry.
//! In: a square grid. Out: its determinant, its inverse. Never: a matrix larger than `LARGEST`: that is eliminated.

use super::blocks::{Block, blocks};
use super::over_ring::{Grid, OverRing, common_factor};
use crate::polynomial::{RationalFunction, TooLarge};

/// The largest block that is expanded by minors; the work doubles with each row.
const LARGEST: usize = 9;

/// `rows · inner · columns`, all factors of a row and of a column pulled out.
struct Scaled {
    rows: Vec<RationalFunction>,
    columns: Vec<RationalFunction>,
    inner: Grid,
}

/// For each set of columns (as bits) the minor of the first, or last, rows.
type Minors = Vec<RationalFunction>;

impl OverRing<'_> {
    /// The determinant, block by block.
    pub fn determinant(&mut self, grid: &Grid) -> Result<RationalFunction, TooLarge> {
        let blocks = blocks(grid);
        if blocks.iter().any(|b| b.rows.len() != b.columns.len()) {
            return Ok(RationalFunction::zero());
        }
        let mut value = RationalFunction::one();
        for block in &blocks {
            let part = grid.select(&block.rows, &block.columns);
            let determinant = self.determinant_of_block(&part)?;
            value = self.times(&value, &determinant)?;
        }
        Ok(if permutation_is_odd(&blocks) {
            -value
        } else {
            value
        })
    }

    fn determinant_of_block(&mut self, grid: &Grid) -> Result<RationalFunction, TooLarge> {
        let n = grid.rows;
        match n {
            0 => return Ok(RationalFunction::one()),
            1 => return Ok(grid.at(0, 0).clone()),
            _ if n > LARGEST => return self.determinant_by_elimination(grid),
            _ => {}
        }
        let scaled = self.scaled(grid)?;
        let mut value = self
            .leading_minors(&scaled.inner, n)?
            .swap_remove((1 << n) - 1);
        for factor in scaled.rows.iter().chain(&scaled.columns) {
            value = self.times(&value, factor)?;
        }
        Ok(value)
    }

    /// The inverse, block by block; `None` for a singular matrix.
    pub fn inverse(&mut self, grid: &Grid) -> Result<Option<Grid>, TooLarge> {
        let mut out = Grid::zero(grid.columns, grid.rows);
        for block in blocks(grid) {
            if block.rows.len() != block.columns.len() {
                return Ok(None);
            }
            let part = grid.select(&block.rows, &block.columns);
            let Some(inverse) = self.inverse_of_block(&part)? else {
                return Ok(None);
            };
            for (i, column) in block.columns.iter().enumerate() {
                for (j, row) in block.rows.iter().enumerate() {
                    out.set(*column, *row, inverse.at(i, j).clone());
                }
            }
        }
        Ok(Some(out))
    }

    fn inverse_of_block(&mut self, grid: &Grid) -> Result<Option<Grid>, TooLarge> {
        let n = grid.rows;
        if n == 1 {
            return Ok(grid.at(0, 0).recip().map(|value| Grid {
                rows: 1,
                columns: 1,
                values: vec![value],
            }));
        }
        if n > LARGEST {
            return self.inverse_by_elimination(grid);
        }
        let symmetric = grid.is_symmetric();
        let scaled = self.scaled(grid)?;
        let inner = &scaled.inner;
        // Minors of the rows above and below every row: a cofactor is a sum over them (Laplace's expansion).
        let above = self.leading_minors(inner, n)?;
        let determinant = above[(1 << n) - 1].clone();
        if determinant.is_zero() {
            return Ok(None);
        }
        let upside_down = Grid {
            values: (0..n).rev().flat_map(|i| inner.row(i).to_vec()).collect(),
            ..*inner
        };
        let below = self.leading_minors(&upside_down, n - 1)?;
        let mut out = Grid::zero(n, n);
        for i in 0..n {
            for j in 0..n {
                if symmetric && j < i {
                    // The inverse of a symmetric matrix is symmetric; the scaling need not be.
                    let value = out.at(j, i).clone();
                    out.set(i, j, value);
                    continue;
                }
                // Entry (i, j) of the inverse: the cofactor of row j, column i.
                let cofactor = self.cofactor(&above, &below, n, j, i)?;
                let value = self.over(&cofactor, &determinant)?;
                let value = self.over(&value, &scaled.columns[i])?;
                let value = self.over(&value, &scaled.rows[j])?;
                out.set(i, j, value);
            }
        }
        Ok(Some(out))
    }

    /// Pulls the denominators and common factors out of rows, then of columns.
    fn scaled(&mut self, grid: &Grid) -> Result<Scaled, TooLarge> {
        let n = grid.rows;
        let mut inner = grid.clone();
        let mut rows = Vec::with_capacity(n);
        for i in 0..n {
            let factor = common_factor(inner.row(i));
            for j in 0..n {
                let value = self.over(inner.at(i, j), &factor)?;
                inner.set(i, j, value);
            }
            rows.push(factor);
        }
        let mut columns = Vec::with_capacity(n);
        for j in 0..n {
            let column: Vec<RationalFunction> = (0..n).map(|i| inner.at(i, j).clone()).collect();
            let factor = common_factor(&column);
            if !factor.is_one() {
                for (i, value) in column.iter().enumerate() {
                    let value = self.over(value, &factor)?;
                    inner.set(i, j, value);
                }
            }
            columns.push(factor);
        }
        Ok(Scaled {
            rows,
            columns,
            inner,
        })
    }

    /// All minors of the first rows, up to `most` of them, by their sets of columns: the one of k rows is expanded along
    /// its last row.
    fn leading_minors(&mut self, grid: &Grid, most: usize) -> Result<Minors, TooLarge> {
        let n = grid.columns;
        let mut minors = vec![RationalFunction::zero(); 1 << n];
        minors[0] = RationalFunction::one();
        for set in 1_usize..1 << n {
            let k = set.count_ones() as usize;
            if k > most {
                continue;
            }
            let negated: Vec<(RationalFunction, usize)> = columns_of(set)
                .enumerate()
                .filter(|(_, j)| {
                    !grid.at(k - 1, *j).is_zero() && !minors[set & !(1 << j)].is_zero()
                })
                .map(|(place, j)| {
                    let entry = grid.at(k - 1, j);
                    let odd = (k - 1 - place) % 2 == 1;
                    (if odd { -entry } else { entry.clone() }, j)
                })
                .collect();
            let pairs: Vec<_> = negated
                .iter()
                .map(|(entry, j)| (entry, &minors[set & !(1 << j)]))
                .collect();
            minors[set] = self.sum_of_products(&pairs)?;
        }
        Ok(minors)
    }

    /// The cofactor of a row and a column from the minors above and below that row.
    fn cofactor(
        &mut self,
        above: &Minors,
        below: &Minors,
        n: usize,
        row: usize,
        column: usize,
    ) -> Result<RationalFunction, TooLarge> {
        let rest = ((1_usize << n) - 1) & !(1 << column);
        // Positions among the remaining columns, for the sign of each splitting.
        let places: Vec<usize> = columns_of(rest).collect();
        let mut signed = Vec::new();
        let mut set = rest;
        loop {
            let other = rest & !set;
            if set.count_ones() as usize == row && !above[set].is_zero() && !below[other].is_zero()
            {
                let positions: usize = places
                    .iter()
                    .enumerate()
                    .filter(|(_, j)| set & (1 << **j) != 0)
                    .map(|(place, _)| place)
                    .sum();
                // Rows 0..row take these positions; the rows below were counted upside down.
                let m = n - 1 - row;
                let natural = row * row.saturating_sub(1) / 2;
                let flips = positions + natural + m * m.saturating_sub(1) / 2 + row + column;
                let value = if flips % 2 == 1 {
                    -&above[set]
                } else {
                    above[set].clone()
                };
                signed.push((value, other));
            }
            if set == 0 {
                break;
            }
            set = (set - 1) & rest;
        }
        let pairs: Vec<_> = signed
            .iter()
            .map(|(a, other)| (a, &below[*other]))
            .collect();
        self.sum_of_products(&pairs)
    }
}

fn columns_of(set: usize) -> impl Iterator<Item = usize> {
    (0..usize::BITS as usize).filter(move |j| set & (1 << j) != 0)
}

/// Is the permutation that sends the rows, block by block, to the columns of their blocks odd?
fn permutation_is_odd(blocks: &[Block]) -> bool {
    let image: Vec<(usize, usize)> = blocks
        .iter()
        .flat_map(|b| b.rows.iter().copied().zip(b.columns.iter().copied()))
        .collect();
    let inversions = image
        .iter()
        .enumerate()
        .flat_map(|(k, a)| image[..k].iter().map(move |b| (a, b)))
        .filter(|(a, b)| (a.0 < b.0) != (a.1 < b.1))
        .count();
    inversions % 2 == 1
}
