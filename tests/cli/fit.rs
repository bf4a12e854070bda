//! `fit` and `eval --table` from outside: bad data, large data, formats.

use crate::run::{Answer, bartlett, with_input};
use serde_json::Value;
use std::fmt::Write as _;

const NORMAL: &str = "y ~ Normal(a + b*x, s); known x";

pub fn fitted(answer: &Answer) -> Value {
    assert_eq!(answer.status, 0, "{}", answer.err);
    serde_json::from_str(&answer.out).expect("it is JSON")
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

pub fn temporary(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("bartlett-{}-{name}", std::process::id()))
}

/// Input, and what the message must hold: the place and the reason.
const BAD: &[(&str, &[&str])] = &[
    ("", &["<stdin>", "empty"]),
    ("\n\n\n", &["<stdin>", "empty"]),
    ("x,y\n", &["no rows"]),
    (
        "x,y\n1,2\n1,abc\n",
        &["<stdin>:3:", "column 2 (`y`)", "`abc` is not a number"],
    ),
    (
        "x,y\n1,2\n\n1,1e5x\n",
        &["<stdin>:4:", "`1e5x` is not a number"],
    ),
    (
        "x,y\n1,2\n1,\n",
        &["<stdin>:3:", "column `y`", "missing", "--drop-missing"],
    ),
    ("x,y\n1,2\nNA,3\n", &["<stdin>:3:", "column `x`", "missing"]),
    (
        "x,y\n1,2\n2,NaN\n",
        &["<stdin>:3:", "column `y`", "missing"],
    ),
    ("x,y\n1,2\n2,inf\n", &["<stdin>:3:", "`inf` is not finite"]),
    ("x,y\n1,2\n2,1e999\n", &["<stdin>:3:", "not finite"]),
    (
        "x,y\n1,2\n2,3,4\n",
        &["<stdin>:3:", "3 fields where the header has 2"],
    ),
    (
        "x,y\n1,2\n2\n",
        &["<stdin>:3:", "1 fields where the header has 2"],
    ),
    ("x,z\n1,2\n", &["no column is called `y`"]),
    (
        "1,2\n3,4\n",
        &[
            "no column is called `y`",
            "the first line must hold the names",
        ],
    ),
    ("x,y,y\n1,2,3\n", &["2 columns are called `y`"]),
    ("x,y\n1,\"2\n3,4\n5,6\n", &["is not a number"]),
    ("x,y\n1,\u{0}\n", &["<stdin>:2:", "is not a number"]),
];

#[test]
fn bad_data_are_refused_with_their_place() {
    for (input, words) in BAD {
        let answer = with_input(&["fit", NORMAL, "--data", "-"], input.as_bytes());
        assert_eq!(answer.status, 1, "{input:?}: {}", answer.err);
        assert_eq!(answer.out, "", "{input:?}");
        for word in *words {
            assert!(answer.err.contains(word), "{input:?}: {}", answer.err);
        }
    }
    for (model, input, words) in [
        (
            "y ~ Gamma(a, b)",
            "y\n1\n-2\n",
            "<stdin>:3: column `y`: -2 is outside the support",
        ),
        (
            "y ~ Poisson(a)",
            "y\n1\n2.5\n",
            "<stdin>:3: column `y`: 2.5 is outside the support",
        ),
        (
            "y ~ Binomial(n, p); known n",
            "y,n\n1,3\n5,4\n",
            "<stdin>:3: column `y`: 5 is outside the support",
        ),
    ] {
        let answer = with_input(&["fit", model, "--data", "-"], input.as_bytes());
        assert_eq!(answer.status, 1);
        assert!(answer.err.contains(words), "{}", answer.err);
    }
    let missing = bartlett(&["fit", NORMAL, "--data", "tests/data/nowhere.csv"]);
    assert!(missing.status == 1 && missing.err.contains("cannot be read"));
}

#[test]
fn a_line_without_end_is_refused() {
    let mut input = b"x,y\n1,2\n".to_vec();
    input.resize(100 << 20, b'7');
    let answer = with_input(&["fit", NORMAL, "--data", "-"], &input);
    assert_eq!(answer.status, 1);
    assert!(
        answer
            .err
            .contains("<stdin>:3: the line is longer than 16 MiB"),
        "{}",
        answer.err
    );
}

#[test]
fn nothing_is_written_where_something_is_wrong() {
    let out = temporary("none.csv");
    let path = out.to_string_lossy();
    let answer = with_input(
        &["fit", NORMAL, "--data", "-", "--influence", &path],
        b"x,y\n1,2\n1,abc\n",
    );
    assert!(answer.status == 1 && !out.exists());
    let answer = with_input(
        &["eval", "x ~ Gamma(a, b)", "--table", "-"],
        b"a,b\n1,2\n3,-4\n",
    );
    assert_eq!((answer.status, answer.out.as_str()), (1, ""));
    assert!(
        answer.err.contains("<stdin>:3: column `b`"),
        "{}",
        answer.err
    );
}

#[test]
fn models_and_data_that_have_no_fit_say_why() {
    for (model, input, words) in [
        ("y ~ Uniform(0, b)", "y\n1\n2\n", "no Fisher information"),
        (
            "y ~ Bernoulli(logistic(a + b*x)); known x",
            "y,x\n0,1\n0,2\n1,3\n1,4\n",
            "no maximum",
        ),
        (
            "y ~ Normal(a + b*x + c*z, s); known x, z",
            "y,x,z\n1,1,2\n3,2,4\n2,3,6\n5,4,8\n4,5,10\n",
            "c cannot be told from the others",
        ),
        (
            "known n; for i in 1..n: y[i] ~ Normal(m, s)",
            "y\n1\n",
            "leave out `for i in 1..n`",
        ),
    ] {
        let answer = with_input(&["fit", model, "--data", "-"], input.as_bytes());
        assert_eq!(answer.status, 1, "{model}: {}", answer.out);
        assert!(answer.err.contains(words), "{model}: {}", answer.err);
    }
}

#[test]
fn missing_values_are_left_out_on_request() {
    let whole = with_input(
        &["fit", NORMAL, "--data", "-", "--format", "json"],
        b"x,y\n1,2\n2,3\n4,4\n7,9\n",
    );
    let holed = b"x;y;w\n1;2;a\n2;3;b\nNA;1;c\n4;4;d\n5;;e\n7;9;f\n";
    let dropped = with_input(
        &[
            "fit",
            NORMAL,
            "--data",
            "-",
            "--format",
            "json",
            "--drop-missing",
        ],
        holed,
    );
    let (whole, dropped) = (fitted(&whole), fitted(&dropped));
    assert_eq!(whole["estimates"], dropped["estimates"]);
    assert_eq!(
        (dropped["rows"].as_u64(), dropped["dropped_rows"].as_u64()),
        (Some(4), Some(2))
    );
}

#[test]
fn many_rows_go_through_a_temporary_file_and_give_the_same() {
    // more numbers than are kept in memory
    let block: String = (0..1000).fold(String::new(), |mut text, i| {
        let _ = writeln!(
            text,
            "{},{}",
            f64::from(i % 37) - 18.0,
            f64::from(i % 101) / 7.0
        );
        text
    });
    let large = format!("y,x\n{}", block.repeat(2200));
    let small = format!("y,x\n{block}");
    let fit = |input: &str| {
        fitted(&with_input(
            &["fit", NORMAL, "--data", "-", "--format", "json"],
            input.as_bytes(),
        ))
    };
    let (large, small) = (fit(&large), fit(&small));
    assert_eq!(large["rows"].as_u64(), Some(2_200_000));
    for name in ["a", "b", "s"] {
        let (a, b) = (
            number(&large["estimates"][name]),
            number(&small["estimates"][name]),
        );
        assert!((a - b).abs() < 1e-9 * b.abs(), "{name}: {a} and {b}");
        for kind in ["expected", "observed", "outer_product", "sandwich"] {
            let a = number(&large["standard_errors"][kind][name]) * 2200_f64.sqrt();
            let b = number(&small["standard_errors"][kind][name]);
            assert!((a - b).abs() < 1e-9 * b, "{kind} {name}: {a} and {b}");
        }
    }
}

#[test]
fn an_information_without_formula_is_integrated_at_few_predictors() {
    // negative binomial: E of the trigamma has no closed form, and each row has its own mean
    let mut text = String::from("y,x\n");
    for i in 0..700 {
        let x = f64::from(i) / 350.0 - 1.0;
        let _ = writeln!(text, "{},{x}", (i * 7919) % 11 % (3 + i / 100));
    }
    let model = "y ~ NegBinomial2(exp(a + b*x), phi); known x";
    let fit = fitted(&with_input(
        &["fit", model, "--data", "-", "--format", "json"],
        text.as_bytes(),
    ));
    let errors = &fit["standard_errors"];
    for name in ["a", "b", "phi"] {
        let (expected, observed) = (
            number(&errors["expected"][name]),
            number(&errors["observed"][name]),
        );
        assert!(
            (expected / observed - 1.0).abs() < 0.25,
            "{name}: {expected} and {observed}"
        );
    }
    // the regression part is closed: Σ μ/(1 + μ/φ)·(1, x)ᵀ(1, x)
    let at = |name: &str| number(&fit["estimates"][name]);
    let (mut one, mut two, mut three) = (0.0, 0.0, 0.0);
    for i in 0..700 {
        let x = f64::from(i) / 350.0 - 1.0;
        let mean = (at("a") + at("b") * x).exp();
        let weight = mean / (1.0 + mean / at("phi"));
        (one, two, three) = (one + weight, two + weight * x, three + weight * x * x);
    }
    let exact = (three / (one * three - two * two)).sqrt();
    assert!((number(&errors["expected"]["a"]) / exact - 1.0).abs() < 1e-5);
}

#[test]
fn every_format_shows_the_estimates() {
    for (format, words) in [
        ("text", "μ"),
        ("plain", "mu"),
        ("json", "\"standard_errors\""),
        ("csv", "mu,919.35,"),
        ("latex", "\\begin{tabular}"),
        ("markdown", "| $\\mu$ |"),
        ("sympy", "Symbol('mu')"),
    ] {
        let answer = bartlett(&[
            "fit",
            "volume ~ Normal(mu, s)",
            "--data",
            "tests/data/nile.csv",
            "--format",
            format,
        ]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        let quotes = answer
            .out
            .replace("Symbol(\"", "Symbol('")
            .replace("\"):", "'):");
        assert!(quotes.contains(words), "{format}: {}", answer.out);
        assert!(answer.out.contains("919.35"), "{format}: {}", answer.out);
    }
}

#[test]
fn a_table_is_evaluated_row_by_row_as_points_are() {
    let input = b"b,a,x\n2,1,0.5\n1,1.5,2\n0.25,3,1e-3\n";
    let table = with_input(
        &[
            "eval",
            "x ~ Gamma(a, b)",
            "--table",
            "-",
            "--what",
            "fisher,crb,score,hessian",
            "--format",
            "json",
        ],
        input,
    );
    assert_eq!(table.status, 0, "{}", table.err);
    let points = ["a=1,b=2,x=0.5", "a=1.5,b=1,x=2", "a=3,b=0.25,x=0.001"];
    assert_eq!(table.out.lines().count(), points.len());
    for (line, point) in table.out.lines().zip(points) {
        let one = bartlett(&[
            "eval",
            "x ~ Gamma(a, b)",
            "--at",
            point,
            "--what",
            "fisher,crb,score,hessian",
            "--format",
            "json",
        ]);
        let (line, one): (Value, Value) = (
            serde_json::from_str(line).expect("it is JSON"),
            serde_json::from_str(&one.out).expect("it is JSON"),
        );
        assert_eq!(line["at"], one["at"]);
        for key in ["fisher", "crb", "hessian"] {
            for i in 0..2 {
                for j in 0..2 {
                    let (a, b) = (number(&line[key][i][j]), number(&one[key][i][j]));
                    assert!(
                        (a - b).abs() <= 1e-14 * b.abs(),
                        "{point} {key}: {a} and {b}"
                    );
                }
            }
        }
    }
    // an information without a closed form comes from integrals
    let open = with_input(
        &[
            "eval",
            "x ~ SkewNormal(xi, omega, alpha)",
            "--table",
            "-",
            "--format",
            "csv",
        ],
        b"xi,omega,alpha\n0,1,-2\n",
    );
    assert_eq!(open.status, 0, "{}", open.err);
    assert!(
        open.out.starts_with("xi,omega,alpha,fisher_xi_xi,"),
        "{}",
        open.out
    );
}
