//! Exact division of sparse integer polynomials.
//! In: dividend and divisor over one layout. Out: the quotient when it is exact, else `None`. Never: a remainder.

use super::integer::Integer;
use super::monomial::{Exponents, Key, Layout};
use super::multiply::DenseBox;
use super::sparse::Sparse;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use rustc_hash::FxBuildHasher;
use std::collections::BinaryHeap;

/// `a / b` if the quotient has integer coefficients and no remainder; `None` otherwise or for `b = 0`.
pub(crate) fn divide<K: Key>(layout: &Layout, a: &Sparse<K>, b: &Sparse<K>) -> Option<Sparse<K>> {
    let (lead, coefficient) = (b.keys.first()?, b.coefficients.first()?);
    if a.len() == 0 {
        return Some(Sparse::with_capacity(0));
    }
    if b.len() == 1 {
        let mut out = Sparse::with_capacity(a.len());
        for (key, value) in a.keys.iter().zip(&a.coefficients) {
            out.push(key.over(lead, layout)?, value.over(coefficient)?);
        }
        return Some(out);
    }
    // Both ends of an exact quotient are known at once; most failures are seen here.
    a.keys[0].over(lead, layout)?;
    a.coefficients[0].over(coefficient)?;
    a.keys.last()?.over(b.keys.last()?, layout)?;
    a.coefficients.last()?.over(b.coefficients.last()?)?;
    let (da, db) = (K::degrees(&a.keys, layout), K::degrees(&b.keys, layout));
    let dq = da
        .iter()
        .zip(&db)
        .map(|(a, b)| a.checked_sub(*b))
        .collect::<Option<Exponents>>()?;
    let room = a.len().saturating_mul(8).min(1 << 22);
    if a.len() > 16
        && let Some(dense) = DenseBox::new(&da, room)
        && let Some(answer) = in_box(layout, &dense, &dq, a, b)
    {
        return answer;
    }
    if a.len() > 256
        && b.len() > 8
        && let Some(answer) = by_hash(layout, &dq, a, b)
    {
        return answer;
    }
    by_heap(layout, &dq, a, b)
}

/// Division with pending products summed in a hash table, 128-bit. Outer `None`: a number did not fit; inner `None`: not
/// divisible.
fn by_hash<K: Key>(
    layout: &Layout,
    dq: &Exponents,
    a: &Sparse<K>,
    b: &Sparse<K>,
) -> Option<Option<Sparse<K>>> {
    let tail = b
        .coefficients
        .iter()
        .map(Integer::small)
        .collect::<Option<Vec<i64>>>()?;
    let (lead, coefficient) = (&b.keys[0], i128::from(tail[0]));
    let mut quotient: Sparse<K> = Sparse::with_capacity(a.len() / b.len() + 1);
    let mut pending: HashMap<K, i128, FxBuildHasher> = HashMap::default();
    let mut order: BinaryHeap<K> = BinaryHeap::new();
    let mut position = 0;
    loop {
        let key = match (a.keys.get(position), order.peek()) {
            (Some(own), Some(other)) => own.max(other).clone(),
            (Some(own), None) => own.clone(),
            (None, Some(other)) => other.clone(),
            (None, None) => return Some(Some(quotient)),
        };
        let mut sum = 0;
        if a.keys.get(position) == Some(&key) {
            sum = a.coefficients[position].to_i128()?;
            position += 1;
        }
        if order.peek() == Some(&key) {
            order.pop();
            sum = sum.checked_sub(pending.remove(&key).unwrap_or(0))?;
        }
        if sum == 0 {
            continue;
        }
        let factor = sum.checked_div(coefficient)?;
        let Some(next) = key
            .over(lead, layout)
            .filter(|_| factor * coefficient == sum)
        else {
            return Some(None);
        };
        if (0..dq.len()).any(|index| next.exponent(layout, index) > dq[index]) {
            return Some(None);
        }
        let word = i64::try_from(factor).ok()?;
        for (key, &value) in b.keys.iter().zip(&tail).skip(1) {
            let product = i128::from(word) * i128::from(value);
            match pending.entry(next.times(key)) {
                Entry::Occupied(mut known) => {
                    *known.get_mut() = known.get().checked_add(product)?
                }
                Entry::Vacant(place) => {
                    order.push(place.key().clone());
                    place.insert(product);
                }
            }
        }
        quotient.push(next, Integer::Small(word));
    }
}

/// Division in a dense box with 128-bit remainders. Outer `None`: a number did not fit; inner `None`: not divisible.
fn in_box<K: Key>(
    layout: &Layout,
    dense: &DenseBox,
    dq: &Exponents,
    a: &Sparse<K>,
    b: &Sparse<K>,
) -> Option<Option<Sparse<K>>> {
    let mut rest = vec![0_i128; dense.size];
    for (key, value) in a.keys.iter().zip(&a.coefficients) {
        rest[dense.place(layout, key)] = value.to_i128()?;
    }
    let terms = b
        .keys
        .iter()
        .zip(&b.coefficients)
        .map(|(key, value)| Some((dense.place(layout, key), i128::from(value.small()?))))
        .collect::<Option<Vec<_>>>()?;
    let (lead, coefficient) = terms[0];
    let mut out = Sparse::with_capacity(a.len());
    for place in (0..dense.size).rev() {
        let value = rest[place];
        if value == 0 {
            continue;
        }
        let Some(shift) = place.checked_sub(lead) else {
            return Some(None);
        };
        let factor = value.checked_div(coefficient)?;
        if factor * coefficient != value {
            return Some(None);
        }
        let key: K = dense.key(layout, shift);
        // Within these degrees no product leaves the box or wraps to another monomial.
        if (0..dq.len()).any(|index| key.exponent(layout, index) > dq[index]) {
            return Some(None);
        }
        let word = i64::try_from(factor).ok()?;
        for (offset, other) in &terms {
            let cell = &mut rest[shift + offset];
            *cell = cell.checked_sub(i128::from(word) * other)?;
        }
        out.push(key, Integer::Small(word));
    }
    Some(Some(out))
}

/// Division with a heap of pending products (Monagan and Pearce 2007): one stream of products for each divisor term.
fn by_heap<K: Key>(
    layout: &Layout,
    dq: &Exponents,
    a: &Sparse<K>,
    b: &Sparse<K>,
) -> Option<Sparse<K>> {
    let (lead, coefficient) = (&b.keys[0], &b.coefficients[0]);
    let mut quotient: Sparse<K> = Sparse::with_capacity(a.len() / b.len() + 1);
    let mut heap: BinaryHeap<(K, usize, usize)> = BinaryHeap::new();
    // waiting[j]: stream j has used up the quotient so far. Stream j starts only after stream j - 1 has.
    let mut waiting: Vec<usize> = vec![1];
    let mut started = 1;
    let mut position = 0;
    loop {
        let key = match (a.keys.get(position), heap.peek()) {
            (Some(own), Some((pending, _, _))) => own.max(pending).clone(),
            (Some(own), None) => own.clone(),
            (None, Some((pending, _, _))) => pending.clone(),
            (None, None) => return Some(quotient),
        };
        let mut sum = Integer::ZERO;
        if a.keys.get(position) == Some(&key) {
            sum = a.coefficients[position].clone();
            position += 1;
        }
        while heap.peek().is_some_and(|(pending, _, _)| *pending == key) {
            let Some((_, j, i)) = heap.pop() else { break };
            sum = sum.minus(&quotient.coefficients[i].times(&b.coefficients[j]));
            if i + 1 < quotient.len() {
                heap.push((quotient.keys[i + 1].times(&b.keys[j]), j, i + 1));
            } else {
                waiting.push(j);
            }
            if i == 0 && j == started && j + 1 < b.len() {
                started = j + 1;
                heap.push((quotient.keys[0].times(&b.keys[j + 1]), j + 1, 0));
            }
        }
        if sum.is_zero() {
            continue;
        }
        let next = key.over(lead, layout)?;
        if (0..dq.len()).any(|index| next.exponent(layout, index) > dq[index]) {
            return None;
        }
        let index = quotient.len();
        quotient.push(next.clone(), sum.over(coefficient)?);
        for j in waiting.drain(..) {
            heap.push((next.times(&b.keys[j]), j, index));
        }
    }
}
