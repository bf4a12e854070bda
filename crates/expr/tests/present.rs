//! Presented forms: equal in value, and as short as SymPy's `simplify` makes them.
use bartlett_expr::normal::cancelled;
use bartlett_expr::{
    Constant, Domain, Expr, Facts, Matrix, Symbol, operations, parse_declaring, present,
    present_matrix,
};
use proptest::prelude::*;
use serde_json::Value;

struct Form {
    id: String,
    given: Expr,
    facts: Facts,
    simplified: String,
    typed: usize,
    shortest: usize,
    points: Vec<Vec<(Symbol, f64)>>,
}

/// Closed forms of information matrices with SymPy's operation counts (reference/forms.py).
fn forms() -> Vec<Form> {
    let text = include_str!("reference/forms.jsonl");
    text.lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            let points: Vec<Vec<(Symbol, f64)>> = row["points"]
                .as_array()
                .unwrap()
                .iter()
                .map(|p| {
                    let pairs = p.as_object().unwrap().iter();
                    pairs
                        .filter_map(|(name, v)| Some((Symbol::new(name), v.as_f64()?)))
                        .collect()
                })
                .collect();
            let names: Vec<String> = points[0].iter().map(|(s, _)| s.name().into()).collect();
            let mut facts = Facts::new();
            for name in row["positive"].as_array().unwrap() {
                facts.declare(Symbol::new(name.as_str().unwrap()), Domain::positive());
            }
            let text = row["text"].as_str().unwrap();
            let count = |key: &str| usize::try_from(row[key].as_u64().unwrap()).unwrap();
            Form {
                id: row["id"].as_str().unwrap().into(),
                given: parse_declaring(text, names.iter().map(String::as_str))
                    .unwrap_or_else(|problem| panic!("{text}: {problem:?}")),
                facts,
                simplified: row["simplified"].as_str().unwrap().into(),
                typed: count("typed_operations"),
                shortest: count("simplified_operations"),
                points,
            }
        })
        .collect()
}

#[test]
fn closed_forms_are_as_short_as_sympy_makes_them() {
    let mut total = 0;
    let mut ratios = Vec::new();
    let mut slow = Vec::new();
    for form in forms() {
        // Not as typed, but as a computation leaves it: one fraction, numerator and denominator expanded.
        let given = cancelled(&form.given);
        let start = std::time::Instant::now();
        let short = present(&form.facts, &given);
        slow.push((start.elapsed().as_secs_f64() * 1e3, form.id.clone()));
        for point in &form.points {
            let (a, b) = (form.given.value_at(point), short.value_at(point));
            let same = (a - b).abs() <= 1e-8 * a.abs().max(1e-3) || a.is_nan();
            assert!(same, "{}: {a} became {b}: {short:?}", form.id);
        }
        let count = operations(&short);
        total += count;
        let ratio = (count as f64 + 1.0) / (form.shortest as f64 + 1.0);
        ratios.push((ratio, form.id.clone()));
        if count > form.shortest || std::env::var("ALL_FORMS").is_ok() {
            println!(
                "{:30} {count:4} against {:4} (typed {:4}): {}\n{:54}{}",
                form.id,
                form.shortest,
                form.typed,
                short.text(),
                "",
                form.simplified
            );
        }
    }
    ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
    slow.sort_by(|a, b| a.0.total_cmp(&b.0));
    println!("slowest (ms): {:?}", &slow[slow.len() - 8..]);
    println!("median time (ms): {:?}", slow[slow.len() / 2]);
    println!("greatest ratios: {:?}", &ratios[ratios.len() - 8..]);
    let median = ratios[ratios.len() / 2].0;
    let longer = ratios.iter().filter(|r| r.0 > 1.0).count();
    println!(
        "{total} operations, median ratio {median}, {longer} of {} longer",
        ratios.len()
    );
    assert!(median <= 1.0, "median ratio {median}");
    let (worst, id) = &ratios[ratios.len() - 1];
    assert!(*worst <= 2.0, "{id}: {worst} times SymPy's length");
}

/// Symbols a to d and n, x above 0, p in (0, 1).
fn facts() -> Facts {
    let mut facts = Facts::new();
    for name in [
        "a", "b", "c", "d", "n", "x", "nu", "sigma", "alpha", "s", "xi",
    ] {
        facts.declare(Symbol::new(name), Domain::positive());
    }
    let unit = Domain::interval(Expr::zero(), false, Expr::one(), false);
    facts.declare(Symbol::new("p"), unit);
    facts
}

#[test]
fn textbook_forms() {
    let facts = facts();
    for (given, printed) in [
        ("1/p + 1/(1 - p)", "1/(p*(1 - p))"),
        (
            "(nu^2 + nu)/(nu*sigma^2*(nu + 3))",
            "(nu + 1)/(sigma^2*(nu + 3))",
        ),
        ("trigamma(alpha + 1) + 1/alpha^2", "trigamma(alpha)"),
        ("trigamma(alpha) - 1/alpha^2", "trigamma(alpha + 1)"),
        (
            "(6*EulerGamma^2 - 12*EulerGamma + 6 + pi^2)/(6*alpha^2)",
            "(pi^2/6 + (1 - EulerGamma)^2)/alpha^2",
        ),
        ("pi^2/(9*s^2) + 1/(3*s^2)", "(pi^2 + 3)/(9*s^2)"),
        ("(2*a + 2*b)/(sigma^2*(a + b))", "2/sigma^2"),
        ("gamma(a + 1)/gamma(a)", "a"),
        ("2*xi*gamma(2*xi)", "gamma(2*xi + 1)"),
        ("1 - 2*p + p^2", "(1 - p)^2"),
        ("sqrt(a)*sqrt(b)", "sqrt(a*b)"),
        ("log(a) - log(b)", "log(a/b)"),
        ("exp(-(x - a)^2)", "exp(-(x - a)^2)"),
        ("sin(x)^2 + cos(x)^2", "1"),
        (
            "alpha*(x/sigma)^alpha/sigma - alpha/sigma",
            "alpha*((x/sigma)^alpha - 1)/sigma",
        ),
        (
            "x^2/sigma^3 - 2*x*m/sigma^3 + m^2/sigma^3 - 1/sigma",
            "(x - m)^2/sigma^3 - 1/sigma",
        ),
        ("8*(nu + 1)/(s^2*(2*nu + 6))", "4*(nu + 1)/(s^2*(nu + 3))"),
        ("1 - cos(x)^2", "sin(x)^2"),
        ("1/(1 - p) - 1/(1 + p)", "2*p/(1 - p^2)"),
    ] {
        let e = bartlett_expr::parse(given).unwrap();
        let form = present(&facts, &e);
        assert_eq!(form.text(), printed, "{given}");
        assert_eq!(present(&facts, &form), form, "{given} is not settled");
    }
}

#[test]
fn operations_are_counted_as_sympy_counts_them() {
    for form in forms() {
        // SymPy counts the expression as typed; what our constructors fold on reading may differ by little.
        let count = operations(&form.given);
        let (low, high) = (form.typed * 7 / 10, form.typed * 13 / 10 + 2);
        assert!(
            count >= low.saturating_sub(2) && count <= high,
            "{}: {count} against {} in {}",
            form.id,
            form.typed,
            form.given.text()
        );
    }
}

fn expression() -> impl Strategy<Value = Expr> {
    let name = prop_oneof![Just("a"), Just("b"), Just("c"), Just("x"), Just("p")];
    let leaf = prop_oneof![
        (-3_i64..5).prop_map(Expr::integer),
        name.prop_map(Expr::symbol),
        Just(Expr::pi()),
        Just(Expr::constant(Constant::EulerGamma)),
    ];
    leaf.prop_recursive(4, 20, 2, |inner| {
        let call = |f: &'static str, e: Expr| Expr::function(f, [e]);
        prop_oneof![
            3 => (inner.clone(), inner.clone()).prop_map(|(x, y)| x + y),
            3 => (inner.clone(), inner.clone()).prop_map(|(x, y)| x * y),
            2 => (inner.clone(), inner.clone()).prop_map(|(x, y)| x / y),
            1 => (inner.clone(), -2_i64..4).prop_map(|(x, n)| x.powi(n)),
            1 => inner.clone().prop_map(|x| (x.powi(2) + 1).sqrt()),
            1 => inner.clone().prop_map(move |x| call("log", x.powi(2) + 1)),
            1 => inner.clone().prop_map(|x| (-x).exp()),
            1 => inner.clone().prop_map(move |x| call("trigamma", x.powi(2) + Expr::symbol("a"))),
            1 => Just(call("digamma", Expr::symbol("a") + 1)),
            1 => Just(call("gamma", Expr::symbol("b") + 2) / call("gamma", Expr::symbol("b"))),
            1 => inner.prop_map(move |x| call("sin", x)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn presenting_keeps_the_value(e in expression()) {
        let form = present(&facts(), &e);
        let mut compared = 0;
        for seed in 0..6_u32 {
            let point: Vec<(Symbol, f64)> = ["a", "b", "c", "x", "p"]
                .iter()
                .zip(1_u32..)
                .map(|(name, k)| {
                    let u = f64::from((seed * 37 + k * 61 + 13) % 101) / 101.0;
                    (Symbol::new(name), if *name == "p" { 0.05 + 0.9 * u } else { 0.2 + 2.5 * u })
                })
                .collect();
            let (before, after) = (e.value_at(&point), form.value_at(&point));
            if !before.is_finite() || before.abs() > 1e12 {
                continue;
            }
            compared += 1;
            // Cancellation in the given form costs digits: its own rounding is judged by a nearby point.
            let nearby: Vec<(Symbol, f64)> = point.iter().map(|(s, v)| (s.clone(), v * (1.0 + 1e-13))).collect();
            let noise = (e.value_at(&nearby) - before).abs() * 100.0;
            let same = (before - after).abs() <= 1e-7 * before.abs().max(1e-6) + noise;
            prop_assert!(same, "{} became {}: {before} and {after}", e.text(), form.text());
        }
        prop_assert!(compared > 0 || e.value_at(&[]).is_nan());
        prop_assert!(operations(&form) <= operations(&e) + 8, "{} became {}", e.text(), form.text());
    }
}

#[test]
fn a_matrix_is_presented_with_one_choice_of_functions() {
    let facts = facts();
    let e = |text: &str| bartlett_expr::parse(text).unwrap();
    let matrix = Matrix::from_rows(vec![
        vec![e("digamma(a + 1) + trigamma(a + 1)"), e("digamma(a)/b")],
        vec![e("digamma(a)/b"), e("trigamma(a)")],
    ])
    .unwrap();
    let printed = present_matrix(&facts, &matrix);
    let arguments: std::collections::BTreeSet<String> =
        bartlett_expr::topological(printed.entries())
            .iter()
            .filter_map(|node| Some(node.as_call_of("polygamma")?[1].text()))
            .collect();
    assert_eq!(arguments.len(), 1, "{printed:?}");
    assert!(printed.is_symmetric());
}
