//! How long an expression reads: the number of operations, counted as SymPy's `count_ops` counts them.
//! In: an expression. Out: a number. Never: a dependence on the order of terms or on the sign of a sum inside a product.

use crate::Number;
use crate::expr::{Constant, Expr, Kind};
use rustc_hash::FxHashMap;

/// Numbers of operations are cut off here: shared nodes may stand for exponentially long texts.
const MOST: usize = 1 << 40;

/// The number of operations: each `+ - * / ^`, each minus sign and each function counts 1 (as SymPy 1.14's `count_ops`).
#[must_use]
pub fn operations(e: &Expr) -> usize {
    Counter::default().whole(e)
}

/// What it takes to read an expression: its operations, and two more for each sum inside a product or power that holds a
/// fraction of its own: `(8/(x + 3) - 4)/s^2` is short and reads badly.
pub(super) fn effort(e: &Expr) -> usize {
    Counter::of_effort().whole(e)
}

/// Counts, with a memory of the nodes counted so far.
#[derive(Default)]
pub(super) struct Counter {
    memo: FxHashMap<Expr, (bool, usize)>,
    /// What a nested fraction counts.
    nested: usize,
}

/// A sum with a term below a line, or with a fraction that multiplies no function.
fn is_awkward(sum: &Expr) -> bool {
    let Kind::Add(constant, terms) = sum.kind() else {
        return false;
    };
    let is_below = |e: &Expr| power(e).2 && !e.as_power().0.is_constant(Constant::E);
    let is_special = |e: &Expr| {
        let base = e.as_power().0;
        base.as_symbol().is_none() && !matches!(base.kind(), Kind::Add(..))
    };
    !constant.is_integer()
        || terms.iter().any(|(term, c)| {
            let factors = match term.kind() {
                Kind::Mul(_, factors) => factors.as_slice(),
                _ => std::slice::from_ref(term),
            };
            factors.iter().any(is_below) || (!c.is_integer() && !factors.iter().any(is_special))
        })
}

impl Counter {
    pub fn of_effort() -> Self {
        Self {
            memo: FxHashMap::default(),
            nested: 2,
        }
    }

    pub fn whole(&mut self, e: &Expr) -> usize {
        let (negative, size) = self.size(e);
        (size + usize::from(negative)).min(MOST)
    }

    /// Does it begin with a minus sign, and the operations of the rest.
    fn size(&mut self, e: &Expr) -> (bool, usize) {
        if let Some(n) = e.as_number() {
            return (n.is_negative(), usize::from(!n.is_integer()));
        }
        if let Some(known) = self.memo.get(e) {
            return *known;
        }
        let value = match e.kind() {
            Kind::Number(_) | Kind::Symbol(_) => (false, 0),
            Kind::Constant(c) => (false, usize::from(*c == Constant::E)),
            Kind::Indexed(..) => (false, self.children(e)),
            Kind::Add(constant, terms) => {
                let mut total = terms.len() - 1;
                let mut all = !constant.is_positive();
                if !constant.is_zero() {
                    total += 1 + usize::from(!constant.is_integer());
                }
                for (term, coefficient) in terms {
                    let (negative, size) = match term.kind() {
                        Kind::Mul(n, factors) => self.product(&(n * coefficient), factors),
                        _ => self.product(coefficient, std::slice::from_ref(term)),
                    };
                    all &= negative;
                    total += size;
                }
                (all, total)
            }
            Kind::Mul(n, factors) => self.product(n, factors),
            Kind::Power(..) => self.product(&Number::ONE, std::slice::from_ref(e)),
            _ => (false, 1 + self.children(e)),
        };
        let value = (value.0, value.1.min(MOST));
        self.memo.insert(e.clone(), value);
        value
    }

    /// As [`power`]; an exponent that takes its minus sign into a sum stays above the line: `exp((m - x)/b)`.
    fn power(&mut self, factor: &Expr) -> (Expr, Expr, bool) {
        let (base, exponent) = factor.as_power();
        let (_, size, below) = power(factor);
        if below && exponent.as_number().is_none() && !self.size(&exponent).0 {
            return (base, exponent, false);
        }
        (base, size, below)
    }

    fn children(&mut self, e: &Expr) -> usize {
        e.children().iter().map(|c| self.whole(c)).sum()
    }

    fn product(&mut self, coefficient: &Number, factors: &[Expr]) -> (bool, usize) {
        let mut negative = coefficient.is_negative();
        let mut turns = false;
        // Parts and operations above and below the line.
        let mut parts = [0_usize; 2];
        let mut sizes = [0_usize; 2];
        for factor in factors {
            let (base, exponent, below) = self.power(factor);
            let place = usize::from(below);
            parts[place] += 1;
            if base.is_constant(Constant::E) {
                sizes[place] += 1 + self.whole(&exponent);
                continue;
            }
            let (minus, mut size) = self.size(&base);
            let odd = exponent.as_integer().is_none_or(|n| n % 2 != 0);
            if let Kind::Add(..) = base.kind() {
                if minus && exponent.as_integer().is_some() {
                    negative ^= odd;
                } else if minus {
                    size += 1;
                } else if exponent.as_integer().is_some() && odd && is_mixed(&base) {
                    turns = true;
                }
            } else if minus {
                size += 1;
            }
            if self.nested > 0 && below && matches!(base.kind(), Kind::Mul(..)) {
                // (x/s)^a above the line, not (s/x)^a below it.
                size += 1;
            }
            if self.nested > 0 && is_awkward(&base) {
                size += self.nested;
            }
            sizes[place] += size;
            if !exponent.is_one() {
                sizes[place] += 1 + self.whole(&exponent);
            }
        }
        // A sum of both signs takes the minus sign in: −(x − y)·z reads (y − x)·z.
        if turns {
            negative = false;
        }
        let (above, under) = (coefficient.numerator().abs(), coefficient.denominator());
        let mut total = sizes[0] + sizes[1];
        if parts[1] > 0 || !under.is_one() {
            total += 1;
            let multiplied = parts[1] + usize::from(!under.is_one());
            total += multiplied - 1;
        }
        if parts[0] > 0 {
            total += parts[0] + usize::from(!above.is_one()) - 1;
        }
        (negative, total)
    }
}

/// A power's base, the size of its exponent, and on which side of the line it stands.
fn power(factor: &Expr) -> (Expr, Expr, bool) {
    let (base, exponent) = factor.as_power();
    let below = match exponent.kind() {
        Kind::Number(n) | Kind::Mul(n, _) => n.is_negative(),
        Kind::Add(constant, terms) => {
            !constant.is_positive() && terms.iter().all(|(_, c)| c.is_negative())
        }
        _ => false,
    };
    if below {
        (base, -exponent, true)
    } else {
        (base, exponent, false)
    }
}

fn is_mixed(sum: &Expr) -> bool {
    let Kind::Add(constant, terms) = sum.kind() else {
        return false;
    };
    let negative = constant.is_negative() || terms.iter().any(|(_, c)| c.is_negative());
    let positive = constant.is_positive() || terms.iter().any(|(_, c)| c.is_positive());
    negative && positive
}
