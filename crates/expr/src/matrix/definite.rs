//! Is a symmetric matrix positive definite? Sylvester's criterion, block by block, with signs from the facts.
//! In: `Facts`, a symmetric matrix. Out: `Truth`. Never: yes or no without proof.

use super::blocks::blocks;
use super::over_ring::{Grid, OverRing};
use super::{Matrix, MatrixError};
use crate::facts::{Facts, Truth};
use crate::normal::expanded;
use crate::polynomial::{RationalFunction, TooLarge};

impl Matrix {
    /// Is it positive definite for all symbols within the facts? `No` where a diagonal entry is never positive, or the
    /// determinant is 0 throughout.
    ///
    /// # Errors
    /// Not square; entries too large.
    pub fn is_positive_definite(&self, facts: &Facts) -> Result<Truth, MatrixError> {
        if !self.is_square() {
            return Err(MatrixError::Shape);
        }
        let mut work = OverRing::of(facts, &[self])?;
        let Some(grid) = work.operands.pop() else {
            return Err(MatrixError::Shape);
        };
        if !grid.is_symmetric() {
            return Ok(Truth::Unknown);
        }
        let mut verdict = Truth::Yes;
        for block in blocks(&grid) {
            if block.rows != block.columns {
                return Ok(Truth::No);
            }
            match definite(facts, &mut work, &grid.select(&block.rows, &block.rows))? {
                Truth::No => return Ok(Truth::No),
                Truth::Unknown => verdict = Truth::Unknown,
                Truth::Yes => {}
            }
        }
        Ok(verdict)
    }
}

fn sign(facts: &Facts, work: &OverRing<'_>, value: &RationalFunction) -> Truth {
    let e = work.expression(value);
    match facts.is_positive(&e) {
        Truth::Unknown => facts.is_positive(&expanded(&e)),
        known => known,
    }
}

fn definite(facts: &Facts, work: &mut OverRing<'_>, block: &Grid) -> Result<Truth, TooLarge> {
    let n = block.rows;
    if (0..n).any(|i| sign(facts, work, block.at(i, i)) == Truth::No) {
        return Ok(Truth::No);
    }
    let mut verdict = Truth::Yes;
    let mut before = RationalFunction::one();
    for k in 1..=n {
        let first: Vec<usize> = (0..k).collect();
        let minor = work.determinant(&block.select(&first, &first))?;
        if minor.is_zero() {
            return Ok(Truth::No);
        }
        // A minor is positive when the one before is and their ratio is.
        let ratio = work.over(&minor, &before)?;
        let positive = match sign(facts, work, &minor) {
            Truth::Yes => Truth::Yes,
            other => match (sign(facts, work, &ratio), other) {
                (Truth::Yes, _) if verdict == Truth::Yes => Truth::Yes,
                (_, Truth::No) => Truth::No,
                _ => Truth::Unknown,
            },
        };
        match positive {
            Truth::Yes => {}
            Truth::No => return Ok(Truth::No),
            Truth::Unknown => verdict = Truth::Unknown,
        }
        before = minor;
    }
    Ok(verdict)
}
