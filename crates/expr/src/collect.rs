//! What sums and products are gathered in: terms with their coefficients, factors by their bases.
//! In: parts, one after the other. Out: rows for `construct`. Never: an order of their own; the constructors sort.

use crate::Number;
use crate::expr::{Constant, Expr, Kind};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// A part with more terms or factors than this stays whole inside a larger sum or product: collecting it again at every
/// level would make the derivative of a deep nest quadratic in its depth. The normal form sees through it.
pub(crate) const FLATTENED: usize = 32;

/// Factors by their base, in the order in which the bases came.
#[derive(Default)]
pub(crate) struct Bases {
    pub(crate) rows: SmallVec<[(Expr, SmallVec<[Expr; 2]>); 4]>,
    places: FxHashMap<Expr, usize>,
}

impl Bases {
    pub(crate) fn note(&mut self, factor: &Expr) {
        let base = match factor.kind() {
            Kind::Power(base, _) => base,
            _ => factor,
        };
        // Few bases: a scan over pointers beats a table.
        let place = if self.rows.len() < 16 {
            self.rows.iter().position(|(b, _)| b == base)
        } else {
            if self.places.is_empty() {
                let rows = self.rows.iter().enumerate();
                self.places = rows.map(|(i, (b, _))| (b.clone(), i)).collect();
            }
            self.places.get(base).copied()
        };
        if let Some(place) = place {
            self.rows[place].1.push(factor.clone());
        } else {
            if !self.places.is_empty() {
                self.places.insert(base.clone(), self.rows.len());
            }
            self.rows
                .push((base.clone(), SmallVec::from_iter([factor.clone()])));
        }
    }
}

/// Terms with their coefficients, in the order in which they came.
#[derive(Default)]
pub(crate) struct Collected {
    constant: Option<Number>,
    terms: Vec<(Expr, Number)>,
    places: FxHashMap<Expr, usize>,
    undefined: bool,
}

impl Collected {
    pub(crate) fn note(&mut self, term: &Expr, coefficient: Number) {
        // Few terms: a scan over pointers beats a table.
        let place = if self.terms.len() < 16 {
            self.terms.iter().position(|(e, _)| e == term)
        } else {
            if self.places.is_empty() {
                self.places = self
                    .terms
                    .iter()
                    .enumerate()
                    .map(|(i, (e, _))| (e.clone(), i))
                    .collect();
            }
            self.places.get(term).copied()
        };
        if let Some(place) = place {
            self.terms[place].1 += &coefficient;
        } else {
            if !self.places.is_empty() {
                self.places.insert(term.clone(), self.terms.len());
            }
            self.terms.push((term.clone(), coefficient));
        }
    }

    pub(crate) fn add(&mut self, part: &Expr, by: &Number) {
        match part.kind() {
            Kind::Number(n) => {
                self.constant = Some(
                    self.constant
                        .take()
                        .map_or_else(|| n * by, |c| &c + &(n * by)),
                )
            }
            Kind::Constant(Constant::Undefined) => self.undefined = true,
            Kind::Add(constant, terms) if terms.len() <= FLATTENED || self.terms.is_empty() => {
                let constant = constant * by;
                self.constant = Some(
                    self.constant
                        .take()
                        .map_or_else(|| constant.clone(), |c| &c + &constant),
                );
                for (term, coefficient) in terms {
                    self.note(term, coefficient * by);
                }
            }
            Kind::Mul(..) => {
                let (coefficient, rest) = part.as_coefficient();
                self.note(&rest, &coefficient * by);
            }
            _ => self.note(part, by.clone()),
        }
    }

    pub(crate) fn finish(mut self) -> Expr {
        if self.undefined {
            return Expr::undefined();
        }
        let constant = self.constant.unwrap_or(Number::ZERO);
        self.terms.retain(|(_, c)| !c.is_zero());
        match self.terms.len() {
            0 => Expr::number(constant),
            1 if constant.is_zero() => {
                let (term, coefficient) = self.terms.remove(0);
                term.scaled(&coefficient)
            }
            _ => {
                if self
                    .terms
                    .iter()
                    .any(|(e, _)| e.is_constant(Constant::Infinity))
                {
                    let sign = self
                        .terms
                        .iter()
                        .find(|(e, _)| e.is_constant(Constant::Infinity));
                    let negative = sign.is_some_and(|(_, c)| c.is_negative());
                    return Expr::infinity().scaled(&if negative {
                        Number::MINUS_ONE
                    } else {
                        Number::ONE
                    });
                }
                self.terms.sort_unstable_by(|a, b| a.0.cmp(&b.0));
                Expr::of(Kind::Add(constant, self.terms))
            }
        }
    }
}
