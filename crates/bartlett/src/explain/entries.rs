//! How each entry of the information of an observation was found.
//! In: a report, an observation's derivation. Out: steps in the order of the routes. Never: an expectation of its own.

use super::change::{Changes, named};
use super::combinations::score;
use super::needed::needed;
use super::step::{Assumption, Equation, Rule, Side, Step};
use super::{equation, information, pairs, rules};
use crate::expect::{Evidence, Moments};
use crate::information::{Derived, Entry, Route};
use crate::model::Observation;
use crate::report::Report;
use bartlett_expr::{Expr, Symbol, normal, operations};

/// At most so many outcomes are written out.
const WRITTEN_OUT: usize = 6;

/// The steps, entries of the same route together.
pub(super) fn steps(
    report: &Report,
    observation: &Observation,
    derived: &Derived,
    about: &str,
    steps: &mut Vec<Step>,
) {
    let entries = Entries {
        report,
        derived,
        about,
    };
    entries.plain(&rules::FREE_OF_DATA, Route::FreeOfData, steps);
    entries.by_the_score(steps);
    entries.by_outcomes(steps);
    entries.by_moments(observation, steps);
    let data: Vec<Symbol> = observation
        .density
        .data
        .iter()
        .map(|d| d.symbol.clone())
        .collect();
    entries.by_marginals(&data, steps);
    entries.by_identities(steps);
    entries.plain(&rules::OPEN, Route::Open, steps);
}

pub(super) struct Entries<'a> {
    report: &'a Report,
    derived: &'a Derived,
    about: &'a str,
}

impl Entries<'_> {
    /// The entries on and above the diagonal that a route found.
    pub(super) fn of(&self, route: Route) -> Vec<(usize, usize, &Entry)> {
        pairs(self.report)
            .map(|(i, j)| (i, j, &self.derived.entries[i][j]))
            .filter(|(_, _, entry)| entry.route == route)
            .collect()
    }

    pub(super) fn information(&self, i: usize, j: usize) -> Side {
        information(self.report, i, j)
    }

    /// What the information is the mean of, that mean, and its value.
    pub(super) fn integrand(&self, i: usize, j: usize) -> (Side, Side, Expr) {
        let [a, b] = [i, j].map(|k| self.report.model.parameters[k].clone());
        if self.derived.shape.is_smooth() {
            (
                Side::MinusSecondDerivative(a.clone(), b.clone()),
                Side::MinusMeanSecondDerivative(a, b),
                -&self.derived.hessian[i][j],
            )
        } else {
            (
                Side::ScoreProduct(a.clone(), b.clone()),
                Side::MeanScoreProduct(a, b),
                &self.derived.score[i] * &self.derived.score[j],
            )
        }
    }

    pub(super) fn push(
        &self,
        rule: &'static Rule,
        equations: Vec<Equation>,
        steps: &mut Vec<Step>,
    ) {
        self.push_about(rule, "", equations, steps);
    }

    /// With words on what the rule was applied to.
    pub(super) fn push_about(
        &self,
        rule: &'static Rule,
        words: &str,
        equations: Vec<Equation>,
        steps: &mut Vec<Step>,
    ) {
        if !equations.is_empty() {
            let about = [self.about, words].into_iter().filter(|w| !w.is_empty());
            let about = about.collect::<Vec<_>>().join("; ");
            steps.push(Step::new(rule, about, equations));
        }
    }

    fn plain(&self, rule: &'static Rule, route: Route, steps: &mut Vec<Step>) {
        let shown = |entry: &Entry| matches!(entry.evidence, Evidence::Identities(_));
        let equations = self.of(route).into_iter().filter(|(.., e)| !shown(e));
        let equations =
            equations.map(|(i, j, entry)| equation(self.information(i, j), [entry.value.clone()]));
        self.push(rule, equations.collect(), steps);
    }

    fn by_the_score(&self, steps: &mut Vec<Step>) {
        let equations = self
            .of(Route::ZeroMeanScore)
            .into_iter()
            .flat_map(|(i, j, entry)| {
                let combination = combination(entry, &self.report.model.parameters);
                [
                    equation(self.integrand(i, j).0, [combination]),
                    equation(self.information(i, j), [entry.value.clone()]),
                ]
            });
        self.push(&rules::ZERO_MEAN_SCORE, equations.collect(), steps);
    }

    fn by_outcomes(&self, steps: &mut Vec<Step>) {
        let facts = &self.report.completed.facts;
        let equations = self.of(Route::FiniteSum).into_iter().map(|(i, j, entry)| {
            let (_, _, g) = self.integrand(i, j);
            let written = match &entry.evidence {
                Evidence::Outcomes(outcomes) if outcomes.len() <= WRITTEN_OUT => {
                    let terms = outcomes
                        .iter()
                        .map(|(at, p)| normal::simplified(facts, &g.substitute(at)) * p);
                    Some(Expr::sum(terms))
                }
                _ => None,
            };
            let forms = written.into_iter().chain([entry.value.clone()]);
            equation(self.information(i, j), forms)
        });
        self.push(&rules::OUTCOMES, equations.collect(), steps);
    }

    fn by_moments(&self, observation: &Observation, steps: &mut Vec<Step>) {
        let facts = &self.report.completed.facts;
        let model = &self.report.completed;
        let mut used: Vec<Symbol> = model.parameters.clone();
        used.extend(model.known.iter().cloned());
        used.extend(observation.density.data.iter().map(|d| d.symbol.clone()));
        let mut changes = Changes::new(facts, self.about, used);
        for (i, j, entry) in self.of(Route::Kernel) {
            let Evidence::Moments(Moments {
                pieces,
                points,
                whole,
            }) = &entry.evidence
            else {
                continue;
            };
            let (left, mean, _) = self.integrand(i, j);
            let whole_density = pieces.len() == 1 && points.is_empty();
            let mut equations: Vec<Equation> = Vec::new();
            for piece in pieces {
                let variable = changes.variable(piece, pieces.len() > 1, steps);
                let terms = piece.terms.iter();
                let integrand = terms.map(|t| &t.coefficient * named(&t.shape, piece, &variable));
                note(&mut equations, left.clone(), [Expr::sum(integrand)]);
                for term in piece.terms.iter().filter(|t| !t.shape.is_one()) {
                    let shape = named(&term.shape, piece, &variable);
                    let shorter = Some(normal::simplified(facts, &term.moment))
                        .filter(|e| operations(e) < operations(&term.moment));
                    let forms = [Some(term.moment.clone()), shorter];
                    let left = if whole_density {
                        Side::Mean(shape)
                    } else {
                        Side::KernelMean(shape)
                    };
                    note(&mut equations, left, forms.into_iter().flatten());
                }
            }
            note(&mut equations, mean, [whole.clone(), entry.value.clone()]);
            let mut since = needed(facts, whole, &[], |facts| normal::simplified(facts, whole));
            for term in pieces.iter().flat_map(|p| &p.terms) {
                for fact in needed(facts, &term.raw, &[], |facts| facts.refine(&term.raw)) {
                    if !since.contains(&fact) {
                        since.push(fact);
                    }
                }
            }
            let datum = &observation.density.data[0].symbol;
            let places = points
                .iter()
                .map(|point| Assumption::Differs(datum.clone(), point.clone()));
            steps.push(Step {
                rule: if whole_density {
                    &rules::MOMENTS
                } else {
                    &rules::MOMENTS_BY_PIECES
                },
                about: self.about.to_owned(),
                equations,
                places: places.collect(),
                since,
            });
        }
    }
}

/// Adds an equation that is not there yet.
pub(super) fn note(
    equations: &mut Vec<Equation>,
    left: Side,
    right: impl IntoIterator<Item = Expr>,
) {
    let new = equation(left, right);
    if !equations.contains(&new) {
        equations.push(new);
    }
}

/// −a₀ − Σ aₖ sₖ, the scores by name.
fn combination(entry: &Entry, parameters: &[Symbol]) -> Expr {
    let Evidence::Scores(multiples) = &entry.evidence else {
        return entry.value.clone();
    };
    let terms = multiples
        .iter()
        .zip(parameters)
        .map(|(multiple, p)| -multiple * score(p));
    Expr::sum(terms) + &entry.value
}
