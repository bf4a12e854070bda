//! Route 1: the zero-mean score. Where a Hessian entry lies in the span of 1 and the score, its expectation is the constant part.
//! In: score, Hessian entries, the data. Out: −E[H] without any integral. Never: a moment table; it holds only where E[s] = 0.

use super::collect::ByAtoms;
use bartlett_expr::normal::Ring;
use bartlett_expr::polynomial::{Generator, Polynomial, RationalFunction};
use bartlett_expr::{Expr, Symbol};
use std::collections::BTreeMap;

/// Terms of an answer that was found by a relation between generators.
const LONGEST: usize = 40;

type Row = BTreeMap<Vec<(Generator, u32)>, RationalFunction>;

/// The span of 1 and a score, as vectors over products of atoms that hold the data.
pub(crate) struct Span {
    ring: Ring,
    columns: Vec<Row>,
}

/// E[target] for each target as if E[score] = 0, with the multiples of the scores, or `None` where it is not in the span. All expressions must be taken apart already.
pub(crate) fn expectations(
    score: &[Expr],
    targets: &[Expr],
    data: &[Symbol],
) -> Vec<Option<(Expr, Vec<Expr>)>> {
    let none = || vec![None; targets.len()];
    let all: Vec<Expr> = score.iter().chain(targets).cloned().collect();
    let mut ring = Ring::of(&all);
    let Ok(values) = all
        .iter()
        .map(|e| ring.convert(e))
        .collect::<Result<Vec<_>, _>>()
    else {
        return none();
    };
    let holds: Vec<bool> = ring
        .atoms()
        .map(|(_, atom)| atom.contains_any(data))
        .collect();
    let holds = |g: Generator| holds.get(g.0 as usize).copied().unwrap_or(true);
    // One denominator for all: then equality of functions is equality of coefficients.
    let mut denominator = Polynomial::one();
    for value in &values {
        denominator = denominator.lcm(value.denominator());
        if denominator.len() > 400 {
            return none();
        }
    }
    let row = |value: &RationalFunction| -> Option<Row> {
        let factor = denominator.exact_divide(value.denominator())?;
        let product = RationalFunction::from(value.numerator() * &factor);
        let reduced = ring.reduce(product).ok()?;
        if !reduced.is_polynomial() {
            return None;
        }
        let numerator = reduced.numerator();
        let mut collected: ByAtoms = BTreeMap::new();
        for (coefficient, monomial) in numerator.terms() {
            let (inside, outside): (Vec<_>, Vec<_>) =
                monomial.into_iter().partition(|(g, _)| holds(*g));
            collected
                .entry(inside)
                .or_default()
                .push((coefficient, outside.into_iter().collect()));
        }
        Some(
            collected
                .into_iter()
                .map(|(k, terms)| (k, RationalFunction::from(Polynomial::from_terms(terms))))
                .collect(),
        )
    };
    let constant = row(&RationalFunction::one());
    let columns: Option<Vec<Row>> = std::iter::once(constant)
        .chain(values[..score.len()].iter().map(row))
        .collect();
    let Some(columns) = columns else {
        return none();
    };
    let rows: Vec<Option<Row>> = values[score.len()..].iter().map(row).collect();
    let span = Span { ring, columns };
    rows.iter()
        .map(|target| span.combination(target.as_ref()?))
        .collect()
}

impl Span {
    /// a₀ and the aᵢ of target = a₀ + Σ aᵢ sᵢ.
    fn combination(&self, target: &Row) -> Option<(Expr, Vec<Expr>)> {
        let unknowns = self.columns.len();
        let mut keys: Vec<&Vec<(Generator, u32)>> = self
            .columns
            .iter()
            .chain([target])
            .flat_map(BTreeMap::keys)
            .collect();
        keys.sort();
        keys.dedup();
        let zero = RationalFunction::zero();
        let mut equations: Vec<Vec<RationalFunction>> = keys
            .into_iter()
            .map(|k| {
                let entry = |row: &Row| row.get(k).cloned().unwrap_or_else(|| zero.clone());
                self.columns
                    .iter()
                    .map(entry)
                    .chain([entry(target)])
                    .collect()
            })
            .collect();
        // Elimination, the constant's column last so that a₀ is read off the last pivot.
        let order: Vec<usize> = (1..unknowns).chain([0]).collect();
        let (mut rank, mut related) = (0, false);
        let mut pivots = vec![None; unknowns];
        for &column in &order {
            let Some(found) = (rank..equations.len())
                .filter(|r| !equations[*r][column].is_zero())
                .min_by_key(|r| {
                    equations[*r][column].numerator().len()
                        + equations[*r][column].denominator().len()
                })
            else {
                continue;
            };
            equations.swap(rank, found);
            let pivot = equations[rank][column].recip()?;
            for entry in &mut equations[rank] {
                *entry = &*entry * &pivot;
            }
            let lead = equations[rank].clone();
            for (r, equation) in equations.iter_mut().enumerate() {
                if r == rank || equation[column].is_zero() {
                    continue;
                }
                let factor = equation[column].clone();
                for (entry, above) in equation.iter_mut().zip(&lead) {
                    if !above.is_zero() {
                        let left = &*entry - &(&factor * above);
                        // sin² + cos² − 1 is 0 only once it is reduced, and would pass for a pivot; what is not 0 stays as
                        // short as it is
                        let reduced = self.ring.reduce(left.clone());
                        let vanishes = reduced.is_ok_and(|value| value.is_zero());
                        related |= vanishes && !left.is_zero();
                        *entry = if vanishes { zero.clone() } else { left };
                    }
                }
            }
            pivots[column] = Some(rank);
            rank += 1;
        }
        if equations[rank..].iter().any(|e| !e[unknowns].is_zero()) {
            return None;
        }
        // Fractions do not cancel across a relation: a short answer may come out long, and another route finds it.
        let long = |e: &RationalFunction| e.numerator().len() + e.denominator().len() > LONGEST;
        if related
            && pivots
                .iter()
                .flatten()
                .any(|r| long(&equations[*r][unknowns]))
        {
            return None;
        }
        // Columns without a pivot are free: their multiple is 0.
        let mut parts = pivots
            .iter()
            .map(|pivot| pivot.map_or(&zero, |r| &equations[r][unknowns]))
            .map(|value| {
                self.ring
                    .factored_expression(&self.ring.freed(value.clone()))
            });
        let constant = parts.next()?;
        Some((constant, parts.collect()))
    }
}
