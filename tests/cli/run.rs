//! Runs the program.
//! In: arguments, standard input. Out: what it printed and how it left. Never: an expectation.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What came back.
pub struct Answer {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// The directory of the project.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs the program in the directory of the project.
pub fn bartlett(arguments: &[&str]) -> Answer {
    with_input(arguments, b"")
}

/// The same with something on standard input.
pub fn with_input(arguments: &[&str], input: &[u8]) -> Answer {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bartlett"))
        .args(arguments)
        .current_dir(project())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that does not read its input may be gone by now.
    let _ = child.stdin.take().expect("it is piped").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    Answer {
        status: output.status.code().expect("the program was not killed"),
        out: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        err: String::from_utf8(output.stderr).expect("it prints UTF-8"),
    }
}

/// The text without the size of numeric differences, which may depend on the machine.
pub fn without_differences(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("agrees to ") {
        let (before, after) = rest.split_at(at + "agrees to ".len());
        out.push_str(before);
        out.push('#');
        rest =
            after.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, 'e' | '-' | '.'));
    }
    out + rest
}
