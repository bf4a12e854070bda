//! What the suites share: where the data lie.
