//! Names.
//! In: text. Out: `Symbol`. Never: an assumption about what the name stands for.

use std::fmt;
use std::sync::Arc;

/// A name, in its ASCII spelling (`mu`, `theta_1`). Nothing is known of it: assumptions live in [`crate::Facts`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(Arc<str>);

impl Symbol {
    /// The symbol of that name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(Arc::from(name))
    }
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}
impl From<&str> for Symbol {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}
impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
