//! The mistakes of a model whose statements were understood one by one: one variant each, with its place, its reason and its mend.
//! In: what the resolution of names, domains and laws ran into. Out: a `Problem`, by the one `From` below. Never: drawing.

use bartlett_expr::{Problem, Span};
use thiserror::Error;

/// A mistake in a model. The messages are what a person reads first.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // the message of each variant says what it is; its fields are named by what they hold
pub enum ModelError {
    #[error("the model has neither a density nor a law")]
    NothingObserved { at: Span },
    #[error("nothing is left to estimate")]
    NothingEstimated { at: Span },
    #[error("`{name}` is declared twice: {first_role} and {role}")]
    DeclaredTwice {
        at: Span,
        first: Span,
        name: String,
        first_role: &'static str,
        role: &'static str,
    },
    #[error("`{name}` would be the same datum in every row")]
    SameDatum {
        at: Span,
        name: String,
        index: String,
    },
    #[error("the entries of `{name}` are parameters, and which of them are used stays a symbol")]
    SymbolicParameter { at: Span, name: String },
    #[error("the end of the rows, `{name}`, is not known")]
    RowsNotKnown { at: Span, name: String },
    #[error("`{name}` is defined by itself")]
    DefinitionCycle { at: Span, name: String },
    #[error("`{name}` is a list, and one number is needed here")]
    ListAsNumber { at: Span, name: String },
    #[error("`{name}` has {length} entries, and this one is not among them")]
    IndexOutside {
        at: Span,
        name: String,
        length: usize,
    },
    #[error("`{name}` is no name of the model that could be estimated")]
    UnknownParameter {
        at: Span,
        name: String,
        suggestions: Vec<String>,
    },
    #[error("`{family}` takes {expected}, not {found}")]
    ArgumentCount {
        at: Span,
        family: &'static str,
        expected: String,
        parameters: String,
        found: usize,
        datum: String,
    },
    #[error("`{family}` takes one number as its {parameter}, not a list")]
    ListArgument {
        at: Span,
        family: &'static str,
        parameter: &'static str,
    },
    #[error("`{family}` takes a list here")]
    ScalarArgument {
        at: Span,
        family: &'static str,
        mend: &'static str,
    },
    #[error("`{family}` is the law of one datum")]
    TupleDatum { at: Span, family: &'static str },
    #[error("`{family}` has {expected} components here, not {found}")]
    Components {
        at: Span,
        family: &'static str,
        expected: usize,
        found: usize,
    },
    #[error("the {parameter} of `{family}` cannot be `{found}`")]
    ArgumentOutside {
        at: Span,
        family: &'static str,
        parameter: &'static str,
        domain: String,
        found: String,
    },
    #[error("the probabilities of `{family}` add up to {total}, not to 1")]
    NotASimplex {
        at: Span,
        family: &'static str,
        total: String,
    },
    #[error("the covariance matrix of `{family}` must have {size} rows of {size} entries")]
    MatrixShape {
        at: Span,
        family: &'static str,
        size: usize,
    },
    #[error("the covariance matrix is not symmetric")]
    NotSymmetric { at: Span, row: usize, column: usize },
    #[error("the covariance matrix of `{family}` has no inverse")]
    SingularMatrix { at: Span, family: &'static str },
    #[error("`{name}` is a datum of another law")]
    DatumInLaw {
        at: Span,
        name: String,
        datum: String,
    },
    #[error("nothing is left for `{name}` to be")]
    EmptyDomain { at: Span, name: String },
    #[error("this can never hold")]
    Contradiction { at: Span },
    #[error("where does `{name}` live?")]
    SupportMissing {
        at: Span,
        name: String,
        example: String,
    },
    #[error("`{name}` does not live there under `{family}`")]
    SupportDiffers {
        at: Span,
        name: String,
        family: &'static str,
        support: String,
    },
    #[error("this bounds `{name}` from below or from above, depending on a sign")]
    SupportSide {
        at: Span,
        name: String,
        mend: String,
    },
    #[error("this is not solved for `{name}`")]
    SupportUnsolved { at: Span, name: String },
    #[error("the supports of `{name}` and another datum refer to each other")]
    SupportCycle { at: Span, name: String },
    #[error("`{name}` is no datum of the model")]
    NoSuchDatum { at: Span, name: String },
    #[error("a row of the catalogue cannot be read: {what}")]
    Row { at: Span, what: String },
    #[error("not supported yet: {what}")]
    NotSupportedYet {
        at: Span,
        what: &'static str,
        mend: String,
    },
}

impl ModelError {
    /// The kind of mistake in kebab case, and its place.
    fn head(&self) -> (&'static str, Span) {
        use ModelError as E;
        match self {
            E::NothingObserved { at } => ("nothing-observed", *at),
            E::NothingEstimated { at } => ("nothing-estimated", *at),
            E::DeclaredTwice { at, .. } => ("declared-twice", *at),
            E::SameDatum { at, .. } => ("same-datum", *at),
            E::SymbolicParameter { at, .. } => ("symbolic-parameter", *at),
            E::RowsNotKnown { at, .. } => ("rows-not-known", *at),
            E::DefinitionCycle { at, .. } => ("definition-cycle", *at),
            E::ListAsNumber { at, .. } => ("list-as-number", *at),
            E::IndexOutside { at, .. } => ("index-outside", *at),
            E::UnknownParameter { at, .. } => ("unknown-parameter", *at),
            E::ArgumentCount { at, .. } => ("argument-count", *at),
            E::ListArgument { at, .. } => ("list-argument", *at),
            E::ScalarArgument { at, .. } => ("scalar-argument", *at),
            E::TupleDatum { at, .. } => ("tuple-datum", *at),
            E::Components { at, .. } => ("components", *at),
            E::ArgumentOutside { at, .. } => ("argument-outside", *at),
            E::NotASimplex { at, .. } => ("not-a-simplex", *at),
            E::MatrixShape { at, .. } => ("matrix-shape", *at),
            E::NotSymmetric { at, .. } => ("not-symmetric", *at),
            E::SingularMatrix { at, .. } => ("singular-covariance", *at),
            E::DatumInLaw { at, .. } => ("datum-in-law", *at),
            E::EmptyDomain { at, .. } => ("empty-domain", *at),
            E::Contradiction { at } => ("contradiction", *at),
            E::SupportMissing { at, .. } => ("support-missing", *at),
            E::SupportDiffers { at, .. } => ("support-differs", *at),
            E::SupportSide { at, .. } => ("support-side", *at),
            E::SupportUnsolved { at, .. } => ("support-unsolved", *at),
            E::SupportCycle { at, .. } => ("support-cycle", *at),
            E::NoSuchDatum { at, .. } => ("no-such-datum", *at),
            E::Row { at, .. } => ("catalogue-row", *at),
            E::NotSupportedYet { at, .. } => ("not-supported-yet", *at),
        }
    }
}

/// The one place where a mistake of a model gets its reason and its mend.
impl From<ModelError> for Problem {
    fn from(error: ModelError) -> Self {
        use ModelError as E;
        let (code, at) = error.head();
        let problem = Self::new(code, at, error.to_string());
        match error {
            E::NothingObserved { .. } => problem
                .because("it says nothing about data")
                .mend("type a law, such as `x ~ Normal(mu, sigma)`, or a density, such as `p(x | a) = a*exp(-a*x); x > 0`"),
            E::NothingEstimated { .. } => problem.because("no symbol in it is free").mend("type a symbol for what is estimated, as in `x ~ Normal(mu, sigma)`; `e` and `pi` are numbers, and what stands in `known` is given"),
            E::DeclaredTwice { first, .. } => problem.because("again here").also(first, "first here").mend("rename one of them, or remove one declaration"),
            E::SameDatum { name, index, .. } => problem
                .because(format!("it does not hold `{index}`"))
                .mend(format!("type `{name}[{index}]`")),
            E::SymbolicParameter { name, .. } => problem
                .because("the number of parameters would be a symbol")
                .mend(format!("give the range numbers, such as `for i in 1..3: …`, or say `known {name}`"))
                .refusal(),
            E::RowsNotKnown { name, .. } => problem
                .because("a number of rows is not estimated")
                .mend(format!("add `known {name}`")),
            E::DefinitionCycle { .. } => problem.because("its value leads back to it").mend("define it by other names"),
            E::ListAsNumber { name, .. } => problem.because("which entry?").mend(format!("type `{name}[1]`, or repeat over it: `for item in {name}: …`")),
            E::IndexOutside { length, .. } => problem.because("this index").mend(format!("indices run from 1 to {length}")),
            E::UnknownParameter { suggestions, .. } => {
                let problem = problem.because("it is neither a parameter nor `known`");
                match &suggestions[..] {
                    [] => problem.mend("name parameters of the model only"),
                    [first, ..] => problem.mend(format!("did you mean `{first}`?")),
                }
            }
            E::ArgumentCount { family, parameters, datum, .. } => problem.because("these arguments").mend(format!("type `{datum} ~ {family}({parameters})`")),
            E::ListArgument { .. } => problem.because("a list").mend("type one expression; for several data repeat the law: `for t in [0, 1, 2]: y ~ …`"),
            E::ScalarArgument { mend, .. } => problem.because("one number").mend(mend),
            E::TupleDatum { .. } => problem.because("several data are named").mend("write one law for each datum, or the joint density `p(x, y | …) = …`"),
            E::Components { .. } => problem.because("these names").mend("name all components: `(x, y, z) ~ …`, or the whole by one name: `x ~ …`"),
            E::ArgumentOutside { domain, .. } => problem.because(format!("it needs {domain}")).mend("correct the argument"),
            E::NotASimplex { .. } => problem.because("their total").mend("write the last one as 1 less the others: `[p1, p2, 1 - p1 - p2]`").refusal(),
            E::MatrixShape { .. } => problem.because("this matrix").mend("type it row by row: `[[s1^2, rho*s1*s2], [rho*s1*s2, s2^2]]`"),
            E::NotSymmetric { row, column, .. } => problem.because(format!("entries ({row}, {column}) and ({column}, {row}) differ")).mend("make them equal"),
            E::SingularMatrix { .. } => problem.because("its determinant is 0").mend("leave out the components that follow from the others"),
            E::DatumInLaw { name, datum, .. } => problem
                .because("the two are not independent")
                .mend(format!("type their joint density, `p({name}, {datum} | …) = …`; or, if `{name}` is a covariate, `known {name}` in place of its law")),
            E::EmptyDomain { name, .. } => problem.because("with this, its domain is empty").mend(format!("correct what is said about `{name}`")),
            E::Contradiction { .. } => problem.because("it contradicts what is known of these symbols").mend("correct it, or remove it"),
            E::SupportMissing { name, example, .. } => problem
                .because("no support is given, and no known law has this density")
                .mend(format!("add a line such as `{example}`: `{name} in (a, b)`, `{name} in {{0, 1, ...}}`, `{name} in real`")),
            E::SupportDiffers { name, support, .. } => problem.because(format!("its law has the support `{support}`")).mend(format!(
                "remove this; for the law of `{name}` given that it falls there type `truncate {name} to (…, …)`"
            )),
            E::SupportSide { mend, .. } => problem.because("the sign of the factor of the datum is not known").mend(mend),
            E::SupportUnsolved { name, .. } => problem.because("it is not linear in the datum").mend(format!("type the ends: `{name} in (…, …)`")),
            E::SupportCycle { name, .. } => problem.because("each needs the other first").mend(format!("give `{name}` ends that hold parameters only")),
            E::NoSuchDatum { .. } => problem.because("no law or density is about it").mend("name a datum"),
            E::Row { .. } => problem.because("this family").mend("type the density itself: `p(x | …) = …`"),
            E::NotSupportedYet { mend, .. } => problem.because("this").mend(mend).refusal(),
        }
    }
}
