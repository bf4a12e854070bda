//! Models with mistakes in them: whatever is typed ends in problems or in a sane report, soon, and never in a panic.
//! In: the corpus, a seed. Out: what is wrong. Never: two different runs.

mod mutate;
mod sane;

use bartlett::derive;
use bartlett::model::Model;
use bartlett_tests::corpus::rows;
use bartlett_tests::random::Random;
use mutate::mutant;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const SEED: u64 = 0x5EED_0006;
const COUNT: usize = 2000;

/// What one mutant may take; code that is not optimized is slower.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 10 });

/// The text of a mutant by its number.
fn text(models: &[String], number: usize) -> String {
    mutant(models, &mut Random::new(SEED ^ ((number as u64) << 20)))
}

#[derive(Default)]
struct Counts {
    refused_by_the_reader: AtomicUsize,
    derived: AtomicUsize,
}

/// What is wrong with the outcome.
fn faults(text: &str, counts: &Counts) -> Vec<String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| match Model::parse(text) {
        Err(problems) => {
            counts.refused_by_the_reader.fetch_add(1, Ordering::Relaxed);
            sane::problems(&problems, text)
        }
        Ok(model) => {
            counts.derived.fetch_add(1, Ordering::Relaxed);
            sane::report(&derive(&model))
        }
    }));
    outcome.unwrap_or_else(|cause| {
        let words = cause
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| cause.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        vec![format!("panic: {}", words.unwrap_or_default())]
    })
}

/// Where a worker writes what it is at, so that an abort can be told from outside.
fn trace(worker: usize) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("mutant-{worker}.txt"))
}

/// Mutants that may hang before the run is given up.
const MOST_ABANDONED: usize = 5;

struct Shared {
    models: Vec<String>,
    next: AtomicUsize,
    done: AtomicUsize,
    counts: Counts,
    wrong: Mutex<Vec<String>>,
    /// What each worker is at, since when.
    busy: Mutex<Vec<Option<(usize, Instant)>>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn work(shared: &Shared, worker: usize) {
    loop {
        let number = shared.next.fetch_add(1, Ordering::Relaxed);
        if number >= COUNT {
            return;
        }
        let text = text(&shared.models, number);
        let _ = std::fs::write(trace(worker), format!("{number}\n{text}\n"));
        let started = Instant::now();
        locked(&shared.busy)[worker] = Some((number, started));
        let found = faults(&text, &shared.counts);
        if locked(&shared.busy)[worker].take().is_none() {
            // It was given up and another worker has taken over.
            return;
        }
        let seconds = started.elapsed().as_secs_f64();
        if seconds > 3.0 {
            println!("mutant {number} took {seconds:.1} s\n{text}");
        }
        locked(&shared.wrong).extend(
            found
                .iter()
                .map(|what| format!("mutant {number}: {what}\n{text}")),
        );
        shared.done.fetch_add(1, Ordering::Relaxed);
    }
}

fn spawn(shared: &Arc<Shared>) {
    let worker = {
        let mut busy = locked(&shared.busy);
        busy.push(None);
        busy.len() - 1
    };
    let shared = Arc::clone(shared);
    std::thread::spawn(move || work(&shared, worker));
}

/// Gives up what takes too long.
fn abandoned(shared: &Shared) -> Vec<usize> {
    let mut numbers = Vec::new();
    for slot in locked(&shared.busy).iter_mut() {
        if let Some((number, since)) = slot
            && since.elapsed() > LIMIT
        {
            numbers.push(*number);
            *slot = None;
        }
    }
    numbers
}

#[test]
fn two_thousand_mutants_end_in_problems_or_sane_reports() {
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let shared = Arc::new(Shared {
        models: rows().into_iter().map(|row| row.model).collect(),
        next: AtomicUsize::new(0),
        done: AtomicUsize::new(0),
        counts: Counts::default(),
        wrong: Mutex::new(Vec::new()),
        busy: Mutex::new(Vec::new()),
    });
    (0..workers).for_each(|_| spawn(&shared));
    let mut hanging = 0;
    while shared.done.load(Ordering::Relaxed) < COUNT && hanging < MOST_ABANDONED {
        std::thread::sleep(Duration::from_millis(20));
        for number in abandoned(&shared) {
            let text = text(&shared.models, number);
            locked(&shared.wrong)
                .push(format!("mutant {number} takes more than {LIMIT:?}\n{text}"));
            hanging += 1;
            shared.done.fetch_add(1, Ordering::Relaxed);
            spawn(&shared);
        }
    }
    let wrong = locked(&shared.wrong);
    let derived = shared.counts.derived.load(Ordering::Relaxed);
    let refused = shared.counts.refused_by_the_reader.load(Ordering::Relaxed);
    println!("{derived} derived, {refused} not read");
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
    assert!(
        derived > COUNT / 10 && refused > COUNT / 10,
        "{derived} derived, {refused} not read"
    );
}

/// Prints the outcome of the mutant whose number stands in the variable `MUTANT`.
#[test]
fn a_mutant_that_is_asked_for() {
    let Some(number) = std::env::var("MUTANT").ok().and_then(|n| n.parse().ok()) else {
        return;
    };
    let models: Vec<String> = rows().into_iter().map(|row| row.model).collect();
    let text = text(&models, number);
    println!("{text}");
    let started = Instant::now();
    let found = faults(&text, &Counts::default());
    println!("{found:?} in {:?}", started.elapsed());
}
