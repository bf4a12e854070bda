//! The search for the shortest form of a rational function over a ring.
//! In: rational functions. Out: equal expressions with the effort to read them. Never: more steps than the fuel.

use super::operations::Counter;
use super::{present_within, splits};
use crate::Number;
use crate::expr::{Constant, Expr, Kind};
use crate::facts::{Facts, Truth};
use crate::normal::Ring;
use crate::polynomial::{Generator, Polynomial, RationalFunction};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Forms tried for one expression.
const FUEL: usize = 60;
/// Forms tried for all expressions side by side.
const FUEL_FOR_ALL: usize = 400;
/// Numerators of more terms are factored, not split.
const SPLIT_TERMS: usize = 48;
/// Fractions over denominators of more terms are not split.
const BELOW_TERMS: usize = 200;
/// Polynomials of more terms are written as they stand.
const COLLECTED_TERMS: usize = 32;
/// Polynomials of more terms are not factored.
const FACTORED_TERMS: usize = 1_500;
/// Work on factors for one set of expressions, in squares of degrees; beyond it factors are square-free only.
const FACTORING: usize = 100_000;
/// The same bound for one numerator.
const NUMERATOR: usize = 1_600;
/// Splits within splits.
const NESTED: usize = 3;

/// A form and how hard it reads.
#[derive(Clone)]
pub(super) struct Written {
    pub e: Expr,
    /// What it takes to read it.
    pub effort: usize,
}

impl Written {
    /// The shorter of the two; the first on a tie.
    fn or(self, other: Self) -> Self {
        if other.effort < self.effort {
            other
        } else {
            self
        }
    }
}

/// Factors that are not numbers, with their multiplicities, and the number in front.
pub(super) struct Factors {
    pub unit: Number,
    pub factors: Vec<(Polynomial, u32)>,
}

pub(super) struct Search<'a> {
    facts: &'a Facts,
    pub ring: Ring,
    depth: usize,
    atoms: FxHashMap<Generator, Expr>,
    fractions: FxHashMap<RationalFunction, Written>,
    polynomials: FxHashMap<Polynomial, Written>,
    factors: FxHashMap<Polynomial, Rc<Factors>>,
    counter: Counter,
    factoring: usize,
    fuel: usize,
    nested: usize,
}

impl<'a> Search<'a> {
    pub fn new(facts: &'a Facts, ring: Ring, depth: usize) -> Self {
        Self {
            facts,
            ring,
            depth,
            atoms: FxHashMap::default(),
            fractions: FxHashMap::default(),
            polynomials: FxHashMap::default(),
            factors: FxHashMap::default(),
            counter: Counter::of_effort(),
            factoring: FACTORING,
            fuel: 0,
            nested: 0,
        }
    }

    /// The shortest forms found, each with its share of fuel.
    pub fn shortest(&mut self, values: &[RationalFunction]) -> Vec<Written> {
        let share = (FUEL_FOR_ALL / values.len().max(1)).min(FUEL);
        values
            .iter()
            .map(|value| {
                self.fuel = share;
                self.fraction(value)
            })
            .collect()
    }

    /// Is the generator a function, π or γ: something by which a reader sorts terms?
    pub fn is_special(&self, g: Generator) -> bool {
        match self.ring.atom(g).kind() {
            Kind::Call(..) => true,
            Kind::Constant(c) => matches!(c, Constant::Pi | Constant::EulerGamma),
            _ => false,
        }
    }

    /// Is it proved to be above 0?
    pub fn is_positive(&self, e: &Expr) -> bool {
        self.facts.is_positive(e) == Truth::Yes
    }

    /// What the generator stands for, its arguments presented.
    fn atom(&mut self, g: Generator) -> Expr {
        if let Some(e) = self.atoms.get(&g) {
            return e.clone();
        }
        let atom = self.ring.atom(g).clone();
        let e = match atom.kind() {
            Kind::Call(f, arguments) if self.depth > 0 => {
                let images = arguments.iter().map(|a| {
                    present_within(self.facts, std::slice::from_ref(a), self.depth - 1)
                        .pop()
                        .unwrap_or_else(|| a.clone())
                });
                let call = Expr::call(*f, images);
                // A fold that fires on the other spelling would undo the normal form.
                if call.as_call().is_some_and(|(g, _)| g == *f) {
                    call
                } else {
                    atom.clone()
                }
            }
            _ => atom,
        };
        self.atoms.insert(g, e.clone());
        e
    }

    /// The factors of a numerator or of a part.
    pub fn factors(&mut self, p: &Polynomial) -> Rc<Factors> {
        self.factors_within(p, NUMERATOR)
    }

    /// The factors of a denominator: partial fractions need them most.
    pub fn factors_below(&mut self, p: &Polynomial) -> Rc<Factors> {
        self.factors_within(p, usize::MAX)
    }

    fn factors_within(&mut self, p: &Polynomial, most: usize) -> Rc<Factors> {
        if let Some(known) = self.factors.get(p) {
            return known.clone();
        }
        let factors = if p.len() == 1 {
            let monomial = p.monomial_content().into_iter();
            Factors {
                unit: p.leading_coefficient(),
                factors: monomial
                    .map(|(g, n)| (Polynomial::generator(g), n))
                    .collect(),
            }
        } else if p.len() > FACTORED_TERMS {
            let (unit, rest) = p.primitive();
            Factors {
                unit,
                factors: vec![(rest, 1)],
            }
        } else {
            let size: u32 = p.degrees().iter().sum();
            let cost = (size as usize).saturating_mul(size as usize);
            let found = match self.factoring.checked_sub(cost) {
                Some(left) if cost <= most => {
                    self.factoring = left;
                    p.factor()
                }
                _ => p.square_free(),
            };
            Factors {
                unit: found.unit,
                factors: found.factors,
            }
        };
        let factors = Rc::new(factors);
        self.factors.insert(p.clone(), factors.clone());
        factors
    }

    /// Terms as they stand.
    fn expanded(&mut self, p: &Polynomial) -> Expr {
        let terms: Vec<Expr> = p
            .terms()
            .map(|(c, monomial)| {
                let mut factors = vec![Expr::number(c)];
                for (g, n) in monomial {
                    factors.push(self.atom(g).powi(i64::from(n)));
                }
                Expr::product(factors)
            })
            .collect();
        Expr::sum(terms)
    }

    fn written(&mut self, e: Expr) -> Written {
        Written {
            effort: self.counter.whole(&e),
            e,
        }
    }

    fn spend(&mut self) -> bool {
        let left = self.fuel > 0 && self.nested < NESTED;
        self.fuel = self.fuel.saturating_sub(1);
        left
    }

    /// The shortest form of a fraction.
    pub fn fraction(&mut self, f: &RationalFunction) -> Written {
        if let Some(known) = self.fractions.get(f) {
            return known.clone();
        }
        let mut best = self.product(f);
        self.fractions.insert(f.clone(), best.clone());
        let terms = f.numerator().len();
        let few = terms > 1 && terms <= SPLIT_TERMS && f.denominator().len() <= BELOW_TERMS;
        if few && best.effort > 2 && self.spend() {
            self.nested += 1;
            for (common, parts) in splits::splits(self, f) {
                let split = self.sum(&common, &parts);
                best = best.or(split);
            }
            for g in f.numerator().generators() {
                if let Some(square) = self.square(f, *g) {
                    best = best.or(square);
                }
            }
            self.nested -= 1;
            self.fractions.insert(f.clone(), best.clone());
        }
        best
    }

    /// common · Σ parts, each in its shortest form; the number in front goes outside or inside.
    fn sum(&mut self, common: &RationalFunction, parts: &[RationalFunction]) -> Written {
        let inner = Expr::sum(parts.iter().map(|p| self.fraction(p).e).collect::<Vec<_>>());
        let outer = self.product(common).e;
        let best = self.written(&outer * &inner);
        let (unit, rest) = outer.as_coefficient();
        if unit.is_one() || rest.is_one() {
            return best;
        }
        let scaled: Vec<Expr> = parts
            .iter()
            .map(|p| self.fraction(&p.scale(&unit)).e)
            .collect();
        best.or(self.written(product_as_written(&rest, &Expr::sum(scaled))))
    }

    /// Numerator over denominator, both as products of factors in their shortest forms.
    pub fn product(&mut self, f: &RationalFunction) -> Written {
        let bottom = self.factors_below(f.denominator());
        let top = self.factors(f.numerator());
        let unit = &top.unit / &bottom.unit;
        let above = self.multiplied(&top.factors);
        let below = self.multiplied(&bottom.factors);
        let powers: Vec<Expr> = above
            .iter()
            .map(|(e, n)| e.powi(i64::from(*n)))
            .chain(below.iter().map(|(e, n)| e.powi(-i64::from(*n))))
            .collect();
        let whole = powers.iter().cloned().chain([Expr::number(unit.clone())]);
        let mut best = self.written(Expr::product(whole));
        if unit.is_integer() || powers.len() < 2 {
            return best;
        }
        // The number inside a sum: (π²/6 + (1 − γ)²)/α².
        for (place, (sum, n)) in above.iter().enumerate() {
            if *n != 1 || !matches!(sum.kind(), Kind::Add(..)) {
                continue;
            }
            let others = powers.iter().enumerate().filter(|(i, _)| *i != place);
            let rest = Expr::product(others.map(|(_, e)| e.clone()));
            let inside = product_as_written(&rest, &sum.scaled(&unit));
            best = best.or(self.written(inside));
        }
        best
    }

    /// Factors in their shortest forms, joined where the product of two is shorter: (1 − ρ)(1 + ρ) is 1 − ρ².
    fn multiplied(&mut self, factors: &[(Polynomial, u32)]) -> Vec<(Expr, u32)> {
        let mut left: Vec<(Polynomial, Written, u32)> = factors
            .iter()
            .map(|(p, n)| (p.clone(), self.polynomial(p), *n))
            .collect();
        let mut i = 0;
        while i < left.len() {
            let mut j = i + 1;
            while j < left.len() {
                let ((p, a, m), (q, b, n)) = (&left[i], &left[j]);
                let few = p.len() > 1 && q.len() > 1 && p.len() * q.len() <= 9;
                if m == n && few {
                    let joined = p * q;
                    let (apart, n) = (a.effort + b.effort, *n);
                    let e = self.expanded(&joined);
                    let e = self.written(e);
                    // A product of powers has one more power to write.
                    if e.effort <= apart + usize::from(n > 1) {
                        left[i] = (joined, e, n);
                        left.remove(j);
                        continue;
                    }
                }
                j += 1;
            }
            i += 1;
        }
        left.into_iter().map(|(_, w, n)| (w.e, n)).collect()
    }

    /// A polynomial without a factor worth splitting off: expanded, collected by a generator, or a square and a rest.
    fn polynomial(&mut self, p: &Polynomial) -> Written {
        if let Some(known) = self.polynomials.get(p) {
            return known.clone();
        }
        let plain = self.expanded(p);
        let mut best = self.written(plain);
        self.polynomials.insert(p.clone(), best.clone());
        if p.len() > 2 && p.len() <= COLLECTED_TERMS && self.spend() {
            self.nested += 1;
            for g in p.generators() {
                for form in self.collected(p, *g) {
                    best = best.or(form);
                }
            }
            self.nested -= 1;
            self.polynomials.insert(p.clone(), best.clone());
        }
        best
    }

    fn collected(&mut self, p: &Polynomial, g: Generator) -> Vec<Written> {
        let mut out = Vec::new();
        let coefficients = p.coefficients_in(g);
        let rest = &coefficients[0];
        let atom = self.atom(g);
        let quotient = Polynomial::from_coefficients(g, &coefficients[1..]);
        if quotient.len() > 1 {
            let quotient = self.whole(&quotient);
            let rest = self.whole(rest);
            out.push(self.written(&atom * &quotient + &rest));
        }
        if coefficients.len() > 2 && coefficients.iter().any(|c| c.len() > 1) {
            let powers = coefficients.iter().zip(0_i64..).map(|(c, n)| {
                let c = self.whole(c);
                &c * &atom.powi(n)
            });
            let sum = Expr::sum(powers.collect::<Vec<_>>());
            out.push(self.written(sum));
        }
        out.extend(self.square(&RationalFunction::from(p.clone()), g));
        out
    }

    fn whole(&mut self, p: &Polynomial) -> Expr {
        self.product(&RationalFunction::from(p.clone())).e
    }

    /// c·(g + b)² + rest for a fraction of degree 2 in a special generator.
    fn square(&mut self, f: &RationalFunction, g: Generator) -> Option<Written> {
        let (top, bottom) = (f.numerator(), f.denominator());
        if top.degree(g) != 2 || bottom.degree(g) != 0 {
            return None;
        }
        let [c0, c1, c2] = <[Polynomial; 3]>::try_from(top.coefficients_in(g)).ok()?;
        if c1.is_zero() || c1.len() + c2.len() > 16 {
            return None;
        }
        let half = RationalFunction::new(&c1, &c2.scale(&Number::TWO))?;
        let one = RationalFunction::from(Polynomial::generator(g));
        let root = &one + &half;
        let head = RationalFunction::new(&c2, bottom)?;
        let square = &half * &half;
        let rest = &RationalFunction::new(&c0, bottom)? - &(&head * &square);
        // An everyday name is worth a square only where the square takes its terms away: (x − a)² + (y − b)².
        let worth = if self.is_special(g) { 0 } else { 3 };
        if rest.numerator().len() + worth > top.len() {
            return None;
        }
        let rest = self.fraction(&rest).e;
        let (e, below) = (root.numerator().clone(), root.denominator().clone());
        let below = RationalFunction::from(below);
        let outside = head.divide(&(&below * &below))?;
        let inside = self.whole(&e).powi(2);
        let apart = self.product(&outside).e * inside + &rest;
        let together = self.product(&head).e * self.fraction(&root).e.powi(2) + rest;
        Some(self.written(apart).or(self.written(together)))
    }
}

/// A product whose sum keeps its own number: `(π²/6 + x)/α²`, where the canonical form has `(π² + 6x)/(6α²)`.
fn product_as_written(outer: &Expr, inner: &Expr) -> Expr {
    let Kind::Add(..) = inner.kind() else {
        return outer * inner;
    };
    let (unit, _) = outer.as_coefficient();
    let mut factors: Vec<Expr> = match outer.kind() {
        Kind::Number(_) => return outer * inner,
        Kind::Mul(_, factors) => factors.to_vec(),
        _ => vec![outer.clone()],
    };
    let primitive = inner.primitive_part().1;
    if factors.iter().any(|f| f.as_power().0 == primitive) {
        return outer * inner;
    }
    factors.push(inner.clone());
    factors.sort_unstable();
    Expr::mul_canonical(unit, factors.into())
}
