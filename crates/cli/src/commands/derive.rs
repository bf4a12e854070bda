//! `bartlett derive`: everything about a model.
//! In: `DeriveOptions`. Out: an exit status. Never: a format.

use super::{later, question};
use crate::answer::Exit;
use crate::arguments::DeriveOptions;
use bartlett::reading::Part;

/// Does it.
pub fn run(options: &DeriveOptions) -> Exit {
    later::option(&[("derive --steps", options.steps)]).unwrap_or_else(|| {
        question::each(&options.input, |model| {
            question::derived(model, &Part::ALL, None, &options.input)
        })
    })
}
