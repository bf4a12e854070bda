//! Whether an integral exists at an end of its range.
//! In: a non-negative integrand near an end → Out: its power there and a verdict.
//! Never: the integral itself.

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A finite end: the integrand is a function of the distance d → 0 from it.
    Finite,
    /// An infinite end: the integrand is a function of the distance d → ∞ from some point.
    Infinite,
}

/// Does the integral exist at this end?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The integrand decays fast enough (or is no worse than an integrable pole).
    Converges,
    /// It does not; this includes d⁻¹ and d⁻¹ times a power of log d that is not below −½.
    Diverges,
    /// The power is too close to −1 for the accuracy of its estimate, or there is no power.
    Unknown,
}

/// The behavior of an integrand at an end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tail {
    /// α of g ~ d^α (log d)^p; ±∞ for a decay faster than any power; NaN if there is none.
    pub exponent: f64,
    /// Estimated error of the exponent.
    pub error: f64,
    /// p, roughly.
    pub log_power: f64,
    /// Whether ∫ g exists at this end.
    pub verdict: Verdict,
}

/// Closer to −1 than this, an exponent is taken for −1.
const SAME: f64 = 2e-3;

/// Estimates α in `integrand(d)` ~ d^α as d → 0 (a finite end) or d → ∞ (an infinite one), and says
/// whether the integral converges there (for a sum over integers: at ∞).
///
/// `integrand` is called at distances from 1 to 10⁻³⁰⁰ or 10³⁰⁰; only its values that are positive
/// and finite are used, from the far end inwards, so it may overflow or lose its digits there.
/// For an infinite lower end give the integrand as a function of −x.
pub fn tail_exponent(integrand: &mut dyn FnMut(f64) -> f64, end: End) -> Tail {
    let side = match end {
        End::Finite => -1.0,
        End::Infinite => 1.0,
    };
    // (log d, log g) at d = 10^(±k)
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut vanished = false;
    let mut decades = 0.0_f64;
    while decades <= 300.0 {
        let distance = 10_f64.powf(side * decades);
        let value = integrand(distance);
        if value > 0.0 && value.is_finite() {
            points.push((distance.ln(), value.ln()));
            vanished = false;
        } else if value == 0.0 && !points.is_empty() {
            vanished = true;
            break;
        } else if !points.is_empty() {
            break;
        }
        decades += if decades < 4.0 {
            0.25
        } else if decades < 20.0 {
            1.0
        } else {
            5.0
        };
    }
    let none = Tail {
        exponent: f64::NAN,
        error: f64::INFINITY,
        log_power: f64::NAN,
        verdict: Verdict::Unknown,
    };
    let slopes: Vec<(f64, f64)> = points
        .windows(2)
        .map(|w| {
            (
                0.5 * (w[0].0 + w[1].0),
                (w[1].1 - w[0].1) / (w[1].0 - w[0].0),
            )
        })
        .collect();
    let count = slopes.len();
    if vanished && fades(&slopes, side) {
        let exponent = -side * f64::INFINITY;
        return Tail {
            exponent,
            error: 0.0,
            log_power: 0.0,
            verdict: Verdict::Converges,
        };
    }
    if count >= 3 && fades(&slopes, -side) {
        let exponent = side * f64::INFINITY;
        return Tail {
            exponent,
            error: 0.0,
            log_power: 0.0,
            verdict: Verdict::Diverges,
        };
    }
    if count < 6 {
        return none;
    }
    // the stretch furthest out over which the slope fits α + p/log d
    let mut best: Option<(f64, f64, f64)> = None;
    for last in (5..count).rev() {
        let Some((exponent, power, error)) = fit(&slopes[last - 5..=last]) else {
            continue;
        };
        if best.is_none_or(|(_, _, least)| error < 0.3 * least) {
            best = Some((exponent, power, error));
        }
        if error < 1e-6 {
            break;
        }
    }
    let Some((exponent, log_power, error)) = best else {
        return none;
    };
    if fades(&slopes, side) && error > 0.1 {
        let exponent = -side * f64::INFINITY;
        return Tail {
            exponent,
            error: 0.0,
            log_power: 0.0,
            verdict: Verdict::Converges,
        };
    }
    // > 0: converges
    let margin = -side * (exponent + 1.0);
    let verdict = if margin.abs() <= SAME.max(error) {
        if error < SAME && log_power > -0.5 {
            Verdict::Diverges
        } else {
            Verdict::Unknown
        }
    } else if margin.abs() < 3.0 * error {
        Verdict::Unknown
    } else if margin > 0.0 {
        Verdict::Converges
    } else {
        Verdict::Diverges
    };
    Tail {
        exponent,
        error,
        log_power,
        verdict,
    }
}

/// Slopes that run away: faster than any power, towards the converging side if `side` is the end's.
fn fades(slopes: &[(f64, f64)], side: f64) -> bool {
    let Some(last) = slopes.len().checked_sub(1) else {
        return true;
    };
    let steep = -side * slopes[last].1;
    let before = -side * slopes[last.saturating_sub(2)].1;
    steep > 4.0 && steep > 1.3 * before
}

/// α and p of slope = α + p/log d by least squares, and the spread of what is left.
fn fit(slopes: &[(f64, f64)]) -> Option<(f64, f64, f64)> {
    if slopes.iter().any(|(log, _)| log.abs() < 1.0) {
        return None;
    }
    let count = slopes.len() as f64;
    let mean = |f: &dyn Fn(&(f64, f64)) -> f64| slopes.iter().map(f).sum::<f64>() / count;
    let mean_u = mean(&|(log, _)| log.recip());
    let mean_s = mean(&|(_, slope)| *slope);
    let variance = mean(&|(log, _)| (log.recip() - mean_u).powi(2));
    let covariance = mean(&|(log, slope)| (log.recip() - mean_u) * (slope - mean_s));
    let power = covariance / variance;
    let exponent = mean_s - power * mean_u;
    let rest = mean(&|(log, slope)| (slope - exponent - power / log).powi(2)).sqrt();
    // extrapolation from mean(1/log) to 0 enlarges the spread
    let error = rest * (1.0 + mean_u.abs() / variance.sqrt()) + 1e-9;
    let found = exponent.is_finite() && power.is_finite();
    found.then_some((exponent, power, error))
}
