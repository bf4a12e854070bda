//! The order in which a reader expects symbols, factors and terms.
//! In: expressions. Out: orderings. Never: an order by hash where a reader would notice.

use super::names;
use crate::expr::{Constant, Expr, Kind};
use crate::{Number, Symbol};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// How deep two factors are compared before any order will do.
const DEPTH: usize = 3;
/// A sum with more terms than this is ordered by its kinds of terms alone.
const TERMS: usize = 400;

/// A symbol's place: coefficients `a…s`, Greek parameters, variables `t…z`; then the alphabet; then subscripts as numbers.
type SymbolKey<'a> = (u8, usize, &'a str, Vec<(usize, &'a str)>);

fn symbol_key(symbol: &Symbol) -> SymbolKey<'_> {
    let (letter, subscripts) = names::parts(symbol.name());
    let subscripts = subscripts
        .into_iter()
        .map(|s| {
            (
                if s.starts_with(|c: char| c.is_ascii_digit()) {
                    s.len()
                } else {
                    usize::MAX
                },
                s,
            )
        })
        .collect();
    if let Some((place, _)) = names::greek(letter) {
        return (1, place, letter, subscripts);
    }
    let first = letter.chars().next().unwrap_or('a');
    let class = if is_variable(symbol) { 2 } else { 0 };
    (
        class,
        first.to_ascii_lowercase() as usize,
        letter,
        subscripts,
    )
}

/// Does the name read like a variable (`x`, `y_1`) rather than a parameter?
pub fn is_variable(symbol: &Symbol) -> bool {
    let (letter, _) = names::parts(symbol.name());
    letter.len() == 1 && letter.starts_with(|c: char| matches!(c.to_ascii_lowercase(), 't'..='z'))
}

/// Does the name usually stand for a number between 0 and 1, so that `1 - p` reads better than `p - 1`?
pub fn is_fraction_like(symbol: &Symbol) -> bool {
    let (letter, _) = names::parts(symbol.name());
    is_variable(symbol)
        || matches!(
            letter,
            "p" | "q" | "r" | "rho" | "theta" | "pi" | "epsilon" | "phi"
        )
}

/// What kind of factor it is, in the order of a product.
fn class(e: &Expr) -> u8 {
    match e.kind() {
        Kind::Number(_) => 0,
        Kind::Constant(Constant::E) => 6,
        Kind::Constant(_) => 1,
        Kind::Symbol(_) | Kind::Indexed(..) => 3,
        Kind::Power(base, exponent) => match base.kind() {
            Kind::Number(_) if exponent.as_number().is_some() => 0,
            Kind::Number(_) => 5,
            _ => class(base),
        },
        Kind::Add(..) | Kind::Mul(..) => 4,
        Kind::Call(..) => 7,
        _ => 8,
    }
}

/// The order of two factors of a product.
pub fn factors(a: &Expr, b: &Expr) -> Ordering {
    reading(a, b, DEPTH)
}

fn reading(a: &Expr, b: &Expr, depth: usize) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    let by_class = class(a).cmp(&class(b));
    if by_class.is_ne() || depth == 0 {
        return by_class.then_with(|| a.cmp(b));
    }
    let lists = |x: &[Expr], y: &[Expr]| {
        let parts = x.iter().zip(y).map(|(p, q)| reading(p, q, depth - 1));
        parts
            .fold(Ordering::Equal, Ordering::then)
            .then(x.len().cmp(&y.len()))
    };
    let order = match (a.kind(), b.kind()) {
        (Kind::Number(x), Kind::Number(y)) => x.cmp(y),
        (Kind::Constant(x), Kind::Constant(y)) => x.cmp(y),
        (Kind::Symbol(x), Kind::Symbol(y)) => symbol_key(x).cmp(&symbol_key(y)),
        (Kind::Indexed(x, i), Kind::Indexed(y, j)) => {
            symbol_key(x).cmp(&symbol_key(y)).then_with(|| lists(i, j))
        }
        (Kind::Symbol(x), Kind::Indexed(y, _)) | (Kind::Indexed(x, _), Kind::Symbol(y)) => {
            let same = a.as_symbol().is_none().cmp(&b.as_symbol().is_none());
            symbol_key(x).cmp(&symbol_key(y)).then(same)
        }
        (Kind::Call(f, x), Kind::Call(g, y)) => f.name().cmp(g.name()).then_with(|| lists(x, y)),
        (Kind::Power(..), _) | (_, Kind::Power(..)) => {
            let ((p, m), (q, n)) = (a.as_power(), b.as_power());
            reading(&p, &q, depth - 1).then_with(|| reading(&m, &n, depth - 1))
        }
        (Kind::Add(_, x), Kind::Add(_, y)) => {
            let first = |terms: &[(Expr, Number)]| {
                let terms = terms.iter().take(8).map(|(e, _)| e);
                terms.min_by(|p, q| reading(p, q, depth - 1)).cloned()
            };
            match (first(x), first(y)) {
                (Some(p), Some(q)) => reading(&p, &q, depth - 1).then(x.len().cmp(&y.len())),
                _ => Ordering::Equal,
            }
        }
        _ => Ordering::Equal,
    };
    order.then_with(|| a.cmp(b))
}

/// Exponents of the generators of a term, by place in their order.
type Monomial = Vec<(usize, Number)>;

/// A generator of a term, the degree in it.
fn generators(term: &Expr) -> Vec<(Expr, Number)> {
    let factor = |e: &Expr| match e.kind() {
        Kind::Power(base, exponent) => match exponent.as_number() {
            Some(n) => (base.clone(), n.clone()),
            None => (e.clone(), Number::ONE),
        },
        _ => (e.clone(), Number::ONE),
    };
    match term.kind() {
        Kind::Number(_) => Vec::new(),
        Kind::Mul(_, parts) => parts.iter().map(factor).collect(),
        _ => vec![factor(term)],
    }
}

/// Positive exponents come first, high ones before low ones; then negative ones; then none.
fn exponent_key(exponent: Option<&Number>) -> (u8, Option<std::cmp::Reverse<&Number>>) {
    match exponent {
        Some(n) if n.is_positive() => (0, Some(std::cmp::Reverse(n))),
        Some(n) => (1, Some(std::cmp::Reverse(n))),
        None => (2, None),
    }
}

fn monomials(a: &Monomial, b: &Monomial) -> Ordering {
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let place = [a.get(i), b.get(j)]
            .into_iter()
            .flatten()
            .map(|(g, _)| *g)
            .min();
        let at = |m: &Monomial, k: &mut usize| match m.get(*k) {
            Some((g, n)) if Some(*g) == place => {
                *k += 1;
                Some(n.clone())
            }
            _ => None,
        };
        let (x, y) = (at(a, &mut i), at(b, &mut j));
        let order = exponent_key(x.as_ref()).cmp(&exponent_key(y.as_ref()));
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

/// Signed terms in the order of a textbook: descending degrees; if that would begin with a minus sign, a positive term first.
pub fn terms(parts: Vec<(Expr, Number)>) -> Vec<(Expr, Number)> {
    let split: Vec<Vec<(Expr, Number)>> = parts.iter().map(|(e, _)| generators(e)).collect();
    let mut highest: FxHashMap<Expr, Number> = FxHashMap::default();
    for (generator, degree) in split.iter().flatten() {
        let top = highest
            .entry(generator.clone())
            .or_insert_with(|| degree.clone());
        if *degree > *top {
            *top = degree.clone();
        }
    }
    let mut ranked: Vec<(&Expr, &Number)> = highest.iter().collect();
    if ranked.len() <= TERMS {
        ranked.sort_by(|(a, m), (b, n)| {
            b.may_vary()
                .cmp(&a.may_vary())
                .then_with(|| n.cmp(m))
                .then_with(|| factors(a, b))
        });
    } else {
        ranked.sort_by_key(|(e, _)| *e);
    }
    let single = ranked.len() == 1;
    let places: FxHashMap<&Expr, usize> = ranked
        .iter()
        .enumerate()
        .map(|(i, (e, _))| (*e, i))
        .collect();
    let mut keyed: Vec<(u8, Monomial, (Expr, Number))> = split
        .iter()
        .zip(parts)
        .map(|(generators, part)| {
            let mut degree = Number::ZERO;
            let mut monomial: Monomial = Vec::with_capacity(generators.len());
            for (generator, n) in generators {
                if generator.may_vary() {
                    degree += n;
                }
                monomial.push((places[generator], n.clone()));
            }
            monomial.sort_by_key(|(place, _)| *place);
            // x, then pi^2/6, then 1, then x/y, then 1/x.
            let varies = generators.iter().any(|(e, _)| e.may_vary());
            let bucket = match (generators.is_empty(), varies) {
                (true, _) => 2,
                (_, false) => 1,
                _ if degree.is_positive() => 0,
                _ => 3 + u8::from(degree.is_negative()),
            };
            (bucket, monomial, part)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| monomials(&a.1, &b.1)));
    let mut sorted: Vec<(Expr, Number)> = keyed.into_iter().map(|(_, _, part)| part).collect();
    // 1 + e^x, but x + 1.
    let exponential = |e: &Expr| {
        e.factors()
            .iter()
            .any(|f| f.as_power().0.is_constant(Constant::E))
    };
    if sorted.len() > 1
        && let Some((last, c)) = sorted.last()
        && last.is_one()
        && c.is_positive()
        && sorted[..sorted.len() - 1]
            .iter()
            .all(|(e, _)| exponential(e))
    {
        sorted.rotate_right(1);
    }
    let begins_with_minus = sorted.first().is_some_and(|(_, c)| c.is_negative());
    if begins_with_minus && let Some(place) = sorted.iter().position(|(_, c)| c.is_positive()) {
        let ends_with_plus = sorted.last().is_some_and(|(_, c)| c.is_positive());
        if ends_with_plus && (single || sorted.len() == 2) {
            sorted.reverse();
        } else {
            sorted[..=place].rotate_right(1);
        }
    }
    sorted
}
