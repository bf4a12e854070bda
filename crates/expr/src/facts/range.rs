//! Bounds of an expression by interval arithmetic with exact ends, and by the assumed relations.
//! In: `Facts`, an expression. Out: `Range`. Never: a bound that is not proved.

use super::{Facts, wave};
use crate::Number;
use crate::expr::{Constant, Expr, Kind, Relation};
use crate::functions::Codomain;
use crate::traverse::topological;
use rustc_hash::FxHashMap;

/// An interval that contains every value of an expression; `None` is an infinite end, `bool` says whether the end may be attained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// Greatest known lower bound.
    pub lower: Option<(Number, bool)>,
    /// Least known upper bound.
    pub upper: Option<(Number, bool)>,
}
type Bound = Option<(Number, bool)>;

/// Is the product of two ends attained? A zero that is attained makes it so alone.
fn attained(a: &Number, a_closed: bool, b: &Number, b_closed: bool) -> bool {
    let by_zero = (a.is_zero() && a_closed) || (b.is_zero() && b_closed);
    by_zero || (a_closed && b_closed)
}

impl Range {
    /// Nothing is known.
    pub const ALL: Self = Self {
        lower: None,
        upper: None,
    };
    const POSITIVE: Self = Self {
        lower: Some((Number::ZERO, false)),
        upper: None,
    };
    const NONNEGATIVE: Self = Self {
        lower: Some((Number::ZERO, true)),
        upper: None,
    };

    fn point(n: &Number) -> Self {
        Self {
            lower: Some((n.clone(), true)),
            upper: Some((n.clone(), true)),
        }
    }
    fn open(lower: Number, upper: Number) -> Self {
        Self {
            lower: Some((lower, false)),
            upper: Some((upper, false)),
        }
    }
    pub(super) fn closed(lower: Number, upper: Number) -> Self {
        Self {
            lower: Some((lower, true)),
            upper: Some((upper, true)),
        }
    }
    /// Every value is above 0.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.lower
            .as_ref()
            .is_some_and(|(n, closed)| n.is_positive() || (n.is_zero() && !closed))
    }
    /// Every value is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.upper
            .as_ref()
            .is_some_and(|(n, closed)| n.is_negative() || (n.is_zero() && !closed))
    }
    /// No value is below 0.
    #[must_use]
    pub fn is_nonnegative(&self) -> bool {
        self.lower.as_ref().is_some_and(|(n, _)| !n.is_negative())
    }
    /// No value is above 0.
    #[must_use]
    pub fn is_nonpositive(&self) -> bool {
        self.upper.as_ref().is_some_and(|(n, _)| !n.is_positive())
    }

    pub(super) fn negated(self) -> Self {
        let flip = |b: Bound| b.map(|(n, c)| (-n, c));
        Self {
            lower: flip(self.upper),
            upper: flip(self.lower),
        }
    }
    fn scaled(self, by: &Number) -> Self {
        if by.is_zero() {
            return Self::point(by);
        }
        let scale = |b: Bound| b.map(|(n, c)| (&n * by, c));
        let out = Self {
            lower: scale(self.lower),
            upper: scale(self.upper),
        };
        if by.is_negative() {
            Self {
                lower: out.upper,
                upper: out.lower,
            }
        } else {
            out
        }
    }
    fn plus(self, other: &Self) -> Self {
        let add = |a: Bound, b: &Bound| match (a, b) {
            (Some((a, x)), Some((b, y))) => Some((&a + b, x && *y)),
            _ => None,
        };
        Self {
            lower: add(self.lower, &other.lower),
            upper: add(self.upper, &other.upper),
        }
    }
    fn times(&self, other: &Self) -> Self {
        if self.is_nonpositive() && !self.is_nonnegative() {
            return self.clone().negated().times(other).negated();
        }
        if other.is_nonpositive() && !other.is_nonnegative() {
            return self.times(&other.clone().negated()).negated();
        }
        let multiply = |a: &Bound, b: &Bound| match (a, b) {
            (Some((a, x)), Some((b, y))) => Some((a * b, attained(a, *x, b, *y))),
            _ => None,
        };
        match (self.is_nonnegative(), other.is_nonnegative()) {
            (true, true) => {
                let lower = multiply(&self.lower, &other.lower);
                Self {
                    lower,
                    upper: multiply(&self.upper, &other.upper),
                }
            }
            (true, false) => Self {
                lower: multiply(&self.upper, &other.lower),
                upper: multiply(&self.upper, &other.upper),
            },
            (false, true) => other.times(self),
            (false, false) => Self::ALL,
        }
    }
    fn reciprocal(&self) -> Self {
        if !self.is_positive() {
            let mirrored = self.clone().negated();
            return if mirrored.is_positive() {
                mirrored.reciprocal().negated()
            } else {
                Self::ALL
            };
        }
        let invert = |b: &Bound| {
            b.as_ref()
                .filter(|(n, _)| !n.is_zero())
                .map(|(n, c)| (n.recip(), *c))
        };
        let lower = invert(&self.upper).unwrap_or((Number::ZERO, false));
        Self {
            lower: Some(lower),
            upper: invert(&self.lower),
        }
    }
    fn integer_power(&self, n: i64) -> Self {
        if n < 0 {
            return self.integer_power(-n).reciprocal();
        }
        if n > 64 {
            return if n % 2 == 0 || self.is_nonnegative() {
                if self.is_positive() {
                    Self::POSITIVE
                } else {
                    Self::NONNEGATIVE
                }
            } else {
                Self::ALL
            };
        }
        let raise = |b: &Bound| b.as_ref().and_then(|(x, c)| x.pow(n).map(|p| (p, *c)));
        if n % 2 == 1 {
            return Self {
                lower: raise(&self.lower),
                upper: raise(&self.upper),
            };
        }
        if self.is_nonnegative() {
            return Self {
                lower: raise(&self.lower),
                upper: raise(&self.upper),
            };
        }
        if self.is_nonpositive() {
            return self.clone().negated().integer_power(n);
        }
        let upper = match (raise(&self.lower), raise(&self.upper)) {
            (Some(a), Some(b)) => Some(if a.0 > b.0 { a } else { b }),
            _ => None,
        };
        Self {
            lower: Some((Number::ZERO, true)),
            upper,
        }
    }
    /// Everything known from both.
    fn and(self, other: Self) -> Self {
        let lower = match (self.lower, other.lower) {
            (Some(a), Some(b)) => Some(if a.0 > b.0 || (a.0 == b.0 && !a.1) {
                a
            } else {
                b
            }),
            (a, b) => a.or(b),
        };
        let upper = match (self.upper, other.upper) {
            (Some(a), Some(b)) => Some(if a.0 < b.0 || (a.0 == b.0 && !a.1) {
                a
            } else {
                b
            }),
            (a, b) => a.or(b),
        };
        Self { lower, upper }
    }
    /// What holds of either.
    fn or(self, other: Self) -> Self {
        let lower = match (self.lower, other.lower) {
            (Some(a), Some(b)) => Some(if a.0 < b.0 || (a.0 == b.0 && a.1) {
                a
            } else {
                b
            }),
            _ => None,
        };
        let upper = match (self.upper, other.upper) {
            (Some(a), Some(b)) => Some(if a.0 > b.0 || (a.0 == b.0 && a.1) {
                a
            } else {
                b
            }),
            _ => None,
        };
        Self { lower, upper }
    }
}

impl Facts {
    /// Bounds of the expression under the facts.
    #[must_use]
    pub fn range(&self, e: &Expr) -> Range {
        self.range_within(e, 2)
    }

    fn range_within(&self, e: &Expr, depth: usize) -> Range {
        let mut memo: FxHashMap<Expr, Range> = FxHashMap::default();
        for node in topological(std::slice::from_ref(e)) {
            let range = self.range_of_node(&node, &memo, depth);
            memo.insert(node, range);
        }
        memo.remove(e).unwrap_or(Range::ALL)
    }

    fn range_of_node(&self, node: &Expr, memo: &FxHashMap<Expr, Range>, depth: usize) -> Range {
        let by_parts = match node.kind() {
            Kind::Number(n) => Range::point(n),
            Kind::Constant(c) => match c {
                Constant::Pi => Range::open(Number::integer(3), Number::ratio(22, 7)),
                Constant::E => Range::open(Number::ratio(27, 10), Number::ratio(28, 10)),
                Constant::EulerGamma => Range::open(Number::ratio(57, 100), Number::ratio(58, 100)),
                Constant::Infinity => Range::POSITIVE,
                Constant::Undefined => Range::ALL,
            },
            Kind::Symbol(s) => self.range_of_symbol(s, depth),
            Kind::Add(constant, terms) => {
                let sum = terms.iter().fold(Range::point(constant), |sum, (e, c)| {
                    sum.plus(&memo[e].clone().scaled(c))
                });
                if sum.is_positive() || sum.is_negative() || depth == 0 {
                    sum
                } else {
                    sum.and(self.range_by_relations(node, depth))
                }
            }
            Kind::Mul(n, factors) => factors
                .iter()
                .fold(Range::point(n), |product, f| product.times(&memo[f])),
            Kind::Power(base, exponent) => {
                power_range(base, &memo[base], exponent, &memo[exponent])
            }
            Kind::Call(f, arguments) => {
                if f.name() == "log" {
                    logarithm_range(&memo[&arguments[0]])
                } else {
                    let last = arguments.last().map(|a| &memo[a]);
                    match f.row().codomain() {
                        Codomain::Real => Range::ALL,
                        Codomain::Positive if last.is_some_and(Range::is_positive) => {
                            Range::POSITIVE
                        }
                        Codomain::Positive => Range::ALL,
                        Codomain::NonNegative
                            if last.is_some_and(|r| r.is_positive() || r.is_negative()) =>
                        {
                            Range::POSITIVE
                        }
                        Codomain::NonNegative => Range::NONNEGATIVE,
                        Codomain::Unit => Range::open(Number::ZERO, Number::ONE),
                        Codomain::SymmetricUnit => Range::closed(Number::MINUS_ONE, Number::ONE),
                        Codomain::Wave(quarter) => wave::range(self, &arguments[0], quarter),
                    }
                }
            }
            Kind::If(_, a, b) => memo[a].clone().or(memo[b].clone()),
            _ => Range::ALL,
        };
        if matches!(node.kind(), Kind::Add(..) | Kind::Number(_)) {
            return by_parts;
        }
        self.assumed(node)
            .map_or(by_parts.clone(), |r| by_parts.and(r))
    }

    fn assumed(&self, node: &Expr) -> Option<Range> {
        if self.positive.contains(node) {
            return Some(Range::POSITIVE);
        }
        self.nonnegative
            .contains(node)
            .then_some(Range::NONNEGATIVE)
    }

    fn range_of_symbol(&self, s: &crate::Symbol, depth: usize) -> Range {
        let Some(domain) = self.domain(s) else {
            return Range::ALL;
        };
        let end = |value: &Expr, closed: bool, upper: bool| -> Bound {
            if let Some(n) = value.as_number() {
                return Some((n.clone(), closed));
            }
            if depth == 0 || value.as_coefficient().1.is_constant(Constant::Infinity) {
                return None;
            }
            let range = self.range_within(value, depth - 1);
            let bound = if upper { range.upper } else { range.lower };
            bound.map(|(n, attained)| (n, attained && closed))
        };
        Range {
            lower: end(&domain.lower.value, domain.lower.closed, false),
            upper: end(&domain.upper.value, domain.upper.closed, true),
        }
    }

    /// node = c·P + rest with an assumed P ≥ 0 and a rest that is bounded below.
    fn range_by_relations(&self, node: &Expr, depth: usize) -> Range {
        let mut out = Range::ALL;
        let Kind::Add(_, terms) = node.kind() else {
            return out;
        };
        let assumed = self
            .positive
            .iter()
            .map(|p| (p, false))
            .chain(self.nonnegative.iter().map(|p| (p, true)));
        for (relation, attained) in assumed {
            let Kind::Add(_, others) = relation.kind() else {
                continue;
            };
            for (term, c) in others {
                let Some((_, mine)) = terms.iter().find(|(t, _)| t == term) else {
                    continue;
                };
                let factor = mine / c;
                let rest = node - relation.scaled(&factor);
                let rest = self.range_within(&rest, depth - 1);
                let part = Range {
                    lower: Some((Number::ZERO, attained)),
                    upper: None,
                }
                .scaled(&factor);
                out = out.and(rest.plus(&part));
                if out.is_positive() || out.is_negative() {
                    return out;
                }
            }
        }
        out
    }

    /// Does the condition hold?
    #[must_use]
    pub fn holds(&self, condition: &Expr) -> super::Truth {
        use super::Truth::{No, Unknown, Yes};
        match condition.kind() {
            Kind::Compare(relation, a, b) => {
                let difference = b - a;
                let range = self.range(&difference);
                match relation {
                    Relation::Less if range.is_positive() => Yes,
                    Relation::Less if range.is_nonpositive() => No,
                    Relation::LessEqual if range.is_nonnegative() => Yes,
                    Relation::LessEqual if range.is_negative() => No,
                    Relation::Equal if range.is_positive() || range.is_negative() => No,
                    Relation::NotEqual if range.is_positive() || range.is_negative() => Yes,
                    _ => Unknown,
                }
            }
            Kind::And(parts) => {
                let all: Vec<_> = parts.iter().map(|p| self.holds(p)).collect();
                if all.contains(&No) {
                    No
                } else if all.iter().all(|t| *t == Yes) {
                    Yes
                } else {
                    Unknown
                }
            }
            Kind::Or(parts) => {
                let all: Vec<_> = parts.iter().map(|p| self.holds(p)).collect();
                if all.contains(&Yes) {
                    Yes
                } else if all.iter().all(|t| *t == No) {
                    No
                } else {
                    Unknown
                }
            }
            _ => Unknown,
        }
    }
}

fn power_range(base: &Expr, b: &Range, exponent: &Expr, e: &Range) -> Range {
    if base.is_constant(Constant::E) {
        let one = Number::ONE;
        if e.is_nonpositive() {
            return Range {
                lower: Some((Number::ZERO, false)),
                upper: Some((one, !e.is_negative())),
            };
        }
        if e.is_nonnegative() {
            return Range {
                lower: Some((one, !e.is_positive())),
                upper: None,
            };
        }
        return Range::POSITIVE;
    }
    if let Some(n) = exponent.as_integer() {
        return b.integer_power(n);
    }
    let positive = if b.is_positive() {
        Range::POSITIVE
    } else if b.is_nonnegative() {
        Range::NONNEGATIVE
    } else {
        return Range::ALL;
    };
    // x^a against 1: for x ≥ 1 and a ≥ 0 it is at least 1, and so on.
    let above = b.lower.as_ref().is_some_and(|(n, _)| *n >= Number::ONE);
    let below = b.upper.as_ref().is_some_and(|(n, _)| *n <= Number::ONE);
    let strict =
        |bound: &Bound, sign: bool| sign && bound.as_ref().is_some_and(|(n, c)| !n.is_one() || !c);
    let at_least = |s: bool| Range {
        lower: Some((Number::ONE, !s)),
        upper: None,
    };
    let at_most = |s: bool| Range {
        lower: None,
        upper: Some((Number::ONE, !s)),
    };
    if above && e.is_nonnegative() {
        positive.and(at_least(strict(&b.lower, e.is_positive())))
    } else if above && e.is_nonpositive() {
        positive.and(at_most(strict(&b.lower, e.is_negative())))
    } else if below && e.is_nonnegative() {
        positive.and(at_most(strict(&b.upper, e.is_positive())))
    } else if below && e.is_nonpositive() {
        positive.and(at_least(strict(&b.upper, e.is_negative())))
    } else {
        positive
    }
}

fn logarithm_range(x: &Range) -> Range {
    let zero = |closed: bool| Some((Number::ZERO, closed));
    match (&x.lower, &x.upper) {
        (Some((n, closed)), _) if *n >= Number::ONE => Range {
            lower: zero(n.is_one() && *closed),
            upper: None,
        },
        (_, Some((n, closed))) if *n <= Number::ONE => Range {
            lower: None,
            upper: zero(n.is_one() && *closed),
        },
        _ => Range::ALL,
    }
}
