//! Rows: families on finitely many integers.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "Bernoulli", aliases: &["Bern"],
        parameters: &[parameter("theta", "0 < theta < 1", "probability")],
        data: "x in {0, 1}",
        log_density: "x*log(theta) + (1 - x)*log(1 - theta)",
        elsewhere: &[("stan", "bernoulli(theta)"), ("scipy", "bernoulli(p=theta)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 3",
    },
    Family {
        name: "BernoulliLogit", aliases: &[],
        parameters: &[parameter("alpha", "alpha in real", "log-odds")],
        data: "x in {0, 1}",
        log_density: "x*alpha - softplus(alpha)",
        elsewhere: &[("stan", "bernoulli_logit(alpha)"), ("scipy", "bernoulli(p=1/(1+exp(-alpha)))")],
        source: "Stan Functions Reference, Bernoulli distribution, logit parameterization",
    },
    Family {
        name: "Binomial", aliases: &["Binom"],
        parameters: &[parameter("N", "N in {1, 2, ...}", "trials"), parameter("theta", "0 < theta < 1", "probability")],
        data: "x in {0, 1, ..., N}",
        log_density: "lgamma(N + 1) - lgamma(x + 1) - lgamma(N - x + 1) + x*log(theta) + (N - x)*log(1 - theta)",
        elsewhere: &[("stan", "binomial(N, theta)"), ("scipy", "binom(n=N, p=theta)"), ("r", "binom(size=N, prob=theta)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 3",
    },
    Family {
        name: "BinomialLogit", aliases: &[],
        parameters: &[parameter("N", "N in {1, 2, ...}", "trials"), parameter("alpha", "alpha in real", "log-odds")],
        data: "x in {0, 1, ..., N}",
        log_density: "lgamma(N + 1) - lgamma(x + 1) - lgamma(N - x + 1) + x*alpha - N*softplus(alpha)",
        elsewhere: &[("stan", "binomial_logit(N, alpha)"), ("scipy", "binom(n=N, p=1/(1+exp(-alpha)))")],
        source: "Stan Functions Reference, Binomial distribution, logit parameterization",
    },
    Family {
        name: "BetaBinomial", aliases: &["BetaBinom"],
        parameters: &[
            parameter("N", "N in {1, 2, ...}", "trials"),
            parameter("alpha", "alpha > 0", "shape"),
            parameter("beta", "beta > 0", "shape"),
        ],
        data: "x in {0, 1, ..., N}",
        log_density: "lgamma(N + 1) - lgamma(x + 1) - lgamma(N - x + 1) + lbeta(x + alpha, N - x + beta) - lbeta(alpha, beta)",
        elsewhere: &[("stan", "beta_binomial(N, alpha, beta)"), ("scipy", "betabinom(n=N, a=alpha, b=beta)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 6",
    },
    Family {
        name: "Hypergeometric", aliases: &["Hypergeom", "Hyper"],
        parameters: &[
            parameter("N", "N in {1, 2, ...}", "draws"),
            parameter("a", "a in {1, 2, ...}", "successes"),
            parameter("b", "b in {max(1, N - a), ...}", "failures"),
        ],
        data: "x in {max(0, N - b), ..., min(a, N)}",
        log_density: "lgamma(a + 1) - lgamma(x + 1) - lgamma(a - x + 1) + lgamma(b + 1) - lgamma(N - x + 1) - lgamma(b - N + x + 1) - lgamma(a + b + 1) + lgamma(N + 1) + lgamma(a + b - N + 1)",
        elsewhere: &[("stan", "hypergeometric(N, a, b)"), ("scipy", "hypergeom(M=a+b, n=a, N=N)"), ("r", "hyper(m=a, n=b, k=N)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 6",
    },
    Family {
        name: "DiscreteRange", aliases: &["DiscreteUniform"],
        parameters: &[parameter("l", "l in integer", "end"), parameter("u", "u in {l, l + 1, ...}", "end")],
        data: "x in {l, l + 1, ..., u}",
        log_density: "-log(u - l + 1)",
        elsewhere: &[("stan", "discrete_range(l, u)"), ("scipy", "randint(low=l, high=u+1)")],
        source: "Stan Functions Reference, Discrete range distribution",
    },
];
