//! The maximum-likelihood estimator under another law: pseudo-true values as maxima of the mean log-likelihood, and the sandwich, by
//! quadrature and differences from the two densities alone.

use bartlett::check::{Sampler, expectations};
use bartlett::misspecified::{beside, misspecified};
use bartlett::model::Options;
use bartlett::quantity::Value;
use bartlett::reading::Reading;
use bartlett::{Expr, Model, Symbol};

fn model(text: &str) -> Model {
    let options = Options {
        without_parameters: true,
        ..Options::default()
    };
    Model::parse_with(text, &options).unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
}

fn reading(text: &str, truth: &str) -> Reading {
    let model = model(text);
    let versus = beside(&model, &self::model(truth)).expect("they have the same data");
    let report = bartlett::derive(&model);
    misspecified(&report, &versus).unwrap_or_else(|why| panic!("{text} under {truth}: {why}"))
}

fn value<'a>(reading: &'a Reading, key: &str) -> &'a Value {
    let found = reading.quantities.iter().find(|q| q.key == key);
    &found.unwrap_or_else(|| panic!("there is no {key}")).value
}

/// Model, truth, what the pseudo-true values are (parseable), or nothing where the equation is not solved.
static ROWS: &[(&str, &str, &[&str])] = &[
    ("x ~ Poisson(l)", "x ~ NegBinomial2(m, phi)", &["m"]),
    ("x ~ Poisson(l)", "x ~ Binomial(n, p); known n", &["n*p"]),
    (
        "x ~ Normal(mu, sigma)",
        "x ~ Gamma(a, b)",
        &["a/b", "sqrt(a)/b"],
    ),
    (
        "x ~ Normal(mu, sigma)",
        "x ~ Logistic(m, s)",
        &["m", "pi*s/sqrt(3)"],
    ),
    (
        "x ~ Laplace(mu, b)",
        "x ~ Normal(m, s)",
        &["m", "s*sqrt(2/pi)"],
    ),
    (
        "x ~ Exponential(r)",
        "x ~ Weibull(k, s)",
        &["1/(s*gamma(1 + 1/k))"],
    ),
    ("x ~ Exponential(r)", "x ~ Uniform(0, c)", &["2/c"]),
    ("x ~ Rayleigh(s)", "x ~ Exponential(r)", &["1/r"]),
    (
        "x ~ LogNormal(m, s)",
        "x ~ Gamma(a, b)",
        &["digamma(a) - log(b)", "sqrt(trigamma(a))"],
    ),
    ("x ~ Bernoulli(p)", "x ~ Bernoulli(q)", &["q"]),
    ("x ~ Gamma(a, b)", "x ~ LogNormal(m, s)", &[]),
    ("x ~ Weibull(k, s)", "x ~ Gamma(a, b)", &[]),
];

#[test]
fn the_estimator_under_another_law() {
    for (text, truth, wanted) in ROWS {
        let reading = reading(text, truth);
        assert!(
            !reading.is_refused(),
            "{text} under {truth}: {:?}",
            reading.refusal
        );
        assert!(
            reading.checks.iter().all(|c| c.ok),
            "{text}: {:?}",
            reading.checks
        );
        let solved = match value(&reading, "pseudo_true") {
            Value::Vector(values) => Some(values.clone()),
            _ => None,
        };
        assert_eq!(solved.is_some(), !wanted.is_empty(), "{text} under {truth}");
        let Value::Matrix(sandwich) = value(&reading, "asymptotic_covariance") else {
            panic!("{text} under {truth}: no covariance");
        };
        let estimated = model(text);
        let law = model(truth);
        let mut judged = 0;
        let mut sampler = Sampler::new(&law, 11);
        for _ in 0..4 {
            let mut point = sampler.point().expect("the domain is not empty");
            match &solved {
                Some(values) => {
                    for (name, (value, wanted)) in
                        estimated.parameters.iter().zip(values.iter().zip(*wanted))
                    {
                        let number = value.value_at(&point);
                        let exact = bartlett_expr::formula(wanted).value_at(&point);
                        assert!(
                            (number - exact).abs() < 1e-12 * exact.abs().max(1e-3),
                            "{text} under {truth}: {name} = {number}, not {exact}"
                        );
                        point.push((name.clone(), number));
                    }
                }
                // the covariance of the formula holds for any values of the parameters, with the variance of the score
                None => {
                    let mut own = Sampler::new(&estimated, 3 + judged);
                    point.extend(own.point().expect("the domain is not empty"));
                }
            }
            judged += u64::from(agrees(&estimated, &law, &point, sandwich, solved.is_some()));
        }
        assert!(
            judged >= 2,
            "{text} under {truth} was judged {judged} times"
        );
    }
}

/// A⁻¹ J A⁻ᵀ from quadrature of the log-likelihood and its differences.
fn agrees(
    estimated: &Model,
    law: &Model,
    point: &[(Symbol, f64)],
    sandwich: &[Vec<Expr>],
    solved: bool,
) -> bool {
    let parameters = &estimated.parameters;
    let p = parameters.len();
    let log_density = &estimated.observations[0].density.log_density;
    let score = log_density.gradient(parameters).expect("it has a score");
    let mut asked: Vec<Expr> = score.clone();
    for i in 0..p {
        for j in 0..p {
            asked.push(&score[i] * &score[j]);
        }
    }
    let density = &law.observations[0].density;
    let mean = |point: &[(Symbol, f64)]| -> Option<Vec<f64>> {
        let mut facts = law.facts.clone();
        for (symbol, domain) in estimated.facts.domains() {
            if parameters.contains(symbol) {
                facts.declare(symbol.clone(), domain.clone());
            }
        }
        let found = expectations(density, &facts, &asked, point);
        found
            .values
            .iter()
            .map(|v| v.is_sure().then_some(v.value))
            .collect()
    };
    let Some(here) = mean(point) else {
        return false;
    };
    let j = |i: usize, k: usize| here[p + i * p + k] - here[i] * here[k];
    if solved {
        for (i, value) in here[..p].iter().enumerate() {
            let size = here[p + i * p + i].sqrt();
            assert!(
                value.abs() < 1e-6 * size,
                "the mean score is {value} against {size}"
            );
        }
    }
    // A = −∂E[s]/∂θ by differences
    let mut a = vec![vec![0.0; p]; p];
    for (k, name) in parameters.iter().enumerate() {
        let at = point
            .iter()
            .find(|(s, _)| s == name)
            .expect("it is there")
            .1;
        let h = 1e-3 * at.abs().max(1e-2);
        let moved = |by: f64| {
            let moved: Vec<(Symbol, f64)> = point
                .iter()
                .map(|(s, v)| (s.clone(), if s == name { v + by } else { *v }))
                .collect();
            mean(&moved)
        };
        let (Some(up), Some(down), Some(up2), Some(down2)) =
            (moved(h), moved(-h), moved(2.0 * h), moved(-2.0 * h))
        else {
            return false;
        };
        for i in 0..p {
            let slope = (8.0 * (up[i] - down[i]) - (up2[i] - down2[i])) / (12.0 * h);
            a[i][k] = -slope;
        }
    }
    // A V Aᵀ = J
    for i in 0..p {
        for k in 0..p {
            let mut sum = 0.0;
            for (l, row) in sandwich.iter().enumerate() {
                for (m, entry) in row.iter().enumerate() {
                    sum += a[i][l] * entry.value_at(point) * a[k][m];
                }
            }
            let size = (j(i, i) * j(k, k)).sqrt();
            assert!(
                (sum - j(i, k)).abs() < 1e-5 * size,
                "{} under {} at {point:?}: A V A' = {sum}, J = {}",
                estimated.text,
                law.text,
                j(i, k)
            );
        }
    }
    true
}

#[test]
fn what_has_no_covariance_is_refused() {
    for (text, truth, why) in [
        ("x ~ Normal(mu, sigma)", "x ~ Cauchy(m, s)", "diverges"),
        ("x ~ Exponential(r)", "x ~ Normal(m, s)", "does not cover"),
        ("x ~ Uniform(0, b)", "x ~ Uniform(0, c)", "support"),
        ("x ~ Geometric(p)", "x ~ Poisson(l)", "does not cover"),
        (
            "y ~ Normal(a + b*t, 1); known t",
            "y ~ Normal(m, 2)",
            "singular",
        ),
    ] {
        let reading = reading(text, truth);
        let refusal = reading
            .refusal
            .unwrap_or_else(|| panic!("{text} under {truth} is answered"));
        assert!(
            refusal.why.join(" ").contains(why),
            "{text} under {truth}: {refusal:?}"
        );
    }
}

#[test]
fn a_truth_inside_the_model_gives_the_inverse_information() {
    let text = "x ~ Gumbel(m, s)";
    let reading = reading(text, "x ~ Gumbel(m0, s0)");
    assert_eq!(reading.regularity.information_identity, Some(true));
    let Value::Matrix(rows) = value(&reading, "asymptotic_covariance") else {
        panic!("no covariance");
    };
    let crb = bartlett::derive(&model(text))
        .crb
        .expect("it has a bound")
        .matrix;
    let known = |m: &str, s: &str| [(Symbol::new(m), 0.3), (Symbol::new(s), 1.7)];
    let (own, there) = (known("m", "s"), known("m0", "s0"));
    let at: Vec<(Symbol, f64)> = own.iter().chain(&there).cloned().collect();
    for (row, wanted) in rows.iter().flatten().zip(crb.iter().flatten()) {
        let (found, wanted) = (row.value_at(&at), wanted.value_at(&at));
        assert!((found - wanted).abs() < 1e-10, "{found} against {wanted}");
    }
}
