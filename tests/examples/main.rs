//! The library examples of `examples/*.rs` run.
//! In: nothing. Out: test results. Never: an assertion that an example does not make itself.

#[path = "../../examples/many_models.rs"]
mod many_models;
#[path = "../../examples/ten_lines.rs"]
mod ten_lines;

#[test]
fn ten_lines_runs() {
    ten_lines::main();
}

#[test]
fn many_models_runs() {
    many_models::main();
}

#[test]
fn every_library_example_is_run() {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");
    let mut names: Vec<String> = std::fs::read_dir(directory)
        .expect("there are examples")
        .filter_map(|entry| {
            entry
                .expect("it can be read")
                .file_name()
                .into_string()
                .ok()
        })
        .filter(|name| name.ends_with(".rs"))
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["many_models.rs", "ten_lines.rs"],
        "add the new one above"
    );
}
