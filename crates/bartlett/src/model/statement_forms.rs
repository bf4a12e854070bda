//! The form of a statement, seen from its tokens alone, before any expression is read: declared names must be known first.
//! In: tokens. Out: the tokens of each statement, its `Form`, and the names that a model declares. Never: a problem.

use bartlett_expr::parse::lexer::{Kind, Mark, Token};
use bartlett_expr::parse::syntax::CONSTANTS;

/// The form of a statement; the numbers are positions of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Known,
    Repetition,
    Truncation,
    Censoring,
    Law(usize),
    Kernel(usize),
    Equation(usize),
    Membership(usize),
    Relation,
    Unclear,
}

/// The tokens of each statement.
pub(super) fn split(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_usize;
    tokens
        .split(|token| {
            depth = deeper(depth, token);
            depth == 0 && (token.is(Mark::NewLine) || token.is(Mark::Semicolon))
        })
        .filter(|part| !part.is_empty())
        .collect()
}

fn deeper(depth: usize, token: &Token) -> usize {
    match token.mark() {
        Some(Mark::OpenParen | Mark::OpenBracket | Mark::OpenBrace) => depth + 1,
        Some(Mark::CloseParen | Mark::CloseBracket | Mark::CloseBrace) => depth.saturating_sub(1),
        _ => depth,
    }
}

/// The position of the first token outside brackets that is wanted.
pub(super) fn outside(tokens: &[Token], wanted: impl Fn(&Token) -> bool) -> Option<usize> {
    let mut depth = 0_usize;
    tokens.iter().position(|token| {
        let here = depth;
        depth = deeper(depth, token);
        here == 0 && depth == 0 && wanted(token)
    })
}

fn is_word(token: &Token, word: &str) -> bool {
    token.name() == Some(word)
}

fn is_comparison(token: &Token) -> bool {
    matches!(
        token.mark(),
        Some(
            Mark::Less
                | Mark::LessEqual
                | Mark::Greater
                | Mark::GreaterEqual
                | Mark::EqualEqual
                | Mark::NotEqual
        )
    )
}

/// The form of the statement.
pub(super) fn form(tokens: &[Token]) -> Form {
    let leading = |word| tokens.first().is_some_and(|token| is_word(token, word));
    let then_name = tokens.get(1).is_some_and(|token| {
        token
            .name()
            .is_some_and(|name| !matches!(name, "in" | "propto"))
    });
    if leading("for") && then_name {
        return Form::Repetition;
    }
    for (word, form) in [
        ("known", Form::Known),
        ("truncate", Form::Truncation),
        ("censor", Form::Censoring),
    ] {
        if leading(word) && then_name {
            return form;
        }
    }
    if let Some(at) = outside(tokens, |token| token.is(Mark::Tilde)) {
        return Form::Law(at);
    }
    let equation = outside(tokens, |token| token.is(Mark::Equal));
    let kernel = outside(tokens, |token| is_word(token, "propto"));
    match (equation, kernel) {
        (Some(equation), Some(kernel)) if equation < kernel => return Form::Equation(equation),
        (_, Some(kernel)) => return Form::Kernel(kernel),
        (Some(equation), None) => return Form::Equation(equation),
        (None, None) => {}
    }
    if let Some(at) = outside(tokens, |token| is_word(token, "in")) {
        return Form::Membership(at);
    }
    match outside(tokens, is_comparison) {
        Some(_) => Form::Relation,
        None => Form::Unclear,
    }
}

/// What a model declares.
#[derive(Default)]
pub(super) struct Declared<'a> {
    /// Data, parameters, knowns, definitions, subjects of domains.
    pub names: Vec<&'a str>,
    /// Is there a law, whose free symbols are parameters?
    pub law: bool,
}

/// The names that the statements declare.
pub(super) fn declared<'a>(parts: &[&'a [Token]]) -> Declared<'a> {
    let mut found = Declared::default();
    for part in parts {
        declare(part, &mut found);
    }
    found
}

fn declare<'a>(mut part: &'a [Token], found: &mut Declared<'a>) {
    while form(part) == Form::Repetition {
        let Some(colon) = outside(part, |token| token.is(Mark::Colon)) else {
            return;
        };
        part = &part[colon + 1..];
    }
    match form(part) {
        Form::Known => found.names.extend(names_at(&part[1..], 0)),
        Form::Truncation | Form::Censoring => found.names.extend(part.get(1).and_then(Token::name)),
        Form::Law(at) => {
            found.law = true;
            declare_data(&part[..at], found);
        }
        Form::Membership(at) => declare_data(&part[..at], found),
        Form::Equation(at) | Form::Kernel(at) => match &part[..at] {
            [name] => found.names.extend(name.name()),
            head => found.names.extend(names_at(head_inside(head), 0)),
        },
        Form::Relation => declare_sides(part, found),
        Form::Repetition | Form::Unclear => {}
    }
}

/// `x`, `x, y` or `(x, y)`.
fn declare_data<'a>(tokens: &'a [Token], found: &mut Declared<'a>) {
    let level = usize::from(
        tokens
            .first()
            .is_some_and(|token| token.is(Mark::OpenParen)),
    );
    found.names.extend(names_at(tokens, level));
}

/// What stands inside the parentheses of a head such as `p(x | mu)`, `log p(x | mu)` or `log(p(x | mu))`; nothing if it is no head.
pub(super) fn head_inside(head: &[Token]) -> &[Token] {
    let head = without_logarithm(head);
    match head {
        [name, open, inside @ .., close]
            if name.name().is_some() && open.is(Mark::OpenParen) && close.is(Mark::CloseParen) =>
        {
            inside
        }
        _ => &[],
    }
}

/// Does a logarithm stand before the head?
pub(super) fn is_logarithmic(head: &[Token]) -> bool {
    without_logarithm(head).len() < head.len()
}

/// The head without `log` or `ln` before it, or around it.
pub(super) fn without_logarithm(head: &[Token]) -> &[Token] {
    match head {
        [log, rest @ ..] if is_word(log, "log") || is_word(log, "ln") => match rest {
            [name, ..] if name.name().is_some() => rest,
            [open, inside @ .., close]
                if open.is(Mark::OpenParen) && close.is(Mark::CloseParen) =>
            {
                match inside {
                    [name, open, .., close]
                        if name.name().is_some()
                            && open.is(Mark::OpenParen)
                            && close.is(Mark::CloseParen) =>
                    {
                        inside
                    }
                    _ => head,
                }
            }
            _ => head,
        },
        _ => head,
    }
}

/// The names at this depth of brackets.
fn names_at(tokens: &[Token], level: usize) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    tokens.iter().filter_map(move |token| {
        depth = deeper(depth, token);
        token.name().filter(|_| depth == level)
    })
}

/// The sides of a comparison that are a single name. A constant is declared only where no other name could be meant.
fn declare_sides<'a>(part: &'a [Token], found: &mut Declared<'a>) {
    let mut depth = 0_usize;
    let mut single = Vec::new();
    let sides = part.split(|token| {
        depth = deeper(depth, token);
        depth == 0 && (is_comparison(token) || token.is(Mark::Comma))
    });
    for side in sides {
        if let [
            Token {
                kind: Kind::Name(name, _),
                ..
            },
        ] = side
        {
            single.push(&**name);
        } else if let [
            Token {
                kind: Kind::Name(name, _),
                ..
            },
            open,
            ..,
        ] = side
            && open.is(Mark::OpenBracket)
        {
            single.push(&**name);
        }
    }
    let constant = |name: &str| CONSTANTS.iter().any(|row| row.0 == name);
    let others = part
        .iter()
        .filter_map(Token::name)
        .any(|name| !constant(name));
    found.names.extend(
        single
            .into_iter()
            .filter(|name| !constant(name) || (!others && *name != "inf")),
    );
}
