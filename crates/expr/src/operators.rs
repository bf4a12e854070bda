//! `+ − * /` and unary minus on expressions, references, integers and rationals, in any mixture.
//! In: two operands. Out: `Expr`. Never: logic of its own.

use crate::{Expr, Number};
use std::ops::{Add, Div, Mul, Neg, Sub};

impl From<i64> for Expr {
    fn from(n: i64) -> Self {
        Self::integer(n)
    }
}
impl From<i32> for Expr {
    fn from(n: i32) -> Self {
        Self::integer(n.into())
    }
}
impl From<Number> for Expr {
    fn from(n: Number) -> Self {
        Self::number(n)
    }
}
impl From<&Number> for Expr {
    fn from(n: &Number) -> Self {
        Self::number(n.clone())
    }
}
impl From<&Self> for Expr {
    fn from(e: &Self) -> Self {
        e.clone()
    }
}

macro_rules! operator {
    ($op:ident, $name:ident, |$a:ident, $b:ident| $body:expr) => {
        impl<T: Into<Expr>> $op<T> for &Expr {
            type Output = Expr;
            fn $name(self, other: T) -> Expr {
                let ($a, $b): (Expr, Expr) = (self.clone(), other.into());
                $body
            }
        }
        impl<T: Into<Expr>> $op<T> for Expr {
            type Output = Expr;
            fn $name(self, other: T) -> Expr {
                let ($a, $b): (Expr, Expr) = (self, other.into());
                $body
            }
        }
        operator!(@left i64, $op, $name);
        operator!(@left i32, $op, $name);
        operator!(@left Number, $op, $name);
    };
    (@left $left:ty, $op:ident, $name:ident) => {
        impl $op<Expr> for $left {
            type Output = Expr;
            fn $name(self, other: Expr) -> Expr {
                Expr::from(self).$name(other)
            }
        }
        impl $op<&Expr> for $left {
            type Output = Expr;
            fn $name(self, other: &Expr) -> Expr {
                Expr::from(self).$name(other)
            }
        }
    };
}
operator!(Add, add, |a, b| Expr::sum([a, b]));
operator!(Sub, sub, |a, b| Expr::combination([
    (&a, &Number::ONE),
    (&b, &Number::MINUS_ONE)
]));
operator!(Mul, mul, |a, b| Expr::product([a, b]));
operator!(Div, div, |a, b| Expr::product([a, b.recip()]));

impl Neg for &Expr {
    type Output = Expr;
    fn neg(self) -> Expr {
        self.scaled(&Number::MINUS_ONE)
    }
}
impl Neg for Expr {
    type Output = Self;
    fn neg(self) -> Self {
        self.scaled(&Number::MINUS_ONE)
    }
}
