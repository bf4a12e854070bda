//! `bartlett derive`: everything about a model.
//! In: `DeriveOptions`. Out: an exit status. Never: a format.

use super::{later, plot, question};
use crate::answer::Exit;
use crate::arguments::DeriveOptions;
use bartlett::reading::{Part, Reading};

/// Does it.
pub fn run(options: &DeriveOptions) -> Exit {
    later::option(&[("derive --steps", options.steps)]).unwrap_or_else(|| {
        question::each(&options.input, |model| match &options.plot {
            None => question::derived(model, &Part::ALL, None, &options.input),
            Some(path) => {
                let report = bartlett::derive(model);
                let reading = Reading::parts(&report, &Part::ALL, None);
                let drawn = plot::everything(model, &report, path);
                question::show(&reading, &options.input).and(&drawn.problems, drawn.exit)
            }
        })
    })
}
