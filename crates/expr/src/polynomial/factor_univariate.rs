//! Factors of univariate integer polynomials: modulo a word-sized prime (Berlekamp's Frobenius matrix, Cantor and
//! Zassenhaus 1981), lifted to a power when needed, recombined (Zassenhaus 1969).
//! In: a primitive square-free polynomial in one generator. Out: its irreducible factors. Never: more than a fixed number of
//! recombinations.

use super::Polynomial;
use super::hensel::{self, Coefficients};
use super::integer::Integer;
use super::modular::{self, Dense};
use super::monomial::Exponents;
use super::prime_field::{Field, Points, primes};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

/// The largest degree that is factored at all.
const DEGREE: usize = 300;
/// The largest number of subsets of modular factors tried.
pub(crate) const SUBSETS: usize = 1 << 16;

/// Irreducible factors of a primitive square-free polynomial in one generator, positive leading coefficient.
pub(crate) fn split_univariate(p: &Polynomial, complete: &mut bool) -> Vec<Polynomial> {
    let generator = p.generators()[0];
    let degree = p.degree(generator) as usize;
    if degree <= 1 {
        return vec![p.clone()];
    }
    if degree > DEGREE {
        *complete = false;
        return vec![p.clone()];
    }
    let mut f = vec![BigInt::zero(); degree + 1];
    for (exponents, value) in p.rows() {
        f[exponents[0] as usize] = value.to_big();
    }
    let Some((field, modular_factors)) = best_prime(&f) else {
        return vec![p.clone()];
    };
    if modular_factors.len() == 1 {
        return vec![p.clone()];
    }
    let (lifted, modulus) = hensel::lift(&field, &f, &modular_factors, coefficient_bits(&f));
    let parts = recombine(f, lifted, &modulus, complete);
    let polynomial = |f: Coefficients| {
        let row = |(value, power): (BigInt, u32)| {
            (Exponents::from_elem(power, 1), Integer::from_big(value))
        };
        let rows = f.into_iter().zip(0..).map(row).collect();
        Polynomial::from_rows(&[generator], Integer::ONE, rows).primitive_part()
    };
    parts.into_iter().map(polynomial).collect()
}

/// Bits that hold twice any coefficient of `lead·factor` (Mignotte 1974).
fn coefficient_bits(f: &[BigInt]) -> u64 {
    let squares: BigInt = f.iter().map(|value| value * value).sum();
    let lead = f.last().map_or(0, BigInt::bits);
    squares.bits() / 2 + 1 + lead + f.len() as u64 + 2
}

/// The prime with the fewest factors among the first few, and the monic factors modulo it.
fn best_prime(f: &[BigInt]) -> Option<(Field, Vec<Dense>)> {
    let mut best: Option<(Field, Vec<Dense>)> = None;
    // possible[d]: a true factor of degree d is not excluded by the degrees of the modular factors.
    let mut possible = vec![true; f.len()];
    let mut tried = 0;
    for prime in primes().take(40) {
        let field = Field::new(prime);
        let residues: Dense = f
            .iter()
            .map(|value| field.reduced(&Integer::from_big(value.clone())))
            .collect();
        if residues.last() == Some(&0) {
            continue;
        }
        let monic = modular::monic(&field, &residues);
        if modular::gcd(&field, &monic, &modular::derivative(&field, &monic)).len() > 1 {
            continue;
        }
        let factors = factor_modulo(&field, &monic);
        let mut sums = vec![false; f.len()];
        sums[0] = true;
        for factor in &factors {
            for at in (factor.len() - 1..sums.len()).rev() {
                sums[at] |= sums[at + 1 - factor.len()];
            }
        }
        for (own, sum) in possible.iter_mut().zip(sums) {
            *own &= sum;
        }
        if best
            .as_ref()
            .is_none_or(|(_, known)| factors.len() < known.len())
        {
            best = Some((field, factors));
        }
        if possible.iter().filter(|own| **own).count() == 2 {
            return Some((field, vec![monic]));
        }
        tried += 1;
        if tried == 4 || best.as_ref().is_some_and(|(_, known)| known.len() <= 2) {
            break;
        }
    }
    best
}

/// The monic irreducible factors of a monic square-free polynomial modulo the prime, by degree.
pub(crate) fn factor_modulo(field: &Field, f: &Dense) -> Vec<Dense> {
    let mut points = Points::new(f.len() as u64);
    let frobenius = Frobenius::new(field, f);
    let mut factors = Vec::new();
    let mut rest = f.clone();
    let x = vec![0, field.one];
    let mut power = x.clone();
    for degree in 1.. {
        if rest.len() <= 2 * degree {
            break;
        }
        power = frobenius.apply(field, &power);
        let part = modular::gcd(field, &rest, &modular::sub(field, &power, &x));
        if part.len() > 1 {
            rest = modular::divide(field, &rest, &part).0;
            equal_degree(field, &frobenius, &mut points, part, degree, &mut factors);
        }
    }
    if rest.len() > 1 {
        factors.push(rest);
    }
    factors.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    factors
}

/// The p-th power map on residues modulo f, as a matrix.
struct Frobenius {
    /// Row i: x^(i·p) mod f.
    rows: Vec<Dense>,
}

impl Frobenius {
    fn new(field: &Field, f: &Dense) -> Self {
        let step = power(field, &vec![0, field.one], field.prime, f);
        let mut rows = vec![vec![field.one]];
        for at in 0..f.len().saturating_sub(2) {
            rows.push(modular::remainder(
                field,
                &modular::mul(field, &rows[at], &step),
                f,
            ));
        }
        Self { rows }
    }

    fn apply(&self, field: &Field, a: &Dense) -> Dense {
        let mut image = vec![0; self.rows.len()];
        for (row, &value) in self.rows.iter().zip(a) {
            for (cell, &own) in image.iter_mut().zip(row) {
                *cell = field.add(*cell, field.mul(own, value));
            }
        }
        modular::trim(&mut image);
        image
    }
}

fn power(field: &Field, base: &Dense, exponent: u64, f: &Dense) -> Dense {
    let mut power = vec![field.one];
    for bit in (0..64 - exponent.leading_zeros()).rev() {
        power = modular::remainder(field, &modular::mul(field, &power, &power), f);
        if exponent >> bit & 1 == 1 {
            power = modular::remainder(field, &modular::mul(field, &power, base), f);
        }
    }
    power
}

/// Splits a product of irreducible polynomials of one degree (Cantor and Zassenhaus).
fn equal_degree(
    field: &Field,
    frobenius: &Frobenius,
    points: &mut Points,
    product: Dense,
    degree: usize,
    out: &mut Vec<Dense>,
) {
    let mut todo = vec![product];
    // Each try splits with probability about 1/2; the bound is never reached in practice and leaves a coarser answer.
    let mut tries = 0;
    while let Some(f) = todo.pop() {
        if f.len() - 1 <= degree || tries > 64 * f.len() + 64 {
            out.push(f);
            continue;
        }
        tries += 1;
        let mut base: Dense = points.residues(field, f.len() - 1);
        modular::trim(&mut base);
        // The norm base^(1 + p + … + p^(d−1)) lies in the prime field of every factor.
        let (mut norm, mut conjugate) = (base.clone(), base);
        for _ in 1..degree {
            conjugate = modular::remainder(field, &frobenius.apply(field, &conjugate), &f);
            norm = modular::remainder(field, &modular::mul(field, &norm, &conjugate), &f);
        }
        let root = power(field, &norm, (field.prime - 1) / 2, &f);
        let part = modular::gcd(field, &f, &modular::sub(field, &root, &[field.one]));
        if part.len() > 1 && part.len() < f.len() {
            todo.push(modular::divide(field, &f, &part).0);
            todo.push(part);
        } else {
            todo.push(f);
        }
    }
}

/// Calls `test` with the subsets of `0..count` of the given size in order until it says yes; counts them in `spent`.
pub(crate) fn find_subset(
    count: usize,
    size: usize,
    spent: &mut usize,
    mut test: impl FnMut(&[usize]) -> bool,
) -> Option<Vec<usize>> {
    let mut chosen: Vec<usize> = (0..size).collect();
    while size <= count && *spent < SUBSETS {
        *spent += 1;
        if test(&chosen) {
            return Some(chosen);
        }
        let at = (0..size).rev().find(|&at| chosen[at] < count - size + at)?;
        chosen[at] += 1;
        for later in at + 1..size {
            chosen[later] = chosen[later - 1] + 1;
        }
    }
    None
}

/// Finds the true factors among products of the lifted ones.
fn recombine(
    mut f: Coefficients,
    mut lifted: Vec<Coefficients>,
    modulus: &BigInt,
    complete: &mut bool,
) -> Vec<Coefficients> {
    let mut found = Vec::new();
    let mut size = 1;
    let mut spent = 0;
    let half = modulus / 2;
    let symmetric = |value: BigInt| {
        let value = value % modulus;
        if value > half { value - modulus } else { value }
    };
    while 2 * size <= lifted.len() {
        let lead = f[f.len() - 1].clone();
        let last = &lead * &f[0];
        let mut hit = None;
        let chosen = find_subset(lifted.len(), size, &mut spent, |chosen| {
            // The constant coefficient first: it must divide lead·f(0).
            let constant = chosen.iter().fold(lead.clone(), |product, &at| {
                product * &lifted[at][0] % modulus
            });
            let constant = symmetric(constant);
            if constant.is_zero() != last.is_zero()
                || (!constant.is_zero() && !(&last % constant).is_zero())
            {
                return false;
            }
            let product = chosen.iter().fold(vec![lead.clone()], |product, &at| {
                hensel::mul(&product, &lifted[at], modulus)
            });
            let candidate = primitive(product.into_iter().map(symmetric).collect());
            hit = divide_exactly(&f, &candidate).map(|quotient| (candidate, quotient));
            hit.is_some()
        });
        if let (Some(chosen), Some((factor, quotient))) = (chosen, hit) {
            found.push(factor);
            f = quotient;
            for at in chosen.into_iter().rev() {
                lifted.remove(at);
            }
        } else if spent >= SUBSETS {
            *complete = false;
            break;
        } else {
            size += 1;
        }
    }
    if f.len() > 1 {
        found.push(f);
    }
    found
}

fn primitive(f: Coefficients) -> Coefficients {
    let content = f
        .iter()
        .fold(Integer::ZERO, |gcd, value| {
            gcd.gcd(&Integer::from_big(value.clone()))
        })
        .to_big();
    if content.is_zero() || content.is_one() {
        return f;
    }
    f.into_iter().map(|value| value / &content).collect()
}

/// The quotient over the integers, if it is exact.
fn divide_exactly(a: &[BigInt], b: &[BigInt]) -> Option<Coefficients> {
    let lead = b.last().filter(|lead| !lead.is_zero())?;
    if a.len() < b.len() {
        return None;
    }
    let mut rest = a.to_vec();
    let mut quotient = vec![BigInt::zero(); a.len() + 1 - b.len()];
    for shift in (0..quotient.len()).rev() {
        let top = &rest[shift + b.len() - 1];
        let factor = top / lead;
        if &factor * lead != *top {
            return None;
        }
        for (cell, other) in rest[shift..].iter_mut().zip(b) {
            *cell -= &factor * other;
        }
        quotient[shift] = factor;
    }
    rest.iter()
        .all(|value| !value.is_positive() && !value.is_negative())
        .then_some(quotient)
}
