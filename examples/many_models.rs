//! Several models at once: what each answers, refuses or does not understand, by way of the types of the library.
//! In: nothing. Out: a line a model on standard output. Never: an input or a file.

use bartlett::Model;
use bartlett::report::Closure;

/// Runs the example.
///
/// # Panics
/// If the library is broken.
pub fn main() {
    let mut answers = Vec::new();
    for text in [
        "x ~ Gamma(alpha, beta)",
        "p(x | mu, b) = exp(-abs(x - mu)/b)/(2b); b > 0; x in real",
        "x ~ Uniform(0, theta)",
        "x ~ Nromal(mu, sigma)",
    ] {
        let answer = answer(text);
        println!("{text}: {answer}");
        answers.push(answer);
    }
    assert_eq!(
        answers[0],
        "closed, [[trigamma(alpha), -1/beta], [-1/beta, alpha/beta^2]]"
    );
    assert!(answers[2].starts_with("refused: "));
    assert!(answers[3].starts_with("not understood: "));
}

fn answer(text: &str) -> String {
    let model = match Model::parse(text) {
        Ok(model) => model,
        Err(problems) => return format!("not understood: {}", problems[0]),
    };
    let report = bartlett::derive(&model);
    match &report.fisher {
        None => format!("refused: {}", report.regularity.findings.join("; ")),
        Some(fisher) => {
            let closure = match fisher.status {
                Closure::Closed => "closed",
                Closure::Partial => "partly closed",
                Closure::Numeric => "numeric",
            };
            let rows: Vec<String> = fisher
                .matrix
                .iter()
                .map(|row| {
                    format!(
                        "[{}]",
                        row.iter()
                            .map(bartlett::Expr::text)
                            .collect::<Vec<_>>()
                            .join(", ")
                    )
                })
                .collect();
            format!("{closure}, [{}]", rows.join(", "))
        }
    }
}
