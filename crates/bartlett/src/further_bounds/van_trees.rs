//! The van Trees bound on the Bayes risk: information of the data averaged over a prior, plus that of the prior.
//! In: a `Report`, a prior as a `Model` whose data are parameters, functions. Out: `Reading`. Never: a prior that does not vanish at its ends.

use super::{Asked, matrix, reading};
use crate::check::{Sampler, point_in_words};
use crate::closing::{open_conditions, shown, where_finite};
use crate::derive::completed;
use crate::expect::{Mean, is_open, means};
use crate::model::{Datum, Density, Model};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use crate::verify::{self, Claim};
use bartlett_expr::matrix::Matrix;
use bartlett_expr::{Expr, Facts, Symbol};

/// E(T − g)² ≥ E\[∇g\]ᵀ (n E\[I(θ)\] + J)⁻¹ E\[∇g\], means under the prior, J the information of the prior in θ.
///
/// Parameters without a prior are held fixed.
/// Source: van Trees (1968); Gill & Levit (1995).
///
/// # Errors
/// Words: a prior that is none or names no parameter, or a closed form that the numbers contradict.
pub fn van_trees(report: &Report, prior: &Model, asked: &Asked) -> Result<Reading, String> {
    let mut reading = reading(report, asked);
    let Some(fisher) = report.fisher.as_ref() else {
        return Ok(Reading::of(report));
    };
    let refuse = |reading: Reading, why: String| {
        Ok(reading.refused("there is no van Trees bound", vec![why]))
    };
    let (prior, notes) = match completed(prior) {
        Ok(found) => found,
        Err(why) => return refuse(reading, format!("the prior is no density: {why}")),
    };
    reading.notes.extend(notes);
    let parameters = &report.model.parameters;
    let free: Vec<(usize, Symbol)> = parameters
        .iter()
        .cloned()
        .enumerate()
        .filter(|(_, p)| prior.data().any(|d| d.symbol == *p))
        .collect();
    if fisher.matrix.iter().flatten().any(is_open) {
        return refuse(
            reading,
            "the information holds an open integral or sum".to_owned(),
        );
    }
    let symbols: Vec<Symbol> = free.iter().map(|(_, s)| s.clone()).collect();
    let mut judged = prior.clone();
    with_facts_of(&mut judged, &report.model, &symbols);
    let facts = judged.facts.clone();
    if let Some(why) = not_vanishing(&judged) {
        return refuse(reading, why);
    }
    // E[I] under the prior, and J
    let m = free.len();
    let mut found: Vec<Mean> = Vec::new();
    let mut expected = vec![vec![Expr::zero(); m]; m];
    let mut own = vec![vec![Expr::zero(); m]; m];
    for a in 0..m {
        for b in a..m {
            let entry = &fisher.matrix[free[a].0][free[b].0];
            let mean = over_all(&facts, &judged, entry);
            expected[a][b] = mean.value.clone();
            expected[b][a] = mean.value.clone();
            found.push(mean);
        }
    }
    for observation in &judged.observations {
        let density = &observation.density;
        let slopes = density
            .log_density
            .gradient(&symbols)
            .map_err(|e| e.to_string())?;
        let mut claims: Vec<(usize, usize, Expr)> = Vec::new();
        for a in 0..m {
            for b in a..m {
                if !slopes[a].is_zero() && !slopes[b].is_zero() {
                    claims.push((a, b, &slopes[a] * &slopes[b]));
                }
            }
        }
        let products: Vec<Expr> = claims.iter().map(|(_, _, g)| g.clone()).collect();
        let values = means(&facts, density, &[], &products);
        if values.iter().any(|v| v.open) {
            return refuse(
                reading,
                "the information of the prior has no closed form known here".to_owned(),
            );
        }
        let regular = where_finite(&judged, &values);
        for ((a, b, g), mean) in claims.into_iter().zip(&values) {
            own[a][b] = shown(&facts, &mean.value);
            own[b][a] = own[a][b].clone();
            let claim = Claim {
                what: "information of the prior",
                value: &own[a][b],
                means: vec![(density, g)],
            };
            reading.checks.extend(verify::means(&regular, &[claim])?);
        }
        found.extend(values);
    }
    if found.iter().any(|mean| mean.open) {
        return refuse(
            reading,
            "the mean information under the prior has no closed form known here".to_owned(),
        );
    }
    let regular = where_finite(&judged, &found);
    if let [only] = &judged.observations[..] {
        for a in 0..m {
            for b in a..m {
                let entry = &fisher.matrix[free[a].0][free[b].0];
                if entry.contains_any(&symbols) {
                    let claim = Claim {
                        what: "mean information under the prior",
                        value: &expected[a][b],
                        means: vec![(&only.density, entry.clone())],
                    };
                    reading.checks.extend(verify::means(&regular, &[claim])?);
                }
            }
        }
    }
    for condition in open_conditions(&facts, &found) {
        reading
            .regularity
            .findings
            .push(format!("the bound needs {} > 0", condition.text()));
    }
    let total = Matrix::from_fn(m, m, |a, b| {
        shown(&facts, &(&expected[a][b] * asked.count() + &own[a][b]))
    });
    let Ok(Some(inverse)) = total.inverse(&facts) else {
        return refuse(
            reading,
            "the information of data and prior together is singular".to_owned(),
        );
    };
    let functions = if asked.functions.is_empty() {
        symbols.iter().map(|s| Expr::symbol(s.name())).collect()
    } else {
        asked.functions.clone()
    };
    let mut slopes: Vec<Vec<Expr>> = Vec::new();
    for g in &functions {
        let gradient = g.gradient(&symbols).map_err(|e| e.to_string())?;
        let means: Vec<Mean> = gradient
            .iter()
            .map(|e| over_all(&facts, &judged, e))
            .collect();
        if means.iter().any(|mean| mean.open) {
            return refuse(
                reading,
                format!(
                    "the mean slope of {} under the prior has no closed form known here",
                    g.text()
                ),
            );
        }
        slopes.push(means.into_iter().map(|mean| mean.value).collect());
    }
    let entry = |x: &[Expr], y: &[Expr]| {
        let pairs = (0..m).flat_map(|a| (0..m).map(move |b| (a, b)));
        shown(
            &facts,
            &Expr::sum(pairs.map(|(a, b)| &x[a] * &inverse[(a, b)] * &y[b])),
        )
    };
    let rows = slopes
        .iter()
        .map(|x| slopes.iter().map(|y| entry(x, y)).collect())
        .collect();
    let shown_rows = |rows: &[Vec<Expr>]| {
        rows.iter()
            .map(|row| row.iter().map(|e| shown(&facts, e)).collect())
            .collect::<Vec<Vec<Expr>>>()
    };
    let one = Asked::default();
    reading.facts.clone_from(&facts);
    reading.quantities.push(matrix(
        "expected_information",
        "mean information under the prior",
        "\\mathrm{E}_\\pi[\\mathcal{I}]",
        "E[I(θ)] of one observation",
        shown_rows(&expected),
        Closure::Closed,
        &one,
    ));
    reading.quantities.push(matrix(
        "prior_information",
        "information of the prior",
        "J(\\pi)",
        "J = E[∂ log π ∂ log π] in the parameters themselves",
        shown_rows(&own),
        Closure::Closed,
        &one,
    ));
    reading.quantities.push(matrix(
        "bound",
        "van Trees bound",
        "\\mathrm{E}[\\nabla g]^{\\mathsf{T}} (n\\,\\mathrm{E}_\\pi[\\mathcal{I}] + J)^{-1} \\mathrm{E}[\\nabla g]",
        "E(T − g)² ≥ E[∇g]ᵀ (n E[I] + J)⁻¹ E[∇g] over data and prior, for any estimator T",
        rows,
        Closure::Closed,
        asked,
    ));
    let fixed: Vec<&str> = parameters
        .iter()
        .filter(|p| !symbols.contains(p))
        .map(Symbol::name)
        .collect();
    if !fixed.is_empty() {
        reading
            .notes
            .push(format!("held fixed, having no prior: {}", fixed.join(", ")));
    }
    reading.notes.push(
        "a bound on the Bayes risk, not on the variance at each θ; credible is not confidence"
            .to_owned(),
    );
    reading
        .notes
        .push("source: van Trees (1968), Gill & Levit (1995)".to_owned());
    Ok(reading)
}

/// E[g] under independent priors, one after the other.
fn over_all(facts: &Facts, prior: &Model, g: &Expr) -> Mean {
    let mut value = Mean {
        value: g.clone(),
        open: is_open(g),
        positive: Vec::new(),
    };
    for observation in &prior.observations {
        let found = means(
            facts,
            &observation.density,
            &[],
            std::slice::from_ref(&value.value),
        );
        for mean in found {
            value.value = mean.value;
            value.open |= mean.open;
            value.positive.extend(mean.positive);
        }
    }
    value
}

/// Declares what the model says of symbols that the prior does not say.
fn with_facts_of(prior: &mut Model, model: &Model, integrated: &[Symbol]) {
    for (symbol, domain) in model.facts.domains() {
        let datum = model.data().any(|d| d.symbol == *symbol);
        if !datum && !integrated.contains(symbol) && prior.facts.domain(symbol).is_none() {
            prior.facts.declare(symbol.clone(), domain.clone());
        }
    }
    for symbol in model.parameters.iter().chain(&model.known) {
        if !integrated.contains(symbol)
            && !prior.parameters.contains(symbol)
            && !prior.known.contains(symbol)
        {
            prior.known.push(symbol.clone());
        }
    }
}

/// Why the prior does not vanish at a finite end of its support, if it does not.
fn not_vanishing(prior: &Model) -> Option<String> {
    let mut sampler = Sampler::new(prior, 0x7EE5);
    let (mut looked, mut failed, mut example) = (0, 0, String::new());
    for _ in 0..8 {
        let Some(point) = sampler.point() else { break };
        looked += 1;
        let bad = prior
            .observations
            .iter()
            .filter(|o| o.density.single().is_some())
            .find_map(|o| jump(&o.density, &o.density.data[0], &point));
        if let Some(end) = bad {
            failed += 1;
            example = if point.is_empty() {
                format!("at its end {end:.6}")
            } else {
                format!("at its end {end:.6} for {}", point_in_words(&point))
            };
        }
    }
    (looked > 0 && failed == looked).then(|| {
        format!("the prior must vanish at the ends of its support, and it does not {example}")
    })
}

/// A finite end at which the density does not fall to 0.
fn jump(density: &Density, datum: &Datum, point: &[(Symbol, f64)]) -> Option<f64> {
    let value = |x: f64| {
        let mut at = point.to_vec();
        at.push((datum.symbol.clone(), x));
        density.log_density.value_at(&at).exp()
    };
    let ends = [
        (&datum.support.lower.value, 1.0),
        (&datum.support.upper.value, -1.0),
    ];
    ends.into_iter().find_map(|(end, sign)| {
        let end = end.value_at(point);
        if !end.is_finite() {
            return None;
        }
        let scale = end.abs().max(1.0);
        let (far, near) = (
            value(end + sign * 1e-4 * scale),
            value(end + sign * 1e-10 * scale),
        );
        // it must fall as the end is approached
        (near.is_nan() || near > 0.9 * far && near > 1e-12).then_some(end)
    })
}
