//! Joint, repeated, truncated and censored data: each kind of model that textbooks name, by status, rank and checks; some by numbers.

use crate::run::bartlett;
use serde_json::Value;

fn derived(model: &str) -> Value {
    let answer = bartlett(&["derive", model, "--format", "json"]);
    assert_eq!(answer.status, 0, "{model}: {}", answer.err);
    serde_json::from_str(&answer.out).expect("it is JSON")
}

/// Status of the information, rank where it is singular, the model.
const MODELS: &[(&str, Option<usize>, &str)] = &[
    // repeated
    (
        "closed",
        None,
        "for t in [0, 1, 2, 4]: y ~ Normal(a + b*t, s)",
    ),
    (
        "closed",
        None,
        "known n, t; for i in 1..n: y[i] ~ Normal(a*exp(-k*t[i]) + c, s)",
    ),
    (
        "closed",
        None,
        "known n, s; for t in 0..n-1: y[t] ~ Normal(A*cos(w*t + p), s); A > 0; 0 < w < pi",
    ),
    (
        "closed",
        None,
        "known n, s, w; for t in 0..n-1: y[t] ~ Normal(A*sin(w*t - p), s); A > 0; 0 < w < pi",
    ),
    (
        "closed",
        None,
        "known n, t, s; for i in 1..n: y[i] ~ Normal(a*exp(-d*t[i])*cos(w*t[i] + p), s); a, d, w > 0",
    ),
    (
        "closed",
        None,
        "known n, s; for i in 1..n: y[i] ~ Normal(a*exp(-(i - tau)^2/2), s)",
    ),
    (
        "closed",
        None,
        "known n, x; for i in 1..n: y[i] ~ Normal(V*x[i]/(K + x[i]), s); V, K > 0",
    ),
    // links; one row does not tell an intercept from a slope
    (
        "closed",
        Some(1),
        "y ~ Bernoulli(logistic(a + b*x)); known x",
    ),
    ("closed", Some(1), "y ~ Bernoulli(Phi(a + b*x)); known x"),
    (
        "closed",
        Some(1),
        "y ~ Bernoulli(1 - exp(-exp(a + b*x))); known x",
    ),
    ("closed", Some(1), "y ~ Poisson(exp(a + b*x)); known x"),
    (
        "closed",
        Some(2),
        "y ~ Gamma(k, k*exp(-(a + b*x))); known x",
    ),
    (
        "closed",
        Some(2),
        "m = logistic(a + b*x); y ~ Beta(m*f, (1 - m)*f); known x; f > 0",
    ),
    (
        "partial",
        None,
        "y ~ NegBinomial2(exp(a + b*x), phi); known x",
    ),
    (
        "closed",
        Some(2),
        "known x; y ~ Weibull(1/s, exp(a + b*x)); s > 0",
    ),
    (
        "closed",
        Some(1),
        "d ~ Normal(sqrt((x - u)^2 + (y - v)^2), s); known u, v, s",
    ),
    // ordered
    (
        "closed",
        Some(2),
        "y ~ OrderedLogistic(eta, [c1, c2]); c1 < c2",
    ),
    (
        "closed",
        Some(2),
        "known x; d = 1 + exp(a1 + b*x) + exp(a1 + a2 + 2*b*x); y ~ Categorical([1/d, exp(a1 + b*x)/d, exp(a1 + a2 + 2*b*x)/d])",
    ),
    (
        "closed",
        Some(2),
        "known x; h1 = logistic(a1 + b*x); h2 = logistic(a2 + b*x); y ~ Categorical([h1, (1 - h1)*h2, (1 - h1)*(1 - h2)])",
    ),
    // hidden states and mixtures
    (
        "closed",
        None,
        "x ~ Categorical([p^2 + 2*p*r, q^2 + 2*q*r, 2*p*q, r^2]); r = 1 - p - q; p, q > 0; p + q < 1",
    ),
    (
        "closed",
        None,
        "x ~ Multinomial(n, [1/2 + t/4, (1 - t)/4, (1 - t)/4, t/4]); known n; 0 < t < 1",
    ),
    (
        "closed",
        None,
        "x ~ Categorical([p^2 + f*p*(1 - p), 2*p*(1 - p)*(1 - f), (1 - p)^2 + f*p*(1 - p)]); 0 < p < 1; 0 < f < 1",
    ),
    (
        "numeric",
        None,
        "p(x | w) = w*exp(-x^2/2)/sqrt(2*pi) + (1 - w)*exp(-(x - 2)^2/2)/sqrt(2*pi); x in real; 0 < w < 1",
    ),
    (
        "numeric",
        None,
        "p(x | w) = (w*exp(-1) + (1 - w)*3^x*exp(-3))/x!; x in {0, 1, ...}; 0 < w < 1",
    ),
    // cut
    ("closed", None, "x ~ Normal(mu, s); truncate x to (0, inf)"),
    (
        "closed",
        None,
        "x ~ Exponential(lambda); truncate x to (0, c); known c",
    ),
    (
        "closed",
        None,
        "x ~ Poisson(lambda); truncate x to {1, 2, ...}",
    ),
    (
        "closed",
        None,
        "t ~ Exponential(lambda); censor t to (0, c); known c",
    ),
    (
        "closed",
        None,
        "p(x, y | lambda) = 6*lambda^2*exp(-lambda*x)*exp(-2*lambda*y); 0 < x < y; lambda > 0",
    ),
    (
        "closed",
        Some(2),
        "y ~ Normal(a + b*t, s); known t; censor y to (0, inf)",
    ),
    (
        "closed",
        None,
        "x ~ Poisson(lambda); censor x to {0, 1, ..., 3}",
    ),
    (
        "closed",
        Some(1),
        "t ~ Weibull(k, s*exp(-b*z)); known k, z, c; censor t to (0, c)",
    ),
    (
        "partial",
        None,
        "t ~ Weibull(k, s); known c; censor t to (0, c)",
    ),
];

#[test]
fn models_of_many_and_of_cut_data_close_and_are_checked() {
    let mut wrong = String::new();
    for (status, rank, model) in MODELS {
        let page = derived(model);
        let checks = page["checks"].as_array().expect("there are checks");
        let findings = page["regularity"]["findings"].to_string();
        let singular = findings.contains("the information is singular");
        let expected = rank.is_none_or(|rank| findings.contains(&format!("rank {rank} of")));
        if page["fisher"]["status"] != *status
            || checks.is_empty()
            || checks.iter().any(|check| check["ok"] != true)
            || singular != rank.is_some()
            || !expected
            || findings.contains("sin(w) = 0")
        {
            wrong.push_str(&format!(
                "{model}: {}\n{findings}\n",
                page["fisher"]["status"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn entry(page: &Value, i: usize, j: usize) -> &str {
    page["fisher"]["matrix"][i][j]["text"]
        .as_str()
        .expect("text")
}

#[test]
fn a_regression_of_any_number_of_rows_prints_its_sums() {
    let page = derived("known n, t; for i in 1..n: y[i] ~ Normal(a + b*t[i], s)");
    for (i, j, text) in [
        (0, 0, "n/s^2"),
        (0, 1, "sum(i, 1, n, t[i])/s^2"),
        (1, 1, "sum(i, 1, n, t[i]^2)/s^2"),
        (0, 2, "0"),
        (2, 2, "2*n/s^2"),
    ] {
        assert_eq!(entry(&page, i, j), text);
    }
    let answer = bartlett(&[
        "eval",
        "known n, t; for i in 1..n: y[i] ~ Normal(a + b*t[i], s)",
        "--at",
        "a=0, b=1, s=2, n=4, t=[0,1,2,4]",
        "--format",
        "json",
    ]);
    let page: Value = serde_json::from_str(&answer.out).expect("it is JSON");
    assert_eq!(
        page["fisher"],
        serde_json::json!([[1.0, 1.75, 0.0], [1.75, 5.25, 0.0], [0.0, 0.0, 2.0]])
    );
}

/// The slopes of a mean at a row and a point.
type Slopes = fn(f64, [f64; 3]) -> [f64; 3];

/// Σ over the rows of ∂m ∂mᵀ/s², m the mean of a row: for normal data with known s.
#[test]
fn sampled_sinusoids_have_the_sums_of_their_rows() {
    let means: [(&str, &str, Slopes); 2] = [
        ("A*cos(w*t + p)", "A, w, p", |t, [a, w, p]| {
            let u = w * t + p;
            [u.cos(), -a * t * u.sin(), -a * u.sin()]
        }),
        ("A*sin(w*(t - p))", "A, w, p", |t, [a, w, p]| {
            let u = w * (t - p);
            [u.sin(), a * (t - p) * u.cos(), -a * w * u.cos()]
        }),
    ];
    for (mean, names, slopes) in means {
        let model =
            format!("known n, s; for t in 0..n-1: y[t] ~ Normal({mean}, s); A > 0; 0 < w < pi");
        let (at, s) = ([1.7, 0.45, 0.3], 0.8);
        for n in [1, 2, 7, 40] {
            let point = format!("A=1.7,w=0.45,p=0.3,s=0.8,n={n}");
            let answer = bartlett(&[
                "eval", &model, "--params", names, "--at", &point, "--format", "json",
            ]);
            assert_eq!(answer.status, 0, "{}", answer.err);
            let page: Value = serde_json::from_str(&answer.out).expect("it is JSON");
            for i in 0..3 {
                for j in 0..3 {
                    let expected: f64 = (0..n)
                        .map(|t| slopes(f64::from(t), at))
                        .map(|m| m[i] * m[j] / (s * s))
                        .sum();
                    let found = page["fisher"][i][j].as_f64().expect("a number");
                    assert!(
                        (found - expected).abs() < 1e-9 * (1.0 + expected.abs()),
                        "{mean}, n = {n}, ({i}, {j}): {found} and {expected}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_step_that_a_symbolic_end_does_not_allow_says_what_to_type() {
    let answer = bartlett(&[
        "fisher",
        "known n; for t in {0, 2, ..., n}: y[t] ~ Poisson(a*exp(b*t))",
    ]);
    assert!(
        answer.status != 0 && answer.err.contains("for k in 1..m"),
        "{}",
        answer.err
    );
}
