//! Whatever is typed, the program says something sane and leaves with 0, 1 or 2.

use crate::run::{bartlett, with_input};

fn sane(arguments: &[&str], input: &[u8]) {
    let answer = with_input(arguments, input);
    let shown = String::from_utf8_lossy(&input[..input.len().min(80)]).into_owned();
    assert!(
        (0..=2).contains(&answer.status),
        "{arguments:?} {shown:?}: {}",
        answer.status
    );
    assert!(
        !answer.err.contains("internal error"),
        "{arguments:?} {shown:?}: {}",
        answer.err
    );
    assert!(
        answer.status == 0 || !answer.err.is_empty(),
        "{arguments:?} {shown:?} does not say why"
    );
}

#[test]
fn odd_models_do_no_harm() {
    let deep = format!("log p(x|a) = {}x{}", "(".repeat(20_000), ")".repeat(20_000));
    let long = format!("log p(x|a) = x{}", " + x".repeat(50_000));
    let unary = format!("log p(x|a) = {}x", "-".repeat(50_000));
    let power = format!("log p(x|a) = x{}", "^2".repeat(20_000));
    for input in [
        &b""[..],
        b"\n\n",
        b"---\n---",
        b"#",
        b"\xff\xfe",
        b"\0",
        b"\xef\xbb\xbfx ~ Normal(mu, sigma)\r\n",
        b"x ~ ",
        b"x ~ Normal(x, x)",
        b"p(x|x) = x",
        b"p(|) = 1",
        b"sigma > 0",
        b"log p(x|a) = a^(10^10^10)",
        b"log p(x|a) = 1e999999999 x",
        b"x ~ Poisson(1/0)",
        b"x ~ Normal(mu, 0)",
        b"x ~ Normal(mu, -1)",
        b"x in (1, 0); p(x|a) = a",
        deep.as_bytes(),
        long.as_bytes(),
        unary.as_bytes(),
        power.as_bytes(),
    ] {
        sane(&["derive", "-"], input);
        sane(&["fisher", "-", "--format", "json"], input);
    }
}

#[test]
fn odd_options_do_no_harm() {
    let model = "x ~ Normal(mu, sigma)";
    for arguments in [
        &["eval", model, "--at", ""][..],
        &["eval", model, "--at", "mu"],
        &["eval", model, "--at", "mu=1/0,sigma=1"],
        &["eval", model, "--at", "mu=x,sigma=1"],
        &["eval", model, "--at", "mu=1e308,sigma=1e-308"],
        &["eval", model, "--at", "mu=0,sigma=1e-300"],
        &["eval", model, "--at", "mu=0,mu=1,sigma=1"],
        &[
            "eval",
            model,
            "--at",
            "mu=-1,sigma=1,x=-inf",
            "--what",
            "score",
        ],
        &["check", model, "--at", "mu=1e308,sigma=1e-308"],
        &["fisher", model, "--n", ""],
        &["fisher", model, "--n", "-n"],
        &["fisher", model, "--n", "0"],
        &["fisher", model, "--n", "((("],
        &["fisher", model, "--known", "-"],
        &["fisher", model, "--known", "mu,sigma"],
        &["fisher", model, "--params", ""],
        &["fisher", model, "--params", "nope"],
        &["fisher", model, "--where", "-1"],
        &["fisher", model, "--jobs", "0"],
        &["fisher", "-f", "."],
        &["families", ""],
        &["families", "*"],
        &["families", "***a***"],
        &["families", "Ω"],
    ] {
        sane(arguments, b"");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_problem() {
    let program = env!("CARGO_BIN_EXE_bartlett");
    let output = std::process::Command::new("sh")
        .args([
            "-c",
            &format!(
                "'{program}' families | head -1; '{program}' families --format json | head -c 10"
            ),
        ])
        .output()
        .expect("there is a shell");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn options_take_values_that_begin_with_a_hyphen() {
    let answer = bartlett(&[
        "eval",
        "x ~ Normal(-mu, 1)",
        "--at",
        "mu=-3",
        "--what",
        "fisher",
        "--format",
        "json",
    ]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let answer = bartlett(&[
        "fisher",
        "p(x|b) = -1/b exp(x/b); x > 0",
        "--where",
        "-b > 0",
    ]);
    assert_ne!(answer.status, 101, "{}", answer.err);
}
