//! The function table as the grammar sees it: names, aliases, numbers of arguments.
//! In: `functions::FUNCTIONS`. Out: `FUNCTION_TABLE`. Never: what a function is.

use super::cursor::{Functions, Signature};
use crate::functions::{FUNCTIONS, FunctionRef};

struct Table;

/// The functions of the language.
pub const FUNCTION_TABLE: &dyn Functions = &Table;

/// Functions of two arguments that may be given more: `min(a, b, c)` is `min(min(a, b), c)`.
static ASSOCIATIVE: &[&str] = &["min", "max"];

/// The greatest number of arguments of a row.
const MOST_ARGUMENTS: usize = 4;

impl Functions for Table {
    fn find(&self, name: &str) -> Option<Signature> {
        let row = |count: usize| FunctionRef::find(name, count).map(|row| (count, row.name()));
        let (least, name) = (1..=MOST_ARGUMENTS).find_map(row)?;
        let most = (least..=MOST_ARGUMENTS)
            .rev()
            .find_map(row)
            .map_or(least, |(count, _)| count);
        Some(Signature {
            name,
            least,
            most: if ASSOCIATIVE.contains(&name) {
                usize::MAX
            } else {
                most
            },
        })
    }

    fn names(&self) -> Vec<&'static str> {
        FUNCTIONS
            .iter()
            .copied()
            .flatten()
            .flat_map(|row| std::iter::once(row.name).chain(row.aliases.iter().copied()))
            .collect()
    }
}
