//! `bartlett derive`: everything about a model.
//! In: `DeriveOptions`. Out: an exit status. Never: a format.

use super::{plot, question};
use crate::answer::Exit;
use crate::arguments::DeriveOptions;
use bartlett::explain::explain;
use bartlett::reading::{Part, Reading};

/// Does it.
pub fn run(options: &DeriveOptions) -> Exit {
    question::each(&options.input, |model| {
        let report = bartlett::derive(model);
        let mut reading = Reading::parts(&report, &Part::ALL, None);
        if options.steps {
            reading.steps = explain(&report);
        }
        let answer = question::show(&reading, &options.input);
        match &options.plot {
            None => answer,
            Some(path) => {
                let drawn = plot::everything(model, &report, path);
                answer.and(&drawn.problems, drawn.exit)
            }
        }
    })
}
