//! Tables in Parquet, written by DuckDB: the same fit as from CSV, or a clear word where the program was built without.

use crate::fit::{fitted, number};
use crate::run::bartlett;

const FILE: &str = "tests/data/spector.parquet";

fn asked(model: &str, file: &str) -> crate::run::Answer {
    bartlett(&["fit", model, "--data", file, "--format", "json"])
}

#[test]
fn a_parquet_file_gives_the_fit_of_the_same_numbers_in_csv() {
    let model = "GRADE ~ Bernoulli(logistic(b0 + b1*GPA + b2*TUCE + b3*PSI)); known GPA, TUCE, PSI";
    let found = asked(model, FILE);
    if !cfg!(feature = "parquet") {
        assert_eq!((found.status, found.out.as_str()), (1, ""));
        assert!(found.err.contains("--features parquet"), "{}", found.err);
        return;
    }
    let (found, expected) = (
        fitted(&found),
        fitted(&asked(model, "tests/data/spector.csv")),
    );
    assert_eq!(found["estimates"], expected["estimates"]);
    assert_eq!(found["standard_errors"], expected["standard_errors"]);
    // bytes, decimals of 32 and 64 bits, single precision, and integers beyond 2³¹ without a sign
    let mean = |column: &str| {
        let fit = fitted(&asked(&format!("{column} ~ Normal(m, s)"), FILE));
        number(&fit["estimates"]["m"])
    };
    let grade = fitted(&asked("GPA ~ Normal(m, s)", "tests/data/spector.csv"));
    let grade = number(&grade["estimates"]["m"]);
    for column in ["GPA", "GPA2", "GPA3"] {
        assert!(
            (mean(column) - grade).abs() < 1e-12,
            "{column}: {}",
            mean(column)
        );
    }
    assert!((mean("TUCE2") - mean("TUCE")).abs() < 1e-12);
    assert!(
        (mean("large") - mean("TUCE") - 3e9).abs() < 1e-3,
        "{}",
        mean("large")
    );
}

#[test]
fn what_is_no_number_in_parquet_is_refused_with_its_place() {
    if !cfg!(feature = "parquet") {
        return;
    }
    for (column, file, words) in [
        ("name", FILE, "column `name` holds no numbers"),
        ("day", FILE, "column `day` holds dates or times"),
        (
            "holed",
            FILE,
            "row 21: column `holed`: the value is missing",
        ),
        ("nothing", FILE, "no column is called `nothing`"),
        (
            "GPA",
            "tests/data/zstd.parquet",
            "snappy, gzip or no compression",
        ),
    ] {
        let answer = asked(&format!("{column} ~ Normal(m, s)"), file);
        assert_eq!((answer.status, answer.out.as_str()), (1, ""), "{column}");
        assert!(answer.err.contains(words), "{}", answer.err);
    }
    let whole = std::fs::read(crate::run::project().join(FILE)).expect("it is there");
    let cut = crate::fit::temporary("cut.parquet");
    std::fs::write(&cut, &whole[..whole.len() / 2]).expect("it can be written");
    let answer = asked("GPA ~ Normal(m, s)", &cut.to_string_lossy());
    std::fs::remove_file(&cut).expect("it is ours");
    assert!(
        answer.status == 1 && answer.err.contains("cannot be read"),
        "{}",
        answer.err
    );
}
