//! Functions of the datum whose expectation is 0 whatever the parameters: total derivatives and differences, and derived expectations.
//! In: a density as a chart, atoms, factors of denominators. Out: `Identity` rows. Never: an identity whose boundary terms are not proved.

use super::chart::{Chart, prepared};
use super::limit::limit;
use super::path::infinite;
use bartlett_expr::normal::Ring;
use bartlett_expr::{Constant, Expr, Symbol, Truth, normal, topological};

/// At most so many multipliers are made of atoms, and so many of the terms of the integrands.
const SIMPLE: usize = 24;
const DRIVEN: usize = 48;
/// At most so many functions are compared with their mirror images.
const MIRRORED: usize = 12;
/// At most so many atoms enter them.
const ATOMS: usize = 5;

/// A function with expectation 0.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    /// The function of the datum.
    pub function: Expr,
    /// Why its expectation is 0.
    pub reason: Reason,
    /// What must be positive for that.
    pub positive: Vec<Expr>,
}

impl Identity {
    pub(crate) fn new(function: Expr, reason: Reason) -> Self {
        Self {
            function,
            reason,
            positive: Vec::new(),
        }
    }
}

/// Why an expectation is 0.
#[derive(Debug, Clone)]
pub(crate) enum Reason {
    /// It is a score.
    Score(Symbol),
    /// It is (g f)′/f, or its difference over integers, less what g f is worth at the ends.
    Total(Expr),
    /// It is a function less its mirror image under a symmetry of the density.
    Mirrored(Expr),
    /// It is (∂h/∂θ + h s) less ∂E[h]/∂θ, E[h] being known.
    Differentiated(Expr, Symbol),
    /// It is a function less its known integral, a row of the tables.
    Known(&'static str),
    /// It is not 0 but this integral or sum, which stays.
    Open(Expr),
}

/// What the functions of a density and the integrands are made of.
pub(crate) struct Shapes {
    /// Generators that hold the datum.
    pub atoms: Vec<Expr>,
    /// Factors of denominators that hold the datum, with the highest power in an integrand.
    pub factors: Vec<(Expr, u32)>,
    /// Products of atoms over factors of which the integrands are sums.
    pub terms: Vec<Expr>,
    /// Functions whose expectation is known from the tables.
    pub known: Vec<Expr>,
}

impl Shapes {
    /// Is the function made of these atoms?
    pub(crate) fn make(&self, e: &Expr, x: &Symbol) -> bool {
        let mut all = self.atoms.clone();
        all.push(e.clone());
        let mut ring = Ring::of(&all);
        let Ok(value) = ring.convert(e) else {
            return false;
        };
        [value.numerator(), value.denominator()]
            .into_iter()
            .flat_map(|p| p.generators().iter())
            .map(|g| ring.atom(*g))
            .all(|atom| !atom.contains(x) || self.atoms.contains(atom))
    }

    /// Simple functions g that may make (g f)′ useful.
    pub(crate) fn simple(&self) -> Vec<Expr> {
        multipliers(&self.atoms, &self.factors)
    }

    /// Functions near the terms of the integrands and the rows of the tables.
    pub(crate) fn driven(&self) -> Vec<Expr> {
        let simple = self.simple();
        let mut near: Vec<Expr> = Vec::new();
        let mut layer: Vec<Expr> = self.terms.clone();
        for _ in 0..4 {
            let mut next = Vec::new();
            for g in &layer {
                if near.contains(g) {
                    continue;
                }
                near.push(g.clone());
                next.extend(self.factors.iter().map(|(f, _)| g * f));
                let bases: Vec<Expr> = g.factors().iter().map(|f| f.as_power().0).collect();
                let inside = self
                    .atoms
                    .iter()
                    .filter(|a| bases.contains(&a.as_power().0));
                next.extend(inside.map(|a| g / a));
            }
            layer = next;
        }
        near.truncate(DRIVEN);
        // The derivative of a row's integrand leads from it to its neighbors.
        for h in &self.known {
            near.push(h.clone());
            near.extend(self.atoms.iter().take(2).map(|a| h * a));
        }
        near.retain(|g| !simple.contains(g));
        near
    }
}

/// Products of atoms over powers of factors, the simple ones first.
fn multipliers(atoms: &[Expr], factors: &[(Expr, u32)]) -> Vec<Expr> {
    let atoms = &atoms[..atoms.len().min(ATOMS)];
    let mut tops: Vec<(u32, Expr)> = vec![(0, Expr::one())];
    for (i, a) in atoms.iter().enumerate() {
        tops.push((1, a.clone()));
        for b in &atoms[i..] {
            tops.push((2, a * b));
        }
    }
    let mut bottoms: Vec<(u32, Expr)> = vec![(0, Expr::one())];
    for (factor, multiplicity) in factors {
        for power in 1..=(*multiplicity).min(3) {
            bottoms.push((power, factor.powi(-i64::from(power))));
        }
    }
    let mut all: Vec<(u32, u32, Expr)> = Vec::new();
    for (d, top) in &tops {
        for (m, bottom) in &bottoms {
            all.push((d + m, *d, top * bottom));
        }
    }
    all.sort_by_key(|(weight, degree, _)| (*weight, *degree));
    all.into_iter().map(|(_, _, g)| g).take(SIMPLE).collect()
}

/// E[(g f)′/f] = g f at the upper end less g f at the lower end, for every multiplier at which both have a value.
pub(crate) fn total(chart: &Chart, multipliers: &[Expr]) -> Vec<Identity> {
    if chart.domain.is_discrete() {
        return differences(chart, multipliers);
    }
    let x = &chart.variable;
    let name = Expr::symbol(x.name());
    let Ok(slope) = chart.log_density.derivative(x) else {
        return Vec::new();
    };
    let (lower, upper) = (&chart.domain.lower.value, &chart.domain.upper.value);
    let density = chart.log_density.exp();
    let worth = |g: &Expr, upper_end: bool| {
        let end = if upper_end { upper } else { lower };
        limit(&chart.facts, &(g * &density), x, end, upper_end)
    };
    let mut found: Vec<Identity> = Vec::new();
    let mut seen: Vec<Expr> = Vec::new();
    for g in multipliers {
        let mut g = g.clone();
        let mut ends = (worth(&g, false), worth(&g, true));
        // Where g f has no value at a finite end, a factor that vanishes there helps.
        if ends.0.is_none() && infinite(lower).is_none() {
            g = g * (&name - lower);
            ends = (worth(&g, false), worth(&g, true));
        }
        if ends.1.is_none() && infinite(upper).is_none() {
            g = g * (upper - &name);
            ends = (worth(&g, false), worth(&g, true));
        }
        let (Some(below), Some(above)) = ends else {
            continue;
        };
        if seen.contains(&g) {
            continue;
        }
        seen.push(g.clone());
        let Ok(rate) = g.derivative(x) else { continue };
        let ends = normal::cancelled(&(above - below));
        let function = prepared(&chart.facts, &(rate + &g * &slope - ends));
        found.push(Identity::new(function, Reason::Total(g)));
    }
    found
}

/// E[g(x+1) f(x+1)/f(x) − g(x)] = −g(a) f(a), where g f vanishes beyond the upper end.
fn differences(chart: &Chart, multipliers: &[Expr]) -> Vec<Identity> {
    let x = &chart.variable;
    let name = Expr::symbol(x.name());
    let (lower, upper) = (&chart.domain.lower.value, &chart.domain.upper.value);
    if infinite(lower).is_some() || chart.domain.step.as_ref().is_some_and(|s| !s.is_one()) {
        return Vec::new();
    }
    let next = &name + 1;
    let step = &chart.log_density.replace(x, &next) - &chart.log_density;
    let ratio = normal::simplified(&chart.facts, &prepared(&chart.facts, &step).exp());
    let geometric = if infinite(upper).is_some() {
        limit(&chart.facts, &ratio, x, upper, true)
            .is_some_and(|c| chart.facts.is_positive(&(Expr::one() - c)) == Truth::Yes)
    } else {
        let beyond = normal::is_zero(&chart.facts, &ratio.replace(x, upper));
        if beyond != Truth::Yes {
            return Vec::new();
        }
        true
    };
    let density = chart.log_density.exp();
    let mut found = Vec::new();
    for g in multipliers {
        let tame = g.any_node(&|n| n.as_power().1.contains(x));
        let ends = if geometric {
            !tame
        } else {
            limit(&chart.facts, &(g * &density), x, upper, true).is_some_and(|v| v.is_zero())
        };
        if !ends {
            continue;
        }
        let first = chart.facts.refine(&(g * &density).replace(x, lower));
        if first.any_node(&|n| n.is_constant(Constant::Undefined)) {
            continue;
        }
        let function = g.replace(x, &next) * &ratio - g + first;
        found.push(Identity::new(
            prepared(&chart.facts, &function),
            Reason::Total(g.clone()),
        ));
    }
    found
}

/// h − h∘σ for a reflection σ of the datum under which the density is the same.
pub(crate) fn mirrored(chart: &Chart, shapes: &Shapes) -> Vec<Identity> {
    let Some((image, log_slope)) = reflection(chart) else {
        return Vec::new();
    };
    let facts = &chart.facts;
    let x = &chart.variable;
    let there = chart.log_density.replace(x, &image) + log_slope;
    if normal::is_zero(facts, &(there - &chart.log_density)) != Truth::Yes {
        return Vec::new();
    }
    let simple = multipliers(&shapes.atoms, &shapes.factors);
    // A reflection of the circle moves the ends: only functions with its period have mirror images.
    let bounded = infinite(&chart.domain.lower.value).is_none()
        && infinite(&chart.domain.upper.value).is_none();
    let turned = Expr::symbol(x.name()) + Expr::pi() * 2;
    let fits = |h: &&Expr| !bounded || h.replace(x, &turned) == **h;
    shapes
        .terms
        .iter()
        .take(MIRRORED / 2)
        .chain(simple.iter().skip(1))
        .filter(fits)
        .take(MIRRORED)
        .map(|h| {
            let difference = h - h.replace(x, &image);
            Identity::new(prepared(facts, &difference), Reason::Mirrored(h.clone()))
        })
        .filter(|identity| !identity.function.is_zero())
        .collect()
}

/// The reflection that the leading terms suggest: 2c − x on the line or circle, p/x on the half-line, with the logarithm of its slope.
fn reflection(chart: &Chart) -> Option<(Expr, Expr)> {
    let x = Expr::symbol(chart.variable.name());
    let (lower, upper) = (&chart.domain.lower.value, &chart.domain.upper.value);
    if infinite(lower).is_none() && infinite(upper).is_none() {
        // Over a whole period every reflection maps the circle to itself.
        let period = Expr::pi() * 2;
        let next = chart.log_density.replace(&chart.variable, &(&x + &period));
        let whole = (upper - lower) == period && next == chart.log_density;
        let center = topological(std::slice::from_ref(&chart.log_density))
            .iter()
            .find_map(|node| {
                let [angle] = node.as_call_of("cos")? else {
                    return None;
                };
                super::places::root(&chart.facts, angle, &chart.variable)
            })?;
        return whole.then(|| (center * 2 - x, Expr::zero()));
    }
    if infinite(lower).is_some() && infinite(upper).is_some() {
        let center = super::places::center(chart)?;
        return Some((center * 2 - x, Expr::zero()));
    }
    if !lower.is_zero() || infinite(upper).is_none() {
        return None;
    }
    let parts = super::collect::terms(&chart.log_density, &chart.variable, &[])?;
    let (shape, up) = parts.iter().find_map(|t| {
        let [(atom, power)] = &t.powers[..] else {
            return None;
        };
        let (base, exponent) = atom.as_power();
        (base == x && *power > 0).then(|| (exponent * *power, t.coefficient.clone()))
    })?;
    let mirrored = x.power(&-&shape);
    let down = parts.iter().find(|t| t.shape() == mirrored)?;
    let product = normal::simplified(&chart.facts, &(&down.coefficient / up)).power(&shape.recip());
    let product = chart.facts.refine(&product);
    let log_slope = product.log() - x.log() * 2;
    Some((product / x, log_slope))
}
