//! Rows: families on x > 0 of the gamma, normal and Bessel kin.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "LogNormal", aliases: &["Lognormal", "Lnorm", "Galton"],
        parameters: &[parameter("mu", "mu in real", "location"), parameter("sigma", "sigma > 0", "shape")],
        data: "x > 0",
        log_density: "-log(x) - log(sigma) - log(2*pi)/2 - (log(x) - mu)^2/(2*sigma^2)",
        elsewhere: &[("stan", "lognormal(mu, sigma)"), ("scipy", "lognorm(s=sigma, scale=exp(mu))"), ("r", "lnorm(meanlog=mu, sdlog=sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 14",
    },
    Family {
        name: "ChiSquare", aliases: &["ChiSquared", "Chi2", "Chisq"],
        parameters: &[parameter("nu", "nu > 0", "degrees of freedom")],
        data: "x > 0",
        log_density: "-nu/2*log(2) - lgamma(nu/2) + (nu/2 - 1)*log(x) - x/2",
        elsewhere: &[("stan", "chi_square(nu)"), ("scipy", "chi2(df=nu)"), ("r", "chisq(df=nu)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 18",
    },
    Family {
        name: "InvChiSquare", aliases: &["InverseChiSquare", "InverseChiSquared", "InvChiSquared", "InvChi2"],
        parameters: &[parameter("nu", "nu > 0", "degrees of freedom")],
        data: "x > 0",
        log_density: "-nu/2*log(2) - lgamma(nu/2) - (nu/2 + 1)*log(x) - 1/(2*x)",
        elsewhere: &[("stan", "inv_chi_square(nu)"), ("scipy", "invgamma(a=nu/2, scale=1/2)")],
        source: "Gelman et al. (2013), Bayesian Data Analysis, appendix A",
    },
    Family {
        name: "ScaledInvChiSquare", aliases: &["ScaledInverseChiSquare", "ScaledInverseChiSquared", "ScaledInvChi2"],
        parameters: &[parameter("nu", "nu > 0", "degrees of freedom"), parameter("sigma", "sigma > 0", "scale")],
        data: "x > 0",
        log_density: "nu/2*log(nu/2) - lgamma(nu/2) + nu*log(sigma) - (nu/2 + 1)*log(x) - nu*sigma^2/(2*x)",
        elsewhere: &[("stan", "scaled_inv_chi_square(nu, sigma)"), ("scipy", "invgamma(a=nu/2, scale=nu*sigma**2/2)")],
        source: "Gelman et al. (2013), Bayesian Data Analysis, appendix A",
    },
    Family {
        name: "Exponential", aliases: &["Exp"],
        parameters: &[parameter("beta", "beta > 0", "rate")],
        data: "x >= 0",
        log_density: "log(beta) - beta*x",
        elsewhere: &[("stan", "exponential(beta)"), ("scipy", "expon(scale=1/beta)"), ("r", "exp(rate=beta)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 19",
    },
    Family {
        name: "Gamma", aliases: &[],
        parameters: &[parameter("alpha", "alpha > 0", "shape"), parameter("beta", "beta > 0", "rate")],
        data: "x > 0",
        log_density: "alpha*log(beta) - lgamma(alpha) + (alpha - 1)*log(x) - beta*x",
        elsewhere: &[("stan", "gamma(alpha, beta)"), ("scipy", "gamma(a=alpha, scale=1/beta)"), ("r", "gamma(shape=alpha, rate=beta)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 17",
    },
    Family {
        name: "InvGamma", aliases: &["InverseGamma"],
        parameters: &[parameter("alpha", "alpha > 0", "shape"), parameter("beta", "beta > 0", "scale")],
        data: "x > 0",
        log_density: "alpha*log(beta) - lgamma(alpha) - (alpha + 1)*log(x) - beta/x",
        elsewhere: &[("stan", "inv_gamma(alpha, beta)"), ("scipy", "invgamma(a=alpha, scale=beta)")],
        source: "Gelman et al. (2013), Bayesian Data Analysis, appendix A",
    },
    Family {
        name: "Rayleigh", aliases: &[],
        parameters: &[parameter("sigma", "sigma > 0", "scale")],
        data: "x > 0",
        log_density: "log(x) - 2*log(sigma) - x^2/(2*sigma^2)",
        elsewhere: &[("stan", "rayleigh(sigma)"), ("scipy", "rayleigh(scale=sigma)"), ("vgam", "rayleigh(scale=sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 18",
    },
];
