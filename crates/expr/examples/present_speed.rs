//! Times of presented forms, given as one expanded fraction: `cargo run --release --example present_speed [EXPRESSION]`.
use bartlett_expr::normal::cancelled;
use bartlett_expr::{Domain, Expr, Facts, parse, parse_declaring, present};
use std::time::Instant;

fn time(name: &str, e: &Expr) -> (f64, String) {
    let mut facts = Facts::new();
    for symbol in e.free_symbols() {
        facts.declare(symbol, Domain::positive());
    }
    let mut best = f64::INFINITY;
    let mut text = String::new();
    for _ in 0..5 {
        let start = Instant::now();
        let form = present(&facts, e);
        best = best.min(start.elapsed().as_secs_f64() * 1e3);
        text = form.text();
    }
    (best, format!("{name}: {text}"))
}

fn main() {
    if let Some(text) = std::env::args().nth(1) {
        match parse(&text) {
            Ok(e) => println!("{:?}", time("given", &e)),
            Err(problem) => println!("{problem:?}"),
        }
        return;
    }
    let mut times: Vec<(f64, String)> = include_str!("../tests/reference/forms.jsonl")
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|row| {
            let names: Vec<&String> = row["points"][0].as_object()?.keys().collect();
            let e =
                parse_declaring(row["text"].as_str()?, names.iter().map(|n| n.as_str())).ok()?;
            Some(time(row["id"].as_str()?, &cancelled(&e)))
        })
        .collect();
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    for part in [50, 75, 90, 95, 99] {
        println!("{part} % below {:.3} ms", times[times.len() * part / 100].0);
    }
    for (ms, text) in times.iter().rev().take(30).rev() {
        println!("{ms:9.3} ms {}", text.chars().take(150).collect::<String>());
    }
}
