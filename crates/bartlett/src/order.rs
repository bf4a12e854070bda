//! Two information matrices in the positive semidefinite order.
//! In: two `Report`s on the same parameters. Out: `Reading`. Never: "proved" for what was only seen at sampled points.

use crate::check::{Sampler, point_in_words};
use crate::closing::shown;
use crate::expect::is_open;
use crate::model::Model;
use crate::quantity::{Quantity, Value};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use bartlett_expr::matrix::Matrix;
use bartlett_expr::{Expr, Facts, Truth, normal};

/// Points at which eigenvalues are looked at where nothing is proved.
const POINTS: usize = 40;

/// The order of the information of the first model and of the second: ⪰, ⪯, = or neither.
///
/// Source: Lehmann & Casella (1998), ch. 2 §6; Boyd & Vandenberghe (2004), A.1.5.
#[must_use]
pub fn order(first: &Report, second: &Report) -> Reading {
    let mut reading = Reading::of(first);
    let (Some(a), Some(b)) = (&first.fisher, &second.fisher) else {
        if let (Some(_), None) = (&first.fisher, &second.fisher) {
            let why = second.regularity.findings.clone();
            return reading.refused("the second model has no Fisher information", why);
        }
        return reading;
    };
    let own = &first.model.parameters;
    let others = &second.model.parameters;
    let place: Option<Vec<usize>> = own
        .iter()
        .map(|p| others.iter().position(|q| q == p))
        .collect();
    let names = |model: &Model| {
        let names: Vec<&str> = model
            .parameters
            .iter()
            .map(bartlett_expr::Symbol::name)
            .collect();
        names.join(", ")
    };
    let Some(place) = place.filter(|_| own.len() == others.len()) else {
        let why = format!(
            "the models are in other parameters ({} against {}): name them alike, and hold the rest with `known`",
            names(&first.model),
            names(&second.model)
        );
        return reading.refused("the two informations cannot be compared", vec![why]);
    };
    let mut joint = first.model.clone();
    joint
        .observations
        .extend(second.model.observations.iter().cloned());
    for (symbol, domain) in second.model.facts.domains() {
        if joint.facts.domain(symbol).is_none() {
            joint.facts.declare(symbol.clone(), domain.clone());
        }
    }
    for known in &second.model.known {
        if !joint.known.contains(known) {
            joint.known.push(known.clone());
        }
    }
    let p = own.len();
    let facts = joint.facts.clone();
    let entry = |i: usize, j: usize| {
        let difference = &a.matrix[i][j] - &b.matrix[place[i]][place[j]];
        if is_open(&difference) {
            difference
        } else {
            shown(&facts, &difference)
        }
    };
    let difference: Vec<Vec<Expr>> = (0..p)
        .map(|i| (0..p).map(|j| entry(i.min(j), i.max(j))).collect())
        .collect();
    let status = |closed: bool| {
        if closed {
            Closure::Closed
        } else {
            Closure::Partial
        }
    };
    let closed = !difference.iter().flatten().any(is_open);
    let (sign, words) = verdict(&joint, &facts, &difference, closed);
    let matrix = |key, title: &str, latex: &str, rows: Vec<Vec<Expr>>, status| Quantity {
        status,
        ..Quantity::closed(key, title, latex, Value::Matrix(rows))
    };
    let second_rows = (0..p)
        .map(|i| {
            (0..p)
                .map(|j| b.matrix[place[i]][place[j]].clone())
                .collect()
        })
        .collect();
    reading.quantities.push(matrix(
        "fisher",
        "Fisher information of the model",
        "\\mathcal{I}_1",
        a.matrix.clone(),
        a.status,
    ));
    reading.quantities.push(matrix(
        "fisher_versus",
        "Fisher information of the second model",
        "\\mathcal{I}_2",
        second_rows,
        b.status,
    ));
    reading.quantities.push(matrix(
        "difference",
        "first less second",
        "\\mathcal{I}_1 - \\mathcal{I}_2",
        difference,
        status(closed),
    ));
    reading.quantities.push(Quantity {
        definition:
            "I₁ ⪰ I₂ where I₁ − I₂ is positive semidefinite: more information on every function"
                .to_owned(),
        ..Quantity::closed(
            "order",
            "order",
            "\\mathcal{I}_1 : \\mathcal{I}_2",
            Value::Words(sign.to_owned()),
        )
    });
    reading.facts = facts;
    reading.notes.push(words);
    reading.notes.extend(second.notes.iter().cloned());
    reading.checks.extend(second.checks.iter().cloned());
    reading
}

/// The sign and how it is known.
fn verdict(
    model: &Model,
    facts: &Facts,
    difference: &[Vec<Expr>],
    closed: bool,
) -> (&'static str, String) {
    if closed {
        let zero = |e: &Expr| normal::is_zero(facts, e) == Truth::Yes;
        if difference.iter().flatten().all(zero) {
            return ("=", "the two informations are equal, by algebra".to_owned());
        }
        if is_semidefinite(facts, difference) {
            return (
                "⪰",
                "proved: every principal minor of the difference is not negative".to_owned(),
            );
        }
        let turned: Vec<Vec<Expr>> = difference
            .iter()
            .map(|row| row.iter().map(|e| -e).collect())
            .collect();
        if is_semidefinite(facts, &turned) {
            return (
                "⪯",
                "proved: every principal minor of second less first is not negative".to_owned(),
            );
        }
    }
    at_points(model, difference)
}

/// Are all principal minors proved not to be negative?
fn is_semidefinite(facts: &Facts, matrix: &[Vec<Expr>]) -> bool {
    let p = matrix.len();
    let Some(whole) = Matrix::from_rows(matrix.to_vec()) else {
        return false;
    };
    if p > 5 {
        return false;
    }
    (1..1_usize << p).all(|set| {
        let rows: Vec<usize> = (0..p).filter(|i| set >> i & 1 == 1).collect();
        let minor = whole.select(&rows, &rows).determinant(facts);
        minor.is_ok_and(|minor| {
            let minor = normal::simplified(facts, &minor);
            facts.is_nonnegative(&minor) == Truth::Yes
                || minor
                    .factors()
                    .iter()
                    .all(|f| facts.is_nonnegative(f) == Truth::Yes)
        })
    })
}

fn at_points(model: &Model, difference: &[Vec<Expr>]) -> (&'static str, String) {
    let mut sampler = Sampler::new(model, 0x0BDE);
    let (mut above, mut below, mut judged) = (None, None, 0);
    for _ in 0..POINTS {
        let Some(point) = sampler.point() else { break };
        let values: Vec<Vec<f64>> = difference
            .iter()
            .map(|row| row.iter().map(|e| e.value_at(&point)).collect())
            .collect();
        let Some(found) = eigenvalues(values) else {
            continue;
        };
        let size = found.iter().fold(0.0_f64, |a, v| a.max(v.abs()));
        if size == 0.0 {
            judged += 1;
            continue;
        }
        let up = found.iter().any(|v| *v > 1e-8 * size);
        let down = found.iter().any(|v| *v < -1e-8 * size);
        judged += 1;
        if up && down {
            return (
                "neither",
                format!(
                    "at {} the difference has eigenvalues of both signs",
                    point_in_words(&point)
                ),
            );
        }
        if up {
            above.get_or_insert(point);
        } else if down {
            below.get_or_insert(point);
        }
    }
    match (above, below) {
        (Some(a), Some(b)) => (
            "neither",
            format!(
                "it depends on the parameters: ⪰ at {}, ⪯ at {}",
                point_in_words(&a),
                point_in_words(&b)
            ),
        ),
        (Some(_), None) => (
            "⪰",
            format!("seen at all {judged} sampled points of the domains, not proved"),
        ),
        (None, Some(_)) => (
            "⪯",
            format!("seen at all {judged} sampled points of the domains, not proved"),
        ),
        (None, None) if judged > 0 => (
            "=",
            format!("seen at all {judged} sampled points, not proved"),
        ),
        (None, None) => (
            "unknown",
            "no point of the domains could be used".to_owned(),
        ),
    }
}

/// Eigenvalues of a symmetric matrix by Jacobi's rotations; nothing where a number is not finite.
#[allow(clippy::needless_range_loop)] // the indices are those of the matrix
pub(crate) fn eigenvalues(mut a: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n = a.len();
    if a.iter().flatten().any(|v| !v.is_finite()) {
        return None;
    }
    for _ in 0..60 {
        let off: f64 = (0..n)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .map(|(i, j)| a[i][j] * a[i][j])
            .sum();
        let size: f64 = (0..n).map(|i| a[i][i] * a[i][i]).sum();
        if off <= 1e-28 * (size + off) {
            break;
        }
        for i in 0..n {
            for j in i + 1..n {
                if a[i][j] == 0.0 {
                    continue;
                }
                let turn = (a[j][j] - a[i][i]) / (2.0 * a[i][j]);
                let t = turn.signum() / (turn.abs() + turn.hypot(1.0));
                let c = 1.0 / t.hypot(1.0);
                let s = t * c;
                for row in &mut a {
                    let (x, y) = (row[i], row[j]);
                    row[i] = c * x - s * y;
                    row[j] = s * x + c * y;
                }
                for k in 0..n {
                    let (x, y) = (a[i][k], a[j][k]);
                    a[i][k] = c * x - s * y;
                    a[j][k] = s * x + c * y;
                }
            }
        }
    }
    Some((0..n).map(|i| a[i][i]).collect())
}

#[cfg(test)]
mod tests {
    use super::eigenvalues;

    #[test]
    fn eigenvalues_of_a_known_matrix() {
        let mut found = eigenvalues(vec![
            vec![2.0, 1.0, 0.0],
            vec![1.0, 2.0, 1.0],
            vec![0.0, 1.0, 2.0],
        ])
        .expect("it is finite");
        found.sort_by(f64::total_cmp);
        let root = 2.0_f64.sqrt();
        for (value, wanted) in found.iter().zip([2.0 - root, 2.0, 2.0 + root]) {
            assert!((value - wanted).abs() < 1e-12, "{value} against {wanted}");
        }
    }
}
