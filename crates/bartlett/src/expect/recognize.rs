//! A one-dimensional density as pieces whose moments are known.
//! In: facts, datum, support, log-density. Out: `Pieces`. Never: a family's name; more than a bounded number of trials.

use super::chart::Chart;
use super::evidence::{Evidence, Moments, PieceMoments, TermMoment};
use super::kernel::Fit;
use super::path::infinite;
use super::places::{center, has_kink, kinks};
use bartlett_expr::{
    Constant, Domain, End, Expr, Facts, Kind, Relation, Symbol, Truth, normal, topological,
};
use std::collections::BTreeSet;

/// How many changes of variable may follow each other, and how many charts are tried in all.
const DEPTH: usize = 4;
const CHARTS: usize = 60;
/// How many of the charts that fit a kernel are used for what the first ones leave open.
const FITS: usize = 6;
/// At most so many first terms are taken off a sum.
const REMOVED: i64 = 8;

/// The support cut into parts, each with a kernel.
#[derive(Debug)]
pub(crate) struct Pieces {
    pub datum: Symbol,
    pub parts: Vec<Piece>,
    /// Σ of the parts' masses: 1 where the density is normalized.
    pub mass: Expr,
    /// Points at which the density has a value of its own (zero inflation): the point, and the log-density as the rest would have it.
    atoms: Vec<(Expr, Expr)>,
    /// Points of the sum at which there is no probability (truncated counts), with the log-density as the rest would have it.
    removed: Vec<(Expr, Expr)>,
    /// The log-density, cases and all.
    log_density: Expr,
    /// The density on (0, ∞) was extended evenly: only even functions have their expectations here.
    extended: bool,
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
    /// The pieces with the moments that were used.
    pub evidence: Evidence,
}

impl Pieces {
    /// The first way of cutting and recognizing that is accepted.
    pub(crate) fn first(
        facts: &Facts,
        datum: &Symbol,
        domain: &Domain,
        log_density: &Expr,
        accept: impl Fn(&Self) -> bool,
    ) -> Option<Self> {
        let mut found = None;
        Self::each(facts, datum, domain, log_density, &mut |pieces| {
            found = Some(pieces).filter(&accept);
            found.is_some()
        });
        found
    }

    /// Is `mass` the integral of the density as it stands? Where a normalizer has no value, it is taken to be 1.
    pub(crate) fn knows_its_mass(&self) -> bool {
        self.parts.iter().all(|piece| piece.fit.knows_its_mass())
    }

    /// Visits the ways of cutting and recognizing, one after the other, until the visitor has what it wants.
    pub(crate) fn each(
        facts: &Facts,
        datum: &Symbol,
        domain: &Domain,
        log_density: &Expr,
        visit: &mut dyn FnMut(Self) -> bool,
    ) {
        let of = |facts: &Facts, parts: Vec<Piece>| {
            let mass = normal::simplified(facts, &Expr::sum(parts.iter().map(|p| p.mass.clone())));
            let (atoms, log_density) = (Vec::new(), log_density.clone());
            Self {
                datum: datum.clone(),
                parts,
                mass,
                atoms,
                removed: Vec::new(),
                log_density,
                extended: false,
                facts: facts.clone(),
            }
        };
        let atoms = if domain.is_discrete() {
            atoms(log_density, datum)
        } else {
            Vec::new()
        };
        if !atoms.is_empty() {
            let elsewhere = elsewhere(log_density, datum);
            Self::each(facts, datum, domain, &elsewhere, &mut |pieces| {
                let atoms: Vec<(Expr, Expr)> = atoms
                    .iter()
                    .map(|a| (a.clone(), elsewhere.replace(datum, a)))
                    .collect();
                let whole = Self {
                    atoms,
                    log_density: log_density.clone(),
                    ..pieces
                };
                let corrections = whole
                    .atoms
                    .iter()
                    .map(|(at, other)| log_density.replace(datum, at).exp() - other.exp());
                let mass = normal::simplified(facts, &(Expr::sum(corrections) + &whole.mass));
                visit(Self { mass, ..whole })
            });
            return;
        }
        let whole = Chart::new(facts, datum, domain, log_density);
        let kinks = if domain.is_discrete() {
            Vec::new()
        } else {
            kinks(&whole)
        };
        if let [kink] = &kinks[..] {
            // A kink that may lie outside cuts nothing.
            let inside = [kink - &domain.lower.value, &domain.upper.value - kink]
                .iter()
                .all(|gap| {
                    facts.is_nonnegative(gap) == Truth::Yes
                        || facts.is_nonnegative(&normal::simplified(facts, gap)) == Truth::Yes
                });
            if !inside {
                return;
            }
            if let Some(parts) = halves(facts, datum, domain, log_density, kink) {
                visit(of(facts, parts));
            }
            return;
        }
        if !kinks.is_empty() {
            return;
        }
        let center = center(&whole);
        if search(whole, &mut |fit| visit(of(facts, vec![Piece::of(fit)]))) {
            return;
        }
        if domain.is_discrete() {
            Self::from_zero(facts, datum, domain, log_density, visit);
            return;
        }
        if let Some(center) = center
            && let Some(parts) = halves(facts, datum, domain, log_density, &center)
            && visit(of(facts, parts))
        {
            return;
        }
        // A density on (0, ∞) may be the half of an even one on the line (half-logistic).
        let half = domain.lower.value.is_zero() && infinite(&domain.upper.value).is_some();
        let mut wider = facts.clone();
        wider.declare(datum.clone(), Domain::real());
        if half && is_even(&wider, log_density, datum) {
            Self::each(&wider, datum, &Domain::real(), log_density, &mut |pieces| {
                let mass = normal::simplified(facts, &(pieces.mass.clone() / 2));
                visit(Self {
                    mass,
                    extended: true,
                    ..pieces
                })
            });
        }
    }

    /// A sum from a small number on, as the sum from 0 less its first terms.
    fn from_zero(
        facts: &Facts,
        datum: &Symbol,
        domain: &Domain,
        log_density: &Expr,
        visit: &mut dyn FnMut(Self) -> bool,
    ) {
        let Some(first) = domain
            .lower
            .value
            .as_integer()
            .filter(|n| (1..=REMOVED).contains(n))
        else {
            return;
        };
        let removed: Vec<(Expr, Expr)> = (0..first)
            .map(|k| {
                (
                    Expr::integer(k),
                    log_density.replace(datum, &Expr::integer(k)),
                )
            })
            .collect();
        let defined = |e: &Expr| !e.any_node(&|n| n.is_constant(Constant::Undefined));
        if has_kink(log_density, datum) || !removed.iter().all(|(_, l)| defined(l)) {
            return;
        }
        let whole = Domain {
            lower: End {
                value: Expr::zero(),
                closed: true,
            },
            ..domain.clone()
        };
        Self::each(facts, datum, &whole, log_density, &mut |pieces| {
            let missing = Expr::sum(removed.iter().map(|(_, l)| l.exp()));
            let mass = normal::simplified(facts, &(&pieces.mass - missing));
            let removed = removed.clone();
            visit(Self {
                mass,
                removed,
                ..pieces
            })
        });
    }

    /// The log of the mass, not taken apart into a sum where one kernel gives it; nothing where a normalizer has no value as it stands.
    pub(crate) fn log_mass(&self) -> Option<Expr> {
        let known = self.knows_its_mass();
        let whole = self.atoms.is_empty() && self.removed.is_empty() && !self.extended;
        known.then(|| match &self.parts[..] {
            [piece] if whole => self.facts.refine(&piece.fit.log_mass()),
            _ => self.facts.refine(&self.mass.log()),
        })
    }

    /// E[g] under the density divided by its mass.
    pub(crate) fn expect(&self, g: &Expr) -> Option<Closed> {
        if self.extended && !is_even(&self.facts, g, &self.datum) {
            return None;
        }
        let mut sum = Vec::new();
        let mut positive: Vec<Expr> = Vec::new();
        let single = self.parts.len() == 1 && self.atoms.is_empty() && self.removed.is_empty();
        let general = if self.atoms.is_empty() {
            g.clone()
        } else {
            elsewhere(g, &self.datum)
        };
        for (at, other) in &self.atoms {
            sum.push(g.replace(&self.datum, at) * self.log_density.replace(&self.datum, at).exp());
            sum.push(-(general.replace(&self.datum, at) * other.exp()));
        }
        let mut pieces = Vec::new();
        for (at, log_density) in &self.removed {
            let value = g.replace(&self.datum, at);
            if value.any_node(&|n| n.is_constant(Constant::Undefined)) {
                return None;
            }
            sum.push(-(value * log_density.exp()));
        }
        for Piece { fit, mass } in &self.parts {
            let weight = if single { Expr::one() } else { mass.clone() };
            let mut used = Vec::new();
            for term in fit.terms(&general, &self.datum)? {
                let moment = fit.moment(&term.powers)?;
                used.push(TermMoment {
                    coefficient: term.coefficient.clone(),
                    shape: term.shape(),
                    raw: moment.raw,
                    moment: moment.value.clone(),
                });
                sum.push(&weight * term.coefficient * moment.value);
                for condition in moment.positive {
                    if !positive.contains(&condition) {
                        positive.push(condition);
                    }
                }
            }
            pieces.push(PieceMoments::of(fit, used));
        }
        let whole = if self.extended {
            &self.mass * 2
        } else {
            self.mass.clone()
        };
        let total = if single { Expr::one() } else { whole };
        let points = self.atoms.iter().chain(&self.removed);
        let whole = Expr::sum(sum) / total;
        Some(Closed {
            value: normal::simplified(&self.facts, &whole),
            positive,
            evidence: Evidence::Moments(Moments {
                pieces,
                points: points.map(|(at, _)| at.clone()).collect(),
                whole,
            }),
        })
    }
}

/// Points k for which the log-density has a case `x == k`.
fn atoms(log_density: &Expr, x: &Symbol) -> Vec<Expr> {
    let name = Expr::symbol(x.name());
    let mut found = Vec::new();
    for node in topological(std::slice::from_ref(log_density)) {
        let Kind::Compare(Relation::Equal | Relation::NotEqual, a, b) = node.kind() else {
            continue;
        };
        let point = if *a == name {
            b
        } else if *b == name {
            a
        } else {
            continue;
        };
        if !point.contains(x) && !found.contains(point) {
            found.push(point.clone());
        }
    }
    found
}

/// The expression away from the points of its cases `x == k`.
fn elsewhere(e: &Expr, x: &Symbol) -> Expr {
    e.map(&mut |node| match node.kind() {
        Kind::Compare(Relation::Equal, ..) if node.contains(x) => Expr::never(),
        Kind::Compare(Relation::NotEqual, ..) if node.contains(x) => Expr::always(),
        _ => node,
    })
}

fn is_even(facts: &Facts, e: &Expr, x: &Symbol) -> bool {
    let mirrored = e.replace(x, &-Expr::symbol(x.name()));
    normal::is_zero(facts, &(mirrored - e)) == Truth::Yes
}

impl Piece {
    fn of(fit: Fit) -> Self {
        let mass = normal::simplified(fit.facts(), &fit.log_mass().exp());
        Self { fit, mass }
    }
}

fn fitted(chart: Chart) -> Option<Piece> {
    let mut found = None;
    search(chart, &mut |fit| {
        found = Some(Piece::of(fit));
        true
    });
    found
}

/// Breadth-first over changes of variable that the density itself suggests; says whether the visitor was satisfied.
fn search(chart: Chart, visit: &mut dyn FnMut(Fit) -> bool) -> bool {
    let mut seen: BTreeSet<(Expr, Expr, Expr)> = BTreeSet::new();
    let mut layer = vec![chart];
    let (mut tried, mut fits) = (0, 0);
    for _ in 0..=DEPTH {
        let mut next = Vec::new();
        for chart in layer {
            tried += 1;
            if tried > CHARTS || fits >= FITS {
                return false;
            }
            if let Some(fit) = Fit::find(&chart) {
                fits += 1;
                if visit(fit) {
                    return true;
                }
            }
            for w in chart.candidates() {
                let Some(moved) = chart.through(&w) else {
                    continue;
                };
                let form = moved
                    .log_density
                    .replace(&moved.variable, &Expr::symbol("#"));
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
    false
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
