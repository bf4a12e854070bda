//! What a row of the catalogue must say.
//! In: nothing. Out: `Family`, `Parameter`. Never: an answer (a moment, a score, an information).

/// A named family of distributions of one real datum, as a row: formulas are text in the language of the tool.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// CamelCase name, in the spelling of Stan where Stan has the family.
    pub name: &'static str,
    /// Other accepted names.
    pub aliases: &'static [&'static str],
    /// The parameters in the order in which a law takes them.
    pub parameters: &'static [Parameter],
    /// The support, domain statements about the datum `x`, separated by `;`: `"x > 0"`, `"x in {0, 1, ..., n}"`,
    /// `"x > 0; 1 + xi*x/sigma > 0"`.
    pub data: &'static str,
    /// The complete log-density (or log-mass) of `x`, normalised.
    pub log_density: &'static str,
    /// Where other software has it: `("scipy", "weibull_min(c=alpha, scale=sigma)")`. SciPy's entry is a Python expression,
    /// and the sweep compares its density with the row's.
    pub elsewhere: &'static [(&'static str, &'static str)],
    /// Where the density is printed.
    pub source: &'static str,
}

/// A parameter of a family: its name, the domain statement that holds for it, and the role it plays.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// The name used in the formulas of the row.
    pub name: &'static str,
    /// A domain statement: `"sigma > 0"`, `"mu in real"`, `"n in {1, 2, ...}"` (an integer parameter has no information).
    /// It may name the parameters before it: `"beta > alpha"`.
    pub domain: &'static str,
    /// One word or two in the field's terms: `"location"`, `"scale"`, `"shape"`, `"rate"`, `"probability"`, `"degrees of freedom"`.
    pub role: &'static str,
    /// The value of an argument that is left out, for trailing parameters that have one: `StudentT(nu)` is `StudentT(nu, 0, 1)`.
    pub default: Option<&'static str>,
}

/// Makes a parameter; rows read better with it.
#[must_use]
pub const fn parameter(name: &'static str, domain: &'static str, role: &'static str) -> Parameter {
    Parameter {
        name,
        domain,
        role,
        default: None,
    }
}

/// Makes a trailing parameter that may be left out: a location 0, a scale 1.
#[must_use]
pub const fn optional(
    name: &'static str,
    domain: &'static str,
    role: &'static str,
    default: &'static str,
) -> Parameter {
    Parameter {
        name,
        domain,
        role,
        default: Some(default),
    }
}
