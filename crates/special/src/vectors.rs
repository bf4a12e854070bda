//! Loops over numbers, compiled for the widest vectors that the machine has.
//! In: work whose loops are to be vectorized. Out: its result, the same bits on every machine. Never: a fused multiply-add, or an instruction of one machine by name.

use pulp::{Arch, NullaryFnOnce};
use std::sync::LazyLock;

static WIDEST: LazyLock<Arch> = LazyLock::new(Arch::new);

/// Work on columns. Mark `run` and all that it calls `#[inline(always)]`: what is not inlined keeps the vectors of the oldest machine.
pub trait OverColumns {
    /// Does it.
    fn run(self);
}

struct Widest<W>(W);

impl<W: OverColumns> NullaryFnOnce for Widest<W> {
    type Output = ();
    #[inline(always)]
    fn call(self) {
        self.0.run();
    }
}

/// Runs the work with the widest vectors of this machine.
pub fn with_widest_vectors(work: impl OverColumns) {
    WIDEST.dispatch(Widest(work));
}
