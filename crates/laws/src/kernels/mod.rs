//! Rows: integrals and sums of known value, by subject. Swept by: tests/sweeps/kernels.rs. Never: an algorithm.

mod continuous;
mod counting;

use crate::Kernel;

/// Every kernel, by group; the first that fits is taken.
pub static KERNELS: &[&[Kernel]] = &[continuous::ROWS, counting::ROWS];
