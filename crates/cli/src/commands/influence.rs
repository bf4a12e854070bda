//! `bartlett influence`: the influence function of the maximum-likelihood estimator.
//! In: `ModelInput`. Out: an exit status. Never: a format.

use super::question;
use crate::answer::Exit;
use crate::arguments::ModelInput;
use bartlett::influence::influence;

/// Does it.
pub fn run(input: &ModelInput) -> Exit {
    question::each(input, |model| {
        question::show(&influence(&bartlett::derive(model)), input)
    })
}
