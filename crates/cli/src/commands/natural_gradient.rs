//! `bartlett natural-gradient`: the gradient of the log-likelihood in the metric of the information.
//! In: `SampleOptions`. Out: an exit status. Never: a format.

use super::fisher::observations;
use super::question;
use crate::answer::{Answer, Exit};
use crate::arguments::SampleOptions;
use bartlett::natural_gradient::natural_gradient;

/// Does it.
pub fn run(options: &SampleOptions) -> Exit {
    question::each(&options.input, |model| {
        let n = options.n.as_deref().map(|n| observations(n, model));
        match n.transpose() {
            Ok(n) => question::show(
                &natural_gradient(&bartlett::derive(model), n.as_ref()),
                &options.input,
            ),
            Err(problem) => Answer::not_understood(problem),
        }
    })
}
