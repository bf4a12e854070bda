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

/// The exponent, if it is a number.
fn number_exponent(factor: &Expr) -> Option<&Number> {
    match factor.kind() {
        Kind::Power(_, exponent) => exponent.as_number(),
        _ => Some(&Number::ONE),
    }
}

fn base_of(factor: &Expr) -> &Expr {
    match factor.kind() {
        Kind::Power(base, _) => base,
        _ => factor,
    }
}

/// The places of two factors that have the same base, the later one first.
fn meeting(factors: &[Expr]) -> Option<(usize, usize)> {
    if factors.len() <= FEW {
        return (1..factors.len()).find_map(|i| {
            let base = base_of(&factors[i]);
            let earlier = factors[..i].iter().position(|other| base_of(other) == base);
            earlier.map(|j| (i, j))
        });
    }
    let mut seen = FxHashMap::default();
    let mut found = factors.iter().enumerate();
    found.find_map(|(i, factor)| Some((i, seen.insert(base_of(factor), i)?)))
}

impl Gathered {
    pub(crate) fn new(flattened: usize) -> Self {
        Self::from(&(Number::ONE, Factors::new()), flattened)
    }

    /// Begins with a product.
    pub(crate) fn from((coefficient, factors): &Product, flattened: usize) -> Self {
        Self {
            coefficient: coefficient.clone(),
            factors: factors.clone(),
            undefined: false,
            loose: false,
            flattened,
        }
    }

    pub(crate) fn multiply(&mut self, n: &Number) {
        self.coefficient *= n;
    }

    /// Makes room for so many factors more.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.factors.reserve(more);
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

    /// Adds the exponents of equal bases; `false` where there are none. What becomes another base by that (e^(a + log x)) comes
    /// back as a part.
    fn join(&mut self) -> bool {
        // Each step is one factor less, or a product of others that are smaller.
        for step in 0..2 * FEW {
            let Some((later, earlier)) = meeting(&self.factors) else {
                return step > 0;
            };
            if self.factors.len() > FEW {
                break;
            }
            let (a, b) = (
                self.factors.swap_remove(later),
                self.factors.swap_remove(earlier),
            );
            let exponent = match (number_exponent(&a), number_exponent(&b)) {
                (Some(a), Some(b)) => Expr::number(a + b),
                _ => a.as_power().1 + b.as_power().1,
            };
            self.note(base_of(&a).power(&exponent));
            if self.undefined {
                return false;
            }
        }
        self.join_many();
        true
    }

    /// The same for many factors.
    fn join_many(&mut self) {
        let mut rows: Vec<(Expr, SmallVec<[Expr; 2]>)> = Vec::new();
        let mut places: FxHashMap<Expr, usize> = FxHashMap::default();
        for factor in std::mem::take(&mut self.factors) {
            let base = base_of(&factor).clone();
            let place = *places.entry(base.clone()).or_insert(rows.len());
            match rows.get_mut(place) {
                Some(row) => row.1.push(factor),
                None => rows.push((base, SmallVec::from_iter([factor]))),
            }
        }
        for (base, mut occurrences) in rows {
            // A factor that met no other of its base is canonical as it is.
            if occurrences.len() == 1 {
                self.factors.append(&mut occurrences);
            } else {
                let exponent = Expr::sum(occurrences.iter().map(|f| f.as_power().1));
                self.note(base.power(&exponent));
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
            if self.undefined || self.coefficient.is_zero() || !self.join() {
                break;
            }
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
            Kind::Mul(n, _) if !n.is_one() => {
                let (coefficient, rest) = part.as_coefficient();
                self.note(rest, &coefficient * by);
            }
            _ => self.note(part.clone(), by.clone()),
        }
    }

    /// Adds a product. A sum of more terms than `flattened` stays whole.
    pub(crate) fn add_product(&mut self, (coefficient, mut factors): Product, flattened: usize) {
        if factors.len() > 1 {
            self.note(Expr::mul_canonical(Number::ONE, factors), coefficient);
            return;
        }
        let Some(part) = factors.pop() else {
            return self.constant(&coefficient, &Number::ONE);
        };
        match part.kind() {
            Kind::Add(_, terms) if terms.len() > flattened => {
                self.note(part.scaled(&coefficient), Number::ONE);
            }
            Kind::Mul(n, _) if n.is_one() => self.note(part, coefficient),
            _ => self.add(&part, &coefficient),
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
