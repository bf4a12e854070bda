//! Rewriting that needs facts: logarithms and powers of products come apart, absolute values and cases are decided.
//! In: `Facts`, an expression. Out: an equal expression under the facts. Never: a rule whose condition is only likely.

use super::{Facts, Truth};
use crate::Number;
use crate::expr::{Expr, Kind};
use rustc_hash::FxHashMap;

impl Facts {
    /// An equal expression in which every power, logarithm, absolute value and case is taken apart as far as the facts allow.
    #[must_use]
    pub fn refine(&self, e: &Expr) -> Expr {
        let mut signs: FxHashMap<Expr, (bool, bool)> = FxHashMap::default();
        let mut sign = |e: &Expr| {
            *signs.entry(e.clone()).or_insert_with(|| {
                let range = self.range(e);
                (range.is_positive(), range.is_negative())
            })
        };
        e.map(&mut |node| self.refined_node(node, &mut sign))
    }

    fn refined_node(&self, node: Expr, sign: &mut dyn FnMut(&Expr) -> (bool, bool)) -> Expr {
        match node.kind() {
            Kind::Power(base, exponent) if exponent.as_integer().is_none() => {
                split_power(base, exponent, sign).unwrap_or(node)
            }
            // |x|² is x²: everything here is real.
            Kind::Power(base, exponent) if exponent.as_integer().is_some_and(|n| n % 2 == 0) => {
                match base.as_call_of("abs") {
                    Some([inner]) => inner.power(exponent),
                    _ => node,
                }
            }
            Kind::Call(f, arguments) => match f.name() {
                "log" => split_logarithm(&arguments[0], sign)
                    .or_else(|| {
                        // What has a logarithm is not 0: then its factors that are not negative are positive.
                        let mut weak = |e: &Expr| {
                            let range = self.range(e);
                            (range.is_nonnegative(), range.is_nonpositive())
                        };
                        split_logarithm(&arguments[0], &mut weak)
                    })
                    .unwrap_or(node),
                "abs" => self.absolute(&arguments[0], sign).unwrap_or(node),
                "sign" => match sign(&arguments[0]) {
                    (true, _) => Expr::one(),
                    (_, true) => Expr::integer(-1),
                    _ => node,
                },
                "min" | "max" => {
                    let first = match self.range(&(&arguments[1] - &arguments[0])) {
                        r if r.is_nonnegative() => f.name() == "min",
                        r if r.is_nonpositive() => f.name() == "max",
                        _ => return node,
                    };
                    arguments[usize::from(!first)].clone()
                }
                "floor" if self.is_integer(&arguments[0]) => arguments[0].clone(),
                _ => node,
            },
            Kind::If(condition, then, otherwise) => match self.holds(condition) {
                Truth::Yes => then.clone(),
                Truth::No => otherwise.clone(),
                Truth::Unknown => node,
            },
            _ => node,
        }
    }

    fn absolute(&self, x: &Expr, sign: &mut dyn FnMut(&Expr) -> (bool, bool)) -> Option<Expr> {
        match sign(x) {
            (true, _) => return Some(x.clone()),
            (_, true) => return Some(-x),
            _ => {}
        }
        if self.is_nonnegative(x) == Truth::Yes {
            return Some(x.clone());
        }
        if let Kind::Power(base, exponent) = x.kind()
            && exponent.as_number().is_some()
        {
            return Some(Expr::function("abs", [base.clone()]).power(exponent));
        }
        let Kind::Mul(n, factors) = x.kind() else {
            return None;
        };
        let parts = factors.iter().map(|f| Expr::function("abs", [f.clone()]));
        let parts: Vec<Expr> = parts
            .map(|p| match p.as_call_of("abs") {
                Some([inner]) => self.absolute(inner, sign).unwrap_or_else(|| p.clone()),
                _ => p.clone(),
            })
            .collect();
        Some(Expr::product(
            parts.into_iter().chain([Expr::number(n.abs())]),
        ))
    }
}

/// log Π f = Σ log f over factors of known sign, with an even number of negative ones.
fn split_logarithm(x: &Expr, sign: &mut dyn FnMut(&Expr) -> (bool, bool)) -> Option<Expr> {
    match x.kind() {
        Kind::Power(base, exponent) => match sign(base) {
            (true, _) => Some(exponent * logarithm(base, sign)),
            (_, true) if exponent.as_integer().is_some_and(|n| n % 2 == 0) => {
                Some(exponent * logarithm(&-base, sign))
            }
            _ if exponent.as_integer().is_some_and(|n| n % 2 == 0) => {
                Some(exponent * logarithm(&Expr::function("abs", [base.clone()]), sign))
            }
            _ => None,
        },
        Kind::Mul(coefficient, factors) => {
            let mut logs = Vec::new();
            let mut rest = Vec::new();
            let mut negative = coefficient.is_negative();
            for factor in factors {
                match sign(factor) {
                    (true, _) => logs.push(logarithm(factor, sign)),
                    (_, true) => {
                        negative = !negative;
                        logs.push(logarithm_of_negated(factor));
                    }
                    _ => rest.push(factor.clone()),
                }
            }
            if factors.len() == 1
                && coefficient.abs().is_one()
                && (coefficient.is_negative() || rest.len() == 1)
            {
                return None;
            }
            logs.push(Expr::number(coefficient.abs()).log());
            let left = Expr::product(rest).scaled(&if negative {
                Number::MINUS_ONE
            } else {
                Number::ONE
            });
            if !left.is_one() {
                logs.push(Expr::function("log", [left]));
            }
            Some(Expr::sum(logs))
        }
        _ => None,
    }
}

/// log(−x) of a factor x < 0.
fn logarithm_of_negated(x: &Expr) -> Expr {
    match x.kind() {
        Kind::Power(base, exponent) => exponent * (-base).log(),
        _ => (-x).log(),
    }
}

fn logarithm(x: &Expr, sign: &mut dyn FnMut(&Expr) -> (bool, bool)) -> Expr {
    split_logarithm(x, sign).unwrap_or_else(|| x.log())
}

/// (Π f)^r = Π f^r over positive factors; (b^s)^r = b^(sr) for b > 0, |b|^(sr) for even s.
fn split_power(
    base: &Expr,
    exponent: &Expr,
    sign: &mut dyn FnMut(&Expr) -> (bool, bool),
) -> Option<Expr> {
    match base.kind() {
        Kind::Power(inner, s) => match sign(inner) {
            (true, _) => Some(inner.power(&(s * exponent))),
            _ if s.as_integer().is_some_and(|n| n % 2 == 0) => {
                let size = if sign(inner).1 {
                    -inner
                } else {
                    Expr::function("abs", [inner.clone()])
                };
                Some(size.power(&(s * exponent)))
            }
            _ => None,
        },
        Kind::Mul(coefficient, factors) => {
            let mut powers = Vec::new();
            let mut rest = vec![];
            let mut negative = coefficient.is_negative();
            for factor in factors {
                match sign(factor) {
                    (true, _) => powers.push(power(factor, exponent, sign)),
                    (_, true) => {
                        negative = !negative;
                        let (base, s) = factor.as_power();
                        powers.push((-base).power(&(s * exponent)));
                    }
                    _ => {
                        let (b, s) = factor.as_power();
                        if s.as_integer().is_some_and(|n| n % 2 == 0) {
                            powers.push(Expr::function("abs", [b]).power(&(s * exponent)));
                        } else {
                            rest.push(factor.clone());
                        }
                    }
                }
            }
            // (−x)^r of x > 0 has no real value: it stays as it is.
            if powers.is_empty() || (rest.is_empty() && negative) {
                return None;
            }
            powers.push(Expr::number(coefficient.abs()).power(exponent));
            let left = Expr::product(rest).scaled(&if negative {
                Number::MINUS_ONE
            } else {
                Number::ONE
            });
            if !left.is_one() {
                powers.push(left.power(exponent));
            }
            Some(Expr::product(powers))
        }
        _ => None,
    }
}

fn power(base: &Expr, exponent: &Expr, sign: &mut dyn FnMut(&Expr) -> (bool, bool)) -> Expr {
    split_power(base, exponent, sign).unwrap_or_else(|| base.power(exponent))
}
