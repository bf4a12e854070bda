//! The expression core: canonical forms, derivatives, depth, leaks, threads.
use bartlett_expr::{Domain, Expr, Facts, Number, Symbol, formula, live_nodes};

fn s(name: &str) -> Expr {
    Expr::symbol(name)
}

#[test]
fn equal_means_the_same_node() {
    let (x, y) = (s("x"), s("y"));
    assert_eq!(&x + &y, &y + &x);
    assert_eq!((&x + &y) * 2 - &x * 2, &y * 2);
    assert_eq!(&x * &y / &x, y);
    assert_eq!((&x - &y).powi(2), (&y - &x).powi(2));
    assert_eq!((&x * 3).log().exp(), &x * 3);
    assert_eq!((x.exp() * y.exp()), (&x + &y).exp());
    assert_eq!(Expr::integer(8).sqrt(), Expr::integer(2).sqrt() * 2);
    assert_eq!(
        Expr::integer(2).sqrt() * Expr::integer(2).sqrt(),
        Expr::integer(2)
    );
    assert_eq!(
        Expr::ratio(1, 2).sqrt() * Expr::integer(2).sqrt(),
        Expr::one()
    );
    assert_eq!(
        Expr::function("gamma", [Expr::ratio(7, 2)]),
        Expr::pi().sqrt() * Number::ratio(15, 8)
    );
    assert_eq!(
        Expr::function("polygamma", [Expr::one(), Expr::one()]),
        Expr::pi().powi(2) / 6
    );
    assert_eq!(
        Expr::function("zeta", [Expr::integer(4)]),
        Expr::pi().powi(4) / 90
    );
    assert_eq!(Expr::function("zeta", [Expr::zero()]), Expr::ratio(-1, 2));
    assert_eq!(
        Expr::function("zeta", [Expr::integer(-1)]),
        Expr::ratio(-1, 12)
    );
    assert!((Expr::one() / Expr::zero()).is_constant(bartlett_expr::Constant::Undefined));
}

#[test]
fn normal_score_and_hessian() {
    let (x, mu, sigma) = (s("x"), s("mu"), s("sigma"));
    let l = -sigma.log() - (&x - &mu).powi(2) / (sigma.powi(2) * 2);
    let names = [Symbol::new("mu"), Symbol::new("sigma")];
    let g = l.gradient(&names).unwrap();
    assert_eq!(g[0], (&x - &mu) / sigma.powi(2));
    let h = l.hessian(&names).unwrap();
    assert_eq!(h[0][0], -sigma.powi(-2));
    assert_eq!(l.derivative(&names[1]).unwrap(), g[1]);
}

#[test]
fn refine_uses_facts() {
    let mut facts = Facts::new();
    for n in ["x", "a", "b"] {
        facts.declare(Symbol::new(n), Domain::positive());
    }
    facts.declare(
        Symbol::new("p"),
        Domain::interval(Expr::zero(), false, Expr::one(), false),
    );
    let (x, a, b, p) = (s("x"), s("a"), s("b"), s("p"));
    assert_eq!(
        facts.refine(&(&x / &b).power(&a).log()),
        &a * x.log() - &a * b.log()
    );
    assert_eq!(
        facts.refine(&(Expr::one() - &p).powi(2).sqrt()),
        Expr::one() - &p
    );
    assert_eq!(
        facts.refine(&Expr::function("abs", [&p - 1])),
        Expr::one() - &p
    );
    assert_eq!(facts.refine(&x.powi(2).sqrt()), x);
}

#[test]
fn a_hundred_thousand_levels() {
    let before = live_nodes();
    {
        let a = s("deep_a");
        let x0 = s("deep_x");
        let mut f = x0.clone();
        for _ in 0..100_000 {
            f = Expr::function("sin", [&f * &a]) + &x0;
        }
        let g = f
            .gradient(&[Symbol::new("deep_a"), Symbol::new("deep_x")])
            .unwrap();
        assert!(g[0].count_nodes() > 100_000);
        let _ = f.free_symbols();
        let _ = Facts::new().refine(&f);
        let v = f.value_at(&[(Symbol::new("deep_a"), 0.001), (Symbol::new("deep_x"), 0.5)]);
        assert!(v.is_finite());
    }
    let after = live_nodes();
    assert!(after < before + 5_000, "{before} {after}");
}

#[test]
fn a_case_that_is_zero_wins_over_a_branch_without_a_value() {
    let [c, x] = ["c", "x"].map(Symbol::new);
    let e = formula("if(x < c, x*log(c - x), x)");
    let at = |x0: f64| [(c.clone(), 1.0), (x.clone(), x0)];
    let slope = e.derivative(&c).unwrap();
    assert_eq!(slope.value_at(&at(2.0)), 0.0);
    assert!((slope.value_at(&at(0.5)) - 1.0).abs() < 1e-14);
    let other = formula("log(c - x)*if(x < c, 0, 1)");
    assert_eq!(other.value_at(&at(0.5)), 0.0);
    assert!(other.value_at(&at(2.0)).is_nan());
}

#[test]
fn a_function_is_found_by_its_number_of_arguments() {
    let both = Expr::function("zeta", [s("s"), s("a")]);
    assert_eq!(both, formula("zeta(s, a)"));
    assert_eq!(Expr::function("zeta", [s("s")]), formula("zeta(s, 1)"));
}

#[test]
fn contradictory_facts_do_not_run_for_ever() {
    let mut facts = Facts::new();
    let x = Symbol::new("x");
    facts.declare(
        x,
        Domain::interval(Expr::zero(), false, Expr::zero(), false),
    );
    let _ = facts.is_positive(&s("x").recip());
    let _ = facts.refine(&s("x").powi(-3).sqrt());
}
