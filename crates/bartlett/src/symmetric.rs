//! Symmetric matrices of numbers: factor, solve, invert, and whether they are positive definite.
//! In: a matrix by its rows, or by the upper half of them. Out: inverses, solutions, null directions. Never: a symbol.

#![allow(
    clippy::needless_range_loop,
    reason = "matrices are indexed by more than one loop"
)]

/// Relative size below which a pivot of the scaled matrix is a zero.
const SMALLEST_PIVOT: f64 = 1e-13;
/// Relative size below which a pivot may be rounding of the entries.
const SURE_PIVOT: f64 = 1e-10;

/// A symmetric matrix, upper half by rows: (0,0), (0,1), …, (1,1), ….
#[derive(Clone, Debug, PartialEq)]
pub struct Symmetric {
    size: usize,
    upper: Vec<f64>,
}

impl Symmetric {
    /// From the upper half by rows.
    ///
    /// # Panics
    /// Where there are not size·(size + 1)/2 entries.
    #[must_use]
    pub fn new(size: usize, upper: Vec<f64>) -> Self {
        assert_eq!(upper.len(), size * (size + 1) / 2, "the upper half");
        Self { size, upper }
    }
    /// From its rows; where two entries that should be the same differ, their mean.
    ///
    /// # Panics
    /// Where it is not square.
    #[must_use]
    pub fn from_rows(rows: &[Vec<f64>]) -> Self {
        let size = rows.len();
        assert!(rows.iter().all(|row| row.len() == size), "a square matrix");
        let upper = pairs(size).map(|(i, j)| 0.5 * rows[i][j] + 0.5 * rows[j][i]);
        Self::new(size, upper.collect())
    }
    /// Its number of rows.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }
    /// An entry.
    #[must_use]
    pub fn at(&self, i: usize, j: usize) -> f64 {
        let (i, j) = (i.min(j), i.max(j));
        self.upper[i * self.size - i * (i + 1) / 2 + j]
    }
    /// Are all entries finite?
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.upper.iter().all(|x| x.is_finite())
    }
    /// All entries times a number.
    #[must_use]
    pub fn scaled(&self, by: f64) -> Self {
        Self::new(self.size, self.upper.iter().map(|x| x * by).collect())
    }
    /// The matrix plus another of its size times a number.
    #[must_use]
    pub fn plus(&self, other: &Self, by: f64) -> Self {
        let pairs = self.upper.iter().zip(&other.upper);
        Self::new(self.size, pairs.map(|(a, b)| a + b * by).collect())
    }
    /// The same with the diagonal times a factor.
    #[must_use]
    pub fn damped(&self, factor: f64) -> Self {
        let mut out = self.clone();
        for i in 0..self.size {
            out.upper[i * self.size - i * (i + 1) / 2 + i] *= factor;
        }
        out
    }
    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<f64>> {
        (0..self.size)
            .map(|i| (0..self.size).map(|j| self.at(i, j)).collect())
            .collect()
    }
    /// The matrix times a vector.
    #[must_use]
    pub fn times(&self, v: &[f64]) -> Vec<f64> {
        (0..self.size)
            .map(|i| (0..self.size).map(|j| self.at(i, j) * v[j]).sum())
            .collect()
    }
    /// vᵀ M v
    #[must_use]
    pub fn form(&self, v: &[f64]) -> f64 {
        self.times(v).iter().zip(v).map(|(a, b)| a * b).sum()
    }

    /// Its Cholesky factor, scaled to a diagonal of ones; the first column that depends on those before it where it is not positive definite.
    ///
    /// # Errors
    /// The index of that column.
    pub fn factor(&self) -> Result<Factor, usize> {
        let p = self.size;
        let scale: Vec<f64> = (0..p).map(|i| self.at(i, i).sqrt()).collect();
        if let Some(i) = scale.iter().position(|s| !(s.is_finite() && *s > 0.0)) {
            return Err(i);
        }
        let mut lower = vec![0.0; p * p];
        for i in 0..p {
            for j in 0..=i {
                let (a, b) = (&lower[i * p..i * p + j], &lower[j * p..j * p + j]);
                let dot: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
                let rest = self.at(i, j) / (scale[i] * scale[j]) - dot;
                if i == j {
                    if rest.is_nan() || rest <= SMALLEST_PIVOT {
                        return Err(i);
                    }
                    lower[i * p + i] = rest.sqrt();
                } else {
                    lower[i * p + j] = rest / lower[j * p + j];
                }
            }
        }
        Ok(Factor {
            size: p,
            scale,
            lower,
        })
    }

    /// Is it positive definite beyond rounding, by the pivots of its scaled factor?
    #[must_use]
    pub fn is_definite(&self) -> bool {
        self.factor().is_ok_and(|factor| {
            (0..self.size).all(|i| factor.lower[i * self.size + i].powi(2) > SURE_PIVOT)
        })
    }

    /// Its inverse, where it is positive definite.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let factor = self.factor().ok()?;
        let p = self.size;
        let mut upper = Vec::with_capacity(self.upper.len());
        for j in 0..p {
            let mut unit = vec![0.0; p];
            unit[j] = 1.0;
            upper.extend_from_slice(&factor.solve(&unit)[j..]);
        }
        Some(Self::new(p, upper)).filter(Self::is_finite)
    }

    /// M N M
    #[must_use]
    pub fn around(&self, inner: &Self) -> Self {
        let p = self.size;
        let half: Vec<Vec<f64>> = (0..p)
            .map(|j| inner.times(&(0..p).map(|i| self.at(i, j)).collect::<Vec<f64>>()))
            .collect();
        let mut upper = Vec::with_capacity(self.upper.len());
        for i in 0..p {
            for column in &half[i..] {
                upper.push((0..p).map(|k| self.at(i, k) * column[k]).sum());
            }
        }
        Self::new(p, upper)
    }

    /// tr(M N)
    #[must_use]
    pub fn trace_with(&self, other: &Self) -> f64 {
        let p = self.size;
        (0..p)
            .map(|i| (0..p).map(|j| self.at(i, j) * other.at(i, j)).sum::<f64>())
            .sum()
    }
}

/// A Cholesky factor of a scaled matrix.
pub struct Factor {
    size: usize,
    scale: Vec<f64>,
    lower: Vec<f64>,
}

impl Factor {
    /// The solution x of M x = b.
    #[must_use]
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let p = self.size;
        let mut x: Vec<f64> = b.iter().zip(&self.scale).map(|(b, s)| b / s).collect();
        for i in 0..p {
            let dot: f64 = (0..i).map(|k| self.lower[i * p + k] * x[k]).sum();
            x[i] = (x[i] - dot) / self.lower[i * p + i];
        }
        self.solve_scaled_upper(x)
    }

    /// The solution x of Lᵀ x = b with M = L Lᵀ: of independent normal b, x has the covariance M⁻¹.
    #[must_use]
    pub fn solve_upper(&self, b: &[f64]) -> Vec<f64> {
        self.solve_scaled_upper(b.to_vec())
    }

    fn solve_scaled_upper(&self, mut x: Vec<f64>) -> Vec<f64> {
        let p = self.size;
        for i in (0..p).rev() {
            let dot: f64 = (i + 1..p).map(|k| self.lower[k * p + i] * x[k]).sum();
            x[i] = (x[i] - dot) / self.lower[i * p + i];
        }
        x.iter().zip(&self.scale).map(|(x, s)| x / s).collect()
    }
}

/// The index of every pair on and above the diagonal, by rows.
pub fn pairs(size: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..size).flat_map(move |i| (i..size).map(move |j| (i, j)))
}

/// Columns that do not depend on those before them.
#[must_use]
pub fn independent(matrix: &Symmetric) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    for i in 0..matrix.size() {
        let mut trial = chosen.clone();
        trial.push(i);
        if part(matrix, &trial).is_definite() {
            chosen = trial;
        }
    }
    chosen
}

/// Rows and columns of these indices.
#[must_use]
pub fn part(matrix: &Symmetric, indices: &[usize]) -> Symmetric {
    let upper = pairs(indices.len())
        .map(|(i, j)| matrix.at(indices[i], indices[j]))
        .collect();
    Symmetric::new(indices.len(), upper)
}

#[cfg(test)]
mod tests {
    use super::Symmetric;

    #[test]
    fn the_inverse_times_the_matrix_is_one() {
        let matrix = Symmetric::new(3, vec![4e8, 1.0, 2e4, 3e-8, 0.0, 5.0]);
        let inverse = matrix.inverse().expect("it is positive definite");
        for i in 0..3 {
            let column: Vec<f64> = (0..3).map(|k| inverse.at(k, i)).collect();
            for (j, entry) in matrix.times(&column).iter().enumerate() {
                let scale = (matrix.at(j, j) / matrix.at(i, i)).sqrt();
                assert!((entry / scale - f64::from(u8::from(i == j))).abs() < 1e-12);
            }
        }
        assert!((matrix.around(&inverse).at(0, 2) - 2e4).abs() < 1e-7);
        assert!((matrix.trace_with(&inverse) - 3.0).abs() < 1e-12);
        assert!(matrix.is_definite());
    }

    #[test]
    fn a_singular_matrix_names_its_column() {
        let matrix = Symmetric::new(3, vec![1.0, 0.0, 2.0, 1.0, 0.0, 4.0]);
        assert_eq!(matrix.factor().err(), Some(2));
        assert_eq!(super::independent(&matrix), [0, 1]);
    }

    #[test]
    fn pivots_decide_what_is_definite() {
        for (rows, definite) in [
            ([[2e9, 1.0], [1.0, 3e-8]], true),
            ([[1.0, 2.0], [2.0, 4.0]], false),
            ([[1.0, 1.0 - 1e-11], [1.0 - 1e-11, 1.0]], false),
            ([[1.0, 0.0], [0.0, -1.0]], false),
            ([[1.0, 0.0], [0.0, 0.0]], false),
            ([[1.0, f64::NAN], [f64::NAN, 4.0]], false),
        ] {
            let matrix = Symmetric::from_rows(&rows.map(Vec::from));
            assert_eq!(matrix.is_definite(), definite, "{rows:?}");
            assert_eq!(matrix.rows()[0][1].to_bits(), rows[0][1].to_bits());
        }
    }
}
