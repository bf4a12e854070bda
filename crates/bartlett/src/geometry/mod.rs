//! The readings of the information as a metric: connections, curvature, distance.
//! In: a `Report`. Out: `Reading`s. Never: a metric that is singular or open taken for one that can be differentiated.

mod antiderivative;
mod antiderivative_rows;
mod curvature;
mod distance;
mod eikonal;
mod shooting;
mod skewness;
mod warped;

pub use curvature::Connection;
pub use distance::{Distance, distance};

use crate::expect::is_open;
use crate::quantity::{Label, Quantity, Value, latex_of_point};
use crate::reading::Reading;
use crate::report::{Certificate, Closure, Report};
use bartlett_expr::{Expr, Symbol};

/// Most parameters for which the curvature is found.
const MOST: usize = 6;

/// The Fisher–Rao metric of a model with its connections and curvature.
///
/// - `alpha`: also the symbols of the α-connection Γ⁽ᵅ⁾ = Γ⁽⁰⁾ − (α/2) T, T = E\[s s s\].
/// - Conventions: R = g^{ij} Ric_ij is positive on a sphere and twice the Gaussian curvature K of a surface (normal: −1).
///
/// Source: Amari & Nagaoka (2000), ch. 2 and 3; Rao (1945).
///
/// # Errors
/// Words: a closed form that the numbers contradict.
pub fn geometry(report: &Report, alpha: Option<&Expr>) -> Result<Reading, String> {
    let mut reading = Reading::of(report);
    if reading.is_refused() {
        return Ok(reading);
    }
    let Some(metric) = metric(report, &mut reading) else {
        return Ok(reading);
    };
    let facts = &report.model.facts;
    let parameters = &report.model.parameters;
    let point = latex_of_point(parameters);
    reading.quantities.push(Quantity {
        definition: "g = I(θ) of one observation; covariant: JᵀIJ in other parameters".to_owned(),
        ..Quantity::closed(
            "metric",
            "Fisher–Rao metric",
            format!("g({point})"),
            Value::Matrix(metric.clone()),
        )
    });
    let Some(connection) = Connection::of(facts, &metric, parameters) else {
        return Ok(reading.refused(
            "this model has no connection in closed form",
            vec!["a derivative of the metric has no formula".to_owned()],
        ));
    };
    push_connection(&mut reading, &connection, parameters);
    reading.checks.push(connection.check(&report.model)?);
    if let Some(alpha) = alpha {
        skewness::push(&mut reading, report, &connection, alpha)?;
    }
    if parameters.len() > MOST {
        reading.notes.push(format!(
            "the curvature is not given for more than {MOST} parameters"
        ));
        reading
            .quantities
            .push(Quantity::absent("scalar_curvature"));
        return Ok(reading);
    }
    push_curvature(&mut reading, report, &connection)?;
    Ok(reading)
}

/// The information as a metric; refuses in the reading where it is none in closed form.
fn metric(report: &Report, reading: &mut Reading) -> Option<Vec<Vec<Expr>>> {
    let fisher = report.fisher.as_ref()?;
    if fisher.status != Closure::Closed || fisher.matrix.iter().flatten().any(is_open) {
        let refused = reading.clone().refused(
            "this model has no metric in closed form",
            vec![
                "the information holds an open integral or sum; `bartlett eval` gives it by number"
                    .to_owned(),
            ],
        );
        *reading = refused;
        return None;
    }
    if report.crb.is_none() {
        let why = report.regularity.findings.clone();
        let refused = reading
            .clone()
            .refused("the information is singular: it is no metric", why);
        *reading = refused;
        return None;
    }
    Some(fisher.matrix.clone())
}

/// Γ^k_ij: an upper and two lower indices as a label.
fn symbol_label(kind: &str, upper: &[&Symbol], lower: &[&Symbol]) -> Label {
    let unicode = |s: &&Symbol| Expr::symbol(s.name()).unicode();
    let latex = |s: &&Symbol| Expr::symbol(s.name()).latex();
    let join = |list: &[&Symbol], f: &dyn Fn(&&Symbol) -> String, by: &str| {
        list.iter().map(f).collect::<Vec<_>>().join(by)
    };
    let plain = |s: &&Symbol| s.name().to_owned();
    let both = |f: &dyn Fn(&&Symbol) -> String| {
        let up = join(upper, f, " ");
        let down = join(lower, f, " ");
        match (up.is_empty(), down.is_empty()) {
            (true, _) => format!("_({down})"),
            (false, true) => format!("^({up})"),
            _ => format!("^{up}_({down})"),
        }
    };
    let (plain_kind, latex_kind) = match kind {
        "Γ" => ("Gamma", "\\Gamma".to_owned()),
        other => (other, other.to_owned()),
    };
    Label {
        unicode: format!("{kind}{}", both(&unicode)),
        plain: format!("{plain_kind}{}", both(&plain)),
        latex: format!(
            "{latex_kind}^{{{}}}_{{{}}}",
            join(upper, &latex, " "),
            join(lower, &latex, " ")
        ),
    }
}

fn push_connection(reading: &mut Reading, connection: &Connection, parameters: &[Symbol]) {
    let nested = |symbols: &[Vec<Vec<Expr>>]| {
        Value::Nested(symbols.iter().cloned().map(Value::Table).collect())
    };
    let labels = |upper: bool| {
        let label = |k: &Symbol| {
            let name = Label::symbol(k);
            if upper {
                Label {
                    unicode: format!("Γ^{}", name.unicode),
                    plain: format!("Gamma^{}", name.plain),
                    latex: format!("\\Gamma^{{{}}}", name.latex),
                }
            } else {
                Label {
                    unicode: format!("Γ_{}", name.unicode),
                    plain: format!("Gamma_{}", name.plain),
                    latex: format!("\\Gamma_{{{}}}", name.latex),
                }
            }
        };
        parameters.iter().map(label).collect::<Vec<_>>()
    };
    reading.quantities.push(Quantity {
        definition:
            "Γ^k_ij = g^{kl} Γ_l,ij of the Levi-Civita connection: a matrix in i, j for each k"
                .to_owned(),
        labels: labels(true),
        ..Quantity::closed(
            "christoffel",
            "Christoffel symbols",
            "\\Gamma^{k}_{ij}",
            nested(&connection.second),
        )
    });
    reading.quantities.push(Quantity {
        definition: "Γ_k,ij = (∂_i g_jk + ∂_j g_ik − ∂_k g_ij)/2: a matrix in i, j for each k"
            .to_owned(),
        labels: labels(false),
        ..Quantity::closed(
            "christoffel_first_kind",
            "Christoffel symbols, first kind",
            "\\Gamma_{k,ij}",
            nested(&connection.first),
        )
    });
    let velocities = |s: &Symbol| Expr::symbol(&format!("{}_dot", s.name()));
    let labels = parameters
        .iter()
        .map(|s| {
            let name = Label::symbol(s);
            Label {
                unicode: format!("d²{}/dt²", name.unicode),
                plain: format!("d^2 {}/dt^2", name.plain),
                latex: format!("\\ddot{{{}}}", name.latex),
            }
        })
        .collect();
    let rates: Vec<Expr> = parameters.iter().map(velocities).collect();
    reading.quantities.push(Quantity {
        definition: "−Γ^k_ij v_i v_j, where v (written NAME_dot) is the rate of each parameter"
            .to_owned(),
        labels,
        ..Quantity::closed(
            "geodesic",
            "geodesic equations",
            "\\ddot\\theta",
            Value::Vector(connection.accelerations(&rates)),
        )
    });
}

fn push_curvature(
    reading: &mut Reading,
    report: &Report,
    connection: &Connection,
) -> Result<(), String> {
    let parameters = &report.model.parameters;
    let Some(curvature) = connection.curvature() else {
        reading
            .notes
            .push("the curvature did not come out in a form of readable size".to_owned());
        reading
            .quantities
            .push(Quantity::absent("scalar_curvature"));
        return Ok(());
    };
    if !curvature.riemann.is_empty() {
        let labels = curvature
            .riemann
            .iter()
            .map(|(index, _)| {
                let names: Vec<&Symbol> = index.iter().map(|i| &parameters[*i]).collect();
                symbol_label("R", &[], &names)
            })
            .collect();
        reading.quantities.push(Quantity {
            definition:
                "R_ijkl from which the others follow by symmetry; R_1212 = K det g on a surface"
                    .to_owned(),
            labels,
            ..Quantity::closed(
                "riemann",
                "Riemann curvature",
                "R_{ijkl}",
                Value::Vector(curvature.riemann.iter().map(|(_, e)| e.clone()).collect()),
            )
        });
        reading.quantities.push(Quantity {
            definition: "Ric_jl = g^{ik} R_ijkl".to_owned(),
            ..Quantity::closed(
                "ricci",
                "Ricci curvature",
                "\\mathrm{Ric}",
                Value::Table(curvature.ricci.clone()),
            )
        });
    }
    let definition = match parameters.len() {
        1 => "R = g^{jl} Ric_jl; a curve has none",
        2 => "R = g^{jl} Ric_jl, twice the Gaussian curvature K; positive on a sphere",
        _ => "R = g^{jl} Ric_jl; positive on a sphere",
    };
    reading.quantities.push(Quantity {
        definition: definition.to_owned(),
        ..Quantity::closed(
            "scalar_curvature",
            "scalar curvature",
            "R",
            Value::Scalar(curvature.scalar.clone()),
        )
    });
    if parameters.len() > 1 {
        reading.checks.push(curvature::check(
            &report.model,
            connection,
            &curvature.scalar,
        )?);
    }
    Ok(())
}

/// A certificate that nothing could be judged.
fn unjudged(what: &str) -> Certificate {
    Certificate {
        at: Vec::new(),
        what: format!("{what} unjudged: no point of the domains could be used"),
        max_rel_err: f64::NAN,
        ok: false,
    }
}
