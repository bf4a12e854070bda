//! A density seen through a change of variable.
//! In: a density of one datum, moves. Out: its log-density in the new variable, with domain and facts. Never: a name of a family.

use super::path::{Move, steps};
use bartlett_expr::{Domain, Expr, Facts, Kind, Number, Symbol, normal, topological};
use std::sync::Arc;

/// A one-dimensional density in some variable, and how the datum is got back from it.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    /// The variable.
    pub variable: Symbol,
    /// Where it lives.
    pub domain: Domain,
    /// The datum as a function of it.
    pub datum: Expr,
    /// It as a function of the datum.
    pub image: Expr,
    /// The density as it stands, on the part of its support where all this holds.
    pub origin: Arc<Origin>,
    /// The changes of variable that led here, each in the variable before it.
    pub path: Vec<Expr>,
    /// The log-density in it, Jacobian included, taken apart under the facts.
    pub log_density: Expr,
    /// The facts, with the variable's domain.
    pub facts: Facts,
}

/// What a chart is a chart of.
#[derive(Debug)]
pub(crate) struct Origin {
    /// The datum.
    pub datum: Symbol,
    /// (A part of) its support.
    pub domain: Domain,
    /// Its log-density.
    pub log_density: Expr,
}

impl Chart {
    /// The density as it stands, on (a part of) its support.
    pub(crate) fn new(facts: &Facts, datum: &Symbol, domain: &Domain, log_density: &Expr) -> Self {
        let origin = Arc::new(Origin {
            datum: datum.clone(),
            domain: domain.clone(),
            log_density: log_density.clone(),
        });
        let mut facts = facts.clone();
        facts.declare(datum.clone(), domain.clone());
        let log_density = prepared(&facts, log_density);
        let name = Expr::symbol(datum.name());
        Self {
            variable: datum.clone(),
            domain: domain.clone(),
            datum: name.clone(),
            image: name,
            origin,
            path: Vec::new(),
            log_density,
            facts,
        }
    }

    /// The same density in z = w(variable).
    pub(crate) fn through(&self, w: &Expr) -> Option<Self> {
        let moves = steps(w, &self.variable)?;
        if moves.is_empty() {
            return None;
        }
        let mut domain = self.domain.clone();
        for step in &moves {
            domain = step.image(&self.facts, &domain)?;
        }
        let variable = Symbol::new(&format!("{}'", self.variable.name()));
        let z = Expr::symbol(variable.name());
        let mut facts = self.facts.clone();
        facts.declare(variable.clone(), domain.clone());
        // Walk back from z, collecting the Jacobian at each value on the way.
        let mut value = z.clone();
        let mut jacobian = Vec::new();
        for step in moves.iter().rev() {
            if domain.step.is_none() {
                jacobian.push(step.log_jacobian(&self.facts, &value)?);
            }
            value = facts.refine(&step.undo(&value));
        }
        let log_density = self.log_density.replace(&self.variable, &value) + Expr::sum(jacobian);
        let log_density = prepared(&facts, &log_density);
        let datum = facts.refine(&self.datum.replace(&self.variable, &value));
        let image = w.replace(&self.variable, &self.image);
        let mut path = self.path.clone();
        path.push(w.clone());
        Some(Self {
            variable,
            domain,
            datum,
            image,
            origin: Arc::clone(&self.origin),
            path,
            log_density,
            facts,
        })
    }

    /// The same changes of variable under other facts, where they still go through.
    pub(crate) fn replayed(&self, facts: &Facts) -> Option<Self> {
        let Origin {
            datum,
            domain,
            log_density,
        } = &*self.origin;
        let start = Self::new(facts, datum, domain, log_density);
        self.path
            .iter()
            .try_fold(start, |chart, w| chart.through(w))
    }

    /// Changes of variable that the log-density itself suggests, in the order in which they are tried.
    pub(crate) fn candidates(&self) -> Vec<Expr> {
        let y = Expr::symbol(self.variable.name());
        let mut found: Vec<Expr> = Vec::new();
        let mut note = |e: Expr| {
            if e != y && !found.contains(&e) {
                found.push(e);
            }
        };
        let here = |e: &Expr| e.contains(&self.variable);
        if self.domain.is_discrete() {
            let step = self.domain.step.clone().unwrap_or(Number::ONE);
            if !self.domain.lower.value.is_zero()
                && super::path::infinite(&self.domain.lower.value).is_none()
            {
                note((&y - &self.domain.lower.value) / step.clone());
            }
            if super::path::infinite(&self.domain.upper.value).is_none() {
                note((&self.domain.upper.value - &y) / step);
            }
            return found;
        }
        for node in topological(std::slice::from_ref(&self.log_density)) {
            if !here(&node) {
                continue;
            }
            match node.kind() {
                Kind::Power(base, exponent)
                    if here(base) != here(exponent)
                        && (here(exponent) || exponent.as_integer().is_none() || *base == y) =>
                {
                    note(node.clone());
                }
                Kind::Call(f, arguments) if f.name() == "log" && arguments[0].any_node(&|n| matches!(n.kind(), Kind::Power(b, _) if here(b) && matches!(b.kind(), Kind::Add(..)))) => {
                    note(node.clone());
                }
                Kind::Call(f, _) if f.name() == "log" => note(node.clone()),
                _ => {}
            }
            if let Kind::Add(..) = node.kind()
                && let Some(moves) = steps(&node, &self.variable)
            {
                match &moves[..] {
                    [Move::Scale(b), Move::Shift(a)] => {
                        note(&y * b / a);
                        note(-(&y * b / a));
                    }
                    [Move::Shift(a)] => {
                        note(&y / a);
                        note(-(&y / a));
                        note(&y + a);
                    }
                    _ => {}
                }
                note(node.clone());
            }
        }
        let (lower, upper) = (&self.domain.lower.value, &self.domain.upper.value);
        if lower.is_zero() && upper.is_one() {
            for c in self.slopes_of_logarithms() {
                // The Möbius map of (0, 1) onto itself that has its pole where 1 + c y vanishes.
                note((Expr::one() - (Expr::one() + &c * &y).recip()) * (&c + 1) / c);
            }
        }
        match (super::path::infinite(lower), super::path::infinite(upper)) {
            (None, Some(_)) if !lower.is_zero() => note(&y - lower),
            (Some(_), None) => note(upper - &y),
            (None, None) if !(lower.is_zero() && upper.is_one()) => {
                note((&y - lower) / (upper - lower))
            }
            _ => {}
        }
        if lower.is_zero() || (lower.is_one() && super::path::infinite(upper).is_some()) {
            note(y.recip());
        }
        found
    }
}

impl Chart {
    /// c for each log(1 + c y), up to a factor, in the log-density; c ≠ −1.
    fn slopes_of_logarithms(&self) -> Vec<Expr> {
        let x = &self.variable;
        topological(std::slice::from_ref(&self.log_density))
            .iter()
            .filter_map(|node| {
                let [inside] = node.as_call_of("log")? else {
                    return None;
                };
                let slope = inside.derivative(x).ok()?;
                let rest = inside.replace(x, &Expr::zero());
                if slope.is_zero() || slope.contains(x) || rest.is_zero() {
                    return None;
                }
                let c = normal::cancelled(&(slope / rest));
                (!(&c + 1).is_zero()).then_some(c)
            })
            .collect()
    }
}

/// Taken apart under the facts.
pub(crate) fn prepared(facts: &Facts, e: &Expr) -> Expr {
    normal::prepared(facts, std::slice::from_ref(e)).remove(0)
}
