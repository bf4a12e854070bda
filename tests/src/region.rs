//! Points where the words of a row hold: `n in {0, 1, ...}; 0 < x < 1; cos(x) != 0`.
//! In: names and conditions. Out: points. Never: a point at which a condition fails.

use crate::random::Random;
use bartlett_expr::{Expr, Symbol, formula};

/// Names with the conditions that they satisfy.
pub struct Region {
    /// The names, in order.
    pub names: Vec<Symbol>,
    whole: Vec<bool>,
    conditions: Vec<Condition>,
}

enum Condition {
    /// left − right compared with 0.
    Compare(Expr, &'static str),
    /// `name in {first, …, last}`, equally spaced.
    Whole {
        name: Expr,
        first: Expr,
        step: f64,
        last: Expr,
    },
}

/// The relations, the longer spellings first.
const RELATIONS: &[&str] = &["!=", "<=", ">=", "<", ">"];

/// How far inside an open condition a point must lie.
pub const INSIDE: f64 = 0.02;

impl Region {
    /// Reads the conditions of a row, separated by `;`. Panics on what it cannot read: rows are part of the program.
    #[must_use]
    pub fn new(names: &[&str], conditions: &str) -> Self {
        let mut region = Self {
            names: names.iter().map(|n| Symbol::new(n)).collect(),
            whole: vec![false; names.len()],
            conditions: Vec::new(),
        };
        for text in conditions.split(';').map(str::trim) {
            if !text.is_empty() {
                region.add(text);
            }
        }
        region
    }

    /// The names without any condition but that these expressions are above `least`.
    #[must_use]
    pub fn above(names: &[&str], positive: &[&str], least: f64) -> Self {
        let text: Vec<String> = positive.iter().map(|e| format!("{e} > {least}")).collect();
        Self::new(names, &text.join(";"))
    }

    /// Draws this name among the integers only.
    pub fn make_whole(&mut self, name: &str) {
        for (whole, symbol) in self.whole.iter_mut().zip(&self.names) {
            *whole |= symbol.name() == name;
        }
    }

    /// Adds one condition.
    pub fn add(&mut self, text: &str) {
        if let Some((name, set)) = text.split_once(" in ") {
            self.add_set(name.trim(), set.trim());
            return;
        }
        let mut rest = text;
        let mut left: Option<(&str, &'static str)> = None;
        loop {
            let next = RELATIONS
                .iter()
                .filter_map(|r| rest.find(r).map(|at| (at, *r)))
                .min_by_key(|(at, r)| (*at, usize::MAX - r.len()));
            let side = next.map_or(rest, |(at, _)| &rest[..at]).trim();
            if let Some((before, relation)) = left {
                let difference = formula(before) - formula(side);
                self.conditions
                    .push(Condition::Compare(difference, relation));
            }
            let Some((at, relation)) = next else { break };
            left = Some((side, relation));
            rest = &rest[at + relation.len()..];
        }
        assert!(left.is_some(), "no condition: `{text}`");
    }

    fn add_set(&mut self, name: &str, set: &str) {
        if set == "real" {
            return;
        }
        let items = set
            .strip_prefix('{')
            .and_then(|s| s.strip_suffix('}'))
            .unwrap_or_else(|| panic!("a set that the sweep cannot read: `{set}`"));
        let items: Vec<&str> = items.split(',').map(str::trim).collect();
        let dots = items.iter().position(|item| *item == "...");
        let first = formula(items[0]);
        let step = match (dots, items.get(1)) {
            (Some(1), _) | (_, None) => 1.0,
            (_, Some(second)) => (formula(second) - &first).value_at(&[]),
        };
        let last = match (dots, items.last()) {
            (Some(at), _) if at + 1 == items.len() => Expr::infinity(),
            (_, last) => last.map_or_else(|| first.clone(), |item| formula(item)),
        };
        self.make_whole(name);
        self.conditions.push(Condition::Whole {
            name: formula(name),
            first,
            step,
            last,
        });
    }

    /// Does the point satisfy every condition?
    #[must_use]
    pub fn holds(&self, point: &[(Symbol, f64)]) -> bool {
        self.holds_within(point, 0.0)
    }

    /// The same, this far inside of every strict condition.
    #[must_use]
    pub fn holds_within(&self, point: &[(Symbol, f64)], inside: f64) -> bool {
        self.conditions.iter().all(|condition| match condition {
            Condition::Compare(difference, relation) => {
                let d = difference.value_at(point);
                match *relation {
                    "<" => d < -inside,
                    "<=" => d <= 0.0,
                    ">" => d > inside,
                    ">=" => d >= 0.0,
                    _ => d.abs() > inside,
                }
            }
            Condition::Whole {
                name,
                first,
                step,
                last,
            } => {
                let steps = (name.value_at(point) - first.value_at(point)) / step;
                steps >= 0.0
                    && (steps - steps.round()).abs() < 1e-9
                    && name.value_at(point) <= last.value_at(point)
            }
        })
    }

    /// Up to `count` points inside the region; fewer, or none, where they are hard to find.
    #[must_use]
    pub fn points(&self, count: usize, random: &mut Random) -> Vec<Vec<(Symbol, f64)>> {
        let mut found = Vec::new();
        for _ in 0..4000 * count {
            if found.len() == count {
                break;
            }
            let point: Vec<(Symbol, f64)> = self
                .names
                .iter()
                .zip(&self.whole)
                .map(|(name, whole)| (name.clone(), proposal(*whole, random)))
                .collect();
            if self.holds_within(&point, INSIDE) {
                found.push(point);
            }
        }
        found
    }
}

/// Moderate numbers of either sign, some of them in (0, 1).
fn proposal(whole: bool, random: &mut Random) -> f64 {
    if whole {
        return random.between(-2.0, 9.0).floor();
    }
    match random.below(4) {
        0 => random.unit(),
        1 => -random.between(-3.0, 1.8).exp(),
        _ => random.between(-3.0, 1.8).exp(),
    }
}
