//! Rows: C99 with math.h alone. Swept by: tests/cli/emit.rs. Never: another library.

use super::super::Shape;
use super::super::source::{Written, bare};
use super::super::target::{Code, Hand, Helper, Literal, Target, of_order, spelled};

/// C.
pub static C: Target = Target {
    name: "c",
    title: "C",
    comment: ["// ", ""],
    hand: Hand::Code(&Code {
        functions: &[
            spelled("exp", 1, "exp(#1)"),
            spelled("log", 1, "log(#1)"),
            spelled("log1p", 1, "log1p(#1)"),
            spelled("expm1", 1, "expm1(#1)"),
            spelled("softplus", 1, "softplus(#1)"),
            spelled("logistic", 1, "logistic(#1)"),
            spelled("sin", 1, "sin(#1)"),
            spelled("cos", 1, "cos(#1)"),
            spelled("tan", 1, "tan(#1)"),
            spelled("asin", 1, "asin(#1)"),
            spelled("acos", 1, "acos(#1)"),
            spelled("atan", 1, "atan(#1)"),
            spelled("arsinh", 1, "asinh(#1)"),
            spelled("arcosh", 1, "acosh(#1)"),
            spelled("artanh", 1, "atanh(#1)"),
            spelled("abs", 1, "fabs(#1)"),
            spelled("sign", 1, "sign(#1)"),
            spelled("floor", 1, "floor(#1)"),
            spelled("min", 2, "fmin(#1, #2)"),
            spelled("max", 2, "fmax(#1, #2)"),
            spelled("gamma", 1, "tgamma(#1)"),
            spelled("lgamma", 1, "lgamma(#1)"),
            of_order("polygamma", 0, "digamma(#2)"),
            spelled("polygamma", 2, "polygamma(#1, #2)"),
            spelled("Phi", 1, "(0.5*erfc(-0.7071067811865476*#1))"),
            spelled("zeta", 2, "hurwitz_zeta(#1, #2)"),
            spelled("besseli", 2, "bessel_i(#1, #2)"),
            spelled("besselk", 2, "bessel_k(#1, #2)"),
        ],
        constants: [
            "3.141592653589793",
            "2.718281828459045",
            "0.5772156649015329",
            "INFINITY",
        ],
        numbers: Literal::Decimal,
        receiver: "",
        powers: ["", "pow(#1, #2)"],
        raised: "",
        root: "sqrt(#1)",
        cases: "(#1 ? #2 : #3)",
        logic: ["&&", "||", "==", "!=", "1", "0"],
        brackets: false,
        element: "#1[(long)(#2) - 1]",
        binders: ["", "", ""],
        series: "",
    }),
    routine,
    head: &[("", "#include <math.h>")],
    foot: &[],
    helpers: HELPERS,
    reserved: "auto break case char const continue default do double else enum extern float for goto if inline int long register \
               restrict return short signed sizeof static struct switch typedef union unsigned void volatile while out main",
    mark: "_",
    underscores: true,
    cases_differ: true,
};

fn routine(written: &Written) -> Vec<String> {
    let columns = written.rows.first().map_or(0, Vec::len);
    let mut arguments = written.arguments(|input| {
        if input.is_array {
            format!("const double *{}", input.name)
        } else {
            format!("double {}", input.name)
        }
    });
    let (kind, out) = match written.shape {
        Shape::Scalar => ("double", String::new()),
        Shape::Vector => ("void", format!("double out[{columns}]")),
        Shape::Matrix => (
            "void",
            format!("double out[{}][{columns}]", written.rows.len()),
        ),
    };
    if !out.is_empty() && !arguments.is_empty() {
        arguments.push_str(", ");
    }
    let mut lines = vec![
        format!("// {}", written.about),
        format!("{kind} {}({arguments}{out})", written.name),
        "{".to_owned(),
    ];
    let unused = written.inputs.iter().filter(|input| !input.is_used);
    lines.extend(unused.map(|input| format!("    (void){};", input.name)));
    let steps = written.steps.iter();
    lines.extend(steps.map(|(name, e)| format!("    const double {name} = {};", bare(e))));
    for (i, row) in written.rows.iter().enumerate() {
        for (j, e) in row.iter().enumerate() {
            let e = bare(e);
            lines.push(match written.shape {
                Shape::Scalar => format!("    return {e};"),
                Shape::Vector => format!("    out[{j}] = {e};"),
                Shape::Matrix => format!("    out[{i}][{j}] = {e};"),
            });
        }
    }
    lines.push("}".to_owned());
    lines
}

const HELPERS: &[Helper] = &[
    Helper {
        name: "sign",
        source: "
static double sign(double x)
{
    return (x > 0.0) - (x < 0.0);
}",
    },
    Helper {
        name: "softplus",
        source: "
// log(1 + exp(x)) without overflow.
static double softplus(double x)
{
    return fmax(x, 0.0) + log1p(exp(-fabs(x)));
}",
    },
    Helper {
        name: "logistic",
        source: "
// 1/(1 + exp(-x))
static double logistic(double x)
{
    return 1.0/(1.0 + exp(-x));
}",
    },
    Helper {
        name: "digamma",
        source: "
// Digamma by its asymptotic series (DLMF 5.11.2) after the recurrence, for x > 0; absolute error below 1e-14.
static double digamma(double x)
{
    double sum = 0.0, w;
    for (; x < 10.0; x += 1.0)
        sum -= 1.0/x;
    w = 1.0/(x*x);
    return sum + log(x) - 0.5/x
        - w*(1.0/12.0 - w*(1.0/120.0 - w*(1.0/252.0 - w*(1.0/240.0 - w*(1.0/132.0 - w*(691.0/32760.0 - w/12.0))))));
}",
    },
    Helper {
        name: "hurwitz_zeta",
        source: "
// Hurwitz zeta by the Euler-Maclaurin formula (DLMF 25.11.5), for s > 1, a > 0; relative error below 1e-14 for s < 12.
static double hurwitz_zeta(double s, double a)
{
    static const double c[7] = {12.0, -720.0, 30240.0, -1209600.0, 47900160.0, -1307674368000.0/691.0, 74724249600.0};
    double sum = 0.0, power, term, n = s;
    int k;
    for (k = 0; k < 12; k++, a += 1.0)
        sum += pow(a, -s);
    power = pow(a, -s);
    sum += power*a/(s - 1.0) + 0.5*power;
    term = s*power/a;
    for (k = 0; k < 7; k++, n += 2.0) {
        sum += term/c[k];
        term *= (n + 1.0)*(n + 2.0)/(a*a);
    }
    return sum;
}",
    },
    Helper {
        name: "polygamma",
        source: "
// Polygamma of order n >= 1, for x > 0 (DLMF 25.11.12).
static double polygamma(double n, double x)
{
    return (fmod(n, 2.0) == 0.0 ? -1.0 : 1.0)*tgamma(n + 1.0)*hurwitz_zeta(n + 1.0, x);
}",
    },
    Helper {
        name: "bessel_i",
        source: "
// The modified Bessel function of the first kind by its series (DLMF 10.25.2), for v >= 0, 0 < x < 700; relative error below 1e-13.
static double bessel_i(double v, double x)
{
    double term = pow(0.5*x, v)/tgamma(v + 1.0), sum = term, k;
    for (k = 1.0; term > 1e-17*sum; k += 1.0) {
        term *= 0.25*x*x/(k*(k + v));
        sum += term;
    }
    return sum;
}",
    },
    Helper {
        name: "bessel_k",
        source: "
// The modified Bessel function of the second kind by the trapezoidal rule (DLMF 10.32.9), for x > 0; relative error below 1e-13.
static double bessel_k(double v, double x)
{
    const double h = fmin(0.5/sqrt(x), 0.0625), order = fabs(v);
    double sum = 0.5*exp(-x), t;
    for (t = h; x*cosh(t) - order*t < 745.0; t += h)
        sum += 0.5*exp(order*t - x*cosh(t))*(1.0 + exp(-2.0*order*t));
    return h*sum;
}",
    },
];
