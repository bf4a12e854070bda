//! Numbers from expressions: a straight-line program over shared nodes.
//! In: expressions, the order of their variables. Out: `Tape`, and from it `f64`s. Never: recursion, or a value where there is none (NaN).

mod binders;
mod block;
mod columns;
mod entries;
mod fused;
mod gammas;
mod operands;

pub use columns::{BLOCK, ColumnWork, CompiledExpr, Evaluation, Input, Results};
pub use operands::Values;

use crate::Symbol;
use crate::expr::{Constant, Expr, Kind, Relation};
use crate::functions::{ColumnRoutine, Value};
use bartlett_special as special;
use binders::BoundProgram;
use entries::Entries;
use fused::{Complement, Fused, complement, fused_logarithm};
use gammas::{gamma_power, log_of_gammas};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex};

type Slot = u32;

enum Operation {
    Constant(f64),
    Variable(usize),
    /// constant + Σ coefficient·slot
    Linear(f64, Box<[(Slot, f64)]>),
    /// coefficient · Π slot
    Product(f64, Box<[Slot]>),
    /// coefficient · Π slot · e^Σ power·log Γ(slot) over positive arguments: a ratio of gammas that overflow one by one.
    GammaProduct(f64, Box<[Raised]>, Box<[(Slot, Slot, f64)]>),
    Power(Slot, Slot),
    IntegerPower(Slot, i32),
    SquareRoot(Slot),
    Exponential(Slot),
    /// scale·(e^x − 1)
    ExponentialLessOne(Slot, f64),
    /// scale·((1 + x)^e − 1): keeps its digits where x is small.
    PowerLessOne(Slot, Slot, f64),
    /// scale·(1 − Φ(x)): keeps its digits where Φ(x) is near 1.
    NormalSurvival(Slot, f64),
    One(Routine, Slot),
    Two(fn(f64, f64) -> f64, Slot, Slot),
    Compare(Relation, Slot, Slot),
    All(Box<[Slot]>),
    Any(Box<[Slot]>),
    Select(Slot, Slot, Slot),
    /// The entry of an indexed name at these indices.
    Entry(Entries, Box<[Slot]>),
    Bound(Arc<BoundProgram>),
}

/// A factor beside gammas; base (none for e) and exponent of a power, since c^k underflows where Γ(k) overflows.
type Raised = (Slot, Option<(Option<Slot>, Slot)>);

/// A function of one argument, and what is faster for a column of arguments.
#[derive(Clone, Copy)]
struct Routine {
    value: fn(f64) -> f64,
    column: Option<ColumnRoutine>,
}

impl Routine {
    fn of(value: fn(f64) -> f64) -> Self {
        Self {
            value,
            column: None,
        }
    }
}

/// A compiled list of expressions. Evaluation allocates nothing but the work space that the caller keeps.
pub struct Tape {
    operations: Vec<Operation>,
    outputs: Vec<Slot>,
    variables: usize,
}

/// Reusable memory of an evaluation, with the value of each part of the last one.
#[derive(Default)]
pub struct Workspace(Vec<f64>);

impl Tape {
    /// Compiles expressions over variables in that order; a symbol that is not among them evaluates to NaN. The entries of
    /// an indexed name `t` are the variables `t[1]`, `t[2]`, ….
    #[must_use]
    pub fn new(outputs: &[Expr], variables: &[Symbol]) -> Self {
        let order = evaluation_order(outputs, variables);
        let mut slots: FxHashMap<Expr, Slot> = FxHashMap::default();
        let mut operations: Vec<Operation> = Vec::with_capacity(order.len());
        let place: FxHashMap<&Symbol, usize> =
            variables.iter().enumerate().map(|(i, s)| (s, i)).collect();
        for node in order {
            let slot = |e: &Expr| slots[e];
            let operation = match node.kind() {
                Kind::Number(n) => Operation::Constant(n.to_f64()),
                Kind::Constant(c) => Operation::Constant(match c {
                    Constant::Pi => std::f64::consts::PI,
                    Constant::E => std::f64::consts::E,
                    Constant::EulerGamma => 0.577_215_664_901_532_9,
                    Constant::Infinity => f64::INFINITY,
                    Constant::Undefined => f64::NAN,
                }),
                Kind::Symbol(s) => place
                    .get(s)
                    .map_or(Operation::Constant(f64::NAN), |i| Operation::Variable(*i)),
                Kind::Indexed(name, indices) => Operation::Entry(
                    Entries::of(name, variables, &slot),
                    indices.iter().map(slot).collect(),
                ),
                Kind::Add(constant, terms) => match complement(constant, terms) {
                    Some(Complement::Exponential(x)) => {
                        Operation::ExponentialLessOne(slot(&x), -constant.to_f64())
                    }
                    Some(Complement::Power(x, e)) => {
                        Operation::PowerLessOne(slot(&x), slot(&e), -constant.to_f64())
                    }
                    Some(Complement::Normal(x)) => {
                        Operation::NormalSurvival(slot(&x), constant.to_f64())
                    }
                    None => Operation::Linear(
                        constant.to_f64(),
                        terms.iter().map(|(e, c)| (slot(e), c.to_f64())).collect(),
                    ),
                },
                Kind::Mul(n, factors)
                    if factors.iter().filter(|f| gamma_power(f).is_some()).count() > 1 =>
                {
                    let raised = |f: &Expr| match f.kind() {
                        Kind::Power(base, exponent) if exponent.as_number().is_none() => {
                            let base = (!base.is_constant(Constant::E)).then(|| slot(base));
                            (slot(f), Some((base, slot(exponent))))
                        }
                        _ => (slot(f), None),
                    };
                    let plain = factors.iter().filter(|f| gamma_power(f).is_none());
                    let plain = plain.map(raised).collect();
                    let gammas = factors
                        .iter()
                        .filter_map(|f| gamma_power(f).map(|(x, n)| (slot(&x), slot(f), n)));
                    Operation::GammaProduct(n.to_f64(), plain, gammas.collect())
                }
                Kind::Mul(n, factors) => {
                    let product =
                        Operation::Product(n.to_f64(), factors.iter().map(slot).collect());
                    match factors.iter().find_map(vanishing_case) {
                        // if(c, 1, 0)·log(…) is 0 where c does not hold, whether or not the logarithm has a value there.
                        Some((condition, zero_if_true, zero)) => {
                            let all = next_slot(&operations);
                            operations.push(product);
                            let (condition, zero) = (slot(condition), slot(zero));
                            if zero_if_true {
                                Operation::Select(condition, zero, all)
                            } else {
                                Operation::Select(condition, all, zero)
                            }
                        }
                        None => product,
                    }
                }
                Kind::Power(base, exponent) => {
                    if base.is_constant(Constant::E) {
                        Operation::Exponential(slot(exponent))
                    } else if let Some(n) =
                        exponent.as_integer().and_then(|n| i32::try_from(n).ok())
                    {
                        Operation::IntegerPower(slot(base), n)
                    } else if exponent.as_number() == Some(&crate::Number::HALF) {
                        Operation::SquareRoot(slot(base))
                    } else {
                        Operation::Power(slot(base), slot(exponent))
                    }
                }
                Kind::Call(function, arguments) => {
                    match (fused_logarithm(&node), function.value()) {
                        (Some(Fused::One(f, x)), _) => Operation::One(f, slot(&x)),
                        (Some(Fused::Two(f, x, y)), _) => Operation::Two(f, slot(&x), slot(&y)),
                        (None, Some(Value::One(value))) if arguments.len() == 1 => {
                            let column = function.column();
                            Operation::One(Routine { value, column }, slot(&arguments[0]))
                        }
                        (None, Some(Value::Two(f))) if arguments.len() == 2 => {
                            Operation::Two(f, slot(&arguments[0]), slot(&arguments[1]))
                        }
                        _ => Operation::Constant(f64::NAN),
                    }
                }
                Kind::Compare(r, a, b) => Operation::Compare(*r, slot(a), slot(b)),
                Kind::And(parts) => Operation::All(parts.iter().map(slot).collect()),
                Kind::Or(parts) => Operation::Any(parts.iter().map(slot).collect()),
                Kind::If(c, a, b) => Operation::Select(slot(c), slot(a), slot(b)),
                Kind::Bound(binder, variable, lower, upper, body) => {
                    let free = entries::inputs(body, variable, variables);
                    let inner: Vec<Symbol> = std::iter::once(variable.clone())
                        .chain(free.iter().cloned())
                        .collect();
                    Operation::Bound(Arc::new(BoundProgram {
                        binder: *binder,
                        lower: slot(lower),
                        upper: slot(upper),
                        inputs: free.iter().map(|s| slot(&Expr::symbol(s.name()))).collect(),
                        body: Self::new(std::slice::from_ref(body), &inner),
                        last: Mutex::new(None),
                    }))
                }
            };
            slots.insert(node, next_slot(&operations));
            operations.push(operation);
        }
        let outputs = outputs.iter().map(|e| slots[e]).collect();
        Self {
            operations,
            outputs,
            variables: variables.len(),
        }
    }

    /// The number of results.
    #[must_use]
    pub fn len(&self) -> usize {
        self.outputs.len()
    }
    /// Has it no results?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }

    /// Evaluates at a point, in the order of the variables; `out` must be as long as there are results.
    pub fn evaluate(&self, point: &[f64], work: &mut Workspace, out: &mut [f64]) {
        debug_assert_eq!(point.len(), self.variables);
        let v = &mut work.0;
        v.clear();
        v.reserve(self.operations.len());
        for operation in &self.operations {
            let value = operation.value(v, point);
            v.push(value);
        }
        for (out, slot) in out.iter_mut().zip(&self.outputs) {
            *out = v[*slot as usize];
        }
    }

    /// Was a part of the last evaluation in this memory no finite number, constants aside?
    #[must_use]
    pub fn overflowed(&self, memory: &Workspace) -> bool {
        let constant = |o: &Operation| matches!(o, Operation::Constant(_));
        let mut parts = self.operations.iter().zip(&memory.0);
        !parts.all(|(o, v)| constant(o) || v.is_finite())
    }
}

impl Operation {
    /// The value, from those of the slots before it and of the variables.
    #[inline]
    fn value(&self, v: &[f64], point: &[f64]) -> f64 {
        let at = |slot: Slot| v[slot as usize];
        match self {
            Self::Constant(c) => *c,
            Self::Variable(i) => point[*i],
            Self::Linear(constant, terms) => {
                terms.iter().fold(*constant, |sum, (s, c)| sum + at(*s) * c)
            }
            Self::Product(c, factors) => product(*c, factors, v),
            Self::GammaProduct(c, plain, gammas) => gamma_product(*c, plain, gammas, v),
            Self::Power(b, e) => at(*b).powf(at(*e)),
            Self::IntegerPower(b, n) => at(*b).powi(*n),
            Self::SquareRoot(b) => at(*b).sqrt(),
            Self::Exponential(x) => at(*x).exp(),
            Self::ExponentialLessOne(x, scale) => scale * at(*x).exp_m1(),
            Self::PowerLessOne(x, e, scale) => scale * (at(*e) * at(*x).ln_1p()).exp_m1(),
            Self::NormalSurvival(x, scale) => scale * special::normal_cdf(-at(*x)),
            Self::One(f, x) => (f.value)(at(*x)),
            Self::Two(f, x, y) => f(at(*x), at(*y)),
            Self::Compare(r, a, b) => truth(compare(*r, at(*a), at(*b))),
            Self::All(parts) => truth(parts.iter().all(|s| at(*s) != 0.0)),
            Self::Any(parts) => truth(parts.iter().any(|s| at(*s) != 0.0)),
            Self::Select(c, a, b) => at(if at(*c) == 0.0 { *b } else { *a }),
            Self::Entry(entries, indices) => entries
                .slot(indices.iter().map(|s| at(*s)))
                .map_or(f64::NAN, at),
            Self::Bound(program) => program.value(v),
        }
    }
}

fn compare(relation: Relation, a: f64, b: f64) -> bool {
    match relation {
        Relation::Equal => a == b,
        Relation::NotEqual => a != b,
        Relation::Less => a < b,
        Relation::LessEqual => a <= b,
    }
}

fn next_slot(operations: &[Operation]) -> Slot {
    Slot::try_from(operations.len()).expect("fewer than 2^32 nodes")
}

/// Of a case that is 0 in one branch: its condition, whether that branch is the first, and the zero.
fn vanishing_case(e: &Expr) -> Option<(&Expr, bool, &Expr)> {
    match e.kind() {
        Kind::If(condition, zero, _) if zero.is_zero() => Some((condition, true, zero)),
        Kind::If(condition, _, zero) if zero.is_zero() => Some((condition, false, zero)),
        _ => None,
    }
}

fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// A product in which a vanished factor wins over one that overflowed: densities vanish faster than scores grow.
fn product(coefficient: f64, factors: &[Slot], values: &[f64]) -> f64 {
    let value = factors
        .iter()
        .fold(coefficient, |product, s| product * values[*s as usize]);
    if value.is_nan()
        && factors.iter().any(|s| values[*s as usize] == 0.0)
        && !factors.iter().any(|s| values[*s as usize].is_nan())
    {
        return 0.0;
    }
    value
}

fn gamma_product(
    coefficient: f64,
    plain: &[Raised],
    gammas: &[(Slot, Slot, f64)],
    values: &[f64],
) -> f64 {
    let at = |slot: Slot| values[slot as usize];
    let arguments: Vec<(f64, f64)> = gammas
        .iter()
        .map(|(x, _, n)| (values[*x as usize], *n))
        .collect();
    let logarithm = log_of_gammas(arguments);
    let small = gammas
        .iter()
        .all(|(x, _, _)| values[*x as usize].abs() < 100.0);
    match logarithm {
        Some(logarithm) if !small => {
            let log_size = |(whole, power): &Raised| match power {
                Some((None, exponent)) => at(*exponent),
                Some((Some(base), exponent)) if at(*base) > 0.0 => at(*exponent) * at(*base).ln(),
                _ => at(*whole).abs().ln(),
            };
            let logs = plain
                .iter()
                .fold(coefficient.abs().ln() + logarithm, |sum, factor| {
                    sum + log_size(factor)
                });
            let sign = plain.iter().fold(coefficient.signum(), |sign, (whole, _)| {
                sign * at(*whole).signum()
            });
            sign * logs.exp()
        }
        _ => {
            let all: Vec<Slot> = plain
                .iter()
                .map(|(whole, _)| *whole)
                .chain(gammas.iter().map(|(_, whole, _)| *whole))
                .collect();
            product(coefficient, &all, values)
        }
    }
}

/// Every node to evaluate, parts first; bodies of binders are programs of their own, a fused operation skips what it fuses.
fn evaluation_order(outputs: &[Expr], variables: &[Symbol]) -> Vec<Expr> {
    let mut seen: rustc_hash::FxHashSet<Expr> = rustc_hash::FxHashSet::default();
    let mut order = Vec::new();
    let mut stack: Vec<(Expr, bool)> = outputs.iter().rev().map(|e| (e.clone(), false)).collect();
    while let Some((node, ready)) = stack.pop() {
        if ready {
            order.push(node);
            continue;
        }
        if !seen.insert(node.clone()) {
            continue;
        }
        let children: Vec<Expr> = match node.kind() {
            Kind::Bound(_, variable, lower, upper, body) => {
                let free = entries::inputs(body, variable, variables)
                    .into_iter()
                    .map(|s| Expr::symbol(s.name()));
                [lower.clone(), upper.clone()]
                    .into_iter()
                    .chain(free)
                    .collect()
            }
            Kind::Add(constant, terms) => match complement(constant, terms) {
                Some(Complement::Exponential(x) | Complement::Normal(x)) => vec![x],
                Some(Complement::Power(x, e)) => vec![x, e],
                None => node.children().into_iter().cloned().collect(),
            },
            Kind::Call(..) => match fused_logarithm(&node) {
                Some(Fused::One(_, x)) => vec![x],
                Some(Fused::Two(_, x, y)) => vec![x, y],
                None => node.children().into_iter().cloned().collect(),
            },
            Kind::Indexed(name, _) => {
                let indices = node.children().into_iter().cloned();
                indices.chain(entries::of(name, variables)).collect()
            }
            _ => node.children().into_iter().cloned().collect(),
        };
        stack.push((node, true));
        stack.extend(children.into_iter().rev().map(|c| (c, false)));
    }
    order
}

impl Expr {
    /// The value at a point given by name; NaN where there is none.
    #[must_use]
    pub fn value_at(&self, point: &[(Symbol, f64)]) -> f64 {
        let (names, values): (Vec<Symbol>, Vec<f64>) = point.iter().cloned().unzip();
        let mut out = [0.0];
        Tape::new(std::slice::from_ref(self), &names).evaluate(
            &values,
            &mut Workspace::default(),
            &mut out,
        );
        out[0]
    }
}
