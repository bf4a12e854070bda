//! The grammar of sets.
//! In: a `Cursor` after `in` or `to`. Out: a `Set`. Never: whether a symbol may live there.
//!
//! ```text
//! set      = part { "+" part }
//! part     = "real" [ "^" value ] | "positive" | "nonnegative" | "integer" | "simplex" "(" value ")"
//!          | ("(" | "[") value "," value (")" | "]") | "{" items "}"
//! items    = value { "," value } | value { "," value } "," "..." [ "," value ] | value ".." value
//! ```

use super::statement::{Set, SetPart};
use super::statement_problems::StatementError as E;
use bartlett_expr::parse::cursor::{mark, refuse};
use bartlett_expr::parse::grammar::value;
use bartlett_expr::parse::lexer::{Kind, Mark};
use bartlett_expr::parse::{Constant, Cursor, Node, Parsed, Syntax};
use bartlett_expr::{Number, Span, Spanned, did_you_mean};
use nom::Parser;
use nom::multi::separated_list1;

/// The sets that have a name.
static NAMED: &[(&str, SetPart)] = &[
    ("real", SetPart::Real),
    ("positive", SetPart::Positive),
    ("nonnegative", SetPart::Nonnegative),
    ("integer", SetPart::Integer),
];

/// Other words for sets, with what is typed here.
static OTHER_WORDS: &[(&str, &[&str])] = &[
    ("R", &["real"]),
    ("reals", &["real"]),
    ("Reals", &["real"]),
    ("float", &["real"]),
    ("Z", &["integer"]),
    ("int", &["integer"]),
    ("integers", &["integer"]),
    ("N", &["{0, 1, ...}", "{1, 2, ...}"]),
    ("ℕ", &["{0, 1, ...}", "{1, 2, ...}"]),
    ("naturals", &["{0, 1, ...}", "{1, 2, ...}"]),
    ("natural", &["{0, 1, ...}", "{1, 2, ...}"]),
    ("binary", &["{0, 1}"]),
    ("bool", &["{0, 1}"]),
    ("boolean", &["{0, 1}"]),
    ("probability", &["(0, 1)"]),
    ("unit", &["(0, 1)"]),
    ("negative", &["(-inf, 0)"]),
];

pub(super) fn set(input: Cursor<'_>) -> Parsed<'_, Set> {
    let (rest, parts) = separated_list1(mark(Mark::Plus), part).parse(input)?;
    let span = parts
        .iter()
        .map(|part| part.span)
        .reduce(Span::to)
        .unwrap_or_default();
    Ok((rest, Set { parts, span }))
}

fn part(input: Cursor<'_>) -> Parsed<'_, Spanned<SetPart>> {
    match input.first().map(|token| &token.kind) {
        Some(Kind::Mark(Mark::OpenParen | Mark::OpenBracket)) => interval(input),
        Some(Kind::Mark(Mark::OpenBrace)) => braces(input),
        Some(Kind::Name(name, _)) => named(input, name),
        _ => {
            let found = if input.is_done() {
                "the end".to_owned()
            } else {
                input.text().to_owned()
            };
            refuse(E::BadSet {
                at: input.span(),
                found,
                suggestions: Vec::new(),
            })
        }
    }
}

fn named<'a>(input: Cursor<'a>, name: &str) -> Parsed<'a, Spanned<SetPart>> {
    let at = input.span();
    let after = input.skip();
    if name == "simplex" && after.at(Mark::OpenParen) {
        let (rest, size) = value(after.skip())?;
        let (rest, close) = mark(Mark::CloseParen)(rest)?;
        return Ok((rest, Spanned::new(SetPart::Simplex(size), at.to(close))));
    }
    if name == "real" {
        if after.at(Mark::Caret) {
            let (rest, size) = value(after.skip())?;
            let span = at.to(size.span);
            return Ok((rest, Spanned::new(SetPart::RealVector(size), span)));
        }
        if let Some(token) = after.first()
            && let Kind::Superscript {
                negative: false,
                digits,
                letter,
            } = &token.kind
        {
            let kind = match (digits, letter) {
                (Some(digits), None) => Syntax::Number(digits.clone()),
                (None, Some(letter)) => Syntax::Symbol(letter.clone()),
                _ => {
                    return refuse(E::BadSet {
                        at: at.to(token.span),
                        found: at.to(token.span).text(input.context.source()).to_owned(),
                        suggestions: vec!["real^k".into()],
                    });
                }
            };
            let size = Node {
                kind,
                span: token.span,
            };
            return Ok((
                after.skip(),
                Spanned::new(SetPart::RealVector(size), at.to(token.span)),
            ));
        }
    }
    if let Some((_, part)) = NAMED.iter().find(|row| row.0 == name) {
        return Ok((after, Spanned::new(part.clone(), at)));
    }
    let other = OTHER_WORDS.iter().find(|row| row.0 == name);
    let suggestions = match other {
        Some((_, words)) => words.iter().map(ToString::to_string).collect(),
        None if name == "simplex" => vec!["simplex(3)".to_owned()],
        None => did_you_mean(name, NAMED.iter().map(|row| row.0).chain(["simplex"]))
            .into_iter()
            .map(str::to_owned)
            .collect(),
    };
    refuse(E::BadSet {
        at,
        found: input.text().to_owned(),
        suggestions,
    })
}

/// The number that was typed, with its sign.
pub(super) fn number(node: &Node) -> Option<Number> {
    match &node.kind {
        Syntax::Number(value) => Some(value.clone()),
        Syntax::Negative(inner) => number(inner).map(|value| -&value),
        _ => None,
    }
}

fn interval(input: Cursor<'_>) -> Parsed<'_, Spanned<SetPart>> {
    let open = input.span();
    let source = input.context.source();
    let lower_closed = input.at(Mark::OpenBracket);
    if matches!(
        input.skip().mark(),
        Some(Mark::CloseParen | Mark::CloseBracket)
    ) {
        return refuse(E::EmptySet {
            at: open.to(input.skip().span()),
        });
    }
    let (rest, ends) = separated_list1(mark(Mark::Comma), value).parse(input.skip())?;
    let upper_closed = rest.at(Mark::CloseBracket);
    if !upper_closed && !rest.at(Mark::CloseParen) {
        return refuse(bartlett_expr::parse::cursor::unexpected(
            &rest,
            "`,` or the end of the interval",
        ));
    }
    let span = open.to(rest.span());
    let found = ends.len();
    let text = Span::new(open.end, rest.behind()).text(source).to_owned();
    let Ok([lower, upper]) = <[Node; 2]>::try_from(ends) else {
        return refuse(E::IntervalEnds {
            at: span,
            ends: found,
            text,
        });
    };
    if let (Some(a), Some(b)) = (number(&lower), number(&upper))
        && (a > b || (a == b && !(lower_closed && upper_closed)))
    {
        return refuse(E::EmptyInterval {
            at: span,
            lower: lower.span.text(source).to_owned(),
            upper: upper.span.text(source).to_owned(),
        });
    }
    if matches!(lower.kind, Syntax::Constant(Constant::Infinity)) {
        return refuse(E::EmptyInterval {
            at: span,
            lower: lower.span.text(source).to_owned(),
            upper: upper.span.text(source).to_owned(),
        });
    }
    Ok((
        rest.skip(),
        Spanned::new(
            SetPart::Interval {
                lower,
                upper,
                lower_closed,
                upper_closed,
            },
            span,
        ),
    ))
}

/// An item between braces.
enum Item {
    Value(Node),
    Dots(Span),
    Range(Node, Node),
}

fn item(input: Cursor<'_>) -> Parsed<'_, Item> {
    if input.at(Mark::Ellipsis) || input.at(Mark::DotDot) {
        return Ok((input.skip(), Item::Dots(input.span())));
    }
    let (rest, first) = value(input)?;
    if rest.at(Mark::DotDot) {
        let (rest, last) = value(rest.skip())?;
        return Ok((rest, Item::Range(first, last)));
    }
    Ok((rest, Item::Value(first)))
}

/// `{…}`: points or a range of integers.
pub(super) fn braces(input: Cursor<'_>) -> Parsed<'_, Spanned<SetPart>> {
    let open = input.span();
    if input.skip().at(Mark::CloseBrace) {
        return refuse(E::EmptySet {
            at: open.to(input.skip().span()),
        });
    }
    let (rest, items) = separated_list1(mark(Mark::Comma), item).parse(input.skip())?;
    if !rest.at(Mark::CloseBrace) {
        let why = if rest.at(Mark::Ellipsis) || rest.at(Mark::DotDot) {
            "commas stand on both sides of `...`"
        } else {
            "items are separated by commas"
        };
        return refuse(E::BadRange {
            at: rest.span(),
            why,
        });
    }
    let span = open.to(rest.span());
    let (mut leading, mut dots, mut after): (Vec<Node>, Option<Span>, Vec<Node>) =
        (Vec::new(), None, Vec::new());
    let single = items.len() == 1;
    for item in items {
        match item {
            Item::Value(node) if dots.is_none() => leading.push(node),
            Item::Value(node) => after.push(node),
            Item::Dots(at) if dots.is_none() && !leading.is_empty() => dots = Some(at),
            Item::Dots(at) if dots.is_none() => {
                return refuse(E::BadRange {
                    at,
                    why: "it must begin with a number",
                });
            }
            Item::Dots(at) => {
                return refuse(E::BadRange {
                    at,
                    why: "`...` stands twice; for all integers type `integer`",
                });
            }
            Item::Range(first, last) if single => {
                leading.push(first);
                after.push(last);
                dots = Some(span);
            }
            Item::Range(first, last) => {
                return refuse(E::BadRange {
                    at: first.span.to(last.span),
                    why: "a range stands alone in its braces",
                });
            }
        }
    }
    let part = match dots {
        None => SetPart::Points(leading),
        Some(at) => {
            if after.len() > 1 {
                return refuse(E::BadRange {
                    at: after[1].span,
                    why: "only one term follows `...`",
                });
            }
            let last = after.pop();
            if let Some(why) = not_a_progression(&leading, last.as_ref()) {
                return refuse(E::BadRange {
                    at: if why.1 { at } else { span },
                    why: why.0,
                });
            }
            SetPart::Range { leading, last }
        }
    };
    Ok((rest.skip(), Spanned::new(part, span)))
}

/// What keeps numeric terms from being integers with one step, and whether it is to be said at the dots.
fn not_a_progression(leading: &[Node], last: Option<&Node>) -> Option<(&'static str, bool)> {
    let numbers: Vec<Number> = leading.iter().map_while(number).collect();
    if numbers.iter().any(|value| !value.is_integer()) {
        return Some(("its terms are not integers", false));
    }
    let step = numbers
        .get(1)
        .map_or(Number::ONE, |second| second - &numbers[0]);
    if !step.is_positive() {
        return Some(("it must rise", false));
    }
    if numbers.windows(2).any(|pair| &pair[1] - &pair[0] != step) {
        return Some(("its leading terms have no common step", false));
    }
    if let (Some(before), Some(last)) = (
        numbers.last().filter(|_| numbers.len() == leading.len()),
        last.and_then(number),
    ) {
        let steps = &(&last - before) / &step;
        if !steps.is_integer() || steps.is_negative() {
            return Some(("its last term is not reached", true));
        }
    }
    None
}
