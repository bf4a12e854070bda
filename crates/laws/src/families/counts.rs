//! Rows: families on unbounded integers.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "NegBinomial", aliases: &[],
        parameters: &[parameter("alpha", "alpha > 0", "shape"), parameter("beta", "beta > 0", "inverse scale")],
        data: "x in {0, 1, ...}",
        log_density: "lgamma(x + alpha) - lgamma(x + 1) - lgamma(alpha) + alpha*(log(beta) - log(1 + beta)) - x*log(1 + beta)",
        elsewhere: &[
            ("stan", "neg_binomial(alpha, beta)"),
            ("scipy", "nbinom(n=alpha, p=beta/(1+beta))"),
            ("r", "nbinom(size=alpha, prob=beta/(1+beta))"),
        ],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 5",
    },
    Family {
        name: "NegBinomial2", aliases: &["NegativeBinomial2"],
        parameters: &[parameter("mu", "mu > 0", "mean"), parameter("phi", "phi > 0", "size")],
        data: "x in {0, 1, ...}",
        log_density: "lgamma(x + phi) - lgamma(x + 1) - lgamma(phi) + x*log(mu) + phi*log(phi) - (x + phi)*log(mu + phi)",
        elsewhere: &[("stan", "neg_binomial_2(mu, phi)"), ("scipy", "nbinom(n=phi, p=phi/(mu+phi))"), ("r", "nbinom(size=phi, mu=mu)")],
        source: "Stan Functions Reference, Negative binomial distribution, alternative parameterization",
    },
    Family {
        name: "NegBinomial2Log", aliases: &["NegativeBinomial2Log"],
        parameters: &[parameter("eta", "eta in real", "log-mean"), parameter("phi", "phi > 0", "size")],
        data: "x in {0, 1, ...}",
        log_density: "lgamma(x + phi) - lgamma(x + 1) - lgamma(phi) + x*eta + phi*log(phi) - (x + phi)*log(exp(eta) + phi)",
        elsewhere: &[("stan", "neg_binomial_2_log(eta, phi)"), ("scipy", "nbinom(n=phi, p=phi/(exp(eta)+phi))")],
        source: "Stan Functions Reference, Negative binomial distribution, log alternative parameterization",
    },
    Family {
        name: "BetaNegBinomial", aliases: &["BetaNegativeBinomial", "BetaNbinom"],
        parameters: &[parameter("r", "r > 0", "size"), parameter("alpha", "alpha > 0", "shape"), parameter("beta", "beta > 0", "shape")],
        data: "x in {0, 1, ...}",
        log_density: "lgamma(x + r) - lgamma(x + 1) - lgamma(r) + lbeta(alpha + r, beta + x) - lbeta(alpha, beta)",
        elsewhere: &[("stan", "beta_neg_binomial(r, alpha, beta)"), ("scipy", "betanbinom(n=r, a=alpha, b=beta)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 6",
    },
    Family {
        name: "Poisson", aliases: &["Pois"],
        parameters: &[parameter("lambda", "lambda > 0", "mean")],
        data: "x in {0, 1, ...}",
        log_density: "x*log(lambda) - lambda - lgamma(x + 1)",
        elsewhere: &[("stan", "poisson(lambda)"), ("scipy", "poisson(mu=lambda)"), ("r", "pois(lambda=lambda)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 4",
    },
    Family {
        name: "PoissonLog", aliases: &[],
        parameters: &[parameter("alpha", "alpha in real", "log-mean")],
        data: "x in {0, 1, ...}",
        log_density: "x*alpha - exp(alpha) - lgamma(x + 1)",
        elsewhere: &[("stan", "poisson_log(alpha)"), ("scipy", "poisson(mu=exp(alpha))")],
        source: "Stan Functions Reference, Poisson distribution, log parameterization",
    },
    Family {
        name: "YuleSimon", aliases: &["Yule"],
        parameters: &[parameter("rho", "rho > 0", "shape")],
        data: "x in {1, 2, ...}",
        log_density: "log(rho) + lbeta(x, rho + 1)",
        elsewhere: &[("stan", "yule_simon(rho)"), ("scipy", "yulesimon(alpha=rho)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 6",
    },
    Family {
        name: "Geometric", aliases: &["Geom"],
        parameters: &[parameter("p", "0 < p < 1", "probability")],
        data: "x in {1, 2, ...}",
        log_density: "log(p) + (x - 1)*log(1 - p)",
        elsewhere: &[("scipy", "geom(p=p)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 5",
    },
    Family {
        name: "NegativeBinomial", aliases: &["Nbinom", "NBinom"],
        parameters: &[parameter("n", "n > 0", "size"), parameter("p", "0 < p < 1", "probability")],
        data: "x in {0, 1, ...}",
        log_density: "lgamma(x + n) - lgamma(x + 1) - lgamma(n) + n*log(p) + x*log(1 - p)",
        elsewhere: &[("scipy", "nbinom(n=n, p=p)"), ("r", "nbinom(size=n, prob=p)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 5",
    },
    Family {
        name: "Planck", aliases: &["DiscreteExponential"],
        parameters: &[parameter("lambda", "lambda > 0", "rate")],
        data: "x in {0, 1, ...}",
        log_density: "log(1 - exp(-lambda)) - lambda*x",
        elsewhere: &[("scipy", "planck(lambda_=lambda)")],
        source: "SciPy reference, scipy.stats.planck",
    },
];
