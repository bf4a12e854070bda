//! Exact rational numbers with a fast path for small ones.
//! In: integers, rationals, decimal text. Out: `Number`. Never: a rounded value.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::{BigRational, Ratio};
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub};

/// An exact rational number. Always reduced, denominator positive; small exactly when both parts fit in `i64`.
#[derive(Clone)]
pub struct Number(Repr);

#[derive(Clone)]
enum Repr {
    Small(i64, i64),
    Big(Box<BigRational>),
}
use Repr::{Big, Small};

fn gcd(a: u64, b: u64) -> u64 {
    a.gcd(&b)
}

impl Number {
    /// 0
    pub const ZERO: Self = Self(Small(0, 1));
    /// 1
    pub const ONE: Self = Self(Small(1, 1));
    /// −1
    pub const MINUS_ONE: Self = Self(Small(-1, 1));
    /// 2
    pub const TWO: Self = Self(Small(2, 1));
    /// 1/2
    pub const HALF: Self = Self(Small(1, 2));

    /// The integer `n`.
    #[must_use]
    pub const fn integer(n: i64) -> Self {
        Self(Small(n, 1))
    }

    /// `numerator / denominator`. Panics if the denominator is zero.
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64) -> Self {
        assert!(
            denominator != 0,
            "a rational needs a denominator that is not zero"
        );
        Self::reduced(i128::from(numerator), i128::from(denominator))
    }

    fn reduced(mut p: i128, mut q: i128) -> Self {
        if q < 0 {
            (p, q) = (-p, -q);
        }
        let g = if q == 1 || p == 1 || p == -1 {
            1
        } else if let (Ok(a), Ok(b)) = (u64::try_from(p.unsigned_abs()), u64::try_from(q)) {
            i128::from(gcd(a, b))
        } else {
            p.gcd(&q)
        };
        if g > 1 {
            (p, q) = (p / g, q / g);
        }
        match (i64::try_from(p), i64::try_from(q)) {
            (Ok(p), Ok(q)) => Self(Small(p, q)),
            _ => Self(Big(Box::new(Ratio::new_raw(p.into(), q.into())))),
        }
    }

    fn from_big(value: BigRational) -> Self {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(p), Some(q)) => Self(Small(p, q)),
            _ => Self(Big(Box::new(value))),
        }
    }

    /// The same number as a `num_rational::BigRational`.
    #[must_use]
    pub fn to_big(&self) -> BigRational {
        match &self.0 {
            Small(p, q) => Ratio::new_raw((*p).into(), (*q).into()),
            Big(value) => (**value).clone(),
        }
    }

    /// Numerator and denominator if both fit in `i64`.
    #[must_use]
    pub fn small(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Small(p, q) => Some((*p, *q)),
            Big(_) => None,
        }
    }

    /// The value as a machine integer, if it is an integer and fits.
    #[must_use]
    #[inline]
    pub fn to_i64(&self) -> Option<i64> {
        match self.0 {
            Small(p, 1) => Some(p),
            _ => None,
        }
    }

    /// The nearest `f64`.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Small(p, q) => *p as f64 / *q as f64,
            Big(value) => value.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// Numerator.
    #[must_use]
    pub fn numerator(&self) -> Self {
        match &self.0 {
            Small(p, _) => Self(Small(*p, 1)),
            Big(value) => Self::from(value.numer().clone()),
        }
    }

    /// Denominator, positive.
    #[must_use]
    pub fn denominator(&self) -> Self {
        match &self.0 {
            Small(_, q) => Self(Small(*q, 1)),
            Big(value) => Self::from(value.denom().clone()),
        }
    }

    /// Is it 0?
    #[must_use]
    #[inline]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small(0, _))
    }
    /// Is it 1?
    #[must_use]
    #[inline]
    pub fn is_one(&self) -> bool {
        matches!(self.0, Small(1, 1))
    }
    /// Is it an integer?
    #[must_use]
    #[inline]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small(_, q) => *q == 1,
            Big(value) => value.is_integer(),
        }
    }
    /// Is it below 0?
    #[must_use]
    #[inline]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Small(p, _) => *p < 0,
            Big(value) => value.is_negative(),
        }
    }
    /// Is it above 0?
    #[must_use]
    #[inline]
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }
    /// |x|
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() {
            -self
        } else {
            self.clone()
        }
    }
    /// 1/x. Panics at 0.
    #[must_use]
    pub fn recip(&self) -> Self {
        match &self.0 {
            Small(p, q) => Self::reduced(i128::from(*q), i128::from(*p)),
            Big(value) => Self::from_big(value.recip()),
        }
    }
    /// The largest integer not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Small(p, q) => Self(Small(p.div_euclid(*q), 1)),
            Big(value) => Self::from_big(value.floor()),
        }
    }

    /// x^n for an integer n; `None` for 0 to a negative power and for powers of more than 65,536 bits.
    #[must_use]
    pub fn pow(&self, n: i64) -> Option<Self> {
        if n < 0 {
            return if self.is_zero() {
                None
            } else {
                self.recip().pow(n.checked_neg()?)
            };
        }
        if self.is_zero() || self.is_one() {
            return Some(if n == 0 { Self::ONE } else { self.clone() });
        }
        if *self == Self::MINUS_ONE {
            return Some(if n % 2 == 0 { Self::ONE } else { self.clone() });
        }
        let big = self.to_big();
        let bits = big.numer().bits().max(big.denom().bits());
        if bits.saturating_mul(n.unsigned_abs()) > 65_536 {
            return None;
        }
        let (mut base, mut n, mut out) = (self.clone(), n, Self::ONE);
        while n > 0 {
            if n & 1 == 1 {
                out = &out * &base;
            }
            base = &base * &base;
            n >>= 1;
        }
        Some(out)
    }

    /// Reads a decimal such as `12`, `0.1`, `1e-3`, exactly; `None` if it is not one or its exponent is beyond ±4096.
    #[must_use]
    pub fn parse_decimal(text: &str) -> Option<Self> {
        if (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().ok().map(Self::integer);
        }
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{part}");
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.len() > 4096 {
            return None;
        }
        let shift = exponent.checked_sub(i64::try_from(part.len()).ok()?)?;
        if shift.abs() > 4096 {
            return None;
        }
        let mantissa = Self::from(digits.parse::<BigInt>().ok()?);
        Some(&mantissa * &Self::integer(10).pow(shift)?)
    }

    /// The sum where not both are small integers.
    fn added(&self, other: &Self) -> Self {
        if let (Small(a, b), Small(c, d)) = (&self.0, &other.0) {
            let top =
                (i128::from(*a) * i128::from(*d)).checked_add(i128::from(*c) * i128::from(*b));
            if let Some(top) = top {
                return Self::reduced(top, i128::from(*b) * i128::from(*d));
            }
        }
        Self::from_big(self.to_big() + other.to_big())
    }

    /// The product where not both are small integers.
    fn multiplied(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (Small(1, 1), _) => other.clone(),
            (_, Small(1, 1)) => self.clone(),
            (Small(a, b), Small(c, d)) => Self::reduced(
                i128::from(*a) * i128::from(*c),
                i128::from(*b) * i128::from(*d),
            ),
            _ => Self::from_big(self.to_big() * other.to_big()),
        }
    }

    /// The greatest common divisor of two rationals: the largest g such that both are integer multiples of it.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Self {
        if let (Small(a, 1), Small(b, 1)) = (&self.0, &other.0) {
            let common = gcd(a.unsigned_abs(), b.unsigned_abs());
            return i64::try_from(common)
                .map_or_else(|_| BigInt::from(common).into(), Self::integer);
        }
        let (a, b) = (self.to_big(), other.to_big());
        let numerator = (a.numer() * b.denom()).gcd(&(b.numer() * a.denom()));
        Self::from_big(Ratio::new(numerator, a.denom() * b.denom()))
    }
}

impl From<i64> for Number {
    fn from(n: i64) -> Self {
        Self::integer(n)
    }
}
impl From<i32> for Number {
    fn from(n: i32) -> Self {
        Self::integer(n.into())
    }
}
impl From<BigInt> for Number {
    fn from(n: BigInt) -> Self {
        Self::from_big(Ratio::from_integer(n))
    }
}
impl From<BigRational> for Number {
    fn from(value: BigRational) -> Self {
        Self::from_big(value)
    }
}

impl PartialEq for Number {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => a == c && b == d,
            (Big(a), Big(b)) => a == b,
            _ => false,
        }
    }
}
impl Eq for Number {}
impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Small(p, q) => (p, q).hash(state),
            Big(value) => value.hash(state),
        }
    }
}
impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}
impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Neg for &Number {
    type Output = Number;
    #[inline]
    fn neg(self) -> Number {
        match &self.0 {
            Small(p, q) => match p.checked_neg() {
                Some(p) => Number(Small(p, *q)),
                None => Number::from_big(-self.to_big()),
            },
            Big(value) => Number::from_big(-(**value).clone()),
        }
    }
}
impl Neg for Number {
    type Output = Self;
    fn neg(self) -> Self {
        -&self
    }
}
impl Add for &Number {
    type Output = Number;
    #[inline]
    fn add(self, other: Self) -> Number {
        if let (Small(a, 1), Small(c, 1)) = (&self.0, &other.0)
            && let Some(sum) = a.checked_add(*c)
        {
            return Number(Small(sum, 1));
        }
        self.added(other)
    }
}
impl Mul for &Number {
    type Output = Number;
    #[inline]
    fn mul(self, other: Self) -> Number {
        if let (Small(a, 1), Small(c, 1)) = (&self.0, &other.0)
            && let Some(product) = a.checked_mul(*c)
        {
            return Number(Small(product, 1));
        }
        self.multiplied(other)
    }
}
impl Sub for &Number {
    type Output = Number;
    fn sub(self, other: Self) -> Number {
        self + &-other
    }
}
#[allow(
    clippy::suspicious_arithmetic_impl,
    reason = "a quotient is the product with the reciprocal"
)]
impl Div for &Number {
    type Output = Number;
    fn div(self, other: Self) -> Number {
        self * &other.recip()
    }
}
macro_rules! by_value {
    ($($op:ident $name:ident),*) => {$(
        impl $op for Number {
            type Output = Number;
            fn $name(self, other: Number) -> Number { (&self).$name(&other) }
        }
        impl $op<&Number> for Number {
            type Output = Number;
            fn $name(self, other: &Number) -> Number { (&self).$name(other) }
        }
    )*};
}
by_value!(Add add, Sub sub, Mul mul, Div div);
impl AddAssign<&Number> for Number {
    #[inline]
    fn add_assign(&mut self, other: &Number) {
        *self = &*self + other;
    }
}
impl MulAssign<&Number> for Number {
    #[inline]
    fn mul_assign(&mut self, other: &Number) {
        *self = &*self * other;
    }
}
impl Zero for Number {
    fn zero() -> Self {
        Self::ZERO
    }
    fn is_zero(&self) -> bool {
        Self::is_zero(self)
    }
}
impl One for Number {
    fn one() -> Self {
        Self::ONE
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Small(p, 1) => write!(f, "{p}"),
            Small(p, q) => write!(f, "{p}/{q}"),
            Big(value) => write!(f, "{value}"),
        }
    }
}
impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_big_agree_across_the_boundary() {
        let huge = Number::integer(i64::MAX);
        let sum = &huge + &Number::ONE;
        assert!(sum.small().is_none());
        assert_eq!(&sum - &Number::ONE, huge);
        assert_eq!(-&Number::integer(i64::MIN), &huge + &Number::ONE);
        assert_eq!(
            Number::integer(i64::MIN).recip().recip(),
            Number::integer(i64::MIN)
        );
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(Number::parse_decimal("0.1"), Some(Number::ratio(1, 10)));
        assert_eq!(Number::parse_decimal("1e-3"), Some(Number::ratio(1, 1000)));
        assert_eq!(
            Number::parse_decimal("1.645"),
            Some(Number::ratio(329, 200))
        );
        assert_eq!(Number::parse_decimal("1e99999999"), None);
        assert_eq!(Number::parse_decimal("."), None);
    }

    #[test]
    fn powers_are_bounded() {
        assert_eq!(Number::integer(2).pow(-3), Some(Number::ratio(1, 8)));
        assert_eq!(Number::ZERO.pow(-1), None);
        assert_eq!(Number::TWO.pow(1_000_000), None);
    }
}
