//! Where a log-density may be cut: its kinks, the zeros of an expression, the center of a square.
//! In: a chart or an expression. Out: places as functions of the parameters. Never: a decision whether a place lies in the support.

use super::chart::{Chart, prepared};
use super::path::{Move, steps};
use bartlett_expr::{Expr, Facts, Kind, Symbol, normal, topological};

/// Places where |…|, sign or a case of the log-density changes, as functions of the parameters.
pub(crate) fn kinks(chart: &Chart) -> Vec<Expr> {
    let x = &chart.variable;
    let mut found: Vec<Expr> = Vec::new();
    for node in topological(std::slice::from_ref(&chart.log_density)) {
        let zero_of = match node.kind() {
            Kind::Call(f, arguments) if !f.is_smooth() => match &arguments[..] {
                [u] => u.clone(),
                [u, v] => u - v,
                _ => continue,
            },
            Kind::Compare(_, a, b) => a - b,
            _ => continue,
        };
        if !zero_of.contains(x) {
            continue;
        }
        if let Some(root) = root(&chart.facts, &zero_of, x)
            && !found.contains(&root)
        {
            found.push(root);
        }
    }
    found
}

/// Does the log-density hold a function that is not smooth in the datum?
pub(crate) fn has_kink(log_density: &Expr, datum: &Symbol) -> bool {
    log_density.any_node(&|node| match node.kind() {
        Kind::Call(f, _) => !f.is_smooth() && node.contains(datum),
        Kind::Compare(..) => node.contains(datum),
        _ => false,
    })
}

/// Where an expression in which x stands once (or linearly) vanishes.
pub(crate) fn root(facts: &Facts, e: &Expr, x: &Symbol) -> Option<Expr> {
    let moves = steps(&prepared(facts, e), x)?;
    let mut value = Expr::zero();
    for step in moves.iter().rev() {
        if matches!(step, Move::Power(_)) && value.is_zero() {
            continue;
        }
        value = step.undo(&value);
    }
    Some(normal::simplified(facts, &value))
}

/// The center of a quadratic that stands in the log-density, or of a linear expression squared: where symmetry may be.
pub(super) fn center(chart: &Chart) -> Option<Expr> {
    let x = &chart.variable;
    topological(std::slice::from_ref(&chart.log_density))
        .iter()
        .find_map(|node| {
            if let Kind::Power(base, exponent) = node.kind()
                && exponent.as_integer().is_some_and(|n| n % 2 == 0)
                && base.as_symbol() != Some(x)
            {
                let moves = steps(base, x)?;
                if moves
                    .iter()
                    .all(|m| matches!(m, Move::Shift(_) | Move::Scale(_)))
                {
                    return root(&chart.facts, base, x);
                }
            }
            if !matches!(node.kind(), Kind::Add(..)) || *node == chart.log_density {
                return None;
            }
            let slope = node.derivative(x).ok()?;
            let curvature = normal::cancelled(&slope.derivative(x).ok()?);
            if curvature.contains(x) || curvature.is_zero() {
                return None;
            }
            let at_zero = slope.replace(x, &Expr::zero());
            Some(normal::simplified(&chart.facts, &-(at_zero / curvature)))
        })
}
