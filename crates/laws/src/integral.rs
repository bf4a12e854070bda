//! What a row of the table of definite integrals must say.
//! In: nothing. Out: `Integral`. Never: a law; a density is only compared with the integrand.

use crate::kernel::{Constant, Range};

/// ∫ integrand(y) dy over a fixed set, in closed form.
#[derive(Debug, Clone, Copy)]
pub struct Integral {
    /// A short name, in the field's terms.
    pub name: &'static str,
    /// What y ranges over.
    pub over: Range,
    /// Constants of the row, and where in a density or an integrand they are read off.
    pub constants: &'static [Constant],
    /// The integrand, a formula in y and the constants.
    pub integrand: &'static str,
    /// Its integral, a formula in the constants.
    pub value: &'static str,
    /// Expressions in the constants that must be positive.
    pub positive: &'static [&'static str],
    /// Where it is printed.
    pub source: &'static str,
}
