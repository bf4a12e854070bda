//! Writer: any programming language, from its row.
//! In: shapes. Out: text in that language. Never: a function that its row does not spell: these were refused before.

use super::super::notation::{Comparison, Slant};
use super::super::readings::Applied;
use super::super::writer::{Open, Piece, Rank, Style, Writer};
use super::names::Naming;
use super::target::{Code, Literal};
use crate::expr::{Binder, Constant};
use crate::{Number, Symbol};

/// Writes by a row, under names that the language allows.
pub struct CodeWriter<'a> {
    /// How shapes are spelled.
    pub code: &'static Code,
    /// What symbols are called.
    pub names: &'a Naming,
}

/// The integer that a literal spells.
fn whole(text: &str) -> Option<i64> {
    let begins = text.starts_with(|c: char| c.is_ascii_digit());
    let value = text.parse::<f64>().ok().filter(|_| begins)?;
    #[allow(clippy::cast_possible_truncation)]
    let integer = value as i64;
    (value.fract() == 0.0 && value < 1e9).then_some(integer)
}

/// Is it a number as it stands?
fn is_literal(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

impl CodeWriter<'_> {
    /// A spelling with its arguments in their places, bracketed where they do not stand in brackets already.
    fn filled(&self, spelling: &str, arguments: &[Piece]) -> String {
        let mut text = String::new();
        let mut rest = spelling;
        while let Some(place) = rest.find('#') {
            let (before, after) = rest.split_at(place);
            text.push_str(before);
            let number = after[1..].chars().next().and_then(|c| c.to_digit(10));
            let argument = number.and_then(|n| arguments.get(n as usize - 1));
            rest = after.get(2..).unwrap_or_default();
            let opened = text.trim_end().ends_with(['(', ',', '[', '{']);
            let closed = rest.trim_start().starts_with([')', ',', ']', '}']);
            if let Some(argument) = argument {
                if opened && closed {
                    text.push_str(&argument.text);
                } else {
                    text.push_str(&self.fitted(argument, Rank::Atom, Open::No));
                    if rest.starts_with('.') && is_literal(&argument.text) {
                        text.push_str(self.code.receiver);
                    }
                }
            }
        }
        text + rest
    }

    fn literal(&self, value: f64) -> String {
        let plain = value.fract() == 0.0 && value.abs() < 9e15;
        match self.code.numbers {
            Literal::Integer if plain => format!("{value:.0}"),
            Literal::Exponent => format!("{value:e}"),
            _ => format!("{value:?}"),
        }
    }

    /// Is it a literal of many digits, which reads better as a decimal than as a part of a fraction?
    fn is_long(piece: &Piece) -> bool {
        piece.text.len() > 9 && piece.text.parse::<f64>().is_ok()
    }
}

impl Writer for CodeWriter<'_> {
    fn style(&self) -> Style {
        Style::Code
    }
    fn spelling(&self, applied: Applied) -> String {
        self.code.spelling(applied).unwrap_or("…").to_owned()
    }
    fn symbol(&self, symbol: &Symbol) -> Piece {
        Piece::leaf(self.names.of(symbol))
    }
    fn constant(&self, constant: Constant) -> Piece {
        let [pi, e, euler, infinity] = self.code.constants;
        let text = match constant {
            Constant::Pi => pi,
            Constant::E => e,
            Constant::EulerGamma => euler,
            Constant::Infinity => infinity,
            Constant::Undefined => "…",
        };
        Piece::leaf(text)
    }
    fn number(&self, number: &Number) -> Piece {
        Piece::leaf(self.literal(number.to_f64()))
    }
    fn raised(&self) -> &'static str {
        self.code.raised
    }
    fn indexed(&self, symbol: &Symbol, index: Vec<Piece>) -> Piece {
        // An entry of a list that is an argument of its own.
        let places: Option<Vec<String>> = index
            .iter()
            .map(|piece| whole(&piece.text).map(|n| n.to_string()))
            .collect();
        let entry = places.and_then(|places| {
            let joined = |glue: &str| {
                let name = format!("{}[{}]", symbol.name(), places.join(glue));
                self.names.get(&Symbol::new(&name))
            };
            joined(",").or_else(|| joined(", "))
        });
        if let Some(name) = entry {
            return Piece::leaf(name);
        }
        let mut piece = self.symbol(symbol);
        for index in index {
            piece = Piece::leaf(self.filled(self.code.element, &[piece, index]));
        }
        piece
    }
    fn fraction(&self, top: Piece, bottom: Piece, _slant: Slant) -> Piece {
        if let (true, Ok(above), Ok(below)) = (
            Self::is_long(&bottom),
            top.text.parse::<f64>(),
            bottom.text.parse::<f64>(),
        ) {
            return Piece::leaf(self.literal(above / below));
        }
        let text = format!(
            "{}/{}",
            self.fitted(&top, Rank::Product, Open::No),
            self.fitted(&bottom, Rank::Power, Open::No)
        );
        Piece::new(text, Rank::Product)
    }
    fn root(&self, inside: Piece, degree: Option<i64>) -> Piece {
        match degree {
            None => Piece::new(self.filled(self.code.root, &[inside]), Rank::Atom),
            Some(degree) => {
                let below = self.number(&Number::integer(degree));
                let one = self.number(&Number::ONE);
                let exponent = self.fraction(one, below, Slant::Slash);
                self.power(inside, exponent)
            }
        }
    }
    fn power(&self, base: Piece, exponent: Piece) -> Piece {
        let [integer, real] = self.code.powers;
        match whole(&exponent.text) {
            Some(n) if !integer.is_empty() => {
                let exponent = Piece::leaf(n.to_string());
                Piece::new(self.filled(integer, &[base, exponent]), Rank::Atom)
            }
            _ if !real.is_empty() => Piece::new(self.filled(real, &[base, exponent]), Rank::Atom),
            _ => {
                let text = format!(
                    "{}{}{}",
                    self.fitted(&base, Rank::Atom, Open::No),
                    self.raised(),
                    self.fitted(&exponent, Rank::Atom, Open::No)
                );
                Piece::new(text, Rank::Power)
            }
        }
    }
    fn call(&self, spelling: &str, arguments: &[Piece]) -> Piece {
        Piece::new(self.filled(spelling, arguments), Rank::Atom)
    }
    fn bound(&self, binder: Binder, variable: &Symbol, ends: [Piece; 2], body: Piece) -> Piece {
        let [sum, product, integral] = self.code.binders;
        let endless = ends.iter().any(|end| {
            let infinity = self.code.constants[3];
            end.text == infinity || end.text == format!("-{infinity}")
        });
        let spelling = match binder {
            Binder::Sum if endless => self.code.series,
            Binder::Sum => sum,
            Binder::Product => product,
            Binder::Integral => integral,
        };
        let [lower, upper] = ends;
        let variable = self.symbol(variable);
        Piece::new(
            self.filled(spelling, &[body, variable, lower, upper]),
            Rank::Atom,
        )
    }
    fn cases(&self, rows: Vec<(Piece, Option<Piece>)>) -> Piece {
        let mut rows = rows.into_iter().rev();
        let nothing = Piece::leaf("…");
        let last = rows.next().map_or(nothing.clone(), |(value, _)| value);
        let closed = self.code.cases.ends_with(')') || self.code.cases.ends_with(']');
        rows.fold(last, |rest, (value, condition)| {
            let condition = condition.unwrap_or_else(|| nothing.clone());
            let plain = |piece: Piece| {
                let typed = if is_literal(&piece.text) {
                    self.code.receiver
                } else {
                    ""
                };
                Piece::leaf(piece.text + typed)
            };
            let parts = if closed {
                [condition, value, rest]
            } else {
                [plain(condition), plain(value), plain(rest)]
            };
            let rank = if closed { Rank::Atom } else { Rank::Any };
            Piece::new(self.filled(self.code.cases, &parts), rank)
        })
    }
    fn comparison(&self, comparison: Comparison) -> &'static str {
        match comparison {
            Comparison::Equal => self.code.logic[2],
            Comparison::NotEqual => self.code.logic[3],
            Comparison::Less => "<",
            Comparison::LessEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterEqual => ">=",
        }
    }
    fn junction(&self, all: bool, parts: Vec<Piece>) -> Piece {
        let (word, rank, inner) = if all {
            (self.code.logic[0], Rank::All, Rank::Relation)
        } else {
            (self.code.logic[1], Rank::Any, Rank::All)
        };
        let inner = if self.code.brackets {
            Rank::Atom
        } else {
            inner
        };
        let parts: Vec<String> = parts
            .iter()
            .map(|p| self.fitted(p, inner, Open::ToTerms))
            .collect();
        Piece::new(parts.join(&format!(" {word} ")), rank)
    }
    fn truth(&self, holds: bool) -> Piece {
        Piece::leaf(self.code.logic[if holds { 4 } else { 5 }])
    }
}
