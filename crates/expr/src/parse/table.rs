//! The function table as the grammar sees it: names, aliases, numbers of arguments.
//! In: `functions::FUNCTIONS`. Out: `FUNCTION_TABLE`. Never: what a function is.

use super::cursor::{Functions, Signature};
use crate::functions::{FUNCTIONS, FunctionRef};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

struct Table;

/// The functions of the language.
pub const FUNCTION_TABLE: &dyn Functions = &Table;

/// Functions of two arguments that may be given more: `min(a, b, c)` is `min(min(a, b), c)`.
static ASSOCIATIVE: &[&str] = &["min", "max"];

/// The greatest number of arguments of a row.
const MOST_ARGUMENTS: usize = 4;

static SIGNATURES: LazyLock<FxHashMap<&'static str, Signature>> = LazyLock::new(|| {
    let names = Table.names();
    names
        .into_iter()
        .filter_map(|name| Some((name, signature(name)?)))
        .collect()
});

fn signature(name: &str) -> Option<Signature> {
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

impl Functions for Table {
    fn find(&self, name: &str) -> Option<Signature> {
        SIGNATURES.get(name).copied()
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
