//! Notation: how mathematics reads.
//! In: an `Expr`. Out: a `Notation` of shapes, bounded in depth and size. Never: a string of any format.

use super::order;
use super::product;
use super::readings::{Applied, Relative};
use super::writer::{Style, Writer};
use crate::expr::{Binder, Constant, Expr, Kind, Relation};
use crate::formula;
use crate::functions::FunctionRef;
use crate::{Number, Symbol};

/// A shape on the page.
#[derive(Clone, Debug)]
pub enum Notation {
    /// An integer that is not negative.
    Number(Number),
    /// A named constant.
    Constant(Constant),
    /// A name.
    Symbol(Symbol),
    /// A name with indices.
    Indexed(Symbol, Vec<Notation>),
    /// Terms, each with "is subtracted"; one subtracted term alone is its negative.
    Sum(Vec<(bool, Notation)>),
    /// Factors.
    Product(Vec<Notation>),
    /// Numerator and denominator.
    Fraction(Box<(Notation, Notation)>, Slant),
    /// A root; of degree 2 where none is given.
    Root(Box<Notation>, Option<i64>),
    /// Base and exponent.
    Power(Box<(Notation, Notation)>),
    /// A function and its arguments.
    Call(Applied, Vec<Notation>),
    /// A comparison.
    Relation(Comparison, Box<(Notation, Notation)>),
    /// All (true) or any (false) of the conditions.
    Junction(bool, Vec<Notation>),
    /// Values with their conditions; the last has none.
    Cases(Vec<(Notation, Option<Notation>)>),
    /// Σ, Π or ∫: lower end, upper end, body.
    Bound(Binder, Symbol, Box<[Notation; 3]>),
    /// Too deep or too large to be written: the formula is not complete.
    Cut,
}

/// How a fraction is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slant {
    /// One above the other.
    Stacked,
    /// With a slash, in exponents.
    Slash,
}

/// A comparison as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// Deeper parts are cut: no formula for a reader is deeper, and the call stack stays small.
pub const DEEPEST: usize = 200;
/// So many shapes are made at most: shared nodes are written out wherever they stand.
const LARGEST: usize = 60_000;

impl Notation {
    /// How the expression reads in that format.
    pub fn of<W: Writer + ?Sized>(writer: &W, e: &Expr) -> Self {
        let relative = |applied: Applied| writer.relative(applied);
        let mut reader = Reader {
            style: writer.style(),
            relative: &relative,
            slant: writer.slant(),
            depth: 0,
            left: LARGEST,
        };
        reader.read(e)
    }
    /// 1
    pub fn one() -> Self {
        Self::Number(Number::ONE)
    }
    /// A quotient.
    pub fn quotient(top: Self, bottom: Self, slant: Slant) -> Self {
        Self::Fraction(Box::new((top, bottom)), slant)
    }
    /// A power.
    pub fn raised(base: Self, exponent: Self) -> Self {
        Self::Power(Box::new((base, exponent)))
    }
    /// The product; the factor itself where there is one, 1 where there is none.
    pub fn product_of(mut factors: Vec<Self>) -> Self {
        match factors.len() {
            0 => Self::one(),
            1 => factors.remove(0),
            _ => Self::Product(factors),
        }
    }
    /// The negative.
    pub fn negative(self) -> Self {
        match self {
            Self::Sum(mut terms) if terms.len() == 1 && terms[0].0 => terms.remove(0).1,
            other => Self::Sum(vec![(true, other)]),
        }
    }
    fn signed(negative: bool, notation: Self) -> Self {
        if negative {
            notation.negative()
        } else {
            notation
        }
    }
    /// Number of leaves: a measure of width.
    fn leaves(&self) -> usize {
        match self {
            Self::Number(_) | Self::Constant(_) | Self::Symbol(_) | Self::Cut => 1,
            Self::Indexed(_, parts) | Self::Product(parts) | Self::Junction(_, parts) => {
                parts.iter().map(Self::leaves).sum()
            }
            Self::Call(_, parts) => 1 + parts.iter().map(Self::leaves).sum::<usize>(),
            Self::Sum(terms) => terms.iter().map(|(_, t)| t.leaves()).sum(),
            Self::Fraction(parts, _) | Self::Power(parts) | Self::Relation(_, parts) => {
                parts.0.leaves() + parts.1.leaves()
            }
            Self::Root(inside, _) => 1 + inside.leaves(),
            Self::Cases(_) | Self::Bound(..) => 100,
        }
    }
    fn is_short_exponent(&self) -> bool {
        fn fractions(n: &Notation) -> usize {
            match n {
                Notation::Fraction(parts, _) => 1 + fractions(&parts.0) + fractions(&parts.1),
                Notation::Sum(terms) => terms.iter().map(|(_, t)| fractions(t)).sum(),
                Notation::Product(parts) | Notation::Call(_, parts) => {
                    parts.iter().map(fractions).sum()
                }
                Notation::Power(parts) => fractions(&parts.0) + fractions(&parts.1),
                Notation::Root(inside, _) => fractions(inside),
                _ => 0,
            }
        }
        self.leaves() <= 5 && fractions(self) <= 1
    }
}

/// The state of reading one expression.
pub struct Reader<'a> {
    style: Style,
    relative: &'a dyn Fn(Applied) -> Option<Relative>,
    slant: Slant,
    depth: usize,
    left: usize,
}

impl Reader<'_> {
    /// How fractions are set at this place.
    pub fn slant(&self) -> Slant {
        self.slant
    }
    /// For eyes or for programs.
    pub fn style(&self) -> Style {
        self.style
    }

    /// How an expression reads.
    pub fn read(&mut self, e: &Expr) -> Notation {
        if self.left == 0 || self.depth >= DEEPEST {
            return Notation::Cut;
        }
        self.left -= 1;
        self.depth += 1;
        let notation = self.kind(e);
        self.depth -= 1;
        notation
    }

    fn kind(&mut self, e: &Expr) -> Notation {
        match e.kind() {
            Kind::Number(n) => self.rational(n),
            Kind::Constant(c) => Notation::Constant(*c),
            Kind::Symbol(s) => self.symbol(s),
            Kind::Indexed(s, index) => Notation::Indexed(s.clone(), self.list(index)),
            Kind::Add(..) => self.sum(e),
            Kind::Mul(..) | Kind::Power(..) => {
                let (negative, notation) = product::read(self, e, true);
                Notation::signed(negative, notation)
            }
            Kind::Call(..) => self.scaled_call(e),
            Kind::Compare(relation, a, b) => self.comparison(*relation, a, b),
            Kind::And(parts) => self.junction(true, parts),
            Kind::Or(parts) => self.junction(false, parts),
            Kind::If(..) => self.cases(e),
            Kind::Bound(binder, variable, lower, upper, body) => {
                if let Some(turned) = product::turned_sum(e) {
                    return Notation::signed(true, self.read(&turned));
                }
                let parts = [self.read(lower), self.read(upper), self.read(body)];
                Notation::Bound(*binder, variable.clone(), Box::new(parts))
            }
        }
    }

    /// A name; one such as `y[1]` reads as an entry.
    fn symbol(&mut self, s: &Symbol) -> Notation {
        let entry = s
            .name()
            .strip_suffix(']')
            .and_then(|open| open.split_once('['));
        let Some((name, indices)) = entry else {
            return Notation::Symbol(s.clone());
        };
        let index = |text: &str| match Number::parse_decimal(text) {
            Some(number) => self.rational(&number),
            None => Notation::Symbol(Symbol::new(text)),
        };
        Notation::Indexed(Symbol::new(name), indices.split(',').map(index).collect())
    }

    fn list(&mut self, parts: &[Expr]) -> Vec<Notation> {
        parts.iter().map(|part| self.read(part)).collect()
    }

    /// A rational: its sign, and a fraction where it is no integer.
    pub fn rational(&mut self, n: &Number) -> Notation {
        let size = n.abs();
        let notation = if size.is_integer() {
            Notation::Number(size)
        } else {
            let (top, bottom) = (size.numerator(), size.denominator());
            Notation::quotient(Notation::Number(top), Notation::Number(bottom), self.slant)
        };
        Notation::signed(n.is_negative(), notation)
    }

    fn sum(&mut self, e: &Expr) -> Notation {
        let Kind::Add(constant, terms) = e.kind() else {
            return self.read(e);
        };
        let mut parts = terms.clone();
        if !constant.is_zero() {
            parts.push((Expr::one(), constant.clone()));
        }
        let bottom = parts[0].1.denominator();
        if !bottom.is_one() && parts.iter().all(|(_, c)| c.denominator() == bottom) {
            for (_, c) in &mut parts {
                *c = &*c * &bottom;
            }
            let top = self.signed_terms(parts);
            return Notation::quotient(top, Notation::Number(bottom), self.slant);
        }
        self.signed_terms(parts)
    }

    fn signed_terms(&mut self, parts: Vec<(Expr, Number)>) -> Notation {
        let mut terms = Vec::with_capacity(parts.len());
        for (e, c) in order::terms(parts) {
            if self.left == 0 {
                terms.push((false, Notation::Cut));
                break;
            }
            self.left -= 1;
            terms.push(product::read(self, &e.scaled(&c), false));
        }
        Notation::Sum(terms)
    }

    /// e to that exponent.
    pub fn exponential(&mut self, exponent: &Expr) -> Notation {
        if exponent.is_one() {
            return Notation::Constant(Constant::E);
        }
        let power = self.exponent(exponent);
        if self.style == Style::Page && power.is_short_exponent() {
            return Notation::raised(Notation::Constant(Constant::E), power);
        }
        let argument = self.read(exponent);
        match Applied::exponential() {
            Some(applied) => Notation::Call(applied, vec![argument]),
            None => Notation::raised(Notation::Constant(Constant::E), power),
        }
    }

    /// An expression as an exponent: its fractions are set with a slash.
    pub fn exponent(&mut self, e: &Expr) -> Notation {
        let outer = std::mem::replace(&mut self.slant, Slant::Slash);
        let notation = self.read(e);
        self.slant = outer;
        notation
    }

    fn call(&mut self, function: FunctionRef, arguments: &[Expr]) -> Notation {
        let applied = Applied::new(function, arguments);
        let Some(relative) = (self.relative)(applied) else {
            return Notation::Call(applied, self.list(arguments));
        };
        let x = Symbol::new("x");
        let formula = formula(relative.argument);
        let arguments: Vec<Expr> = arguments.iter().map(|a| formula.replace(&x, a)).collect();
        Notation::Call(applied, self.list(&arguments))
    }

    fn scaled_call(&mut self, e: &Expr) -> Notation {
        let scale = self.relative_scale(e);
        let call = self.read_relative(e);
        if scale.is_one() {
            return call;
        }
        let (above, below) = (
            Notation::Number(scale.numerator()),
            Notation::Number(scale.denominator()),
        );
        let top = if scale.numerator().is_one() {
            call
        } else {
            Notation::Product(vec![above, call])
        };
        Notation::quotient(top, below, self.slant)
    }

    /// The factor by which a call differs from the function that stands for it; 1 for anything else.
    pub fn relative_scale(&self, e: &Expr) -> Number {
        let relative = e
            .as_call()
            .and_then(|(function, arguments)| (self.relative)(Applied::new(function, arguments)));
        relative.map_or(Number::ONE, |r| Number::ratio(r.scale.0, r.scale.1))
    }

    /// A call without that factor.
    pub fn read_relative(&mut self, e: &Expr) -> Notation {
        match e.kind() {
            Kind::Call(function, arguments) => self.call(*function, arguments),
            _ => self.read(e),
        }
    }

    fn comparison(&mut self, relation: Relation, left: &Expr, right: &Expr) -> Notation {
        // 0 < x reads x > 0.
        let turned = left.as_number().is_some() && right.as_number().is_none();
        let sign = match (relation, turned) {
            (Relation::Equal, _) => Comparison::Equal,
            (Relation::NotEqual, _) => Comparison::NotEqual,
            (Relation::Less, false) => Comparison::Less,
            (Relation::Less, true) => Comparison::Greater,
            (Relation::LessEqual, false) => Comparison::LessEqual,
            (Relation::LessEqual, true) => Comparison::GreaterEqual,
        };
        let (left, right) = (self.read(left), self.read(right));
        let sides = if turned { (right, left) } else { (left, right) };
        Notation::Relation(sign, Box::new(sides))
    }

    fn junction(&mut self, all: bool, parts: &[Expr]) -> Notation {
        let mut parts = parts.to_vec();
        let size = |e: &Expr| e.children().len();
        parts.sort_by(|a, b| {
            let sides = a.children().into_iter().zip(b.children());
            let order = sides.map(|(p, q)| order::factors(p, q));
            order
                .fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
                .then(size(a).cmp(&size(b)))
                .then_with(|| a.cmp(b))
        });
        Notation::Junction(all, self.list(&parts))
    }

    fn cases(&mut self, e: &Expr) -> Notation {
        let mut rows = Vec::new();
        let mut rest = e;
        while let Kind::If(condition, then, otherwise) = rest.kind() {
            if self.left == 0 {
                break;
            }
            rows.push((self.read(then), Some(self.read(condition))));
            rest = otherwise;
        }
        rows.push((self.read(rest), None));
        Notation::Cases(rows)
    }
}
