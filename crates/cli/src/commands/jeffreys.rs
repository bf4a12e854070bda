//! `bartlett jeffreys`: the prior √det I.
//! In: `ModelInput`. Out: an exit status. Never: a format.

use super::question;
use crate::answer::Exit;
use crate::arguments::ModelInput;
use bartlett::jeffreys::jeffreys;

/// Does it.
pub fn run(input: &ModelInput) -> Exit {
    question::each(input, |model| {
        question::show(&jeffreys(&bartlett::derive(model)), input)
    })
}
