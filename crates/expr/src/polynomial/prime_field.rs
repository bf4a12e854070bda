//! Arithmetic modulo a prime below 2^63, with residues in Montgomery form, and a source of such primes.
//! In: integers. Out: residues. Never: division of machine words in an inner loop.

use super::integer::Integer;
use num_bigint::BigInt;

/// The first primes below 2^62, so that most calls never test one.
const PRIMES: [u64; 8] = [
    4_611_686_018_427_387_847,
    4_611_686_018_427_387_817,
    4_611_686_018_427_387_787,
    4_611_686_018_427_387_761,
    4_611_686_018_427_387_751,
    4_611_686_018_427_387_737,
    4_611_686_018_427_387_733,
    4_611_686_018_427_387_709,
];

/// Primes from just below 2^62 downwards.
pub(crate) fn primes() -> impl Iterator<Item = u64> {
    let last = PRIMES[PRIMES.len() - 1];
    PRIMES.into_iter().chain(
        (1..)
            .map(move |step| last - 2 * step)
            .filter(|&candidate| is_prime(candidate)),
    )
}

/// Miller and Rabin's test with the bases that decide all 64-bit numbers.
fn is_prime(n: u64) -> bool {
    let bases = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    if n < 41 {
        return bases.contains(&n);
    }
    if bases.iter().any(|&base| n.is_multiple_of(base)) {
        return false;
    }
    let (odd, twos) = (
        (n - 1) >> (n - 1).trailing_zeros(),
        (n - 1).trailing_zeros(),
    );
    bases.iter().all(|&base| {
        let mut power = modular_power(base, odd, n);
        if power == 1 || power == n - 1 {
            return true;
        }
        for _ in 1..twos {
            power = modular_power(power, 2, n);
            if power == n - 1 {
                return true;
            }
        }
        false
    })
}

/// `a·b mod modulus`
pub(crate) fn modular_product(a: u64, b: u64, modulus: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64
}

/// `base^exponent mod modulus`
pub(crate) fn modular_power(base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let (mut base, mut power) = (base % modulus, 1 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = modular_product(power, base, modulus);
        }
        base = modular_product(base, base, modulus);
        exponent >>= 1;
    }
    power
}

/// A prime field. Residues are `u64` in Montgomery form, always below the prime.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) prime: u64,
    /// −1/prime mod 2^64
    negative_inverse: u64,
    /// 2^128 mod prime
    square: u64,
    /// 1 in Montgomery form
    pub(crate) one: u64,
}

impl Field {
    /// The field of an odd prime below 2^63.
    pub(crate) fn new(prime: u64) -> Self {
        // Newton's iteration doubles the correct bits of the inverse modulo 2^64.
        let mut inverse = prime;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(prime.wrapping_mul(inverse)));
        }
        let one = ((1_u128 << 64) % u128::from(prime)) as u64;
        let square = (u128::from(one) * u128::from(one) % u128::from(prime)) as u64;
        Self {
            prime,
            negative_inverse: inverse.wrapping_neg(),
            square,
            one,
        }
    }

    #[inline(always)]
    fn reduce(&self, value: u128) -> u64 {
        let factor = (value as u64).wrapping_mul(self.negative_inverse);
        let reduced = ((value + u128::from(factor) * u128::from(self.prime)) >> 64) as u64;
        if reduced >= self.prime {
            reduced - self.prime
        } else {
            reduced
        }
    }

    #[inline(always)]
    pub(crate) fn mul(&self, a: u64, b: u64) -> u64 {
        self.reduce(u128::from(a) * u128::from(b))
    }
    #[inline(always)]
    pub(crate) fn add(&self, a: u64, b: u64) -> u64 {
        let sum = a + b;
        if sum >= self.prime {
            sum - self.prime
        } else {
            sum
        }
    }
    #[inline(always)]
    pub(crate) fn sub(&self, a: u64, b: u64) -> u64 {
        if a >= b { a - b } else { a + self.prime - b }
    }
    pub(crate) fn neg(&self, a: u64) -> u64 {
        if a == 0 { 0 } else { self.prime - a }
    }
    pub(crate) fn pow(&self, mut base: u64, mut exponent: u64) -> u64 {
        let mut power = self.one;
        while exponent > 0 {
            if exponent & 1 == 1 {
                power = self.mul(power, base);
            }
            base = self.mul(base, base);
            exponent >>= 1;
        }
        power
    }
    /// 1/a; 0 for 0.
    pub(crate) fn inverse(&self, a: u64) -> u64 {
        self.pow(a, self.prime - 2)
    }

    /// The inverses of 1, 2, …, n at places 1…n; place 0 holds 0.
    pub(crate) fn inverses(&self, n: usize) -> Vec<u64> {
        let mut inverses = vec![0, self.one];
        for k in 2..=n as u64 {
            // p = q·k + r gives 1/k = −q/r.
            let (quotient, rest) = (self.prime / k, self.prime % k);
            let inverse = self.neg(self.mul(
                self.residue(quotient),
                inverses[usize::try_from(rest).unwrap_or(0)],
            ));
            inverses.push(inverse);
        }
        inverses
    }

    /// The residue of a number below the prime.
    pub(crate) fn residue(&self, value: u64) -> u64 {
        self.mul(value, self.square)
    }

    pub(crate) fn signed(&self, value: i64) -> u64 {
        let size = value.unsigned_abs();
        let residue = self.residue(if size < self.prime {
            size
        } else {
            size % self.prime
        });
        if value < 0 {
            self.neg(residue)
        } else {
            residue
        }
    }

    pub(crate) fn reduced(&self, value: &Integer) -> u64 {
        match value {
            Integer::Small(value) => self.signed(*value),
            Integer::Big(_) => self.residue(value.residue(self.prime)),
        }
    }

    /// The representative in `0..prime`.
    pub(crate) fn plain(&self, a: u64) -> u64 {
        self.reduce(a.into())
    }

    /// The representative of least absolute value.
    pub(crate) fn symmetric(&self, a: u64) -> i64 {
        let plain = self.plain(a);
        if plain > self.prime / 2 {
            plain as i64 - self.prime as i64
        } else {
            plain as i64
        }
    }
}

/// Residues modulo several primes joined into integers (Garner), for a growing modulus.
#[derive(Clone, Debug)]
pub(crate) struct Modulus {
    pub(crate) value: BigInt,
}

impl Modulus {
    pub(crate) fn join(&mut self, values: &mut [BigInt], field: &Field, residues: &[u64]) -> bool {
        let inverse = field.inverse(field.reduced(&Integer::from_big(self.value.clone())));
        let mut changed = false;
        for (value, &residue) in values.iter_mut().zip(residues) {
            let own = field.reduced(&Integer::from_big(value.clone()));
            let step = field.symmetric(field.mul(field.sub(residue, own), inverse));
            if step != 0 {
                *value += &self.value * step;
                changed = true;
            }
        }
        self.value *= field.prime;
        changed
    }
}

/// A fixed stream of well-mixed words (Steele, Lea and Flood 2014): the same points in every run.
#[derive(Clone, Debug)]
pub(crate) struct Points {
    state: u64,
}

impl Points {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub(crate) fn word(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.state;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    /// A residue that is not zero.
    pub(crate) fn residue(&mut self, field: &Field) -> u64 {
        field.residue(1 + self.word() % (field.prime - 1))
    }

    pub(crate) fn residues(&mut self, field: &Field, count: usize) -> Vec<u64> {
        (0..count).map(|_| self.residue(field)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_consecutive_primes() {
        let found: Vec<u64> = (1..)
            .map(|step| (1_u64 << 62) - step)
            .filter(|&candidate| is_prime(candidate))
            .take(8)
            .collect();
        assert_eq!(found, PRIMES);
        assert!(primes().take(20).all(is_prime));
        assert!(primes().take(20).is_sorted_by(|a, b| a > b));
    }

    #[test]
    fn field_arithmetic_agrees_with_division() {
        let field = Field::new(PRIMES[0]);
        let mut points = Points::new(7);
        for _ in 0..200 {
            let (a, b) = (points.word() % field.prime, points.word() % field.prime);
            let product = field.plain(field.mul(field.residue(a), field.residue(b)));
            assert_eq!(
                u128::from(product),
                u128::from(a) * u128::from(b) % u128::from(field.prime)
            );
            let unit = field.residue(a.max(1));
            assert_eq!(field.mul(unit, field.inverse(unit)), field.one);
        }
        let inverses = field.inverses(20);
        for k in 1..=20 {
            assert_eq!(field.mul(field.residue(k), inverses[k as usize]), field.one);
        }
        assert_eq!(field.symmetric(field.signed(-5)), -5);
    }
}
