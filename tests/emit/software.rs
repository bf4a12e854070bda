//! Runs other software.
//! In: a program, its arguments. Out: what it printed, or a clear word that it is missing. Never: an expectation.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A directory of its own for one test.
pub fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("emit-{name}"));
    std::fs::create_dir_all(&path).expect("the directory of temporary files can be written");
    path
}

/// Python: `BARTLETT_PYTHON` if it is set.
pub fn python() -> String {
    std::env::var("BARTLETT_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// Can this be run? A word on standard error says what is skipped where it cannot; in continuous integration what is `needed` must be there.
pub fn is_there(program: &str, probe: &[&str], what: &str, needed: bool) -> bool {
    let found = Command::new(program)
        .args(probe)
        .output()
        .is_ok_and(|o| o.status.success());
    if !found {
        let in_ci = std::env::var_os("BARTLETT_CI").is_some();
        assert!(!(needed && in_ci), "{what} is missing");
        let _ = writeln!(std::io::stderr(), "SKIPPED: {what} is missing");
    }
    found
}

/// What it prints; its failure is the test's.
pub fn output(program: &str, arguments: &[&str], directory: &Path) -> String {
    let done = Command::new(program)
        .args(arguments)
        .current_dir(directory)
        .output()
        .expect("it was there a moment ago");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success(),
        "{program} {arguments:?} in {}:\n{said}",
        directory.display()
    );
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// The numbers of a line, as any language prints them.
pub fn numbers(line: &str) -> Vec<f64> {
    let number = |word: &str| match word.trim_matches(['[', ']', ',']) {
        "nan" | "NaN" | "NA" | "-nan" | "zoo" => f64::NAN,
        "inf" | "Inf" | "Infinity" => f64::INFINITY,
        "-inf" | "-Inf" | "-Infinity" => f64::NEG_INFINITY,
        word => word
            .parse()
            .unwrap_or_else(|_| panic!("`{word}` of `{line}` is no number")),
    };
    line.split_whitespace().map(number).collect()
}
