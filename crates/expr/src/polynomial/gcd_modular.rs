//! The gcd of two polynomials in the same generators from univariate images modulo primes (Brown 1971, Zippel 1979).
//! In: primitive polynomials, bounds of the gcd's degrees. Out: the gcd up to factors free of the main variable, proved by
//! exact division. Never: trivial cases.

use super::evaluator::Evaluator;
use super::gcd::{Cofactors, common};
use super::interpolate::{Images, NoImage, on_grid, sparse};
use super::joined::Joined;
use super::modular::{self, Dense};
use super::monomial::Generator;
use super::prime_field::{Field, Points, primes};
use super::{Generators, Polynomial};

/// Grids up to this many points are preferred to sparse interpolation.
const GRID: usize = 400;
/// Images one sparse interpolation may ask for.
const IMAGES: usize = 1 << 20;

/// The images of `scale·gcd / lc(gcd)`.
struct GcdImages {
    field: Field,
    a: Evaluator,
    b: Evaluator,
    scale: Evaluator,
    lengths: (usize, usize),
    degree: usize,
}

impl GcdImages {
    fn combine(&self, a: &Dense, b: &Dense, scale: &Dense) -> Result<Vec<Dense>, NoImage> {
        let Some(&scale) = scale.first() else {
            return Err(NoImage::Unlucky);
        };
        if (a.len(), b.len()) != self.lengths {
            return Err(NoImage::Unlucky);
        }
        let gcd = modular::gcd(&self.field, a, b);
        match (gcd.len() - 1).cmp(&self.degree) {
            std::cmp::Ordering::Less => Err(NoImage::Lower),
            std::cmp::Ordering::Greater => Err(NoImage::Unlucky),
            std::cmp::Ordering::Equal => Ok(vec![modular::scale(&self.field, &gcd, scale)]),
        }
    }
}

impl Images for GcdImages {
    fn image(&mut self, point: &[u64]) -> Result<Vec<Dense>, NoImage> {
        let (a, b, scale) = (self.a.at(point), self.b.at(point), self.scale.at(point));
        self.combine(&a, &b, &scale)
    }

    fn progression(
        &mut self,
        start: &[u64],
        ratio: &[u64],
        count: usize,
    ) -> Result<Vec<Vec<Dense>>, NoImage> {
        let along = |evaluator: &Evaluator| evaluator.progression(start, ratio, count);
        let (a, b, scale) = (along(&self.a), along(&self.b), along(&self.scale));
        (0..count)
            .map(|at| self.combine(&a[at], &b[at], &scale[at]))
            .collect()
    }
}

/// Chooses the main variable: simple leading coefficients first, then a large degree.
fn main_variable(a: &Polynomial, b: &Polynomial, bounds: &[u32]) -> usize {
    let heads = |p: &Polynomial| -> Vec<usize> {
        let degrees = p.degrees();
        let mut heads = vec![0; degrees.len()];
        for (exponents, _) in p.rows() {
            for (head, (exponent, degree)) in heads.iter_mut().zip(exponents.iter().zip(&degrees)) {
                *head += usize::from(exponent == degree);
            }
        }
        heads
    };
    let (heads_a, heads_b) = (heads(a), heads(b));
    let cost = |&index: &usize| {
        (
            heads_a[index].min(heads_b[index]),
            u32::MAX - bounds[index],
            index,
        )
    };
    (0..bounds.len()).min_by_key(cost).unwrap_or(0)
}

/// The gcd up to factors free of the main variable, and its cofactors.
pub(crate) fn modular_gcd(
    a: &Polynomial,
    b: &Polynomial,
    generators: &[Generator],
    bounds: &[u32],
    points: &mut Points,
) -> Result<Cofactors, NoImage> {
    let index = main_variable(a, b, bounds);
    let main = generators[index];
    let others: Generators = generators
        .iter()
        .copied()
        .filter(|&generator| generator != main)
        .collect();
    let scale = a
        .leading_coefficient_in(main)
        .gcd(&b.leading_coefficient_in(main));
    let degrees: Vec<u32> = others
        .iter()
        .map(|&generator| {
            let bound = generators
                .binary_search(&generator)
                .map_or(0, |at| bounds[at]);
            bound.saturating_add(scale.degree(generator))
        })
        .collect();
    let grid = degrees.iter().try_fold(1_usize, |size, &degree| {
        size.checked_mul(degree as usize + 1)
    });
    let on_a_grid = others.len() <= 1 || grid.is_some_and(|size| size <= GRID);
    let lengths = (a.degree(main) as usize + 1, b.degree(main) as usize + 1);
    let mut joined: Option<Joined> = None;
    let mut failures = 0;
    for prime in primes().take(4096) {
        let field = Field::new(prime);
        let prepare = |p: &Polynomial| Evaluator::new(&field, p, Some(main), &others);
        let (mut a_images, mut b_images) = (prepare(a), prepare(b));
        if on_a_grid {
            a_images.densify();
            b_images.densify();
        }
        let degree = bounds[index] as usize;
        let scale_images = Evaluator::new(&field, &scale, None, &others);
        let mut images = GcdImages {
            field,
            a: a_images,
            b: b_images,
            scale: scale_images,
            lengths,
            degree,
        };
        let found = if on_a_grid {
            on_grid(&field, points, &degrees, &mut images)
        } else {
            sparse(&field, points, &degrees, &mut images, IMAGES)
        };
        let terms = match found {
            Ok(mut unknowns) => unknowns.pop().unwrap_or_default(),
            Err(NoImage::Lower) => return Err(NoImage::Lower),
            Err(NoImage::Unlucky) => {
                failures += 1;
                if failures > 6 {
                    return Err(NoImage::Unlucky);
                }
                continue;
            }
        };
        let ready = match &mut joined {
            Some(joined) => !joined.add(&field, &terms),
            None => {
                let first = Joined::new(&field, &terms);
                // Numbers that fill the whole modulus are not integers yet.
                let ready = first.small();
                joined = Some(first);
                ready
            }
        };
        if ready && let Some(joined) = &joined {
            let raw = joined.polynomial(main, &others);
            let gcd = if scale.is_constant() {
                raw.primitive_part()
            } else {
                let mut parts = raw.parts_in(main);
                parts.push(scale.clone());
                raw.exact_divide(&common(parts))
                    .unwrap_or(raw)
                    .primitive_part()
            };
            if let (Some(left), Some(right)) = (a.exact_divide(&gcd), b.exact_divide(&gcd)) {
                return Ok(Cofactors { gcd, left, right });
            }
        }
    }
    Err(NoImage::Unlucky)
}
