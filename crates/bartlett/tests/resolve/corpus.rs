//! Every model of the acceptance corpus is understood, with the parameters that its row lists.

use bartlett::model::Model;

/// Models that are understood but not supported yet.
const LATER: &[&str] = &["for-n-trend"];

#[test]
fn every_model_is_understood() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("models.jsonl").lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("each line is an object");
        let text = row["model"].as_str().expect("a row has a model");
        let id = row["id"].as_str().unwrap_or_default();
        count += 1;
        match Model::parse(text) {
            Err(problems) if LATER.contains(&id) && problems.iter().all(|p| p.refused) => {}
            Err(problems) => {
                wrong.push(problems.iter().map(|p| p.render(text)).collect::<String>())
            }
            Ok(model) => {
                let found: Vec<&str> = model.parameters.iter().map(|s| s.name()).collect();
                let expected: Option<Vec<&str>> = row["parameters"]
                    .as_array()
                    .map(|list| list.iter().filter_map(|v| v.as_str()).collect());
                if expected.is_some_and(|expected| expected != found) {
                    wrong.push(format!("{text}: {found:?}\n"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 200, "only {count} models were read");
}
