//! The value of `--versus`: a second point of the model, or a second model.
//! In: the text, the model. Out: assignments or a `Model`. Never: a guess of which it is; a text that reads as neither is an error.

use crate::draw;
use crate::input::Source;
use bartlett::model::Options;
use bartlett::model::statement::{Index, Vocabulary};
use bartlett::model::statement_fragments::{assignments, scope};
use bartlett::versus::{NotComparable, Versus};
use bartlett::{Expr, Model, Symbol};
use bartlett_expr::parse;

/// What the model is compared with.
pub enum Second {
    /// Another point: values of some of the parameters.
    Point(Vec<(Symbol, Expr)>),
    /// Another model.
    Model(Box<Model>),
}

/// Reads it.
///
/// # Errors
/// The drawn problem.
pub fn second(text: &str, model: &Model) -> Result<Second, String> {
    let lawful = text.contains('~') || text.contains('∝') || text.contains("propto");
    if !lawful {
        match point(text, model) {
            Ok(point) => return Ok(Second::Point(point)),
            Err(problem) if !text.contains(['|', '(']) => return Err(problem),
            Err(_) => {}
        }
    }
    law("--versus", text)
        .map(|model| Second::Model(Box::new(model)))
        .or_else(|drawn| {
            if lawful || text.contains('|') {
                Err(drawn)
            } else {
                point(text, model).map(Second::Point)
            }
        })
}

/// The model against what `--versus` names; the inner error is a refusal.
///
/// # Errors
/// The drawn problem.
pub fn compared(text: &str, model: &Model) -> Result<Result<Versus, NotComparable>, String> {
    let versus = match second(text, model)? {
        Second::Point(values) => Versus::point(model, &values),
        Second::Model(other) => Versus::model(model, &other),
    };
    match versus {
        Err(NotComparable::NotUnderstood(why)) => {
            Err(draw::message(&format!("`--versus`: {why}"), None))
        }
        other => Ok(other),
    }
}

/// A model typed as the value of an option; it need not have parameters.
///
/// # Errors
/// The drawn problems.
pub fn law(option: &str, text: &str) -> Result<Model, String> {
    let options = Options {
        without_parameters: true,
        ..Options::default()
    };
    Model::parse_with(text, &options).map_err(|problems| {
        let source = Source {
            name: Some(format!("<{option}>")),
            text: text.to_owned(),
            first_line: 1,
        };
        draw::problems(&source, &problems)
    })
}

/// `mu = mu2; sigma = 3`
///
/// # Errors
/// The drawn problem.
fn point(text: &str, model: &Model) -> Result<Vec<(Symbol, Expr)>, String> {
    let names = model
        .parameters
        .iter()
        .chain(&model.known)
        .chain(model.data().map(|datum| &datum.symbol))
        .map(Symbol::name);
    let read = assignments(text, &scope(&Vocabulary::standard(), names))
        .map_err(|problem| draw::problem_in_option("--versus", text, &problem))?;
    let mut values = Vec::new();
    for assignment in &read.value {
        let name = match &assignment.name.index {
            Index::None => assignment.name.name.to_string(),
            _ => assignment.name.span.text(text).to_owned(),
        };
        let value = parse::lower(&assignment.value)
            .map_err(|error| draw::problem_in_option("--versus", text, &error.into()))?;
        values.push((Symbol::new(&name), value));
    }
    Ok(values)
}
