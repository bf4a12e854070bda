//! What a row of the moment tables must say.
//! In: nothing. Out: `Kernel`. Never: a moment; the whole table is the one function log Z.

/// A family of unnormalized densities exp(base(y) + Σ cⱼ bⱼ(y)) on a fixed set, and the logarithm of its integral or sum.
///
/// E[e^{d·b} Π bⱼ^{kⱼ}] = (∂^k Z)(c + d) / Z(c): powers of e^b shift, factors bⱼ differentiate.
#[derive(Debug, Clone, Copy)]
pub struct Kernel {
    /// A short name, in the field's terms.
    pub name: &'static str,
    /// What y ranges over.
    pub over: Range,
    /// Constants of the row besides the coefficients, and where in a density they are read off.
    pub constants: &'static [Constant],
    /// log h(y), free of the coefficients.
    pub base: &'static str,
    /// The functions bⱼ(y).
    pub basis: &'static [&'static str],
    /// log Z in c1, c2, …
    pub log_normalizer: &'static str,
    /// Expressions that must be positive for Z to exist.
    pub positive: &'static [&'static str],
    /// Where the integral or sum is printed.
    pub source: &'static str,
}

/// The set over which a kernel is integrated or summed; ends are formulas.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    /// Lower end.
    pub lower: &'static str,
    /// Upper end.
    pub upper: &'static str,
    /// Integers only?
    pub integers: bool,
}

/// A constant of a kernel that is not a coefficient.
#[derive(Debug, Clone, Copy)]
pub struct Constant {
    /// Its name in the formulas of the row.
    pub name: &'static str,
    /// Where it is read off.
    pub found: Found,
}

/// Where a constant of a kernel stands in a density.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It is the lower end of the range.
    LowerEnd,
    /// It is the upper end of the range.
    UpperEnd,
    /// It stands beside y in an argument of this function: `lgamma(y + r)`.
    BesideIn(&'static str),
    /// A denominator or the argument of a logarithm has this factor, linear in the constant: `y^2 + k`.
    InFactor(&'static str),
    /// It is the coefficient of this function in the log-density: `log(y)`.
    CoefficientOf(&'static str),
}
