//! The beta function and binomial coefficients of real arguments.
//! In: a, b > 0 or real n, k → Out: B(a, b), C(n, k) and their logarithms.
//! Never: the incomplete beta function.

use crate::gamma::{gamma, gamma_of_sum, is_nonpositive_integer, lgamma};

const HALF_LOG_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// The beta function B(a, b) for a, b > 0; NaN elsewhere.
///
/// Relative error below 4e-15 for a + b < 170, below 4e-16 · max(10, |log B|) beyond.
pub fn beta(a: f64, b: f64) -> f64 {
    if !(a > 0.0 && b > 0.0) {
        return f64::NAN;
    }
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if small + large < 170.0 && small > 1e-300 {
        return gamma(small) * (gamma(large) / gamma_of_sum(small, large));
    }
    lbeta(a, b).exp()
}

/// log B(a, b) for a, b > 0; NaN elsewhere.
///
/// Error below 4e-15 · max(1, |log B|) for arguments up to 1e8 and beyond: the large parts of the
/// three log-gammas are cancelled by hand. Source: Didonato & Morris (1992), TOMS 708 (`betaln`).
pub fn lbeta(a: f64, b: f64) -> f64 {
    if !(a > 0.0 && b > 0.0) {
        return f64::NAN;
    }
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if large == f64::INFINITY {
        return f64::NEG_INFINITY;
    }
    if large < 10.0 {
        if small < 1e-300 {
            return lgamma(small);
        }
        return beta(small, large).ln();
    }
    let ratio = small / large;
    if small < 10.0 {
        // log Γ(small) + log( Γ(large) / Γ(small + large) )
        let u = (large + (small - 0.5)) * ratio.ln_1p();
        let v = small * (large.ln() - 1.0);
        return lgamma(small) + (stirling_rest(large) - stirling_rest(small + large) - u - v);
    }
    let rest = stirling_rest(small) + (stirling_rest(large) - stirling_rest(small + large));
    let u = -(small - 0.5) * (ratio / (1.0 + ratio)).ln();
    let v = large * ratio.ln_1p();
    (HALF_LOG_TWO_PI - 0.5 * large.ln() + rest) - u - v
}

/// log Γ(x) − (x − ½) log x + x − ½ log 2π for x ≥ 10, DLMF 5.11.1.
fn stirling_rest(x: f64) -> f64 {
    const TERMS: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let square = (1.0 / x) * (1.0 / x);
    TERMS
        .iter()
        .rev()
        .fold(0.0, |sum, term| sum * square + term)
        / x
}

/// The binomial coefficient C(n, k) = Γ(n+1) / (Γ(k+1) Γ(n−k+1)) of real n and k.
///
/// Exact for integers as long as the value is below 2⁵³ and k or n − k is at most 256; zero where
/// k or n − k is a negative integer and n is not; for an integer k ≥ 0 any real n is allowed.
/// NaN where n is a negative integer and k is not an integer ≥ 0. Relative error below 1e-13.
pub fn choose(n: f64, k: f64) -> f64 {
    if n.is_nan() || k.is_nan() {
        return f64::NAN;
    }
    let whole = |x: f64| x == x.floor();
    let k = if whole(n) && whole(k) && n >= 0.0 && k > n / 2.0 {
        n - k
    } else {
        k
    };
    if whole(k) && k < 0.0 {
        return if is_nonpositive_integer(n + 1.0) {
            f64::NAN
        } else {
            0.0
        };
    }
    if whole(k) && k <= 256.0 {
        let mut product = 1.0;
        for i in 1..=k as u32 {
            let i = f64::from(i);
            product = if whole(n) {
                product * (n - (k - i)) / i
            } else {
                product * ((n - (k - i)) / i)
            };
        }
        return product;
    }
    if is_nonpositive_integer(n + 1.0) {
        return f64::NAN;
    }
    if is_nonpositive_integer(n - k + 1.0) {
        return 0.0;
    }
    if n > -1.0 && k > -1.0 && n - k > -1.0 {
        return 1.0 / ((n + 1.0) * beta(n - k + 1.0, k + 1.0));
    }
    gamma(n + 1.0) / gamma(k + 1.0) / gamma(n - k + 1.0)
}

/// log C(n, k) for n > −1, k > −1 and n − k > −1; NaN elsewhere.
///
/// Error below 4e-15 · max(1, |value|) plus one rounding of n − k.
pub fn log_choose(n: f64, k: f64) -> f64 {
    -(n + 1.0).ln() - lbeta(n - k + 1.0, k + 1.0)
}
