//! Printing: expressions and matrices as text, Unicode, LaTeX and SymPy.
//! In: `Expr`. Out: strings. Never: a change of meaning, or an overflow: a formula deeper than 200 levels, or longer than
//! about a megabyte when its shared parts are written out, is cut where it stands and shows `…`, which no format reads as a formula.

mod latex;
mod layout;
mod names;
mod notation;
mod order;
mod product;
pub mod program;
mod readings;
mod reserved;
mod sympy;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod unicode;
mod writer;

pub use layout::{matrix_of_entries, wrapped};
pub use sympy::sympy_name;

use crate::{Expr, Symbol};
use names::Names;
use std::fmt;
use writer::{write, write_matrix};

/// An output format of formulas.
pub struct Format {
    /// The name under which it is asked for.
    pub name: &'static str,
    /// Writes an expression.
    pub expression: fn(&Expr) -> String,
    /// Writes a matrix, row by row.
    pub matrix: fn(&[Vec<Expr>]) -> String,
}

/// Every format.
pub static FORMATS: &[Format] = &[
    Format {
        name: "text",
        expression: Expr::text,
        matrix: text_of_matrix,
    },
    Format {
        name: "unicode",
        expression: Expr::unicode,
        matrix: unicode_of_matrix,
    },
    Format {
        name: "latex",
        expression: Expr::latex,
        matrix: latex_of_matrix,
    },
    Format {
        name: "sympy",
        expression: Expr::sympy,
        matrix: sympy_of_matrix,
    },
];

impl Format {
    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }
}

impl Expr {
    /// In the language itself, ASCII: parses back to the same expression where its symbols are declared.
    #[must_use]
    pub fn text(&self) -> String {
        write(
            &text::Text {
                names: Names::of([self]),
            },
            self,
        )
    }
    /// As [`Expr::text`], where these names are declared too: a function of the same name is spelled otherwise.
    #[must_use]
    pub fn text_declaring(&self, declared: &[Symbol]) -> String {
        let declared: Vec<Self> = declared.iter().map(|s| Self::symbol(s.name())).collect();
        write(
            &text::Text {
                names: Names::of(declared.iter().chain([self])),
            },
            self,
        )
    }
    /// In Unicode on one line, for a person at a terminal.
    #[must_use]
    pub fn unicode(&self) -> String {
        write(
            &unicode::Unicode {
                names: Names::of([self]),
            },
            self,
        )
    }
    /// In LaTeX, for mathematics mode (amsmath, KaTeX).
    #[must_use]
    pub fn latex(&self) -> String {
        write(
            &latex::Latex {
                names: Names::of([self]),
            },
            self,
        )
    }
    /// As Python source for SymPy's `sympify`, exact.
    #[must_use]
    pub fn sympy(&self) -> String {
        write(&sympy::SymPy::default(), self)
    }
    /// As Python source with SymPy's names imported, exact there too: `Rational(1, 4)`, where 1/4 would be a float.
    #[must_use]
    pub fn sympy_program(&self) -> String {
        write(&sympy::SymPy { program: true }, self)
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// `[[a, b], [c, d]]` in the language itself.
#[must_use]
pub fn text_of_matrix(rows: &[Vec<Expr>]) -> String {
    write_matrix(
        &text::Text {
            names: Names::of(rows.iter().flatten()),
        },
        rows,
    )
}
/// Aligned rows in tall brackets, of any width.
#[must_use]
pub fn unicode_of_matrix(rows: &[Vec<Expr>]) -> String {
    unicode_of_matrix_within(rows, usize::MAX)
}
/// Aligned rows in tall brackets; where they are wider than that, an entry a line.
#[must_use]
pub fn unicode_of_matrix_within(rows: &[Vec<Expr>], width: usize) -> String {
    let writer = unicode::Unicode {
        names: Names::of(rows.iter().flatten()),
    };
    let entries: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|e| write(&writer, e)).collect())
        .collect();
    matrix_of_entries(&entries, width)
}
/// A `pmatrix`.
#[must_use]
pub fn latex_of_matrix(rows: &[Vec<Expr>]) -> String {
    write_matrix(
        &latex::Latex {
            names: Names::of(rows.iter().flatten()),
        },
        rows,
    )
}
/// `Matrix([[a, b], [c, d]])`
#[must_use]
pub fn sympy_of_matrix(rows: &[Vec<Expr>]) -> String {
    write_matrix(&sympy::SymPy::default(), rows)
}
/// The same as part of a Python program.
#[must_use]
pub fn sympy_program_of_matrix(rows: &[Vec<Expr>]) -> String {
    write_matrix(&sympy::SymPy { program: true }, rows)
}
