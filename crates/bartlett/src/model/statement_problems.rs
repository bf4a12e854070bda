//! The mistakes of a statement: one variant each, with its place, its reason and its mend.
//! In: what the statement grammar ran into. Out: a `Problem`, by the one `From` below. Never: drawing.

use bartlett_expr::parse::problems::listed;
use bartlett_expr::{Problem, Span};
use thiserror::Error;

/// A mistake in a statement. The messages are what a person reads first.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // the message of each variant says what it is; its fields are named by what they hold
pub enum StatementError {
    #[error("the model is empty")]
    EmptyModel { at: Span },
    #[error("this is not a statement")]
    NotAStatement { at: Span },
    #[error("a statement cannot begin with `{found}`")]
    ContinuedLine { at: Span, found: String },
    #[error("`{found}` is not a word that begins a statement")]
    MisspelledKeyword {
        at: Span,
        found: String,
        suggestion: &'static str,
    },
    #[error("`~` is missing between `{datum}` and `{family}`")]
    MissingTilde {
        at: Span,
        datum: String,
        family: String,
    },
    #[error("the head `{head}` has no right side")]
    MissingBody { at: Span, head: String },
    #[error("a second statement begins on the same line")]
    TwoStatements { at: Span, comma: bool },
    #[error("a second `=` stands in one statement")]
    SecondEquals { at: Span },
    #[error("`==` compares; a definition is written with `=`")]
    DoubleEquals { at: Span },
    #[error("`<-` may be read as a definition or as `< -`")]
    Arrow { at: Span, name: String },
    #[error("a definition is written with `=`, not `:=`")]
    ColonEquals { at: Span },
    #[error("the bar is missing in the head `{head}`")]
    MissingBar {
        at: Span,
        head: String,
        name: String,
    },
    #[error("the head has two bars")]
    ChainedBar { at: Span, first: Span },
    #[error("the head has no data before the bar")]
    NoData { at: Span },
    #[error("the head has no parameters after the bar")]
    NoParameters { at: Span, head: String },
    #[error("a head lists names, not `{found}`")]
    BadHeadName { at: Span, found: String },
    #[error("a head names its data, without values")]
    HeadEquals { at: Span, name: String },
    #[error("`{name}` stands twice in the head")]
    DuplicateName { at: Span, first: Span, name: String },
    #[error("the left side of `=` is neither a name nor the head of a density")]
    BadDefinition { at: Span, found: String },
    #[error("the left side of `∝` is not the head of a density")]
    BadKernelHead { at: Span },
    #[error("a log-density is not proportional to anything")]
    LogKernel { at: Span },
    #[error("`{name}` cannot be declared")]
    ReservedName { at: Span, name: String },
    #[error("`{found}` is not a datum")]
    BadDatum { at: Span, found: String },
    #[error("a law needs a family on the right of `~`")]
    MissingFamily { at: Span, found: String },
    #[error("`{family}` is not a known family")]
    UnknownFamily {
        at: Span,
        family: String,
        suggestions: Vec<String>,
    },
    #[error("the family `{family}` has no arguments")]
    FamilyWithoutArguments { at: Span, family: String },
    #[error("`{found}` is not a set")]
    BadSet {
        at: Span,
        found: String,
        suggestions: Vec<String>,
    },
    #[error("an interval has two ends, not {ends}")]
    IntervalEnds { at: Span, ends: usize, text: String },
    #[error("the interval is empty: {lower} is not below {upper}")]
    EmptyInterval {
        at: Span,
        lower: String,
        upper: String,
    },
    #[error("the set is empty")]
    EmptySet { at: Span },
    #[error("the range is not understood: {why}")]
    BadRange { at: Span, why: &'static str },
    #[error("`{found}` is not the name of a symbol")]
    BadSubject { at: Span, found: String },
    #[error("several names on one side must all be names")]
    BadSideList { at: Span },
    #[error("the chain turns around")]
    TurningChain { at: Span, first: Span },
    #[error("an equation cannot be a domain")]
    EqualityDomain { at: Span },
    #[error("`known` lists names only")]
    KnownWithMore {
        at: Span,
        name: String,
        more: String,
    },
    #[error("names are separated by commas")]
    NamesWithoutComma {
        at: Span,
        before: String,
        after: String,
    },
    #[error("a repetition is not understood: {why}")]
    BadRepetition {
        at: Span,
        why: &'static str,
        mend: &'static str,
    },
    #[error("repetitions are nested too deep")]
    DeepRepetition { at: Span },
    #[error("`{word}` needs a datum, `to`, and an interval")]
    BadRestriction {
        at: Span,
        word: &'static str,
        name: String,
    },
    #[error("`{name}` is not declared")]
    UnknownName {
        at: Span,
        name: String,
        suggestions: Vec<String>,
        bare_function: bool,
    },
    #[error("`{name}` is not declared")]
    UnknownIndexed { at: Span, name: String, end: bool },
    #[error("`{found}` is not of the form `name = expression`")]
    BadAssignment { at: Span, found: String },
    #[error("`{name}` is given twice")]
    AssignedTwice { at: Span, first: Span, name: String },
    #[error("a list of names is needed")]
    BadNameList { at: Span, found: String },
    #[error("a list of numbers in parentheses is needed")]
    BadTuple { at: Span },
}

impl StatementError {
    /// The kind of mistake in kebab case, and its place.
    fn head(&self) -> (&'static str, Span) {
        use StatementError as E;
        match self {
            E::EmptyModel { at } => ("empty-model", *at),
            E::NotAStatement { at } => ("not-a-statement", *at),
            E::ContinuedLine { at, .. } => ("continued-line", *at),
            E::MisspelledKeyword { at, .. } => ("misspelled-keyword", *at),
            E::MissingTilde { at, .. } => ("missing-tilde", *at),
            E::MissingBody { at, .. } => ("missing-body", *at),
            E::TwoStatements { at, .. } => ("two-statements", *at),
            E::SecondEquals { at } => ("second-equals", *at),
            E::DoubleEquals { at } => ("double-equals", *at),
            E::Arrow { at, .. } => ("arrow", *at),
            E::ColonEquals { at } => ("colon-equals", *at),
            E::MissingBar { at, .. } => ("missing-bar", *at),
            E::ChainedBar { at, .. } => ("chained-bar", *at),
            E::NoData { at } => ("no-data", *at),
            E::NoParameters { at, .. } => ("no-parameters", *at),
            E::BadHeadName { at, .. } => ("bad-head-name", *at),
            E::HeadEquals { at, .. } => ("head-equals", *at),
            E::DuplicateName { at, .. } => ("duplicate-name", *at),
            E::BadDefinition { at, .. } => ("bad-definition", *at),
            E::BadKernelHead { at } => ("bad-kernel-head", *at),
            E::LogKernel { at } => ("log-kernel", *at),
            E::ReservedName { at, .. } => ("reserved-name", *at),
            E::BadDatum { at, .. } => ("bad-datum", *at),
            E::MissingFamily { at, .. } => ("missing-family", *at),
            E::UnknownFamily { at, .. } => ("unknown-family", *at),
            E::FamilyWithoutArguments { at, .. } => ("family-without-arguments", *at),
            E::BadSet { at, .. } => ("bad-set", *at),
            E::IntervalEnds { at, .. } => ("interval-ends", *at),
            E::EmptyInterval { at, .. } => ("empty-interval", *at),
            E::EmptySet { at } => ("empty-set", *at),
            E::BadRange { at, .. } => ("bad-range", *at),
            E::BadSubject { at, .. } => ("bad-subject", *at),
            E::BadSideList { at } => ("bad-side-list", *at),
            E::TurningChain { at, .. } => ("turning-chain", *at),
            E::EqualityDomain { at } => ("equality-domain", *at),
            E::KnownWithMore { at, .. } => ("known-with-more", *at),
            E::NamesWithoutComma { at, .. } => ("names-without-comma", *at),
            E::BadRepetition { at, .. } => ("bad-repetition", *at),
            E::DeepRepetition { at } => ("deep-repetition", *at),
            E::BadRestriction { at, .. } => ("bad-restriction", *at),
            E::UnknownName { at, .. } => ("unknown-name", *at),
            E::UnknownIndexed { at, .. } => ("unknown-indexed", *at),
            E::BadAssignment { at, .. } => ("bad-assignment", *at),
            E::AssignedTwice { at, .. } => ("assigned-twice", *at),
            E::BadNameList { at, .. } => ("bad-name-list", *at),
            E::BadTuple { at } => ("bad-tuple", *at),
        }
    }
}

/// The one place where a mistake of a statement gets its reason and its mend.
impl From<StatementError> for Problem {
    fn from(error: StatementError) -> Self {
        use StatementError as E;
        let (code, at) = error.head();
        let problem = Self::new(code, at, error.to_string());
        match error {
            E::EmptyModel { .. } => problem.because("nothing is stated").mend("type a law, such as `x ~ Normal(mu, sigma)`, or a density, such as `p(x | a) = a*exp(-a*x); x > 0`"),
            E::NotAStatement { .. } => problem
                .because("it holds no `=`, `~`, `∝`, `in` or comparison")
                .mend("type a law `x ~ Normal(mu, sigma)`, a density `p(x | a) = …`, a domain `a > 0`, a definition `b = …` or `known n`"),
            E::ContinuedLine { .. } => problem.because("does it go on from the line before?").mend("end that line with the operator, or put the whole expression in parentheses"),
            E::MisspelledKeyword { suggestion, .. } => problem.because("no statement begins like this").mend(format!("did you mean `{suggestion}`?")),
            E::MissingTilde { datum, family, .. } => problem.because("a law is expected").mend(format!("type `{datum} ~ {family}(…)`")),
            E::MissingBody { head, .. } => problem.because("the line ends here").mend(format!("type `{head} = …`, or `{head} ∝ …` for a density up to its normalizer")),
            E::TwoStatements { comma: true, .. } => problem.because("the statement before is complete").mend("put `;` in place of the comma"),
            E::TwoStatements { .. } => problem.because("the statement before is complete").mend("put `;` or a new line before it"),
            E::SecondEquals { .. } => problem.because("the statement is complete before this").mend("keep one `=`; put `;` before a second statement"),
            E::DoubleEquals { .. } => problem.because("comparisons stand inside `if` and `indicator`").mend("type `=`"),
            E::Arrow { name, .. } => problem.because("neither is certain").mend(format!("type `{name} = …` for the definition, `{name} < -…` for the domain")),
            E::ColonEquals { .. } => problem.because("the colon is too much").mend("type `=`"),
            E::MissingBar { name, .. } => problem
                .because("data and parameters are not told apart")
                .mend(format!("type `{name}(data | parameters) = …`, such as `{name}(x | mu, sigma) = …`")),
            E::ChainedBar { first, .. } => problem.because("data stand before the first bar, parameters after it").also(first, "the first bar").mend("separate parameters by commas; a symbol that is not estimated is declared by `known`"),
            E::NoData { .. } => problem.because("a datum is needed here").mend("type `p(x | …)`"),
            E::NoParameters { head, .. } => problem.because("a parameter is needed here").mend(format!("name what is estimated, such as `{head}a, b) = …`")),
            E::BadHeadName { .. } => problem.because("this is not a name").mend("put a plain name here, and say the rest in the density or by a definition"),
            E::HeadEquals { name, .. } => problem.because("the value is not part of the head").mend(format!("type `{name}` alone")),
            E::DuplicateName { first, .. } => problem.because("again here").also(first, "first here").mend("rename one of them"),
            E::BadDefinition { .. } => problem.because("a definition gives a name to an expression").mend("type `name = expression`; a relation between symbols is a domain, such as `a < b`"),
            E::BadKernelHead { .. } => problem.because("data and parameters must be told").mend("type `p(x | a) ∝ …`"),
            E::LogKernel { .. } => problem.because("a factor of the density is a term of its logarithm").mend("type `=`: a term free of the parameters may be missing from a log-density"),
            E::ReservedName { .. } => problem.because("it has a fixed meaning in the language").mend("rename the symbol"),
            E::BadDatum { .. } => problem.because("a law is about a name, `y[i]`, or a list `(x, y)`").mend("type `x ~ …`; for several independent data write several laws"),
            E::MissingFamily { .. } => problem.because("a CamelCase name with arguments is needed").mend("type, for example, `x ~ Normal(mu, sigma)`"),
            E::UnknownFamily { family, suggestions, .. } => {
                let problem = problem.because("no family of the catalogue has this name");
                if suggestions.is_empty() {
                    problem.mend(format!("`bartlett families` lists them all; or type the density itself: `p(x | …) = …` in place of `{family}`"))
                } else {
                    problem.mend(format!("did you mean {}?", listed(&suggestions)))
                }
            }
            E::FamilyWithoutArguments { family, .. } => problem.because("the arguments are missing").mend(format!("type `{family}({})`", arguments(&family))),
            E::BadSet { suggestions, .. } => {
                let problem = problem.because("sets are `real`, `positive`, `nonnegative`, `integer`, `(a, b)`, `[a, b)`, `{0, 1, ..., n}`, `simplex(k)`, `real^k`");
                if suggestions.is_empty() { problem.mend("type one of these, or a union with `+`") } else { problem.mend(format!("did you mean {}?", listed(&suggestions))) }
            }
            E::IntervalEnds { text, .. } => problem.because("an interval is `(a, b)`, `[a, b)`, `(a, b]` or `[a, b]`").mend(format!("for single points type `{{{text}}}`")),
            E::EmptyInterval { .. } => problem.because("the lower end comes first").mend("swap the ends"),
            E::EmptySet { .. } => problem.because("nothing is in it").mend("list the points, such as `{0, 1}`"),
            E::BadRange { .. } => problem.because("two leading terms fix the step, one means step 1").mend("type `{0, 1, ..., n}`, `{1, 2, ...}` or `{1, 3, ...}`"),
            E::BadSubject { .. } => problem.because("only a name can be put into a set").mend("type an inequality instead, such as `1 + a*x > 0`"),
            E::BadSideList { .. } => problem.because("this side holds a comma").mend("put `;` between the statements, as in `0 < p < 1; q > 0`"),
            E::TurningChain { first, .. } => problem.because("one way here").also(first, "the other way here").mend("split it: `a < b; a < c`"),
            E::EqualityDomain { .. } => problem.because("it ties the symbols together").mend("define one of them by the others: `b = 1 - a`"),
            E::KnownWithMore { name, more, .. } if more.starts_with('=') => problem
                .because("a value makes it a definition")
                .mend(format!("type `{name} {more}` without `known`")),
            E::KnownWithMore { name, more, .. } => problem.because("the list of names ends here").mend(format!("type `known {name}; {name} {more}`")),
            E::NamesWithoutComma { before, after, .. } => problem
                .because("a comma is missing before this")
                .mend(format!("type `{before}, {after}`; put `;` before another statement")),
            E::BadRepetition { mend, .. } => problem.because("in `for variable in values: statement`").mend(mend),
            E::DeepRepetition { .. } => problem.because("more than 16 `for` inside one another").mend("write out the innermost ones"),
            E::BadRestriction { word, name, .. } => problem.because("not of this form").mend(format!("type `{word} {name} to (0, b)`")),
            E::UnknownName { name, suggestions, bare_function, .. } => {
                let problem = problem.because("it is no datum, parameter, `known`, or definition");
                if bare_function {
                    problem.mend(format!("`{name}` is a function: type `{name}(…)`"))
                } else if suggestions.is_empty() {
                    problem.mend(format!("add it after the bar if it is estimated, or the statement `known {name}` if it is not"))
                } else {
                    problem.mend(format!("did you mean {}? Otherwise add it after the bar, or `known {name}`", listed(&suggestions)))
                }
            }
            E::UnknownIndexed { name, end: true, .. } => {
                problem.because("the end of a range is not estimated").mend(format!("add the statement `known {name}`"))
            }
            E::UnknownIndexed { name, .. } => problem
                .because("an indexed name is a datum, known, a list, or a vector of parameters")
                .mend(format!("add `known {name}`, `{name} = [0, 1, 2]`, or `{name}[1..k] in real; known k`")),
            E::BadAssignment { .. } => problem.because("a name, `=`, and an expression are needed").mend("type, for example, `mu=0, sigma=2`"),
            E::AssignedTwice { first, .. } => problem.because("again here").also(first, "first here").mend("remove one of them"),
            E::BadNameList { .. } => problem.because("this is not a name").mend("type, for example, `a, b`"),
            E::BadTuple { .. } => problem.because("not of this form").mend("type, for example, `(1, 2)`"),
        }
    }
}

/// The names of a family's parameters as the catalogue has them.
fn arguments(family: &str) -> String {
    bartlett_laws::family(family).map_or_else(
        || "…".to_owned(),
        |row| {
            let names: Vec<&str> = row.parameters.iter().map(|p| p.name).collect();
            names.join(", ")
        },
    )
}
