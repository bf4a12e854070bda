//! Integrals of the tables that are no kernels, as functions of the datum whose expectation is known.
//! In: a density as a chart, factors of denominators. Out: functions with their expectations. Never: a family's name; a constant that is only likely.

use super::chart::{Chart, prepared};
use super::collect::terms;
use super::path::infinite;
use bartlett_expr::normal::Ring;
use bartlett_expr::polynomial::Generator;
use bartlett_expr::{Constant, Domain, End, Expr, Number, Symbol, Truth, formula, normal};
use bartlett_laws::{Found, INTEGRALS, Integral};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// How many changes of variable are looked through.
const SIGHTS: usize = 24;

/// A function of the datum, its expectation, and what must be positive for that.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub function: Expr,
    pub value: Expr,
    pub positive: Vec<Expr>,
    pub row: &'static str,
}

/// A monotone function of the datum and where its values lie.
struct Sight {
    image: Expr,
    domain: Domain,
    /// The log-density in it, where it was worked out.
    log_density: Option<(Expr, Symbol)>,
}

/// Every row that fits through some change of variable, as integrand/density.
pub(crate) fn known(chart: &Chart, factors: &[Expr]) -> Vec<Known> {
    if chart.domain.is_discrete() {
        return Vec::new();
    }
    let mut found: Vec<Known> = Vec::new();
    for sight in sights(chart) {
        for row in INTEGRALS.iter().copied().flatten() {
            for known in through(chart, &sight, row, factors) {
                if !found.iter().any(|k| k.function == known.function) {
                    found.push(known);
                }
            }
        }
    }
    found
}

/// Sums in the datum whose logarithms stand in the log-density.
pub(crate) fn factors_of_logarithms(chart: &Chart) -> Vec<Expr> {
    bartlett_expr::topological(std::slice::from_ref(&chart.log_density))
        .iter()
        .filter_map(|node| node.as_call_of("log").map(|a| a[0].clone()))
        .filter(|e| e.contains(&chart.variable) && matches!(e.kind(), bartlett_expr::Kind::Add(..)))
        .collect()
}

/// The changes of variable that the log-density suggests, and those that make its leading part a standard one.
fn sights(chart: &Chart) -> Vec<Sight> {
    let mut layer = vec![chart.clone()];
    let mut out: Vec<Sight> = Vec::new();
    for depth in 0..=2 {
        let mut next = Vec::new();
        for chart in layer {
            if out.len() >= SIGHTS {
                return out;
            }
            out.extend(standard(&chart));
            out.push(Sight {
                image: chart.image.clone(),
                domain: chart.domain.clone(),
                log_density: Some((chart.log_density.clone(), chart.variable.clone())),
            });
            if depth < 2 {
                next.extend(
                    chart
                        .candidates()
                        .iter()
                        .filter_map(|w| chart.through(w))
                        .take(SIGHTS),
                );
            }
        }
        layer = next;
    }
    out
}

/// Scaled so that the leading part is e^(−y) or e^(−y²).
fn standard(chart: &Chart) -> Vec<Sight> {
    let y = Expr::symbol(chart.variable.name());
    let Some(parts) = terms(&chart.log_density, &chart.variable, &[]) else {
        return Vec::new();
    };
    let rate = |shape: &Expr| {
        let found = parts.iter().find(|t| t.shape() == *shape)?;
        let rate = normal::simplified(&chart.facts, &-&found.coefficient);
        (chart.facts.is_positive(&rate) == Truth::Yes).then_some(rate)
    };
    let slope = |shape: &Expr| {
        let found = parts.iter().find(|t| t.shape() == *shape);
        found.map_or_else(Expr::zero, |t| t.coefficient.clone())
    };
    let (low, high) = (&chart.domain.lower.value, &chart.domain.upper.value);
    let half = low.is_zero() && infinite(high).is_some();
    let line = infinite(low).is_some() && infinite(high).is_some();
    let mut out = Vec::new();
    let mut see = |w: Expr, domain: Domain, plain: bool| {
        out.push(Sight {
            image: chart
                .facts
                .refine(&w.replace(&chart.variable, &chart.image)),
            domain,
            log_density: plain.then(|| (chart.log_density.clone(), chart.variable.clone())),
        });
    };
    if let (true, Some(a)) = (line, rate(&y.powi(2))) {
        let center = slope(&y) / (&a * 2);
        see(a.sqrt() * (&y - center), Domain::real(), false);
    }
    if let (true, Some(a)) = (half, rate(&y)) {
        if let Some(b) = rate(&y.recip()) {
            // a y + b/y is the square of a monotone function and a constant.
            let root = y.sqrt();
            see(a.sqrt() * &root - b.sqrt() / root, Domain::real(), false);
        }
        see(&a * &y, chart.domain.clone(), true);
    }
    if let (None, Some(_), Some(a)) = (infinite(low), infinite(high), rate(&y))
        && !low.is_zero()
    {
        let lower = End {
            value: normal::simplified(&chart.facts, &(&a * low)),
            closed: false,
        };
        let domain = Domain {
            lower,
            ..chart.domain.clone()
        };
        see(&a * &y, domain, true);
    }
    if let (true, true, Some(a)) = (low.is_zero(), infinite(high).is_none(), rate(&y)) {
        let upper = End {
            value: normal::simplified(&chart.facts, &(&a * high)),
            closed: false,
        };
        let domain = Domain {
            upper,
            ..chart.domain.clone()
        };
        see(&a * &y, domain, true);
    }
    if let (true, Some(a), Some(b)) = (half, rate(&y.powi(2)), rate(&y.powi(-2))) {
        see(a.sqrt() * &y - b.sqrt() / &y, Domain::real(), false);
    }
    out
}

fn through(chart: &Chart, sight: &Sight, row: &'static Integral, factors: &[Expr]) -> Vec<Known> {
    let same = |a: &Expr, b: &Expr| {
        a == b
            || (infinite(a).is_none()
                && infinite(b).is_none()
                && normal::is_zero(&chart.facts, &(a - b)) == Truth::Yes)
    };
    let mut constants: FxHashMap<Expr, Expr> = FxHashMap::default();
    let mut waiting = None;
    for constant in row.constants {
        let value = match constant.found {
            Found::LowerEnd => sight.domain.lower.value.clone(),
            Found::UpperEnd => sight.domain.upper.value.clone(),
            Found::CoefficientOf(shape) => {
                let Some(value) = coefficient(sight, shape) else {
                    return Vec::new();
                };
                value
            }
            Found::InFactor(template) => {
                waiting = Some((constant.name, template));
                continue;
            }
            Found::BesideIn(_) => return Vec::new(),
        };
        if infinite(&value).is_some() {
            return Vec::new();
        }
        constants.insert(Expr::symbol(constant.name), value);
    }
    let end = |text: &str| formula(text).substitute(&constants);
    if !same(&sight.domain.lower.value, &end(row.over.lower))
        || !same(&sight.domain.upper.value, &end(row.over.upper))
    {
        return Vec::new();
    }
    let choices: Vec<Option<Expr>> = match waiting {
        None => vec![None],
        Some((name, template)) => factors
            .iter()
            .filter_map(|f| constant_in(chart, template, name, &sight.image, f))
            .map(Some)
            .collect(),
    };
    choices
        .into_iter()
        .filter_map(|choice| {
            let mut constants = constants.clone();
            if let (Some((name, _)), Some(value)) = (waiting, choice) {
                constants.insert(Expr::symbol(name), value);
            }
            instance(chart, sight, row, &constants)
        })
        .collect()
}

fn instance(
    chart: &Chart,
    sight: &Sight,
    row: &'static Integral,
    constants: &FxHashMap<Expr, Expr>,
) -> Option<Known> {
    let facts = &chart.facts;
    let at = |text: &str| formula(text).substitute(constants);
    let mut positive = Vec::new();
    for text in row.positive {
        let condition = normal::simplified(facts, &at(text));
        match facts.is_positive(&condition) {
            Truth::Yes => {}
            Truth::No => return None,
            Truth::Unknown if facts.is_nonnegative(&-&condition) == Truth::Yes => return None,
            Truth::Unknown => positive.push(condition),
        }
    }
    let slope = sight.image.derivative(&chart.variable).ok()?;
    let slope = facts.refine(&normal::cancelled(&slope));
    let slope = match (facts.is_positive(&slope), facts.is_negative(&slope)) {
        (Truth::Yes, _) => slope,
        (_, Truth::Yes) => -slope,
        _ => return None,
    };
    let mut names = constants.clone();
    names.insert(Expr::symbol("y"), sight.image.clone());
    let integrand = prepared(facts, &formula(row.integrand).substitute(&names));
    let function = integrand * slope * (-&chart.log_density).exp();
    let function = normal::simplified(facts, &function);
    let value = normal::simplified(facts, &at(row.value));
    let defined = |e: &Expr| !e.is_zero() && !e.any_node(&|n| n.is_constant(Constant::Undefined));
    if !defined(&function) || !defined(&value) {
        return None;
    }
    Some(Known {
        function,
        value,
        positive,
        row: row.name,
    })
}

/// The coefficient of a function in the log-density, 0 where it is not there.
fn coefficient(sight: &Sight, shape: &str) -> Option<Expr> {
    let (log_density, variable) = sight.log_density.as_ref()?;
    let shape = formula(shape).replace(&Symbol::new("y"), &Expr::symbol(variable.name()));
    let parts = terms(log_density, variable, &[])?;
    let found = parts.iter().filter(|t| t.shape() == shape);
    Some(normal::cancelled(&Expr::sum(
        found.map(|t| t.coefficient.clone()),
    )))
}

/// The constant for which the template, in the datum, has the factor.
fn constant_in(
    chart: &Chart,
    template: &str,
    name: &str,
    image: &Expr,
    factor: &Expr,
) -> Option<Expr> {
    let unknown = Symbol::new("#k");
    let names = FxHashMap::from_iter([
        (Expr::symbol("y"), image.clone()),
        (Expr::symbol(name), Expr::symbol(unknown.name())),
    ]);
    let e = normal::expanded(&prepared(
        &chart.facts,
        &formula(template).substitute(&names),
    ));
    let factor = prepared(&chart.facts, factor);
    let mut ring = Ring::of(&[e.clone(), factor.clone()]);
    let whole = ring.convert(&e).ok()?.numerator().clone();
    let factor = ring.convert(&factor).ok()?.numerator().clone();
    let holds: Vec<bool> = ring
        .atoms()
        .map(|(_, atom)| atom.contains(&chart.variable))
        .collect();
    let holds = |g: &Generator| holds.get(g.0 as usize).copied().unwrap_or(true);
    let main = factor
        .generators()
        .iter()
        .copied()
        .filter(|g| holds(g))
        .min_by_key(|g| factor.degree(*g))?;
    let rest = if whole.degree(main) < factor.degree(main) {
        whole
    } else {
        whole.pseudo_divide(&factor, main)?.1
    };
    let mut collected: BTreeMap<Vec<(Generator, u32)>, Vec<(Number, _)>> = BTreeMap::new();
    for (coefficient, monomial) in rest.terms() {
        let (inside, outside): (Vec<_>, Vec<_>) = monomial.into_iter().partition(|(g, _)| holds(g));
        collected
            .entry(inside)
            .or_default()
            .push((coefficient, outside.into_iter().collect()));
    }
    let equations: Vec<Expr> = collected
        .into_values()
        .map(|terms| {
            ring.polynomial_expression(&bartlett_expr::polynomial::Polynomial::from_terms(terms))
        })
        .collect();
    let value = equations.iter().find_map(|e| {
        let slope = normal::cancelled(&e.derivative(&unknown).ok()?);
        if slope.is_zero() || slope.contains(&unknown) {
            return None;
        }
        let value = -(e.replace(&unknown, &Expr::zero()) / slope);
        Some(normal::simplified(&chart.facts, &value))
    })?;
    let solved = equations
        .iter()
        .all(|e| normal::is_zero(&chart.facts, &e.replace(&unknown, &value)) == Truth::Yes);
    (solved && !value.contains(&chart.variable)).then_some(value)
}
