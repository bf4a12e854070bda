//! Elementary functions over columns of numbers, in loops that a compiler turns into vector instructions.
//! In: a slice of arguments → Out: the values in a slice of the same length.
//! Never: fused multiply-add, so that every machine gives the same bits.

use crate::vectors::{OverColumns, with_widest_vectors};

/// 1.5·2⁵²: adding it rounds to a whole number, which then stands in the lowest bits.
const ROUNDING: f64 = 6_755_399_441_055_744.0;
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Coefficients 1/2!, 1/3!, … of the exponential series.
const EXPONENTIAL: [f64; 12] = [
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
    1.0 / 6_227_020_800.0,
];

/// eˣ for |x| ≤ 700.
#[inline(always)]
fn exponential(x: f64) -> f64 {
    let shifted = x * std::f64::consts::LOG2_E + ROUNDING;
    let n = shifted - ROUNDING;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let c = &EXPONENTIAL;
    let (r2, r4) = (r * r, (r * r) * (r * r));
    let low = (c[0] + r * c[1]) + r2 * (c[2] + r * c[3]);
    let middle = (c[4] + r * c[5]) + r2 * (c[6] + r * c[7]);
    let high = (c[8] + r * c[9]) + r2 * (c[10] + r * c[11]);
    let value = 1.0 + (r + r2 * (low + r4 * (middle + r4 * high)));
    let power = (shifted
        .to_bits()
        .wrapping_sub(ROUNDING.to_bits())
        .wrapping_add(1023))
        << 52;
    value * f64::from_bits(power)
}

/// log x for normal positive finite x. Source: fdlibm, `e_log.c`.
#[inline(always)]
fn logarithm(x: f64) -> f64 {
    const HALF_ROOT: u64 = 0x3fe6_a09e_667f_3bcd;
    let bits = x.to_bits().wrapping_add(0x3ff0_0000_0000_0000 - HALF_ROOT);
    let exponent =
        f64::from_bits(0x4330_0000_0000_0000 | (bits >> 52)) - (4_503_599_627_370_496.0 + 1023.0);
    let f = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) + HALF_ROOT) - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w
        * (3.999_999_999_940_942e-1
            + w * (2.222_219_843_214_978_4e-1 + w * 1.531_383_769_920_937_3e-1));
    let odd = z
        * (6.666_666_666_666_735e-1
            + w * (2.857_142_874_366_239e-1
                + w * (1.818_357_216_161_805e-1 + w * 1.479_819_860_511_658_6e-1)));
    let half = 0.5 * f * f;
    exponent * LN2_HIGH - ((half - (s * (half + (even + odd)) + exponent * LN2_LOW)) - f)
}

/// log(1 + e^(−|x|)) + max(x, 0) for |x| ≤ 700.
#[inline(always)]
fn soft(x: f64) -> f64 {
    let small = exponential(-x.abs());
    let whole = 1.0 + small;
    let positive = if x > 0.0 { x } else { 0.0 };
    positive + (logarithm(whole) - ((whole - 1.0) - small) / whole)
}

/// log(1 + x) for −1 < x < ∞: what rounding took from 1 + x is put back.
#[inline(always)]
fn logarithm_of_more(x: f64) -> f64 {
    let whole = 1.0 + x;
    logarithm(whole) + (x - (whole - 1.0)) / whole
}

macro_rules! column {
    ($(#[$documentation:meta])* $name:ident, $fast:ident, $lower:expr, $upper:expr, $slow:expr) => {
        $(#[$documentation])*
        ///
        /// # Panics
        /// Where the slices differ in length.
        #[inline]
        pub fn $name(arguments: &[f64], values: &mut [f64]) {
            struct Column<'a>(&'a [f64], &'a mut [f64]);
            impl OverColumns for Column<'_> {
                #[inline(always)]
                fn run(self) {
                    let Self(arguments, values) = self;
                    // no early end: the loop stays in vectors
                    let mut inside = true;
                    for (value, x) in values.iter_mut().zip(arguments) {
                        inside &= (*x >= $lower) & (*x <= $upper);
                        *value = $fast(*x);
                    }
                    if !inside {
                        for (value, x) in values.iter_mut().zip(arguments) {
                            if !(*x >= $lower && *x <= $upper) {
                                *value = $slow(*x);
                            }
                        }
                    }
                }
            }
            assert_eq!(arguments.len(), values.len(), "one value an argument");
            with_widest_vectors(Column(arguments, values));
        }
    };
}

column!(
    /// eˣ. Relative error below 2.3e-16; the standard library's value where an argument lies outside [−700, 700].
    exp_column, exponential, -700.0, 700.0, f64::exp
);
column!(
    /// log x. Error below 1 unit in the last place; the standard library's value where an argument is not a positive normal number.
    ln_column, logarithm, f64::MIN_POSITIVE, f64::MAX, f64::ln
);
column!(
    /// log(1 + eˣ). Relative error below 1e-15, as [`softplus`](crate::softplus).
    softplus_column, soft, -700.0, 700.0, crate::softplus
);

column!(
    /// log(1 + x). Relative error below 1e-15; the standard library's value where 1 + x is not positive and finite.
    ln_1p_column, logarithm_of_more, -1.0 + f64::EPSILON, f64::MAX, f64::ln_1p
);

#[cfg(test)]
mod tests {
    use super::{exp_column, ln_1p_column, ln_column, softplus_column};

    fn worst(column: fn(&[f64], &mut [f64]), exact: fn(f64) -> f64, arguments: &[f64]) -> f64 {
        let mut values = vec![0.0; arguments.len()];
        column(arguments, &mut values);
        let error = |(x, value): (&f64, &f64)| {
            let exact = exact(*x);
            if exact == *value || (exact.is_nan() && value.is_nan()) {
                0.0
            } else {
                ((value - exact) / exact).abs()
            }
        };
        arguments.iter().zip(&values).map(error).fold(0.0, f64::max)
    }

    #[test]
    fn values_agree_with_the_standard_library() {
        let wide: Vec<f64> = (0..200_001)
            .map(|i| -700.0 + 0.007 * f64::from(i))
            .collect();
        assert!(worst(exp_column, f64::exp, &wide) < 4.5e-16);
        assert!(worst(softplus_column, crate::softplus, &wide) < 1e-15);
        let positive: Vec<f64> = wide.iter().map(|x| x.exp()).collect();
        assert!(worst(ln_column, f64::ln, &positive) < 4.5e-16);
        let near_one: Vec<f64> = (1..100_000)
            .map(|i| 1.0 + (f64::from(i) - 5e4) * 3e-9)
            .collect();
        assert!(worst(ln_column, f64::ln, &near_one) < 4.5e-16);
        let less_one: Vec<f64> = near_one.iter().map(|x| x - 1.0).collect();
        assert!(worst(ln_1p_column, f64::ln_1p, &less_one) < 1e-15);
        assert!(worst(ln_1p_column, f64::ln_1p, &positive) < 1e-15);
        let below: Vec<f64> = (1..100_000).map(|i| f64::from(i) * 1e-5 - 1.0).collect();
        assert!(worst(ln_1p_column, f64::ln_1p, &below) < 1e-15);
    }

    #[test]
    fn exceptional_arguments_have_the_values_of_the_standard_library() {
        let odd = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            0.0,
            -0.0,
            -1.0,
            1e-310,
            800.0,
            -745.1,
        ];
        assert_eq!(worst(exp_column, f64::exp, &odd), 0.0);
        assert_eq!(worst(ln_column, f64::ln, &odd), 0.0);
        assert_eq!(worst(ln_1p_column, f64::ln_1p, &odd), 0.0);
    }
}
