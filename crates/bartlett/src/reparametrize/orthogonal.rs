//! Two parameters made orthogonal: one stays, the other is replaced by what is constant along dλ/dψ = −I_ψλ/I_λλ.
//! In: a `Report`. Out: definitions for `--to`. Never: a function that was not proved constant along the equation.

use super::named::{definition, fresh};
use super::{Definition, NoMap};
use crate::estimable::estimable;
use crate::expect::is_open;
use crate::report::Report;
use bartlett_expr::{Expr, Symbol, Truth, normal, operations, present};

/// The parameter that stays, and the one orthogonal to it.
///
/// Source: Cox & Reid (1987), eq. 4.
pub(super) fn orthogonal(report: &Report) -> Result<Vec<Definition>, NoMap> {
    let lacking = |what: String, mend: &str| {
        Err(NoMap {
            what,
            mend: mend.to_owned(),
        })
    };
    let parameters = &report.model.parameters;
    if parameters.len() != 2 {
        return lacking(
            format!(
                "orthogonal parameters are found for two parameters; the model has {}",
                parameters.len()
            ),
            "hold the others known, such as with `--params a,b`",
        );
    }
    let Some(fisher) = &report.fisher else {
        return Ok(Vec::new());
    };
    let facts = &report.model.facts;
    let name = |i: usize| Expr::symbol(parameters[i].name());
    if normal::is_zero(facts, &fisher.matrix[0][1]) == Truth::Yes {
        return Ok((0..2)
            .map(|i| definition(parameters[i].clone(), name(i)))
            .collect());
    }
    let mut found: Vec<(usize, Expr)> = Vec::new();
    for moving in [1, 0] {
        let stays = 1 - moving;
        if is_open(&fisher.matrix[0][1]) || is_open(&fisher.matrix[moving][moving]) {
            continue;
        }
        let mut along = [Expr::zero(), Expr::zero()];
        along[stays].clone_from(&fisher.matrix[moving][moving]);
        along[moving] = -&fisher.matrix[0][1];
        let along: Vec<Expr> = along.iter().map(|e| normal::simplified(facts, e)).collect();
        let constant = estimable(facts, &[along], parameters);
        if let Some([eta]) = constant.as_deref()
            && eta.contains(&parameters[moving])
        {
            // A multiple of it is as good: the one that begins with the parameter itself.
            let slope = eta.derivative(&parameters[moving]).ok();
            let slope = slope.map(|e| normal::simplified(facts, &e));
            let eta = match slope.filter(|e| !e.contains_any(parameters)) {
                Some(slope) => normal::expanded(&(eta / slope)),
                None => eta.clone(),
            };
            found.push((moving, present(facts, &eta)));
        }
    }
    // What was positive stays positive, if it can; then the shorter formula.
    found.sort_by_key(|(moving, eta)| {
        let loses =
            facts.is_positive(&name(*moving)) == Truth::Yes && facts.is_positive(eta) != Truth::Yes;
        (loses, operations(eta))
    });
    let Some((moving, eta)) = found.into_iter().next() else {
        return lacking(
            format!(
                "the equation d{1}/d{0} = −I₁₂/I₂₂ for a parameter orthogonal to {0} was not solved in closed form, nor the other way round",
                parameters[0], parameters[1]
            ),
            "write the map out: `--to 'phi = …'`",
        );
    };
    let new: Symbol = fresh(report, "eta");
    let mut list = vec![
        definition(parameters[1 - moving].clone(), name(1 - moving)),
        definition(new, eta),
    ];
    if moving == 0 {
        list.swap(0, 1);
    }
    Ok(list)
}
