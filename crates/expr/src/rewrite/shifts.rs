//! Rows: a function at an argument moved by one, in terms of the function where it was. Swept by: tests/sweeps/rules.rs.

/// A recurrence f(x + 1) = … of a function in one of its arguments.
pub struct Shift {
    /// The function's name.
    pub function: &'static str,
    /// Names of its arguments in the formula.
    pub arguments: &'static [&'static str],
    /// Which argument moves.
    pub moving: usize,
    /// The function with the moving argument raised by one. It may use the function at the argument and, in a recurrence of
    /// three terms, at the argument less one.
    pub raised: &'static str,
    /// Does the recurrence reach back two steps?
    pub three_terms: bool,
    /// Where it holds.
    pub when: &'static str,
    /// Where it is printed.
    pub source: &'static str,
}

/// Every recurrence.
pub static SHIFTS: &[Shift] = &[
    Shift {
        function: "gamma",
        arguments: &["x"],
        moving: 0,
        raised: "x*gamma(x)",
        three_terms: false,
        when: "x > 0",
        source: "DLMF 5.5.1",
    },
    Shift {
        function: "lgamma",
        arguments: &["x"],
        moving: 0,
        raised: "log(x) + lgamma(x)",
        three_terms: false,
        when: "x > 0",
        source: "DLMF 5.5.1",
    },
    Shift {
        function: "polygamma",
        arguments: &["n", "x"],
        moving: 1,
        raised: "polygamma(n, x) + (-1)^n*gamma(n + 1)*x^(-n - 1)",
        three_terms: false,
        when: "n in {0, 1, ..., 6}; x > 0",
        source: "DLMF 5.15.5",
    },
    Shift {
        function: "zeta",
        arguments: &["s", "a"],
        moving: 1,
        raised: "zeta(s, a) - a^(-s)",
        three_terms: false,
        when: "s > 1; a > 0",
        source: "DLMF 25.11.3",
    },
    Shift {
        function: "besseli",
        arguments: &["v", "x"],
        moving: 0,
        raised: "besseli(v - 1, x) - 2*v/x*besseli(v, x)",
        three_terms: true,
        when: "v > 0; x > 0",
        source: "DLMF 10.29.1",
    },
    Shift {
        function: "besselk",
        arguments: &["v", "x"],
        moving: 0,
        raised: "besselk(v - 1, x) + 2*v/x*besselk(v, x)",
        three_terms: true,
        when: "v > 0; x > 0",
        source: "DLMF 10.29.1",
    },
    Shift {
        function: "gammaincc",
        arguments: &["a", "x"],
        moving: 0,
        raised: "a*gammaincc(a, x) + x^a*e^(-x)",
        three_terms: false,
        when: "a > 0; x > 0",
        source: "DLMF 8.8.2",
    },
    Shift {
        function: "gammainc",
        arguments: &["a", "x"],
        moving: 0,
        raised: "a*gammainc(a, x) - x^a*e^(-x)",
        three_terms: false,
        when: "a > 0; x > 0",
        source: "DLMF 8.8.1",
    },
];
