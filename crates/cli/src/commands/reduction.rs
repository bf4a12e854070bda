//! The values of `--group` and `--round`.
//! In: the text, a model. Out: a `Reduction`. Never: an expression in the parameters.

use super::fragment::{Data, Fragment};
use crate::draw;
use bartlett::reduced::Reduction;
use bartlett::{Expr, Model};

/// Cuts such as `0, 1, 2`, in rising order.
///
/// # Errors
/// The drawn problem.
pub fn cuts(text: &str, model: &Model) -> Result<Reduction, String> {
    let cuts = beside("--group", text, model).tuple(Data::Refused)?;
    fixed("--group", &cuts, model)?;
    Ok(Reduction::Cuts(cuts))
}

/// A width such as `1/2`.
///
/// # Errors
/// The drawn problem.
pub fn width(text: &str, model: &Model) -> Result<Reduction, String> {
    let widths = beside("--round", text, model).expressions(Data::Refused)?;
    fixed("--round", &widths, model)?;
    match &widths[..] {
        [width] => Ok(Reduction::Width(width.clone())),
        _ => Err(draw::message("`--round` takes one width", None)),
    }
}

fn beside<'a>(option: &'a str, text: &'a str, model: &'a Model) -> Fragment<'a> {
    Fragment {
        option,
        text,
        model,
        besides: &[],
    }
}

/// A statistic is free of the parameters.
fn fixed(option: &str, list: &[Expr], model: &Model) -> Result<(), String> {
    match list.iter().find(|e| e.contains_any(&model.parameters)) {
        None => Ok(()),
        Some(e) => Err(draw::message(
            &format!(
                "`{option}`: {} depends on a parameter, and a statistic must not",
                e.text()
            ),
            Some("give numbers or `known` symbols"),
        )),
    }
}
