//! Powers: `b^e` in canonical form; what is always valid is folded.
//! In: a base and an exponent. Out: the power, or a product of powers. Never: a rule that needs an assumption.

use crate::Number;
use crate::expr::{Constant, Expr, Kind};
use crate::number_theory::{prime_powers, rational_power};

impl Expr {
    /// `self^exponent`
    #[must_use]
    pub fn power(&self, exponent: &Self) -> Self {
        if let Some(n) = exponent.as_number() {
            if n.is_zero() {
                return Self::one();
            }
            if n.is_one() {
                return self.clone();
            }
        }
        if exponent.is_constant(Constant::Undefined) {
            return Self::undefined();
        }
        match self.kind() {
            Kind::Number(base) => number_power(base, exponent),
            Kind::Constant(Constant::E) => exponential(exponent),
            Kind::Constant(Constant::Undefined) => Self::undefined(),
            Kind::Constant(Constant::Infinity) => match exponent.as_number() {
                Some(n) if n.is_negative() => Self::zero(),
                Some(_) => Self::infinity(),
                None => Self::of(Kind::Power(self.clone(), exponent.clone())),
            },
            Kind::Power(base, inner)
                if exponent.as_integer().is_some() || base.is_positive_constant() =>
            {
                base.power(&(inner * exponent))
            }
            Kind::Mul(coefficient, factors) => {
                if exponent.as_integer().is_some() {
                    let number = number_power(coefficient, exponent);
                    return Self::product(
                        std::iter::once(number).chain(factors.iter().map(|f| f.power(exponent))),
                    );
                }
                let (outside, inside): (Vec<_>, Vec<_>) = factors
                    .iter()
                    .cloned()
                    .partition(Self::is_positive_constant);
                let positive = coefficient.is_positive() && !coefficient.is_one();
                if !positive && outside.is_empty() {
                    return Self::of(Kind::Power(self.clone(), exponent.clone()));
                }
                let (number, rest) = if positive {
                    (coefficient.clone(), Self::product(inside))
                } else {
                    (
                        Number::ONE,
                        Self::product(
                            std::iter::once(Self::number(coefficient.clone())).chain(inside),
                        ),
                    )
                };
                let outside = outside.into_iter().map(|f| f.power(exponent));
                Self::product(
                    outside.chain([number_power(&number, exponent), rest.power(exponent)]),
                )
            }
            Kind::Add(..) => {
                let (content, primitive) = self.primitive_part();
                if content.is_one() {
                    return Self::of(Kind::Power(self.clone(), exponent.clone()));
                }
                if exponent.as_integer().is_some() {
                    let power = Self::of(Kind::Power(primitive, exponent.clone()));
                    return Self::product([number_power(&content, exponent), power]);
                }
                let size = content.abs();
                if size.is_one() {
                    return Self::of(Kind::Power(self.clone(), exponent.clone()));
                }
                let power = Self::of(Kind::Power(self.scaled(&size.recip()), exponent.clone()));
                Self::product([number_power(&size, exponent), power])
            }
            _ => Self::of(Kind::Power(self.clone(), exponent.clone())),
        }
    }

    /// `self^n`
    #[must_use]
    pub fn powi(&self, n: i64) -> Self {
        self.power(&Self::integer(n))
    }
    /// √self
    #[must_use]
    pub fn sqrt(&self) -> Self {
        self.power(&Self::number(Number::HALF))
    }
    /// 1/self
    #[must_use]
    pub fn recip(&self) -> Self {
        self.powi(-1)
    }
    /// e^self
    #[must_use]
    pub fn exp(&self) -> Self {
        exponential(self)
    }
    /// Is it a positive number, π, e, γ, or a power of one?
    fn is_positive_constant(&self) -> bool {
        match self.kind() {
            Kind::Number(n) => n.is_positive(),
            Kind::Constant(c) => matches!(c, Constant::Pi | Constant::E | Constant::EulerGamma),
            Kind::Power(base, _) => base.is_positive_constant(),
            _ => false,
        }
    }
}

fn number_power(base: &Number, exponent: &Expr) -> Expr {
    if base.is_one() {
        return Expr::one();
    }
    match exponent.kind() {
        Kind::Number(n) => {
            if base.is_zero() {
                return if n.is_negative() {
                    Expr::undefined()
                } else {
                    Expr::zero()
                };
            }
            if let Some(power) = n.to_i64().and_then(|n| base.pow(n)) {
                return Expr::number(power);
            }
            match rational_power(base, n) {
                Some((coefficient, roots)) => {
                    let mut roots: Vec<Expr> = roots
                        .into_iter()
                        .map(|(prime, e)| {
                            Expr::of(Kind::Power(Expr::integer(prime), Expr::number(e)))
                        })
                        .collect();
                    roots.sort_unstable();
                    Expr::mul_canonical(coefficient, roots.into())
                }
                None => Expr::of(Kind::Power(Expr::number(base.clone()), exponent.clone())),
            }
        }
        Kind::Constant(Constant::Infinity) => {
            Expr::of(Kind::Power(Expr::number(base.clone()), exponent.clone()))
        }
        _ if base.is_positive() => {
            // 2^(x + 3) is 8·2^x, and 6^x is 2^x·3^x, so that equal powers meet.
            let (constant, rest) = match exponent.kind() {
                Kind::Add(constant, _) if !constant.is_zero() => {
                    (constant.clone(), exponent - &Expr::number(constant.clone()))
                }
                _ => (Number::ZERO, exponent.clone()),
            };
            match prime_powers(base) {
                Some(primes) => {
                    let powers = primes.into_iter().map(|(p, k)| {
                        Expr::of(Kind::Power(
                            Expr::integer(p),
                            rest.scaled(&Number::integer(k)),
                        ))
                    });
                    let number = number_power(base, &Expr::number(constant));
                    let mut powers: Vec<Expr> = powers.collect();
                    if powers.len() == 1 && number.is_one() {
                        return powers.remove(0);
                    }
                    powers.sort_unstable();
                    match number.kind() {
                        Kind::Number(n) => Expr::mul_canonical(n.clone(), powers.into()),
                        // A root of the same prime joins the symbolic power: 2^(x + 1/2).
                        _ => Expr::of(Kind::Power(Expr::number(base.clone()), exponent.clone())),
                    }
                }
                None => Expr::of(Kind::Power(Expr::number(base.clone()), exponent.clone())),
            }
        }
        _ => Expr::of(Kind::Power(Expr::number(base.clone()), exponent.clone())),
    }
}

/// e^exponent, with e^(k·log b) written as b^k.
fn exponential(exponent: &Expr) -> Expr {
    fn logarithm(term: &Expr) -> Option<(Expr, Expr)> {
        if let Some([argument]) = term.as_call_of("log") {
            return Some((argument.clone(), Expr::one()));
        }
        if let Some([argument]) = term.as_call_of("lgamma") {
            return Some((Expr::function("gamma", [argument.clone()]), Expr::one()));
        }
        let Kind::Mul(coefficient, factors) = term.kind() else {
            return None;
        };
        let mut logs = factors
            .iter()
            .enumerate()
            .filter(|(_, f)| f.as_call_of("log").is_some());
        let (place, log) = logs.next()?;
        if logs.next().is_some() {
            return None;
        }
        let rest = factors
            .iter()
            .enumerate()
            .filter(|(i, _)| *i != place)
            .map(|(_, f)| f.clone());
        let rest = Expr::product(std::iter::once(Expr::number(coefficient.clone())).chain(rest));
        Some((log.as_call_of("log")?[0].clone(), rest))
    }
    let whole = |e: &Expr| Expr::of(Kind::Power(Expr::constant(Constant::E), e.clone()));
    match exponent.kind() {
        Kind::Number(n) if n.is_zero() => Expr::one(),
        Kind::Number(n) if n.is_one() => Expr::constant(Constant::E),
        Kind::Constant(Constant::Infinity) => Expr::infinity(),
        Kind::Constant(Constant::Undefined) => Expr::undefined(),
        Kind::Mul(n, factors)
            if factors.len() == 1 && factors[0].is_constant(Constant::Infinity) =>
        {
            if n.is_negative() {
                Expr::zero()
            } else {
                Expr::infinity()
            }
        }
        Kind::Add(constant, terms) => {
            let mut powers = Vec::new();
            let mut rest = Vec::new();
            for (term, coefficient) in terms {
                match logarithm(term) {
                    Some((base, k)) => powers.push(base.power(&k.scaled(coefficient))),
                    None => rest.push((term.clone(), coefficient.clone())),
                }
            }
            if powers.is_empty() {
                return whole(exponent);
            }
            let rest = Expr::sum(
                rest.iter()
                    .map(|(e, c)| e.scaled(c))
                    .chain([Expr::number(constant.clone())]),
            );
            powers.push(exponential(&rest));
            Expr::product(powers)
        }
        _ => match logarithm(exponent) {
            Some((base, k)) => base.power(&k),
            None => whole(exponent),
        },
    }
}
