//! Data on the line under a quadratic log-density: mean, covariance and mass by completing the square.
//! In: `Work`. Out: the work that is left without these data. Never: a matrix that was not inverted symbolically.

use super::{Closed, Work, is_line};
use bartlett_expr::matrix::Matrix;
use bartlett_expr::normal::{self, Ring};
use bartlett_expr::polynomial::{Generator, Polynomial, RationalFunction};
use bartlett_expr::{Expr, Facts, Number, Symbol};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// At most so many data are integrated at once.
const DATA: usize = 12;
/// Total degree of a polynomial whose expectation is formed.
const DEGREE: u32 = 8;

/// N(mean, covariance) in some data, given the others.
pub(super) struct Gaussian<'a> {
    pub(super) data: &'a [Symbol],
    pub(super) mean: Vec<Expr>,
    pub(super) covariance: Matrix,
    pub(super) log_mass: Expr,
}

/// What is left when all data on the line are integrated out, where the log-density is quadratic in them and every function that holds
/// them is a polynomial in them.
pub(super) fn without(work: &Work) -> Option<Work> {
    let (line, rest): (Vec<_>, Vec<_>) = work
        .data
        .iter()
        .cloned()
        .partition(|d| is_line(d, &work.facts));
    // one datum alone is a matter of the tables
    if line.len() < 2 || line.len() > DATA {
        return None;
    }
    let data: Vec<Symbol> = line.iter().map(|d| d.symbol.clone()).collect();
    let ends = |d: &crate::model::Datum| {
        d.support.lower.value.contains_any(&data) || d.support.upper.value.contains_any(&data)
    };
    if rest.iter().any(ends) {
        return None;
    }
    let mut facts = work.facts.clone();
    for datum in &rest {
        facts.declare(datum.symbol.clone(), datum.support.clone());
    }
    let gaussian = Gaussian::of(&facts, &work.log_density, &data)?;
    let functions = work.functions.iter().map(|function| {
        let function = function.as_ref()?;
        if !function.value.contains_any(&data) {
            return Some(function.clone());
        }
        Some(Closed {
            value: gaussian.expectation(&facts, &function.value)?,
            ..function.clone()
        })
    });
    Some(Work {
        functions: functions.collect(),
        log_density: gaussian.log_mass.clone(),
        marginals: work.marginals_with(data.clone(), &gaussian.log_mass),
        facts: work.facts.clone(),
        data: rest,
    })
}

impl<'a> Gaussian<'a> {
    /// The Gaussian of an exponent that is quadratic in the data.
    pub(super) fn of(facts: &Facts, log_density: &Expr, data: &'a [Symbol]) -> Option<Self> {
        let log_density = normal::prepared(facts, std::slice::from_ref(log_density)).remove(0);
        let n = data.len();
        let terms = Terms::of(&log_density, data, 2)?;
        let half = Number::HALF;
        let coefficient = |powers: &[(usize, u32)]| {
            let mut key = vec![0; n];
            for (j, k) in powers {
                key[*j] += k;
            }
            terms.by_power.get(&key).cloned().unwrap_or_else(Expr::zero)
        };
        let precision = Matrix::symmetric(n, |i, j| {
            let c = coefficient(&[(i, 1), (j, 1)]);
            -(if i == j { c * 2 } else { c })
        });
        let covariance = precision.inverse(facts).ok()??;
        let linear: Vec<Expr> = (0..n).map(|i| coefficient(&[(i, 1)])).collect();
        let mean: Vec<Expr> = (0..n)
            .map(|i| {
                let row = (0..n).map(|j| covariance.get(i, j).cloned().map(|c| c * &linear[j]));
                row.collect::<Option<Vec<_>>>()
                    .map(|row| normal::simplified(facts, &Expr::sum(row)))
            })
            .collect::<Option<_>>()?;
        let determinant = normal::simplified(facts, &precision.determinant(facts).ok()?);
        let count = Expr::integer(i64::try_from(n).ok()?);
        let square = Expr::sum(mean.iter().zip(&linear).map(|(m, b)| m * b));
        let log_mass = coefficient(&[])
            + (square + count * (Expr::pi() * 2).log() - facts.refine(&determinant.log()))
                .scaled(&half);
        Some(Self {
            data,
            mean,
            covariance,
            log_mass: normal::simplified(facts, &log_mass),
        })
    }

    /// E[g] of a polynomial g.
    fn expectation(&self, facts: &Facts, g: &Expr) -> Option<Expr> {
        let g = normal::prepared(facts, std::slice::from_ref(g)).remove(0);
        let terms = Terms::of(&g, self.data, DEGREE)?;
        let mut known: FxHashMap<Vec<u32>, Expr> = FxHashMap::default();
        let parts: Option<Vec<Expr>> = terms
            .by_power
            .iter()
            .map(|(powers, coefficient)| Some(coefficient * self.moment(powers, &mut known)?))
            .collect();
        Some(normal::simplified(facts, &Expr::sum(parts?)))
    }

    /// E[xᵢ h] = μᵢ E[h] + Σⱼ Σᵢⱼ E[∂h/∂xⱼ] (Stein 1981).
    pub(super) fn moment(
        &self,
        powers: &[u32],
        known: &mut FxHashMap<Vec<u32>, Expr>,
    ) -> Option<Expr> {
        let Some(i) = powers.iter().position(|k| *k > 0) else {
            return Some(Expr::one());
        };
        if let Some(value) = known.get(powers) {
            return Some(value.clone());
        }
        let mut rest = powers.to_vec();
        rest[i] -= 1;
        let mut value = &self.mean[i] * self.moment(&rest, known)?;
        for j in 0..rest.len() {
            if rest[j] == 0 {
                continue;
            }
            let mut lower = rest.clone();
            lower[j] -= 1;
            let share = self.covariance.get(i, j)? * self.moment(&lower, known)?;
            value = value + share.scaled(&Number::integer(i64::from(rest[j])));
        }
        known.insert(powers.to_vec(), value.clone());
        Some(value)
    }
}

/// A polynomial in the data, by powers of each.
pub(super) struct Terms {
    pub(super) by_power: BTreeMap<Vec<u32>, Expr>,
}

impl Terms {
    pub(super) fn of(e: &Expr, data: &[Symbol], degree: u32) -> Option<Self> {
        let mut ring = Ring::of(std::slice::from_ref(e));
        let value = ring.convert(e).ok()?;
        let atoms: Vec<Expr> = ring.atoms().map(|(_, atom)| atom.clone()).collect();
        let place = |g: Generator| -> Option<Option<usize>> {
            let atom = atoms.get(g.0 as usize)?;
            match atom.as_symbol() {
                Some(s) => Some(data.iter().position(|d| d == s)),
                None if atom.contains_any(data) => None,
                None => Some(None),
            }
        };
        for g in value.denominator().generators() {
            if place(*g)?.is_some() {
                return None;
            }
        }
        let mut collected: BTreeMap<Vec<u32>, Vec<_>> = BTreeMap::new();
        for (coefficient, monomial) in value.numerator().terms() {
            let mut powers = vec![0; data.len()];
            let mut outside = Vec::new();
            for (g, n) in monomial {
                match place(g)? {
                    Some(j) => powers[j] += n,
                    None => outside.push((g, n)),
                }
            }
            if powers.iter().sum::<u32>() > degree {
                return None;
            }
            collected
                .entry(powers)
                .or_default()
                .push((coefficient, outside.into_iter().collect()));
        }
        let by_power = collected
            .into_iter()
            .map(|(powers, terms)| {
                let value =
                    RationalFunction::new(&Polynomial::from_terms(terms), value.denominator())?;
                Some((powers, ring.expression(&value)))
            })
            .collect::<Option<_>>()?;
        Some(Self { by_power })
    }
}
