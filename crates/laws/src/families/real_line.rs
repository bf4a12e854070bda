//! Rows: families on the whole real line.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, optional, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "Normal", aliases: &["Gaussian", "Norm"],
        parameters: &[parameter("mu", "mu in real", "location"), parameter("sigma", "sigma > 0", "scale")],
        data: "x in real",
        log_density: "-(x - mu)^2/(2*sigma^2) - log(sigma) - log(2*pi)/2",
        elsewhere: &[("stan", "normal(mu, sigma)"), ("scipy", "norm(loc=mu, scale=sigma)"), ("r", "norm(mean=mu, sd=sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 13",
    },
    Family {
        name: "StdNormal", aliases: &["StandardNormal"],
        parameters: &[],
        data: "x in real",
        log_density: "-x^2/2 - log(2*pi)/2",
        elsewhere: &[("stan", "std_normal()"), ("scipy", "norm()")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 13",
    },
    Family {
        name: "ExpModNormal", aliases: &["ExponentiallyModifiedNormal", "ExponentiallyModifiedGaussian", "EMG", "ExGaussian"],
        parameters: &[
            parameter("mu", "mu in real", "location"),
            parameter("sigma", "sigma > 0", "scale"),
            parameter("lambda", "lambda > 0", "rate"),
        ],
        data: "x in real",
        log_density: "log(lambda) - log(2) + lambda*(mu - x) + lambda^2*sigma^2/2 + log(erfc((mu + lambda*sigma^2 - x)/(sqrt(2)*sigma)))",
        elsewhere: &[("stan", "exp_mod_normal(mu, sigma, lambda)"), ("scipy", "exponnorm(K=1/(sigma*lambda), loc=mu, scale=sigma)")],
        source: "Stan Functions Reference, Exponentially modified normal distribution",
    },
    Family {
        name: "SkewNormal", aliases: &["SkewNorm"],
        parameters: &[
            parameter("xi", "xi in real", "location"),
            parameter("omega", "omega > 0", "scale"),
            parameter("alpha", "alpha in real", "shape"),
        ],
        data: "x in real",
        log_density: "log(2) - log(2*pi)/2 - log(omega) - (x - xi)^2/(2*omega^2) + log(Phi(alpha*(x - xi)/omega))",
        elsewhere: &[("stan", "skew_normal(xi, omega, alpha)"), ("scipy", "skewnorm(a=alpha, loc=xi, scale=omega)")],
        source: "Azzalini (1985), Scandinavian Journal of Statistics 12",
    },
    Family {
        name: "StudentT", aliases: &["Student", "StudentsT", "TLocationScale"],
        parameters: &[
            parameter("nu", "nu > 0", "degrees of freedom"),
            optional("mu", "mu in real", "location", "0"),
            optional("sigma", "sigma > 0", "scale", "1"),
        ],
        data: "x in real",
        log_density: "lgamma((nu + 1)/2) - lgamma(nu/2) - log(nu)/2 - log(pi)/2 - log(sigma) - (nu + 1)/2*log(1 + (x - mu)^2/(nu*sigma^2))",
        elsewhere: &[("stan", "student_t(nu, mu, sigma)"), ("scipy", "t(df=nu, loc=mu, scale=sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 28",
    },
    Family {
        name: "Cauchy", aliases: &["Lorentz", "Lorentzian", "BreitWigner"],
        parameters: &[parameter("mu", "mu in real", "location"), parameter("sigma", "sigma > 0", "scale")],
        data: "x in real",
        log_density: "-log(pi) - log(sigma) - log(1 + ((x - mu)/sigma)^2)",
        elsewhere: &[("stan", "cauchy(mu, sigma)"), ("scipy", "cauchy(loc=mu, scale=sigma)"), ("r", "cauchy(location=mu, scale=sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 16",
    },
    Family {
        name: "DoubleExponential", aliases: &["Laplace"],
        parameters: &[parameter("mu", "mu in real", "location"), parameter("sigma", "sigma > 0", "scale")],
        data: "x in real",
        log_density: "-log(2) - log(sigma) - abs(x - mu)/sigma",
        elsewhere: &[("stan", "double_exponential(mu, sigma)"), ("scipy", "laplace(loc=mu, scale=sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 24",
    },
    Family {
        name: "Logistic", aliases: &["Logis"],
        parameters: &[parameter("mu", "mu in real", "location"), parameter("sigma", "sigma > 0", "scale")],
        data: "x in real",
        log_density: "-(x - mu)/sigma - log(sigma) - 2*softplus(-(x - mu)/sigma)",
        elsewhere: &[("stan", "logistic(mu, sigma)"), ("scipy", "logistic(loc=mu, scale=sigma)"), ("r", "logis(location=mu, scale=sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 23",
    },
    Family {
        name: "Gumbel", aliases: &["GumbelR", "GumbelMax", "ExtremeValueTypeI"],
        parameters: &[parameter("mu", "mu in real", "location"), parameter("beta", "beta > 0", "scale")],
        data: "x in real",
        log_density: "-log(beta) - (x - mu)/beta - exp(-(x - mu)/beta)",
        elsewhere: &[("stan", "gumbel(mu, beta)"), ("scipy", "gumbel_r(loc=mu, scale=beta)")],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 22",
    },
    Family {
        name: "SkewDoubleExponential", aliases: &["SkewLaplace"],
        parameters: &[
            parameter("mu", "mu in real", "location"),
            parameter("sigma", "sigma > 0", "scale"),
            parameter("tau", "0 < tau < 1", "skewness"),
        ],
        data: "x in real",
        log_density: "log(2) + log(tau) + log(1 - tau) - log(sigma) - 2*if(x < mu, (1 - tau)*(mu - x), tau*(x - mu))/sigma",
        elsewhere: &[
            ("stan", "skew_double_exponential(mu, sigma, tau)"),
            ("scipy", "laplace_asymmetric(kappa=sqrt(tau/(1-tau)), loc=mu, scale=sigma/(2*sqrt(tau*(1-tau))))"),
        ],
        source: "Stan Functions Reference, Skew double exponential distribution",
    },
];
