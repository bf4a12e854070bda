//! Symbolic matrices.
//! In: `Facts`, entries. Out: products, determinants, inverses, ranks, null spaces, exactly. Never: elimination on expression
//! trees, or unbounded work: what grows beyond a limit answers [`MatrixError::TooLarge`].
//!
//! ```
//! use bartlett_expr::{Domain, Expr, Facts, Matrix, Symbol};
//! let mut facts = Facts::new();
//! facts.declare(Symbol::new("v"), Domain::positive());
//! let (r, v) = (Expr::symbol("r"), Expr::symbol("v"));
//! let covariance = Matrix::symmetric(2, |i, j| if i == j { v.clone() } else { &r * &v });
//! let precision = covariance.inverse(&facts).unwrap().unwrap();
//! let product = covariance.product(&facts, &precision).unwrap();
//! assert_eq!(product, Matrix::identity(2));
//! ```

mod blocks;
mod definite;
mod elimination;
mod minors;
mod over_ring;

pub use blocks::Block;

use crate::Number;
use crate::expr::Expr;
use crate::facts::Facts;
use crate::polynomial::TooLarge;
use over_ring::OverRing;
use std::fmt;
use std::ops::Index;

/// A matrix of expressions, stored by rows. Results of its operations are fractions of
/// factors: [`crate::present_matrix`] finds the form to print.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    entries: Vec<Expr>,
}

/// Why an operation on matrices gave no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MatrixError {
    /// The shapes do not fit the operation.
    #[error("the shapes of the matrices do not fit together")]
    Shape,
    /// The entries would grow beyond what a reader could use.
    #[error("the entries of the matrix would grow beyond the limit")]
    TooLarge,
}

impl From<TooLarge> for MatrixError {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl Matrix {
    /// From entries by rows; `None` where their number is not `rows × columns`.
    #[must_use]
    pub fn new(rows: usize, columns: usize, entries: Vec<Expr>) -> Option<Self> {
        (rows.checked_mul(columns) == Some(entries.len())).then_some(Self {
            rows,
            columns,
            entries,
        })
    }
    /// From its rows; `None` where their lengths differ.
    #[must_use]
    pub fn from_rows(rows: Vec<Vec<Expr>>) -> Option<Self> {
        let columns = rows.first().map_or(0, Vec::len);
        if rows.iter().any(|row| row.len() != columns) {
            return None;
        }
        Self::new(rows.len(), columns, rows.into_iter().flatten().collect())
    }
    /// From a rule for the entry in a row and a column, both counted from 0.
    #[must_use]
    pub fn from_fn(
        rows: usize,
        columns: usize,
        mut entry: impl FnMut(usize, usize) -> Expr,
    ) -> Self {
        let entries = (0..rows)
            .flat_map(|i| (0..columns).map(move |j| (i, j)))
            .map(|(i, j)| entry(i, j))
            .collect();
        Self {
            rows,
            columns,
            entries,
        }
    }
    /// A symmetric matrix; the rule is asked for row ≤ column only.
    #[must_use]
    pub fn symmetric(size: usize, mut entry: impl FnMut(usize, usize) -> Expr) -> Self {
        let mut out = Self::zero(size, size);
        for i in 0..size {
            for j in i..size {
                let e = entry(i, j);
                out.entries[j * size + i] = e.clone();
                out.entries[i * size + j] = e;
            }
        }
        out
    }
    /// All entries 0.
    #[must_use]
    pub fn zero(rows: usize, columns: usize) -> Self {
        Self::from_fn(rows, columns, |_, _| Expr::zero())
    }
    /// 1 on the diagonal.
    #[must_use]
    pub fn identity(size: usize) -> Self {
        Self::diagonal(&vec![Expr::one(); size])
    }
    /// These expressions on the diagonal, 0 elsewhere.
    #[must_use]
    pub fn diagonal(entries: &[Expr]) -> Self {
        Self::from_fn(entries.len(), entries.len(), |i, j| {
            if i == j {
                entries[i].clone()
            } else {
                Expr::zero()
            }
        })
    }
    /// One column.
    #[must_use]
    pub fn column(entries: Vec<Expr>) -> Self {
        Self {
            rows: entries.len(),
            columns: 1,
            entries,
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }
    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }
    /// The entries by rows.
    #[must_use]
    pub fn entries(&self) -> &[Expr] {
        &self.entries
    }
    /// One entry, where there is one.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> Option<&Expr> {
        (column < self.columns)
            .then(|| self.entries.get(row * self.columns + column))
            .flatten()
    }
    /// The rows, as vectors.
    #[must_use]
    pub fn to_rows(&self) -> Vec<Vec<Expr>> {
        (0..self.rows)
            .map(|i| self.entries[i * self.columns..(i + 1) * self.columns].to_vec())
            .collect()
    }
    /// Has it as many rows as columns?
    #[must_use]
    pub fn is_square(&self) -> bool {
        self.rows == self.columns
    }
    /// Is it square and equal to its transpose, entry by entry as they stand?
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        self.is_square() && (0..self.rows).all(|i| (0..i).all(|j| self[(i, j)] == self[(j, i)]))
    }
    /// Is every entry off the diagonal 0 as it stands?
    #[must_use]
    pub fn is_diagonal(&self) -> bool {
        let places = (0..self.rows).flat_map(|i| (0..self.columns).map(move |j| (i, j)));
        places
            .into_iter()
            .all(|(i, j)| i == j || self[(i, j)].is_zero())
    }

    /// The transpose.
    #[must_use]
    pub fn transpose(&self) -> Self {
        Self::from_fn(self.columns, self.rows, |i, j| self[(j, i)].clone())
    }
    /// Every entry replaced by its image.
    #[must_use]
    pub fn map(&self, image: impl FnMut(&Expr) -> Expr) -> Self {
        Self {
            entries: self.entries.iter().map(image).collect(),
            ..*self
        }
    }
    /// Every entry times the expression.
    #[must_use]
    pub fn scaled(&self, by: &Expr) -> Self {
        self.map(|e| e * by)
    }
    /// The rows and columns of these numbers, in the order given; those out of range are left out.
    #[must_use]
    pub fn select(&self, rows: &[usize], columns: &[usize]) -> Self {
        let rows: Vec<usize> = rows.iter().copied().filter(|i| *i < self.rows).collect();
        let columns: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|j| *j < self.columns)
            .collect();
        Self::from_fn(rows.len(), columns.len(), |i, j| {
            self[(rows[i], columns[j])].clone()
        })
    }

    /// The sum, entry by entry, in normal form under the facts.
    ///
    /// # Errors
    /// Different shapes; entries too large.
    pub fn sum(&self, facts: &Facts, other: &Self) -> Result<Self, MatrixError> {
        if (self.rows, self.columns) != (other.rows, other.columns) {
            return Err(MatrixError::Shape);
        }
        let entries = self.entries.iter().zip(&other.entries);
        let sum = Self {
            entries: entries.map(|(a, b)| a + b).collect(),
            ..*self
        };
        let mut work = OverRing::of(facts, &[&sum])?;
        let operand = work.operands.pop().ok_or(MatrixError::Shape)?;
        Ok(work.expressions_of(&operand))
    }

    /// The product `self · other`, entries cancelled under the facts.
    ///
    /// # Errors
    /// Shapes that do not fit; entries too large.
    pub fn product(&self, facts: &Facts, other: &Self) -> Result<Self, MatrixError> {
        if self.columns != other.rows {
            return Err(MatrixError::Shape);
        }
        let mut work = OverRing::of(facts, &[self, other])?;
        let right = work.operands.pop().ok_or(MatrixError::Shape)?;
        let left = work.operands.pop().ok_or(MatrixError::Shape)?;
        let product = work.multiply(&left, &right)?;
        Ok(work.expressions_of(&product))
    }

    /// `Jᵀ · self · J`: a quadratic form under the linear map J (an information matrix under a change of parameters, with
    /// J = ∂old/∂new, rows of J by old parameters).
    ///
    /// # Errors
    /// Shapes that do not fit; entries too large.
    pub fn congruence(&self, facts: &Facts, jacobian: &Self) -> Result<Self, MatrixError> {
        if !self.is_square() || self.columns != jacobian.rows {
            return Err(MatrixError::Shape);
        }
        let mut work = OverRing::of(facts, &[self, jacobian])?;
        let map = work.operands.pop().ok_or(MatrixError::Shape)?;
        let form = work.operands.pop().ok_or(MatrixError::Shape)?;
        let right = work.multiply(&form, &map)?;
        let product = work.multiply(&map.transpose(), &right)?;
        Ok(work.expressions_of(&product))
    }

    /// The determinant; 1 for the matrix without rows.
    ///
    /// # Errors
    /// Not square; entries too large.
    pub fn determinant(&self, facts: &Facts) -> Result<Expr, MatrixError> {
        if !self.is_square() {
            return Err(MatrixError::Shape);
        }
        let mut work = OverRing::of(facts, &[self])?;
        let operand = work.operands.pop().ok_or(MatrixError::Shape)?;
        let value = work.determinant(&operand)?;
        Ok(work.written(&[value]).swap_remove(0))
    }

    /// The inverse; `None` where the determinant is 0 for all values of the symbols.
    ///
    /// Blocks are inverted apart from each other; entries are cancelled under the facts.
    ///
    /// # Errors
    /// Not square; entries too large.
    pub fn inverse(&self, facts: &Facts) -> Result<Option<Self>, MatrixError> {
        if !self.is_square() {
            return Err(MatrixError::Shape);
        }
        let mut work = OverRing::of(facts, &[self])?;
        let operand = work.operands.pop().ok_or(MatrixError::Shape)?;
        let inverse = work.inverse(&operand)?;
        Ok(inverse.map(|grid| work.expressions_of(&grid)))
    }

    /// The rank for symbols in general position.
    ///
    /// # Errors
    /// Entries too large.
    pub fn rank(&self, facts: &Facts) -> Result<usize, MatrixError> {
        let mut work = OverRing::of(facts, &[self])?;
        let operand = work.operands.pop().ok_or(MatrixError::Shape)?;
        Ok(work.eliminate(&operand, operand.columns)?.pivots.len())
    }

    /// A basis of the vectors v with `self · v = 0`, for symbols in general position: entries without denominators and
    /// without a common factor, the first that is not 0 leading with a plus sign.
    ///
    /// # Errors
    /// Entries too large.
    pub fn null_space(&self, facts: &Facts) -> Result<Vec<Vec<Expr>>, MatrixError> {
        let mut work = OverRing::of(facts, &[self])?;
        let operand = work.operands.pop().ok_or(MatrixError::Shape)?;
        let vectors = work.null_space(&operand)?;
        let entries = work.written(&vectors.concat());
        let size = operand.columns.max(1);
        Ok(entries.chunks(size).map(<[Expr]>::to_vec).collect())
    }

    /// A solution X of `self · X = right`, unknowns that stay free set to 0; `None` where there is no solution.
    ///
    /// # Errors
    /// Shapes that do not fit; entries too large.
    pub fn solve(&self, facts: &Facts, right: &Self) -> Result<Option<Self>, MatrixError> {
        if self.rows != right.rows {
            return Err(MatrixError::Shape);
        }
        let mut work = OverRing::of(facts, &[self, right])?;
        let known = work.operands.pop().ok_or(MatrixError::Shape)?;
        let operand = work.operands.pop().ok_or(MatrixError::Shape)?;
        let solution = work.solve(&operand, &known)?;
        Ok(solution.map(|grid| work.expressions_of(&grid)))
    }

    /// The trace of a square matrix, as it stands.
    #[must_use]
    pub fn trace(&self) -> Expr {
        Expr::sum((0..self.rows.min(self.columns)).map(|i| self[(i, i)].clone()))
    }
    /// Every entry times a number.
    #[must_use]
    pub fn times(&self, by: &Number) -> Self {
        self.map(|e| e.scaled(by))
    }
}

impl Index<(usize, usize)> for Matrix {
    type Output = Expr;
    /// Panics outside the matrix; see [`Matrix::get`].
    fn index(&self, (row, column): (usize, usize)) -> &Expr {
        assert!(column < self.columns, "column {column} of {}", self.columns);
        &self.entries[row * self.columns + column]
    }
}

impl fmt::Debug for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.to_rows()).finish()
    }
}
