//! Sparse integer polynomials over a fixed layout: keys in decreasing order, coefficients beside them, none zero.
//! In: keys and coefficients. Out: sums, products by a term, repacked copies. Never: generators' names or denominators.

use super::integer::Integer;
use super::monomial::{Exponents, Key, Layout, Wide};
use std::cmp::Ordering;

/// Terms in decreasing order of their keys.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Sparse<K> {
    pub(crate) keys: Vec<K>,
    pub(crate) coefficients: Vec<Integer>,
}

/// Packed when the exponents fit in the packed layout, wide otherwise.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Terms {
    Packed(Sparse<u128>),
    Wide(Sparse<Wide>),
}

/// Evaluates the body with the sparse polynomial of either kind.
macro_rules! each {
    ($terms:expr, $sparse:ident => $body:expr) => {
        match $terms {
            $crate::polynomial::sparse::Terms::Packed($sparse) => $body,
            $crate::polynomial::sparse::Terms::Wide($sparse) => $body,
        }
    };
}
pub(crate) use each;

/// Keys that know which kind of terms they make.
pub(crate) trait Stored: Key {
    fn store(sparse: Sparse<Self>) -> Terms;
}
impl Stored for u128 {
    fn store(sparse: Sparse<Self>) -> Terms {
        Terms::Packed(sparse)
    }
}
impl Stored for Wide {
    fn store(sparse: Sparse<Self>) -> Terms {
        Terms::Wide(sparse)
    }
}

impl<K: Key> Sparse<K> {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self {
            keys: Vec::with_capacity(capacity),
            coefficients: Vec::with_capacity(capacity),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Appends a term below all others; zero is left out.
    #[inline]
    pub(crate) fn push(&mut self, key: K, coefficient: Integer) {
        if !coefficient.is_zero() {
            self.keys.push(key);
            self.coefficients.push(coefficient);
        }
    }

    /// Sorts terms given in any order and collects equal keys.
    pub(crate) fn collect(mut terms: Vec<(K, Integer)>) -> Self {
        // A stable sort finds the sorted runs that products and shifts leave behind.
        terms.sort_by(|a, b| b.0.cmp(&a.0));
        let mut out = Self::with_capacity(terms.len());
        let mut terms = terms.into_iter();
        let Some((mut key, mut sum)) = terms.next() else {
            return out;
        };
        for (next, coefficient) in terms {
            if next == key {
                sum = sum.plus(&coefficient);
            } else {
                out.push(
                    std::mem::replace(&mut key, next),
                    std::mem::replace(&mut sum, coefficient),
                );
            }
        }
        out.push(key, sum);
        out
    }

    /// `f·self + g·other`.
    pub(crate) fn combine(&self, f: &Integer, other: &Self, g: &Integer) -> Self {
        let scale = |value: &Integer, by: &Integer| {
            if by.is_one() {
                value.clone()
            } else {
                value.times(by)
            }
        };
        let mut out = Self::with_capacity(self.len() + other.len());
        let (mut i, mut j) = (0, 0);
        while i < self.len() && j < other.len() {
            match self.keys[i].cmp(&other.keys[j]) {
                Ordering::Greater => {
                    out.push(self.keys[i].clone(), scale(&self.coefficients[i], f));
                    i += 1;
                }
                Ordering::Less => {
                    out.push(other.keys[j].clone(), scale(&other.coefficients[j], g));
                    j += 1;
                }
                Ordering::Equal => {
                    let sum =
                        scale(&self.coefficients[i], f).plus(&scale(&other.coefficients[j], g));
                    out.push(self.keys[i].clone(), sum);
                    i += 1;
                    j += 1;
                }
            }
        }
        for (rest, at, by) in [(self, i, f), (other, j, g)] {
            for (key, coefficient) in rest.keys[at..].iter().zip(&rest.coefficients[at..]) {
                out.push(key.clone(), scale(coefficient, by));
            }
        }
        out
    }

    /// Multiplies by one term; the products must fit.
    pub(crate) fn times_term(&self, key: &K, coefficient: &Integer) -> Self {
        Self {
            keys: self.keys.iter().map(|own| own.times(key)).collect(),
            coefficients: if coefficient.is_one() {
                self.coefficients.clone()
            } else {
                self.coefficients
                    .iter()
                    .map(|own| own.times(coefficient))
                    .collect()
            },
        }
    }

    pub(crate) fn map(&self, f: impl FnMut(&Integer) -> Integer) -> Self {
        Self {
            keys: self.keys.clone(),
            coefficients: self.coefficients.iter().map(f).collect(),
        }
    }

    /// The greatest common divisor of the coefficients, positive; 0 for no terms.
    pub(crate) fn content(&self) -> Integer {
        let mut content = Integer::ZERO;
        for coefficient in &self.coefficients {
            content = content.gcd(coefficient);
            if content.is_one() {
                break;
            }
        }
        content
    }

    /// The same terms in another layout: `positions[i]` is where field `i` goes, `None` drops it. Order is kept when
    /// the dropped exponents are all zero.
    pub(crate) fn repack<L: Key>(
        &self,
        from: &Layout,
        to: &Layout,
        positions: &[Option<usize>],
    ) -> Sparse<L> {
        let mut exponents = Exponents::from_elem(0, to.count);
        let keys = self
            .keys
            .iter()
            .map(|key| {
                for (index, position) in positions.iter().enumerate() {
                    if let Some(position) = position {
                        exponents[*position] = key.exponent(from, index);
                    }
                }
                L::pack(to, &exponents)
            })
            .collect();
        Sparse {
            keys,
            coefficients: self.coefficients.clone(),
        }
    }
}

impl Terms {
    pub(crate) fn len(&self) -> usize {
        each!(self, s => s.len())
    }
    pub(crate) fn coefficients(&self) -> &[Integer] {
        each!(self, s => &s.coefficients)
    }
}
