//! What a density needs of its parameters to have a value: logarithms, roots, powers and gammas of what is positive.
//! In: an expression. Out: the differences that must be above 0, each with the reason. Never: a need of one branch of an `if` only.

use bartlett_expr::{Expr, Kind};
use rustc_hash::FxHashSet;

/// A need: `difference > 0`.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub difference: Expr,
    /// Why, in words about the symbol that it narrows.
    pub why: &'static str,
    /// Must it hold wherever the density has a value, so that it may be assumed even where it narrows no domain?
    pub certain: bool,
}

/// Functions of a positive argument, by position of the argument.
static GAMMAS: &[&str] = &["gamma", "lgamma", "digamma", "lbeta", "beta"];

/// The needs of an expression, outermost first.
pub(super) fn needs(e: &Expr) -> Vec<Need> {
    let mut found = Vec::new();
    let mut seen = FxHashSet::default();
    let mut stack = vec![e.clone()];
    while let Some(node) = stack.pop() {
        if !seen.insert(node.clone()) {
            continue;
        }
        let mut need = |difference: &Expr, why: &'static str, certain: bool| {
            if difference.may_vary() {
                found.push(Need {
                    difference: difference.clone(),
                    why,
                    certain,
                });
            }
        };
        match node.kind() {
            Kind::Call(f, arguments) if f.name() == "log" => {
                need(&arguments[0], "a logarithm of it is taken", true)
            }
            Kind::Call(f, arguments) if GAMMAS.contains(&f.name()) => {
                for argument in arguments {
                    need(argument, "a gamma function of it is taken", false);
                }
            }
            Kind::Power(base, exponent) if exponent.may_vary() => {
                need(base, "it is raised to a variable power", true)
            }
            Kind::Power(base, exponent) if exponent.as_integer().is_none() => {
                need(base, "a root of it is taken", true)
            }
            _ => {}
        }
        if !matches!(node.kind(), Kind::If(..) | Kind::Bound(..)) {
            stack.extend(node.children().into_iter().cloned());
        }
    }
    found
}
