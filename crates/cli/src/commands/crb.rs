//! `bartlett crb`: the bound for the parameters, or for functions of them.
//! In: `CrbOptions`. Out: an exit status. Never: a format.

use super::fisher::observations;
use super::fragment::{Data, Fragment};
use super::question;
use crate::answer::{Answer, Exit};
use crate::arguments::CrbOptions;
use crate::draw;
use bartlett::bound::{Question, bound, inverse, unknown_instead};
use bartlett::{Model, Symbol};
use bartlett_expr::Expr;

/// Does it.
pub fn run(options: &CrbOptions) -> Exit {
    question::each(&options.sample.input, |model| {
        answer(options, model).unwrap_or_else(Answer::not_understood)
    })
}

fn answer(options: &CrbOptions, model: &Model) -> Result<Answer, String> {
    let input = &options.sample.input;
    let asked = asked(options, model)?;
    let whole = asked.functions.is_empty()
        && asked.bias.is_empty()
        && !asked.trace
        && asked.direction.is_none()
        && asked.estimator.is_none();
    let report = bartlett::derive(model);
    if !whole {
        return Ok(question::show(&bound(&report, &asked), input));
    }
    let mut reading = inverse(&report, asked.observations.as_ref());
    let held = question::names("--known", &input.known)?;
    let held: Vec<Symbol> = held.iter().map(|name| Symbol::new(name)).collect();
    reading
        .quantities
        .extend(unknown_instead(&report, &held, asked.observations.as_ref()));
    Ok(question::show(&reading, input))
}

/// What the options ask for.
fn asked(options: &CrbOptions, model: &Model) -> Result<Question, String> {
    let list = |option: &'static str, text: Option<&str>| {
        text.map_or(Ok(Vec::new()), |text| {
            beside(option, text, model).expressions(Data::Refused)
        })
    };
    let functions = list("--of", options.of.as_deref())?;
    let bias = list("--bias", options.bias.as_deref())?;
    let count = if functions.is_empty() {
        model.parameters.len()
    } else {
        functions.len()
    };
    let of = if options.of.is_some() {
        "function of `--of`"
    } else {
        "parameter"
    };
    if !bias.is_empty() && bias.len() != count {
        return Err(draw::message(
            &format!("`--bias` has {}, but there are {count}", bias.len()),
            Some(&format!(
                "give one expression a {of}, separated by `;`, 0 where there is none"
            )),
        ));
    }
    let direction = options
        .direction
        .as_deref()
        .map(|text| beside("--direction", text, model).tuple(Data::Refused))
        .transpose()?;
    if let Some(direction) = &direction
        && direction.len() != count
    {
        return Err(draw::message(
            &format!(
                "`--direction` has {} entries, but there are {count}",
                direction.len()
            ),
            Some(&format!(
                "give one entry a {of}, as in `--direction '({})'`",
                vec!["1"; count].join(", ")
            )),
        ));
    }
    let estimator = options
        .estimator
        .as_deref()
        .map(|text| {
            let found = beside("--estimator", text, model).expressions(Data::Allowed)?;
            statistic(&found, model)
        })
        .transpose()?;
    if estimator.is_some() && functions.len() > 1 {
        return Err(draw::message(
            "`--estimator` is one estimator: `--of` must be one function",
            None,
        ));
    }
    let observations = options
        .sample
        .n
        .as_deref()
        .map(|n| observations(n, model))
        .transpose()?;
    Ok(Question {
        functions,
        bias,
        trace: options.trace,
        direction,
        estimator,
        observations,
    })
}

/// One function of the data that no parameter enters.
fn statistic(found: &[Expr], model: &Model) -> Result<Expr, String> {
    let [only] = found else {
        return Err(draw::message("`--estimator` takes one expression", None));
    };
    if let Some(parameter) = model.parameters.iter().find(|p| only.contains(p)) {
        return Err(draw::message(
            &format!(
                "`--estimator` holds the parameter {parameter}: an estimator is a function of the data"
            ),
            None,
        ));
    }
    let data: Vec<Symbol> = model.data().map(|d| d.symbol.clone()).collect();
    if !only.contains_any(&data) {
        let names: Vec<&str> = data.iter().map(Symbol::name).collect();
        return Err(draw::message(
            "`--estimator` does not hold the data",
            Some(&format!("write a function of {}", names.join(", "))),
        ));
    }
    Ok(only.clone())
}

fn beside<'a>(option: &'a str, text: &'a str, model: &'a Model) -> Fragment<'a> {
    Fragment {
        option,
        text,
        model,
        besides: &[],
    }
}
