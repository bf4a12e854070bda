//! Every model of `examples/` is answered as its snapshot says.

use crate::run::{bartlett, project, without_differences};

#[test]
fn every_example_has_its_page() {
    let mut names: Vec<String> = std::fs::read_dir(project().join("examples"))
        .expect("there are examples")
        .map(|entry| {
            entry
                .expect("it can be read")
                .file_name()
                .into_string()
                .expect("it is UTF-8")
        })
        .filter(|name| name.ends_with(".bart"))
        .collect();
    names.sort();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        let answer = bartlett(&["derive", "-f", &format!("examples/{name}")]);
        let page = format!(
            "{}{}exit status {}\n",
            answer.out, answer.err, answer.status
        );
        insta::assert_snapshot!(name.trim_end_matches(".bart"), without_differences(&page));
    }
}
