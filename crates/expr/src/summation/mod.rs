//! Σ over the integers of a range: closed where a closed form is known, else explicit with what is free of the index outside.
//! In: a body, its index, the ends. Out: `Summed`. Never: a sum that is written twice, or a form whose exceptions are not named.
//!
//! ```
//! use bartlett_expr::summation::summed;
//! use bartlett_expr::{Expr, Facts, Symbol, formula};
//! let found = summed(&Facts::new(), &formula("(a + i)/s^2"), &Symbol::new("i"), &Expr::one(), &formula("n"));
//! let expected = formula("(n*a + n*(n + 1)/2)/s^2");
//! let same = bartlett_expr::normal::is_zero(&Facts::new(), &(found.value - expected));
//! assert_eq!(same, bartlett_expr::Truth::Yes);
//! ```

mod closed;
mod terms;
mod waves;

use crate::Symbol;
use crate::expr::{Binder, Expr, Kind};
use crate::facts::{Facts, Truth};
use crate::normal::simplified;
use closed::Range;
use rustc_hash::FxHashMap;
use terms::{Key, Term, expanded_terms, is_hard};

/// A sum, and where its form has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summed {
    /// The sum; explicit sums over the index stand in it where no closed form is known.
    pub value: Expr,
    /// What must not be 0 for the form to hold (the ratio of a geometric sum less 1, the sine of half a frequency), unless
    /// the facts exclude it.
    pub nonzero: Vec<Expr>,
}

/// Σ of the body over `index` from `lower` to `upper`, where `upper ≥ lower − 1`: the empty sum is 0.
///
/// Polynomials in the index, powers of a fixed base and waves of a fixed frequency, and products of these, are summed
/// (Graham, Knuth & Patashnik 1994, ch. 2). What else depends on the index stays under an explicit Σ, each once.
#[must_use]
pub fn summed(facts: &Facts, body: &Expr, index: &Symbol, lower: &Expr, upper: &Expr) -> Summed {
    let range = Range {
        index,
        lower,
        upper,
    };
    let mut out = Collected::default();
    for part in body.summands() {
        let part = simplified(facts, &part);
        let (outside, inside) = split(&part, index);
        if inside.is_one() {
            out.add(Key::default(), outside);
            continue;
        }
        let terms = (!is_hard(&inside, index))
            .then(|| expanded_terms(&inside, index))
            .flatten();
        match terms {
            Some(terms) => {
                for Term { coefficient, key } in terms {
                    out.add(key, coefficient * &outside);
                }
            }
            None => out.add(Key::of_rest(inside), outside),
        }
    }
    let mut nonzero: Vec<Expr> = Vec::new();
    let values: Vec<Expr> = out
        .terms()
        .map(|(key, coefficient)| {
            let coefficient = simplified(facts, &coefficient);
            if coefficient.is_zero() {
                return coefficient;
            }
            let closed = range.closed(facts, &key);
            let value = match closed {
                Some(closed) => {
                    for condition in closed.nonzero {
                        if facts.is_nonzero(&condition) != Truth::Yes
                            && !nonzero.contains(&condition)
                        {
                            nonzero.push(condition);
                        }
                    }
                    closed.value
                }
                None => range.explicit(&key.body(index)),
            };
            coefficient * value
        })
        .collect();
    Summed {
        value: Expr::sum(values),
        nonzero,
    }
}

/// Σ of the body with its factors that are free of the index outside, and nothing else changed: each term of a sum by itself.
#[must_use]
pub fn gathered(body: &Expr, index: &Symbol, lower: &Expr, upper: &Expr) -> Expr {
    let range = Range {
        index,
        lower,
        upper,
    };
    let parts = body.summands().into_iter().map(|part| {
        let (outside, inside) = split(&part, index);
        if inside.is_one() {
            outside * range.count()
        } else if matches!(inside.kind(), Kind::Add(..)) && outside.as_coefficient().0.is_negative()
        {
            -outside * range.explicit(&-inside)
        } else {
            outside * range.explicit(&inside)
        }
    });
    Expr::sum(parts)
}

/// Every explicit sum over rows, anywhere in the expression, with its parts.
#[must_use]
pub fn has_explicit_sum(e: &Expr) -> bool {
    e.any_node(&|node| matches!(node.kind(), Kind::Bound(Binder::Sum, ..)))
}

/// What is free of the index, and what is not.
fn split(e: &Expr, index: &Symbol) -> (Expr, Expr) {
    if !e.contains(index) {
        return (e.clone(), Expr::one());
    }
    let (inside, outside): (Vec<Expr>, Vec<Expr>) =
        e.factors().into_iter().partition(|f| f.contains(index));
    (Expr::product(outside), Expr::product(inside))
}

/// Coefficients of what is summed, each sum once, in the order of first appearance.
#[derive(Default)]
struct Collected {
    order: Vec<Key>,
    coefficients: FxHashMap<Key, Vec<Expr>>,
}

impl Collected {
    fn add(&mut self, key: Key, coefficient: Expr) {
        let all = self.coefficients.entry(key.clone()).or_insert_with(|| {
            self.order.push(key);
            Vec::new()
        });
        all.push(coefficient);
    }

    fn terms(mut self) -> impl Iterator<Item = (Key, Expr)> {
        self.order.into_iter().map(move |key| {
            let all = self.coefficients.remove(&key).unwrap_or_default();
            (key, Expr::sum(all))
        })
    }
}
