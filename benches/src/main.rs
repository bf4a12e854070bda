//! Answers requests for measurements, one a line, so that a driver can ask this program and others in turn.
//! In: `family case size` on standard input. Out: one JSON object a line. Never: a figure of the wall's clock where the processor's will do.

mod algebra;
mod clock;
mod columns;
mod densities;
mod growth;
mod numbers;
mod whole;

use clock::{forget_peak, mean_of, megabytes, processor};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.is_empty() {
        println!("{}", with_peak(answer(&arguments.join(" "))));
        return;
    }
    let mut out = std::io::stdout();
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        forget_peak();
        let value = with_peak(answer(&line));
        let written = writeln!(out, "{value}").and_then(|()| out.flush());
        if written.is_err() {
            return;
        }
    }
}

/// The same with the peak of memory, where it is an answer without one.
fn with_peak(mut value: Value) -> Value {
    if let Some(fields) = value.as_object_mut()
        && !fields.contains_key("peak")
    {
        fields.insert("peak".to_owned(), json!(megabytes("VmHWM")));
    }
    value
}

/// What is asked: `densities NAME`, `growth CASE SIZE`, `algebra CASE SIZE`, `columns NAME POINTS`, `numbers NAME`, `rows COUNT`,
/// `rows-derived COUNT`, `many COUNT`, `threads COUNT`, `derive MODEL`, `describe MODEL`, `nothing`.
fn answer(line: &str) -> Value {
    let (family, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (case, size) = rest.split_once(' ').unwrap_or((rest, ""));
    let number = |text: &str| text.trim().parse::<usize>().unwrap_or(0);
    match family {
        "nothing" => json!({}),
        "densities" if case == "all" => {
            let all = densities::all();
            let begin = processor();
            for density in &all {
                std::hint::black_box(density.derivatives());
            }
            json!({"t": processor() - begin})
        }
        "densities" => {
            let density = densities::named(case);
            json!({"t": mean_of(0.005, || density.derivatives())})
        }
        "growth" => {
            let begin = processor();
            let Some((e, symbols)) = growth::build(case, number(size)) else {
                return json!({"fail": "not known"});
            };
            let found = densities::score_and_hessian(&e, &symbols);
            let seconds = processor() - begin;
            let nodes = bartlett_expr::live_nodes();
            drop(found);
            json!({"t": seconds, "nodes": nodes})
        }
        "algebra" => match algebra::run(case, number(size)) {
            Some((seconds, terms)) => json!({"t": seconds, "terms": terms}),
            None => json!({"fail": "not known"}),
        },
        "columns" => {
            let (prepared, seconds, sums) = columns::run(case, number(size));
            json!({"t": seconds, "prepared": prepared, "sums": sums})
        }
        "numbers" => {
            let (seconds, entries, sure) = numbers::run(case);
            json!({"t": seconds, "entries": entries, "sure": sure})
        }
        "rows" => {
            let count = number(case);
            let begin = processor();
            let model = whole::rows(count);
            let likelihood = &model.observations[0].density.log_density;
            std::hint::black_box(densities::score_and_hessian(likelihood, &model.parameters));
            json!({"t": processor() - begin})
        }
        "rows-derived" => {
            let begin = processor();
            std::hint::black_box(bartlett::derive(&whole::rows(number(case))));
            json!({"t": processor() - begin})
        }
        "many" => whole::many(number(case)),
        "threads" => whole::threads(number(case)),
        "derive" => match bartlett::Model::parse(&rest.replace("\\n", "\n")) {
            Ok(model) => json!({"t": mean_of(0.0, || bartlett::derive(&model))}),
            Err(_) => json!({"fail": "no model"}),
        },
        "describe" => whole::described(&rest.replace("\\n", "\n")),
        _ => json!({"fail": "not known"}),
    }
}
