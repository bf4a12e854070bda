//! What closed means need before they are shown: functions of mean 0, conditions of existence, the textbook form.
//! In: densities, `Mean`s, values. Out: the same, ready. Never: a condition that is not said.

use crate::expect::{Mean, is_open};
use crate::information::Shape;
use crate::model::{Density, Model};
use bartlett_expr::{Expr, Facts, Symbol, Truth, normal, operations, present};

/// At most so many operations are worth a search for a shorter form.
const WORTH_A_SEARCH: usize = 120;

/// Functions of the data whose mean is 0: the score, and p″/p; none where the density is not smooth.
pub(crate) fn zero_means(density: &Density, parameters: &[Symbol]) -> Vec<Expr> {
    if !Shape::of(density, parameters).is_smooth() {
        return Vec::new();
    }
    let (Ok(score), Ok(hessian)) = (
        density.log_density.gradient(parameters),
        density.log_density.hessian(parameters),
    ) else {
        return Vec::new();
    };
    let mut all = score.clone();
    for (i, row) in hessian.iter().enumerate() {
        for (j, h) in row.iter().enumerate().skip(i) {
            all.push(h + &score[i] * &score[j]);
        }
    }
    all
}

/// The textbook form of a closed value.
pub(crate) fn shown(facts: &Facts, value: &Expr) -> Expr {
    if is_open(value) {
        return value.clone();
    }
    let factored = normal::simplified(facts, value);
    if operations(&factored) <= WORTH_A_SEARCH {
        return present(facts, &factored);
    }
    if operations(value) < operations(&factored) {
        value.clone()
    } else {
        factored
    }
}

/// What must be positive and is not proved to be, without what follows from the rest.
pub(crate) fn open_conditions(facts: &Facts, found: &[Mean]) -> Vec<Expr> {
    let mut conditions: Vec<Expr> = Vec::new();
    for condition in found.iter().flat_map(|m| &m.positive) {
        // factors that are positive anyway say nothing
        let condition = Expr::product(
            normal::simplified(facts, condition)
                .factors()
                .into_iter()
                .filter(|factor| facts.is_positive(factor) != Truth::Yes),
        );
        if !condition.is_one() && !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }
    let mut k = 0;
    while k < conditions.len() {
        let follows = (0..conditions.len()).any(|j| {
            let mut with = facts.clone();
            with.assume_positive(conditions[j].clone());
            j != k && with.is_positive(&conditions[k]) == Truth::Yes
        });
        if follows {
            conditions.remove(k);
        } else {
            k += 1;
        }
    }
    conditions
}

/// The model where the moments that were used exist.
pub(crate) fn where_finite(model: &Model, found: &[Mean]) -> Model {
    let mut judged = model.clone();
    for condition in found.iter().flat_map(|m| &m.positive) {
        // Near the boundary the integral is finite, but no quadrature finds its tail.
        let inside = condition - Expr::ratio(1, 4);
        if condition.may_vary() && judged.facts.is_positive(&inside) != Truth::Yes {
            judged.facts.assume_positive(inside);
        }
    }
    judged
}
