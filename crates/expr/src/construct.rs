//! The only constructors of expressions: they sort, flatten and collect, and fold what is always valid.
//! In: parts. Out: a canonical `Expr`. Never: an expansion, or a rule that needs an assumption.

use crate::collect::{Collected, FLATTENED, Factors, Gathered, Product};
use crate::expr::{Binder, Children, Constant, Expr, Kind, Relation};
use crate::functions::FunctionRef;
use crate::intern::{intern_symbol, small_integer};
use crate::{Number, Symbol};
use smallvec::SmallVec;

/// The same where parts grow by one at every level, as weights of a reverse sweep do.
pub(crate) const WHOLE: usize = 12;

impl Expr {
    /// 0
    #[must_use]
    pub fn zero() -> Self {
        Self::number(Number::ZERO)
    }
    /// 1
    #[must_use]
    pub fn one() -> Self {
        Self::number(Number::ONE)
    }
    /// A rational number.
    #[must_use]
    pub fn number(n: Number) -> Self {
        n.to_i64()
            .and_then(small_integer)
            .unwrap_or_else(|| Self::of(Kind::Number(n)))
    }
    /// A machine integer.
    #[must_use]
    pub fn integer(n: i64) -> Self {
        Self::number(Number::integer(n))
    }
    /// `numerator / denominator`
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64) -> Self {
        Self::number(Number::ratio(numerator, denominator))
    }
    /// The symbol of that name.
    #[must_use]
    pub fn symbol(name: &str) -> Self {
        intern_symbol(name)
    }
    /// A named constant.
    #[must_use]
    pub fn constant(constant: Constant) -> Self {
        Self::of(Kind::Constant(constant))
    }
    /// π
    #[must_use]
    pub fn pi() -> Self {
        Self::constant(Constant::Pi)
    }
    /// +∞
    #[must_use]
    pub fn infinity() -> Self {
        Self::constant(Constant::Infinity)
    }
    /// The value of what has none.
    #[must_use]
    pub fn undefined() -> Self {
        Self::constant(Constant::Undefined)
    }
    /// `name[i, …]`
    #[must_use]
    pub fn indexed(name: Symbol, index: impl IntoIterator<Item = Self>) -> Self {
        Self::of(Kind::Indexed(name, index.into_iter().collect()))
    }

    /// Σ of the parts, flattened and collected.
    #[must_use]
    pub fn sum(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut collected = Collected::default();
        for part in parts {
            collected.add(&part, &Number::ONE);
        }
        collected.finish()
    }

    /// Σ of products; the first one is taken apart however long a sum it is.
    pub(crate) fn sum_of_products(parts: impl IntoIterator<Item = Product>) -> Self {
        let mut parts = parts.into_iter();
        let (Some(first), second) = (parts.next(), parts.next()) else {
            return Self::zero();
        };
        let Some(second) = second else {
            return Self::of_product(first);
        };
        let mut collected = Collected::default();
        for part in [first, second].into_iter().chain(parts) {
            let flattened = collected.flattened();
            collected.add_product(part, flattened);
        }
        collected.finish()
    }

    /// Σ of products, where a part of many terms stays whole.
    pub(crate) fn sum_of_wholes(parts: impl IntoIterator<Item = Product>) -> Self {
        let mut collected = Collected::default();
        for part in parts {
            collected.add_product(part, WHOLE);
        }
        collected.finish()
    }

    /// Σ of coefficient × part.
    #[must_use]
    pub fn combination<'a>(parts: impl IntoIterator<Item = (&'a Self, &'a Number)>) -> Self {
        let mut collected = Collected::default();
        for (part, coefficient) in parts {
            collected.add(part, coefficient);
        }
        collected.finish()
    }

    /// Π of the parts, flattened, exponents of equal bases added.
    #[must_use]
    pub fn product(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else {
            return Self::one();
        };
        let Some(second) = parts.next() else {
            return first;
        };
        if first.is_one() && parts.size_hint().1 == Some(0) {
            return second;
        }
        let mut gathered = Gathered::new(FLATTENED);
        gathered.note(first);
        gathered.note(second);
        parts.for_each(|part| gathered.note(part));
        Self::of_product(gathered.finish())
    }

    /// Its coefficient and factors.
    pub(crate) fn into_product(self) -> Product {
        match self.kind() {
            Kind::Number(n) => (n.clone(), Factors::new()),
            Kind::Mul(coefficient, factors) if !coefficient.is_one() => {
                (coefficient.clone(), factors.clone())
            }
            _ => (Number::ONE, Factors::from_iter([self])),
        }
    }

    /// The expression of a product that is finished.
    pub(crate) fn of_product((coefficient, mut factors): Product) -> Self {
        match factors.len() {
            0 => Self::number(coefficient),
            1 if coefficient.is_one() => factors.remove(0),
            1 => factors[0].scaled(&coefficient),
            _ => Self::of(Kind::Mul(coefficient, factors)),
        }
    }

    /// For factors that are canonical and sorted already.
    pub(crate) fn mul_canonical(coefficient: Number, mut factors: Factors) -> Self {
        match factors.len() {
            0 => Self::number(coefficient),
            1 if coefficient.is_one() => factors.remove(0),
            _ => Self::of(Kind::Mul(coefficient, factors)),
        }
    }

    /// Itself times a rational; distributed over a sum.
    #[must_use]
    pub fn scaled(&self, by: &Number) -> Self {
        if by.is_one() {
            return self.clone();
        }
        if by.is_zero() {
            return Self::zero();
        }
        match self.kind() {
            Kind::Number(n) => Self::number(n * by),
            Kind::Constant(Constant::Undefined) => self.clone(),
            Kind::Add(constant, terms) => Self::of(Kind::Add(
                constant * by,
                terms.iter().map(|(e, c)| (e.clone(), c * by)).collect(),
            )),
            Kind::Mul(n, factors) => {
                let n = n * by;
                if n.is_one() && factors.len() == 1 {
                    return factors[0].clone();
                }
                Self::mul_canonical(n, factors.clone())
            }
            _ => Self::of(Kind::Mul(by.clone(), SmallVec::from_iter([self.clone()]))),
        }
    }

    /// The rational content of a sum, with the sign of its first term, and the sum divided by it.
    #[must_use]
    pub fn primitive_part(&self) -> (Number, Self) {
        let Kind::Add(constant, terms) = self.kind() else {
            return (Number::ONE, self.clone());
        };
        if self.is_primitive_sum() {
            return (Number::ONE, self.clone());
        }
        let mut content = terms[0].1.abs();
        for (_, c) in &terms[1..] {
            content = if content.is_one() && c.is_integer() {
                content
            } else {
                content.gcd(c)
            };
        }
        if !constant.is_zero() {
            content = content.gcd(constant);
        }
        if terms[0].1.is_negative() {
            content = -content;
        }
        let primitive = self.scaled(&content.recip());
        (content, primitive)
    }

    /// The natural logarithm of it.
    #[must_use]
    pub fn log(&self) -> Self {
        Self::function("log", [self.clone()])
    }

    /// A function of the table applied to arguments; definitions are expanded and exact values folded.
    #[must_use]
    pub fn call(function: FunctionRef, arguments: impl IntoIterator<Item = Self>) -> Self {
        let arguments: Children = arguments.into_iter().collect();
        if arguments.iter().any(|a| a.is_constant(Constant::Undefined)) {
            return Self::undefined();
        }
        if let Some(value) = function.folded(&arguments) {
            return value;
        }
        Self::of(Kind::Call(function, arguments))
    }

    /// The function of that name applied to arguments. Panics if the table has no such function: names in programs are not input.
    #[must_use]
    pub fn function(name: &str, arguments: impl IntoIterator<Item = Self>) -> Self {
        let arguments: Children = arguments.into_iter().collect();
        let function = FunctionRef::find(name, arguments.len())
            .unwrap_or_else(|| panic!("the function table has no such `{name}`"));
        Self::call(function, arguments)
    }

    /// The condition that always holds.
    #[must_use]
    pub fn always() -> Self {
        Self::of(Kind::And(Children::new()))
    }
    /// The condition that never holds.
    #[must_use]
    pub fn never() -> Self {
        Self::of(Kind::Or(Children::new()))
    }
    /// A comparison; decided where both sides are numbers or the same.
    #[must_use]
    pub fn compare(relation: Relation, left: Self, right: Self) -> Self {
        let order = if left == right {
            Some(std::cmp::Ordering::Equal)
        } else if let (Some(a), Some(b)) = (left.as_number(), right.as_number()) {
            Some(a.cmp(b))
        } else {
            None
        };
        if let Some(order) = order {
            let holds = match relation {
                Relation::Equal => order.is_eq(),
                Relation::NotEqual => order.is_ne(),
                Relation::Less => order.is_lt(),
                Relation::LessEqual => order.is_le(),
            };
            return if holds { Self::always() } else { Self::never() };
        }
        if matches!(relation, Relation::Equal | Relation::NotEqual) && right < left {
            return Self::of(Kind::Compare(relation, right, left));
        }
        Self::of(Kind::Compare(relation, left, right))
    }
    /// All of the conditions.
    #[must_use]
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut out = Children::new();
        for c in conditions {
            match c.kind() {
                Kind::And(inner) => out.extend(inner.iter().cloned()),
                Kind::Or(inner) if inner.is_empty() => return c,
                _ => out.push(c),
            }
        }
        out.sort_unstable();
        out.dedup();
        if out.len() == 1 {
            out.remove(0)
        } else {
            Self::of(Kind::And(out))
        }
    }
    /// Any of the conditions.
    #[must_use]
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut out = Children::new();
        for c in conditions {
            match c.kind() {
                Kind::Or(inner) => out.extend(inner.iter().cloned()),
                Kind::And(inner) if inner.is_empty() => return c,
                _ => out.push(c),
            }
        }
        out.sort_unstable();
        out.dedup();
        if out.len() == 1 {
            out.remove(0)
        } else {
            Self::of(Kind::Or(out))
        }
    }
    /// The condition that holds where this one does not.
    #[must_use]
    pub fn negated(&self) -> Self {
        match self.kind() {
            Kind::And(parts) => Self::any(parts.iter().map(Self::negated)),
            Kind::Or(parts) => Self::all(parts.iter().map(Self::negated)),
            Kind::Compare(relation, a, b) => match relation {
                Relation::Equal => Self::compare(Relation::NotEqual, a.clone(), b.clone()),
                Relation::NotEqual => Self::compare(Relation::Equal, a.clone(), b.clone()),
                Relation::Less => Self::compare(Relation::LessEqual, b.clone(), a.clone()),
                Relation::LessEqual => Self::compare(Relation::Less, b.clone(), a.clone()),
            },
            _ => Self::undefined(),
        }
    }
    /// `if(condition, then, otherwise)`
    #[must_use]
    pub fn cases(condition: Self, then: Self, otherwise: Self) -> Self {
        match condition.kind() {
            Kind::And(parts) if parts.is_empty() => then,
            Kind::Or(parts) if parts.is_empty() => otherwise,
            _ if then == otherwise => then,
            _ => Self::of(Kind::If(condition, then, otherwise)),
        }
    }
    /// Σ, Π or ∫ of `body` over `variable` from `lower` to `upper`.
    #[must_use]
    pub fn bound(binder: Binder, variable: Symbol, lower: Self, upper: Self, body: Self) -> Self {
        if body.is_zero() && binder != Binder::Product {
            return body;
        }
        Self::of(Kind::Bound(binder, variable, lower, upper, body))
    }
}
