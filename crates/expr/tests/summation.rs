//! Closed sums against sums written out, for short ranges at random values.

use bartlett_expr::summation::{gathered, has_explicit_sum, summed};
use bartlett_expr::{Domain, Expr, Facts, Symbol, Truth, formula, normal};

/// Bodies in the index i and the symbols a, b, q, w, with whether an explicit sum may stay.
static BODIES: &[(&str, bool)] = &[
    ("1", false),
    ("a*b", false),
    ("i", false),
    ("i^2", false),
    ("i^5 - 3*i^2 + a", false),
    ("(a + b*i)^3/w^2", false),
    ("(a + b*i)*(a - i)", false),
    ("exp(b*i)", false),
    ("exp(a - b*i)", false),
    ("q^i", false),
    ("q^(2*i + 1)", false),
    ("2^i", false),
    ("(-1)^i*i", false),
    ("i*q^i", false),
    ("i^3*exp(-b*i)", false),
    ("(a + i*exp(b*i))^2", false),
    ("cos(w*i + a)", false),
    ("sin(w*i + a)", false),
    ("cos(w*i + a)^2", false),
    ("sin(w*i + a)*cos(w*i + a)", false),
    ("i*sin(w*i + a)*cos(w*i + b)", false),
    ("i^2*sin(w*i + a)^2", false),
    ("i^3*cos(w*i)", false),
    ("i^4*cos(w*i + a) + i^5*sin(b*i)", false),
    ("exp(-b*i)*cos(w*i + a)", false),
    ("i*exp(-2*b*i)*sin(w*i + a)^2", true),
    ("i^2*exp(-b*i)*sin(w*i + a)", true),
    ("q^i*cos(w*i)", false),
    ("exp(-b*i)*q^i", false),
    ("exp(-2*b*i)*sin(w*i + a)^2", false),
    ("a/i", true),
    ("1/(a + i)", true),
    ("log(i)*b^2", true),
    ("exp(-b*i)/(1 + exp(-b*i))^2", true),
    ("exp(-b*i^2)", true),
    ("i*log(i) + i + a", true),
];

fn facts() -> Facts {
    let mut facts = Facts::new();
    for name in ["a", "b", "q", "w"] {
        facts.declare(Symbol::new(name), Domain::positive());
    }
    facts
}

/// A fixed sequence in (0, 1).
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn closed_sums_are_the_sums_written_out() {
    let facts = facts();
    let mut random = Random(7);
    for (text, open) in BODIES {
        let body = formula(text);
        for (lower, shift) in [("1", 0_i64), ("0", -1), ("m", 2)] {
            let upper = Expr::symbol("n") + shift;
            let found = summed(&facts, &body, &Symbol::new("i"), &formula(lower), &upper);
            assert!(
                *open || !has_explicit_sum(&found.value),
                "{text} stays open: {}",
                found.value
            );
            for n in 0_i32..=7 {
                let m = 1.0 + (random.unit() * 3.0).floor();
                let point: Vec<(Symbol, f64)> = ["a", "b", "q", "w"]
                    .iter()
                    .map(|name| (Symbol::new(name), 0.2 + 1.1 * random.unit()))
                    .chain([(Symbol::new("n"), f64::from(n)), (Symbol::new("m"), m)])
                    .collect();
                let first = formula(lower).value_at(&point) as i32;
                let last = upper.value_at(&point) as i32;
                if last < first - 1 || (*open && text.contains("i)") && first < 1) {
                    continue;
                }
                let term = |i: i32| {
                    let mut at = point.clone();
                    at.push((Symbol::new("i"), f64::from(i)));
                    body.value_at(&at)
                };
                let terms: Vec<f64> = (first..=last).map(term).collect();
                let written_out: f64 = terms.iter().sum();
                if !written_out.is_finite() {
                    continue;
                }
                let size: f64 = 1.0 + terms.iter().map(|t| t.abs()).sum::<f64>();
                let closed = found.value.value_at(&point);
                assert!(
                    (closed - written_out).abs() < 1e-7 * size,
                    "Σ {text} from {first} to {last} is {written_out}, not {closed}: {} at {point:?}",
                    found.value
                );
            }
        }
    }
}

#[test]
fn what_must_not_vanish_is_named() {
    let (i, one, n) = (Symbol::new("i"), Expr::one(), Expr::symbol("n"));
    let conditions = |facts: &Facts, text: &str| -> Vec<String> {
        let found = summed(facts, &formula(text), &i, &one, &n);
        found.nonzero.iter().map(Expr::text).collect()
    };
    let nothing = Facts::new();
    assert_eq!(conditions(&nothing, "exp(b*i)"), ["b"]);
    assert_eq!(conditions(&nothing, "q^i"), ["q - 1"]);
    assert_eq!(conditions(&nothing, "cos(2*w*i)"), ["sin(w)"]);
    assert_eq!(conditions(&nothing, "i^2 + t[i]"), [""; 0]);
    // Nothing is left to say where the facts exclude it.
    assert_eq!(conditions(&facts(), "exp(-b*i)*cos(w*i)"), [""; 0]);
}

#[test]
fn each_irreducible_sum_stands_once_with_its_factors_outside() {
    let (i, one, n) = (Symbol::new("i"), Expr::one(), Expr::symbol("n"));
    let value = |text: &str| summed(&facts(), &formula(text), &i, &one, &n).value;
    assert_eq!(value("a*t[i]/b^2"), formula("a*sum(i, 1, n, t[i])/b^2"));
    assert_eq!(
        value("(a + b*t[i])^2"),
        formula("n*a^2 + 2*a*b*sum(i, 1, n, t[i]) + b^2*sum(i, 1, n, t[i]^2)")
    );
    let same = |text: &str, other: &str| {
        let difference = value(text) - formula(other);
        assert_eq!(
            normal::is_zero(&facts(), &difference),
            Truth::Yes,
            "{text} gives {}",
            value(text)
        );
    };
    same("(t[i] - a)*(t[i] + a)", "sum(i, 1, n, t[i]^2) - n*a^2");
    same("exp(a + b*t[i])", "exp(a)*sum(i, 1, n, exp(b*t[i]))");
    same(
        "i*(i + t[i])",
        "n*(n + 1)*(2*n + 1)/6 + sum(i, 1, n, i*t[i])",
    );
    same("i", "n*(n + 1)/2");
    let residuals = gathered(&formula("(y[i] - a)/b^2 - 1/b"), &i, &one, &n);
    assert_eq!(residuals, formula("sum(i, 1, n, y[i] - a)/b^2 - n/b"));
}

#[test]
fn entries_have_their_values_inside_sums() {
    let at = |names: &[&str]| -> Vec<(Symbol, f64)> {
        let values = [3.0, 0.5, 2.0, 4.0, 8.0];
        names
            .iter()
            .zip(values)
            .map(|(name, v)| (Symbol::new(name), v))
            .collect()
    };
    let point = at(&["n", "b", "t[1]", "t[2]", "t[3]"]);
    let value = |text: &str| formula(text).value_at(&point);
    assert_eq!(value("sum(i, 1, n, b*t[i]^2)"), 42.0);
    assert_eq!(
        value("t[2]*sum(i, 1, n, i*t[n + 1 - i])"),
        4.0 * (8.0 + 8.0 + 6.0)
    );
    assert_eq!(value("sum(i, 1, n, sum(j, 1, i, t[j]))"), 2.0 + 6.0 + 14.0);
    assert!(value("sum(i, 0, n, t[i])").is_nan());
    let point = at(&["n", "b", "x[1,1]", "x[2,1]", "x[3,1]"]);
    assert_eq!(formula("sum(i, 1, n, x[i,1])").value_at(&point), 14.0);
}
