//! The JSON is as the contract of the command line says.

use crate::run::bartlett;
use serde_json::Value;

fn object(arguments: &[&str]) -> Value {
    let answer = bartlett(&[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&answer.out)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}{}", answer.out, answer.err))
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("it is an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn derive_prints_every_key_in_order() {
    let found = object(&["derive", "x ~ Normal(mu, sigma)"]);
    assert_eq!(
        keys(&found),
        [
            "schema",
            "model",
            "parameters",
            "data",
            "law",
            "score",
            "hessian",
            "fisher",
            "crb",
            "regularity",
            "checks",
            "notes"
        ]
    );
    assert_eq!(found["schema"], 1);
    assert_eq!(found["parameters"], serde_json::json!(["mu", "sigma"]));
    assert_eq!(found["data"], serde_json::json!(["x"]));
    assert_eq!(found["law"], "Normal");
    assert_eq!(keys(&found["fisher"]), ["status", "matrix"]);
    assert_eq!(found["fisher"]["status"], "closed");
    let entry = &found["fisher"]["matrix"][1][1];
    assert_eq!(keys(entry), ["text", "latex", "sympy"]);
    assert_eq!(entry["text"], "2/sigma^2");
    assert_eq!(found["crb"]["matrix"][0][0]["text"], "sigma^2");
    assert_eq!(
        keys(&found["regularity"]),
        ["holds", "information_identity", "findings"]
    );
    assert_eq!(found["regularity"]["holds"], true);
    assert_eq!(found["regularity"]["information_identity"], true);
    let check = &found["checks"][0];
    assert_eq!(keys(check), ["at", "what", "max_rel_err", "ok"]);
    assert_eq!(keys(&check["at"]), ["mu", "sigma"]);
    assert_eq!(check["ok"], true);
    assert!(check["max_rel_err"].as_f64().expect("it is a number") < 1e-7);
}

#[test]
fn the_model_it_prints_is_a_model() {
    for model in [
        "x ~ Normal(mu, sigma)",
        "log p(x|μ,σ) = -log(√(2πσ²)) - (x-μ)²/(2σ²)",
        "p(t | k, s) = k/s * (t/s)^(k-1) * exp(-(t/s)^k); k, s > 0; t > 0",
        "y ~ Poisson(exp(a + b*t)); known t",
    ] {
        let first = object(&["fisher", model]);
        let again = object(&["fisher", first["model"].as_str().expect("it is text")]);
        assert_eq!(first["model"], again["model"]);
        assert_eq!(first["fisher"], again["fisher"]);
    }
}

#[test]
fn the_other_commands_print_their_own_part() {
    let head = ["schema", "model", "parameters", "data", "law"];
    for (command, part) in [
        ("score", &["score", "regularity", "notes"][..]),
        ("hessian", &["hessian", "regularity", "notes"]),
        ("fisher", &["fisher", "regularity", "checks", "notes"]),
        ("crb", &["crb", "regularity", "checks", "notes"]),
        ("check", &["regularity", "checks", "notes"]),
    ] {
        assert_eq!(
            keys(&object(&[command, "x ~ Gamma(a, b)"])),
            [&head, part].concat(),
            "{command}"
        );
    }
}

#[test]
fn a_refusal_prints_the_object_with_its_findings() {
    for (command, model) in [
        ("derive", "x ~ Uniform(0, theta)"),
        ("fisher", "x ~ Uniform(0, theta)"),
        ("crb", "x ~ Uniform(0, theta)"),
    ] {
        let found = object(&[command, model]);
        assert_eq!(found["fisher"], Value::Null, "{command}");
        assert_eq!(
            found.get("crb").unwrap_or(&Value::Null),
            &Value::Null,
            "{command}"
        );
        assert_eq!(found["regularity"]["holds"], false);
        assert!(
            !found["regularity"]["findings"]
                .as_array()
                .expect("it is a list")
                .is_empty()
        );
    }
}

#[test]
fn a_singular_model_has_a_matrix_and_no_bound() {
    let found = object(&["derive", "x ~ Normal(a + b, 1)"]);
    assert_eq!(found["fisher"]["status"], "closed");
    assert_eq!(found["crb"], Value::Null);
    assert!(
        !found["regularity"]["findings"]
            .as_array()
            .expect("it is a list")
            .is_empty()
    );
}

#[test]
fn the_information_of_a_sample_is_n_times_that_of_one() {
    let found = object(&["fisher", "x ~ Normal(mu, sigma)", "--n", "n"]);
    assert_eq!(found["fisher"]["matrix"][0][0]["text"], "n/sigma^2");
    let found = object(&["crb", "x ~ Normal(mu, sigma)", "--n", "10"]);
    assert_eq!(found["crb"]["matrix"][0][0]["text"], "sigma^2/10");
}

#[test]
fn eval_prints_numbers() {
    let found = object(&[
        "eval",
        "x ~ Normal(mu, sigma)",
        "--at",
        "mu=-1/2,sigma=2,x=1",
        "--what",
        "fisher,crb,score",
    ]);
    assert_eq!(keys(&found), ["at", "fisher", "crb", "score"]);
    assert_eq!(
        found["at"],
        serde_json::json!({"mu": -0.5, "sigma": 2.0, "x": 1.0})
    );
    assert_eq!(
        found["fisher"],
        serde_json::json!([[0.25, 0.0], [0.0, 0.5]])
    );
    assert_eq!(found["crb"], serde_json::json!([[4.0, 0.0], [0.0, 2.0]]));
    let score: Vec<f64> =
        serde_json::from_value(found["score"].clone()).expect("it is a list of numbers");
    // (x − μ)/σ² and ((x − μ)² − σ²)/σ³
    assert!(
        (score[0] - 0.375).abs() < 1e-15 && (score[1] + 0.21875).abs() < 1e-15,
        "{score:?}"
    );
}

#[test]
fn eval_integrates_where_no_formula_is_known() {
    // E[s²] of the logistic law of the log-odds scale, by mpmath: quad(lambda x: tanh(x/2)**2 * sech2(x/2)/4) = 1/3.
    let found = object(&[
        "eval",
        "p(x | m) = exp(-(x-m))/(1 + exp(-(x-m)))^2; x in real",
        "--at",
        "m=40",
    ]);
    let value = found["fisher"][0][0].as_f64().expect("it is a number");
    assert!((value - 1.0 / 3.0).abs() < 1e-7, "{value}");
}

#[test]
fn knowns_and_the_order_of_parameters_are_taken() {
    let found = object(&["fisher", "x ~ Normal(mu, sigma)", "--params", "sigma"]);
    assert_eq!(found["parameters"], serde_json::json!(["sigma"]));
    assert_eq!(found["fisher"]["matrix"][0][0]["text"], "2/sigma^2");
    let found = object(&["fisher", "x ~ Normal(mu, sigma)", "--params", "sigma,mu"]);
    assert_eq!(found["parameters"], serde_json::json!(["sigma", "mu"]));
    let found = object(&["fisher", "x ~ Normal(μ, σ)", "--params", "σ μ"]);
    assert_eq!(found["parameters"], serde_json::json!(["sigma", "mu"]));
    let found = object(&["fisher", "x ~ Normal(mu, sigma)", "--known", "mu"]);
    assert_eq!(found["parameters"], serde_json::json!(["sigma"]));
}

#[test]
fn steps_carry_their_rules_and_end_in_the_answer() {
    let found = object(&["derive", "x ~ Gumbel(mu, beta)", "--steps"]);
    let steps = found["steps"].as_array().expect("a list");
    let rules: Vec<&str> = steps.iter().filter_map(|s| s["rule"].as_str()).collect();
    assert!(rules.contains(&"change of variable") && rules.contains(&"kernel"));
    let answer = &found["fisher"]["matrix"][1][1]["text"];
    let said = |step: &Value| {
        let equations = step["equations"].as_array().expect("a list");
        equations
            .iter()
            .flat_map(|e| e["right"].as_array().expect("a list"))
            .any(|form| form["text"] == *answer)
    };
    assert!(steps.iter().any(said), "no step ends in {answer}");
}
