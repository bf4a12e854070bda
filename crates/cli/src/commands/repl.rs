//! `bartlett repl`: models and quantities at a prompt, or line by line from a pipe.
//! In: lines. Out: the same answers as the commands give. Never: a state that a line did not say.

mod editor;
mod words;

use super::run as run_command;
use crate::answer::{Answer, Exit};
use crate::arguments::{Arguments, Command};
use crate::draw;
use crate::input::Source;
use bartlett::Model;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use std::io::{self, BufRead, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};

const HELP: &str = "\
A model: type its statements, one a line or separated by `;`. A line with a law or a density begins a new model,
any other statement (`sigma > 2`, `known n`, `x in real`) is added to the one before it.
A quantity: a command of `bartlett` without its model: `fisher`, `crb --of 'sigma^2'`, `divergence --versus 'mu = 0'`.
`model` shows the model, `clear` forgets it, `help` shows this, `help COMMAND` a command, `quit` ends.
";

/// A session.
#[derive(Default)]
struct Session {
    /// The text of the model that was understood.
    model: Option<String>,
    /// Statements that are no model yet.
    draft: Option<String>,
}

/// What follows a line.
enum Next {
    Go(Exit),
    Quit,
}

/// Reads lines until there are no more. From a pipe the worst exit status of the lines is the program's.
pub fn run() -> Exit {
    let mut session = Session::default();
    if io::stdin().is_terminal() {
        editor::lines(
            &mut |line| matches!(session.line(line), Next::Go(_)),
            &names,
        );
        return Exit::Answered;
    }
    let mut worst = Exit::Answered;
    for line in io::stdin().lock().lines() {
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                let message = format!("standard input cannot be read: {error}");
                return Answer::not_understood(draw::message(&message, None)).print();
            }
        };
        match session.line(&line) {
            Next::Go(exit) => worst = worst.max(exit),
            Next::Quit => break,
        }
    }
    worst
}

/// Names that may be completed: commands, families, functions.
fn names() -> Vec<String> {
    let command = Arguments::command();
    let commands = command.get_subcommands().map(|c| c.get_name().to_owned());
    let families = bartlett_laws::FAMILIES
        .iter()
        .copied()
        .flatten()
        .map(|family| family.name.to_owned());
    let functions = bartlett_expr::functions::FUNCTIONS
        .iter()
        .copied()
        .flatten()
        .map(|function| function.name.to_owned());
    let own = ["model", "clear", "help", "quit", "known "].map(str::to_owned);
    let options = [
        "--of ",
        "--versus ",
        "--distance ",
        "--kind ",
        "--prior ",
        "--at ",
        "--format ",
        "--n ",
    ]
    .map(str::to_owned);
    commands
        .chain(families)
        .chain(functions)
        .chain(own)
        .chain(options)
        .collect()
}

impl Session {
    fn line(&mut self, line: &str) -> Next {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Next::Go(Exit::Answered);
        }
        match line {
            "quit" | "exit" => return Next::Quit,
            "help" | "?" => return Next::Go(Answer::page(HELP.to_owned()).print()),
            "clear" => {
                *self = Self::default();
                return Next::Go(Exit::Answered);
            }
            "model" => {
                let text = self.model.as_deref().map_or_else(String::new, shown);
                return Next::Go(Answer::page(text).print());
            }
            _ => {}
        }
        let first = line.split_whitespace().next().unwrap_or_default();
        let is_command = Arguments::command()
            .get_subcommands()
            .any(|c| c.get_name() == first);
        // `score(x) = …` and `fisher ~ …` are statements.
        let rest = line[first.len()..].trim_start();
        let statement = rest.starts_with(['~', '=', '(', '>', '<', '∝']);
        Next::Go(if (is_command || first == "help") && !statement {
            self.command(line)
        } else {
            self.statements(line)
        })
    }

    /// A command, with the model of the session where it takes one.
    fn command(&self, line: &str) -> Exit {
        let words = match words::words(line) {
            Ok(words) => words,
            Err(why) => return Answer::not_understood(draw::message(&why, None)).print(),
        };
        let parse = |model: Option<&str>| {
            let mut all = vec!["bartlett".to_owned()];
            all.extend(words.iter().take(1).cloned());
            all.extend(model.map(str::to_owned));
            all.extend(words.iter().skip(1).cloned());
            Arguments::try_parse_from(all)
        };
        let takes_model = words.first().is_some_and(|name| {
            let command = Arguments::command();
            command
                .find_subcommand(name)
                .is_some_and(|c| c.get_positionals().any(|p| p.get_id() == "model"))
        });
        let with_model = self.model.as_deref().filter(|_| takes_model);
        let parsed = match (parse(with_model), with_model) {
            (Err(error), Some(_)) if is_surplus(error.kind()) => parse(None),
            (Err(error), None)
                if takes_model && error.kind() == ErrorKind::MissingRequiredArgument =>
            {
                let message = draw::message(
                    "there is no model yet",
                    Some("type one, such as x ~ Normal(mu, sigma)"),
                );
                return Answer::not_understood(message).print();
            }
            (parsed, _) => parsed,
        };
        match parsed {
            Ok(Arguments {
                command: Command::Repl,
            }) => Exit::Answered,
            Ok(arguments) => catch_unwind(AssertUnwindSafe(|| run_command(arguments.command)))
                .unwrap_or(Exit::Refused),
            Err(error) => {
                let text = error.render().ansi().to_string();
                if error.use_stderr() {
                    Answer::not_understood(text).print()
                } else {
                    Answer::page(text).print()
                }
            }
        }
    }

    /// A model, or more statements for the one before.
    fn statements(&mut self, line: &str) -> Exit {
        let alone = Model::parse(line);
        let earlier = self.draft.as_deref().or(self.model.as_deref());
        let (text, read) = match (alone, earlier) {
            (Ok(model), _) => (line.to_owned(), Ok(model)),
            (Err(problems), Some(earlier)) => {
                let text = format!("{earlier}\n{line}");
                match Model::parse(&text) {
                    Ok(model) => (text, Ok(model)),
                    // The line alone says best what is wrong with a model of its own.
                    Err(_) if line.contains('~') || self.draft.is_none() && line.contains('|') => {
                        (line.to_owned(), Err(problems))
                    }
                    Err(together) => (text, Err(together)),
                }
            }
            (Err(problems), None) => (line.to_owned(), Err(problems)),
        };
        match read {
            Ok(model) => {
                self.draft = None;
                let answer = Answer::page(shown(&text));
                let drawn = if model.warnings.is_empty() {
                    String::new()
                } else {
                    draw::problems(&source(&text), &model.warnings)
                };
                self.model = Some(text);
                answer.and(&drawn, Exit::Answered).print()
            }
            Err(problems) => {
                let drawn = draw::problems(&source(&text), &problems);
                let density = text.contains('|') || text.contains('∝');
                self.draft = density.then_some(text);
                Answer::not_understood(drawn).print()
            }
        }
    }
}

fn is_surplus(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues | ErrorKind::ArgumentConflict
    )
}

fn source(text: &str) -> Source {
    Source {
        name: None,
        text: text.to_owned(),
        first_line: 1,
    }
}

/// The model as understood, with its parameters.
fn shown(text: &str) -> String {
    let Ok(model) = Model::parse(text) else {
        return String::new();
    };
    let names: Vec<&str> = model
        .parameters
        .iter()
        .map(bartlett::Symbol::name)
        .collect();
    format!(
        "{}\nparameters  {}\n",
        model.text.trim_end(),
        names.join(", ")
    )
}
