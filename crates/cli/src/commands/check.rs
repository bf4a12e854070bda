//! `bartlett check`: the derived matrix against numeric integrals of the density.
//! In: `CheckOptions`. Out: an exit status. Never: a format.

use super::point::point;
use super::question;
use crate::answer::{Answer, Exit};
use crate::arguments::CheckOptions;
use crate::draw;
use bartlett::Model;
use bartlett::reading::Reading;
use bartlett::report::Certificate;

/// Does it.
pub fn run(options: &CheckOptions) -> Exit {
    question::each(&options.input, |model| {
        answer(options, model).unwrap_or_else(Answer::not_understood)
    })
}

fn answer(options: &CheckOptions, model: &Model) -> Result<Answer, String> {
    let points = options
        .at
        .iter()
        .map(|text| point(text, model))
        .collect::<Result<Vec<_>, _>>()?;
    let mut report = bartlett::derive(model);
    if points.is_empty() {
        return Ok(question::show(&Reading::of(&report), &options.input));
    }
    let Some(fisher) = &report.fisher else {
        return Ok(question::show(&Reading::of(&report), &options.input));
    };
    report.checks.clear();
    let mut contradictions = String::new();
    for at in points {
        let at = at
            .into_iter()
            .filter(|(symbol, _)| !model.data().any(|datum| datum.symbol == *symbol))
            .collect::<Vec<_>>();
        report.checks.push(
            match bartlett::check::certify_at(&report.completed, &fisher.matrix, &at) {
                Ok(found) => Certificate {
                    at: found.at,
                    what: found.what,
                    max_rel_err: found.max_rel_err,
                    ok: found.ok,
                },
                Err(mismatch) => {
                    contradictions.push_str(&draw::message(
                        &mismatch.to_string(),
                        Some("this is a mistake in bartlett; please report it"),
                    ));
                    Certificate {
                        at,
                        what: mismatch.to_string(),
                        max_rel_err: ((mismatch.claimed - mismatch.numeric) / mismatch.numeric)
                            .abs(),
                        ok: false,
                    }
                }
            },
        );
    }
    let answer = question::show(&Reading::of(&report), &options.input);
    let exit = if contradictions.is_empty() {
        Exit::Answered
    } else {
        Exit::Refused
    };
    Ok(answer.and(&contradictions, exit))
}
