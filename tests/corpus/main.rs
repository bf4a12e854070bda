//! The corpus: every model derived, every answer compared with its reference numbers.
//! In: `rows/*.jsonl`, `expected_failures.txt`. Out: what is wrong. Never: a tolerated wrong number.

mod verdict;

use bartlett_tests::corpus::{expected_failures, rows};
use bartlett_tests::parallel::each;
use bartlett_tests::patience::{Ended, within};
use std::time::{Duration, Instant};
use verdict::{Verdict, judge};

/// What one row may take; code that is not optimized is slower.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 10 });

/// Prints the verdict on the rows whose names stand in the variable `CORPUS_ROWS`, separated by commas.
#[test]
fn rows_that_are_asked_for() {
    let wanted = std::env::var("CORPUS_ROWS").unwrap_or_default();
    let wanted: Vec<&str> = wanted.split(',').filter(|w| !w.is_empty()).collect();
    for row in rows()
        .iter()
        .filter(|row| wanted.contains(&row.id.as_str()))
    {
        let started = Instant::now();
        println!(
            "{}: {:?} in {:.3} s",
            row.id,
            judge(row),
            started.elapsed().as_secs_f64()
        );
    }
}

#[test]
fn every_row_is_right_or_listed() {
    let rows = rows();
    let listed = expected_failures();
    assert!(rows.len() >= 160, "{} rows", rows.len());
    let verdicts = each(&rows, |row| {
        let mine = row.clone();
        match within(LIMIT, move || judge(&mine)) {
            Ended::Done(verdict, seconds) => (verdict, seconds),
            Ended::Panicked(words) => (Verdict::Wrong(format!("panic: {words}")), 0.0),
            Ended::Hanging => (Verdict::Lacking(format!("takes more than {LIMIT:?}")), 0.0),
        }
    });
    let mut complaints = Vec::new();
    let mut right = 0;
    for (row, (verdict, seconds)) in rows.iter().zip(&verdicts) {
        let reason = listed
            .iter()
            .find(|(id, _)| *id == row.id)
            .map(|(_, reason)| reason);
        if *seconds > 5.0 {
            println!("slow {}: {seconds:.1} s", row.id);
        }
        match (verdict, reason) {
            (Verdict::Right, None) => right += 1,
            (Verdict::Right, Some(_)) => {
                right += 1;
                complaints.push(format!(
                    "{}: passes; take it off expected_failures.txt",
                    row.id
                ));
            }
            (Verdict::Wrong(what), _) => complaints.push(format!("{}: WRONG {what}", row.id)),
            (Verdict::Lacking(what), None) => complaints.push(format!("{}: {what}", row.id)),
            (Verdict::Lacking(what), Some(reason)) => {
                println!("expected {}: {what} ({reason})", row.id)
            }
        }
    }
    for (id, _) in &listed {
        if !rows.iter().any(|row| row.id == *id) {
            complaints.push(format!("{id}: listed, but no row"));
        }
    }
    println!("{right} of {} right", rows.len());
    assert!(
        complaints.is_empty(),
        "{} complaints\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}
