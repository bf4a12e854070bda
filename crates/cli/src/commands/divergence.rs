//! `bartlett divergence`: how far a second law is from the model.
//! In: `DivergenceOptions`. Out: an exit status. Never: a format.

use super::question;
use super::versus::compared;
use crate::answer::{Answer, Exit};
use crate::arguments::DivergenceOptions;
use bartlett::Model;
use bartlett::divergence::divergence;
use bartlett::reading::Reading;

/// Does it.
pub fn run(options: &DivergenceOptions) -> Exit {
    question::each(&options.input, |model| {
        answer(options, model).unwrap_or_else(Answer::not_understood)
    })
}

fn answer(options: &DivergenceOptions, model: &Model) -> Result<Answer, String> {
    let versus = compared(&options.versus, model)?;
    let report = bartlett::derive(model);
    let found = match versus {
        Ok(versus) => divergence(&report, &versus),
        Err(why) => Err(why.to_string()),
    };
    let reading = found.unwrap_or_else(|why| {
        let mut reading = Reading::of(&report);
        reading.regularity.findings.clear();
        reading.refused("no divergence can be given", vec![why])
    });
    Ok(question::show(&reading, &options.input))
}
