//! Data with finitely many outcomes: every one of them with its probability.
//! In: facts, a density of any number of discrete data. Out: outcomes. Never: more than a bounded number of them.

use crate::model::Density;
use bartlett_expr::{Expr, Facts, Number, normal};
use rustc_hash::FxHashMap;

/// At most so many outcomes are summed one by one.
const OUTCOMES: usize = 256;

/// An outcome and the density there.
pub(crate) type Outcome = (FxHashMap<Expr, Expr>, Expr);

/// Every outcome, where all supports are finite sets of numbers.
pub(crate) fn outcomes(facts: &Facts, density: &Density) -> Option<Vec<Outcome>> {
    let mut all: Vec<FxHashMap<Expr, Expr>> = vec![FxHashMap::default()];
    for datum in &density.data {
        if !datum.atoms.is_empty() {
            return None;
        }
        let step = datum.support.step.clone()?;
        let name = Expr::symbol(datum.symbol.name());
        let mut longer = Vec::new();
        for outcome in all {
            let end = |e: &Expr| {
                normal::cancelled(&e.substitute(&outcome))
                    .as_number()
                    .cloned()
            };
            let (first, last) = (
                end(&datum.support.lower.value)?,
                end(&datum.support.upper.value)?,
            );
            let count = (&(&last - &first) / &step).floor().to_i64()?;
            if count < 0 {
                continue;
            }
            if longer.len() + usize::try_from(count).ok()? >= OUTCOMES {
                return None;
            }
            for k in 0..=count {
                let mut next = outcome.clone();
                next.insert(
                    name.clone(),
                    Expr::number(&first + &(&step * &Number::integer(k))),
                );
                longer.push(next);
            }
        }
        all = longer;
    }
    let probability = |outcome: &FxHashMap<Expr, Expr>| {
        let value = facts.refine(&density.log_density.substitute(outcome));
        facts.refine(&value.exp())
    };
    Some(
        all.into_iter()
            .map(|o| {
                let p = probability(&o);
                (o, p)
            })
            .collect(),
    )
}

/// Σ g · probability, over Σ probability where that is not 1.
pub(crate) fn expect(facts: &Facts, outcomes: &[Outcome], mass: &Expr, g: &Expr) -> Expr {
    let sum = Expr::sum(outcomes.iter().map(|(at, p)| g.substitute(at) * p));
    normal::simplified(facts, &(sum / mass))
}

/// Σ probability.
pub(crate) fn mass(facts: &Facts, outcomes: &[Outcome]) -> Expr {
    normal::simplified(facts, &Expr::sum(outcomes.iter().map(|(_, p)| p.clone())))
}
