//! The formats of an answer, one a file.
//! In: a `View` of a `Report`. Out: text. Never: a derivation, an input or an output.

mod catalogue;
mod domain;
mod json;
mod latex;
mod markdown;
mod numbers;
mod page;
mod sympy;

pub use catalogue::catalogue;
pub use numbers::{Shape, Values, values};

use crate::arguments::OutputFormat;
use bartlett::Expr;
use bartlett::report::Report;

/// The widest line of a page.
const WIDTH: usize = 100;

/// What is shown of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Everything,
    /// The score.
    Score,
    /// The Hessian.
    Hessian,
    /// The information.
    Fisher,
    /// The bound.
    Crb,
    /// The checks.
    Checks,
}

/// A report, and what is shown of it.
pub struct View<'a> {
    /// The report; its matrices are for `observations` of them.
    pub report: &'a Report,
    /// What is shown.
    pub part: Part,
    /// The number of independent observations of the model, if not one.
    pub observations: Option<&'a Expr>,
}

impl View<'_> {
    /// Is this part shown?
    fn shows(&self, part: Part) -> bool {
        self.part == Part::Everything || self.part == part
    }

    /// Does what is shown rest on an expectation?
    fn has_expectations(&self) -> bool {
        !matches!(self.part, Part::Score | Part::Hessian)
    }

    /// The command that shows a part on its own, where this view shows it among others.
    fn limit(&self, command: &'static str) -> Option<&'static str> {
        (self.part == Part::Everything).then_some(command)
    }

    /// The name of the family, if the whole model is one law of it.
    fn law(&self) -> Option<&'static str> {
        let mut laws = self
            .report
            .model
            .observations
            .iter()
            .map(|o| o.law.as_ref().map(|law| law.family.name));
        let first = laws.next()??;
        laws.all(|law| law == Some(first)).then_some(first)
    }
}

/// The answer in a format.
pub fn page(view: &View<'_>, format: OutputFormat) -> String {
    match format {
        OutputFormat::Text => page::page(view, &page::UNICODE),
        OutputFormat::Plain => page::page(view, &page::PLAIN),
        OutputFormat::Latex => latex::fragment(view),
        OutputFormat::Markdown => markdown::document(view),
        OutputFormat::Json => json::object(view),
        OutputFormat::Sympy => sympy::program(view),
    }
}

/// The object of a model that was understood but is not supported yet; the other formats have nothing to show.
pub fn refused(model: &str, findings: Vec<String>, format: OutputFormat) -> String {
    match format {
        OutputFormat::Json => json::refused(model, findings),
        _ => String::new(),
    }
}
