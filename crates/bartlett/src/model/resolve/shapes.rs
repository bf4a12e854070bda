//! The support of a datum of which none was stated, where the density is that of a known law beyond doubt.
//! In: a log-density in one datum, facts about its parameters. Out: a support under which its mass is free of the parameters. Never: a guess where two supports would do.

use bartlett_expr::normal::{expanded, is_zero};
use bartlett_expr::{Constant, Domain, Expr, Facts, Number, Symbol, Truth};
use rustc_hash::FxHashMap;

/// A kernel exp(base + c1·basis₁ + c2·basis₂) of `x` with its mass over a support.
struct Shape {
    support: Support,
    /// Data-dependent part without parameters.
    base: &'static str,
    basis: &'static [&'static str],
    /// The logarithm of the mass.
    log_mass: &'static str,
    /// What must be above 0 for the mass to be finite.
    when: &'static [&'static str],
}

#[derive(Clone, Copy)]
enum Support {
    Real,
    Positive,
    Unit,
    Bits,
    Counts,
}

/// The kernels by which a support is recognised. Source: Johnson, Kotz & Balakrishnan (1994, 1995); Johnson, Kemp & Kotz (2005).
#[rustfmt::skip]
static SHAPES: &[Shape] = &[
    Shape { support: Support::Real, base: "0", basis: &["x^2", "x"], log_mass: "log(pi)/2 - log(-c1)/2 - c2^2/(4*c1)", when: &["-c1"] },
    Shape { support: Support::Bits, base: "0", basis: &["x"], log_mass: "log(1 + exp(c1))", when: &[] },
    Shape { support: Support::Counts, base: "0", basis: &["x"], log_mass: "-log(1 - exp(c1))", when: &["1 - exp(c1)"] },
    Shape { support: Support::Counts, base: "-lgamma(x + 1)", basis: &["x"], log_mass: "exp(c1)", when: &[] },
    Shape { support: Support::Positive, base: "0", basis: &["log(x)", "x"], log_mass: "lgamma(c1 + 1) - (c1 + 1)*log(-c2)", when: &["c1 + 1", "-c2"] },
    Shape { support: Support::Unit, base: "0", basis: &["log(x)", "log(1 - x)"], log_mass: "lgamma(c1 + 1) + lgamma(c2 + 1) - lgamma(c1 + c2 + 2)", when: &["c1 + 1", "c2 + 1"] },
];

impl Support {
    fn domain(self) -> Domain {
        let integers = |upper| Domain::integers(Expr::zero(), upper, Number::ONE);
        match self {
            Self::Real => Domain::real(),
            Self::Positive => Domain::positive(),
            Self::Unit => Domain::interval(Expr::zero(), false, Expr::one(), false),
            Self::Bits => integers(Expr::one()),
            Self::Counts => integers(Expr::infinity()),
        }
    }
}

/// The one support under which the density is a known law.
pub(super) fn support(
    facts: &Facts,
    log_density: &Expr,
    datum: &Symbol,
    parameters: &[Symbol],
) -> Option<Domain> {
    let mut found: Option<Support> = None;
    for shape in SHAPES {
        if shape.fits(facts, log_density, datum, parameters) == Some(true) {
            if found.is_some() {
                return None;
            }
            found = Some(shape.support);
        }
    }
    found.map(Support::domain)
}

/// A support to show in the line that is missing.
pub(super) fn example(log_density: &Expr, datum: &Symbol) -> String {
    let name = Expr::symbol(datum.name());
    let counts = log_density.any_node(&|node| {
        node.as_call().is_some_and(|(f, arguments)| {
            matches!(f.name(), "gamma" | "lgamma") && arguments[0].contains(datum)
        })
    });
    let positive = log_density.any_node(&|node| {
        node.as_call_of("log")
            .is_some_and(|arguments| arguments[0] == name)
    });
    let decays = log_density
        .any_node(&|node| node.as_power().0.is_constant(Constant::E) && node.contains(datum));
    let set = match (counts, positive, decays) {
        (true, ..) => "in {0, 1, ...}",
        (_, true, _) => "> 0",
        (.., true) => "in real",
        _ => "in (0, 1)",
    };
    format!("{datum} {set}")
}

impl Shape {
    /// Is the mass over this support free of the parameters? Nothing where the density is no such kernel.
    fn fits(
        &self,
        facts: &Facts,
        log_density: &Expr,
        datum: &Symbol,
        parameters: &[Symbol],
    ) -> Option<bool> {
        let mut facts = facts.clone();
        facts.declare(datum.clone(), self.support.domain());
        let x = Expr::symbol(datum.name());
        let formula = |text: &str| bartlett_expr::parse_declaring(text, ["x", "c1", "c2"]).ok();
        let in_datum = |text: &str| formula(text).map(|e| e.replace(&Symbol::new("x"), &x));
        let kernel = facts.refine(log_density) - in_datum(self.base)?;
        let basis: Vec<Expr> = self
            .basis
            .iter()
            .map(|text| in_datum(text))
            .collect::<Option<_>>()?;
        let mut coefficients: Vec<Vec<Expr>> = vec![Vec::new(); basis.len()];
        let mut rest = Vec::new();
        for term in expanded(&kernel).summands() {
            if !term.contains(datum) {
                rest.push(term);
                continue;
            }
            let place = basis.iter().position(|b| !(&term / b).contains(datum))?;
            coefficients[place].push(&term / &basis[place]);
        }
        let named = |k: usize| Expr::symbol(if k == 0 { "c1" } else { "c2" });
        let values: FxHashMap<Expr, Expr> = coefficients
            .into_iter()
            .enumerate()
            .map(|(k, terms)| (named(k), Expr::sum(terms)))
            .collect();
        for condition in self.when {
            let condition = facts.refine(&formula(condition)?.substitute(&values));
            if facts.is_positive(&condition) != Truth::Yes
                && facts.is_positive(&bartlett_expr::normal::simplified(&facts, &condition))
                    != Truth::Yes
            {
                return None;
            }
        }
        let log_mass = Expr::sum(rest) + formula(self.log_mass)?.substitute(&values);
        let log_mass = facts.refine(&log_mass);
        if !parameters.iter().any(|p| log_density.contains(p)) {
            return None;
        }
        for parameter in parameters {
            if is_zero(&facts, &log_mass.derivative(parameter).ok()?) != Truth::Yes {
                return Some(false);
            }
        }
        Some(true)
    }
}
