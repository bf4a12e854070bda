//! Geodesics by number: the initial velocity that reaches a second point.
//! In: a connection, values of all symbols at both points. Out: the length with an error. Never: a length of which two step sizes disagree.

use super::curvature::{Connection, Numbers};
use bartlett_expr::Symbol;

/// A length by number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// The length.
    pub value: f64,
    /// The difference between two step sizes.
    pub error: f64,
}

/// Steps of Runge–Kutta along a geodesic, coarse and fine.
const STEPS: [usize; 2] = [120, 240];
/// Stages of the way to the second point, and Newton steps at each.
const STAGES: usize = 12;
const NEWTON: usize = 25;

struct Shooter {
    /// Γ^k_ij, flat.
    symbols: Numbers,
    metric: Numbers,
    /// Where the parameters stand among the values.
    places: Vec<usize>,
    values: Vec<f64>,
    steps: usize,
}

/// The length of the geodesic from the point of `values` to `second`, found by continuation and Newton's method.
pub(super) fn length(
    connection: &Connection,
    parameters: &[Symbol],
    names: &[Symbol],
    values: &[f64],
    second: &[f64],
) -> Option<Length> {
    let places: Vec<usize> = parameters
        .iter()
        .map(|p| names.iter().position(|n| n == p))
        .collect::<Option<_>>()?;
    let mut shooter = Shooter {
        symbols: Numbers::new(connection.second.iter().flatten().flatten(), names),
        metric: Numbers::new(connection.metric.iter().flatten(), names),
        places,
        values: values.to_vec(),
        steps: STEPS[0],
    };
    let start = shooter.start();
    let p = start.len();
    let mut velocity = vec![0.0; p];
    for stage in 1..=STAGES {
        let share = stage as f64 / STAGES as f64;
        let target: Vec<f64> = (0..p)
            .map(|i| start[i] + share * (second[i] - start[i]))
            .collect();
        let before = (stage - 1) as f64 / STAGES as f64;
        // the velocity grows with the way, and straight on for the first stage
        let guess: Vec<f64> = if stage == 1 {
            (0..p).map(|i| target[i] - start[i]).collect()
        } else {
            velocity.iter().map(|v| v * share / before).collect()
        };
        velocity = shooter.aim(guess, &target)?;
    }
    let coarse = shooter.speed(&velocity);
    shooter.steps = STEPS[1];
    let fine_velocity = shooter.aim(velocity, second)?;
    let fine = shooter.speed(&fine_velocity);
    let error = (fine - coarse).abs();
    (fine.is_finite() && error <= 1e-5 * fine.max(1e-12)).then_some(Length { value: fine, error })
}

impl Shooter {
    fn start(&self) -> Vec<f64> {
        self.places.iter().map(|k| self.values[*k]).collect()
    }

    /// √(vᵀ g v) at the first point: the length of a geodesic that takes time 1.
    fn speed(&self, velocity: &[f64]) -> f64 {
        let p = velocity.len();
        let g = self.metric.at(&self.values);
        let mut sum = 0.0;
        for i in 0..p {
            for j in 0..p {
                sum += g[i * p + j] * velocity[i] * velocity[j];
            }
        }
        sum.sqrt()
    }

    /// Newton's method on the initial velocity.
    fn aim(&self, mut velocity: Vec<f64>, target: &[f64]) -> Option<Vec<f64>> {
        let p = velocity.len();
        let size = |miss: &[f64]| {
            miss.iter()
                .zip(target)
                .map(|(m, t)| (m / t.abs().max(1e-3)).powi(2))
                .sum::<f64>()
                .sqrt()
        };
        let mut miss = self.miss(&velocity, target)?;
        for _ in 0..NEWTON {
            if size(&miss) < 1e-11 {
                return Some(velocity);
            }
            let mut jacobian = vec![vec![0.0; p]; p];
            for j in 0..p {
                let h = 1e-6 * velocity[j].abs().max(1e-3);
                let mut moved = velocity.clone();
                moved[j] += h;
                let above = self.miss(&moved, target)?;
                moved[j] -= 2.0 * h;
                let below = self.miss(&moved, target)?;
                for i in 0..p {
                    jacobian[i][j] = (above[i] - below[i]) / (2.0 * h);
                }
            }
            let step = solve(jacobian, miss.clone())?;
            let mut share = 1.0;
            loop {
                let next: Vec<f64> = velocity
                    .iter()
                    .zip(&step)
                    .map(|(v, s)| v - share * s)
                    .collect();
                if let Some(new_miss) = self.miss(&next, target)
                    && (size(&new_miss) < size(&miss) || size(&new_miss) < 1e-11)
                {
                    velocity = next;
                    miss = new_miss;
                    break;
                }
                share *= 0.5;
                if share < 1e-3 {
                    return (size(&miss) < 1e-8).then_some(velocity);
                }
            }
        }
        (size(&miss) < 1e-9).then_some(velocity)
    }

    /// Where the geodesic ends at time 1, less the target.
    fn miss(&self, velocity: &[f64], target: &[f64]) -> Option<Vec<f64>> {
        let p = velocity.len();
        let h = 1.0 / self.steps as f64;
        let mut state: Vec<f64> = self.start();
        state.extend(velocity);
        for _ in 0..self.steps {
            let k1 = self.rates(&state);
            let k2 = self.rates(&along(&state, &k1, h / 2.0));
            let k3 = self.rates(&along(&state, &k2, h / 2.0));
            let k4 = self.rates(&along(&state, &k3, h));
            for i in 0..2 * p {
                state[i] += h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
            }
            if state.iter().any(|v| !v.is_finite()) {
                return None;
            }
        }
        Some((0..p).map(|i| state[i] - target[i]).collect())
    }

    fn rates(&self, state: &[f64]) -> Vec<f64> {
        let p = state.len() / 2;
        let mut values = self.values.clone();
        for (place, value) in self.places.iter().zip(state) {
            values[*place] = *value;
        }
        let gamma = self.symbols.at(&values);
        let v = &state[p..];
        let mut out = v.to_vec();
        for k in 0..p {
            let mut sum = 0.0;
            for i in 0..p {
                for j in 0..p {
                    sum -= gamma[(k * p + i) * p + j] * v[i] * v[j];
                }
            }
            out.push(sum);
        }
        out
    }
}

fn along(state: &[f64], rates: &[f64], h: f64) -> Vec<f64> {
    state.iter().zip(rates).map(|(s, r)| s + h * r).collect()
}

/// Gauss with pivots.
#[allow(clippy::needless_range_loop)] // the indices are those of the matrix
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    for c in 0..n {
        let pivot = (c..n).max_by(|i, j| a[*i][c].abs().total_cmp(&a[*j][c].abs()))?;
        if a[pivot][c] == 0.0 || !a[pivot][c].is_finite() {
            return None;
        }
        a.swap(c, pivot);
        b.swap(c, pivot);
        for r in c + 1..n {
            let factor = a[r][c] / a[c][c];
            for k in c..n {
                let above = a[c][k];
                a[r][k] -= factor * above;
            }
            b[r] -= factor * b[c];
        }
    }
    for c in (0..n).rev() {
        for k in c + 1..n {
            b[c] -= a[c][k] * b[k];
        }
        b[c] /= a[c][c];
    }
    Some(b)
}
