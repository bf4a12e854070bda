//! What a command answers, and how it leaves the program.
//! In: finished text. Out: bytes on the standard streams, an exit status. Never: how a formula is written.

use std::io::{self, Write};

/// The exit status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: answered.
    #[default]
    Answered,
    /// 1: understood, but refused.
    Refused,
    /// 2: not understood.
    NotUnderstood,
}

impl Exit {
    /// The number that the shell sees.
    pub fn status(self) -> u8 {
        match self {
            Self::Answered => 0,
            Self::Refused => 1,
            Self::NotUnderstood => 2,
        }
    }
}

/// The answer to one question: styled text, from which the styles are taken where no terminal shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// For standard output.
    pub page: String,
    /// For standard error.
    pub problems: String,
    /// How it went.
    pub exit: Exit,
}

impl Answer {
    /// An answer.
    pub fn page(page: String) -> Self {
        Self {
            page,
            ..Self::default()
        }
    }

    /// Nothing but problems.
    pub fn not_understood(problems: String) -> Self {
        Self {
            problems,
            exit: Exit::NotUnderstood,
            ..Self::default()
        }
    }

    /// Nothing but a refusal.
    pub fn refused(problems: String) -> Self {
        Self {
            problems,
            exit: Exit::Refused,
            ..Self::default()
        }
    }

    /// The same, with something to say besides; it never lowers the exit status.
    pub fn and(mut self, problems: &str, exit: Exit) -> Self {
        self.problems.push_str(problems);
        self.exit = self.exit.max(exit);
        self
    }

    /// Writes to the standard streams. A reader that has gone away, as `head` does, is no problem.
    pub fn print(&self) -> Exit {
        let mut exit = self.exit;
        let mut out = anstream::AutoStream::auto(io::stdout().lock());
        let written = out
            .write_all(self.page.as_bytes())
            .and_then(|()| out.flush());
        drop(out);
        let mut problems = self.problems.clone();
        if let Err(error) = written
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            problems.push_str(&format!(
                "error: the answer could not be written: {error}\n"
            ));
            exit = exit.max(Exit::Refused);
        }
        let mut err = anstream::AutoStream::auto(io::stderr().lock());
        // Standard error may be closed; there is nobody left to tell.
        let _ = err
            .write_all(problems.as_bytes())
            .and_then(|()| err.flush());
        exit
    }
}
