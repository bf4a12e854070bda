//! The families, grouped by support.
use crate::Family;

/// Every family of the catalogue, by group.
pub static FAMILIES: &[&[Family]] = &[];

/// The family of that name or alias.
#[must_use]
pub fn family(name: &str) -> Option<&'static Family> {
    FAMILIES.iter().copied().flatten().find(|row| row.name == name || row.aliases.contains(&name))
}
