//! Parsing: text as a syntax tree with the place of every part.
//! In: text, the declared names, the functions. Out: `Node`, and problems that point at the exact place. Never: algebra.

mod application;
mod brackets;
pub mod cursor;
pub mod grammar;
pub mod lexer;
mod lower;
mod operand;
pub mod problems;
pub mod syntax;
mod table;
pub mod unicode;

#[cfg(test)]
mod tests;

pub use cursor::{
    Context, Cursor, DEEPEST_NESTING, Functions, Parsed, Scope, Signature, Undeclared,
};
pub use lower::lower;
pub use problems::SyntaxError;
pub use syntax::{Appearance, Binder, Bound, Constant, Node, Relation, Side, Sign, Syntax};
pub use table::FUNCTION_TABLE;

use crate::Expr;
use crate::problem::Problem;
use lexer::Mark;

/// A tree and the warnings met on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Read<T> {
    /// What was read.
    pub value: T,
    /// Understood, but perhaps not as it was meant.
    pub warnings: Vec<Problem>,
}

/// The expression of a formula in a row of a table. Panics on a formula that does not parse: rows are part of the program,
/// and each is read by a sweep.
#[must_use]
pub fn formula(text: &str) -> Expr {
    parse(text).unwrap_or_else(|problem| panic!("the row `{text}` does not parse: {problem:?}"))
}

/// Reads one expression.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn expression(text: &str, scope: &Scope<'_>) -> Result<Read<Node>, Problem> {
    read(text, scope, grammar::expression)
}

/// Reads one expression as an `Expr`. Names that are neither functions nor constants are symbols.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn parse(text: &str) -> Result<Expr, Problem> {
    parse_declaring(text, [])
}

/// Reads one expression in which `names` are symbols, whatever function or constant they are elsewhere.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn parse_declaring<'n>(
    text: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Result<Expr, Problem> {
    let scope = Scope::new(FUNCTION_TABLE).declaring(names);
    Ok(lower(&expression(text, &scope)?.value)?)
}

/// Reads the whole of `text` by one rule of the grammar; line ends count as spaces.
///
/// # Errors
/// The first mistake, at its place in `text`.
pub fn read<T>(
    text: &str,
    scope: &Scope<'_>,
    rule: impl for<'a> Fn(Cursor<'a>) -> Parsed<'a, T>,
) -> Result<Read<T>, Problem> {
    let mut tokens = lexer::TokenBuffer::new();
    lexer::read_tokens(text, &mut tokens)?;
    if tokens.iter().any(|token| token.is(Mark::NewLine)) {
        tokens.retain(|token| !token.is(Mark::NewLine));
    }
    let context = Context::new(text, &tokens, scope);
    let (rest, value) = finished(rule(Cursor::all(&context)))?;
    if !rest.is_done() {
        return Err(leftover(&rest).into());
    }
    Ok(Read {
        value,
        warnings: context.warnings(),
    })
}

/// Takes the problem out of the wrapping of `nom`.
///
/// # Errors
/// The problem of `parsed`.
pub fn finished<T>(parsed: Parsed<'_, T>) -> Result<(Cursor<'_>, T), Problem> {
    parsed.map_err(|error| match error {
        nom::Err::Error(problem) | nom::Err::Failure(problem) => *problem,
        nom::Err::Incomplete(_) => SyntaxError::EmptyExpression {
            at: crate::problem::Span::default(),
        }
        .into(),
    })
}

/// Something stands after the end of an expression.
#[must_use]
pub fn leftover(rest: &Cursor<'_>) -> SyntaxError {
    let at = rest.span();
    match rest.mark() {
        Some(Mark::OpenBracket) => SyntaxError::ListAsNumber { at },
        Some(Mark::OpenBrace) => SyntaxError::BraceInExpression { at },
        Some(Mark::DotDot | Mark::Ellipsis) => SyntaxError::RangeInExpression { at },
        _ => cursor::unexpected(rest, "an operator or the end"),
    }
}
