//! Products of sparse integer polynomials: by one term, by sorted runs, in a dense box, or in a hash table.
//! In: two polynomials whose key products fit. Out: their product, or `TooLarge`. Never: more memory than the limit allows.

use super::integer::Integer;
use super::monomial::{Exponents, Key, Layout};
use super::sparse::Sparse;
use hashbrown::HashMap;
use num_bigint::BigInt;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

/// A cap on the size of one result and on the work spent on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// The largest number of terms of any polynomial made on the way.
    pub terms: usize,
    /// The largest number of products of two terms formed in one multiplication.
    pub products: u64,
}

impl Limit {
    /// No limit.
    pub const NONE: Self = Self {
        terms: usize::MAX,
        products: u64::MAX,
    };

    /// At most this many terms, and at most 1000 products of terms for each of them.
    #[must_use]
    pub const fn terms(terms: usize) -> Self {
        Self {
            terms,
            products: (terms as u64).saturating_mul(1000),
        }
    }

    /// Does a result of this many terms respect the limit?
    pub(crate) const fn allows(&self, terms: usize) -> Result<(), TooLarge> {
        if terms > self.terms {
            Err(TooLarge)
        } else {
            Ok(())
        }
    }
}

/// The result would exceed the caller's limit, or an exponent would exceed 32 bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the polynomial would grow beyond the given limit")]
pub struct TooLarge;

/// A sum of products, wide enough that it never overflows for the coefficients it is chosen for.
trait Sum: Clone {
    /// A coefficient as the products read it.
    type Factor: Clone;
    const EMPTY: Self;
    fn factor(value: &Integer) -> Self::Factor;
    fn add_product(&mut self, a: &Self::Factor, b: &Self::Factor);
    fn is_empty(&self) -> bool;
    fn finish(self) -> Integer;
}

macro_rules! machine_sum {
    ($type:ty) => {
        impl Sum for $type {
            type Factor = i64;
            const EMPTY: Self = 0;
            fn factor(value: &Integer) -> i64 {
                value.small().unwrap_or(0)
            }
            #[inline(always)]
            fn add_product(&mut self, a: &i64, b: &i64) {
                *self += Self::from(*a) * Self::from(*b);
            }
            fn is_empty(&self) -> bool {
                *self == 0
            }
            fn finish(self) -> Integer {
                Integer::from_i128(self.into())
            }
        }
    };
}
machine_sum!(i64);
machine_sum!(i128);

/// 192 bits: any number of products of two machine words.
#[derive(Clone, Copy)]
struct Sum192 {
    low: u128,
    high: i64,
}

impl Sum for Sum192 {
    type Factor = i64;
    const EMPTY: Self = Self { low: 0, high: 0 };
    fn factor(value: &Integer) -> i64 {
        value.small().unwrap_or(0)
    }
    #[inline(always)]
    fn add_product(&mut self, a: &i64, b: &i64) {
        let product = i128::from(*a) * i128::from(*b);
        let (low, carry) = self.low.overflowing_add(product as u128);
        self.low = low;
        self.high += i64::from(carry) - i64::from(product < 0);
    }
    fn is_empty(&self) -> bool {
        self.low == 0 && self.high == 0
    }
    fn finish(self) -> Integer {
        Integer::from_big((BigInt::from(self.high) << 128) + BigInt::from(self.low))
    }
}

#[derive(Clone)]
struct BigSum(BigInt);

impl Sum for BigSum {
    type Factor = BigInt;
    const EMPTY: Self = Self(BigInt::ZERO);
    fn factor(value: &Integer) -> BigInt {
        value.to_big()
    }
    fn add_product(&mut self, a: &BigInt, b: &BigInt) {
        self.0 += a * b;
    }
    fn is_empty(&self) -> bool {
        self.0 == BigInt::ZERO
    }
    fn finish(self) -> Integer {
        Integer::from_big(self.0)
    }
}

/// `a·b`; every product of keys fits the layout.
pub(crate) fn multiply<K: Key>(
    layout: &Layout,
    a: &Sparse<K>,
    b: &Sparse<K>,
    limit: &Limit,
) -> Result<Sparse<K>, TooLarge> {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if a.len() == 0 {
        return Ok(Sparse::with_capacity(0));
    }
    if a.len() == 1 {
        limit.allows(b.len())?;
        return Ok(b.times_term(&a.keys[0], &a.coefficients[0]));
    }
    if (a.len() as u64).saturating_mul(b.len() as u64) > limit.products {
        return Err(TooLarge);
    }
    let bits = |s: &Sparse<K>| s.coefficients.iter().map(Integer::bits).max().unwrap_or(0);
    let (bits_a, bits_b) = (bits(a), bits(b));
    let sum_bits = bits_a + bits_b + u64::from(usize::BITS - a.len().leading_zeros());
    let machine = bits_a <= 63 && bits_b <= 63;
    if machine && sum_bits <= 127 && a.len() * b.len() <= 32 {
        let product = on_the_stack(a, b);
        limit.allows(product.len())?;
        return Ok(product);
    }
    if machine && sum_bits <= 63 {
        with_sum::<K, i64>(layout, a, b, limit)
    } else if machine && sum_bits <= 127 {
        with_sum::<K, i128>(layout, a, b, limit)
    } else if bits_a <= 63 && bits_b <= 63 {
        with_sum::<K, Sum192>(layout, a, b, limit)
    } else {
        with_sum::<K, BigSum>(layout, a, b, limit)
    }
}

fn with_sum<K: Key, S: Sum>(
    layout: &Layout,
    a: &Sparse<K>,
    b: &Sparse<K>,
    limit: &Limit,
) -> Result<Sparse<K>, TooLarge> {
    let factors = |s: &Sparse<K>| s.coefficients.iter().map(S::factor).collect::<Vec<_>>();
    let (factors_a, factors_b) = (factors(a), factors(b));
    let products = a.len() * b.len();
    let product = if products <= 64 {
        by_runs::<K, S>(a, b, &factors_a, &factors_b)
    } else if let Some(dense) = DenseBox::for_product(layout, a, b) {
        dense.multiply::<K, S>(layout, a, b, &factors_a, &factors_b)
    } else if products <= 2048 {
        by_runs::<K, S>(a, b, &factors_a, &factors_b)
    } else {
        return by_hash::<K, S>(a, b, &factors_a, &factors_b, limit);
    };
    limit.allows(product.len())?;
    Ok(product)
}

/// A few products of machine words, without the heap.
fn on_the_stack<K: Key>(a: &Sparse<K>, b: &Sparse<K>) -> Sparse<K> {
    let mut products: SmallVec<[(K, i128); 32]> = SmallVec::new();
    let word = |value: &Integer| i128::from(value.small().unwrap_or(0));
    for (key, value) in a.keys.iter().zip(&a.coefficients) {
        for (other, by) in b.keys.iter().zip(&b.coefficients) {
            products.push((key.times(other), word(value) * word(by)));
        }
    }
    products.sort_by(|x, y| y.0.cmp(&x.0));
    let mut out = Sparse::with_capacity(products.len());
    let mut products = products.into_iter();
    let Some((mut key, mut sum)) = products.next() else {
        return out;
    };
    for (next, product) in products {
        if next == key {
            sum += product;
        } else {
            out.push(
                std::mem::replace(&mut key, next),
                Integer::from_i128(std::mem::replace(&mut sum, product)),
            );
        }
    }
    out.push(key, Integer::from_i128(sum));
    out
}

/// All products, sorted: each row is a sorted run, which the stable sort merges.
fn by_runs<K: Key, S: Sum>(
    a: &Sparse<K>,
    b: &Sparse<K>,
    fa: &[S::Factor],
    fb: &[S::Factor],
) -> Sparse<K> {
    let mut products = Vec::with_capacity(a.len() * b.len());
    for i in 0..a.len() {
        for j in 0..b.len() {
            products.push((a.keys[i].times(&b.keys[j]), i, j));
        }
    }
    products.sort_by(|x, y| y.0.cmp(&x.0));
    let mut out = Sparse::with_capacity(products.len());
    let mut products = products.into_iter();
    let Some((mut key, i, j)) = products.next() else {
        return out;
    };
    let mut sum = S::EMPTY;
    sum.add_product(&fa[i], &fb[j]);
    for (next, i, j) in products {
        if next != key {
            out.push(
                std::mem::replace(&mut key, next),
                std::mem::replace(&mut sum, S::EMPTY).finish(),
            );
        }
        sum.add_product(&fa[i], &fb[j]);
    }
    out.push(key, sum.finish());
    out
}

fn by_hash<K: Key, S: Sum>(
    a: &Sparse<K>,
    b: &Sparse<K>,
    fa: &[S::Factor],
    fb: &[S::Factor],
    limit: &Limit,
) -> Result<Sparse<K>, TooLarge> {
    let mut sums: HashMap<K, S, FxBuildHasher> =
        HashMap::with_capacity_and_hasher(b.len() * 2, FxBuildHasher);
    for (key, factor) in a.keys.iter().zip(fa) {
        for (other, by) in b.keys.iter().zip(fb) {
            sums.entry(key.times(other))
                .or_insert(S::EMPTY)
                .add_product(factor, by);
        }
        // Cancellation may still bring the number down; twice the limit is the room it gets.
        limit.allows(sums.len() / 2)?;
    }
    let mut terms: Vec<(K, S)> = sums
        .into_iter()
        .filter(|(_, sum)| !sum.is_empty())
        .collect();
    limit.allows(terms.len())?;
    terms.sort_unstable_by(|x, y| y.0.cmp(&x.0));
    let mut out = Sparse::with_capacity(terms.len());
    for (key, sum) in terms {
        out.push(key, sum.finish());
    }
    Ok(out)
}

/// A box of exponents numbered in monomial order.
pub(crate) struct DenseBox {
    strides: SmallVec<[usize; 8]>,
    pub(crate) size: usize,
}

impl DenseBox {
    /// The box of all exponents up to `degrees`, if it has at most `most` places.
    pub(crate) fn new(degrees: &Exponents, most: usize) -> Option<Self> {
        let mut strides = SmallVec::from_elem(0, degrees.len());
        let mut size = 1_usize;
        for index in (0..degrees.len()).rev() {
            strides[index] = size;
            size = size.checked_mul(degrees[index] as usize + 1)?;
            if size > most {
                return None;
            }
        }
        Some(Self { strides, size })
    }

    fn for_product<K: Key>(layout: &Layout, a: &Sparse<K>, b: &Sparse<K>) -> Option<Self> {
        let (da, db) = (K::degrees(&a.keys, layout), K::degrees(&b.keys, layout));
        let degrees: Exponents = da.iter().zip(&db).map(|(a, b)| a + b).collect();
        Self::new(
            &degrees,
            a.len()
                .saturating_mul(b.len())
                .saturating_mul(4)
                .min(1 << 21),
        )
    }

    pub(crate) fn place<K: Key>(&self, layout: &Layout, key: &K) -> usize {
        (0..self.strides.len())
            .map(|index| key.exponent(layout, index) as usize * self.strides[index])
            .sum()
    }

    pub(crate) fn key<K: Key>(&self, layout: &Layout, mut place: usize) -> K {
        let mut exponents = Exponents::from_elem(0, self.strides.len());
        for (index, &stride) in self.strides.iter().enumerate() {
            let exponent = (place / stride) as u32;
            exponents[index] = exponent;
            place %= stride;
        }
        K::pack(layout, &exponents)
    }

    fn multiply<K: Key, S: Sum>(
        &self,
        layout: &Layout,
        a: &Sparse<K>,
        b: &Sparse<K>,
        fa: &[S::Factor],
        fb: &[S::Factor],
    ) -> Sparse<K> {
        let places: Vec<usize> = b.keys.iter().map(|key| self.place(layout, key)).collect();
        let mut sums = vec![S::EMPTY; self.size];
        for (key, factor) in a.keys.iter().zip(fa) {
            let row = &mut sums[self.place(layout, key)..];
            for (&place, other) in places.iter().zip(fb) {
                row[place].add_product(factor, other);
            }
        }
        let used = sums.iter().filter(|sum| !sum.is_empty()).count();
        let mut out = Sparse::with_capacity(used);
        for (place, sum) in sums.into_iter().enumerate().rev() {
            if !sum.is_empty() {
                out.push(self.key(layout, place), sum.finish());
            }
        }
        out
    }
}
