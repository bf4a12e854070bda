//! Every equation of every step of a derivation, against numbers: finite differences of the log-density and integrals of it.

mod oracle;

use bartlett::Model;
use bartlett::check::Sampler;
use bartlett::explain::{Side, explain, rules};
use oracle::Oracle;
use std::collections::BTreeSet;

/// Models that together use every rule.
const MODELS: &[&str] = &[
    "x ~ Normal(mu, sigma)",
    "x ~ Weibull(k, s)",
    "x ~ Gamma(alpha, beta)",
    "x ~ Gumbel(mu, beta)",
    "x ~ Laplace(mu, b)",
    "x ~ Logistic(mu, s)",
    "x ~ Lognormal(mu, sigma)",
    "x ~ Pareto(y_min, alpha); known y_min",
    "x ~ VonMises(mu, kappa)",
    "x ~ StudentT(nu, mu, sigma)",
    "x ~ Burr(c, d)",
    "x ~ InverseGaussian(mu, lambda)",
    "x ~ Bernoulli(p)",
    "x ~ BetaBinomial(2, a, b)",
    "x ~ Binomial(5, p)",
    "x ~ Poisson(lambda)",
    "x ~ NegBinomial2(mu, phi)",
    "x ~ ZeroInflatedPoisson(lambda, p)",
    "x ~ Geometric(p); t ~ Exponential(p)",
    "p(x | a, b) ∝ x^(a-1)*exp(-b*x); x > 0; a, b > 0",
    "p(x | a) ∝ exp(-x^4 - a*x^3 - x^2); x in real",
    "p(x | s) = exp(-abs(x)^3/s)/(2*s^(1/3)*gamma(4/3)); x in real; s > 0",
    "y ~ Poisson(exp(a + b*t)); known t",
    "log p(x|p) = x log p + (1-x) log(1-p)",
    "x ~ HalfNormal(sigma)",
    "p(x, y | a, b) = a*b*exp(-a*x - b*y*x)*x; x, y > 0; a, b > 0",
    "p(x, y | b) = 2*b^2*exp(-b*(x + y)); 0 < x < y; y > 0; b > 0",
    "log p(x, y | a, b, c) = a*log(b) - lgamma(a) + (a-1)*log(x) - b*x - (y - c*x)^2/2 - log(2*pi)/2; x > 0; y in real; a, b > 0; c in real",
    "p(y | mu, a) = (mu/(1+a*mu))^y * (1+a*y)^(y-1)/y! * exp(-mu*(1+a*y)/(1+a*mu)); y in {0, 1, ...}; mu, a > 0",
    "x ~ SkewNormal(xi, omega, alpha)",
    "x ~ BirnbaumSaunders(alpha, beta)",
    "p(x|r) = (1-r^2)/(2*pi*(1+r^2-2*r*cos(x-m))); x in (-pi, pi); r in (0, 1); known m",
];

#[test]
fn every_equation_of_every_step_holds_in_numbers() {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for text in MODELS {
        let model = Model::parse(text).unwrap_or_else(|p| panic!("{text}: {p:?}"));
        let report = bartlett::derive(&model);
        let steps = explain(&report);
        assert!(steps.len() > 3, "{text}: a derivation has steps");
        let mut sampler = Sampler::new(&model, 7);
        for _ in 0..2 {
            let point = sampler
                .point()
                .unwrap_or_else(|| panic!("{text}: no point in the domains"));
            let mut oracle = Oracle::new(&report, point);
            for step in &steps {
                used.insert(step.rule.name);
                oracle.check(text, step);
            }
            assert!(
                2 * oracle.checked >= steps.len(),
                "{text}: only {} numbers were compared",
                oracle.checked
            );
        }
    }
    for rule in rules::RULES {
        assert!(used.contains(rule.name), "no model uses `{}`", rule.name);
    }
}

#[test]
fn the_last_information_of_a_derivation_is_the_answer() {
    for text in MODELS {
        let model = Model::parse(text).unwrap_or_else(|p| panic!("{text}: {p:?}"));
        let report = bartlett::derive(&model);
        let fisher = report
            .fisher
            .as_ref()
            .unwrap_or_else(|| panic!("{text}: no information"));
        let steps = explain(&report);
        for (i, a) in model.parameters.iter().enumerate() {
            for (j, b) in model.parameters.iter().enumerate().skip(i) {
                let names = |side: &Side| {
                    let here = (a.clone(), b.clone());
                    match side {
                        Side::Information(a, b)
                        | Side::MinusMeanSecondDerivative(a, b)
                        | Side::MeanScoreProduct(a, b) => (a.clone(), b.clone()) == here,
                        _ => false,
                    }
                };
                let last = steps
                    .iter()
                    .filter(|step| *step.rule != rules::SECOND_IDENTITY)
                    .flat_map(|step| &step.equations)
                    .filter(|equation| names(&equation.left))
                    .filter_map(|equation| equation.right.last())
                    .next_back();
                assert_eq!(last, Some(&fisher.matrix[i][j]), "{text}: I[{a}, {b}]");
            }
        }
    }
}

#[test]
fn a_refused_model_has_no_derivation() {
    let model = Model::parse("x ~ Uniform(0, theta)").expect("it parses");
    assert!(explain(&bartlett::derive(&model)).is_empty());
}
