//! Small linear algebra and differences with numbers, for checks.
//! In: matrices and functions of `f64`. Out: solutions, determinants, derivatives. Never: an expression.

/// Relative size below which a pivot is a zero.
const SMALLEST_PIVOT: f64 = 1e-11;

/// A solution X of A · X = B, free unknowns 0, by elimination with full pivoting; `None` where there is none.
/// Where A is singular within rounding, B must lie in its range within rounding.
pub(crate) fn solve(a: &[Vec<f64>], b: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let n = a.len();
    let width = b.first().map_or(0, Vec::len);
    if b.len() != n || a.iter().chain(b).flatten().any(|v| !v.is_finite()) {
        return None;
    }
    // Scaled to a diagonal of ones, so that units do not matter.
    let scale: Vec<f64> = (0..n)
        .map(|i| a[i][i].abs().sqrt())
        .map(|s| if s > 0.0 { s } else { 1.0 })
        .collect();
    let mut left: Vec<Vec<f64>> = (0..n)
        .map(|i| (0..n).map(|j| a[i][j] / (scale[i] * scale[j])).collect())
        .collect();
    let mut right: Vec<Vec<f64>> = (0..n)
        .map(|i| b[i].iter().map(|v| v / scale[i]).collect())
        .collect();
    let mut columns: Vec<usize> = (0..n).collect();
    let size = right.iter().flatten().fold(0.0_f64, |m, v| m.max(v.abs()));
    let mut rank = 0;
    while rank < n {
        let (mut best, mut at) = (0.0, (rank, rank));
        for (i, row) in left.iter().enumerate().skip(rank) {
            for (j, value) in row.iter().enumerate().skip(rank) {
                if value.abs() > best {
                    (best, at) = (value.abs(), (i, j));
                }
            }
        }
        if best <= SMALLEST_PIVOT {
            break;
        }
        left.swap(rank, at.0);
        right.swap(rank, at.0);
        for row in &mut left {
            row.swap(rank, at.1);
        }
        columns.swap(rank, at.1);
        let (lead, lead_right) = (left[rank].clone(), right[rank].clone());
        for i in rank + 1..n {
            let factor = left[i][rank] / lead[rank];
            if factor == 0.0 {
                continue;
            }
            for j in rank..n {
                left[i][j] -= factor * lead[j];
            }
            for (value, above) in right[i].iter_mut().zip(&lead_right) {
                *value -= factor * above;
            }
        }
        rank += 1;
    }
    let rest = right[rank..].iter().flatten();
    if rest.into_iter().any(|v| v.abs() > 1e-7 * size) {
        return None;
    }
    let mut solution = vec![vec![0.0; width]; n];
    for k in 0..width {
        for i in (0..rank).rev() {
            let known: f64 = (i + 1..rank)
                .map(|j| left[i][j] * solution[columns[j]][k])
                .sum();
            solution[columns[i]][k] = (right[i][k] - known) / left[i][i];
        }
    }
    for (row, s) in solution.iter_mut().zip(&scale) {
        row.iter_mut().for_each(|v| *v /= s);
    }
    Some(solution)
}

/// The inverse of a matrix that need not be symmetric; `None` where it is singular within rounding.
pub(crate) fn inverse_of_any(a: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    // (AᵀA)⁻¹Aᵀ, since the scaling of `solve` is for symmetric matrices.
    let back = transpose(a);
    solve(&product(&back, a), &back)
}

/// A · B.
pub(crate) fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = b.first().map_or(0, Vec::len);
    a.iter()
        .map(|row| {
            (0..width)
                .map(|j| row.iter().zip(b).map(|(v, other)| v * other[j]).sum())
                .collect()
        })
        .collect()
}

/// The transpose.
pub(crate) fn transpose(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = a.first().map_or(0, Vec::len);
    (0..width)
        .map(|j| a.iter().map(|row| row[j]).collect())
        .collect()
}

/// The determinant.
pub(crate) fn determinant(a: &[Vec<f64>]) -> f64 {
    let mut rows = a.to_vec();
    let n = rows.len();
    let mut value = 1.0;
    for k in 0..n {
        let pivot = (k..n).max_by(|i, j| rows[*i][k].abs().total_cmp(&rows[*j][k].abs()));
        let Some(pivot) = pivot.filter(|i| rows[*i][k] != 0.0) else {
            return 0.0;
        };
        if pivot != k {
            rows.swap(pivot, k);
            value = -value;
        }
        value *= rows[k][k];
        let lead = rows[k].clone();
        for row in rows.iter_mut().skip(k + 1) {
            let factor = row[k] / lead[k];
            for (entry, above) in row.iter_mut().zip(&lead).skip(k) {
                *entry -= factor * above;
            }
        }
    }
    value
}

/// ∂fᵢ/∂xⱼ by central differences of sixth order; `None` where f has no value next to the point.
pub(crate) fn jacobian(f: &mut dyn FnMut(&[f64]) -> Vec<f64>, at: &[f64]) -> Option<Vec<Vec<f64>>> {
    const WEIGHTS: [f64; 3] = [45.0 / 60.0, -9.0 / 60.0, 1.0 / 60.0];
    let mut columns = Vec::new();
    for j in 0..at.len() {
        let step = 2e-3 * at[j].abs().max(1e-2);
        let mut column: Vec<f64> = Vec::new();
        for (k, weight) in (1_u8..).zip(WEIGHTS) {
            for side in [1.0, -1.0] {
                let mut moved = at.to_vec();
                moved[j] += side * f64::from(k) * step;
                let values = f(&moved);
                column.resize(values.len(), 0.0);
                for (sum, value) in column.iter_mut().zip(values) {
                    *sum += side * weight * value / step;
                }
            }
        }
        if column.iter().any(|v| !v.is_finite()) {
            return None;
        }
        columns.push(column);
    }
    Some(transpose(&columns))
}

#[cfg(test)]
mod tests {
    use super::{determinant, inverse_of_any, jacobian, product, solve};

    #[test]
    fn a_singular_system_is_solved_where_it_can_be() {
        let a = vec![vec![1.0, 2.0], vec![2.0, 4.0]];
        let x = solve(&a, &[vec![3.0], vec![6.0]]).expect("it lies in the range");
        assert!((product(&a, &x)[1][0] - 6.0).abs() < 1e-12);
        assert!(solve(&a, &[vec![1.0], vec![0.0]]).is_none());
    }

    #[test]
    fn a_determinant_and_an_inverse() {
        let a = vec![
            vec![0.0, 2.0, 1.0],
            vec![3.0, 1.0, 0.0],
            vec![1.0, 0.0, 5.0],
        ];
        assert!((determinant(&a) + 31.0).abs() < 1e-12);
        let unit = product(&a, &inverse_of_any(&a).expect("it is regular"));
        assert!((unit[2][2] - 1.0).abs() < 1e-12 && unit[2][0].abs() < 1e-12);
    }

    #[test]
    fn differences_are_sharp() {
        let found = jacobian(&mut |x| vec![x[0].exp() * x[1]], &[0.7, 2.0]).expect("it is smooth");
        assert!((found[0][0] / (0.7_f64.exp() * 2.0) - 1.0).abs() < 1e-11);
    }
}
