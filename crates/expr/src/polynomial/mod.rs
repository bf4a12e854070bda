//! Multivariate polynomials over the rationals, their gcd and factors, and rational functions.
//! In: abstract generators, numbers. Out: `Polynomial`, `RationalFunction` in canonical form. Never: what a generator stands for.
//!
//! A polynomial is sparse, its terms sorted in the lexicographic order in which generator 0 is the most significant. Equal
//! polynomials are equal values: `==` and hashing are structural.
//!
//! ```
//! use bartlett_expr::polynomial::{Generator, Polynomial};
//! let (x, y) = (Polynomial::generator(Generator(0)), Polynomial::generator(Generator(1)));
//! let square = (&x + &y).pow(2);
//! assert_eq!(square.gcd(&(&x * &x - &y * &y)), &x + &y);
//! ```

mod arithmetic;
mod divide;
mod evaluate;
mod evaluator;
mod factor;
mod factor_multivariate;
mod factor_recover;
mod factor_univariate;
mod gcd;
mod gcd_modular;
mod hensel;
mod integer;
mod interpolate;
mod joined;
mod line;
mod modular;
mod monomial;
mod multiply;
mod prime_field;
mod rational_function;
mod sparse;
mod view;

pub use factor::Factorization;
pub use monomial::{Generator, Monomial};
pub use multiply::{Limit, TooLarge};
pub use rational_function::RationalFunction;

use crate::Number;
use integer::Integer;
use monomial::{Exponents, Layout, Wide};
use smallvec::SmallVec;
use sparse::{Sparse, Stored, Terms, each};
use std::borrow::Cow;
use std::fmt;

/// The generators that occur, increasing.
type Generators = SmallVec<[Generator; 4]>;

/// A polynomial with rational coefficients in canonical form: integer terms over one positive denominator that shares no
/// factor with all of them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Polynomial {
    generators: Generators,
    denominator: Integer,
    terms: Terms,
}

/// Two polynomials over the same generators and the same kind of keys.
enum Aligned<'a> {
    Packed(Cow<'a, Sparse<u128>>, Cow<'a, Sparse<u128>>),
    Wide(Cow<'a, Sparse<Wide>>, Cow<'a, Sparse<Wide>>),
}

impl Polynomial {
    /// 0
    #[must_use]
    pub fn zero() -> Self {
        Self::integer(0)
    }

    /// 1
    #[must_use]
    pub fn one() -> Self {
        Self::integer(1)
    }

    /// The constant `n`.
    #[must_use]
    pub fn integer(n: i64) -> Self {
        Self::whole(Integer::Small(n))
    }

    pub(crate) fn whole(value: Integer) -> Self {
        let mut terms = Sparse::with_capacity(1);
        terms.push(0_u128, value);
        Self {
            generators: Generators::new(),
            denominator: Integer::ONE,
            terms: Terms::Packed(terms),
        }
    }

    /// The constant of this value.
    #[must_use]
    pub fn constant(value: &Number) -> Self {
        let (numerator, denominator) = Integer::parts(value);
        Self {
            denominator,
            ..Self::whole(numerator)
        }
    }

    /// The generator itself.
    #[must_use]
    pub fn generator(generator: Generator) -> Self {
        Self {
            generators: SmallVec::from_elem(generator, 1),
            denominator: Integer::ONE,
            terms: Terms::Packed(Sparse {
                keys: vec![1],
                coefficients: vec![Integer::ONE],
            }),
        }
    }

    /// The sum of the given terms, in any order; a generator may occur more than once in a monomial.
    #[must_use]
    pub fn from_terms(terms: impl IntoIterator<Item = (Number, Monomial)>) -> Self {
        let terms: Vec<(Number, Monomial)> = terms.into_iter().collect();
        let mut generators: Generators = terms
            .iter()
            .flat_map(|(_, monomial)| monomial.iter().map(|(generator, _)| *generator))
            .collect();
        generators.sort_unstable();
        generators.dedup();
        let mut denominator = Integer::ONE;
        let parts: Vec<(Integer, Integer)> = terms
            .iter()
            .map(|(value, _)| Integer::parts(value))
            .collect();
        for (_, below) in &parts {
            denominator = denominator.lcm(below);
        }
        let mut rows = Vec::with_capacity(terms.len());
        for ((_, monomial), (above, below)) in terms.iter().zip(&parts) {
            let mut exponents = Exponents::from_elem(0, generators.len());
            for (generator, exponent) in monomial {
                if let Ok(index) = generators.binary_search(generator) {
                    exponents[index] = exponents[index].saturating_add(*exponent);
                }
            }
            let scale = denominator.over(below).unwrap_or(Integer::ONE);
            rows.push((exponents, above.times(&scale)));
        }
        Self::from_rows(&generators, denominator, rows)
    }

    /// From exponents in the order of `generators` (increasing), in any order of rows.
    fn from_rows(
        generators: &[Generator],
        denominator: Integer,
        rows: Vec<(Exponents, Integer)>,
    ) -> Self {
        let layout = Layout::new(generators.len());
        if rows.iter().all(|(exponents, _)| layout.fits(exponents)) {
            Self::collected::<u128>(generators, &layout, denominator, &rows)
        } else {
            Self::collected::<Wide>(generators, &layout, denominator, &rows)
        }
    }

    fn collected<K: Stored>(
        generators: &[Generator],
        layout: &Layout,
        denominator: Integer,
        rows: &[(Exponents, Integer)],
    ) -> Self {
        let terms = rows
            .iter()
            .map(|(exponents, value)| (K::pack(layout, exponents), value.clone()))
            .collect();
        Self::build(generators, layout, denominator, Sparse::<K>::collect(terms))
    }

    /// Brings sorted terms into canonical form: unused generators leave, keys are packed if they fit, the denominator is reduced.
    fn build<K: Stored>(
        generators: &[Generator],
        layout: &Layout,
        mut denominator: Integer,
        mut sparse: Sparse<K>,
    ) -> Self {
        if sparse.len() == 0 {
            return Self::zero();
        }
        if !denominator.is_one() {
            let mut common = denominator.clone();
            for value in &sparse.coefficients {
                common = common.gcd(value);
                if common.is_one() {
                    break;
                }
            }
            if !common.is_one() {
                denominator = denominator.over(&common).unwrap_or(Integer::ONE);
                sparse = sparse.map(|value| value.over(&common).unwrap_or(Integer::ZERO));
            }
        }
        let store = |generators: Generators, terms| Self {
            generators,
            denominator,
            terms,
        };
        if K::all_used(&sparse.keys, layout)
            && matches!(K::store(Sparse::with_capacity(0)), Terms::Packed(_))
        {
            return store(generators.into(), K::store(sparse));
        }
        let degrees = K::degrees(&sparse.keys, layout);
        let mut kept = Generators::new();
        let mut positions = Vec::with_capacity(generators.len());
        for (generator, &degree) in generators.iter().zip(&degrees) {
            positions.push((degree > 0).then_some(kept.len()));
            if degree > 0 {
                kept.push(*generator);
            }
        }
        let smaller = Layout::new(kept.len());
        if smaller.fits(&degrees) {
            store(
                kept,
                Terms::Packed(sparse.repack(layout, &smaller, &positions)),
            )
        } else if kept.len() == generators.len() {
            store(kept, K::store(sparse))
        } else {
            store(
                kept,
                Terms::Wide(sparse.repack(layout, &smaller, &positions)),
            )
        }
    }

    fn layout(&self) -> Layout {
        Layout::new(self.generators.len())
    }

    /// Brings two polynomials to the union of their generators.
    fn align<'a>(&'a self, other: &'a Self) -> (Cow<'a, Generators>, Layout, Aligned<'a>) {
        if self.generators == other.generators
            && let (Terms::Packed(a), Terms::Packed(b)) = (&self.terms, &other.terms)
        {
            let aligned = Aligned::Packed(Cow::Borrowed(a), Cow::Borrowed(b));
            return (Cow::Borrowed(&self.generators), self.layout(), aligned);
        }
        let mut union = self.generators.clone();
        union.extend_from_slice(&other.generators);
        union.sort_unstable();
        union.dedup();
        let layout = Layout::new(union.len());
        let packed = layout.fits(&self.degrees()) && layout.fits(&other.degrees());
        let aligned = if packed {
            Aligned::Packed(self.spread(&union, &layout), other.spread(&union, &layout))
        } else {
            Aligned::Wide(
                self.spread_wide(&union, &layout),
                other.spread_wide(&union, &layout),
            )
        };
        (Cow::Owned(union), layout, aligned)
    }

    fn positions(&self, union: &[Generator]) -> Vec<Option<usize>> {
        self.generators
            .iter()
            .map(|generator| union.binary_search(generator).ok())
            .collect()
    }

    fn spread(&self, union: &Generators, layout: &Layout) -> Cow<'_, Sparse<u128>> {
        match &self.terms {
            Terms::Packed(own) if self.generators == *union => Cow::Borrowed(own),
            terms => Cow::Owned(
                each!(terms, s => s.repack(&self.layout(), layout, &self.positions(union))),
            ),
        }
    }

    fn spread_wide(&self, union: &Generators, layout: &Layout) -> Cow<'_, Sparse<Wide>> {
        match &self.terms {
            Terms::Wide(own) if self.generators == *union => Cow::Borrowed(own),
            terms => Cow::Owned(
                each!(terms, s => s.repack(&self.layout(), layout, &self.positions(union))),
            ),
        }
    }
}

impl fmt::Display for Polynomial {
    /// For debugging and doctests: `2*g0^2*g1 - 1/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return write!(f, "0");
        }
        for (at, (value, monomial)) in self.terms().enumerate() {
            let sign = match (at, value.is_negative()) {
                (0, false) => "",
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            };
            write!(f, "{sign}")?;
            let size = value.abs();
            if !size.is_one() || monomial.is_empty() {
                write!(f, "{size}")?;
            }
            for (index, (generator, exponent)) in monomial.iter().enumerate() {
                let star = if index > 0 || !size.is_one() { "*" } else { "" };
                write!(f, "{star}g{}", generator.0)?;
                if *exponent > 1 {
                    write!(f, "^{exponent}")?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Polynomial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
