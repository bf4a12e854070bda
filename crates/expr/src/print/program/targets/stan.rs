//! Rows: a Stan functions block. Swept by: tests/cli/emit.rs.

use super::super::Shape;
use super::super::source::{Written, bare};
use super::super::target::{Code, Hand, Helper, Literal, Target, of_order, spelled};
use super::nested;

/// Stan.
pub static STAN: Target = Target {
    name: "stan",
    title: "Stan",
    comment: ["// ", ""],
    hand: Hand::Code(&Code {
        functions: &[
            spelled("exp", 1, "exp(#1)"),
            spelled("log", 1, "log(#1)"),
            spelled("log1p", 1, "log1p(#1)"),
            spelled("expm1", 1, "expm1(#1)"),
            spelled("softplus", 1, "log1p_exp(#1)"),
            spelled("logistic", 1, "inv_logit(#1)"),
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
            spelled("sign", 1, "(#1 > 0 ? 1.0 : (#1 < 0 ? -1.0 : 0.0))"),
            spelled("floor", 1, "floor(#1)"),
            spelled("min", 2, "fmin(#1, #2)"),
            spelled("max", 2, "fmax(#1, #2)"),
            spelled("gamma", 1, "tgamma(#1)"),
            spelled("lgamma", 1, "lgamma(#1)"),
            of_order("polygamma", 0, "digamma(#2)"),
            of_order("polygamma", 1, "trigamma(#2)"),
            spelled("polygamma", 2, "polygamma(#1, #2)"),
            spelled("gammainc", 2, "(tgamma(#1)*gamma_p(#1, #2))"),
            spelled("gammaincc", 2, "(tgamma(#1)*gamma_q(#1, #2))"),
            spelled("Phi", 1, "(0.5*erfc(-0.7071067811865476*#1))"),
            spelled("Phiinv", 1, "inv_Phi(#1)"),
            of_order("besseli", 0, "modified_bessel_first_kind(0, #2)"),
            of_order("besseli", 1, "modified_bessel_first_kind(1, #2)"),
            of_order("besseli", 2, "modified_bessel_first_kind(2, #2)"),
            spelled("besseli", 2, "exp(log_modified_bessel_first_kind(#1, #2))"),
            of_order("besselk", 0, "modified_bessel_second_kind(0, #2)"),
            of_order("besselk", 1, "modified_bessel_second_kind(1, #2)"),
            of_order("besselk", 2, "modified_bessel_second_kind(2, #2)"),
            of_order("besselj", 0, "bessel_first_kind(0, #2)"),
            of_order("besselj", 1, "bessel_first_kind(1, #2)"),
            spelled("zeta", 2, "hurwitz_zeta(#1, #2)"),
        ],
        constants: ["pi()", "e()", "0.5772156649015329", "positive_infinity()"],
        numbers: Literal::Decimal,
        receiver: "",
        powers: ["#1^#2", "#1^#2"],
        raised: "^",
        root: "sqrt(#1)",
        cases: "(#1 ? #2 : #3)",
        logic: ["&&", "||", "==", "!=", "1", "0"],
        brackets: false,
        element: "",
        binders: ["", "", ""],
        series: "",
    }),
    routine,
    head: &[("", "functions {")],
    foot: &["}"],
    helpers: &[
        Helper {
            name: "hurwitz_zeta",
            source: "
// Hurwitz zeta by the Euler-Maclaurin formula (DLMF 25.11.5), for s > 1, a > 0; relative error below 1e-14 for s < 12.
real hurwitz_zeta(real s, real a) {
  array[7] real divisor = {12.0, -720.0, 30240.0, -1209600.0, 47900160.0, -1307674368000.0/691.0, 74724249600.0};
  real z = a + 12.0;
  real total = z^(1.0 - s)/(s - 1.0) + z^(-s)/2.0;
  real term = s*z^(-s - 1.0);
  real n = s;
  for (k in 0:11) {
    total += (a + k)^(-s);
  }
  for (k in 1:7) {
    total += term/divisor[k];
    term *= (n + 1.0)*(n + 2.0)/(z*z);
    n += 2.0;
  }
  return total;
}",
        },
        Helper {
            name: "polygamma",
            source: "
// Polygamma of order n >= 1, for x > 0 (DLMF 25.11.12).
real polygamma(real n, real x) {
  return (fmod(n, 2.0) == 0.0 ? -1.0 : 1.0)*tgamma(n + 1.0)*hurwitz_zeta(n + 1.0, x);
}",
        },
    ],
    reserved: "for in while repeat until if then else true false target functions model data parameters quantities transformed generated \
               int real complex vector row_vector matrix array tuple void lower upper offset multiplier profile break continue return \
               print reject fatal_error var fvar STAN_MAJOR auto bool char class const double float long short switch struct template \
               this typename union using virtual",
    mark: "_v",
    underscores: true,
    cases_differ: true,
};

fn routine(written: &Written) -> Vec<String> {
    let (kind, transpose) = match written.shape {
        Shape::Scalar => ("real", ""),
        Shape::Vector => ("vector", "'"),
        Shape::Matrix => ("matrix", ""),
    };
    let arguments = written.arguments(|input| format!("real {}", input.name));
    let mut lines = vec![
        format!("  // {}", written.about),
        format!("  {kind} {}({arguments}) {{", written.name),
    ];
    let steps = written.steps.iter();
    lines.extend(steps.map(|(name, e)| format!("    real {name} = {};", bare(e))));
    lines.push(format!(
        "    return {}{transpose};",
        nested(written, "[", "]")
    ));
    lines.push("  }".to_owned());
    lines
}
