//! A plain rendering for programmers, bounded in depth.
//! In: `Expr`. Out: text. Never: what a user sees.

use crate::expr::{Expr, Kind};
use std::fmt;

impl Expr {
    /// A functional rendering down to that depth; deeper parts are `…`.
    pub(crate) fn debug_text(&self, depth: usize) -> String {
        if depth == 0 {
            return "…".into();
        }
        let list = |parts: &[Self]| {
            parts
                .iter()
                .map(|p| p.debug_text(depth - 1))
                .collect::<Vec<_>>()
                .join(", ")
        };
        match self.kind() {
            Kind::Number(n) => n.to_string(),
            Kind::Constant(c) => format!("{c:?}"),
            Kind::Symbol(s) => s.to_string(),
            Kind::Indexed(s, index) => format!("{s}[{}]", list(index)),
            Kind::Add(n, terms) => {
                let terms = terms
                    .iter()
                    .map(|(e, c)| format!("{c}*{}", e.debug_text(depth - 1)));
                format!("({n} + {})", terms.collect::<Vec<_>>().join(" + "))
            }
            Kind::Mul(n, factors) => {
                format!(
                    "({n}*{})",
                    factors
                        .iter()
                        .map(|e| e.debug_text(depth - 1))
                        .collect::<Vec<_>>()
                        .join("*")
                )
            }
            Kind::Power(b, e) => format!("{}^{}", b.debug_text(depth - 1), e.debug_text(depth - 1)),
            Kind::Call(f, args) => format!("{}({})", f.name(), list(args)),
            Kind::Compare(r, a, b) => format!(
                "{r:?}({}, {})",
                a.debug_text(depth - 1),
                b.debug_text(depth - 1)
            ),
            Kind::And(parts) => format!("and({})", list(parts)),
            Kind::Or(parts) => format!("or({})", list(parts)),
            Kind::If(c, a, b) => format!("if({})", list(&[c.clone(), a.clone(), b.clone()])),
            Kind::Bound(k, s, a, b, e) => {
                format!("{k:?}({s}, {})", list(&[a.clone(), b.clone(), e.clone()]))
            }
        }
    }
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.debug_text(40))
    }
}
