//! Polynomials against laws of algebra, against evaluation, and against SymPy.
//! In: random and reference polynomials. Out: agreement. Never: the program against its own earlier output.

use bartlett_expr::Number;
use bartlett_expr::polynomial::{
    Generator, Limit, Monomial, Polynomial, RationalFunction, TooLarge,
};
use proptest::prelude::*;
use serde_json::Value;
use smallvec::SmallVec;

fn polynomial(
    generators: u32,
    terms: usize,
    degree: u32,
    coefficient: impl Strategy<Value = i64> + 'static,
) -> impl Strategy<Value = Polynomial> {
    let exponents = proptest::collection::vec(0..=degree, generators as usize);
    proptest::collection::vec((coefficient, 1..4_i64, exponents), 0..=terms).prop_map(|rows| {
        Polynomial::from_terms(rows.into_iter().map(|(value, below, exponents)| {
            let monomial: Monomial = exponents
                .into_iter()
                .enumerate()
                .map(|(g, e)| (Generator(g as u32), e))
                .collect();
            (Number::ratio(value, below), monomial)
        }))
    })
}

fn small() -> impl Strategy<Value = Polynomial> {
    polynomial(3, 5, 3, -9..=9_i64)
}

fn at(generator: Generator) -> Number {
    [
        Number::ratio(3, 7),
        Number::integer(-5),
        Number::ratio(11, 2),
        Number::integer(13),
    ][generator.0 as usize % 4]
        .clone()
}

fn whole(p: &Polynomial) -> Polynomial {
    p.primitive().1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn ring_laws(a in small(), b in small(), c in small()) {
        prop_assert_eq!(&a + &b, &b + &a);
        prop_assert_eq!(&a * &b, &b * &a);
        prop_assert_eq!(&(&a * &b) * &c, &a * &(&b * &c));
        prop_assert_eq!(&a * &(&b + &c), &(&a * &b) + &(&a * &c));
        prop_assert!((&a - &a).is_zero());
        prop_assert_eq!(&(&a - &b) + &b, a);
    }

    #[test]
    fn operations_commute_with_evaluation(a in small(), b in small()) {
        let (x, y) = (a.evaluate(at).unwrap(), b.evaluate(at).unwrap());
        prop_assert_eq!((&a + &b).evaluate(at).unwrap(), &x + &y);
        prop_assert_eq!((&a * &b).evaluate(at).unwrap(), &x * &y);
        prop_assert_eq!(a.pow(3).evaluate(at).unwrap(), &(&x * &x) * &x);
        prop_assert_eq!(a.scale(&Number::ratio(-6, 35)).evaluate(at).unwrap(), &x * &Number::ratio(-6, 35));
        let substituted = a.substitute(Generator(1), &b);
        prop_assert_eq!(substituted.evaluate(at).unwrap(), a.evaluate(|g| if g.0 == 1 { y.clone() } else { at(g) }).unwrap());
    }

    #[test]
    fn large_coefficients_and_exponents(
        a in polynomial(2, 6, 3, any::<i64>()), b in polynomial(2, 6, 3, any::<i64>()), n in 1..4_u32,
    ) {
        let (x, y) = (a.evaluate(at).unwrap(), b.evaluate(at).unwrap());
        let product = &a.pow(n) * &b;
        prop_assert_eq!(product.evaluate(at).unwrap(), &x.pow(n.into()).unwrap() * &y);
        if !b.is_zero() {
            prop_assert_eq!(product.exact_divide(&b).unwrap(), a.pow(n));
        }
    }

    #[test]
    fn dense_products(a in polynomial(3, 60, 5, any::<i32>().prop_map(i64::from)), b in polynomial(3, 60, 5, any::<i64>())) {
        let product = &a * &b;
        prop_assert_eq!(product.evaluate(at).unwrap(), &a.evaluate(at).unwrap() * &b.evaluate(at).unwrap());
        if !a.is_zero() {
            prop_assert_eq!(product.exact_divide(&a), Some(b.clone()));
            prop_assert_eq!((&product + &Polynomial::one()).exact_divide(&a).is_some(), a.is_constant());
        }
    }

    #[test]
    fn sparse_products(a in polynomial(5, 40, 90, -99..=99_i64), b in polynomial(5, 60, 90, -99..=99_i64)) {
        let product = &a * &b;
        let prime = 1_000_003;
        let value = |g: Generator| u64::from(g.0) * 77 + 5;
        let expected = a.evaluate_modulo(prime, value).unwrap() * b.evaluate_modulo(prime, value).unwrap() % prime;
        prop_assert_eq!(product.evaluate_modulo(prime, value).unwrap(), expected);
        if !a.is_zero() {
            prop_assert_eq!(product.exact_divide(&a), Some(b));
        }
    }

    #[test]
    fn derivative_obeys_the_product_rule(a in small(), b in small()) {
        let g = Generator(0);
        let expected = &(&a.derivative(g) * &b) + &(&a * &b.derivative(g));
        prop_assert_eq!((&a * &b).derivative(g), expected);
    }

    #[test]
    fn views_rebuild_the_polynomial(a in small()) {
        prop_assert_eq!(Polynomial::from_terms(a.terms()), a.clone());
        prop_assert_eq!(Polynomial::from_coefficients(Generator(1), &a.coefficients_in(Generator(1))), a.clone());
        let (unit, part) = a.primitive();
        prop_assert_eq!(part.scale(&unit), a.clone());
        prop_assert!(part.is_zero() || part.content().is_one() && part.leading_coefficient().is_positive());
    }

    #[test]
    fn pseudo_division_leaves_a_small_remainder(a in small(), b in small()) {
        let g = Generator(0);
        if let Some((q, r, steps)) = a.pseudo_divide(&b, g) {
            let lead = b.leading_coefficient_in(g).pow(steps);
            prop_assert_eq!(&lead * &a, &(&q * &b) + &r);
            prop_assert!(r.is_zero() || b.degree(g) == 0 && r.is_zero() || r.degree(g) < b.degree(g));
        } else {
            prop_assert!(b.is_zero());
        }
    }

    #[test]
    fn gcd_is_divisible_by_a_common_factor(a in small(), b in small(), c in small()) {
        let (left, right) = (&a * &c, &b * &c);
        let (g, p, q) = left.gcd_cofactors(&right);
        prop_assert_eq!(&g * &p, left.clone());
        prop_assert_eq!(&g * &q, right.clone());
        if !g.is_zero() {
            prop_assert!(g.leading_coefficient().is_positive());
            prop_assert!(g.exact_divide(&c).is_some() || c.is_zero());
            prop_assert!(whole(&p).gcd(&whole(&q)).is_one() || p.is_zero() || q.is_zero());
        } else {
            prop_assert!(left.is_zero() && right.is_zero());
        }
    }

    #[test]
    fn gcd_of_many_generators(a in polynomial(9, 4, 1, -9..=9_i64), b in polynomial(9, 4, 1, -9..=9_i64), c in polynomial(9, 5, 1, -9..=9_i64)) {
        let g = (&a * &c).gcd(&(&b * &c));
        prop_assert!(g.is_zero() || c.is_zero() || g.exact_divide(&c).is_some());
    }

    #[test]
    fn gcd_with_large_coefficients(
        a in polynomial(3, 4, 2, any::<i64>()), b in polynomial(3, 4, 2, any::<i64>()), c in polynomial(3, 4, 2, any::<i64>()),
    ) {
        let c = &c * &c;
        let (g, p, q) = (&a * &c).gcd_cofactors(&(&b * &c));
        prop_assert_eq!(&g * &p, &a * &c);
        prop_assert_eq!(&g * &q, &b * &c);
        prop_assert!(g.is_zero() || c.is_zero() || g.exact_divide(&c).is_some());
    }

    #[test]
    fn gcd_of_sparse_polynomials_of_high_degree(
        a in polynomial(4, 4, 12, -9..=9_i64), b in polynomial(4, 4, 12, -9..=9_i64), c in polynomial(4, 4, 12, -9..=9_i64),
    ) {
        let g = (&a * &c).gcd(&(&b * &c));
        prop_assert!(g.is_zero() || c.is_zero() || g.exact_divide(&c).is_some());
        let (left, right) = (&a.pow(2) * &c, &a.pow(3) * &b);
        prop_assert!(a.is_zero() || left.gcd(&right).exact_divide(&a.pow(2)).is_some());
    }

    #[test]
    fn substitution_of_fractions_commutes_with_evaluation(a in small(), b in small(), c in small(), d in small()) {
        prop_assume!(!b.is_zero() && !d.is_zero());
        let (u, v) = (RationalFunction::new(&a, &b).unwrap(), RationalFunction::new(&c, &d).unwrap());
        if let (Some(w), Some(inner)) = (u.substitute(Generator(1), &v), v.evaluate(at))
            && let Some(expected) = u.evaluate(|g| if g.0 == 1 { inner.clone() } else { at(g) })
        {
            prop_assert_eq!(w.evaluate(at), Some(expected));
        }
    }

    #[test]
    fn rational_functions_are_a_field(a in small(), b in small(), c in small(), d in small()) {
        prop_assume!(!b.is_zero() && !d.is_zero());
        let (u, v) = (RationalFunction::new(&a, &b).unwrap(), RationalFunction::new(&c, &d).unwrap());
        let sum = &u + &v;
        let expected = RationalFunction::new(&(&(&a * &d) + &(&c * &b)), &(&b * &d)).unwrap();
        prop_assert_eq!(&sum, &expected);
        prop_assert_eq!(RationalFunction::sum(&[u.clone(), v.clone(), -&v]), u.clone());
        prop_assert_eq!(&u * &v, RationalFunction::new(&(&a * &c), &(&b * &d)).unwrap());
        if !v.is_zero() {
            prop_assert_eq!(&u.divide(&v).unwrap() * &v, u.clone());
        }
        for f in [&u, &sum] {
            prop_assert!(f.denominator().leading_coefficient().is_positive());
            prop_assert!(f.numerator().is_integral() && f.denominator().is_integral());
            prop_assert!(f.is_zero() || f.numerator().gcd(f.denominator()).is_one());
        }
        let g = Generator(0);
        let slope = &(&(&a.derivative(g) * &b) - &(&a * &b.derivative(g)));
        prop_assert_eq!(u.derivative(g), RationalFunction::new(slope, &b.pow(2)).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn factors_multiply_to_the_input(a in small(), b in small(), c in polynomial(1, 4, 4, -9..=9_i64)) {
        let product = &(&a * &b) * &(&c * &c);
        let found = product.factor();
        prop_assert_eq!(found.product(), product.clone());
        prop_assert!(found.irreducible);
        let count = |p: &Polynomial| p.factor().factors.iter().map(|(_, multiplicity)| multiplicity).sum::<u32>();
        if !product.is_zero() {
            prop_assert_eq!(count(&product), count(&a) + count(&b) + 2 * count(&c));
        }
        for (factor, multiplicity) in &found.factors {
            prop_assert!(*multiplicity > 0 && factor.content().is_one() && factor.leading_coefficient().is_positive());
        }
        let free = product.square_free();
        prop_assert_eq!(free.product(), product);
        for (at, (p, _)) in free.factors.iter().enumerate() {
            prop_assert!(free.factors[..at].iter().all(|(q, _)| p.gcd(q).is_one()));
            prop_assert!(p.generators().iter().all(|&g| p.gcd(&p.derivative(g)).exact_divide(p).is_none()));
        }
    }

    #[test]
    fn factors_with_large_coefficients(
        a in polynomial(2, 4, 3, any::<i64>()), b in polynomial(2, 4, 3, any::<i64>()), c in polynomial(1, 5, 5, any::<i64>()),
    ) {
        for product in [&a * &b, &c * &c.derivative(Generator(0))] {
            let found = product.factor();
            prop_assert_eq!(found.product(), product.clone());
            prop_assert!(found.irreducible);
        }
        let splits = (&a * &b).factor().factors.iter().map(|(_, multiplicity)| multiplicity).sum::<u32>() >= 2;
        prop_assert!((&a * &b).is_zero() || a.is_constant() || b.is_constant() || splits);
    }
}

#[test]
fn factors_agree_with_sympy() {
    for case in reference("factor") {
        let input = read(&case["input"]);
        let found = input.factor();
        assert_eq!(found.product(), input);
        assert!(found.irreducible, "{input}");
        let mut expected: Vec<(Polynomial, u32)> = case["factors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (read(&row[0]), row[1].as_u64().unwrap() as u32))
            .collect();
        assert_eq!(
            found.factors.len(),
            expected.len(),
            "{input} gave {:?}",
            found.factors
        );
        for factor in &found.factors {
            let at = expected.iter().position(|other| other == factor);
            expected.remove(
                at.unwrap_or_else(|| panic!("{factor:?} of {input} is not among SymPy's factors")),
            );
        }
    }
}

#[test]
fn a_factor_that_loses_its_degree_at_small_points_is_found() {
    let [x, y, z] = [0, 1, 2].map(|g| Polynomial::generator(Generator(g)));
    let factors = [
        &x - &Polynomial::one(),
        &x.pow(2) - &(&x * &(&y * &z).pow(2)),
        &x.pow(2) - &(&y * &z).pow(3),
    ];
    let product = &(&factors[0] * &factors[1]) * &factors[2];
    let found = product.factor();
    assert_eq!(found.product(), product);
    assert!(found.irreducible);
    assert_eq!(found.factors.len(), 4);
}

#[test]
fn quadratics_split_where_their_discriminant_is_a_square() {
    let [x, y, z] = [0, 1, 2].map(|g| Polynomial::generator(Generator(g)));
    let two = Polynomial::integer(2);
    let pairs = [
        (&(&x - &y) - &z, &(&x - &y) + &z),
        (
            &(&two * &x) + &y,
            &(&(&y * &z) * &x) - &Polynomial::integer(3),
        ),
        (&(&z * &x) + &y.pow(2), &(&y * &x) - &z.pow(3)),
    ];
    for (a, b) in pairs {
        let found = (&a * &b).factor();
        assert_eq!(found.product(), &a * &b);
        assert!(found.irreducible);
        assert_eq!(found.factors.len(), 2, "{found:?}");
    }
    for whole in [
        &x.pow(2) + &y.pow(2),
        &(&x.pow(2) - &(&two * &y.pow(2))) + &(&x * &z.pow(2)),
    ] {
        assert_eq!(whole.factor().factors, [(whole.clone(), 1)]);
    }
}

#[test]
fn hard_cases_for_recombination_are_factored_or_left_whole() {
    // Swinnerton-Dyer: irreducible, yet a product of quadratics modulo every prime.
    let x = Polynomial::generator(Generator(0));
    let mut p = x.clone();
    for prime in [2, 3, 5, 7, 11] {
        let y = Generator(1);
        let shifted = p.substitute(Generator(0), &(&x - &Polynomial::generator(y)));
        // The resultant with y² − prime is the norm: split into even and odd part in y.
        let (mut even, mut odd) = (Polynomial::zero(), Polynomial::zero());
        for (power, part) in shifted.coefficients_in(y).iter().enumerate() {
            let scaled = part.scale(&Number::integer(prime).pow(power as i64 / 2).unwrap());
            if power % 2 == 0 {
                even = &even + &scaled
            } else {
                odd = &odd + &scaled
            }
        }
        p = &even.pow(2) - &odd.pow(2).scale(&prime.into());
    }
    assert_eq!(p.total_degree(), 32);
    let found = p.factor();
    assert_eq!(found.product(), p);
    assert_eq!(found.factors.len(), 1);
}

fn read(rows: &Value) -> Polynomial {
    Polynomial::from_terms(rows.as_array().unwrap().iter().map(|row| {
        let exponents = row[1].as_array().unwrap().iter().zip(0..);
        let monomial: Monomial = exponents
            .map(|(e, g)| (Generator(g), e.as_u64().unwrap() as u32))
            .collect();
        (number(row[0].as_str().unwrap()), monomial)
    }))
}

fn number(text: &str) -> Number {
    let (top, below) = text.split_once('/').unwrap_or((text, "1"));
    let read = |text: &str| match text.strip_prefix('-') {
        Some(digits) => -Number::parse_decimal(digits).unwrap(),
        None => Number::parse_decimal(text).unwrap(),
    };
    &read(top) / &read(below)
}

fn reference(kind: &str) -> Vec<Value> {
    let text = include_str!("reference/polynomial.json");
    let cases: Value = serde_json::from_str(text).unwrap();
    let cases = cases[kind].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

#[test]
fn products_agree_with_sympy() {
    for case in reference("product") {
        assert_eq!(
            &read(&case["a"]) * &read(&case["b"]),
            read(&case["product"])
        );
    }
}

#[test]
fn gcds_agree_with_sympy() {
    for case in reference("gcd") {
        let gcd = read(&case["a"]).gcd(&read(&case["b"]));
        let expected = read(&case["gcd"]);
        let sign = if expected.leading_coefficient().is_negative() {
            -1
        } else {
            1
        };
        assert_eq!(gcd, expected.scale(&sign.into()));
    }
}

#[test]
fn sums_of_fractions_agree_with_sympy() {
    for case in reference("cancel") {
        let parts: Vec<RationalFunction> = case["parts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| RationalFunction::new(&read(&part[0]), &read(&part[1])).unwrap())
            .collect();
        let sum = RationalFunction::sum(&parts);
        let (top, below) = (read(&case["top"]), read(&case["below"]));
        assert_eq!(&(sum.numerator() * &below), &(sum.denominator() * &top));
        // Lowest terms: as small as SymPy's up to numbers.
        assert_eq!(whole(sum.denominator()), whole(&below));
    }
}

#[test]
fn limits_stop_explosions() {
    let generators: Vec<Polynomial> = (0..4)
        .map(|g| Polynomial::generator(Generator(g)))
        .collect();
    let base = &Polynomial::sum(&generators) + &Polynomial::one();
    assert_eq!(base.try_pow(60, &Limit::terms(10_000)), Err(TooLarge));
    assert_eq!(
        base.try_pow(4_000_000_000, &Limit::terms(10_000)),
        Err(TooLarge)
    );
    assert_eq!(base.try_pow(5, &Limit::terms(10_000)).unwrap().len(), 126);
    let x = Polynomial::monomial(&[(Generator(0), u32::MAX)]);
    assert_eq!(x.try_mul(&x, &Limit::NONE), Err(TooLarge));
}

#[test]
fn astronomical_degrees_cost_nothing() {
    let x = Polynomial::generator(Generator(0));
    let high = |degree: u32| &x.pow(degree) - &Polynomial::one();
    assert_eq!(high(3_000_000).gcd(&high(2_000_000)), high(1_000_000));
    assert!(high(3_000_000).gcd(&high(1_999_999)).degree(Generator(0)) <= 1);
    assert_eq!(
        high(1 << 30).leading_coefficient_in(Generator(0)),
        Polynomial::one()
    );
    assert_eq!(high(1 << 30).evaluate(|_| Number::TWO), None);
    assert_eq!(high(1 << 30).evaluate(|_| Number::ONE), Some(Number::ZERO));
    assert_eq!(
        high(1 << 30).substitute(Generator(0), &x.pow(2)),
        high(1 << 31)
    );
    let found = (&high(1 << 20) * &x).factor();
    assert_eq!(found.product(), &high(1 << 20) * &x);
}

#[test]
fn many_generators_and_high_powers_leave_the_packed_form_and_return() {
    let generators: SmallVec<[Polynomial; 8]> = (0..200)
        .map(|g| Polynomial::generator(Generator(g)))
        .collect();
    let sum = Polynomial::sum(&generators);
    let square = sum.pow(2);
    assert_eq!(square.len(), 200 * 201 / 2);
    assert_eq!(square.exact_divide(&sum), Some(sum.clone()));
    assert_eq!(square.gcd(&(&sum * &generators[3])), sum);
    let rest: Vec<Polynomial> = generators[1..].iter().map(|g| -g).collect();
    assert_eq!(&sum + &Polynomial::sum(&rest), generators[0]);
    let high = Polynomial::monomial(&[(Generator(0), 1 << 31), (Generator(1), 3)]);
    let other = Polynomial::monomial(&[(Generator(0), (1 << 31) - 1)]);
    assert_eq!(
        high.exact_divide(&other),
        Some(Polynomial::monomial(&[
            (Generator(0), 1),
            (Generator(1), 3)
        ]))
    );
}
