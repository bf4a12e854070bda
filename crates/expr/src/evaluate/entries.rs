//! Entries of indexed names among the variables of a program: `t[1]`, `t[2]`, `x[1,2]`.
//! In: names, variables. Out: places by index. Never: an entry that has no variable.

use super::Slot;
use crate::Symbol;
use crate::expr::{Expr, Kind};
use crate::traverse::topological;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

type Indices = SmallVec<[i64; 2]>;

/// Where the values of the entries of one name are.
pub(super) struct Entries(FxHashMap<Indices, Slot>);

impl Entries {
    pub(super) fn of(name: &Symbol, variables: &[Symbol], slot: &dyn Fn(&Expr) -> Slot) -> Self {
        let entry = |variable: &Symbol| {
            let indices = indices(variable, name)?;
            Some((indices, slot(&Expr::symbol(variable.name()))))
        };
        Self(variables.iter().filter_map(entry).collect())
    }

    /// The place of the entry; none where an index is no integer or there is no such entry.
    pub(super) fn slot(&self, indices: impl Iterator<Item = f64>) -> Option<Slot> {
        let whole = |x: f64| (x.fract() == 0.0 && x.abs() < 9e15).then_some(x as i64);
        let indices: Indices = indices.map(whole).collect::<Option<_>>()?;
        self.0.get(&indices).copied()
    }

    /// The places of all entries.
    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> {
        self.0.values().copied()
    }
}

/// The variables that are entries of the name.
pub(super) fn of(name: &Symbol, variables: &[Symbol]) -> impl Iterator<Item = Expr> {
    let entries = variables.iter().filter(|v| indices(v, name).is_some());
    entries.map(|variable| Expr::symbol(variable.name()))
}

/// The indices of a variable that is an entry of the name.
fn indices(variable: &Symbol, name: &Symbol) -> Option<Indices> {
    let inside = variable.name().strip_prefix(name.name())?;
    let inside = inside.strip_prefix('[')?.strip_suffix(']')?;
    inside.split(',').map(|k| k.parse().ok()).collect()
}

/// What the body of a binder needs besides its own variable: free symbols, and every entry of the names that it indexes.
pub(super) fn inputs(body: &Expr, variable: &Symbol, variables: &[Symbol]) -> Vec<Symbol> {
    let indexed: FxHashSet<Symbol> = topological(std::slice::from_ref(body))
        .iter()
        .filter_map(|node| match node.kind() {
            Kind::Indexed(name, _) => Some(name.clone()),
            _ => None,
        })
        .collect();
    let mut free = body.free_symbols();
    free.remove(variable);
    let entries = variables
        .iter()
        .filter(|v| indexed.iter().any(|name| indices(v, name).is_some()));
    let mut found: Vec<Symbol> = free
        .into_iter()
        .filter(|s| !indexed.contains(s) || variables.contains(s))
        .collect();
    found.extend(entries.cloned());
    found.dedup();
    found
}
