//! The grammar of laws: data, `~`, a family with its arguments.
//! In: the tokens of one statement. Out: a `TypedLaw`. Never: a family's row.

use super::statement::{Statement, TypedLaw, Vocabulary};
use super::statement_grammar::{Refusal, end, subject, subjects};
use super::statement_problems::StatementError as E;
use bartlett_expr::parse::cursor::{mark, refuse};
use bartlett_expr::parse::grammar::expression_or_list;
use bartlett_expr::parse::lexer::Mark;
use bartlett_expr::parse::{Cursor, Node, Parsed};
use bartlett_expr::{Span, Spanned, did_you_mean};
use nom::Parser;
use nom::multi::separated_list1;

/// Abbreviations of textbooks for families.
static ABBREVIATIONS: &[(&str, &str)] = &[
    ("N", "Normal"),
    ("U", "Uniform"),
    ("Unif", "Uniform"),
    ("Exp", "Exponential"),
    ("Expon", "Exponential"),
    ("Bern", "Bernoulli"),
    ("Ber", "Bernoulli"),
    ("Bin", "Binomial"),
    ("Binom", "Binomial"),
    ("B", "Binomial"),
    ("Pois", "Poisson"),
    ("Poi", "Poisson"),
    ("Po", "Poisson"),
    ("Geom", "Geometric"),
    ("Ga", "Gamma"),
    ("Be", "Beta"),
    ("LN", "LogNormal"),
    ("t", "StudentT"),
    ("T", "StudentT"),
    ("MVN", "MvNormal"),
    ("NB", "NegBinomial"),
    ("NegativeBinomial", "NegBinomial"),
    ("Dir", "Dirichlet"),
    ("Cat", "Categorical"),
    ("IG", "InverseGamma"),
    ("Gaussian", "Normal"),
    ("gaussian", "Normal"),
    ("norm", "Normal"),
    ("expon", "Exponential"),
];

pub(super) fn law<'a>(
    input: Cursor<'a>,
    at: usize,
    vocabulary: &Vocabulary<'_>,
) -> Parsed<'a, Statement> {
    let left = nom::Input::take(&input, at);
    let tuple = left.at(Mark::OpenParen);
    let not_a_datum = |at: Span| {
        let found = at.text(input.context.source()).to_owned();
        refuse(E::BadDatum { at, found })
    };
    if left.is_done() {
        return not_a_datum(nom::Input::take_from(&input, at).span());
    }
    let all = left.span().to(left.tokens()[at - 1].span);
    let mut data = Vec::new();
    let named = |cursor: Cursor<'_>| cursor.first().is_some_and(|token| token.name().is_some());
    let rest = if tuple && named(left.skip()) {
        let (rest, list) = subjects(left.skip())?;
        data = list;
        if rest.at(Mark::CloseParen) {
            rest.skip()
        } else {
            rest
        }
    } else if named(left) {
        let (rest, datum) = subject(left)?;
        data.push(datum);
        rest
    } else {
        left
    };
    if data.is_empty() || !rest.is_done() {
        return not_a_datum(all);
    }
    let right = nom::Input::take_from(&input, at + 1);
    let (rest, family, arguments) = family(right, vocabulary)?;
    end(
        rest,
        Statement::Law(TypedLaw {
            data,
            tuple,
            family,
            arguments,
        }),
    )
}

type FamilyWithArguments<'a> = (Cursor<'a>, Spanned<Box<str>>, Vec<Node>);

fn family<'a>(
    input: Cursor<'a>,
    vocabulary: &Vocabulary<'_>,
) -> Result<FamilyWithArguments<'a>, Refusal> {
    let at = input.span();
    let Some(name) = input.word() else {
        return refuse(E::MissingFamily {
            at,
            found: input.text().to_owned(),
        });
    };
    if !vocabulary.families.is_empty() && !vocabulary.families.contains(&name) {
        let abbreviation = ABBREVIATIONS
            .iter()
            .find(|row| row.0 == name && vocabulary.families.contains(&row.1));
        let suggestions = match abbreviation {
            Some(row) => vec![row.1],
            None => did_you_mean(name, vocabulary.families.iter().copied()),
        };
        let suggestions = suggestions.into_iter().map(str::to_owned).collect();
        return refuse(E::UnknownFamily {
            at,
            family: input.text().to_owned(),
            suggestions,
        });
    }
    let open = input.skip();
    let empty = open.at(Mark::OpenParen) && open.skip().at(Mark::CloseParen);
    if empty && bartlett_laws::family(name).is_some_and(|row| row.parameters.is_empty()) {
        let rest = open.skip().skip();
        return Ok((rest, Spanned::new(name.into(), at), Vec::new()));
    }
    if empty || !open.at(Mark::OpenParen) {
        return refuse(E::FamilyWithoutArguments {
            at,
            family: name.to_owned(),
        });
    }
    let (rest, arguments) =
        separated_list1(mark(Mark::Comma), expression_or_list).parse(open.skip())?;
    if !rest.at(Mark::CloseParen) {
        return refuse(bartlett_expr::parse::cursor::unexpected(
            &rest,
            "`,` or `)`",
        ));
    }
    Ok((rest.skip(), Spanned::new(name.into(), at), arguments))
}
