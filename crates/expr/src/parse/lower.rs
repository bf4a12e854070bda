//! From syntax to mathematics: a tree as an `Expr`.
//! In: `Node`. Out: `Expr`. Never: a name that means something else than the grammar decided.

use super::problems::SyntaxError;
use super::syntax::{Node, Relation, Side, Sign, Syntax};
use crate::collect::{FLATTENED, Gathered, Product};
use crate::functions::FunctionRef;
use crate::{Constant, Expr, Number, Symbol};
use smallvec::SmallVec;

/// The expression, or condition, that a tree stands for.
///
/// # Errors
/// A part without a value (1/0, log 0), or a list.
pub fn lower(node: &Node) -> Result<Expr, SyntaxError> {
    let at = node.span;
    let expr = match &node.kind {
        Syntax::Number(value) => Expr::number(value.clone()),
        Syntax::Symbol(name) => Expr::symbol(name),
        Syntax::Constant(constant) => Expr::constant(*constant),
        Syntax::Indexed(name, indices) => Expr::indexed(Symbol::new(name), all(indices)?),
        Syntax::Terms(terms) => {
            let mut products: SmallVec<[Product; 6]> = SmallVec::with_capacity(terms.len());
            for (sign, term) in terms {
                let (coefficient, factors) = lower(term)?.into_product();
                products.push(match sign {
                    Sign::Plus => (coefficient, factors),
                    Sign::Minus => (-coefficient, factors),
                });
            }
            Expr::sum_of_products(products)
        }
        Syntax::Factors(factors) => {
            let mut gathered = Gathered::new(FLATTENED);
            for (side, factor) in factors {
                let value = lower(factor)?;
                match (side, value.as_number()) {
                    (Side::Above, _) => gathered.note(value),
                    (Side::Below, Some(n)) if n.is_zero() => {
                        return Err(SyntaxError::NoValue {
                            at: factor.span,
                            why: "this is 0, and it divides",
                        });
                    }
                    (Side::Below, Some(n)) => gathered.multiply(&n.recip()),
                    (Side::Below, None) => gathered.note(value.recip()),
                }
            }
            Expr::of_product(gathered.finish())
        }
        Syntax::Negative(inner) => lower(inner)?.scaled(&Number::MINUS_ONE),
        Syntax::Power(base, exponent) => lower(base)?.power(&lower(exponent)?),
        Syntax::Factorial(inner) => Expr::function("factorial", [lower(inner)?]),
        Syntax::Absolute(inner) => Expr::function("abs", [lower(inner)?]),
        Syntax::Root(inner) => lower(inner)?.sqrt(),
        Syntax::Call(name, arguments) => call(node, name, all(arguments)?)?,
        Syntax::Bound(binder, bound) => {
            let (lower_end, upper_end) = (lower(&bound.lower)?, lower(&bound.upper)?);
            Expr::bound(
                *binder,
                Symbol::new(&bound.variable),
                lower_end,
                upper_end,
                lower(&bound.body)?,
            )
        }
        Syntax::If(parts) => {
            let [condition, then, otherwise] = &**parts;
            Expr::cases(lower(condition)?, lower(then)?, lower(otherwise)?)
        }
        Syntax::Indicator(condition) => Expr::cases(lower(condition)?, Expr::one(), Expr::zero()),
        Syntax::Comparison(first, rest) => {
            let mut left = lower(first)?;
            let mut links = Vec::with_capacity(rest.len());
            for (relation, node) in rest {
                let right = lower(node)?;
                links.push(compare(*relation, left, right.clone()));
                left = right;
            }
            Expr::all(links)
        }
        Syntax::And(conditions) => Expr::all(all(conditions)?),
        Syntax::Or(conditions) => Expr::any(all(conditions)?),
        Syntax::List(_) => return Err(SyntaxError::ListAsNumber { at }),
    };
    if expr.is_constant(Constant::Undefined) {
        return Err(SyntaxError::NoValue {
            at,
            why: "it is not defined",
        });
    }
    Ok(expr)
}

fn all(nodes: &[Node]) -> Result<Vec<Expr>, SyntaxError> {
    nodes.iter().map(lower).collect()
}

/// The comparison of two expressions as a condition.
#[must_use]
pub fn compare(relation: Relation, left: Expr, right: Expr) -> Expr {
    match relation {
        Relation::Equal => Expr::compare(crate::Relation::Equal, left, right),
        Relation::NotEqual => Expr::compare(crate::Relation::NotEqual, left, right),
        Relation::Less => Expr::compare(crate::Relation::Less, left, right),
        Relation::LessEqual => Expr::compare(crate::Relation::LessEqual, left, right),
        Relation::Greater => Expr::compare(crate::Relation::Less, right, left),
        Relation::GreaterEqual => Expr::compare(crate::Relation::LessEqual, right, left),
    }
}

/// A function at its arguments; one of two arguments that was given more is applied from left to right.
fn call(node: &Node, name: &'static str, arguments: Vec<Expr>) -> Result<Expr, SyntaxError> {
    if let Some(function) = FunctionRef::find(name, arguments.len()) {
        return Ok(Expr::call(function, arguments));
    }
    let count = arguments.len();
    let mut arguments = arguments.into_iter();
    match (FunctionRef::find(name, 2), arguments.next()) {
        (Some(function), Some(first)) if count > 2 => {
            Ok(arguments.fold(first, |left, right| Expr::call(function, [left, right])))
        }
        _ => Err(SyntaxError::WrongArgumentCount {
            at: node.span,
            name: name.to_owned(),
            expected: "another number of arguments".to_owned(),
            found: count,
            bare: false,
        }),
    }
}
