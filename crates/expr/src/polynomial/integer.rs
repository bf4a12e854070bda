//! Integer coefficients: a machine word when they fit, big otherwise.
//! In: integers. Out: `Integer`. Never: a fraction, a rounded value.

use crate::Number;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

/// An exact integer; `Small` exactly when it fits in `i64`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Integer {
    Small(i64),
    Big(Box<BigInt>),
}
use Integer::{Big, Small};

impl Integer {
    pub(crate) const ZERO: Self = Small(0);
    pub(crate) const ONE: Self = Small(1);

    pub(crate) fn from_i128(value: i128) -> Self {
        match i64::try_from(value) {
            Ok(value) => Small(value),
            Err(_) => Big(Box::new(value.into())),
        }
    }

    pub(crate) fn from_big(value: BigInt) -> Self {
        match value.to_i64() {
            Some(value) => Small(value),
            None => Big(Box::new(value)),
        }
    }

    pub(crate) fn to_big(&self) -> BigInt {
        match self {
            Small(value) => (*value).into(),
            Big(value) => (**value).clone(),
        }
    }

    /// Numerator and denominator of a rational.
    pub(crate) fn parts(value: &Number) -> (Self, Self) {
        match value.small() {
            Some((p, q)) => (Small(p), Small(q)),
            None => {
                let big = value.to_big();
                (
                    Self::from_big(big.numer().clone()),
                    Self::from_big(big.denom().clone()),
                )
            }
        }
    }

    pub(crate) fn to_number(&self) -> Number {
        match self {
            Small(value) => Number::integer(*value),
            Big(value) => Number::from((**value).clone()),
        }
    }

    /// `self / denominator` as a rational.
    pub(crate) fn ratio(&self, denominator: &Self) -> Number {
        match (self, denominator) {
            (_, Small(1)) => self.to_number(),
            (Small(p), Small(q)) => Number::ratio(*p, *q),
            _ => &self.to_number() / &denominator.to_number(),
        }
    }

    pub(crate) fn small(&self) -> Option<i64> {
        match self {
            Small(value) => Some(*value),
            Big(_) => None,
        }
    }
    pub(crate) fn to_i128(&self) -> Option<i128> {
        match self {
            Small(value) => Some((*value).into()),
            Big(value) => value.to_i128(),
        }
    }
    pub(crate) fn is_zero(&self) -> bool {
        matches!(self, Small(0))
    }
    pub(crate) fn is_one(&self) -> bool {
        matches!(self, Small(1))
    }
    pub(crate) fn is_negative(&self) -> bool {
        match self {
            Small(value) => *value < 0,
            Big(value) => value.is_negative(),
        }
    }

    /// Bits of the absolute value.
    pub(crate) fn bits(&self) -> u64 {
        match self {
            Small(value) => u64::from(64 - value.unsigned_abs().leading_zeros()),
            Big(value) => value.bits(),
        }
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        match (self, other) {
            (Small(a), Small(b)) => Self::from_i128(i128::from(*a) + i128::from(*b)),
            (Small(0), value) | (value, Small(0)) => value.clone(),
            (Big(a), Small(b)) | (Small(b), Big(a)) => Self::from_big(&**a + *b),
            (Big(a), Big(b)) => Self::from_big(&**a + &**b),
        }
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        match (self, other) {
            (Small(a), Small(b)) => Self::from_i128(i128::from(*a) - i128::from(*b)),
            _ => self.plus(&other.negated()),
        }
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        match (self, other) {
            (Small(a), Small(b)) => Self::from_i128(i128::from(*a) * i128::from(*b)),
            (Big(a), Small(b)) | (Small(b), Big(a)) => Self::from_big(&**a * *b),
            (Big(a), Big(b)) => Big(Box::new(&**a * &**b)),
        }
    }

    pub(crate) fn negated(&self) -> Self {
        match self {
            Small(value) => Self::from_i128(-i128::from(*value)),
            Big(value) => Self::from_big(-(**value).clone()),
        }
    }

    pub(crate) fn abs(&self) -> Self {
        if self.is_negative() {
            self.negated()
        } else {
            self.clone()
        }
    }

    /// The quotient when it is exact; `None` otherwise or for a zero divisor.
    pub(crate) fn over(&self, divisor: &Self) -> Option<Self> {
        match (self, divisor) {
            (_, Small(0)) => None,
            (_, Small(1)) => Some(self.clone()),
            (Small(a), Small(b)) => {
                let (a, b) = (i128::from(*a), i128::from(*b));
                let quotient = a / b;
                (quotient * b == a).then(|| Self::from_i128(quotient))
            }
            _ => {
                let (quotient, remainder) = self.to_big().div_rem(&divisor.to_big());
                remainder.is_zero().then(|| Self::from_big(quotient))
            }
        }
    }

    /// The greatest common divisor, not negative.
    pub(crate) fn gcd(&self, other: &Self) -> Self {
        match (self, other) {
            (Small(1 | -1), _) | (_, Small(1 | -1)) => Self::ONE,
            (Small(0), value) | (value, Small(0)) => value.abs(),
            (Small(a), Small(b)) => Self::from_i128(a.unsigned_abs().gcd(&b.unsigned_abs()).into()),
            (Big(a), Small(b)) | (Small(b), Big(a)) => {
                let b = b.unsigned_abs();
                let a = (&**a % b).abs().to_u64().unwrap_or(0);
                Self::from_i128(a.gcd(&b).into())
            }
            (Big(a), Big(b)) => {
                // Euclid by division: num-bigint's own binary gcd is slower for numbers of very different size.
                let (mut a, mut b) = (a.abs(), b.abs());
                while !b.is_zero() {
                    if let (Some(a), Some(b)) = (a.to_u64(), b.to_u64()) {
                        return Self::from_i128(a.gcd(&b).into());
                    }
                    (a, b) = (b.clone(), a % &b);
                }
                Self::from_big(a)
            }
        }
    }

    pub(crate) fn lcm(&self, other: &Self) -> Self {
        if self.is_one() {
            return other.abs();
        }
        let divisor = self.gcd(other);
        self.over(&divisor)
            .map_or(Self::ZERO, |reduced| reduced.times(other).abs())
    }

    pub(crate) fn pow(&self, exponent: u32) -> Self {
        match self {
            Small(value) => match i128::from(*value).checked_pow(exponent) {
                Some(power) => Self::from_i128(power),
                None => Self::from_big(BigInt::from(*value).pow(exponent)),
            },
            Big(value) => Self::from_big(value.pow(exponent)),
        }
    }

    /// The residue in `0..modulus`.
    pub(crate) fn residue(&self, modulus: u64) -> u64 {
        match self {
            Small(value) => {
                let residue = value.unsigned_abs() % modulus;
                if *value < 0 && residue != 0 {
                    modulus - residue
                } else {
                    residue
                }
            }
            Big(value) => {
                let residue = (value.magnitude() % modulus).to_u64().unwrap_or(0);
                if value.is_negative() && residue != 0 {
                    modulus - residue
                } else {
                    residue
                }
            }
        }
    }
}

impl From<i64> for Integer {
    fn from(value: i64) -> Self {
        Small(value)
    }
}
impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Small(a), Small(b)) => a.cmp(b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}
impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
