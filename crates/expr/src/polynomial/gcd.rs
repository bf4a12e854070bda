//! Greatest common divisors: trivial cases first, then univariate images modulo word-sized primes (Brown 1971, Zippel 1979).
//! In: polynomials over the rationals. Out: their gcd, proved by exact division. Never: an unverified guess.

use super::evaluator::Evaluator;
use super::gcd_modular::modular_gcd;
use super::modular;
use super::monomial::{Exponents, Generator, Monomial};
use super::prime_field::{Field, Points, primes};
use super::{Generators, Polynomial};
use num_integer::Integer as _;

/// Beyond this degree in one generator only divisors are recognized: dense images would take too long.
const DEGREE: u32 = 1 << 14;
/// A gcd and what is left of both arguments: `a = gcd·left`, `b = gcd·right`.
pub(crate) struct Cofactors {
    pub(crate) gcd: Polynomial,
    pub(crate) left: Polynomial,
    pub(crate) right: Polynomial,
}

impl Polynomial {
    /// The greatest common divisor: its leading coefficient is positive, its content is the largest rational of which both
    /// contents are integer multiples. `gcd(0, b)` is `b` up to sign. Where a degree exceeds 16,384 (after common steps of
    /// the exponents are taken out) only generators and one argument dividing the other are found.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Self {
        self.gcd_cofactors(other).0
    }

    /// The gcd g, `self / g` and `other / g`; (0, 0, 0) if both are zero.
    #[must_use]
    pub fn gcd_cofactors(&self, other: &Self) -> (Self, Self, Self) {
        if self.is_zero() || other.is_zero() {
            let (value, first) = if self.is_zero() {
                (other, false)
            } else {
                (self, true)
            };
            if value.is_zero() {
                return (Self::zero(), Self::zero(), Self::zero());
            }
            let sign = if value.leading_coefficient().is_negative() {
                -1
            } else {
                1
            };
            let (gcd, unit) = (value.scale(&sign.into()), Self::integer(sign));
            return if first {
                (gcd, unit, Self::zero())
            } else {
                (gcd, Self::zero(), unit)
            };
        }
        let ((unit_a, a), (unit_b, b)) = (self.primitive(), other.primitive());
        let content = match (unit_a.to_i64(), unit_b.to_i64()) {
            (Some(1 | -1), Some(_)) | (Some(_), Some(1 | -1)) => crate::Number::ONE,
            _ => unit_a.gcd(&unit_b),
        };
        let found = primitive_gcd(&a, &b);
        let left = found.left.scale(&(&unit_a / &content));
        let right = found.right.scale(&(&unit_b / &content));
        (found.gcd.scale(&content), left, right)
    }

    /// The least common multiple, positive leading coefficient; 0 if either is 0.
    #[must_use]
    pub fn lcm(&self, other: &Self) -> Self {
        let product = &self.gcd_cofactors(other).1 * other;
        if product.leading_coefficient().is_negative() {
            -product
        } else {
            product
        }
    }

    /// The gcd of the coefficients with respect to one generator, primitive over the integers.
    #[must_use]
    pub fn content_in(&self, generator: Generator) -> Self {
        common(self.parts_in(generator))
    }
}

/// The primitive gcd of many polynomials; 0 for none.
pub(crate) fn common(mut parts: Vec<Polynomial>) -> Polynomial {
    parts.retain(|part| !part.is_zero());
    parts.sort_by_key(Polynomial::len);
    let mut parts = parts.into_iter();
    let Some(first) = parts.next() else {
        return Polynomial::zero();
    };
    let mut gcd = first.primitive_part();
    for part in parts {
        if gcd.is_constant() {
            break;
        }
        gcd = primitive_gcd(&gcd, &part.primitive_part()).gcd;
    }
    gcd
}

/// The gcd of two primitive polynomials with positive leading coefficients.
fn primitive_gcd(a: &Polynomial, b: &Polynomial) -> Cofactors {
    if a.is_constant() || b.is_constant() {
        return Cofactors {
            gcd: Polynomial::one(),
            left: a.clone(),
            right: b.clone(),
        };
    }
    if a == b {
        return Cofactors {
            gcd: a.clone(),
            left: Polynomial::one(),
            right: Polynomial::one(),
        };
    }
    if a.generators()
        .iter()
        .all(|&generator| b.position(generator).is_none())
    {
        return Cofactors {
            gcd: Polynomial::one(),
            left: a.clone(),
            right: b.clone(),
        };
    }
    let ((powers_a, core_a), (powers_b, core_b)) = (a.without_monomial(), b.without_monomial());
    if powers_a.is_empty() && powers_b.is_empty() {
        return core_gcd(a, b);
    }
    let shared = shared_monomial(&powers_a, &powers_b);
    let mut found = core_gcd(&core_a, &core_b);
    for (side, powers) in [(&mut found.left, &powers_a), (&mut found.right, &powers_b)] {
        let rest = Polynomial::monomial(powers)
            .exact_divide(&shared)
            .unwrap_or_else(Polynomial::one);
        if !rest.is_one() {
            *side = &*side * &rest;
        }
    }
    if !shared.is_one() {
        found.gcd = &found.gcd * &shared;
    }
    found
}

fn shared_monomial(a: &Monomial, b: &Monomial) -> Polynomial {
    let shared: Monomial = a
        .iter()
        .filter_map(|&(generator, exponent)| {
            let (_, other) = b.iter().find(|(other, _)| *other == generator)?;
            Some((generator, exponent.min(*other)))
        })
        .collect();
    Polynomial::monomial(&shared)
}

/// Primitive, no monomial factor, positive leading coefficients.
fn core_gcd(a: &Polynomial, b: &Polynomial) -> Cofactors {
    let coprime = || Cofactors {
        gcd: Polynomial::one(),
        left: a.clone(),
        right: b.clone(),
    };
    // A constant has no monomial factor but may be left over when one was split off.
    if a.is_constant() || b.is_constant() {
        return coprime();
    }
    let divide = |gcd: Polynomial| match (a.exact_divide(&gcd), b.exact_divide(&gcd)) {
        (Some(left), Some(right)) => Some(Cofactors { gcd, left, right }),
        _ => None,
    };
    // Linear polynomials without a monomial factor are irreducible.
    for (own, other, swapped) in [(a, b, false), (b, a, true)] {
        if own.len() <= 8 && own.total_degree() == 1 {
            let Some(quotient) = other.exact_divide(own) else {
                return coprime();
            };
            let (left, right) = if swapped {
                (quotient, Polynomial::one())
            } else {
                (Polynomial::one(), quotient)
            };
            return Cofactors {
                gcd: own.clone(),
                left,
                right,
            };
        }
    }
    if a.generators() != b.generators() {
        // What only one of them contains cannot be in the gcd.
        let private = |generator: Generator| {
            a.position(generator).is_none() || b.position(generator).is_none()
        };
        return divide(common_over(a, b, private)).unwrap_or_else(coprime);
    }
    let generators: Generators = a.generators().into();
    let steps = exponent_steps(a, b);
    if steps.iter().any(|&step| step > 1) {
        let found = core_gcd(&a.deflate(&steps), &b.deflate(&steps));
        let inflate = |p: &Polynomial| p.inflate(&generators, &steps);
        return Cofactors {
            gcd: inflate(&found.gcd),
            left: inflate(&found.left),
            right: inflate(&found.right),
        };
    }
    if a.degrees()
        .iter()
        .chain(&b.degrees())
        .any(|&degree| degree > DEGREE)
    {
        for (own, other, swapped) in [(a, b, false), (b, a, true)] {
            if let Some(quotient) = other.exact_divide(own) {
                let (left, right) = if swapped {
                    (quotient, Polynomial::one())
                } else {
                    (Polynomial::one(), quotient)
                };
                return Cofactors {
                    gcd: own.clone(),
                    left,
                    right,
                };
            }
        }
        return coprime();
    }
    let field = Field::new(primes().next().unwrap_or(3));
    let mut points = Points::new(0x5EED);
    let mut bounds = degree_bounds(&field, &mut points, a, b, &generators);
    for _ in 0..8 {
        if bounds.iter().all(|&bound| bound == 0) {
            return coprime();
        }
        if bounds.contains(&0) {
            let absent = |generator: Generator| {
                generators
                    .binary_search(&generator)
                    .is_ok_and(|index| bounds[index] == 0)
            };
            return divide(common_over(a, b, absent)).unwrap_or_else(coprime);
        }
        for (own, other, swapped) in [(a, b, false), (b, a, true)] {
            if own.degrees() == bounds
                && let Some(quotient) = other.exact_divide(own)
            {
                let (left, right) = if swapped {
                    (quotient, Polynomial::one())
                } else {
                    (Polynomial::one(), quotient)
                };
                return Cofactors {
                    gcd: own.clone(),
                    left,
                    right,
                };
            }
        }
        match modular_gcd(a, b, &generators, &bounds, &mut points) {
            Ok(found) => {
                // The part free of the main variable is still missing if the degrees fall short of the bounds.
                let complete = generators
                    .iter()
                    .zip(&bounds)
                    .all(|(&generator, &bound)| found.gcd.degree(generator) >= bound);
                if complete {
                    return found;
                }
                let rest = primitive_gcd(&found.left, &found.right);
                return Cofactors {
                    gcd: &found.gcd * &rest.gcd,
                    left: rest.left,
                    right: rest.right,
                };
            }
            Err(_) => bounds = degree_bounds(&field, &mut points, a, b, &generators),
        }
    }
    divide(by_remainders(a, b, generators[0])).unwrap_or_else(coprime)
}

/// For each generator the gcd of its exponents in both polynomials.
fn exponent_steps(a: &Polynomial, b: &Polynomial) -> Exponents {
    let mut steps = Exponents::from_elem(0, a.generators().len());
    for (exponents, _) in a.rows().chain(b.rows()) {
        for (step, exponent) in steps.iter_mut().zip(exponents) {
            *step = step.gcd(&exponent);
        }
        if steps.iter().all(|&step| step == 1) {
            break;
        }
    }
    steps
}

/// The gcd of all coefficients of both with respect to the monomials in the generators chosen by `outer`.
fn common_over(a: &Polynomial, b: &Polynomial, outer: impl Fn(Generator) -> bool) -> Polynomial {
    let mut parts = a.coefficients_over(&outer);
    parts.extend(b.coefficients_over(&outer));
    common(parts)
}

/// Upper bounds of the gcd's degree in each generator, from one random univariate image each.
fn degree_bounds(
    field: &Field,
    points: &mut Points,
    a: &Polynomial,
    b: &Polynomial,
    generators: &[Generator],
) -> Exponents {
    let point = points.residues(field, generators.len());
    let images = |p: &Polynomial| Evaluator::new(field, p, None, generators).in_each(&point);
    let pairs = images(a).into_iter().zip(images(b));
    pairs
        .map(|(mut a, mut b)| {
            let least = a.len().min(b.len()) - 1;
            let degree = if a.last() == Some(&0) && b.last() == Some(&0) {
                least
            } else {
                modular::trim(&mut a);
                modular::trim(&mut b);
                modular::gcd(field, &a, &b)
                    .len()
                    .saturating_sub(1)
                    .min(least)
            };
            u32::try_from(degree).unwrap_or(u32::MAX)
        })
        .collect()
}

/// Euclid's algorithm with primitive pseudo-remainders: the slow road that needs no luck.
fn by_remainders(a: &Polynomial, b: &Polynomial, main: Generator) -> Polynomial {
    let (content_a, content_b) = (a.content_in(main), b.content_in(main));
    let content = primitive_gcd(&content_a, &content_b).gcd;
    let strip = |p: &Polynomial| {
        let content = p.content_in(main);
        p.exact_divide(&content)
            .unwrap_or_else(|| p.clone())
            .primitive_part()
    };
    let (mut a, mut b) = (strip(a), strip(b));
    if a.degree(main) < b.degree(main) {
        std::mem::swap(&mut a, &mut b);
    }
    while b.degree(main) > 0 {
        let Some((_, rest, _)) = a.pseudo_divide(&b, main) else {
            break;
        };
        let rest = if rest.is_zero() { rest } else { strip(&rest) };
        (a, b) = (b, rest);
    }
    if b.is_zero() { &a * &content } else { content }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_and_remainders_agree() {
        let [x, y, z] = [0, 1, 2].map(|g| Polynomial::generator(Generator(g)));
        let g = &(&x * &y) + &(&z.pow(2) - &Polynomial::integer(3));
        let a = &g * &(&x + &(&y * &z));
        let b = &g.pow(2) * &(&(&x * &z) - &Polynomial::integer(7));
        assert_eq!(by_remainders(&a, &b, Generator(0)), g);
        assert_eq!(core_gcd(&a, &b).gcd, g);
    }
}
