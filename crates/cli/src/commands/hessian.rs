//! `bartlett hessian`: second derivatives of the log-density.
//! In: `ModelInput`. Out: an exit status. Never: a format.

use super::question;
use crate::answer::Exit;
use crate::arguments::ModelInput;
use bartlett::reading::Part;

/// Does it.
pub fn run(input: &ModelInput) -> Exit {
    question::each(input, |model| {
        question::derived(model, &[Part::Hessian], None, input)
    })
}
