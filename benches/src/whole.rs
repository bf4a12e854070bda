//! The whole job: models derived one after the other, beside each other, and described for other programs.
//! In: models as text. Out: seconds, memory, JSON. Never: a judgement of the answers; the driver makes it.

use crate::clock::{megabytes, processor};
use crate::densities::score_and_hessian;
use crate::growth;
use bartlett::Model;
use bartlett::check::{MassVerdict, mass_is_free};
use bartlett_expr::{Domain, Expr, Facts, Number, Symbol};
use serde_json::{Value, json};
use std::time::Instant;

/// Small models of several kinds: one datum and two, continuous and not, typed and by name.
const SMALL: [&str; 6] = [
    "x ~ Exponential(r)",
    "x ~ Normal(mu, sigma)",
    "k ~ Poisson(exp(a))",
    "p(x | s) = x*exp(-x^2/(2*s^2))/s^2; x > 0; s > 0",
    "k ~ Geometric(p)",
    "x ~ Normal(a + b*t, 1); known t",
];

/// Derives so many models, and says how memory grew: megabytes at ten places, expressions alive before and after.
///
/// # Panics
/// Where a model is none.
#[must_use]
pub fn many(count: usize) -> Value {
    let once = |text: &str| {
        let report = bartlett::derive(&Model::parse(text).expect("it is a model"));
        assert!(report.fisher.is_some(), "{text}");
    };
    SMALL.iter().for_each(|text| once(text));
    let (before, begin) = (bartlett_expr::live_nodes(), processor());
    let mut resident = vec![megabytes("VmRSS")];
    for k in 0..count {
        once(SMALL[k % SMALL.len()]);
        if (k + 1) % (count / 10).max(1) == 0 {
            resident.push(megabytes("VmRSS"));
        }
    }
    let seconds = processor() - begin;
    json!({
        "t": seconds, "each": seconds / f64::from(u32::try_from(count.max(1)).unwrap_or(1)), "resident": resident,
        "peak": megabytes("VmHWM"), "alive_before": before, "alive_after": bartlett_expr::live_nodes(),
    })
}

/// Builds and differentiates nested expressions of other symbols on so many threads at once: seconds of the processor and of the wall
/// a thread.
#[must_use]
pub fn threads(count: usize) -> Value {
    let (begin, wall) = (processor(), Instant::now());
    std::thread::scope(|scope| {
        for thread in 0..count {
            scope.spawn(move || {
                for round in 0..40 {
                    let (e, symbols) = growth::nest_of(&format!("x{thread}_{round}"), 300);
                    std::hint::black_box(score_and_hessian(&e, &symbols));
                }
            });
        }
    });
    let count = f64::from(u32::try_from(count.max(1)).unwrap_or(1));
    json!({"t": (processor() - begin) / count, "wall": wall.elapsed().as_secs_f64()})
}

/// A likelihood of rows; the number of rows is a symbol, or a number that is written out.
///
/// # Panics
/// Where it is no model.
#[must_use]
pub fn rows(count: usize) -> Model {
    let text = if count == 0 {
        "known x, n; for i in 1..n: y[i] ~ Bernoulli(logistic(a + b*x[i]))".to_owned()
    } else {
        format!("known x; for i in 1..{count}: y[i] ~ Bernoulli(logistic(a + b*x[i]))")
    };
    Model::parse(&text).expect("it is a model")
}

/// Log-density, supports and domains of a model in the words of SymPy; null where the model is not one density without atoms over
/// integers in a row or intervals.
#[must_use]
pub fn described(text: &str) -> Value {
    let Ok(model) = Model::parse(text) else {
        return Value::Null;
    };
    let model = bartlett::derive(&model).completed;
    let [observation] = &model.observations[..] else {
        return Value::Null;
    };
    let density = &observation.density;
    let consecutive = |step: &Option<Number>| step.as_ref().is_none_or(Number::is_one);
    if observation.rows.is_some()
        || density
            .data
            .iter()
            .any(|datum| !datum.atoms.is_empty() || !consecutive(&datum.support.step))
    {
        return Value::Null;
    }
    let verdict = mass_is_free(&model, density);
    let normalized = !matches!(verdict, MassVerdict::Constant(mass) if (mass - 1.0).abs() > 1e-6);
    let data: Vec<Value> = density
        .data
        .iter()
        .map(|datum| {
            json!({
                "name": Expr::symbol(datum.symbol.name()).sympy(),
                "lower": datum.support.lower.value.sympy(),
                "upper": datum.support.upper.value.sympy(),
                "discrete": datum.support.is_discrete(),
            })
        })
        .collect();
    let symbols: Vec<Value> = model
        .parameters
        .iter()
        .chain(&model.known)
        .map(|symbol| assumed(symbol, &model.facts))
        .collect();
    json!({
        "log_density": density.log_density.sympy(),
        "normalized": normalized,
        "data": data,
        "symbols": symbols,
        "parameters": model.parameters.iter().map(|p| Expr::symbol(p.name()).sympy()).collect::<Vec<_>>(),
    })
}

/// What other programs can be told of a symbol; its ends only where they are finite.
fn assumed(symbol: &Symbol, facts: &Facts) -> Value {
    let e = Expr::symbol(symbol.name());
    let yes = |truth| truth == bartlett_expr::Truth::Yes;
    let domain = facts.domain(symbol);
    let end = |value: &Expr| Some(value.sympy()).filter(|text| !text.contains("oo"));
    json!({
        "name": e.sympy(),
        "typed": symbol.name(),
        "positive": yes(facts.is_positive(&e)),
        "negative": yes(facts.is_positive(&-e)),
        "integer": domain.is_some_and(Domain::is_discrete),
        "lower": domain.and_then(|d| end(&d.lower.value)),
        "upper": domain.and_then(|d| end(&d.upper.value)),
    })
}
