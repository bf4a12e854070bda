//! Expectations as combinations of functions whose expectation is known: the score, total derivatives, rows of the tables.
//! In: a density of one datum, its score, integrands. Out: closed values, with the identities used, or the smallest remainder. Never: a search without bound.

use super::chart::{Chart, prepared};
use super::collect::terms;
use super::identities::{Identity, Reason, Shapes, mirrored, total};
use super::known::{factors_of_logarithms, known};
use super::linear::expectations;
use super::select::Sampled;
use crate::model::Datum;
use bartlett_expr::normal::Ring;
use bartlett_expr::polynomial::{Generator, RationalFunction};
use bartlett_expr::{Binder, Expr, Facts, Kind, Symbol, normal, topological};

/// Larger integrands are not taken apart.
const NODES: usize = 1200;

/// What is asked.
pub(crate) struct Question<'a> {
    pub facts: &'a Facts,
    pub datum: &'a Datum,
    pub log_density: &'a Expr,
    pub parameters: &'a [Symbol],
    /// Taken apart.
    pub score: &'a [Expr],
    /// May expectations be differentiated under the integral?
    pub smooth: bool,
}

/// An expectation, and multiples of functions of mean zero that lead to it.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub value: Expr,
    pub used: Vec<(Expr, Identity)>,
    pub positive: Vec<Expr>,
    /// Does the value hold integrals or sums that no identity gives?
    pub open: bool,
}

/// E[integrand] for each integrand that the identities close.
pub(crate) fn by_identities(question: &Question, integrands: &[Expr]) -> Vec<Option<Answer>> {
    let none = || vec![None; integrands.len()];
    let chart = Chart::new(
        question.facts,
        &question.datum.symbol,
        &question.datum.support,
        question.log_density,
    );
    let targets: Vec<Expr> = integrands
        .iter()
        .map(|e| prepared(&chart.facts, e))
        .collect();
    if targets.iter().any(|t| t.count_nodes() > NODES)
        || super::has_kink(&chart.log_density, &chart.variable)
    {
        return none();
    }
    let Some(mut shapes) = shapes(&chart, question.score, &targets) else {
        return none();
    };
    let mut work = Work {
        chart: &chart,
        columns: Vec::new(),
        answers: none(),
        targets: &targets,
    };
    for (s, parameter) in question.score.iter().zip(question.parameters) {
        work.columns.push(Identity::new(
            prepared(&chart.facts, s),
            Reason::Score(parameter.clone()),
        ));
    }
    // The cheap and common identities first; each stage only where something is left.
    for stage in [
        Work::near,
        Work::differentiated,
        Work::tables,
        Work::far,
        Work::differentiated,
    ] {
        stage(&mut work, question, &mut shapes);
        work.solve_all();
        if work.answers.iter().all(Option::is_some) {
            break;
        }
    }
    work.remainders(question, &shapes);
    work.answers
}

/// Atoms, factors of denominators and terms of score, integrands and slope.
fn shapes(chart: &Chart, score: &[Expr], targets: &[Expr]) -> Option<Shapes> {
    let slope = chart.log_density.derivative(&chart.variable).ok()?;
    let mut all: Vec<Expr> = targets.to_vec();
    all.extend(score.iter().cloned());
    if !chart.domain.is_discrete() {
        all.push(prepared(&chart.facts, &slope));
    }
    let mut ring = Ring::of(&all);
    let mut factors: Vec<(Expr, u32)> = Vec::new();
    let mut used: Vec<Generator> = Vec::new();
    for (k, e) in all.iter().enumerate() {
        let value = ring.convert(e).ok()?;
        for p in [value.numerator(), value.denominator()] {
            used.extend(p.generators());
        }
        for (factor, n) in bottoms(&mut ring, e, &value) {
            if !factor.contains(&chart.variable) {
                continue;
            }
            let n = if k < targets.len() { n } else { 1 };
            match factors.iter_mut().find(|(f, _)| *f == factor) {
                Some((_, most)) => *most = n.max(*most),
                None => factors.push((factor, n)),
            }
        }
    }
    let atoms = ring
        .atoms()
        .filter(|(g, _)| used.contains(g))
        .map(|(_, atom)| atom.clone())
        .filter(|atom| atom.contains(&chart.variable))
        .collect();
    let elements: Vec<Expr> = factors
        .iter()
        .map(|(f, _)| f.clone())
        .filter(|f| matches!(f.kind(), Kind::Add(..)))
        .collect();
    let mut parts: Vec<Expr> = Vec::new();
    for target in targets {
        for term in terms(target, &chart.variable, &elements).unwrap_or_default() {
            let shape = term.shape();
            if !shape.is_one() && !parts.contains(&shape) {
                parts.push(shape);
            }
        }
    }
    Some(Shapes {
        atoms,
        factors,
        terms: parts,
        known: Vec::new(),
    })
}

/// Factors of a denominator with their powers. Powers of sines are lowered in a ring, so that there they are read off as they stand.
fn bottoms(ring: &mut Ring, e: &Expr, value: &RationalFunction) -> Vec<(Expr, u32)> {
    if !ring
        .atoms()
        .any(|(_, atom)| atom.as_call_of("sin").is_some())
    {
        let factors = value.denominator().factor().factors;
        return factors
            .iter()
            .map(|(f, n)| (ring.polynomial_expression(f), *n))
            .collect();
    }
    topological(std::slice::from_ref(e))
        .iter()
        .filter_map(|node| {
            let (base, exponent) = node.as_power();
            let n = u32::try_from(-exponent.as_integer()?).ok()?;
            Some((base, n))
        })
        .filter(|(_, n)| *n > 0)
        .collect()
}

struct Work<'a> {
    chart: &'a Chart,
    targets: &'a [Expr],
    columns: Vec<Identity>,
    answers: Vec<Option<Answer>>,
}

impl Work<'_> {
    /// Total derivatives of simple functions, and mirror images.
    fn near(&mut self, _: &Question, shapes: &mut Shapes) {
        self.columns.extend(total(self.chart, &shapes.simple()));
        self.columns.extend(mirrored(self.chart, shapes));
    }

    /// Rows of the table of integrals.
    fn tables(&mut self, _: &Question, shapes: &mut Shapes) {
        let mut factors: Vec<Expr> = shapes.factors.iter().map(|(f, _)| f.clone()).collect();
        for f in factors_of_logarithms(self.chart) {
            if !factors.contains(&f) {
                factors.push(f);
            }
        }
        for k in known(self.chart, &factors) {
            if shapes.make(&k.function, &self.chart.variable) {
                shapes.known.push(k.function.clone());
                self.columns.push(Identity {
                    function: normal::cancelled(&(&k.function - &k.value)),
                    reason: Reason::Known(k.row),
                    positive: k.positive,
                });
            }
        }
    }

    /// Total derivatives of functions near the integrands and the rows.
    fn far(&mut self, _: &Question, shapes: &mut Shapes) {
        self.columns.extend(total(self.chart, &shapes.driven()));
    }

    /// Expectations that are known for all parameters may be differentiated.
    fn differentiated(&mut self, question: &Question, shapes: &mut Shapes) {
        if !question.smooth {
            return;
        }
        let simple: Vec<Expr> = shapes
            .factors
            .iter()
            .map(|(f, _)| f.recip())
            .chain(shapes.atoms.iter().cloned())
            .collect();
        for (h, mean) in simple.iter().zip(self.solve(&simple)) {
            let Some(mean) = mean else { continue };
            for (s, parameter) in question.score.iter().zip(question.parameters) {
                let (Ok(inside), Ok(outside)) =
                    (h.derivative(parameter), mean.value.derivative(parameter))
                else {
                    continue;
                };
                self.columns.push(Identity {
                    function: prepared(&self.chart.facts, &(inside + h * s - outside)),
                    reason: Reason::Differentiated(h.clone(), parameter.clone()),
                    positive: mean.positive.clone(),
                });
            }
        }
    }

    fn solve_all(&mut self) {
        let open: Vec<usize> = (0..self.targets.len())
            .filter(|k| self.answers[*k].is_none())
            .collect();
        let targets: Vec<Expr> = open.iter().map(|k| self.targets[*k].clone()).collect();
        for (k, answer) in open.into_iter().zip(self.solve(&targets)) {
            self.answers[k] = answer;
        }
    }

    fn solve(&self, targets: &[Expr]) -> Vec<Option<Answer>> {
        let data = [self.chart.variable.clone()];
        let functions: Vec<Expr> = std::iter::once(Expr::one())
            .chain(self.columns.iter().map(|c| c.function.clone()))
            .chain(targets.iter().cloned())
            .collect();
        let many = self.columns.len() + 1;
        let Some(mut sampled) = Sampled::new(&functions, &data, many + 6) else {
            return vec![None; targets.len()];
        };
        for k in 0..many {
            sampled.admit(k);
        }
        (0..targets.len())
            .map(|t| {
                let needed = sampled.needed(many + t)?;
                self.solved(&needed, &targets[t..=t])
            })
            .collect()
    }

    /// The symbolic solution over the few columns that are needed.
    fn solved(&self, needed: &[usize], target: &[Expr]) -> Option<Answer> {
        let chosen: Vec<&Identity> = needed
            .iter()
            .filter(|k| **k > 0)
            .map(|k| &self.columns[*k - 1])
            .collect();
        let functions: Vec<Expr> = chosen.iter().map(|c| c.function.clone()).collect();
        let data = [self.chart.variable.clone()];
        let (value, multiples) = expectations(&functions, target, &data)
            .into_iter()
            .next()
            .flatten()?;
        let positive = chosen.iter().flat_map(|c| c.positive.clone()).collect();
        Some(Answer {
            value: normal::simplified(&self.chart.facts, &value),
            used: multiples
                .into_iter()
                .zip(chosen.into_iter().cloned())
                .collect(),
            positive,
            open: false,
        })
    }

    /// What is left open as a combination of the simplest expectations that the identities do not give.
    fn remainders(&mut self, question: &Question, shapes: &Shapes) {
        let open: Vec<usize> = (0..self.targets.len())
            .filter(|k| self.answers[*k].is_none())
            .collect();
        let bound = |e: &Expr| e.any_node(&|n| matches!(n.kind(), Kind::Bound(..)));
        if open.is_empty() || bound(question.log_density) {
            return;
        }
        let mut simple: Vec<Expr> = shapes
            .atoms
            .iter()
            .cloned()
            .chain(shapes.factors.iter().map(|(f, _)| f.recip()))
            .chain(shapes.terms.iter().cloned())
            .collect();
        simple.sort_by_key(Expr::count_nodes);
        simple.dedup();
        let known = self.columns.len();
        for h in &simple {
            let mean = question.expectation(h);
            self.columns
                .push(Identity::new(h.clone(), Reason::Open(mean)));
        }
        let targets: Vec<Expr> = open.iter().map(|k| self.targets[*k].clone()).collect();
        let answers = self.solve(&targets);
        self.columns.truncate(known);
        for (k, answer) in open.into_iter().zip(answers) {
            let Some(mut answer) = answer else { continue };
            let left = answer.used.iter();
            let rest = left.filter_map(|(multiple, identity)| match &identity.reason {
                Reason::Open(mean) => Some(multiple * mean),
                _ => None,
            });
            answer.value = answer.value + Expr::sum(rest);
            answer.open = true;
            // Only where less is left under the integral than was asked for.
            let left: usize = answer
                .used
                .iter()
                .filter(|(_, identity)| matches!(identity.reason, Reason::Open(_)))
                .map(|(_, identity)| identity.function.count_nodes())
                .sum();
            if left < self.targets[k].count_nodes() {
                self.answers[k] = Some(answer);
            }
        }
    }
}

impl Question<'_> {
    /// E[g] as an explicit integral or sum.
    fn expectation(&self, g: &Expr) -> Expr {
        let support = &self.datum.support;
        let binder = if support.is_discrete() {
            Binder::Sum
        } else {
            Binder::Integral
        };
        Expr::bound(
            binder,
            self.datum.symbol.clone(),
            support.lower.value.clone(),
            support.upper.value.clone(),
            g * self.log_density.exp(),
        )
    }
}
