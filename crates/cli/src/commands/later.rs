//! What the command line knows by name and cannot do yet.
//! In: a name. Out: a refusal. Never: a guess.

use crate::answer::{Answer, Exit};
use crate::draw;

/// Refuses a command.
pub fn command(name: &str) -> Exit {
    Answer::refused(draw::message(
        &format!("`bartlett {name}` is not supported yet"),
        None,
    ))
    .print()
}

/// Refuses the first option that is asked for, if any is.
pub fn option(asked: &[(&str, bool)]) -> Option<Exit> {
    let (name, _) = asked.iter().find(|(_, asked)| *asked)?;
    Some(
        Answer::refused(draw::message(
            &format!("`{name}` is not supported yet"),
            None,
        ))
        .print(),
    )
}
