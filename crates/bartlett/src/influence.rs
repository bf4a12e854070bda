//! The influence function I⁻¹s(x) of the maximum-likelihood estimator, and its asymptotic covariance.
//! In: a `Report`. Out: a `Reading`. Never: "bounded" where the tails were not looked at.

use crate::agreement::{Claim, agree, is_open, matrix_at, values_at, with_data_as_known};
use crate::bound::printed;
use crate::check::{Point, Sampler};
use crate::model::Model;
use crate::numeric;
use crate::quantity::{Label, Quantity, Value};
use crate::reading::Reading;
use crate::report::Report;
use bartlett_expr::{Domain, Expr, Kind, Matrix, Symbol};

/// I⁻¹s(x): θ̂ − θ is, to first order, the mean of the influence of the observations.
///
/// - Shape: one entry a parameter, in order; units of the parameter; for one observation.
/// - Source: Hampel (1974); van der Vaart (1998), §5.3.
#[must_use]
pub fn influence(report: &Report) -> Reading {
    let mut reading = Reading::of(report);
    let Some(entries) = directions(report, &mut reading, "influence") else {
        return reading;
    };
    if !certified(report, &entries, &mut reading, "influence") {
        return reading;
    }
    let status = report
        .crb
        .as_ref()
        .map_or(crate::report::Closure::Closed, |crb| crb.status);
    reading
        .regularity
        .findings
        .extend(sensitivity(report, &entries));
    let parameters = report.model.parameters.iter();
    let labels = parameters.map(|s| label(s, &report.model)).collect();
    reading.quantities.push(Quantity {
        labels,
        definition: "I⁻¹ s(x): the maximum-likelihood estimator is θ + the mean of these over the sample, to first order".to_owned(),
        status,
        ..Quantity::closed(
            "influence",
            "influence function",
            "\\operatorname{IF}",
            Value::Vector(entries),
        )
    });
    if let Some(crb) = &report.crb {
        reading.quantities.push(Quantity {
            definition: "E[IF IFᵀ] = I⁻¹: n times the covariance of the maximum-likelihood estimator, as n → ∞".to_owned(),
            status,
            ..Quantity::closed(
                "asymptotic_covariance",
                "asymptotic covariance",
                "\\mathbb{E}\\left[\\operatorname{IF} \\operatorname{IF}^\\top\\right]",
                Value::Matrix(crb.matrix.clone()),
            )
        });
    }
    reading
}

/// The parameter; `IF_θ(x)` in mathematics.
pub(crate) fn label(parameter: &Symbol, model: &Model) -> Label {
    let data: Vec<String> = model
        .data()
        .map(|d| Expr::symbol(d.symbol.name()).latex())
        .collect();
    let name = Label::symbol(parameter);
    Label {
        latex: format!(
            "\\operatorname{{IF}}_{{{}}}({})",
            name.latex,
            data.join(", ")
        ),
        ..name
    }
}

/// I⁻¹s, or the reading refused.
pub(crate) fn directions(
    report: &Report,
    reading: &mut Reading,
    key: &'static str,
) -> Option<Vec<Expr>> {
    let refuse = |reading: &mut Reading, why: Vec<String>| {
        reading.quantities.push(Quantity::absent(key));
        if reading.refusal.is_none() {
            *reading = reading
                .clone()
                .refused("the information has no inverse", why);
        }
    };
    let Some(crb) = &report.crb else {
        let why = report.regularity.findings.clone();
        refuse(reading, Vec::new());
        if let Some(refusal) = &mut reading.refusal {
            refusal.why = why;
        }
        return None;
    };
    let facts = &report.model.facts;
    let inverse = Matrix::from_rows(crb.matrix.clone())?;
    let score = Matrix::column(report.score.clone());
    match inverse.product(facts, &score) {
        Ok(product) => Some(
            product
                .entries()
                .iter()
                .map(|entry| printed(facts, entry))
                .collect(),
        ),
        Err(e) => {
            refuse(reading, vec![e.to_string()]);
            None
        }
    }
}

/// Compares with differences of the log-density and the numeric solution; `false` where the reading was refused.
pub(crate) fn certified(
    report: &Report,
    entries: &[Expr],
    reading: &mut Reading,
    key: &'static str,
) -> bool {
    let Some(fisher) = &report.fisher else {
        return true;
    };
    let log_density = Expr::sum(
        report
            .completed
            .observations
            .iter()
            .map(|o| o.density.log_density.clone()),
    );
    // Rows of a repetition have no number to put in.
    let indexed = |e: &Expr| e.any_node(&|node| matches!(node.kind(), Kind::Indexed(..)));
    if entries.iter().any(is_open) || is_open(&log_density) || indexed(&log_density) {
        return true;
    }
    let everywhere = with_data_as_known(&report.completed);
    let parameters = &report.model.parameters;
    let claim = Claim {
        what: "I⁻¹s against differences of the log-density",
        formulas: entries,
        model: &everywhere,
    };
    let checks = agree(&claim, &mut |point| {
        let places: Vec<usize> = parameters
            .iter()
            .map(|s| point.iter().position(|(name, _)| name == s))
            .collect::<Option<_>>()?;
        let at: Vec<f64> = places.iter().map(|k| point[*k].1).collect();
        let mut value = |values: &[f64]| {
            let mut moved = point.clone();
            for (k, value) in places.iter().zip(values) {
                moved[*k].1 = *value;
            }
            values_at(std::slice::from_ref(&log_density), &moved)
        };
        let gradient = numeric::jacobian(&mut value, &at)?;
        let information = matrix_at(&fisher.matrix, point);
        let solution = numeric::solve(&information, &numeric::transpose(&gradient))?;
        // Differences of a log-density of this size are no sharper.
        let size = value(&at)[0].abs();
        let values = solution.into_iter().map(|row| (row[0], 1e-11 * size));
        Some((point.clone(), values.collect()))
    });
    match checks {
        Ok(checks) => {
            reading.checks.extend(checks);
            true
        }
        Err(wrong) => {
            reading.quantities.push(Quantity::absent(key));
            *reading = reading
                .clone()
                .refused("the answer failed a numeric check", vec![wrong]);
            false
        }
    }
}

/// Is the influence bounded over the data? One finding for all parameters of which the same is known.
fn sensitivity(report: &Report, entries: &[Expr]) -> Vec<String> {
    let data: Vec<_> = report.completed.data().collect();
    let [datum] = &data[..] else {
        return Vec::new();
    };
    let (mut bounded, mut unbounded) = (Vec::new(), Vec::new());
    for (parameter, entry) in report.model.parameters.iter().zip(entries) {
        match is_bounded(report, &datum.symbol, &datum.support, entry) {
            Some(true) => bounded.push(parameter.name()),
            Some(false) => unbounded.push(parameter.name()),
            None => {}
        }
    }
    let mut findings = Vec::new();
    if !unbounded.is_empty() {
        findings.push(format!(
            "the gross-error sensitivity for {} is infinite: one observation can move the estimate by any amount",
            unbounded.join(", ")
        ));
    }
    if !bounded.is_empty() {
        findings.push(format!(
            "the gross-error sensitivity for {} is finite: the influence is bounded in {}",
            bounded.join(", "),
            datum.symbol
        ));
    }
    findings
}

/// Steps towards an end.
const STEPS: i32 = 10;

/// Does |entry| stay bounded over the support? The same answer at several points of the parameters, or none.
fn is_bounded(report: &Report, datum: &Symbol, support: &Domain, entry: &Expr) -> Option<bool> {
    let mut sampler = Sampler::new(&report.model, 0xB0);
    let mut answers = Vec::new();
    for _ in 0..3 {
        let point = sampler.point()?;
        answers.push(bounded_at(&point, datum, support, entry)?);
    }
    let first = *answers.first()?;
    answers.iter().all(|a| *a == first).then_some(first)
}

fn bounded_at(point: &Point, datum: &Symbol, support: &Domain, entry: &Expr) -> Option<bool> {
    let (lower, upper) = (
        support.lower.value.value_at(point),
        support.upper.value.value_at(point),
    );
    let whole = support.is_discrete();
    let value = |x: f64| {
        let mut at = point.clone();
        at.push((datum.clone(), if whole { x.round() } else { x }));
        values_at(std::slice::from_ref(entry), &at)[0].abs()
    };
    if whole && lower.is_finite() && upper.is_finite() {
        return Some(true);
    }
    let middle = match (lower.is_finite(), upper.is_finite()) {
        (true, true) => lower + (upper - lower) / 2.0,
        (true, false) => lower + 1.0,
        (false, true) => upper - 1.0,
        (false, false) => 0.0,
    };
    let mut grows = false;
    for (end, side) in [(lower, -1.0), (upper, 1.0)] {
        if whole && end.is_finite() {
            continue;
        }
        // Values on the way to the end, by decades of the distance.
        let step = if end.is_finite() { 1 } else { 3 };
        let way: Vec<f64> = (1..=STEPS)
            .map(|k| {
                let decades = f64::from(k * step);
                let x = if end.is_finite() {
                    end - side * (end - middle).abs() * 10_f64.powf(-decades)
                } else {
                    middle + side * 10_f64.powf(decades)
                };
                value(x)
            })
            .filter(|v| !v.is_nan())
            .collect();
        let [.., third, second, last] = way[..] else {
            return None;
        };
        let settled = (last - second).abs() <= 1e-3 * last.abs().max(1e-12)
            && (second - third).abs() <= 1e-2 * last.abs().max(1e-12);
        let falling = last <= second && second <= third;
        let rising = last > second && second > third && last > 1.001 * second;
        if rising || last.is_infinite() {
            grows = true;
        } else if !settled && !falling {
            return None;
        }
    }
    if grows {
        return Some(false);
    }
    // Inside: no value without bound on a fine grid.
    let inside = (1..400).all(|k| {
        let u = f64::from(k) / 400.0;
        let x = match (lower.is_finite(), upper.is_finite()) {
            (true, true) => lower + (upper - lower) * u,
            (true, false) => lower + u / (1.0 - u) * 4.0,
            (false, true) => upper - u / (1.0 - u) * 4.0,
            (false, false) => (u - 0.5) / (u * (1.0 - u)) * 4.0,
        };
        value(x).is_finite()
    });
    inside.then_some(true)
}
