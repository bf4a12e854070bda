//! Does a formula agree with numbers that were found in another way?
//! In: formulas, a way to their values at a point. Out: `Certificate`s, or where they differ. Never: a pass without a point.

use crate::check::{Point, Sampler, point_in_words};
use crate::model::Model;
use crate::report::Certificate;
use bartlett_expr::evaluate::{Tape, Workspace};
use bartlett_expr::{Expr, Kind, Symbol, topological};

/// Points to compare, and points to try.
const WANTED: usize = 3;
const TRIED: usize = 12;
/// Relative difference that passes.
const TOLERANCE: f64 = 1e-6;

/// What is compared.
pub(crate) struct Claim<'a> {
    /// In words, for the certificate: `bound against differences of g and the matrix`.
    pub what: &'a str,
    /// The formulas.
    pub formulas: &'a [Expr],
    /// The model whose domains the points come from.
    pub model: &'a Model,
}

/// Where formulas are evaluated, and what their values should be with absolute errors.
pub(crate) type Numbers = Option<(Point, Vec<(f64, f64)>)>;

/// The formulas of a claim at some points against numbers.
///
/// `numbers` gives, at a point, the point at which the formulas are evaluated (it may name more symbols) and what their values
/// should be with absolute errors; `None` where it cannot say.
///
/// # Errors
/// Both numbers where they differ, in words.
pub(crate) fn agree(
    claim: &Claim<'_>,
    numbers: &mut dyn FnMut(&Point) -> Numbers,
) -> Result<Vec<Certificate>, String> {
    let mut sampler = Sampler::new(claim.model, 0x5EED);
    let mut found = Vec::new();
    'points: for _ in 0..TRIED {
        if found.len() == WANTED {
            break;
        }
        let Some(point) = sampler.point() else { break };
        let Some((at, expected)) = numbers(&point) else {
            continue;
        };
        let values = values_at(claim.formulas, &at);
        if values.len() != expected.len() || values.iter().any(|v| v.is_nan()) {
            continue;
        }
        let largest = expected.iter().fold(0.0_f64, |m, (v, _)| m.max(v.abs()));
        let mut worst = 0.0_f64;
        for ((formula, value), (number, error)) in claim.formulas.iter().zip(&values).zip(&expected)
        {
            let size = number.abs().max(1e-3 * largest).max(f64::MIN_POSITIVE);
            let difference = (value - number).abs();
            if difference > TOLERANCE * size + 10.0 * error + 1e-24 {
                if cancels(formula, &at) {
                    continue 'points;
                }
                return Err(format!(
                    "internal error, please report: {} is {value:e} by the formula and {number:e} by number at {}",
                    claim.what,
                    point_in_words(&at)
                ));
            }
            worst = worst.max(difference / size);
        }
        found.push(Certificate {
            at: point,
            what: claim.what.to_owned(),
            max_rel_err: worst,
            ok: true,
        });
    }
    if found.is_empty() {
        found.push(Certificate {
            at: Vec::new(),
            what: format!("unjudged: {} could be evaluated at no point", claim.what),
            max_rel_err: f64::NAN,
            ok: false,
        });
    }
    Ok(found)
}

/// Does a sum in the formula cancel, or overflow, so far that its value says nothing there?
fn cancels(formula: &Expr, point: &[(Symbol, f64)]) -> bool {
    let has_value = |e: &Expr| {
        let mut names = e.free_symbols().into_iter();
        names.all(|name| point.iter().any(|(s, _)| *s == name))
    };
    topological(std::slice::from_ref(formula))
        .into_iter()
        .filter(|node| matches!(node.kind(), Kind::Add(..)) && has_value(node))
        .any(|sum| {
            let mut all = sum.summands();
            all.push(sum.clone());
            let values = values_at(&all, point);
            let Some((sum, parts)) = values.split_last() else {
                return false;
            };
            let size: f64 = parts.iter().map(|v| v.abs()).sum();
            let keeps = size * f64::EPSILON <= 1e-2 * TOLERANCE * sum.abs();
            !keeps
        })
}

/// Values of expressions at a point.
pub(crate) fn values_at(expressions: &[Expr], point: &[(Symbol, f64)]) -> Vec<f64> {
    let (names, values): (Vec<Symbol>, Vec<f64>) = point.iter().cloned().unzip();
    let mut out = vec![0.0; expressions.len()];
    Tape::new(expressions, &names).evaluate(&values, &mut Workspace::default(), &mut out);
    out
}

/// Values of a matrix at a point.
pub(crate) fn matrix_at(rows: &[Vec<Expr>], point: &[(Symbol, f64)]) -> Vec<Vec<f64>> {
    let width = rows.first().map_or(0, Vec::len).max(1);
    let flat: Vec<Expr> = rows.iter().flatten().cloned().collect();
    values_at(&flat, point)
        .chunks(width)
        .map(<[f64]>::to_vec)
        .collect()
}

/// Does any expression hold an integral or sum that stayed open?
pub(crate) fn is_open(e: &Expr) -> bool {
    e.any_node(&|node| matches!(node.kind(), Kind::Bound(..)))
}

/// The model whose points give a value to the data, too: each somewhere in its support.
pub(crate) fn with_data_as_known(model: &Model) -> Model {
    let mut all = model.clone();
    for datum in model.data() {
        all.facts
            .declare(datum.symbol.clone(), datum.support.clone());
        all.known.push(datum.symbol.clone());
    }
    all.observations.clear();
    all
}

/// Is the expression different from 0 at some point by more than rounding? A proof that it is not identically 0, as numbers go.
pub(crate) fn is_nonzero_somewhere(model: &Model, e: &Expr) -> bool {
    let mut sampler = Sampler::new(model, 0xD1FF);
    // The size of the parts says what rounding is.
    let parts = e.summands();
    for _ in 0..6 {
        let Some(point) = sampler.point() else { break };
        let values = values_at(&parts, &point);
        let size: f64 = values.iter().map(|v| v.abs()).sum();
        let sum: f64 = values.iter().sum();
        if sum.is_finite() && sum.abs() > 1e-6 * size.max(1e-9) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Claim, agree};
    use crate::Model;
    use bartlett_expr::formula;

    fn judged(text: &str, number: impl Fn(f64) -> f64) -> Result<usize, String> {
        let model = Model::parse("x ~ Exponential(a)").expect("it is a model");
        let claim = Claim {
            what: "a formula against a number",
            formulas: &[formula(text)],
            model: &model,
        };
        let found = agree(&claim, &mut |point| {
            Some((point.clone(), vec![(number(point[0].1), 0.0)]))
        })?;
        Ok(found.iter().filter(|certificate| certificate.ok).count())
    }

    #[test]
    fn a_formula_is_not_accused_where_it_has_no_digits_left() {
        // √(u² + 1) − u for a large u
        let lost = "sqrt(e^(30*a) + 1) - e^(15*a)";
        let right = |a: f64| 1.0 / ((30.0 * a).exp().sqrt().hypot(1.0) + (15.0 * a).exp());
        assert_eq!(judged(lost, right), Ok(3));
        assert!(judged(lost, |a| 1.001 * right(a)).is_err());
        assert_eq!(judged("a^2", |a| a * a), Ok(3));
        assert!(judged("a^2", |a| a * a * 1.001).is_err());
        assert!(judged("0*a", |a| a).is_err());
    }
}
