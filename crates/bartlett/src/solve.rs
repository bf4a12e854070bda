//! Equations solved for symbols: h(x) = c, and systems of them.
//! In: facts, equations. Out: every real solution with the region where it is the one, or nothing. Never: a solution that was not reached by steps that can be undone.

use bartlett_expr::normal::{self, Ring};
use bartlett_expr::{Constant, Expr, Facts, Kind, Number, Symbol, Truth};

/// A solution of h(x) = c.
#[derive(Debug, Clone)]
pub(crate) struct Root {
    /// x, as a function of c and the other symbols.
    pub value: Expr,
    /// What is positive in the region of x in which this is the solution; empty where it is the only one.
    pub region: Vec<Expr>,
}

/// A solution of a system.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    /// Each unknown, in the order asked.
    pub values: Vec<Expr>,
    /// What is positive in its region, in the unknowns.
    pub region: Vec<Expr>,
}

/// Steps that one equation may take, and equations that one system may try.
const STEPS: usize = 24;
const TRIES: usize = 60;
/// Solutions of a system that are followed at once.
const SOLUTIONS: usize = 4;

/// Solves h(x) = c for x, where h may hold x in any place and c does not hold it.
///
/// Every real solution is among those given, unless `None`.
pub(crate) fn roots(facts: &Facts, h: &Expr, c: &Expr, x: &Symbol) -> Option<Vec<Root>> {
    let mut steps = STEPS;
    undo(facts, h, c, x, &mut steps)
}

fn undo(facts: &Facts, h: &Expr, c: &Expr, x: &Symbol, steps: &mut usize) -> Option<Vec<Root>> {
    *steps = steps.checked_sub(1)?;
    match h.kind() {
        Kind::Symbol(s) if s == x => {
            return Some(vec![Root {
                value: normal::simplified(facts, c),
                region: Vec::new(),
            }]);
        }
        Kind::Add(..) => {
            let (with, without): (Vec<Expr>, Vec<Expr>) =
                h.summands().into_iter().partition(|t| t.contains(x));
            let rest = c - Expr::sum(without);
            if let [only] = &with[..] {
                return undo(facts, only, &rest, x, steps);
            }
            if let Some(product) = one_logarithm(&with, x) {
                return undo(facts, &product, &rest.exp(), x, steps);
            }
        }
        Kind::Mul(..) => {
            let (with, without): (Vec<Expr>, Vec<Expr>) =
                h.factors().into_iter().partition(|t| t.contains(x));
            if let [only] = &with[..]
                && !without.is_empty()
            {
                return undo(facts, only, &(c / Expr::product(without)), x, steps);
            }
        }
        Kind::Power(base, exponent) => match (base.contains(x), exponent.contains(x)) {
            (true, false) => {
                if let Some(found) = undo_power(facts, base, exponent, c, x, steps) {
                    return Some(found);
                }
            }
            (false, true) if facts.is_positive(base) == Truth::Yes && !base.is_one() => {
                return undo(facts, exponent, &(c.log() / base.log()), x, steps);
            }
            _ => {}
        },
        Kind::Call(function, arguments) => {
            let [inner] = &arguments[..] else { return None };
            return undo(facts, inner, &function.undone(c)?, x, steps);
        }
        _ => return None,
    }
    undo_polynomial(facts, h, c, x, steps)
}

/// k₁ log u₁ + k₂ log u₂ + … with numbers kᵢ, as the product of the powers.
fn one_logarithm(terms: &[Expr], x: &Symbol) -> Option<Expr> {
    let mut factors = Vec::new();
    for term in terms {
        let (k, rest) = term.as_coefficient();
        let Kind::Call(function, arguments) = rest.kind() else {
            return None;
        };
        let [inner] = &arguments[..] else { return None };
        // The logarithm is the function that the exponential undoes.
        let unit = function.undone(&Expr::zero())?;
        if !unit.is_one() || !function.undone(&Expr::one())?.is_constant(Constant::E) {
            return None;
        }
        if !inner.contains(x) {
            return None;
        }
        factors.push(inner.power(&Expr::number(k)));
    }
    Some(normal::factored(&Expr::product(factors)))
}

fn undo_power(
    facts: &Facts,
    base: &Expr,
    exponent: &Expr,
    c: &Expr,
    x: &Symbol,
    steps: &mut usize,
) -> Option<Vec<Root>> {
    let inverse = exponent.recip();
    if exponent.as_number() == Some(&Number::MINUS_ONE) {
        return undo(facts, base, &c.recip(), x, steps);
    }
    let whole = exponent.as_integer();
    let positive = facts.is_positive(base) == Truth::Yes;
    let negative = facts.is_negative(base) == Truth::Yes;
    if positive || whole.is_none() {
        // A power that is no whole number has a value only where its base is positive.
        return undo(facts, base, &c.power(&inverse), x, steps);
    }
    let even = whole.is_some_and(|n| n % 2 == 0);
    if negative {
        let root = if even {
            -c.power(&inverse)
        } else {
            -(-c).power(&inverse)
        };
        return undo(facts, base, &root, x, steps);
    }
    if !even {
        let size = Expr::function("abs", [c.clone()]).power(&inverse);
        let root = Expr::function("sign", [c.clone()]) * size;
        return undo(facts, base, &root, x, steps);
    }
    let root = c.power(&inverse);
    let mut found = Vec::new();
    for (side, value) in [(base.clone(), root.clone()), (-base, -root)] {
        for mut solution in undo(facts, base, &value, x, steps)? {
            solution.region.push(side.clone());
            found.push(solution);
        }
    }
    (found.len() <= SOLUTIONS).then_some(found)
}

/// A polynomial of first or second degree in one function of x.
fn undo_polynomial(
    facts: &Facts,
    h: &Expr,
    c: &Expr,
    x: &Symbol,
    steps: &mut usize,
) -> Option<Vec<Root>> {
    let prepared = normal::prepared(facts, &[h - c]).pop()?;
    let mut ring = Ring::of(std::slice::from_ref(&prepared));
    let value = ring.convert(&prepared).ok()?;
    let holding: Vec<(bartlett_expr::polynomial::Generator, Expr)> = ring
        .atoms()
        .filter(|(_, atom)| atom.contains(x))
        .map(|(g, atom)| (g, atom.clone()))
        .filter(|(g, _)| value.numerator().degree(*g) > 0 || value.denominator().degree(*g) > 0)
        .collect();
    let [(generator, atom)] = &holding[..] else {
        return None;
    };
    let coefficients: Vec<Expr> = value
        .numerator()
        .coefficients_in(*generator)
        .iter()
        .map(|p| ring.polynomial_expression(p))
        .collect();
    if coefficients.iter().any(|a| a.contains(x)) {
        return None;
    }
    let simple = |e: &Expr| normal::simplified(facts, e);
    match &coefficients[..] {
        [b, a] => undo(facts, atom, &simple(&(-b / a)), x, steps),
        [c0, b, a] => {
            let discriminant = simple(&(b.powi(2) - a * c0 * 4));
            let width = facts.refine(&discriminant.sqrt());
            let twice = a * 2;
            // Which of the two it is says the sign of 2a·u + b, where c is the value of h.
            let slope = simple(&back(&(&twice * atom + b), c, h));
            let roots = [
                (slope.clone(), simple(&((&width - b) / &twice))),
                (-&slope, simple(&((-&width - b) / &twice))),
            ];
            let mut found = Vec::new();
            for (side, value) in roots {
                let never = facts.is_negative(&side) == Truth::Yes
                    || (facts.is_positive(atom) == Truth::Yes
                        && facts.is_negative(&value) == Truth::Yes);
                if never {
                    continue;
                }
                let surely = facts.is_positive(&side) == Truth::Yes;
                for mut solution in undo(facts, atom, &value, x, steps)? {
                    if !surely {
                        solution.region.push(side.clone());
                    }
                    found.push(solution);
                }
            }
            // One that is left needs no region.
            if let [only] = &mut found[..] {
                only.region.clear();
            }
            (!found.is_empty() && found.len() <= SOLUTIONS).then_some(found)
        }
        _ => None,
    }
}

/// An expression with the value put back for its name.
fn back(e: &Expr, name: &Expr, value: &Expr) -> Expr {
    match name.as_symbol() {
        Some(symbol) => e.replace(symbol, value),
        None => e.clone(),
    }
}

/// Solves hₖ = cₖ for as many unknowns, by elimination; `None` where no order of elimination was found.
pub(crate) fn system(
    facts: &Facts,
    equations: &[(Expr, Expr)],
    unknowns: &[Symbol],
) -> Option<Vec<Solution>> {
    let mut tries = TRIES;
    let found = eliminate(facts, equations.to_vec(), unknowns, &mut tries)?;
    let in_order = |partial: &Partial| -> Option<Solution> {
        let values = unknowns
            .iter()
            .map(|u| {
                let (_, value) = partial.values.iter().find(|(name, _)| name == u)?;
                (!value.contains_any(unknowns)).then(|| value.clone())
            })
            .collect::<Option<_>>()?;
        Some(Solution {
            values,
            region: partial.region.clone(),
        })
    };
    found.iter().map(in_order).collect()
}

#[derive(Clone)]
struct Partial {
    values: Vec<(Symbol, Expr)>,
    region: Vec<Expr>,
}

fn eliminate(
    facts: &Facts,
    equations: Vec<(Expr, Expr)>,
    unknowns: &[Symbol],
    tries: &mut usize,
) -> Option<Vec<Partial>> {
    let open: Vec<&Symbol> = unknowns
        .iter()
        .filter(|u| {
            equations
                .iter()
                .any(|(h, c)| h.contains(u) || c.contains(u))
        })
        .collect();
    if open.is_empty() {
        return Some(vec![Partial {
            values: Vec::new(),
            region: Vec::new(),
        }]);
    }
    // Equations with fewest unknowns first.
    let mut order: Vec<(usize, usize)> = equations
        .iter()
        .enumerate()
        .map(|(k, (h, c))| {
            let count = open
                .iter()
                .filter(|u| h.contains(u) || c.contains(u))
                .count();
            (count, k)
        })
        .filter(|(count, _)| *count > 0)
        .collect();
    order.sort_unstable();
    for (_, k) in order {
        for unknown in &open {
            let (h, c) = &equations[k];
            if !h.contains(unknown) && !c.contains(unknown) {
                continue;
            }
            *tries = tries.checked_sub(1)?;
            let found = if c.contains(unknown) {
                roots(facts, &(h - c), &Expr::zero(), unknown)
            } else {
                roots(facts, h, c, unknown)
            };
            let Some(found) = found else { continue };
            if found.len() > SOLUTIONS {
                continue;
            }
            if let Some(all) = follow(facts, &equations, k, unknown, &found, unknowns, tries) {
                return Some(all);
            }
        }
    }
    None
}

/// Puts each root into the other equations and goes on.
fn follow(
    facts: &Facts,
    equations: &[(Expr, Expr)],
    k: usize,
    unknown: &Symbol,
    found: &[Root],
    unknowns: &[Symbol],
    tries: &mut usize,
) -> Option<Vec<Partial>> {
    let mut all = Vec::new();
    for root in found {
        let put = |e: &Expr| {
            if e.contains(unknown) {
                normal::simplified(facts, &e.replace(unknown, &root.value))
            } else {
                e.clone()
            }
        };
        let rest: Vec<(Expr, Expr)> = equations
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != k)
            .map(|(_, (h, c))| (put(h), put(c)))
            .collect();
        for mut partial in eliminate(facts, rest, unknowns, tries)? {
            let value = partial
                .values
                .iter()
                .fold(root.value.clone(), |value, (name, by)| {
                    value.replace(name, by)
                });
            partial
                .values
                .push((unknown.clone(), normal::simplified(facts, &value)));
            partial.region.extend(root.region.iter().cloned());
            all.push(partial);
        }
    }
    (!all.is_empty() && all.len() <= SOLUTIONS).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::{roots, system};
    use bartlett_expr::{Domain, Expr, Facts, Symbol, formula};

    fn facts(positive: &[&str]) -> Facts {
        let mut facts = Facts::new();
        for name in positive {
            facts.declare(Symbol::new(name), Domain::positive());
        }
        facts
    }

    /// Each solution satisfies the equation where its region holds.
    fn check(h: &str, positive: &[&str], count: usize, at: f64) {
        let facts = facts(positive);
        let (h, x) = (formula(h), Symbol::new("x"));
        let found = roots(&facts, &h, &Expr::symbol("c"), &x)
            .unwrap_or_else(|| panic!("{h} has no solution"));
        assert_eq!(found.len(), count, "{h}: {found:?}");
        let place = [(x.clone(), at), (Symbol::new("a"), 0.7)];
        let c = h.value_at(&place);
        let whole = [place.to_vec(), vec![(Symbol::new("c"), c)]].concat();
        let mine = found
            .iter()
            .find(|r| r.region.iter().all(|e| e.value_at(&whole) > 0.0))
            .expect("one of them is the solution");
        let value = mine.value.value_at(&whole);
        assert!((value - at).abs() < 1e-9, "{h}: {value} for {at}");
    }

    #[test]
    fn one_equation() {
        check("log(x)", &["x"], 1, 1.7);
        check("3 - 2*x", &[], 1, 1.7);
        check("1/x^2", &["x"], 1, 1.7);
        check("x^2", &[], 2, -1.7);
        check("(x - a)^2 + 1", &[], 2, -1.7);
        check("x^a", &["x"], 1, 1.7);
        check("x^3", &[], 1, -1.7);
        check("x/(1 - x)", &[], 1, 0.3);
        check("log(x/(1 - x))", &[], 1, 0.3);
        check("log(x) - log(1 - x)", &[], 1, 0.3);
        check("1/(1 + e^(-x))", &[], 1, 0.3);
        check("x + x^2", &["x"], 1, 0.3);
        check("x + x^2", &[], 2, -2.3);
        check("a*x + e^a", &["a"], 1, 0.3);
        check("Phi(x)", &[], 1, 0.3);
        check("x*(x + a)", &["x", "a"], 1, 0.3);
    }

    #[test]
    fn a_function_without_an_inverse_is_left() {
        for h in ["x + log(x)", "x*e^x", "digamma(x)", "sin(x)"] {
            let x = Symbol::new("x");
            assert!(roots(&facts(&["x"]), &formula(h), &Expr::symbol("c"), &x).is_none());
        }
    }

    #[test]
    fn two_equations() {
        let facts = facts(&["a", "b", "m", "s"]);
        for (first, second) in [
            ("a/(a + b)", "a + b"),
            ("a/b", "a/b^2"),
            ("a/b^2", "-1/(2*b^2)"),
            ("a*b", "a"),
        ] {
            let unknowns = [Symbol::new("a"), Symbol::new("b")];
            let (m, s) = (Expr::symbol("m"), Expr::symbol("s"));
            let (f, g) = (formula(first), formula(second));
            let found = system(&facts, &[(f.clone(), m), (g.clone(), s)], &unknowns)
                .unwrap_or_else(|| panic!("{first}, {second}"));
            let at = [(unknowns[0].clone(), 1.3), (unknowns[1].clone(), 0.6)];
            let new = [
                (Symbol::new("m"), f.value_at(&at)),
                (Symbol::new("s"), g.value_at(&at)),
            ];
            let near = |solution: &super::Solution| {
                (solution.values[0].value_at(&new) - 1.3).abs() < 1e-9
                    && (solution.values[1].value_at(&new) - 0.6).abs() < 1e-9
            };
            assert!(found.iter().any(near), "{first}, {second}: {found:?}");
        }
    }
}
