//! Products of gamma functions that overflow one by one.
//! In: arguments and powers. Out: the logarithm of the product. Never: a difference of large logarithms.

use crate::expr::Expr;
use bartlett_special as special;

/// Γ(x)^n as x and n.
pub(super) fn gamma_power(e: &Expr) -> Option<(Expr, f64)> {
    let (base, exponent) = e.as_power();
    let [x] = base.as_call_of("gamma")? else {
        return None;
    };
    Some((x.clone(), exponent.as_number()?.to_f64()))
}

/// Σ n·log Γ(x), neighbors of opposite sign taken together so that large arguments keep the digits of their difference.
pub(super) fn log_of_gammas(mut parts: Vec<(f64, f64)>) -> Option<f64> {
    if parts.iter().any(|(x, _)| x.is_nan() || *x <= 0.0) {
        return None;
    }
    parts.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut sum = 0.0;
    while let Some((x, n)) = parts.first().copied() {
        let partner = parts.iter().position(|(_, m)| m * n < 0.0);
        let Some(partner) = partner.filter(|_| x > 30.0) else {
            parts.remove(0);
            sum += n * special::lgamma(x);
            continue;
        };
        // log Γ(x) − log Γ(y) = log Γ(x − y) − log B(y, x − y)
        let (y, m) = parts[partner];
        let common = n.signum() * n.abs().min(m.abs());
        let distance = x - y;
        sum += common * (special::lgamma(distance) - special::lbeta(y, distance));
        parts[0].1 -= common;
        parts[partner].1 += common;
        parts.retain(|(_, n)| *n != 0.0);
    }
    Some(sum)
}
