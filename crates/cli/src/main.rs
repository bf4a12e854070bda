//! The command line of bartlett.
//! In: arguments, files, standard input. Out: a page on standard output, problems on standard error, an exit status. Never: mathematics.

mod answer;
mod arguments;
mod commands;
mod draw;
mod figure;
mod formats;
mod input;
mod table;

use answer::Exit;
use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

/// Room for the deepest input that the parser lets through, in any build.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let payload = panic.payload();
        let message = payload.downcast_ref::<&str>().copied();
        let message = message.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let message = message
            .and_then(|text| text.lines().next())
            .unwrap_or("no message");
        // Standard error may be closed; there is nobody left to tell.
        let _ = writeln!(
            std::io::stderr(),
            "internal error{place}: {message}\nThis is a mistake in bartlett, not in your model. Please report it with the command that you typed."
        );
    }));
    let worker = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || commands::run(arguments.command));
    let exit = match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(exit)) => exit,
        Ok(Err(_)) => Exit::Refused,
        Err(error) => {
            let _ = writeln!(
                std::io::stderr(),
                "error: no thread could be started: {error}"
            );
            Exit::Refused
        }
    };
    ExitCode::from(exit.status())
}
