//! The inverse of a matrix of numbers.
//! In: a symmetric matrix. Out: its inverse, or nothing where it is singular. Never: a symbol.

/// Relative size below which a pivot is a zero.
const SMALLEST_PIVOT: f64 = 1e-13;

/// Inverts a positive definite matrix by its Cholesky factor, scaled to a diagonal of ones.
pub fn inverse(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let p = matrix.len();
    let scale: Vec<f64> = (0..p).map(|i| matrix[i][i].sqrt()).collect();
    if scale.iter().any(|s| !(s.is_finite() && *s > 0.0)) {
        return None;
    }
    let mut factor = vec![vec![0.0; p]; p];
    for i in 0..p {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            let rest = matrix[i][j] / (scale[i] * scale[j]) - dot;
            if i == j {
                if rest.is_nan() || rest <= SMALLEST_PIVOT {
                    return None;
                }
                factor[i][i] = rest.sqrt();
            } else {
                factor[i][j] = rest / factor[j][j];
            }
        }
    }
    let mut inverse = vec![vec![0.0; p]; p];
    for column in 0..p {
        let mut x = vec![0.0; p];
        for i in 0..p {
            let dot: f64 = (0..i).map(|k| factor[i][k] * x[k]).sum();
            x[i] = (f64::from(u8::from(i == column)) - dot) / factor[i][i];
        }
        for i in (0..p).rev() {
            let dot: f64 = (i + 1..p).map(|k| factor[k][i] * x[k]).sum();
            x[i] = (x[i] - dot) / factor[i][i];
        }
        for i in 0..p {
            inverse[i][column] = x[i] / (scale[i] * scale[column]);
        }
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use super::inverse;

    #[test]
    fn the_product_is_one() {
        let matrix = vec![
            vec![4e8, 1.0, 2e4],
            vec![1.0, 3e-8, 0.0],
            vec![2e4, 0.0, 5.0],
        ];
        let found = inverse(&matrix).expect("it is positive definite");
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3)
                    .map(|k| matrix[i][k] * found[k][j] * (matrix[j][j] / matrix[i][i]).sqrt())
                    .sum();
                assert!(
                    (product - f64::from(u8::from(i == j))).abs() < 1e-12,
                    "{i} {j} {product}"
                );
            }
        }
    }

    #[test]
    fn a_singular_matrix_has_none() {
        assert!(inverse(&[vec![1.0, 2.0], vec![2.0, 4.0]]).is_none());
        assert!(inverse(&[vec![0.0]]).is_none());
        assert!(inverse(&[vec![f64::NAN]]).is_none());
    }
}
