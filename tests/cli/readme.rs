//! Every console block of the README and of the pages of quantities shows what the program prints. With `BARTLETT_BLESS=1` it is made to.

use crate::run::{project, without_differences};
use std::process::Command;

/// A line `$ command` and what follows it.
struct Shown {
    line: usize,
    command: String,
    output: String,
}

fn shown(readme: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let (mut inside, mut open) = (false, false);
    for (i, line) in readme.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
            open = false;
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            found.push(Shown {
                line: i + 1,
                command: command.to_owned(),
                output: String::new(),
            });
            open = true;
        } else if let (true, true, Some(last)) = (inside, open, found.last_mut()) {
            last.output.push_str(line);
            last.output.push('\n');
        }
    }
    found
}

#[test]
fn the_readme_shows_what_happens() {
    assert!(compared_in("README.md") > 3, "the README shows too little");
}

#[test]
fn the_page_on_code_shows_what_happens() {
    assert!(compared_in("docs/emit.md") > 8, "the page shows too little");
}

#[test]
fn the_page_on_data_shows_what_happens() {
    assert!(compared_in("docs/data.md") > 9, "the page shows too little");
}

#[test]
fn the_page_on_steps_shows_what_happens() {
    assert!(
        compared_in("docs/steps.md") > 2,
        "the page shows too little"
    );
}

#[test]
fn the_pages_of_quantities_show_what_happens() {
    let pages = std::fs::read_dir(project().join("docs/quantities")).expect("there are pages");
    let mut compared = 0;
    for page in pages {
        let name = page.expect("it can be read").file_name();
        compared += compared_in(&format!("docs/quantities/{}", name.to_string_lossy()));
    }
    assert!(compared > 3, "only {compared} commands were compared");
}

/// How many commands of a page were compared.
fn compared_in(page: &str) -> usize {
    let readme = std::fs::read_to_string(project().join(page)).expect("the page is there");
    let program = env!("CARGO_BIN_EXE_bartlett");
    let mut wrong = String::new();
    let mut blessed = readme.clone();
    let mut compared = 0;
    for shown in shown(&readme) {
        let Some(arguments) = shown.command.strip_prefix("bartlett ").or_else(|| {
            shown
                .command
                .strip_prefix("cargo run --release --quiet -- ")
        }) else {
            assert!(
                shown.output.trim().is_empty(),
                "{page} line {}: output of a command that is not run",
                shown.line
            );
            continue;
        };
        let output = Command::new("sh")
            .args(["-c", &format!("'{program}' {arguments} 2>&1")])
            .current_dir(project())
            .output()
            .expect("there is a shell");
        let printed = String::from_utf8(output.stdout).expect("it prints UTF-8");
        let same = |text: &str| without_differences(text.trim_end());
        compared += 1;
        if same(&printed) != same(&shown.output) {
            let before = format!("$ {}\n{}```", shown.command, shown.output);
            let after = format!("$ {}\n{}\n```", shown.command, printed.trim_end());
            blessed = blessed.replace(&before, &after);
            wrong.push_str(&format!(
                "{page} line {}: $ {}\n{printed}\n",
                shown.line, shown.command
            ));
        }
    }
    if std::env::var_os("BARTLETT_BLESS").is_some() && blessed != readme {
        std::fs::write(project().join(page), blessed).expect("it can be written");
        return compared;
    }
    assert!(wrong.is_empty(), "these print something else:\n{wrong}");
    compared
}
