//! What the suites share: where the data lie.

/// The Rust blocks of the README, which run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
