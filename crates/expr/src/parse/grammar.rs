//! The grammar of expressions: conditions, sums, products.
//! In: a `Cursor`. Out: a `Node`, or one problem at its exact place. Never: a second attempt at the same tokens, so reading is linear.
//!
//! ```text
//! condition   = comparison { ("and" | "or") comparison }          and binds tighter than or
//! comparison  = sum { ("==" | "=" | "!=" | "<" | "<=" | ">" | ">=") sum }
//! sum         = product { ("+" | "-") product }
//! product     = signed { ("*" | "/" | juxtaposed) signed }        one rank, left to right
//! signed      = { "+" | "-" } power
//! power, primary: operand.rs
//! ```

use super::cursor::{Context, Cursor, Parsed, refuse};
use super::lexer::{Kind, Mark};
use super::operand::{bracketed, nested, power};
use super::problems::SyntaxError as E;
use super::syntax::{Node, Relation, Side, Sign, Syntax};
use crate::problem::Span;

/// Words that have a meaning between expressions, so no symbol has such a name.
pub static RESERVED: &[&str] = &["in", "and", "or", "for", "propto", "ℕ"];

/// An expression that is a number.
///
/// # Errors
/// The first mistake.
pub fn expression(input: Cursor<'_>) -> Parsed<'_, Node> {
    let (rest, node) = condition(input)?;
    number_valued(&input, &node)?;
    Ok((rest, node))
}

/// An expression that is a number and stops before a comparison, which then belongs to a statement.
///
/// # Errors
/// The first mistake.
pub fn value(input: Cursor<'_>) -> Parsed<'_, Node> {
    let (rest, node) = sum(input)?;
    number_valued(&input, &node)?;
    Ok((rest, node))
}

/// An expression that is true or false.
///
/// # Errors
/// The first mistake.
pub fn required_condition(input: Cursor<'_>) -> Parsed<'_, Node> {
    let (rest, node) = condition(input)?;
    if !node.is_condition() {
        return refuse(E::NumberAsCondition {
            at: node.span,
            text: source_text(input.context, node.span),
        });
    }
    Ok((rest, node))
}

/// An expression, or a list of them, possibly nested: an argument of a law, the value of a definition.
///
/// # Errors
/// The first mistake.
pub fn expression_or_list(input: Cursor<'_>) -> Parsed<'_, Node> {
    if !input.at(Mark::OpenBracket) {
        return expression(input);
    }
    nested(input, |input| {
        let start = input.span();
        let (rest, items) = bracketed(input, Mark::CloseBracket, "]", expression_or_list)?;
        Ok((
            rest,
            Node {
                kind: Syntax::List(items),
                span: Span::new(start.start, rest.behind()),
            },
        ))
    })
}

/// An expression or a condition.
#[inline(never)]
pub(super) fn condition(input: Cursor<'_>) -> Parsed<'_, Node> {
    let (rest, first) = sum(input)?;
    if relation(&rest).is_none() && !matches!(rest.word(), Some("and" | "or")) {
        return Ok((rest, first));
    }
    logic(rest, first)
}

fn logic(mut rest: Cursor<'_>, first: Node) -> Parsed<'_, Node> {
    let (mut all, mut any) = (Vec::new(), Vec::new());
    let mut current;
    (rest, current) = comparison(rest, first)?;
    while let Some(joined @ ("and" | "or")) = rest.word() {
        if !current.is_condition() {
            return refuse(E::NumberAsCondition {
                at: current.span,
                text: source_text(rest.context, current.span),
            });
        }
        all.push(current);
        if joined == "or" {
            any.push(joint(std::mem::take(&mut all), Syntax::And));
        }
        let next;
        (rest, next) = sum(rest.skip())?;
        (rest, current) = comparison(rest, next)?;
    }
    if !all.is_empty() || !any.is_empty() {
        if !current.is_condition() {
            return refuse(E::NumberAsCondition {
                at: current.span,
                text: source_text(rest.context, current.span),
            });
        }
        all.push(current);
        any.push(joint(all, Syntax::And));
        current = joint(any, Syntax::Or);
    }
    Ok((rest, current))
}

/// One node as it is, several under `kind`.
fn joint(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> Syntax) -> Node {
    match nodes.len() {
        1 => nodes.swap_remove(0),
        _ => {
            let span = nodes
                .iter()
                .map(|node| node.span)
                .reduce(Span::to)
                .unwrap_or_default();
            Node {
                kind: kind(nodes),
                span,
            }
        }
    }
}

/// The comparison sign at the cursor.
#[must_use]
pub fn relation(input: &Cursor<'_>) -> Option<Relation> {
    Some(match input.mark()? {
        Mark::Equal | Mark::EqualEqual => Relation::Equal,
        Mark::NotEqual => Relation::NotEqual,
        Mark::Less => Relation::Less,
        Mark::LessEqual => Relation::LessEqual,
        Mark::Greater => Relation::Greater,
        Mark::GreaterEqual => Relation::GreaterEqual,
        _ => return None,
    })
}

fn comparison(mut rest: Cursor<'_>, first: Node) -> Parsed<'_, Node> {
    let mut parts: Vec<(Relation, Node)> = Vec::new();
    while let Some(sign) = relation(&rest) {
        number_valued(&rest, parts.last().map_or(&first, |part| &part.1))?;
        let next;
        (rest, next) = sum(rest.skip())?;
        number_valued(&rest, &next)?;
        parts.push((sign, next));
    }
    if parts.is_empty() {
        return Ok((rest, first));
    }
    let span = first.span.to(parts[parts.len() - 1].1.span);
    Ok((
        rest,
        Node {
            kind: Syntax::Comparison(Box::new(first), parts),
            span,
        },
    ))
}

/// Terms.
#[inline(never)]
pub(super) fn sum(input: Cursor<'_>) -> Parsed<'_, Node> {
    let (mut rest, first) = product(input)?;
    if !matches!(rest.mark(), Some(Mark::Plus | Mark::Minus)) {
        return Ok((rest, first));
    }
    number_valued(&input, &first)?;
    let mut span = first.span;
    let mut terms = Vec::with_capacity(4);
    terms.push((Sign::Plus, first));
    loop {
        let sign = match rest.mark() {
            Some(Mark::Plus) => Sign::Plus,
            Some(Mark::Minus) => Sign::Minus,
            _ => break,
        };
        let term;
        (rest, term) = product(rest.skip())?;
        number_valued(&input, &term)?;
        span = span.to(term.span);
        terms.push((sign, term));
    }
    Ok((
        rest,
        Node {
            kind: Syntax::Terms(terms),
            span,
        },
    ))
}

/// May a factor begin here, so that it multiplies the factor before it?
pub(super) fn begins_factor(input: &Cursor<'_>) -> bool {
    match input.first().map(|token| &token.kind) {
        Some(Kind::Number(_)) => true,
        Some(Kind::Name(name, _)) => !RESERVED.contains(&&**name),
        Some(Kind::Mark(Mark::OpenParen | Mark::Root)) => true,
        Some(Kind::Mark(Mark::Bar)) => !input.context.inside_bars.get(),
        _ => false,
    }
}

#[inline(never)]
fn product(input: Cursor<'_>) -> Parsed<'_, Node> {
    let (rest, first) = signed(input)?;
    if !matches!(rest.mark(), Some(Mark::Star | Mark::Slash)) && !begins_factor(&rest) {
        return Ok((rest, first));
    }
    factors(rest, first)
}

#[inline(never)]
fn factors(mut rest: Cursor<'_>, first: Node) -> Parsed<'_, Node> {
    let context = rest.context;
    number_valued(&rest, &first)?;
    let mut span = first.span;
    let mut list = Vec::with_capacity(4);
    list.push((Side::Above, first));
    let mut warned = false;
    loop {
        let (side, juxtaposed) = match rest.mark() {
            Some(Mark::Star) => (Side::Above, false),
            Some(Mark::Slash) => (Side::Below, false),
            _ if begins_factor(&rest) => (Side::Above, true),
            _ => break,
        };
        if juxtaposed {
            juxtaposition_is_clear(&rest, &list[list.len() - 1].1)?;
        }
        let next_at = rest.span();
        let next;
        (rest, next) = signed(if juxtaposed { rest } else { rest.skip() })?;
        number_valued(&rest, &next)?;
        if juxtaposed && !warned {
            let (last_side, last) = &list[list.len() - 1];
            if *last_side == Side::Below && last.span.end == next_at.start {
                warned = true;
                context.warn(ambiguous_division(context, &list, &next));
            }
        }
        span = span.to(next.span);
        list.push((side, next));
    }
    Ok((
        rest,
        Node {
            kind: Syntax::Factors(list),
            span,
        },
    ))
}

/// Refuses a factor that follows a bare argument, a number that follows a number, and a literal zero that multiplies.
fn juxtaposition_is_clear(
    rest: &Cursor<'_>,
    last: &Node,
) -> Result<(), nom::Err<Box<crate::Problem>>> {
    let context = rest.context;
    if let Some(bare) = context.bare.get()
        && bare.argument.end == rest.behind()
    {
        context.bare.set(None);
        let end = juxtaposed_end(rest);
        let at = Span::new(rest.span().start, end);
        return refuse(E::BareArgument {
            at,
            function: source_text(context, bare.function),
            argument: source_text(context, bare.argument),
            rest: source_text(context, at),
            argument_at: bare.argument,
        });
    }
    if let Syntax::Number(value) = &last.kind {
        let (left, right) = (source_text(context, last.span), rest.text().to_owned());
        if rest.first().is_some_and(super::cursor::is_number) {
            return refuse(E::TwoNumbers {
                at: last.span.to(rest.span()),
                left,
                right,
            });
        }
        if value.is_zero() {
            return refuse(E::ZeroTimes {
                at: last.span,
                next: rest.span(),
            });
        }
    }
    Ok(())
}

/// Where the run of juxtaposed factors ends, by brackets alone; for the words of an error.
fn juxtaposed_end(rest: &Cursor<'_>) -> usize {
    let mut depth = 0_usize;
    let mut end = rest.span().end;
    for token in rest.tokens() {
        match &token.kind {
            Kind::Mark(Mark::OpenParen | Mark::OpenBracket) => depth += 1,
            Kind::Mark(Mark::CloseParen | Mark::CloseBracket) if depth > 0 => depth -= 1,
            Kind::Number(_)
            | Kind::Superscript { .. }
            | Kind::Mark(Mark::Bang | Mark::Root | Mark::Caret) => {}
            Kind::Name(name, _) if !RESERVED.contains(&&**name) => {}
            _ if depth > 0 => {}
            _ => break,
        }
        end = token.span.end;
    }
    end
}

fn ambiguous_division(context: &Context<'_>, list: &[(Side, Node)], next: &Node) -> E {
    let first = list[0].1.span;
    let divisor = list[list.len() - 1].1.span;
    let over = first.to(list[list.len().saturating_sub(2)].1.span);
    E::AmbiguousDivision {
        at: divisor.to(next.span),
        text: source_text(context, first.to(next.span)),
        over: source_text(context, over),
        divisor: source_text(context, divisor),
        factor: source_text(context, next.span),
    }
}

pub(super) fn signed(input: Cursor<'_>) -> Parsed<'_, Node> {
    if !matches!(input.mark(), Some(Mark::Plus | Mark::Minus)) {
        return power(input);
    }
    let (mut rest, mut negative) = (input, false);
    while let Some(mark @ (Mark::Plus | Mark::Minus)) = rest.mark() {
        negative ^= mark == Mark::Minus;
        rest = rest.skip();
    }
    let (rest, node) = power(rest)?;
    number_valued(&rest, &node)?;
    let span = input.span().to(node.span);
    let kind = if negative {
        Syntax::Negative(Box::new(node))
    } else {
        return Ok((rest, Node { span, ..node }));
    };
    Ok((rest, Node { kind, span }))
}

/// Refuses a condition where a number is needed.
pub(super) fn number_valued(
    input: &Cursor<'_>,
    node: &Node,
) -> Result<(), nom::Err<Box<crate::Problem>>> {
    if !node.is_condition() {
        return Ok(());
    }
    let equality = matches!(&node.kind, Syntax::Comparison(_, parts) if parts.iter().any(|part| part.0 == Relation::Equal));
    refuse(E::ComparisonAsNumber {
        at: node.span,
        text: source_text(input.context, node.span),
        equality,
    })
}

/// What was typed at `span`, cut to a length that fits a message.
pub(super) fn source_text(context: &Context<'_>, span: Span) -> String {
    let text = span.text(context.source);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= 60 {
        flat
    } else {
        flat.chars().take(59).chain(['…']).collect()
    }
}
