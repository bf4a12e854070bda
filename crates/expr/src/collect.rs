//! What sums and products are gathered in: terms with their coefficients, factors that are joined by their bases.
//! In: parts, one after the other. Out: sorted rows for `construct`. Never: an expansion.

use crate::Number;
use crate::expr::{Constant, Expr, Kind};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// A part with more terms or factors than this stays whole inside a larger sum or product: collecting it again at every
/// level would make the derivative of a deep nest quadratic in its depth. The normal form sees through it.
pub(crate) const FLATTENED: usize = 32;

/// Up to so many factors, looking at each pair of bases beats a table of them.
const FEW: usize = 16;

/// The factors of a product, as a node holds them.
pub(crate) type Factors = SmallVec<[Expr; 3]>;

/// A product that is canonical but need not be a node: its coefficient and its factors, sorted. One factor may be a product
/// of coefficient 1, which stands for its factors.
pub(crate) type Product = (Number, Factors);

/// Factors that were met so far, products among them taken apart.
pub(crate) struct Gathered {
    coefficient: Number,
    factors: Factors,
    undefined: bool,
    /// Is there more than the product that it began with?
    loose: bool,
    /// A product of more factors stays whole.
    flattened: usize,
}

fn base_of(factor: &Expr) -> &Expr {
    match factor.kind() {
        Kind::Power(base, _) => base,
        _ => factor,
    }
}

/// Do two of the factors have the same base?
fn meet(factors: &[Expr]) -> bool {
    if factors.len() > FEW {
        let mut seen = rustc_hash::FxHashSet::default();
        return !factors.iter().all(|f| seen.insert(base_of(f)));
    }
    factors
        .iter()
        .enumerate()
        .any(|(i, f)| factors[..i].iter().any(|g| base_of(g) == base_of(f)))
}

impl Gathered {
    pub(crate) fn new(flattened: usize) -> Self {
        Self::from((Number::ONE, Factors::new()), flattened)
    }

    /// Begins with a product.
    pub(crate) fn from((coefficient, factors): Product, flattened: usize) -> Self {
        Self {
            coefficient,
            factors,
            undefined: false,
            loose: false,
            flattened,
        }
    }

    pub(crate) fn multiply(&mut self, n: &Number) {
        self.coefficient *= n;
    }

    /// Takes one factor of a canonical product.
    pub(crate) fn push(&mut self, factor: Expr) {
        if !self.loose {
            self.loose = true;
            self.loosen();
        }
        self.factors.push(factor);
    }

    /// Opens what it began with to more factors.
    fn loosen(&mut self) {
        if self.factors.len() > self.flattened {
            let whole = std::mem::take(&mut self.factors);
            self.factors.push(Expr::mul_canonical(Number::ONE, whole));
        } else if let [only] = &self.factors[..]
            && let Kind::Mul(_, factors) = only.kind()
            && factors.len() <= self.flattened
        {
            self.factors = factors.clone();
        }
    }

    pub(crate) fn note(&mut self, part: Expr) {
        match part.kind() {
            Kind::Number(n) => self.coefficient *= n,
            Kind::Constant(Constant::Undefined) => self.undefined = true,
            Kind::Mul(n, factors) if factors.len() <= self.flattened => {
                self.coefficient *= n;
                factors.iter().for_each(|factor| self.push(factor.clone()));
            }
            Kind::Mul(..) => {
                let (n, rest) = part.as_coefficient();
                self.coefficient *= &n;
                self.push(rest);
            }
            _ => self.push(part),
        }
    }

    /// Adds the exponents of equal bases. What becomes another base by that (e^(a + log x)) comes back as a part.
    fn join(&mut self) {
        let mut rows: SmallVec<[(Expr, SmallVec<[Expr; 2]>); 4]> = SmallVec::new();
        let mut places: FxHashMap<Expr, usize> = FxHashMap::default();
        for factor in std::mem::take(&mut self.factors) {
            let base = base_of(&factor);
            let place = if rows.len() < FEW {
                rows.iter().position(|(b, _)| b == base)
            } else {
                if places.is_empty() {
                    places = rows.iter().map(|(b, _)| b.clone()).zip(0..).collect();
                }
                places.get(base).copied()
            };
            if let Some(place) = place {
                rows[place].1.push(factor);
            } else {
                let base = base.clone();
                if !places.is_empty() {
                    places.insert(base.clone(), rows.len());
                }
                rows.push((base, SmallVec::from_iter([factor])));
            }
        }
        for (base, occurrences) in rows {
            match &occurrences[..] {
                // A factor that met no other of its base is canonical as it is.
                [only] => self.factors.push(only.clone()),
                _ => {
                    let exponent = Expr::sum(occurrences.iter().map(|f| f.as_power().1));
                    self.note(base.power(&exponent));
                }
            }
        }
    }

    /// Takes the numeric content out of sums: x + 1 and 2·x + 2 are the same base.
    fn take_contents(&mut self) {
        if self.factors.len() < 2 {
            return;
        }
        for factor in &mut self.factors {
            if let Kind::Add(..) = factor.kind()
                && !factor.is_primitive_sum()
            {
                let (content, primitive) = factor.primitive_part();
                self.coefficient *= &content;
                *factor = primitive;
            }
        }
    }

    /// The product: nothing else of it may be taken apart or joined, and it is sorted.
    pub(crate) fn finish(mut self) -> Product {
        if !self.loose && !self.undefined && !self.coefficient.is_zero() {
            return (self.coefficient, self.factors);
        }
        // Each round is smaller than the one before.
        for _ in 0..8 {
            self.take_contents();
            if self.undefined || self.coefficient.is_zero() || !meet(&self.factors) {
                break;
            }
            self.join();
        }
        if self.undefined {
            return (Number::ONE, Factors::from_iter([Expr::undefined()]));
        }
        if self.coefficient.is_zero() {
            return (Number::ZERO, Factors::new());
        }
        self.factors.sort_unstable();
        (self.coefficient, self.factors)
    }
}

/// Terms with their coefficients, in the order in which they came.
#[derive(Default)]
pub(crate) struct Collected {
    constant: Option<Number>,
    terms: Vec<(Expr, Number)>,
    undefined: bool,
}

impl Collected {
    pub(crate) fn note(&mut self, term: Expr, coefficient: Number) {
        self.terms.push((term, coefficient));
    }

    fn constant(&mut self, n: &Number, by: &Number) {
        match &mut self.constant {
            Some(constant) => *constant += &(n * by),
            None => self.constant = Some(n * by),
        }
    }

    pub(crate) fn add(&mut self, part: &Expr, by: &Number) {
        match part.kind() {
            Kind::Number(n) => self.constant(n, by),
            Kind::Constant(Constant::Undefined) => self.undefined = true,
            Kind::Add(constant, terms) if terms.len() <= FLATTENED || self.terms.is_empty() => {
                self.constant(constant, by);
                if by.is_one() {
                    self.terms.extend_from_slice(terms);
                } else {
                    self.terms
                        .extend(terms.iter().map(|(e, c)| (e.clone(), c * by)));
                }
            }
            Kind::Mul(..) => {
                let (coefficient, rest) = part.as_coefficient();
                self.note(rest, &coefficient * by);
            }
            _ => self.note(part.clone(), by.clone()),
        }
    }

    /// Adds a product. A sum of more terms than `flattened` stays whole.
    pub(crate) fn add_product(&mut self, (coefficient, mut factors): Product, flattened: usize) {
        match &factors[..] {
            [] => self.constant(&coefficient, &Number::ONE),
            [part] => match part.kind() {
                Kind::Add(_, terms) if terms.len() > flattened => {
                    self.note(part.scaled(&coefficient), Number::ONE);
                }
                _ => self.add(part, &coefficient),
            },
            _ => {
                let factors = std::mem::take(&mut factors);
                self.note(Expr::mul_canonical(Number::ONE, factors), coefficient);
            }
        }
    }

    /// How long a sum may be to be taken apart at this moment.
    pub(crate) fn flattened(&self) -> usize {
        if self.terms.is_empty() {
            usize::MAX
        } else {
            FLATTENED
        }
    }

    /// Sorts the terms and adds up the coefficients of equal ones.
    fn merge(&mut self) {
        if self.terms.is_sorted_by(|a, b| a.0 < b.0) && self.terms.iter().all(|t| !t.1.is_zero()) {
            return;
        }
        // What comes from sums is sorted already; a stable sort sees such runs.
        self.terms.sort_by(|a, b| a.0.cmp(&b.0));
        self.terms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += &next.1;
            }
            same
        });
        self.terms.retain(|(_, c)| !c.is_zero());
    }

    pub(crate) fn finish(mut self) -> Expr {
        if self.undefined {
            return Expr::undefined();
        }
        self.merge();
        let constant = self.constant.unwrap_or(Number::ZERO);
        match &self.terms[..] {
            [] => Expr::number(constant),
            [(term, coefficient)] if constant.is_zero() => term.scaled(coefficient),
            terms => {
                let infinite = terms
                    .iter()
                    .find(|(e, _)| e.is_constant(Constant::Infinity));
                if let Some((infinity, c)) = infinite {
                    return if c.is_negative() {
                        infinity.scaled(&Number::MINUS_ONE)
                    } else {
                        infinity.clone()
                    };
                }
                Expr::of(Kind::Add(constant, self.terms))
            }
        }
    }
}
