//! Claimed expectations against their numbers at sampled points.
//! In: a model, claims. Out: `Certificate`s, or the contradiction in words. Never: a pass without a judged point.

use crate::check::{self, Point, Sampler};
use crate::model::{Density, Model};
use crate::report::Certificate;
use bartlett_expr::Expr;

/// A value that is claimed to be a sum of expectations.
pub(crate) struct Claim<'a> {
    /// What it is called.
    pub what: &'static str,
    /// The value in closed form.
    pub value: &'a Expr,
    /// Densities, each with the function whose mean is taken.
    pub means: Vec<(&'a Density, Expr)>,
}

const SEED: u64 = 0xD1CE;
const WANTED: usize = 3;
const TRIED: usize = 9;
const TOLERANCE: f64 = 1e-7;

/// Compares at random points of the domains.
pub(crate) fn means(model: &Model, claims: &[Claim<'_>]) -> Result<Vec<Certificate>, String> {
    let mut out = Vec::new();
    for claim in claims {
        out.push(one(model, claim)?);
    }
    Ok(out)
}

fn one(model: &Model, claim: &Claim<'_>) -> Result<Certificate, String> {
    let mut sampler = Sampler::new(model, SEED);
    let (mut judged, mut worst, mut last) = (0, 0.0_f64, Point::new());
    for _ in 0..TRIED {
        if judged == WANTED {
            break;
        }
        let Some(point) = sampler.point() else { break };
        let value = claim.value.value_at(&point);
        if !value.is_finite() {
            continue;
        }
        let Some((number, error)) = number(model, claim, &point) else {
            continue;
        };
        let size = value.abs().max(number.abs());
        let difference = (value - number).abs();
        if 10.0 * error > 1e-4 * size + 1e-12 {
            continue;
        }
        if difference > TOLERANCE * size + 10.0 * error + 1e-11 {
            return Err(format!(
                "internal error, please report: at {} the {} is {value:e} by the formula and {number:e} by number",
                check::point_in_words(&point),
                claim.what
            ));
        }
        judged += 1;
        if size > 0.0 && difference > 1e-13 {
            worst = worst.max(difference / size);
        }
        last = point;
    }
    Ok(if judged == 0 {
        unjudged(claim.what)
    } else {
        Certificate {
            at: last,
            what: format!("{} against numeric expectations of the density", claim.what),
            max_rel_err: worst,
            ok: true,
        }
    })
}

fn unjudged(what: &str) -> Certificate {
    Certificate {
        at: Vec::new(),
        what: format!("{what} unjudged: the numeric expectations are not sure"),
        max_rel_err: f64::NAN,
        ok: false,
    }
}

fn number(model: &Model, claim: &Claim<'_>, point: &Point) -> Option<(f64, f64)> {
    let (mut sum, mut error) = (0.0, 0.0);
    for (density, g) in &claim.means {
        let found = check::expectations(density, &model.facts, std::slice::from_ref(g), point);
        let found = found.values.first().filter(|v| v.is_sure())?;
        sum += found.value;
        error += found.error;
    }
    Some((sum, error))
}
