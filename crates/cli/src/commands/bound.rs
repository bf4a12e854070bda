//! `bartlett bound`: Chapman–Robbins, Bhattacharyya, van Trees.
//! In: `BoundOptions`. Out: an exit status. Never: a format.

use super::fisher::observations;
use super::fragment::{Data, Fragment};
use super::question;
use super::versus::law;
use crate::answer::{Answer, Exit};
use crate::arguments::{BoundKind, BoundOptions};
use crate::draw;
use bartlett::Model;
use bartlett::further_bounds::{Asked, bhattacharyya, chapman_robbins, van_trees};
use bartlett::reading::Reading;

/// Does it.
pub fn run(options: &BoundOptions) -> Exit {
    question::each(&options.input, |model| {
        answer(options, model).unwrap_or_else(Answer::not_understood)
    })
}

fn answer(options: &BoundOptions, model: &Model) -> Result<Answer, String> {
    let functions = match &options.of {
        Some(text) => Fragment {
            option: "--of",
            text,
            model,
            besides: &[],
        }
        .expressions(Data::Refused)?,
        None => Vec::new(),
    };
    let observations = options
        .n
        .as_deref()
        .map(|n| observations(n, model))
        .transpose()?;
    let asked = Asked {
        functions,
        observations,
    };
    if options.prior.is_some() && options.kind != BoundKind::VanTrees {
        return Err(draw::message(
            "`--prior` belongs to `--kind van-trees`",
            Some("take it out, or add --kind van-trees"),
        ));
    }
    let prior = match (&options.prior, options.kind) {
        (Some(text), _) => Some(prior(text, model)?),
        (None, BoundKind::VanTrees) => {
            return Err(draw::message(
                "`--kind van-trees` needs a prior",
                Some(&format!(
                    "add one such as --prior '{} ~ Normal(0, 1)'",
                    model.parameters[0]
                )),
            ));
        }
        (None, _) => None,
    };
    let report = bartlett::derive(model);
    let found = match (options.kind, &prior) {
        (BoundKind::ChapmanRobbins, _) => chapman_robbins(&report, &asked),
        (BoundKind::Bhattacharyya, _) => bhattacharyya(&report, &asked),
        (BoundKind::VanTrees, Some(prior)) => van_trees(&report, prior, &asked),
        (BoundKind::VanTrees, None) => Err("there is no prior".to_owned()),
    };
    let reading = found.unwrap_or_else(|why| {
        let mut reading = Reading::of(&report);
        reading.regularity.findings.clear();
        reading.refused("no bound can be given", vec![why])
    });
    Ok(question::show(&reading, &options.input))
}

/// A law whose data are parameters of the model.
fn prior(text: &str, model: &Model) -> Result<Model, String> {
    let prior = law("--prior", text)?;
    let stranger = prior
        .data()
        .find(|datum| !model.parameters.contains(&datum.symbol));
    if let Some(datum) = stranger {
        let names: Vec<String> = model.parameters.iter().map(|p| format!("`{p}`")).collect();
        return Err(draw::message(
            &format!(
                "`--prior` is a law of `{}`, which is no parameter of the model",
                datum.symbol
            ),
            Some(&format!("the parameters are {}", names.join(", "))),
        ));
    }
    Ok(prior)
}
