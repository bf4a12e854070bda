//! Levin's u-transform of a series.
//! In: its first terms → Out: its value and an error estimate.
//! Never: a claim without agreement between successive orders.
//!
//! Source: Weniger (1989), Comput. Phys. Rep. 10, eq. 7.2-8 with β = 1.

/// The limit of the partial sums of `terms`, and the estimated error (∞ if there is none).
pub(super) fn levin_u(terms: &[f64]) -> (f64, f64) {
    let mut numerators: Vec<f64> = Vec::new();
    let mut denominators: Vec<f64> = Vec::new();
    let mut partial = 0.0;
    let mut best = (f64::NAN, f64::INFINITY);
    let mut recent: [f64; 3] = [f64::NAN; 3];
    for (n, term) in terms.iter().enumerate().take(48) {
        partial += term;
        let index = n as f64 + 1.0;
        let weight = index * term;
        if weight == 0.0 {
            return (partial, f64::INFINITY);
        }
        let mut scale = 1.0 / index;
        denominators.push(scale / weight);
        numerators.push(partial * scale / weight);
        let ratio = (index - 1.0) / index;
        for k in 1..=n {
            let row = n - k;
            let factor = (row as f64 + 1.0) * scale;
            numerators[row] = numerators[row + 1] - factor * numerators[row];
            denominators[row] = denominators[row + 1] - factor * denominators[row];
            scale *= ratio;
        }
        let estimate = numerators[0] / denominators[0];
        recent = [recent[1], recent[2], estimate];
        let spread = (recent[2] - recent[1])
            .abs()
            .max((recent[1] - recent[0]).abs());
        if spread < best.1 {
            best = (estimate, spread);
        }
    }
    best
}
