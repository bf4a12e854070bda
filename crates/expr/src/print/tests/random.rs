//! Text parses back to the same expression, whatever the expression; no format fails on any.
use crate::functions::{FUNCTIONS, FunctionRef, Meaning};
use crate::print::FORMATS;
use crate::{Binder, Constant, Expr, Kind, Relation, Symbol, parse_declaring};
use proptest::prelude::*;

fn primitives() -> Vec<FunctionRef> {
    let rows = FUNCTIONS.iter().copied().flatten();
    rows.filter(|f| matches!(f.meaning, Meaning::Primitive { .. }))
        .filter_map(|f| FunctionRef::find(f.name, f.arguments.len()))
        .collect()
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        4 => prop::sample::select(vec!["x", "mu", "sigma", "alpha", "p", "theta_1", "gamma", "beta", "lambda", "y_min", "E1"]).prop_map(Expr::symbol),
        2 => (-9_i64..10, 1_i64..7).prop_map(|(p, q)| Expr::ratio(p, q)),
        1 => prop::sample::select(vec![Constant::Pi, Constant::E, Constant::EulerGamma]).prop_map(Expr::constant),
        1 => "[ijk]".prop_map(|i| Expr::indexed(Symbol::new("t"), [Expr::symbol(&i)])),
    ]
}

pub fn expression() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(5, 40, 3, |inner| {
        let relation = prop::sample::select(vec![Relation::Equal, Relation::NotEqual, Relation::Less, Relation::LessEqual]);
        let condition = (relation, inner.clone(), inner.clone()).prop_map(|(r, a, b)| Expr::compare(r, a, b));
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::sum),
            4 => prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::product),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| a - b),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| a / b),
            3 => (inner.clone(), -4_i64..5, 1_i64..4).prop_map(|(a, p, q)| a.power(&Expr::ratio(p, q))),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| a.power(&b)),
            1 => inner.clone().prop_map(|a| a.exp()),
            1 => inner.clone().prop_map(|a| a.log()),
            3 => (prop::sample::select(primitives()), inner.clone(), inner.clone())
                .prop_map(|(f, a, b)| Expr::call(f, [a, b].into_iter().take(f.arguments().len()))),
            1 => (prop::collection::vec(condition, 1..3), any::<bool>(), inner.clone(), inner.clone())
                .prop_map(|(c, all, a, b)| Expr::cases(if all { Expr::all(c) } else { Expr::any(c) }, a, b)),
            1 => (prop::sample::select(vec![Binder::Sum, Binder::Product, Binder::Integral]), inner.clone(), inner.clone(), inner)
                .prop_map(|(k, a, b, e)| Expr::bound(k, Symbol::new("k"), a, b, e)),
        ]
    })
}

/// Three terms of every sum, product and integral, and a number for every `t[i]`: so that most of what is spelled has a value.
fn shortened(e: &Expr) -> Expr {
    e.map(&mut |node| match node.kind() {
        Kind::Bound(binder, variable, _, _, body) => {
            let binder = if *binder == Binder::Product {
                Binder::Product
            } else {
                Binder::Sum
            };
            Expr::bound(
                binder,
                variable.clone(),
                Expr::one(),
                Expr::integer(3),
                body.clone(),
            )
        }
        Kind::Indexed(name, _) => Expr::symbol(name.name()),
        _ => node,
    })
}

/// Do both have the same value at one of the points, or at none a value? At one, for where terms cancel rounding is all that is left.
fn same_values(a: &Expr, b: &Expr, points: &[[f64; 16]]) -> bool {
    let (a, b) = (shortened(a), shortened(b));
    let names: Vec<Symbol> = a.free_symbols().union(&b.free_symbols()).cloned().collect();
    let values = points.iter().map(|numbers| {
        let point: Vec<(Symbol, f64)> = names.iter().cloned().zip(*numbers).collect();
        (a.value_at(&point), b.value_at(&point))
    });
    let valued: Vec<(f64, f64)> = values
        .filter(|(a, b)| a.is_finite() && b.is_finite())
        .collect();
    valued.is_empty()
        || valued
            .iter()
            .any(|(a, b)| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()))
}

#[test]
fn values_tell_what_text_does_not() {
    let points = [[0.7; 16]];
    let sum = |body: &str| {
        Expr::bound(
            Binder::Sum,
            Symbol::new("k"),
            Expr::zero(),
            Expr::symbol("n"),
            crate::formula(body),
        )
    };
    assert!(same_values(&sum("-k*x"), &-sum("k*x"), &points));
    assert!(!same_values(&sum("-k*x"), &sum("k*x"), &points));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_parses_back(e in expression(), points in prop::collection::vec(prop::array::uniform16(0.2_f64..2.5), 4)) {
        // What has no value is refused by the parser.
        prop_assume!(!e.any_node(&|node| node.is_constant(Constant::Undefined)));
        let text = e.text();
        let names = e.free_symbols();
        let read = parse_declaring(&text, names.iter().map(Symbol::name));
        // A sum of what reads with a minus sign is read as the negative of a sum, which may be spelled in another way and has the same value.
        let sums = e.any_node(&|node| matches!(node.kind(), Kind::Bound(Binder::Sum, ..)));
        let same = |back: &Expr| *back == e || (sums && same_values(&e, back, &points));
        prop_assert!(read.as_ref().is_ok_and(same), "{} reads {:?}", text, read.map(|back| back.text()).map_err(|problem| problem.to_string()));
    }

    #[test]
    fn brackets_are_paired(e in expression()) {
        for format in FORMATS {
            let text = (format.expression)(&e);
            let count = |c: char| text.matches(c).count();
            prop_assert_eq!(count('('), count(')'), "{}", text);
            prop_assert_eq!(count('{'), count('}'), "{}", text);
            prop_assert_eq!(text.matches(r"\left").count(), text.matches(r"\right").count(), "{}", text);
        }
    }
}
