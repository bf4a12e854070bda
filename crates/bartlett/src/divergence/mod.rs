//! How far a second law is from a model: Kullback–Leibler, the Fisher divergence in the data, and the distance of the scores.
//! In: a `Report`, a `Versus`. Out: `Reading`. Never: a finite number where the second law does not cover the first.

mod covered;

use crate::closing::{open_conditions, shown, where_finite, zero_means};
use crate::expect::{Mean, is_open, means};
use crate::model::{Density, Model};
use crate::quantity::{Quantity, Value};
use crate::reading::Reading;
use crate::report::{Certificate, Closure, Report};
use crate::verify::{self, Claim};
use crate::versus::Versus;
use bartlett_expr::{Expr, Facts, Symbol, Truth, normal};
pub(crate) use covered::Covered;

/// The divergences from a model to a second one.
///
/// - Kullback–Leibler: E\[log p − log q\] under the model, natural logarithms, one observation of the model.
/// - Fisher divergence: E‖∇ₓ log p − ∇ₓ log q‖², for continuous data.
/// - Score divergence: E\[(s(x; θ) − s(x; θ₂))ᵀ I(θ)⁻¹ (s(x; θ) − s(x; θ₂))\], for two points of one family.
///
/// Source: Kullback & Leibler (1951); Hyvärinen (2005); Amari (2016), ch. 1.
///
/// # Errors
/// Words: a closed form that the numbers contradict.
pub fn divergence(report: &Report, versus: &Versus) -> Result<Reading, String> {
    let mut reading = Reading::of(report);
    reading.refusal = None;
    reading.model.clone_from(&versus.first);
    reading.model.known.clone_from(&report.model.known);
    reading.facts.clone_from(&versus.first.facts);
    reading.regularity.findings.clear();
    reading.checks.clear();
    reading.notes.clone_from(&report.model.notes);
    reading.notes.extend(versus.notes.iter().cloned());
    for note in &report.notes {
        if !reading.notes.contains(note) {
            reading.notes.push(note.clone());
        }
    }
    let pairs = pairs(versus);
    let covered = Covered::of(&versus.first.facts, &pairs);
    let kl = kullback_leibler(report, versus, &pairs, &covered, &mut reading)?;
    reading.quantities.push(kl);
    if let Some(hessian) = second_order(report, versus, &mut reading) {
        reading.quantities.push(hessian);
    }
    let fisher = in_the_data(versus, &pairs, &covered, &mut reading)?;
    reading.quantities.push(fisher);
    let scores = of_the_scores(report, versus, &mut reading)?;
    reading.quantities.push(scores);
    Ok(reading)
}

fn pairs(versus: &Versus) -> Vec<(&Density, &Density)> {
    let of = |model: &'_ Model| -> Vec<usize> { (0..model.observations.len()).collect() };
    of(&versus.first)
        .into_iter()
        .map(|k| {
            (
                &versus.first.observations[k].density,
                &versus.second.observations[k].density,
            )
        })
        .collect()
}

fn total(facts: &Facts, found: &[Mean]) -> (Expr, Closure) {
    let value = Expr::sum(found.iter().map(|m| m.value.clone()));
    let open = found.iter().filter(|m| m.open).count();
    let status = match open {
        0 => Closure::Closed,
        n if n == found.len() => Closure::Numeric,
        _ => Closure::Partial,
    };
    (shown(facts, &value), status)
}

fn conditions_of(facts: &Facts, found: &[Mean], notes: &mut Vec<String>, what: &str) {
    let conditions: Vec<String> = open_conditions(facts, found)
        .iter()
        .map(|c| format!("{} > 0", c.text()))
        .collect();
    if !conditions.is_empty() {
        notes.push(format!(
            "{what} is finite where {}",
            conditions.join(" and ")
        ));
    }
}

fn kullback_leibler(
    report: &Report,
    versus: &Versus,
    pairs: &[(&Density, &Density)],
    covered: &Covered,
    reading: &mut Reading,
) -> Result<Quantity, String> {
    let facts = &versus.first.facts;
    let quantity = |value: Value, status| Quantity {
        definition:
            "E[log p − log q] under the model p, from it to the second law q; natural logarithms"
                .to_owned(),
        status,
        ..Quantity::closed(
            "kullback_leibler",
            "Kullback–Leibler divergence",
            "D_{\\mathrm{KL}}(p \\,\\|\\, q)",
            value,
        )
    };
    if let Covered::Never(why) = covered {
        reading.notes.push(format!(
            "the Kullback–Leibler divergence is infinite: {why}"
        ));
        return Ok(quantity(Value::Scalar(Expr::infinity()), Closure::Closed));
    }
    let parameters = &report.model.parameters;
    let mut found = Vec::new();
    let mut integrands = Vec::new();
    for (p, q) in pairs {
        let g = &p.log_density - &q.log_density;
        let zero = zero_means(p, parameters);
        found.extend(means(facts, p, &zero, std::slice::from_ref(&g)));
        integrands.push((*p, g));
    }
    conditions_of(
        facts,
        &found,
        &mut reading.notes,
        "the Kullback–Leibler divergence",
    );
    let (value, status) = total(facts, &found);
    if status == Closure::Closed {
        let mut judged = versus.first.clone();
        if let Covered::Where(conditions) = covered {
            assume(&mut judged.facts, conditions);
        }
        let claim = Claim {
            what: "Kullback–Leibler divergence",
            value: &value,
            means: integrands,
        };
        reading.checks.extend(verify::means(&judged, &[claim])?);
    }
    let value = match covered {
        Covered::Where(conditions) => {
            reading.notes.push("the Kullback–Leibler divergence is infinite where the second law does not cover the support of the model".to_owned());
            Expr::cases(
                Expr::all(conditions.iter().cloned()),
                value,
                Expr::infinity(),
            )
        }
        _ => value,
    };
    Ok(quantity(Value::Scalar(value), status))
}

fn assume(facts: &mut Facts, conditions: &[Expr]) {
    for condition in conditions {
        if let bartlett_expr::Kind::Compare(_, low, high) = condition.kind() {
            facts.assume_nonnegative(high - low);
        }
    }
}

/// The Hessian of the Kullback–Leibler divergence in the second point, at the model: the information.
fn second_order(report: &Report, versus: &Versus, reading: &mut Reading) -> Option<Quantity> {
    let fisher = report.fisher.as_ref()?;
    let point = versus.point.as_ref()?;
    let Value::Scalar(kl) = &reading.quantities.first()?.value else {
        return None;
    };
    if is_open(kl) || kl.any_node(&|n| matches!(n.kind(), bartlett_expr::Kind::If(..))) {
        return None;
    }
    let parameters = &report.model.parameters;
    let moved: Vec<(usize, Symbol)> = point
        .iter()
        .enumerate()
        .filter_map(|(i, value)| Some((i, value.as_symbol()?.clone())))
        .filter(|(_, symbol)| !parameters.contains(symbol))
        .collect();
    let symbols: Vec<Symbol> = moved.iter().map(|(_, s)| s.clone()).collect();
    let changed = point
        .iter()
        .zip(parameters)
        .filter(|(value, p)| value.as_symbol() != Some(p))
        .count();
    if symbols.is_empty() || symbols.len() != changed {
        return None;
    }
    let hessian = kl.hessian(&symbols).ok()?;
    let back = moved
        .iter()
        .map(|(i, s)| (Expr::symbol(s.name()), Expr::symbol(parameters[*i].name())))
        .collect();
    let facts = &versus.first.facts;
    let mut rows = Vec::new();
    for (row, (i, _)) in hessian.iter().zip(&moved) {
        let mut line = Vec::new();
        for (entry, (j, _)) in row.iter().zip(&moved) {
            let at_the_model = entry.substitute(&back);
            let information = &fisher.matrix[*i][*j];
            if is_open(information)
                || normal::is_zero(facts, &(at_the_model - information)) != Truth::Yes
            {
                return None;
            }
            line.push(information.clone());
        }
        rows.push(line);
    }
    let names: Vec<&str> = symbols.iter().map(Symbol::name).collect();
    reading.notes.push(format!(
        "the second derivatives of the Kullback–Leibler divergence in {} at the model are the Fisher information: it is δᵀ I δ/2 up to third order in the step δ",
        names.join(", ")
    ));
    Some(Quantity {
        definition: "second derivatives of the divergence above in the second point, at the model: the information"
            .to_owned(),
        ..Quantity::closed(
            "kullback_leibler_hessian",
            "second-order term",
            "\\nabla_2^2 D_{\\mathrm{KL}}",
            Value::Table(rows),
        )
    })
}

fn in_the_data(
    versus: &Versus,
    pairs: &[(&Density, &Density)],
    covered: &Covered,
    reading: &mut Reading,
) -> Result<Quantity, String> {
    let facts = &versus.first.facts;
    let absent = |reading: &mut Reading, why: &str| {
        reading.notes.push(format!("no Fisher divergence: {why}"));
        Ok(Quantity::absent("fisher_divergence"))
    };
    if pairs.iter().any(|(p, _)| {
        p.data
            .iter()
            .any(|d| d.support.is_discrete() || !d.atoms.is_empty())
    }) {
        return absent(
            reading,
            "it takes derivatives in the data, which are discrete or have atoms here",
        );
    }
    if !matches!(covered, Covered::Always) {
        return absent(
            reading,
            "the second law does not cover the support of the model for all values",
        );
    }
    let mut found = Vec::new();
    let mut integrands = Vec::new();
    for (p, q) in pairs {
        let data: Vec<Symbol> = p.data.iter().map(|d| d.symbol.clone()).collect();
        let Ok(slopes) = (&p.log_density - &q.log_density).gradient(&data) else {
            return absent(reading, "a derivative in the data has no formula");
        };
        let mut wide = facts.clone();
        for datum in &p.data {
            wide.declare(datum.symbol.clone(), datum.support.clone());
        }
        let slopes: Vec<Expr> = slopes
            .iter()
            .map(|g| normal::simplified(&wide, g))
            .collect();
        let g = Expr::sum(slopes.iter().map(|slope| slope.powi(2)));
        let zero = zero_means(p, &versus.first.parameters);
        found.extend(means(facts, p, &zero, std::slice::from_ref(&g)));
        integrands.push((*p, g));
    }
    if found
        .iter()
        .any(|m| m.positive.iter().any(|c| facts.is_positive(c) == Truth::No))
    {
        return absent(reading, "the expectation diverges");
    }
    conditions_of(facts, &found, &mut reading.notes, "the Fisher divergence");
    let (value, status) = total(facts, &found);
    if status == Closure::Closed {
        let claim = Claim {
            what: "Fisher divergence",
            value: &value,
            means: integrands,
        };
        let judged = where_finite(&versus.first, &found);
        let mut checks = verify::means(&judged, &[claim])?;
        if let Some(why) = unjudged(&mut checks) {
            return absent(reading, &why);
        }
        reading.checks.extend(checks);
    }
    Ok(Quantity {
        definition:
            "E‖∇ₓ log p − ∇ₓ log q‖² under the model p: slopes in the data, without a factor 1/2"
                .to_owned(),
        status,
        ..Quantity::closed(
            "fisher_divergence",
            "Fisher divergence",
            "D_{\\mathrm{F}}(p \\,\\|\\, q)",
            Value::Scalar(value),
        )
    })
}

/// Takes certificates that say nothing out; the reason if there was one.
fn unjudged(checks: &mut Vec<Certificate>) -> Option<String> {
    let bad = checks.iter().position(|c| !c.ok)?;
    Some(checks.swap_remove(bad).what)
}

fn of_the_scores(
    report: &Report,
    versus: &Versus,
    reading: &mut Reading,
) -> Result<Quantity, String> {
    let key = "score_divergence";
    let facts = &versus.first.facts;
    let absent = |reading: &mut Reading, why: &str| {
        reading
            .notes
            .push(format!("no divergence of the scores: {why}"));
        Ok(Quantity::absent(key))
    };
    if versus.point.is_none() {
        return absent(reading, "two laws have no common parameters");
    }
    let Some(inverse) = &report.crb else {
        return absent(reading, "the model has no inverse information");
    };
    if inverse.matrix.iter().flatten().any(is_open) {
        return absent(
            reading,
            "the inverse information holds open integrals or sums",
        );
    }
    let parameters = &report.model.parameters;
    let point = versus.point.as_deref().unwrap_or_default();
    let back = parameters
        .iter()
        .map(|p| Expr::symbol(p.name()))
        .zip(point.iter().cloned())
        .collect();
    let p = parameters.len();
    let mut terms: Vec<Mean> = Vec::new();
    let mut integrands = Vec::new();
    for observation in &versus.first.observations {
        // Independent observations: the difference of the scores adds, and so do variances and means; one at a time is not enough.
        if versus.first.observations.len() > 1 {
            return absent(
                reading,
                "it is given for one observation; this model has several",
            );
        }
        let density = &observation.density;
        let Ok(score) = density.log_density.gradient(parameters) else {
            return absent(reading, "the score has no formula");
        };
        let differences: Vec<Expr> = score.iter().map(|s| s - s.substitute(&back)).collect();
        let zero = zero_means(density, parameters);
        let mut products = Vec::new();
        let mut weights = Vec::new();
        for i in 0..p {
            for j in i..p {
                if inverse.matrix[i][j].is_zero() {
                    continue;
                }
                products.push(&differences[i] * &differences[j]);
                let twice = if i == j { 1 } else { 2 };
                weights.push(&inverse.matrix[i][j] * twice);
            }
        }
        let found = means(facts, density, &zero, &products);
        let whole = Expr::sum(weights.iter().zip(&products).map(|(w, g)| w * g));
        integrands.push((density, whole));
        terms.extend(found.into_iter().zip(&weights).map(|(m, w)| Mean {
            value: w * m.value,
            ..m
        }));
    }
    if terms
        .iter()
        .any(|m| m.positive.iter().any(|c| facts.is_positive(c) == Truth::No))
    {
        return absent(reading, "the expectation diverges");
    }
    conditions_of(
        facts,
        &terms,
        &mut reading.notes,
        "the divergence of the scores",
    );
    let (value, status) = total(facts, &terms);
    if status == Closure::Closed && !value.may_vary() && !value.value_at(&[]).is_finite() {
        return absent(reading, "the expectation diverges");
    }
    if status == Closure::Closed {
        let claim = Claim {
            what: "divergence of the scores",
            value: &value,
            means: integrands,
        };
        let mut checks = verify::means(&where_finite(&versus.first, &terms), &[claim])?;
        if let Some(why) = unjudged(&mut checks) {
            return absent(reading, &why);
        }
        reading.checks.extend(checks);
    }
    Ok(Quantity {
        definition: "E[dᵀ I⁻¹ d] under the model p; d: its score less that at the second point, I at the model".to_owned(),
        status,
        ..Quantity::closed(
            key,
            "divergence of the scores",
            "\\mathrm{E}\\,\\lVert s_p - s_q \\rVert^2_{\\mathcal{I}^{-1}}",
            Value::Scalar(value),
        )
    })
}
