//! E[g] under one density, by the strategies in order: free of the data, the zero-mean score, outcomes, kernels.
//! In: facts, a density of mass 1, g. Out: a closed expectation. Never: one that a caller may show before the judge has seen it.

use super::{Closed, Pieces, by_zero_mean_score, finite, has_kink, prepared};
use crate::model::Density;
use bartlett_expr::{Expr, Facts, Symbol, normal};

/// E\[g\] in closed form.
///
/// `parameters` are those of the density in which it is differentiated for the zero-mean score; none switches that strategy off.
pub(crate) fn mean(
    facts: &Facts,
    density: &Density,
    parameters: &[Symbol],
    g: &Expr,
) -> Option<Expr> {
    let data: Vec<Symbol> = density.data.iter().map(|d| d.symbol.clone()).collect();
    let target = prepared(facts, g);
    if !target.contains_any(&data) {
        return Some(normal::simplified(facts, &target));
    }
    let moving = density.data.iter().any(|d| {
        [&d.support.lower.value, &d.support.upper.value]
            .iter()
            .any(|end| end.contains_any(parameters))
    });
    let kinked = density
        .data
        .iter()
        .any(|d| !d.support.is_discrete() && has_kink(&density.log_density, &d.symbol));
    if !parameters.is_empty()
        && !moving
        && !kinked
        && let Ok(score) = density.log_density.gradient(parameters)
    {
        let score: Vec<Expr> = score.iter().map(|s| prepared(facts, s)).collect();
        let found = by_zero_mean_score(&score, std::slice::from_ref(&target), &data);
        if let Some(Some((value, _))) = found.into_iter().next() {
            return Some(normal::simplified(facts, &value));
        }
    }
    if let Some(outcomes) = finite::outcomes(facts, density) {
        let mass = finite::mass(facts, &outcomes);
        return Some(finite::expect(facts, &outcomes, &mass, g));
    }
    let datum = density.single()?;
    let mut value = None;
    Pieces::each(
        facts,
        &datum.symbol,
        &datum.support,
        &density.log_density,
        &mut |pieces| {
            if let Some(Closed { value: found, .. }) = pieces.expect(&target) {
                value = Some(found);
            }
            value.is_some()
        },
    );
    value
}
