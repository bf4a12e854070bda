//! `bartlett reparam`: the information in other parameters.
//! In: `ReparamOptions`. Out: an exit status. Never: a format.

use super::fragment::{Data, Fragment};
use super::question;
use crate::answer::{Answer, Exit};
use crate::arguments::ReparamOptions;
use crate::draw;
use bartlett::model::statement::{Index, Vocabulary};
use bartlett::model::statement_fragments as fragments;
use bartlett::reparametrize::{Change, Definition, Named, NoMap, named, reparametrize};
use bartlett::report::Report;
use bartlett::{Model, Symbol};

/// Does it.
pub fn run(options: &ReparamOptions) -> Exit {
    question::each(&options.input, |model| {
        answer(options, model).unwrap_or_else(Answer::not_understood)
    })
}

fn answer(options: &ReparamOptions, model: &Model) -> Result<Answer, String> {
    let drawn =
        |option: &str, e: &NoMap| draw::message(&format!("`{option}`: {}", e.what), Some(&e.mend));
    let (option, text) = match (&options.to, &options.from) {
        (Some(text), _) => ("--to", text),
        (None, Some(text)) => ("--from", text),
        (None, None) => {
            return Err(draw::message(
                "`reparam` needs a map",
                Some("add --to 'phi = log(sigma)', or --from 'sigma = exp(phi)'"),
            ));
        }
    };
    if option == "--to"
        && let Some(word) = Named::of(text.trim())
    {
        let report = bartlett::derive(model);
        if report.is_refused() {
            return shown(&report, &Change::To(Vec::new()), options).map_err(|e| drawn(option, &e));
        }
        return named(&report, word)
            .and_then(|list| shown(&report, &Change::To(list), options))
            .map_err(|e| drawn(option, &e));
    }
    let list = definitions(option, text, model)?;
    let change = if option == "--to" {
        Change::To(list)
    } else {
        Change::From(list)
    };
    let report = bartlett::derive(model);
    shown(&report, &change, options).map_err(|e| drawn(option, &e))
}

fn shown(report: &Report, change: &Change, options: &ReparamOptions) -> Result<Answer, NoMap> {
    Ok(question::show(
        &reparametrize(report, change)?,
        &options.input,
    ))
}

/// `phi = log(sigma); …`: for `--from` new names may stand on the right.
fn definitions(option: &str, text: &str, model: &Model) -> Result<Vec<Definition>, String> {
    let names = model.parameters.iter().chain(&model.known);
    let scope = fragments::scope(&Vocabulary::standard(), names.map(Symbol::name));
    let read = fragments::assignments(text, &scope)
        .map_err(|problem| draw::problem_in_option(option, text, &problem))?;
    let mut list = Vec::new();
    for one in &read.value {
        let name = match &one.name.index {
            Index::None => one.name.name.to_string(),
            _ => one.name.span.text(text).to_owned(),
        };
        let mut names: Vec<Symbol> = Vec::new();
        for appearance in one.value.appearances() {
            let symbol = Symbol::new(&appearance.name);
            if !names.contains(&symbol) {
                names.push(symbol);
            }
        }
        // What is new under `--from` is no unknown name.
        let fragment = Fragment {
            option,
            text,
            model,
            besides: if option == "--from" { &names } else { &[] },
        };
        let value = fragment.expression(&one.value, Data::Refused)?;
        list.push(Definition {
            name: Symbol::new(&name),
            value,
            names,
        });
    }
    Ok(list)
}
