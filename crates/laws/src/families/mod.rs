//! The families, grouped by support.
//! In: nothing. Out: `FAMILIES`, `GROUPS`, `family`. Never: an algorithm beyond lookup.

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

/// What the families of each group have in common, in the order of [`FAMILIES`].
pub static GROUPS: &[&str] = &[
    "On the real line",
    "On the positive half-line",
    "Lifetimes and extremes",
    "Heavy tails on the positive half-line",
    "On the unit interval",
    "With ends that are parameters",
    "Counts without an upper end",
    "Counts with changed or missing values",
    "Counts with an upper end",
    "On the circle",
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

/// The family of that name or alias but for upper case and underscores: `neg_binomial_2` is `NegBinomial2`.
///
/// At most one row answers; a test holds the catalogue to that.
#[must_use]
pub fn family_spelled_like(name: &str) -> Option<&'static Family> {
    FAMILIES.iter().copied().flatten().find(|row| {
        row.aliases
            .iter()
            .chain([&row.name])
            .any(|spelling| letters(spelling).eq(letters(name)))
    })
}

/// The characters of a name that count: no underscores, no upper case.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|c| *c != '_')
        .map(|c| c.to_ascii_lowercase())
}
