//! `bartlett fisher`: the information matrix, of one observation or of n.
//! In: `SampleOptions`. Out: an exit status. Never: a format.

use super::question;
use crate::answer::{Answer, Exit};
use crate::arguments::SampleOptions;
use crate::draw;
use bartlett::reading::Part;
use bartlett::{Expr, Model};

/// Does it.
pub fn run(options: &SampleOptions) -> Exit {
    question::each(&options.input, |model| {
        match options
            .n
            .as_deref()
            .map(|n| observations(n, model))
            .transpose()
        {
            Ok(n) => question::derived(model, &[Part::Fisher], n.as_ref(), &options.input),
            Err(problem) => Answer::not_understood(problem),
        }
    })
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
