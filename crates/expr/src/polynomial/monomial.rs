//! Monomials: exponent vectors packed into one `u128`, or spread over words when they do not fit.
//! In: exponents in the order of a polynomial's generators. Out: keys whose order is the lexicographic order. Never: coefficients.

use smallvec::SmallVec;
use std::fmt::Debug;
use std::hash::Hash;

/// An abstract indeterminate, known by its number only. Smaller numbers are more significant in the monomial order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Generator(pub u32);

/// A product of powers of generators: exponents positive, generators increasing.
pub type Monomial = SmallVec<[(Generator, u32); 4]>;

/// Exponents in the order of a list of generators.
pub(crate) type Exponents = SmallVec<[u32; 8]>;

/// How exponents are packed; a function of the number of generators alone, so equal polynomials have equal keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Layout {
    pub(crate) count: usize,
    width: u32,
    /// The top bit of every field; stored keys have it clear, so that sums of keys never carry.
    guard: u128,
}

impl Layout {
    pub(crate) fn new(count: usize) -> Self {
        let width = match u32::try_from(count) {
            Ok(0) => 32,
            Ok(count) => (128 / count).min(32),
            Err(_) => 0,
        };
        let mut guard = 0;
        if width > 0 {
            for field in 0..count {
                guard |= 1_u128 << (width as usize * field + width as usize - 1);
            }
        }
        Self {
            count,
            width,
            guard,
        }
    }

    fn shift(&self, index: usize) -> u32 {
        // Generator 0 sits in the most significant field.
        let field = (self.count - 1 - index) as u32;
        self.width * field
    }

    /// The largest exponent a packed field holds.
    pub(crate) fn largest(&self) -> u32 {
        if self.width < 2 {
            0
        } else {
            (1 << (self.width - 1)) - 1
        }
    }

    pub(crate) fn fits(&self, exponents: &[u32]) -> bool {
        let largest = self.largest();
        exponents.iter().all(|&exponent| exponent <= largest)
    }
}

/// A monomial as a key: comparing keys compares monomials.
pub(crate) trait Key: Clone + Ord + Hash + Debug + Send + Sync {
    fn pack(layout: &Layout, exponents: &[u32]) -> Self;
    fn exponent(&self, layout: &Layout, index: usize) -> u32;
    /// The product; the caller has made sure that it fits.
    fn times(&self, other: &Self) -> Self;
    fn over(&self, other: &Self, layout: &Layout) -> Option<Self>;
    /// The largest exponent of each generator.
    fn degrees(keys: &[Self], layout: &Layout) -> Exponents {
        let mut degrees = Exponents::from_elem(0, layout.count);
        for key in keys {
            for (index, degree) in degrees.iter_mut().enumerate() {
                *degree = (*degree).max(key.exponent(layout, index));
            }
        }
        degrees
    }
    /// Does every generator occur?
    fn all_used(keys: &[Self], layout: &Layout) -> bool {
        Self::degrees(keys, layout).iter().all(|&degree| degree > 0)
    }
    /// Does every product of two keys fit?
    fn products_fit(a: &[Self], b: &[Self], layout: &Layout) -> bool;

    fn unpack(&self, layout: &Layout) -> Exponents {
        (0..layout.count)
            .map(|index| self.exponent(layout, index))
            .collect()
    }
}

impl Key for u128 {
    fn pack(layout: &Layout, exponents: &[u32]) -> Self {
        let mut key = 0;
        for &exponent in exponents {
            key = (key << layout.width) | Self::from(exponent);
        }
        key
    }
    #[inline]
    fn exponent(&self, layout: &Layout, index: usize) -> u32 {
        let field = (*self >> layout.shift(index)) as u64;
        (field & ((1_u64 << layout.width) - 1)) as u32
    }
    #[inline]
    fn times(&self, other: &Self) -> Self {
        self + other
    }
    #[inline]
    fn over(&self, other: &Self, layout: &Layout) -> Option<Self> {
        let difference = (self | layout.guard).wrapping_sub(*other);
        (difference & layout.guard == layout.guard).then_some(difference & !layout.guard)
    }
    fn all_used(keys: &[Self], layout: &Layout) -> bool {
        let union = keys.iter().fold(0, |union, key| union | key);
        (0..layout.count).all(|index| union.exponent(layout, index) > 0)
    }
    fn products_fit(a: &[Self], b: &[Self], layout: &Layout) -> bool {
        let union = |keys: &[Self]| keys.iter().fold(0, |union, key| union | key);
        if (union(a) + union(b)) & layout.guard == 0 {
            return true;
        }
        let (a, b) = (Self::degrees(a, layout), Self::degrees(b, layout));
        a.iter().zip(&b).all(|(a, b)| a + b <= layout.largest())
    }
}

/// The exponents one by one: for very many generators or very large exponents.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Wide(Box<[u32]>);

impl Key for Wide {
    fn pack(_: &Layout, exponents: &[u32]) -> Self {
        Self(exponents.into())
    }
    fn exponent(&self, _: &Layout, index: usize) -> u32 {
        self.0[index]
    }
    fn times(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&*other.0).map(|(a, b)| a + b).collect())
    }
    fn over(&self, other: &Self, _: &Layout) -> Option<Self> {
        self.0
            .iter()
            .zip(&*other.0)
            .map(|(a, b)| a.checked_sub(*b))
            .collect::<Option<Box<[u32]>>>()
            .map(Self)
    }
    fn products_fit(a: &[Self], b: &[Self], layout: &Layout) -> bool {
        let (a, b) = (Self::degrees(a, layout), Self::degrees(b, layout));
        a.iter().zip(&b).all(|(a, b)| a.checked_add(*b).is_some())
    }
}
