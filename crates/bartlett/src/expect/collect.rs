//! Expressions as sums of terms: a coefficient free of the variable times a product of atoms that hold it.
//! In: expressions, the variable, polynomials that may stand in a denominator. Out: terms. Never: an approximation; what does not come apart is `None`.

use bartlett_expr::normal::Ring;
use bartlett_expr::polynomial::{Generator, Monomial, Polynomial, RationalFunction};
use bartlett_expr::{Expr, Number, Symbol};
use std::collections::BTreeMap;

/// Terms of a polynomial by the part of their monomials that holds the data.
pub(crate) type ByAtoms = BTreeMap<Vec<(Generator, u32)>, Vec<(Number, Monomial)>>;

/// coefficient · Π atom^power
#[derive(Clone, Debug)]
pub(crate) struct Term {
    /// Free of the variable.
    pub coefficient: Expr,
    /// Atoms that hold the variable, with their powers.
    pub powers: Vec<(Expr, i64)>,
}

/// An expression as terms. `elements` are sums such as 1 + y that may stand in a denominator: each becomes an atom of its own there.
pub(crate) fn terms(e: &Expr, variable: &Symbol, elements: &[Expr]) -> Option<Vec<Term>> {
    let mut all: Vec<Expr> = vec![e.clone()];
    all.extend(elements.iter().cloned());
    let mut ring = Ring::of(&all);
    let value = ring.convert(e).ok()?;
    let elements: Vec<(Expr, Polynomial)> = elements
        .iter()
        .filter_map(|x| {
            ring.convert(x)
                .ok()
                .map(|r| (x.clone(), r.numerator().clone()))
        })
        .filter(|(_, p)| !p.is_constant())
        .collect();
    let holds: Vec<bool> = ring
        .atoms()
        .map(|(_, atom)| atom.contains(variable))
        .collect();
    let holds = |g: Generator| holds.get(g.0 as usize).copied().unwrap_or(true);

    let mut denominator = value.denominator().clone();
    let mut common: Vec<(Expr, i64)> = Vec::new();
    for (element, polynomial) in &elements {
        while let Some(quotient) = denominator.exact_divide(polynomial) {
            denominator = quotient;
            note(&mut common, element, -1);
        }
    }
    for (g, n) in denominator.monomial_content() {
        if holds(g) {
            let monomial = Polynomial::monomial(&[(g, n)]);
            denominator = denominator.exact_divide(&monomial)?;
            note(&mut common, ring.atom(g), -i64::from(n));
        }
    }
    if denominator.generators().iter().any(|g| holds(*g)) {
        return None;
    }
    let mut collected: ByAtoms = BTreeMap::new();
    for (coefficient, monomial) in value.numerator().terms() {
        let (inside, outside): (Vec<_>, Vec<_>) =
            monomial.into_iter().partition(|(g, _)| holds(*g));
        collected
            .entry(inside)
            .or_default()
            .push((coefficient, outside.into_iter().collect()));
    }
    let terms = collected.into_iter().map(|(inside, outside)| {
        let coefficient = RationalFunction::new(&Polynomial::from_terms(outside), &denominator)?;
        let mut powers = common.clone();
        for (g, n) in inside {
            note(&mut powers, ring.atom(g), i64::from(n));
        }
        powers.retain(|(_, n)| *n != 0);
        Some(Term {
            coefficient: ring.expression(&coefficient),
            powers,
        })
    });
    terms.collect()
}

fn note(powers: &mut Vec<(Expr, i64)>, atom: &Expr, by: i64) {
    match powers.iter_mut().find(|(e, _)| e == atom) {
        Some((_, n)) => *n += by,
        None => powers.push((atom.clone(), by)),
    }
}

impl Term {
    /// The product of its atoms.
    pub(crate) fn shape(&self) -> Expr {
        Expr::product(self.powers.iter().map(|(e, n)| e.powi(*n)))
    }
}
