//! The normal form that decides equality and cancels.
//! In: `Facts`, expressions. Out: rational functions over generators, zero or not, equal expressions. Never: a textbook's taste (see `present`).

mod ring;

pub use ring::Ring;

use crate::expr::{Expr, Kind};
use crate::facts::{Facts, Truth};
use crate::polynomial::{RationalFunction, TooLarge};
use crate::rewrite::join_shifts;
use rustc_hash::FxHashMap;

/// Expressions over one common ring of generators.
pub struct Normal {
    /// The generators.
    pub ring: Ring,
    /// The expressions as rational functions of them, in order.
    pub values: Vec<RationalFunction>,
}

/// Prepares expressions: facts are used, sums under logarithms and powers are factored, calls moved to common arguments.
#[must_use]
pub fn prepared(facts: &Facts, expressions: &[Expr]) -> Vec<Expr> {
    let mut memo: FxHashMap<Expr, Expr> = FxHashMap::default();
    let refined: Vec<Expr> = expressions
        .iter()
        .map(|e| {
            let refined = facts.refine(e);
            let split = refined.map(&mut |node| canonical_parts(facts, node, &mut memo));
            facts.refine(&split)
        })
        .collect();
    join_shifts(&refined)
}

/// Arguments of functions and exponents in expanded form; bases of symbolic powers and arguments of logarithms factored.
fn canonical_parts(facts: &Facts, node: Expr, memo: &mut FxHashMap<Expr, Expr>) -> Expr {
    match node.kind() {
        Kind::Call(f, arguments) if f.name() == "log" => {
            let x = &arguments[0];
            if !matches!(x.kind(), Kind::Add(..)) {
                return node;
            }
            let factored = memo.entry(x.clone()).or_insert_with(|| factored(x)).clone();
            if factored == *x {
                let size = x.primitive_part().0.abs();
                if size.is_one() {
                    node
                } else {
                    let rest = x.scaled(&size.recip());
                    facts.refine(&(Expr::number(size).log() + rest.log()))
                }
            } else {
                facts.refine(&factored.log())
            }
        }
        Kind::Call(f, arguments) => {
            let f = *f;
            let images: Vec<Expr> = arguments
                .iter()
                .map(|a| if is_flat(a) { a.clone() } else { expanded(a) })
                .collect();
            if images[..] == arguments[..] {
                node
            } else {
                Expr::call(f, images)
            }
        }
        Kind::Power(base, exponent) if exponent.as_integer().is_none() => {
            let e = if is_flat(exponent) {
                exponent.clone()
            } else {
                expanded(exponent)
            };
            if !matches!(base.kind(), Kind::Add(..)) {
                return if e == *exponent { node } else { base.power(&e) };
            }
            let b = memo
                .entry(base.clone())
                .or_insert_with(|| factored(base))
                .clone();
            if b == *base && e == *exponent {
                node
            } else {
                facts.refine(&b.power(&e))
            }
        }
        _ => node,
    }
}

/// A sum of products of powers of symbols with integer exponents, without any bracket.
fn is_flat(e: &Expr) -> bool {
    let flat_factor = |f: &Expr| !matches!(f.as_power().0.kind(), Kind::Add(..));
    let flat_term = |t: &Expr| match t.kind() {
        Kind::Mul(_, factors) => factors.iter().all(flat_factor),
        _ => flat_factor(t),
    };
    match e.kind() {
        Kind::Add(_, terms) => terms.iter().all(|(t, _)| flat_term(t)),
        _ => flat_term(e),
    }
}

/// The expressions in normal form over one ring.
///
/// # Errors
/// `TooLarge` where an expression has more terms than a reader could use.
pub fn normal(facts: &Facts, expressions: &[Expr]) -> Result<Normal, TooLarge> {
    let prepared = prepared(facts, expressions);
    let mut ring = Ring::of(&prepared);
    let values = prepared
        .iter()
        .map(|e| ring.convert(e))
        .collect::<Result<_, _>>()?;
    Ok(Normal { ring, values })
}

/// The expression as one cancelled fraction, numerator and denominator expanded.
#[must_use]
pub fn cancelled(e: &Expr) -> Expr {
    let mut ring = Ring::of(std::slice::from_ref(e));
    ring.convert(e)
        .map_or_else(|_| e.clone(), |value| ring.expression(&value))
}

/// The expression as a sum of terms without brackets, each over the denominator.
#[must_use]
pub fn expanded(e: &Expr) -> Expr {
    let mut ring = Ring::of(std::slice::from_ref(e));
    ring.convert(e).map_or_else(
        |_| e.clone(),
        |value| {
            let bottom = ring.polynomial_expression(value.denominator()).recip();
            let top = ring.polynomial_expression(value.numerator());
            Expr::sum(top.summands().into_iter().map(|t| t * &bottom))
        },
    )
}

/// The expression as a product of factors.
#[must_use]
pub fn factored(e: &Expr) -> Expr {
    let mut ring = Ring::of(std::slice::from_ref(e));
    ring.convert(e)
        .map_or_else(|_| e.clone(), |value| ring.factored_expression(&value))
}

/// Is it zero under the facts? `Yes` by algebra; `No` where the normal form is a number that is not 0; else unknown.
#[must_use]
pub fn is_zero(facts: &Facts, e: &Expr) -> Truth {
    if e.is_zero() {
        return Truth::Yes;
    }
    match normal(facts, std::slice::from_ref(e)) {
        Ok(n) if n.values[0].is_zero() => Truth::Yes,
        Ok(n) if n.values[0].as_constant().is_some() => Truth::No,
        _ => Truth::Unknown,
    }
}

/// The cancelled form of the expression under the facts, numerator and denominator factored.
#[must_use]
pub fn simplified(facts: &Facts, e: &Expr) -> Expr {
    normal(facts, std::slice::from_ref(e))
        .map_or_else(|_| e.clone(), |n| n.ring.factored_expression(&n.values[0]))
}
