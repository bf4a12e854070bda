//! Multivariate factors from their values at one point: at any other point by lifting along the line to it, everywhere by
//! interpolation.
//! In: the polynomial, the factors at the base point, their leading coefficients. Out: factors, proved by division. Never:
//! more lines than the task allows.

use super::Polynomial;
use super::evaluator::Evaluator;
use super::factor_multivariate::{Target, Task, monic_image};
use super::gcd::common;
use super::interpolate::{Images, NoImage, on_grid, sparse};
use super::joined::Joined;
use super::line::{Series, Splitter, restrict};
use super::modular::{self, Dense};
use super::prime_field::{Field, Points, primes};

/// Grids up to this many points are preferred to sparse interpolation.
const GRID: usize = 64;

/// The values of the targets' multiples, reached along lines from the base point.
struct FactorImages {
    field: Field,
    polynomial: Evaluator,
    leads: Vec<Evaluator>,
    degrees: Vec<usize>,
    base: Vec<u64>,
    splitter: Splitter,
    span: usize,
    length: usize,
    lines: usize,
}

impl FactorImages {
    fn new(
        task: &Task,
        field: &Field,
        base: &[i64],
        targets: &[Target],
        lines: usize,
    ) -> Option<Self> {
        let images: Vec<Dense> = targets
            .iter()
            .map(|target| monic_image(field, task.main, &target.image))
            .collect();
        Some(Self {
            field: *field,
            polynomial: Evaluator::new(field, task.p, Some(task.main), task.others),
            leads: targets
                .iter()
                .map(|target| Evaluator::new(field, &target.lead, None, task.others))
                .collect(),
            degrees: targets.iter().map(|target| target.degree).collect(),
            base: base.iter().map(|&value| field.signed(value)).collect(),
            splitter: Splitter::new(field, &images)?,
            span: task.span,
            length: task.p.degree(task.main) as usize + 1,
            lines,
        })
    }

    /// The factors as monic series and the leading coefficients as polynomials in t, along a line from the base point.
    fn along(
        &mut self,
        direction: &[u64],
        span: usize,
        precision: usize,
    ) -> (Vec<Series>, Vec<Dense>) {
        let columns = restrict(
            &self.field,
            &mut self.polynomial,
            &self.base,
            direction,
            span,
            self.length,
        );
        let series = self.splitter.lift(&self.field, &columns, precision);
        let (field, base) = (self.field, &self.base);
        let lead = |own: &mut Evaluator| {
            restrict(&field, own, base, direction, precision - 1, 1).swap_remove(0)
        };
        (series, self.leads.iter_mut().map(lead).collect())
    }

    /// The largest degrees of the unknowns in each of the other generators, seen at a random place: the base point may be
    /// a special one.
    fn degree_bounds(&mut self, points: &mut Points, full: &[u32]) -> Result<Vec<u32>, NoImage> {
        let mut bounds = Vec::with_capacity(full.len());
        for (at, &most) in full.iter().enumerate() {
            let mut point = points.residues(&self.field, full.len());
            let start = point[at];
            let count = most as usize + 1;
            let mut columns: Vec<Vec<u64>> = Vec::new();
            for step in 0..count {
                let values = self.image(&point)?.concat();
                columns.resize(values.len(), vec![0; count]);
                for (column, value) in columns.iter_mut().zip(values) {
                    column[step] = value;
                }
                point[at] = self.field.add(point[at], self.field.one);
            }
            let inverses = self.field.inverses(count);
            let degree = |column: &mut Vec<u64>| {
                modular::interpolate(&self.field, start, &inverses, column);
                column.iter().rposition(|&value| value != 0).unwrap_or(0)
            };
            let degree = columns.iter_mut().map(degree).max().unwrap_or(0);
            bounds.push(u32::try_from(degree).unwrap_or(most));
        }
        Ok(bounds)
    }
}

impl Images for FactorImages {
    fn image(&mut self, point: &[u64]) -> Result<Vec<Dense>, NoImage> {
        if self.lines == 0 {
            return Err(NoImage::Lower);
        }
        self.lines -= 1;
        let field = self.field;
        let direction: Vec<u64> = point
            .iter()
            .zip(&self.base)
            .map(|(&own, &base)| field.sub(own, base))
            .collect();
        let precision = self.degrees.iter().copied().max().unwrap_or(0) + 1;
        let (series, leads) = self.along(&direction, self.span, precision);
        // The product of lead and series is a polynomial in t of known degree; its value at t = 1 is wanted.
        let image = |((own, lead), &degree): ((&Series, &Dense), &usize)| {
            let mut sums = vec![0; degree + 1];
            let mut sum = 0;
            for (total, &value) in sums.iter_mut().zip(lead) {
                sum = field.add(sum, value);
                *total = sum;
            }
            let mut image = vec![0; own[0].len()];
            for (order, part) in own[..=degree].iter().enumerate() {
                for (cell, &value) in image.iter_mut().zip(part) {
                    *cell = field.add(*cell, field.mul(value, sums[degree - order]));
                }
            }
            image
        };
        Ok(series
            .iter()
            .zip(&leads)
            .zip(&self.degrees)
            .map(image)
            .collect())
    }

    fn progression(
        &mut self,
        start: &[u64],
        ratio: &[u64],
        count: usize,
    ) -> Result<Vec<Vec<Dense>>, NoImage> {
        let mut point = start.to_vec();
        let mut images = Vec::with_capacity(count);
        for _ in 0..count {
            images.push(self.image(&point)?);
            for (own, &factor) in point.iter_mut().zip(ratio) {
                *own = self.field.mul(*own, factor);
            }
        }
        Ok(images)
    }
}

/// Interpolates the factors whose values at the base point are given; `None` if they do not divide.
pub(crate) fn recover(
    task: &Task,
    base: &[i64],
    targets: &[Target],
    points: &mut Points,
) -> Option<Vec<Polynomial>> {
    let full: Vec<u32> = task
        .others
        .iter()
        .map(|&generator| task.p.degree(generator))
        .collect();
    let mut degrees: Option<Vec<u32>> = None;
    let mut lines = task.lines;
    let mut joined: Vec<Joined> = Vec::new();
    for prime in primes().take(16) {
        let field = Field::new(prime);
        let Some(mut images) = FactorImages::new(task, &field, base, targets, lines) else {
            continue;
        };
        let degrees = match &mut degrees {
            Some(known) => known,
            none => none.insert(images.degree_bounds(points, &full).ok()?),
        };
        let grid = degrees.iter().try_fold(1_usize, |size, &degree| {
            size.checked_mul(degree as usize + 1)
        });
        let found = if grid.is_some_and(|size| size <= GRID) || degrees.len() == 1 {
            on_grid(&field, points, degrees, &mut images)
        } else {
            sparse(&field, points, degrees, &mut images, task.lines)
        };
        lines = images.lines;
        let unknowns = match found {
            Ok(unknowns) => unknowns,
            Err(NoImage::Lower) => return None,
            Err(NoImage::Unlucky) => continue,
        };
        let ready = if joined.is_empty() {
            joined = unknowns
                .iter()
                .map(|terms| Joined::new(&field, terms))
                .collect();
            joined.iter().all(Joined::small)
        } else {
            let mut changed = false;
            for (own, terms) in joined.iter_mut().zip(&unknowns) {
                changed |= own.add(&field, terms);
            }
            !changed
        };
        if ready {
            return verify(task, targets, &joined);
        }
    }
    None
}

/// The primitive parts of the interpolated polynomials, if their product is the polynomial.
fn verify(task: &Task, targets: &[Target], joined: &[Joined]) -> Option<Vec<Polynomial>> {
    let mut factors = Vec::new();
    let mut rest = task.p.clone();
    for (own, target) in joined.iter().zip(targets) {
        let raw = own.polynomial(task.main, task.others).primitive_part();
        let factor = match rest.exact_divide(&raw) {
            Some(_) => raw,
            None => {
                let mut parts = raw.parts_in(task.main);
                parts.push(target.lead.clone());
                raw.exact_divide(&common(parts))?.primitive_part()
            }
        };
        rest = rest.exact_divide(&factor)?;
        factors.push(factor);
    }
    rest.is_constant().then_some(factors)
}
