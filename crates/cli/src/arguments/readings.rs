//! The options of the commands that read the information off in another way: influence, divergence, geometry, other parameters.
//! In: nothing. Out: the types that `clap` fills. Never: the doing of a command.

use super::ModelInput;
use clap::Args;

/// The options of `influence`.
#[derive(Debug, Args)]
pub struct InfluenceOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// The law that the data follow, where it is not the model: pseudo-true values and the sandwich covariance A⁻¹ J A⁻ᵀ
    #[arg(long, value_name = "MODEL", allow_hyphen_values = true)]
    pub truth: Option<String>,
}

/// The options of `divergence`.
#[derive(Debug, Args)]
pub struct DivergenceOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// The second point, such as 'lambda = lambda2' (parameters that are not named stay), or a second model such as 'x ~ Gamma(a, b)'
    #[arg(long, value_name = "POINT or MODEL", allow_hyphen_values = true)]
    pub versus: String,
}

/// The options of `geometry`.
#[derive(Debug, Args)]
pub struct GeometryOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// The Fisher–Rao distance from the model to the point of --versus
    #[arg(long)]
    pub distance: bool,
    /// The second point, such as 'mu = mu2; sigma = 3'; parameters that are not named stay
    #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
    pub versus: Option<String>,
    /// Numbers for the first point, for a length where no closed form is known: mu=0,sigma=1
    #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// Also the symbols of the α-connection: a number or a name (1: exponential, -1: mixture)
    #[arg(long, value_name = "ALPHA", allow_hyphen_values = true)]
    pub alpha: Option<String>,
}

/// The options of `reparam`.
#[derive(Debug, Args)]
pub struct ReparamOptions {
    /// The model.
    #[command(flatten)]
    pub input: ModelInput,
    /// New parameters as functions of the old, separated by ';'; or one of the words log, logit, natural, mean, orthogonal
    #[arg(
        long,
        value_name = "MAP",
        allow_hyphen_values = true,
        conflicts_with = "from"
    )]
    pub to: Option<String>,
    /// Old parameters as functions of new ones, separated by ';'
    #[arg(long, value_name = "MAP", allow_hyphen_values = true)]
    pub from: Option<String>,
}
