//! Quotients of polynomials in lowest terms.
//! In: polynomials. Out: `RationalFunction` in canonical form. Never: a zero denominator, a common factor.

use super::Polynomial;
use super::arithmetic::UNLIMITED;
use super::monomial::Generator;
use super::multiply::{Limit, TooLarge};
use crate::Number;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// A quotient in canonical form: numerator and denominator without common factor, integer coefficients, the gcd of all
/// coefficients of both is 1, the denominator's leading coefficient is positive. Equal functions are equal values.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RationalFunction {
    numerator: Polynomial,
    denominator: Polynomial,
}

impl RationalFunction {
    /// 0
    #[must_use]
    pub fn zero() -> Self {
        Self {
            numerator: Polynomial::zero(),
            denominator: Polynomial::one(),
        }
    }

    /// 1
    #[must_use]
    pub fn one() -> Self {
        Self {
            numerator: Polynomial::one(),
            denominator: Polynomial::one(),
        }
    }

    /// The constant of this value.
    #[must_use]
    pub fn constant(value: &Number) -> Self {
        Self::from(Polynomial::constant(value))
    }

    /// `numerator / denominator` in lowest terms; `None` for a zero denominator.
    #[must_use]
    pub fn new(numerator: &Polynomial, denominator: &Polynomial) -> Option<Self> {
        if denominator.is_zero() {
            return None;
        }
        let (_, numerator, denominator) = numerator.gcd_cofactors(denominator);
        Some(Self::coprime(numerator, denominator))
    }

    /// Adjusts numbers and signs of a quotient without common factor.
    fn coprime(numerator: Polynomial, denominator: Polynomial) -> Self {
        if numerator.is_zero() {
            return Self::zero();
        }
        let below = denominator.content();
        let negative = denominator.leading_coefficient().is_negative();
        if !negative && below.is_one() && numerator.is_integral() {
            return Self {
                numerator,
                denominator,
            };
        }
        let ratio = &numerator.content() / &below;
        let factor = |wanted: Number, own: Number| {
            let factor = &wanted / &own;
            if negative { -factor } else { factor }
        };
        let top = factor(ratio.numerator(), numerator.content());
        let bottom = factor(ratio.denominator(), below);
        Self {
            numerator: numerator.scale(&top),
            denominator: denominator.scale(&bottom),
        }
    }

    /// The numerator, with integer coefficients.
    #[must_use]
    pub fn numerator(&self) -> &Polynomial {
        &self.numerator
    }

    /// The denominator, with integer coefficients and positive leading coefficient.
    #[must_use]
    pub fn denominator(&self) -> &Polynomial {
        &self.denominator
    }

    /// Is it 0?
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// Is it 1?
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.numerator.is_one() && self.denominator.is_one()
    }

    /// Is the denominator a number?
    #[must_use]
    pub fn is_polynomial(&self) -> bool {
        self.denominator.is_constant()
    }

    /// Its value, if it is free of generators.
    #[must_use]
    pub fn as_constant(&self) -> Option<Number> {
        Some(&self.numerator.as_constant()? / &self.denominator.as_constant()?)
    }

    /// 1/self; `None` for 0.
    #[must_use]
    pub fn recip(&self) -> Option<Self> {
        (!self.is_zero()).then(|| Self::coprime(self.denominator.clone(), self.numerator.clone()))
    }

    /// The sum, if it and all products on the way stay within the limit (Henrici's method: gcds of the parts only).
    ///
    /// # Errors
    /// [`TooLarge`] when the limit or the range of exponents is exceeded.
    pub fn try_add(&self, other: &Self, limit: &Limit) -> Result<Self, TooLarge> {
        if self.is_zero() {
            return Ok(other.clone());
        }
        if other.is_zero() {
            return Ok(self.clone());
        }
        if self.denominator == other.denominator {
            let sum = self.numerator.try_add(&other.numerator, limit)?;
            if self.denominator.is_one() {
                return Ok(Self {
                    numerator: sum,
                    denominator: self.denominator.clone(),
                });
            }
            let (_, numerator, denominator) = sum.gcd_cofactors(&self.denominator);
            return Ok(Self::coprime(numerator, denominator));
        }
        let (gcd, left, right) = self.denominator.gcd_cofactors(&other.denominator);
        let cross = (
            self.numerator.try_mul(&right, limit)?,
            other.numerator.try_mul(&left, limit)?,
        );
        let sum = cross.0.try_add(&cross.1, limit)?;
        // Only factors of the gcd can cancel.
        let (_, numerator, gcd) = sum.gcd_cofactors(&gcd);
        let denominator = left.try_mul(&right, limit)?.try_mul(&gcd, limit)?;
        Ok(Self::coprime(numerator, denominator))
    }

    /// The product, if it stays within the limit.
    ///
    /// # Errors
    /// [`TooLarge`] when the limit or the range of exponents is exceeded.
    pub fn try_mul(&self, other: &Self, limit: &Limit) -> Result<Self, TooLarge> {
        if self.is_zero() || other.is_zero() {
            return Ok(Self::zero());
        }
        let (_, top_a, bottom_b) = self.numerator.gcd_cofactors(&other.denominator);
        let (_, top_b, bottom_a) = other.numerator.gcd_cofactors(&self.denominator);
        Ok(Self::coprime(
            top_a.try_mul(&top_b, limit)?,
            bottom_a.try_mul(&bottom_b, limit)?,
        ))
    }

    /// The quotient, if the divisor is not zero.
    #[must_use]
    pub fn divide(&self, other: &Self) -> Option<Self> {
        Some(self * &other.recip()?)
    }

    /// `self^exponent`; `None` for 0 to a negative power. Panics if an exponent exceeds 32 bits.
    #[must_use]
    pub fn pow(&self, exponent: i32) -> Option<Self> {
        if exponent < 0 && self.is_zero() {
            return None;
        }
        Some(self.try_pow(exponent, &Limit::NONE).expect(UNLIMITED))
    }

    /// `self^exponent`, if it stays within the limit. 0 to a negative power counts as too large.
    ///
    /// # Errors
    /// [`TooLarge`] when the limit or the range of exponents is exceeded.
    pub fn try_pow(&self, exponent: i32, limit: &Limit) -> Result<Self, TooLarge> {
        let power = exponent.unsigned_abs();
        let (numerator, denominator) = (
            self.numerator.try_pow(power, limit)?,
            self.denominator.try_pow(power, limit)?,
        );
        if exponent >= 0 {
            return Ok(Self {
                numerator,
                denominator,
            });
        }
        if numerator.is_zero() {
            return Err(TooLarge);
        }
        Ok(Self::coprime(denominator, numerator))
    }

    /// Multiplies by a number.
    #[must_use]
    pub fn scale(&self, by: &Number) -> Self {
        Self::coprime(self.numerator.scale(by), self.denominator.clone())
    }

    /// ∂/∂generator
    #[must_use]
    pub fn derivative(&self, generator: Generator) -> Self {
        let (above, below) = (
            self.numerator.derivative(generator),
            self.denominator.derivative(generator),
        );
        if below.is_zero() {
            let (_, numerator, denominator) = above.gcd_cofactors(&self.denominator);
            return Self::coprime(numerator, denominator);
        }
        // With d = g·e and d' = g·f, g = gcd(d, d'): (n/d)' = (n'·e − n·f) / (d·e).
        let (_, rest, slope) = self.denominator.gcd_cofactors(&below);
        let top = &(&above * &rest) - &(&self.numerator * &slope);
        let (_, numerator, denominator) = top.gcd_cofactors(&self.denominator);
        // The other factor e of the denominator divides out of no term but n·f, and is coprime to both n and f.
        Self::coprime(numerator, &denominator * &rest)
    }

    /// The sum of many fractions.
    #[must_use]
    pub fn sum(parts: &[Self]) -> Self {
        Self::try_sum(parts, &Limit::NONE).expect(UNLIMITED)
    }

    /// The sum of many fractions, if it stays within the limit: equal denominators are joined first, then neighbors
    /// pairwise, so that the operands grow evenly.
    ///
    /// # Errors
    /// [`TooLarge`] when the limit or the range of exponents is exceeded.
    pub fn try_sum(parts: &[Self], limit: &Limit) -> Result<Self, TooLarge> {
        let mut groups: HashMap<&Polynomial, usize, FxBuildHasher> = HashMap::default();
        let mut tops: Vec<(Vec<Polynomial>, &Polynomial)> = Vec::new();
        for part in parts {
            let at = *groups.entry(&part.denominator).or_insert_with(|| {
                tops.push((Vec::new(), &part.denominator));
                tops.len() - 1
            });
            tops[at].0.push(part.numerator.clone());
        }
        let mut layer = Vec::with_capacity(tops.len());
        for (mut numerators, denominator) in tops {
            let numerator = match numerators.len() {
                1 => numerators.swap_remove(0),
                _ => {
                    let sum = Polynomial::sum(&numerators);
                    limit.allows(sum.len())?;
                    let (_, top, bottom) = sum.gcd_cofactors(denominator);
                    layer.push(Self::coprime(top, bottom));
                    continue;
                }
            };
            layer.push(Self {
                numerator,
                denominator: denominator.clone(),
            });
        }
        while layer.len() > 1 {
            let pairs = layer.chunks(2).map(|pair| match pair {
                [a, b] => a.try_add(b, limit),
                _ => Ok(pair[0].clone()),
            });
            layer = pairs.collect::<Result<_, _>>()?;
        }
        Ok(layer.pop().unwrap_or_else(Self::zero))
    }

    /// Puts a rational function in place of a generator; `None` if the denominator becomes 0 or an exponent exceeds 32 bits.
    #[must_use]
    pub fn substitute(&self, generator: Generator, by: &Self) -> Option<Self> {
        self.try_substitute(generator, by, &Limit::NONE)
            .ok()
            .flatten()
    }

    /// Puts a rational function in place of a generator, if everything stays within the limit; `Ok(None)` if the
    /// denominator becomes 0.
    ///
    /// # Errors
    /// [`TooLarge`] when the limit or the range of exponents is exceeded.
    pub fn try_substitute(
        &self,
        generator: Generator,
        by: &Self,
        limit: &Limit,
    ) -> Result<Option<Self>, TooLarge> {
        let degree = self
            .numerator
            .degree(generator)
            .max(self.denominator.degree(generator));
        // Both parts times the same power of the inner denominator: Σ cₖ pᵏ q^(degree − k).
        let homogeneous = |outer: &Polynomial| -> Result<Polynomial, TooLarge> {
            let mut sum = Polynomial::zero();
            for (power, coefficient) in outer.powers_in(generator) {
                let above = by.numerator.try_pow(power, limit)?;
                let below = by.denominator.try_pow(degree - power, limit)?;
                sum = sum.try_add(
                    &coefficient.try_mul(&above, limit)?.try_mul(&below, limit)?,
                    limit,
                )?;
            }
            Ok(sum)
        };
        Ok(Self::new(
            &homogeneous(&self.numerator)?,
            &homogeneous(&self.denominator)?,
        ))
    }

    /// The value where each generator takes the number given by `at`; `None` at a pole or if a power has more than 65,536
    /// bits.
    #[must_use]
    pub fn evaluate(&self, at: impl Fn(Generator) -> Number) -> Option<Number> {
        let (above, below) = (
            self.numerator.evaluate(&at)?,
            self.denominator.evaluate(&at)?,
        );
        (!below.is_zero()).then(|| &above / &below)
    }
}

impl From<Polynomial> for RationalFunction {
    fn from(numerator: Polynomial) -> Self {
        Self::coprime(numerator, Polynomial::one())
    }
}

impl Add for &RationalFunction {
    type Output = RationalFunction;
    /// Panics if an exponent exceeds 32 bits; unbounded in size: see [`RationalFunction::try_add`].
    fn add(self, other: Self) -> RationalFunction {
        self.try_add(other, &Limit::NONE).expect(UNLIMITED)
    }
}
impl Sub for &RationalFunction {
    type Output = RationalFunction;
    fn sub(self, other: Self) -> RationalFunction {
        self + &-other
    }
}
impl Mul for &RationalFunction {
    type Output = RationalFunction;
    /// Panics if an exponent exceeds 32 bits; unbounded in size: see [`RationalFunction::try_mul`].
    fn mul(self, other: Self) -> RationalFunction {
        self.try_mul(other, &Limit::NONE).expect(UNLIMITED)
    }
}
impl Neg for &RationalFunction {
    type Output = RationalFunction;
    fn neg(self) -> RationalFunction {
        RationalFunction {
            numerator: -&self.numerator,
            denominator: self.denominator.clone(),
        }
    }
}
impl Neg for RationalFunction {
    type Output = Self;
    fn neg(self) -> Self {
        -&self
    }
}

impl fmt::Display for RationalFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({})/({})", self.numerator, self.denominator)
    }
}
impl fmt::Debug for RationalFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
