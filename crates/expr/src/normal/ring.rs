//! Expressions as rational functions over opaque generators.
//! In: expressions. Out: `RationalFunction` and the table of generators, and back. Never: an assumption; what is not rational is a generator.

use crate::Number;
use crate::expr::{Constant, Expr, Kind};
use crate::polynomial::{Generator, Limit, Polynomial, RationalFunction, TooLarge};
use crate::traverse::topological;
use rustc_hash::{FxHashMap, FxHashSet};

/// Work beyond these bounds answers "too large" instead of running on.
const LIMIT: Limit = Limit {
    terms: 20_000,
    products: 4_000_000,
};
/// Exponents beyond this stay powers.
const EXPONENT_LIMIT: i64 = 400;

/// The generators of one calculation and the relations between them.
#[derive(Default)]
pub struct Ring {
    atoms: Vec<Expr>,
    index: FxHashMap<Expr, Generator>,
    /// For a base and a symbolic monomial m: the rational g such that base^(g·m) is the generator.
    steps: FxHashMap<(Expr, Expr), Number>,
    /// generator^degree equals the value.
    relations: Vec<(Generator, u32, RationalFunction)>,
    related: FxHashSet<Generator>,
    memo: FxHashMap<Expr, RationalFunction>,
}

/// The exponent as Σ q·m: symbolic monomials with rational coefficients, 1 for the constant.
fn exponent_terms(exponent: &Expr) -> Vec<(Expr, Number)> {
    let parts = match exponent.kind() {
        Kind::Add(..) => exponent.summands(),
        _ => vec![exponent.clone()],
    };
    parts
        .into_iter()
        .map(|part| {
            let (q, m) = part.as_coefficient();
            (m, q)
        })
        .collect()
}

fn is_atomic_base(base: &Expr) -> bool {
    !matches!(base.kind(), Kind::Add(..) | Kind::Number(_) | Kind::Mul(..))
}

impl Ring {
    /// A ring in which all of the expressions can be written; powers of one base share the smallest generator.
    #[must_use]
    pub fn of(expressions: &[Expr]) -> Self {
        let mut ring = Self::default();
        for node in topological(expressions) {
            let Kind::Power(base, exponent) = node.kind() else {
                continue;
            };
            for (m, q) in exponent_terms(exponent) {
                if m.is_one() && q.is_integer() && !base.is_constant(Constant::E) {
                    continue;
                }
                let start = if m.is_one() && !base.is_constant(Constant::E) {
                    Number::ONE
                } else {
                    q.abs()
                };
                let step = ring.steps.entry((base.clone(), m)).or_insert(start);
                *step = step.gcd(&q);
            }
        }
        ring
    }

    /// What a generator stands for.
    #[must_use]
    pub fn atom(&self, generator: Generator) -> &Expr {
        &self.atoms[generator.0 as usize]
    }

    /// Every generator so far with what it stands for.
    pub fn atoms(&self) -> impl Iterator<Item = (Generator, &Expr)> {
        self.atoms
            .iter()
            .enumerate()
            .map(|(i, e)| (Generator(u32::try_from(i).unwrap_or(u32::MAX)), e))
    }

    pub(crate) fn generator(&mut self, atom: &Expr) -> Generator {
        if let Some(g) = self.index.get(atom) {
            return *g;
        }
        let g = Generator(u32::try_from(self.atoms.len()).unwrap_or(u32::MAX));
        self.atoms.push(atom.clone());
        self.index.insert(atom.clone(), g);
        g
    }

    fn monomial(&mut self, atom: &Expr, power: i64) -> RationalFunction {
        let g = self.generator(atom);
        let polynomial = Polynomial::generator(g);
        let value = RationalFunction::from(polynomial);
        value
            .pow(i32::try_from(power).unwrap_or(i32::MAX))
            .unwrap_or_else(RationalFunction::zero)
    }

    /// The expression as a rational function of the generators.
    ///
    /// # Errors
    /// `TooLarge` where it has more terms than a reader could use.
    pub fn convert(&mut self, e: &Expr) -> Result<RationalFunction, TooLarge> {
        for node in topological(std::slice::from_ref(e)) {
            if self.memo.contains_key(&node) {
                continue;
            }
            let value = self.convert_node(&node)?;
            self.memo.insert(node, value);
        }
        Ok(self.memo[e].clone())
    }

    fn convert_node(&mut self, node: &Expr) -> Result<RationalFunction, TooLarge> {
        match node.kind() {
            Kind::Number(n) => Ok(RationalFunction::constant(n)),
            Kind::Add(constant, terms) => {
                let parts: Vec<RationalFunction> = terms
                    .iter()
                    .map(|(e, c)| self.memo[e].scale(c))
                    .chain((!constant.is_zero()).then(|| RationalFunction::constant(constant)))
                    .collect();
                self.reduce(RationalFunction::try_sum(&parts, &LIMIT)?)
            }
            Kind::Mul(coefficient, factors) => {
                let mut product = RationalFunction::constant(coefficient);
                for f in factors {
                    product = product.try_mul(&self.memo[f], &LIMIT)?;
                }
                self.reduce(product)
            }
            Kind::Power(base, exponent) => self.convert_power(base, exponent),
            _ => {
                if let Some(step) = self.steps.get(&(node.clone(), Expr::one())).cloned()
                    && !step.is_one()
                    && let Some(power) = step.recip().to_i64()
                {
                    let root = node.power(&Expr::number(step));
                    return Ok(self.monomial(&root, power));
                }
                if let Some([x]) = node.as_call_of("sin") {
                    let cosine = self.monomial(&Expr::function("cos", [x.clone()]), 2);
                    let g = self.generator(node);
                    if self.related.insert(g) {
                        self.relations
                            .push((g, 2, &RationalFunction::one() - &cosine));
                    }
                }
                Ok(self.monomial(node, 1))
            }
        }
    }

    fn convert_power(
        &mut self,
        base: &Expr,
        exponent: &Expr,
    ) -> Result<RationalFunction, TooLarge> {
        let mut product = RationalFunction::one();
        for (m, q) in exponent_terms(exponent) {
            let factor = if m.is_one() && !base.is_constant(Constant::E) {
                self.rational_power(base, &q)?
            } else {
                let step = self
                    .steps
                    .get(&(base.clone(), m.clone()))
                    .cloned()
                    .unwrap_or_else(|| q.abs());
                let power = (&q / &step).to_i64().filter(|n| n.abs() <= EXPONENT_LIMIT);
                match power {
                    Some(n) => self.monomial(&base.power(&m.scaled(&step)), n),
                    None => self.monomial(&base.power(&m.scaled(&q)), 1),
                }
            };
            product = product.try_mul(&factor, &LIMIT)?;
        }
        self.reduce(product)
    }

    fn rational_power(&mut self, base: &Expr, q: &Number) -> Result<RationalFunction, TooLarge> {
        let step = self
            .steps
            .get(&(base.clone(), Expr::one()))
            .cloned()
            .unwrap_or(Number::ONE);
        let power = (q / &step).to_i64().filter(|n| n.abs() <= EXPONENT_LIMIT);
        let Some(power) = power else {
            return Ok(self.monomial(&base.power(&Expr::number(q.clone())), 1));
        };
        let value = self.memo.get(base).cloned();
        if step.is_one() {
            let value = value.unwrap_or_else(|| self.monomial(base, 1));
            let power = i32::try_from(power).map_err(|_| TooLarge)?;
            if power < 0 && value.is_zero() {
                return Ok(self.monomial(&Expr::undefined(), 1));
            }
            return value.try_pow(power, &LIMIT);
        }
        let root = base.power(&Expr::number(step.clone()));
        let monomial = self.monomial(&root, power);
        if !is_atomic_base(base) {
            let g = self.generator(&root);
            if self.related.insert(g)
                && let (Some(value), Some(degree)) = (
                    value,
                    step.recip().to_i64().and_then(|n| u32::try_from(n).ok()),
                )
            {
                self.relations.push((g, degree, value));
            }
        }
        self.reduce(monomial)
    }

    /// Replaces high powers of related generators, in numerator and denominator.
    ///
    /// # Errors
    /// `TooLarge` where the result has more terms than a reader could use.
    pub fn reduce(&self, value: RationalFunction) -> Result<RationalFunction, TooLarge> {
        let mut value = value;
        for (g, degree, image) in self.relations.iter().rev() {
            if value.numerator().degree(*g) < *degree && value.denominator().degree(*g) < *degree {
                continue;
            }
            let top = lowered(value.numerator(), *g, *degree, image)?;
            let bottom = lowered(value.denominator(), *g, *degree, image)?;
            value = top.divide(&bottom).ok_or(TooLarge)?;
        }
        Ok(value)
    }

    /// The same function with a related generator that divides the whole denominator moved to the numerator, where that is shorter:
    /// (1 − cos²)/sin is sin.
    #[must_use]
    pub fn freed(&self, value: RationalFunction) -> RationalFunction {
        self.relations
            .iter()
            .fold(value, |value, (g, degree, image)| {
                let bottom = value.denominator();
                let alone = bottom.degree(*g) == 1 && bottom.powers_in(*g).len() == 1;
                if *degree != 2 || !alone {
                    return value;
                }
                let by = Polynomial::generator(*g);
                let moved = lowered(&(value.numerator() * &by), *g, 2, image).and_then(|top| {
                    top.divide(&lowered(&(bottom * &by), *g, 2, image)?)
                        .ok_or(TooLarge)
                });
                let size = |f: &RationalFunction| f.numerator().len() + f.denominator().len();
                moved
                    .ok()
                    .filter(|moved| size(moved) < size(&value))
                    .unwrap_or(value)
            })
    }

    /// The rational function as an expression, numerator and denominator as they stand.
    #[must_use]
    pub fn expression(&self, value: &RationalFunction) -> Expr {
        self.polynomial_expression(value.numerator())
            / self.polynomial_expression(value.denominator())
    }

    /// The rational function as an expression with numerator and denominator factored.
    #[must_use]
    pub fn factored_expression(&self, value: &RationalFunction) -> Expr {
        self.factored_polynomial(value.numerator()) / self.factored_polynomial(value.denominator())
    }

    /// A polynomial as an expression.
    #[must_use]
    pub fn polynomial_expression(&self, p: &Polynomial) -> Expr {
        Expr::sum(p.terms().map(|(c, monomial)| {
            let powers = monomial
                .iter()
                .map(|(g, n)| self.atom(*g).powi(i64::from(*n)));
            Expr::product(powers.chain([Expr::number(c)]))
        }))
    }

    /// A polynomial as the product of its factors.
    #[must_use]
    pub fn factored_polynomial(&self, p: &Polynomial) -> Expr {
        let factors = p.factor();
        let parts = factors
            .factors
            .iter()
            .map(|(f, n)| self.polynomial_expression(f).powi(i64::from(*n)));
        Expr::product(parts.chain([Expr::number(factors.unit.clone())]))
    }
}

fn lowered(
    p: &Polynomial,
    g: Generator,
    degree: u32,
    image: &RationalFunction,
) -> Result<RationalFunction, TooLarge> {
    if p.degree(g) < degree {
        return Ok(RationalFunction::from(p.clone()));
    }
    let generator = RationalFunction::from(Polynomial::generator(g));
    let mut parts = Vec::new();
    for (k, coefficient) in p.coefficients_in(g).into_iter().enumerate() {
        if coefficient.is_zero() {
            continue;
        }
        let k = i32::try_from(k).map_err(|_| TooLarge)?;
        let degree = i32::try_from(degree).map_err(|_| TooLarge)?;
        let high = image.try_pow(k / degree, &LIMIT)?;
        let low = generator.try_pow(k % degree, &LIMIT)?;
        parts.push(
            RationalFunction::from(coefficient)
                .try_mul(&high, &LIMIT)?
                .try_mul(&low, &LIMIT)?,
        );
    }
    RationalFunction::try_sum(&parts, &LIMIT)
}
