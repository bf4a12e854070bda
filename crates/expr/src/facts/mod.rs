//! What may be assumed, as a value that is passed.
//! In: domains of symbols, relations between them. Out: `Facts`, and answers that are `Yes` only when proved. Never: global state.

mod range;
mod refine;
mod wave;

pub use range::Range;

use crate::expr::{Expr, Kind};
use crate::{Number, Symbol};
use std::collections::BTreeMap;

/// The answer to a question about an expression. Unknown is never yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// Proved.
    Yes,
    /// Refuted.
    No,
    /// Neither.
    Unknown,
}

/// One end of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Where it is: an expression, perhaps ±∞.
    pub value: Expr,
    /// Does it belong to the domain?
    pub closed: bool,
}

/// The values that a symbol may take: an interval of reals, or the integers (every `step`-th) in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The lower end.
    pub lower: End,
    /// The upper end.
    pub upper: End,
    /// `Some(step)` for integers `lower, lower + step, …`.
    pub step: Option<Number>,
}

impl Domain {
    /// All reals.
    #[must_use]
    pub fn real() -> Self {
        Self::interval(-Expr::infinity(), false, Expr::infinity(), false)
    }
    /// An interval.
    #[must_use]
    pub fn interval(lower: Expr, lower_closed: bool, upper: Expr, upper_closed: bool) -> Self {
        Self {
            lower: End {
                value: lower,
                closed: lower_closed,
            },
            upper: End {
                value: upper,
                closed: upper_closed,
            },
            step: None,
        }
    }
    /// (0, ∞)
    #[must_use]
    pub fn positive() -> Self {
        Self::interval(Expr::zero(), false, Expr::infinity(), false)
    }
    /// The integers from one end to the other.
    #[must_use]
    pub fn integers(lower: Expr, upper: Expr, step: Number) -> Self {
        Self {
            step: Some(step),
            ..Self::interval(lower, true, upper, true)
        }
    }
    /// Are its members integers?
    #[must_use]
    pub fn is_discrete(&self) -> bool {
        self.step.is_some()
    }
}

/// Everything that may be assumed: where symbols live, and which expressions are positive or not negative.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    domains: BTreeMap<Symbol, Domain>,
    positive: Vec<Expr>,
    nonnegative: Vec<Expr>,
}

impl Facts {
    /// Nothing is assumed but that symbols are real.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares where a symbol lives; a second declaration narrows the first where its ends are tighter by plain sight.
    pub fn declare(&mut self, symbol: Symbol, domain: Domain) {
        let name = Expr::symbol(symbol.name());
        for (end, difference) in [
            (&domain.lower, &name - &domain.lower.value),
            (&domain.upper, &domain.upper.value - &name),
        ] {
            if end.value.may_vary() {
                if end.closed {
                    self.nonnegative.push(difference);
                } else {
                    self.positive.push(difference);
                }
            }
        }
        self.domains.insert(symbol, domain);
    }

    /// Assumes an expression to be above 0.
    pub fn assume_positive(&mut self, e: Expr) {
        if !self.positive.contains(&e) {
            self.positive.push(e);
        }
    }
    /// Assumes an expression not to be below 0.
    pub fn assume_nonnegative(&mut self, e: Expr) {
        if !self.nonnegative.contains(&e) {
            self.nonnegative.push(e);
        }
    }
    /// Where the symbol lives, if it was declared.
    #[must_use]
    pub fn domain(&self, symbol: &Symbol) -> Option<&Domain> {
        self.domains.get(symbol)
    }
    /// Every declared domain, by name.
    pub fn domains(&self) -> impl Iterator<Item = (&Symbol, &Domain)> {
        self.domains.iter()
    }
    /// Expressions assumed to be above 0.
    #[must_use]
    pub fn positives(&self) -> &[Expr] {
        &self.positive
    }
    /// Expressions assumed not to be below 0.
    #[must_use]
    pub fn nonnegatives(&self) -> &[Expr] {
        &self.nonnegative
    }

    /// The same without the domain of a symbol.
    #[must_use]
    pub fn without_domain(&self, symbol: &Symbol) -> Self {
        let mut fewer = self.clone();
        fewer.domains.remove(symbol);
        fewer
    }
    /// The same without one expression assumed to be above 0.
    #[must_use]
    pub fn without_positive(&self, e: &Expr) -> Self {
        let mut fewer = self.clone();
        fewer.positive.retain(|p| p != e);
        fewer
    }

    /// Is it above 0?
    #[must_use]
    pub fn is_positive(&self, e: &Expr) -> Truth {
        let range = self.range(e);
        if range.is_positive() {
            Truth::Yes
        } else if range.is_nonpositive() {
            Truth::No
        } else {
            Truth::Unknown
        }
    }
    /// Is it 0 or above?
    #[must_use]
    pub fn is_nonnegative(&self, e: &Expr) -> Truth {
        let range = self.range(e);
        if range.is_nonnegative() {
            Truth::Yes
        } else if range.is_negative() {
            Truth::No
        } else {
            Truth::Unknown
        }
    }
    /// Is it below 0?
    #[must_use]
    pub fn is_negative(&self, e: &Expr) -> Truth {
        self.is_positive(&-e)
    }
    /// Is it different from 0?
    #[must_use]
    pub fn is_nonzero(&self, e: &Expr) -> Truth {
        let range = self.range(e);
        if range.is_positive() || range.is_negative() {
            Truth::Yes
        } else if e.is_zero() {
            Truth::No
        } else {
            Truth::Unknown
        }
    }
    /// Is it proved to be an integer?
    #[must_use]
    pub fn is_integer(&self, e: &Expr) -> bool {
        match e.kind() {
            Kind::Number(n) => n.is_integer(),
            Kind::Symbol(s) => self.domain(s).is_some_and(|d| {
                d.step.as_ref().is_some_and(Number::is_integer)
                    && (d.lower.value.may_vary()
                        || d.lower.value.as_number().is_none_or(Number::is_integer))
            }),
            Kind::Add(constant, terms) => {
                constant.is_integer()
                    && terms
                        .iter()
                        .all(|(e, c)| c.is_integer() && self.is_integer(e))
            }
            Kind::Mul(n, factors) => n.is_integer() && factors.iter().all(|f| self.is_integer(f)),
            Kind::Power(b, e) => e.as_integer().is_some_and(|n| n >= 0) && self.is_integer(b),
            Kind::Call(f, _) => f.name() == "floor",
            _ => false,
        }
    }
}
