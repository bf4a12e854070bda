//! What a writer must be able to spell, and how pieces of text are put together.
//! In: a `Notation`. Out: `Piece`s. Never: mathematics: which shape stands where was decided in `notation`.

use super::notation::{Comparison, Notation, Slant};
use super::readings::{Applied, Relative};
use super::template;
use crate::expr::{Binder, Constant};
use crate::{Expr, Number, Symbol};

/// How tightly the outermost part of a piece holds together; looser pieces get brackets inside tighter ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// a or b
    Any,
    /// a and b
    All,
    /// a < b
    Relation,
    /// a + b, and −a
    Sum,
    /// a·b, a/b
    Product,
    /// a^b
    Power,
    /// a name, a number, anything that brings its own brackets
    Atom,
}

/// What an unbracketed piece would swallow if it stood next on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Open {
    /// Nothing.
    No,
    /// A factor: `log x`.
    ToFactors,
    /// Terms and factors: `Σ a`.
    ToTerms,
}

/// A written part of a formula.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The text itself.
    pub text: String,
    /// How tightly it holds together.
    pub rank: Rank,
    /// Higher than a line, so that brackets around it must grow.
    pub tall: bool,
    /// How far it would reach over what follows it.
    pub open: Open,
    /// Short enough to follow a function's name without brackets.
    pub simple: bool,
    /// The same with the last argument in brackets (`2 log(x)`), so that it is not open.
    pub closed: Option<String>,
    /// Is the closed form a call, which needs no brackets anywhere?
    pub is_call: bool,
}

impl Piece {
    /// A piece on one line.
    pub fn new(text: impl Into<String>, rank: Rank) -> Self {
        Self {
            text: text.into(),
            rank,
            tall: false,
            open: Open::No,
            simple: false,
            closed: None,
            is_call: false,
        }
    }
    /// A name or a number.
    pub fn leaf(text: impl Into<String>) -> Self {
        Self {
            simple: true,
            ..Self::new(text, Rank::Atom)
        }
    }
    /// The same piece, as tall as that.
    #[must_use]
    pub fn taller(mut self, tall: bool) -> Self {
        self.tall |= tall;
        self
    }
    /// The same piece, open to the right.
    #[must_use]
    pub fn opened(mut self, open: Open) -> Self {
        self.open = self.open.max(open);
        self
    }
}

/// Which of the two ways of reading a format follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// For eyes: `e^{-x}`, stacked fractions.
    Page,
    /// For programs: every function is a call.
    Code,
}

/// A format: how each shape is spelled. The defaults write one line of plain text.
pub trait Writer {
    /// For eyes or for programs.
    fn style(&self) -> Style;
    /// How fractions are set outside exponents.
    fn slant(&self) -> Slant {
        Slant::Slash
    }
    /// The spelling of a function; `#1`, `#2` are its arguments.
    fn spelling(&self, applied: Applied) -> String;
    /// The function that stands for one that the format does not know.
    fn relative(&self, _applied: Applied) -> Option<Relative> {
        None
    }
    /// A name.
    fn symbol(&self, symbol: &Symbol) -> Piece;
    /// π, e, γ, ∞, undefined.
    fn constant(&self, constant: Constant) -> Piece;
    /// Σ, Π or ∫.
    fn bound(&self, binder: Binder, variable: &Symbol, ends: [Piece; 2], body: Piece) -> Piece;
    /// Values with their conditions; the last has none.
    fn cases(&self, rows: Vec<(Piece, Option<Piece>)>) -> Piece;

    /// An integer that is not negative.
    fn number(&self, number: &Number) -> Piece {
        Piece::leaf(number.to_string())
    }
    /// `y[i, j]`
    fn indexed(&self, symbol: &Symbol, index: Vec<Piece>) -> Piece {
        let index: Vec<String> = index.into_iter().map(|p| p.text).collect();
        Piece::leaf(format!(
            "{}[{}]",
            self.symbol(symbol).text,
            index.join(", ")
        ))
    }
    /// The minus sign.
    fn minus(&self) -> &'static str {
        "-"
    }
    /// The multiplication sign between two written factors.
    fn times(&self, _left: &str, _right: &str) -> &'static str {
        "*"
    }
    /// The sign of a power.
    fn raised(&self) -> &'static str {
        "^"
    }
    /// Round brackets.
    fn brackets(&self, inner: &str, _tall: bool) -> String {
        format!("({inner})")
    }
    /// The text of a piece where at least that rank is needed, and at most that openness may be left.
    fn fitted(&self, piece: &Piece, rank: Rank, open: Open) -> String {
        if piece.rank >= rank && piece.open <= open {
            return piece.text.clone();
        }
        match &piece.closed {
            Some(closed) if piece.rank >= rank || piece.is_call => closed.clone(),
            _ => self.brackets(&piece.text, piece.tall),
        }
    }
    /// Signed terms.
    fn sum(&self, terms: Vec<(bool, Piece)>) -> Piece {
        let mut text = String::new();
        let last = terms.len().saturating_sub(1);
        for (i, (negative, piece)) in terms.iter().enumerate() {
            match (i, negative) {
                (0, true) => text.push_str(self.minus()),
                (0, false) => {}
                (_, true) => text.push_str(&format!(" {} ", self.minus())),
                (_, false) => text.push_str(" + "),
            }
            let rank = if i == 0 && !negative {
                Rank::Sum
            } else {
                Rank::Product
            };
            let open = if i == last {
                Open::ToTerms
            } else {
                Open::ToFactors
            };
            text.push_str(&self.fitted(piece, rank, open));
        }
        let tall = terms.iter().any(|(_, p)| p.tall);
        let open = terms.last().map_or(Open::No, |(_, p)| p.open);
        Piece::new(text, Rank::Sum).taller(tall).opened(open)
    }
    /// Factors.
    fn product(&self, factors: Vec<Piece>) -> Piece {
        let mut text = String::new();
        // Where one function needs its brackets, so do the others: log(x) log(y).
        let opens = factors.iter().filter(|p| p.open != Open::No).count();
        let last = factors.len().saturating_sub(1);
        let allowed = match factors.last() {
            Some(p) if opens == 1 || p.closed.is_none() => p.open,
            _ => Open::No,
        };
        for (i, piece) in factors.iter().enumerate() {
            let open = if i == last { allowed } else { Open::No };
            let written = self.fitted(piece, Rank::Product, open);
            if i > 0 {
                text.push_str(self.times(&text, &written));
            }
            text.push_str(&written);
        }
        let tall = factors.iter().any(|p| p.tall);
        let mut piece = Piece::new(text, Rank::Product).taller(tall).opened(allowed);
        if let Some((last, closed)) = factors.last().and_then(|p| Some((p, p.closed.as_ref()?)))
            && allowed != Open::No
            && last.rank >= Rank::Product
        {
            let before = &piece.text[..piece.text.len() - last.text.len()];
            piece.closed = Some(format!("{before}{closed}"));
        }
        piece
    }
    /// A quotient.
    fn fraction(&self, top: Piece, bottom: Piece, _slant: Slant) -> Piece {
        let text = format!(
            "{}/{}",
            self.fitted(&top, Rank::Product, Open::No),
            self.fitted(&bottom, Rank::Power, Open::No)
        );
        Piece::new(text, Rank::Product).taller(top.tall || bottom.tall)
    }
    /// A square root, or a root of that degree.
    fn root(&self, inside: Piece, degree: Option<i64>) -> Piece {
        match degree {
            None => Piece::leaf(format!("sqrt({})", inside.text)),
            Some(degree) => self.power(inside, Piece::new(format!("1/{degree}"), Rank::Product)),
        }
    }
    /// A power.
    fn power(&self, base: Piece, exponent: Piece) -> Piece {
        let text = format!(
            "{}{}{}",
            self.fitted(&base, Rank::Atom, Open::No),
            self.raised(),
            self.fitted(&exponent, Rank::Atom, Open::No)
        );
        Piece::new(text, Rank::Power)
    }
    /// A function applied to its arguments.
    fn call(&self, spelling: &str, arguments: &[Piece]) -> Piece {
        template::filled(self, spelling, arguments)
    }
    /// A power of a function's value.
    fn power_of_call(&self, spelling: &str, arguments: &[Piece], exponent: Piece) -> Piece {
        self.power(self.call(spelling, arguments), exponent)
    }
    /// A subscript (`_#1`) or a superscript in brackets (`^(#1)`) of a spelling, where the format has letters for it.
    fn script(&self, _argument: &str, _mark: &str) -> Option<String> {
        None
    }
    /// The spelling with brackets that do not grow.
    fn flattened(&self, literal: &str) -> String {
        literal.to_owned()
    }
    /// The sign of a comparison.
    fn comparison(&self, comparison: Comparison) -> &'static str {
        match comparison {
            Comparison::Equal => "==",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::LessEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterEqual => ">=",
        }
    }
    /// A comparison.
    fn relation(&self, comparison: Comparison, left: Piece, right: Piece) -> Piece {
        let text = format!(
            "{} {} {}",
            self.fitted(&left, Rank::Sum, Open::ToTerms),
            self.comparison(comparison),
            self.fitted(&right, Rank::Sum, Open::ToTerms)
        );
        Piece::new(text, Rank::Relation).taller(left.tall || right.tall)
    }
    /// All, or any, of the conditions; at least two.
    fn junction(&self, all: bool, parts: Vec<Piece>) -> Piece {
        let (word, rank, inner) = if all {
            (" and ", Rank::All, Rank::Relation)
        } else {
            (" or ", Rank::Any, Rank::All)
        };
        let parts: Vec<String> = parts
            .iter()
            .map(|p| self.fitted(p, inner, Open::ToTerms))
            .collect();
        Piece::new(parts.join(word), rank)
    }
    /// A condition that always or never holds.
    fn truth(&self, holds: bool) -> Piece {
        Piece::new(if holds { "0 < 1" } else { "1 < 0" }, Rank::Relation)
    }
    /// The mark of a formula that is too deep or too long to be written.
    fn cut(&self) -> Piece {
        Piece::leaf("…")
    }
    /// A matrix, row by row.
    fn matrix(&self, rows: Vec<Vec<Piece>>) -> String {
        let rows: Vec<String> = rows
            .into_iter()
            .map(|row| {
                let row: Vec<String> = row.into_iter().map(|p| p.text).collect();
                format!("[{}]", row.join(", "))
            })
            .collect();
        format!("[{}]", rows.join(", "))
    }
}

/// A longer text is cut and ends in `…`.
pub const LONGEST: usize = 1_000_000;

/// Cuts what is too long to be of use.
pub fn shortened(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (0..=LONGEST)
            .rev()
            .find(|i| text.is_char_boundary(*i))
            .unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Writes an expression.
pub fn write<W: Writer + ?Sized>(writer: &W, e: &Expr) -> String {
    shortened(piece(writer, &Notation::of(writer, e)).text)
}

/// Writes a matrix.
pub fn write_matrix<W: Writer + ?Sized>(writer: &W, rows: &[Vec<Expr>]) -> String {
    let rows = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|e| piece(writer, &Notation::of(writer, e)))
                .collect()
        })
        .collect();
    shortened(writer.matrix(rows))
}

/// Writes a notation. Its depth is bounded where it is made.
pub fn piece<W: Writer + ?Sized>(writer: &W, notation: &Notation) -> Piece {
    let all =
        |parts: &[Notation]| -> Vec<Piece> { parts.iter().map(|p| piece(writer, p)).collect() };
    match notation {
        Notation::Number(n) => writer.number(n),
        Notation::Constant(c) => writer.constant(*c),
        Notation::Symbol(s) => writer.symbol(s),
        Notation::Indexed(s, index) => writer.indexed(s, all(index)),
        Notation::Sum(terms) => writer.sum(
            terms
                .iter()
                .map(|(negative, term)| (*negative, piece(writer, term)))
                .collect(),
        ),
        Notation::Product(factors) => writer.product(all(factors)),
        Notation::Fraction(parts, slant) => {
            writer.fraction(piece(writer, &parts.0), piece(writer, &parts.1), *slant)
        }
        Notation::Root(inside, degree) => writer.root(piece(writer, inside), *degree),
        Notation::Power(parts) => match &parts.0 {
            Notation::Call(applied, arguments) => writer.power_of_call(
                &writer.spelling(*applied),
                &all(arguments),
                piece(writer, &parts.1),
            ),
            base => writer.power(piece(writer, base), piece(writer, &parts.1)),
        },
        Notation::Call(applied, arguments) => {
            writer.call(&writer.spelling(*applied), &all(arguments))
        }
        Notation::Relation(comparison, sides) => writer.relation(
            *comparison,
            piece(writer, &sides.0),
            piece(writer, &sides.1),
        ),
        Notation::Junction(_, parts) if parts.len() == 1 => piece(writer, &parts[0]),
        Notation::Junction(holds, parts) if parts.is_empty() => writer.truth(*holds),
        Notation::Junction(conjunction, parts) => writer.junction(*conjunction, all(parts)),
        Notation::Cases(rows) => writer.cases(
            rows.iter()
                .map(|(value, condition)| {
                    (
                        piece(writer, value),
                        condition.as_ref().map(|c| piece(writer, c)),
                    )
                })
                .collect(),
        ),
        Notation::Bound(binder, variable, parts) => {
            let [lower, upper, body] = &**parts;
            let ends = [piece(writer, lower), piece(writer, upper)];
            writer.bound(*binder, variable, ends, piece(writer, body))
        }
        Notation::Cut => writer.cut(),
    }
}
