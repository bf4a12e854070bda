//! Walking over shared nodes without recursion, each node once.
//! In: expressions. Out: orders, rebuilt expressions, free symbols. Never: the call stack as memory.

use crate::expr::{Binder, Expr, Kind};
use crate::{Number, Symbol};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Every node reachable from the roots, each once, parts before wholes.
#[must_use]
pub fn topological(roots: &[Expr]) -> Vec<Expr> {
    let mut seen: FxHashSet<Expr> = FxHashSet::default();
    let mut order = Vec::new();
    let mut stack: Vec<(Expr, bool)> = roots.iter().rev().map(|e| (e.clone(), false)).collect();
    while let Some((node, ready)) = stack.pop() {
        if ready {
            order.push(node);
            continue;
        }
        if !seen.insert(node.clone()) {
            continue;
        }
        let children: Vec<Expr> = node
            .children()
            .into_iter()
            .filter(|c| !seen.contains(*c))
            .cloned()
            .collect();
        stack.push((node, true));
        stack.extend(children.into_iter().rev().map(|c| (c, false)));
    }
    order
}

impl Expr {
    /// The same node over other parts: `of` gives what each part becomes.
    #[must_use]
    pub fn rebuilt(&self, of: &dyn Fn(&Self) -> Self) -> Self {
        match self.kind() {
            Kind::Number(_) | Kind::Constant(_) | Kind::Symbol(_) => self.clone(),
            Kind::Indexed(s, index) => Self::indexed(s.clone(), index.iter().map(of)),
            Kind::Add(constant, terms) => {
                let parts: Vec<(Self, &Number)> = terms.iter().map(|(e, c)| (of(e), c)).collect();
                let one = Number::ONE;
                let constant = Self::number(constant.clone());
                Self::combination(
                    parts
                        .iter()
                        .map(|(e, c)| (e, *c))
                        .chain([(&constant, &one)]),
                )
            }
            Kind::Mul(coefficient, factors) => Self::product(
                std::iter::once(Self::number(coefficient.clone())).chain(factors.iter().map(of)),
            ),
            Kind::Power(base, exponent) => of(base).power(&of(exponent)),
            Kind::Call(f, args) => Self::call(*f, args.iter().map(of)),
            Kind::Compare(r, a, b) => Self::compare(*r, of(a), of(b)),
            Kind::And(parts) => Self::all(parts.iter().map(of)),
            Kind::Or(parts) => Self::any(parts.iter().map(of)),
            Kind::If(c, a, b) => Self::cases(of(c), of(a), of(b)),
            Kind::Bound(k, s, a, b, e) => Self::bound(*k, s.clone(), of(a), of(b), of(e)),
        }
    }

    /// Rebuilds from the leaves up; `rule` sees each node after its parts were rebuilt and gives its replacement.
    #[must_use]
    pub fn map(&self, rule: &mut dyn FnMut(Self) -> Self) -> Self {
        let mut memo: FxHashMap<Self, Self> = FxHashMap::default();
        for node in topological(std::slice::from_ref(self)) {
            let same = node.children().iter().all(|c| memo.get(*c) == Some(*c));
            let rebuilt = if same {
                node.clone()
            } else {
                node.rebuilt(&|part| memo[part].clone())
            };
            let replaced = rule(rebuilt);
            memo.insert(node, replaced);
        }
        memo.remove(self).unwrap_or_else(|| self.clone())
    }

    /// Replaces free occurrences of whole nodes (symbols, mostly) by others, all at once.
    #[must_use]
    pub fn substitute(&self, replacements: &FxHashMap<Self, Self>) -> Self {
        if replacements.is_empty() {
            return self.clone();
        }
        let mut memo: FxHashMap<Self, Self> = FxHashMap::default();
        for node in topological(std::slice::from_ref(self)) {
            let image = if let Some(other) = replacements.get(&node) {
                other.clone()
            } else if let Kind::Bound(binder, variable, lower, upper, body) = node.kind() {
                node_under_binder(replacements, &memo, *binder, variable, [lower, upper, body])
            } else if node.children().iter().all(|c| memo.get(*c) == Some(*c)) {
                node.clone()
            } else {
                node.rebuilt(&|part| memo[part].clone())
            };
            memo.insert(node, image);
        }
        memo.remove(self).unwrap_or_else(|| self.clone())
    }

    /// Replaces one symbol.
    #[must_use]
    pub fn replace(&self, symbol: &Symbol, by: &Self) -> Self {
        if !self.may_contain(symbol) {
            return self.clone();
        }
        self.substitute(&FxHashMap::from_iter([(
            Self::symbol(symbol.name()),
            by.clone(),
        )]))
    }

    /// Does the symbol (or an indexed name of it) occur free?
    #[must_use]
    pub fn contains(&self, symbol: &Symbol) -> bool {
        self.may_contain(symbol) && self.free_symbols().contains(symbol)
    }

    /// Does any of the symbols occur free?
    #[must_use]
    pub fn contains_any(&self, symbols: &[Symbol]) -> bool {
        symbols.iter().any(|s| self.contains(s))
    }

    /// The symbols that occur free in it, by name.
    #[must_use]
    pub fn free_symbols(&self) -> BTreeSet<Symbol> {
        let mut out = BTreeSet::new();
        let mut binders = Vec::new();
        for node in topological(std::slice::from_ref(self)) {
            match node.kind() {
                Kind::Symbol(s) | Kind::Indexed(s, _) => {
                    out.insert(s.clone());
                }
                Kind::Bound(_, s, ..) => binders.push((node.clone(), s.clone())),
                _ => {}
            }
        }
        // A bound name is free only if it also occurs where no binder of it reaches.
        for (_, s) in &binders {
            if out.contains(s) && !occurs_free(self, s) {
                out.remove(s);
            }
        }
        out
    }

    /// Number of nodes, shared ones once.
    #[must_use]
    pub fn count_nodes(&self) -> usize {
        topological(std::slice::from_ref(self)).len()
    }

    /// Does a node satisfy the predicate?
    #[must_use]
    pub fn any_node(&self, predicate: &dyn Fn(&Self) -> bool) -> bool {
        topological(std::slice::from_ref(self))
            .iter()
            .any(predicate)
    }
}

fn occurs_free(e: &Expr, symbol: &Symbol) -> bool {
    let mut memo: FxHashMap<Expr, bool> = FxHashMap::default();
    for node in topological(std::slice::from_ref(e)) {
        let found = match node.kind() {
            Kind::Symbol(s) => s == symbol,
            Kind::Indexed(s, index) => s == symbol || index.iter().any(|i| memo[i]),
            Kind::Bound(_, s, a, b, body) => memo[a] || memo[b] || (s != symbol && memo[body]),
            _ => node.children().iter().any(|c| memo[*c]),
        };
        memo.insert(node, found);
    }
    memo[e]
}

fn node_under_binder(
    replacements: &FxHashMap<Expr, Expr>,
    memo: &FxHashMap<Expr, Expr>,
    binder: Binder,
    variable: &Symbol,
    [lower, upper, body]: [&Expr; 3],
) -> Expr {
    let name = Expr::symbol(variable.name());
    let (lower, upper) = (memo[lower].clone(), memo[upper].clone());
    let mut inner: FxHashMap<Expr, Expr> = replacements.clone();
    inner.remove(&name);
    // Keep the bound name apart from names that come in.
    let clash = inner.values().any(|e| e.contains(variable));
    let mut fresh = variable.clone();
    if clash {
        let mut k = 1;
        while inner.values().any(|e| e.contains(&fresh)) || body.contains(&fresh) {
            fresh = Symbol::new(&format!("{}_{k}", variable.name()));
            k += 1;
        }
        inner.insert(name, Expr::symbol(fresh.name()));
    }
    Expr::bound(binder, fresh, lower, upper, body.substitute(&inner))
}
