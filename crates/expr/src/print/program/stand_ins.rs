//! Rows: functions that a target may lack, as formulas over ones that every target has. Swept by: tests/cli/emit.rs.
//! Never: an algorithm beyond putting them in.

use super::shared::over;
use crate::expr::{Expr, Kind};
use crate::functions::FunctionRef;
use crate::parse::formula;
use crate::traverse::topological;
use rustc_hash::FxHashMap;

/// A formula in place of a function.
struct StandIn {
    /// The function and its number of arguments.
    of: (&'static str, usize),
    /// The order that its first argument must be, if it has one.
    order: Option<i64>,
    /// The formula in `x`, the last argument, for x > 0.
    formula: &'static str,
}

/// Asymptotic series at x + 10 (DLMF 5.11.1, 5.11.2, 5.15.8), carried back by the recurrence (DLMF 5.5.1, 5.5.2, 5.15.5):
/// absolute error below 1e-13 for x < 1e3, relative to the largest term beyond.
static STAND_INS: &[StandIn] = &[
    StandIn {
        of: ("polygamma", 2),
        order: Some(0),
        formula: "log(x + 10) - 1/(2*(x + 10)) - 1/(12*(x + 10)^2) + 1/(120*(x + 10)^4) - 1/(252*(x + 10)^6) + 1/(240*(x + 10)^8) \
                  - 1/(132*(x + 10)^10) + 691/(32760*(x + 10)^12) - 1/(12*(x + 10)^14) - 1/x - 1/(x + 1) - 1/(x + 2) - 1/(x + 3) \
                  - 1/(x + 4) - 1/(x + 5) - 1/(x + 6) - 1/(x + 7) - 1/(x + 8) - 1/(x + 9)",
    },
    StandIn {
        of: ("polygamma", 2),
        order: Some(1),
        formula: "1/(x + 10) + 1/(2*(x + 10)^2) + 1/(6*(x + 10)^3) - 1/(30*(x + 10)^5) + 1/(42*(x + 10)^7) - 1/(30*(x + 10)^9) \
                  + 5/(66*(x + 10)^11) - 691/(2730*(x + 10)^13) + 7/(6*(x + 10)^15) + 1/x^2 + 1/(x + 1)^2 + 1/(x + 2)^2 \
                  + 1/(x + 3)^2 + 1/(x + 4)^2 + 1/(x + 5)^2 + 1/(x + 6)^2 + 1/(x + 7)^2 + 1/(x + 8)^2 + 1/(x + 9)^2",
    },
    StandIn {
        of: ("lgamma", 1),
        order: None,
        formula: "(x + 19/2)*log(x + 10) - x - 10 + log(2*pi)/2 + 1/(12*(x + 10)) - 1/(360*(x + 10)^3) + 1/(1260*(x + 10)^5) \
                  - 1/(1680*(x + 10)^7) + 1/(1188*(x + 10)^9) - 691/(360360*(x + 10)^11) \
                  - log(x*(x + 1)*(x + 2)*(x + 3)*(x + 4)) - log((x + 5)*(x + 6)*(x + 7)*(x + 8)*(x + 9))",
    },
];

/// The expressions with formulas in place of the functions that the target lacks, where there is a row.
pub fn stood_in(roots: &[Expr], has: &dyn Fn(FunctionRef, &[Expr]) -> bool) -> Vec<Expr> {
    let mut image: FxHashMap<Expr, Expr> = FxHashMap::default();
    for node in topological(roots) {
        let built = over(&node, &|part| image[part].clone());
        let value = match built.kind() {
            Kind::Call(function, arguments) if !has(*function, arguments) => {
                in_place_of(*function, arguments)
            }
            _ => None,
        };
        image.insert(node, value.unwrap_or(built));
    }
    roots.iter().map(|root| image[root].clone()).collect()
}

/// The formula in place of a call, where there is a row.
pub fn in_place_of(function: FunctionRef, arguments: &[Expr]) -> Option<Expr> {
    let order = arguments.first().and_then(Expr::as_integer);
    let of = (function.name(), arguments.len());
    let row = STAND_INS
        .iter()
        .find(|row| row.of == of && (row.order.is_none() || row.order == order))?;
    let x = crate::Symbol::new("x");
    Some(formula(row.formula).replace(&x, arguments.last()?))
}
