//! Rows: families on x > 0 made for lifetimes and extremes: Weibull, Gompertz and their kin.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, optional, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "Weibull", aliases: &["WeibullMin"],
        parameters: &[parameter("alpha", "alpha > 0", "shape"), parameter("sigma", "sigma > 0", "scale")],
        data: "x > 0",
        log_density: "log(alpha) - alpha*log(sigma) + (alpha - 1)*log(x) - (x/sigma)^alpha",
        elsewhere: &[("stan", "weibull(alpha, sigma)"), ("scipy", "weibull_min(c=alpha, scale=sigma)"), ("r", "weibull(shape=alpha, scale=sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 21",
    },
    Family {
        name: "Frechet", aliases: &["InvWeibull", "InverseWeibull", "ExtremeValueTypeII"],
        parameters: &[parameter("alpha", "alpha > 0", "shape"), parameter("sigma", "sigma > 0", "scale")],
        data: "x > 0",
        log_density: "log(alpha) + alpha*log(sigma) - (alpha + 1)*log(x) - (x/sigma)^(-alpha)",
        elsewhere: &[
            ("stan", "frechet(alpha, sigma)"),
            ("scipy", "invweibull(c=alpha, scale=sigma)"),
            ("vgam", "frechet(location=0, scale=sigma, shape=alpha)"),
        ],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 22",
    },
    Family {
        name: "ExponWeib", aliases: &["ExponentiatedWeibull"],
        parameters: &[parameter("a", "a > 0", "shape"), parameter("c", "c > 0", "shape"), optional("sigma", "sigma > 0", "scale", "1")],
        data: "x > 0",
        log_density: "log(a) + log(c) - c*log(sigma) + (c - 1)*log(x) - (x/sigma)^c + (a - 1)*log(1 - exp(-(x/sigma)^c))",
        elsewhere: &[("scipy", "exponweib(a=a, c=c, scale=sigma)")],
        source: "Mudholkar & Srivastava (1993), IEEE Transactions on Reliability 42",
    },
    Family {
        name: "ExponPow", aliases: &["SmithBain"],
        parameters: &[parameter("b", "b > 0", "shape"), optional("sigma", "sigma > 0", "scale", "1")],
        data: "x > 0",
        log_density: "log(b) - b*log(sigma) + (b - 1)*log(x) + 1 + (x/sigma)^b - exp((x/sigma)^b)",
        elsewhere: &[("scipy", "exponpow(b=b, scale=sigma)")],
        source: "Smith & Bain (1975), Communications in Statistics 4",
    },
    Family {
        name: "ExponentiatedExponential", aliases: &["GeneralizedExponential", "GuptaKundu"],
        parameters: &[parameter("alpha", "alpha > 0", "shape"), parameter("lambda", "lambda > 0", "rate")],
        data: "x > 0",
        log_density: "log(alpha) + log(lambda) - lambda*x + (alpha - 1)*log(1 - exp(-lambda*x))",
        elsewhere: &[("scipy", "exponweib(a=alpha, c=1, scale=1/lambda)"), ("vgam", "expexpff(rate=lambda, shape=alpha)")],
        source: "Gupta & Kundu (1999), Australian & New Zealand Journal of Statistics 41",
    },
    Family {
        name: "GenExpon", aliases: &[],
        parameters: &[parameter("a", "a > 0", "rate"), parameter("b", "b > 0", "rate"), parameter("c", "c > 0", "rate")],
        data: "x >= 0",
        log_density: "log(a + b*(1 - exp(-c*x))) - (a + b)*x + b/c*(1 - exp(-c*x))",
        elsewhere: &[("scipy", "genexpon(a=a, b=b, c=c)")],
        source: "Ryu (1993), Journal of Applied Probability 30",
    },
    Family {
        name: "Gompertz", aliases: &[],
        parameters: &[parameter("c", "c > 0", "shape"), optional("sigma", "sigma > 0", "scale", "1")],
        data: "x >= 0",
        log_density: "log(c) - log(sigma) + x/sigma - c*(exp(x/sigma) - 1)",
        elsewhere: &[("scipy", "gompertz(c=c, scale=sigma)"), ("vgam", "gompertz(scale=1/sigma, shape=c/sigma)")],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 22",
    },
    Family {
        name: "Makeham", aliases: &["GompertzMakeham"],
        parameters: &[
            parameter("beta", "beta > 0", "rate"),
            parameter("alpha", "alpha > 0", "initial hazard"),
            parameter("epsilon", "epsilon > 0", "constant hazard"),
        ],
        data: "x >= 0",
        log_density: "beta*x + log(alpha + epsilon*exp(-beta*x)) - epsilon*x - alpha/beta*(exp(beta*x) - 1)",
        elsewhere: &[("vgam", "makeham(scale=beta, shape=alpha, epsilon=epsilon)")],
        source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 22",
    },
    Family {
        name: "Perks", aliases: &[],
        parameters: &[parameter("beta", "beta > 0", "rate"), parameter("alpha", "alpha > 0", "shape")],
        data: "x >= 0",
        log_density: "log(alpha) + beta*x + log(1 + alpha)/beta - (1 + 1/beta)*softplus(beta*x + log(alpha))",
        elsewhere: &[("vgam", "perks(scale=beta, shape=alpha)")],
        source: "Richards (2012), Scandinavian Actuarial Journal 2012",
    },
    Family {
        name: "MarshallOlkinExponential", aliases: &["MarshallOlkin", "MOExponential"],
        parameters: &[parameter("alpha", "alpha > 0", "tilt"), parameter("lambda", "lambda > 0", "rate")],
        data: "x >= 0",
        log_density: "log(alpha) + log(lambda) - lambda*x - 2*log(1 - (1 - alpha)*exp(-lambda*x))",
        elsewhere: &[],
        source: "Marshall & Olkin (1997), Biometrika 84",
    },
    Family {
        name: "Hjorth", aliases: &[],
        parameters: &[
            parameter("beta", "beta > 0", "rate"),
            parameter("delta", "delta > 0", "wear"),
            parameter("theta", "theta > 0", "initial hazard"),
        ],
        data: "x >= 0",
        log_density: "log(delta*x + theta/(1 + beta*x)) - theta/beta*log(1 + beta*x) - delta*x^2/2",
        elsewhere: &[],
        source: "Hjorth (1980), Technometrics 22",
    },
    Family {
        name: "LinearFailureRate", aliases: &["LinearHazard"],
        parameters: &[parameter("a", "a > 0", "initial hazard"), parameter("b", "b > 0", "slope of the hazard")],
        data: "x >= 0",
        log_density: "log(a + b*x) - a*x - b*x^2/2",
        elsewhere: &[],
        source: "Bain (1974), Technometrics 16",
    },
    Family {
        name: "ShiftedGompertz", aliases: &[],
        parameters: &[parameter("b", "b > 0", "rate"), parameter("eta", "eta > 0", "shape")],
        data: "x >= 0",
        log_density: "log(b) - b*x - eta*exp(-b*x) + log(1 + eta*(1 - exp(-b*x)))",
        elsewhere: &[],
        source: "Bemmaor (1994), in Research Traditions in Marketing",
    },
    Family {
        name: "ExponentialLogarithmic", aliases: &[],
        parameters: &[parameter("p", "0 < p < 1", "shape"), parameter("beta", "beta > 0", "rate")],
        data: "x >= 0",
        log_density: "-log(-log(p)) + log(beta) + log(1 - p) - beta*x - log(1 - (1 - p)*exp(-beta*x))",
        elsewhere: &[("vgam", "explogff(scale=1/beta, shape=p)")],
        source: "Tahmasbi & Rezaei (2008), Computational Statistics & Data Analysis 52",
    },
    Family {
        name: "GenRayleigh", aliases: &["BurrX", "GeneralizedRayleigh"],
        parameters: &[parameter("sigma", "sigma > 0", "scale"), parameter("alpha", "alpha > 0", "shape")],
        data: "x > 0",
        log_density: "log(2) + log(alpha) + log(x) - 2*log(sigma) - (x/sigma)^2 + (alpha - 1)*log(1 - exp(-(x/sigma)^2))",
        elsewhere: &[("scipy", "exponweib(a=alpha, c=2, scale=sigma)"), ("vgam", "genrayleigh(scale=sigma, shape=alpha)")],
        source: "Kundu & Raqab (2005), Computational Statistics & Data Analysis 49",
    },
];
