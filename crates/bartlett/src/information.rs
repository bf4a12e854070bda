//! The Fisher information of a density, entry by entry, by the first route that closes it.
//! In: facts, a density, its parameters. Out: entries with the route that gave each. Never: an entry that no route proved.

use crate::expect::{
    Closed, Evidence, Pieces, Question, by_identities, by_zero_mean_score, finite, has_kink, joint,
    prepared,
};
use crate::model::Density;
use bartlett_expr::{Binder, Expr, Facts, Kind, NoDerivative, Relation, Symbol, normal};
use std::sync::Arc;

/// How an entry was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// −H does not hold the data.
    FreeOfData,
    /// H lies in the span of 1 and the score.
    ZeroMeanScore,
    /// Outcome by outcome.
    FiniteSum,
    /// Term by term under a kernel.
    Kernel,
    /// The integrand is a constant plus functions whose expectation is 0 or known.
    Identities,
    /// Several data, or single points besides an interval: outcome by outcome and one datum after the other.
    Joint,
    /// No closed form was found: the value is an explicit integral or sum.
    Open,
}

/// One entry of the matrix.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The value.
    pub value: Expr,
    /// How it was found.
    pub route: Route,
    /// What must be positive for the moments used to exist one by one.
    pub positive: Vec<Expr>,
    /// What it was built from.
    pub(crate) evidence: Evidence,
}

/// Score, Hessian and information of one density.
#[derive(Debug, Clone)]
pub struct Derived {
    /// ∂ℓ/∂θᵢ
    pub score: Vec<Expr>,
    /// ∂²ℓ/∂θᵢ∂θⱼ, away from kinks.
    pub hessian: Vec<Vec<Expr>>,
    /// What can be read where.
    pub shape: Shape,
    /// Entries of the information.
    pub entries: Vec<Vec<Entry>>,
}

/// What of the information can be read where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// An end of a support holds a parameter.
    pub moving: bool,
    /// The log-density has a kink or a case in the data.
    pub kinked: bool,
}

impl Shape {
    /// Looks at the supports and the log-density.
    #[must_use]
    pub fn of(density: &Density, parameters: &[Symbol]) -> Self {
        let ends = |e: &Expr| e.contains_any(parameters);
        let continuous = |d: &&crate::model::Datum| !d.support.is_discrete();
        Self {
            moving: density
                .data
                .iter()
                .any(|d| ends(&d.support.lower.value) || ends(&d.support.upper.value)),
            kinked: density
                .data
                .iter()
                .filter(continuous)
                .any(|d| has_kink(&away_from_atoms(&density.log_density, d), &d.symbol)),
        }
    }
    /// Two derivatives may pass the integral as far as support and kinks are concerned.
    #[must_use]
    pub fn is_smooth(self) -> bool {
        !self.moving && !self.kinked
    }
}

/// A log-density inside the interval of a datum: what compares the datum with an end that is a single point is decided there.
fn away_from_atoms(log_density: &Expr, datum: &crate::model::Datum) -> Expr {
    let x = Expr::symbol(datum.symbol.name());
    let (lower, upper) = (&datum.support.lower.value, &datum.support.upper.value);
    let is_atom = |e: &Expr| datum.atoms.contains(e);
    log_density.map(&mut |node| {
        let Kind::Compare(relation, a, b) = node.kind() else {
            return node;
        };
        // is the left side the smaller one inside?
        let rising = if *a == x && is_atom(b) {
            if b == upper {
                true
            } else if b == lower {
                false
            } else {
                return node;
            }
        } else if *b == x && is_atom(a) {
            if a == lower {
                true
            } else if a == upper {
                false
            } else {
                return node;
            }
        } else {
            return node;
        };
        let holds = match relation {
            Relation::Less | Relation::LessEqual => rising,
            Relation::Equal => false,
            Relation::NotEqual => true,
        };
        if holds { Expr::always() } else { Expr::never() }
    })
}

/// Derives score, Hessian and information of a density whose mass is free of the parameters.
///
/// - Shape: p × p, symmetric, in the order of `parameters`.
/// - Units: entry (i, j) is per unit of θᵢ per unit of θⱼ.
/// - Source: Lehmann & Casella (1998), ch. 2 §5.
///
/// # Errors
/// Where a derivative has no known formula.
pub fn derive_density(
    facts: &Facts,
    density: &Density,
    parameters: &[Symbol],
) -> Result<Derived, NoDerivative> {
    let log_density = &density.log_density;
    let score = log_density.gradient(parameters)?;
    let hessian = log_density.hessian(parameters)?;
    let work = Work {
        facts,
        density,
        shape: Shape::of(density, parameters),
        parameters,
        score: &score,
        hessian: &hessian,
    };
    let entries = work.entries();
    Ok(Derived {
        shape: work.shape,
        score,
        hessian,
        entries,
    })
}

struct Work<'a> {
    facts: &'a Facts,
    density: &'a Density,
    shape: Shape,
    parameters: &'a [Symbol],
    score: &'a [Expr],
    hessian: &'a [Vec<Expr>],
}

impl Work<'_> {
    fn entries(&self) -> Vec<Vec<Entry>> {
        let p = self.score.len();
        let pairs: Vec<(usize, usize)> = (0..p).flat_map(|i| (i..p).map(move |j| (i, j))).collect();
        let score: Vec<Expr> = self.score.iter().map(|s| prepared(self.facts, s)).collect();
        let hessian: Vec<Expr> = pairs
            .iter()
            .map(|(i, j)| prepared(self.facts, &self.hessian[*i][*j]))
            .collect();
        let mut found: Vec<Option<Entry>> = vec![None; pairs.len()];
        if self.shape.is_smooth() {
            self.by_the_score(&score, &hessian, &mut found);
        }
        let integrand = |k: usize| {
            let (i, j) = pairs[k];
            if self.shape.is_smooth() {
                -&hessian[k]
            } else {
                &score[i] * &score[j]
            }
        };
        self.by_outcomes(&integrand, &mut found);
        self.by_kernels(&integrand, &mut found);
        self.by_identities(&score, &integrand, &mut found);
        self.by_parts(&integrand, &mut found);
        for (k, slot) in found.iter_mut().enumerate() {
            slot.get_or_insert_with(|| Entry {
                value: self.open(&integrand(k)),
                route: Route::Open,
                positive: vec![],
                evidence: Evidence::Route,
            });
        }
        let place =
            |i: usize, j: usize| pairs.iter().position(|pair| *pair == (i.min(j), i.max(j)));
        let entry = |i, j| {
            place(i, j)
                .and_then(|k| found[k].clone())
                .unwrap_or_else(|| unreachable!("every pair has an entry"))
        };
        (0..p)
            .map(|i| (0..p).map(|j| entry(i, j)).collect())
            .collect()
    }

    /// Routes 0 and 1.
    fn by_the_score(&self, score: &[Expr], hessian: &[Expr], found: &mut [Option<Entry>]) {
        let data: Vec<Symbol> = self.density.data.iter().map(|d| d.symbol.clone()).collect();
        let entry = |h: &Expr, route, evidence| Entry {
            value: normal::simplified(self.facts, &-h),
            route,
            positive: vec![],
            evidence,
        };
        for (slot, h) in found.iter_mut().zip(hessian) {
            if !h.contains_any(&data) {
                *slot = Some(entry(h, Route::FreeOfData, Evidence::Route));
            }
        }
        if found.iter().all(Option::is_some) {
            return;
        }
        for (slot, value) in found
            .iter_mut()
            .zip(by_zero_mean_score(score, hessian, &data))
        {
            if let (None, Some((value, multiples))) = (&slot, value) {
                *slot = Some(entry(
                    &value,
                    Route::ZeroMeanScore,
                    Evidence::Scores(multiples),
                ));
            }
        }
    }

    fn by_outcomes(&self, integrand: &dyn Fn(usize) -> Expr, found: &mut [Option<Entry>]) {
        if found.iter().all(Option::is_some) {
            return;
        }
        let Some(outcomes) = finite::outcomes(self.facts, self.density) else {
            return;
        };
        let mass = finite::mass(self.facts, &outcomes);
        let outcomes = Arc::new(outcomes);
        for (k, slot) in found
            .iter_mut()
            .enumerate()
            .filter(|(_, slot)| slot.is_none())
        {
            let value = finite::expect(self.facts, &outcomes, &mass, &integrand(k));
            *slot = Some(Entry {
                value,
                route: Route::FiniteSum,
                positive: vec![],
                evidence: Evidence::Outcomes(Arc::clone(&outcomes)),
            });
        }
    }

    fn by_kernels(&self, integrand: &dyn Fn(usize) -> Expr, found: &mut [Option<Entry>]) {
        let Some(datum) = self.density.single() else {
            return;
        };
        if found.iter().all(Option::is_some) {
            return;
        }
        Pieces::each(
            self.facts,
            &datum.symbol,
            &datum.support,
            &self.density.log_density,
            &mut |pieces| {
                for (k, slot) in found
                    .iter_mut()
                    .enumerate()
                    .filter(|(_, slot)| slot.is_none())
                {
                    if let Some(Closed {
                        value,
                        positive,
                        evidence,
                    }) = pieces.expect(&integrand(k))
                    {
                        *slot = Some(Entry {
                            value,
                            route: Route::Kernel,
                            positive,
                            evidence,
                        });
                    }
                }
                found.iter().all(Option::is_some)
            },
        );
    }

    /// What the kernels left open, from total derivatives, differentiated expectations and the table of integrals.
    fn by_identities(
        &self,
        score: &[Expr],
        integrand: &dyn Fn(usize) -> Expr,
        found: &mut [Option<Entry>],
    ) {
        let open: Vec<usize> = (0..found.len()).filter(|k| found[*k].is_none()).collect();
        let Some(datum) = self.density.single() else {
            return;
        };
        if open.is_empty() || self.shape.kinked {
            return;
        }
        let question = Question {
            facts: self.facts,
            datum,
            log_density: &self.density.log_density,
            parameters: self.parameters,
            score,
            smooth: self.shape.is_smooth(),
        };
        let integrands: Vec<Expr> = open.iter().map(|k| integrand(*k)).collect();
        for (k, answer) in open.into_iter().zip(by_identities(&question, &integrands)) {
            found[k] = answer.map(|answer| Entry {
                value: answer.value,
                route: if answer.open {
                    Route::Open
                } else {
                    Route::Identities
                },
                positive: answer.positive,
                evidence: Evidence::Identities(answer.used),
            });
        }
    }

    fn by_parts(&self, integrand: &dyn Fn(usize) -> Expr, found: &mut [Option<Entry>]) {
        let open: Vec<usize> = (0..found.len()).filter(|k| found[*k].is_none()).collect();
        if self.density.single().is_some() || open.is_empty() {
            return;
        }
        let functions: Vec<Expr> = open.iter().map(|k| integrand(*k)).collect();
        let Some(values) = joint::expectations(self.facts, self.density, &functions) else {
            return;
        };
        for (k, value) in open.into_iter().zip(values) {
            found[k] = value.map(
                |Closed {
                     value,
                     positive,
                     evidence,
                 }| Entry {
                    value,
                    route: Route::Joint,
                    positive,
                    evidence,
                },
            );
        }
    }

    /// The expectation as an explicit integral or sum over the data, the last datum innermost.
    fn open(&self, integrand: &Expr) -> Expr {
        let body = integrand * self.density.log_density.exp();
        self.density.data.iter().rev().fold(body, |body, datum| {
            let binder = if datum.support.is_discrete() {
                Binder::Sum
            } else {
                Binder::Integral
            };
            let (lower, upper) = (
                datum.support.lower.value.clone(),
                datum.support.upper.value.clone(),
            );
            let atoms = datum.atoms.iter().map(|a| body.replace(&datum.symbol, a));
            let atoms = Expr::sum(atoms);
            Expr::bound(binder, datum.symbol.clone(), lower, upper, body) + atoms
        })
    }
}
