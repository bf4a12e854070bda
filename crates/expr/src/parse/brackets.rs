//! Brackets come in pairs, and a line end inside them or after a token that wants more ends nothing.
//! In: all tokens of a text. Out: those that count, or the first bracket without its partner. Never: what stands between brackets.

use super::lexer::{Kind, Mark, Token, TokenBuffer};
use super::problems::SyntaxError;
use crate::problem::Span;

/// The bracket that closes `open`, and how both are typed.
fn bracket(mark: Mark) -> Option<(Mark, &'static str, &'static str)> {
    match mark {
        Mark::OpenParen => Some((Mark::CloseParen, "(", ")")),
        Mark::OpenBracket => Some((Mark::CloseBracket, "[", "]")),
        Mark::OpenBrace => Some((Mark::CloseBrace, "{", "}")),
        _ => None,
    }
}

fn close_text(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::CloseParen => Some(")"),
        Mark::CloseBracket => Some("]"),
        Mark::CloseBrace => Some("}"),
        _ => None,
    }
}

/// Does a line that ends with this token go on in the next one?
fn wants_more(token: &Token) -> bool {
    match &token.kind {
        Kind::Mark(mark) => mark.joins() || matches!(mark, Mark::Tilde | Mark::Equal),
        Kind::Name(name, _) => matches!(&**name, "and" | "or" | "propto"),
        _ => false,
    }
}

/// Checks the brackets and drops line ends that end nothing. `(` and `[` may close each other (`[0, 1)` is an interval):
/// the grammar refuses that elsewhere.
pub(super) fn paired(all: &mut TokenBuffer) -> Result<(), SyntaxError> {
    let mut open: Vec<(Mark, Span)> = Vec::new();
    // So many tokens at the beginning are kept.
    let mut kept = 0;
    for place in 0..all.len() {
        let (before, token) = (&all[..kept], &all[place]);
        if let Some(mark) = token.mark() {
            if mark == Mark::NewLine && (!open.is_empty() || before.last().is_some_and(wants_more))
            {
                continue;
            }
            if bracket(mark).is_some() {
                open.push((mark, token.span));
            } else if let Some(found) = close_text(mark) {
                match open.pop() {
                    None => {
                        let after_in = before.last().is_some_and(|last| last.name() == Some("in"));
                        return Err(SyntaxError::StrayClose {
                            at: token.span,
                            bracket: found,
                            after_in,
                        });
                    }
                    Some((opened, span))
                        if (opened == Mark::OpenBrace) != (mark == Mark::CloseBrace) =>
                    {
                        let expected = bracket(opened).map_or(")", |row| row.2);
                        return Err(SyntaxError::MismatchedClose {
                            at: token.span,
                            open: span,
                            expected,
                            found: found.to_owned(),
                        });
                    }
                    Some(_) => {}
                }
            }
        }
        if kept != place {
            all.swap(kept, place);
        }
        kept += 1;
    }
    all.truncate(kept);
    if let Some((mark, at)) = open.first() {
        let (_, typed, close) = bracket(*mark).unwrap_or((Mark::CloseParen, "(", ")"));
        return Err(SyntaxError::Unclosed {
            at: *at,
            bracket: typed,
            close,
        });
    }
    Ok(())
}
