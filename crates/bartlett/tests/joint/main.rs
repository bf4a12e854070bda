//! Joint, truncated, censored and ordered models: closed forms against outside numbers.
//! In: `tests/reference/joint.py` and the sources named in the rows. Out: what differs. Never: the program against itself.

use bartlett::report::Closure;
use bartlett::{Model, derive};

/// A model, a point, and the entries of the information on and above the diagonal, by rows.
struct Row {
    model: &'static str,
    at: &'static [(&'static str, f64)],
    entries: &'static [f64],
}

#[rustfmt::skip]
static ROWS: &[Row] = &[
    // tests/reference/joint.py
    Row { model: "y ~ Normal(a, s); censor y to (0, inf)", at: &[("a", 0.3), ("s", 1.2)],
        entries: &[0.607371457736836, 0.220618731554388, 0.776381880559908] },
    Row { model: "x ~ Normal(m, s); truncate x to (-1, 2)", at: &[("m", 0.3), ("s", 1.2)],
        entries: &[0.290727980388233, 0.076055466009149, 0.14498150098672] },
    Row { model: "p(t, d | a, b) = a^d b^(1-d) exp(-(a+b) t); t > 0; d in {0, 1}; a, b > 0", at: &[("a", 0.7), ("b", 1.3)],
        entries: &[0.714285714285714, 0.0, 0.384615384615385] },
    Row { model: "x ~ Poisson(m); censor x to {0, ..., 3}", at: &[("m", 1.7)], entries: &[0.53059011850673] },
    Row { model: "x ~ Poisson(m); truncate x to {2, 3, ...}", at: &[("m", 1.7)], entries: &[0.320805338038005] },
    Row { model: "x ~ OrderedProbit(1/5, [c1, c2])", at: &[("c1", -0.4), ("c2", 0.9)],
        entries: &[0.63439794202525, -0.215077097529333, 0.604505244965407] },
    Row { model: "p(x, y | r) ∝ exp(-(x^2 - 2*r*x*y + y^2)/(2*(1-r^2))); -1 < r < 1; x, y in real", at: &[("r", 0.4)],
        entries: &[1.64399092970502] },
    Row { model: "(x, y) ~ MvStudentT(5, [m, 0], [[a, c], [c, 1]]); c^2 < a", at: &[("m", 0.0), ("a", 1.5), ("c", 0.5)],
        entries: &[0.622222222222222, 0.0, 0.0, 0.213333333333333, -0.213333333333333, 0.835555555555556] },
    Row { model: "(x, y) ~ MvStudentT(5, [m1, m2], [[a, c], [c, b]]); c^2 < a*b; known m2, b, c", at: &[("m1", 0.0), ("m2", 0.0), ("a", 1.5), ("b", 1.0), ("c", 0.5)],
        entries: &[0.622222222222222, 0.0, 0.213333333333333] },
    // trigamma(5/2) and the gamma law: y given x is normal with precision x
    Row { model: "p(x, y | a, b) = b^a*x^(a-1)*exp(-b*x)/gamma(a)*sqrt(x/(2*pi))*exp(-x*y^2/2); a, b > 0; x > 0; y in real",
        at: &[("a", 2.5), ("b", 1.25)], entries: &[0.490357756100235, -0.8, 1.6] },
    // AR(1) with unit variances: (n − 1)(1 + r²)/(1 − r²)²
    Row { model: "x ~ MvNormal([0, 0, 0, 0], [[1, r, r^2, r^3], [r, 1, r, r^2], [r^2, r, 1, r], [r^3, r^2, r, 1]]); -1 < r < 1",
        at: &[("r", 0.5)], entries: &[6.666666666666667] },
    // Marshall and Olkin's shock model without simultaneous shocks, by the rates of the first and the second failure
    Row { model: "p(x, y | a, b) = a*(a + b)*exp(-b*x - a*y); x > 0; y > x; a, b > 0", at: &[("a", 1.0), ("b", 1.0)],
        entries: &[1.25, 0.25, 0.25] },
    // type-I censored exponential: (1 − e^(−λc))/λ²
    Row { model: "t ~ Exponential(l); censor t to (0, 2)", at: &[("l", 0.5)], entries: &[2.528482235314231] },
    // Weibull of known shape: the same in (t/s)^k
    Row { model: "t ~ Weibull(2, s); censor t to (0, 1)", at: &[("s", 1.0)], entries: &[2.528482235314231] },
    // a simplex of a typed density, its components bounded by each other
    Row { model: "p(x, y | a) = gamma(3*a)/gamma(a)^3*(x*y*(1-x-y))^(a-1); x > 0; y > 0; x + y < 1; a > 0", at: &[("a", 1.0)],
        // 3ψ′(1) − 9ψ′(3)
        entries: &[1.3803955989106414] },
];

#[test]
fn closed_forms_have_the_values_of_outside_numbers() {
    let mut wrong = Vec::new();
    for row in ROWS {
        if let Err(why) = judged(row) {
            wrong.push(format!("{}\n    {why}", row.model));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn judged(row: &Row) -> Result<(), String> {
    let model = Model::parse(row.model).map_err(|p| p[0].message.clone())?;
    let report = derive(&model);
    let fisher = report
        .fisher
        .as_ref()
        .ok_or_else(|| report.regularity.findings.join("; "))?;
    if fisher.status != Closure::Closed {
        return Err(format!("{:?}", fisher.status));
    }
    if let Some(check) = report.checks.iter().find(|check| !check.ok) {
        return Err(check.what.clone());
    }
    let point: Vec<_> = row
        .at
        .iter()
        .map(|(name, value)| (bartlett_expr::Symbol::new(name), *value))
        .collect();
    let p = model.parameters.len();
    let upper = (0..p).flat_map(|i| (i..p).map(move |j| (i, j)));
    for ((i, j), expected) in upper.zip(row.entries) {
        let found = fisher.matrix[i][j].value_at(&point);
        if (found - expected).abs() > 1e-11 * expected.abs().max(1.0) {
            return Err(format!("[{i}][{j}] is {found}, not {expected}"));
        }
    }
    Ok(())
}

#[test]
fn what_does_not_close_is_partial_and_judged() {
    for text in [
        "t ~ Weibull(k, s); censor t to (0, c); known c; c > 0",
        "p(u, v | t) = (1 + t)*(u*v)^(-1-t)*(u^(-t) + v^(-t) - 1)^(-2-1/t); u, v in (0, 1); t > 0",
    ] {
        let report = derive(&Model::parse(text).expect("the model reads"));
        let fisher = report.fisher.as_ref().expect("there is an information");
        assert_ne!(fisher.status, Closure::Closed, "{text}");
        assert!(report.checks.iter().all(|check| check.ok), "{text}");
    }
}

#[test]
fn a_count_is_not_cut_off_inside() {
    let problem = Model::parse("x ~ Normal(m, s); truncate x to {0, 1}").expect_err("refused");
    assert!(
        problem[0].message.contains("single points"),
        "{}",
        problem[0].message
    );
}
