//! Work that may take too long.
//! In: a closure and a limit. Out: its result, or nothing. Never: a test that hangs.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How work ended.
pub enum Ended<R> {
    /// With a result, after so many seconds of computing.
    Done(R, f64),
    /// It panicked with these words.
    Panicked(String),
    /// It was given up; its thread runs on.
    Hanging,
}

/// Runs `work` in a thread of its own and gives it up after `limit` of computing: time in which the processor was with others
/// does not count where the system tells it.
pub fn within<R: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> R + Send + 'static,
) -> Ended<R> {
    let (sender, receiver) = channel();
    let (announce, announced) = channel();
    std::thread::spawn(move || {
        let clock = std::fs::read_link("/proc/thread-self").ok();
        let clock = clock.map(|task| PathBuf::from("/proc").join(task).join("schedstat"));
        let _ = announce.send(clock.clone());
        let started = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(work));
        let seconds = clock.and_then(|c| on_processor(&c));
        let _ = sender.send((result, seconds.unwrap_or(started.elapsed())));
    });
    let started = Instant::now();
    let clock = announced.recv().ok().flatten();
    loop {
        match receiver.recv_timeout(Duration::from_millis(100)) {
            Ok((Ok(result), time)) => return Ended::Done(result, time.as_secs_f64()),
            Ok((Err(cause), _)) => {
                let words = cause
                    .downcast_ref::<String>()
                    .cloned()
                    .or_else(|| cause.downcast_ref::<&str>().map(|s| (*s).to_owned()));
                return Ended::Panicked(words.unwrap_or_default());
            }
            Err(RecvTimeoutError::Timeout) => {
                let spent = clock.as_ref().and_then(on_processor);
                if spent.unwrap_or(started.elapsed()) > limit {
                    return Ended::Hanging;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Ended::Hanging,
        }
    }
}

/// The time that a thread has computed, as Linux tells it: nanoseconds, the first of three numbers.
fn on_processor(clock: &PathBuf) -> Option<Duration> {
    let text = std::fs::read_to_string(clock).ok()?;
    let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
