//! Derivatives by central differences.
//! In: a closure, a place, a step. Out: the derivative with its error estimate. Never: a formula.

/// f′(x) by Ridders' extrapolation of central differences from step `h` down, with an estimate of the error.
///
/// Source: Ridders (1982), Advances in Engineering Software 4, 75–76.
pub fn derivative(f: &mut dyn FnMut(f64) -> f64, x: f64, h: f64) -> (f64, f64) {
    const SHRINK: f64 = 1.4;
    const ROWS: usize = 10;
    let mut table = [[0.0_f64; ROWS]; ROWS];
    let mut best = (f64::NAN, f64::INFINITY);
    let mut step = h;
    for i in 0..ROWS {
        table[0][i] = (f(x + step) - f(x - step)) / (2.0 * step);
        let mut factor = SHRINK * SHRINK;
        for j in 1..=i {
            table[j][i] = (table[j - 1][i] * factor - table[j - 1][i - 1]) / (factor - 1.0);
            factor *= SHRINK * SHRINK;
            let error = (table[j][i] - table[j - 1][i])
                .abs()
                .max((table[j][i] - table[j - 1][i - 1]).abs());
            if error <= best.1 {
                best = (table[j][i], error);
            }
        }
        if i > 0 && (table[i][i] - table[i - 1][i - 1]).abs() >= 2.0 * best.1 {
            break;
        }
        step /= SHRINK;
    }
    best
}
