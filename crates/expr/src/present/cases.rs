//! One case distinction around the whole, instead of one around each of its parts.
//! In: an expression with conditions, how a part without them is finished. Out: an equal expression. Never: more cases than a reader can follow.

use crate::expr::{Expr, Kind, Relation};
use crate::traverse::topological;

/// At most so many conditions are drawn out.
const CONDITIONS: usize = 3;

/// The expression with its conditions drawn to the outside, each part finished on its own.
#[must_use]
pub fn by_cases(e: &Expr, finish: &dyn Fn(&Expr) -> Expr) -> Expr {
    // A condition on the variable of a sum or an integral stays inside.
    if e.any_node(&|node| matches!(node.kind(), Kind::Bound(..))) {
        return finish(e);
    }
    within(e, finish, CONDITIONS)
}

fn within(e: &Expr, finish: &dyn Fn(&Expr) -> Expr, left: usize) -> Expr {
    let Some(condition) = first_condition(e).filter(|_| left > 0) else {
        return finish(e);
    };
    let opposite = condition.negated();
    let assume = |this: &Expr, other: &Expr| {
        let part = e.map(&mut |node| match node {
            node if node == *this => Expr::always(),
            node if node == *other => Expr::never(),
            node => node,
        });
        within(&at_the_point(&part, this), finish, left - 1)
    };
    let (holds, fails) = (assume(&condition, &opposite), assume(&opposite, &condition));
    Expr::cases(condition, holds, fails)
}

/// A condition of a case distinction; `x = k` rather than `x ≠ k`.
fn first_condition(e: &Expr) -> Option<Expr> {
    let nodes = topological(std::slice::from_ref(e));
    let found = nodes
        .into_iter()
        .find(|node| matches!(node.kind(), Kind::Compare(..)))?;
    Some(match found.kind() {
        Kind::Compare(Relation::NotEqual, ..) => found.negated(),
        _ => found,
    })
}

/// Where the condition is `symbol = value`, the value in the place of the symbol.
fn at_the_point(e: &Expr, condition: &Expr) -> Expr {
    match condition.kind() {
        Kind::Compare(Relation::Equal, a, b) => match (a.as_symbol(), b.as_symbol()) {
            (Some(s), _) if !b.contains(s) => e.replace(s, b),
            (_, Some(s)) if !a.contains(s) => e.replace(s, a),
            _ => e.clone(),
        },
        _ => e.clone(),
    }
}
