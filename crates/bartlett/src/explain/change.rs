//! The changes of variable and the kernels that a derivation used, each shown once.
//! In: pieces of expectations. Out: steps, and the name of each new variable. Never: a change of variable of its own.

use super::needed::needed;
use super::step::{Assumption, Equation, Side, Step};
use super::{equation, rules};
use crate::expect::PieceMoments;
use bartlett_expr::{Binder, Expr, Facts, Symbol, normal};
use rustc_hash::FxHashMap;

/// Letters for new variables and for coefficients, the first that the model does not use.
const VARIABLES: &[&str] = &["y", "u", "w", "z", "v", "r"];
const COEFFICIENTS: &[&str] = &["c", "k", "q", "d"];

/// What was shown already.
pub(super) struct Changes<'a> {
    facts: &'a Facts,
    about: &'a str,
    used: Vec<Symbol>,
    shown: Vec<(PieceMoments, Symbol)>,
}

impl<'a> Changes<'a> {
    /// Nothing yet; names in use are not given again.
    pub(super) fn new(facts: &'a Facts, about: &'a str, used: Vec<Symbol>) -> Self {
        Self {
            facts,
            about,
            used,
            shown: Vec::new(),
        }
    }

    /// The variable under which a piece is shown, with the steps that introduce it where it is new.
    /// Where there are `several` pieces, the part of the support is named.
    pub(super) fn variable(
        &mut self,
        piece: &PieceMoments,
        several: bool,
        steps: &mut Vec<Step>,
    ) -> Symbol {
        let same = |other: &PieceMoments| {
            other.chart.image == piece.chart.image
                && other.chart.origin.domain == piece.chart.origin.domain
                && other.chart.domain == piece.chart.domain
                && std::ptr::eq(other.kernel, piece.kernel)
        };
        if let Some((_, variable)) = self.shown.iter().find(|(other, _)| same(other)) {
            return variable.clone();
        }
        let variable = if piece.chart.path.is_empty() {
            piece.chart.variable.clone()
        } else {
            self.fresh(VARIABLES)
        };
        self.introduce(piece, &variable, several, steps);
        self.shown.push((piece.clone(), variable.clone()));
        variable
    }

    /// A name that is not in use.
    fn fresh(&mut self, letters: &[&str]) -> Symbol {
        let free = |name: &str| !self.used.iter().any(|s| s.name() == name);
        let symbol = letters
            .iter()
            .map(|letter| (*letter).to_owned())
            .chain((1..).map(|k| format!("{}_{k}", letters[0])))
            .find(|name| free(name))
            .map(|name| Symbol::new(&name))
            .unwrap_or_else(|| unreachable!("there is no end of names"));
        self.used.push(symbol.clone());
        symbol
    }

    fn introduce(
        &mut self,
        piece: &PieceMoments,
        variable: &Symbol,
        several: bool,
        steps: &mut Vec<Step>,
    ) {
        let chart = &piece.chart;
        let named = |e: &Expr| named(e, piece, variable);
        let y = Expr::symbol(variable.name());
        let log_density = equation(
            Side::LogDensityOf(variable.clone()),
            [named(&sum_of_known(self.facts, piece))],
        );
        if !chart.path.is_empty() {
            let origin = &chart.origin;
            let since = needed(
                self.facts,
                &origin.log_density,
                std::slice::from_ref(&origin.datum),
                |facts| {
                    let again = chart.replayed(facts)?;
                    Some((again.domain, again.log_density))
                },
            );
            let mut places = vec![Assumption::Lives(variable.clone(), chart.domain.clone())];
            if several {
                places.insert(
                    0,
                    Assumption::Lives(origin.datum.clone(), origin.domain.clone()),
                );
            }
            steps.push(Step {
                rule: &rules::CHANGE_OF_VARIABLE,
                about: self.about.to_owned(),
                equations: vec![
                    equation(
                        Side::Expression(y.clone()),
                        [normal::simplified(self.facts, &chart.image)],
                    ),
                    log_density.clone(),
                ],
                places,
                since,
            });
        }
        let letter = self.fresh(COEFFICIENTS);
        let coefficient = |j: usize| Expr::symbol(&format!("{}_{}", letter.name(), j + 1));
        let exponent = Expr::sum(
            piece
                .basis
                .iter()
                .enumerate()
                .map(|(j, b)| coefficient(j) * named(b))
                .chain([named(&piece.base)]),
        );
        let binder = if chart.domain.is_discrete() {
            Binder::Sum
        } else {
            Binder::Integral
        };
        let ends = (
            chart.domain.lower.value.clone(),
            chart.domain.upper.value.clone(),
        );
        let integral = Expr::bound(binder, variable.clone(), ends.0, ends.1, exponent.exp());
        let names: FxHashMap<Expr, Expr> = (0..piece.basis.len())
            .map(|j| (Expr::symbol(&format!("c{}", j + 1)), coefficient(j)))
            .collect();
        let normalizer = piece.log_normalizer.substitute(&names).exp();
        let mut equations: Vec<Equation> = Vec::new();
        if chart.path.is_empty() {
            equations.push(log_density);
        }
        equations.push(equation(Side::Expression(integral), [normalizer]));
        for (j, c) in piece.coefficients.iter().enumerate() {
            equations.push(equation(
                Side::Expression(coefficient(j)),
                [normal::simplified(self.facts, c)],
            ));
        }
        let about = format!("{} ({})", piece.kernel.name, piece.kernel.source);
        steps.push(Step::new(&rules::KERNEL, about, equations));
    }
}

/// constant + base + Σ cⱼ bⱼ
fn sum_of_known(facts: &Facts, piece: &PieceMoments) -> Expr {
    let short = |e: &Expr| normal::simplified(facts, e);
    let terms = piece.coefficients.iter().zip(&piece.basis);
    let terms = terms.map(|(c, b)| short(c) * b);
    Expr::sum(terms.chain([short(&piece.constant), piece.base.clone()]))
}

/// An expression of the chart in the variable as shown.
pub(super) fn named(e: &Expr, piece: &PieceMoments, variable: &Symbol) -> Expr {
    e.replace(&piece.chart.variable, &Expr::symbol(variable.name()))
}
