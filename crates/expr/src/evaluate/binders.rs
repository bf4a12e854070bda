//! Numbers of integrals and unbounded sums that stand in expressions.
//! In: programs of bodies, the ends. Out: `f64`. Never: a value that did not converge (NaN).

use super::{BLOCK, ColumnWork, Evaluation, Slot, Tape, Workspace};
use crate::expr::Binder;
use bartlett_special as special;
use std::sync::Mutex;

/// The program of a sum, product or integral.
pub(super) struct BoundProgram {
    pub(super) binder: Binder,
    pub(super) lower: Slot,
    pub(super) upper: Slot,
    /// Slots of the outer program that feed the body, after the bound variable.
    pub(super) inputs: Box<[Slot]>,
    pub(super) body: Tape,
    /// Ends and inputs of the last evaluation, and its value: what is free of the data is asked for at every point of it.
    pub(super) last: Mutex<Option<(Vec<f64>, f64)>>,
}

/// At most so many terms of a finite sum are added one by one.
const FINITE_TERMS: f64 = 2e6;

impl BoundProgram {
    pub(super) fn value(&self, outer: &[f64]) -> f64 {
        let mut key = vec![outer[self.lower as usize], outer[self.upper as usize]];
        key.extend(self.inputs.iter().map(|s| outer[*s as usize]));
        if let Ok(last) = self.last.lock()
            && let Some((at, value)) = &*last
            && *at == key
        {
            return *value;
        }
        let value = self.computed(outer);
        if let Ok(mut last) = self.last.lock() {
            *last = Some((key, value));
        }
        value
    }

    fn computed(&self, outer: &[f64]) -> f64 {
        let (lower, upper) = (outer[self.lower as usize], outer[self.upper as usize]);
        let mut point: Vec<f64> = Vec::with_capacity(self.inputs.len() + 1);
        point.push(0.0);
        point.extend(self.inputs.iter().map(|s| outer[*s as usize]));
        let mut work = Workspace::default();
        let mut body = |x: f64| {
            point[0] = x;
            let mut out = [0.0];
            self.body.evaluate(&point, &mut work, &mut out);
            out[0]
        };
        match self.binder {
            Binder::Integral => {
                let inputs = point[1..].iter().map(|value| Some(*value));
                let fixed: Vec<Option<f64>> = std::iter::once(None).chain(inputs).collect();
                integral(&self.body.at(&fixed), lower, upper)
            }
            Binder::Sum if upper.is_infinite() || lower.is_infinite() => {
                series(&mut body, lower, upper)
            }
            Binder::Sum | Binder::Product => {
                if !(lower.is_finite() && upper.is_finite() && upper - lower < FINITE_TERMS) {
                    return f64::NAN;
                }
                let (mut k, mut value) =
                    (lower, if self.binder == Binder::Sum { 0.0 } else { 1.0 });
                while k <= upper {
                    if self.binder == Binder::Sum {
                        value += body(k);
                    } else {
                        value *= body(k);
                    }
                    k += 1.0;
                }
                value
            }
        }
    }
}

/// ∫ of an integrand that may be narrow and far away: it is located before it is integrated. NaN where it did not converge.
/// From a larger to a smaller number it is the negative of the integral back.
fn integral(body: &Evaluation<'_>, lower: f64, upper: f64) -> f64 {
    if upper < lower {
        return -integral(body, upper, lower);
    }
    let mut work = ColumnWork::default();
    let mut values = |points: &[f64], out: &mut [f64]| {
        for (points, out) in points.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            body.fill(&[points], &mut work, &mut [out]);
        }
    };
    let mut heights = |points: &[f64], out: &mut [f64]| {
        values(points, out);
        out.iter_mut().for_each(|value| *value = value.abs().ln());
    };
    let place = special::locate_columns(&mut heights, lower, upper, &[]);
    let mut integrand = |points: &[special::Abscissa], out: &mut [f64]| {
        let points: Vec<f64> = points.iter().map(|at| at.x).collect();
        values(&points, out);
        for value in out.iter_mut().filter(|value| !value.is_finite()) {
            *value = 0.0;
        }
    };
    let found = special::integrate_columns(
        &mut integrand,
        1,
        lower,
        upper,
        &place.breakpoints,
        &special::IntegrateOptions::default(),
    );
    if found.converged {
        found.values[0]
    } else {
        f64::NAN
    }
}

/// Σ over an unbounded range of integers. NaN where it did not converge.
fn series(body: &mut dyn FnMut(f64) -> f64, lower: f64, upper: f64) -> f64 {
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
