//! Polynomials known modulo several primes, joined into integers.
//! In: interpolated terms modulo one prime after the other. Out: a polynomial with integer coefficients. Never: a proof that
//! enough primes were taken.

use super::integer::Integer;
use super::interpolate::Interpolated;
use super::monomial::{Exponents, Generator};
use super::prime_field::{Field, Modulus};
use super::{Generators, Polynomial};
use hashbrown::HashMap;
use num_bigint::BigInt;
use rustc_hash::FxBuildHasher;

/// Terms known modulo a product of primes.
pub(crate) struct Joined {
    modulus: Modulus,
    places: HashMap<Exponents, usize, FxBuildHasher>,
    order: Vec<Exponents>,
    values: Vec<BigInt>,
}

impl Joined {
    pub(crate) fn new(field: &Field, terms: &Interpolated) -> Self {
        Self {
            modulus: Modulus {
                value: field.prime.into(),
            },
            places: terms
                .iter()
                .enumerate()
                .map(|(at, (exponents, _))| (exponents.clone(), at))
                .collect(),
            order: terms
                .iter()
                .map(|(exponents, _)| exponents.clone())
                .collect(),
            values: terms
                .iter()
                .map(|(_, value)| field.symmetric(*value).into())
                .collect(),
        }
    }

    /// Takes in one more prime; says whether anything changed.
    pub(crate) fn add(&mut self, field: &Field, terms: &Interpolated) -> bool {
        let mut residues = vec![0; self.values.len()];
        for (exponents, value) in terms {
            match self.places.get(exponents) {
                Some(&at) => residues[at] = *value,
                None => {
                    self.places.insert(exponents.clone(), self.order.len());
                    self.order.push(exponents.clone());
                    self.values.push(BigInt::ZERO);
                    residues.push(*value);
                }
            }
        }
        self.modulus.join(&mut self.values, field, &residues)
    }

    /// Are all numbers clearly smaller than the first modulus? Otherwise they are not integers yet.
    pub(crate) fn small(&self) -> bool {
        self.values.iter().all(|value| value.bits() < 56)
    }

    /// The polynomial with these integers, exponents in the order main variable, others.
    pub(crate) fn polynomial(&self, main: Generator, others: &[Generator]) -> Polynomial {
        let mut generators: Generators = std::iter::once(main)
            .chain(others.iter().copied())
            .collect();
        let order: Vec<Generator> = generators.to_vec();
        generators.sort_unstable();
        let rows = self
            .order
            .iter()
            .zip(&self.values)
            .map(|(exponents, value)| {
                let mut sorted = Exponents::from_elem(0, generators.len());
                for (generator, &exponent) in order.iter().zip(exponents) {
                    if let Ok(index) = generators.binary_search(generator) {
                        sorted[index] = exponent;
                    }
                }
                (sorted, Integer::from_big(value.clone()))
            })
            .collect();
        Polynomial::from_rows(&generators, Integer::ONE, rows)
    }
}
