//! Every model of the corpus is read, with every name declared.

use bartlett::model::statement::{Vocabulary, statements};
use bartlett::model::statement_check::unknown_names;

const MODELS: &str = include_str!("models.txt");

#[test]
fn the_models_of_the_corpus_are_read() {
    let vocabulary = Vocabulary::standard();
    let mut count = 0;
    for model in MODELS.split("\n---\n") {
        match statements(model, &vocabulary) {
            Ok(read) => {
                assert_eq!(read.warnings, [], "{model}");
                let unknown: Vec<_> = unknown_names(&read.value, &vocabulary)
                    .iter()
                    .map(|problem| problem.render(model))
                    .collect();
                assert!(unknown.is_empty(), "{model}\n{}", unknown.concat());
            }
            Err(problems) => panic!(
                "{}",
                problems
                    .iter()
                    .map(|problem| problem.render(model))
                    .collect::<String>()
            ),
        }
        count += 1;
    }
    assert!(count >= 180, "{count}");
}

#[test]
fn the_textbook_lines_are_read() {
    let text = "log p(x|μ,σ) = -log(√(2πσ²)) - (x-μ)²/(2σ²)\nlog q(k|p) = k log p + (1-k) log(1-p)";
    let read = statements(text, &Vocabulary::standard()).expect("both lines are well formed");
    assert_eq!(read.value.len(), 2);
    assert_eq!(read.warnings, []);
}

#[test]
fn the_rows_of_the_catalogue_are_read() {
    let vocabulary = Vocabulary::standard();
    for row in bartlett_laws::FAMILIES.iter().copied().flatten() {
        let names: Vec<&str> = row
            .parameters
            .iter()
            .map(|parameter| parameter.name)
            .chain(["x"])
            .collect();
        let domains = row
            .parameters
            .iter()
            .map(|parameter| parameter.domain)
            .chain([row.data]);
        for text in domains {
            if let Err(problems) =
                bartlett::model::statement::statements_beside(text, &vocabulary, &names)
            {
                panic!(
                    "{}: {}",
                    row.name,
                    problems
                        .iter()
                        .map(|problem| problem.render(text))
                        .collect::<String>()
                );
            }
        }
        if let Err(problem) = bartlett_expr::parse_declaring(row.log_density, names.iter().copied())
        {
            panic!("{}: {}", row.name, problem.render(row.log_density));
        }
    }
}
