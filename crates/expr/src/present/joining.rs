//! What the normal form takes apart and a reader wants together: arguments, roots of products, logarithms of quotients.
//! In: an expression. Out: an equal one that is no longer. Never: a root or logarithm of what was not one before.

use super::operations::operations;
use super::present_within;
use crate::Number;
use crate::expr::{Expr, Kind};
use crate::facts::Facts;
use rustc_hash::FxHashMap;

/// Joins, with a memory of the arguments presented so far.
pub(super) struct Joiner<'a> {
    facts: &'a Facts,
    depth: usize,
    arguments: FxHashMap<Expr, Expr>,
}

impl<'a> Joiner<'a> {
    pub fn new(facts: &'a Facts, depth: usize) -> Self {
        Self {
            facts,
            depth,
            arguments: FxHashMap::default(),
        }
    }

    /// The expression with everything joined that gets shorter by it.
    pub fn joined(&mut self, e: &Expr) -> Expr {
        e.map(&mut |node| {
            let image = match node.kind() {
                Kind::Power(base, exponent) if exponent.as_number().is_none() => {
                    Some(base.power(&self.argument(exponent)))
                }
                Kind::Call(f, arguments) => {
                    let f = *f;
                    let images: Vec<Expr> = arguments.iter().map(|a| self.argument(a)).collect();
                    Some(Expr::call(f, images)).filter(|e| e.as_call().is_some_and(|c| c.0 == f))
                }
                Kind::Bound(binder, variable, lower, upper, body) => {
                    let [lower, upper, body] = [lower, upper, body].map(|e| self.argument(e));
                    Some(Expr::bound(*binder, variable.clone(), lower, upper, body))
                }
                Kind::Mul(coefficient, factors) => {
                    let turned = opposites(factors).map(|e| e.scaled(coefficient));
                    match turned.as_ref().unwrap_or(&node).kind() {
                        Kind::Mul(coefficient, factors) => roots(coefficient, factors).or(turned),
                        _ => turned,
                    }
                }
                Kind::Add(constant, terms) => logarithms(constant, terms),
                _ => None,
            };
            match image {
                Some(image) if operations(&image) < operations(&node) => image,
                _ => node,
            }
        })
    }

    fn argument(&mut self, e: &Expr) -> Expr {
        if self.depth == 0 || e.children().is_empty() {
            return e.clone();
        }
        if let Some(known) = self.arguments.get(e) {
            return known.clone();
        }
        let image = present_within(self.facts, std::slice::from_ref(e), self.depth - 1)
            .pop()
            .unwrap_or_else(|| e.clone());
        self.arguments.insert(e.clone(), image.clone());
        image
    }
}

/// (p − 1)·(1 − p)^n as −(1 − p)^(n + 1).
fn opposites(factors: &[Expr]) -> Option<Expr> {
    let is_symbolic = |e: &Expr| e.as_number().is_none();
    let place = factors.iter().position(|f| {
        let (base, exponent) = f.as_power();
        let opposite = || -&base;
        matches!(base.kind(), Kind::Add(..))
            && exponent.as_integer().is_some()
            && factors.iter().any(|g| {
                let (other, exponent) = g.as_power();
                is_symbolic(&exponent) && other == opposite()
            })
    })?;
    let (base, exponent) = factors[place].as_power();
    let sign = if exponent.as_integer()? % 2 == 0 {
        1
    } else {
        -1
    };
    let others = factors.iter().enumerate().filter(|(i, _)| *i != place);
    let turned = [(-base).power(&exponent), Expr::integer(sign)];
    Some(Expr::product(others.map(|(_, f)| f.clone()).chain(turned)))
}

/// √a·√b as √(ab), √a/√b as √(a/b): roots of equal degree under one sign.
fn roots(coefficient: &Number, factors: &[Expr]) -> Option<Expr> {
    let mut groups: Vec<(Number, Vec<Expr>)> = Vec::new();
    let mut rest = vec![Expr::number(coefficient.clone())];
    for factor in factors {
        let (base, exponent) = factor.as_power();
        match exponent.as_number() {
            Some(q) if !q.is_integer() && base.may_vary() => {
                let part = if q.is_negative() { base.recip() } else { base };
                let size = q.abs();
                // a^(3/2)·b^(1/2) is a·√(ab).
                let whole = size.floor();
                let fraction = &size - &whole;
                rest.push(part.power(&Expr::number(whole)));
                match groups.iter_mut().find(|(q, _)| *q == fraction) {
                    Some((_, parts)) => parts.push(part),
                    None => groups.push((fraction, vec![part])),
                }
            }
            _ => rest.push(factor.clone()),
        }
    }
    if groups.iter().all(|(_, parts)| parts.len() < 2) {
        return None;
    }
    let powers = groups.into_iter().map(|(q, parts)| {
        let below = |e: &Expr| e.as_power().1.as_number().is_some_and(Number::is_negative);
        let product = Expr::product(parts.clone());
        if parts.iter().all(below) {
            product.recip().power(&Expr::number(-q))
        } else {
            product.power(&Expr::number(q))
        }
    });
    Some(Expr::product(powers.chain(rest)))
}

/// c·log a − c·log b as c·log(a/b).
fn logarithms(constant: &Number, terms: &[(Expr, Number)]) -> Option<Expr> {
    let mut groups: Vec<(Number, Vec<Expr>)> = Vec::new();
    let mut rest = vec![Expr::number(constant.clone())];
    for (term, coefficient) in terms {
        match term.as_call_of("log") {
            Some([x]) => {
                let size = coefficient.abs();
                let part = if coefficient.is_negative() {
                    x.recip()
                } else {
                    x.clone()
                };
                match groups.iter_mut().find(|(c, _)| *c == size) {
                    Some((_, parts)) => parts.push(part),
                    None => groups.push((size, vec![part])),
                }
            }
            _ => rest.push(term.scaled(coefficient)),
        }
    }
    if groups.iter().all(|(_, parts)| parts.len() < 2) {
        return None;
    }
    let logs = groups
        .into_iter()
        .map(|(c, parts)| Expr::product(parts).log().scaled(&c));
    Some(Expr::sum(logs.chain(rest)))
}
