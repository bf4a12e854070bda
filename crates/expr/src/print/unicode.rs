//! Writer: one line of Unicode for a person at a terminal.
//! In: shapes. Out: `ψ⁽¹⁾(α)`, `1/(2·σ²)`, `√x`. Never: text that must parse back (it mostly does).

use super::names::{self, Names};
use super::notation::Comparison;
use super::readings::Applied;
use super::template::Template;
use super::writer::{Open, Piece, Rank, Style, Writer};
use crate::Symbol;
use crate::expr::{Binder, Constant};

/// Writes Unicode on one line.
pub struct Unicode {
    /// The names that occur.
    pub names: Names,
}

const RAISED: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('−', '⁻'),
    ('+', '⁺'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
    ('k', 'ᵏ'),
    ('m', 'ᵐ'),
];
const LOWERED: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('−', '₋'),
    ('+', '₊'),
    ('i', 'ᵢ'),
    ('j', 'ⱼ'),
    ('k', 'ₖ'),
    ('n', 'ₙ'),
    ('m', 'ₘ'),
];

/// The text in small letters, if there are such letters for all of it.
fn small(text: &str, letters: &[(char, char)]) -> Option<String> {
    text.chars()
        .map(|c| letters.iter().find(|row| row.0 == c).map(|row| row.1))
        .collect()
}

fn name(symbol: &Symbol) -> String {
    let (letter, subscripts) = names::parts(symbol.name());
    let mut out =
        names::greek(letter).map_or_else(|| letter.to_owned(), |(_, row)| row.letter.to_string());
    for (i, subscript) in subscripts.into_iter().enumerate() {
        let subscript = names::greek(subscript)
            .map_or_else(|| subscript.to_owned(), |(_, row)| row.letter.to_string());
        match small(&subscript, LOWERED) {
            Some(lowered)
                if i == 0
                    && (lowered.chars().count() == 1
                        || subscript.chars().all(|c| c.is_ascii_digit())) =>
            {
                out.push_str(&lowered)
            }
            _ => {
                out.push('_');
                out.push_str(&subscript);
            }
        }
    }
    out
}

fn is_greek(text: &str) -> bool {
    let mut letters = text.chars();
    letters
        .next()
        .is_some_and(|c| names::GREEK.iter().any(|row| row.letter == c))
        && letters.all(|c| RAISED.iter().chain(LOWERED).any(|row| row.1 == c))
}

impl Writer for Unicode {
    fn style(&self) -> Style {
        Style::Page
    }
    fn spelling(&self, applied: Applied) -> String {
        applied.spelled(|row| row.unicode, applied.function.row().spelled.unicode)
    }
    fn symbol(&self, symbol: &Symbol) -> Piece {
        Piece::leaf(name(symbol))
    }
    fn constant(&self, constant: Constant) -> Piece {
        Piece::leaf(match constant {
            Constant::Pi => "π",
            Constant::E if self.names.contains("e") => "ℯ",
            Constant::E => "e",
            Constant::EulerGamma if self.names.contains("gamma") => "γ_E",
            Constant::EulerGamma => "γ",
            Constant::Infinity => "∞",
            Constant::Undefined => "undefined",
        })
    }
    fn minus(&self) -> &'static str {
        "−"
    }
    fn times(&self, left: &str, right: &str) -> &'static str {
        // 2πσ², 2√x, 3(x − 1), but 2·10, x·y, p·(1 − p), √α·λ.
        let left = left.rsplit('·').next().unwrap_or(left);
        let number = !left.is_empty() && left.chars().all(|c| c.is_ascii_digit());
        let digit = right.starts_with(|c: char| c.is_ascii_digit() || c == '{');
        let greek = |text: &str| is_greek(text.trim_start_matches(|c: char| c.is_ascii_digit()));
        let last = left
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_alphabetic() && names::GREEK.iter().any(|row| row.letter == *c));
        let plain = last.filter(|(i, _)| !left[..*i].ends_with(['√', '∛', '∜']));
        let tail = plain.map_or("", |(i, _)| &left[i..]);
        let word = right.chars().take_while(char::is_ascii_alphabetic).count() > 1;
        if (number && !digit && !word) || (greek(tail) && greek(right)) {
            ""
        } else {
            "·"
        }
    }
    fn indexed(&self, symbol: &Symbol, index: Vec<Piece>) -> Piece {
        let index: Vec<String> = index.into_iter().map(|p| p.text).collect();
        let name = name(symbol);
        let lowered: Option<Vec<String>> = index.iter().map(|i| small(i, LOWERED)).collect();
        match lowered {
            Some(lowered) if lowered.len() == 1 => {
                Piece::leaf(format!("{name}{}", lowered.concat()))
            }
            _ => Piece::leaf(format!("{name}[{}]", index.join(", "))),
        }
    }
    fn root(&self, inside: Piece, degree: Option<i64>) -> Piece {
        let sign = match degree {
            None => "√",
            Some(3) => "∛",
            Some(4) => "∜",
            Some(degree) => {
                return self.power(inside, Piece::new(format!("1/{degree}"), Rank::Product));
            }
        };
        if inside.simple {
            return Piece::new(format!("{sign}{}", inside.text), Rank::Power);
        }
        Piece::new(format!("{sign}({})", inside.text), Rank::Atom)
    }
    fn power(&self, base: Piece, exponent: Piece) -> Piece {
        let base = self.fitted(&base, Rank::Atom, Open::No);
        match small(&exponent.text, RAISED) {
            Some(raised) => Piece::new(format!("{base}{raised}"), Rank::Power),
            None => Piece::new(
                format!("{base}^{}", self.fitted(&exponent, Rank::Atom, Open::No)),
                Rank::Power,
            ),
        }
    }
    fn power_of_call(&self, spelling: &str, arguments: &[Piece], exponent: Piece) -> Piece {
        let raised = small(&exponent.text, RAISED);
        match (Template::new(spelling).operator(), raised, arguments) {
            (Some(name), Some(raised), [argument]) => {
                super::template::applied(self, &format!("{name}{raised}"), argument)
            }
            _ => self.power(self.call(spelling, arguments), exponent),
        }
    }
    fn script(&self, argument: &str, mark: &str) -> Option<String> {
        if mark == "_" {
            small(argument, LOWERED)
                .or_else(|| (argument.chars().count() > 1).then(|| format!("_({argument})")))
        } else {
            Some(format!("⁽{}⁾", small(argument, RAISED)?))
        }
    }
    fn comparison(&self, comparison: Comparison) -> &'static str {
        match comparison {
            Comparison::Equal => "=",
            Comparison::NotEqual => "≠",
            Comparison::Less => "<",
            Comparison::LessEqual => "≤",
            Comparison::Greater => ">",
            Comparison::GreaterEqual => "≥",
        }
    }
    fn bound(&self, binder: Binder, variable: &Symbol, ends: [Piece; 2], body: Piece) -> Piece {
        let variable = name(variable);
        let [lower, upper] = ends.map(|p| p.text);
        let text = match binder {
            Binder::Sum => format!(
                "Σ_{{{variable}={lower}}}^{{{upper}}} {}",
                self.fitted(&body, Rank::Product, Open::ToTerms)
            ),
            Binder::Product => format!(
                "Π_{{{variable}={lower}}}^{{{upper}}} {}",
                self.fitted(&body, Rank::Product, Open::ToTerms)
            ),
            Binder::Integral => format!(
                "∫_{{{lower}}}^{{{upper}}} {} d{variable}",
                self.fitted(&body, Rank::Product, Open::No)
            ),
        };
        Piece::new(text, Rank::Product).opened(Open::ToTerms)
    }
    fn cases(&self, rows: Vec<(Piece, Option<Piece>)>) -> Piece {
        let rows: Vec<String> = rows
            .into_iter()
            .map(|(value, condition)| match condition {
                Some(condition) => format!("{} if {}", value.text, condition.text),
                None => format!("else {}", value.text),
            })
            .collect();
        Piece::new(format!("{{{}}}", rows.join(", ")), Rank::Atom)
    }
    fn truth(&self, holds: bool) -> Piece {
        Piece::leaf(if holds { "true" } else { "false" })
    }
}
