//! The place in a list of tokens, as an input for `nom`, and what the grammar knows while it reads.
//! In: tokens, the declared names, the functions. Out: `Cursor`, `Context`, `Scope`. Never: a tree.

use super::lexer::{Kind, Mark, Token};
use super::problems::SyntaxError;
use super::syntax::CONSTANTS;
use crate::problem::{Problem, Span};
use nom::error::{ErrorKind, ParseError};
use nom::{IResult, Needed};
use rustc_hash::FxHashSet;
use std::cell::{Cell, RefCell};

/// What the grammar must know about a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name in the table; several spellings may share it.
    pub name: &'static str,
    /// The least number of arguments.
    pub least: usize,
    /// The greatest number of arguments.
    pub most: usize,
}

/// A table of functions, as far as reading a text needs it.
pub trait Functions {
    /// The function of this name or alias.
    fn find(&self, name: &str) -> Option<Signature>;
    /// All names, for suggestions.
    fn names(&self) -> Vec<&'static str>;
}

/// Whether a name that is not declared may be a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undeclared {
    /// Yes: rows of tables, arguments of laws, whose free symbols are parameters.
    Symbol,
    /// No: in a typed density every symbol is declared.
    Unknown,
}

/// The names that a text may use.
#[derive(Clone)]
pub struct Scope<'a> {
    declared: FxHashSet<Box<str>>,
    functions: &'a dyn Functions,
    undeclared: Undeclared,
}

impl<'a> Scope<'a> {
    /// Nothing is declared, every other name is a symbol.
    #[must_use]
    pub fn new(functions: &'a dyn Functions) -> Self {
        Self {
            declared: FxHashSet::default(),
            functions,
            undeclared: Undeclared::Symbol,
        }
    }

    /// Says what a name is that is not declared.
    #[must_use]
    pub fn with_undeclared(mut self, undeclared: Undeclared) -> Self {
        self.undeclared = undeclared;
        self
    }

    /// Declares a name: from now on it shadows functions and constants.
    pub fn declare(&mut self, name: &str) {
        if !self.declared.contains(name) {
            self.declared.insert(name.into());
        }
    }

    /// Declares several.
    #[must_use]
    pub fn declaring<'n>(mut self, names: impl IntoIterator<Item = &'n str>) -> Self {
        names.into_iter().for_each(|name| self.declare(name));
        self
    }

    /// Is it declared?
    #[must_use]
    pub fn declares(&self, name: &str) -> bool {
        self.declared.contains(name)
    }

    /// The functions.
    #[must_use]
    pub fn functions(&self) -> &'a dyn Functions {
        self.functions
    }
}

/// How deep an expression may be nested. Every pass over a tree may recurse this deep without running out of stack.
pub const DEEPEST_NESTING: usize = 256;

/// A function that took an argument without parentheses; a factor right after it is an error.
#[derive(Clone, Copy, Debug)]
pub(super) struct BareApplication {
    pub function: Span,
    pub argument: Span,
}

/// What the grammar knows while it reads one text.
pub struct Context<'a> {
    pub(super) source: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) scope: &'a Scope<'a>,
    pub(super) depth: Cell<usize>,
    pub(super) inside_bars: Cell<bool>,
    pub(super) bare: Cell<Option<BareApplication>>,
    undeclared: Cell<Undeclared>,
    locals: RefCell<Vec<Box<str>>>,
    warnings: RefCell<Vec<Problem>>,
}

impl<'a> Context<'a> {
    /// A fresh reading of `tokens`, which were made from `source`.
    #[must_use]
    pub fn new(source: &'a str, tokens: &'a [Token], scope: &'a Scope<'a>) -> Self {
        Self {
            source,
            tokens,
            scope,
            depth: Cell::new(0),
            inside_bars: Cell::new(false),
            bare: Cell::new(None),
            undeclared: Cell::new(scope.undeclared),
            locals: RefCell::default(),
            warnings: RefCell::default(),
        }
    }

    /// The text.
    #[must_use]
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// Is the name declared, or the variable of a binder that is open here?
    #[must_use]
    pub fn declares(&self, name: &str) -> bool {
        self.scope.declares(name) || self.locals.borrow().iter().any(|local| **local == *name)
    }

    /// Is it a constant that nothing shadows?
    #[must_use]
    pub fn is_constant(&self, name: &str) -> bool {
        CONSTANTS.iter().any(|row| row.0 == name) && !self.declares(name)
    }

    pub(super) fn undeclared(&self) -> Undeclared {
        self.undeclared.get()
    }

    /// Says what a name is that is not declared, from here on.
    pub fn set_undeclared(&self, undeclared: Undeclared) {
        self.undeclared.set(undeclared);
    }

    /// Begins the part of the text in which `name` is a variable of a binder or of `for`.
    pub fn open_local(&self, name: &str) {
        self.locals.borrow_mut().push(name.into());
    }

    /// Ends it.
    pub fn close_local(&self) {
        self.locals.borrow_mut().pop();
    }

    /// Forgets what an abandoned reading left behind.
    pub fn reset(&self) {
        self.depth.set(0);
        self.inside_bars.set(false);
        self.bare.set(None);
        self.undeclared.set(self.scope.undeclared);
        self.locals.borrow_mut().clear();
    }

    /// Notes a warning.
    pub fn warn(&self, problem: impl Into<Problem>) {
        self.warnings.borrow_mut().push(problem.into());
    }

    /// The warnings so far, in order.
    #[must_use]
    pub fn warnings(&self) -> Vec<Problem> {
        self.warnings.borrow().clone()
    }

    /// The token that ends at or before byte `at`.
    pub(super) fn token_before(&self, at: usize) -> Option<&'a Token> {
        let index = self.tokens.partition_point(|token| token.span.end <= at);
        index.checked_sub(1).map(|index| &self.tokens[index])
    }
}

/// A place in the list of tokens: the input of every parser of the grammar.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    rest: &'a [Token],
    end: usize,
    /// What the grammar knows.
    pub context: &'a Context<'a>,
}

/// What a parser gives: the place after it and its value, or the problem.
pub type Parsed<'a, T> = IResult<Cursor<'a>, T, Box<Problem>>;

/// Refuses for good: no other alternative is tried.
///
/// # Errors
/// Always.
pub fn refuse<T>(problem: impl Into<Problem>) -> Result<T, nom::Err<Box<Problem>>> {
    Err(nom::Err::Failure(Box::new(problem.into())))
}

impl<'a> Cursor<'a> {
    /// A cursor over part of the tokens of `context`; the part ends at byte `end`.
    #[must_use]
    pub fn new(rest: &'a [Token], end: usize, context: &'a Context<'a>) -> Self {
        Self { rest, end, context }
    }

    /// A cursor over all tokens.
    #[must_use]
    pub fn all(context: &'a Context<'a>) -> Self {
        let end = context
            .tokens
            .last()
            .map_or(context.source.len(), |token| token.span.end);
        Self {
            rest: context.tokens,
            end,
            context,
        }
    }

    /// The next token.
    #[must_use]
    pub fn first(&self) -> Option<&'a Token> {
        self.rest.first()
    }

    /// The token after `n` others.
    #[must_use]
    pub fn nth(&self, n: usize) -> Option<&'a Token> {
        self.rest.get(n)
    }

    /// The tokens that are left.
    #[must_use]
    pub fn tokens(&self) -> &'a [Token] {
        self.rest
    }

    /// Is nothing left?
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// Is the next token this mark?
    #[must_use]
    pub fn at(&self, mark: Mark) -> bool {
        self.first().is_some_and(|token| token.is(mark))
    }

    /// The next token's mark.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        self.first().and_then(Token::mark)
    }

    /// The next token's name.
    #[must_use]
    pub fn word(&self) -> Option<&'a str> {
        self.first().and_then(Token::name)
    }

    /// The place after the next token.
    #[must_use]
    pub fn skip(self) -> Self {
        Self {
            rest: self.rest.get(1..).unwrap_or(&[]),
            ..self
        }
    }

    /// The place of the next token, or of the end.
    #[must_use]
    pub fn span(&self) -> Span {
        self.first()
            .map_or(Span::new(self.end, self.end), |token| token.span)
    }

    /// The text of the next token; empty at the end.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.first()
            .map_or("", |token| token.span.text(self.context.source))
    }

    /// Where the token before this place ends.
    #[must_use]
    pub fn behind(&self) -> usize {
        self.context
            .token_before(self.span().start)
            .map_or(0, |token| token.span.end)
    }

    /// The part before the cursor `later`.
    #[must_use]
    pub fn up_to(self, later: &Self) -> Self {
        let count = self.rest.len().saturating_sub(later.rest.len());
        nom::Input::take(&self, count)
    }
}

impl<'a> nom::Input for Cursor<'a> {
    type Item = &'a Token;
    type Iter = std::slice::Iter<'a, Token>;
    type IterIndices = std::iter::Enumerate<std::slice::Iter<'a, Token>>;

    fn input_len(&self) -> usize {
        self.rest.len()
    }
    fn take(&self, index: usize) -> Self {
        let end = self
            .rest
            .get(index)
            .map_or(self.end, |token| token.span.start);
        Self {
            rest: &self.rest[..index],
            end,
            ..*self
        }
    }
    fn take_from(&self, index: usize) -> Self {
        Self {
            rest: &self.rest[index..],
            ..*self
        }
    }
    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }
    fn position<P: Fn(Self::Item) -> bool>(&self, predicate: P) -> Option<usize> {
        self.rest.iter().position(predicate)
    }
    fn iter_elements(&self) -> Self::Iter {
        self.rest.iter()
    }
    fn iter_indices(&self) -> Self::IterIndices {
        self.rest.iter().enumerate()
    }
    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if count <= self.rest.len() {
            Ok(count)
        } else {
            Err(Needed::new(count - self.rest.len()))
        }
    }
}

impl<'a> ParseError<Cursor<'a>> for Box<Problem> {
    fn from_error_kind(input: Cursor<'a>, _: ErrorKind) -> Self {
        Box::new(unexpected(&input, "something else").into())
    }
    fn append(_: Cursor<'a>, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// The next token is not what is expected.
#[must_use]
pub fn unexpected(input: &Cursor<'_>, expected: &'static str) -> SyntaxError {
    let found = if input.is_done() {
        "the end"
    } else {
        input.text()
    };
    let found = if found.starts_with('\n') {
        "the end of the line"
    } else {
        found
    };
    SyntaxError::Unexpected {
        at: input.span(),
        expected,
        found: found.to_owned(),
    }
}

/// Reads this mark.
pub fn mark<'a>(wanted: Mark) -> impl Fn(Cursor<'a>) -> Parsed<'a, Span> {
    move |input| match input.first() {
        Some(token) if token.is(wanted) => Ok((input.skip(), token.span)),
        _ => Err(nom::Err::Error(Box::new(
            unexpected(&input, "another mark").into(),
        ))),
    }
}

/// Reads this word of the language.
pub fn word<'a>(wanted: &'static str) -> impl Fn(Cursor<'a>) -> Parsed<'a, Span> {
    move |input| match input.first() {
        Some(token) if token.name() == Some(wanted) => Ok((input.skip(), token.span)),
        _ => Err(nom::Err::Error(Box::new(
            unexpected(&input, "another word").into(),
        ))),
    }
}

/// Is the token a number?
#[must_use]
pub fn is_number(token: &Token) -> bool {
    matches!(token.kind, Kind::Number(_))
}
