//! Lines typed at a terminal, with history and completion of names.
//! In: what to do with a line, the names. Out: nothing. Never: used where standard input is no terminal.

use crate::answer::Answer;
use crate::draw;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::Validator;
use rustyline::{Context, Editor, Helper};
use std::path::PathBuf;

const PROMPT: &str = "> ";

/// Reads lines until the end or until `take` says no.
pub fn lines(take: &mut dyn FnMut(&str) -> bool, names: &dyn Fn() -> Vec<String>) {
    let mut editor: Editor<Names, DefaultHistory> = match Editor::new() {
        Ok(editor) => editor,
        Err(error) => {
            let message = format!("no line can be read from this terminal: {error}");
            Answer::refused(draw::message(&message, None)).print();
            return;
        }
    };
    editor.set_helper(Some(Names { list: names() }));
    let history = history();
    if let Some(path) = &history {
        // The first session has none.
        let _ = editor.load_history(path);
    }
    Answer::page("bartlett: type a model, then a quantity; `help`, `quit`\n".to_owned()).print();
    loop {
        match editor.readline(PROMPT) {
            Ok(line) => {
                // A history that cannot grow is no reason to stop.
                let _ = editor.add_history_entry(line.as_str());
                if let Some(names) = editor.helper_mut() {
                    names.learn(&line);
                }
                if !take(&line) {
                    break;
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(_) => break,
        }
    }
    if let Some(path) = &history {
        if let Some(directory) = path.parent() {
            // Where no file can be written there is no history.
            let _ = std::fs::create_dir_all(directory);
        }
        let _ = editor.save_history(path);
    }
}

/// The file of earlier lines.
fn history() -> Option<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    Some(state.or_else(home)?.join("bartlett").join("history"))
}

/// Names that are completed.
struct Names {
    list: Vec<String>,
}

impl Names {
    /// The words of a line may be typed again.
    fn learn(&mut self, line: &str) {
        for word in line
            .split(|c: char| !is_part(c))
            .filter(|w| w.chars().count() > 2)
        {
            if word.chars().next().is_some_and(char::is_alphabetic)
                && !self.list.iter().any(|name| name == word)
            {
                self.list.push(word.to_owned());
            }
        }
    }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

impl Completer for Names {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let before = &line[..position];
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_part(*c))
            .last()
            .map_or(position, |(at, _)| at);
        let word = &before[start..];
        let mut found: Vec<String> = self
            .list
            .iter()
            .filter(|name| !word.is_empty() && name.starts_with(word))
            .cloned()
            .collect();
        found.sort();
        found.dedup();
        Ok((start, found))
    }
}

impl Hinter for Names {
    type Hint = String;
}
impl Highlighter for Names {}
impl Validator for Names {}
impl Helper for Names {}
