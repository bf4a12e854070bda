//! Whether the bound is attained: T = g + J I⁻¹ s is free of the parameters exactly where an unbiased estimator attains it.
//! In: a `Report`, a bound. Out: findings. Never: "attained" without a proof, or "not attained" without a number.

use super::Bounded;
use crate::agreement::{is_nonzero_somewhere, is_open, with_data_as_known};
use crate::check::Sampler;
use crate::expect::{by_zero_mean_score, prepared};
use crate::reading::Reading;
use crate::report::Report;
use bartlett_expr::{Expr, Number, Symbol, Truth, normal, operations, present};

/// What was found of one function.
enum Attainment {
    /// By this statistic of one observation; its mean attains it for n.
    By(Expr),
    /// By none.
    Never,
    /// Not decided.
    Unknown,
}

/// More operations than this are not taken apart.
const LARGEST: usize = 400;

/// Says for each function what attains its bound.
pub(super) fn findings(
    report: &Report,
    found: &Bounded,
    observations: Option<&Expr>,
    reading: &mut Reading,
) {
    if report.score.iter().any(is_open) {
        return;
    }
    let everywhere = with_data_as_known(&report.model);
    let mut never: Vec<String> = Vec::new();
    for i in 0..found.functions.len() {
        let name = found.functions[i].text();
        match attainment(report, &everywhere, found, i) {
            Attainment::By(statistic) => {
                let mean = if observations.is_some() {
                    "the mean of "
                } else {
                    ""
                };
                let bias = if found.means[i] == found.functions[i] {
                    format!("unbiased for {name}")
                } else {
                    format!("of mean {}", found.means[i].text())
                };
                reading.regularity.findings.push(format!(
                    "the bound for {name} is attained by {mean}{}, which is {bias}",
                    statistic.text()
                ));
            }
            Attainment::Never => never.push(name),
            Attainment::Unknown => {}
        }
    }
    if never.is_empty() {
        return;
    }
    let kind = if found.means == found.functions {
        "unbiased estimator"
    } else {
        "estimator with this bias"
    };
    reading.regularity.findings.push(format!(
        "no {kind} of {} attains its bound",
        never.join(" or of ")
    ));
    if report.model.parameters.len() == 1
        && let Some(finding) = efficient(report)
    {
        reading.regularity.findings.push(finding);
    }
}

fn attainment(
    report: &Report,
    everywhere: &crate::model::Model,
    found: &Bounded,
    i: usize,
) -> Attainment {
    let facts = &everywhere.facts;
    let steps = (0..report.score.len()).map(|j| &found.solution[(j, i)] * &report.score[j]);
    let statistic = &found.means[i] + Expr::sum(steps);
    if operations(&statistic) > LARGEST {
        return Attainment::Unknown;
    }
    let Ok(slopes) = statistic.gradient(&report.model.parameters) else {
        return Attainment::Unknown;
    };
    if slopes
        .iter()
        .any(|slope| is_nonzero_somewhere(everywhere, slope))
    {
        return Attainment::Never;
    }
    let free = |slope: &Expr| normal::is_zero(facts, slope) == Truth::Yes;
    if !slopes.iter().all(free) {
        return Attainment::Unknown;
    }
    let statistic = normal::simplified(facts, &statistic);
    if statistic.contains_any(&report.model.parameters) {
        return Attainment::Unknown;
    }
    Attainment::By(present(facts, &statistic))
}

/// One parameter: s = a(θ)(T − g(θ)), where the model is an exponential family; T and g.
fn efficient(report: &Report) -> Option<String> {
    let parameter = report.model.parameters.first()?;
    let score = report.score.first()?;
    let facts = &report.model.facts;
    let data: Vec<Symbol> = report.model.data().map(|d| d.symbol.clone()).collect();
    let value = handy_value(report, parameter)?;
    let at = prepared(facts, &score.replace(parameter, &value));
    let whole = prepared(facts, score);
    // T up to a constant and a factor: the parts of the score at one value that hold data, as they stand and expanded.
    let held = |form: &Expr| {
        let held = form
            .summands()
            .into_iter()
            .filter(|term| term.contains_any(&data));
        without_factors(&normal::factored(&Expr::sum(held)), &data)
    };
    let named = |statistic: Expr| {
        let (constant, slopes) = by_zero_mean_score(
            std::slice::from_ref(&prepared(facts, &statistic)),
            std::slice::from_ref(&whole),
            &data,
        )
        .into_iter()
        .next()??;
        let slope = slopes.into_iter().next()?;
        let mean = normal::simplified(facts, &(-constant / &slope));
        (!mean.contains_any(&data) && !slope.contains_any(&data))
            .then_some((statistic, mean, slope))
    };
    let plain = held(&normal::expanded(&at));
    let square = squared(&plain, &data);
    let (statistic, mean, slope) = [plain, held(&present(facts, &at))]
        .into_iter()
        .chain(square)
        .filter_map(named)
        .min_by_key(|(statistic, mean, _)| operations(statistic) + operations(mean))?;
    let mean = present(facts, &mean);
    let slope = present(facts, &normal::simplified(facts, &slope));
    let statistic = present(facts, &statistic);
    Some(format!(
        "only functions linear in {} have an efficient estimator: s = a·(T − g) with T = {}, g = {}, a = {}",
        mean.text(),
        statistic.text(),
        mean.text(),
        slope.text()
    ))
}

/// A simple number inside the domain of the parameter.
fn handy_value(report: &Report, parameter: &Symbol) -> Option<Expr> {
    let inside = |value: &Expr| {
        let facts = &report.model.facts;
        facts.domain(parameter).is_none_or(|domain| {
            let above = facts.is_positive(&(value - &domain.lower.value)) == Truth::Yes;
            let below = facts.is_positive(&(&domain.upper.value - value)) == Truth::Yes;
            above && below
        })
    };
    let candidates = [
        Expr::one(),
        Expr::ratio(1, 2),
        Expr::zero(),
        Expr::integer(2),
        Expr::integer(3),
        Expr::ratio(-1, 2),
        Expr::integer(-1),
    ];
    if let Some(value) = candidates.into_iter().find(inside) {
        return Some(value);
    }
    let mut sampler = Sampler::new(&report.model, 5);
    let point = sampler.point()?;
    let (_, value) = point.iter().find(|(name, _)| name == parameter)?;
    let rounded = Expr::number(Number::ratio((value * 64.0).round() as i64, 64));
    Some(rounded)
}

/// The product of the factors that hold data.
fn without_factors(e: &Expr, data: &[Symbol]) -> Expr {
    let parts = e.factors().into_iter().filter(|f| f.contains_any(data));
    let product = Expr::product(parts);
    // A sign in front is no part of a statistic.
    let (number, rest) = product.as_coefficient();
    if number.is_zero() { product } else { rest }
}

/// (x − m)² for a quadratic in one datum.
fn squared(e: &Expr, data: &[Symbol]) -> Option<Expr> {
    let [datum] = data else { return None };
    let first = e.derivative(datum).ok()?;
    let second = normal::cancelled(&first.derivative(datum).ok()?);
    if second.is_zero() || second.contains(datum) {
        return None;
    }
    Some(normal::cancelled(&(first / second)).powi(2))
}
