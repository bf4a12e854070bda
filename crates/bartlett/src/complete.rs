//! Total mass: a typed density is taken as it stands, completed by a factor free of the parameters, or refused with the factor named.
//! In: facts, a density, its parameters. Out: the log of the missing h(x), or the mass as typed. Never: an h that puts all mass on one point.

use crate::expect::{Pieces, joint, mass, prepared};
use crate::model::{Datum, Density};
use bartlett_expr::normal::{self, Ring};
use bartlett_expr::polynomial::{Generator, Polynomial};
use bartlett_expr::{Domain, Expr, Facts, Symbol, Truth, formula};
use bartlett_laws::{Found, KERNELS};
use rustc_hash::FxHashMap;

/// A factor free of the parameters that makes the mass of a density free of them.
#[derive(Debug, Clone)]
pub(crate) struct Completion {
    /// log h, a function of the data and known symbols.
    pub log_factor: Expr,
}

/// The mass of a density as typed, where it closes.
pub(crate) fn mass_as_typed(facts: &Facts, density: &Density) -> Option<Expr> {
    let Some(datum) = density.single() else {
        return joint::log_mass(facts, density).map(|m| normal::simplified(facts, &m.exp()));
    };
    mass(facts, datum, &density.log_density)
}

/// What must be positive for the mass to be finite, where the density is made of kernels.
pub(crate) fn existence(facts: &Facts, density: &Density) -> Vec<Expr> {
    let found = density.single().and_then(|datum| {
        let log_density = prepared(facts, &density.log_density);
        Pieces::first(facts, &datum.symbol, &datum.support, &log_density, |_| true)
    });
    let parts = found.iter().flat_map(|pieces| &pieces.parts);
    parts.flat_map(|piece| piece.fit.existence()).collect()
}

/// Looks for h among powers of the datum (and of its distance to the other end), and the weights of the counting kernels.
pub(crate) fn complete(
    facts: &Facts,
    density: &Density,
    parameters: &[Symbol],
) -> Option<Completion> {
    let datum = density.single()?;
    shapes(facts, datum)
        .into_iter()
        .find_map(|(log_factor, unknowns)| {
            let log_density = prepared(facts, &(&density.log_density + &log_factor));
            let mut facts = facts.clone();
            for unknown in &unknowns {
                facts.declare(unknown.clone(), Domain::real());
            }
            let pieces = Pieces::first(
                &facts,
                &datum.symbol,
                &datum.support,
                &log_density,
                Pieces::knows_its_mass,
            )?;
            let log_mass = facts.refine(&pieces.mass.log());
            let slopes: Vec<Expr> = parameters
                .iter()
                .map(|p| log_mass.derivative(p))
                .collect::<Result<_, _>>()
                .ok()?;
            let values = solve(&facts, &slopes, &unknowns, parameters)?;
            let chosen = log_factor.substitute(&values);
            // Inside the domain of Z, and no point mass.
            let completed = prepared(&facts, &(&density.log_density + &chosen));
            let pieces = Pieces::first(
                &facts,
                &datum.symbol,
                &datum.support,
                &completed,
                Pieces::knows_its_mass,
            )?;
            let mass = normal::simplified(&facts, &pieces.mass);
            let degenerate = mass.contains_any(parameters) || facts.is_positive(&mass) == Truth::No;
            (!degenerate).then_some(Completion { log_factor: chosen })
        })
}

/// Forms that h may take, with constants to be found.
fn shapes(facts: &Facts, datum: &Datum) -> Vec<(Expr, Vec<Symbol>)> {
    let x = Expr::symbol(datum.symbol.name());
    let unknown = |name: &str| (Expr::symbol(name), Symbol::new(name));
    let domain = &datum.support;
    let mut out = Vec::new();
    if domain.is_discrete() {
        for kernel in KERNELS
            .iter()
            .copied()
            .flatten()
            .filter(|k| k.over.integers && k.base != "0")
        {
            let mut names: FxHashMap<Expr, Expr> = FxHashMap::default();
            let y = if kernel.over.lower == "0" {
                &x - &domain.lower.value
            } else {
                x.clone()
            };
            names.insert(Expr::symbol("y"), y);
            let mut unknowns = Vec::new();
            for constant in kernel.constants {
                let value = match constant.found {
                    Found::LowerEnd => domain.lower.value.clone(),
                    Found::UpperEnd => &domain.upper.value - &domain.lower.value,
                    Found::BesideIn(_) | Found::InFactor(_) | Found::CoefficientOf(_) => {
                        let (e, s) = unknown("#size");
                        unknowns.push(s);
                        e
                    }
                };
                names.insert(Expr::symbol(constant.name), value);
            }
            out.push((
                facts.refine(&formula(kernel.base).substitute(&names)),
                unknowns,
            ));
        }
        return out;
    }
    let (d, ds) = unknown("#d");
    let (e, es) = unknown("#e");
    if facts.is_nonnegative(&domain.lower.value) == Truth::Yes {
        let below = (&x - &domain.lower.value).log();
        if domain.upper.value.is_one() {
            out.push((
                &d * &below + &e * (Expr::one() - &x).log(),
                vec![ds.clone(), es],
            ));
        }
        out.push((d * below, vec![ds]));
    }
    out
}

/// Values of the unknowns, free of the parameters, at which all of the expressions vanish identically in the parameters.
fn solve(
    facts: &Facts,
    equations: &[Expr],
    unknowns: &[Symbol],
    parameters: &[Symbol],
) -> Option<FxHashMap<Expr, Expr>> {
    let mut values: FxHashMap<Expr, Expr> = FxHashMap::default();
    let mut equations: Vec<Expr> = equations.to_vec();
    for _ in 0..=unknowns.len() {
        if equations
            .iter()
            .all(|e| normal::is_zero(facts, e) == Truth::Yes)
        {
            let settled = unknowns
                .iter()
                .all(|u| values.contains_key(&Expr::symbol(u.name())));
            return settled.then_some(values);
        }
        let (unknown, value) = equations
            .iter()
            .find_map(|e| one_linear(facts, e, unknowns, parameters))?;
        let name = Expr::symbol(unknown.name());
        let here = FxHashMap::from_iter([(name.clone(), value.clone())]);
        for e in &mut equations {
            *e = e.substitute(&here);
        }
        for v in values.values_mut() {
            *v = v.substitute(&here);
        }
        values.insert(name, value);
    }
    None
}

/// One unknown that a coefficient (as a polynomial in the parameters) of the expression fixes linearly.
fn one_linear(
    facts: &Facts,
    e: &Expr,
    unknowns: &[Symbol],
    parameters: &[Symbol],
) -> Option<(Symbol, Expr)> {
    let prepared = prepared(facts, e);
    let mut ring = Ring::of(std::slice::from_ref(&prepared));
    let value = ring.convert(&prepared).ok()?;
    let atoms: Vec<Expr> = ring.atoms().map(|(_, a)| a.clone()).collect();
    let atom = |g: Generator| &atoms[g.0 as usize];
    let mut coefficients: FxHashMap<Vec<(Generator, u32)>, Vec<_>> = FxHashMap::default();
    for (c, monomial) in value.numerator().terms() {
        let (outside, inside): (Vec<_>, Vec<_>) = monomial
            .into_iter()
            .partition(|(g, _)| atom(*g).contains_any(parameters));
        coefficients
            .entry(outside)
            .or_default()
            .push((c, inside.into_iter().collect()));
    }
    let mut parts: Vec<_> = coefficients.into_iter().collect();
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    parts.into_iter().find_map(|(outside, terms)| {
        if outside.iter().any(|(g, _)| atom(*g).contains_any(unknowns)) {
            return None;
        }
        let coefficient = ring.polynomial_expression(&Polynomial::from_terms(terms));
        unknowns.iter().find_map(|u| {
            let slope = coefficient.derivative(u).ok()?;
            if slope.is_zero() || slope.contains_any(unknowns) {
                return None;
            }
            let rest = coefficient.replace(u, &Expr::zero());
            (!rest.contains_any(unknowns)).then(|| (u.clone(), normal::cancelled(&-(rest / slope))))
        })
    })
}
