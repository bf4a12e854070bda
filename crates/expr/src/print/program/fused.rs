//! Forms that keep their digits: functions of a target that stand for a formula, and quotients that do not overflow.
//! In: expressions, what the target knows. Out: equal expressions. Never: a form that differs anywhere in the domain.

use super::shared::over;
use crate::expr::{Constant, Expr, Kind};
use crate::functions::FunctionRef;
use crate::traverse::topological;
use crate::{Number, Symbol};
use rustc_hash::FxHashMap;

/// Defined functions that many languages have under a name of their own; each is put in only where the target has it.
const LOG_ONE_PLUS: &str = "log1p";
const SOFTPLUS: &str = "softplus";
const EXP_LESS_ONE: &str = "expm1";
const LOGISTIC: &str = "logistic";
/// The function whose complement is its value at the negative.
const NORMAL: &str = "Phi";

/// The expressions in forms that keep their digits; `has` says which functions of one argument the target knows.
pub fn fused(roots: &[Expr], has: &dyn Fn(FunctionRef) -> bool) -> Vec<Expr> {
    let known = |name: &str| FunctionRef::find(name, 1).filter(|f| has(*f));
    let mut image: FxHashMap<Expr, Expr> = FxHashMap::default();
    for node in topological(roots) {
        let built = over(&node, &|part| image[part].clone());
        let value = logarithm(&built, &known)
            .or_else(|| difference(&built, &known))
            .or_else(|| vanishing(&built))
            .or_else(|| odds(&built, &known))
            .unwrap_or(built);
        image.insert(node, value);
    }
    roots.iter().map(|root| image[root].clone()).collect()
}

/// A call that is kept, although it would fold or has a definition.
fn kept(function: FunctionRef, argument: Expr) -> Expr {
    Expr::of(Kind::Call(function, [argument].into_iter().collect()))
}

/// The exponent, if it is e to one.
fn exponent(e: &Expr) -> Option<&Expr> {
    match e.kind() {
        Kind::Power(base, exponent) if base.is_constant(Constant::E) => Some(exponent),
        _ => None,
    }
}

/// u of 1 + eᵘ
fn one_plus_exponential(e: &Expr) -> Option<&Expr> {
    match e.kind() {
        Kind::Add(constant, terms) if constant.is_one() => match &terms[..] {
            [(term, c)] if c.is_one() => exponent(term),
            _ => None,
        },
        _ => None,
    }
}

/// log(1 + eᵘ), log(1 + u)
fn logarithm(e: &Expr, known: &dyn Fn(&str) -> Option<FunctionRef>) -> Option<Expr> {
    let argument = &e.as_call_of("log")?[0];
    if let (Some(u), Some(softplus)) = (one_plus_exponential(argument), known(SOFTPLUS)) {
        return Some(kept(softplus, u.clone()));
    }
    match argument.kind() {
        Kind::Add(constant, _) if constant.is_one() => {
            known(LOG_ONE_PLUS).map(|log1p| kept(log1p, argument - 1))
        }
        _ => None,
    }
}

/// c·eᵘ − c, c − c·Φ(u)
fn difference(e: &Expr, known: &dyn Fn(&str) -> Option<FunctionRef>) -> Option<Expr> {
    let Kind::Add(constant, terms) = e.kind() else {
        return None;
    };
    let [(term, c)] = &terms[..] else { return None };
    if *constant != -c {
        return None;
    }
    if let (Some(u), Some(expm1)) = (exponent(term), known(EXP_LESS_ONE)) {
        return Some(kept(expm1, u.clone()).scaled(c));
    }
    let (function, arguments) = term.as_call().filter(|(f, _)| f.name() == NORMAL)?;
    Some(kept(function, -&arguments[0]).scaled(constant))
}

/// if(c, a, 0)·b is 0 where c does not hold, whether or not b has a value there.
fn vanishing(e: &Expr) -> Option<Expr> {
    let Kind::Mul(coefficient, factors) = e.kind() else {
        return None;
    };
    if factors.len() < 2 {
        return None;
    }
    factors.iter().enumerate().find_map(|(place, factor)| {
        let Kind::If(condition, then, otherwise) = factor.kind() else {
            return None;
        };
        let times = |value: &Expr| {
            let others = factors.iter().enumerate().filter(|(i, _)| *i != place);
            let others = others.map(|(_, f)| f.clone());
            let number = Expr::number(coefficient.clone());
            Expr::product([number, value.clone()].into_iter().chain(others))
        };
        if then.is_zero() {
            Some(Expr::cases(
                condition.clone(),
                then.clone(),
                times(otherwise),
            ))
        } else if otherwise.is_zero() {
            Some(Expr::cases(
                condition.clone(),
                times(then),
                otherwise.clone(),
            ))
        } else {
            None
        }
    })
}

/// Coefficients of the powers of eᵘ, from the zeroth up to the last that is allowed.
fn coefficients(e: &Expr, u: &Expr, last: usize) -> Option<Vec<Expr>> {
    let mut found = vec![Expr::zero(); last + 1];
    let degree = |factor: &Expr| {
        exponent(factor)
            .and_then(|v| (1..=last).find(|k| *v == u.scaled(&Number::integer(*k as i64))))
    };
    for term in e.summands() {
        let factors = term.factors();
        let total: usize = factors.iter().filter_map(degree).sum();
        let rest = Expr::product(factors.into_iter().filter(|f| degree(f).is_none()));
        let slot = found.get_mut(total)?;
        *slot = &*slot + rest;
    }
    Some(found)
}

/// N(eᵘ)/(1 + eᵘ)ⁿ, for N of degree at most n, over the logistic function, which has a value where eᵘ has none.
fn odds(e: &Expr, known: &dyn Fn(&str) -> Option<FunctionRef>) -> Option<Expr> {
    let Kind::Mul(coefficient, factors) = e.kind() else {
        return None;
    };
    let (place, u, n) = factors.iter().enumerate().find_map(|(i, factor)| {
        let (base, power) = factor.as_power();
        let n = power.as_integer().filter(|n| (-6..0).contains(n))?;
        Some((
            i,
            one_plus_exponential(&base)?.clone(),
            n.unsigned_abs() as usize,
        ))
    })?;
    let mut numerator = vec![Expr::one()];
    for (_, factor) in factors.iter().enumerate().filter(|(i, _)| *i != place) {
        let by = coefficients(factor, &u, n)?;
        let mut product = vec![Expr::zero(); n + 1];
        for (i, a) in numerator.iter().enumerate() {
            for (j, b) in by.iter().enumerate().filter(|(_, b)| !b.is_zero()) {
                let slot = product.get_mut(i + j);
                match slot {
                    Some(slot) => *slot = &*slot + a * b,
                    None if a.is_zero() => {}
                    None => return None,
                }
            }
        }
        numerator = product;
    }
    if numerator.iter().skip(1).all(Expr::is_zero) {
        return None;
    }
    let logistic = |u: &Expr| match known(LOGISTIC) {
        Some(function) => kept(function, u.clone()),
        None => (Expr::one() + (-u).exp()).recip(),
    };
    let (above, below) = (logistic(&u), logistic(&-&u));
    let power = |e: &Expr, n: usize| e.powi(n as i64);
    let terms = numerator
        .iter()
        .enumerate()
        .map(|(k, a)| Expr::product([a.clone(), power(&above, k), power(&below, n - k)]));
    Some(Expr::sum(terms).scaled(coefficient))
}

/// Sums and products over few integers, written out.
pub fn written_out(e: &Expr, largest: i64) -> Expr {
    let mut image: FxHashMap<Expr, Expr> = FxHashMap::default();
    for node in topological(std::slice::from_ref(e)) {
        let built = over(&node, &|part| image[part].clone());
        let value = terms(&built, largest).unwrap_or(built);
        image.insert(node, value);
    }
    image[e].clone()
}

fn terms(e: &Expr, largest: i64) -> Option<Expr> {
    use crate::expr::Binder;
    let Kind::Bound(binder, variable, lower, upper, body) = e.kind() else {
        return None;
    };
    let (first, last) = (lower.as_integer()?, upper.as_integer()?);
    if last.saturating_sub(first) >= largest {
        return None;
    }
    let at = |k: i64| replaced(body, variable, k);
    match binder {
        Binder::Sum => Some(Expr::sum((first..=last).map(at))),
        Binder::Product => Some(Expr::product((first..=last).map(at))),
        Binder::Integral => None,
    }
}

fn replaced(body: &Expr, variable: &Symbol, k: i64) -> Expr {
    body.replace(variable, &Expr::integer(k))
}
