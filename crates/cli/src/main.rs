//! The command line of bartlett.
fn main() {}
