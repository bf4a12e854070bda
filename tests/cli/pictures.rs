//! Pictures and code: what is written, and what is refused.

use crate::run::bartlett;
use std::path::Path;

/// A file of its own for one test.
fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    path.to_string_lossy().into_owned()
}

#[test]
fn svg_names_what_it_shows() {
    let path = file("all.svg");
    let what = "score,information,ellipse";
    let answer = bartlett(&[
        "plot",
        "x ~ Gamma(alpha, beta)",
        "--what",
        what,
        "-o",
        &path,
    ]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let text = std::fs::read_to_string(&path).expect("it was written");
    for part in [
        "<svg",
        "∂/∂α",
        "I(α, β)",
        "information of x ~ Gamma(alpha, beta)",
        "β",
    ] {
        assert!(text.contains(part), "{part} is missing");
    }
    assert!(!text.contains("NaN") && !text.contains("inf\""));
}

#[test]
fn derive_draws_besides() {
    let path = file("derive.png");
    let answer = bartlett(&["derive", "x ~ Poisson(lambda)", "--plot", &path]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(answer.out.contains("Fisher information"));
    let bytes = std::fs::read(&path).expect("it was written");
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
}

#[test]
fn pictures_that_cannot_be_are_refused() {
    let path = file("none.svg");
    for (arguments, status, said) in [
        (
            vec!["x ~ Normal(mu, sigma)", "-o", "a.pdf"],
            2,
            "neither an SVG nor a PNG",
        ),
        (
            vec!["x ~ Uniform(0, b)", "--what", "information", "-o", &path],
            1,
            "no Fisher information",
        ),
        (
            vec!["x ~ Poisson(l)", "--what", "ellipse", "-o", &path],
            1,
            "needs two parameters",
        ),
        (
            vec!["x ~ Poisson(l)", "--over", "m=1..2", "-o", &path],
            2,
            "no such symbol",
        ),
        (
            vec!["x ~ Poisson(l)", "--over", "l=2..1", "-o", &path],
            2,
            "does not go up",
        ),
        (
            vec!["x ~ Poisson(l)", "--over", "l=1..2", "-o", &path],
            2,
            "--at x=",
        ),
        (
            vec!["x ~ Poisson(l)", "-o", "/nowhere/a.svg"],
            1,
            "cannot be written",
        ),
    ] {
        let mut all = vec!["plot"];
        all.extend(&arguments);
        let answer = bartlett(&all);
        assert_eq!(answer.status, status, "{arguments:?}: {}", answer.err);
        assert!(answer.err.contains(said), "{arguments:?}: {}", answer.err);
    }
    assert!(!Path::new(&path).exists());
}

#[test]
fn code_that_cannot_be_is_refused() {
    for (arguments, status, said) in [
        (vec!["x ~ Normal(mu, sigma)"], 2, "--to"),
        (
            vec!["x ~ Normal(mu, sigma)", "--to", "cobol"],
            2,
            "invalid value",
        ),
        (
            vec!["x ~ Normal(mu, sigma)", "--to", "c", "--at", "mu=0"],
            2,
            "belong to `--to sql`",
        ),
        (
            vec!["x ~ Normal(mu, sigma)", "--to", "c", "--prefix", "1"],
            2,
            "no beginning of a name",
        ),
        (
            vec!["x ~ Uniform(0, b)", "--to", "c", "--what", "fisher"],
            1,
            "no Fisher information",
        ),
        (
            vec!["x ~ NegBinomial2(mu, phi)", "--to", "c", "--what", "fisher"],
            1,
            "open infinite sum",
        ),
    ] {
        let mut all = vec!["emit"];
        all.extend(&arguments);
        let answer = bartlett(&all);
        assert_eq!(answer.status, status, "{arguments:?}: {}", answer.err);
        assert!(answer.err.contains(said), "{arguments:?}: {}", answer.err);
        assert!(answer.out.is_empty());
    }
    let usual = bartlett(&["emit", "x ~ NegBinomial2(mu, phi)", "--to", "c"]);
    assert_eq!(usual.status, 0, "{}", usual.err);
    assert!(
        usual
            .out
            .contains("// not here: fisher[2, 2] holds an open infinite sum"),
        "{}",
        usual.out
    );
}
