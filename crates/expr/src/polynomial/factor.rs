//! Factorisations: square-free (Yun 1976) and into irreducible factors.
//! In: a polynomial over the rationals. Out: a unit and primitive factors in a fixed order. Never: unbounded work; a factor
//! whose splitting would exceed the limit stays whole.

use super::Polynomial;
use super::factor_multivariate::split_multivariate;
use super::factor_univariate::split_univariate;
use super::gcd::common;
use super::integer::Integer;
use super::monomial::Generator;
use crate::Number;
use num_traits::Signed;
use std::cmp::Ordering;

/// `unit · Π factor^multiplicity`. Factors are primitive over the integers, pairwise coprime, with positive leading
/// coefficients, ordered by total degree and then by their terms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Factorization {
    /// The rational number in front.
    pub unit: Number,
    /// Factors that are not numbers, with their multiplicities.
    pub factors: Vec<(Polynomial, u32)>,
    /// Is every factor known to be irreducible? Always false from [`Polynomial::square_free`] when there are factors.
    pub irreducible: bool,
}

impl Factorization {
    /// The polynomial again. Panics if an exponent exceeds 32 bits.
    #[must_use]
    pub fn product(&self) -> Polynomial {
        let powers = self
            .factors
            .iter()
            .map(|(factor, multiplicity)| factor.pow(*multiplicity));
        powers.fold(Polynomial::constant(&self.unit), |product, power| {
            &product * &power
        })
    }

    fn sort(&mut self) {
        self.factors
            .sort_by(|(a, m), (b, n)| order(a, b).then(m.cmp(n)));
    }
}

/// A total order of polynomials: total degree, generators, then the terms from the leading one down.
fn order(a: &Polynomial, b: &Polynomial) -> Ordering {
    let heads = (a.total_degree(), a.generators()).cmp(&(b.total_degree(), b.generators()));
    heads.then_with(|| a.rows().cmp(b.rows()))
}

impl Polynomial {
    /// Splits into square-free, pairwise coprime factors. Generators that divide the polynomial are factors of their own.
    #[must_use]
    pub fn square_free(&self) -> Factorization {
        let (unit, rest) = self.primitive();
        let mut out = Factorization {
            unit,
            factors: Vec::new(),
            irreducible: self.is_constant(),
        };
        if self.is_zero() {
            return out;
        }
        let (monomial, mut rest) = rest.without_monomial();
        out.factors.extend(
            monomial
                .into_iter()
                .map(|(generator, power)| (Self::generator(generator), power)),
        );
        // Each round takes the part that contains the first generator; its content goes to the next round.
        while let Some(&main) = rest.generators().first() {
            let content = rest.content_in(main);
            let part = rest
                .exact_divide(&content)
                .unwrap_or_else(|| rest.clone())
                .primitive_part();
            yun(&part, main, &mut out.factors);
            rest = content;
        }
        out.sort();
        out
    }

    /// Splits into irreducible factors over the rationals. Work is bounded: a factor that would exceed the bound stays
    /// whole, and `irreducible` is false then; product and coprimality hold in any case.
    #[must_use]
    pub fn factor(&self) -> Factorization {
        let Factorization { unit, factors, .. } = self.square_free();
        let mut out = Factorization {
            unit,
            factors: Vec::new(),
            irreducible: true,
        };
        for (factor, multiplicity) in factors {
            for part in split(&factor, &mut out.irreducible) {
                out.factors.push((part, multiplicity));
            }
        }
        out.sort();
        out
    }
}

/// Yun's algorithm for a primitive polynomial all of whose factors contain the main variable.
fn yun(p: &Polynomial, main: Generator, out: &mut Vec<(Polynomial, u32)>) {
    if p.degree(main) == 1 {
        out.push((p.clone(), 1));
        return;
    }
    let (_, mut rest, slope) = p.gcd_cofactors(&p.derivative(main));
    let mut slope = &slope - &rest.derivative(main);
    for multiplicity in 1.. {
        if rest.is_constant() {
            break;
        }
        let (factor, next, reduced) = rest.gcd_cofactors(&slope);
        if !factor.is_constant() {
            out.push((factor.primitive_part(), multiplicity));
        }
        slope = &reduced - &next.derivative(main);
        rest = next;
    }
}

/// The irreducible factors of a primitive square-free polynomial with positive leading coefficient.
pub(crate) fn split(p: &Polynomial, complete: &mut bool) -> Vec<Polynomial> {
    let mut done = Vec::new();
    let mut todo = vec![p.clone()];
    while let Some(p) = todo.pop() {
        // In a generator of degree 1 there is one factor with it; the others divide the content.
        let degrees = p.degrees();
        if let Some(at) = degrees.iter().position(|&degree| degree == 1) {
            let content = p.content_in(p.generators()[at]);
            if content.is_constant() {
                done.push(p);
            } else {
                done.extend(p.exact_divide(&content));
                todo.push(content);
            }
        } else if let Some((a, b)) = difference_of_squares(&p) {
            todo.extend([a, b].map(|part| part.primitive_part()));
        } else if let Some(factors) = quadratic(&p, &degrees) {
            done.extend(factors);
        } else if p.generators().len() == 1 {
            done.extend(split_univariate(&p, complete));
        } else if !p.is_constant() {
            let (main, content) = main_variable(&p, &degrees);
            if content.is_constant() {
                done.extend(split_multivariate(&p, main, complete));
            } else {
                todo.extend(p.exact_divide(&content));
                todo.push(content);
            }
        }
    }
    done
}

/// The generator with the simplest leading coefficient, and the content with respect to it.
fn main_variable(p: &Polynomial, degrees: &[u32]) -> (Generator, Polynomial) {
    let mut heads = vec![0_usize; degrees.len()];
    for (exponents, _) in p.rows() {
        for (head, (exponent, degree)) in heads.iter_mut().zip(exponents.iter().zip(degrees)) {
            *head += usize::from(exponent == degree);
        }
    }
    let best = (0..degrees.len())
        .min_by_key(|&at| (heads[at], degrees[at], at))
        .unwrap_or(0);
    let main = p.generators()[best];
    (main, common(p.parts_in(main)))
}

/// The factors of a primitive a·x² + b·x + c in some generator x, where b² − 4·a·c is seen to be a square or to be none.
fn quadratic(p: &Polynomial, degrees: &[u32]) -> Option<Vec<Polynomial>> {
    /// Values beyond this total degree are not worth the while.
    const DEGREE: u32 = 24;
    let at = degrees.iter().position(|&degree| degree == 2)?;
    let x = p.generators()[at];
    let mut coefficients = [Polynomial::zero(), Polynomial::zero(), Polynomial::zero()];
    for (power, coefficient) in p.powers_in(x) {
        coefficients[power as usize] = coefficient;
    }
    let small = p.total_degree() <= DEGREE;
    if !small || !common(coefficients.to_vec()).is_constant() {
        return None;
    }
    let [c, b, a] = coefficients;
    let discriminant = &(&b * &b) - &(&(&a * &c) * &Polynomial::integer(4));
    let generators = discriminant.generators();
    for values in [[2, 3, 5, 7], [3, -2, 7, 5], [5, 7, 1, -3], [-7, 4, 2, 9]] {
        let at = |g: Generator| {
            let place = generators.iter().position(|own| *own == g).unwrap_or(0);
            Number::integer(values[place % values.len()])
        };
        let value = discriminant.evaluate(at)?;
        if whole_root(&Integer::parts(&value).0).is_none() {
            return Some(vec![p.clone()]);
        }
    }
    let root = square_root(&discriminant)?;
    let middle = &(&(&a * &Polynomial::integer(2)) * &Polynomial::generator(x)) + &b;
    let multiple = &middle + &root;
    let first = multiple
        .exact_divide(&multiple.content_in(x))?
        .primitive_part();
    let second = p.exact_divide(&first)?.primitive_part();
    Some(vec![first, second])
}

/// The polynomial whose square this is.
fn square_root(p: &Polynomial) -> Option<Polynomial> {
    let Factorization { unit, factors, .. } = p.square_free();
    let (numerator, denominator) = Integer::parts(&unit);
    let unit = whole_root(&numerator)?.ratio(&whole_root(&denominator)?);
    factors
        .iter()
        .try_fold(Polynomial::constant(&unit), |product, (factor, power)| {
            (power % 2 == 0).then(|| &product * &factor.pow(power / 2))
        })
}

/// The square root of an integer that is a square.
fn whole_root(n: &Integer) -> Option<Integer> {
    let n = n.to_big();
    let root = (!n.is_negative()).then(|| n.sqrt())?;
    (root.pow(2) == n).then(|| Integer::from_big(root))
}

/// `a²·m² − b²·n²` as two factors.
fn difference_of_squares(p: &Polynomial) -> Option<(Polynomial, Polynomial)> {
    if p.len() != 2 {
        return None;
    }
    let mut roots = Vec::new();
    for ((exponents, value), sign) in p.rows().zip([false, true]) {
        if value.is_negative() != sign || exponents.iter().any(|exponent| exponent % 2 == 1) {
            return None;
        }
        let root = whole_root(&value.abs())?;
        let half = exponents.iter().map(|exponent| exponent / 2).collect();
        roots.push(Polynomial::from_rows(
            p.generators(),
            Integer::ONE,
            vec![(half, root)],
        ));
    }
    Some((&roots[0] + &roots[1], &roots[0] - &roots[1]))
}
