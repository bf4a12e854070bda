//! Writer: LaTeX for mathematics mode, of the part that KaTeX and amsmath share.
//! In: shapes. Out: `\frac{1}{\sigma^{2}}`. Never: a package beyond amsmath, or a line break.

use super::names::{self, Names};
use super::notation::{Comparison, Slant};
use super::readings::Applied;
use super::template::Template;
use super::writer::{Open, Piece, Rank, Style, Writer};
use crate::Symbol;
use crate::expr::{Binder, Constant};

/// Writes LaTeX.
pub struct Latex {
    /// The names that occur.
    pub names: Names,
}

fn letter(word: &str) -> String {
    if let Some((_, row)) = names::greek(word) {
        return row.latex.to_owned();
    }
    match word {
        "min" | "max" | "inf" | "sup" => format!(r"\{word}"),
        "ell" => r"\ell".to_owned(),
        _ if word.chars().count() == 1 || word.chars().all(|c| c.is_ascii_digit()) => {
            word.to_owned()
        }
        _ => format!(r"\mathrm{{{}}}", word.replace('_', r"\_")),
    }
}

/// A name: `theta_1` is `\theta_{1}`, `y_min` is `y_{\min}`.
fn name(symbol: &Symbol) -> String {
    let (base, subscripts) = names::parts(symbol.name());
    let base = match base {
        "min" | "max" | "inf" | "sup" => format!(r"\mathrm{{{base}}}"),
        _ => letter(base),
    };
    if subscripts.is_empty() {
        return base;
    }
    let subscripts: Vec<String> = subscripts.into_iter().map(letter).collect();
    format!("{base}_{{{}}}", subscripts.join(","))
}

impl Writer for Latex {
    fn style(&self) -> Style {
        Style::Page
    }
    fn slant(&self) -> Slant {
        Slant::Stacked
    }
    fn spelling(&self, applied: Applied) -> String {
        let spelled = applied.spelled(|row| row.latex, applied.function.row().spelled.latex);
        match spelled.split_once('(') {
            Some((name, rest)) if !name.contains('\\') => format!(
                r"\operatorname{{{name}}}\left({}",
                rest.replace(')', r"\right)")
            ),
            _ => spelled,
        }
    }
    fn symbol(&self, symbol: &Symbol) -> Piece {
        Piece::leaf(name(symbol))
    }
    fn constant(&self, constant: Constant) -> Piece {
        Piece::leaf(match constant {
            Constant::Pi => r"\pi",
            Constant::E if self.names.contains("e") => r"\mathrm{e}",
            Constant::E => "e",
            Constant::EulerGamma if self.names.contains("gamma") => r"\gamma_{E}",
            Constant::EulerGamma => r"\gamma",
            Constant::Infinity => r"\infty",
            Constant::Undefined => r"\text{undefined}",
        })
    }
    fn brackets(&self, inner: &str, tall: bool) -> String {
        if tall {
            format!(r"\left({inner}\right)")
        } else {
            format!("({inner})")
        }
    }
    fn flattened(&self, literal: &str) -> String {
        literal
            .replace(r"\left", "")
            .replace(r"\right", "")
            .replace(r"\lfloor", r"\left\lfloor")
            .replace(r"\rfloor", r"\right\rfloor")
            .replace(r"\left\left", r"\left")
            .replace(r"\right\right", r"\right")
    }
    fn times(&self, left: &str, right: &str) -> &'static str {
        if right.starts_with(|c: char| c.is_ascii_digit()) {
            return r" \cdot ";
        }
        let words = |text: &str| text.starts_with(r"\mathrm");
        let left_word = left.rfind(' ').map_or(left, |i| &left[i + 1..]);
        if words(left_word) || words(right) {
            r" \, "
        } else {
            " "
        }
    }
    fn indexed(&self, symbol: &Symbol, index: Vec<Piece>) -> Piece {
        let (base, subscripts) = names::parts(symbol.name());
        let subscripts = subscripts.into_iter().map(letter);
        let all: Vec<String> = subscripts
            .chain(index.into_iter().map(|p| p.text))
            .collect();
        Piece::leaf(format!("{}_{{{}}}", letter(base), all.join(",")))
    }
    fn fraction(&self, top: Piece, bottom: Piece, slant: Slant) -> Piece {
        match slant {
            Slant::Stacked => Piece::new(
                format!(r"\frac{{{}}}{{{}}}", top.text, bottom.text),
                Rank::Product,
            )
            .taller(true),
            Slant::Slash => {
                let text = format!(
                    "{}/{}",
                    self.fitted(&top, Rank::Product, Open::No),
                    self.fitted(&bottom, Rank::Power, Open::No)
                );
                Piece::new(text, Rank::Product).taller(top.tall || bottom.tall)
            }
        }
    }
    fn root(&self, inside: Piece, degree: Option<i64>) -> Piece {
        let degree = degree.map_or(String::new(), |n| format!("[{n}]"));
        Piece::leaf(format!(r"\sqrt{degree}{{{}}}", inside.text)).taller(inside.tall)
    }
    fn power(&self, base: Piece, exponent: Piece) -> Piece {
        let text = format!(
            "{}^{{{}}}",
            self.fitted(&base, Rank::Atom, Open::No),
            exponent.text
        );
        Piece::new(text, Rank::Power).taller(base.tall)
    }
    fn power_of_call(&self, spelling: &str, arguments: &[Piece], exponent: Piece) -> Piece {
        match (Template::new(spelling).operator(), arguments) {
            (Some(name), [argument]) => {
                super::template::applied(self, &format!("{name}^{{{}}}", exponent.text), argument)
            }
            _ => self.power(self.call(spelling, arguments), exponent),
        }
    }
    fn comparison(&self, comparison: Comparison) -> &'static str {
        match comparison {
            Comparison::Equal => "=",
            Comparison::NotEqual => r"\ne",
            Comparison::Less => "<",
            Comparison::LessEqual => r"\le",
            Comparison::Greater => ">",
            Comparison::GreaterEqual => r"\ge",
        }
    }
    fn junction(&self, all: bool, parts: Vec<Piece>) -> Piece {
        let (word, rank, inner) = if all {
            (r" \land ", Rank::All, Rank::Relation)
        } else {
            (r" \lor ", Rank::Any, Rank::All)
        };
        let parts: Vec<String> = parts
            .iter()
            .map(|p| self.fitted(p, inner, Open::ToTerms))
            .collect();
        Piece::new(parts.join(word), rank)
    }
    fn truth(&self, holds: bool) -> Piece {
        Piece::leaf(if holds {
            r"\text{true}"
        } else {
            r"\text{false}"
        })
    }
    fn bound(&self, binder: Binder, variable: &Symbol, ends: [Piece; 2], body: Piece) -> Piece {
        let variable = name(variable);
        let [lower, upper] = ends.map(|p| p.text);
        let text = match binder {
            Binder::Sum => format!(
                r"\sum_{{{variable}={lower}}}^{{{upper}}} {}",
                self.fitted(&body, Rank::Product, Open::ToTerms)
            ),
            Binder::Product => format!(
                r"\prod_{{{variable}={lower}}}^{{{upper}}} {}",
                self.fitted(&body, Rank::Product, Open::ToTerms)
            ),
            Binder::Integral => format!(
                r"\int_{{{lower}}}^{{{upper}}} {} \, d{variable}",
                self.fitted(&body, Rank::Product, Open::No)
            ),
        };
        Piece::new(text, Rank::Product)
            .taller(true)
            .opened(Open::ToTerms)
    }
    fn cases(&self, rows: Vec<(Piece, Option<Piece>)>) -> Piece {
        let rows: Vec<String> = rows
            .into_iter()
            .map(|(value, condition)| match condition {
                Some(condition) => format!(r"{} & \text{{if }} {}", value.text, condition.text),
                None => format!(r"{} & \text{{otherwise}}", value.text),
            })
            .collect();
        let text = format!(r"\begin{{cases}} {} \end{{cases}}", rows.join(r" \\ "));
        Piece::new(text, Rank::Product)
            .taller(true)
            .opened(Open::ToTerms)
    }
    fn cut(&self) -> Piece {
        Piece::leaf(r"\ldots")
    }
    fn matrix(&self, rows: Vec<Vec<Piece>>) -> String {
        let rows: Vec<String> = rows
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .map(|p| p.text)
                    .collect::<Vec<_>>()
                    .join(" & ")
            })
            .collect();
        format!(r"\begin{{pmatrix}} {} \end{{pmatrix}}", rows.join(r" \\ "))
    }
}
