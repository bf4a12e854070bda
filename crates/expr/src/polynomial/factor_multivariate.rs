//! Factors of multivariate polynomials: factor at a point, see on a random line which univariate factors belong together,
//! then interpolate the true factors from their values at other points, each reached along a line from the first (after
//! Kaltofen and Trager 1990).
//! In: a primitive square-free polynomial. Out: irreducible factors, proved by division. Never: unbounded work.

use super::evaluator::Evaluator;
use super::factor_recover::recover;
use super::factor_univariate::{SUBSETS, find_subset, split_univariate};
use super::line::{Series, Splitter, multiply, restrict};
use super::modular::{self, Dense};
use super::monomial::Generator;
use super::prime_field::{Field, Points, primes};
use super::{Generators, Polynomial};

/// The largest number of lines followed for one polynomial.
const LINES: usize = 20_000;
/// Multiplications modulo the prime spent on one polynomial.
const WORK: usize = 200_000_000;
/// Univariate polynomials beyond this degree are not attempted here.
const DEGREE: usize = 60;

/// Irreducible factors of a square-free polynomial, primitive also as a polynomial in the main variable.
pub(crate) fn split_multivariate(
    p: &Polynomial,
    main: Generator,
    complete: &mut bool,
) -> Vec<Polynomial> {
    match attempt(p, main, complete) {
        Some(factors) => factors,
        None => {
            *complete = false;
            vec![p.clone()]
        }
    }
}

/// What is split, and how.
pub(crate) struct Task<'a> {
    pub(crate) p: &'a Polynomial,
    pub(crate) main: Generator,
    pub(crate) others: &'a [Generator],
    /// Total degree in the other generators.
    pub(crate) span: usize,
    /// The number of lines that may be followed.
    pub(crate) lines: usize,
}

/// A factor to be found: its value at the base point, its leading coefficient up to a constant or times others', and the
/// total degree in the other variables of the multiple that has this leading coefficient.
pub(crate) struct Target {
    pub(crate) image: Polynomial,
    pub(crate) lead: Polynomial,
    pub(crate) degree: usize,
}

fn attempt(p: &Polynomial, main: Generator, complete: &mut bool) -> Option<Vec<Polynomial>> {
    let others: Generators = p
        .generators()
        .iter()
        .copied()
        .filter(|&generator| generator != main)
        .collect();
    let at = p.position(main)?;
    let total = |exponents: &[u32]| {
        exponents
            .iter()
            .fold(0_u64, |sum, &own| sum + u64::from(own))
            - u64::from(exponents[at])
    };
    let span = usize::try_from(p.rows().map(|(exponents, _)| total(&exponents)).max()?).ok()?;
    let degree = p.degree(main) as usize;
    // One line: the polynomial at span + 1 points, then a lift that is quadratic in span and degree.
    let evaluation = span
        .saturating_mul(p.len())
        .saturating_mul(others.len() + 1);
    let line = evaluation
        .saturating_add(span.saturating_mul(span).saturating_mul(degree * degree))
        .saturating_add(1);
    if degree > DEGREE || WORK / line < 4 {
        return None;
    }
    let task = Task {
        p,
        main,
        others: &others,
        span,
        lines: LINES.min(WORK / line),
    };
    let mut points = Points::new(0xFAC7);
    let (base, parts) = base_point(&task, &mut points, complete)?;
    if parts.len() == 1 {
        return Some(vec![p.clone()]);
    }
    let (targets, distributed) = group(&task, &base, &parts, &mut points)?;
    if targets.len() == 1 {
        return Some(vec![p.clone()]);
    }
    let found = recover(&task, &base, &targets, &mut points);
    if found.is_some() || !distributed {
        return found;
    }
    let lead = p.leading_coefficient_in(main);
    let plain = |target: Target| Target {
        lead: lead.clone(),
        degree: span,
        ..target
    };
    recover(
        &task,
        &base,
        &targets.into_iter().map(plain).collect::<Vec<_>>(),
        &mut points,
    )
}

/// A small integer point at which the polynomial keeps its degree and stays square-free, and its factors there: the
/// fewest found over a few points.
fn base_point(
    task: &Task,
    points: &mut Points,
    complete: &mut bool,
) -> Option<(Vec<i64>, Vec<Polynomial>)> {
    let &Task {
        p, main, others, ..
    } = task;
    let field = Field::new(primes().next()?);
    let degree = p.degree(main);
    let mut best: Option<(Vec<i64>, Vec<Polynomial>)> = None;
    let mut good = 0;
    for round in 0..40_u64 {
        let reach = 2 + round / 2;
        let base: Vec<i64> = others
            .iter()
            .map(|_| (points.word() % (2 * reach + 1)) as i64 - reach as i64)
            .collect();
        let image = p
            .at_integers(|generator| {
                others
                    .iter()
                    .position(|other| *other == generator)
                    .map(|at| base[at])
            })
            .primitive_part();
        if image.degree(main) != degree {
            continue;
        }
        let dense = Evaluator::new(&field, &image, Some(main), &[]).at(&[]);
        let square_free =
            modular::gcd(&field, &dense, &modular::derivative(&field, &dense)).len() == 1;
        if dense.len() != degree as usize + 1 || !square_free {
            continue;
        }
        let parts = split_univariate(&image, complete);
        if best
            .as_ref()
            .is_none_or(|(_, known)| parts.len() < known.len())
        {
            best = Some((base, parts));
        }
        good += 1;
        if good == 3 || best.as_ref().is_some_and(|(_, known)| known.len() == 1) {
            break;
        }
    }
    best
}

pub(crate) fn monic_image(field: &Field, main: Generator, part: &Polynomial) -> Dense {
    modular::monic(field, &Evaluator::new(field, part, Some(main), &[]).at(&[]))
}

/// Products of the univariate factors that belong to one factor each, found on a random line.
fn group(
    task: &Task,
    base: &[i64],
    parts: &[Polynomial],
    points: &mut Points,
) -> Option<(Vec<Target>, bool)> {
    let &Task {
        p,
        main,
        others,
        span,
        ..
    } = task;
    let field = Field::new(primes().next()?);
    let mut evaluator = Evaluator::new(&field, p, Some(main), others);
    let start: Vec<u64> = base.iter().map(|&value| field.signed(value)).collect();
    let direction = points.residues(&field, others.len());
    let length = p.degree(main) as usize + 1;
    let columns = restrict(&field, &mut evaluator, &start, &direction, span, length);
    let precision = span + 3;
    let mut lead: Series = columns[length - 1]
        .iter()
        .map(|&value| vec![value])
        .collect();
    lead.resize(precision, Dense::new());
    lead.iter_mut().for_each(modular::trim);
    let images: Vec<Dense> = parts
        .iter()
        .map(|part| monic_image(&field, main, part))
        .collect();
    let series = Splitter::new(&field, &images)?.lift(&field, &columns, precision);
    // lead times the second coefficient of each factor: it adds up over a product, and beyond `span` it must vanish.
    let traces: Vec<[u64; 2]> = series
        .iter()
        .map(|own| {
            let second = own[0].len() - 2;
            let coefficient = |order: usize| {
                (0..=order).fold(0, |sum, at| {
                    let head = lead[at].first().copied().unwrap_or(0);
                    let own = own[order - at].get(second).copied().unwrap_or(0);
                    field.add(sum, field.mul(head, own))
                })
            };
            [coefficient(span + 1), coefficient(span + 2)]
        })
        .collect();
    let mut left: Vec<usize> = (0..parts.len()).collect();
    let mut groups = Vec::new();
    let (mut size, mut spent) = (1, 0);
    while 2 * size <= left.len() {
        let chosen = find_subset(left.len(), size, &mut spent, |chosen| {
            let vanishes = |at: usize| {
                chosen
                    .iter()
                    .fold(0, |sum, &own| field.add(sum, traces[left[own]][at]))
                    == 0
            };
            if !vanishes(0) || !vanishes(1) {
                return false;
            }
            let product = chosen.iter().fold(lead.clone(), |product, &own| {
                multiply(&field, &product, &series[left[own]])
            });
            product[span + 1..].iter().all(Vec::is_empty)
        });
        match chosen {
            Some(chosen) => {
                groups.push(chosen.iter().map(|&own| left[own]).collect::<Vec<_>>());
                for at in chosen.into_iter().rev() {
                    left.remove(at);
                }
            }
            None if spent >= SUBSETS => return None,
            None => size += 1,
        }
    }
    if !left.is_empty() {
        groups.push(left);
    }
    let line = Line {
        field,
        start,
        direction,
        span,
    };
    let shapes: Vec<Shape> = groups
        .iter()
        .map(|group| {
            let product = group.iter().fold(lead.clone(), |product, &own| {
                multiply(&field, &product, &series[own])
            });
            Shape::of(&field, &product[..=span])
        })
        .collect();
    let leads = distribute(&line, others, &p.leading_coefficient_in(main), &shapes);
    let factor = |(at, group): (usize, Vec<usize>)| {
        let image = group
            .iter()
            .fold(Polynomial::one(), |product, &at| &product * &parts[at]);
        match &leads {
            Some(leads) => Target {
                image,
                lead: leads[at].clone(),
                degree: shapes[at].degree,
            },
            None => Target {
                image,
                lead: p.leading_coefficient_in(main),
                degree: span,
            },
        }
    };
    Some((
        groups.into_iter().enumerate().map(factor).collect(),
        leads.is_some(),
    ))
}

/// A line through the base point, modulo a prime.
struct Line {
    field: Field,
    start: Vec<u64>,
    direction: Vec<u64>,
    span: usize,
}

/// What a line shows of a factor: its total degree in the other variables, and its leading coefficient along the line.
struct Shape {
    degree: usize,
    lead: Dense,
}

impl Shape {
    /// From a multiple of the factor by a polynomial in t.
    fn of(field: &Field, multiple: &[Dense]) -> Self {
        let length = multiple[0].len();
        let mut columns: Vec<Dense> = (0..length)
            .map(|power| {
                multiple
                    .iter()
                    .map(|part| part.get(power).copied().unwrap_or(0))
                    .collect()
            })
            .collect();
        columns.iter_mut().for_each(modular::trim);
        let content = columns.iter().fold(Dense::new(), |gcd, column| {
            modular::gcd(field, &gcd, column)
        });
        let degree = columns
            .iter()
            .map(Vec::len)
            .max()
            .unwrap_or(0)
            .saturating_sub(content.len());
        Self {
            degree,
            lead: modular::divide(field, &columns[length - 1], &content).0,
        }
    }
}

/// The leading coefficient of every factor up to a number, times the number in front of the product's: the irreducible
/// factors of the product's leading coefficient are shared out as the line shows. `None` if that is not conclusive.
fn distribute(
    line: &Line,
    others: &[Generator],
    lead: &Polynomial,
    shapes: &[Shape],
) -> Option<Vec<Polynomial>> {
    let parts = lead.factor();
    let number = Polynomial::constant(&parts.unit.abs());
    let mut leads = vec![number; shapes.len()];
    let mut left: Vec<Dense> = shapes.iter().map(|shape| shape.lead.clone()).collect();
    for (part, multiplicity) in parts.factors {
        let mut evaluator = Evaluator::new(&line.field, &part, None, others);
        let mut image = restrict(
            &line.field,
            &mut evaluator,
            &line.start,
            &line.direction,
            line.span,
            1,
        )
        .swap_remove(0);
        modular::trim(&mut image);
        let mut count = 0;
        for (own, lead) in left.iter_mut().zip(&mut leads) {
            while count < multiplicity && own.len() >= image.len() && image.len() > 1 {
                let (quotient, rest) = modular::divide(&line.field, own, &image);
                if !rest.is_empty() {
                    break;
                }
                *own = quotient;
                *lead = &*lead * &part;
                count += 1;
            }
        }
        if count != multiplicity {
            return None;
        }
    }
    left.iter().all(|own| own.len() == 1).then_some(leads)
}
