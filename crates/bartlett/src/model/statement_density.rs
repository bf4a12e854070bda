//! The grammar of typed densities, kernels and definitions: what has a right side.
//! In: the tokens of one statement and the position of `=` or `∝`. Out: a `TypedDensity` or a definition. Never: whether it has mass 1.

use super::statement::{Scale, Statement, Subject, TypedDensity};
use super::statement_forms::{is_logarithmic, without_logarithm};
use super::statement_grammar::{Refusal, declarable, end, subject};
use super::statement_problems::StatementError as E;
use bartlett_expr::parse::cursor::{mark, refuse};
use bartlett_expr::parse::grammar::{expression_or_list, value};
use bartlett_expr::parse::lexer::Mark;
use bartlett_expr::parse::{Cursor, Node, Parsed};
use bartlett_expr::{Span, Spanned};
use nom::Parser;
use nom::multi::separated_list1;

/// A density, a kernel, or a definition, by what stands left of the sign at token `at`.
pub(super) fn equation(input: Cursor<'_>, at: usize) -> Parsed<'_, Statement> {
    let (left, sign) = (
        nom::Input::take(&input, at),
        nom::Input::take_from(&input, at),
    );
    let kernel = !sign.at(Mark::Equal);
    let tokens = left.tokens();
    let source = input.context.source();
    let span = tokens
        .last()
        .map_or(sign.span(), |last| left.span().to(last.span));
    if let [name] = tokens
        && !kernel
        && let Some(text) = name.name()
    {
        declarable(name, &input)?;
        let (rest, value) = definition_value(sign.skip())?;
        return end(
            rest,
            Statement::Definition {
                name: Spanned::new(text.into(), name.span),
                value,
            },
        );
    }
    if tokens.last().is_some_and(|last| last.is(Mark::Colon)) {
        return refuse(E::ColonEquals {
            at: tokens[at - 1].span.to(sign.span()),
        });
    }
    let logarithmic = is_logarithmic(tokens);
    if logarithmic && kernel {
        return refuse(E::LogKernel { at: sign.span() });
    }
    let head = without_logarithm(tokens);
    let is_head = matches!(head, [name, open, .., close] if name.name().is_some() && open.is(Mark::OpenParen) && close.is(Mark::CloseParen));
    if !is_head {
        if logarithmic && head.len() == 1 {
            let name = head[0].span.text(source).to_owned();
            return refuse(E::MissingBar {
                at: Span::new(span.end, span.end),
                head: span.text(source).to_owned(),
                name: format!("log {name}"),
            });
        }
        return refuse(if kernel {
            E::BadKernelHead { at: span }
        } else {
            E::BadDefinition {
                at: span,
                found: span.text(source).to_owned(),
            }
        });
    }
    let function = head[0].name().unwrap_or_default();
    let (data, parameters) = self::head(Cursor::new(&head[1..], span.end, input.context), span)?;
    let (rest, body) = value(sign.skip())?;
    let scale = match (kernel, logarithmic) {
        (true, _) => Scale::Kernel,
        (false, true) => Scale::LogDensity,
        (false, false) => Scale::Density,
    };
    end(
        rest,
        Statement::Density(TypedDensity {
            function: function.into(),
            data,
            parameters,
            scale,
            body,
        }),
    )
}

fn definition_value(input: Cursor<'_>) -> Parsed<'_, Node> {
    if input.at(Mark::OpenBracket) {
        expression_or_list(input)
    } else {
        value(input)
    }
}

/// `(x, y | a, b)`, from the parenthesis on; `span` is the place of the whole head.
fn head(input: Cursor<'_>, span: Span) -> Result<(Vec<Subject>, Vec<Subject>), Refusal> {
    let source = input.context.source();
    let is_bar = |cursor: &Cursor<'_>| cursor.at(Mark::Bar) || cursor.at(Mark::Semicolon);
    let text = span.text(source).to_owned();
    let inside = input.skip();
    if is_bar(&inside) {
        return refuse(E::NoData { at: inside.span() });
    }
    let missing_bar = |at: Span| {
        let before_paren = Span::new(span.start, input.span().start).text(source);
        refuse(E::MissingBar {
            at,
            head: text.clone(),
            name: before_paren.to_owned(),
        })
    };
    if inside.at(Mark::CloseParen) {
        return missing_bar(inside.span());
    }
    let (rest, data) = head_names(inside)?;
    if !is_bar(&rest) {
        return missing_bar(rest.span());
    }
    let bar = rest.span();
    let after = rest.skip();
    if after.at(Mark::CloseParen) {
        return refuse(E::NoParameters {
            at: after.span(),
            head: Span::new(span.start, after.span().start)
                .text(source)
                .to_owned(),
        });
    }
    let (rest, parameters) = head_names(after)?;
    if is_bar(&rest) {
        return refuse(E::ChainedBar {
            at: rest.span(),
            first: bar,
        });
    }
    if !rest.at(Mark::CloseParen) {
        return refuse(E::BadHeadName {
            at: rest.span(),
            found: rest.text().to_owned(),
        });
    }
    let all: Vec<&Subject> = data.iter().chain(&parameters).collect();
    for (k, subject) in all.iter().enumerate() {
        if let Some(first) = all[..k]
            .iter()
            .find(|other| other.name == subject.name && other.index == subject.index)
        {
            return refuse(E::DuplicateName {
                at: subject.span,
                first: first.span,
                name: subject.name.to_string(),
            });
        }
    }
    Ok((data, parameters))
}

fn head_names(input: Cursor<'_>) -> Parsed<'_, Vec<Subject>> {
    separated_list1(mark(Mark::Comma), head_name).parse(input)
}

fn head_name(input: Cursor<'_>) -> Parsed<'_, Subject> {
    if input.first().is_none_or(|token| token.name().is_none()) {
        return refuse(E::BadHeadName {
            at: input.span(),
            found: input.text().to_owned(),
        });
    }
    let (rest, subject) = subject(input)?;
    match rest.mark() {
        Some(Mark::Equal | Mark::EqualEqual) => {
            let name = if rest.skip().word().is_some() {
                rest.skip().text()
            } else {
                &subject.name
            };
            refuse(E::HeadEquals {
                at: rest.span(),
                name: name.to_owned(),
            })
        }
        Some(Mark::Comma | Mark::Bar | Mark::Semicolon | Mark::CloseParen) => Ok((rest, subject)),
        _ => refuse(E::BadHeadName {
            at: rest.span(),
            found: rest.text().to_owned(),
        }),
    }
}
