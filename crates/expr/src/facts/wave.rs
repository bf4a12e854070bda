//! The sign of a wave where its argument stays inside one half of its period.
//! In: `Facts`, an argument. Out: `Range`. Never: an argument that is not linear in symbols with known ends.

use super::Facts;
use super::range::Range;
use crate::Number;
use crate::expr::{Constant, Expr, Kind};
use crate::normal::expanded;

/// A number free of symbols has the sign of its value only beyond this: far above rounding.
const CLEAR: f64 = 1e-9;
/// Larger arguments lose the digits that would tell.
const LARGEST: f64 = 1e6;

/// The range of a wave that is above 0 between `quarter`·π/2 and π more, and below 0 in the half before.
pub(super) fn range(facts: &Facts, x: &Expr, quarter: i64) -> Range {
    let whole = Range::closed(Number::MINUS_ONE, Number::ONE);
    let above = Range {
        lower: Some((Number::ZERO, false)),
        upper: Some((Number::ONE, true)),
    };
    if !x.may_vary() {
        let value = x.value_at(&[]);
        let turned = (value - quarter as f64 * std::f64::consts::FRAC_PI_2).sin();
        return match turned {
            v if value.abs() > LARGEST || v.is_nan() => whole,
            v if v > CLEAR => above,
            v if v < -CLEAR => above.negated(),
            _ => whole,
        };
    }
    let (Some(lower), Some(upper)) = (end(facts, x, false), end(facts, x, true)) else {
        return whole;
    };
    let turns = |n: i64| Expr::constant(Constant::Pi) * Expr::ratio(n, 2);
    let inside = |from: i64| {
        let below = expanded(&(&lower.0 - turns(from)));
        let room = expanded(&(turns(from + 2) - &upper.0));
        exceeds(facts, &below, !lower.1) && exceeds(facts, &room, !upper.1)
    };
    if inside(quarter) {
        above
    } else if inside(quarter - 2) {
        above.negated()
    } else {
        whole
    }
}

/// Is a distance above 0, or 0 where that is enough?
fn exceeds(facts: &Facts, distance: &Expr, zero_is_enough: bool) -> bool {
    (zero_is_enough && distance.is_zero())
        || (!distance.may_vary() && facts.range(distance).is_positive())
}

/// An end of a linear expression, and whether it is attained.
fn end(facts: &Facts, x: &Expr, upper: bool) -> Option<(Expr, bool)> {
    let mut total = Vec::new();
    let mut attained = true;
    for part in expanded(x).summands() {
        let (c, symbol) = part.as_coefficient();
        let Kind::Symbol(name) = symbol.kind() else {
            if part.may_vary() {
                return None;
            }
            total.push(part);
            continue;
        };
        let domain = facts.domain(name)?;
        let end = if upper == c.is_negative() {
            &domain.lower
        } else {
            &domain.upper
        };
        if end.value.may_vary() || end.value.as_coefficient().1.is_constant(Constant::Infinity) {
            return None;
        }
        attained &= end.closed;
        total.push(end.value.scaled(&c));
    }
    Some((Expr::sum(total), attained))
}
