//! Fragments of the language that options of the command line hold.
//! In: the value of an option, the names that the model declares. Out: expressions, assignments, names, a tuple. Never: a statement of a model.

use super::statement::{Read, Subject, Vocabulary};
use super::statement_grammar::subject;
use super::statement_problems::StatementError as E;
use bartlett_expr::parse::cursor::{mark, refuse};
use bartlett_expr::parse::grammar::{expression_or_list, value};
use bartlett_expr::parse::lexer::{Mark, Token};
use bartlett_expr::parse::{Cursor, Node, Parsed, Scope, read};
use bartlett_expr::{Problem, Span};
use nom::Parser;
use nom::branch::alt;
use nom::multi::{separated_list0, separated_list1};

/// `name = expression`
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The name on the left, such as `mu` or `y[1]`.
    pub name: Subject,
    /// The right side: an expression, or a list for the entries of an indexed name.
    pub value: Node,
}

/// The scope of a fragment beside a model that declares `names`.
#[must_use]
pub fn scope<'a, 'n>(
    vocabulary: &Vocabulary<'a>,
    names: impl IntoIterator<Item = &'n str>,
) -> Scope<'a> {
    Scope::new(vocabulary.functions).declaring(names)
}

/// One expression or several, separated by `;`: `--of`, `--bias`.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn expressions(text: &str, scope: &Scope<'_>) -> Result<Read<Vec<Node>>, Problem> {
    let scope = declaring_lone_names(text, scope)?;
    read(text, &scope, |input| {
        separated_list1(mark(Mark::Semicolon), value).parse(without_last_semicolon(input))
    })
}

/// `mu=0, sigma=2` or `phi = log(sigma); psi = mu`: `--at`, `--to`, `--from`, `--versus`, `--start`.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn assignments(text: &str, scope: &Scope<'_>) -> Result<Read<Vec<Assignment>>, Problem> {
    let scope = declaring_lone_names(text, scope)?;
    read(text, &scope, |input| {
        let separator = alt((mark(Mark::Semicolon), mark(Mark::Comma)));
        let (rest, list) =
            separated_list0(separator, assignment).parse(without_last_semicolon(input))?;
        if list.is_empty() {
            return refuse(E::BadAssignment {
                at: input.span(),
                found: input.text().to_owned(),
            });
        }
        for (k, one) in list.iter().enumerate() {
            if let Some(first) = list[..k].iter().find(|other| {
                other.name.name == one.name.name && other.name.index == one.name.index
            }) {
                let name = one.name.name.to_string();
                return refuse(E::AssignedTwice {
                    at: one.name.span,
                    first: first.name.span,
                    name,
                });
            }
        }
        Ok((rest, list))
    })
}

fn assignment(input: Cursor<'_>) -> Parsed<'_, Assignment> {
    let bad = |at: Span| {
        refuse(E::BadAssignment {
            at,
            found: at.text(input.context.source()).to_owned(),
        })
    };
    if input.word().is_none() {
        return bad(input.span());
    }
    let (rest, name) = subject(input)?;
    if !rest.at(Mark::Equal) {
        return bad(input.span().to(Span::new(rest.behind(), rest.behind())));
    }
    let right = rest.skip();
    let (rest, value) = if right.at(Mark::OpenBracket) {
        expression_or_list(right)?
    } else {
        value(right)?
    };
    Ok((rest, Assignment { name, value }))
}

/// `a, b`: `--params`, `--known`; commas, semicolons or spaces between the names.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn names(text: &str, scope: &Scope<'_>) -> Result<Read<Vec<Subject>>, Problem> {
    read(text, scope, |input| {
        let (mut rest, mut list) = (input, Vec::new());
        while !rest.is_done() {
            if rest.word().is_none() {
                return refuse(E::BadNameList {
                    at: rest.span(),
                    found: rest.text().to_owned(),
                });
            }
            let (after, one) = subject(rest)?;
            list.push(one);
            rest = if matches!(after.mark(), Some(Mark::Comma | Mark::Semicolon)) {
                after.skip()
            } else {
                after
            };
        }
        if list.is_empty() {
            return refuse(E::BadNameList {
                at: rest.span(),
                found: String::new(),
            });
        }
        Ok((rest, list))
    })
}

/// `(1, 2)`, `[1, 2]` or `1, 2`: `--direction`.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn tuple(text: &str, scope: &Scope<'_>) -> Result<Read<Vec<Node>>, Problem> {
    read(text, scope, |input| {
        let tokens = input.tokens();
        let around = |token: Option<&Token>, marks: [Mark; 2]| {
            token.is_some_and(|token| marks.iter().any(|mark| token.is(*mark)))
        };
        let bracketed = around(tokens.first(), [Mark::OpenParen, Mark::OpenBracket])
            && around(tokens.last(), [Mark::CloseParen, Mark::CloseBracket])
            && tokens.len() > 2
            && pairs(tokens);
        let inside = if bracketed {
            Cursor::new(
                &tokens[1..tokens.len() - 1],
                tokens[tokens.len() - 1].span.start,
                input.context,
            )
        } else {
            input
        };
        let (rest, list) = separated_list1(mark(Mark::Comma), value).parse(inside)?;
        if !rest.is_done() {
            return refuse(E::BadTuple { at: rest.span() });
        }
        Ok((nom::Input::take_from(&input, tokens.len()), list))
    })
}

/// Does the first bracket pair with the last token?
fn pairs(tokens: &[Token]) -> bool {
    let mut depth = 0_usize;
    for (k, token) in tokens.iter().enumerate() {
        match token.mark() {
            Some(Mark::OpenParen | Mark::OpenBracket) => depth += 1,
            Some(Mark::CloseParen | Mark::CloseBracket) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return k + 1 == tokens.len();
        }
    }
    false
}

/// A separator at the very end separates nothing.
fn without_last_semicolon(input: Cursor<'_>) -> Cursor<'_> {
    match input.tokens().split_last() {
        Some((last, tokens)) if last.is(Mark::Semicolon) && !tokens.is_empty() => {
            Cursor::new(tokens, last.span.start, input.context)
        }
        _ => input,
    }
}

/// A name on the left of `=` is declared on the right of the others.
fn declaring_lone_names<'a>(text: &str, scope: &Scope<'a>) -> Result<Scope<'a>, Problem> {
    let tokens = bartlett_expr::parse::lexer::tokens(text)?;
    let left = tokens
        .windows(2)
        .filter(|pair| pair[1].is(Mark::Equal))
        .filter_map(|pair| pair[0].name());
    Ok(scope.clone().declaring(left))
}
