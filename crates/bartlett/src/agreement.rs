//! Does a formula agree with numbers that were found in another way?
//! In: formulas, a way to their values at a point. Out: `Certificate`s, or where they differ. Never: a pass without a point.

use crate::check::{Point, Sampler, point_in_words};
use crate::model::Model;
use crate::report::Certificate;
use bartlett_expr::evaluate::{Tape, Workspace};
use bartlett_expr::{Expr, Kind, Symbol};

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
    for _ in 0..TRIED {
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
        for (value, (number, error)) in values.iter().zip(&expected) {
            let size = number.abs().max(1e-3 * largest).max(f64::MIN_POSITIVE);
            let difference = (value - number).abs();
            if difference > TOLERANCE * size + 10.0 * error + 1e-24 {
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
