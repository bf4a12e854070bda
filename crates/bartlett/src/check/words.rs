//! Verdicts in words.
//! In: what the judge found. Out: `Display`. Never: a verdict of its own.

use super::{MassVerdict, NegativeAt};
use bartlett_expr::Symbol;
use std::fmt;

/// `mu = 0.3, sigma = 1.7`
#[must_use]
pub fn point_in_words(point: &[(Symbol, f64)]) -> String {
    point
        .iter()
        .map(|(s, v)| format!("{s} = {}", rounded(*v)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn rounded(value: f64) -> String {
    let short = format!("{value:.4}");
    let trimmed = short.trim_end_matches('0').trim_end_matches('.');
    if value != 0.0 && (value.abs() < 1e-3 || value.abs() >= 1e7) {
        format!("{value:.3e}")
    } else {
        trimmed.to_owned()
    }
}

impl fmt::Display for MassVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(mass) => write!(f, "its total mass is {mass:.6}"),
            Self::Varies { at, masses } => write!(
                f,
                "its total mass depends on the parameters: {:.6} at {}, {:.6} at {}",
                masses[0],
                point_in_words(&at[0]),
                masses[1],
                point_in_words(&at[1])
            ),
            Self::Diverges { at } => {
                write!(f, "its total mass is infinite at {}", point_in_words(at))
            }
            Self::Unknown => write!(f, "its total mass could not be found by number"),
        }
    }
}

impl fmt::Display for NegativeAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({})",
            point_in_words(&self.data),
            point_in_words(&self.at)
        )
    }
}
