//! Rows: antiderivatives of the arc elements √I(θ) of one-parameter metrics, in a variable u on a range.
//! Swept by: the unit tests of `antiderivative`, each row differentiated. Never: an answer for a model.

/// An integrand that is positive on its range, and its antiderivative.
#[derive(Debug)]
pub(super) struct Row {
    /// The square of the integrand: what a metric shows.
    pub square: &'static str,
    /// An antiderivative of its positive root.
    pub value: &'static str,
    /// What must be positive of u.
    pub positive: &'static [&'static str],
}

const UNIT: &[&str] = &["u", "1 - u"];
const ABOVE: &[&str] = &["u"];
const BALL: &[&str] = &["1 - u", "1 + u"];
const OUTSIDE: &[&str] = &["u - 1"];

const fn row(square: &'static str, value: &'static str, positive: &'static [&'static str]) -> Row {
    Row {
        square,
        value,
        positive,
    }
}

/// Gradshteyn & Ryzhik, 2.2; DLMF 4.26 and 4.40.
pub(super) static ROWS: [Row; 37] = [
    row("1/(u*(1-u))", "2*asin(sqrt(u))", UNIT),
    row("1/(u^2*(1-u))", "-2*artanh(sqrt(1-u))", UNIT),
    row("1/(u*(1-u)^2)", "2*artanh(sqrt(u))", UNIT),
    row("1/(u^2*(1-u)^2)", "log(u/(1-u))", UNIT),
    row("1/(u^3*(1-u))", "-2*sqrt((1-u)/u)", UNIT),
    row("1/(u*(1-u)^3)", "2*sqrt(u/(1-u))", UNIT),
    row("u/(1-u)", "asin(sqrt(u)) - sqrt(u*(1-u))", UNIT),
    row("(1-u)/u", "asin(sqrt(u)) + sqrt(u*(1-u))", UNIT),
    row("(1-u)/u^2", "2*sqrt(1-u) - 2*artanh(sqrt(1-u))", UNIT),
    row("u/(1-u)^2", "2*artanh(sqrt(u)) - 2*sqrt(u)", UNIT),
    row("1/(u*(1+u))", "2*arsinh(sqrt(u))", ABOVE),
    row("1/(u^2*(1+u))", "-2*arsinh(1/sqrt(u))", ABOVE),
    row("1/(u*(1+u)^2)", "2*atan(sqrt(u))", ABOVE),
    row("1/(u^2*(1+u)^2)", "log(u/(1+u))", ABOVE),
    row("1/(u^3*(1+u))", "-2*sqrt((1+u)/u)", ABOVE),
    row("1/(u*(1+u)^3)", "2*sqrt(u/(1+u))", ABOVE),
    row("u/(1+u)", "sqrt(u*(1+u)) - arsinh(sqrt(u))", ABOVE),
    row("(1+u)/u", "sqrt(u*(1+u)) + arsinh(sqrt(u))", ABOVE),
    row("(1+u)/u^2", "2*sqrt(1+u) - 2*arsinh(1/sqrt(u))", ABOVE),
    row("u/(1+u)^2", "2*sqrt(u) - 2*atan(sqrt(u))", ABOVE),
    row("1/(1+u^2)", "arsinh(u)", &[]),
    row("1/(1+u^2)^2", "atan(u)", &[]),
    row("1/(1+u^2)^3", "u/sqrt(1+u^2)", &[]),
    row("1+u^2", "(u*sqrt(1+u^2) + arsinh(u))/2", &[]),
    row("1/(u^2*(1+u^2))", "-arsinh(1/u)", ABOVE),
    row("(1+u^2)/u^2", "sqrt(1+u^2) - arsinh(1/u)", ABOVE),
    row("1/(u^2*(1+u^2)^2)", "log(u) - log(1+u^2)/2", ABOVE),
    row("1/(1-u^2)", "asin(u)", BALL),
    row("1/(1-u^2)^2", "artanh(u)", BALL),
    row("1/(1-u^2)^3", "u/sqrt(1-u^2)", BALL),
    row("1/(u^2-1)", "arcosh(u)", OUTSIDE),
    row(
        "(1+u^2)/(1-u^2)^2",
        "sqrt(2)*artanh(sqrt(2)*u/sqrt(1+u^2)) - arsinh(u)",
        BALL,
    ),
    row("u^2/(1+u^2)^2", "log(1+u^2)/2", ABOVE),
    row("u^2/(1+u^2)", "sqrt(1+u^2)", ABOVE),
    row("u^2/(1-u^2)", "-sqrt(1-u^2)", UNIT),
    row("u^2/(1-u^2)^2", "-log(1-u^2)/2", UNIT),
    row("1/(1-u^2)^4", "u/(2*(1-u^2)) + artanh(u)/2", BALL),
];
