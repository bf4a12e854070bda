//! Which of a sum and its negative reads better.
//! In: a sum. Out: a judgment. Never: a change.

use super::names;
use super::order;
use crate::Number;
use crate::expr::{Constant, Expr, Kind};

/// Does the negative of a sum read at least as well: the difference of two terms that are no numbers, or mostly subtracted terms?
pub fn takes_a_minus(e: &Expr) -> bool {
    let Kind::Add(constant, terms) = e.kind() else {
        return false;
    };
    let signs = terms
        .iter()
        .map(|(_, c)| c)
        .chain((!constant.is_zero()).then_some(constant));
    let (negative, positive): (Vec<&Number>, Vec<&Number>) = signs.partition(|c| c.is_negative());
    let difference = constant.is_zero() && negative.len() == 1 && positive.len() == 1;
    difference || negative.len() > positive.len()
}

/// Does a sum read better than its negative?
pub fn reads_well(e: &Expr) -> bool {
    let Kind::Add(constant, terms) = e.kind() else {
        return true;
    };
    let positive = constant.is_positive() || terms.iter().any(|(_, c)| c.is_positive());
    let negative = constant.is_negative() || terms.iter().any(|(_, c)| c.is_negative());
    if !positive || !negative {
        return positive;
    }
    let all_against = !constant.is_zero()
        && terms
            .iter()
            .all(|(_, c)| c.is_negative() == constant.is_positive());
    if all_against && constant.abs().is_one() {
        let fraction_like = |e: &Expr| match e.kind() {
            Kind::Symbol(s) => order::is_fraction_like(s),
            Kind::Constant(c) => *c == Constant::EulerGamma,
            Kind::Power(base, _) => base.as_symbol().is_some() || base.is_constant(Constant::E),
            _ => false,
        };
        if terms.iter().all(|(e, _)| fraction_like(e)) {
            return constant.is_positive();
        }
    }
    let variable = terms
        .iter()
        .find(|(e, _)| e.as_symbol().is_some_and(order::is_variable));
    if let Some((_, c)) = variable {
        return c.is_positive();
    }
    let by_size: Vec<(Expr, Number)> = terms.iter().map(|(e, c)| (e.clone(), c.abs())).collect();
    let leading = order::terms(by_size).into_iter().next();
    leading.is_some_and(|(lead, _)| terms.iter().any(|(e, c)| *e == lead && c.is_positive()))
}

/// Inside a larger sum: may the sum take over the minus sign in front of it? A number with a term (`x - 1`), and the
/// difference of a variable and a Latin name (`n - x`) read well either way; `x - mu` does not.
pub fn takes_a_minus_in_a_sum(e: &Expr) -> bool {
    let Kind::Add(constant, terms) = e.kind() else {
        return false;
    };
    let mixed = |c: &Number| {
        terms
            .iter()
            .all(|(_, d)| d.is_negative() != c.is_negative())
    };
    if !constant.is_zero() {
        return mixed(constant);
    }
    let latin = |e: &Expr| {
        e.as_symbol()
            .is_some_and(|s| names::greek(names::parts(s.name()).0).is_none())
    };
    terms.len() == 2
        && terms[0].1.is_negative() != terms[1].1.is_negative()
        && terms.iter().all(|(e, _)| latin(e))
}
