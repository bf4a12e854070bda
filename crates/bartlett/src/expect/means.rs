//! Means of functions of the data under a density, by the first route that closes each.
//! In: facts, a density whose mass is 1, functions of the data. Out: `Mean`s; what does not close is an explicit integral or sum. Never: a guess.

use super::regions;
use super::{Pieces, by_zero_mean_score, finite, has_kink, prepared};
use crate::model::Density;
use bartlett_expr::functions::FunctionRef;
use bartlett_expr::{Binder, Expr, Facts, Kind, Symbol, formula, normal, topological};

/// E[g], and what must be positive for its parts to exist.
#[derive(Debug, Clone)]
pub(crate) struct Mean {
    /// The value.
    pub value: Expr,
    /// Does it hold an explicit integral or sum?
    pub open: bool,
    /// What must be positive for the moments used to exist one by one.
    pub positive: Vec<Expr>,
}

/// E[g] for each g. `zero_mean` are functions of the data whose mean is proved to be 0 (score, p″/p), perhaps none.
pub(crate) fn means(
    facts: &Facts,
    density: &Density,
    zero_mean: &[Expr],
    functions: &[Expr],
) -> Vec<Mean> {
    let data: Vec<Symbol> = density.data.iter().map(|d| d.symbol.clone()).collect();
    let mut wide = facts.clone();
    for datum in &density.data {
        wide.declare(datum.symbol.clone(), datum.support.clone());
    }
    let angle = data.iter().find_map(|x| angle(&density.log_density, x));
    let functions: Vec<Expr> = functions
        .iter()
        .map(|g| {
            let g = prepared(&wide, g);
            angle.as_ref().map_or(g.clone(), |u| around(&g, u))
        })
        .collect();
    let mut found: Vec<Option<Mean>> = functions
        .iter()
        .map(|g| (!g.contains_any(&data)).then(|| closed(facts, g)))
        .collect();
    let done = |found: &[Option<Mean>]| found.iter().all(Option::is_some);
    if !zero_mean.is_empty() && !done(&found) {
        let zero: Vec<Expr> = zero_mean
            .iter()
            .map(|z| {
                let z = prepared(&wide, z);
                angle.as_ref().map_or(z.clone(), |u| around(&z, u))
            })
            .collect();
        let spanned = by_zero_mean_score(&zero, &functions, &data);
        for (slot, value) in found.iter_mut().zip(spanned) {
            if let (None, Some((value, _))) = (&slot, value) {
                *slot = Some(closed(facts, &value));
            }
        }
    }
    if !done(&found)
        && let Some(outcomes) = finite::outcomes(facts, density)
    {
        let mass = finite::mass(facts, &outcomes);
        for (slot, g) in found.iter_mut().zip(&functions) {
            slot.get_or_insert_with(|| closed(facts, &finite::expect(facts, &outcomes, &mass, g)));
        }
    }
    if !done(&found)
        && let Some(datum) = density.single()
    {
        by_kernels(facts, density, datum, &functions, &mut found);
        for (slot, g) in found.iter_mut().zip(&functions) {
            let kinked =
                has_kink(g, &datum.symbol) || has_kink(&density.log_density, &datum.symbol);
            if slot.is_none() && kinked && !datum.support.is_discrete() {
                *slot =
                    regions::mean(facts, datum, &density.log_density, g).map(|v| closed(facts, &v));
            }
        }
    }
    found
        .into_iter()
        .zip(&functions)
        .map(|(slot, g)| {
            slot.unwrap_or_else(|| Mean {
                value: explicit(density, g),
                open: true,
                positive: Vec::new(),
            })
        })
        .collect()
}

/// E\[g\] in closed form.
///
/// `parameters` are those of the density in which it is differentiated for the zero-mean score; none switches that strategy off.
pub(crate) fn mean(
    facts: &Facts,
    density: &Density,
    parameters: &[Symbol],
    g: &Expr,
) -> Option<Expr> {
    let ends = |d: &crate::model::Datum| {
        d.support.lower.value.contains_any(parameters)
            || d.support.upper.value.contains_any(parameters)
    };
    let kinked = |d: &crate::model::Datum| {
        !d.support.is_discrete() && has_kink(&density.log_density, &d.symbol)
    };
    let smooth = !density.data.iter().any(|d| ends(d) || kinked(d));
    let score = smooth
        .then(|| density.log_density.gradient(parameters).ok())
        .flatten()
        .unwrap_or_default();
    let found = means(facts, density, &score, std::slice::from_ref(g));
    found
        .into_iter()
        .next()
        .filter(|mean| !mean.open)
        .map(|mean| mean.value)
}

/// Sums of angles under functions of an angle, as text.
static ANGLE_SUMS: [(&str, &str); 2] = [
    ("cos(u + v)", "cos(u)*cos(v) - sin(u)*sin(v)"),
    ("sin(u + v)", "sin(u)*cos(v) + cos(u)*sin(v)"),
];

/// The first angle in the log-density that holds the datum linearly.
fn angle(log_density: &Expr, x: &Symbol) -> Option<Expr> {
    let names: Vec<FunctionRef> = ANGLE_SUMS
        .iter()
        .filter_map(|(left, _)| formula(left).as_call().map(|(f, _)| f))
        .collect();
    topological(std::slice::from_ref(log_density))
        .iter()
        .find_map(|node| {
            let (f, arguments) = node.as_call()?;
            let u = arguments.first()?;
            let listed = names.iter().any(|g| g.name() == f.name());
            (listed && u.contains(x) && !u.derivative(x).ok()?.may_vary()).then(|| u.clone())
        })
}

/// Other angles that differ from ±u by what is free of the data, written in u.
fn around(e: &Expr, u: &Expr) -> Expr {
    e.map(&mut |node| {
        let Some((f, [v])) = node.as_call().map(|(f, a)| (f.name(), a)) else {
            return node;
        };
        let row = ANGLE_SUMS
            .iter()
            .find(|(left, _)| formula(left).as_call().is_some_and(|(g, _)| g.name() == f));
        let Some((_, right)) = row else { return node };
        for (sign, rest) in [(1, v - u), (-1, v + u)] {
            let held = u
                .free_symbols()
                .into_iter()
                .any(|s| !rest.contains(&s) && v.contains(&s));
            if held && !rest.is_zero() && *v != *u {
                let names = [("u", u * sign), ("v", rest)];
                return formula(right).substitute(
                    &names
                        .into_iter()
                        .map(|(name, e)| (Expr::symbol(name), e))
                        .collect(),
                );
            }
        }
        node
    })
}

fn by_kernels(
    facts: &Facts,
    density: &Density,
    datum: &crate::model::Datum,
    functions: &[Expr],
    found: &mut [Option<Mean>],
) {
    Pieces::each(
        facts,
        &datum.symbol,
        &datum.support,
        &density.log_density,
        &mut |pieces| {
            for (slot, g) in found.iter_mut().zip(functions) {
                if slot.is_some() {
                    continue;
                }
                if let Some(c) = pieces.expect(g) {
                    *slot = Some(Mean {
                        open: is_open(&c.value),
                        value: c.value,
                        positive: c.positive,
                    });
                }
            }
            found.iter().all(Option::is_some)
        },
    );
}

fn closed(facts: &Facts, value: &Expr) -> Mean {
    Mean {
        open: is_open(value),
        value: normal::simplified(facts, value),
        positive: Vec::new(),
    }
}

/// Does an integral, sum or product stand in it unevaluated?
pub(crate) fn is_open(e: &Expr) -> bool {
    e.any_node(&|n| matches!(n.kind(), Kind::Bound(..)))
}

/// The expectation as an explicit integral or sum over the data, the last datum innermost.
fn explicit(density: &Density, g: &Expr) -> Expr {
    let body = g * density.log_density.exp();
    density.data.iter().rev().fold(body, |body, datum| {
        let binder = if datum.support.is_discrete() {
            Binder::Sum
        } else {
            Binder::Integral
        };
        let (lower, upper) = (
            datum.support.lower.value.clone(),
            datum.support.upper.value.clone(),
        );
        let atoms = Expr::sum(datum.atoms.iter().map(|a| body.replace(&datum.symbol, a)));
        Expr::bound(binder, datum.symbol.clone(), lower, upper, body) + atoms
    })
}
