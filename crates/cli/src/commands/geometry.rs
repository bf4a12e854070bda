//! `bartlett geometry`: the Fisher–Rao metric, its curvature, distances.
//! In: `GeometryOptions`. Out: an exit status. Never: a format.

use super::point::point;
use super::question;
use super::versus::{Second, second};
use crate::answer::{Answer, Exit};
use crate::arguments::GeometryOptions;
use crate::draw;
use bartlett::geometry::{Distance, distance, geometry};
use bartlett::reading::Reading;
use bartlett::versus::NotComparable;
use bartlett::{Expr, Model};

/// Does it.
pub fn run(options: &GeometryOptions) -> Exit {
    question::each(&options.input, |model| {
        answer(options, model).unwrap_or_else(Answer::not_understood)
    })
}

fn answer(options: &GeometryOptions, model: &Model) -> Result<Answer, String> {
    let wants_distance = options.distance || options.versus.is_some();
    if !wants_distance {
        let alpha = options.alpha.as_deref().map(alpha).transpose()?;
        let report = bartlett::derive(model);
        let reading = geometry(&report, alpha.as_ref()).unwrap_or_else(|why| {
            Reading::of(&report).refused("no geometry can be given", vec![why])
        });
        return Ok(question::show(&reading, &options.input));
    }
    let Some(versus) = &options.versus else {
        return Err(draw::message(
            "`--distance` needs a second point",
            Some(&format!("add --versus '{}'", example(model))),
        ));
    };
    let Second::Point(values) = second(versus, model)? else {
        return Err(draw::message(
            "a distance runs between two points of one model: `--versus` holds another model",
            Some(&format!(
                "give a point, such as --versus '{}'",
                example(model)
            )),
        ));
    };
    let at = match &options.at {
        Some(text) => point(text, model)?,
        None => Vec::new(),
    };
    let report = bartlett::derive(model);
    let asked = Distance { second: values, at };
    let reading = match distance(&report, &asked) {
        Ok(reading) => reading,
        Err(NotComparable::NotUnderstood(why)) => {
            return Err(draw::message(&format!("`--versus`: {why}"), None));
        }
        Err(NotComparable::NoDensity(why)) => {
            Reading::of(&report).refused("the distance cannot be given", vec![why])
        }
    };
    Ok(question::show(&reading, &options.input))
}

/// `mu = mu2; sigma = sigma2`
fn example(model: &Model) -> String {
    let assignments: Vec<String> = model
        .parameters
        .iter()
        .map(|p| format!("{p} = {p}2"))
        .collect();
    assignments.join("; ")
}

fn alpha(text: &str) -> Result<Expr, String> {
    bartlett_expr::parse(text).map_err(|problem| draw::problem_in_option("--alpha", text, &problem))
}
