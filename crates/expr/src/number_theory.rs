//! Prime powers of small rationals.
//! In: a rational. Out: its prime factorisation where trial division reaches it. Never: an unbounded search.

use crate::Number;

const TRIAL_LIMIT: i64 = 10_000;

fn factor_integer(mut n: i64, sign: i64, out: &mut Vec<(i64, i64)>) -> Option<()> {
    let mut p = 2;
    while p * p <= n {
        if p > TRIAL_LIMIT {
            return None;
        }
        let mut k = 0;
        while n % p == 0 {
            n /= p;
            k += 1;
        }
        if k > 0 {
            out.push((p, sign * k));
        }
        p += if p == 2 { 1 } else { 2 };
    }
    if n > 1 {
        out.push((n, sign));
    }
    Some(())
}

/// The primes of a positive rational with their exponents, ascending; `None` where trial division does not reach.
#[must_use]
pub fn prime_powers(n: &Number) -> Option<Vec<(i64, i64)>> {
    let (p, q) = n.small()?;
    if p <= 0 {
        return None;
    }
    let mut out = Vec::new();
    factor_integer(p, 1, &mut out)?;
    factor_integer(q, -1, &mut out)?;
    out.sort_unstable();
    Some(out)
}

/// base^exponent for a positive base and a fractional exponent: a rational times primes to exponents in (0, 1).
#[must_use]
pub fn rational_power(base: &Number, exponent: &Number) -> Option<(Number, Vec<(i64, Number)>)> {
    let mut coefficient = Number::ONE;
    let mut roots = Vec::new();
    for (prime, k) in prime_powers(base)? {
        let e = &Number::integer(k) * exponent;
        let whole = e.floor();
        coefficient *= &Number::integer(prime).pow(whole.to_i64()?)?;
        let rest = &e - &whole;
        if !rest.is_zero() {
            roots.push((prime, rest));
        }
    }
    Some((coefficient, roots))
}
