//! Values of polynomials: at numbers, modulo a prime, with a polynomial in place of a generator.
//! In: a polynomial and what its generators become. Out: a number, a residue or a polynomial. Never: a rounded value.

use super::Polynomial;
use super::arithmetic::UNLIMITED;
use super::integer::Integer;
use super::monomial::Generator;
use super::multiply::{Limit, TooLarge};
use super::prime_field::{modular_power, modular_product};
use crate::Number;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use rustc_hash::FxBuildHasher;

impl Polynomial {
    /// The value where each generator takes the number given by `at`; `None` if a power has more than 65,536 bits.
    #[must_use]
    pub fn evaluate(&self, at: impl Fn(Generator) -> Number) -> Option<Number> {
        let values: Vec<Number> = self
            .generators
            .iter()
            .map(|&generator| at(generator))
            .collect();
        let mut powers: HashMap<(usize, u32), Number, FxBuildHasher> = HashMap::default();
        let mut sum = Number::ZERO;
        for (exponents, value) in self.rows() {
            let mut term = value.to_number();
            for (at, exponent) in exponents
                .into_iter()
                .enumerate()
                .filter(|(_, exponent)| *exponent > 0)
            {
                let power = match powers.entry((at, exponent)) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(place) => place.insert(values[at].pow(exponent.into())?),
                };
                term = &term * power;
            }
            sum += &term;
        }
        Some(if self.denominator.is_one() {
            sum
        } else {
            &sum / &self.denominator.to_number()
        })
    }

    /// The value modulo a prime below 2^63; `None` if the prime divides the denominator.
    #[must_use]
    pub fn evaluate_modulo(&self, prime: u64, at: impl Fn(Generator) -> u64) -> Option<u64> {
        let denominator = self.denominator.residue(prime);
        if denominator == 0 {
            return None;
        }
        let values: Vec<u64> = self
            .generators
            .iter()
            .map(|&generator| at(generator) % prime)
            .collect();
        let mut sum = 0;
        for (exponents, value) in self.rows() {
            let mut term = value.residue(prime);
            for (&value, exponent) in values.iter().zip(exponents) {
                term = modular_product(term, modular_power(value, exponent.into(), prime), prime);
            }
            sum = (sum + term) % prime;
        }
        Some(modular_product(
            sum,
            modular_power(denominator, prime - 2, prime),
            prime,
        ))
    }

    /// Puts a polynomial in place of a generator. Panics if an exponent exceeds 32 bits.
    #[must_use]
    pub fn substitute(&self, generator: Generator, by: &Self) -> Self {
        self.try_substitute(generator, by, &Limit::NONE)
            .expect(UNLIMITED)
    }

    /// Puts a polynomial in place of a generator, if everything on the way stays within the limit.
    ///
    /// # Errors
    /// [`TooLarge`] when the limit or the range of exponents is exceeded.
    pub fn try_substitute(
        &self,
        generator: Generator,
        by: &Self,
        limit: &Limit,
    ) -> Result<Self, TooLarge> {
        if self.position(generator).is_none() {
            return Ok(self.clone());
        }
        // Horner's scheme over the powers that occur.
        let mut value = Self::zero();
        let mut above = 0;
        for (power, coefficient) in self.powers_in(generator) {
            if !value.is_zero() {
                value = value.try_mul(&by.try_pow(above - power, limit)?, limit)?;
            }
            value = value.try_add(&coefficient, limit)?;
            above = power;
        }
        value.try_mul(&by.try_pow(above, limit)?, limit)
    }

    /// Puts integers in place of some generators; `None` leaves a generator alone.
    pub(crate) fn at_integers(&self, at: impl Fn(Generator) -> Option<i64>) -> Self {
        let values: Vec<Option<i64>> = self
            .generators
            .iter()
            .map(|&generator| at(generator))
            .collect();
        let rows = self
            .rows()
            .map(|(mut exponents, value)| {
                let mut value = value.clone();
                for (exponent, given) in exponents.iter_mut().zip(&values) {
                    if let Some(given) = given
                        && *exponent > 0
                    {
                        value = value.times(&Integer::Small(*given).pow(*exponent));
                        *exponent = 0;
                    }
                }
                (exponents, value)
            })
            .collect();
        Self::from_rows(&self.generators, self.denominator.clone(), rows)
    }
}
