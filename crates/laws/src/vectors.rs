//! Rows: laws of several components, or of one category among several.
//! In: nothing. Out: `VECTOR_FAMILIES`. Never: an answer, or how a law is lowered.

use crate::family::{Parameter, parameter};

/// A named law whose arguments are lists and matrices, as a row. Its formulas name components and entries by index.
#[derive(Debug, Clone, Copy)]
pub struct VectorFamily {
    /// CamelCase name, in the spelling of Stan where Stan has the family.
    pub name: &'static str,
    /// Other accepted names.
    pub aliases: &'static [&'static str],
    /// The arguments in order; a domain says what each list or matrix holds.
    pub parameters: &'static [Parameter],
    /// The support, in words of the language as far as it has them.
    pub data: &'static str,
    /// The log-density, with indices; `k` is the number of components or categories.
    pub log_density: &'static str,
    /// A model with it that can be typed as it stands.
    pub example: &'static str,
    /// Where other software has it.
    pub elsewhere: &'static [(&'static str, &'static str)],
    /// Where the density is printed.
    pub source: &'static str,
}

/// Every law of several components.
#[rustfmt::skip]
pub static VECTOR_FAMILIES: &[VectorFamily] = &[
    VectorFamily {
        name: "Categorical", aliases: &[],
        parameters: &[parameter("p", "p in simplex(k)", "probabilities")],
        data: "x in {1, 2, ..., k}",
        log_density: "log(p[x])",
        example: "x ~ Categorical([p1, p2, 1 - p1 - p2])",
        elsewhere: &[("stan", "categorical(p)")],
        source: "Johnson, Kotz & Balakrishnan (1997), Discrete Multivariate Distributions, ch. 35",
    },
    VectorFamily {
        name: "CategoricalLogit", aliases: &[],
        parameters: &[parameter("beta", "beta in real^k", "logits")],
        data: "x in {1, 2, ..., k}",
        log_density: "beta[x] - log(sum(j, 1, k, exp(beta[j])))",
        example: "x ~ CategoricalLogit([b1, b2, 0])",
        elsewhere: &[("stan", "categorical_logit(beta)")],
        source: "Stan Functions Reference, Categorical distribution",
    },
    VectorFamily {
        name: "OrderedLogistic", aliases: &["OrderedLogit"],
        parameters: &[parameter("eta", "eta in real", "location"), parameter("c", "c1 < c2 < ...", "cut points")],
        data: "x in {1, 2, ..., k}",
        log_density: "log(logistic(c[x] - eta) - logistic(c[x - 1] - eta))",
        example: "x ~ OrderedLogistic(eta, [c1, c2]); known c1, c2",
        elsewhere: &[("stan", "ordered_logistic(eta, c)")],
        source: "Stan Functions Reference, Ordered logistic distribution",
    },
    VectorFamily {
        name: "OrderedProbit", aliases: &[],
        parameters: &[parameter("eta", "eta in real", "location"), parameter("c", "c1 < c2 < ...", "cut points")],
        data: "x in {1, 2, ..., k}",
        log_density: "log(Phi(c[x] - eta) - Phi(c[x - 1] - eta))",
        example: "x ~ OrderedProbit(eta, [c1, c2]); known c1, c2",
        elsewhere: &[("stan", "ordered_probit(eta, c)")],
        source: "Stan Functions Reference, Ordered probit distribution",
    },
    VectorFamily {
        name: "Multinomial", aliases: &[],
        parameters: &[parameter("n", "n in {1, 2, ...}", "trials"), parameter("p", "p in simplex(k)", "probabilities")],
        data: "x[j] in {0, 1, ..., n}, with sum n",
        log_density: "lgamma(n + 1) + sum(j, 1, k, x[j]*log(p[j]) - lgamma(x[j] + 1))",
        example: "(x, y, z) ~ Multinomial(n, [p1, p2, 1 - p1 - p2]); known n",
        elsewhere: &[("stan", "multinomial(p)"), ("scipy", "multinomial(n, p)"), ("r", "multinom(size=n, prob=p)")],
        source: "Johnson, Kotz & Balakrishnan (1997), Discrete Multivariate Distributions, ch. 35",
    },
    VectorFamily {
        name: "Dirichlet", aliases: &[],
        parameters: &[parameter("alpha", "alpha[j] > 0", "concentrations")],
        data: "x in simplex(k)",
        log_density: "lgamma(sum(j, 1, k, alpha[j])) + sum(j, 1, k, (alpha[j] - 1)*log(x[j]) - lgamma(alpha[j]))",
        example: "(x, y, z) ~ Dirichlet([a, b, c])",
        elsewhere: &[("stan", "dirichlet(alpha)"), ("scipy", "dirichlet(alpha)"), ("vgam", "dirichlet(shape=alpha)")],
        source: "Kotz, Balakrishnan & Johnson (2000), Continuous Multivariate Distributions 1, ch. 49",
    },
    VectorFamily {
        name: "DirichletMultinomial", aliases: &[],
        parameters: &[parameter("alpha", "alpha[j] > 0", "concentrations"), parameter("n", "n in {1, 2, ...}", "trials")],
        data: "x[j] in {0, 1, ..., n}, with sum n",
        log_density: "lgamma(n + 1) + lgamma(A) - lgamma(n + A) + sum(j, 1, k, lgamma(x[j] + alpha[j]) - lgamma(alpha[j]) - lgamma(x[j] + 1)), where A = sum(j, 1, k, alpha[j])",
        example: "(x, y) ~ DirichletMultinomial([a, b], 3)",
        elsewhere: &[("stan", "dirichlet_multinomial(alpha)"), ("scipy", "dirichlet_multinomial(alpha, n)"), ("vgam", "dirmul.old(shape=alpha)")],
        source: "Mosimann (1962), Biometrika 49",
    },
    VectorFamily {
        name: "MvNormal", aliases: &["MultiNormal", "MultivariateNormal"],
        parameters: &[parameter("mu", "mu in real^k", "location"), parameter("Sigma", "Sigma symmetric, positive definite", "covariance matrix")],
        data: "x in real^k",
        log_density: "-(k*log(2*pi) + log(det(Sigma)) + Q)/2, where Q is the quadratic form of x - mu in the inverse of Sigma",
        example: "(x, y) ~ MvNormal([m1, m2], [[s1^2, rho*s1*s2], [rho*s1*s2, s2^2]])",
        elsewhere: &[("stan", "multi_normal(mu, Sigma)"), ("scipy", "multivariate_normal(mean=mu, cov=Sigma)"), ("vgam", "binormal(rho=rho)")],
        source: "Kotz, Balakrishnan & Johnson (2000), Continuous Multivariate Distributions 1, ch. 45",
    },
    VectorFamily {
        name: "MvNormalPrec", aliases: &["MultiNormalPrec"],
        parameters: &[parameter("mu", "mu in real^k", "location"), parameter("Omega", "Omega symmetric, positive definite", "precision matrix")],
        data: "x in real^k",
        log_density: "-(k*log(2*pi) - log(det(Omega)) + Q)/2, where Q is the quadratic form of x - mu in Omega",
        example: "(x, y) ~ MvNormalPrec([m1, m2], [[a, b], [b, c]])",
        elsewhere: &[("stan", "multi_normal_prec(mu, Omega)")],
        source: "Stan Functions Reference, Multivariate normal distribution, precision parameterization",
    },
    VectorFamily {
        name: "MvStudentT", aliases: &["MultiStudentT", "MvT", "MultivariateT"],
        parameters: &[
            parameter("nu", "nu > 0", "degrees of freedom"),
            parameter("mu", "mu in real^k", "location"),
            parameter("Sigma", "Sigma symmetric, positive definite", "scale matrix"),
        ],
        data: "x in real^k",
        log_density: "lgamma((nu + k)/2) - lgamma(nu/2) - (k*log(nu*pi) + log(det(Sigma)))/2 - (nu + k)/2*log(1 + Q/nu), where Q is the quadratic form of x - mu in the inverse of Sigma",
        example: "(x, y) ~ MvStudentT(nu, [m1, m2], [[s1^2, rho*s1*s2], [rho*s1*s2, s2^2]])",
        elsewhere: &[("stan", "multi_student_t(nu, mu, Sigma)"), ("scipy", "multivariate_t(loc=mu, shape=Sigma, df=nu)")],
        source: "Kotz & Nadarajah (2004), Multivariate t Distributions and Their Applications, ch. 1",
    },
];
