//! The options of `plot`.
//! In: nothing. Out: the types that `clap` fills. Never: the doing of a command.

use super::ModelInput;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What its help shows.
pub const EXAMPLES: &str = "\
Examples:
  bartlett plot 'x ~ Gamma(a, b)' -o score.svg
  bartlett plot 'x ~ Weibull(k, s)' --what information --over 'k=0.5..4' --at s=2 -o information.svg
  bartlett plot 'x ~ Normal(mu, sigma)' --what ellipse --at mu=0,sigma=2 --n 100 -o ellipse.png";

/// The options of `plot`.
#[derive(Debug, Args)]
pub struct PlotOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// Which pictures, separated by commas; they stand one below the other
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        value_delimiter = ',',
        default_value = "score",
        allow_hyphen_values = true
    )]
    pub what: Vec<Picture>,
    /// The file: .svg or .png
    #[arg(short = 'o', long, value_name = "FILE", allow_hyphen_values = true)]
    pub output: PathBuf,
    /// Values of parameters, known symbols and data, such as mu=0,sigma=2; what is left out is 0 or 1, or what its domain allows
    #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// What the horizontal axis shows, such as 'sigma=0.5..3' or 'sigma': a parameter, or the datum of a score
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    pub over: Option<String>,
    /// The number of observations behind a confidence ellipse
    #[arg(
        long,
        value_name = "N",
        default_value_t = 100,
        value_parser = clap::value_parser!(u32).range(1..),
        allow_hyphen_values = true
    )]
    pub n: u32,
}

/// What `plot` can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Picture {
    /// The score against the datum or a parameter
    Score,
    /// The entries of the information against a parameter
    Information,
    /// The 95 % confidence ellipse of the bound for the first two parameters
    Ellipse,
}
