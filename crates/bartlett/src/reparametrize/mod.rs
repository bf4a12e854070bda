//! The information in other parameters: I_new = Jᵀ I J with J = ∂old/∂new.
//! In: a `Report`, a map. Out: a `Reading` in the new parameters. Never: one branch of a map for all of it.

mod certify;
mod domains;
mod forward;
mod named;
mod orthogonal;

pub use named::{Named, named};

use crate::quantity::{Label, Quantity, Value, latex_of_point};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use bartlett_expr::{Expr, Facts, Matrix, Symbol, Truth, normal};

/// One line of a map.
#[derive(Debug, Clone)]
pub struct Definition {
    /// What is defined: a new parameter of `--to`, an old one of `--from`.
    pub name: Symbol,
    /// Its formula.
    pub value: Expr,
    /// The names of the formula, in order of appearance.
    pub names: Vec<Symbol>,
}

/// A change of parameters.
#[derive(Debug, Clone)]
pub enum Change {
    /// The new parameters as functions of the old.
    To(Vec<Definition>),
    /// The old parameters as functions of new ones.
    From(Vec<Definition>),
}

/// A map that is none, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct NoMap {
    /// What is wrong.
    pub what: String,
    /// What to type instead.
    pub mend: String,
}

/// A map made ready: as many new parameters as it has, in order.
struct Map {
    /// The new parameters.
    parameters: Vec<Symbol>,
    /// Their domains, and all else that is known.
    facts: Facts,
    /// The information in them, one branch after the other.
    branches: Vec<Branch>,
    /// New as functions of old, where that was typed.
    forward: Option<Vec<Expr>>,
    /// What is worth saying.
    findings: Vec<String>,
    notes: Vec<String>,
}

/// One branch of a map.
struct Branch {
    /// What is positive in it, in old parameters; empty where it is the only one.
    region: Vec<Expr>,
    /// Old as functions of new, where that closes.
    inverse: Option<Vec<Expr>>,
    /// ∂old/∂new, in new parameters where the inverse closes.
    jacobian: Vec<Vec<Expr>>,
    /// The information.
    matrix: Vec<Vec<Expr>>,
}

/// The information of a report in other parameters.
///
/// - Convention: information is a covariant tensor, I_new = Jᵀ I J with J = ∂old/∂new; a bound transforms the other way.
/// - Order: a new parameter stands where the old one stood; a full list of functions of several stands as listed; new symbols
///   of `--from` come in order of appearance.
/// - Source: Lehmann & Casella (1998), ch. 2 §5.
///
/// # Errors
/// A list that is no change of parameters.
pub fn reparametrize(report: &Report, change: &Change) -> Result<Reading, NoMap> {
    let mut reading = Reading::of(report);
    let refused = |mut reading: Reading| {
        reading.quantities.push(Quantity::absent("fisher"));
        reading
    };
    let Some(fisher) = &report.fisher else {
        // A list that is no map is worth saying even so.
        return Ok(refused(reading));
    };
    let map = match change {
        Change::To(list) => forward::forward(report, list)?,
        Change::From(list) => domains::backward(report, list)?,
    };
    let map = match map {
        Ok(map) => map,
        Err(why) => {
            return Ok(
                refused(reading).refused("this is no regular change of parameters", vec![why])
            );
        }
    };
    if fisher.status == Closure::Closed {
        match certify::certified(report, change, &map) {
            Ok(checks) => reading.checks.extend(checks),
            Err(wrong) => {
                return Ok(
                    refused(reading).refused("the answer failed a numeric check", vec![wrong])
                );
            }
        }
    }
    show(report, map, fisher.status, &mut reading);
    Ok(reading)
}

fn show(report: &Report, map: Map, status: Closure, reading: &mut Reading) {
    let old = &report.model.parameters;
    let names = |symbols: &[Symbol]| {
        let names: Vec<String> = symbols
            .iter()
            .map(|s| Expr::symbol(s.name()).unicode())
            .collect();
        names.join(", ")
    };
    let labels = |symbols: &[Symbol]| -> Vec<Label> {
        symbols
            .iter()
            .map(|s| {
                let name = Label::symbol(s);
                Label {
                    unicode: format!("{} =", name.unicode),
                    plain: format!("{} =", name.plain),
                    latex: name.latex,
                }
            })
            .collect()
    };
    let place = |branch: &Branch| {
        let conditions: Vec<Label> = branch.region.iter().map(Label::of).collect();
        let join = |spelled: fn(&Label) -> &str, and: &str| {
            let parts: Vec<String> = conditions
                .iter()
                .map(|c| format!("{} > 0", spelled(c)))
                .collect();
            parts.join(and)
        };
        Label {
            unicode: join(|l| &l.unicode, " and "),
            plain: join(|l| &l.plain, " and "),
            latex: join(|l| &l.latex, ",\\; "),
        }
    };
    if let Some(forward) = &map.forward {
        reading.quantities.push(Quantity {
            labels: labels(&map.parameters),
            ..Quantity::closed("map", "map", "\\theta'", Value::Vector(forward.clone()))
        });
    }
    for branch in &map.branches {
        let Some(inverse) = &branch.inverse else {
            continue;
        };
        let title = if map.forward.is_some() {
            "inverse"
        } else {
            "map"
        };
        let remark = if branch.region.is_empty() {
            String::new()
        } else {
            format!("where {}", place(branch).unicode)
        };
        // In JSON a key stands once: that of the first branch.
        reading.quantities.push(Quantity {
            labels: labels(old),
            remark,
            ..Quantity::closed(
                if map.forward.is_some() {
                    "inverse"
                } else {
                    "map"
                },
                title,
                "\\theta",
                Value::Vector(inverse.clone()),
            )
        });
        if map.branches.len() > 1 {
            break;
        }
    }
    let Some(first) = map.branches.first() else {
        return;
    };
    reading.quantities.push(Quantity {
        remark: format!("∂({})/∂({})", names(old), names(&map.parameters)),
        ..Quantity::closed(
            "jacobian",
            "Jacobian",
            format!(
                "\\frac{{\\partial({})}}{{\\partial({})}}",
                latex_of_point(old),
                latex_of_point(&map.parameters)
            ),
            Value::Table(first.jacobian.clone()),
        )
    });
    reading.quantities.push(Quantity {
        remark: format!("in ({})", names(&map.parameters)),
        definition: "Jᵀ I J, J = ∂old/∂new, for one observation".to_owned(),
        status,
        ..Quantity::closed(
            "fisher",
            "Fisher information",
            format!("\\mathcal{{I}}({})", latex_of_point(&map.parameters)),
            Value::Matrix(first.matrix.clone()),
        )
    });
    let differ = map.branches.iter().any(|b| b.matrix != first.matrix);
    if differ {
        let branches = map
            .branches
            .iter()
            .map(|branch| (place(branch), Value::Matrix(branch.matrix.clone())))
            .collect();
        reading.quantities.push(Quantity {
            status,
            ..Quantity::closed(
                "branches",
                "branches",
                format!("\\mathcal{{I}}({})", latex_of_point(&map.parameters)),
                Value::Branches("fisher", branches),
            )
        });
    }
    if map.branches.len() > 1 {
        let places: Vec<String> = map.branches.iter().map(|b| place(b).plain).collect();
        reading.regularity.findings.push(format!(
            "the map is not one-to-one: a branch each for {}{}",
            places.join("; "),
            if differ {
                ""
            } else {
                "; the information is the same on each"
            }
        ));
    }
    reading.parameters = map.parameters;
    reading.facts = map.facts;
    reading.regularity.findings.extend(map.findings);
    reading.notes.extend(map.notes);
}

/// Factors of a determinant that vanish inside the domains: where the map is singular.
fn singular_points(
    facts: &Facts,
    determinant: &Expr,
    parameters: &[Symbol],
) -> Vec<(Symbol, Expr)> {
    let mut found = Vec::new();
    for factor in normal::simplified(facts, determinant).factors() {
        let (base, _) = factor.as_power();
        if facts.is_nonzero(&base) == Truth::Yes {
            continue;
        }
        let held: Vec<&Symbol> = parameters.iter().filter(|p| base.contains(p)).collect();
        let [name] = held[..] else { continue };
        let Some(roots) = crate::solve::roots(facts, &base, &Expr::zero(), name) else {
            continue;
        };
        for root in roots {
            let inside = facts.domain(name).is_none_or(|domain| {
                let above = facts.is_positive(&(&root.value - &domain.lower.value));
                let below = facts.is_positive(&(&domain.upper.value - &root.value));
                above != Truth::No && below != Truth::No
            });
            let one = (name.clone(), root.value.clone());
            if inside && !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}

/// Jᵀ I J as it is printed, or why not.
fn transformed(
    facts: &Facts,
    information: &Matrix,
    jacobian: &Matrix,
) -> Result<Vec<Vec<Expr>>, String> {
    let product = information
        .congruence(facts, jacobian)
        .map_err(|e| e.to_string())?;
    Ok(printed(facts, &product))
}

fn printed(facts: &Facts, matrix: &Matrix) -> Vec<Vec<Expr>> {
    let p = matrix.rows();
    let entry = |i: usize, j: usize| crate::bound::printed(facts, &matrix[(i, j)]);
    let square = matrix.is_square();
    (0..p)
        .map(|i| {
            (0..matrix.columns())
                .map(|j| {
                    if square && matrix.is_symmetric() {
                        entry(i.min(j), i.max(j))
                    } else {
                        entry(i, j)
                    }
                })
                .collect()
        })
        .collect()
}
