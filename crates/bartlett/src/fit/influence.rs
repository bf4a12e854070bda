//! How much each row moves the estimate.
//! In: a `Fit`, the rows. Out: for each row its influence, and the change if it were left out. Never: a second fit.
//!
//! With A = −ΣH at the estimate and s, h the score and Hessian of a row: the influence is A⁻¹s (Hampel 1974; Cook & Weisberg 1982), the change
//! of the estimate if the row is left out, by one Newton step, is −(A + h)⁻¹s. Both need only the core: s = U s₀ and h = U h₀ Uᵀ, so that
//! (A + h)⁻¹s = A⁻¹U(1 + h₀G)⁻¹s₀ with G = UᵀA⁻¹U.

use super::inputs::{Inputs, InputsAt, Moved};
use super::large;
use super::plan::Plan;
use super::program::{Want, Work, each_item, packed};
use super::rows::{Columns, Rows};
use super::{Fit, Trouble};
use crate::reading::Refusal;

/// A point at which the loss −log p is watched: a value for each column of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct LossAt(pub Vec<f64>);

/// What is watched besides the estimate.
#[derive(Clone, Copy, Default)]
pub struct Watched<'a> {
    /// A point whose loss is followed.
    pub loss: Option<&'a LossAt>,
    /// Columns whose changes are followed.
    pub inputs: Option<&'a Inputs>,
}

/// The influence of one row.
#[derive(Clone, Debug)]
pub struct Influence {
    /// The row, from 0.
    pub row: u64,
    /// A⁻¹s: to first order, by how much the row has moved the estimate.
    pub influence: Vec<f64>,
    /// −(A + h)⁻¹s: the change of the estimate if the row is left out.
    pub left_out: Vec<f64>,
    /// sᵀA⁻¹s: the squared length of the influence in standard errors (Cook's distance times the number of parameters).
    pub distance: f64,
    /// The change of the loss at the watched point if the row's weight grows by one: −∇L(test)ᵀ A⁻¹ ∇L(row) (Koh & Liang 2017).
    pub loss: Option<f64>,
    /// What a change of each watched input of the row moves, in the order of [`Inputs::names`].
    pub by_input: Vec<Moved>,
}

impl Plan {
    /// Hands on the influence of each row, in order.
    ///
    /// # Errors
    /// Where rows cannot be read or −ΣH has no inverse.
    pub fn influence(
        &self,
        fit: &Fit,
        rows: &dyn Rows,
        watched: Watched<'_>,
        each: &mut dyn FnMut(Influence) -> Result<(), String>,
    ) -> Result<(), Trouble> {
        let Some(observed) = &fit.observed else {
            let Some(point) = watched.loss else {
                return Err(Trouble::Refused(Refusal {
                    what: "so many parameters have no table of influences".to_owned(),
                    why: vec!["give --test-row: the influence of each row on the loss there needs no inverse".to_owned()],
                }));
            };
            let direction = self.loss_gradient(fit, point)?;
            return large::influence_on_loss(
                &self.program,
                rows,
                &fit.estimates,
                &direction,
                watched.inputs,
                each,
            );
        };
        let Some(inverse) = observed.inverse() else {
            return Err(Trouble::Refused(Refusal {
                what: "rows have no influence function".to_owned(),
                why: vec!["−ΣH at the estimate is not positive definite".to_owned()],
            }));
        };
        let program = &self.program;
        let p = program.parameters;
        let at = program.at(&fit.estimates, Want::All);
        let inputs = watched
            .inputs
            .map(|inputs| InputsAt::new(inputs, program, &fit.estimates));
        let followed = watched.inputs.map_or(0, |inputs| inputs.names().len());
        let direction = watched
            .loss
            .map(|point| self.loss_gradient(fit, point))
            .transpose()?;
        each_item(
            rows,
            rows.chunk() * (2 + followed) * p,
            &|start, columns: &[&[f64]], work: &mut Work| {
                let mut out: Vec<Influence> = Vec::new();
                at.blocks(columns, work, &mut |first, block, _| {
                    let m = block.score.len();
                    let slopes =
                        (inputs.as_ref()).map(|inputs| inputs.block(columns, first, block));
                    for row in 0..block.rows {
                        // A⁻¹U, a column for each core symbol
                        let mut moved = vec![vec![0.0; p]; m];
                        for j in 0..p {
                            let x = block.design[j].at(row);
                            if x != 0.0 {
                                let column = &mut moved[program.enters[j]];
                                for (i, out) in column.iter_mut().enumerate() {
                                    *out += inverse.at(i, j) * x;
                                }
                            }
                        }
                        let score: Vec<f64> = block.score.iter().map(|s| s.at(row)).collect();
                        // G = Uᵀ A⁻¹ U
                        let mut gram = vec![vec![0.0; m]; m];
                        for j in 0..p {
                            let x = block.design[j].at(row);
                            for (q, column) in moved.iter().enumerate() {
                                gram[program.enters[j]][q] += x * column[j];
                            }
                        }
                        let system: Vec<Vec<f64>> = (0..m)
                            .map(|i| {
                                (0..m)
                                    .map(|j| {
                                        let product: f64 = (0..m)
                                            .map(|k| {
                                                block.hessian[packed(m, i, k)].at(row) * gram[k][j]
                                            })
                                            .sum();
                                        f64::from(u8::from(i == j)) + product
                                    })
                                    .collect()
                            })
                            .collect();
                        let corrected = solve(system, score.clone());
                        let combined = |weights: &[f64], sign: f64| -> Vec<f64> {
                            (0..p)
                                .map(|i| {
                                    sign * moved
                                        .iter()
                                        .zip(weights)
                                        .map(|(c, w)| c[i] * w)
                                        .sum::<f64>()
                                })
                                .collect()
                        };
                        let influence = combined(&score, 1.0);
                        let loss = |change: &[f64]| {
                            direction
                                .as_ref()
                                .map(|d| -d.iter().zip(change).map(|(a, b)| a * b).sum::<f64>())
                        };
                        let by_input = slopes.as_ref().map_or(&[][..], |slopes| &slopes[row]);
                        let by_input = (by_input.iter())
                            .map(|slope| {
                                let mut estimates = combined(&slope.core, 1.0);
                                for (j, entry) in &slope.single {
                                    for (i, out) in estimates.iter_mut().enumerate() {
                                        *out += inverse.at(i, *j) * entry;
                                    }
                                }
                                Moved {
                                    loss: loss(&estimates),
                                    estimates,
                                }
                            })
                            .collect();
                        let distance = (0..m)
                            .map(|i| {
                                (0..m)
                                    .map(|j| score[i] * gram[i][j] * score[j])
                                    .sum::<f64>()
                            })
                            .sum();
                        out.push(Influence {
                            row: start + (first + row) as u64,
                            left_out: corrected
                                .map_or_else(|| vec![f64::NAN; p], |w| combined(&w, -1.0)),
                            loss: loss(&influence),
                            influence,
                            distance,
                            by_input,
                        });
                    }
                });
                out
            },
            each,
        )
        .map_err(Trouble::Rows)
    }

    /// ∇ℓ at a point of the data, which is −∇L.
    fn loss_gradient(&self, fit: &Fit, point: &LossAt) -> Result<Vec<f64>, Trouble> {
        let one = Columns(point.0.iter().map(|x| vec![*x]).collect());
        let totals = self
            .program
            .totals(&one, &fit.estimates, Want::Score)
            .map_err(Trouble::Rows)?;
        if totals.score.iter().all(|s| s.is_finite()) && totals.impossible.is_none() {
            return Ok(totals.score);
        }
        Err(Trouble::Refused(Refusal {
            what: "the loss at the test row has no derivative".to_owned(),
            why: vec!["the row has no density under the fitted model".to_owned()],
        }))
    }
}

/// Gaussian elimination with pivots, for very small systems.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<Vec<f64>> {
    let m = b.len();
    for k in 0..m {
        let pivot = (k..m).max_by(|i, j| a[*i][k].abs().total_cmp(&a[*j][k].abs()))?;
        if !(a[pivot][k].abs() > 1e-300) {
            return None;
        }
        a.swap(k, pivot);
        b.swap(k, pivot);
        for i in k + 1..m {
            let factor = a[i][k] / a[k][k];
            let (above, below) = a.split_at_mut(i);
            for (x, y) in below[0][k..].iter_mut().zip(&above[k][k..]) {
                *x -= factor * y;
            }
            b[i] -= factor * b[k];
        }
    }
    for i in (0..m).rev() {
        let known: f64 = (i + 1..m).map(|j| a[i][j] * b[j]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    Some(b)
}
