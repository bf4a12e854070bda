//! What a model is, once its text is understood.
//! In: resolved statements. Out: `Model`. Never: a family's name as a branch; a law lowers to its density at once.

pub mod problems;
mod resolve;
mod rows;
pub mod statement;
pub mod statement_check;
mod statement_density;
mod statement_forms;
pub mod statement_fragments;
mod statement_grammar;
mod statement_law;
pub mod statement_problems;
mod statement_repetition;
mod statement_sets;

pub use resolve::Options;
pub use rows::{RowRange, Rows};

use bartlett_expr::{Domain, Expr, Facts, Problem, Symbol};
use bartlett_laws::Family;

/// Independent observations with common parameters.
#[derive(Debug, Clone)]
pub struct Model {
    /// The model as understood, in canonical text.
    pub text: String,
    /// The parameters, in order.
    pub parameters: Vec<Symbol>,
    /// Symbols that are not estimated.
    pub known: Vec<Symbol>,
    /// The independent parts; their information adds.
    pub observations: Vec<Observation>,
    /// Domains of parameters, knowns and data, and relations between them.
    pub facts: Facts,
    /// Parameters that take only integer values, each with the reason in words: they have no information.
    pub integer_parameters: Vec<(Symbol, String)>,
    /// What was assumed or completed while reading, in words.
    pub notes: Vec<String>,
    /// Places that were understood, but perhaps not as they were meant; their spans lie in [`Options::beside`].
    pub warnings: Vec<Problem>,
}

/// One independent part of a model.
#[derive(Debug, Clone)]
pub struct Observation {
    /// What is integrated and differentiated.
    pub density: Density,
    /// The law it was typed as, if it was: a label, and the way its parameters enter.
    pub law: Option<Law>,
    /// Where it is repeated over rows whose number is a symbol: the density is that of one row, and information adds over them.
    pub rows: Option<Rows>,
}

/// A family at given arguments.
#[derive(Debug, Clone)]
pub struct Law {
    /// The row of the catalogue.
    pub family: &'static Family,
    /// The arguments, in the order of the family's parameters.
    pub arguments: Vec<Expr>,
}

/// A density (or mass, or both with atoms) of one or several data.
#[derive(Debug, Clone)]
pub struct Density {
    /// The data, in order.
    pub data: Vec<Datum>,
    /// The log-density as typed, natural logarithm; a term free of the parameters may be missing.
    pub log_density: Expr,
    /// The density itself where it was typed as one, so that its sign can be seen.
    pub typed: Option<Expr>,
    /// Was it typed up to its normalizer (`∝`)?
    pub up_to_normalizer: bool,
}

/// One component of the data and where it lives.
#[derive(Debug, Clone)]
pub struct Datum {
    /// Its name.
    pub symbol: Symbol,
    /// An interval, or the integers in a range; ends may hold parameters, knowns and earlier data.
    pub support: Domain,
    /// Points of positive probability besides (`y in (0, c) + {c}`).
    pub atoms: Vec<Expr>,
}

impl Model {
    /// Every datum of every observation, in order.
    pub fn data(&self) -> impl Iterator<Item = &Datum> {
        self.observations.iter().flat_map(|o| &o.density.data)
    }
}

impl Density {
    /// The datum, where there is only one and it has no atoms.
    #[must_use]
    pub fn single(&self) -> Option<&Datum> {
        match &self.data[..] {
            [only] if only.atoms.is_empty() => Some(only),
            _ => None,
        }
    }
}
