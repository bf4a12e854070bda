//! Processor time and memory of this process.
//! In: nothing. Out: seconds, megabytes. Never: the time of the wall, which other work on the machine stretches.

use rustix::time::{ClockId, clock_gettime};

/// Are instructions counted? Then everything runs once, and no clock is read: under valgrind there is none.
fn once() -> bool {
    std::env::var_os("BARTLETT_BENCH_ONCE").is_some()
}

/// Seconds of processor time that this process has used, all threads together.
#[must_use]
pub fn processor() -> f64 {
    if once() {
        return 0.0;
    }
    let now = clock_gettime(ClockId::ProcessCPUTime);
    #[allow(clippy::cast_precision_loss)] // below 2^53 ns is 104 days
    let seconds = now.tv_sec as f64 + now.tv_nsec as f64 * 1e-9;
    seconds
}

/// Runs the work until `at_least` seconds have gone by, and gives the mean of one run.
pub fn mean_of<T>(at_least: f64, mut work: impl FnMut() -> T) -> f64 {
    let (begin, mut runs) = (processor(), 0.0);
    loop {
        std::hint::black_box(work());
        runs += 1.0;
        let gone = processor() - begin;
        if gone >= at_least || once() {
            return gone / runs;
        }
    }
}

/// Forgets the peak of memory so far.
pub fn forget_peak() {
    // Where the kernel does not offer it, the peak is that of the whole process.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Megabytes: the row of `/proc/self/status` (`VmHWM` the peak, `VmRSS` now), 0 where there is none.
#[must_use]
pub fn megabytes(row: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find(|line| line.starts_with(row))
        .and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok())
        .map_or(0.0, |kilobytes| kilobytes / 1024.0)
}
