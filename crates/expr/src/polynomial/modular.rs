//! Dense univariate polynomials modulo a prime: coefficients from low to high, no leading zero, empty for 0.
//! In: residues in Montgomery form. Out: the same. Never: integers.

use super::prime_field::Field;

pub(crate) type Dense = Vec<u64>;

pub(crate) fn trim(a: &mut Dense) {
    while a.last() == Some(&0) {
        a.pop();
    }
}

pub(crate) fn evaluate(field: &Field, a: &[u64], at: u64) -> u64 {
    a.iter().rev().fold(0, |sum, &coefficient| {
        field.add(field.mul(sum, at), coefficient)
    })
}

pub(crate) fn add(field: &Field, a: &[u64], b: &[u64]) -> Dense {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut sum = long.to_vec();
    for (own, other) in sum.iter_mut().zip(short) {
        *own = field.add(*own, *other);
    }
    trim(&mut sum);
    sum
}

pub(crate) fn sub(field: &Field, a: &[u64], b: &[u64]) -> Dense {
    let mut difference = a.to_vec();
    difference.resize(a.len().max(b.len()), 0);
    for (own, other) in difference.iter_mut().zip(b) {
        *own = field.sub(*own, *other);
    }
    trim(&mut difference);
    difference
}

pub(crate) fn mul(field: &Field, a: &[u64], b: &[u64]) -> Dense {
    if a.is_empty() || b.is_empty() {
        return Dense::new();
    }
    let mut product = vec![0; a.len() + b.len() - 1];
    for (i, &x) in a.iter().enumerate() {
        if x != 0 {
            for (cell, &y) in product[i..].iter_mut().zip(b) {
                *cell = field.add(*cell, field.mul(x, y));
            }
        }
    }
    trim(&mut product);
    product
}

pub(crate) fn scale(field: &Field, a: &[u64], by: u64) -> Dense {
    a.iter().map(|&own| field.mul(own, by)).collect()
}

/// Divided by its leading coefficient.
pub(crate) fn monic(field: &Field, a: &[u64]) -> Dense {
    match a.last() {
        Some(&lead) if lead != field.one => scale(field, a, field.inverse(lead)),
        _ => a.to_vec(),
    }
}

/// Quotient and remainder; the divisor is not zero.
pub(crate) fn divide(field: &Field, a: &[u64], b: &[u64]) -> (Dense, Dense) {
    let mut rest = a.to_vec();
    if a.len() < b.len() || b.is_empty() {
        return (Dense::new(), rest);
    }
    let lead = b[b.len() - 1];
    let inverse = if lead == field.one {
        lead
    } else {
        field.inverse(lead)
    };
    let mut quotient = vec![0; a.len() - b.len() + 1];
    for shift in (0..quotient.len()).rev() {
        let factor = field.mul(rest[shift + b.len() - 1], inverse);
        quotient[shift] = factor;
        if factor != 0 {
            for (cell, &other) in rest[shift..].iter_mut().zip(b) {
                *cell = field.sub(*cell, field.mul(factor, other));
            }
        }
    }
    rest.truncate(b.len() - 1);
    trim(&mut rest);
    (quotient, rest)
}

pub(crate) fn remainder(field: &Field, a: &[u64], b: &[u64]) -> Dense {
    divide(field, a, b).1
}

/// The monic greatest common divisor. Remainders are taken without inverses, up to a unit.
pub(crate) fn gcd(field: &Field, a: &[u64], b: &[u64]) -> Dense {
    let (mut a, mut b) = if a.len() >= b.len() {
        (a.to_vec(), b.to_vec())
    } else {
        (b.to_vec(), a.to_vec())
    };
    while b.len() > 1 {
        let lead = b[b.len() - 1];
        while a.len() >= b.len() {
            let top = a[a.len() - 1];
            let shift = a.len() - b.len();
            if top != 0 {
                for own in &mut a[..shift] {
                    *own = field.mul(*own, lead);
                }
                for (own, &other) in a[shift..].iter_mut().zip(&b) {
                    *own = field.sub(field.mul(*own, lead), field.mul(top, other));
                }
            }
            trim(&mut a);
        }
        std::mem::swap(&mut a, &mut b);
    }
    if b.is_empty() {
        monic(field, &a)
    } else {
        vec![field.one]
    }
}

pub(crate) fn derivative(field: &Field, a: &[u64]) -> Dense {
    let mut derivative: Dense = a
        .iter()
        .zip(0_u64..)
        .skip(1)
        .map(|(&own, power)| field.mul(own, field.residue(power)))
        .collect();
    trim(&mut derivative);
    derivative
}

/// From values at `start, start + 1, …` to coefficients, in place; `inverses[k] = 1/k`.
pub(crate) fn interpolate(field: &Field, start: u64, inverses: &[u64], values: &mut [u64]) {
    let count = values.len();
    for (order, &inverse) in inverses.iter().enumerate().take(count).skip(1) {
        for k in (order..count).rev() {
            values[k] = field.mul(field.sub(values[k], values[k - 1]), inverse);
        }
    }
    // From Newton's form to powers: values = v0 + (x - s)·(v1 + (x - s - 1)·(…)).
    for order in (0..count.saturating_sub(1)).rev() {
        let node = field.add(start, field.residue(order as u64));
        for k in order..count - 1 {
            values[k] = field.sub(values[k], field.mul(node, values[k + 1]));
        }
    }
}

/// `(s, t)` with `s·a + t·b = 1`, deg s < deg b, deg t < deg a, for coprime arguments that are not constant.
pub(crate) fn bezout(field: &Field, a: &[u64], b: &[u64]) -> (Dense, Dense) {
    let (mut r0, mut r1) = (a.to_vec(), b.to_vec());
    let (mut s0, mut s1) = (vec![field.one], Dense::new());
    while !r1.is_empty() {
        let (quotient, rest) = divide(field, &r0, &r1);
        let next = sub(field, &s0, &mul(field, &quotient, &s1));
        (r0, r1) = (r1, rest);
        (s0, s1) = (s1, next);
    }
    let unit = field.inverse(r0.first().copied().unwrap_or(0));
    let s = remainder(field, &scale(field, &s0, unit), b);
    let t = divide(field, &sub(field, &[field.one], &mul(field, &s, a)), b).0;
    (s, t)
}
