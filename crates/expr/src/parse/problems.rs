//! The mistakes of an expression: one variant each, with its place, its reason and its mend.
//! In: what the lexer or the grammar ran into. Out: a `Problem`, by the one `From` below. Never: drawing.

use crate::problem::{Problem, Span};
use thiserror::Error;

/// A mistake in the text of an expression. The messages are what a person reads first.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // the message of each variant says what it is; its fields are named by what they hold
pub enum SyntaxError {
    #[error("`{character}` is not part of the language")]
    UnknownCharacter {
        at: Span,
        character: char,
        hint: Option<&'static str>,
    },
    #[error("`{text}` is not a number")]
    MalformedNumber { at: Span, text: String },
    #[error("this number is too large to be kept exactly")]
    NumberTooLarge { at: Span },
    #[error("`{text}` may be a number or a product")]
    NumberOrProduct {
        at: Span,
        text: String,
        name: String,
        product: String,
    },
    #[error("an exponent like `{text}` is not understood")]
    MalformedExponent { at: Span, text: String },
    #[error("the input is too long: {length} bytes")]
    InputTooLong {
        at: Span,
        length: usize,
        limit: usize,
    },
    #[error("the expression is nested too deep")]
    NestingTooDeep { at: Span, limit: usize },
    #[error("`{bracket}` is never closed")]
    Unclosed {
        at: Span,
        bracket: &'static str,
        close: &'static str,
    },
    #[error("`{bracket}` closes nothing")]
    StrayClose {
        at: Span,
        bracket: &'static str,
        after_in: bool,
    },
    #[error("expected `{expected}`, found `{found}`")]
    MismatchedClose {
        at: Span,
        open: Span,
        expected: &'static str,
        found: String,
    },
    #[error("there is no expression here")]
    EmptyExpression { at: Span },
    #[error("something is missing after `{operator}`")]
    MissingOperand {
        at: Span,
        operator: String,
        operator_at: Span,
        found: String,
    },
    #[error("an expression cannot begin with `{found}`")]
    BadBeginning { at: Span, found: String },
    #[error("two numbers stand side by side")]
    TwoNumbers {
        at: Span,
        left: String,
        right: String,
    },
    #[error("`0` multiplies what follows")]
    ZeroTimes { at: Span, next: Span },
    #[error("how far does `{function}` reach?")]
    BareArgument {
        at: Span,
        function: String,
        argument: String,
        rest: String,
        argument_at: Span,
    },
    #[error("`{text}` divides by `{divisor}` only")]
    AmbiguousDivision {
        at: Span,
        text: String,
        over: String,
        divisor: String,
        factor: String,
    },
    #[error("the function `{name}` has no argument")]
    FunctionWithoutArgument { at: Span, name: String },
    #[error("`{name}` may be a function or a symbol here")]
    FunctionOrProduct {
        at: Span,
        name: String,
        next: String,
    },
    #[error("a power stands between `{name}` and its argument")]
    FunctionPower { at: Span, name: String },
    #[error("`{name}` takes {expected}, not {found}")]
    WrongArgumentCount {
        at: Span,
        name: String,
        expected: String,
        found: usize,
        bare: bool,
    },
    #[error("`{name}` is not a known function")]
    UnknownFunction {
        at: Span,
        name: String,
        suggestions: Vec<String>,
    },
    #[error("a comparison stands where a number is needed")]
    ComparisonAsNumber {
        at: Span,
        text: String,
        equality: bool,
    },
    #[error("a condition is needed here")]
    NumberAsCondition { at: Span, text: String },
    #[error("a list stands where a number is needed")]
    ListAsNumber { at: Span },
    #[error("a comma stands inside parentheses that are no call")]
    Tuple { at: Span, open: Span },
    #[error("curly braces hold sets, not expressions")]
    BraceInExpression { at: Span },
    #[error("`{name}` needs the name of a symbol first")]
    BadBinder {
        at: Span,
        name: &'static str,
        found: String,
    },
    #[error("`{word}` cannot be the variable of a `{name}`")]
    ReservedBinder {
        at: Span,
        name: &'static str,
        word: String,
    },
    #[error("`{name}` takes a variable, its lower end, its upper end, and an expression")]
    BinderArguments { at: Span, name: &'static str },
    #[error("`|` opens an absolute value that is never closed")]
    UnclosedBar { at: Span, stop: Span },
    #[error("expected {expected}, found `{found}`")]
    Unexpected {
        at: Span,
        expected: &'static str,
        found: String,
    },
    #[error("two powers follow each other")]
    DoublePower { at: Span, text: String },
    #[error("`!!` may mean two things")]
    DoubleFactorial { at: Span, base: String },
    #[error("`{word}` is a word of the language, not a symbol")]
    ReservedWord { at: Span, word: String },
    #[error("`{name}[…]` needs an index")]
    EmptyIndex { at: Span, name: String },
    #[error("a range cannot stand in an expression")]
    RangeInExpression { at: Span },
    #[error("this has no value")]
    NoValue { at: Span, why: &'static str },
}

impl SyntaxError {
    /// The kind of mistake in kebab case, and its place.
    fn head(&self) -> (&'static str, Span) {
        use SyntaxError as E;
        match self {
            E::UnknownCharacter { at, .. } => ("unknown-character", *at),
            E::MalformedNumber { at, .. } => ("malformed-number", *at),
            E::NumberTooLarge { at } => ("number-too-large", *at),
            E::NumberOrProduct { at, .. } => ("number-or-product", *at),
            E::MalformedExponent { at, .. } => ("malformed-exponent", *at),
            E::InputTooLong { at, .. } => ("input-too-long", *at),
            E::NestingTooDeep { at, .. } => ("nesting-too-deep", *at),
            E::Unclosed { at, .. } => ("unclosed-bracket", *at),
            E::StrayClose { at, .. } => ("stray-bracket", *at),
            E::MismatchedClose { at, .. } => ("mismatched-bracket", *at),
            E::EmptyExpression { at } => ("empty-expression", *at),
            E::MissingOperand { at, .. } => ("missing-operand", *at),
            E::BadBeginning { at, .. } => ("bad-beginning", *at),
            E::TwoNumbers { at, .. } => ("two-numbers", *at),
            E::ZeroTimes { at, .. } => ("zero-times", *at),
            E::BareArgument { at, .. } => ("bare-argument", *at),
            E::AmbiguousDivision { at, .. } => ("ambiguous-division", *at),
            E::FunctionWithoutArgument { at, .. } => ("function-without-argument", *at),
            E::FunctionOrProduct { at, .. } => ("function-or-product", *at),
            E::FunctionPower { at, .. } => ("function-power", *at),
            E::WrongArgumentCount { at, .. } => ("wrong-argument-count", *at),
            E::UnknownFunction { at, .. } => ("unknown-function", *at),
            E::ComparisonAsNumber { at, .. } => ("comparison-as-number", *at),
            E::NumberAsCondition { at, .. } => ("number-as-condition", *at),
            E::ListAsNumber { at } => ("list-as-number", *at),
            E::Tuple { at, .. } => ("comma-in-parentheses", *at),
            E::BraceInExpression { at } => ("brace-in-expression", *at),
            E::BadBinder { at, .. } => ("bad-binder", *at),
            E::ReservedBinder { at, .. } => ("reserved-binder", *at),
            E::BinderArguments { at, .. } => ("binder-arguments", *at),
            E::UnclosedBar { at, .. } => ("unclosed-bar", *at),
            E::Unexpected { at, .. } => ("unexpected", *at),
            E::DoublePower { at, .. } => ("double-power", *at),
            E::DoubleFactorial { at, .. } => ("double-factorial", *at),
            E::ReservedWord { at, .. } => ("reserved-word", *at),
            E::EmptyIndex { at, .. } => ("empty-index", *at),
            E::RangeInExpression { at } => ("range-in-expression", *at),
            E::NoValue { at, .. } => ("no-value", *at),
        }
    }
}

/// The one place where a mistake of an expression gets its reason and its mend.
impl From<SyntaxError> for Problem {
    fn from(error: SyntaxError) -> Self {
        use SyntaxError as E;
        let (code, at) = error.head();
        let problem = Self::new(code, at, error.to_string());
        match error {
            E::UnknownCharacter { hint, .. } => {
                let problem = problem.because("a name is an ASCII word or a Greek letter");
                match hint {
                    Some(hint) => problem.mend(hint),
                    None => problem.mend("rename the symbol, or remove the character"),
                }
            }
            E::MalformedNumber { .. } => problem.because("numbers are like 12, 0.5, 1e-3").mend("write one decimal point at most, and no `_`"),
            E::NumberTooLarge { .. } => problem.because("beyond 4096 digits").mend("write it as a power, such as `10^5000`"),
            E::NumberOrProduct { text, name, product, .. } => problem
                .because(format!("`{name}` is declared, so `{text}` could be the number or a product with `{name}`"))
                .mend(format!("type `{product}`, or write the number without an exponent")),
            E::MalformedExponent { .. } => problem.because("a superscript holds a sign, digits or one letter").mend("type `^(…)` instead"),
            E::InputTooLong { limit, .. } => problem.because(format!("at most {limit} bytes are read")).mend("name parts of the model by definitions, or split it"),
            E::NestingTooDeep { limit, .. } => {
                problem.because(format!("more than {limit} levels inside one another")).mend("give the inner part a name: `a = …`")
            }
            E::Unclosed { close, .. } => problem.because("opened here").mend(format!("add the missing `{close}`")),
            E::StrayClose { after_in: true, .. } => {
                problem.because("an open end of an interval is a parenthesis").mend("write `(0, 1)` for the open interval, `[0, 1)` for the half-open one")
            }
            E::StrayClose { bracket, .. } => problem.because("no bracket is open here").mend(format!("remove `{bracket}`, or open one before it")),
            E::MismatchedClose { open, expected, .. } => {
                problem.because("this closes another kind of bracket").also(open, "opened here").mend(format!("type `{expected}`"))
            }
            E::EmptyExpression { .. } => problem.because("nothing is written").mend("write an expression, such as `a + b*t`"),
            E::MissingOperand { operator, operator_at, found, .. } => {
                let stop = if found.is_empty() { "nothing follows".to_owned() } else { format!("`{found}` is not a value") };
                problem.because(stop).also(operator_at, "wants a value on its right").mend(format!("write what comes after `{operator}`, or remove it"))
            }
            E::BadBeginning { .. } => problem.because("a value is needed first").mend("write a number, a name, or a parenthesis"),
            E::TwoNumbers { left, right, .. } => problem.because("an operator is missing between them").mend(format!("type `{left}*{right}`")),
            E::ZeroTimes { next, .. } => {
                problem.because("so the product is 0").also(next, "is a new statement meant here?").mend("put `;` or a new line between two statements")
            }
            E::BareArgument { function, argument, rest, argument_at, .. } => {
                let (whole, first) = if function == "√" {
                    (format!("√({argument}{rest})"), format!("√({argument})*{rest}"))
                } else {
                    (format!("{function}({argument}{})", glued(&argument, &rest)), format!("{function}({argument})*{rest}"))
                };
                problem
                    .because("a second factor follows an argument without parentheses")
                    .also(argument_at, "the argument")
                    .mend(format!("type `{whole}` if all of it is meant"))
                    .mend(format!("type `{first}` if only the first factor is"))
            }
            E::AmbiguousDivision { over, divisor, factor, .. } => problem
                .warning()
                .because(format!("read as ({over}/{divisor})*{factor}, since `/` and a product have the same rank"))
                .mend(format!("type `{over}/({divisor}*{factor})` if both are below the bar, else `{over}/{divisor}*{factor}`")),
            E::FunctionWithoutArgument { name, .. } => problem
                .because("what follows cannot be its argument")
                .mend(format!("type `{name}(…)`; if it is your own symbol, declare it (as a parameter, datum, `known {name}` or definition)")),
            E::FunctionOrProduct { name, next, .. } => problem
                .because("the name is both a Greek letter and a function, and is not declared")
                .mend(format!("type `{name}*{next}` for the product"))
                .mend(format!("type `{name}({next})` for the function")),
            E::FunctionPower { name, .. } => {
                problem.because("it could belong to the function or to the argument").mend(format!("type `{name}(…)^2`, with the power after the parenthesis"))
            }
            E::WrongArgumentCount { name, bare, .. } => {
                let problem = problem.because("called here");
                if bare {
                    problem.mend(format!("type `{name}(…, …)`"))
                } else if name == "if" {
                    problem.mend("type `if(condition, then, otherwise)`")
                } else if name == "indicator" {
                    problem.mend("join conditions by `and` or `or`")
                } else {
                    problem.mend(format!("add or remove arguments; for a product type `{name}*(…)`"))
                }
            }
            E::UnknownFunction { name, suggestions, .. } => {
                let problem = problem.because("nothing of this name is declared either");
                if suggestions.is_empty() {
                    problem.mend(format!("for a product type `{name}*(…)` and declare `{name}`"))
                } else {
                    problem.mend(format!("did you mean {}?", listed(&suggestions)))
                }
            }
            E::ComparisonAsNumber { text, equality, .. } => {
                let problem = problem.because("comparisons stand inside `if` and `indicator`");
                let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(&text);
                if equality {
                    problem.mend("a second `=` has no meaning here: keep one side only")
                } else {
                    problem.mend(format!("type `indicator({inner})` for 1 where it holds and 0 elsewhere; put `;` before a domain"))
                }
            }
            E::NumberAsCondition { text, .. } => problem.because("this is a number").mend(format!("compare it, as in `{text} > 0`")),
            E::ListAsNumber { .. } => problem.because("lists are arguments of laws, or what `for` runs over").mend("name the list by a definition and index it, as in `t[i]`"),
            E::Tuple { open, .. } => problem.because("only calls and sets have commas").also(open, "opened here").mend("remove the comma, or write the function's name before `(`"),
            E::BraceInExpression { .. } => problem.because("a set begins here").mend("group with parentheses: `( … )`"),
            E::BadBinder { name, found, .. } => {
                problem.because(format!("found `{found}`")).mend(format!("type `{name}(k, lower, upper, expression)` with a plain name for `k`"))
            }
            E::ReservedBinder { .. } => problem.because("it has a fixed meaning").mend("take another name, such as `k`"),
            E::BinderArguments { name, .. } => {
                problem.because("an argument is missing, or there is one too many").mend(format!("type `{name}(k, 1, n, expression)`; an end may be `inf`"))
            }
            E::UnclosedBar { stop, .. } => problem
                .because("opened here")
                .also(stop, "a second `|` is missing before this")
                .mend("close it with `|`, or type `abs(…)`; the bar of `p(x | mu)` stands only on the left of `=`"),
            E::Unexpected { .. } => problem.because("this does not belong here").mend("remove it, or put an operator before it"),
            E::DoublePower { .. } => problem.because("it is not clear which comes first").mend("set parentheses: `(a^b)^c` or `a^(b^c)`"),
            E::DoubleFactorial { base, .. } => problem
                .because("the factorial of the factorial, or the product of every other number?")
                .mend(format!("type `({base}!)!` for the first; for odd x, `x!! = 2^((x+1)/2) gamma(x/2+1)/sqrt(pi)`")),
            E::ReservedWord { .. } => problem.because("it cannot be used as a name").mend("rename the symbol"),
            E::EmptyIndex { name, .. } => problem.because("the brackets are empty").mend(format!("type `{name}[i]`")),
            E::NoValue { why, .. } => problem.because(why).mend("correct it, or remove it"),
            E::RangeInExpression { .. } => {
                problem.because("`..` and `...` belong to `for` and to sets").mend("for a sum over a range type `sum(k, 1, n, expression)`")
            }
        }
    }
}

/// `rest` with a space before it where it would otherwise run into `left`.
fn glued(left: &str, rest: &str) -> String {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    if word(left.chars().last()) && word(rest.chars().next()) {
        format!(" {rest}")
    } else {
        rest.to_owned()
    }
}

/// `` `a`, `b` or `c` ``.
#[must_use]
pub fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
