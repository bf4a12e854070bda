//! Divergence, geometry, further bounds, order and reduction against numbers and identities that hold for every regular model.

use bartlett::check::{Sampler, expectations};
use bartlett::divergence::divergence;
use bartlett::further_bounds::{Asked, bhattacharyya, chapman_robbins, van_trees};
use bartlett::geometry::{Distance, distance, geometry};
use bartlett::model::Options;
use bartlett::order::order;
use bartlett::quantity::Value;
use bartlett::reading::Reading;
use bartlett::reduced::{Reduction, reduced};
use bartlett::report::Closure;
use bartlett::versus::Versus;
use bartlett::{Expr, Model, Symbol};
use bartlett_expr::formula;

fn model(text: &str) -> Model {
    Model::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
}

fn law(text: &str) -> Model {
    let options = Options {
        without_parameters: true,
        ..Options::default()
    };
    Model::parse_with(text, &options).unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
}

fn value<'a>(reading: &'a Reading, key: &str) -> &'a Value {
    let found = reading.quantities.iter().find(|q| q.key == key);
    &found.unwrap_or_else(|| panic!("there is no {key}")).value
}

fn scalar(reading: &Reading, key: &str) -> Expr {
    match value(reading, key) {
        Value::Scalar(e) => e.clone(),
        other => panic!("{key} is {other:?}"),
    }
}

fn all_ok(reading: &Reading) {
    assert!(
        reading.checks.iter().all(|check| check.ok),
        "{}: {:?}",
        reading.model.text,
        reading.checks
    );
}

fn primed(model: &Model) -> Vec<(Symbol, Expr)> {
    let prime = |p: &Symbol| (p.clone(), Expr::symbol(&format!("{p}_there")));
    model.parameters.iter().map(prime).collect()
}

/// A deterministic sample of the catalogue: shapes, supports and parametrizations that differ.
static SAMPLE: &[&str] = &[
    "x ~ Normal(mu, sigma)",
    "x ~ Gamma(a, b)",
    "x ~ Beta(a, b)",
    "x ~ Weibull(k, s)",
    "x ~ Gumbel(m, s)",
    "x ~ LogNormal(m, s)",
    "x ~ InverseGamma(a, b)",
    "x ~ Exponential(r)",
    "x ~ Rayleigh(s)",
    "x ~ Poisson(l)",
    "x ~ Geometric(p)",
    "x ~ Bernoulli(p)",
    "x ~ Binomial(n, p); known n",
    "x ~ NegBinomial2(m, f); known f",
    "x ~ Categorical([p, q, 1 - p - q])",
    "x ~ VonMises(m, k)",
    "y ~ Normal(a + b*t, s); known t, s; z ~ Normal(a, s)",
];

#[test]
fn kullback_leibler_is_not_negative_and_its_second_difference_is_the_information() {
    for text in SAMPLE {
        let model = model(text);
        let report = bartlett::derive(&model);
        let fisher = report.fisher.as_ref().expect("it has an information");
        let there = primed(&model);
        let versus = Versus::point(&model, &there).expect("it is understood");
        let reading = divergence(&report, &versus).unwrap_or_else(|why| panic!("{text}: {why}"));
        all_ok(&reading);
        let kl = scalar(&reading, "kullback_leibler");
        let mut sampler = Sampler::new(&versus.first, 5);
        let mut judged = 0;
        for _ in 0..20 {
            let point = sampler.point().expect("the domain is not empty");
            let value = kl.value_at(&point);
            assert!(value >= -1e-9, "{text}: {value} at {point:?}");
            // the Hessian in the second point at the first, by differences
            let at = |steps: &[(usize, f64)]| {
                let mut moved = point.clone();
                for (i, (p, prime)) in model.parameters.iter().zip(&there).enumerate() {
                    let here = point.iter().find(|(s, _)| s == p).expect("it is there").1;
                    let step: f64 = steps.iter().filter(|(j, _)| *j == i).map(|(_, h)| h).sum();
                    let name = prime.1.as_symbol().expect("it is a name");
                    for (_, value) in moved.iter_mut().filter(|(s, _)| s == name) {
                        *value = here + step;
                    }
                }
                kl.value_at(&moved)
            };
            let first = point.iter().find(|(s, _)| *s == model.parameters[0]);
            let h = 2e-3 * first.expect("it is there").1.abs().clamp(0.05, 1.0);
            for i in 0..model.parameters.len() {
                let wanted = fisher.matrix[i][i].value_at(&point);
                let found = (at(&[(i, h)]) + at(&[(i, -h)]) - 2.0 * at(&[])) / (h * h);
                if found.is_finite() && wanted * h * h < 2e-5 {
                    let size = wanted.abs().max(1e-3);
                    assert!(
                        (found - wanted).abs() < 2e-2 * size,
                        "{text}: {found} against {wanted} at {point:?}"
                    );
                    judged += 1;
                }
            }
        }
        assert!(judged > 3, "{text} was judged {judged} times");
    }
}

#[test]
fn divergences_of_the_textbooks() {
    let cases = [
        (
            "x ~ Laplace(m, b)",
            "m = 1; b = 2",
            vec![("m", 0.3), ("b", 0.7)],
            0.7 / 2.0 * (-0.7_f64 / 0.7).exp() + 0.35 + (2.0_f64 / 0.7).ln() - 1.0,
        ),
        ("x ~ Uniform(0, b)", "b = 3", vec![("b", 2.0)], 1.5_f64.ln()),
        (
            "x ~ Uniform(0, b)",
            "b = 3",
            vec![("b", 4.0)],
            f64::INFINITY,
        ),
        (
            "x ~ Exponential(r)",
            "r = 3",
            vec![("r", 2.0)],
            (2.0_f64 / 3.0).ln() + 0.5,
        ),
        (
            "x ~ Geometric(p)",
            "p = 1/2",
            vec![("p", 0.25)],
            (0.5_f64).ln() + 3.0 * (1.5_f64).ln(),
        ),
    ];
    for (text, second, at, wanted) in cases {
        let model = model(text);
        let values: Vec<(Symbol, Expr)> = second
            .split(';')
            .map(|part| part.split_once('=').expect("an assignment"))
            .map(|(name, e)| (Symbol::new(name.trim()), formula(e.trim())))
            .collect();
        let versus = Versus::point(&model, &values).expect("it is understood");
        let reading = divergence(&bartlett::derive(&model), &versus).expect("it is checked");
        let at: Vec<(Symbol, f64)> = at.into_iter().map(|(n, v)| (Symbol::new(n), v)).collect();
        let found = scalar(&reading, "kullback_leibler").value_at(&at);
        assert!(
            found == wanted || (found - wanted).abs() < 1e-10,
            "{text}: {found} against {wanted}"
        );
    }
}

#[test]
fn a_law_that_does_not_cover_the_model_is_infinitely_far() {
    for (first, second) in [
        ("x ~ Normal(m, s)", "x ~ Exponential(1)"),
        ("x ~ Poisson(l)", "x ~ Geometric(1/3)"),
        ("x ~ Poisson(l)", "x ~ Exponential(1)"),
    ] {
        let versus = Versus::model(&model(first), &law(second)).expect("it is understood");
        let reading =
            divergence(&bartlett::derive(&model(first)), &versus).expect("it is answered");
        assert_eq!(
            scalar(&reading, "kullback_leibler"),
            Expr::infinity(),
            "{first} and {second}"
        );
    }
    let other = Versus::model(&model("x ~ Normal(m, s)"), &law("y ~ Normal(0, 1)"));
    assert!(other.is_err(), "other data are no second law");
    assert!(
        Versus::point(
            &model("x ~ Normal(m, s)"),
            &[(Symbol::new("s"), Expr::integer(-1))]
        )
        .is_err()
    );
}

#[test]
fn scalar_curvature_is_the_same_in_other_parameters() {
    let cases = [
        (
            "x ~ Normal(m, s)",
            "x ~ Normal(m, sqrt(v)); v > 0",
            vec![("m", 0.4), ("s", 1.3)],
            vec![("m", 0.4), ("v", 1.69)],
        ),
        (
            "x ~ Gamma(a, b)",
            "x ~ Gamma(a, 1/t); t > 0",
            vec![("a", 1.4), ("b", 0.5)],
            vec![("a", 1.4), ("t", 2.0)],
        ),
        (
            "x ~ Weibull(k, s)",
            "x ~ Weibull(exp(c), s)",
            vec![("k", 2.0), ("s", 1.3)],
            vec![("c", 2.0_f64.ln()), ("s", 1.3)],
        ),
        (
            "x ~ Beta(a, b)",
            "x ~ Beta(m*n, (1 - m)*n); 0 < m < 1; n > 0",
            vec![("a", 1.5), ("b", 2.5)],
            vec![("m", 0.375), ("n", 4.0)],
        ),
    ];
    for (first, second, at, there) in cases {
        let curvature = |text: &str, at: &[(&str, f64)]| {
            let reading = geometry(&bartlett::derive(&model(text)), None).expect("it is checked");
            all_ok(&reading);
            let at: Vec<(Symbol, f64)> = at.iter().map(|(n, v)| (Symbol::new(n), *v)).collect();
            scalar(&reading, "scalar_curvature").value_at(&at)
        };
        let (a, b) = (curvature(first, &at), curvature(second, &there));
        assert!(
            (a - b).abs() < 1e-9 * a.abs().max(1.0),
            "{first}: {a} against {b}"
        );
    }
}

/// Values by hand: Atkinson & Mitchell (1981); for one parameter the integral of √I.
#[test]
fn distances_of_the_textbooks() {
    let at = |list: &[(&str, f64)]| -> Vec<(Symbol, f64)> {
        list.iter().map(|(n, v)| (Symbol::new(n), *v)).collect()
    };
    let cases = [
        (
            "x ~ Normal(m, s)",
            vec![("m", "1"), ("s", "2")],
            vec![("m", 0.0), ("s", 1.0)],
            2.0_f64.sqrt() * (1.0_f64 + 1.5 / 4.0).acosh(),
        ),
        ("x ~ Poisson(l)", vec![("l", "4")], vec![("l", 1.0)], 2.0),
        (
            "x ~ Exponential(r)",
            vec![("r", "5")],
            vec![("r", 2.0)],
            2.5_f64.ln(),
        ),
        (
            "x ~ Bernoulli(p)",
            vec![("p", "1/2")],
            vec![("p", 0.25)],
            2.0 * (std::f64::consts::FRAC_PI_4 - 0.5_f64.asin()),
        ),
        (
            "x ~ Poisson(l); t ~ Exponential(r)",
            vec![("l", "4"), ("r", "5")],
            vec![("l", 1.0), ("r", 2.0)],
            (4.0 + 2.5_f64.ln().powi(2)).sqrt(),
        ),
        (
            "x ~ Categorical([p, q, 1 - p - q])",
            vec![("p", "1/4"), ("q", "1/4")],
            vec![("p", 0.5), ("q", 0.25)],
            2.0 * (0.125_f64.sqrt() + 0.25 + 0.125_f64.sqrt()).acos(),
        ),
    ];
    for (text, second, first, wanted) in cases {
        let asked = Distance {
            second: second
                .iter()
                .map(|(n, e)| (Symbol::new(n), formula(e)))
                .collect(),
            at: Vec::new(),
        };
        let reading = distance(&bartlett::derive(&model(text)), &asked).expect("it is checked");
        all_ok(&reading);
        let found = scalar(&reading, "distance").value_at(&at(&first));
        assert!(
            (found - wanted).abs() < 1e-10,
            "{text}: {found} against {wanted}"
        );
    }
    // by shooting, in a metric that closes as well: x ~ Gamma(a, b) does not, in either direction it must agree
    let there = |a: f64, b: f64, second: [(&str, &str); 2]| {
        let asked = Distance {
            second: second
                .iter()
                .map(|(n, e)| (Symbol::new(n), formula(e)))
                .collect(),
            at: at(&[("a", a), ("b", b)]),
        };
        let reading =
            distance(&bartlett::derive(&model("x ~ Gamma(a, b)")), &asked).expect("it is found");
        match value(&reading, "distance") {
            Value::Number(length) => *length,
            other => panic!("the distance is {other:?}"),
        }
    };
    let (forth, back) = (
        there(1.0, 1.0, [("a", "3"), ("b", "2")]),
        there(3.0, 2.0, [("a", "1"), ("b", "1")]),
    );
    assert!((forth - back).abs() < 1e-7, "{forth} against {back}");
}

#[test]
fn further_bounds_are_not_below_cramer_rao() {
    for text in [
        "x ~ Poisson(l)",
        "x ~ Exponential(r)",
        "x ~ Normal(m, 1)",
        "x ~ Laplace(m, 1)",
        "x ~ Bernoulli(p)",
    ] {
        let report = bartlett::derive(&model(text));
        let crb = &report.crb.as_ref().expect("it has a bound").matrix[0][0];
        let reading = chapman_robbins(&report, &Asked::default()).expect("it is checked");
        all_ok(&reading);
        let Value::Matrix(found) = value(&reading, "bound") else {
            panic!("{text} has a bound");
        };
        let mut sampler = Sampler::new(&report.model, 3);
        for _ in 0..5 {
            let point = sampler.point().expect("the domain is not empty");
            assert!(
                found[0][0].value_at(&point) >= crb.value_at(&point) * (1.0 - 1e-9),
                "{text}"
            );
        }
        let g = Asked {
            functions: vec![Expr::symbol(report.model.parameters[0].name()).powi(2)],
            observations: None,
        };
        if report.regularity.information_identity == Some(true) {
            let reading = bhattacharyya(&report, &g).expect("it is checked");
            if text == "x ~ Bernoulli(p)" {
                assert!(
                    reading.is_refused(),
                    "p^2 has no unbiased estimator from one trial"
                );
                continue;
            }
            all_ok(&reading);
            let Value::Matrix(found) = value(&reading, "bound") else {
                panic!("{text} has a bound");
            };
            let slope = g.functions[0]
                .derivative(&report.model.parameters[0])
                .expect("it has one");
            let least = slope.powi(2) * crb;
            let point = sampler.point().expect("the domain is not empty");
            assert!(
                found[0][0].value_at(&point) >= least.value_at(&point) * (1.0 - 1e-9),
                "{text}"
            );
        }
    }
    let uniform = bartlett::derive(&model("x ~ Uniform(0, b)"));
    let reading = chapman_robbins(&uniform, &Asked::default()).expect("it is checked");
    let Value::Matrix(found) = value(&reading, "bound") else {
        panic!("a refused model has this bound");
    };
    assert_eq!(found[0][0], formula("b^2/4"));
}

#[test]
fn van_trees_with_a_conjugate_prior_is_the_bayes_risk() {
    let report = bartlett::derive(&model("x ~ Normal(m, s); known s"));
    let asked = Asked {
        functions: Vec::new(),
        observations: Some(formula("n")),
    };
    let reading = van_trees(&report, &law("m ~ Normal(0, t)"), &asked).expect("it is checked");
    all_ok(&reading);
    let Value::Matrix(found) = value(&reading, "bound") else {
        panic!("it has a bound");
    };
    let at: Vec<(Symbol, f64)> = [("s", 1.3), ("t", 0.7), ("n", 5.0)]
        .iter()
        .map(|(n, v)| (Symbol::new(n), *v))
        .collect();
    let wanted = 1.0 / (5.0 / 1.69 + 1.0 / 0.49);
    assert!((found[0][0].value_at(&at) - wanted).abs() < 1e-12);
    let flat = van_trees(&report, &law("m ~ Uniform(0, 1)"), &asked).expect("it is answered");
    assert!(
        flat.is_refused(),
        "a prior that does not vanish at its ends is refused"
    );
}

#[test]
fn a_reduced_datum_has_at_most_the_information_of_the_datum() {
    for (text, cuts) in [
        ("x ~ Exponential(r)", vec!["1", "2"]),
        ("x ~ Normal(m, s)", vec!["-1", "0", "1"]),
        ("x ~ Poisson(l)", vec!["0", "2"]),
        ("x ~ Logistic(m, s)", vec!["0"]),
    ] {
        let report = bartlett::derive(&model(text));
        let cuts = cuts.iter().map(|c| formula(c)).collect();
        let reading =
            reduced(&report, &Reduction::Cuts(cuts)).unwrap_or_else(|why| panic!("{text}: {why}"));
        all_ok(&reading);
        let Value::Matrix(lost) = value(&reading, "lost") else {
            panic!("{text} loses something");
        };
        let fisher = reading
            .quantities
            .iter()
            .find(|q| q.key == "fisher")
            .expect("it is there");
        assert_eq!(fisher.status, Closure::Closed, "{text}");
        let mut sampler = Sampler::new(&report.model, 9);
        for _ in 0..5 {
            let point = sampler.point().expect("the domain is not empty");
            let full = report.fisher.as_ref().expect("it has one").matrix[0][0].value_at(&point);
            let lost = lost[0][0].value_at(&point);
            assert!(
                lost >= -1e-9 * full && lost <= full,
                "{text}: {lost} of {full}"
            );
        }
    }
}

#[test]
fn the_order_is_that_of_the_matrices() {
    let sign = |a: &str, b: &str| {
        let reading = order(&bartlett::derive(&model(a)), &bartlett::derive(&model(b)));
        match value(&reading, "order") {
            Value::Words(sign) => sign.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(sign("x ~ Normal(m, 1)", "x ~ Cauchy(m, 1)"), "⪰");
    assert_eq!(sign("x ~ Cauchy(m, 1)", "x ~ Normal(m, 1)"), "⪯");
    assert_eq!(sign("x ~ Normal(m, s)", "y ~ Normal(m, s)"), "=");
    assert_eq!(sign("x ~ Normal(m, s)", "x ~ Gumbel(m, s)"), "neither");
    assert_eq!(
        sign("x ~ Normal(m, 2*s)", "x ~ Laplace(m, s); y ~ Poisson(s)"),
        "neither"
    );
}

#[test]
fn the_divergence_of_the_scores_is_its_expectation() {
    let model = model("x ~ Gamma(a, b)");
    let report = bartlett::derive(&model);
    let second = [
        (Symbol::new("a"), formula("2")),
        (Symbol::new("b"), formula("3")),
    ];
    let versus = Versus::point(&model, &second).expect("it is understood");
    let reading = divergence(&report, &versus).expect("it is checked");
    let at: Vec<(Symbol, f64)> = [("a", 1.4), ("b", 0.8)]
        .iter()
        .map(|(n, v)| (Symbol::new(n), *v))
        .collect();
    let back = second
        .iter()
        .map(|(s, e)| (Expr::symbol(s.name()), e.clone()))
        .collect();
    let d: Vec<Expr> = report
        .score
        .iter()
        .map(|s| s - s.substitute(&back))
        .collect();
    let inverse = &report.crb.as_ref().expect("it has one").matrix;
    let form = (0..2).flat_map(|i| (0..2).map(move |j| (i, j)));
    let g = Expr::sum(form.map(|(i, j)| &d[i] * &inverse[i][j] * &d[j]));
    let found =
        expectations(&model.observations[0].density, &model.facts, &[g], &at).values[0].value;
    let claimed = scalar(&reading, "score_divergence").value_at(&at);
    assert!(
        (found - claimed).abs() < 1e-8 * found,
        "{claimed} against {found}"
    );
}
