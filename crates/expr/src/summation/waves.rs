//! Cosines and sines of a linear function of the index.
//! In: calls. Out: `Wave`s, their products as sums. Never: a frequency that holds the index.

use crate::Symbol;
use crate::expr::{Expr, Kind};
use crate::normal::{cancelled, expanded};

/// cos(frequency·i + phase), or the sine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wave {
    pub(super) is_sine: bool,
    pub(super) frequency: Expr,
    pub(super) phase: Expr,
}

impl Wave {
    /// The call as a wave, if it is one.
    pub(super) fn of(e: &Expr, index: &Symbol) -> Option<Self> {
        let (is_sine, argument) = match (e.as_call_of("sin"), e.as_call_of("cos")) {
            (Some([x]), _) => (true, x),
            (_, Some([x])) => (false, x),
            _ => return None,
        };
        let argument = expanded(argument);
        let phase = argument.replace(index, &Expr::zero());
        let frequency = cancelled(&((&argument - &phase) / Expr::symbol(index.name())));
        (!frequency.contains(index)).then_some(Self {
            is_sine,
            frequency,
            phase: cancelled(&phase),
        })
    }

    pub(super) fn name(&self) -> &'static str {
        if self.is_sine { "sin" } else { "cos" }
    }

    pub(super) fn at(&self, argument: Expr) -> Expr {
        Expr::function(self.name(), [argument])
    }

    /// wave(x − quarters·π/2) as a sign and a sine or cosine of x.
    pub(super) fn quarter_turns_back(&self, quarters: usize) -> (i64, bool) {
        let sign = match (self.is_sine, quarters % 4) {
            (false, 0 | 1) | (true, 0 | 3) => 1,
            _ => -1,
        };
        (sign, self.is_sine ^ (quarters % 2 == 1))
    }

    /// The wave of an argument that is so many quarter turns back.
    pub(super) fn turned_back(&self, quarters: usize, argument: Expr) -> Expr {
        let (sign, is_sine) = self.quarter_turns_back(quarters);
        Expr::function(if is_sine { "sin" } else { "cos" }, [argument]) * sign
    }

    /// At an index.
    pub(super) fn expression(&self, i: &Expr) -> Expr {
        self.at(&self.frequency * i + &self.phase)
    }

    /// A sign with the wave of a frequency that leads with a plus; the value alone where there is no frequency.
    pub(super) fn normalized(&self) -> (Expr, Option<Self>) {
        if self.frequency.is_zero() {
            return (self.at(self.phase.clone()), None);
        }
        if !leads_with_a_minus(&self.frequency) {
            return (Expr::one(), Some(self.clone()));
        }
        let sign = if self.is_sine { -1 } else { 1 };
        let wave = Self {
            is_sine: self.is_sine,
            frequency: cancelled(&-&self.frequency),
            phase: cancelled(&-&self.phase),
        };
        (Expr::integer(sign), Some(wave))
    }

    /// The product of two waves as a sum of waves with coefficients.
    pub(super) fn times(&self, other: &Self) -> [(Expr, Self); 2] {
        let joined = |is_sine: bool, sign: i64| Self {
            is_sine,
            frequency: cancelled(&(&self.frequency + &other.frequency * sign)),
            phase: cancelled(&(&self.phase + &other.phase * sign)),
        };
        let half = |sign: i64| Expr::ratio(sign, 2);
        match (self.is_sine, other.is_sine) {
            (false, false) => [(half(1), joined(false, -1)), (half(1), joined(false, 1))],
            (true, true) => [(half(1), joined(false, -1)), (half(-1), joined(false, 1))],
            (true, false) => [(half(1), joined(true, 1)), (half(1), joined(true, -1))],
            (false, true) => [(half(1), joined(true, 1)), (half(-1), joined(true, -1))],
        }
    }
}

/// The sign that tells an expression from its negative, the same in every run.
fn leads_with_a_minus(e: &Expr) -> bool {
    match e.kind() {
        Kind::Number(n) | Kind::Mul(n, _) => n.is_negative(),
        Kind::Add(..) => e.primitive_part().0.is_negative(),
        _ => false,
    }
}
