//! `bartlett fisher`: the information matrix, of one observation or of n.
//! In: `FisherOptions`. Out: an exit status. Never: a format.

use super::versus::law;
use super::{question, reduction};
use crate::answer::{Answer, Exit};
use crate::arguments::{FisherOptions, SampleOptions};
use crate::draw;
use bartlett::order::order;
use bartlett::reading::{Part, Reading};
use bartlett::reduced::reduced;
use bartlett::{Expr, Model};

/// Does it.
pub fn run(options: &FisherOptions) -> Exit {
    question::each(&options.sample.input, |model| {
        answer(options, model).unwrap_or_else(Answer::not_understood)
    })
}

/// The matrix by itself, against a second model's, or against what is left of a reduced datum.
fn answer(options: &FisherOptions, model: &Model) -> Result<Answer, String> {
    let SampleOptions { input, n } = &options.sample;
    if let Some(text) = &options.versus {
        let other = law("--versus", text)?;
        let reading = order(&bartlett::derive(model), &bartlett::derive(&other));
        return Ok(question::show(&reading, input));
    }
    let reduction = match (&options.group, &options.round) {
        (Some(text), _) => reduction::cuts(text, model)?,
        (None, Some(text)) => reduction::width(text, model)?,
        (None, None) => {
            let n = n.as_deref().map(|n| observations(n, model)).transpose()?;
            return Ok(question::derived(model, &[Part::Fisher], n.as_ref(), input));
        }
    };
    let report = bartlett::derive(model);
    let reading = reduced(&report, &reduction).unwrap_or_else(|why| {
        Reading::of(&report).refused("the reduced information cannot be given", vec![why])
    });
    Ok(question::show(&reading, input))
}

/// The value of `--n`: a positive integer, or a name that the model does not use for a parameter or a datum.
///
/// # Errors
/// The drawn problem.
pub fn observations(text: &str, model: &Model) -> Result<Expr, String> {
    let found = bartlett_expr::parse(text)
        .map_err(|problem| draw::problem_in_option("--n", text, &problem))?;
    if found.as_integer().is_some_and(|n| n > 0) {
        return Ok(found);
    }
    let wrong = |why: &str| {
        Err(draw::message(
            &format!("`--n {text}`: {why}"),
            Some("give a positive whole number, or a name such as `--n n`"),
        ))
    };
    let Some(name) = found.as_symbol() else {
        return wrong("the number of observations is neither a positive whole number nor a name");
    };
    let used = model
        .parameters
        .iter()
        .chain(&model.known)
        .chain(model.data().map(|datum| &datum.symbol));
    if used.into_iter().any(|symbol| symbol == name) {
        return wrong("the model uses this name already");
    }
    Ok(found)
}
