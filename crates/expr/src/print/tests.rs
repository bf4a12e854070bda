//! How formulas print: pages are looked at, SymPy reads them back, KaTeX sets them, text is bounded.
use super::cases::{ALGEBRA, ELEMENTARY, OPEN, SPECIAL, STRUCTURES};
use super::{
    FORMATS, Format, latex_of_matrix, layout, sympy_of_matrix, text_of_matrix, unicode_of_matrix,
};
use crate::formula as row;
use crate::functions::{FUNCTIONS, Meaning};
use crate::{Expr, Symbol};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

fn page(rows: &[&str]) -> String {
    let lines = rows.iter().map(|formula| {
        let e = row(formula);
        let written: Vec<String> = FORMATS
            .iter()
            .map(|format| format!("    {}\n", (format.expression)(&e)))
            .collect();
        format!("{formula}\n{}", written.concat())
    });
    lines.collect()
}

fn everything() -> impl Iterator<Item = &'static str> {
    [ALGEBRA, ELEMENTARY, SPECIAL, STRUCTURES]
        .into_iter()
        .flatten()
        .copied()
}

#[test]
fn pages_read_well() {
    insta::assert_snapshot!("algebra", page(ALGEBRA));
    insta::assert_snapshot!("elementary", page(ELEMENTARY));
    insta::assert_snapshot!("special", page(SPECIAL));
    insta::assert_snapshot!("structures", page(STRUCTURES));
    insta::assert_snapshot!("open", page(OPEN));
}

#[test]
fn every_primitive_function_is_printed_by_a_case() {
    let all: String = everything().collect();
    for function in FUNCTIONS.iter().copied().flatten() {
        if let Meaning::Primitive { .. } = function.meaning {
            assert!(
                all.contains(&format!("{}(", function.name)),
                "no case prints {}",
                function.name
            );
        }
    }
}

#[test]
fn names_keep_apart() {
    let s = Expr::symbol;
    let gamma = Expr::function("gamma", [s("gamma")])
        * Expr::function("zeta", [s("zeta") + 2])
        * Expr::pi()
        * s("pi");
    assert_eq!(gamma.text(), "acos(-1)*pi*tgamma(gamma)*zeta(zeta + 2, 1)");
    assert_eq!(gamma.sympy(), "pi*pi_*gamma(gamma_)*zeta(zeta_ + 2)");
    let euler = row("EulerGamma") * s("gamma") * row("e^x") * s("e");
    assert_eq!(euler.unicode(), "γ_E·e·γ·ℯ^x");
    assert_eq!(euler.latex(), r"\gamma_{E} e \gamma \, \mathrm{e}^{x}");
    for name in [
        "lambda", "beta", "gamma", "zeta", "E", "I", "N", "S", "Q", "O", "pi", "test", "re", "im",
        "Chi", "Ei", "var", "sin", "binomial", "lambda_",
    ] {
        assert_eq!(s(name).sympy(), format!("{name}_"));
    }
    assert_eq!(
        (s("theta_1") + s("x_") + s("n")).sympy(),
        "n + theta_1 + x_"
    );
    let t = Expr::indexed(Symbol::new("t"), [s("i")]);
    let e = Expr::bound(
        crate::Binder::Sum,
        Symbol::new("i"),
        Expr::one(),
        s("n"),
        t.powi(2),
    ) / s("sigma").powi(2);
    assert_eq!(e.text(), "sum(i, 1, n, t[i]^2)/sigma^2");
    assert_eq!(e.unicode(), "1/σ²·Σ_{i=1}^{n} tᵢ²");
    assert_eq!(e.latex(), r"\frac{1}{\sigma^{2}} \sum_{i=1}^{n} t_{i}^{2}");
    assert_eq!(e.sympy(), "Sum(Indexed('t', i)**2, (i, 1, n))/sigma**2");
    assert_eq!(e.to_string(), e.text());
}

#[test]
fn matrices_align_and_wrap() {
    let rows = vec![
        vec![row("1/sigma^2"), Expr::zero()],
        vec![Expr::zero(), row("2/sigma^2")],
    ];
    assert_eq!(text_of_matrix(&rows), "[[1/sigma^2, 0], [0, 2/sigma^2]]");
    assert_eq!(
        sympy_of_matrix(&rows),
        "Matrix([[1/sigma**2, 0], [0, 2/sigma**2]])"
    );
    assert_eq!(
        latex_of_matrix(&rows),
        r"\begin{pmatrix} \frac{1}{\sigma^{2}} & 0 \\ 0 & \frac{2}{\sigma^{2}} \end{pmatrix}"
    );
    insta::assert_snapshot!(unicode_of_matrix(&rows), @r"
    ⎡ 1/σ²   0   ⎤
    ⎣  0    2/σ² ⎦
    ");
    insta::assert_snapshot!(super::unicode_of_matrix_within(&rows, 12), @r"
    [1, 1] = 1/σ²
    [1, 2] = 0
    [2, 1] = 0
    [2, 2] = 2/σ²
    ");
    let long =
        row("polygamma(1, alpha) - polygamma(1, alpha + beta) + (x - mu)^2/(2*sigma^2)").text();
    insta::assert_snapshot!(layout::wrapped(&long, 30), @r"
    trigamma(alpha)
    - trigamma(alpha + beta)
    + (x - mu)^2/(2*sigma^2)
    ");
}

#[test]
fn depth_and_size_are_bounded() {
    let mut deep = Expr::symbol("x");
    for _ in 0..100_000 {
        deep = Expr::function("sin", [deep]) + 1;
    }
    let mut wide = Expr::symbol("x");
    for _ in 0..60 {
        wide = &wide * (&wide + 1);
    }
    let mut nested = Expr::symbol("x");
    for k in 0..300 {
        nested = (Expr::one() / (nested + k))
            .sqrt()
            .power(&(Expr::symbol("a") / 2));
    }
    let many = Expr::sum((0..100_000).map(|k| Expr::symbol(&format!("x_{k}"))));
    for e in [&deep, &wide, &nested, &many] {
        for Format {
            name, expression, ..
        } in FORMATS
        {
            let text = expression(e);
            assert!(
                text.contains(['…']) || text.contains(r"\ldots"),
                "{name} pretends to be complete"
            );
            assert!(text.len() < 1_100_000);
        }
    }
}

/// A point at which every case has a value.
fn value_of(symbol: &Symbol) -> f64 {
    match symbol.name() {
        "n" => 4.0,
        "s" => 2.5,
        name => {
            0.2 + 0.6
                * f64::from(
                    name.bytes()
                        .fold(7_u32, |h, b| (h * 31 + u32::from(b)) % 97),
                )
                / 97.0
        }
    }
}

fn answered(program: &str, arguments: &[&str], input: &str) -> Option<std::process::Output> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let input = input.to_owned();
    let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().ok()?;
    let _ = writing.join();
    Some(output)
}

#[test]
fn sympy_reads_the_same_numbers() {
    let mut lines = String::new();
    let mut expected = Vec::new();
    for formula in everything() {
        let e = row(formula);
        let point: Vec<(Symbol, f64)> = e
            .free_symbols()
            .into_iter()
            .map(|s| (s.clone(), value_of(&s)))
            .collect();
        let names: Vec<String> = point
            .iter()
            .map(|(s, v)| format!("{}={v:?}", s.name()))
            .collect();
        lines.push_str(&format!("{}\t{}\n", e.sympy(), names.join(",")));
        expected.push((formula, e.sympy(), e.value_at(&point)));
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/read_sympy.py");
    let Some(output) = answered("python3", &[&script.display().to_string()], &lines) else {
        eprintln!("SKIPPED: python3 is not installed");
        return;
    };
    if output.status.code() == Some(77) {
        eprintln!("SKIPPED: python3 has no sympy");
        return;
    }
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let values = String::from_utf8_lossy(&output.stdout).into_owned();
    let values: Vec<&str> = values.lines().collect();
    assert_eq!(values.len(), expected.len());
    for ((formula, sympy, own), read) in expected.iter().zip(values) {
        let read: f64 = read
            .parse()
            .unwrap_or_else(|_| panic!("{formula}: SymPy on `{sympy}`: {read}"));
        assert!(
            (own - read).abs() <= 1e-11 * own.abs().max(1e-3),
            "{formula}: {own} here, {read} by SymPy from `{sympy}`"
        );
    }
}

#[test]
fn katex_sets_every_formula() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/katex");
    if !directory.join("node_modules/katex").exists() {
        eprintln!("SKIPPED: katex is not installed (npm ci in tests/katex)");
        return;
    }
    let mut lines: String = everything()
        .chain(OPEN.iter().copied())
        .map(|formula| row(formula).latex() + "\n")
        .collect();
    lines += &latex_of_matrix(&[vec![row("1/sigma^2"), row("x")]]);
    let script = directory.join("check.mjs");
    let Some(output) = answered("node", &[&script.display().to_string()], &lines) else {
        eprintln!("SKIPPED: node is not installed");
        return;
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}
