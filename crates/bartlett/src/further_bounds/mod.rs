//! Bounds on the variance beyond Cramér–Rao's, each with its definition and source.
//! In: a `Report`, what is estimated, perhaps a prior. Out: `Reading`. Never: a bound whose conditions are not said.

mod bhattacharyya;
mod chapman_robbins;
mod stationary;
mod van_trees;

pub use bhattacharyya::bhattacharyya;
pub use chapman_robbins::chapman_robbins;
pub use van_trees::van_trees;

use crate::quantity::{Quantity, Value};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use bartlett_expr::Expr;

/// What is bounded.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Functions of the parameters; none for the parameters themselves.
    pub functions: Vec<Expr>,
    /// The number of independent observations of the model, if not one.
    pub observations: Option<Expr>,
}

impl Asked {
    fn functions(&self, report: &Report) -> Vec<Expr> {
        if self.functions.is_empty() {
            let parameters = &report.model.parameters;
            parameters.iter().map(|p| Expr::symbol(p.name())).collect()
        } else {
            self.functions.clone()
        }
    }
    fn count(&self) -> Expr {
        self.observations.clone().unwrap_or_else(Expr::one)
    }
}

/// A reading without findings of the report's own, for a bound that needs no information.
fn reading(report: &Report, asked: &Asked) -> Reading {
    let mut reading = Reading::of(report);
    reading.refusal = None;
    reading.observations.clone_from(&asked.observations);
    reading
}

fn matrix(
    key: &'static str,
    title: &str,
    latex: &str,
    definition: &str,
    rows: Vec<Vec<Expr>>,
    status: Closure,
    asked: &Asked,
) -> Quantity {
    Quantity {
        definition: definition.to_owned(),
        status,
        ..Quantity::closed(key, title, latex, Value::Matrix(rows))
    }
    .of_sample(asked.observations.as_ref())
}
