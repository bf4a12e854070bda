//! The catalogue of bartlett: families of distributions and integrals of known value, as rows.
//!
//! A row is data whose formulas are text in the language of the tool. No algorithm lives here but lookup.

mod conditions;
mod families;
mod family;
mod integral;
mod kernel;
mod kernels;
mod vectors;

pub use conditions::{conditional, conditions};
pub use families::{FAMILIES, GROUPS, family, family_spelled_like};
pub use family::{Family, Parameter, optional, parameter};
pub use integral::Integral;
pub use kernel::{Constant, Found, Kernel, Range};
pub use kernels::{INTEGRALS, KERNELS};
pub use vectors::{VECTOR_FAMILIES, VectorFamily};
