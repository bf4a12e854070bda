//! The options of `emit`.
//! In: nothing. Out: the types that `clap` fills. Never: the doing of a command.

use super::ModelInput;
use clap::{Args, ValueEnum};

/// What its help shows.
pub const EXAMPLES: &str = "\
Examples:
  bartlett emit 'x ~ Gamma(a, b)' --to numpy
  bartlett emit 'x ~ Normal(mu, sigma)' --to rust --what score,crb
  bartlett emit 'y ~ Poisson(exp(a + b*t)); known t' --to sql --dialect duckdb --table-name visits --at a=0,b=1";

/// The options of `emit`.
#[derive(Debug, Args)]
pub struct EmitOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// The language
    #[arg(long, value_enum, value_name = "LANGUAGE", allow_hyphen_values = true)]
    pub to: Language,
    /// Which quantities, separated by commas; without it the score, the Hessian and the information, in SQL sums over rows
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    pub what: Vec<EmittedQuantity>,
    /// What the names of the functions begin with
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        allow_hyphen_values = true
    )]
    pub prefix: String,
    /// The dialect of SQL: duckdb if not said
    #[arg(long, value_enum, value_name = "DIALECT", allow_hyphen_values = true)]
    pub dialect: Option<Dialect>,
    /// The table of a query: data if not said; a schema stands before a dot
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub table_name: Option<String>,
    /// Values of parameters and known symbols in a query, such as mu=0,sigma=2; parameters without one are placeholders
    #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
    pub at: Option<String>,
}

/// A language of `emit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Rust with its standard library
    Rust,
    /// C99 with math.h
    C,
    /// Python with NumPy and SciPy
    Numpy,
    /// Python with JAX
    Jax,
    /// Julia with SpecialFunctions
    Julia,
    /// R
    R,
    /// A Stan functions block
    Stan,
    /// Python with SymPy, exact
    Sympy,
    /// The Wolfram Language
    Mathematica,
    /// A query that sums over the rows of a table
    Sql,
    /// LaTeX
    Latex,
}

impl Language {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::C => "c",
            Self::Numpy => "numpy",
            Self::Jax => "jax",
            Self::Julia => "julia",
            Self::R => "r",
            Self::Stan => "stan",
            Self::Sympy => "sympy",
            Self::Mathematica => "mathematica",
            Self::Sql => "sql",
            Self::Latex => "latex",
        }
    }
}

/// A dialect of SQL.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    /// DuckDB; open parameters are $name
    #[default]
    Duckdb,
    /// PostgreSQL; open parameters are $1, $2, …
    Postgresql,
    /// Spark SQL; open parameters are :name
    Spark,
}

impl Dialect {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Duckdb => "duckdb",
            Self::Postgresql => "postgresql",
            Self::Spark => "spark",
        }
    }
}

/// What `emit` can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EmittedQuantity {
    /// The log-density, with its normalizer
    LogDensity,
    /// The score
    Score,
    /// The Hessian of the log-density
    Hessian,
    /// The score times its transpose
    OuterProduct,
    /// The Fisher information matrix
    Fisher,
    /// The Cramér–Rao bound
    Crb,
    /// The Jeffreys prior, unnormalized
    Jeffreys,
    /// The influence function of the maximum-likelihood estimator
    Influence,
    /// The natural gradient of the log-density
    NaturalGradient,
}
