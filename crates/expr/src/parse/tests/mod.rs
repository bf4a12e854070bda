//! Tests of the expression grammar, one case at least for every line of the contract, and every drawn problem.

mod lexing;
mod lowering;
mod problems;
mod reading;
mod soup;

use super::*;

/// The functions of the contract with their numbers of arguments.
pub(super) struct Table;

const ROWS: &[(&str, usize, usize)] = &[
    ("exp", 1, 1),
    ("log", 1, 1),
    ("log1p", 1, 1),
    ("expm1", 1, 1),
    ("sqrt", 1, 1),
    ("abs", 1, 1),
    ("sign", 1, 1),
    ("min", 2, usize::MAX),
    ("max", 2, usize::MAX),
    ("floor", 1, 1),
    ("sin", 1, 1),
    ("cos", 1, 1),
    ("tan", 1, 1),
    ("asin", 1, 1),
    ("acos", 1, 1),
    ("atan", 1, 1),
    ("sinh", 1, 1),
    ("cosh", 1, 1),
    ("tanh", 1, 1),
    ("asinh", 1, 1),
    ("acosh", 1, 1),
    ("atanh", 1, 1),
    ("gamma", 1, 1),
    ("lgamma", 1, 1),
    ("digamma", 1, 1),
    ("trigamma", 1, 1),
    ("polygamma", 2, 2),
    ("beta", 2, 2),
    ("lbeta", 2, 2),
    ("choose", 2, 2),
    ("factorial", 1, 1),
    ("gammainc", 2, 2),
    ("gammaincc", 2, 2),
    ("erf", 1, 1),
    ("erfc", 1, 1),
    ("erfi", 1, 1),
    ("Phi", 1, 1),
    ("phi", 1, 1),
    ("Phiinv", 1, 1),
    ("Ei", 1, 1),
    ("expint", 2, 2),
    ("besseli", 2, 2),
    ("besselj", 2, 2),
    ("besselk", 2, 2),
    ("zeta", 1, 2),
    ("polylog", 2, 2),
    ("logistic", 1, 1),
    ("logit", 1, 1),
    ("softplus", 1, 1),
];

impl Functions for Table {
    fn find(&self, name: &str) -> Option<Signature> {
        ROWS.iter().find(|row| row.0 == name).map(|row| Signature {
            name: row.0,
            least: row.1,
            most: row.2,
        })
    }
    fn names(&self) -> Vec<&'static str> {
        ROWS.iter().map(|row| row.0).collect()
    }
}

/// A tree in full parentheses, operator first.
pub(super) fn shown(node: &Node) -> String {
    let all = |nodes: &[Node]| nodes.iter().map(shown).collect::<Vec<_>>().join(" ");
    match &node.kind {
        Syntax::Number(value) => value.to_string(),
        Syntax::Symbol(name) => name.to_string(),
        Syntax::Constant(constant) => format!("<{}>", syntax::constant_name(*constant)),
        Syntax::Indexed(name, indices) => format!("{name}[{}]", all(indices)),
        Syntax::Terms(terms) => {
            let terms: Vec<_> = terms
                .iter()
                .map(|(sign, node)| {
                    format!(
                        "{}{}",
                        if *sign == Sign::Minus { "-" } else { "" },
                        shown(node)
                    )
                })
                .collect();
            format!("(+ {})", terms.join(" "))
        }
        Syntax::Factors(factors) => {
            let factors: Vec<_> = factors
                .iter()
                .map(|(side, node)| {
                    format!(
                        "{}{}",
                        if *side == Side::Below { "/" } else { "" },
                        shown(node)
                    )
                })
                .collect();
            format!("(* {})", factors.join(" "))
        }
        Syntax::Negative(node) => format!("(neg {})", shown(node)),
        Syntax::Power(base, exponent) => format!("(^ {} {})", shown(base), shown(exponent)),
        Syntax::Factorial(node) => format!("(! {})", shown(node)),
        Syntax::Absolute(node) => format!("(| {})", shown(node)),
        Syntax::Root(node) => format!("(√ {})", shown(node)),
        Syntax::Call(name, arguments) => format!("({name} {})", all(arguments)),
        Syntax::Bound(binder, b) => format!(
            "({} {} {} {} {})",
            syntax::binder_name(*binder),
            b.variable,
            shown(&b.lower),
            shown(&b.upper),
            shown(&b.body)
        ),
        Syntax::If(parts) => format!("(if {})", all(&parts[..])),
        Syntax::Indicator(node) => format!("(indicator {})", shown(node)),
        Syntax::Comparison(first, rest) => {
            let rest: Vec<_> = rest
                .iter()
                .map(|(sign, node)| format!("{} {}", sign.text(), shown(node)))
                .collect();
            format!("{{{} {}}}", shown(first), rest.join(" "))
        }
        Syntax::And(nodes) => format!("(and {})", all(nodes)),
        Syntax::Or(nodes) => format!("(or {})", all(nodes)),
        Syntax::List(nodes) => format!("[{}]", all(nodes)),
    }
}
