//! Rows: what to add to a law so that its information exists, or so that the side of its support is decided.
//! In: nothing. Out: `conditions`. Never: an information; what is claimed here is only where to look.

/// Statements, one a regular case of the family; a family that is not named is taken as it stands.
#[rustfmt::skip]
static CONDITIONS: &[(&str, &[&str])] = &[
    // The end of the support, above or below, hangs on a sign; the information of a moving end exists only where the density falls fast enough.
    ("GeneralizedExtremeValue", &["xi > 0", "-1/2 < xi < 0"]),
    ("GenExtreme", &["0 < c < 1/2", "c < 0"]),
    ("GeneralizedPareto", &["xi > 0", "-1/2 < xi < 0"]),
    ("GenPareto", &["c > 0", "-1/2 < c < 0"]),
    ("Pearson3", &["0 < skew < sqrt(2)", "-sqrt(2) < skew < 0"]),
    ("Kappa4", &["h < 1/4; k < 1/4"]),
    // A shape that is smooth enough at the location.
    ("GenNorm", &["beta > 1/2"]),
    ("DoubleWeibull", &["c > 2"]),
    ("DoubleGamma", &["a > 2"]),
    ("Weibull3", &["alpha > 2"]),
    ("ParetoType3", &["g < 1/2"]),
    ("ParetoType4", &["g < 1/2"]),
    ("Beta4", &["alpha > 2; beta > 2", "known lower, upper"]),
    // An end that carries no information in the sense of Fisher.
    ("Pareto", &["known y_min"]),
    ("ParetoType2", &["known mu"]),
    ("ShiftedExponential", &["known mu"]),
    ("TruncatedNormal", &["known a, b"]),
    ("TruncatedPareto", &["known lower, upper"]),
    ("TruncPareto", &["known c, sigma"]),
    ("TruncWeibullMin", &["known a, b, sigma"]),
    ("Argus", &["known c"]),
    ("Triangular", &["known lower, upper"]),
    ("Benini", &["known y0"]),
    // The derivative of a Bessel function in its order has no formula.
    ("GenHyperbolic", &["known p"]),
    ("VarianceGamma", &["known lambda, mu"]),
    ("NoncentralChiSquare", &["known k"]),
    ("GenInvGauss", &["known p"]),
    ("GeneralizedInverseGaussian", &["known p"]),
];

/// What to add to the law of that name, one statement list a regular case; one empty case for a family that needs none.
#[must_use]
pub fn conditions(name: &str) -> &'static [&'static str] {
    CONDITIONS
        .iter()
        .find(|(family, _)| *family == name)
        .map_or(&[""], |(_, cases)| cases)
}

/// Every family with conditions.
pub fn conditional() -> impl Iterator<Item = &'static str> {
    CONDITIONS.iter().map(|(family, _)| *family)
}
