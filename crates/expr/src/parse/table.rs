//! The function table as the grammar sees it: names, aliases, numbers of arguments.
//! In: `functions::FUNCTIONS`. Out: `FUNCTION_TABLE`. Never: what a function is.

use super::cursor::{Functions, Signature};
use crate::functions::FUNCTIONS;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

struct Table;

/// The functions of the language.
pub const FUNCTION_TABLE: &dyn Functions = &Table;

/// Functions of two arguments that may be given more: `min(a, b, c)` is `min(min(a, b), c)`.
static ASSOCIATIVE: &[&str] = &["min", "max"];

static SIGNATURES: LazyLock<FxHashMap<&'static str, Signature>> = LazyLock::new(|| {
    let mut signatures: FxHashMap<&'static str, Signature> = FxHashMap::default();
    for row in FUNCTIONS.iter().copied().flatten() {
        let count = row.arguments.len();
        let found = Signature {
            name: row.name,
            least: count,
            most: if ASSOCIATIVE.contains(&row.name) {
                usize::MAX
            } else {
                count
            },
        };
        for name in std::iter::once(row.name).chain(row.aliases.iter().copied()) {
            let known = signatures.entry(name).or_insert(found);
            known.most = known.most.max(found.most);
            if found.least < known.least {
                (known.name, known.least) = (found.name, found.least);
            }
        }
    }
    signatures
});

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
