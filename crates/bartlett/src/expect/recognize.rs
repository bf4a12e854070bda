//! A one-dimensional density as pieces whose moments are known.
//! In: facts, datum, support, log-density. Out: `Pieces`. Never: a family's name; more than a bounded number of trials.

use super::chart::{Chart, prepared};
use super::kernel::Fit;
use super::path::{Move, steps};
use bartlett_expr::{Domain, End, Expr, Facts, Kind, Symbol, normal, topological};
use std::collections::BTreeSet;

/// How many changes of variable may follow each other, and how many charts are tried in all.
const DEPTH: usize = 4;
const CHARTS: usize = 60;

/// The support cut into parts, each with a kernel.
#[derive(Debug)]
pub(crate) struct Pieces {
    pub datum: Symbol,
    pub parts: Vec<Piece>,
    /// Σ of the parts' masses: 1 where the density is normalized.
    pub mass: Expr,
    facts: Facts,
}

/// A kernel under a change of variable, with the mass that the density has there.
#[derive(Debug)]
pub(crate) struct Piece {
    pub fit: Fit,
    pub mass: Expr,
}

/// An expectation in closed form, with what must be positive for its parts to exist one by one.
#[derive(Debug, Clone)]
pub(crate) struct Closed {
    pub value: Expr,
    pub positive: Vec<Expr>,
}

impl Pieces {
    /// Cuts and recognizes.
    pub(crate) fn find(
        facts: &Facts,
        datum: &Symbol,
        domain: &Domain,
        log_density: &Expr,
    ) -> Option<Self> {
        let whole = Chart::new(facts, datum, domain, log_density);
        let parts = if domain.is_discrete() {
            vec![fitted(whole)?]
        } else {
            cut(facts, datum, domain, log_density, whole)?
        };
        let masses = parts.iter().map(|p| p.mass.clone());
        let mass = normal::simplified(facts, &Expr::sum(masses));
        Some(Self {
            datum: datum.clone(),
            parts,
            mass,
            facts: facts.clone(),
        })
    }

    /// E[g] under the density divided by its mass.
    pub(crate) fn expect(&self, g: &Expr) -> Option<Closed> {
        let mut sum = Vec::new();
        let mut positive: Vec<Expr> = Vec::new();
        for Piece { fit, mass } in &self.parts {
            let weight = if self.parts.len() == 1 {
                Expr::one()
            } else {
                mass.clone()
            };
            for term in fit.terms(g, &self.datum)? {
                let moment = fit.moment(&term.powers)?;
                sum.push(&weight * term.coefficient * moment.value);
                for condition in moment.positive {
                    if !positive.contains(&condition) {
                        positive.push(condition);
                    }
                }
            }
        }
        let total = if self.parts.len() == 1 {
            Expr::one()
        } else {
            self.mass.clone()
        };
        let value = normal::simplified(&self.facts, &(Expr::sum(sum) / total));
        Some(Closed { value, positive })
    }
}

fn fitted(chart: Chart) -> Option<Piece> {
    let fit = search(chart)?;
    let mass = normal::simplified(fit.facts(), &fit.log_mass().exp());
    Some(Piece { fit, mass })
}

/// Breadth-first over changes of variable that the density itself suggests.
fn search(chart: Chart) -> Option<Fit> {
    let mut seen: BTreeSet<(Expr, Expr, Expr)> = BTreeSet::new();
    let mut layer = vec![chart];
    let mut tried = 0;
    for _ in 0..=DEPTH {
        let mut next = Vec::new();
        for chart in layer {
            tried += 1;
            if tried > CHARTS {
                return None;
            }
            if let Some(fit) = Fit::find(&chart) {
                return Some(fit);
            }
            for w in chart.candidates() {
                let Some(moved) = chart.through(&w) else {
                    continue;
                };
                let name = Expr::symbol("#");
                let form = moved.log_density.replace(&moved.variable, &name);
                if seen.insert((
                    form,
                    moved.domain.lower.value.clone(),
                    moved.domain.upper.value.clone(),
                )) {
                    next.push(moved);
                }
            }
        }
        layer = next;
    }
    None
}

fn cut(
    facts: &Facts,
    datum: &Symbol,
    domain: &Domain,
    log_density: &Expr,
    whole: Chart,
) -> Option<Vec<Piece>> {
    let kinks = kinks(&whole);
    if kinks.is_empty() {
        let center = center(&whole);
        if let Some(piece) = fitted(whole) {
            return Some(vec![piece]);
        }
        return halves(facts, datum, domain, log_density, &center?);
    }
    let [kink] = &kinks[..] else { return None };
    halves(facts, datum, domain, log_density, kink)
}

fn halves(
    facts: &Facts,
    datum: &Symbol,
    domain: &Domain,
    log_density: &Expr,
    at: &Expr,
) -> Option<Vec<Piece>> {
    let end = || End {
        value: at.clone(),
        closed: false,
    };
    let below = Domain {
        upper: end(),
        ..domain.clone()
    };
    let above = Domain {
        lower: end(),
        ..domain.clone()
    };
    // On each side the distance from the cut is the natural variable.
    [(below, true), (above, false)]
        .into_iter()
        .map(|(part, below)| {
            let chart = Chart::new(facts, datum, &part, log_density);
            let x = Expr::symbol(datum.name());
            let distance = if below { at - x } else { x - at };
            let chart = if distance == chart.datum {
                chart
            } else {
                chart.through(&distance)?
            };
            fitted(chart)
        })
        .collect()
}

/// Places where |…|, sign or a case of the log-density changes, as functions of the parameters.
pub(crate) fn kinks(chart: &Chart) -> Vec<Expr> {
    let x = &chart.variable;
    let mut found: Vec<Expr> = Vec::new();
    for node in topological(std::slice::from_ref(&chart.log_density)) {
        let zero_of = match node.kind() {
            Kind::Call(f, arguments) if !f.is_smooth() => match &arguments[..] {
                [u] => u.clone(),
                [u, v] => u - v,
                _ => continue,
            },
            Kind::Compare(_, a, b) => a - b,
            _ => continue,
        };
        if !zero_of.contains(x) {
            continue;
        }
        if let Some(root) = root(&chart.facts, &zero_of, x)
            && !found.contains(&root)
        {
            found.push(root);
        }
    }
    found
}

/// Does the log-density hold a function that is not smooth in the datum?
pub(crate) fn has_kink(log_density: &Expr, datum: &Symbol) -> bool {
    log_density.any_node(&|node| match node.kind() {
        Kind::Call(f, _) => !f.is_smooth() && node.contains(datum),
        Kind::Compare(..) => node.contains(datum),
        _ => false,
    })
}

/// Where an expression in which x stands once (or linearly) vanishes.
pub(crate) fn root(facts: &Facts, e: &Expr, x: &Symbol) -> Option<Expr> {
    let moves = steps(&prepared(facts, e), x)?;
    let mut value = Expr::zero();
    for step in moves.iter().rev() {
        if matches!(step, Move::Power(_)) && value.is_zero() {
            continue;
        }
        value = step.undo(&value);
    }
    Some(normal::simplified(facts, &value))
}

/// The center of a quadratic that stands in the log-density, or of a linear expression squared: where symmetry may be.
fn center(chart: &Chart) -> Option<Expr> {
    let x = &chart.variable;
    topological(std::slice::from_ref(&chart.log_density))
        .iter()
        .find_map(|node| {
            if let Kind::Power(base, exponent) = node.kind()
                && exponent.as_integer().is_some_and(|n| n % 2 == 0)
                && base.as_symbol() != Some(x)
            {
                let moves = steps(base, x)?;
                if moves
                    .iter()
                    .all(|m| matches!(m, Move::Shift(_) | Move::Scale(_)))
                {
                    return root(&chart.facts, base, x);
                }
            }
            if !matches!(node.kind(), Kind::Add(..)) || *node == chart.log_density {
                return None;
            }
            let slope = node.derivative(x).ok()?;
            let curvature = normal::cancelled(&slope.derivative(x).ok()?);
            if curvature.contains(x) || curvature.is_zero() {
                return None;
            }
            let at_zero = slope.replace(x, &Expr::zero());
            Some(normal::simplified(&chart.facts, &-(at_zero / curvature)))
        })
}
