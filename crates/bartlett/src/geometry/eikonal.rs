//! A distance in closed form against the metric: its gradient in the second point has length 1, it vanishes at the first point.
//! In: a distance between two points, the metric. Out: a `Certificate`. Never: a pass without a judged point.

use super::curvature::Numbers;
use super::unjudged;
use crate::check::{Sampler, point_in_words};
use crate::model::Model;
use crate::report::Certificate;
use bartlett_expr::{Expr, Symbol};

/// A claimed distance.
pub(super) struct Claim<'a> {
    /// The distance in the model's symbols and those of the second point.
    pub distance: &'a Expr,
    /// The inverse metric at the second point.
    pub inverse: &'a [Vec<Expr>],
    /// The parameters, and their names at the second point.
    pub first: &'a [Symbol],
    pub second: &'a [Symbol],
}

const WANTED: usize = 4;

/// Judges at random points. `model` knows the symbols of both points.
pub(super) fn check(model: &Model, claim: &Claim<'_>) -> Result<Certificate, String> {
    let what = "|∇ distance| = 1 in the metric, by finite differences";
    let p = claim.first.len();
    let mut sampler = Sampler::new(model, 0xE1C0);
    let (mut worst, mut judged, mut at) = (0.0_f64, 0, Vec::new());
    for _ in 0..12 {
        let Some(point) = sampler.point() else { break };
        let (names, values): (Vec<Symbol>, Vec<f64>) = point.iter().cloned().unzip();
        let place = |s: &Symbol| names.iter().position(|n| n == s);
        let Some(seconds) = claim
            .second
            .iter()
            .map(place)
            .collect::<Option<Vec<usize>>>()
        else {
            break;
        };
        let Some(firsts) = claim
            .first
            .iter()
            .map(place)
            .collect::<Option<Vec<usize>>>()
        else {
            break;
        };
        let distance = Numbers::new(std::iter::once(claim.distance), &names);
        let inverse = Numbers::new(claim.inverse.iter().flatten(), &names).at(&values);
        let gradient: Vec<f64> = seconds
            .iter()
            .map(|k| {
                let step = 1e-3 * values[*k].abs().clamp(0.02, 1.0);
                let difference = |h: f64| {
                    let mut moved = values.clone();
                    moved[*k] = values[*k] + h;
                    let above = distance.at(&moved)[0];
                    moved[*k] = values[*k] - h;
                    (above - distance.at(&moved)[0]) / (2.0 * h)
                };
                (4.0 * difference(step / 2.0) - difference(step)) / 3.0
            })
            .collect();
        let mut length = 0.0;
        for i in 0..p {
            for j in 0..p {
                length += inverse[i * p + j] * gradient[i] * gradient[j];
            }
        }
        let mut together = values.clone();
        for (f, s) in firsts.iter().zip(&seconds) {
            together[*s] = values[*f];
        }
        let nothing = distance.at(&together)[0];
        if !length.is_finite() || !nothing.is_finite() {
            continue;
        }
        let error = (length - 1.0).abs();
        if error > 1e-4 || nothing.abs() > 1e-6 {
            return Err(format!(
                "internal error, please report: at {} the gradient of the distance has squared length {length} and the distance of a point to itself is {nothing}",
                point_in_words(&point)
            ));
        }
        worst = worst.max(error);
        judged += 1;
        at = point;
        if judged == WANTED {
            break;
        }
    }
    if judged == 0 {
        return Ok(unjudged(what));
    }
    Ok(Certificate {
        at,
        what: what.to_owned(),
        max_rel_err: worst,
        ok: true,
    })
}
