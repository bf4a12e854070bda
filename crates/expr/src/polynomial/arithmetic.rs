//! Sums, products, powers, exact division and derivatives of polynomials.
//! In: polynomials, numbers. Out: polynomials, or `TooLarge` from the `try_` forms. Never: factors.

use super::integer::Integer;
use super::monomial::{Generator, Key, Wide};
use super::multiply::{Limit, TooLarge, multiply};
use super::sparse::{Sparse, Stored, Terms, each};
use super::{Aligned, Polynomial, divide};
use crate::Number;
use std::borrow::Cow;
use std::ops::{Add, Mul, Neg, Sub};

pub(super) const UNLIMITED: &str = "without a limit only an exponent beyond 32 bits fails";

impl Polynomial {
    /// `f·self + g·other` over the common denominator, where f and g are ±1.
    fn combine(&self, other: &Self, sign: &Integer) -> Self {
        let (generators, layout, aligned) = self.align(other);
        let (f, g, denominator) = if self.denominator == other.denominator {
            (Integer::ONE, sign.clone(), self.denominator.clone())
        } else {
            let denominator = self.denominator.lcm(&other.denominator);
            let scale = |own: &Integer| denominator.over(own).unwrap_or(Integer::ONE);
            (
                scale(&self.denominator),
                sign.times(&scale(&other.denominator)),
                denominator,
            )
        };
        match aligned {
            Aligned::Packed(a, b) => {
                Self::build(&generators, &layout, denominator, a.combine(&f, &b, &g))
            }
            Aligned::Wide(a, b) => {
                Self::build(&generators, &layout, denominator, a.combine(&f, &b, &g))
            }
        }
    }

    /// The product, if it stays within the limit.
    ///
    /// # Errors
    /// [`TooLarge`] when the limit or the range of exponents (32 bits) is exceeded.
    pub fn try_mul(&self, other: &Self, limit: &Limit) -> Result<Self, TooLarge> {
        if self.is_zero() || other.is_zero() {
            return Ok(Self::zero());
        }
        if other.is_constant() || self.is_constant() {
            let (one, constant) = if other.is_constant() {
                (self, other)
            } else {
                (other, self)
            };
            return Ok(one.scale(&constant.leading_coefficient()));
        }
        let (generators, layout, aligned) = self.align(other);
        let denominator = self.denominator.times(&other.denominator);
        match aligned {
            Aligned::Packed(a, b) if Key::products_fit(&a.keys, &b.keys, &layout) => {
                let product = multiply(&layout, &a, &b, limit)?;
                Ok(Self::build(&generators, &layout, denominator, product))
            }
            Aligned::Packed(a, b) => {
                let widen = |s: &Sparse<u128>| -> Sparse<Wide> {
                    s.repack(
                        &layout,
                        &layout,
                        &(0..layout.count).map(Some).collect::<Vec<_>>(),
                    )
                };
                let product = multiply(&layout, &widen(&a), &widen(&b), limit)?;
                Ok(Self::build(&generators, &layout, denominator, product))
            }
            Aligned::Wide(a, b) if Key::products_fit(&a.keys, &b.keys, &layout) => {
                let product = multiply(&layout, &a, &b, limit)?;
                Ok(Self::build(&generators, &layout, denominator, product))
            }
            Aligned::Wide(..) => Err(TooLarge),
        }
    }

    /// The sum, if it stays within the limit.
    ///
    /// # Errors
    /// [`TooLarge`] when the sum has more terms than the limit allows.
    pub fn try_add(&self, other: &Self, limit: &Limit) -> Result<Self, TooLarge> {
        let sum = self + other;
        limit.allows(sum.len())?;
        Ok(sum)
    }

    /// `self^exponent`, with `0^0 = 1`. Panics if an exponent exceeds 32 bits; unbounded in size: see [`Self::try_pow`].
    #[must_use]
    pub fn pow(&self, exponent: u32) -> Self {
        self.try_pow(exponent, &Limit::NONE).expect(UNLIMITED)
    }

    /// `self^exponent`, with `0^0 = 1`, if it and all powers on the way stay within the limit.
    ///
    /// # Errors
    /// [`TooLarge`] when the limit or the range of exponents is exceeded.
    pub fn try_pow(&self, exponent: u32, limit: &Limit) -> Result<Self, TooLarge> {
        if exponent == 0 {
            return Ok(Self::one());
        }
        if self.len() <= 1 {
            return self.power_of_term(exponent).ok_or(TooLarge);
        }
        // A power of t ≥ 2 terms has at least (t - 1)·n + 1 terms.
        let least = (self.len() as u64 - 1)
            .saturating_mul(exponent.into())
            .saturating_add(1);
        limit.allows(usize::try_from(least).map_err(|_| TooLarge)?)?;
        let mut power = self.clone();
        if self.len() <= 12 {
            // One factor at a time: the total work is what the last step of repeated squaring alone would cost.
            for _ in 1..exponent {
                power = power.try_mul(self, limit)?;
            }
            return Ok(power);
        }
        for bit in (0..exponent.ilog2()).rev() {
            power = power.try_mul(&power, limit)?;
            if exponent >> bit & 1 == 1 {
                power = power.try_mul(self, limit)?;
            }
        }
        Ok(power)
    }

    fn power_of_term(&self, exponent: u32) -> Option<Self> {
        let Some((exponents, value)) = self.rows().next() else {
            return Some(Self::zero());
        };
        if value.bits() > 1 && value.bits().saturating_mul(exponent.into()) > 1 << 24 {
            return None;
        }
        let exponents = exponents
            .iter()
            .map(|own| own.checked_mul(exponent))
            .collect::<Option<_>>()?;
        let rows = vec![(exponents, value.pow(exponent))];
        Some(Self::from_rows(
            &self.generators,
            self.denominator.pow(exponent),
            rows,
        ))
    }

    /// Multiplies by a number.
    #[must_use]
    pub fn scale(&self, by: &Number) -> Self {
        if by.is_one() {
            return self.clone();
        }
        if by.is_zero() || self.is_zero() {
            return Self::zero();
        }
        let (above, below) = Integer::parts(by);
        let (mut above, mut denominator) = (above, self.denominator.clone());
        if !denominator.is_one() {
            let common = above.gcd(&denominator);
            above = above.over(&common).unwrap_or(above);
            denominator = denominator.over(&common).unwrap_or(denominator);
        }
        let mut below = below;
        let mut divisor = Integer::ONE;
        if !below.is_one() {
            divisor = each!(&self.terms, s => s.content()).gcd(&below);
            below = below.over(&divisor).unwrap_or(below);
        }
        let change = |value: &Integer| {
            let value = if divisor.is_one() {
                value.clone()
            } else {
                value.over(&divisor).unwrap_or(Integer::ZERO)
            };
            value.times(&above)
        };
        let terms = match &self.terms {
            Terms::Packed(s) => Terms::Packed(s.map(change)),
            Terms::Wide(s) => Terms::Wide(s.map(change)),
        };
        Self {
            generators: self.generators.clone(),
            denominator: denominator.times(&below),
            terms,
        }
    }

    /// `self / divisor` if it is a polynomial; `None` otherwise or for a zero divisor. Over the rationals.
    #[must_use]
    pub fn exact_divide(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        if divisor.is_constant() {
            return Some(self.scale(&divisor.leading_coefficient().recip()));
        }
        if self.is_zero() {
            return Some(Self::zero());
        }
        if divisor
            .generators
            .iter()
            .any(|generator| self.position(*generator).is_none())
        {
            return None;
        }
        // By Gauss a primitive divisor leaves an integer quotient.
        let primitive;
        let (content, divisor) =
            if each!(&divisor.terms, s => s.content()).is_one() && divisor.denominator.is_one() {
                (Number::ONE, divisor)
            } else {
                let (content, part) = divisor.primitive();
                primitive = part;
                (content, &primitive)
            };
        let (generators, layout, aligned) = self.align(divisor);
        let denominator = self.denominator.clone();
        let quotient = match aligned {
            Aligned::Packed(a, b) => Self::build(
                &generators,
                &layout,
                denominator,
                divide::divide(&layout, &a, &b)?,
            ),
            Aligned::Wide(a, b) => Self::build(
                &generators,
                &layout,
                denominator,
                divide::divide(&layout, &a, &b)?,
            ),
        };
        Some(if content.is_one() {
            quotient
        } else {
            quotient.scale(&content.recip())
        })
    }

    /// Pseudo-division in one generator: `(q, r, k)` with `c^k·self = q·divisor + r`, where c is the divisor's leading
    /// coefficient in the generator and r has smaller degree. `None` for a zero divisor or a degree beyond 2^20.
    #[must_use]
    pub fn pseudo_divide(&self, divisor: &Self, generator: Generator) -> Option<(Self, Self, u32)> {
        if self.degree(generator).max(divisor.degree(generator)) > 1 << 20 {
            return None;
        }
        let below = divisor.coefficients_in(generator);
        let lead = below.last()?;
        let mut rest = self.coefficients_in(generator);
        let mut quotient: Vec<Self> =
            vec![Self::zero(); (rest.len() + 1).saturating_sub(below.len())];
        let mut steps = 0;
        while rest.len() >= below.len() {
            let Some(top) = rest.pop() else { break };
            let shift = rest.len() + 1 - below.len();
            if !top.is_zero() {
                steps += 1;
                for own in rest.iter_mut().chain(&mut quotient) {
                    *own = &*own * lead;
                }
                quotient[shift] = &quotient[shift] + &top;
                for (own, other) in rest[shift..].iter_mut().zip(&below) {
                    *own = &*own - &(&top * other);
                }
            }
        }
        let whole = |parts: &[Self]| Self::from_coefficients(generator, parts);
        Some((whole(&quotient), whole(&rest), steps))
    }

    /// ∂/∂generator
    #[must_use]
    pub fn derivative(&self, generator: Generator) -> Self {
        let Some(index) = self.position(generator) else {
            return Self::zero();
        };
        each!(&self.terms, s => self.derivative_at(s, index))
    }

    fn derivative_at<K: Stored>(&self, sparse: &Sparse<K>, index: usize) -> Self {
        let layout = self.layout();
        let mut unit = vec![0; layout.count];
        unit[index] = 1;
        let unit = K::pack(&layout, &unit);
        let mut out = Sparse::with_capacity(sparse.len());
        for (key, value) in sparse.keys.iter().zip(&sparse.coefficients) {
            if let Some(lower) = key.over(&unit, &layout) {
                out.push(
                    lower,
                    value.times(&Integer::Small(key.exponent(&layout, index).into())),
                );
            }
        }
        Self::build(&self.generators, &layout, self.denominator.clone(), out)
    }

    /// The sum of many polynomials, faster than one after the other.
    #[must_use]
    pub fn sum(parts: &[Self]) -> Self {
        let mut layer: Vec<Cow<'_, Self>> = parts.iter().map(Cow::Borrowed).collect();
        while layer.len() > 1 {
            layer = layer
                .chunks(2)
                .map(|pair| match pair {
                    [a, b] => Cow::Owned(a.as_ref() + b.as_ref()),
                    _ => pair[0].clone(),
                })
                .collect();
        }
        layer.pop().map_or_else(Self::zero, Cow::into_owned)
    }
}

impl Add for &Polynomial {
    type Output = Polynomial;
    fn add(self, other: Self) -> Polynomial {
        match (self.is_zero(), other.is_zero()) {
            (true, _) => other.clone(),
            (_, true) => self.clone(),
            _ => self.combine(other, &Integer::ONE),
        }
    }
}
impl Sub for &Polynomial {
    type Output = Polynomial;
    fn sub(self, other: Self) -> Polynomial {
        match (self.is_zero(), other.is_zero()) {
            (true, _) => -other,
            (_, true) => self.clone(),
            _ => self.combine(other, &Integer::Small(-1)),
        }
    }
}
impl Mul for &Polynomial {
    type Output = Polynomial;
    /// Panics if an exponent exceeds 32 bits; unbounded in size: see [`Polynomial::try_mul`].
    fn mul(self, other: Self) -> Polynomial {
        self.try_mul(other, &Limit::NONE).expect(UNLIMITED)
    }
}
impl Neg for &Polynomial {
    type Output = Polynomial;
    fn neg(self) -> Polynomial {
        self.scale(&Number::MINUS_ONE)
    }
}
impl Neg for Polynomial {
    type Output = Self;
    fn neg(self) -> Self {
        -&self
    }
}
macro_rules! by_value {
    ($($operator:ident $name:ident),*) => {$(
        impl $operator for Polynomial {
            type Output = Polynomial;
            fn $name(self, other: Polynomial) -> Polynomial { (&self).$name(&other) }
        }
        impl $operator<&Polynomial> for Polynomial {
            type Output = Polynomial;
            fn $name(self, other: &Polynomial) -> Polynomial { (&self).$name(other) }
        }
    )*};
}
by_value!(Add add, Sub sub, Mul mul);
