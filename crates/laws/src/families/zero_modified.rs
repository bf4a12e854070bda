//! Rows: families of counts whose zero is inflated, altered or cut off.
//! In: nothing. Out: `ROWS`. Never: an answer (a mean, an information).
//! Swept by `tests/rows.rs` and `tests/reference/sweep.py`.

use crate::family::{Family, parameter};

/// The rows of this group.
#[rustfmt::skip]
pub static ROWS: &[Family] = &[
    Family {
        name: "ZIPoisson", aliases: &["ZeroInflatedPoisson", "ZIP"],
        parameters: &[parameter("lambda", "lambda > 0", "mean"), parameter("w", "0 < w < 1", "extra zeros")],
        data: "x in {0, 1, ...}",
        log_density: "if(x == 0, log(w + (1 - w)*exp(-lambda)), log(1 - w) + x*log(lambda) - lambda - lgamma(x + 1))",
        elsewhere: &[("vgam", "zipoisson(lambda=lambda, pstr0=w)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 8",
    },
    Family {
        name: "ZIBinomial", aliases: &["ZeroInflatedBinomial"],
        parameters: &[
            parameter("N", "N in {1, 2, ...}", "trials"),
            parameter("theta", "0 < theta < 1", "probability"),
            parameter("w", "0 < w < 1", "extra zeros"),
        ],
        data: "x in {0, 1, ..., N}",
        log_density: "if(x == 0, log(w + (1 - w)*(1 - theta)^N), log(1 - w) + lgamma(N + 1) - lgamma(x + 1) - lgamma(N - x + 1) + x*log(theta) + (N - x)*log(1 - theta))",
        elsewhere: &[("vgam", "zibinomial(size=N, prob=theta, pstr0=w)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 8",
    },
    Family {
        name: "ZIGeometric", aliases: &["ZeroInflatedGeometric"],
        parameters: &[parameter("p", "0 < p < 1", "probability"), parameter("w", "0 < w < 1", "extra zeros")],
        data: "x in {0, 1, ...}",
        log_density: "if(x == 0, log(w + (1 - w)*p), log(1 - w) + log(p) + x*log(1 - p))",
        elsewhere: &[("vgam", "zigeometric(prob=p, pstr0=w)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 8",
    },
    Family {
        name: "ZINegBinomial2", aliases: &["ZINegBinomial", "ZeroInflatedNegBinomial2", "ZINB"],
        parameters: &[parameter("mu", "mu > 0", "mean"), parameter("phi", "phi > 0", "size"), parameter("w", "0 < w < 1", "extra zeros")],
        data: "x in {0, 1, ...}",
        log_density: "if(x == 0, log(w + (1 - w)*(phi/(mu + phi))^phi), log(1 - w) + lgamma(x + phi) - lgamma(x + 1) - lgamma(phi) + x*log(mu) + phi*log(phi) - (x + phi)*log(mu + phi))",
        elsewhere: &[("vgam", "zinegbinomial(munb=mu, size=phi, pstr0=w)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 8",
    },
    Family {
        name: "ZAPoisson", aliases: &["ZeroAlteredPoisson", "HurdlePoisson"],
        parameters: &[parameter("lambda", "lambda > 0", "rate"), parameter("w", "0 < w < 1", "zeros")],
        data: "x in {0, 1, ...}",
        log_density: "if(x == 0, log(w), log(1 - w) + x*log(lambda) - lambda - lgamma(x + 1) - log(1 - exp(-lambda)))",
        elsewhere: &[("vgam", "zapoisson(lambda=lambda, pobs0=w)")],
        source: "Yee (2015), Vector Generalized Linear and Additive Models, ch. 17",
    },
    Family {
        name: "ZABinomial", aliases: &["ZeroAlteredBinomial", "HurdleBinomial"],
        parameters: &[
            parameter("N", "N in {1, 2, ...}", "trials"),
            parameter("theta", "0 < theta < 1", "probability"),
            parameter("w", "0 < w < 1", "zeros"),
        ],
        data: "x in {0, 1, ..., N}",
        log_density: "if(x == 0, log(w), log(1 - w) + lgamma(N + 1) - lgamma(x + 1) - lgamma(N - x + 1) + x*log(theta) + (N - x)*log(1 - theta) - log(1 - (1 - theta)^N))",
        elsewhere: &[("vgam", "zabinomial(size=N, prob=theta, pobs0=w)")],
        source: "Yee (2015), Vector Generalized Linear and Additive Models, ch. 17",
    },
    Family {
        name: "ZAGeometric", aliases: &["ZeroAlteredGeometric", "HurdleGeometric"],
        parameters: &[parameter("p", "0 < p < 1", "probability"), parameter("w", "0 < w < 1", "zeros")],
        data: "x in {0, 1, ...}",
        log_density: "if(x == 0, log(w), log(1 - w) + log(p) + (x - 1)*log(1 - p))",
        elsewhere: &[("vgam", "zageometric(prob=p, pobs0=w)")],
        source: "Yee (2015), Vector Generalized Linear and Additive Models, ch. 17",
    },
    Family {
        name: "ZANegBinomial2", aliases: &["ZANegBinomial", "ZeroAlteredNegBinomial2", "HurdleNegBinomial2"],
        parameters: &[parameter("mu", "mu > 0", "mean"), parameter("phi", "phi > 0", "size"), parameter("w", "0 < w < 1", "zeros")],
        data: "x in {0, 1, ...}",
        log_density: "if(x == 0, log(w), log(1 - w) + lgamma(x + phi) - lgamma(x + 1) - lgamma(phi) + x*log(mu) + phi*log(phi) - (x + phi)*log(mu + phi) - log(1 - (phi/(mu + phi))^phi))",
        elsewhere: &[("vgam", "zanegbinomial(munb=mu, size=phi, pobs0=w)")],
        source: "Yee (2015), Vector Generalized Linear and Additive Models, ch. 17",
    },
    Family {
        name: "PositivePoisson", aliases: &["PosPoisson", "ZTPoisson", "ZeroTruncatedPoisson"],
        parameters: &[parameter("lambda", "lambda > 0", "rate")],
        data: "x in {1, 2, ...}",
        log_density: "x*log(lambda) - lambda - lgamma(x + 1) - log(1 - exp(-lambda))",
        elsewhere: &[("vgam", "pospoisson(lambda=lambda)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 4",
    },
    Family {
        name: "PositiveBinomial", aliases: &["PosBinomial", "ZTBinomial", "ZeroTruncatedBinomial"],
        parameters: &[parameter("N", "N in {1, 2, ...}", "trials"), parameter("theta", "0 < theta < 1", "probability")],
        data: "x in {1, 2, ..., N}",
        log_density: "lgamma(N + 1) - lgamma(x + 1) - lgamma(N - x + 1) + x*log(theta) + (N - x)*log(1 - theta) - log(1 - (1 - theta)^N)",
        elsewhere: &[("vgam", "posbinomial(size=N, prob=theta)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 3",
    },
    Family {
        name: "PositiveNegBinomial2", aliases: &["PosNegBinomial2", "ZTNegBinomial2", "ZeroTruncatedNegBinomial2"],
        parameters: &[parameter("mu", "mu > 0", "mean of the untruncated law"), parameter("phi", "phi > 0", "size")],
        data: "x in {1, 2, ...}",
        log_density: "lgamma(x + phi) - lgamma(x + 1) - lgamma(phi) + x*log(mu) + phi*log(phi) - (x + phi)*log(mu + phi) - log(1 - (phi/(mu + phi))^phi)",
        elsewhere: &[("vgam", "posnegbinomial(munb=mu, size=phi)")],
        source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 5",
    },
];
