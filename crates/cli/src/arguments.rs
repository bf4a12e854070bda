//! The arguments: commands, options, their help.
//! In: nothing. Out: the types that `clap` fills. Never: the doing of a command.

mod emit;
mod plot;
mod readings;

pub use emit::{EmitOptions, EmittedQuantity, Language};
pub use plot::{Picture, PlotOptions};
pub use readings::{DivergenceOptions, GeometryOptions, InfluenceOptions, ReparamOptions};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Everything that was typed after `bartlett`.
#[derive(Debug, Parser)]
#[command(
    name = "bartlett",
    version,
    about = "From a probability density to its score, Hessian, Fisher information and Cramér–Rao bound, in closed form and checked by number",
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  bartlett derive 'log p(x|μ,σ) = -log(√(2πσ²)) - (x-μ)²/(2σ²)'
  bartlett fisher 'x ~ Gamma(alpha, beta)' --format latex
  bartlett eval 'x ~ StudentT(nu, mu, sigma)' --at nu=5,mu=0,sigma=2 --what fisher,crb
  bartlett families Weibull

Exit status: 0 answered; 1 understood but refused (no density, no information, a failed check, not supported yet);
2 not understood. `bartlett COMMAND --help` shows each command with examples."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Derive everything: score, Hessian, Fisher information, Cramér–Rao bound, regularity, checks
    #[command(after_help = "\
Examples:
  bartlett derive 'log p(x|p) = x log p + (1-x) log(1-p)'
  bartlett derive 'p(t | lambda) = lambda*exp(-lambda*t)' --where 't > 0'
  bartlett derive 'x ~ Weibull(k, s)' --known k
  bartlett derive -f model.bart --format markdown
  echo 'y ~ Poisson(exp(a + b*t)); known t' | bartlett derive - --format json")]
    Derive(DeriveOptions),
    /// First derivatives of the log-density
    #[command(after_help = "\
Examples:
  bartlett score 'x ~ Cauchy(mu, sigma)'
  bartlett score 'x ~ Beta(a, b)' --format sympy")]
    Score(ModelInput),
    /// Second derivatives of the log-density
    #[command(after_help = "\
Examples:
  bartlett hessian 'x ~ Logistic(mu, s)'
  bartlett hessian 'x ~ Gamma(a, b)' --params b")]
    Hessian(ModelInput),
    /// The Fisher information matrix
    #[command(after_help = "\
Examples:
  bartlett fisher 'x ~ Gumbel(mu, beta)'
  bartlett fisher 'x ~ Poisson(lambda)' --n n
  bartlett fisher 'x ~ Normal(mu, 1)' --versus 'x ~ Cauchy(mu, 1)'
  bartlett fisher 'x ~ Exponential(r)' --group '1, 2'
  bartlett fisher 'x ~ Normal(mu, sqrt(v))' --format latex")]
    Fisher(FisherOptions),
    /// The Cramér–Rao bound: the inverse of the Fisher information matrix, or the bound for functions of the parameters
    #[command(after_help = "\
Examples:
  bartlett crb 'x ~ Normal(mu, sigma)' --n n
  bartlett crb 'x ~ Normal(mu, sigma)' --of 'sigma^2; mu/sigma'
  bartlett crb 'x ~ Gamma(alpha, beta)' --known beta
  bartlett crb 'x ~ Normal(mu, sigma); known sigma, c' --bias '(c-1)*mu'
  bartlett crb 'x ~ Poisson(lambda)' --estimator 'x^2'")]
    Crb(CrbOptions),
    /// Compare the derived matrix with numeric integrals of the density
    #[command(after_help = "\
Examples:
  bartlett check 'x ~ VonMises(mu, kappa)'
  bartlett check 'x ~ Normal(mu, sigma)' --at mu=0,sigma=2 --at mu=-1e3,sigma=1e-3")]
    Check(CheckOptions),
    /// Numbers at a point
    #[command(after_help = "\
Examples:
  bartlett eval 'x ~ Normal(mu, sigma)' --at mu=0,sigma=2
  bartlett eval 'x ~ Gamma(a, b)' --at a=3/2,b=2,x=1 --what fisher,crb,score
  bartlett eval 'x ~ Gamma(a, b)' --table points.csv --format csv
  bartlett eval 'x ~ SkewNormal(xi, omega, alpha)' --at xi=0,omega=1,alpha=-2 --format json")]
    Eval(EvalOptions),
    /// The catalogue of named families
    #[command(after_help = "\
Examples:
  bartlett families
  bartlett families Weibull
  bartlett families 'neg*'
  bartlett families gamma --format json
  bartlett families Weibull --derive
  bartlett families --derive --format markdown > families.md")]
    Families(FamiliesOptions),
    /// The information in other parameters
    #[command(after_help = "\
Examples:
  bartlett reparam 'x ~ Normal(mu, sigma)' --to 'phi = log(sigma)'
  bartlett reparam 'x ~ Normal(mu, sigma)' --to 'n1 = mu/sigma^2; n2 = -1/(2*sigma^2)'
  bartlett reparam 'x ~ Normal(mu, sigma)' --from 'sigma = k*mu'
  bartlett reparam 'x ~ Gamma(alpha, beta)' --to natural")]
    Reparam(ReparamOptions),
    /// The Jeffreys prior √det I, and whether it is proper
    #[command(after_help = "\
Examples:
  bartlett jeffreys 'x ~ Normal(mu, sigma)'
  bartlett jeffreys 'x ~ Bernoulli(p)'")]
    Jeffreys(ModelInput),
    /// The natural gradient of the log-likelihood: the inverse information times the score
    #[command(after_help = "\
Examples:
  bartlett natural-gradient 'x ~ Normal(mu, sigma)'
  bartlett natural-gradient 'x ~ Gamma(alpha, beta)' --n n")]
    NaturalGradient(SampleOptions),
    /// The influence function of the maximum-likelihood estimator, and its asymptotic covariance
    #[command(after_help = "\
Examples:
  bartlett influence 'x ~ Normal(mu, sigma)'
  bartlett influence 'x ~ Cauchy(mu, sigma)'
  bartlett influence 'x ~ Poisson(lambda)' --truth 'x ~ NegBinomial2(m, phi)'
  bartlett influence 'x ~ Normal(mu, sigma)' --truth 'x ~ Gamma(a, b)'")]
    Influence(InfluenceOptions),
    /// Divergences to a second point or law: Kullback–Leibler, Fisher, of the scores
    #[command(after_help = "\
Examples:
  bartlett divergence 'x ~ Poisson(lambda)' --versus 'lambda = lambda2'
  bartlett divergence 'x ~ Normal(mu, sigma)' --versus 'mu = 0; sigma = 1'
  bartlett divergence 'x ~ Weibull(k, s)' --versus 'x ~ Gamma(a, b)'")]
    Divergence(DivergenceOptions),
    /// The Fisher–Rao metric: Christoffel symbols, curvature, distances
    #[command(after_help = "\
Examples:
  bartlett geometry 'x ~ Normal(mu, sigma)'
  bartlett geometry 'x ~ Normal(mu, sigma)' --distance --versus 'mu = mu2; sigma = sigma2'
  bartlett geometry 'x ~ Gamma(a, b)' --distance --versus 'a = 3; b = 2' --at a=1,b=1
  bartlett geometry 'x ~ Gamma(a, b)' --alpha 1")]
    Geometry(GeometryOptions),
    /// Maximum likelihood on data: estimates with four kinds of standard errors, influence of rows
    #[command(after_help = "\
The model is that of one row: its data and known symbols are columns of the file, by name. Rows are independent.

Examples:
  bartlett fit 'y ~ Normal(mu, sigma)' --data heights.csv
  bartlett fit 'y ~ Bernoulli(logistic(b0 + b1*gpa + b2*psi)); known gpa, psi' --data spector.csv --format json
  bartlett fit 't ~ Weibull(k, s)' --data lifetimes.csv --start 'k = 1; s = 100' --influence rows.csv
  zcat counts.csv.gz | bartlett fit 'n ~ NegBinomial2(mu, phi)' --data -")]
    Fit(FitOptions),
    /// Bounds other than Cramér–Rao's: Chapman–Robbins, Bhattacharyya, van Trees
    #[command(after_help = "\
Examples:
  bartlett bound 'x ~ Uniform(0, b)' --kind chapman-robbins
  bartlett bound 'x ~ Poisson(lambda)' --kind bhattacharyya --of 'exp(-lambda)' --n n
  bartlett bound 'x ~ Normal(mu, sigma); known sigma' --kind van-trees --prior 'mu ~ Normal(0, tau)' --n n")]
    Bound(BoundOptions),
    /// The formulas as code: functions in another language, or one query of a database
    #[command(after_help = emit::EXAMPLES)]
    Emit(EmitOptions),
    /// Pictures: the score, the information, a confidence ellipse of the bound
    #[command(after_help = plot::EXAMPLES)]
    Plot(PlotOptions),
    /// An interactive session: models and quantities at a prompt
    #[command(after_help = "\
Examples:
  bartlett repl
  printf 'x ~ Normal(mu, sigma)\\nfisher\\ncrb --of sigma^2\\n' | bartlett repl")]
    Repl,
}

/// Where the model comes from, what is estimated in it, and how the answer is written.
#[derive(Debug, Args)]
pub struct ModelInput {
    /// The model as text, such as 'x ~ Normal(mu, sigma)'; '-' reads standard input
    #[arg(
        value_name = "MODEL",
        required_unless_present = "file",
        conflicts_with = "file"
    )]
    pub model: Option<String>,
    /// Read the model from a file; several models are separated by a line '---'
    #[arg(
        short = 'f',
        long = "file",
        value_name = "FILE",
        allow_hyphen_values = true
    )]
    pub file: Option<PathBuf>,
    /// More statements, such as 'sigma > 0; x in real'
    #[arg(long = "where", value_name = "STATEMENTS", allow_hyphen_values = true)]
    pub conditions: Vec<String>,
    /// Symbols that are not estimated
    #[arg(long, value_name = "NAMES", allow_hyphen_values = true)]
    pub known: Vec<String>,
    /// The parameters, in order; all others become known
    #[arg(long, value_name = "NAMES", allow_hyphen_values = true)]
    pub params: Vec<String>,
    /// How the answer is written
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        default_value_t,
        allow_hyphen_values = true
    )]
    pub format: OutputFormat,
    /// How many models of a file are worked on at once
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        allow_hyphen_values = true
    )]
    pub jobs: usize,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// A page in Unicode for a person at a terminal
    #[default]
    Text,
    /// A page in ASCII whose formulas parse back
    Plain,
    /// A LaTeX fragment (amsmath)
    Latex,
    /// Markdown with formulas between $$
    Markdown,
    /// One JSON object a model
    Json,
    /// A Python program for SymPy
    Sympy,
    /// Comma-separated values, for a spreadsheet
    Csv,
}

/// The options of `derive`.
#[derive(Debug, Args)]
pub struct DeriveOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// Show each step with its rule and the assumptions that it needed
    #[arg(long)]
    pub steps: bool,
    /// Draw the score, the information and the confidence ellipse into a file besides: .svg or .png
    #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
    pub plot: Option<PathBuf>,
}

/// The options of `fisher`.
#[derive(Debug, Args)]
pub struct SampleOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// For that many independent observations of the model: a number, or a name such as n
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub n: Option<String>,
}

/// The options of `fisher`.
#[derive(Debug, Args)]
pub struct FisherOptions {
    /// The model and the number of observations.
    #[command(flatten)]
    pub sample: SampleOptions,
    /// A second model on the same parameters: which has more information, in the positive semidefinite order
    #[arg(long, value_name = "MODEL", allow_hyphen_values = true, conflicts_with_all = ["n", "group", "round"])]
    pub versus: Option<String>,
    /// Only the cell of the datum between these cuts is observed, such as '-1, 0, 1': what is left and what is lost
    #[arg(long, value_name = "CUTS", allow_hyphen_values = true, conflicts_with_all = ["n", "round"])]
    pub group: Option<String>,
    /// Only the datum rounded to a multiple of this width is observed
    #[arg(
        long,
        value_name = "WIDTH",
        allow_hyphen_values = true,
        conflicts_with = "n"
    )]
    pub round: Option<String>,
}

/// The options of `bound`.
#[derive(Debug, Args)]
pub struct BoundOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// Which bound
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: BoundKind,
    /// Functions of the parameters to bound, separated by ';'
    #[arg(long, value_name = "EXPRESSIONS", allow_hyphen_values = true)]
    pub of: Option<String>,
    /// For that many independent observations of the model: a number, or a name such as n
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub n: Option<String>,
    /// The prior of van Trees: a law of parameters, such as 'mu ~ Normal(0, tau)'
    #[arg(long, value_name = "LAW", allow_hyphen_values = true)]
    pub prior: Option<String>,
}

/// The bounds of `bound`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BoundKind {
    /// A difference instead of a derivative: also for a support that moves
    ChapmanRobbins,
    /// First and second derivatives of the density
    Bhattacharyya,
    /// On the Bayes risk under a prior
    VanTrees,
}

/// The options of `crb`.
#[derive(Debug, Args)]
pub struct CrbOptions {
    /// The model and the number of observations.
    #[command(flatten)]
    pub sample: SampleOptions,
    /// Functions of the parameters to bound, separated by ';', such as 'sigma^2; mu/sigma'
    #[arg(long, value_name = "EXPRESSIONS", allow_hyphen_values = true)]
    pub of: Option<String>,
    /// The bias of the estimator: one expression a parameter, or a function of --of
    #[arg(long, value_name = "EXPRESSIONS", allow_hyphen_values = true)]
    pub bias: Option<String>,
    /// The bound on the sum of the variances
    #[arg(long)]
    pub trace: bool,
    /// The bound on the variance of a combination, such as '(1, 2)'
    #[arg(
        long,
        value_name = "VECTOR",
        allow_hyphen_values = true,
        conflicts_with = "trace"
    )]
    pub direction: Option<String>,
    /// A function of the data: its mean, variance and efficiency
    #[arg(
        long,
        value_name = "EXPRESSION",
        allow_hyphen_values = true,
        conflicts_with_all = ["trace", "direction", "bias"]
    )]
    pub estimator: Option<String>,
}

/// The options of `check`.
#[derive(Debug, Args)]
pub struct CheckOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// A point, such as mu=0,sigma=2; may be given several times. Without it, random points of the domains
    #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
    pub at: Vec<String>,
}

/// The options of `eval`.
#[derive(Debug, Args)]
pub struct EvalOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// A point, such as mu=0,sigma=2; known symbols, and data for the score, too. May be given several times
    #[arg(
        long,
        value_name = "POINT",
        allow_hyphen_values = true,
        required_unless_present = "table"
    )]
    pub at: Vec<String>,
    /// Which numbers, separated by commas
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        value_delimiter = ',',
        default_value = "fisher",
        allow_hyphen_values = true
    )]
    pub what: Vec<Quantity>,
    /// A file of points, one a row, whose columns are parameters, known symbols and data ('-' reads standard input)
    #[arg(
        long,
        value_name = "FILE",
        allow_hyphen_values = true,
        conflicts_with = "at"
    )]
    pub table: Option<PathBuf>,
}

/// The options of `fit`.
#[derive(Debug, Args)]
pub struct FitOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// The rows: a CSV file (also with semicolons or tabs), a Parquet file, or '-' for CSV on standard input
    #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
    pub data: PathBuf,
    /// Where to start, such as 'b0 = 0; sigma = 2'; what is not named is found
    #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
    pub start: Option<String>,
    /// Leave out rows with a missing value
    #[arg(long)]
    pub drop_missing: bool,
    /// The level of the confidence intervals
    #[arg(
        long,
        value_name = "LEVEL",
        default_value_t = 0.95,
        allow_hyphen_values = true
    )]
    pub level: f64,
    /// Write the influence of each row to a CSV file
    #[arg(long, value_name = "OUT.csv", allow_hyphen_values = true)]
    pub influence: Option<PathBuf>,
    /// A row such as 'y=1,gpa=3.2': the influence file also says how each row changes the loss there
    #[arg(
        long,
        value_name = "POINT",
        requires = "influence",
        allow_hyphen_values = true
    )]
    pub test_row: Option<String>,
    /// Columns such as 'gpa,psi': the influence file also says how a change of them in each row moves the estimates
    #[arg(
        long,
        value_name = "COLUMNS",
        requires = "influence",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    pub inputs: Vec<String>,
}

/// What `eval` can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Quantity {
    /// The Fisher information matrix
    Fisher,
    /// The Cramér–Rao bound
    Crb,
    /// The score
    Score,
    /// The Hessian of the log-density
    Hessian,
}

/// The options of `families`.
#[derive(Debug, Args)]
pub struct FamiliesOptions {
    /// A name, an alias, a part of one, or a pattern with '*'
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Derive the Fisher information of each
    #[arg(long)]
    pub derive: bool,
    /// How the answer is written
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        default_value_t,
        allow_hyphen_values = true
    )]
    pub format: OutputFormat,
}

/// The arguments of a command that is not supported yet: any.
#[derive(Debug, Args)]
pub struct Later {
    /// Anything
    #[arg(
        value_name = "ARGUMENTS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub rest: Vec<OsString>,
}
