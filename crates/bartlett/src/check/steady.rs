//! The same functions in forms that keep their digits: logarithms of products, differences of log-gammas, distances from an end.
//! In: an expression. Out: an expression of equal value. Never: a form that needs an assumption beyond the facts.

use bartlett_expr::{Constant, Expr, Facts, Kind, Number, Relation, Symbol, Truth};

/// Writes logarithms of products as sums where that is beyond doubt, so that they stay finite where the product underflows.
pub(super) fn split_logarithms(e: &Expr, facts: &Facts) -> Expr {
    e.map(&mut |node| {
        let Some([argument]) = node.as_call_of("log") else {
            return node;
        };
        let mut outside = Vec::new();
        let mut inside = Vec::new();
        for factor in argument.factors() {
            let (base, exponent) = factor.as_power();
            if base.is_constant(Constant::E) && !exponent.is_one() {
                outside.push(exponent);
            } else if !base.may_vary() && argument.as_number().is_some() {
                inside.push(factor);
            } else if facts.is_positive(&base) == Truth::Yes {
                outside.push(exponent * log_of(&base));
            } else {
                inside.push(factor);
            }
        }
        if outside.is_empty() {
            return node;
        }
        let rest = Expr::product(inside);
        if !rest.is_one() {
            outside.push(rest.log());
        }
        Expr::sum(outside)
    })
}

fn log_of(base: &Expr) -> Expr {
    match base.as_call_of("gamma") {
        Some([x]) => Expr::function("lgamma", [x.clone()]),
        _ => base.log(),
    }
}

/// The expression with a symbol replaced by `end + symbol` (or minus), differences written out so that the end cancels.
pub(super) fn seen_from(e: &Expr, symbol: &Symbol, end: &Expr, sign: i64) -> Expr {
    let distance = Expr::symbol(symbol.name());
    let place = end + distance * sign;
    e.replace(symbol, &place).map(&mut |node| {
        let Kind::Add(..) = node.kind() else {
            return node;
        };
        let mut terms = Vec::new();
        for term in node.summands().into_iter().flat_map(|t| opened(&t, symbol)) {
            let factors = term.factors();
            let sum = factors
                .iter()
                .position(|f| matches!(f.kind(), Kind::Add(..)));
            match sum {
                Some(i) if terms.len() < 40 => {
                    let rest = Expr::product(
                        factors
                            .iter()
                            .enumerate()
                            .filter(|(j, _)| *j != i)
                            .map(|(_, f)| f.clone()),
                    );
                    terms.extend(factors[i].summands().into_iter().map(|s| s * &rest));
                }
                _ => terms.push(term),
            }
        }
        Expr::sum(terms)
    })
}

/// A term c·(a + b)ⁿ multiplied out, for a small n; another term as it is.
fn opened(term: &Expr, symbol: &Symbol) -> Vec<Expr> {
    let factors = term.factors();
    let power = factors.iter().enumerate().find_map(|(i, factor)| {
        let (base, exponent) = factor.as_power();
        let n = exponent.as_integer().filter(|n| (2..=4).contains(n))?;
        let few = matches!(base.kind(), Kind::Add(..)) && base.summands().len() <= 3;
        (few && base.contains(symbol)).then_some((i, base, n))
    });
    let Some((place, base, n)) = power else {
        return vec![term.clone()];
    };
    let others = factors.iter().enumerate().filter(|(j, _)| *j != place);
    let rest = Expr::product(others.map(|(_, f)| f.clone()));
    let mut products = vec![rest];
    for _ in 0..n {
        let summands = base.summands();
        products = products
            .iter()
            .flat_map(|p| summands.iter().map(move |s| p * s))
            .collect();
    }
    products
}

/// c·uᵉ − c·vᵉ as c·vᵉ·((u/v)ᵉ − 1), where u and v are positive and differ by what is free of the data.
pub(super) fn steady_powers(e: &Expr, facts: &Facts, data: &[Symbol]) -> Expr {
    e.map(&mut |node| {
        let Kind::Add(constant, terms) = node.kind() else {
            return node;
        };
        let [(first, c), (second, other)] = &terms[..] else {
            return node;
        };
        let ((u, exponent), (v, same)) = (first.as_power(), second.as_power());
        let opposite = constant.is_zero() && *c == -other && exponent == same;
        if !opposite || exponent.as_integer().is_some_and(|n| n > 0) || !u.contains_any(data) {
            return node;
        }
        let difference = &u - &v;
        let positive = [&u, &v].map(|b| facts.is_positive(b)) == [Truth::Yes; 2];
        if !positive || difference.contains_any(data) {
            return node;
        }
        v.power(&exponent) * ((difference / &v + 1).power(&exponent) - 1) * c
    })
}

/// if(c, a, 0)·r as if(c, a·r, 0): what is not chosen may have no value.
pub(super) fn lazy_cases(e: &Expr) -> Expr {
    e.map(&mut |node| {
        if !matches!(node.kind(), Kind::Mul(..)) {
            return node;
        }
        let factors = node.factors();
        let found = factors
            .iter()
            .enumerate()
            .find_map(|(i, f)| match f.kind() {
                Kind::If(c, a, b) if a.is_zero() || b.is_zero() => Some((i, c, a, b)),
                _ => None,
            });
        let Some((i, condition, a, b)) = found else {
            return node;
        };
        let others = factors.iter().enumerate().filter(|(j, _)| *j != i);
        let rest = Expr::product(others.map(|(_, f)| f.clone()));
        Expr::cases(condition.clone(), a * &rest, b * &rest)
    })
}

/// log Γ(u) − log Γ(v) with u − v free of the data, by Stirling's series where v is large: the difference of two
/// numbers of size v log v would leave no digits in a heavy tail.
pub(super) fn steady_log_gammas(e: &Expr, data: &[Symbol]) -> Expr {
    e.map(&mut |node| {
        let Kind::Add(_, terms) = node.kind() else {
            return node;
        };
        let mut gammas: Vec<(Expr, Number)> = terms
            .iter()
            .filter_map(|(term, c)| match term.as_call_of("lgamma") {
                Some([u]) if u.contains_any(data) => Some((u.clone(), c.clone())),
                _ => None,
            })
            .collect();
        let mut out = node.clone();
        while let Some((u, c)) = gammas.pop() {
            let partner = gammas
                .iter()
                .position(|(v, other)| *other == -&c && !(&u - v).contains_any(data));
            if let Some(i) = partner {
                let (v, _) = gammas.remove(i);
                let plain = log_gamma(&u) - log_gamma(&v);
                let steady = log_gamma_difference(&u, &v, &plain);
                out = out + (steady - plain) * &c;
            }
        }
        out
    })
}

fn log_gamma(x: &Expr) -> Expr {
    Expr::function("lgamma", [x.clone()])
}

fn log_gamma_difference(u: &Expr, v: &Expr, plain: &Expr) -> Expr {
    let d = u - v;
    let half = Expr::ratio(1, 2);
    let logarithms = &d * v.log() + (u - half) * (&d / v + 1).log();
    let asymptotic = logarithms - d + stirling(u) - stirling(v);
    let large = Expr::all([
        Expr::compare(Relation::Less, 20.into(), u.clone()),
        Expr::compare(Relation::Less, 20.into(), v.clone()),
    ]);
    Expr::cases(large, asymptotic, plain.clone())
}

/// What Stirling's formula lacks, to 10⁻¹⁵ from 20 on (DLMF 5.11.1).
fn stirling(z: &Expr) -> Expr {
    let terms = [(1, 12, 1), (-1, 360, 3), (1, 1260, 5), (-1, 1680, 7)];
    Expr::sum(terms.map(|(top, bottom, power)| Expr::ratio(top, bottom) * z.powi(-power)))
}
