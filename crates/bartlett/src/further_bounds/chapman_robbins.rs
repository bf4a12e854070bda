//! The Chapman–Robbins bound: no derivative and no fixed support are needed.
//! In: a `Report` (also of a refused model), functions of the parameters. Out: `Reading`. Never: a step to a law that the model does not cover.

use super::stationary::{Search, best};
use super::{Asked, matrix, reading};
use crate::closing::{open_conditions, shown, where_finite};
use crate::divergence::Covered;
use crate::expect::{Mean, means};
use crate::model::{Density, Model};
use crate::quantity::{Label, Quantity, Value};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use crate::verify::{self, Claim};
use crate::versus::Versus;
use bartlett_expr::{Domain, Expr, Number, Symbol};

/// Var T ≥ (g(θ + δ) − g(θ))² / χ²(p_{θ+δ} ‖ p_θ) for each unbiased T of g and each step δ of one parameter; the largest over δ.
///
/// Source: Hammersley (1950); Chapman & Robbins (1951); Lehmann & Casella (1998), ch. 2 §5.
///
/// # Errors
/// Words: a density that is none, or a closed form that the numbers contradict.
pub fn chapman_robbins(report: &Report, asked: &Asked) -> Result<Reading, String> {
    let model = &report.model;
    let mut reading = reading(report, asked);
    reading.checks.clear();
    let delta = fresh(model, asked);
    let (mut values, mut labels, mut largest) = (Vec::new(), Vec::new(), Vec::new());
    let mut status = Closure::Closed;
    let mut whole = true;
    for (i, parameter) in model.parameters.iter().enumerate() {
        let step = Expr::symbol(delta.name());
        let moved = Expr::symbol(parameter.name()) + &step;
        let versus = Versus::point(model, &[(parameter.clone(), moved.clone())])
            .map_err(|e| e.to_string())?;
        let mut versus = versus;
        if let Some(n) = asked.count().as_symbol()
            && !versus.first.known.contains(n)
        {
            let counts = Domain::integers(Expr::one(), Expr::infinity(), Number::ONE);
            versus.first.known.push(n.clone());
            versus.first.facts.declare(n.clone(), counts);
        }
        for note in &versus.notes {
            if !reading.notes.contains(note) {
                reading.notes.push(note.clone());
            }
        }
        let Some(square) = chi_square(&versus, parameter, &mut reading)? else {
            whole = false;
            continue;
        };
        if square.open {
            status = Closure::Numeric;
        }
        let functions = if asked.functions.is_empty() {
            vec![Expr::symbol(parameter.name())]
        } else {
            asked.functions.clone()
        };
        for g in &functions {
            let facts = &square.versus.first.facts;
            let gain = g.replace(parameter, &moved) - g;
            let below = square.value.power(&asked.count()) - 1;
            let value = gain.powi(2) / below;
            let value = if square.open {
                value
            } else {
                shown(facts, &value)
            };
            labels.push(Label::symbol(parameter).around("", &format!(" + {}", delta.name())));
            let limit = limit(report, asked, g, i);
            let search = Search {
                versus: &square.versus,
                delta: &delta,
                value: &value,
                limit: limit.as_ref(),
                conditions: &square.conditions,
            };
            if square.open {
                largest.push(limit);
            } else {
                let found = best(&search);
                reading.notes.push(format!(
                    "moving {parameter}{}: {}",
                    if functions.len() > 1 {
                        format!(" (for {})", g.text())
                    } else {
                        String::new()
                    },
                    found.words
                ));
                largest.push(found.value);
            }
            values.push(value);
        }
    }
    if values.is_empty() {
        let why = reading.notes.pop().into_iter().collect();
        return Ok(reading.refused("there is no Chapman–Robbins bound", why));
    }
    reading.quantities.push(
        Quantity {
            definition: "(g(θ + δ) − g(θ))²/χ² for each step δ; χ² + 1 = E[(p(x; θ + δ)/p(x; θ))²]"
                .to_owned(),
            labels,
            status,
            ..Quantity::closed(
                "chapman_robbins",
                "Chapman–Robbins bound at a step δ",
                "B(\\delta)",
                Value::Vector(values),
            )
        }
        .of_sample(asked.observations.as_ref()),
    );
    let largest: Option<Vec<Expr>> = largest.into_iter().collect();
    match largest {
        Some(best) if whole => reading.quantities.push(matrix(
            "bound",
            "Chapman–Robbins bound",
            "\\sup_\\delta B(\\delta)",
            "the variance of an unbiased estimator is at least this; one parameter moves at a time",
            best.into_iter().map(|e| vec![e]).collect(),
            Closure::Closed,
            asked,
        )),
        _ => reading.quantities.push(Quantity::absent("bound")),
    }
    if model.parameters.len() > 1 {
        reading.notes.push("each bound moves one parameter and holds the others: it holds whether they are known or not".to_owned());
    }
    reading
        .notes
        .push("source: Chapman & Robbins (1951), Hammersley (1950)".to_owned());
    if report.is_refused() {
        reading
            .notes
            .push("the model has no Fisher information; this bound needs none".to_owned());
    }
    Ok(reading)
}

/// A name for the step that nothing else has.
fn fresh(model: &Model, asked: &Asked) -> Symbol {
    let taken = |name: &str| {
        let symbol = Symbol::new(name);
        model.parameters.contains(&symbol)
            || model.known.contains(&symbol)
            || model.data().any(|d| d.symbol == symbol)
            || asked.count().contains(&symbol)
    };
    let mut name = "delta".to_owned();
    while taken(&name) {
        name.push('_');
    }
    Symbol::new(&name)
}

struct Square {
    /// χ² + 1
    value: Expr,
    open: bool,
    /// Facts with what is needed of δ.
    versus: Versus,
    /// What must be positive.
    conditions: Vec<Expr>,
}

/// χ² + 1 = Π E_q[q/p], q the moved law; nothing, and a note, where the model does not cover it.
fn chi_square(
    versus: &Versus,
    parameter: &Symbol,
    reading: &mut Reading,
) -> Result<Option<Square>, String> {
    let mut versus = versus.clone();
    let first = versus.first.clone();
    let pairs: Vec<(&Density, &Density)> = versus
        .second
        .observations
        .iter()
        .zip(&first.observations)
        .map(|(q, p)| (&q.density, &p.density))
        .collect();
    let mut conditions = Vec::new();
    match Covered::of(&first.facts, &pairs) {
        Covered::Always => {}
        Covered::Where(needed) => {
            let words: Vec<String> = needed.iter().map(Expr::text).collect();
            reading.notes.push(format!(
                "moving {parameter}: only steps with {} are allowed, where the model covers the moved law",
                words.join(" and ")
            ));
            for condition in &needed {
                if let bartlett_expr::Kind::Compare(_, low, high) = condition.kind() {
                    conditions.push(high - low);
                    versus.first.facts.assume_nonnegative(high - low);
                }
            }
        }
        Covered::Never(why) => {
            reading
                .notes
                .push(format!("moving {parameter}: no step is allowed, {why}"));
            return Ok(None);
        }
    }
    let facts = versus.first.facts.clone();
    let mut found: Vec<Mean> = Vec::new();
    let mut claims = Vec::new();
    for (q, p) in &pairs {
        let ratio = (&q.log_density - &p.log_density).exp();
        let mean = means(&facts, q, &[], std::slice::from_ref(&ratio))
            .into_iter()
            .next()
            .unwrap_or_else(|| unreachable!("one function has one mean"));
        claims.push((*q, ratio));
        found.push(mean);
    }
    let open = found.iter().any(|m| m.open);
    if !open {
        let judged = where_finite(&versus.first, &found);
        for (mean, claim) in found.iter().zip(claims) {
            let claim = Claim {
                what: "χ² + 1",
                value: &mean.value,
                means: vec![claim],
            };
            reading.checks.extend(verify::means(&judged, &[claim])?);
        }
    }
    let needed = open_conditions(&facts, &found);
    if !needed.is_empty() {
        let words: Vec<String> = needed.iter().map(|c| format!("{} > 0", c.text())).collect();
        reading.notes.push(format!(
            "moving {parameter}: χ² is finite where {}; elsewhere the step says nothing",
            words.join(" and ")
        ));
        conditions.extend(needed);
    }
    Ok(Some(Square {
        value: Expr::product(found.into_iter().map(|m| m.value)),
        open,
        versus,
        conditions,
    }))
}

/// The limit δ → 0: (∂g/∂θ_i)²/(n I_ii), where there is an information.
fn limit(report: &Report, asked: &Asked, g: &Expr, i: usize) -> Option<Expr> {
    let fisher = report.fisher.as_ref()?;
    let slope = g.derivative(&report.model.parameters[i]).ok()?;
    let value = slope.powi(2) / (&fisher.matrix[i][i] * asked.count());
    Some(shown(&report.model.facts, &value))
}
