//! The families, grouped by support.
//! In: nothing. Out: `FAMILIES`, `family`. Never: an algorithm beyond lookup.

mod bounded;
mod circular;
mod counts;
mod finite;
mod heavy_tails;
mod lifetimes;
mod positive;
mod real_line;
mod unit_interval;
mod zero_modified;

use crate::Family;

/// Every family of the catalogue, by group.
pub static FAMILIES: &[&[Family]] = &[
    real_line::ROWS,
    positive::ROWS,
    lifetimes::ROWS,
    heavy_tails::ROWS,
    unit_interval::ROWS,
    bounded::ROWS,
    counts::ROWS,
    zero_modified::ROWS,
    finite::ROWS,
    circular::ROWS,
];

/// The family of that name or alias.
#[must_use]
pub fn family(name: &str) -> Option<&'static Family> {
    FAMILIES
        .iter()
        .copied()
        .flatten()
        .find(|row| row.name == name || row.aliases.contains(&name))
}
