//! Which assumptions a step needed: those without which it does not come out the same.
//! In: facts, a step as a function of facts. Out: assumptions. Never: an assumption that was only there.

use super::step::Assumption;
use bartlett_expr::{Expr, Facts, Symbol};

/// The assumptions on the symbols of an expression without which the step gives something else.
pub(super) fn needed<T: PartialEq>(
    facts: &Facts,
    about: &Expr,
    except: &[Symbol],
    step: impl Fn(&Facts) -> T,
) -> Vec<Assumption> {
    let result = step(facts);
    let mut found = Vec::new();
    for symbol in about.free_symbols() {
        if except.contains(&symbol) {
            continue;
        }
        let Some(domain) = facts.domain(&symbol) else {
            continue;
        };
        if step(&facts.without_domain(&symbol)) != result {
            found.push(Assumption::Lives(symbol.clone(), domain.clone()));
        }
    }
    for positive in facts.positives() {
        let concerns = positive.free_symbols();
        if concerns.iter().any(|s| about.contains(s))
            && !concerns.iter().any(|s| except.contains(s))
            && step(&facts.without_positive(positive)) != result
        {
            found.push(Assumption::Positive(positive.clone()));
        }
    }
    found
}
