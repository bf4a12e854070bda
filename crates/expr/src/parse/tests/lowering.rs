//! Trees as expressions, against expressions built by hand and numbers.

use super::*;
use crate::{Number, Symbol};

fn symbol(name: &str) -> Expr {
    Expr::symbol(name)
}

#[track_caller]
fn same(text: &str, expected: Expr) {
    match parse(text) {
        Ok(expr) => assert_eq!(expr, expected, "{text}"),
        Err(problem) => panic!("{}", problem.render(text)),
    }
}

#[test]
fn operators_mean_what_they_say() {
    let (x, y) = (symbol("x"), symbol("y"));
    same(
        "x - y",
        Expr::sum([x.clone(), y.scaled(&Number::MINUS_ONE)]),
    );
    same(
        "x/y/2",
        Expr::product([x.clone(), y.recip(), Expr::ratio(1, 2)]),
    );
    same("-x^2", x.powi(2).scaled(&Number::MINUS_ONE));
    same("2^3^2", Expr::integer(512));
    same("0.1 + 0.2", Expr::ratio(3, 10));
    same("√x", x.sqrt());
    same("|x|", Expr::function("abs", [x.clone()]));
    same(
        "x!",
        Expr::function("gamma", [Expr::sum([x.clone(), Expr::one()])]),
    );
    same("3!", Expr::integer(6));
    same("e^x", x.exp());
    same("exp(x)", x.exp());
    same("ln x", x.log());
    same("μ", symbol("mu"));
    same(
        "y[i + 1]",
        Expr::indexed(Symbol::new("y"), [Expr::sum([symbol("i"), Expr::one()])]),
    );
    same("ψ(x)", Expr::function("digamma", [x.clone()]));
    same("Γ(5)", Expr::integer(24));
    same(
        "zeta(s, a)",
        Expr::call(
            crate::functions::FunctionRef::find("zeta", 2).expect("it is in the table"),
            [symbol("s"), symbol("a")],
        ),
    );
    let minimum = |a, b| Expr::function("min", [a, b]);
    same(
        "min(x, y, z)",
        minimum(minimum(x.clone(), y.clone()), symbol("z")),
    );
    same(
        "sum(k, 1, n, k*x)",
        Expr::bound(
            Binder::Sum,
            Symbol::new("k"),
            Expr::one(),
            symbol("n"),
            Expr::product([symbol("k"), x.clone()]),
        ),
    );
    let less = |a: &Expr, b: &Expr| Expr::compare(crate::Relation::Less, a.clone(), b.clone());
    same(
        "indicator(x < y)",
        Expr::cases(less(&x, &y), Expr::one(), Expr::zero()),
    );
    same(
        "if(y > x or 0 < x < 1, x, 2)",
        Expr::cases(
            Expr::any([
                less(&x, &y),
                Expr::all([less(&Expr::zero(), &x), less(&x, &Expr::one())]),
            ]),
            x.clone(),
            Expr::integer(2),
        ),
    );
}

#[test]
fn declared_names_are_symbols() {
    let parsed = parse_declaring("beta(x - 1) e", ["beta", "e"]).expect("it is well formed");
    assert_eq!(
        parsed,
        Expr::product([
            symbol("beta"),
            Expr::sum([symbol("x"), Expr::integer(-1)]),
            symbol("e")
        ])
    );
}

#[test]
fn every_function_of_the_contract_is_in_the_table() {
    for (name, least, most) in ROWS {
        let found = FUNCTION_TABLE.find(name);
        assert_eq!(
            found,
            Some(Signature {
                name: found.map_or("", |f| f.name),
                least: *least,
                most: *most
            }),
            "{name}"
        );
        let arguments: Vec<String> = (0..*least).map(|k| format!("a{k}")).collect();
        let text = format!("{name}({})", arguments.join(", "));
        if let Err(problem) = parse(&text) {
            panic!("{}", problem.render(&text));
        }
    }
}

#[test]
fn what_has_no_value_is_refused_at_its_place() {
    let problem = parse("1 + 2/(3 - 3)").expect_err("a division by zero");
    insta::assert_snapshot!(problem.render("1 + 2/(3 - 3)"), @r"
    error[no-value]: this has no value
    1 | 1 + 2/(3 - 3)
      |       ^^^^^^^ this is 0, and it divides
    mend: correct it, or remove it
    ");
}
