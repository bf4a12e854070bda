//! Laws of a quadratic form: a location, and a scale or precision matrix that is symmetric and positive definite.
//! In: `Call`. Out: `Joint`. Never: a moment.

use super::super::claims::{Claim, Source, What};
use super::{Call, E, Joint};
use bartlett_expr::normal::{factored, is_zero};
use bartlett_expr::{Domain, Expr, Facts, Matrix, Number, Problem, Symbol, Truth};

/// (x − μ)ᵀ Σ⁻¹ (x − μ) with log |Σ| and what must hold for the matrix.
struct Form {
    quadratic: Expr,
    log_determinant: Expr,
    size: Expr,
    data: Vec<Symbol>,
    claims: Vec<Claim>,
}

impl Form {
    /// From the matrix at that place of the call; `inverse` says whether it is Σ⁻¹.
    fn of(call: &Call<'_>, place: usize, inverse: bool) -> Result<Self, Problem> {
        let (mean, rows) = (&call.lists[0], &call.matrices[0]);
        let at = call.spans[place];
        let family = call.law.name;
        let facts = Facts::new();
        let size = mean.len();
        if rows.len() != size || rows.iter().any(|row| row.len() != size) {
            return Err(E::MatrixShape { at, family, size }.into());
        }
        for (i, j) in (0..size).flat_map(|i| (0..i).map(move |j| (i, j))) {
            if is_zero(&facts, &(&rows[i][j] - &rows[j][i])) != Truth::Yes {
                return Err(E::NotSymmetric {
                    at,
                    row: i + 1,
                    column: j + 1,
                }
                .into());
            }
        }
        let large = || {
            Problem::from(E::NotSupportedYet {
                at,
                what: "a matrix of this size",
                mend: "type the density itself".to_owned(),
            })
        };
        let matrix = Matrix::from_rows(rows.clone()).ok_or_else(large)?;
        let named = if inverse {
            "precision matrix"
        } else {
            "covariance matrix"
        };
        let above = |difference| What::Above {
            difference,
            closed: false,
        };
        let mut claims = Vec::new();
        let mut determinant = Expr::one();
        for k in 1..=size {
            let leading: Vec<usize> = (0..k).collect();
            let minor = matrix.select(&leading, &leading);
            determinant = factored(&minor.determinant(&facts).map_err(|_| large())?);
            if determinant.is_zero() {
                return Err(E::SingularMatrix { at, family }.into());
            }
            let claim = |what| call.argument(place, named, "a positive definite one", what);
            claims.push(Claim {
                source: Source::Variance,
                ..claim(above(rows[k - 1][k - 1].clone()))
            });
            claims.push(claim(above(determinant.clone())));
        }
        let form = if inverse {
            matrix
        } else {
            matrix
                .inverse(&facts)
                .map_err(|_| large())?
                .ok_or(E::SingularMatrix { at, family })?
        };
        let data = call.data.to_vec();
        let centered: Vec<Expr> = data
            .iter()
            .zip(mean)
            .map(|(x, m)| Expr::symbol(x.name()) - m)
            .collect();
        let mut quadratic = Vec::new();
        for (i, u) in centered.iter().enumerate() {
            for (j, v) in centered.iter().enumerate().skip(i) {
                let entry = form.get(i, j).cloned().unwrap_or_else(Expr::zero);
                quadratic.push(entry * u * v * Expr::integer(if i == j { 1 } else { 2 }));
            }
        }
        claims.extend(data.iter().map(|datum| call.support(datum, Domain::real())));
        let log_determinant = determinant.log();
        Ok(Self {
            quadratic: Expr::sum(quadratic),
            log_determinant: if inverse {
                -log_determinant
            } else {
                log_determinant
            },
            size: Expr::integer(i64::try_from(size).unwrap_or(i64::MAX)),
            data,
            claims,
        })
    }

    fn gaussian(self) -> Joint {
        let normalizer = &self.size * (Expr::pi() * Expr::integer(2)).log();
        Joint {
            log_density: Expr::sum([self.quadratic, self.log_determinant, normalizer])
                .scaled(&Number::ratio(-1, 2)),
            data: self.data,
            claims: self.claims,
        }
    }
}

pub(super) fn normal(call: &Call<'_>) -> Result<Joint, Problem> {
    Ok(Form::of(call, 1, false)?.gaussian())
}

pub(super) fn normal_by_precision(call: &Call<'_>) -> Result<Joint, Problem> {
    Ok(Form::of(call, 1, true)?.gaussian())
}

/// Kotz & Nadarajah (2004), (1.1).
pub(super) fn student(call: &Call<'_>) -> Result<Joint, Problem> {
    let nu = &call.numbers[0];
    let form = Form::of(call, 2, false)?;
    let half = Number::HALF;
    let lgamma = |a: Expr| Expr::function("lgamma", [a]);
    let whole = (nu + &form.size).scaled(&half);
    let normalizer = lgamma(whole.clone())
        - lgamma(nu.scaled(&half))
        - (&form.size * (nu * Expr::pi()).log() + &form.log_determinant).scaled(&half);
    let mut claims = form.claims;
    claims.push(call.argument(
        0,
        "degrees of freedom",
        "above 0",
        What::Member {
            subject: nu.clone(),
            domain: Domain::positive(),
            atoms: Vec::new(),
        },
    ));
    Ok(Joint {
        log_density: normalizer - whole * (Expr::one() + &form.quadratic / nu).log(),
        data: form.data,
        claims,
    })
}
