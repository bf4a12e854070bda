//! The values of options that are formulas beside a model.
//! In: `sigma^2; mu/sigma`, a model. Out: expressions whose names the model knows. Never: a name that is guessed.

use crate::draw;
use bartlett::model::statement::Vocabulary;
use bartlett::model::statement_fragments as fragments;
use bartlett::{Model, Symbol};
use bartlett_expr::parse::{Node, lower};
use bartlett_expr::{Expr, Kind, did_you_mean};

/// An option with its value, beside a model.
pub struct Fragment<'a> {
    /// `--of`
    pub option: &'a str,
    /// What was typed.
    pub text: &'a str,
    /// Its names are known.
    pub model: &'a Model,
    /// Names that are known besides.
    pub besides: &'a [Symbol],
}

/// May a formula hold data?
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Data {
    /// It may.
    Allowed,
    /// It must not.
    Refused,
}

impl Fragment<'_> {
    /// Expressions separated by `;`.
    ///
    /// # Errors
    /// The drawn problem.
    pub fn expressions(&self, data: Data) -> Result<Vec<Expr>, String> {
        let names = self.names(data);
        let names = names.iter().map(Symbol::name);
        let read =
            fragments::expressions(self.text, &fragments::scope(&Vocabulary::standard(), names))
                .map_err(|problem| draw::problem_in_option(self.option, self.text, &problem))?;
        read.value
            .iter()
            .map(|node| self.expression(node, data))
            .collect()
    }

    /// `(1, 2)`
    ///
    /// # Errors
    /// The drawn problem.
    pub fn tuple(&self, data: Data) -> Result<Vec<Expr>, String> {
        let names = self.names(data);
        let names = names.iter().map(Symbol::name);
        let read = fragments::tuple(self.text, &fragments::scope(&Vocabulary::standard(), names))
            .map_err(|problem| draw::problem_in_option(self.option, self.text, &problem))?;
        read.value
            .iter()
            .map(|node| self.expression(node, data))
            .collect()
    }

    /// An expression of a node of this fragment.
    ///
    /// # Errors
    /// The drawn problem.
    pub fn expression(&self, node: &Node, data: Data) -> Result<Expr, String> {
        let lowered = lower(node)
            .map_err(|error| draw::problem_in_option(self.option, self.text, &error.into()))?;
        let names = self.names(data);
        // An indexed name is a symbol of its own where the model has it.
        let lowered = lowered.map(&mut |part| {
            let Kind::Indexed(name, index) = part.kind() else {
                return part;
            };
            let index: Vec<String> = index.iter().map(Expr::text).collect();
            let whole = Symbol::new(&format!("{name}[{}]", index.join(", ")));
            if names.contains(&whole) {
                Expr::symbol(whole.name())
            } else {
                part
            }
        });
        match lowered.free_symbols().iter().find(|s| !names.contains(s)) {
            None => Ok(lowered),
            Some(unknown) => Err(self.unknown(unknown, &names)),
        }
    }

    fn names(&self, data: Data) -> Vec<Symbol> {
        let data = self
            .model
            .data()
            .filter(|_| data == Data::Allowed)
            .map(|datum| &datum.symbol);
        self.model
            .parameters
            .iter()
            .chain(&self.model.known)
            .chain(self.besides)
            .chain(data)
            .cloned()
            .collect()
    }

    fn unknown(&self, unknown: &Symbol, names: &[Symbol]) -> String {
        let option = self.option;
        if self.model.data().any(|datum| datum.symbol == *unknown) {
            return draw::message(
                &format!("`{option}`: {unknown} is a datum, and this must be free of the data"),
                None,
            );
        }
        let near = did_you_mean(unknown.name(), names.iter().map(Symbol::name));
        let mend = match near.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let names: Vec<String> = names.iter().map(|s| format!("`{s}`")).collect();
                format!(
                    "the model has {}; for a constant add --where 'known {unknown}'",
                    names.join(", ")
                )
            }
        };
        draw::message(
            &format!("`{option}`: the model does not name `{unknown}`"),
            Some(&mend),
        )
    }
}
