//! What an expression is: an immutable, shared node that is equal to another exactly when it is the same node.
//! In: kinds made by `construct`. Out: `Expr`, `Kind`. Never: an assumption, a simplification that needs one, or an order that depends on addresses.

use crate::functions::FunctionRef;
use crate::intern::{forget, intern, release};
use crate::{Number, Symbol};
use smallvec::SmallVec;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A symbolic expression: cheap to clone, `Send + Sync`, compared in O(1).
#[derive(Clone)]
pub struct Expr(Arc<Node>);

/// Arguments of a node.
pub type Children = SmallVec<[Expr; 2]>;

/// A node: its kind with what is known of it at once.
pub struct Node {
    hash: u64,
    symbols: u64,
    /// For a sum: is its content 1 and its first coefficient positive? Asked whenever it becomes a factor.
    primitive: bool,
    kind: Kind,
}

/// A named constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Constant {
    /// π
    Pi,
    /// e, the base of natural logarithms; `exp(x)` is the power `e^x`.
    E,
    /// The Euler–Mascheroni constant γ.
    EulerGamma,
    /// +∞, as an end of a range only.
    Infinity,
    /// The value of what has none (1/0); it absorbs everything.
    Undefined,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// a = b
    Equal,
    /// a ≠ b
    NotEqual,
    /// a < b
    Less,
    /// a ≤ b
    LessEqual,
}

/// What a bound variable ranges over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Binder {
    /// Σ over the integers from the lower to the upper end.
    Sum,
    /// Π over the integers from the lower to the upper end.
    Product,
    /// ∫ from the lower to the upper end.
    Integral,
}

/// The kinds of node. They are made by the constructors of [`Expr`] only, which keep them canonical.
#[derive(Clone, PartialEq, Eq)]
pub enum Kind {
    /// An exact rational.
    Number(Number),
    /// π, e, γ, ∞, undefined.
    Constant(Constant),
    /// A name.
    Symbol(Symbol),
    /// `y[i]`
    Indexed(Symbol, Children),
    /// constant + Σ coefficient·term; terms are no sums, no numbers and have coefficient 1 themselves; ordered, unique.
    Add(Number, Vec<(Expr, Number)>),
    /// coefficient · Π factors; factors are no products and no numbers; their bases are ordered and unique.
    Mul(Number, SmallVec<[Expr; 3]>),
    /// base^exponent
    Power(Expr, Expr),
    /// A function of the table applied to its arguments.
    Call(FunctionRef, Children),
    /// A comparison of two reals.
    Compare(Relation, Expr, Expr),
    /// All of these conditions.
    And(Children),
    /// Any of these conditions.
    Or(Children),
    /// `if(condition, then, otherwise)`
    If(Expr, Expr, Expr),
    /// Σ, Π or ∫ over a bound variable from lower to upper of the body.
    Bound(Binder, Symbol, Expr, Expr, Expr),
}

const fn mix(state: u64, value: u64) -> u64 {
    #[allow(clippy::cast_lossless)] // `from` is not const
    let product = (state ^ value ^ 0x9E37_79B9_7F4A_7C15) as u128 * 0xD6E8_FEB8_6659_FD93;
    #[allow(clippy::cast_possible_truncation)]
    {
        (product >> 64) as u64 ^ product as u64
    }
}

struct Mixer(u64);
impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk
                .iter()
                .rev()
                .fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.0 = mix(self.0, word);
        }
        self.0 = mix(self.0, bytes.len() as u64);
    }
    fn write_u8(&mut self, value: u8) {
        self.0 = mix(mix(self.0, value.into()), 1);
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = mix(self.0, value);
    }
    fn write_i64(&mut self, value: i64) {
        self.0 = mix(self.0, value.cast_unsigned());
    }
}

const SEED: u64 = 0x51_7C_C1_B7;

fn hash_of(value: &impl Hash) -> u64 {
    let mut mixer = Mixer(SEED);
    value.hash(&mut mixer);
    mixer.finish()
}

pub(crate) fn hash_of_name(name: &str) -> u64 {
    hash_of(&name)
}

/// The hash of a rational; that of 1, the most frequent by far, is not computed each time.
fn hash_of_number(n: &Number) -> u64 {
    const ONE: u64 = mix(mix(SEED, 1), 1);
    if n.is_one() { ONE } else { hash_of(n) }
}

fn fold(tag: u64, parts: impl IntoIterator<Item = u64>) -> u64 {
    parts.into_iter().fold(mix(tag, 0xA5A5), mix)
}

impl Kind {
    pub(crate) fn structural_hash(&self) -> u64 {
        match self {
            Self::Number(n) => fold(1, [hash_of_number(n)]),
            Self::Constant(c) => fold(2, [*c as u64]),
            Self::Symbol(s) => Self::symbol_hash(s.name()),
            Self::Indexed(s, index) => fold(
                4,
                [hash_of(&s.name())]
                    .into_iter()
                    .chain(index.iter().map(|e| e.0.hash)),
            ),
            Self::Add(n, terms) => terms
                .iter()
                .fold(fold(5, [hash_of_number(n)]), |h, (e, c)| {
                    mix(mix(h, e.0.hash), hash_of_number(c))
                }),
            Self::Mul(n, factors) => factors
                .iter()
                .fold(fold(6, [hash_of_number(n)]), |h, e| mix(h, e.0.hash)),
            Self::Power(b, e) => fold(7, [b.0.hash, e.0.hash]),
            Self::Call(f, args) => fold(
                8,
                [f.hash_of_name()]
                    .into_iter()
                    .chain(args.iter().map(|e| e.0.hash)),
            ),
            Self::Compare(r, a, b) => fold(9, [*r as u64, a.0.hash, b.0.hash]),
            Self::And(args) => fold(10, args.iter().map(|e| e.0.hash)),
            Self::Or(args) => fold(11, args.iter().map(|e| e.0.hash)),
            Self::If(c, a, b) => fold(12, [c.0.hash, a.0.hash, b.0.hash]),
            Self::Bound(k, s, a, b, e) => fold(
                13,
                [*k as u64, hash_of(&s.name()), a.0.hash, b.0.hash, e.0.hash],
            ),
        }
    }

    pub(crate) fn symbol_hash(name: &str) -> u64 {
        fold(3, [hash_of(&name)])
    }

    /// Has a sum whole coefficients whose first is positive and one of which is 1 in size? Then nothing can be taken out; `false` is
    /// no proof of the contrary.
    fn is_primitive(&self) -> bool {
        let Self::Add(constant, terms) = self else {
            return false;
        };
        let mut unit = false;
        terms.first().is_some_and(|(_, c)| c.is_positive())
            && constant.is_integer()
            && terms.iter().all(|(_, c)| {
                unit |= c.is_one() || *c == Number::MINUS_ONE;
                c.is_integer()
            })
            && unit
    }

    pub(crate) fn is_leaf(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Constant(_) | Self::Symbol(_))
    }

    fn symbol_mask(&self) -> u64 {
        let bit = Symbol::bit;
        let union = |parts: &[Expr]| parts.iter().fold(0, |m, e| m | e.0.symbols);
        match self {
            Self::Number(_) | Self::Constant(_) => 0,
            Self::Symbol(s) => bit(s),
            Self::Indexed(s, index) => bit(s) | union(index),
            Self::Add(_, terms) => terms.iter().fold(0, |m, (e, _)| m | e.0.symbols),
            Self::Mul(_, factors) => union(factors),
            Self::Power(b, e) => b.0.symbols | e.0.symbols,
            Self::Call(_, args) | Self::And(args) | Self::Or(args) => union(args),
            Self::Compare(_, a, b) => a.0.symbols | b.0.symbols,
            Self::If(c, a, b) => c.0.symbols | a.0.symbols | b.0.symbols,
            // The bound variable's bit may stay set: the mask may only err towards "perhaps".
            Self::Bound(_, _, a, b, e) => a.0.symbols | b.0.symbols | e.0.symbols,
        }
    }
}

impl Symbol {
    /// The bit that it sets in the mask of what contains it.
    pub(crate) fn bit(&self) -> u64 {
        1 << (hash_of(&self.name()) & 63)
    }
}

impl Node {
    pub(crate) fn new(kind: Kind, hash: u64) -> Self {
        Self {
            hash,
            symbols: kind.symbol_mask(),
            primitive: kind.is_primitive(),
            kind,
        }
    }
    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        forget(self, self.hash);
        if !self.kind.is_leaf() {
            release(std::mem::replace(
                &mut self.kind,
                Kind::Constant(Constant::Undefined),
            ));
        }
    }
}

impl Expr {
    pub(crate) fn from_node(node: Arc<Node>) -> Self {
        Self(node)
    }
    pub(crate) fn of(kind: Kind) -> Self {
        intern(kind)
    }
    /// The order of two of the same hash.
    #[cold]
    fn compared(&self, other: &Self) -> Ordering {
        if self == other {
            Ordering::Equal
        } else {
            self.debug_text(64).cmp(&other.debug_text(64))
        }
    }
    /// What kind of node it is.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }
    /// A sum whose content is known to be 1, with a positive first coefficient.
    pub(crate) fn is_primitive_sum(&self) -> bool {
        self.0.primitive
    }
    /// The bits that its free symbols set, perhaps more: what lacks all bits of some symbols is free of them.
    pub(crate) fn symbol_bits(&self) -> u64 {
        self.0.symbols
    }
    /// May the symbol occur free in it? `false` is certain, `true` is not.
    #[must_use]
    pub fn may_contain(&self, symbol: &Symbol) -> bool {
        self.0.symbols & symbol.bit() != 0
    }
    /// Does any symbol occur in it at all? `false` means a constant.
    #[must_use]
    pub fn may_vary(&self) -> bool {
        self.0.symbols != 0
    }
    /// The direct parts of the node, in order; the coefficients of sums and products are not among them.
    #[must_use]
    pub fn children(&self) -> SmallVec<[&Self; 4]> {
        match self.kind() {
            Kind::Number(_) | Kind::Constant(_) | Kind::Symbol(_) => SmallVec::new(),
            Kind::Indexed(_, args) | Kind::Call(_, args) | Kind::And(args) | Kind::Or(args) => {
                args.iter().collect()
            }
            Kind::Add(_, terms) => terms.iter().map(|(e, _)| e).collect(),
            Kind::Mul(_, factors) => factors.iter().collect(),
            Kind::Power(a, b) | Kind::Compare(_, a, b) => [a, b].into_iter().collect(),
            Kind::If(a, b, c) | Kind::Bound(_, _, a, b, c) => [a, b, c].into_iter().collect(),
        }
    }
    /// The same parts as [`children`](Self::children), without a list of them.
    #[inline]
    pub(crate) fn each_child<'e>(&'e self, visit: &mut impl FnMut(&'e Self)) {
        match self.kind() {
            Kind::Number(_) | Kind::Constant(_) | Kind::Symbol(_) => {}
            Kind::Indexed(_, args) | Kind::Call(_, args) | Kind::And(args) | Kind::Or(args) => {
                args.iter().for_each(visit);
            }
            Kind::Add(_, terms) => terms.iter().for_each(|(e, _)| visit(e)),
            Kind::Mul(_, factors) => factors.iter().for_each(visit),
            Kind::Power(a, b) | Kind::Compare(_, a, b) => [a, b].into_iter().for_each(visit),
            Kind::If(a, b, c) | Kind::Bound(_, _, a, b, c) => {
                [a, b, c].into_iter().for_each(visit);
            }
        }
    }
    /// Bits to place it in a table by.
    pub(crate) fn slot(&self) -> usize {
        let [a, b, c, d, ..] = self.0.hash.to_le_bytes();
        u32::from_le_bytes([a, b, c, d]) as usize
    }
    /// The rational, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self.kind() {
            Kind::Number(n) => Some(n),
            _ => None,
        }
    }
    /// The machine integer, if it is one.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        self.as_number()?.to_i64()
    }
    /// The symbol, if it is one.
    #[must_use]
    pub fn as_symbol(&self) -> Option<&Symbol> {
        match self.kind() {
            Kind::Symbol(s) => Some(s),
            _ => None,
        }
    }
    /// Is it the number 0?
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.as_number().is_some_and(Number::is_zero)
    }
    /// Is it the number 1?
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.as_number().is_some_and(Number::is_one)
    }
    /// Is it that constant?
    #[must_use]
    pub fn is_constant(&self, constant: Constant) -> bool {
        matches!(self.kind(), Kind::Constant(c) if *c == constant)
    }
    /// A product without its factor at that place.
    pub(crate) fn without_factor(&self, place: usize) -> Self {
        let Kind::Mul(coefficient, factors) = self.kind() else {
            return Self::one();
        };
        let mut others = factors.clone();
        others.remove(place);
        if others.len() == 1 {
            others[0].scaled(coefficient)
        } else {
            Self::mul_canonical(coefficient.clone(), others)
        }
    }
    /// Base and exponent: itself and 1 where it is no power.
    #[must_use]
    pub fn as_power(&self) -> (Self, Self) {
        match self.kind() {
            Kind::Power(base, exponent) => (base.clone(), exponent.clone()),
            _ => (self.clone(), Self::one()),
        }
    }
    /// Numeric coefficient and the rest.
    #[must_use]
    pub fn as_coefficient(&self) -> (Number, Self) {
        match self.kind() {
            Kind::Number(n) => (n.clone(), Self::one()),
            Kind::Mul(n, factors) if !n.is_one() => {
                (n.clone(), Self::mul_canonical(Number::ONE, factors.clone()))
            }
            _ => (Number::ONE, self.clone()),
        }
    }
    /// The terms of which it is the sum (itself where it is no sum), each with its coefficient; the numeric constant last.
    #[must_use]
    pub fn summands(&self) -> Vec<Self> {
        match self.kind() {
            Kind::Add(constant, terms) => {
                let mut out: Vec<Self> = terms
                    .iter()
                    .map(|(e, c)| Self::number(c.clone()) * e)
                    .collect();
                if !constant.is_zero() {
                    out.push(Self::number(constant.clone()));
                }
                out
            }
            _ => vec![self.clone()],
        }
    }
    /// The factors of which it is the product (itself where it is no product); the numeric coefficient first if it is not 1.
    #[must_use]
    pub fn factors(&self) -> Vec<Self> {
        match self.kind() {
            Kind::Mul(coefficient, factors) => {
                let number = (!coefficient.is_one()).then(|| Self::number(coefficient.clone()));
                number.into_iter().chain(factors.iter().cloned()).collect()
            }
            _ => vec![self.clone()],
        }
    }
    /// The function and its arguments, if it is a call.
    #[must_use]
    pub fn as_call(&self) -> Option<(FunctionRef, &[Self])> {
        match self.kind() {
            Kind::Call(f, args) => Some((*f, args)),
            _ => None,
        }
    }
    /// Its one argument, if it is a call of the function of that name.
    #[must_use]
    pub fn as_call_of(&self, name: &str) -> Option<&[Self]> {
        self.as_call()
            .and_then(|(f, args)| (f.name() == name).then_some(args))
    }
}

impl PartialEq for Expr {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
impl Eq for Expr {}
impl Hash for Expr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}
impl Ord for Expr {
    /// An order by structure: the same in every run and thread, of no meaning to a reader.
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match self.0.hash.cmp(&other.0.hash) {
            Ordering::Equal => self.compared(other),
            order => order,
        }
    }
}
impl PartialOrd for Expr {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
