//! Common sub-expressions: parts that occur several times get a name and are computed once.
//! In: expressions. Out: definitions in order, and the expressions over them. Never: a part taken out of a case that may not be entered.

use crate::Symbol;
use crate::expr::{Expr, Kind};
use crate::traverse::topological;
use rustc_hash::{FxHashMap, FxHashSet};

/// Definitions, each of a fresh symbol and over the ones before it, and what became of the expressions.
pub struct Shared {
    /// Name and formula.
    pub steps: Vec<(Symbol, Expr)>,
    /// The expressions over these names.
    pub values: Vec<Expr>,
}

/// The same node over other parts; a call stays the call that it is, also of a function that has a definition.
pub fn over(node: &Expr, of: &dyn Fn(&Expr) -> Expr) -> Expr {
    match node.kind() {
        Kind::Call(function, arguments) => {
            Expr::of(Kind::Call(*function, arguments.iter().map(of).collect()))
        }
        _ => node.rebuilt(of),
    }
}

/// Nodes that are evaluated whatever the data are, and that hold no bound name.
fn always_evaluated(roots: &[Expr]) -> FxHashSet<Expr> {
    let mut seen: FxHashSet<Expr> = FxHashSet::default();
    let mut stack: Vec<Expr> = roots.to_vec();
    while let Some(node) = stack.pop() {
        if !seen.insert(node.clone()) {
            continue;
        }
        match node.kind() {
            Kind::If(condition, _, _) => stack.push(condition.clone()),
            Kind::Bound(_, variable, lower, upper, body) => {
                stack.extend([lower.clone(), upper.clone()]);
                let mut inside = vec![body.clone()];
                let mut walked: FxHashSet<Expr> = FxHashSet::default();
                while let Some(part) = inside.pop() {
                    if !walked.insert(part.clone()) {
                        continue;
                    }
                    let binds = part.any_node(&|n| matches!(n.kind(), Kind::Bound(..)));
                    if !binds && !part.contains(variable) {
                        stack.push(part);
                    } else if !matches!(part.kind(), Kind::If(..) | Kind::Bound(..)) {
                        inside.extend(part.children().into_iter().cloned());
                    }
                }
            }
            _ => stack.extend(node.children().into_iter().cloned()),
        }
    }
    seen
}

/// Is a name worth more than the formula?
fn is_worth_a_name(node: &Expr) -> bool {
    let leaf = |e: &Expr| {
        matches!(
            e.kind(),
            Kind::Number(_) | Kind::Constant(_) | Kind::Symbol(_) | Kind::Indexed(..)
        )
    };
    match node.kind() {
        _ if leaf(node) => false,
        Kind::Compare(..) | Kind::And(_) | Kind::Or(_) => false,
        Kind::Add(constant, terms) => terms.len() > 1 || !constant.is_zero(),
        Kind::Mul(_, factors) => factors.len() > 1 || !leaf(&factors[0]),
        Kind::Power(base, exponent) => {
            let small = exponent.as_integer().is_some_and(|n| n.abs() <= 2);
            !(small && leaf(base)) && node.may_vary()
        }
        _ => true,
    }
}

/// Names what occurs several times. The names are `prefix` with a number.
pub fn shared(roots: &[Expr], prefix: &str) -> Shared {
    let order = topological(roots);
    let always = always_evaluated(roots);
    let mut uses: FxHashMap<Expr, usize> = FxHashMap::default();
    for part in order
        .iter()
        .flat_map(|node| node.children().into_iter().cloned().collect::<Vec<_>>())
        .chain(roots.iter().cloned())
    {
        *uses.entry(part).or_insert(0) += 1;
    }
    let mut steps: Vec<(Symbol, Expr)> = Vec::new();
    let mut image: FxHashMap<Expr, Expr> = FxHashMap::default();
    for node in order {
        let same = node.children().iter().all(|c| image.get(*c) == Some(*c));
        let built = if same {
            node.clone()
        } else {
            over(&node, &|part| image[part].clone())
        };
        let named = uses.get(&node).is_some_and(|n| *n > 1)
            && always.contains(&node)
            && is_worth_a_name(&node)
            && is_worth_a_name(&built);
        let value = if named {
            let name = Symbol::new(&format!("{prefix}{}", steps.len() + 1));
            let value = Expr::symbol(name.name());
            steps.push((name, built));
            value
        } else {
            built
        };
        image.insert(node, value);
    }
    Shared {
        steps,
        values: roots.iter().map(|root| image[root].clone()).collect(),
    }
}

/// A prefix of names that no symbol of the expressions begins with.
pub fn prefix(taken: &[Symbol]) -> String {
    let is_free = |prefix: &str| {
        !taken.iter().any(|symbol| {
            let rest = symbol.name().strip_prefix(prefix);
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let mut prefix = "t".to_owned();
    while !is_free(&prefix) {
        prefix.push('t');
    }
    prefix
}
