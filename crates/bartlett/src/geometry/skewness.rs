//! The third-order tensor T = E[s s s] and the α-connections.
//! In: a `Report`, its Levi-Civita connection, α. Out: quantities. Never: an α-connection whose tensor did not close.

use super::curvature::Connection;
use crate::closing::{shown, zero_means};
use crate::expect::means;
use crate::information::Shape;
use crate::quantity::{Label, Quantity, Value};
use crate::reading::Reading;
use crate::report::Report;
use crate::verify::{self, Claim};
use bartlett_expr::{Expr, normal};

/// Adds T and the symbols of the α-connection to the reading.
pub(super) fn push(
    reading: &mut Reading,
    report: &Report,
    connection: &Connection,
    alpha: &Expr,
) -> Result<(), String> {
    let Some(tensor) = tensor(report, connection) else {
        reading.notes.push(
            "E[s s s] has no closed form known here: the α-connection is not given".to_owned(),
        );
        return Ok(());
    };
    let parameters = &report.model.parameters;
    let facts = &report.model.facts;
    let p = parameters.len();
    let mut distinct = Vec::new();
    for i in 0..p {
        for j in i..p {
            for k in j..p {
                distinct.push((i, j, k));
            }
        }
    }
    let mut claims = Vec::new();
    for &(i, j, k) in &distinct {
        let mut sums = Vec::new();
        for observation in &report.completed.observations {
            let density = &observation.density;
            let score = density
                .log_density
                .gradient(parameters)
                .map_err(|e| e.to_string())?;
            sums.push((density, &score[i] * &score[j] * &score[k]));
        }
        claims.push(Claim {
            what: "E[s s s]",
            value: &tensor[i][j][k],
            means: sums,
        });
    }
    let checks = verify::means(&report.completed, &claims)?;
    if let Some(worst) = checks.iter().find(|c| !c.ok).or_else(|| {
        checks
            .iter()
            .max_by(|a, b| a.max_rel_err.total_cmp(&b.max_rel_err))
    }) {
        reading.checks.push(worst.clone());
    }
    let labels = |kind: &str, latex: &str| -> Vec<Label> {
        parameters
            .iter()
            .map(|s| {
                let name = Label::symbol(s);
                Label {
                    unicode: format!("{kind}_{}", name.unicode),
                    plain: format!("{}_{}", kind.replace('Γ', "Gamma"), name.plain),
                    latex: format!("{latex}_{{{}}}", name.latex),
                }
            })
            .collect()
    };
    let nested =
        |cube: &[Vec<Vec<Expr>>]| Value::Nested(cube.iter().cloned().map(Value::Table).collect());
    reading.quantities.push(Quantity {
        definition: "T_ijk = E[s_i s_j s_k], symmetric; one matrix in i, j for each k".to_owned(),
        labels: labels("T", "T"),
        ..Quantity::closed("skewness", "skewness tensor", "T_{ijk}", nested(&tensor))
    });
    let half = alpha / 2;
    let first: Vec<Vec<Vec<Expr>>> = (0..p)
        .map(|k| {
            (0..p)
                .map(|i| {
                    (0..p)
                        .map(|j| {
                            shown(
                                facts,
                                &(&connection.first[k][i][j] - &half * &tensor[i][j][k]),
                            )
                        })
                        .collect()
                })
                .collect()
        })
        .collect();
    let second: Vec<Vec<Vec<Expr>>> = (0..p)
        .map(|k| {
            (0..p)
                .map(|i| {
                    (0..p)
                        .map(|j| {
                            let sum = (0..p).map(|l| &connection.inverse[k][l] * &first[l][i][j]);
                            shown(facts, &Expr::sum(sum))
                        })
                        .collect()
                })
                .collect()
        })
        .collect();
    let what = format!(
        "Γ_k,ij − (α/2) T_ijk, α = {}; α = 1 is the exponential connection, −1 the mixture one",
        alpha.text()
    );
    reading.quantities.push(Quantity {
        definition: format!("first kind, {what}"),
        labels: labels("Γ", "\\Gamma^{(\\alpha)}"),
        ..Quantity::closed(
            "alpha_christoffel_first_kind",
            "α-connection, first kind",
            "\\Gamma^{(\\alpha)}_{k,ij}",
            nested(&first),
        )
    });
    reading.quantities.push(Quantity {
        definition: "second kind: the first index raised by g⁻¹".to_owned(),
        labels: labels("Γ^", "\\Gamma^{(\\alpha)}"),
        ..Quantity::closed(
            "alpha_christoffel",
            "α-connection",
            "\\Gamma^{(\\alpha)k}_{ij}",
            nested(&second),
        )
    });
    Ok(())
}

/// E\[s_i s_j s_k\], added over independent observations.
fn tensor(report: &Report, connection: &Connection) -> Option<Vec<Vec<Vec<Expr>>>> {
    if report.model.has_rows() {
        return None;
    }
    let parameters = &report.model.parameters;
    let facts = &report.model.facts;
    let p = parameters.len();
    let smooth = report
        .completed
        .observations
        .iter()
        .all(|o| Shape::of(&o.density, parameters).is_smooth());
    let mut distinct = Vec::new();
    for i in 0..p {
        for j in i..p {
            for k in j..p {
                distinct.push((i, j, k));
            }
        }
    }
    let mut sums = vec![Expr::zero(); distinct.len()];
    // Where derivatives pass the integral, T_ijk = ∂_i g_jk + ∂_j g_ik + ∂_k g_ij + 2 E[∂_ijk ℓ].
    let by_third_derivatives = smooth && {
        let mut closed = true;
        for observation in &report.completed.observations {
            let density = &observation.density;
            let hessian = density.log_density.hessian(parameters).ok()?;
            let third: Vec<Expr> = distinct
                .iter()
                .map(|(i, j, k)| hessian[*i][*j].derivative(&parameters[*k]).ok())
                .collect::<Option<_>>()?;
            let zero = zero_means(density, parameters);
            for (sum, mean) in sums.iter_mut().zip(means(facts, density, &zero, &third)) {
                closed &= !mean.open;
                *sum = &*sum + mean.value * 2;
            }
        }
        closed
    };
    if by_third_derivatives {
        for (sum, (i, j, k)) in sums.iter_mut().zip(&distinct) {
            let slope = |a: usize, b: usize, c: usize| &connection.slopes[a][b][c];
            *sum = &*sum + slope(*i, *j, *k) + slope(*j, *i, *k) + slope(*k, *i, *j);
        }
    } else {
        sums = vec![Expr::zero(); distinct.len()];
        for observation in &report.completed.observations {
            let density = &observation.density;
            let score = density.log_density.gradient(parameters).ok()?;
            let products: Vec<Expr> = distinct
                .iter()
                .map(|(i, j, k)| &score[*i] * &score[*j] * &score[*k])
                .collect();
            let zero = zero_means(density, parameters);
            for (sum, mean) in sums.iter_mut().zip(means(facts, density, &zero, &products)) {
                if mean.open {
                    return None;
                }
                *sum = &*sum + mean.value;
            }
        }
    }
    let sums: Vec<Expr> = sums
        .iter()
        .map(|e| shown(facts, &normal::simplified(facts, e)))
        .collect();
    let entry = |i: usize, j: usize, k: usize| {
        let mut index = [i, j, k];
        index.sort_unstable();
        let place = distinct
            .iter()
            .position(|(a, b, c)| [*a, *b, *c] == index)
            .unwrap_or_else(|| unreachable!("every sorted triple is listed"));
        sums[place].clone()
    };
    Some(
        (0..p)
            .map(|k| {
                (0..p)
                    .map(|i| (0..p).map(|j| entry(i, j, k)).collect())
                    .collect()
            })
            .collect(),
    )
}
