//! Where a symbol lives, as a reader expects it: `σ > 0`, `0 < p < 1`, `x ∈ {0, 1, …, n}`.
//! In: `Domain`s. Out: text in the words of a format. Never: a decision about a domain.

use bartlett::{Expr, Number, Symbol};
use bartlett_expr::{Constant, Domain, End};

/// How a format spells what stands around formulas.
pub struct Words {
    /// A formula.
    pub expression: fn(&Expr) -> String,
    /// `∈`
    pub member: &'static str,
    /// `≠`
    pub differs: &'static str,
    /// `ℝ`
    pub real: &'static str,
    /// `<` and `≤`.
    pub below: [&'static str; 2],
    /// `>` and `≥`.
    pub above: [&'static str; 2],
    /// Brackets of a set.
    pub braces: [&'static str; 2],
    /// `…`
    pub ellipsis: &'static str,
}

impl Words {
    /// A name.
    pub fn name(&self, symbol: &Symbol) -> String {
        (self.expression)(&Expr::symbol(symbol.name()))
    }

    /// `σ > 0`
    pub fn domain(&self, symbol: &Symbol, domain: &Domain) -> String {
        let name = self.name(symbol);
        match &domain.step {
            Some(step) => format!("{name} {} {}", self.member, self.integers(domain, step)),
            None => self.interval(&name, &domain.lower, &domain.upper),
        }
    }

    fn interval(&self, name: &str, lower: &End, upper: &End) -> String {
        let text = |end: &End| (self.expression)(&end.value);
        match (is_infinite(&lower.value), is_infinite(&upper.value)) {
            (true, true) => format!("{name} {} {}", self.member, self.real),
            (false, true) => format!(
                "{name} {} {}",
                self.above[usize::from(lower.closed)],
                text(lower)
            ),
            (true, false) => format!(
                "{name} {} {}",
                self.below[usize::from(upper.closed)],
                text(upper)
            ),
            (false, false) => format!(
                "{} {} {name} {} {}",
                text(lower),
                self.below[usize::from(lower.closed)],
                self.below[usize::from(upper.closed)],
                text(upper)
            ),
        }
    }

    fn integers(&self, domain: &Domain, step: &Number) -> String {
        let text = |e: &Expr| (self.expression)(e);
        let [open, close] = self.braces;
        let ellipsis = self.ellipsis;
        let (lower, upper) = (&domain.lower.value, &domain.upper.value);
        let step = Expr::from(step.clone());
        match (is_infinite(lower), is_infinite(upper)) {
            (false, true) => format!(
                "{open}{}, {}, {ellipsis}{close}",
                text(lower),
                text(&(lower + &step))
            ),
            (true, false) => format!(
                "{open}{ellipsis}, {}, {}{close}",
                text(&(upper - &step)),
                text(upper)
            ),
            (true, true) => format!("{open}{ellipsis}, -1, 0, 1, {ellipsis}{close}"),
            (false, false) => {
                let second = lower + &step;
                if second == *upper {
                    return format!("{open}{}, {}{close}", text(lower), text(upper));
                }
                if &second + &step == *upper {
                    return format!(
                        "{open}{}, {}, {}{close}",
                        text(lower),
                        text(&second),
                        text(upper)
                    );
                }
                format!(
                    "{open}{}, {}, {ellipsis}, {}{close}",
                    text(lower),
                    text(&second),
                    text(upper)
                )
            }
        }
    }
}

fn is_infinite(end: &Expr) -> bool {
    end.is_constant(Constant::Infinity) || (-end).is_constant(Constant::Infinity)
}
