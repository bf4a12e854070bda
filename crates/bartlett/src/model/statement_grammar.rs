//! The grammar of statements, one rule a form.
//! In: the tokens of one statement. Out: a `Statement`, or one problem at its exact place. Never: a family's row.
//!
//! ```text
//! density     = [log] name "(" subjects ("|" | ";") subjects ")" ("=" | "∝") value
//! law         = (subject | "(" subjects ")") "~" family "(" argument { "," argument } ")"
//! membership  = (subjects | "(" subjects ")") "in" set                                  (sets: statement_sets.rs)
//! relation    = values { comparison values }                                            several values on one side are names
//! known       = "known" subjects
//! definition  = name "=" (value | list)
//! repetition  = "for" name "in" (list | range | name) ":" statement
//! restriction = ("truncate" | "censor") subject "to" set
//! subjects    = subject { "," subject };  subject = name [ "[" (values | value ".." value) "]" ]
//! ```

use super::statement::{Index, Statement, Subject, Vocabulary};
use super::statement_density::equation;
use super::statement_forms::{Form, form, head_inside};
use super::statement_law::law;
use super::statement_problems::StatementError as E;
use super::statement_repetition::repetition;
use super::statement_sets::set;
use bartlett_expr::parse::cursor::{mark, refuse, word};
use bartlett_expr::parse::grammar::{RESERVED, relation, value};
use bartlett_expr::parse::lexer::{Mark, Token};
use bartlett_expr::parse::{Cursor, Node, Parsed, Relation, Syntax, Undeclared};
use bartlett_expr::{Problem, Span, did_you_mean};
use nom::Parser;
use nom::multi::separated_list1;

pub(super) type Refusal = nom::Err<Box<Problem>>;

/// Reads one statement from the whole of `input`.
pub(super) fn statement<'a>(
    input: Cursor<'a>,
    vocabulary: &Vocabulary<'_>,
    has_law: bool,
) -> Parsed<'a, Statement> {
    repeated(input, vocabulary, has_law, 0)
}

pub(super) fn repeated<'a>(
    input: Cursor<'a>,
    vocabulary: &Vocabulary<'_>,
    has_law: bool,
    depth: usize,
) -> Parsed<'a, Statement> {
    let undeclared = if has_law {
        Undeclared::Symbol
    } else {
        Undeclared::Unknown
    };
    input.context.set_undeclared(undeclared);
    match form(input.tokens()) {
        Form::Known => known(input),
        Form::Repetition => repetition(input, vocabulary, has_law, depth),
        Form::Truncation => restriction(input, "truncate"),
        Form::Censoring => restriction(input, "censor"),
        Form::Law(at) => {
            input.context.set_undeclared(Undeclared::Symbol);
            law(input, at, vocabulary)
        }
        Form::Kernel(at) | Form::Equation(at) => equation(input, at),
        Form::Membership(at) => {
            input.context.set_undeclared(Undeclared::Symbol);
            membership(input, at)
        }
        Form::Relation => {
            input.context.set_undeclared(Undeclared::Symbol);
            comparison(input)
        }
        Form::Unclear => refuse(unclear(&input, vocabulary)),
    }
}

/// Why a text without any sign of a statement is none.
fn unclear(input: &Cursor<'_>, vocabulary: &Vocabulary<'_>) -> E {
    let tokens = input.tokens();
    let text = |token: &Token| token.span.text(input.context.source()).to_owned();
    let at = input.span().to(tokens[tokens.len() - 1].span);
    if input.mark().is_some_and(Mark::joins) {
        return E::ContinuedLine {
            at: input.span(),
            found: input.text().to_owned(),
        };
    }
    if let [first, second, ..] = tokens
        && let (Some(name), Some(other)) = (first.name(), second.name())
    {
        let families = vocabulary.families.iter().copied();
        let family =
            vocabulary.families.contains(&other) || !did_you_mean(other, families).is_empty();
        if family && tokens.get(2).is_some_and(|token| token.is(Mark::OpenParen)) {
            return E::MissingTilde {
                at: second.span,
                datum: text(first),
                family: text(second),
            };
        }
        if let Some(suggestion) = did_you_mean(name, ["known", "truncate", "censor", "for"]).first()
        {
            return E::MisspelledKeyword {
                at: first.span,
                found: text(first),
                suggestion,
            };
        }
    }
    if !head_inside(tokens).is_empty()
        && head_inside(tokens)
            .iter()
            .any(|token| token.is(Mark::Bar) || token.is(Mark::Semicolon))
    {
        return E::MissingBody {
            at: Span::new(at.end, at.end),
            head: at.text(input.context.source()).to_owned(),
        };
    }
    E::NotAStatement { at }
}

/// Refuses what is left after a complete statement.
pub(super) fn end<'a, T>(rest: Cursor<'a>, value: T) -> Parsed<'a, T> {
    if rest.is_done() {
        return Ok((rest, value));
    }
    let at = rest.span();
    let Some(last) = rest.tokens().first() else {
        return Ok((rest, value));
    };
    if last.is(Mark::Equal) {
        return refuse(E::SecondEquals { at });
    }
    // The sign of a second statement: it begins at the name before, which was taken for a last factor.
    let sign = last.is(Mark::Tilde)
        || matches!(last.name(), Some("in" | "propto"))
        || relation(&rest).is_some();
    if sign {
        return refuse(E::TwoStatements {
            at: name_before(&rest).unwrap_or(at),
            comma: false,
        });
    }
    if last.name().is_some()
        || last.is(Mark::Comma)
        || last.is(Mark::Colon)
        || last.is(Mark::OpenParen)
    {
        return refuse(E::TwoStatements {
            at,
            comma: last.is(Mark::Comma),
        });
    }
    refuse(bartlett_expr::parse::leftover(&rest))
}

/// The place of the name just before the cursor.
fn name_before(rest: &Cursor<'_>) -> Option<Span> {
    let source = rest.context.source();
    let end = rest.behind();
    let start = source[..end]
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '_')
        .last()?
        .0;
    Some(Span::new(start, end))
}

/// Refuses a name that cannot be declared.
pub(super) fn declarable(token: &Token, input: &Cursor<'_>) -> Result<(), Refusal> {
    match token.name() {
        Some(name) if RESERVED.contains(&name) || name == "inf" => refuse(E::ReservedName {
            at: token.span,
            name: token.span.text(input.context.source()).to_owned(),
        }),
        _ => Ok(()),
    }
}

/// `y`, `y[i]`, `b[1..k]`
pub(super) fn subject(input: Cursor<'_>) -> Parsed<'_, Subject> {
    let Some((token, name)) = input.first().and_then(|token| Some((token, token.name()?))) else {
        return refuse(E::BadSubject {
            at: input.span(),
            found: input.text().to_owned(),
        });
    };
    declarable(token, &input)?;
    let after = input.skip();
    if !after.at(Mark::OpenBracket) {
        return Ok((
            after,
            Subject {
                name: name.into(),
                index: Index::None,
                span: token.span,
            },
        ));
    }
    let (rest, first) = value(after.skip())?;
    let (rest, index) = if rest.at(Mark::DotDot) {
        let (rest, last) = value(rest.skip())?;
        (rest, Index::Range(Box::new((first, last))))
    } else {
        let (rest, more) =
            nom::multi::many0((mark(Mark::Comma), value).map(|pair| pair.1)).parse(rest)?;
        (
            rest,
            Index::At(std::iter::once(first).chain(more).collect()),
        )
    };
    let (rest, close) = mark(Mark::CloseBracket)(rest)?;
    Ok((
        rest,
        Subject {
            name: name.into(),
            index,
            span: token.span.to(close),
        },
    ))
}

pub(super) fn subjects(input: Cursor<'_>) -> Parsed<'_, Vec<Subject>> {
    separated_list1(mark(Mark::Comma), subject).parse(input)
}

fn known(input: Cursor<'_>) -> Parsed<'_, Statement> {
    let (rest, (_, names)) = (word("known"), subjects).parse(input)?;
    if let Some(last) = names.last()
        && (relation(&rest).is_some() || rest.word() == Some("in") || rest.at(Mark::Tilde))
    {
        let more = Span::new(
            rest.span().start,
            rest.tokens()
                .last()
                .map_or(rest.span().end, |token| token.span.end),
        );
        let source = rest.context.source();
        return refuse(E::KnownWithMore {
            at: rest.span(),
            name: last.name.to_string(),
            more: more.text(source).to_owned(),
        });
    }
    if let (Some(last), Some(_)) = (names.last(), rest.word()) {
        return refuse(E::NamesWithoutComma {
            at: rest.span(),
            before: last.name.to_string(),
            after: rest.text().to_owned(),
        });
    }
    end(rest, Statement::Known(names))
}

fn restriction<'a>(input: Cursor<'a>, which: &'static str) -> Parsed<'a, Statement> {
    let (rest, (_, datum)) = (word(which), subject).parse(input)?;
    if rest.word() != Some("to") || rest.skip().is_done() {
        return refuse(E::BadRestriction {
            at: rest.span(),
            word: which,
            name: datum.name.to_string(),
        });
    }
    let (rest, set) = set(rest.skip())?;
    end(
        rest,
        if which == "truncate" {
            Statement::Truncation { datum, set }
        } else {
            Statement::Censoring { datum, set }
        },
    )
}

fn membership(input: Cursor<'_>, at: usize) -> Parsed<'_, Statement> {
    let left = nom::Input::take(&input, at);
    let source = input.context.source();
    let last = left
        .tokens()
        .last()
        .map_or(input.span(), |token| token.span);
    let bad = || {
        refuse(E::BadSubject {
            at: input.span().to(last),
            found: input.span().to(last).text(source).to_owned(),
        })
    };
    let tuple = left.at(Mark::OpenParen);
    let begin = if tuple { left.skip() } else { left };
    if begin.first().is_none_or(|token| token.name().is_none()) {
        return bad();
    }
    let (mut rest, subjects) = subjects(begin)?;
    if tuple && rest.at(Mark::CloseParen) {
        rest = rest.skip();
    }
    if !rest.is_done() {
        return bad();
    }
    let (rest, set) = set(nom::Input::take_from(&input, at + 1))?;
    end(rest, Statement::Membership { subjects, set })
}

fn comparison(input: Cursor<'_>) -> Parsed<'_, Statement> {
    if let Some(arrow) = arrow(&input) {
        return refuse(arrow);
    }
    let (mut rest, first) = separated_list1(mark(Mark::Comma), value).parse(input)?;
    names_only(&first)?;
    let (mut sides, mut relations, mut places) = (vec![first], Vec::new(), Vec::new());
    while let Some(sign) = relation(&rest) {
        if sign == Relation::Equal {
            let single =
                relations.is_empty() && matches!(&sides[0][..], [one] if one.symbol().is_some());
            return refuse(if single {
                E::DoubleEquals { at: rest.span() }
            } else {
                E::EqualityDomain { at: rest.span() }
            });
        }
        let upward = |sign: Relation| matches!(sign, Relation::Less | Relation::LessEqual);
        if relations
            .first()
            .is_some_and(|first| upward(*first) != upward(sign))
        {
            return refuse(E::TurningChain {
                at: rest.span(),
                first: places[0],
            });
        }
        places.push(rest.span());
        relations.push(sign);
        let next;
        (rest, next) = separated_list1(mark(Mark::Comma), value).parse(rest.skip())?;
        names_only(&next)?;
        sides.push(next);
    }
    if let Some(second) = sides.iter().filter(|side| side.len() > 1).nth(1) {
        return refuse(E::BadSideList { at: second[0].span });
    }
    end(rest, Statement::Relation { sides, relations })
}

/// Refuses a list on one side of a comparison that holds more than names.
fn names_only(side: &[Node]) -> Result<(), Refusal> {
    match side
        .iter()
        .find(|node| !matches!(node.kind, Syntax::Symbol(_) | Syntax::Indexed(..)))
    {
        Some(other) if side.len() > 1 => refuse(E::BadSideList {
            at: side[0].span.to(side[side.len() - 1].span).to(other.span),
        }),
        _ => Ok(()),
    }
}

/// `eta <- a + b*t`, with a space after the arrow, is hardly a domain.
fn arrow(input: &Cursor<'_>) -> Option<E> {
    let [name, less, minus, value, ..] = input.tokens() else {
        return None;
    };
    let together =
        less.is(Mark::Less) && minus.is(Mark::Minus) && less.span.end == minus.span.start;
    let spaced = value.span.start > minus.span.end;
    (name.name().is_some() && together && spaced).then(|| E::Arrow {
        at: less.span.to(minus.span),
        name: name.span.text(input.context.source()).to_owned(),
    })
}
