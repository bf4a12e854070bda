//! Real data whose estimates and standard errors are published, reproduced to the digits printed. `tests/data/README.md` names the sources.
//! In: the program, `tests/data`. Out: test results. Never: a number that this program made.

use crate::run::bartlett;
use serde_json::Value;

/// One fit: table, model, what is expected of it.
struct Published {
    data: &'static str,
    model: &'static str,
    /// Parameter, its estimate and its standard error as printed (an empty one is not published).
    numbers: &'static [(&'static str, &'static str, &'static str)],
    /// The information by which the errors were made, or `unbiased` where σ̂² was divided by n − p instead of n.
    errors: &'static str,
    /// The log-likelihood as printed, if it is.
    log_likelihood: &'static str,
}

const PUBLISHED: &[Published] = &[
    Published {
        data: "spector",
        model: "GRADE ~ Bernoulli(logistic(b0 + b1*GPA + b2*TUCE + b3*PSI)); known GPA, TUCE, PSI",
        numbers: &[
            ("b0", "-13.0213", "4.931"),
            ("b1", "2.8261", "1.263"),
            ("b2", "0.0952", "0.142"),
            ("b3", "2.3787", "1.065"),
        ],
        errors: "observed",
        log_likelihood: "-12.890",
    },
    Published {
        data: "spector",
        model: "GRADE ~ Bernoulli(Phi(b0 + b1*GPA + b2*TUCE + b3*PSI)); known GPA, TUCE, PSI",
        numbers: &[
            ("b0", "-7.4523", "2.542"),
            ("b1", "1.6258", "0.694"),
            ("b2", "0.0517", "0.084"),
            ("b3", "1.4263", "0.595"),
        ],
        errors: "observed",
        log_likelihood: "-12.819",
    },
    Published {
        data: "longley",
        model: "TOTEMP ~ Normal(b0 + b1*GNPDEFL + b2*GNP + b3*UNEMP + b4*ARMED + b5*POP + b6*YEAR, s); known GNPDEFL, GNP, UNEMP, ARMED, POP, YEAR",
        numbers: &[
            ("b0", "-3482258.63", "890420.4"),
            ("b1", "15.0618723", "84.91493"),
            ("b2", "-0.0358191793", "0.03349101"),
            ("b3", "-2.02022980", "0.4883997"),
            ("b4", "-1.03322687", "0.2142742"),
            ("b5", "-0.0511041057", "0.2260732"),
            ("b6", "1829.15146", "455.4785"),
        ],
        errors: "unbiased",
        log_likelihood: "",
    },
    Published {
        data: "strikes",
        model: "duration ~ Exponential(lambda)",
        numbers: &[("lambda", "0.02344", "0.00298")],
        errors: "expected",
        log_likelihood: "",
    },
    Published {
        data: "strikes",
        model: "p(duration | lambda, P) = lambda*P*(lambda*duration)^(P-1)*exp(-(lambda*duration)^P); duration > 0; lambda, P > 0",
        numbers: &[("lambda", "0.02439", "0.00354"), ("P", "0.9208", "0.1109")],
        errors: "outer_product",
        log_likelihood: "",
    },
    Published {
        data: "strikes",
        model: "p(duration | lambda, P) = lambda*P*(lambda*duration)^(P-1)/(1+(lambda*duration)^P)^2; duration > 0; lambda, P > 0",
        numbers: &[
            ("lambda", "0.04153", "0.00707"),
            ("P", "1.33148", "0.17201"),
        ],
        errors: "outer_product",
        log_likelihood: "",
    },
    Published {
        data: "strikes",
        model: "p(duration | lambda, P) = P/duration*phi(P*log(lambda*duration)); duration > 0; lambda, P > 0",
        numbers: &[
            ("lambda", "0.04514", "0.00806"),
            ("P", "0.77206", "0.08865"),
        ],
        errors: "outer_product",
        log_likelihood: "",
    },
    Published {
        data: "ccard",
        model: "AVGEXP ~ Normal(b0 + b1*AGE + b2*OWNRENT + b3*INCOME + b4*INCOMESQ, s); known AGE, OWNRENT, INCOME, INCOMESQ",
        numbers: &[
            ("b0", "-237.15", "199.35"),
            ("b1", "-3.0818", "5.5147"),
            ("b2", "27.941", "82.922"),
            ("b3", "234.35", "80.366"),
            ("b4", "-14.997", "7.4693"),
        ],
        errors: "unbiased",
        log_likelihood: "",
    },
    Published {
        data: "ccard",
        model: "AVGEXP ~ Normal(b0 + b1*AGE + b2*OWNRENT + b3*INCOME + b4*INCOMESQ, s); known AGE, OWNRENT, INCOME, INCOMESQ",
        numbers: &[
            ("b0", "-237.15", "212.99"),
            ("b1", "-3.0818", "3.3017"),
            ("b2", "27.941", "92.188"),
            ("b3", "234.35", "88.866"),
            ("b4", "-14.997", "6.9446"),
        ],
        errors: "sandwich",
        log_likelihood: "",
    },
    Published {
        data: "engel",
        model: "foodexp ~ Laplace(a + b*income, s); known income",
        numbers: &[("a", "81.48225", ""), ("b", "0.56018", "")],
        errors: "",
        log_likelihood: "",
    },
    Published {
        data: "engel",
        model: "foodexp ~ Normal(a + b*income, s); known income",
        numbers: &[("a", "147.4754", "15.957"), ("b", "0.4852", "0.014")],
        errors: "unbiased",
        log_likelihood: "",
    },
    Published {
        data: "stackloss",
        model: "STACKLOSS ~ Normal(a + b1*AIRFLOW + b2*WATERTEMP + b3*ACIDCONC, s); known AIRFLOW, WATERTEMP, ACIDCONC",
        numbers: &[
            ("a", "-39.9197", "11.8960"),
            ("b1", "0.7156", "0.1349"),
            ("b2", "1.2953", "0.3680"),
            ("b3", "-0.1521", "0.1563"),
        ],
        errors: "unbiased",
        log_likelihood: "",
    },
    Published {
        data: "cpunish",
        model: "EXECUTIONS ~ Poisson(exp(b0 + b1*INCOME + b2*PERPOVERTY + b3*PERBLACK + b4*log(VC100k96) + b5*SOUTH + b6*DEGREE)); known INCOME, PERPOVERTY, PERBLACK, VC100k96, SOUTH, DEGREE",
        numbers: &[
            ("b0", "-6.801480", "4.146850"),
            ("b1", "0.0002611017", "0.00005187132"),
            ("b2", "0.0778180", "0.0794019"),
            ("b3", "-0.09493111", "0.02291926"),
            ("b4", "0.2969349", "0.4375164"),
            ("b5", "2.301183", "0.4283826"),
            ("b6", "-18.72207", "4.283961"),
        ],
        errors: "expected, to four digits",
        log_likelihood: "",
    },
    Published {
        data: "bearings",
        model: "t ~ Weibull(k, s)",
        numbers: &[("k", "2.102", ""), ("s", "81.88", "")],
        errors: "",
        log_likelihood: "",
    },
    Published {
        data: "port-pirie",
        model: "level ~ GEV(mu, s, xi); -1/2 < xi < 0",
        numbers: &[
            ("mu", "3.87", "0.028"),
            ("s", "0.198", "0.020"),
            ("xi", "-0.050", "0.098"),
        ],
        errors: "observed",
        log_likelihood: "4.34",
    },
    Published {
        data: "transceiver",
        model: "t ~ InverseGaussian(mu, lambda)",
        numbers: &[("mu", "3.607", ""), ("lambda", "1.6589", "")],
        errors: "",
        log_likelihood: "",
    },
    Published {
        data: "beetles",
        model: "killed ~ Binomial(n, logistic(a + b*dose)); known n, dose",
        numbers: &[("a", "-60.717", "5.1807"), ("b", "34.270", "2.9121")],
        errors: "expected",
        log_likelihood: "",
    },
    Published {
        data: "beetles",
        model: "killed ~ Binomial(n, 1 - exp(-exp(a + b*dose))); known n, dose",
        numbers: &[("a", "-39.572", "3.240"), ("b", "22.041", "1.799")],
        errors: "expected",
        log_likelihood: "",
    },
    Published {
        data: "challenger",
        model: "failure ~ Bernoulli(logistic(a + b*temperature)); known temperature",
        numbers: &[("a", "15.0429", "7.3786"), ("b", "-0.2322", "0.1082")],
        errors: "expected",
        log_likelihood: "",
    },
    Published {
        data: "dobson-counts",
        model: "count ~ Poisson(exp(a + b2*outcome2 + b3*outcome3 + c2*treatment2 + c3*treatment3)); known outcome2, outcome3, treatment2, treatment3",
        numbers: &[
            ("a", "3.045", "0.1709"),
            ("b2", "-0.4543", "0.2022"),
            ("b3", "-0.2930", "0.1927"),
            ("c2", "0.0000", "0.2000"),
            ("c3", "0.0000", "0.2000"),
        ],
        errors: "expected",
        log_likelihood: "",
    },
    Published {
        data: "horse-kicks",
        model: "deaths ~ Poisson(lambda)",
        numbers: &[("lambda", "0.61", "0.0552")],
        errors: "expected",
        log_likelihood: "",
    },
    Published {
        data: "aids",
        model: "deaths ~ Poisson(exp(a + b*quarter)); known quarter",
        numbers: &[("a", "0.3396", "0.2512"), ("b", "0.2565", "0.0220")],
        errors: "expected",
        log_likelihood: "",
    },
    Published {
        data: "cars",
        model: "distance ~ Normal(a + b*speed, s); known speed",
        numbers: &[("a", "-17.5791", "6.7584"), ("b", "3.9324", "0.4155")],
        errors: "unbiased",
        log_likelihood: "",
    },
    Published {
        data: "nile",
        model: "volume ~ Normal(mu, s)",
        numbers: &[("mu", "919.35", "16.8379"), ("s", "168.379", "11.9062")],
        errors: "expected",
        log_likelihood: "",
    },
];

/// Does a number, rounded as the printed one, agree with it?
fn agrees(found: f64, printed: &str, tolerance: f64) -> bool {
    let digits = printed.split_once('.').map_or(0, |(_, after)| after.len());
    let number: f64 = printed.parse().expect("it is a number");
    let unit = 0.1_f64.powi(i32::try_from(digits).expect("few digits"));
    (found - number).abs() <= 0.5001 * unit.max(2.0 * tolerance * number.abs())
}

#[test]
fn published_fits_are_reproduced_to_the_digits_printed() {
    for case in PUBLISHED {
        let file = format!("tests/data/{}.csv", case.data);
        let answer = bartlett(&["fit", case.model, "--data", &file, "--format", "json"]);
        assert_eq!(
            answer.status, 0,
            "{}: {}\n{}",
            case.data, case.model, answer.err
        );
        let fit: Value = serde_json::from_str(&answer.out).expect("it is JSON");
        assert_eq!(fit["converged"], true);
        let (rows, parameters) = (
            fit["rows"].as_f64().expect("a number"),
            fit["parameters"].as_array().expect("a list").len() as f64,
        );
        let (kind, tolerance) = match case.errors.split_once(',') {
            Some((kind, _)) => (kind, 5e-5),
            None => (case.errors, 0.0),
        };
        // σ̂² over n − p, p without σ, where a textbook fits by least squares
        let (kind, factor) = match kind {
            "unbiased" => ("expected", (rows / (rows - parameters + 1.0)).sqrt()),
            other => (other, 1.0),
        };
        for (name, estimate, error) in case.numbers {
            let found = fit["estimates"][name].as_f64().expect("an estimate");
            assert!(
                agrees(found, estimate, 1e-8),
                "{} {name}: {found} where {estimate} is published",
                case.data
            );
            if !error.is_empty() {
                let found = fit["standard_errors"][kind][name]
                    .as_f64()
                    .expect("an error")
                    * factor;
                assert!(
                    agrees(found, error, tolerance),
                    "{} standard error of {name}: {found} where {error} is published",
                    case.data
                );
            }
        }
        if !case.log_likelihood.is_empty() {
            let found = fit["log_likelihood"].as_f64().expect("a number");
            assert!(
                agrees(found, case.log_likelihood, 0.0),
                "{}: {found}",
                case.data
            );
        }
    }
}
