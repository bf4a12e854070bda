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
        elsewhere: &[("stan", "binomial(N, theta)"), ("scipy", "binom(n=N, p=theta)"), ("r", "binom(size=N, prob=theta)"), ("vgam", "binomialff(size=N, prob=theta)")],
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
        elsewhere: &[("stan", "beta_binomial(N, alpha, beta)"), ("scipy", "betabinom(n=N, a=alpha, b=beta)"), ("vgam", "betabinomialff(size=N, shape1=alpha, shape2=beta)")],
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
        elsewhere: &[("stan", "hypergeometric(N, a, b)"), ("scipy", "hypergeom(M=a+b, n=a, N=N)"), ("r", "hyper(m=a, n=b, k=N)"), ("vgam", "hyperg(N=a+b, D=a)")],
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
    Family {
        name: "Boltzmann", aliases: &["TruncatedPlanck"],
        parameters: &[parameter("lambda", "lambda > 0", "rate"), parameter("N", "N in {1, 2, ...}", "number of states")],
        data: "x in {0, 1, ..., N - 1}",
        log_density: "log(1 - exp(-lambda)) - lambda*x - log(1 - exp(-lambda*N))",
        elsewhere: &[("scipy", "boltzmann(lambda_=lambda, N=N)")],
        source: "SciPy reference, scipy.stats.boltzmann",
    },
    Family {
        name: "RandInt", aliases: &["Randint"],
        parameters: &[parameter("low", "low in integer", "end"), parameter("high", "high in {low + 1, low + 2, ...}", "end")],
        data: "x in {low, low + 1, ..., high - 1}",
        log_density: "-log(high - low)",
        elsewhere: &[("scipy", "randint(low=low, high=high)")],
        source: "SciPy reference, scipy.stats.randint",
    },
    Family {
        name: "NHypergeom", aliases: &["NegativeHypergeometric"],
        parameters: &[
            parameter("M", "M in {2, 3, ...}", "population"),
            parameter("n", "n in {1, 2, ..., M - 1}", "successes"),
            parameter("r", "r in {1, 2, ..., M - n}", "failures to stop at"),
        ],
        data: "x in {0, 1, ..., n}",
        log_density: "lgamma(x + r) - lgamma(x + 1) - lgamma(r) + lgamma(M - r - x + 1) - lgamma(n - x + 1) - lgamma(M - r - n + 1) - lgamma(M + 1) + lgamma(n + 1) + lgamma(M - n + 1)",
        elsewhere: &[("scipy", "nhypergeom(M=M, n=n, r=r)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 6",
    },
    Family {
        name: "Zipfian", aliases: &[],
        parameters: &[parameter("a", "a > 0", "exponent"), parameter("n", "n in {1, 2, ...}", "number of ranks")],
        data: "x in {1, 2, ..., n}",
        log_density: "-a*log(x) - log(sum(j, 1, n, j^(-a)))",
        elsewhere: &[("scipy", "zipfian(a=a, n=n)"), ("vgam", "zipf(N=n, shape=a)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 11",
    },
    Family {
        name: "ZipfMandelbrot", aliases: &[],
        parameters: &[
            parameter("N", "N in {1, 2, ...}", "number of ranks"),
            parameter("q", "q > 0", "shift"),
            parameter("s", "s > 0", "exponent"),
        ],
        data: "x in {1, 2, ..., N}",
        log_density: "-s*log(x + q) - log(sum(j, 1, N, (j + q)^(-s)))",
        elsewhere: &[],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 11",
    },
    Family {
        name: "FisherHypergeometric", aliases: &["NCHypergeomFisher"],
        parameters: &[
            parameter("N", "N in {1, 2, ...}", "draws"),
            parameter("a", "a in {1, 2, ...}", "successes"),
            parameter("b", "b in {max(1, N - a), ...}", "failures"),
            parameter("omega", "omega > 0", "odds ratio"),
        ],
        data: "x in {max(0, N - b), ..., min(a, N)}",
        log_density: "-lgamma(x + 1) - lgamma(a - x + 1) - lgamma(N - x + 1) - lgamma(b - N + x + 1) + x*log(omega) - log(sum(j, max(0, N - b), min(a, N), exp(j*log(omega) - lgamma(j + 1) - lgamma(a - j + 1) - lgamma(N - j + 1) - lgamma(b - N + j + 1))))",
        elsewhere: &[("scipy", "nchypergeom_fisher(M=a+b, n=a, N=N, odds=omega)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 6",
    },
    Family {
        name: "TruncatedGeometric", aliases: &["TruncGeom"],
        parameters: &[parameter("N", "N in {1, 2, ...}", "last value"), parameter("p", "0 < p < 1", "probability")],
        data: "x in {0, 1, ..., N}",
        log_density: "log(p) + x*log(1 - p) - log(1 - (1 - p)^(N + 1))",
        elsewhere: &[("vgam", "truncgeometric(prob=p, upper=N)")],
        source: "Yee (2015), Vector Generalized Linear and Additive Models, ch. 11",
    },
];
