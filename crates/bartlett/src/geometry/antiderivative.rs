//! Antiderivatives of arc elements: powers, exponentials, and the rows of a table after a change of variable.
//! In: facts, the square of a positive function of one symbol. Out: an antiderivative of the function. Never: one that is not proved by algebra on the whole domain.

use super::antiderivative_rows::ROWS;
use bartlett_expr::normal::simplified;
use bartlett_expr::{Constant, Expr, Facts, Kind, Symbol, Truth, formula, topological};

/// At most so many changes of variable are tried.
const CHANGES: usize = 10;

/// ∫ √square, as a function of the symbol; the root is the positive one.
pub(super) fn antiderivative(facts: &Facts, square: &Expr, x: &Symbol) -> Option<Expr> {
    let square = simplified(facts, square);
    let name = Expr::symbol(x.name());
    if !square.contains(x) {
        return Some(root(facts, &square) * name);
    }
    let slope = simplified(facts, &(square.derivative(x).ok()? / &square));
    // e^(2ru): the logarithmic slope is free of x
    if !slope.contains(x) {
        return (facts.is_nonzero(&slope) == Truth::Yes).then(|| root(facts, &square) * 2 / slope);
    }
    if let Some(power) = of_power(facts, &square, &slope, x) {
        return Some(power);
    }
    let u_name = Symbol::new("u");
    for u in changes(facts, &square, x) {
        let du = u.derivative(x).ok()?;
        for row in &ROWS {
            let holds = row.positive.iter().all(|text| {
                let condition = formula(text).replace(&u_name, &u);
                facts.is_positive(&condition) == Truth::Yes
                    || facts.is_positive(&simplified(facts, &condition)) == Truth::Yes
            });
            if !holds {
                continue;
            }
            let model = formula(row.square).replace(&u_name, &u) * du.powi(2);
            let factor = simplified(facts, &(&square / model));
            if factor.contains(x) || facts.is_negative(&factor) == Truth::Yes {
                continue;
            }
            // u may fall as x rises
            let sign = match (facts.is_positive(&du), facts.is_negative(&du)) {
                (Truth::Yes, _) => 1,
                (_, Truth::Yes) => -1,
                _ => continue,
            };
            return Some(root(facts, &factor) * formula(row.value).replace(&u_name, &u) * sign);
        }
    }
    None
}

/// C·(x + shift)^e
fn of_power(facts: &Facts, square: &Expr, slope: &Expr, x: &Symbol) -> Option<Expr> {
    let shift_of = simplified(facts, &slope.recip());
    let rate = shift_of.derivative(x).ok()?;
    let rate = simplified(facts, &rate);
    if rate.contains(x) || facts.is_nonzero(&rate) != Truth::Yes {
        return None;
    }
    // square'/square = e/(x + shift): 1/slope = (x + shift)/e
    let exponent = rate.recip();
    let base = simplified(facts, &(shift_of * &exponent));
    let half = simplified(facts, &(&exponent / 2 + 1));
    if half.is_zero() {
        let coefficient = simplified(facts, &(square * base.powi(2)));
        let size = root(facts, &coefficient);
        return match (facts.is_positive(&base), facts.is_negative(&base)) {
            (Truth::Yes, _) => Some(size * base.log()),
            (_, Truth::Yes) => Some(-(size * (-base).log())),
            _ => None,
        };
    }
    if facts.is_nonzero(&half) != Truth::Yes {
        return None;
    }
    // where the base is negative the root is still the positive one
    let sure = facts.is_positive(&base) == Truth::Yes || facts.is_negative(&base) == Truth::Yes;
    sure.then(|| simplified(facts, &(root(facts, square) * base / half)))
}

/// The positive root, simplified under the facts.
pub(super) fn root(facts: &Facts, square: &Expr) -> Expr {
    let factored = simplified(facts, square);
    let root = facts.refine(&factored.sqrt());
    let again = simplified(facts, &root);
    if bartlett_expr::operations(&again) <= bartlett_expr::operations(&root) {
        again
    } else {
        root
    }
}

/// Changes of variable that the function itself suggests: linear ones that send a zero or pole to 0 and another to ±1, and exponentials.
fn changes(facts: &Facts, square: &Expr, x: &Symbol) -> Vec<Expr> {
    let name = Expr::symbol(x.name());
    let mut found: Vec<Expr> = vec![name.clone()];
    let mut add = |u: Expr| {
        let u = simplified(facts, &u);
        if u.contains(x) && !found.contains(&u) && found.len() < CHANGES {
            found.push(u);
        }
    };
    let (mut roots, mut squares) = (Vec::new(), Vec::new());
    for factor in square.factors() {
        let (base, _) = factor.as_power();
        if !base.contains(x) {
            continue;
        }
        let (Ok(first), Ok(second)) = (base.derivative(x), base.nth_derivative(x, 2)) else {
            continue;
        };
        let (first, second) = (simplified(facts, &first), simplified(facts, &second));
        if !first.contains(x) {
            roots.push(simplified(
                facts,
                &-(base.replace(x, &Expr::zero()) / first),
            ));
        } else if !second.contains(x) {
            // a x² + b x + c = a (x − m)² + k
            let a = &second / 2;
            let middle = simplified(facts, &(-first.replace(x, &Expr::zero()) / &second));
            let rest = simplified(facts, &base.replace(x, &middle));
            squares.push((middle, simplified(facts, &(a / rest))));
        }
    }
    for (i, a) in roots.iter().enumerate() {
        for (j, b) in roots.iter().enumerate() {
            if i != j {
                add((&name - a) / (b - a));
                add((&name - a) / (a - b));
            }
        }
    }
    for (middle, ratio) in squares {
        let size = if facts.is_negative(&ratio) == Truth::Yes {
            -ratio
        } else {
            ratio
        };
        add((&name - middle) * root(facts, &size));
    }
    for node in topological(std::slice::from_ref(square)) {
        if let Kind::Power(base, exponent) = node.kind()
            && base.is_constant(Constant::E)
            && exponent.contains(x)
            && exponent.derivative(x).is_ok_and(|slope| !slope.contains(x))
        {
            let (number, _) = exponent.as_coefficient();
            let once = exponent / number;
            add(once.exp());
            add((-once).exp());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use bartlett_expr::Domain;

    #[test]
    fn each_row_differentiates_to_its_integrand() {
        let u = Symbol::new("u");
        for row in &ROWS {
            let mut judged = 0;
            for value in [-3.2, -0.7, -0.2, 0.15, 0.6, 0.9, 1.7, 4.0] {
                let at = [(u.clone(), value)];
                if row.positive.iter().any(|c| formula(c).value_at(&at) <= 0.0) {
                    continue;
                }
                let slope = formula(row.value).derivative(&u).expect("it has a formula");
                let (slope, square) = (slope.value_at(&at), formula(row.square).value_at(&at));
                assert!(
                    (slope - square.sqrt()).abs() < 1e-10 * square.sqrt(),
                    "{} at {value}: {slope} against {}",
                    row.square,
                    square.sqrt()
                );
                judged += 1;
            }
            assert!(judged >= 2, "{} was judged nowhere", row.square);
        }
    }

    #[test]
    fn arc_elements_of_textbook_metrics_close() {
        let mut facts = Facts::new();
        let half_open =
            |facts: &mut Facts, name: &str| facts.declare(Symbol::new(name), Domain::positive());
        half_open(&mut facts, "a");
        half_open(&mut facts, "k");
        half_open(&mut facts, "n");
        facts.declare(
            Symbol::new("p"),
            Domain::interval(Expr::zero(), false, Expr::one(), false),
        );
        for (square, name) in [
            ("1/a", "a"),
            ("n/(p*(1-p))", "p"),
            ("1/(p^2*(1-p))", "p"),
            ("k/(a*(a + k))", "a"),
            ("exp(x)", "x"),
            ("exp(x)/(1 + exp(x))^2", "x"),
            ("(1 + a)/a^2", "a"),
            ("a^(2*n)", "a"),
        ] {
            let name = Symbol::new(name);
            let square = formula(square);
            let value = antiderivative(&facts, &square, &name);
            let value = value.unwrap_or_else(|| panic!("{} has none", square.text()));
            let at: Vec<(Symbol, f64)> =
                [("a", 1.3), ("k", 0.7), ("n", 2.5), ("p", 0.3), ("x", 0.4)]
                    .iter()
                    .map(|(n, v)| (Symbol::new(n), *v))
                    .collect();
            let slope = value
                .derivative(&name)
                .expect("it has a formula")
                .value_at(&at);
            let wanted = square.value_at(&at).sqrt();
            assert!((slope - wanted).abs() < 1e-9 * wanted, "{}", square.text());
        }
    }
}
