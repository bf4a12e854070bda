//! Rows: R, base and stats. Swept by: tests/cli/emit.rs.

use super::super::Shape;
use super::super::source::Written;
use super::super::target::{Code, Hand, Helper, Literal, Target, of_order, spelled};

/// R.
pub static R: Target = Target {
    name: "r",
    title: "R",
    comment: ["# ", ""],
    hand: Hand::Code(&Code {
        functions: &[
            spelled("exp", 1, "exp(#1)"),
            spelled("log", 1, "log(#1)"),
            spelled("log1p", 1, "log1p(#1)"),
            spelled("expm1", 1, "expm1(#1)"),
            spelled("softplus", 1, "(-plogis(-#1, log.p = TRUE))"),
            spelled("logistic", 1, "plogis(#1)"),
            spelled("sin", 1, "sin(#1)"),
            spelled("cos", 1, "cos(#1)"),
            spelled("tan", 1, "tan(#1)"),
            spelled("asin", 1, "asin(#1)"),
            spelled("acos", 1, "acos(#1)"),
            spelled("atan", 1, "atan(#1)"),
            spelled("arsinh", 1, "asinh(#1)"),
            spelled("arcosh", 1, "acosh(#1)"),
            spelled("artanh", 1, "atanh(#1)"),
            spelled("abs", 1, "abs(#1)"),
            spelled("sign", 1, "sign(#1)"),
            spelled("floor", 1, "floor(#1)"),
            spelled("min", 2, "pmin(#1, #2)"),
            spelled("max", 2, "pmax(#1, #2)"),
            spelled("gamma", 1, "gamma(#1)"),
            spelled("lgamma", 1, "lgamma(#1)"),
            of_order("polygamma", 0, "digamma(#2)"),
            of_order("polygamma", 1, "trigamma(#2)"),
            spelled("polygamma", 2, "psigamma(#2, #1)"),
            spelled("gammainc", 2, "(gamma(#1)*pgamma(#2, #1))"),
            spelled("gammaincc", 2, "(gamma(#1)*pgamma(#2, #1, lower.tail = FALSE))"),
            spelled("Phi", 1, "pnorm(#1)"),
            spelled("Phiinv", 1, "qnorm(#1)"),
            spelled("besseli", 2, "besselI(#2, #1)"),
            spelled("besselj", 2, "besselJ(#2, #1)"),
            spelled("besselk", 2, "besselK(#2, #1)"),
            spelled("zeta", 2, "hurwitz_zeta(#1, #2)"),
        ],
        constants: ["pi", "exp(1)", "0.5772156649015329", "Inf"],
        numbers: Literal::Integer,
        receiver: "",
        powers: ["", ""],
        raised: "^",
        root: "sqrt(#1)",
        cases: "ifelse(#1, #2, #3)",
        logic: ["&", "|", "==", "!=", "TRUE", "FALSE"],
        brackets: false,
        element: "#1[#2]",
        binders: [
            "sum(vapply(seq(#3, length.out = #4 - (#3) + 1), function(#2) #1, 0))",
            "prod(vapply(seq(#3, length.out = #4 - (#3) + 1), function(#2) #1, 0))",
            "integral(function(#2) #1, #3, #4)",
        ],
        series: "",
    }),
    routine,
    head: &[],
    foot: &[],
    helpers: &[Helper {
        name: "integral",
        source: "
# Adaptive quadrature; What overflows, far out in a tail, counts as 0.
integral <- function(f, lower, upper) {
  value <- function(x) {
    found <- f(x)
    if (is.finite(found)) found else 0
  }
  integrate(Vectorize(value), lower, upper, rel.tol = 1e-10, subdivisions = 1000L)$value
}",
    }, Helper {
        name: "hurwitz_zeta",
        source: "
# Hurwitz zeta by the Euler-Maclaurin formula (DLMF 25.11.5), for s > 1, a > 0; relative error below 1e-14 for s < 12.
hurwitz_zeta <- function(s, a) {
  z <- a + 12
  total <- sum((a + 0:11)^(-s)) + z^(1 - s)/(s - 1) + z^(-s)/2
  term <- s*z^(-s - 1)
  n <- s
  for (divisor in c(12, -720, 30240, -1209600, 47900160, -1307674368000/691, 74724249600)) {
    total <- total + term/divisor
    term <- term*(n + 1)*(n + 2)/z^2
    n <- n + 2
  }
  total
}",
    }],
    reserved: "if else repeat while function for next break TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_ NA_character_ in c matrix",
    mark: "_",
    underscores: true,
    cases_differ: true,
};

fn routine(written: &Written) -> Vec<String> {
    let mut lines = vec![
        format!("# {}", written.about),
        format!("{} <- function({}) {{", written.name, written.names()),
    ];
    let steps = written.steps.iter();
    lines.extend(steps.map(|(name, e)| format!("  {name} <- {e}")));
    let entries = written.entries().join(", ");
    lines.push(match written.shape {
        Shape::Scalar => format!("  {entries}"),
        Shape::Vector => format!("  c({entries})"),
        Shape::Matrix => format!(
            "  matrix(c({entries}), nrow = {}, byrow = TRUE)",
            written.rows.len()
        ),
    });
    lines.push("}".to_owned());
    lines
}
