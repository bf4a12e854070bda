//! Block structure: which rows and columns depend on each other.
//! In: the pattern of zeros. Out: blocks, after a permutation of rows and columns. Never: a zero that is not proved.

use super::over_ring::{Grid, OverRing};
use super::{Matrix, MatrixError};
use crate::facts::Facts;

/// Rows and columns, increasing, that share entries only among themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its rows.
    pub rows: Vec<usize>,
    /// Its columns.
    pub columns: Vec<usize>,
}

impl Matrix {
    /// The blocks of the matrix permuted to block-diagonal form, in the order of their first row; entries that are 0 under
    /// the facts do not join. A row of zeros is a block without columns, and a column of zeros one without rows.
    ///
    /// # Errors
    /// Entries too large.
    pub fn blocks(&self, facts: &Facts) -> Result<Vec<Block>, MatrixError> {
        let work = OverRing::of(facts, &[self])?;
        Ok(blocks(&work.operands[0]))
    }
}

/// Connected parts of the graph that joins row i and column j where entry (i, j) is not 0.
pub(super) fn blocks(grid: &Grid) -> Vec<Block> {
    let (rows, columns) = (grid.rows, grid.columns);
    let mut seen_rows = vec![false; rows];
    let mut seen_columns = vec![false; columns];
    let mut out = Vec::new();
    for start in 0..rows {
        if std::mem::replace(&mut seen_rows[start], true) {
            continue;
        }
        let mut block = Block {
            rows: vec![start],
            columns: Vec::new(),
        };
        let mut next = 0;
        while next < block.rows.len() {
            let row = block.rows[next];
            next += 1;
            for (j, seen) in seen_columns.iter_mut().enumerate() {
                if grid.at(row, j).is_zero() || std::mem::replace(seen, true) {
                    continue;
                }
                block.columns.push(j);
                for (i, seen) in seen_rows.iter_mut().enumerate() {
                    if !grid.at(i, j).is_zero() && !std::mem::replace(seen, true) {
                        block.rows.push(i);
                    }
                }
            }
        }
        block.rows.sort_unstable();
        block.columns.sort_unstable();
        out.push(block);
    }
    out.extend((0..columns).filter(|j| !seen_columns[*j]).map(|j| Block {
        rows: Vec::new(),
        columns: vec![j],
    }));
    out
}
