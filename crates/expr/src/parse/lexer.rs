//! The lexer: text as a list of tokens, each with its place.
//! In: text. Out: `Vec<Token>`, brackets paired, line ends only where they end a statement. Never: what a name means.

use super::brackets::paired;
use super::problems::SyntaxError;
use super::unicode::{
    FRACTIONS, GREEK, HINTS, MARKS, NAMED_SIGNS, SUBSCRIPTS, SUPERSCRIPTS, look_up, plain,
};
use crate::Number;
use crate::problem::Span;
use smallvec::SmallVec;

/// The longest text that is read, in bytes.
pub const LONGEST_INPUT: usize = 1 << 20;

/// A mark: a token without content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // each is named by what it is
pub enum Mark {
    Plus,
    Minus,
    Star,
    Slash,
    Caret,
    Bang,
    Bar,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
    Semicolon,
    NewLine,
    Colon,
    Tilde,
    Equal,
    EqualEqual,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Root,
    DotDot,
    Ellipsis,
}

impl Mark {
    /// Does it stand between two things, so that neither a line nor a statement begins or ends with it?
    #[must_use]
    pub fn joins(self) -> bool {
        matches!(
            self,
            Self::Plus
                | Self::Minus
                | Self::Star
                | Self::Slash
                | Self::Caret
                | Self::Comma
                | Self::Colon
        )
    }
}

/// How a name was spelled: it matters for letters that are functions too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// An ASCII word.
    Word,
    /// A Greek letter.
    Greek,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number, exact.
    Number(Number),
    /// A name by its ASCII spelling.
    Name(Box<str>, Spelling),
    /// A superscript: sign, digits, letter.
    Superscript {
        /// Is there a minus?
        negative: bool,
        /// The digits.
        digits: Option<Number>,
        /// The letter, as an ASCII name.
        letter: Option<Box<str>>,
    },
    /// A mark.
    Mark(Mark),
}

/// A token and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its place.
    pub span: Span,
}

impl Token {
    /// Is it this mark?
    #[must_use]
    pub fn is(&self, mark: Mark) -> bool {
        self.kind == Kind::Mark(mark)
    }

    /// The name, if it is one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match &self.kind {
            Kind::Name(name, _) => Some(name),
            _ => None,
        }
    }

    /// The mark, if it is one.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        match self.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }
}

/// Splits `text` into tokens, checks that brackets come in pairs, and drops line ends inside brackets and after tokens that want more.
///
/// # Errors
/// The first character, number or bracket that has no place in the language.
pub fn tokens(text: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut tokens = TokenBuffer::new();
    read_tokens(text, &mut tokens)?;
    Ok(tokens.into_vec())
}

/// Tokens of a short text lie on the stack.
pub(super) type TokenBuffer = SmallVec<[Token; 48]>;

/// The same, into a buffer.
pub(super) fn read_tokens(text: &str, tokens: &mut TokenBuffer) -> Result<(), SyntaxError> {
    if text.len() > LONGEST_INPUT {
        let at = Span::new(0, text.chars().next().map_or(0, char::len_utf8));
        return Err(SyntaxError::InputTooLong {
            at,
            length: text.len(),
            limit: LONGEST_INPUT,
        });
    }
    let mut reader = Reader {
        text,
        at: 0,
        tokens,
    };
    while let Some(byte) = text.as_bytes().get(reader.at) {
        let start = reader.at;
        match byte {
            b' ' => reader.at += 1,
            b'0'..=b'9' => reader.number(start)?,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => reader.word(start),
            _ => match ascii_sign(&text.as_bytes()[start..]) {
                Some((mark, length)) => {
                    reader.at += length;
                    reader.push(Kind::Mark(mark), start);
                }
                None => {
                    let character = reader.peek();
                    character.map_or(Ok(()), |character| reader.token(character))?;
                }
            },
        }
    }
    paired(tokens)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    tokens: &'a mut TokenBuffer,
}

fn word_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let start = self.at;
        let rest = self.rest();
        self.at += rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        &self.text[start..self.at]
    }

    /// The same for ASCII characters.
    fn take_bytes(&mut self, wanted: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        self.at += rest.iter().take_while(|byte| wanted(**byte)).count();
        &self.text[start..self.at]
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token {
            kind,
            span: Span::new(start, self.at),
        });
    }

    fn token(&mut self, character: char) -> Result<(), SyntaxError> {
        let start = self.at;
        match character {
            '\n' => {
                self.at += 1;
                self.push(Kind::Mark(Mark::NewLine), start);
            }
            '#' => {
                self.take_while(|c| c != '\n');
            }
            '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{2062}' => self.at += character.len_utf8(),
            c if c.is_whitespace() => self.at += c.len_utf8(),
            '.' => self.dots(start)?,
            _ => self.sign(character, start)?,
        }
        Ok(())
    }

    fn word(&mut self, start: usize) {
        let word = self.take_bytes(|b| b.is_ascii_alphanumeric() || b == b'_');
        let name = if self.rest().bytes().next().is_none_or(|b| b.is_ascii()) {
            word.into()
        } else {
            let mut name = word.to_owned();
            self.subscript(&mut name);
            name.into()
        };
        self.push(Kind::Name(name, Spelling::Word), start);
    }

    fn dots(&mut self, start: usize) -> Result<(), SyntaxError> {
        let dots = self.rest().bytes().take_while(|b| *b == b'.').count();
        let kind = match dots {
            1 if self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                return self.number(start);
            }
            2 => Mark::DotDot,
            3 => Mark::Ellipsis,
            _ => {
                return Err(SyntaxError::UnknownCharacter {
                    at: Span::new(start, start + dots),
                    character: '.',
                    hint: look_up(HINTS, '.'),
                });
            }
        };
        self.at += dots;
        self.push(Kind::Mark(kind), start);
        Ok(())
    }

    fn number(&mut self, start: usize) -> Result<(), SyntaxError> {
        let digit = |b: u8| b.is_ascii_digit();
        self.take_bytes(digit);
        if self.rest().starts_with('.') && !self.rest().starts_with("..") {
            self.at += 1;
            self.take_bytes(digit);
        }
        // An exponent, unless the letters and digits go on: `2e3` is a number, `2e3x` and `2exp` are products.
        if self.rest().starts_with(['e', 'E']) {
            let after = &self.rest()[1..];
            let signed = after.strip_prefix(['+', '-', '−']).unwrap_or(after);
            let digits = signed.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 && !signed[digits..].starts_with(word_part) {
                self.at += 1 + (after.len() - signed.len()) + digits;
            }
        }
        if self.rest().starts_with('_')
            || (self.rest().starts_with('.') && !self.rest().starts_with(".."))
        {
            self.take_while(|c| word_part(c) || c == '.');
            return Err(SyntaxError::MalformedNumber {
                at: Span::new(start, self.at),
                text: self.text[start..self.at].to_owned(),
            });
        }
        let at = Span::new(start, self.at);
        let spelled = &self.text[start..self.at];
        let value = if spelled.is_ascii() {
            Number::parse_decimal(spelled)
        } else {
            Number::parse_decimal(&spelled.replace('−', "-"))
        };
        let value = value.ok_or(SyntaxError::NumberTooLarge { at })?;
        self.push(Kind::Number(value), start);
        Ok(())
    }

    /// Appends subscripts and the tail of an indexed Greek letter (`θ1`, `θ_1`, `σ₀`) to `name`.
    fn subscript(&mut self, name: &mut String) {
        let subscript: String = self
            .rest()
            .chars()
            .map_while(|c| look_up(SUBSCRIPTS, c))
            .collect();
        if !subscript.is_empty() {
            self.take_while(|c| look_up(SUBSCRIPTS, c).is_some());
            name.push('_');
            name.push_str(&subscript);
        }
    }

    fn sign(&mut self, character: char, start: usize) -> Result<(), SyntaxError> {
        let letter = plain(character);
        self.at += character.len_utf8();
        if let Some(name) = look_up(GREEK, letter) {
            let mut name = name.to_owned();
            if self
                .rest()
                .starts_with(|c: char| c.is_ascii_digit() || c == '_')
            {
                name.push_str(self.take_while(word_part));
            }
            self.subscript(&mut name);
            self.push(Kind::Name(name.into(), Spelling::Greek), start);
        } else if letter.is_ascii_alphabetic() {
            let mut name = letter.to_string();
            self.subscript(&mut name);
            self.push(Kind::Name(name.into(), Spelling::Word), start);
        } else if let Some(digit) = letter.to_digit(10) {
            self.push(Kind::Number(Number::integer(digit.into())), start);
        } else if let Some(name) = look_up(NAMED_SIGNS, character) {
            let positive = name == "real" && self.rest().starts_with(['⁺', '₊']);
            let name = if positive { "positive" } else { name };
            self.at += if positive { '⁺'.len_utf8() } else { 0 };
            self.push(Kind::Name(name.into(), Spelling::Greek), start);
        } else if let Some(mark) = look_up(MARKS, character) {
            self.push(Kind::Mark(mark), start);
        } else if let Some((_, top, bottom)) = FRACTIONS.iter().find(|row| row.0 == character) {
            self.push(Kind::Number(Number::ratio(*top, *bottom)), start);
        } else if look_up(SUPERSCRIPTS, character).is_some() {
            self.at = start;
            self.superscript(start)?;
        } else {
            let at = Span::new(start, self.at);
            return Err(SyntaxError::UnknownCharacter {
                at,
                character,
                hint: look_up(HINTS, character),
            });
        }
        Ok(())
    }

    fn superscript(&mut self, start: usize) -> Result<(), SyntaxError> {
        let text = self
            .take_while(|c| look_up(SUPERSCRIPTS, c).is_some())
            .to_owned();
        let at = Span::new(start, self.at);
        let spelled: String = text
            .chars()
            .filter_map(|c| look_up(SUPERSCRIPTS, c))
            .collect();
        let unsigned = spelled.strip_prefix(['+', '-']).unwrap_or(&spelled);
        let letters = unsigned.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &unsigned[..unsigned.len() - letters.len()];
        let letter = match letters.chars().next() {
            None => None,
            Some(letter) if letters.chars().count() == 1 && !"+-".contains(letter) => Some(
                look_up(GREEK, letter)
                    .map_or_else(|| letter.to_string(), str::to_owned)
                    .into(),
            ),
            Some(_) => return Err(SyntaxError::MalformedExponent { at, text }),
        };
        if unsigned.is_empty() {
            return Err(SyntaxError::MalformedExponent { at, text });
        }
        let digits = match digits {
            "" => None,
            digits => {
                Some(Number::parse_decimal(digits).ok_or(SyntaxError::NumberTooLarge { at })?)
            }
        };
        self.push(
            Kind::Superscript {
                negative: spelled.starts_with('-'),
                digits,
                letter,
            },
            start,
        );
        Ok(())
    }
}

/// The ASCII sign at the beginning, with its length.
fn ascii_sign(text: &[u8]) -> Option<(Mark, usize)> {
    let two = match text {
        [b'*', b'*', ..] => Some(Mark::Caret),
        [b'=', b'=', ..] => Some(Mark::EqualEqual),
        [b'!', b'=', ..] => Some(Mark::NotEqual),
        [b'<', b'=', ..] => Some(Mark::LessEqual),
        [b'>', b'=', ..] => Some(Mark::GreaterEqual),
        _ => None,
    };
    if let Some(mark) = two {
        return Some((mark, 2));
    }
    let mark = match text.first()? {
        b'+' => Mark::Plus,
        b'-' => Mark::Minus,
        b'*' => Mark::Star,
        b'/' => Mark::Slash,
        b'^' => Mark::Caret,
        b'!' => Mark::Bang,
        b'|' => Mark::Bar,
        b'(' => Mark::OpenParen,
        b')' => Mark::CloseParen,
        b'[' => Mark::OpenBracket,
        b']' => Mark::CloseBracket,
        b'{' => Mark::OpenBrace,
        b'}' => Mark::CloseBrace,
        b',' => Mark::Comma,
        b';' => Mark::Semicolon,
        b':' => Mark::Colon,
        b'~' => Mark::Tilde,
        b'=' => Mark::Equal,
        b'<' => Mark::Less,
        b'>' => Mark::Greater,
        _ => return None,
    };
    Some((mark, 1))
}
