//! Rows: integrals and sums of known value, by subject. Swept by: tests/sweeps/kernels.rs. Never: an algorithm.

mod continuous;
mod counting;
mod integrals;

use crate::{Integral, Kernel};

/// Every kernel, by group; the first that fits is taken.
pub static KERNELS: &[&[Kernel]] = &[continuous::ROWS, counting::ROWS];

/// Every definite integral that is no kernel: its constants stand in a denominator or a logarithm.
pub static INTEGRALS: &[&[Integral]] = &[integrals::ROWS];
