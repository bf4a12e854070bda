//! Programs: derived quantities as functions in the languages of other software.
//! In: routines (inputs, entries), a target. Out: source text, or the name of what the target lacks. Never: a model, or a target's name in an algorithm.

mod code;
mod fused;
mod names;
mod relational;
mod shared;
mod source;
mod stand_ins;
mod target;
mod targets;

pub use relational::{Measure, Query, query};
pub use source::source;
pub use target::Target;
pub use targets::TARGETS;

use crate::{Expr, Symbol};
use thiserror::Error;

/// A quantity as a function of data, known symbols and parameters.
#[derive(Debug, Clone)]
pub struct Routine {
    /// Its name, an identifier in every target.
    pub name: String,
    /// What it is, in a line.
    pub about: String,
    /// Its arguments in order: data, known symbols, parameters.
    pub inputs: Vec<Symbol>,
    /// Its entries, row by row.
    pub rows: Vec<Vec<Expr>>,
    /// A number, a list or a matrix.
    pub shape: Shape,
}

/// How the entries of a routine lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One entry.
    Scalar,
    /// One row.
    Vector,
    /// Rows.
    Matrix,
}

/// Why a target cannot have a program.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Lacking {
    /// A function that it does not have.
    #[error("{target} has no function `{function}`, which {entry} needs")]
    Function {
        /// The target.
        target: &'static str,
        /// The call, in the language of the model.
        function: String,
        /// The entry.
        entry: String,
    },
    /// A sum, product or integral that it cannot evaluate.
    #[error("{entry} holds the open {what} {expression}, which {target} cannot evaluate here")]
    Open {
        /// The target.
        target: &'static str,
        /// `integral`, `infinite sum`, …
        what: &'static str,
        /// The expression, in the language of the model.
        expression: String,
        /// The entry.
        entry: String,
    },
    /// A value that is none.
    #[error("{entry} has no value")]
    Undefined {
        /// The entry.
        entry: String,
    },
    /// An indexed name, or an aggregate, where the target has only columns.
    #[error("{target} has no arrays, and {entry} names `{name}`")]
    Array {
        /// The target.
        target: &'static str,
        /// The name.
        name: String,
        /// The entry.
        entry: String,
    },
    /// A formula beyond every bound.
    #[error("{entry} is too large to be written")]
    TooLarge {
        /// The entry.
        entry: String,
    },
}

impl Target {
    /// The target of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TARGETS.iter().copied().find(|target| target.name == name)
    }
}

impl Routine {
    /// Every entry in order, with what it is called in words: `score[1]`.
    pub(crate) fn entries(&self) -> Vec<(String, &Expr)> {
        let label = |i: usize, j: usize| match self.shape {
            Shape::Scalar => self.name.clone(),
            Shape::Vector => format!("{}[{}]", self.name, j + 1),
            Shape::Matrix => format!("{}[{}, {}]", self.name, i + 1, j + 1),
        };
        let mut entries = Vec::new();
        for (i, row) in self.rows.iter().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                entries.push((label(i, j), entry));
            }
        }
        entries
    }
}
