//! Spellings of functions with places for their arguments (`\log #1`, `ψ^(#1)(#2)`).
//! In: a spelling, written arguments. Out: a `Piece`. Never: the name of a function.

use super::writer::{Open, Piece, Rank, Writer};

/// A spelling taken apart: literal text, then an argument's number, and so on; a last literal.
pub struct Template<'a> {
    parts: Vec<(&'a str, usize)>,
    end: &'a str,
}

impl<'a> Template<'a> {
    /// Takes a spelling apart; `#1` is argument 0.
    pub fn new(spelling: &'a str) -> Self {
        let mut parts = Vec::new();
        let mut rest = spelling;
        while let Some(place) = rest.find('#') {
            let Some(digit) = rest[place + 1..]
                .chars()
                .next()
                .and_then(|c| c.to_digit(10))
            else {
                break;
            };
            parts.push((&rest[..place], digit.saturating_sub(1) as usize));
            rest = &rest[place + 2..];
        }
        Self { parts, end: rest }
    }

    /// The operator's name, where the spelling is a name and one argument without brackets (`\log #1`).
    pub fn operator(&self) -> Option<&'a str> {
        match &self.parts[..] {
            [(name, 0)] if self.end.is_empty() && !is_enclosing(name) => Some(name.trim_end()),
            _ => None,
        }
    }
}

/// Does an argument after this text need no brackets of its own?
fn is_enclosing(literal: &str) -> bool {
    let literal = literal.trim_end();
    literal.ends_with(['(', '{', '[', '|', ',', '⌊', '_']) || literal.ends_with("floor")
}

/// What a spelling is once what stands in brackets is left out.
enum Shape {
    Call,
    Product,
    Words,
}

fn shape(spelling: &str) -> Shape {
    let (mut depth, mut words) = (0_i32, 0);
    let plain = spelling.replace(r"\left", "").replace(r"\right", "");
    let mut letters = plain.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '(' | '{' | '[' | '⌊' => depth += 1,
            ')' | '}' | ']' | '⌋' => depth -= 1,
            '/' | '*' if depth == 0 => return Shape::Product,
            '\\' if depth == 0 => {
                let mut name = String::new();
                while let Some(letter) = letters.next_if(char::is_ascii_alphabetic) {
                    name.push(letter);
                }
                if !name.ends_with("floor") {
                    words += 1;
                }
            }
            c if depth == 0 && c.is_alphabetic() => {
                while letters.next_if(|c| c.is_alphanumeric()).is_some() {}
                words += 1;
            }
            _ => {}
        }
    }
    if words > 1 { Shape::Words } else { Shape::Call }
}

/// A spelling with its arguments in their places.
pub fn filled<W: Writer + ?Sized>(writer: &W, spelling: &str, arguments: &[Piece]) -> Piece {
    let template = Template::new(spelling);
    let nothing = Piece::leaf("");
    if let Some(name) = template.operator() {
        let argument = arguments.first().unwrap_or(&nothing);
        return applied(writer, name, argument);
    }
    let tall = arguments.iter().any(|a| a.tall);
    let literal = |text: &str| {
        if tall {
            text.to_owned()
        } else {
            writer.flattened(text)
        }
    };
    let mut text = String::new();
    let mut closing = None;
    for (before, place) in &template.parts {
        let argument = arguments.get(*place).unwrap_or(&nothing);
        let mut before = *before;
        if let Some(mark) = closing.take() {
            before = before.strip_prefix(mark).unwrap_or(before);
        }
        let script = [("_", ""), ("^(", ")")]
            .into_iter()
            .filter(|(mark, _)| before.ends_with(mark))
            .find_map(|(mark, close)| Some((mark, close, writer.script(&argument.text, mark)?)));
        if let Some((mark, close, script)) = script {
            text.push_str(&literal(&before[..before.len() - mark.len()]));
            text.push_str(&script);
            closing = Some(close);
        } else {
            text.push_str(&literal(before));
            if is_enclosing(before) {
                text.push_str(&argument.text);
            } else {
                text.push_str(&writer.fitted(argument, Rank::Atom, Open::No));
            }
        }
    }
    let end = closing
        .and_then(|mark| template.end.strip_prefix(mark))
        .unwrap_or(template.end);
    text.push_str(&literal(end));
    match shape(spelling) {
        Shape::Call => Piece {
            simple: text.starts_with(['|', '⌊']) || text.starts_with(r"\left|"),
            ..Piece::new(text, Rank::Atom).taller(tall)
        },
        Shape::Product => Piece::new(text, Rank::Product).taller(tall),
        Shape::Words => Piece::new(text, Rank::Product)
            .taller(tall)
            .opened(Open::ToFactors),
    }
}

/// An operator's name before its argument: `log x`, `log(1 - x)`.
pub fn applied<W: Writer + ?Sized>(writer: &W, name: &str, argument: &Piece) -> Piece {
    let closed = format!("{name}{}", writer.brackets(&argument.text, argument.tall));
    if argument.simple {
        let glue = if name.ends_with('√') { "" } else { " " };
        return Piece {
            closed: Some(closed),
            is_call: true,
            ..Piece::new(format!("{name}{glue}{}", argument.text), Rank::Product)
                .opened(Open::ToFactors)
        };
    }
    Piece::new(closed, Rank::Atom).taller(argument.tall)
}
