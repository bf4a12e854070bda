//! How names read: Greek letters, subscripts, and which names occur in a formula.
//! In: ASCII names. Out: letters and subscripts. Never: a format's syntax.

use crate::Expr;
use crate::expr::Kind;
use crate::parse::unicode::GREEK;
use crate::traverse::topological;
use rustc_hash::FxHashSet;

/// The names that occur in some expressions: a function or constant of the same name must be written otherwise.
pub struct Names(FxHashSet<String>);

impl Names {
    /// Of these expressions, bound names with them.
    pub fn of<'a>(expressions: impl IntoIterator<Item = &'a Expr>) -> Self {
        let roots: Vec<Expr> = expressions.into_iter().cloned().collect();
        let name = |e: &Expr| match e.kind() {
            Kind::Symbol(s) | Kind::Indexed(s, _) | Kind::Bound(_, s, ..) => {
                Some(s.name().to_owned())
            }
            _ => None,
        };
        Self(topological(&roots).iter().filter_map(name).collect())
    }
    /// Does the name occur?
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// The Greek letter of that name, with its place in the alphabet.
pub fn greek(name: &str) -> Option<(usize, char)> {
    let place = GREEK.iter().position(|row| row.1 == name)?;
    Some((place, GREEK[place].0))
}

/// Is it the Greek letter of some name?
pub fn is_greek(letter: char) -> bool {
    GREEK.iter().any(|row| row.0 == letter)
}

/// A name taken apart: `theta_1` is theta with 1, `sigma2` sigma with 2, `y_min` y with min.
pub fn parts(name: &str) -> (&str, Vec<&str>) {
    let mut pieces = name.split('_').filter(|part| !part.is_empty());
    let Some(first) = pieces.next() else {
        return (name, Vec::new());
    };
    let letter = first.trim_end_matches(|c: char| c.is_ascii_digit());
    if letter.is_empty() {
        return (name, Vec::new());
    }
    let digits = &first[letter.len()..];
    let subscripts = (!digits.is_empty()).then_some(digits).into_iter();
    (letter, subscripts.chain(pieces).collect())
}
