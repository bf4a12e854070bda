//! The normal form: what must cancel cancels, what differs is not called equal.
use bartlett_expr::normal::{expanded, is_zero, simplified};
use bartlett_expr::{Domain, Expr, Facts, Symbol, Truth};

fn s(name: &str) -> Expr {
    Expr::symbol(name)
}
fn positive(names: &[&str]) -> Facts {
    let mut facts = Facts::new();
    for name in names {
        facts.declare(Symbol::new(name), Domain::positive());
    }
    facts
}
fn gamma(x: Expr) -> Expr {
    Expr::function("gamma", [x])
}

#[test]
fn zeros() {
    let facts = positive(&["x", "a", "b", "c"]);
    let (x, a, b, c) = (s("x"), s("a"), s("b"), s("c"));
    let psi = |n: i64, x: Expr| Expr::function("polygamma", [Expr::integer(n), x]);
    for e in [
        (&a + &b).powi(2) - a.powi(2) - &a * &b * 2 - b.powi(2),
        gamma(&a + 2) / gamma(a.clone()) - &a * (&a + 1),
        psi(1, &a + 1) - psi(1, a.clone()) + a.powi(-2),
        (&a * &b).sqrt() * (&a / &b).sqrt() - &a,
        ((&x / &b).power(&a) + 1).log() - (x.power(&a) + b.power(&a)).log() + &a * b.log(),
        (x.exp() + 1).log() - ((-&x).exp() + 1).log() - &x,
        x.power(&(&a - 1)) * &x - x.power(&a),
        Expr::function("sin", [x.clone()]).powi(2) + Expr::function("cos", [x.clone()]).powi(2) - 1,
        (x.powi(2) + 1).sqrt().powi(3) / (x.powi(2) + 1).sqrt() - x.powi(2) - 1,
        Expr::function("besselk", [&c + 1, x.clone()])
            - Expr::function("besselk", [&c - 1, x.clone()])
            - &c * 2 / &x * Expr::function("besselk", [c.clone(), x.clone()]),
        (Expr::integer(2).sqrt() + 1).powi(2) - 3 - Expr::integer(2).sqrt() * 2,
        (&a * 2).exp() - a.exp().powi(2),
        Expr::one() / (&a - &b) + Expr::one() / (&b - &a),
    ] {
        assert_eq!(is_zero(&facts, &e), Truth::Yes, "{e:?}");
    }
    assert_eq!(is_zero(&facts, &(&a - &b)), Truth::Unknown);
    assert_eq!(is_zero(&facts, &((&a + 1) - &a)), Truth::No);
}

#[test]
fn forms() {
    let facts = positive(&["p"]);
    let p = s("p");
    let e = Expr::one() / &p + Expr::one() / (Expr::one() - &p);
    assert_eq!(
        simplified(&facts, &e),
        Expr::one() / (&p * (Expr::one() - &p))
    );
    assert_eq!(expanded(&((&p + 1).powi(2))), p.powi(2) + &p * 2 + 1);
}
