//! What a polynomial says about itself: degrees, terms, coefficients, content.
//! In: a polynomial. Out: numbers, terms, smaller polynomials. Never: a change of value.

use super::integer::Integer;
use super::monomial::{Exponents, Generator, Key, Layout, Monomial};
use super::sparse::{Sparse, Stored, Terms, each};
use super::{Generators, Polynomial};
use crate::Number;
use std::collections::BTreeMap;

impl Polynomial {
    /// Is it 0?
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.terms.len() == 0
    }

    /// Is it 1?
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.generators.is_empty()
            && self.denominator.is_one()
            && self.terms.coefficients() == [Integer::ONE]
    }

    /// Is it free of generators?
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.generators.is_empty()
    }

    /// Its value, if it is free of generators.
    #[must_use]
    pub fn as_constant(&self) -> Option<Number> {
        self.is_constant().then(|| self.leading_coefficient())
    }

    /// Are all coefficients integers?
    #[must_use]
    pub fn is_integral(&self) -> bool {
        self.denominator.is_one()
    }

    /// Number of terms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Has it no terms, that is, is it 0?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_zero()
    }

    /// The generators that occur, increasing.
    #[must_use]
    pub fn generators(&self) -> &[Generator] {
        &self.generators
    }

    /// The degree in each of its generators, in their order.
    pub(crate) fn degrees(&self) -> Exponents {
        let layout = self.layout();
        each!(&self.terms, s => Key::degrees(&s.keys, &layout))
    }

    pub(crate) fn position(&self, generator: Generator) -> Option<usize> {
        self.generators.binary_search(&generator).ok()
    }

    /// The degree in one generator; 0 where it does not occur, also for the zero polynomial.
    #[must_use]
    pub fn degree(&self, generator: Generator) -> u32 {
        let Some(index) = self.position(generator) else {
            return 0;
        };
        let layout = self.layout();
        each!(&self.terms, s => s.keys.iter().map(|key| key.exponent(&layout, index)).max().unwrap_or(0))
    }

    /// The largest sum of exponents of a term; 0 for constants; at most `u32::MAX`.
    #[must_use]
    pub fn total_degree(&self) -> u32 {
        self.rows()
            .map(|(exponents, _)| exponents.into_iter().fold(0, u32::saturating_add))
            .max()
            .unwrap_or(0)
    }

    /// Exponents and integer coefficients, leading term first, before division by the denominator.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (Exponents, &Integer)> {
        let layout = self.layout();
        (0..self.len()).map(
            move |at| each!(&self.terms, s => (s.keys[at].unpack(&layout), &s.coefficients[at])),
        )
    }

    /// The terms, leading term first: coefficient and monomial.
    pub fn terms(&self) -> impl Iterator<Item = (Number, Monomial)> + '_ {
        self.rows().map(|(exponents, value)| {
            let powers = self.generators.iter().copied().zip(exponents);
            (
                value.ratio(&self.denominator),
                powers.filter(|(_, exponent)| *exponent > 0).collect(),
            )
        })
    }

    /// The coefficient of the leading term; 0 for the zero polynomial.
    #[must_use]
    pub fn leading_coefficient(&self) -> Number {
        self.terms
            .coefficients()
            .first()
            .map_or(Number::ZERO, |value| value.ratio(&self.denominator))
    }

    /// The integer coefficients, leading first, before division by the denominator.
    pub(crate) fn integers(&self) -> &[Integer] {
        self.terms.coefficients()
    }

    /// The positive rational c such that `self / c` has integer coefficients without a common factor; 0 for zero.
    #[must_use]
    pub fn content(&self) -> Number {
        each!(&self.terms, s => s.content()).ratio(&self.denominator)
    }

    /// The signed content and the primitive part, whose leading coefficient is positive. Zero gives (0, 0).
    #[must_use]
    pub fn primitive(&self) -> (Number, Self) {
        let Some(lead) = self.integers().first() else {
            return (Number::ZERO, Self::zero());
        };
        let mut content = each!(&self.terms, s => s.content());
        if lead.is_negative() {
            content = content.negated();
        }
        let unit = content.ratio(&self.denominator);
        if content.is_one() && self.denominator.is_one() {
            return (unit, self.clone());
        }
        let terms = match &self.terms {
            Terms::Packed(s) => {
                Terms::Packed(s.map(|value| value.over(&content).unwrap_or(Integer::ZERO)))
            }
            Terms::Wide(s) => {
                Terms::Wide(s.map(|value| value.over(&content).unwrap_or(Integer::ZERO)))
            }
        };
        (
            unit,
            Self {
                generators: self.generators.clone(),
                denominator: Integer::ONE,
                terms,
            },
        )
    }

    /// The primitive part with positive leading coefficient.
    pub(crate) fn primitive_part(&self) -> Self {
        self.primitive().1
    }

    /// The largest monomial that divides every term; empty for the zero polynomial.
    #[must_use]
    pub fn monomial_content(&self) -> Monomial {
        let least = self.least_exponents();
        self.generators
            .iter()
            .copied()
            .zip(least)
            .filter(|(_, exponent)| *exponent > 0)
            .collect()
    }

    fn least_exponents(&self) -> Exponents {
        let mut rows = self.rows();
        let Some((mut least, _)) = rows.next() else {
            return Exponents::new();
        };
        for (exponents, _) in rows {
            if least.iter().all(|&exponent| exponent == 0) {
                break;
            }
            for (least, exponent) in least.iter_mut().zip(exponents) {
                *least = (*least).min(exponent);
            }
        }
        least
    }

    /// Splits off the largest monomial that divides every term.
    pub(crate) fn without_monomial(&self) -> (Monomial, Self) {
        let content = self.monomial_content();
        if content.is_empty() {
            return (content, self.clone());
        }
        let rest = self.exact_divide(&Self::monomial(&content));
        (content, rest.unwrap_or_else(|| self.clone()))
    }

    /// A product of powers.
    #[must_use]
    pub fn monomial(powers: &[(Generator, u32)]) -> Self {
        Self::from_terms([(Number::ONE, powers.iter().copied().collect())])
    }

    /// The coefficients that are not zero with the power of one generator that they multiply, highest power first.
    #[must_use]
    pub fn powers_in(&self, generator: Generator) -> Vec<(u32, Self)> {
        if self.is_zero() {
            return Vec::new();
        }
        let Some(index) = self.position(generator) else {
            return vec![(0, self.clone())];
        };
        let layout = self.layout();
        each!(&self.terms, s => self.split_at(s, &layout, index))
    }

    /// The coefficients by power of one generator: entry k multiplies `generator^k`. The zero polynomial has none. One
    /// entry for every power up to the degree: see [`Self::powers_in`] where that may be very large.
    #[must_use]
    pub fn coefficients_in(&self, generator: Generator) -> Vec<Self> {
        let powers = self.powers_in(generator);
        let mut coefficients =
            vec![Self::zero(); powers.first().map_or(0, |(degree, _)| *degree as usize + 1)];
        for (power, coefficient) in powers {
            coefficients[power as usize] = coefficient;
        }
        coefficients
    }

    fn split_at<K: Stored>(
        &self,
        sparse: &Sparse<K>,
        layout: &Layout,
        index: usize,
    ) -> Vec<(u32, Self)> {
        let mut parts: BTreeMap<u32, Sparse<K>> = BTreeMap::new();
        for (key, value) in sparse.keys.iter().zip(&sparse.coefficients) {
            let mut exponents = key.unpack(layout);
            let power = std::mem::take(&mut exponents[index]);
            // Within one power, dropping the generator keeps the order.
            let part = parts
                .entry(power)
                .or_insert_with(|| Sparse::with_capacity(0));
            part.push(K::pack(layout, &exponents), value.clone());
        }
        let build = |part| Self::build(&self.generators, layout, self.denominator.clone(), part);
        parts
            .into_iter()
            .rev()
            .map(|(power, part)| (power, build(part)))
            .collect()
    }

    /// The leading coefficient with respect to one generator.
    #[must_use]
    pub fn leading_coefficient_in(&self, generator: Generator) -> Self {
        self.powers_in(generator)
            .into_iter()
            .next()
            .map_or_else(Self::zero, |(_, coefficient)| coefficient)
    }

    /// The coefficients that are not zero with respect to one generator.
    pub(crate) fn parts_in(&self, generator: Generator) -> Vec<Self> {
        self.powers_in(generator)
            .into_iter()
            .map(|(_, coefficient)| coefficient)
            .collect()
    }

    /// The polynomial in which every exponent of a generator is divided by its step; they must be divisible.
    pub(crate) fn deflate(&self, steps: &[u32]) -> Self {
        self.map_exponents(|at, exponent| exponent / steps[at])
    }

    /// The opposite of [`Self::deflate`], with the steps of the given generators.
    pub(crate) fn inflate(&self, generators: &[Generator], steps: &[u32]) -> Self {
        let step: Exponents = self
            .generators
            .iter()
            .map(|own| generators.binary_search(own).map_or(1, |at| steps[at]))
            .collect();
        self.map_exponents(|at, exponent| exponent * step[at])
    }

    fn map_exponents(&self, change: impl Fn(usize, u32) -> u32) -> Self {
        let change = |(at, exponent): (usize, u32)| change(at, exponent);
        let row = |(exponents, value): (Exponents, &Integer)| {
            (
                exponents.into_iter().enumerate().map(change).collect(),
                value.clone(),
            )
        };
        Self::from_rows(
            &self.generators,
            self.denominator.clone(),
            self.rows().map(row).collect(),
        )
    }

    /// `Σ coefficients[k]·generator^k`; the coefficients may contain the generator.
    #[must_use]
    pub fn from_coefficients(generator: Generator, coefficients: &[Self]) -> Self {
        let terms = coefficients
            .iter()
            .zip(0_u32..)
            .flat_map(|(coefficient, power)| {
                coefficient.terms().map(move |(value, mut monomial)| {
                    if power > 0 {
                        monomial.push((generator, power));
                    }
                    (value, monomial)
                })
            });
        Self::from_terms(terms)
    }

    /// The coefficients with respect to all monomials in the generators chosen by `outer`: polynomials in the others.
    pub(crate) fn coefficients_over(&self, outer: impl Fn(Generator) -> bool) -> Vec<Self> {
        let mut groups: BTreeMap<Exponents, Vec<(Exponents, Integer)>> = BTreeMap::new();
        let inner: Generators = self
            .generators
            .iter()
            .copied()
            .filter(|&generator| !outer(generator))
            .collect();
        for (exponents, value) in self.rows() {
            let (mut head, mut tail) = (Exponents::new(), Exponents::new());
            for (&generator, exponent) in self.generators.iter().zip(exponents) {
                if outer(generator) {
                    head.push(exponent)
                } else {
                    tail.push(exponent)
                }
            }
            groups.entry(head).or_default().push((tail, value.clone()));
        }
        groups
            .into_values()
            .map(|rows| Self::from_rows(&inner, self.denominator.clone(), rows))
            .collect()
    }
}
