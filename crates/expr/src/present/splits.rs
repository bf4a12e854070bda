//! Ways to write a fraction as a common factor times a sum of fractions.
//! In: a rational function. Out: common factors and parts that sum to it. Never: a judgement of which is best.

use super::search::{Factors, Search};
use crate::polynomial::{Generator, Limit, Polynomial, RationalFunction};

/// Parts of one split.
const PARTS: usize = 10;
/// Work on one partial fraction.
const LIMIT: Limit = Limit {
    terms: 400,
    products: 20_000,
};

/// A common factor and parts: the value is common · Σ parts.
pub(super) type Split = (RationalFunction, Vec<RationalFunction>);

/// A way to take a numerator apart, if it comes apart.
type Way<'a> = &'a dyn Fn(&Polynomial) -> Option<Vec<RationalFunction>>;

/// Every split of the fraction that is worth a look, in a fixed order.
pub(super) fn splits(search: &mut Search<'_>, f: &RationalFunction) -> Vec<Split> {
    let mut out = Vec::new();
    let one = RationalFunction::one();
    let (top, bottom) = (f.numerator(), f.denominator());
    // The numerator's factor with more than one term, if there is one such factor only.
    let factors = search.factors(top);
    let mut sums = factors.factors.iter().filter(|(p, _)| p.len() > 1);
    let core = match (sums.next(), sums.next()) {
        (Some((p, 1)), None) => Some(p.clone()),
        _ => None,
    };
    let special = |g: Generator| search.is_special(g);
    let absent = |g: Generator| !bottom.generators().contains(&g);
    let ways: [Way<'_>; 3] = [&|p| grouped(p, &special), &|p| grouped(p, &absent), &terms];
    for groups in ways {
        if let Some(parts) = groups(top) {
            let below = RationalFunction::from(bottom.clone());
            let parts: Option<Vec<_>> = parts.iter().map(|p| p.divide(&below)).collect();
            out.extend(parts.map(|parts| (one.clone(), parts)));
        }
        if let Some((core, parts)) = core.as_ref().and_then(|p| Some((p, groups(p)?))) {
            // Denominators that some part shares stay inside; all others go outside.
            let mut shared = Polynomial::one();
            for part in &parts {
                shared = shared.lcm(&part.numerator().gcd(bottom));
            }
            let inside = RationalFunction::from(shared);
            let outside = f
                .divide(&RationalFunction::from(core.clone()))
                .map(|f| &f * &inside);
            let parts: Option<Vec<_>> = parts.iter().map(|p| p.divide(&inside)).collect();
            if let (Some(outside), Some(parts)) = (outside, parts)
                && !outside.is_one()
            {
                out.push((outside, parts));
            }
        }
    }
    for g in bottom.generators() {
        if search.is_special(*g) {
            continue;
        }
        // Factors without the generator go outside.
        let common = [&factors, &search.factors_below(bottom)].map(|f| free_of(f, *g));
        let Some(common) = RationalFunction::new(&common[0], &common[1]) else {
            continue;
        };
        let Some(rest) = f.divide(&common) else {
            continue;
        };
        for parts in partial_fractions(search, &rest, *g) {
            if !common.is_one() {
                let spread = parts.iter().map(|p| p * &common).collect();
                out.push((one.clone(), spread));
            }
            out.push((common.clone(), parts));
        }
    }
    out
}

/// The terms one by one.
fn terms(p: &Polynomial) -> Option<Vec<RationalFunction>> {
    (p.len() <= 6).then(|| {
        p.terms()
            .map(|term| RationalFunction::from(Polynomial::from_terms([term])))
            .collect()
    })
}

/// The terms by their powers of the chosen generators; those with proportional coefficients stay together.
fn grouped(p: &Polynomial, chosen: &dyn Fn(Generator) -> bool) -> Option<Vec<RationalFunction>> {
    type Powers = Vec<(Generator, u32)>;
    let mut groups: Vec<(Powers, Vec<_>)> = Vec::new();
    for (c, monomial) in p.terms() {
        let (powers, others): (Powers, Powers) =
            monomial.into_iter().partition(|(g, _)| chosen(*g));
        let term = (c, others.into_iter().collect());
        match groups.iter_mut().find(|(p, _)| *p == powers) {
            Some((_, terms)) => terms.push(term),
            None => groups.push((powers, vec![term])),
        }
    }
    let mut joined: Vec<(Polynomial, Polynomial)> = Vec::new();
    for (powers, terms) in groups {
        let (unit, coefficient) = Polynomial::from_terms(terms).primitive();
        let function = Polynomial::monomial(&powers).scale(&unit);
        match joined.iter_mut().find(|(c, _)| *c == coefficient) {
            Some((_, functions)) => *functions = &*functions + &function,
            None => joined.push((coefficient, function)),
        }
    }
    (joined.len() > 1 && joined.len() <= PARTS).then(|| {
        joined
            .iter()
            .map(|(c, f)| RationalFunction::from(c * f))
            .collect()
    })
}

/// The product of the factors that are free of the generator.
fn free_of(factors: &Factors, g: Generator) -> Polynomial {
    let free = factors.factors.iter().filter(|(q, _)| q.degree(g) == 0);
    let unit = Polynomial::constant(&factors.unit);
    free.fold(unit, |product, (q, n)| &product * &q.pow(*n))
}

/// Splits off the poles of factors that are linear in the generator; what is left is the last part. Once with a part for
/// each order of a pole, once with a part for each pole.
fn partial_fractions(
    search: &mut Search<'_>,
    f: &RationalFunction,
    g: Generator,
) -> Vec<Vec<RationalFunction>> {
    let factors = search.factors_below(f.denominator());
    let with: Vec<(Polynomial, u32)> = factors
        .factors
        .iter()
        .filter(|(p, _)| p.degree(g) > 0)
        .cloned()
        .collect();
    let poles: u32 = with.iter().map(|(_, n)| *n).sum();
    let improper = f.numerator().degree(g) >= f.denominator().degree(g);
    if poles > 6 || (poles < 2 && !improper) {
        return Vec::new();
    }
    let Some((by_pole, rest)) = poles_of(f, &with, g) else {
        return Vec::new();
    };
    if by_pole.is_empty() {
        return polynomial_part(f, g).into_iter().collect();
    }
    let rest = (!rest.is_zero()).then_some(rest);
    let apart: Vec<_> = by_pole.iter().flatten().chain(&rest).cloned().collect();
    let together = by_pole
        .iter()
        .map(|orders| RationalFunction::try_sum(orders, &LIMIT))
        .chain(rest.clone().map(Ok))
        .collect::<Result<Vec<_>, _>>();
    let mut out = Vec::new();
    if let Ok(together) = together
        && together.len() < apart.len()
    {
        out.push(together);
    }
    out.push(apart);
    out.retain(|parts| parts.len() > 1 && parts.len() <= PARTS);
    out
}

/// Parts by pole and order, and the rest.
type Poles = (Vec<Vec<RationalFunction>>, RationalFunction);

/// For each linear factor its parts by order, and the rest without these poles.
fn poles_of(f: &RationalFunction, factors: &[(Polynomial, u32)], g: Generator) -> Option<Poles> {
    let mut rest = f.clone();
    let mut by_pole = Vec::new();
    for (factor, multiplicity) in factors.iter().filter(|(p, _)| p.degree(g) == 1) {
        let [below, above] = <[Polynomial; 2]>::try_from(factor.coefficients_in(g)).ok()?;
        // The root is −below/above.
        let root = RationalFunction::new(&-&below, &above)?;
        let linear = RationalFunction::from(factor.clone());
        let mut orders = Vec::new();
        for order in (1..=*multiplicity).rev() {
            let pole = linear.try_pow(i32::try_from(order).ok()?, &LIMIT).ok()?;
            // A lower order may be missing.
            let regular = rest.try_mul(&pole, &LIMIT).ok()?;
            let coefficient = at(&regular, g, &root)?;
            if coefficient.is_zero() {
                continue;
            }
            let part = coefficient.divide(&pole)?;
            rest = rest.try_add(&-&part, &LIMIT).ok()?;
            orders.push(part);
        }
        by_pole.push(orders);
    }
    Some((by_pole, rest))
}

/// Quotient and proper remainder.
fn polynomial_part(f: &RationalFunction, g: Generator) -> Option<Vec<RationalFunction>> {
    let (quotient, rest, steps) = f.numerator().pseudo_divide(f.denominator(), g)?;
    if quotient.is_zero() || rest.is_zero() || quotient.len() + rest.len() > 40 {
        return None;
    }
    let lead = f.denominator().leading_coefficient_in(g).pow(steps);
    let below = &lead * f.denominator();
    Some(vec![
        RationalFunction::new(&quotient, &lead)?,
        RationalFunction::new(&rest, &below)?,
    ])
}

/// The value with a rational function for the generator; `None` at a pole, or beyond the limit.
pub(super) fn at(
    f: &RationalFunction,
    g: Generator,
    image: &RationalFunction,
) -> Option<RationalFunction> {
    let put = |p: &Polynomial| -> Option<RationalFunction> {
        if p.degree(g) == 0 {
            return Some(RationalFunction::from(p.clone()));
        }
        let mut value = RationalFunction::zero();
        for coefficient in p.coefficients_in(g).into_iter().rev() {
            let raised = value.try_mul(image, &LIMIT).ok()?;
            let coefficient = RationalFunction::from(coefficient);
            value = raised.try_add(&coefficient, &LIMIT).ok()?;
        }
        Some(value)
    };
    put(f.numerator())?.divide(&put(f.denominator())?)
}
