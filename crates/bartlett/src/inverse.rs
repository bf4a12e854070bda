//! The inverse of an information matrix.
//! In: facts, a matrix. Out: its inverse, entries simplified; where entries are long, in terms of them as they stand. Never: a bound on time that grows with the entries.

use bartlett_expr::matrix::Matrix;
use bartlett_expr::{Expr, Facts, operations};
use rustc_hash::FxHashMap;

/// A matrix of more operations is inverted over names of its entries.
const LONG: usize = 250;
/// An entry of so many operations, or fewer, stays itself there.
const SHORT: usize = 3;

/// Would elimination on the entries themselves take longer than a reader waits, for an inverse that no reader reads?
pub(crate) fn is_long(matrix: &Matrix) -> bool {
    matrix.rows() > 2 && matrix.entries().iter().map(operations).sum::<usize>() > LONG
}

/// The inverse of a long matrix: the one of a matrix of names, with the entries put in for the names.
pub(crate) fn by_names(facts: &Facts, matrix: &Matrix) -> Option<Matrix> {
    let mut names: FxHashMap<Expr, Expr> = FxHashMap::default();
    let named = matrix.map(|e| {
        if operations(e) <= SHORT {
            return e.clone();
        }
        // A name with a space cannot be typed, so it cannot clash.
        let name = Expr::symbol(&format!("entry {}", names.len()));
        match names.iter().find(|(_, value)| *value == e) {
            Some((known, _)) => known.clone(),
            None => {
                names.insert(name.clone(), e.clone());
                name
            }
        }
    });
    let inverse = named.inverse(facts).ok()??;
    Some(inverse.map(|e| e.substitute(&names)))
}
