//! Laws of one category among several: given by probabilities, by logits, or by a latent variable cut at points.
//! In: `Call`. Out: `Joint`. Never: a moment.

use super::super::claims::{Claim, What};
use super::{Call, Joint};
use bartlett_expr::{Domain, Expr, Number, Problem, Relation, Symbol};

/// The value of the category: nested cases.
fn by_category(datum: &Symbol, logarithms: Vec<Expr>) -> Expr {
    let x = Expr::symbol(datum.name());
    let mut cases = logarithms.into_iter().enumerate().rev();
    let last = cases.next().map_or_else(Expr::zero, |(_, value)| value);
    cases.fold(last, |rest, (k, value)| {
        let category = Expr::integer(i64::try_from(k + 1).unwrap_or(i64::MAX));
        Expr::cases(
            Expr::compare(Relation::Equal, x.clone(), category),
            value,
            rest,
        )
    })
}

fn category_support(call: &Call<'_>, datum: &Symbol, count: usize) -> Claim {
    let last = Expr::integer(i64::try_from(count).unwrap_or(i64::MAX));
    call.support(datum, Domain::integers(Expr::one(), last, Number::ONE))
}

pub(super) fn categorical(call: &Call<'_>) -> Result<Joint, Problem> {
    let p = &call.lists[0];
    call.check_total(0, p)?;
    let datum = &call.data[0];
    let mut claims = call.probabilities(0, p);
    claims.push(category_support(call, datum, p.len()));
    Ok(Joint {
        log_density: by_category(datum, p.iter().map(Expr::log).collect()),
        data: vec![datum.clone()],
        claims,
    })
}

/// P(x = k) ∝ exp(βₖ).
pub(super) fn categorical_logit(call: &Call<'_>) -> Result<Joint, Problem> {
    let beta = &call.lists[0];
    let datum = &call.data[0];
    let total = Expr::sum(beta.iter().map(Expr::exp)).log();
    let logarithms = beta.iter().map(|b| b - &total).collect();
    Ok(Joint {
        log_density: by_category(datum, logarithms),
        data: vec![datum.clone()],
        claims: vec![category_support(call, datum, beta.len())],
    })
}

/// P(x ≤ j) = logistic(c_j − η).
pub(super) fn ordered_logistic(call: &Call<'_>) -> Result<Joint, Problem> {
    ordered(call, "logistic")
}

/// P(x ≤ j) = Φ(c_j − η).
pub(super) fn ordered_probit(call: &Call<'_>) -> Result<Joint, Problem> {
    ordered(call, "Phi")
}

/// A latent variable η + ε cut at increasing points, ε of a symmetric law with this distribution function.
fn ordered(call: &Call<'_>, distribution: &str) -> Result<Joint, Problem> {
    let (eta, cuts) = (&call.numbers[0], &call.lists[0]);
    let datum = &call.data[0];
    let below = |x: Expr| Expr::function(distribution, [x]);
    let mut p = Vec::new();
    let mut claims = Vec::new();
    for (k, cut) in cuts.iter().enumerate() {
        let before = if k == 0 {
            Expr::zero()
        } else {
            below(&cuts[k - 1] - eta)
        };
        p.push(below(cut - eta) - before);
        if k > 0 {
            let above = |difference| What::Above {
                difference,
                closed: false,
            };
            claims.push(call.argument(
                1,
                "cut points",
                "them in increasing order",
                above(cut - &cuts[k - 1]),
            ));
            claims.push(call.argument(
                1,
                "cut points",
                "them in increasing order",
                above(p[k].clone()),
            ));
        }
    }
    p.push(cuts.last().map_or_else(Expr::one, |last| below(eta - last)));
    claims.push(category_support(call, datum, p.len()));
    Ok(Joint {
        log_density: by_category(datum, p.iter().map(Expr::log).collect()),
        data: vec![datum.clone()],
        claims,
    })
}
