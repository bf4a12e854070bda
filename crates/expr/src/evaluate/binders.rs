//! Numbers of integrals and unbounded sums that stand in expressions.
//! In: a body as a closure, the ends. Out: `f64`. Never: a value that did not converge (NaN).

use bartlett_special as special;

/// ∫ of an integrand that may be narrow and far away: it is located before it is integrated. NaN where it did not converge.
/// From a larger to a smaller number it is the negative of the integral back.
pub(super) fn integral(body: &mut dyn FnMut(f64) -> f64, lower: f64, upper: f64) -> f64 {
    if upper < lower {
        return -integral(body, upper, lower);
    }
    let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
    let place = special::locate(&mut |x| body(x).abs().ln(), lower, upper, &[]);
    let options = special::IntegrateOptions::default();
    let found = special::integrate(
        &mut |x, out| out[0] = finite(body(x)),
        1,
        lower,
        upper,
        &place.breakpoints,
        &options,
    );
    if found.converged {
        found.values[0]
    } else {
        f64::NAN
    }
}

/// Σ over an unbounded range of integers. NaN where it did not converge.
pub(super) fn series(body: &mut dyn FnMut(f64) -> f64, lower: f64, upper: f64) -> f64 {
    let place = special::locate_counts(&mut |k| body(k).abs().ln(), lower, upper, &[]);
    let options = special::SumOptions {
        peaks: place.peaks,
        ..special::SumOptions::default()
    };
    let found = special::sum(
        &mut |k, out| out[0] = body(k),
        1,
        lower,
        upper,
        1.0,
        &options,
    );
    if found.converged {
        found.values[0]
    } else {
        f64::NAN
    }
}

#[cfg(test)]
mod tests {
    use crate::formula;

    #[test]
    fn an_integral_backwards_is_its_negative() {
        for (text, value) in [
            ("integral(t, 2, 1, t)", -1.5),
            ("integral(t, inf, 0, e^(-t))", -1.0),
            ("integral(t, 1, 1, t)", 0.0),
        ] {
            let found = formula(text).value_at(&[]);
            assert!((found - value).abs() < 1e-12, "{text} is {found}");
        }
    }
}
