//! The formats of an answer, one a file.
//! In: a `Reading`. Out: text. Never: a derivation, an input or an output.

mod catalogue;
mod csv;
mod domain;
mod families_page;
mod fit;
mod json;
mod latex;
mod markdown;
mod numbers;
mod page;
mod spelling;
mod steps;
mod sympy;

pub use catalogue::{Case, Entry, Law, catalogue};
pub use fit::{Fitted, finite, fit, not_fitted, quoted};
pub use numbers::{Shape, Values, values};

use crate::arguments::OutputFormat;
use bartlett::reading::Reading;

/// The widest line of a page.
const WIDTH: usize = 100;

/// The answer in a format.
pub fn page(reading: &Reading, format: OutputFormat) -> String {
    match format {
        OutputFormat::Text => page::page(reading, &spelling::UNICODE),
        OutputFormat::Plain => page::page(reading, &spelling::PLAIN),
        OutputFormat::Latex => latex::fragment(reading),
        OutputFormat::Markdown => markdown::document(reading),
        OutputFormat::Json => json::object(reading),
        OutputFormat::Sympy => sympy::program(reading),
        OutputFormat::Csv => csv::table(reading),
    }
}

/// The object of a model that was understood but is not supported yet; the other formats have nothing to show.
pub fn refused(model: &str, findings: Vec<String>, format: OutputFormat) -> String {
    match format {
        OutputFormat::Json => json::refused(model, findings),
        _ => String::new(),
    }
}
