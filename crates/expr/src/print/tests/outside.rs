//! Other software reads what is printed: SymPy finds the same numbers, KaTeX sets every formula.
use super::cases::OPEN;
use super::random::expression;
use super::{everything, latex_of_matrix};
use crate::formula as row;
use crate::{Expr, Kind, Symbol};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

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

/// What SymPy finds for each expression at the standard point; nothing where there is no SymPy.
fn by_sympy(expressions: &[Expr]) -> Option<Vec<String>> {
    let line = |e: &Expr| {
        let point: Vec<String> = standard_point(e)
            .iter()
            .map(|(s, v)| format!("{}={v:?}", s.name()))
            .collect();
        format!("{}\t{}\n", e.sympy(), point.join(","))
    };
    let lines: String = expressions.iter().map(line).collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/read_sympy.py");
    let Some(output) = answered("python3", &[&script.display().to_string()], &lines) else {
        eprintln!("SKIPPED: python3 is not installed");
        return None;
    };
    if output.status.code() == Some(77) {
        eprintln!("SKIPPED: python3 has no sympy");
        return None;
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let values = String::from_utf8_lossy(&output.stdout).into_owned();
    let values: Vec<String> = values.lines().map(str::to_owned).collect();
    assert_eq!(values.len(), expressions.len());
    Some(values)
}

fn standard_point(e: &Expr) -> Vec<(Symbol, f64)> {
    let symbols = e.free_symbols().into_iter();
    symbols.map(|s| (s.clone(), value_of(&s))).collect()
}

#[test]
fn sympy_reads_the_same_numbers() {
    let expressions: Vec<Expr> = everything().map(row).collect();
    let Some(values) = by_sympy(&expressions) else {
        return;
    };
    for ((formula, e), read) in everything().zip(&expressions).zip(values) {
        let (own, sympy) = (e.value_at(&standard_point(e)), e.sympy());
        let value: f64 = read
            .parse()
            .unwrap_or_else(|_| panic!("{formula}: SymPy on `{sympy}`: {read}"));
        assert!(
            (own - value).abs() <= 1e-11 * own.abs().max(1e-3),
            "{formula}: {own} here, {value} by SymPy from `{sympy}`"
        );
    }
}

#[test]
fn sympy_reads_random_expressions() {
    let has_value = |e: &Expr| {
        let point = standard_point(e);
        let open = |node: &Expr| matches!(node.kind(), Kind::Bound(..) | Kind::Indexed(..));
        // Also inside max(…) and cases, where SymPy insists on a finite real number.
        // log|Γ| here, its analytic continuation in SymPy.
        let below = |node: &Expr| {
            let argument = node.as_call_of("lgamma");
            argument.is_some_and(|a| a[0].value_at(&point) < 0.0)
        };
        let wild = |node: &Expr| open(node) || below(node) || !node.value_at(&point).is_finite();
        let own = e.value_at(&point).abs();
        !e.any_node(&wild) && own > 1e-6 && own < 1e6
    };
    let mut runner = TestRunner::deterministic();
    let trees = (0..3000).filter_map(|_| expression().new_tree(&mut runner).ok());
    let expressions: Vec<Expr> = trees
        .map(|tree| tree.current())
        .filter(has_value)
        .filter(|e| e.count_nodes() > 4)
        .take(300)
        .collect();
    let Some(values) = by_sympy(&expressions) else {
        return;
    };
    let mut judged = 0;
    for (e, read) in expressions.iter().zip(values) {
        let (own, sympy) = (e.value_at(&standard_point(e)), e.sympy());
        if read.starts_with("TimeoutError") {
            continue;
        }
        let value: f64 = read
            .parse()
            .unwrap_or_else(|_| panic!("SymPy on `{sympy}`: {read}"));
        assert!(
            (own - value).abs() <= 1e-7 * own.abs(),
            "{own} here, {value} by SymPy from `{sympy}`"
        );
        judged += 1;
    }
    assert!(judged > 250, "only {judged} were judged");
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
    let mut runner = TestRunner::deterministic();
    let trees = (0..500).filter_map(|_| expression().new_tree(&mut runner).ok());
    lines.extend(trees.map(|tree| tree.current().latex() + "\n"));
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
