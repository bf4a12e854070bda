//! The Fisher information of a density, entry by entry, by the first route that closes it.
//! In: facts, a density, its parameters. Out: entries with the route that gave each. Never: an entry that no route proved.

use crate::expect::{Closed, Pieces, by_zero_mean_score, has_kink, prepared};
use crate::model::Density;
use bartlett_expr::{Expr, Facts, NoDerivative, Symbol, normal};

/// How an entry was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// −H does not hold the data.
    FreeOfData,
    /// H lies in the span of 1 and the score.
    ZeroMeanScore,
    /// Term by term under a kernel.
    Kernel,
    /// No closed form was found.
    Open,
}

/// One entry of the matrix.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The value, or the integrand where the route is open.
    pub value: Expr,
    /// How it was found.
    pub route: Route,
    /// What must be positive for the moments used to exist one by one.
    pub positive: Vec<Expr>,
}

/// Score, Hessian and information of one density.
#[derive(Debug, Clone)]
pub struct Derived {
    /// ∂ℓ/∂θᵢ
    pub score: Vec<Expr>,
    /// ∂²ℓ/∂θᵢ∂θⱼ, away from kinks.
    pub hessian: Vec<Vec<Expr>>,
    /// Entries of the information.
    pub entries: Vec<Vec<Entry>>,
}

/// Derives score, Hessian and information of a density of one datum.
///
/// # Errors
/// Where a derivative has no known formula.
pub fn derive_density(
    facts: &Facts,
    density: &Density,
    parameters: &[Symbol],
) -> Result<Derived, NoDerivative> {
    let log_density = &density.log_density;
    let score = log_density.gradient(parameters)?;
    let hessian = log_density.hessian(parameters)?;
    let p = parameters.len();
    let data: Vec<Symbol> = density.data.iter().map(|d| d.symbol.clone()).collect();
    let moving = density.data.iter().any(|d| {
        d.support.lower.value.contains_any(parameters)
            || d.support.upper.value.contains_any(parameters)
    });
    let kinked = data.iter().any(|x| has_kink(log_density, x));
    let regular = !moving && !kinked;
    let pairs: Vec<(usize, usize)> = (0..p).flat_map(|i| (i..p).map(move |j| (i, j))).collect();
    let mut found: Vec<Option<Entry>> = vec![None; pairs.len()];
    let prepared_score: Vec<Expr> = score.iter().map(|s| prepared(facts, s)).collect();
    let prepared_hessian: Vec<Expr> = pairs
        .iter()
        .map(|(i, j)| prepared(facts, &hessian[*i][*j]))
        .collect();
    if regular {
        for (slot, h) in found.iter_mut().zip(&prepared_hessian) {
            if !h.contains_any(&data) {
                *slot = Some(Entry {
                    value: normal::simplified(facts, &-h),
                    route: Route::FreeOfData,
                    positive: vec![],
                });
            }
        }
        if found.iter().any(Option::is_none) {
            let values = by_zero_mean_score(&prepared_score, &prepared_hessian, &data);
            for (slot, value) in found.iter_mut().zip(values) {
                if slot.is_none()
                    && let Some(value) = value
                {
                    *slot = Some(Entry {
                        value: normal::simplified(facts, &-value),
                        route: Route::ZeroMeanScore,
                        positive: vec![],
                    });
                }
            }
        }
    }
    if found.iter().any(Option::is_none)
        && let Some(datum) = density.single()
        && let Some(pieces) = Pieces::find(facts, &datum.symbol, &datum.support, log_density)
    {
        for (k, (i, j)) in pairs.iter().enumerate() {
            if found[k].is_some() {
                continue;
            }
            let g = if regular {
                -&prepared_hessian[k]
            } else {
                &prepared_score[*i] * &prepared_score[*j]
            };
            if let Some(Closed { value, positive }) = pieces.expect(&g) {
                found[k] = Some(Entry {
                    value,
                    route: Route::Kernel,
                    positive,
                });
            }
        }
    }
    let open = |i: usize, j: usize| Entry {
        value: &score[i] * &score[j],
        route: Route::Open,
        positive: vec![],
    };
    let entry = |i: usize, j: usize| {
        let k = pairs.iter().position(|pair| *pair == (i.min(j), i.max(j)));
        k.and_then(|k| found[k].clone())
            .unwrap_or_else(|| open(i, j))
    };
    let entries = (0..p)
        .map(|i| (0..p).map(|j| entry(i, j)).collect())
        .collect();
    Ok(Derived {
        score,
        hessian,
        entries,
    })
}
