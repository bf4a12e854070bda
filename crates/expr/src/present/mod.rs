//! The form a textbook prints: of many equal forms the one with the fewest operations.
//! In: `Facts`, expressions. Out: equal expressions. Never: a change of value, or a search without a bound.
//!
//! The forms come from the normal form: factored; split into separately cancelled terms, by special functions, by partial
//! fractions; squares completed; calls moved along their recurrences. Ties go to the factored form.
//!
//! ```
//! use bartlett_expr::{Domain, Expr, Facts, Symbol, present};
//! let mut facts = Facts::new();
//! let p = Expr::symbol("p");
//! facts.declare(Symbol::new("p"), Domain::interval(Expr::zero(), false, Expr::one(), false));
//! let information = p.recip() + (Expr::one() - &p).recip();
//! assert_eq!(present(&facts, &information), (&p * (Expr::one() - &p)).recip());
//! ```

mod cases;
mod joining;
mod operations;
mod recurrences;
mod search;
mod splits;

pub use cases::by_cases;
pub use operations::operations;

use crate::expr::{Expr, Kind};
use crate::facts::Facts;
use crate::matrix::Matrix;
use crate::normal::{Ring, normal};
use crate::polynomial::RationalFunction;
use crate::traverse::topological;
use joining::Joiner;
use operations::effort;
use rustc_hash::FxHashSet;
use search::Search;

/// Arguments of arguments are presented to this depth.
const DEPTH: usize = 3;
/// An expression of more nodes than this is given back as the facts refine it.
const NODES: usize = 4_000;

/// The form of the expression that a textbook would print, equal to it under the facts.
#[must_use]
pub fn present(facts: &Facts, e: &Expr) -> Expr {
    present_all(facts, std::slice::from_ref(e))
        .pop()
        .unwrap_or_else(|| e.clone())
}

/// The entries of the matrix as a textbook would print them: one choice of functions and arguments for all of them.
#[must_use]
pub fn present_matrix(facts: &Facts, matrix: &Matrix) -> Matrix {
    let mut entries = present_all(facts, matrix.entries()).into_iter();
    matrix.map(|e| entries.next().unwrap_or_else(|| e.clone()))
}

/// The expressions as a textbook would print them side by side, each equal to the one given.
#[must_use]
pub fn present_all(facts: &Facts, expressions: &[Expr]) -> Vec<Expr> {
    present_within(facts, expressions, DEPTH)
}

fn present_within(facts: &Facts, expressions: &[Expr], depth: usize) -> Vec<Expr> {
    if expressions.iter().all(is_plain) {
        return expressions.to_vec();
    }
    let shortest = |a: Expr, b: Expr| {
        if effort(&b) < effort(&a) { b } else { a }
    };
    if topological(expressions).len() > NODES {
        return expressions.iter().map(|e| facts.refine(e)).collect();
    }
    let mut joiner = Joiner::new(facts, depth);
    let found = match normal(facts, expressions) {
        Ok(normal) => written(facts, normal.ring, &normal.values, depth),
        Err(_) => expressions.iter().map(|e| facts.refine(e)).collect(),
    };
    let found: Vec<Expr> = found.iter().map(|e| joiner.joined(e)).collect();
    // What was given may be shorter than every form of the search; but it may not bring other functions next to those found.
    let calls = |roots: &[Expr]| -> FxHashSet<Expr> {
        let nodes = topological(roots).into_iter();
        nodes.filter(|node| node.as_call().is_some()).collect()
    };
    let allowed = calls(&found);
    found
        .into_iter()
        .zip(expressions)
        .map(|(found, given)| {
            let given = joiner.joined(given);
            let fits =
                expressions.len() == 1 || calls(std::slice::from_ref(&given)).is_subset(&allowed);
            if fits { shortest(found, given) } else { found }
        })
        .collect()
}

/// Values of a ring as fractions of factors: the form for a result that is calculated with further.
pub(crate) fn factored_from(facts: &Facts, ring: Ring, values: &[RationalFunction]) -> Vec<Expr> {
    let mut search = Search::new(facts, ring, 0);
    values.iter().map(|v| search.product(v).e).collect()
}

/// A number, a name, or a power or simple product of names: already as short as can be.
fn is_plain(e: &Expr) -> bool {
    let simple = |e: &Expr| match e.kind() {
        Kind::Number(_) | Kind::Constant(_) | Kind::Symbol(_) => true,
        Kind::Power(base, exponent) => {
            base.as_symbol().is_some() && exponent.as_integer().is_some()
        }
        _ => false,
    };
    match e.kind() {
        Kind::Mul(_, factors) => factors.iter().all(simple),
        _ => simple(e),
    }
}

/// The values of a ring in their shortest forms, after the moves of calls that shorten them all together.
fn written(facts: &Facts, ring: Ring, values: &[RationalFunction], depth: usize) -> Vec<Expr> {
    let mut search = Search::new(facts, ring, depth);
    let forms = recurrences::moved(&mut search, values);
    forms.into_iter().map(|w| w.e).collect()
}
