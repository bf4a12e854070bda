//! Laws on a simplex: shares or counts with a fixed total.
//! In: `Call`. Out: `Joint`. Never: a moment.

use super::super::claims::{Claim, What};
use super::{Call, Joint};
use bartlett_expr::{Domain, Expr, Number, Problem, Symbol};

/// Components on a simplex of total `total`: the free ones, and all of them as expressions.
fn simplex(call: &Call<'_>, total: &Expr) -> (Vec<Symbol>, Vec<Expr>) {
    let free: Vec<Symbol> = call.data[..call.data.len() - 1].to_vec();
    let mut all: Vec<Expr> = free.iter().map(|s| Expr::symbol(s.name())).collect();
    all.push(total - Expr::sum(all.iter().cloned()));
    (free, all)
}

pub(super) fn multinomial(call: &Call<'_>) -> Result<Joint, Problem> {
    let (n, p) = (&call.numbers[0], &call.lists[0]);
    call.check_total(1, p)?;
    let (data, all) = simplex(call, n);
    let mut claims = call.probabilities(1, p);
    claims.extend(counts(call, 0, n, &data, &all));
    let factorial = |x: &Expr| Expr::function("lgamma", [x + Expr::one()]);
    let terms = all.iter().zip(p).map(|(x, p)| x * p.log() - factorial(x));
    Ok(Joint {
        log_density: Expr::sum(terms.chain([factorial(n)])),
        data,
        claims,
    })
}

pub(super) fn dirichlet(call: &Call<'_>) -> Result<Joint, Problem> {
    let alpha = &call.lists[0];
    let (data, all) = simplex(call, &Expr::one());
    let mut claims = concentrations(call, alpha);
    let mut left = Expr::one();
    for (datum, x) in data.iter().zip(&all) {
        claims.push(call.support(
            datum,
            Domain::interval(Expr::zero(), false, left.clone(), false),
        ));
        left = left - x;
    }
    let lgamma = |a: &Expr| Expr::function("lgamma", [a.clone()]);
    let terms = all
        .iter()
        .zip(alpha)
        .map(|(x, a)| (a - Expr::one()) * x.log() - lgamma(a));
    let total = lgamma(&Expr::sum(alpha.iter().cloned()));
    Ok(Joint {
        log_density: Expr::sum(terms.chain([total])),
        data,
        claims,
    })
}

/// Each concentration is above 0.
fn concentrations(call: &Call<'_>, alpha: &[Expr]) -> Vec<Claim> {
    let positive = |a: &Expr| What::Member {
        subject: a.clone(),
        domain: Domain::positive(),
        atoms: Vec::new(),
    };
    alpha
        .iter()
        .map(|a| call.argument(0, "concentrations", "each of them above 0", positive(a)))
        .collect()
}

/// Counts that add up to n, a positive integer.
fn counts(call: &Call<'_>, place: usize, n: &Expr, data: &[Symbol], all: &[Expr]) -> Vec<Claim> {
    let whole = What::Member {
        subject: n.clone(),
        domain: Domain::integers(Expr::one(), Expr::infinity(), Number::ONE),
        atoms: Vec::new(),
    };
    let mut claims = vec![call.argument(place, "number of trials", "a positive integer", whole)];
    let mut left = n.clone();
    for (datum, x) in data.iter().zip(all) {
        let support = Domain::integers(Expr::zero(), left.clone(), Number::ONE);
        claims.push(call.support(datum, support));
        left = left - x;
    }
    claims
}

/// A multinomial whose probabilities are Dirichlet (Mosimann 1962).
pub(super) fn dirichlet_multinomial(call: &Call<'_>) -> Result<Joint, Problem> {
    let (n, alpha) = (&call.numbers[0], &call.lists[0]);
    let (data, all) = simplex(call, n);
    let mut claims = concentrations(call, alpha);
    claims.extend(counts(call, 1, n, &data, &all));
    let lgamma = |a: Expr| Expr::function("lgamma", [a]);
    let total = Expr::sum(alpha.iter().cloned());
    let terms = all
        .iter()
        .zip(alpha)
        .map(|(x, a)| lgamma(x + a) - lgamma(a.clone()) - lgamma(x + Expr::one()));
    let whole = lgamma(n + Expr::one()) + lgamma(total.clone()) - lgamma(n + total);
    Ok(Joint {
        log_density: Expr::sum(terms.chain([whole])),
        data,
        claims,
    })
}
