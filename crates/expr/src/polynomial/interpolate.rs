//! Interpolation of polynomials in many variables from their univariate images modulo a prime.
//! In: a source of images in one main variable, degree bounds in the others. Out: terms modulo the prime. Never: integers.

use super::modular::{self, Dense};
use super::monomial::Exponents;
use super::prime_field::{Field, Points};
use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

/// Why there is no image at a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoImage {
    /// The point, or the prime, is an unlucky one: try another.
    Unlucky,
    /// The degree bounds were too large: start again with better ones.
    Lower,
}

/// Images in the main variable of one or more unknown polynomials.
pub(crate) trait Images {
    /// The coefficients in the main variable of every unknown, where the other variables take the values of the point.
    fn image(&mut self, point: &[u64]) -> Result<Vec<Dense>, NoImage>;

    /// Images at `count` points, each coordinate multiplied by its ratio from one point to the next.
    fn progression(
        &mut self,
        start: &[u64],
        ratio: &[u64],
        count: usize,
    ) -> Result<Vec<Vec<Dense>>, NoImage>;
}

/// Terms of one unknown: exponents with the main variable first, and residues.
pub(crate) type Interpolated = Vec<(Exponents, u64)>;

/// Values on a full grid: right where most coefficients are not zero. `degrees` bounds the other variables.
pub(crate) fn on_grid(
    field: &Field,
    points: &mut Points,
    degrees: &[u32],
    images: &mut impl Images,
) -> Result<Vec<Interpolated>, NoImage> {
    let start = points.residues(field, degrees.len());
    let sizes: Vec<usize> = degrees.iter().map(|&degree| degree as usize + 1).collect();
    let total: usize = sizes.iter().product();
    let mut table: Vec<Vec<Vec<u64>>> = Vec::new();
    let mut index = vec![0_usize; sizes.len()];
    let mut point = start.clone();
    for at in 0..total {
        let mut rest = at;
        for axis in (0..sizes.len()).rev() {
            let step = rest % sizes[axis];
            rest /= sizes[axis];
            if step != index[axis] {
                index[axis] = step;
                point[axis] = field.add(start[axis], field.residue(step as u64));
            }
        }
        let image = images.image(&point)?;
        table.resize(image.len(), Vec::new());
        for (columns, dense) in table.iter_mut().zip(&image) {
            if columns.len() < dense.len() {
                columns.resize(dense.len(), vec![0; total]);
            }
            for (column, &value) in columns.iter_mut().zip(dense) {
                column[at] = value;
            }
        }
    }
    let most = sizes.iter().copied().max().unwrap_or(1);
    let inverses = field.inverses(most);
    let mut fiber = vec![0; most];
    let mut stride = total;
    for (axis, &size) in sizes.iter().enumerate() {
        stride /= size;
        if size == 1 {
            continue;
        }
        for column in table.iter_mut().flatten() {
            for first in (0..total).filter(|at| (at / stride).is_multiple_of(size)) {
                for k in 0..size {
                    fiber[k] = column[first + k * stride];
                }
                modular::interpolate(field, start[axis], &inverses, &mut fiber[..size]);
                for k in 0..size {
                    column[first + k * stride] = fiber[k];
                }
            }
        }
    }
    let terms = |columns: Vec<Vec<u64>>| {
        let mut terms = Interpolated::new();
        for (column, power) in columns.iter().zip(0_u32..) {
            for (at, &value) in column.iter().enumerate().filter(|(_, value)| **value != 0) {
                let mut exponents = Exponents::from_elem(power, sizes.len() + 1);
                let mut rest = at;
                for axis in (0..sizes.len()).rev() {
                    let exponent = (rest % sizes[axis]) as u32;
                    exponents[axis + 1] = exponent;
                    rest /= sizes[axis];
                }
                terms.push((exponents, value));
            }
        }
        terms
    };
    Ok(table.into_iter().map(terms).collect())
}

/// One coefficient in the main variable: known monomials in the variables treated so far, with values.
#[derive(Clone, Debug, Default)]
struct Skeleton {
    monomials: Vec<Exponents>,
    values: Vec<u64>,
}

/// Zippel's method (1979): one variable after the other, each new image solved for on the monomials found so far.
/// The number of images is about (sum of degrees) × (terms of the largest coefficient).
pub(crate) fn sparse(
    field: &Field,
    points: &mut Points,
    degrees: &[u32],
    images: &mut impl Images,
    most_images: usize,
) -> Result<Vec<Interpolated>, NoImage> {
    let base = points.residues(field, degrees.len());
    let as_constants = |dense: Dense| {
        let constant = |value| Skeleton {
            monomials: vec![Exponents::new()],
            values: vec![value],
        };
        let skeletons: Vec<Skeleton> = dense
            .into_iter()
            .map(|value| {
                if value == 0 {
                    Skeleton::default()
                } else {
                    constant(value)
                }
            })
            .collect();
        skeletons
    };
    let mut known: Vec<Vec<Skeleton>> =
        images.image(&base)?.into_iter().map(as_constants).collect();
    let mut spent = 1;
    for (variable, &degree) in degrees.iter().enumerate() {
        let inverses = field.inverses(degree as usize + 1);
        let most = known
            .iter()
            .flatten()
            .map(|skeleton| skeleton.monomials.len())
            .max()
            .unwrap_or(0);
        let mut ratio = vec![field.one; degrees.len()];
        ratio[..variable].copy_from_slice(&points.residues(field, variable));
        let solvers = known
            .iter()
            .map(|skeletons| {
                skeletons
                    .iter()
                    .map(|skeleton| Solver::new(field, &ratio, skeleton))
                    .collect()
            })
            .collect::<Result<Vec<Vec<Solver>>, NoImage>>()?;
        // history[unknown][power][monomial] = values at base, base + 1, …
        let mut history: Vec<Vec<Vec<Vec<u64>>>> = known
            .iter()
            .map(|skeletons| {
                skeletons
                    .iter()
                    .map(|s| s.values.iter().map(|&v| vec![v]).collect())
                    .collect()
            })
            .collect();
        for step in 1..=u64::from(degree) {
            spent += most;
            if spent > most_images {
                return Err(NoImage::Unlucky);
            }
            let mut start = base.clone();
            start[..variable].copy_from_slice(&ratio[..variable]);
            start[variable] = field.add(base[variable], field.residue(step));
            let batch = images.progression(&start, &ratio, most)?;
            for (unknown, skeletons) in known.iter().enumerate() {
                if batch
                    .iter()
                    .any(|image| image[unknown].len() != skeletons.len())
                {
                    return Err(NoImage::Unlucky);
                }
                for (power, solver) in solvers[unknown].iter().enumerate() {
                    let values: Vec<u64> =
                        batch.iter().map(|image| image[unknown][power]).collect();
                    let solution = solver.solve(field, &values).ok_or(NoImage::Unlucky)?;
                    for (column, value) in history[unknown][power].iter_mut().zip(solution) {
                        column.push(value);
                    }
                }
            }
        }
        for (skeletons, columns) in known.iter_mut().zip(history) {
            for (skeleton, columns) in skeletons.iter_mut().zip(columns) {
                let mut grown = Skeleton::default();
                for (monomial, mut column) in skeleton.monomials.iter().zip(columns) {
                    modular::interpolate(field, base[variable], &inverses, &mut column);
                    for (value, exponent) in column.into_iter().zip(0..) {
                        if value != 0 {
                            let mut monomial = monomial.clone();
                            monomial.push(exponent);
                            grown.monomials.push(monomial);
                            // The value at the base point, with the new variable's power put back in place.
                            grown.values.push(value);
                        }
                    }
                }
                *skeleton = grown;
            }
        }
    }
    let terms = |skeletons: Vec<Skeleton>| {
        let mut terms = Interpolated::new();
        for (skeleton, power) in skeletons.into_iter().zip(0_u32..) {
            for (monomial, value) in skeleton.monomials.into_iter().zip(skeleton.values) {
                let mut exponents = Exponents::from_elem(power, 1);
                exponents.extend_from_slice(&monomial);
                terms.push((exponents, value));
            }
        }
        terms
    };
    Ok(known.into_iter().map(terms).collect())
}

/// Solves `Σ cᵢ mᵢ^t = vₜ`, t = 1, 2, …, for the coefficients of known monomials (a transposed Vandermonde system).
struct Solver {
    nodes: Vec<u64>,
    /// Coefficients of Π (z − mᵢ), low to high.
    product: Dense,
    /// 1/(mᵢ·Π_{j≠i}(mᵢ − mⱼ))
    scales: Vec<u64>,
}

impl Solver {
    fn new(field: &Field, ratio: &[u64], skeleton: &Skeleton) -> Result<Self, NoImage> {
        let nodes: Vec<u64> = skeleton
            .monomials
            .iter()
            .map(|monomial| {
                let factors = monomial.iter().zip(ratio);
                factors.fold(field.one, |node, (&exponent, &own)| {
                    field.mul(node, field.pow(own, exponent.into()))
                })
            })
            .collect();
        let distinct: HashSet<u64, FxBuildHasher> = nodes.iter().copied().collect();
        if distinct.len() < nodes.len() {
            return Err(NoImage::Unlucky);
        }
        let mut product = vec![field.one];
        for &node in &nodes {
            product.push(0);
            for k in (0..product.len()).rev() {
                let below = if k > 0 { product[k - 1] } else { 0 };
                product[k] = field.sub(below, field.mul(node, product[k]));
            }
        }
        let derivative = modular::derivative(field, &product);
        let scales = nodes
            .iter()
            .map(|&node| {
                field.inverse(field.mul(node, modular::evaluate(field, &derivative, node)))
            })
            .collect();
        Ok(Self {
            nodes,
            product,
            scales,
        })
    }

    /// `None` if the surplus values contradict the monomials.
    fn solve(&self, field: &Field, values: &[u64]) -> Option<Vec<u64>> {
        let count = self.nodes.len();
        if count == 0 {
            return values.iter().all(|&value| value == 0).then(Vec::new);
        }
        let solution: Vec<u64> = self
            .nodes
            .iter()
            .zip(&self.scales)
            .map(|(&node, &scale)| {
                // The quotient Π/(z − m), from the top coefficient down, against the values.
                let (mut quotient, mut sum) = (0, 0);
                for k in (0..count).rev() {
                    quotient = field.add(self.product[k + 1], field.mul(node, quotient));
                    sum = field.add(sum, field.mul(quotient, values[k]));
                }
                field.mul(sum, scale)
            })
            .collect();
        if let Some(&surplus) = values.get(count) {
            let terms = solution.iter().zip(&self.nodes);
            let predicted = terms.fold(0, |sum, (&own, &node)| {
                field.add(sum, field.mul(own, field.pow(node, count as u64 + 1)))
            });
            if predicted != surplus {
                return None;
            }
        }
        Some(solution)
    }
}
