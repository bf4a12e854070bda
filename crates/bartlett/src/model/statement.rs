//! What a statement is, and the reading of a model as statements.
//! In: text, the functions and families that it may name. Out: `Spanned<Statement>`s and warnings, or one problem a statement. Never: a meaning that needs a family's row.

use super::statement_forms::{declared, split};
use super::statement_grammar::statement;
use super::statement_problems::StatementError;
use bartlett_expr::parse::cursor::Cursor;
use bartlett_expr::parse::{Context, Functions, Node, Relation, Scope, lexer};
use bartlett_expr::{Problem, Span, Spanned};

/// Laws of several components, which have no row of one datum in the catalogue: names and aliases.
pub use super::resolve::vector_laws;
/// What was read, with the warnings.
pub use bartlett_expr::parse::Read;

/// The names that a model may use without declaring them.
#[derive(Clone)]
pub struct Vocabulary<'a> {
    /// The functions.
    pub functions: &'a dyn Functions,
    /// The names and aliases of the families; if there are none, any name passes.
    pub families: Vec<&'a str>,
}

impl Vocabulary<'static> {
    /// The functions of the language, and the families of the catalogue with their aliases.
    #[must_use]
    pub fn standard() -> Self {
        let rows = bartlett_laws::FAMILIES.iter().copied().flatten();
        let families =
            rows.flat_map(|row| std::iter::once(row.name).chain(row.aliases.iter().copied()));
        Self {
            functions: bartlett_expr::parse::FUNCTION_TABLE,
            families: families.chain(vector_laws()).collect(),
        }
    }
}

/// A name where it is declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The ASCII name.
    pub name: Box<str>,
    /// What stands in brackets after it.
    pub index: Index,
    /// Its place.
    pub span: Span,
}

/// The brackets after a declared name.
#[derive(Clone, Debug, PartialEq)]
pub enum Index {
    /// None: a scalar, or the whole of a vector law.
    None,
    /// `y[i]`
    At(Vec<Node>),
    /// `b[1..k]`: a vector with these first and last indices.
    Range(Box<(Node, Node)>),
}

/// On which scale a density is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// `p(x | θ) = …`
    Density,
    /// `log p(x | θ) = …`
    LogDensity,
    /// `p(x | θ) ∝ …`
    Kernel,
}

/// A typed density.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedDensity {
    /// The name of the density, such as `p`.
    pub function: Box<str>,
    /// The data, in order.
    pub data: Vec<Subject>,
    /// The parameters, in order; at least one.
    pub parameters: Vec<Subject>,
    /// The scale.
    pub scale: Scale,
    /// The right side.
    pub body: Node,
}

/// A datum, or several, that follow a named family.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedLaw {
    /// The data: one name, or the components in order.
    pub data: Vec<Subject>,
    /// Were the data typed as `(x, y)`?
    pub tuple: bool,
    /// The family, as typed.
    pub family: Spanned<Box<str>>,
    /// Its arguments, in order; lists may be nested.
    pub arguments: Vec<Node>,
}

/// A part of a set.
#[derive(Clone, Debug, PartialEq)]
pub enum SetPart {
    /// All reals.
    Real,
    /// Above 0.
    Positive,
    /// Not below 0.
    Nonnegative,
    /// All integers.
    Integer,
    /// From one end to another.
    Interval {
        /// Lower end; may be `-inf`.
        lower: Node,
        /// Upper end; may be `inf`.
        upper: Node,
        /// Does the lower end belong to it?
        lower_closed: bool,
        /// Does the upper end?
        upper_closed: bool,
    },
    /// `{a, b, c}`: these points; beside an interval, atoms.
    Points(Vec<Node>),
    /// `{a, b, ..., c}`: integers from the first on; the first two fix the step, one alone means step 1.
    Range {
        /// The leading terms, at least one.
        leading: Vec<Node>,
        /// The last one; `None` where the range goes on for ever.
        last: Option<Node>,
    },
    /// `simplex(k)`
    Simplex(Node),
    /// `real^k`
    RealVector(Node),
}

/// A union of parts, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// The parts in order.
    pub parts: Vec<Spanned<SetPart>>,
    /// The place of all.
    pub span: Span,
}

/// What a repetition runs over.
#[derive(Clone, Debug, PartialEq)]
pub enum Over {
    /// `[0, 1, 2, 4]` or `{0, 1, 2, 4}`
    List(Vec<Node>),
    /// A name that is defined as a list.
    Named(Spanned<Box<str>>),
    /// `1..n`, `{1, ..., n}`, `{1, 3, ..., n}`
    Range {
        /// The leading terms, at least one; two fix the step.
        leading: Vec<Node>,
        /// The last one.
        last: Node,
    },
}

/// `for variable in over: body`
#[derive(Clone, Debug, PartialEq)]
pub struct Repetition {
    /// The variable.
    pub variable: Spanned<Box<str>>,
    /// What it runs over.
    pub over: Over,
    /// The statement that is repeated.
    pub body: Spanned<Statement>,
}

/// One statement of a model.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// A typed density.
    Density(TypedDensity),
    /// A named law.
    Law(TypedLaw),
    /// `a, b in set`
    Membership {
        /// What lives there.
        subjects: Vec<Subject>,
        /// Where.
        set: Set,
    },
    /// `a, b > 0`, `c1 < c2 < c3`: sides with the signs between them. A side with several names means each of them.
    Relation {
        /// The sides, one more than there are signs.
        sides: Vec<Vec<Node>>,
        /// The signs.
        relations: Vec<Relation>,
    },
    /// `known n, t`
    Known(Vec<Subject>),
    /// `eta = a + b*t`; the value may be a list.
    Definition {
        /// The name.
        name: Spanned<Box<str>>,
        /// What it stands for.
        value: Node,
    },
    /// `for i in 1..n: …`
    Repetition(Box<Repetition>),
    /// `truncate x to (0, b)`
    Truncation {
        /// The datum.
        datum: Subject,
        /// Where it is given to fall.
        set: Set,
    },
    /// `censor t to (0, c)`
    Censoring {
        /// The datum.
        datum: Subject,
        /// Where it is seen.
        set: Set,
    },
}

/// Reads a model. A line of `--where` or `--known` is appended to the text on a line of its own before, so that all
/// names are known while any expression is read.
///
/// # Errors
/// All problems, in order of place, if one of them is an error: at most one error a statement.
pub fn statements(
    text: &str,
    vocabulary: &Vocabulary<'_>,
) -> Result<Read<Vec<Spanned<Statement>>>, Vec<Problem>> {
    read(text, vocabulary, &[])
}

/// Reads statements beside a model or a row that declares `names`; there may be none.
///
/// # Errors
/// As [`statements`], but that an empty text is no mistake.
pub fn statements_beside(
    text: &str,
    vocabulary: &Vocabulary<'_>,
    names: &[&str],
) -> Result<Read<Vec<Spanned<Statement>>>, Vec<Problem>> {
    if text.trim().is_empty() {
        return Ok(Read {
            value: Vec::new(),
            warnings: Vec::new(),
        });
    }
    read(text, vocabulary, names)
}

fn read(
    text: &str,
    vocabulary: &Vocabulary<'_>,
    names: &[&str],
) -> Result<Read<Vec<Spanned<Statement>>>, Vec<Problem>> {
    let tokens = lexer::tokens(text).map_err(|error| vec![error.into()])?;
    let parts = split(&tokens);
    if parts.is_empty() {
        return Err(vec![
            StatementError::EmptyModel {
                at: Span::new(0, 0),
            }
            .into(),
        ]);
    }
    let found = declared(&parts);
    let scope = Scope::new(vocabulary.functions)
        .declaring(names.iter().copied())
        .declaring(found.names);
    let context = Context::new(text, &tokens, &scope);
    let mut problems = Vec::new();
    let mut read = Vec::new();
    for part in parts {
        context.reset();
        let span = part[0].span.to(part[part.len() - 1].span);
        match bartlett_expr::parse::finished(statement(
            Cursor::new(part, span.end, &context),
            vocabulary,
            found.law,
        )) {
            Ok((_, node)) => read.push(Spanned::new(node, span)),
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(context.warnings());
    if problems.iter().any(Problem::is_error) {
        problems.sort_by_key(|problem| problem.span().start);
        return Err(problems);
    }
    Ok(Read {
        value: read,
        warnings: problems,
    })
}
