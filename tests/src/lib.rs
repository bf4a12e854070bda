//! What the suites share: random numbers that repeat, regions from the words of a row, derivatives by differences, threads.
//! In: texts and closures. Out: points and numbers. Never: a formula of a table, used to check that table.

pub mod corpus;
pub mod difference;
pub mod parallel;
pub mod patience;
pub mod random;
pub mod region;

/// The Rust blocks of the README, which run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
