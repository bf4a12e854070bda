//! Hensel lifting of univariate factorisations from a prime to its powers (von zur Gathen and Gerhard, ch. 15).
//! In: an integer polynomial and its monic factors modulo a prime. Out: monic factors modulo a large power. Never: the search
//! for true factors.

use super::modular::{self, Dense};
use super::prime_field::Field;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One, Zero};

/// Coefficients from low to high, in `0..modulus`.
pub(crate) type Coefficients = Vec<BigInt>;

fn reduce(mut a: Coefficients, modulus: &BigInt) -> Coefficients {
    for value in &mut a {
        *value = value.mod_floor(modulus);
    }
    while a.last().is_some_and(Zero::is_zero) {
        a.pop();
    }
    a
}

pub(crate) fn mul(a: &[BigInt], b: &[BigInt], modulus: &BigInt) -> Coefficients {
    if a.is_empty() || b.is_empty() {
        return Coefficients::new();
    }
    let mut product = vec![BigInt::zero(); a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (cell, y) in product[i..].iter_mut().zip(b) {
            *cell += x * y;
        }
    }
    reduce(product, modulus)
}

fn combine(a: &[BigInt], b: &[BigInt], modulus: &BigInt, sign: i32) -> Coefficients {
    let mut sum = a.to_vec();
    sum.resize(a.len().max(b.len()), BigInt::zero());
    for (own, other) in sum.iter_mut().zip(b) {
        *own += other * sign;
    }
    reduce(sum, modulus)
}

/// Quotient and remainder by a monic divisor.
fn divide(a: &[BigInt], b: &[BigInt], modulus: &BigInt) -> (Coefficients, Coefficients) {
    let mut rest = a.to_vec();
    if a.len() < b.len() {
        return (Coefficients::new(), rest);
    }
    let mut quotient = vec![BigInt::zero(); a.len() + 1 - b.len()];
    for shift in (0..quotient.len()).rev() {
        let factor = rest[shift + b.len() - 1].mod_floor(modulus);
        for (cell, other) in rest[shift..].iter_mut().zip(b) {
            *cell -= &factor * other;
        }
        quotient[shift] = factor;
    }
    rest.truncate(b.len() - 1);
    (reduce(quotient, modulus), reduce(rest, modulus))
}

/// Lifts `f ≡ lead·Π factors (mod prime)` to at least the given number of bits; factors are monic and pairwise coprime.
/// Returns the lifted monic factors and the modulus.
pub(crate) fn lift(
    field: &Field,
    f: &[BigInt],
    factors: &[Dense],
    bits: u64,
) -> (Vec<Coefficients>, BigInt) {
    let mut modulus = BigInt::from(field.prime);
    let mut moduli = vec![modulus.clone()];
    while modulus.bits() <= bits {
        modulus = &modulus * &modulus;
        moduli.push(modulus.clone());
    }
    let plain = |a: &Dense| {
        a.iter()
            .map(|&value| BigInt::from(field.plain(value)))
            .collect::<Coefficients>()
    };
    if moduli.len() == 1 {
        return (factors.iter().map(plain).collect(), modulus);
    }
    let mut out = vec![Coefficients::new(); factors.len()];
    // Each entry: the polynomial, made monic unless it is the first, and the range of factors it is the product of.
    let mut todo = vec![(reduce(f.to_vec(), &modulus), 0..factors.len())];
    while let Some((target, range)) = todo.pop() {
        if range.len() == 1 {
            out[range.start] = make_monic(&target, &modulus);
            continue;
        }
        let middle = range.start + range.len() / 2;
        let product = |part: &[Dense]| {
            part.iter().fold(vec![field.one], |product, f| {
                modular::mul(field, &product, f)
            })
        };
        let (left, right) = (
            product(&factors[range.start..middle]),
            product(&factors[middle..range.end]),
        );
        let lead = field.reduced(&super::integer::Integer::from_big(
            target[target.len() - 1].clone(),
        ));
        let left = modular::scale(field, &left, lead);
        let (s, t) = modular::bezout(field, &left, &right);
        let mut state = [left, right, s, t].map(|part| plain(&part));
        for pair in moduli.windows(2) {
            step(&target, &mut state, &pair[1]);
        }
        let [left, right, ..] = state;
        todo.push((left, range.start..middle));
        todo.push((right, middle..range.end));
    }
    (out, modulus)
}

fn make_monic(a: &[BigInt], modulus: &BigInt) -> Coefficients {
    match a.last().and_then(|lead| lead.modinv(modulus)) {
        Some(inverse) if !inverse.is_one() => {
            reduce(a.iter().map(|value| value * &inverse).collect(), modulus)
        }
        _ => a.to_vec(),
    }
}

/// One quadratic step: f ≡ g·h and s·g + t·h ≡ 1 modulo m become congruences modulo m², given as `modulus`.
fn step(f: &[BigInt], state: &mut [Coefficients; 4], modulus: &BigInt) {
    let [g, h, s, t] = state;
    let error = combine(f, &mul(g, h, modulus), modulus, -1);
    let (quotient, rest) = divide(&mul(s, &error, modulus), h, modulus);
    let change = combine(
        &mul(t, &error, modulus),
        &mul(&quotient, g, modulus),
        modulus,
        1,
    );
    let new_g = combine(g, &change, modulus, 1);
    let new_h = combine(h, &rest, modulus, 1);
    let unit = combine(
        &mul(s, &new_g, modulus),
        &mul(t, &new_h, modulus),
        modulus,
        1,
    );
    let error = combine(&unit, &[BigInt::one()], modulus, -1);
    let (quotient, rest) = divide(&mul(s, &error, modulus), &new_h, modulus);
    let change = combine(
        &mul(t, &error, modulus),
        &mul(&quotient, &new_g, modulus),
        modulus,
        1,
    );
    *s = combine(s, &rest, modulus, -1);
    *t = combine(t, &change, modulus, -1);
    *g = new_g;
    *h = new_h;
}
