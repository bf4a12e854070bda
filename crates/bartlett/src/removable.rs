//! The information where its formula has no value: limits at removable singularities, and conditions of existence in words.
//! In: entries of a matrix, a parameter, a point of its domain. Out: limits. Never: a limit that the numbers beside the point contradict.

use crate::information::Derived;
use bartlett_expr::{Constant, Expr, Facts, Number, Symbol, Truth, normal};

/// How often numerator and denominator are differentiated.
const ORDER: usize = 5;
/// Beside the point, as far as this, the formula must be near its limit.
const BESIDE: f64 = 1e-3;
const NEAR: f64 = 1e-4;

fn defined(e: &Expr) -> bool {
    !e.any_node(&|n| n.is_constant(Constant::Undefined) || n.is_constant(Constant::Infinity))
}

/// Does the formula have a value where the parameter has this one?
pub(crate) fn has_value(e: &Expr, parameter: &Symbol, at: &Expr) -> bool {
    defined(&e.replace(parameter, at))
}

/// The limit of a formula as a parameter approaches a number, by l'Hôpital's rule; checked at `point`, which holds the other symbols.
pub(crate) fn limit(
    facts: &Facts,
    e: &Expr,
    parameter: &Symbol,
    at: &Expr,
    point: &[(Symbol, f64)],
) -> Option<Expr> {
    let form = normal::normal(facts, std::slice::from_ref(e)).ok()?;
    let value = form.values.first()?;
    let mut top = form.ring.polynomial_expression(value.numerator());
    let mut bottom = form.ring.polynomial_expression(value.denominator());
    for _ in 0..=ORDER {
        let (above, below) = (top.replace(parameter, at), bottom.replace(parameter, at));
        if !defined(&above) || !defined(&below) {
            return None;
        }
        if normal::is_zero(facts, &below) != Truth::Yes {
            let found = normal::simplified(facts, &(above / below));
            return is_near(e, &found, parameter, at, point).then_some(found);
        }
        if normal::is_zero(facts, &above) != Truth::Yes {
            return None;
        }
        top = top.derivative(parameter).ok()?;
        bottom = bottom.derivative(parameter).ok()?;
    }
    None
}

/// The mean of the values on both sides differs from the limit only in the second order.
fn is_near(e: &Expr, limit: &Expr, parameter: &Symbol, at: &Expr, point: &[(Symbol, f64)]) -> bool {
    let center = at.value_at(&[]);
    let beside = |by: f64| {
        let mut here: Vec<(Symbol, f64)> = point
            .iter()
            .filter(|(s, _)| s != parameter)
            .cloned()
            .collect();
        here.push((parameter.clone(), center + by));
        (e.value_at(&here), limit.value_at(&here))
    };
    let ((below, value), (above, _)) = (beside(-BESIDE), beside(BESIDE));
    let mean = f64::midpoint(below, above);
    (mean - value).abs() <= NEAR * (1.0 + value.abs())
}

/// A bound on one symbol.
struct Bound {
    name: Symbol,
    above: bool,
    at: Number,
}

/// What must hold for the entries to exist and is not implied by the domains: `xi > -1/2`.
pub(crate) fn conditions(facts: &Facts, parts: &[Derived]) -> Vec<String> {
    let entries = parts.iter().flat_map(|d| d.entries.iter().flatten());
    in_words(facts, entries.flat_map(|e| e.positive.iter().cloned()))
}

/// What must be positive, as bounds on single symbols where it can be solved for them, less what the domains imply.
pub(crate) fn in_words(facts: &Facts, positive: impl IntoIterator<Item = Expr>) -> Vec<String> {
    let mut bounds: Vec<Bound> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for condition in positive {
        let condition = normal::simplified(facts, &condition);
        // A constant that is not positive, or a variable of a kernel's row, is no condition on the model.
        let free = condition.free_symbols();
        let stated = !free.is_empty() && free.iter().all(|s| facts.domain(s).is_some());
        if !stated || facts.is_positive(&condition) == Truth::Yes {
            continue;
        }
        let Some(bound) = linear(facts, &condition) else {
            let text = format!("{} > 0", condition.text());
            if !others.contains(&text) {
                others.push(text);
            }
            continue;
        };
        // Of several bounds on one side the strongest is enough.
        match bounds
            .iter_mut()
            .find(|b| b.name == bound.name && b.above == bound.above)
        {
            Some(other) if (bound.at > other.at) == bound.above => *other = bound,
            Some(_) => {}
            None => bounds.push(bound),
        }
    }
    let words = bounds.into_iter().map(|b| {
        let relation = if b.above { ">" } else { "<" };
        format!("{} {relation} {}", b.name, Expr::number(b.at).text())
    });
    words.chain(others).collect()
}

/// a − 2 > 0 as a bound on a, where one symbol stands in the condition linearly, up to factors of known sign.
fn linear(facts: &Facts, condition: &Expr) -> Option<Bound> {
    let mut core = Expr::one();
    for factor in condition.factors() {
        if facts.is_positive(&factor) == Truth::Yes {
            continue;
        }
        if facts.is_negative(&factor) == Truth::Yes {
            core = -core;
        } else {
            core = core * factor;
        }
    }
    let free = core.free_symbols();
    let mut names = free.iter();
    let (Some(name), None) = (names.next(), names.next()) else {
        return None;
    };
    let slope = normal::cancelled(&core.derivative(name).ok()?);
    let above = slope.as_number()?.is_positive();
    let root = normal::cancelled(&-(core.replace(name, &Expr::zero()) / &slope));
    Some(Bound {
        name: name.clone(),
        above,
        at: root.as_number()?.clone(),
    })
}
