//! `bartlett crb`: the inverse of the information matrix.
//! In: `CrbOptions`. Out: an exit status. Never: a format.

use super::{fisher, later};
use crate::answer::Exit;
use crate::arguments::CrbOptions;
use bartlett::reading::Part;

/// Does it.
pub fn run(options: &CrbOptions) -> Exit {
    later::option(&[
        ("crb --of", options.of.is_some()),
        ("crb --bias", options.bias.is_some()),
        ("crb --trace", options.trace),
        ("crb --direction", options.direction.is_some()),
    ])
    .unwrap_or_else(|| fisher::of_sample(&options.sample, Part::Crb))
}
