//! What it costs not to know the other parameters: bounds with them known and unknown, and the blocks that are orthogonal.
//! In: a `Report`, a bound. Out: `Quantity`s and findings. Never: a cost of what cannot be estimated.

use super::{Bounded, printed};
use crate::derive;
use crate::model::Model;
use crate::quantity::{Label, Quantity, Value};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use bartlett_expr::{Expr, Matrix, Symbol, Truth, normal};

/// The bounds of the functions if all parameters that they do not hold were known: J_A (I_AA)⁻¹ J_Aᵀ, and the loss.
pub(super) fn known_instead(
    report: &Report,
    found: &Bounded,
    observations: Option<&Expr>,
) -> Vec<Quantity> {
    let facts = &report.model.facts;
    let Some(fisher) = &report.fisher else {
        return Vec::new();
    };
    let (Closure::Closed, Some(information)) =
        (fisher.status, Matrix::from_rows(fisher.matrix.clone()))
    else {
        return Vec::new();
    };
    let mut bounds = Vec::new();
    let mut shares = Vec::new();
    let mut others: Vec<&Symbol> = Vec::new();
    for i in 0..found.functions.len() {
        let own: Vec<usize> = (0..found.jacobian.columns())
            .filter(|j| !found.jacobian[(i, *j)].is_zero())
            .collect();
        let block = information.select(&own, &own);
        let gradient = found.jacobian.select(&[i], &own);
        let solution = block.solve(facts, &gradient.transpose());
        let Some(value) = solution
            .ok()
            .flatten()
            .and_then(|x| gradient.product(facts, &x).ok())
            .and_then(|m| m.get(0, 0).cloned())
        else {
            return Vec::new();
        };
        let full = &found.rows[i][i];
        if normal::is_zero(facts, &(full - &value)) != Truth::Yes {
            let rest = (0..report.model.parameters.len()).filter(|j| !own.contains(j));
            for j in rest {
                let symbol = &report.model.parameters[j];
                if !others.contains(&symbol) {
                    others.push(symbol);
                }
            }
        }
        shares.push(printed(facts, &(&value / full)));
        bounds.push(printed(facts, &value));
    }
    if others.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = others
        .iter()
        .map(|s| Expr::symbol(s.name()).unicode())
        .collect();
    let share = observations.map_or_else(Expr::one, Expr::recip);
    let labels: Vec<Label> = found.functions.iter().map(Label::of).collect();
    let latex = |what: &str| format!("\\text{{{what}}}");
    vec![
        Quantity {
            remark: format!("if {} were known", names.join(", ")),
            labels: labels.clone(),
            ..Quantity::closed(
                "bound_if_known",
                "bound",
                latex("bound with the nuisance known"),
                Value::Vector(bounds.iter().map(|b| &share * b).collect()),
            )
        },
        Quantity {
            definition:
                "bound with the others known / bound: 1 means that not knowing them costs nothing"
                    .to_owned(),
            labels,
            ..Quantity::closed(
                "efficiency_of_not_knowing",
                "share that is kept",
                latex("share kept"),
                Value::Vector(shares),
            )
        },
    ]
}

/// The bounds of the parameters if `held` parameters, which are known, were not: the block of the larger inverse, and the loss.
///
/// Nothing where the larger model has no information, or where what is held could not be estimated.
#[must_use]
pub fn unknown_instead(
    report: &Report,
    held: &[Symbol],
    observations: Option<&Expr>,
) -> Vec<Quantity> {
    let Some(crb) = report.crb.as_ref().filter(|c| c.status == Closure::Closed) else {
        return Vec::new();
    };
    let Some(larger) = with_parameters(&report.model, held) else {
        return Vec::new();
    };
    let derived = derive(&larger);
    let Some(whole) = derived.crb.filter(|c| c.status == Closure::Closed) else {
        return Vec::new();
    };
    let facts = &report.model.facts;
    let p = report.model.parameters.len();
    let share = observations.map_or_else(Expr::one, Expr::recip);
    let block: Vec<Vec<Expr>> = whole.matrix[..p]
        .iter()
        .map(|row| row[..p].iter().map(|e| &share * e).collect())
        .collect();
    let kept: Vec<Expr> = (0..p)
        .map(|i| printed(facts, &(&crb.matrix[i][i] / &whole.matrix[i][i])))
        .collect();
    let names: Vec<String> = held
        .iter()
        .map(|s| Expr::symbol(s.name()).unicode())
        .collect();
    let names = names.join(", ");
    if kept.iter().all(Expr::is_one) {
        return vec![Quantity {
            ..Quantity::closed(
                "nuisance",
                "nuisance",
                "\\text{nuisance}",
                Value::Words(format!("the bound is the same if {names} is not known")),
            )
        }];
    }
    vec![
        Quantity {
            remark: format!("if {names} were not known"),
            definition:
                "the block of the inverse of the larger information, by the Schur complement"
                    .to_owned(),
            ..Quantity::closed(
                "bound_if_unknown",
                "Cramér–Rao bound",
                "\\text{bound with the nuisance unknown}",
                Value::Matrix(block),
            )
        },
        Quantity {
            definition: format!("bound with {names} known / bound with {names} unknown"),
            labels: report.model.parameters.iter().map(Label::symbol).collect(),
            ..Quantity::closed(
                "efficiency_of_not_knowing",
                "share that is kept",
                "\\text{share kept}",
                Value::Vector(kept),
            )
        },
    ]
}

/// The model with these known symbols as further parameters, where they can be: continuous, and in no support.
fn with_parameters(model: &Model, held: &[Symbol]) -> Option<Model> {
    let in_support = |s: &Symbol| {
        model.data().any(|d| {
            let ends = [&d.support.lower.value, &d.support.upper.value];
            ends.iter().any(|e| e.contains(s))
        })
    };
    let fits = |s: &Symbol| {
        model.known.contains(s)
            && !in_support(s)
            && !model
                .facts
                .domain(s)
                .is_some_and(bartlett_expr::Domain::is_discrete)
            && model
                .observations
                .iter()
                .any(|o| o.density.log_density.contains(s))
    };
    if held.is_empty() || !held.iter().all(fits) {
        return None;
    }
    let mut larger = model.clone();
    larger.known.retain(|s| !held.contains(s));
    larger.parameters.extend(held.iter().cloned());
    Some(larger)
}

/// A finding where the information falls into blocks.
pub(super) fn orthogonal_blocks(report: &Report, reading: &mut Reading) {
    let Some(fisher) = report.fisher.as_ref() else {
        return;
    };
    if fisher.status != Closure::Closed || fisher.matrix.len() < 2 || report.crb.is_none() {
        return;
    }
    let Some(blocks) = Matrix::from_rows(fisher.matrix.clone())
        .and_then(|matrix| matrix.blocks(&report.model.facts).ok())
    else {
        return;
    };
    if blocks.len() < 2 {
        return;
    }
    let names = |rows: &[usize]| {
        let names: Vec<&str> = rows
            .iter()
            .map(|i| report.model.parameters[*i].name())
            .collect();
        format!("({})", names.join(", "))
    };
    let blocks: Vec<String> = blocks.iter().map(|block| names(&block.rows)).collect();
    reading.regularity.findings.push(format!(
        "{} are orthogonal: the bound within each is the same whether the others are known or not",
        blocks.join(" and ")
    ));
}
