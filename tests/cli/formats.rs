//! Every format of one regular model, and what other software says of it.

use crate::run::{bartlett, project, without_differences};
use std::io::Write;
use std::process::{Command, Stdio};

const MODEL: &str = "x ~ Gamma(alpha, lambda)";

#[test]
fn each_format_has_its_page() {
    for format in ["text", "plain", "latex", "markdown", "sympy"] {
        let answer = bartlett(&["derive", MODEL, "--format", format]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        insta::assert_snapshot!(format!("format-{format}"), without_differences(&answer.out));
    }
}

#[test]
fn each_format_has_its_numbers() {
    for format in ["text", "plain", "latex", "markdown", "sympy"] {
        let answer = bartlett(&[
            "eval",
            "x ~ Normal(mu, sigma)",
            "--at",
            "mu=1,sigma=2,x=2",
            "--what",
            "fisher,score",
            "--format",
            format,
        ]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        insta::assert_snapshot!(format!("eval-{format}"), answer.out);
    }
}

#[test]
fn plain_is_ascii() {
    for file in ["gev", "laplace", "student-t", "logistic-regression"] {
        let answer = bartlett(&[
            "derive",
            "-f",
            &format!("examples/{file}.bart"),
            "--format",
            "plain",
        ]);
        assert!(answer.out.is_ascii(), "{}", answer.out);
    }
}

#[test]
fn no_color_where_no_terminal_is() {
    let answer = bartlett(&["derive", MODEL]);
    assert!(!answer.out.contains('\u{1b}') && !answer.err.contains('\u{1b}'));
    let answer = bartlett(&["derive", "x ~ Nromal(a, b)"]);
    assert!(!answer.err.contains('\u{1b}'), "{:?}", answer.err);
}

/// Runs other software; `None`, with a word on standard error, where it is missing. In continuous integration nothing may be missing.
fn other(program: &str, arguments: &[&str], input: &str, needs: &str) -> Option<(bool, String)> {
    let probe = |arguments: &[&str]| {
        Command::new(program)
            .args(arguments)
            .current_dir(project())
            .output()
            .is_ok_and(|o| o.status.success())
    };
    let there = if program == "node" {
        project().join("tests/katex/node_modules/katex").exists() && probe(&["--version"])
    } else {
        probe(&["-c", "import sympy"])
    };
    if !there {
        assert!(
            std::env::var_os("BARTLETT_CI").is_none(),
            "{needs} is missing"
        );
        let _ = writeln!(std::io::stderr(), "SKIPPED: {needs} is missing");
        return None;
    }
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(project())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it was there a moment ago");
    child
        .stdin
        .take()
        .expect("it is piped")
        .write_all(input.as_bytes())
        .expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    Some((
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr),
    ))
}

#[test]
fn python_runs_the_sympy_program() {
    let answer = bartlett(&["derive", MODEL, "--format", "sympy"]);
    let program = answer.out
        + "\nassert simplify(fisher * crb - eye(2)) == zeros(2, 2)\nassert simplify(hessian - score.jacobian([alpha, lambda_])) == zeros(2, 2)\n";
    if let Some((worked, said)) = other("python3", &["-"], &program, "Python 3 with sympy") {
        assert!(worked, "{said}\n{program}");
    }
}

#[test]
fn katex_sets_the_latex_fragments() {
    let mut lines = String::new();
    for file in [
        "normal",
        "gev",
        "student-t",
        "laplace",
        "logistic-regression",
        "two-samples",
    ] {
        let answer = bartlett(&[
            "derive",
            "-f",
            &format!("examples/{file}.bart"),
            "--format",
            "latex",
        ]);
        let formulas: Vec<&str> = answer
            .out
            .lines()
            .filter(|line| !line.starts_with('%'))
            .collect();
        lines.push_str(&formulas.join(" "));
        lines.push('\n');
    }
    if let Some((worked, said)) = other(
        "node",
        &["tests/katex/check.mjs"],
        &lines,
        "Node with tests/katex installed",
    ) {
        assert!(worked, "{said}");
    }
}
