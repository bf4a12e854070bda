//! `bartlett influence`: the influence function of the maximum-likelihood estimator, and its covariance, also under another law.
//! In: `InfluenceOptions`. Out: an exit status. Never: a format.

use super::question;
use super::versus::law;
use crate::answer::{Answer, Exit};
use crate::arguments::InfluenceOptions;
use crate::draw;
use bartlett::Model;
use bartlett::influence::influence;
use bartlett::misspecified::{beside, misspecified};
use bartlett::reading::Reading;
use bartlett::versus::NotComparable;

/// Does it.
pub fn run(options: &InfluenceOptions) -> Exit {
    let truth = match options.truth.as_deref().map(|text| law("--truth", text)) {
        Some(Err(problem)) => return Answer::not_understood(problem).print(),
        Some(Ok(truth)) => Some(truth),
        None => None,
    };
    question::each(&options.input, |model| match &truth {
        None => question::show(&influence(&bartlett::derive(model)), &options.input),
        Some(truth) => under(options, model, truth),
    })
}

fn under(options: &InfluenceOptions, model: &Model, truth: &Model) -> Answer {
    let versus = match beside(model, truth) {
        Err(NotComparable::NotUnderstood(why)) => {
            return Answer::not_understood(draw::message(&format!("`--truth`: {why}"), None));
        }
        other => other,
    };
    let report = bartlett::derive(model);
    let found = match versus {
        Ok(versus) => misspecified(&report, &versus),
        Err(why) => Err(why.to_string()),
    };
    let reading = found.unwrap_or_else(|why| {
        let mut reading = Reading::of(&report);
        reading.regularity.findings.clear();
        reading.refused(
            "no asymptotic covariance can be given under this truth",
            vec![why],
        )
    });
    question::show(&reading, &options.input)
}
