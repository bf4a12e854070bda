//! The road that every command on a model takes: read, parse, derive, show.
//! In: `ModelInput`, what to do with each model. Out: answers in the order of the models. Never: a format.

use crate::answer::{Answer, Exit};
use crate::arguments::{ModelInput, OutputFormat};
use crate::draw;
use crate::formats;
use crate::input::{self, Source};
use bartlett::Model;
use bartlett::model::Options;
use bartlett::model::statement::{Index, Vocabulary};
use bartlett::model::statement_fragments as fragments;
use bartlett::reading::{Part, Reading};
use bartlett_expr::Expr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Answers each model of the input in turn, several at once with `--jobs`, and prints in order.
pub fn each(input: &ModelInput, answer: impl Fn(&Model) -> Answer + Sync) -> Exit {
    let sources = match input::sources(input) {
        Ok(sources) => sources,
        Err(error) => return Answer::not_understood(draw::message(&error, None)).print(),
    };
    let options = match (
        names("--known", &input.known),
        names("--params", &input.params),
    ) {
        (Ok(known), Ok(params)) => Options {
            where_: input.conditions.join("\n"),
            known,
            params,
            ..Options::default()
        },
        (Err(problem), _) | (_, Err(problem)) => return Answer::not_understood(problem).print(),
    };
    let whole = |source: &Source| one(source, &options, input.format, &answer);
    let workers = input.jobs.clamp(1, 64).min(sources.len());
    if workers == 1 {
        return sources
            .iter()
            .map(|source| whole(source).print())
            .max()
            .unwrap_or_default();
    }
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let send = send.clone();
            let work = || {
                let send = send;
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(source) = sources.get(i) else { break };
                    if send.send((i, whole(source))).is_err() {
                        break;
                    }
                }
            };
            // A worker that cannot be started leaves its share to the others.
            let _ = std::thread::Builder::new()
                .stack_size(crate::STACK)
                .spawn_scoped(scope, work);
        }
        drop(send);
        let mut waiting: Vec<Option<Answer>> = sources.iter().map(|_| None).collect();
        let (mut printed, mut exit) = (0, Exit::default());
        for (i, answer) in receive {
            waiting[i] = Some(answer);
            while let Some(answer) = waiting.get_mut(printed).and_then(Option::take) {
                exit = exit.max(answer.print());
                printed += 1;
            }
        }
        if printed < sources.len() {
            let lost = draw::message("not every model was answered", None);
            exit = exit.max(Answer::refused(lost).print());
        }
        exit
    })
}

/// Reads one model and answers.
fn one(
    source: &Source,
    options: &Options,
    format: OutputFormat,
    answer: impl Fn(&Model) -> Answer,
) -> Answer {
    // The places of problems lie in the text with its options.
    let beside = || Source {
        text: options.beside(&source.text),
        ..source.clone()
    };
    match Model::parse_with(&source.text, options) {
        Ok(model) => {
            let warnings = if model.warnings.is_empty() {
                String::new()
            } else {
                draw::problems(&beside(), &model.warnings)
            };
            let answer = answer(&model);
            Answer {
                problems: warnings + &answer.problems,
                ..answer
            }
        }
        Err(problems) => {
            let drawn = draw::problems(&beside(), &problems);
            if problems
                .iter()
                .any(|problem| problem.is_error() && !problem.refused)
            {
                return Answer::not_understood(drawn);
            }
            let findings = problems
                .into_iter()
                .map(|problem| problem.message)
                .collect();
            Answer::page(formats::refused(&source.text, findings, format))
                .and(&drawn, Exit::Refused)
        }
    }
}

/// The names of an option that may be given several times and hold several each, in the spelling of the model.
///
/// # Errors
/// The drawn problem.
pub fn names(option: &str, lists: &[String]) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    for list in lists {
        let read = fragments::names(list, &fragments::scope(&Vocabulary::standard(), []))
            .map_err(|problem| draw::problem_in_option(option, list, &problem))?;
        all.extend(read.value.iter().map(|subject| match subject.index {
            Index::None => subject.name.to_string(),
            _ => subject.span.text(list).to_owned(),
        }));
    }
    Ok(all)
}

/// Derives a model and shows parts of the report.
pub fn derived(
    model: &Model,
    parts: &[Part],
    observations: Option<&Expr>,
    input: &ModelInput,
) -> Answer {
    let report = bartlett::derive(model);
    show(&Reading::parts(&report, parts, observations), input)
}

/// Shows a reading.
pub fn show(reading: &Reading, input: &ModelInput) -> Answer {
    let answer = Answer::page(formats::page(reading, input.format));
    if let Some(refusal) = &reading.refusal {
        return answer.and(&draw::refusal(&refusal.what, &refusal.why), Exit::Refused);
    }
    let failed: Vec<String> = reading
        .checks
        .iter()
        .filter(|check| !check.ok)
        .map(|check| check.what.clone())
        .collect();
    if reading.expectations && !failed.is_empty() {
        return answer.and(
            &draw::refusal("the answer failed a numeric check", &failed),
            Exit::Refused,
        );
    }
    answer
}
