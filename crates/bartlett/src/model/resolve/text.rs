//! Domains as statements of the language.
//! In: a domain. Out: text that declares it. Never: a layout for the eye.

use super::domains::is_infinite;
use bartlett_expr::{Constant, Domain, Expr, Kind, Number, Symbol};

/// The statement that puts a symbol into a domain, with single points besides.
pub(super) fn domain(s: &Symbol, domain: &Domain, atoms: &[Expr]) -> String {
    let (lower, upper) = (&domain.lower, &domain.upper);
    let (below, above) = (!is_infinite(&lower.value), !is_infinite(&upper.value));
    let union = if atoms.is_empty() {
        String::new()
    } else {
        format!(
            " + {{{}}}",
            atoms.iter().map(expression).collect::<Vec<_>>().join(", ")
        )
    };
    if let Some(step) = &domain.step {
        if !below && !above {
            return format!("{s} in integer{union}");
        }
        if !below {
            return format!("{s} in integer; {s} <= {}", expression(&upper.value));
        }
        let first = expression(&lower.value);
        if above && (&upper.value - &lower.value).as_number() == Some(step) {
            return format!("{s} in {{{first}, {}}}{union}", expression(&upper.value));
        }
        let second = expression(&(&lower.value + Expr::number(step.clone())));
        let last = if above {
            format!(", {}", expression(&upper.value))
        } else {
            String::new()
        };
        return format!("{s} in {{{first}, {second}, ...{last}}}{union}");
    }
    if !below && !above {
        return format!("{s} in real{union}");
    }
    let sign = |closed: bool, bare: &str| {
        if closed {
            format!("{bare}=")
        } else {
            bare.to_owned()
        }
    };
    if atoms.is_empty() && !above {
        return format!(
            "{s} {} {}",
            sign(lower.closed, ">"),
            expression(&lower.value)
        );
    }
    if atoms.is_empty() && !below {
        return format!(
            "{s} {} {}",
            sign(upper.closed, "<"),
            expression(&upper.value)
        );
    }
    if atoms.is_empty()
        && lower.value.as_number().is_some_and(Number::is_zero)
        && !lower.closed
        && !upper.closed
    {
        return format!("0 < {s} < {}", expression(&upper.value));
    }
    let open = if lower.closed { '[' } else { '(' };
    let close = if upper.closed { ']' } else { ')' };
    format!(
        "{s} in {open}{}, {}{close}{union}",
        expression(&lower.value),
        expression(&upper.value)
    )
}

/// An expression in the language.
pub(super) fn expression(e: &Expr) -> String {
    match e.kind() {
        Kind::Constant(Constant::Infinity) => "inf".to_owned(),
        _ => e.text(),
    }
}
