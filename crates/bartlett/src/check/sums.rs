//! Integrals with their errors, all quantities of a subject at once.
//! In: values of rules. Out: `Sums`, and one opinion out of two. Never: an integral.

/// The integrals of weight·(1, values, products of values), where weight = exp(log-density − `log_scale`).
#[derive(Clone, Debug)]
pub(super) struct Sums {
    pub(super) values: Vec<f64>,
    pub(super) errors: Vec<f64>,
    pub(super) magnitudes: Vec<f64>,
    pub(super) converged: bool,
}

impl Sums {
    pub(super) fn nothing(width: usize) -> Self {
        Self {
            values: vec![0.0; width],
            errors: vec![0.0; width],
            magnitudes: vec![0.0; width],
            converged: true,
        }
    }

    pub(super) fn unknown(width: usize) -> Self {
        Self {
            values: vec![f64::NAN; width],
            errors: vec![f64::INFINITY; width],
            magnitudes: vec![0.0; width],
            converged: false,
        }
    }

    pub(super) fn add(&mut self, values: &[f64], errors: &[f64], magnitudes: &[f64]) {
        for j in 0..self.values.len() {
            self.values[j] += values[j];
            self.errors[j] += errors[j];
            self.magnitudes[j] += magnitudes[j];
        }
    }

    /// Are the errors within a share of the magnitudes?
    pub(super) fn within(&self, relative: f64) -> bool {
        let entries = self.values.iter().zip(&self.errors).zip(&self.magnitudes);
        let mut small = entries.map(|((v, e), m)| v.is_finite() && *e <= relative * m);
        small.all(|good| good)
    }
}

/// Two opinions made one: the difference is an error.
pub(super) fn agreed(mut first: Sums, second: &Sums) -> Sums {
    let better = if !first.converged && second.converged {
        second.clone()
    } else {
        first.clone()
    };
    for j in 0..first.values.len() {
        let difference = (first.values[j] - second.values[j]).abs();
        first.values[j] = better.values[j];
        first.magnitudes[j] = better.magnitudes[j];
        first.errors[j] = better.errors[j].max(difference);
        if first.errors[j].is_nan() {
            first.errors[j] = f64::INFINITY;
        }
    }
    // one rule may fail where the other works, as long as they agree
    first.converged = (first.converged || second.converged) && first.within(1e-8);
    first
}
