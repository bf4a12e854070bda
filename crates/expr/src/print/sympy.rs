//! Writer: Python source that SymPy's `sympify` reads.
//! In: shapes. Out: text with exact numbers only. Never: a name that Python or SymPy reads as something else.

use super::notation::{Comparison, Slant};
use super::readings::{Applied, Relative};
use super::reserved::RESERVED;
use super::writer::{Open, Piece, Rank, Style, Writer};
use crate::Symbol;
use crate::expr::{Binder, Constant};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Writes for SymPy.
#[derive(Default)]
pub struct SymPy {
    /// As part of a Python program: there a quotient of two numbers would be a float.
    pub program: bool,
}

static NAMES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| RESERVED.split_whitespace().collect());

/// The name in SymPy: a reserved one gets a trailing underscore, as does one that would then be the same.
pub fn sympy_name(name: &str) -> String {
    if NAMES.contains(name.trim_end_matches('_')) {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

impl Writer for SymPy {
    fn style(&self) -> Style {
        Style::Code
    }
    fn spelling(&self, applied: Applied) -> String {
        applied.spelled(|row| row.sympy, applied.function.row().spelled.sympy)
    }
    fn relative(&self, applied: Applied) -> Option<Relative> {
        applied.reading.and_then(|row| row.sympy_relative)
    }
    fn symbol(&self, symbol: &Symbol) -> Piece {
        Piece::leaf(sympy_name(symbol.name()))
    }
    fn constant(&self, constant: Constant) -> Piece {
        Piece::leaf(match constant {
            Constant::Pi => "pi",
            Constant::E => "E",
            Constant::EulerGamma => "EulerGamma",
            Constant::Infinity => "oo",
            Constant::Undefined => "nan",
        })
    }
    fn raised(&self) -> &'static str {
        "**"
    }
    fn fraction(&self, top: Piece, bottom: Piece, _slant: Slant) -> Piece {
        let digits = |piece: &Piece| piece.text.bytes().all(|b| b.is_ascii_digit());
        if self.program && digits(&top) && digits(&bottom) {
            return Piece::leaf(format!("Rational({}, {})", top.text, bottom.text));
        }
        let top = self.fitted(&top, Rank::Product, Open::No);
        let bottom = self.fitted(&bottom, Rank::Power, Open::No);
        Piece::new(format!("{top}/{bottom}"), Rank::Product)
    }
    fn root(&self, inside: Piece, degree: Option<i64>) -> Piece {
        match degree {
            None => Piece::new(format!("sqrt({})", inside.text), Rank::Atom),
            Some(degree) if self.program => {
                self.power(inside, Piece::leaf(format!("Rational(1, {degree})")))
            }
            Some(degree) => self.power(inside, Piece::new(format!("1/{degree}"), Rank::Product)),
        }
    }
    fn indexed(&self, symbol: &Symbol, index: Vec<Piece>) -> Piece {
        let index: Vec<String> = index.into_iter().map(|p| p.text).collect();
        Piece::new(
            format!("Indexed('{}', {})", symbol.name(), index.join(", ")),
            Rank::Atom,
        )
    }
    fn bound(&self, binder: Binder, variable: &Symbol, ends: [Piece; 2], body: Piece) -> Piece {
        let name = match binder {
            Binder::Sum => "Sum",
            Binder::Product => "Product",
            Binder::Integral => "Integral",
        };
        let [lower, upper] = ends.map(|p| p.text);
        let variable = sympy_name(variable.name());
        Piece::new(
            format!("{name}({}, ({variable}, {lower}, {upper}))", body.text),
            Rank::Atom,
        )
    }
    fn cases(&self, rows: Vec<(Piece, Option<Piece>)>) -> Piece {
        let rows: Vec<String> = rows
            .into_iter()
            .map(|(value, condition)| {
                format!(
                    "({}, {})",
                    value.text,
                    condition.map_or("True".to_owned(), |c| c.text)
                )
            })
            .collect();
        Piece::new(format!("Piecewise({})", rows.join(", ")), Rank::Atom)
    }
    fn relation(&self, comparison: Comparison, left: Piece, right: Piece) -> Piece {
        match comparison {
            Comparison::Equal => {
                Piece::new(format!("Eq({}, {})", left.text, right.text), Rank::Atom)
            }
            Comparison::NotEqual => {
                Piece::new(format!("Ne({}, {})", left.text, right.text), Rank::Atom)
            }
            _ => Piece::new(
                format!(
                    "{} {} {}",
                    left.text,
                    self.comparison(comparison),
                    right.text
                ),
                Rank::Relation,
            ),
        }
    }
    fn junction(&self, all: bool, parts: Vec<Piece>) -> Piece {
        let parts: Vec<String> = parts.into_iter().map(|p| p.text).collect();
        Piece::new(
            format!("{}({})", if all { "And" } else { "Or" }, parts.join(", ")),
            Rank::Atom,
        )
    }
    fn truth(&self, holds: bool) -> Piece {
        Piece::leaf(if holds { "True" } else { "False" })
    }
    fn matrix(&self, rows: Vec<Vec<Piece>>) -> String {
        let rows: Vec<String> = rows
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .map(|p| p.text)
                    .collect::<Vec<_>>()
                    .join(", ")
            })
            .map(|row| format!("[{row}]"))
            .collect();
        format!("Matrix([{}])", rows.join(", "))
    }
}
