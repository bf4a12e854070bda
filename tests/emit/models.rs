//! Models with points inside their domains, and the numbers that every program must give there.

use bartlett::emission::Emitted;
use bartlett::{Expr, Model, Symbol};
use bartlett_expr::print::program::Routine;
use bartlett_laws::FAMILIES;
use std::sync::OnceLock;

/// What every model is asked for.
pub const WHAT: [Emitted; 6] = [
    Emitted::LogDensity,
    Emitted::Score,
    Emitted::Hessian,
    Emitted::OuterProduct,
    Emitted::Fisher,
    Emitted::Crb,
];

/// Models besides the catalogue: regressions, several observations, vectors, kernels, densities that no book has, awkward names.
const MODELS: &[&str] = &[
    "y ~ Bernoulli(logistic(a + b*t)); known t",
    "y ~ Bernoulli(Phi(a + b*t)); known t",
    "y ~ Poisson(exp(a + b*t)); known t",
    "for t in [0, 1, 2]: y ~ Normal(a + b*t, s)",
    "(x, y) ~ MvNormal([m1, m2], [[s1^2, rho*s1*s2], [rho*s1*s2, s2^2]])",
    "p(x | a, b) ∝ x^(a-1) * exp(-b*x^2); x > 0; a, b > 0",
    "p(x | lambda, N) = lambda*N*x^(N - 1)*exp(-lambda*x^N); x > 0; lambda, N > 0",
    "p(x | E, I) = exp(-abs(x - E)/I)/(2*I); I > 0; x in real",
    "log p(w | def, t1) = log(def) - def*w/t1 - log(t1); w > 0; def, t1 > 0",
    "p(x | theta) = 3*x^2/theta^3*exp(-x^3/theta^3); x > 0; theta > 0",
    "p(x | c) = if(x < 1/2, 2*c, 2 - 2*c); x in (0, 1); 0 < c < 1",
    "x ~ Gamma(exp(a), 1 + b^2); known b",
];

/// A model with numbers at one point.
pub struct Asked {
    /// The model as typed.
    pub text: String,
    /// Values of parameters, known symbols and data.
    pub point: Vec<(Symbol, f64)>,
    /// Its quantities, each under a name of its own.
    pub routines: Vec<Routine>,
}

impl Asked {
    /// The entries of a routine, by the evaluator.
    pub fn numbers(&self, routine: &Routine) -> Vec<f64> {
        let entries = routine.rows.iter().flatten();
        entries.map(|e| e.value_at(&self.point)).collect()
    }
    /// The arguments of a routine.
    pub fn arguments(&self, routine: &Routine) -> Vec<f64> {
        let value = |symbol: &Symbol| {
            let found = self.point.iter().find(|(name, _)| name == symbol);
            found.map_or(f64::NAN, |(_, value)| *value)
        };
        routine.inputs.iter().map(value).collect()
    }
}

/// A value of a datum inside its support at a point.
pub fn datum(model: &Model, symbol: &Symbol, point: &[(Symbol, f64)], step: f64) -> f64 {
    let datum = model.data().find(|datum| datum.symbol == *symbol);
    let Some(support) = datum.map(|datum| &datum.support) else {
        return f64::NAN;
    };
    let end = |e: &Expr| e.value_at(point);
    let (lower, upper) = (end(&support.lower.value), end(&support.upper.value));
    if support.is_discrete() {
        let first = if lower.is_finite() { lower.ceil() } else { 0.0 };
        return (first + (3.0 * step).floor()).min(upper);
    }
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) => lower + (upper - lower) * (0.2 + 0.5 * step),
        (true, false) => lower + 0.3 + 1.3 * step,
        (false, true) => upper - 0.3 - 1.3 * step,
        (false, false) => 2.0 * step - 0.7,
    }
}

/// A model at a point of its own checks; nothing where it is refused.
fn asked(number: usize, text: &str) -> Option<Asked> {
    let model = Model::parse(text).ok()?;
    let report = bartlett::derive(&model);
    let mut point = report.checks.first()?.at.clone();
    let data: Vec<Symbol> = model.data().map(|datum| datum.symbol.clone()).collect();
    for (i, symbol) in data.iter().enumerate() {
        let value = datum(&model, symbol, &point, 0.31 + 0.17 * i as f64);
        point.push((symbol.clone(), value));
    }
    let prefix = format!("m{number}_");
    let routines = WHAT
        .iter()
        .filter_map(|what| what.routine(&report, &prefix));
    Some(Asked {
        text: text.to_owned(),
        routines: routines.collect(),
        point,
    })
}

/// Every third family of the catalogue, beginning with that one, and the models above.
pub fn models(first: usize) -> &'static [Asked] {
    static FOUND: [OnceLock<Vec<Asked>>; 3] = [const { OnceLock::new() }; 3];
    FOUND[first].get_or_init(|| derived(first))
}

fn derived(first: usize) -> Vec<Asked> {
    let families = FAMILIES.iter().copied().flatten().skip(first).step_by(3);
    let laws = families.map(|family| {
        let names: Vec<&str> = family.parameters.iter().map(|p| p.name).collect();
        let known: Vec<&str> = (family.parameters.iter())
            .filter(|p| p.domain.contains(" in {"))
            .map(|p| p.name)
            .collect();
        let known = match &known[..] {
            [] => String::new(),
            known => format!("; known {}", known.join(", ")),
        };
        format!("x ~ {}({}){known}", family.name, names.join(", "))
    });
    let texts: Vec<String> = laws
        .chain(MODELS.iter().map(|text| (*text).to_owned()))
        .collect();
    let found: Vec<Asked> = texts
        .iter()
        .enumerate()
        .filter_map(|(i, text)| asked(i, text))
        .collect();
    assert!(
        found.len() > texts.len() / 2,
        "only {} of {} models",
        found.len(),
        texts.len()
    );
    found
}
