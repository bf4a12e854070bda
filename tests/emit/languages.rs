//! Functions in programming languages.

use crate::models::{Asked, models};
use crate::software::{directory, is_there, numbers, output, python};
use bartlett_expr::Kind;
use bartlett_expr::print::program::{Lacking, Routine, Shape, TARGETS, Target, source};

/// A routine with its model.
struct Written<'a> {
    asked: &'a Asked,
    routine: &'a Routine,
}

fn is_open(e: &bartlett::Expr) -> bool {
    e.any_node(&|n| matches!(n.kind(), Kind::Bound(..)))
}

/// The routines that the target can have; every refusal names what is lacking.
fn possible<'a>(target: &Target, models: &'a [Asked], open: bool) -> (Vec<Written<'a>>, usize) {
    let (mut found, mut refused) = (Vec::new(), 0);
    for asked in models {
        for routine in &asked.routines {
            match source(target, &[], std::slice::from_ref(routine)) {
                Ok(_) if !open && routine.rows.iter().flatten().any(is_open) => {}
                Ok(_) => found.push(Written { asked, routine }),
                Err(Lacking::Function { function, .. }) => {
                    assert!(function.contains('('), "{function}");
                    refused += 1;
                }
                Err(Lacking::Open { expression, .. }) => {
                    assert!(expression.contains('('), "{expression}");
                    refused += 1;
                }
                Err(other) => panic!("{}: {other}", asked.text),
            }
        }
    }
    (found, refused)
}

fn program(target: &Target, found: &[Written<'_>]) -> String {
    let routines: Vec<Routine> = found.iter().map(|w| w.routine.clone()).collect();
    source(target, &["a test".to_owned()], &routines).expect("each alone could be written")
}

/// Compares a line of numbers a routine.
fn compare(target: &Target, found: &[Written<'_>], printed: &str, tolerance: f64, at_least: usize) {
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), found.len(), "{printed}");
    let (mut compared, mut wrong) = (0, String::new());
    for (written, line) in found.iter().zip(lines) {
        let expected = written.asked.numbers(written.routine);
        let given = numbers(line);
        assert_eq!(
            given.len(),
            expected.len(),
            "{}: {line}",
            written.routine.name
        );
        let size = expected
            .iter()
            .filter(|v| v.is_finite())
            .fold(0.0, |m: f64, v| m.max(v.abs()));
        // An inverse of integrals magnifies their errors, and the evaluator may give one up.
        let open = written.routine.rows.iter().flatten().any(is_open);
        if open && (written.routine.name.ends_with("crb") || expected.iter().any(|v| v.is_nan())) {
            continue;
        }
        let inverse = written.routine.name.ends_with("crb");
        let tolerance = if open || inverse { 1e-4 } else { tolerance };
        let near = |(a, b): (&f64, &f64)| {
            (a - b).abs() <= tolerance * (b.abs() + 0.01 * size.min(1.0))
                || (!a.is_finite() && !b.is_finite())
        };
        compared += usize::from(expected.iter().all(|v| v.is_finite()));
        if !given.iter().zip(&expected).all(near) {
            wrong.push_str(&format!(
                "{} of {}: {given:?} instead of {expected:?} at {:?}\n",
                written.routine.name, written.asked.text, written.asked.point
            ));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{wrong}", target.name);
    assert!(
        compared >= at_least,
        "{}: only {compared} were compared",
        target.name
    );
}

/// `f(1.0, 2.0)`
fn call(written: &Written<'_>, spelled: impl Fn(f64) -> String) -> String {
    let values: Vec<String> = written
        .asked
        .arguments(written.routine)
        .into_iter()
        .map(spelled)
        .collect();
    format!("{}({})", written.routine.name, values.join(", "))
}

fn named(name: &str) -> &'static Target {
    Target::named(name).expect("it is a target")
}

#[test]
fn rust_programs_run() {
    if !is_there("rustc", &["--version"], "rustc", true) {
        return;
    }
    let (target, models) = (named("rust"), models(0));
    let (found, _) = possible(target, models, true);
    let mut text = program(target, &found);
    text.push_str("\nfn main() {\n");
    for written in &found {
        let call = call(written, |v| format!("{v:?}"));
        let entries = match written.routine.shape {
            Shape::Scalar => format!("vec![{call}]"),
            Shape::Vector => format!("{call}.to_vec()"),
            Shape::Matrix => format!("{call}.concat()"),
        };
        text.push_str(&format!(
            "    println!(\"{{}}\", {entries}.iter().map(|v| format!(\"{{v:e}}\")).collect::<Vec<_>>().join(\" \"));\n"
        ));
    }
    text.push_str("}\n");
    let place = directory("rust");
    std::fs::write(place.join("main.rs"), text).expect("it can be written");
    output(
        "rustc",
        &[
            "--edition",
            "2021",
            "-D",
            "warnings",
            "-A",
            "non_snake_case",
            "main.rs",
        ],
        &place,
    );
    let printed = output("./main", &[], &place);
    compare(target, &found, &printed, 1e-10, 120);
}

#[test]
fn c_programs_run() {
    if !is_there("cc", &["--version"], "a C compiler", false) {
        return;
    }
    let (target, models) = (named("c"), models(1));
    let (found, _) = possible(target, models, true);
    let mut text = program(target, &found);
    text.push_str("\n#include <stdio.h>\nint main(void)\n{\n    double v[64];\n    int i;\n");
    for written in &found {
        let call = call(written, |v| format!("{v:?}"));
        let open = call.trim_end_matches(')');
        let rows = &written.routine.rows;
        let line = match written.routine.shape {
            Shape::Scalar => format!("v[0] = {call};"),
            Shape::Vector => format!("{open}, v);"),
            Shape::Matrix => format!("{open}, (double (*)[{}])v);", rows[0].len()),
        };
        let count = rows.iter().map(Vec::len).sum::<usize>();
        text.push_str(&format!(
            "    {line}\n    for (i = 0; i < {count}; i++) printf(\"%.17g \", v[i]);\n    puts(\"\");\n"
        ));
    }
    text.push_str("    return 0;\n}\n");
    let place = directory("c");
    std::fs::write(place.join("main.c"), text).expect("it can be written");
    output(
        "cc",
        &[
            "-std=c99", "-Wall", "-Werror", "-o", "main", "main.c", "-lm",
        ],
        &place,
    );
    let printed = output("./main", &[], &place);
    compare(target, &found, &printed, 1e-10, 120);
}

fn run_python(name: &str, probe: &str, setting: &str, first: usize, at_least: usize, needed: bool) {
    let what = format!("Python 3 with {probe}");
    if !is_there(
        &python(),
        &["-c", &format!("import {probe}")],
        &what,
        needed,
    ) {
        return;
    }
    let (target, models) = (named(name), models(first));
    let (found, _) = possible(target, models, name != "sympy");
    let mut text = format!("{setting}\n{}", program(target, &found));
    text.push_str("\nimport warnings\nwarnings.simplefilter('ignore')\n");
    for written in &found {
        let call = call(written, |v| format!("{v:?}"));
        let line = match name {
            "sympy" => format!(
                "print(*[N(e, 17) for e in (lambda m: list(m) if hasattr(m, 'shape') else [m])({})])",
                call.replace("inf", "oo")
            ),
            _ => format!("print(*[repr(float(v)) for v in np.ravel({call})])"),
        };
        text.push_str(&line);
        text.push('\n');
    }
    let text = text.replacen(
        "import jax.numpy as jnp",
        "import jax.numpy as jnp\nimport numpy as np",
        1,
    );
    let place = directory(name);
    std::fs::write(place.join("main.py"), text).expect("it can be written");
    let printed = output(&python(), &["main.py"], &place);
    compare(target, &found, &printed, 1e-8, at_least);
}

#[test]
fn numpy_programs_run() {
    run_python("numpy", "numpy, scipy", "", 2, 120, true);
}

#[test]
fn jax_programs_run() {
    let setting = "import jax\njax.config.update('jax_enable_x64', True)";
    run_python("jax", "jax", setting, 0, 100, false);
}

#[test]
fn sympy_programs_run() {
    run_python("sympy", "sympy", "", 1, 100, true);
}

#[test]
fn numpy_functions_broadcast() {
    if !is_there(
        &python(),
        &["-c", "import numpy, scipy"],
        "Python 3 with numpy, scipy",
        true,
    ) {
        return;
    }
    let model = bartlett::Model::parse("x ~ Gamma(a, b)").expect("it is a model");
    let report = bartlett::derive(&model);
    let routines: Vec<Routine> = [
        bartlett::emission::Emitted::Score,
        bartlett::emission::Emitted::Hessian,
    ]
    .iter()
    .filter_map(|what| what.routine(&report, ""))
    .collect();
    let mut text = source(named("numpy"), &[], &routines).expect("NumPy has digamma");
    text.push_str(
        "x = np.array([1, 2, 3])\ns = score(x, 2.0, 3.0)\nh = hessian(x, 2.0, 3.0)\nassert s.shape == (2, 3), s.shape\nassert h.shape == (2, 2), h.shape\n\
         assert np.allclose(s[:, 1], score(2.0, 2.0, 3.0))\nassert score(x[:, None], np.array([1, 2]), 3).shape == (2, 3, 2)\n",
    );
    let place = directory("broadcast");
    std::fs::write(place.join("main.py"), text).expect("it can be written");
    output(&python(), &["main.py"], &place);
}

#[test]
fn r_programs_run() {
    if !is_there("Rscript", &["--version"], "R", false) {
        return;
    }
    let (target, models) = (named("r"), models(1));
    let (found, _) = possible(target, models, true);
    let mut text = program(target, &found);
    for written in &found {
        let call = call(written, |v| format!("{v:?}"));
        text.push_str(&format!("cat(format(t({call}), digits = 17), '\\n')\n"));
    }
    let place = directory("r");
    std::fs::write(place.join("main.R"), text).expect("it can be written");
    let printed = output("Rscript", &["--vanilla", "main.R"], &place);
    compare(target, &found, &printed, 1e-8, 120);
}

/// Where no interpreter is at hand: brackets balance, no name is left over, and what cannot be written is refused by name.
#[test]
fn every_target_writes_or_refuses() {
    for first in 0..3 {
        let models = models(first);
        for target in TARGETS {
            let (found, refused) = possible(target, models, true);
            assert!(
                found.len() > 100,
                "{}: {} written, {refused} refused",
                target.name,
                found.len()
            );
            let text = program(target, &found);
            let code: String = text
                .lines()
                .filter(|line| {
                    !line.trim_start().starts_with(['#', '/', '%']) && !line.contains("(*")
                })
                .collect();
            for (open, close) in [('(', ')'), ('[', ']'), ('{', '}')] {
                assert_eq!(
                    code.matches(open).count(),
                    code.matches(close).count(),
                    "{}: {open}{close}",
                    target.name
                );
            }
            assert!(
                !text.contains(['…', '#']) || target.comment[0] == "# " || target.name == "c",
                "{}",
                target.name
            );
        }
    }
}

#[test]
fn what_a_target_lacks_is_named() {
    let model = bartlett::Model::parse("x ~ Binomial(n, p); known n").expect("it is a model");
    let report = bartlett::derive(&model);
    let fisher = bartlett::emission::Emitted::Fisher
        .routine(&report, "")
        .expect("it has one");
    for target in TARGETS {
        assert!(
            source(target, &[], std::slice::from_ref(&fisher)).is_ok(),
            "{}",
            target.name
        );
    }
    let mut odd = fisher;
    odd.rows = vec![vec![bartlett_expr::formula("besselj(p, n)")]];
    let said = source(named("jax"), &[], &[odd]).expect_err("JAX has no such function");
    assert_eq!(
        said.to_string(),
        "JAX has no function `besselj(p, n)`, which fisher[1, 1] needs"
    );
}
