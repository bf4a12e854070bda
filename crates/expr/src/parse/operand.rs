//! The grammar of operands: powers, factorials, numbers, brackets.
//! In: a `Cursor`. Out: a `Node`, or one problem at its exact place. Never: a second attempt at the same tokens.
//!
//! ```text
//! power       = postfix [ "^" signed ]                            right-associative, above the sign
//! postfix     = primary { "!" | superscript }
//! primary     = number | "(" condition ")" | "|" expression "|" | "√" … | name …        (names: application.rs)
//! ```

use super::application::name;
use super::cursor::{BareApplication, Cursor, DEEPEST_NESTING, Parsed, refuse, unexpected};
use super::grammar::{condition, expression, number_valued, signed, source_text};
use super::lexer::{Kind, Mark, Token};
use super::problems::SyntaxError as E;
use super::syntax::{Node, Side, Syntax};
use crate::Number;
use crate::problem::Span;

#[inline(never)]
pub(super) fn power(input: Cursor<'_>) -> Parsed<'_, Node> {
    let (rest, base) = postfix(input)?;
    if !rest.at(Mark::Caret) {
        return Ok((rest, base));
    }
    number_valued(&input, &base)?;
    if matches!(
        rest.context.token_before(rest.span().start),
        Some(Token {
            kind: Kind::Superscript { .. },
            ..
        })
    ) {
        return refuse(E::DoublePower {
            at: base.span.to(rest.span()),
            text: source_text(input.context, base.span),
        });
    }
    let (rest, exponent) = nested(rest.skip(), signed)?;
    number_valued(&input, &exponent)?;
    let span = base.span.to(exponent.span);
    Ok((
        rest,
        Node {
            kind: Syntax::Power(Box::new(base), Box::new(exponent)),
            span,
        },
    ))
}

fn postfix(input: Cursor<'_>) -> Parsed<'_, Node> {
    let (rest, node) = primary(input)?;
    match rest.first().map(|token| &token.kind) {
        Some(Kind::Mark(Mark::Bang) | Kind::Superscript { .. }) => postfixed(rest, node),
        _ => Ok((rest, node)),
    }
}

#[inline(never)]
fn postfixed(mut rest: Cursor<'_>, mut node: Node) -> Parsed<'_, Node> {
    let context = rest.context;
    let mut bangs = 0_usize;
    while let Some(token) = rest.first() {
        match &token.kind {
            Kind::Mark(Mark::Bang) => {
                if bangs > 0 {
                    let base = Span::new(node.span.start, token.span.start.saturating_sub(1));
                    return refuse(E::DoubleFactorial {
                        at: token.span,
                        base: source_text(context, base),
                    });
                }
                bangs += 1;
                number_valued(&rest, &node)?;
                let span = node.span.to(token.span);
                node = Node {
                    kind: Syntax::Factorial(Box::new(node)),
                    span,
                };
            }
            Kind::Superscript {
                negative,
                digits,
                letter,
            } => {
                number_valued(&rest, &node)?;
                let span = node.span.to(token.span);
                if matches!(node.kind, Syntax::Power(..))
                    && context.source.as_bytes().get(node.span.end - 1) != Some(&b')')
                {
                    return refuse(E::DoublePower {
                        at: span,
                        text: source_text(context, node.span),
                    });
                }
                bangs = 0;
                let exponent =
                    superscript(*negative, digits.as_ref(), letter.as_deref(), token.span);
                node = Node {
                    kind: Syntax::Power(Box::new(node), Box::new(exponent)),
                    span,
                };
            }
            _ => break,
        }
        rest = rest.skip();
    }
    Ok((rest, node))
}

fn superscript(negative: bool, digits: Option<&Number>, letter: Option<&str>, span: Span) -> Node {
    let node = |kind| Node { kind, span };
    let letter = letter.map(|letter| node(Syntax::Symbol(letter.into())));
    let exponent = match (digits, letter) {
        (Some(digits), Some(letter)) => node(Syntax::Factors(vec![
            (Side::Above, node(Syntax::Number(digits.clone()))),
            (Side::Above, letter),
        ])),
        (None, Some(letter)) => letter,
        (digits, None) => node(Syntax::Number(digits.cloned().unwrap_or(Number::ONE))),
    };
    if negative {
        node(Syntax::Negative(Box::new(exponent)))
    } else {
        exponent
    }
}

#[inline(never)]
fn primary(input: Cursor<'_>) -> Parsed<'_, Node> {
    let Some(token) = input.first() else {
        return refuse(missing(&input));
    };
    match &token.kind {
        Kind::Number(value) => {
            number_is_clear(&input, token)?;
            Ok((
                input.skip(),
                Node {
                    kind: Syntax::Number(value.clone()),
                    span: token.span,
                },
            ))
        }
        Kind::Name(..) => name(input),
        Kind::Mark(Mark::OpenParen) => nested(input, parenthesis),
        Kind::Mark(Mark::Bar) => nested(input, absolute),
        Kind::Mark(Mark::Root) => nested(input, root),
        _ => refuse(missing(&input)),
    }
}

/// What stands where a value is needed.
fn missing(input: &Cursor<'_>) -> E {
    let context = input.context;
    let at = input.span();
    let found = input.text().trim_matches(['\n', '\r']).to_owned();
    match input.first().map(|token| &token.kind) {
        Some(Kind::Mark(Mark::OpenBracket)) => return E::ListAsNumber { at },
        Some(Kind::Mark(Mark::OpenBrace)) => return E::BraceInExpression { at },
        Some(Kind::Mark(Mark::DotDot | Mark::Ellipsis)) => return E::RangeInExpression { at },
        _ => {}
    }
    match context.token_before(at.start) {
        Some(before) if !matches!(before.kind, Kind::Mark(Mark::NewLine | Mark::Semicolon)) => {
            E::MissingOperand {
                at,
                operator: before.span.text(context.source).to_owned(),
                operator_at: before.span,
                found,
            }
        }
        _ if input.is_done() => E::EmptyExpression { at },
        _ => E::BadBeginning { at, found },
    }
}

/// Refuses `2e-3` where `e` is declared, and `2e3` where `e3` is: both readings have a meaning then.
fn number_is_clear(input: &Cursor<'_>, token: &Token) -> Result<(), nom::Err<Box<crate::Problem>>> {
    let text = input.text();
    let Some(at) = text.find(['e', 'E']) else {
        return Ok(());
    };
    let (mantissa, exponent) = text.split_at(at);
    let name = if exponent[1..].starts_with(|c: char| c.is_ascii_digit()) {
        exponent
    } else {
        &exponent[..1]
    };
    if input.context.declares(name) {
        let product = if name.len() == 1 {
            format!("{mantissa}*{name} {} {}", &exponent[1..2], &exponent[2..])
        } else {
            format!("{mantissa}*{name}")
        };
        return refuse(E::NumberOrProduct {
            at: token.span,
            text: text.to_owned(),
            name: name.to_owned(),
            product,
        });
    }
    Ok(())
}

fn parenthesis(input: Cursor<'_>) -> Parsed<'_, Node> {
    let bars = input.context.inside_bars.replace(false);
    let (rest, node) = condition(input.skip())?;
    input.context.inside_bars.set(bars);
    let rest = close(rest, Mark::CloseParen, ")", input.span())?;
    Ok((
        rest,
        Node {
            span: Span::new(input.span().start, rest.behind()),
            ..node
        },
    ))
}

/// Steps over the bracket that closes the one at `open`.
pub(super) fn close<'a>(
    rest: Cursor<'a>,
    wanted: Mark,
    expected: &'static str,
    open: Span,
) -> Result<Cursor<'a>, nom::Err<Box<crate::Problem>>> {
    match rest.mark() {
        Some(mark) if mark == wanted => Ok(rest.skip()),
        Some(Mark::CloseParen | Mark::CloseBracket | Mark::CloseBrace) => {
            refuse(E::MismatchedClose {
                at: rest.span(),
                open,
                expected,
                found: rest.text().to_owned(),
            })
        }
        Some(Mark::Comma) if wanted == Mark::CloseParen => refuse(E::Tuple {
            at: rest.span(),
            open,
        }),
        Some(Mark::DotDot | Mark::Ellipsis) => refuse(E::RangeInExpression { at: rest.span() }),
        Some(Mark::OpenBracket) => refuse(E::ListAsNumber { at: rest.span() }),
        Some(Mark::OpenBrace) => refuse(E::BraceInExpression { at: rest.span() }),
        _ => refuse(unexpected(
            &rest,
            if wanted == Mark::CloseParen {
                "an operator or `)`"
            } else {
                "an operator or `]`"
            },
        )),
    }
}

fn absolute(input: Cursor<'_>) -> Parsed<'_, Node> {
    let open = input.span();
    let bars = input.context.inside_bars.replace(true);
    let (rest, node) = expression(input.skip())?;
    input.context.inside_bars.set(bars);
    if !rest.at(Mark::Bar) {
        return refuse(E::UnclosedBar {
            at: open,
            stop: rest.span(),
        });
    }
    Ok((
        rest.skip(),
        Node {
            kind: Syntax::Absolute(Box::new(node)),
            span: open.to(rest.span()),
        },
    ))
}

/// `√(…)` is like a call; `√x²` takes the next factor with its power and factorial.
fn root(input: Cursor<'_>) -> Parsed<'_, Node> {
    let sign = input.span();
    let delimited = matches!(input.skip().mark(), Some(Mark::OpenParen | Mark::Bar));
    let (rest, node) = if delimited {
        primary(input.skip())?
    } else {
        power(input.skip())?
    };
    number_valued(&input, &node)?;
    if !delimited {
        let argument = Span::new(node.span.start, rest.behind());
        input.context.bare.set(Some(BareApplication {
            function: sign,
            argument,
        }));
    }
    let span = sign.to(node.span);
    Ok((
        rest,
        Node {
            kind: Syntax::Root(Box::new(node)),
            span,
        },
    ))
}

/// The items between brackets, separated by commas; at least one.
pub(super) fn bracketed<'a>(
    input: Cursor<'a>,
    wanted: Mark,
    expected: &'static str,
    item: fn(Cursor<'a>) -> Parsed<'a, Node>,
) -> Parsed<'a, Vec<Node>> {
    let open = input.span();
    let bars = input.context.inside_bars.replace(false);
    let (mut rest, first) = item(input.skip())?;
    let mut items = vec![first];
    while rest.at(Mark::Comma) {
        let next;
        (rest, next) = item(rest.skip())?;
        items.push(next);
    }
    input.context.inside_bars.set(bars);
    let rest = close(rest, wanted, expected, open)?;
    Ok((rest, items))
}

/// Reads one level deeper.
pub(super) fn nested<'a>(
    input: Cursor<'a>,
    inner: fn(Cursor<'a>) -> Parsed<'a, Node>,
) -> Parsed<'a, Node> {
    let depth = &input.context.depth;
    if depth.get() >= DEEPEST_NESTING {
        return refuse(E::NestingTooDeep {
            at: input.span(),
            limit: DEEPEST_NESTING,
        });
    }
    depth.set(depth.get() + 1);
    let parsed = inner(input);
    depth.set(depth.get() - 1);
    parsed
}
