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
        for term in node.summands() {
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
