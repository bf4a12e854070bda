//! Models with mistakes in them: whatever is typed ends in problems or in a sane report, soon, and never in a panic.
//! In: the corpus, a seed. Out: what is wrong. Never: two different runs.

mod mutate;
mod sane;

use bartlett::derive;
use bartlett::model::Model;
use bartlett_tests::corpus::rows;
use bartlett_tests::parallel::each;
use bartlett_tests::patience::{Ended, within};
use bartlett_tests::random::Random;
use mutate::mutant;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const SEED: u64 = 0x5EED_0006;
const COUNT: usize = 2000;

/// What one mutant may take; code that is not optimized is slower.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 10 });

/// The text of a mutant by its number.
fn text(models: &[String], number: usize) -> String {
    mutant(models, &mut Random::new(SEED ^ ((number as u64) << 20)))
}

/// What is wrong with the outcome, and whether the text was read.
fn outcome(text: &str) -> (Vec<String>, bool) {
    match Model::parse(text) {
        Err(problems) => (sane::problems(&problems, text), false),
        Ok(model) => (sane::report(&derive(&model)), true),
    }
}

/// Mutants that may hang before the run is given up: their threads run on.
const MOST_HANGING: usize = 8;

#[test]
fn two_thousand_mutants_end_in_problems_or_sane_reports() {
    let models: Vec<String> = rows().into_iter().map(|row| row.model).collect();
    let hanging = AtomicUsize::new(0);
    let read = AtomicUsize::new(0);
    let numbers: Vec<usize> = (0..COUNT).collect();
    let wrong = each(&numbers, |&number| {
        if hanging.load(Ordering::Relaxed) >= MOST_HANGING {
            return vec![format!("mutant {number} was not tried")];
        }
        let text = text(&models, number);
        let name = format!("mutant-{}.txt", number % 4);
        // An abort (a stack that is exhausted) can be told from outside only.
        let trace = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::write(trace, format!("{number}\n{text}\n"));
        let mutant = text.clone();
        let found = match within(LIMIT, move || outcome(&mutant)) {
            Ended::Done((found, was_read), seconds) => {
                if seconds > 2.0 {
                    println!("mutant {number} took {seconds:.1} s\n{text}");
                }
                read.fetch_add(usize::from(was_read), Ordering::Relaxed);
                found
            }
            Ended::Panicked(words) => vec![format!("panic: {words}")],
            Ended::Hanging => {
                hanging.fetch_add(1, Ordering::Relaxed);
                vec![format!("takes more than {LIMIT:?}")]
            }
        };
        let complaint = |what: &String| format!("mutant {number}: {what}\n{text}");
        found.iter().map(complaint).collect()
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    let read = read.load(Ordering::Relaxed);
    println!("{read} of {COUNT} read");
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
    assert!(
        read > COUNT / 20 && read < COUNT / 2,
        "{read} of {COUNT} read: the mistakes are of one kind"
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
    let found = outcome(&text);
    println!("{found:?} in {:?}", started.elapsed());
}
