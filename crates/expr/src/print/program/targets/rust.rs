//! Rows: Rust, with the standard library alone. Swept by: tests/cli/emit.rs. Never: a crate.

use super::super::Shape;
use super::super::source::{Written, bare};
use super::super::target::{Code, Hand, Helper, Literal, Target, of_order, spelled};
use super::nested;

/// Rust.
pub static RUST: Target = Target {
    name: "rust",
    title: "Rust",
    comment: ["// ", ""],
    hand: Hand::Code(&Code {
        functions: &[
            spelled("exp", 1, "#1.exp()"),
            spelled("log", 1, "#1.ln()"),
            spelled("log1p", 1, "#1.ln_1p()"),
            spelled("expm1", 1, "#1.exp_m1()"),
            spelled("softplus", 1, "softplus(#1)"),
            spelled("logistic", 1, "logistic(#1)"),
            spelled("sin", 1, "#1.sin()"),
            spelled("cos", 1, "#1.cos()"),
            spelled("tan", 1, "#1.tan()"),
            spelled("asin", 1, "#1.asin()"),
            spelled("acos", 1, "#1.acos()"),
            spelled("atan", 1, "#1.atan()"),
            spelled("arsinh", 1, "#1.asinh()"),
            spelled("arcosh", 1, "#1.acosh()"),
            spelled("artanh", 1, "#1.atanh()"),
            spelled("abs", 1, "#1.abs()"),
            spelled("sign", 1, "sign(#1)"),
            spelled("floor", 1, "#1.floor()"),
            spelled("min", 2, "#1.min(#2)"),
            spelled("max", 2, "#1.max(#2)"),
            spelled("gamma", 1, "gamma(#1)"),
            spelled("lgamma", 1, "lgamma(#1)"),
            of_order("polygamma", 0, "digamma(#2)"),
            spelled("polygamma", 2, "polygamma(#1, #2)"),
            spelled("Phi", 1, "(0.5*erfc(-std::f64::consts::FRAC_1_SQRT_2*#1))"),
            spelled("zeta", 2, "hurwitz_zeta(#1, #2)"),
            spelled("besseli", 2, "bessel_i(#1, #2)"),
            spelled("besselk", 2, "bessel_k(#1, #2)"),
        ],
        constants: [
            "std::f64::consts::PI",
            "std::f64::consts::E",
            "0.5772156649015329",
            "f64::INFINITY",
        ],
        numbers: Literal::Decimal,
        receiver: "_f64",
        powers: ["#1.powi(#2)", "#1.powf(#2)"],
        raised: "",
        root: "#1.sqrt()",
        cases: "if #1 { #2 } else { #3 }",
        logic: ["&&", "||", "==", "!=", "true", "false"],
        brackets: false,
        element: "#1[(#2 - 1.0) as usize]",
        binders: [
            "((#3) as i64..=(#4) as i64).fold(0.0_f64, |total, #2| { let #2 = #2 as f64; total + #1 })",
            "((#3) as i64..=(#4) as i64).fold(1.0_f64, |total, #2| { let #2 = #2 as f64; total * #1 })",
            "",
        ],
        series: "",
    }),
    routine,
    head: &[],
    foot: &[],
    helpers: HELPERS,
    reserved: "as break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return \
               self Self static struct super trait true type unsafe use where while async await abstract become box do final gen \
               macro override priv try typeof unsized virtual yield f64 std usize i64 total",
    mark: "_",
    underscores: true,
    cases_differ: true,
};

fn routine(written: &Written) -> Vec<String> {
    let columns = written.rows.first().map_or(0, Vec::len);
    let kind = match written.shape {
        Shape::Scalar => "f64".to_owned(),
        Shape::Vector => format!("[f64; {columns}]"),
        Shape::Matrix => format!("[[f64; {columns}]; {}]", written.rows.len()),
    };
    let arguments = written.arguments(|input| {
        let kind = if input.is_array { "&[f64]" } else { "f64" };
        let unused = if input.is_used { "" } else { "_" };
        format!("{unused}{}: {kind}", input.name)
    });
    let mut lines = vec![
        format!("/// {}", written.about),
        format!("pub fn {}({arguments}) -> {kind} {{", written.name),
    ];
    let steps = written.steps.iter();
    lines.extend(steps.map(|(name, e)| format!("    let {name} = {};", bare(e))));
    let value = nested(written, "[", "]");
    lines.push(format!("    {}", bare(&value)));
    lines.push("}".to_owned());
    lines
}

const HELPERS: &[Helper] = &[
    Helper {
        name: "sign",
        source: "
fn sign(x: f64) -> f64 {
    if x > 0.0 { 1.0 } else if x < 0.0 { -1.0 } else { x }
}",
    },
    Helper {
        name: "softplus",
        source: "
/// log(1 + exp(x)) without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}",
    },
    Helper {
        name: "logistic",
        source: "
/// 1/(1 + exp(-x))
fn logistic(x: f64) -> f64 {
    1.0/(1.0 + (-x).exp())
}",
    },
    Helper {
        name: "gamma",
        source: "
/// The gamma function by Stirling's series (DLMF 5.11.1) after the recurrence; relative error below 1e-13 for x > 0.
fn gamma(x: f64) -> f64 {
    if x > 171.7 {
        return f64::INFINITY;
    }
    let (mut z, mut product) = (x, 1.0);
    while z < 12.0 {
        product *= z;
        z += 1.0;
    }
    let w = 1.0/(z*z);
    let series = (1.0/12.0 - w*(1.0/360.0 - w*(1.0/1260.0 - w*(1.0/1680.0 - w*(1.0/1188.0 - w*691.0/360360.0)))))/z;
    ((z - 0.5)*z.ln() - z + 0.9189385332046728 + series).exp()/product
}",
    },
    Helper {
        name: "lgamma",
        source: "
/// log of the gamma function by Stirling's series (DLMF 5.11.1) after the recurrence, for x > 0; absolute error below 1e-13 for x < 1e3.
fn lgamma(x: f64) -> f64 {
    let (mut z, mut product) = (x, 1.0_f64);
    while z < 12.0 {
        product *= z;
        z += 1.0;
    }
    let w = 1.0/(z*z);
    let series = (1.0/12.0 - w*(1.0/360.0 - w*(1.0/1260.0 - w*(1.0/1680.0 - w*(1.0/1188.0 - w*691.0/360360.0)))))/z;
    (z - 0.5)*z.ln() - z + 0.9189385332046728 + series - product.ln()
}",
    },
    Helper {
        name: "digamma",
        source: "
/// Digamma by its asymptotic series (DLMF 5.11.2) after the recurrence, for x > 0; absolute error below 1e-14.
fn digamma(x: f64) -> f64 {
    let (mut z, mut sum) = (x, 0.0);
    while z < 10.0 {
        sum -= 1.0/z;
        z += 1.0;
    }
    let w = 1.0/(z*z);
    sum + z.ln() - 0.5/z
        - w*(1.0/12.0 - w*(1.0/120.0 - w*(1.0/252.0 - w*(1.0/240.0 - w*(1.0/132.0 - w*(691.0/32760.0 - w/12.0))))))
}",
    },
    Helper {
        name: "hurwitz_zeta",
        source: "
/// Hurwitz zeta by the Euler-Maclaurin formula (DLMF 25.11.5), for s > 1, a > 0; relative error below 1e-14 for s < 12.
fn hurwitz_zeta(s: f64, a: f64) -> f64 {
    let sum: f64 = (0..12).map(|k| (a + f64::from(k)).powf(-s)).sum();
    let z = a + 12.0;
    let power = z.powf(-s);
    let (mut tail, mut term, mut n) = (power*z/(s - 1.0) + 0.5*power, s*power/z, s);
    for c in [12.0, -720.0, 30240.0, -1209600.0, 47900160.0, -1307674368000.0/691.0, 74724249600.0] {
        tail += term/c;
        term *= (n + 1.0)*(n + 2.0)/(z*z);
        n += 2.0;
    }
    sum + tail
}",
    },
    Helper {
        name: "polygamma",
        source: "
/// Polygamma of order n >= 1, for x > 0 (DLMF 25.11.12).
fn polygamma(n: f64, x: f64) -> f64 {
    let factorial: f64 = (1..=n as i64).map(|k| k as f64).product();
    let sign = if n % 2.0 == 0.0 { -1.0 } else { 1.0 };
    sign*factorial*hurwitz_zeta(n + 1.0, x)
}",
    },
    Helper {
        name: "erfc",
        source: "
/// The complementary error function by its series (DLMF 7.6.2) and continued fraction (DLMF 7.9.1); relative error below 1e-13.
fn erfc(x: f64) -> f64 {
    let z = x.abs();
    let tail = if z < 2.0 {
        let (mut term, mut sum, mut k) = (z, z, 1.0);
        while term > 1e-17*sum {
            term *= 2.0*z*z/(2.0*k + 1.0);
            sum += term;
            k += 1.0;
        }
        1.0 - std::f64::consts::FRAC_2_SQRT_PI*(-z*z).exp()*sum
    } else {
        let fraction = (1..=60).rev().fold(0.0, |f, k| 0.5*f64::from(k)/(z + f));
        (-z*z).exp()*std::f64::consts::FRAC_2_SQRT_PI/(2.0*(z + fraction))
    };
    if x < 0.0 { 2.0 - tail } else { tail }
}",
    },
    Helper {
        name: "bessel_i",
        source: "
/// The modified Bessel function of the first kind by its series (DLMF 10.25.2), for v >= 0, 0 < x < 700; relative error below 1e-13.
fn bessel_i(v: f64, x: f64) -> f64 {
    let mut term = (0.5*x).powf(v)/gamma(v + 1.0);
    let (mut sum, mut k) = (term, 1.0);
    while term > 1e-17*sum {
        term *= 0.25*x*x/(k*(k + v));
        sum += term;
        k += 1.0;
    }
    sum
}",
    },
    Helper {
        name: "bessel_k",
        source: "
/// The modified Bessel function of the second kind by the trapezoidal rule (DLMF 10.32.9), for x > 0; relative error below 1e-13.
fn bessel_k(v: f64, x: f64) -> f64 {
    let (v, h) = (v.abs(), (0.5/x.sqrt()).min(0.0625));
    let (mut sum, mut t) = (0.5*(-x).exp(), h);
    while x*t.cosh() - v*t < 745.0 {
        sum += 0.5*(v*t - x*t.cosh()).exp()*(1.0 + (-2.0*v*t).exp());
        t += h;
    }
    h*sum
}",
    },
];
