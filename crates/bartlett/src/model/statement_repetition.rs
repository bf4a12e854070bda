//! The grammar of repetitions: `for variable in values: statement`.
//! In: the tokens of one statement. Out: a `Repetition`. Never: an expansion.

use super::statement::{Over, Repetition, SetPart, Statement, Vocabulary};
use super::statement_grammar::{declarable, repeated};
use super::statement_problems::StatementError as E;
use super::statement_sets::braces;
use bartlett_expr::parse::cursor::refuse;
use bartlett_expr::parse::grammar::{expression_or_list, value};
use bartlett_expr::parse::lexer::Mark;
use bartlett_expr::parse::{Cursor, Parsed, Syntax};
use bartlett_expr::{Span, Spanned};

/// How many `for` may stand inside one another.
const DEEPEST_REPETITION: usize = 16;

pub(super) fn repetition<'a>(
    input: Cursor<'a>,
    vocabulary: &Vocabulary<'_>,
    has_law: bool,
    depth: usize,
) -> Parsed<'a, Statement> {
    if depth >= DEEPEST_REPETITION {
        return refuse(E::DeepRepetition { at: input.span() });
    }
    let bad = |at: Span, why, mend| refuse(E::BadRepetition { at, why, mend });
    let variable = input.skip();
    let Some(token) = variable.first() else {
        return bad(
            variable.span(),
            "the variable is missing",
            "type `for i in 1..n: y[i] ~ Normal(mu, s)`",
        );
    };
    declarable(token, &input)?;
    let name = token.name().unwrap_or_default();
    let rest = variable.skip();
    if rest.word() != Some("in") {
        return bad(
            rest.span(),
            "`in` is missing",
            "type `in` after the variable",
        );
    }
    let (rest, over) = over(rest.skip())?;
    if !rest.at(Mark::Colon) {
        return bad(
            rest.span(),
            "`:` is missing after the values",
            "put `:` before the statement that is repeated",
        );
    }
    let begin = rest.skip();
    if begin.is_done() {
        return bad(
            rest.span(),
            "no statement follows",
            "put the statement that is repeated after `:`",
        );
    }
    input.context.open_local(name);
    let (rest, body) = repeated(begin, vocabulary, has_law, depth + 1)?;
    input.context.close_local();
    let span = Span::new(
        begin.span().start,
        begin
            .tokens()
            .last()
            .map_or(begin.span().end, |token| token.span.end),
    );
    let variable = Spanned::new(name.into(), token.span);
    Ok((
        rest,
        Statement::Repetition(Box::new(Repetition {
            variable,
            over,
            body: Spanned::new(body, span),
        })),
    ))
}

fn over(input: Cursor<'_>) -> Parsed<'_, Over> {
    let bad = |at: Span, why, mend| refuse(E::BadRepetition { at, why, mend });
    match (input.mark(), input.word()) {
        (Some(Mark::OpenBracket), _) => {
            let (rest, list) = expression_or_list(input)?;
            match list.kind {
                Syntax::List(items) => Ok((rest, Over::List(items))),
                _ => bad(
                    list.span,
                    "a list is needed",
                    "type `for t in [0, 1, 2]: …`",
                ),
            }
        }
        (Some(Mark::OpenBrace), _) => {
            let (rest, part) = braces(input)?;
            match part.node {
                SetPart::Points(items) => Ok((rest, Over::List(items))),
                SetPart::Range {
                    leading,
                    last: Some(last),
                } => Ok((rest, Over::Range { leading, last })),
                _ => bad(
                    part.span,
                    "the range has no end",
                    "give it one: `{1, 2, ..., n}`, with `known n`",
                ),
            }
        }
        (_, Some(name)) if input.skip().at(Mark::Colon) => Ok((
            input.skip(),
            Over::Named(Spanned::new(name.into(), input.span())),
        )),
        _ => {
            let (rest, first) = value(input)?;
            if !rest.at(Mark::DotDot) {
                return bad(
                    rest.span(),
                    "a range is `first..last`",
                    "type `for i in 1..n: …` or `for t in [0, 1, 2]: …`",
                );
            }
            let (rest, last) = value(rest.skip())?;
            Ok((
                rest,
                Over::Range {
                    leading: vec![first],
                    last,
                },
            ))
        }
    }
}
