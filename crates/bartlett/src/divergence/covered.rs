//! Does the support of one law hold that of another?
//! In: facts, pairs of densities. Out: always, under conditions, or never with the reason. Never: yes where it is not known.

use crate::model::{Datum, Density};
use bartlett_expr::{Expr, Facts, Relation, Truth, normal};

/// Does the support of the second hold that of the first?
pub(crate) enum Covered {
    Always,
    /// Only where these conditions hold.
    Where(Vec<Expr>),
    Never(String),
}

impl Covered {
    pub(crate) fn of(facts: &Facts, pairs: &[(&Density, &Density)]) -> Self {
        let mut conditions: Vec<Expr> = Vec::new();
        for (p, q) in pairs {
            for (a, b) in p.data.iter().zip(&q.data) {
                if let Err(why) = nested(facts, a, b, &mut conditions) {
                    return Self::Never(why);
                }
            }
        }
        if conditions.is_empty() {
            Self::Always
        } else {
            Self::Where(conditions)
        }
    }
}

fn nested(facts: &Facts, a: &Datum, b: &Datum, conditions: &mut Vec<Expr>) -> Result<(), String> {
    let x = &a.symbol;
    if a.support.is_discrete() != b.support.is_discrete() {
        return Err(format!(
            "{x} is discrete in one law and continuous in the other"
        ));
    }
    if a.atoms.iter().any(|atom| !b.atoms.contains(atom)) {
        return Err(format!(
            "the second law has no atom where the model has one for {x}"
        ));
    }
    let outside = || Err(format!("the second law does not cover the support of {x}"));
    if let (Some(one), Some(two)) = (&a.support.step, &b.support.step) {
        let offset =
            normal::cancelled(&((&a.support.lower.value - &b.support.lower.value) / two.clone()));
        let whole = facts.is_integer(&offset) || is_infinite(&a.support.lower.value);
        if one != two || !whole {
            return outside();
        }
    }
    let ends = [
        (&a.support.lower.value, &b.support.lower.value, true),
        (&a.support.upper.value, &b.support.upper.value, false),
    ];
    for (own, other, lower) in ends {
        if own == other || is_infinite(other) {
            continue;
        }
        if is_infinite(own) {
            return outside();
        }
        let (low, high) = if lower { (other, own) } else { (own, other) };
        let gap = normal::simplified(facts, &(high - low));
        match facts.is_nonnegative(&gap) {
            Truth::Yes => {}
            Truth::No => return outside(),
            Truth::Unknown => {
                conditions.push(Expr::compare(
                    Relation::LessEqual,
                    low.clone(),
                    high.clone(),
                ));
            }
        }
    }
    Ok(())
}

fn is_infinite(e: &Expr) -> bool {
    !e.may_vary() && e.value_at(&[]).is_infinite()
}
