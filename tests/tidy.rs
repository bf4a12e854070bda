//! The invariants of docs/ARCHITECTURE.md that the compiler does not hold.
//! In: the sources. Out: test results. Never: a rule that the page does not name.

use std::path::{Path, PathBuf};

/// The crates from left to right; each may import only what stands before it.
const LINE: [(&str, &str); 5] = [
    ("special", "bartlett-special"),
    ("expr", "bartlett-expr"),
    ("laws", "bartlett-laws"),
    ("bartlett", "bartlett"),
    ("cli", "bartlett-cli"),
];

/// Longest file of code, and of rows, in lines.
const LONGEST: usize = 500;
const LONGEST_TABLE: usize = 800;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every source file of the crates, as a path in the project with its text.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> = LINE
        .iter()
        .map(|(directory, _)| project().join("crates").join(directory).join("src"))
        .collect();
    while let Some(directory) = waiting.pop() {
        for entry in std::fs::read_dir(&directory).expect("it is a directory") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).expect("it is text");
                let place = path.strip_prefix(project()).expect("it is inside");
                found.push((place.to_string_lossy().into_owned(), text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 100, "only {} sources were found", found.len());
    found
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_crate_imports_only_from_its_left() {
    let mut wrong = Vec::new();
    for (i, (directory, name)) in LINE.iter().enumerate() {
        let manifest = project().join("crates").join(directory).join("Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).expect("it is text");
        let own = format!("name = \"{name}\"");
        assert!(manifest.contains(&own), "{directory} is not {name}");
        for (_, other) in &LINE[i..] {
            let needs = |line: &str| {
                line.starts_with(&format!("{other}.")) || line.starts_with(&format!("{other} "))
            };
            if manifest.lines().any(needs) {
                wrong.push(format!("{name} imports {other}"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn each_file_says_what_it_is() {
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(place, _)| format!("{place} does not open with what it is"))
        .collect();
    none(&wrong);
}

#[test]
fn files_are_short_and_named_by_what_they_are() {
    let mut wrong = Vec::new();
    for (place, text) in sources() {
        let lines = text.lines().count();
        let rows = text.contains("\n//! Rows") || text.starts_with("//! Rows");
        let allowed = if rows { LONGEST_TABLE } else { LONGEST };
        if lines > allowed {
            wrong.push(format!("{place} has {lines} lines, {allowed} are allowed"));
        }
        let name = place.rsplit('/').next().unwrap_or_default();
        if ["utils.rs", "util.rs", "helpers.rs", "common.rs", "misc.rs"].contains(&name) {
            wrong.push(format!("{place} is not named by what it is"));
        }
    }
    none(&wrong);
}

#[test]
fn only_the_command_line_meets_the_world() {
    let mut wrong = Vec::new();
    for (place, text) in sources() {
        if place.starts_with("crates/cli/") || place.contains("/tests/") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in [
            "std::fs",
            "std::env",
            "std::process",
            "std::net",
            "std::time",
            "println!",
            "eprintln!",
            "serde_json",
        ] {
            if code.contains(word) {
                wrong.push(format!("{place} uses {word}"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn the_judge_sees_no_notes_of_the_defendant() {
    let mut wrong = Vec::new();
    for (place, text) in sources()
        .iter()
        .filter(|(place, _)| place.starts_with("crates/bartlett/src/check/"))
    {
        for word in [
            "bartlett_laws",
            "crate::expect",
            "crate::information",
            "crate::complete",
            "crate::derive",
            "crate::regularity",
            ".law",
        ] {
            if text.contains(word) {
                wrong.push(format!("{place} reads {word}"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn nothing_is_left_undone() {
    let mut wrong = Vec::new();
    for (place, text) in sources() {
        for word in [
            "todo!(",
            "unimplemented!(",
            "dbg!(",
            "#[ignore",
            "#[should_panic",
            "unsafe {",
        ] {
            if text.contains(word) {
                wrong.push(format!("{place} holds {word}"));
            }
        }
    }
    none(&wrong);
}
