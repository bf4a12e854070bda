//! Sums and logarithms that are evaluated together with their parts, where a part alone would overflow or lose its digits.
//! In: a node. Out: the parts and the routine. Never: a value.

use super::Routine;
use crate::expr::{Constant, Expr, Kind};
use crate::functions::Value;
use bartlett_special as special;

/// c − c·t, for a t that may come close to 1.
pub(super) enum Complement {
    /// t = e^x
    Exponential(Expr),
    /// t = (1 + x)^e
    Power(Expr, Expr),
    /// t = Φ(x)
    Normal(Expr),
}

pub(super) fn complement(
    constant: &crate::Number,
    terms: &[(Expr, crate::Number)],
) -> Option<Complement> {
    let [(term, c)] = terms else { return None };
    if *constant != -c {
        return None;
    }
    match term.kind() {
        Kind::Power(base, exponent) if base.is_constant(Constant::E) => {
            Some(Complement::Exponential(exponent.clone()))
        }
        Kind::Power(base, exponent) => match base.kind() {
            Kind::Add(one, _) if one.is_one() && exponent.as_integer().is_none_or(|n| n < 0) => {
                Some(Complement::Power(base - 1, exponent.clone()))
            }
            _ => None,
        },
        Kind::Call(f, arguments) if f.name() == "Phi" => {
            Some(Complement::Normal(arguments[0].clone()))
        }
        _ => None,
    }
}

/// A logarithm that is evaluated together with its argument.
pub(super) enum Fused {
    One(Routine, Expr),
    Two(fn(f64, f64) -> f64, Expr, Expr),
}

/// Logarithms whose argument alone would overflow, underflow or lose its digits: log(1 + x), log(1 ± eˣ), log Φ, log(1 − Φ), log Bessel.
pub(super) fn fused_logarithm(e: &Expr) -> Option<Fused> {
    let argument = &e.as_call_of("log")?[0];
    match argument.kind() {
        Kind::Call(function, arguments) => match (function.log_value()?, &arguments[..]) {
            (Value::One(f), [x]) => Some(Fused::One(Routine::of(f), x.clone())),
            (Value::Two(f), [x, y]) => Some(Fused::Two(f, x.clone(), y.clone())),
            _ => None,
        },
        Kind::Add(constant, terms) if constant.is_one() => {
            if let [(term, c)] = &terms[..]
                && c.is_one()
                && let Kind::Power(base, exponent) = term.kind()
                && base.is_constant(Constant::E)
            {
                let softplus = Routine {
                    value: special::softplus,
                    column: Some(special::softplus_column),
                };
                return Some(Fused::One(softplus, exponent.clone()));
            }
            match complement(constant, terms) {
                Some(Complement::Exponential(x)) => {
                    Some(Fused::One(Routine::of(log_one_less_exponential), x))
                }
                Some(Complement::Normal(x)) => {
                    Some(Fused::One(Routine::of(log_normal_survival), x))
                }
                Some(Complement::Power(..)) => None,
                None => {
                    let more = Routine {
                        value: f64::ln_1p,
                        column: Some(special::ln_1p_column),
                    };
                    Some(Fused::One(more, argument - 1))
                }
            }
        }
        _ => None,
    }
}

/// log(1 − Φ(x))
fn log_normal_survival(x: f64) -> f64 {
    special::log_normal_cdf(-x)
}

/// log(1 − eˣ) for x < 0 (Mächler 2012).
fn log_one_less_exponential(x: f64) -> f64 {
    if x > -std::f64::consts::LN_2 {
        (-x.exp_m1()).ln()
    } else {
        (-x.exp()).ln_1p()
    }
}
