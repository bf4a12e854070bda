//! The syntax tree of an expression: what was typed, node by node, each with its place.
//! In: nothing. Out: `Node`, `Syntax`, and the names that a tree holds in order of appearance. Never: a simplification.

use crate::Number;
use crate::problem::Span;
pub use crate::{Binder, Constant};

/// A node and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What was typed.
    pub kind: Syntax,
    /// Where.
    pub span: Span,
}

/// The sign of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Added.
    Plus,
    /// Subtracted.
    Minus,
}

/// The side of the fraction bar a factor stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Multiplies.
    Above,
    /// Divides.
    Below,
}

/// A comparison sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `==` or `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

impl Relation {
    /// As typed in ASCII.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }
}

/// The names of the constants; a declared name shadows them.
pub static CONSTANTS: &[(&str, Constant)] = &[
    ("pi", Constant::Pi),
    ("e", Constant::E),
    ("inf", Constant::Infinity),
    ("EulerGamma", Constant::EulerGamma),
];

/// The name by which a constant is typed.
#[must_use]
pub fn constant_name(constant: Constant) -> &'static str {
    CONSTANTS
        .iter()
        .find(|row| row.1 == constant)
        .map_or("undefined", |row| row.0)
}

/// The forms that bind a variable, `form(variable, lower, upper, body)`.
pub static BINDERS: &[(&str, Binder)] = &[
    ("sum", Binder::Sum),
    ("prod", Binder::Product),
    ("integral", Binder::Integral),
];

/// The name by which a binder is typed.
#[must_use]
pub fn binder_name(binder: Binder) -> &'static str {
    BINDERS
        .iter()
        .find(|row| row.1 == binder)
        .map_or("sum", |row| row.0)
}

/// What a node is. Sums and products are flat, so the depth of a tree is the depth of nesting that was typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Syntax {
    /// An exact number.
    Number(Number),
    /// A symbol, by its ASCII name.
    Symbol(Box<str>),
    /// A constant that is not shadowed.
    Constant(Constant),
    /// `y[i]`, `b[1..k]` excluded: that is a declaration.
    Indexed(Box<str>, Vec<Node>),
    /// Terms with their signs, at least two.
    Terms(Vec<(Sign, Node)>),
    /// Factors with their sides, at least two, from left to right.
    Factors(Vec<(Side, Node)>),
    /// −x
    Negative(Box<Node>),
    /// base^exponent
    Power(Box<Node>, Box<Node>),
    /// x!
    Factorial(Box<Node>),
    /// |x|
    Absolute(Box<Node>),
    /// √x
    Root(Box<Node>),
    /// A function, by the name in its table, at its arguments.
    Call(&'static str, Vec<Node>),
    /// A sum, product or integral over a variable.
    Bound(Binder, Box<Bound>),
    /// `if(condition, then, otherwise)`
    If(Box<[Node; 3]>),
    /// `indicator(condition)`
    Indicator(Box<Node>),
    /// A chain of comparisons: `0 < x < 1`. A condition.
    Comparison(Box<Node>, Vec<(Relation, Node)>),
    /// All hold. A condition.
    And(Vec<Node>),
    /// One holds. A condition.
    Or(Vec<Node>),
    /// `[a, b, c]`, possibly nested. Stands only as an argument of a law or as a definition.
    List(Vec<Node>),
}

/// The parts of a sum, product or integral.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The variable, known only inside `body`.
    pub variable: Box<str>,
    /// The place of the variable.
    pub variable_span: Span,
    /// The lower end.
    pub lower: Node,
    /// The upper end.
    pub upper: Node,
    /// What is summed, multiplied or integrated.
    pub body: Node,
}

/// A name that stands free in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The ASCII name.
    pub name: Box<str>,
    /// Where it stands.
    pub span: Span,
    /// Does it carry an index?
    pub indexed: bool,
}

impl Node {
    /// Is it true or false instead of a number?
    #[must_use]
    pub fn is_condition(&self) -> bool {
        matches!(
            self.kind,
            Syntax::Comparison(..) | Syntax::And(_) | Syntax::Or(_)
        )
    }

    /// The symbol, if it is a plain one.
    #[must_use]
    pub fn symbol(&self) -> Option<&str> {
        match &self.kind {
            Syntax::Symbol(name) => Some(name),
            _ => None,
        }
    }

    /// The nodes directly below, in textual order (of a binder: lower end, upper end, body).
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            Syntax::Number(_) | Syntax::Symbol(_) | Syntax::Constant(_) => Vec::new(),
            Syntax::Indexed(_, nodes)
            | Syntax::Call(_, nodes)
            | Syntax::And(nodes)
            | Syntax::Or(nodes)
            | Syntax::List(nodes) => nodes.iter().collect(),
            Syntax::Terms(terms) => terms.iter().map(|term| &term.1).collect(),
            Syntax::Factors(factors) => factors.iter().map(|factor| &factor.1).collect(),
            Syntax::Negative(node)
            | Syntax::Factorial(node)
            | Syntax::Absolute(node)
            | Syntax::Root(node)
            | Syntax::Indicator(node) => vec![node],
            Syntax::Power(base, exponent) => vec![base, exponent],
            Syntax::Bound(_, bound) => vec![&bound.lower, &bound.upper, &bound.body],
            Syntax::If(parts) => parts.iter().collect(),
            Syntax::Comparison(first, rest) => std::iter::once(&**first)
                .chain(rest.iter().map(|part| &part.1))
                .collect(),
        }
    }

    /// The free names in order of appearance in the text, repetitions included, variables of binders left out.
    #[must_use]
    pub fn appearances(&self) -> Vec<Appearance> {
        let mut found = Vec::new();
        collect(self, &mut Vec::new(), &mut found);
        found
    }

    /// The free names in order of first appearance.
    #[must_use]
    pub fn free_names(&self) -> Vec<Box<str>> {
        let mut names: Vec<Box<str>> = Vec::new();
        for appearance in self.appearances() {
            if !names.contains(&appearance.name) {
                names.push(appearance.name);
            }
        }
        names
    }
}

fn collect<'a>(node: &'a Node, bound: &mut Vec<&'a str>, found: &mut Vec<Appearance>) {
    match &node.kind {
        Syntax::Symbol(name) | Syntax::Indexed(name, _) if !bound.contains(&&**name) => {
            let indexed = matches!(node.kind, Syntax::Indexed(..));
            found.push(Appearance {
                name: name.clone(),
                span: node.span,
                indexed,
            });
        }
        Syntax::Bound(_, parts) => {
            collect(&parts.lower, bound, found);
            collect(&parts.upper, bound, found);
            bound.push(&parts.variable);
            collect(&parts.body, bound, found);
            bound.pop();
            return;
        }
        _ => {}
    }
    for child in node.children() {
        collect(child, bound, found);
    }
}
