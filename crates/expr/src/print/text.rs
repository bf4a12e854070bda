//! Writer: the language itself, in ASCII.
//! In: shapes. Out: text that parses back to the same expression, unless it was cut (then it holds `…` and does not parse).

use super::names::Names;
use super::readings::Applied;
use super::writer::{Piece, Rank, Style, Writer};
use crate::expr::{Binder, Constant};
use crate::functions::FunctionRef;
use crate::{Number, Symbol};

/// Writes in the language, keeping functions apart from symbols of the same name.
pub struct Text {
    /// The names that occur.
    pub names: Names,
}

impl Writer for Text {
    fn style(&self) -> Style {
        Style::Code
    }
    fn spelling(&self, applied: Applied) -> String {
        let plain = applied.plain(applied.function.name());
        let usual = applied
            .reading
            .map_or(plain.clone(), |row| row.text.to_owned());
        let head = usual.split('(').next().unwrap_or_default();
        if !self.names.contains(head) {
            return usual;
        }
        // A declared name shadows the function: another name for it, or the function that it is a case of.
        let arity = usual.matches('#').count();
        let aliases = FunctionRef::find(head, arity).map_or(&[][..], |f| f.row().aliases);
        match aliases.iter().find(|alias| !self.names.contains(alias)) {
            Some(alias) => usual.replacen(head, alias, 1),
            None => plain,
        }
    }
    fn symbol(&self, symbol: &Symbol) -> Piece {
        Piece::leaf(symbol.name())
    }
    fn constant(&self, constant: Constant) -> Piece {
        match constant {
            Constant::Pi if self.names.contains("pi") => Piece::new("acos(-1)", Rank::Atom),
            Constant::Pi => Piece::leaf("pi"),
            Constant::E => Piece::new("exp(1)", Rank::Atom),
            Constant::EulerGamma if self.names.contains("EulerGamma") => {
                Piece::new("(-polygamma(0, 1))", Rank::Atom)
            }
            Constant::EulerGamma => Piece::leaf("EulerGamma"),
            Constant::Infinity => Piece::leaf("inf"),
            Constant::Undefined => Piece::new("1/0", Rank::Product),
        }
    }
    fn root(&self, inside: Piece, degree: Option<i64>) -> Piece {
        match degree {
            None if !self.names.contains("sqrt") => {
                Piece::new(format!("sqrt({})", inside.text), Rank::Atom)
            }
            degree => {
                let exponent = Number::integer(degree.unwrap_or(2)).recip();
                self.power(inside, Piece::new(exponent.to_string(), Rank::Product))
            }
        }
    }
    fn bound(&self, binder: Binder, variable: &Symbol, ends: [Piece; 2], body: Piece) -> Piece {
        let name = match binder {
            Binder::Sum => "sum",
            Binder::Product => "prod",
            Binder::Integral => "integral",
        };
        let [lower, upper] = ends.map(|p| p.text);
        Piece::new(
            format!("{name}({variable}, {lower}, {upper}, {})", body.text),
            Rank::Atom,
        )
    }
    fn cases(&self, rows: Vec<(Piece, Option<Piece>)>) -> Piece {
        let mut rows = rows.into_iter().rev();
        let last = rows.next().map(|(value, _)| value.text).unwrap_or_default();
        let text = rows.fold(last, |rest, (value, condition)| {
            let condition = condition.map(|c| c.text).unwrap_or_default();
            format!("if({condition}, {}, {rest})", value.text)
        });
        Piece::new(text, Rank::Atom)
    }
}
