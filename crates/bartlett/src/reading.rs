//! What a command shows: a list of quantities with what was learnt on the way.
//! In: a `Report`, quantities read off it. Out: `Reading`. Never: a format.

use crate::explain::Step;
use crate::model::Model;
use crate::quantity::{Label, Quantity, Value, latex_of_point};
use crate::report::{Certificate, Information, Regularity, Report};
use bartlett_expr::{Expr, Facts, Symbol};

/// Quantities of one model, ready to be shown in any format.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The model as understood.
    pub model: Model,
    /// The parameters that the quantities are about, in order: the model's, or those that a change of parameters put in their place.
    pub parameters: Vec<Symbol>,
    /// Where parameters, knowns and whatever else the quantities name live.
    pub facts: Facts,
    /// What is shown, in order.
    pub quantities: Vec<Quantity>,
    /// How they were derived, where that is asked for.
    pub steps: Vec<Step>,
    /// The number of independent observations of the model, if not one.
    pub observations: Option<Expr>,
    /// Does what is shown rest on an expectation? Then regularity and checks are shown with it.
    pub expectations: bool,
    /// What was learnt about regularity, and of the quantities: each finding in words.
    pub regularity: Regularity,
    /// Numeric checks.
    pub checks: Vec<Certificate>,
    /// What was assumed or completed, in words.
    pub notes: Vec<String>,
    /// What cannot be given, where something was refused; the findings say why.
    pub refusal: Option<Refusal>,
}

/// What cannot be given, and why.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What: `this model has no Fisher information`.
    pub what: String,
    /// Why, and what to do about it.
    pub why: Vec<String>,
}

/// A part of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The score.
    Score,
    /// The Hessian.
    Hessian,
    /// The information.
    Fisher,
    /// The bound.
    Crb,
}

impl Reading {
    /// A reading of a report without any quantity yet; refused where the report is.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        Self {
            model: report.model.clone(),
            parameters: report.model.parameters.clone(),
            facts: report.model.facts.clone(),
            quantities: Vec::new(),
            steps: Vec::new(),
            observations: None,
            expectations: true,
            regularity: report.regularity.clone(),
            checks: report.checks.clone(),
            notes: report.notes.clone(),
            refusal: report.is_refused().then(|| Refusal {
                what: "this model has no Fisher information".to_owned(),
                why: report.regularity.findings.clone(),
            }),
        }
    }

    /// The same, refused: its findings say why.
    #[must_use]
    pub fn refused(mut self, what: impl Into<String>, why: Vec<String>) -> Self {
        self.regularity.findings.extend(why.iter().cloned());
        self.refusal = Some(Refusal {
            what: what.into(),
            why,
        });
        self
    }

    /// Parts of a report; the information and the bound are those of `observations` independent observations of the model.
    #[must_use]
    pub fn parts(report: &Report, parts: &[Part], observations: Option<&Expr>) -> Self {
        let mut reading = Self::of(report);
        reading.observations = observations.cloned();
        reading.expectations = !matches!(parts, [Part::Score | Part::Hessian]);
        for part in parts {
            reading.quantities.push(part.of(report, observations));
        }
        if reading.refusal.is_none() && parts == [Part::Crb] && report.crb.is_none() {
            let why = report.regularity.findings.clone();
            reading.refusal = Some(Refusal {
                what: "this model has no Cramér–Rao bound".to_owned(),
                why,
            });
        }
        if parts.len() == 1 {
            for quantity in &mut reading.quantities {
                quantity.command = None;
            }
        }
        reading
    }

    /// Was something refused, or did a check fail?
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// The name of the family, if the whole model is one law of it.
    #[must_use]
    pub fn law(&self) -> Option<&'static str> {
        let mut laws = self
            .model
            .observations
            .iter()
            .map(|o| o.law.as_ref().map(|law| law.family.name));
        let first = laws.next()??;
        laws.all(|law| law == Some(first)).then_some(first)
    }
}

impl Part {
    /// Everything that `derive` shows.
    pub const ALL: [Self; 4] = [Self::Score, Self::Hessian, Self::Fisher, Self::Crb];

    /// The quantity.
    fn of(self, report: &Report, observations: Option<&Expr>) -> Quantity {
        let parameters = &report.model.parameters;
        let point = latex_of_point(parameters);
        let sample = observations.map_or_else(String::new, |n| format!("_{{{}}}", n.latex()));
        match self {
            Self::Score => Quantity {
                labels: parameters.iter().map(Label::derivative).collect(),
                ..Quantity::closed(
                    "score",
                    "score",
                    "\\nabla \\ell",
                    Value::Vector(report.score.clone()),
                )
            },
            Self::Hessian => Quantity {
                remark: "∂²/∂θᵢ∂θⱼ".to_owned(),
                command: Some("hessian"),
                ..Quantity::closed(
                    "hessian",
                    "Hessian",
                    format!("\\nabla^2 \\ell({point})"),
                    Value::Table(report.hessian.clone()),
                )
            },
            Self::Fisher => {
                let latex = format!("\\mathcal{{I}}{sample}({point})");
                let title = "Fisher information";
                let factor = observations.cloned();
                matrix("fisher", title, latex, report.fisher.as_ref(), factor)
            }
            Self::Crb => {
                let latex = format!("\\mathcal{{I}}{sample}({point})^{{-1}}");
                let factor = observations.map(Expr::recip);
                Quantity {
                    command: Some("crb"),
                    ..matrix(
                        "crb",
                        "Cramér–Rao bound",
                        latex,
                        report.crb.as_ref(),
                        factor,
                    )
                }
            }
        }
        .of_sample(observations)
    }
}

fn matrix(
    key: &'static str,
    title: &str,
    latex: String,
    found: Option<&Information>,
    factor: Option<Expr>,
) -> Quantity {
    let Some(found) = found else {
        return Quantity::absent(key);
    };
    let scaled = |e: &Expr| factor.as_ref().map_or_else(|| e.clone(), |n| n * e);
    let rows = found
        .matrix
        .iter()
        .map(|row| row.iter().map(scaled).collect())
        .collect();
    Quantity {
        status: found.status,
        ..Quantity::closed(key, title, latex, Value::Matrix(rows))
    }
}

impl Quantity {
    /// The same, said to be that of n observations where it is.
    #[must_use]
    pub fn of_sample(mut self, observations: Option<&Expr>) -> Self {
        let of = |n: &Expr| format!("of {} observations", n.unicode());
        if let Some(n) = observations
            && matches!(self.value, Value::Matrix(_) | Value::Scalar(_))
        {
            self.remark = if self.remark.is_empty() {
                of(n)
            } else {
                format!("{}; {}", self.remark, of(n))
            };
        }
        self
    }
}
