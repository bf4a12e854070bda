//! Derivatives from the function table.
//! In: expressions and symbols. Out: derivatives, exact and shared. Never: a function known by name, a partial that is guessed.

use crate::Symbol;
use crate::expr::{Binder, Expr, Kind};
use crate::traverse::topological;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// A derivative that no formula of the table gives, such as that of a Bessel function in its order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the derivative of {function} in its argument {argument} has no known formula")]
pub struct NoDerivative {
    /// What cannot be differentiated.
    pub function: String,
    /// The place of the argument, from 1.
    pub argument: usize,
}

/// ∂(node)/∂(part) for each direct part, in the order of `children`; only for parts that `wanted` selects.
fn partials(
    node: &Expr,
    wanted: &dyn Fn(&Expr) -> bool,
) -> Result<Vec<(Expr, Expr)>, NoDerivative> {
    let mut out = Vec::new();
    match node.kind() {
        Kind::Add(_, terms) => {
            out.extend(
                terms
                    .iter()
                    .filter(|(e, _)| wanted(e))
                    .map(|(e, c)| (e.clone(), Expr::number(c.clone()))),
            );
        }
        Kind::Mul(_, factors) => {
            for (place, factor) in factors.iter().enumerate().filter(|(_, f)| wanted(f)) {
                out.push((factor.clone(), node.without_factor(place)));
            }
        }
        Kind::Power(base, exponent) => {
            if wanted(base) {
                out.push((base.clone(), exponent * base.power(&(exponent - 1))));
            }
            if wanted(exponent) {
                out.push((exponent.clone(), node * base.log()));
            }
        }
        Kind::Call(function, arguments) => {
            for (i, argument) in arguments.iter().enumerate().filter(|(_, a)| wanted(a)) {
                let partial = function.partial(i, arguments).ok_or_else(|| NoDerivative {
                    function: function.name().to_owned(),
                    argument: i + 1,
                })?;
                out.push((argument.clone(), partial));
            }
        }
        Kind::If(condition, then, otherwise) => {
            for (branch, inside) in [(then, true), (otherwise, false)] {
                if wanted(branch) {
                    let (a, b) = if inside { (1, 0) } else { (0, 1) };
                    out.push((
                        branch.clone(),
                        Expr::cases(condition.clone(), a.into(), b.into()),
                    ));
                }
            }
        }
        _ => {}
    }
    Ok(out)
}

/// ∂/∂symbol of a binder: under the sign, with the ends by Leibniz' rule for integrals; for sums the ends must be free of the symbol.
fn of_binder(node: &Expr, symbol: &Symbol) -> Result<Expr, NoDerivative> {
    let Kind::Bound(binder, variable, lower, upper, body) = node.kind() else {
        return Ok(Expr::zero());
    };
    let refuse = || NoDerivative {
        function: format!("{binder:?}").to_lowercase(),
        argument: 2,
    };
    let moving = lower.contains(symbol) || upper.contains(symbol);
    let inner = if variable == symbol {
        Expr::zero()
    } else {
        body.derivative(symbol)?
    };
    match binder {
        Binder::Sum if !moving => Ok(Expr::bound(
            Binder::Sum,
            variable.clone(),
            lower.clone(),
            upper.clone(),
            inner,
        )),
        Binder::Product if !moving => {
            let ratio = inner / body;
            Ok(node
                * Expr::bound(
                    Binder::Sum,
                    variable.clone(),
                    lower.clone(),
                    upper.clone(),
                    ratio,
                ))
        }
        Binder::Integral => {
            let mut parts = vec![Expr::bound(
                Binder::Integral,
                variable.clone(),
                lower.clone(),
                upper.clone(),
                inner,
            )];
            if moving {
                parts.push(body.replace(variable, upper) * upper.derivative(symbol)?);
                parts.push(-(body.replace(variable, lower) * lower.derivative(symbol)?));
            }
            Ok(Expr::sum(parts))
        }
        _ => Err(refuse()),
    }
}

/// The nodes that depend on one of the symbols, each once, parts before wholes.
fn varying<'e>(root: &'e Expr, symbols: &[Symbol]) -> Vec<&'e Expr> {
    let bits = symbols
        .iter()
        .fold(0, |bits, s| bits | Expr::symbol(s.name()).symbol_bits());
    // A clear bit is a proof, a set one is not: what the walk meets may still be constant.
    let perhaps = |e: &Expr| e.symbol_bits() & bits != 0;
    let (mut seen, mut constant) = (FxHashSet::default(), FxHashSet::default());
    let mut order: Vec<&Expr> = Vec::new();
    let mut stack = vec![(root, false)];
    while let Some((node, ready)) = stack.pop() {
        if ready {
            let varies = match node.kind() {
                Kind::Symbol(s) => symbols.contains(s),
                Kind::Bound(..) => symbols.iter().any(|s| node.contains(s)),
                _ => node
                    .children()
                    .iter()
                    .any(|c| perhaps(c) && !constant.contains(*c)),
            };
            if varies {
                order.push(node);
            } else {
                constant.insert(node);
            }
            continue;
        }
        if !perhaps(node) || !seen.insert(node) {
            continue;
        }
        stack.push((node, true));
        // The parts of a binder are its own business.
        if !matches!(node.kind(), Kind::Bound(..)) {
            let children = node.children();
            stack.extend(children.into_iter().rev().map(|c| (c, false)));
        }
    }
    order
}

/// A weight times a partial derivative. Weights grow by a factor a level: a long one stays whole, so that a deep nest costs as much a
/// level as a shallow one.
fn times(weight: &Expr, partial: Expr) -> Expr {
    if weight.is_one() {
        partial
    } else if partial.is_one() {
        weight.clone()
    } else {
        Expr::product_of_wholes([weight.clone(), partial])
    }
}

impl Expr {
    /// ∂self/∂symbol. Away from kinks: |x| gives sign x, and comparisons count as constants.
    ///
    /// # Errors
    /// Where the table knows no formula (the order of a Bessel function).
    pub fn derivative(&self, symbol: &Symbol) -> Result<Self, NoDerivative> {
        if !self.may_contain(symbol) {
            return Ok(Self::zero());
        }
        let mut memo: FxHashMap<Self, Self> = FxHashMap::default();
        for node in topological(std::slice::from_ref(self)) {
            let value = match node.kind() {
                Kind::Symbol(s) => Self::integer((s == symbol).into()),
                Kind::Bound(..) if node.may_contain(symbol) => of_binder(&node, symbol)?,
                _ if !node.may_contain(symbol) => Self::zero(),
                _ => {
                    let parts =
                        partials(&node, &|part| memo.get(part).is_some_and(|d| !d.is_zero()))?;
                    Self::sum(
                        parts
                            .into_iter()
                            .map(|(part, partial)| partial * &memo[&part]),
                    )
                }
            };
            memo.insert(node, value);
        }
        Ok(memo.remove(self).unwrap_or_else(Self::zero))
    }

    /// All first derivatives at once, by a reverse sweep over the shared nodes: the cost does not grow with the number of symbols.
    ///
    /// # Errors
    /// Where the table knows no formula.
    pub fn gradient(&self, symbols: &[Symbol]) -> Result<Vec<Self>, NoDerivative> {
        let order = varying(self, symbols);
        let places: FxHashMap<&Self, usize> = order.iter().copied().zip(0..).collect();
        let mut adjoint: Vec<SmallVec<[Self; 2]>> = vec![SmallVec::new(); order.len()];
        if let Some(last) = adjoint.last_mut() {
            last.push(Self::one());
        }
        let mut leaves: Vec<Vec<Self>> = vec![Vec::new(); symbols.len()];
        for (place, node) in order.iter().enumerate().rev() {
            let mut weights = std::mem::take(&mut adjoint[place]);
            let weight = match weights.len() {
                0 => continue,
                1 => weights.remove(0),
                _ => Self::sum_of_wholes(weights),
            };
            match node.kind() {
                Kind::Symbol(s) => {
                    for (leaf, _) in leaves.iter_mut().zip(symbols).filter(|(_, t)| *t == s) {
                        leaf.push(weight.clone());
                    }
                }
                Kind::Bound(..) => {
                    for (leaf, s) in leaves.iter_mut().zip(symbols) {
                        if node.may_contain(s) {
                            leaf.push(&weight * of_binder(node, s)?);
                        }
                    }
                }
                _ => {
                    for (part, partial) in partials(node, &|part| places.contains_key(part))? {
                        if let Some(place) = places.get(&part) {
                            adjoint[*place].push(times(&weight, partial));
                        }
                    }
                }
            }
        }
        Ok(leaves.into_iter().map(Self::sum).collect())
    }

    /// All second derivatives; the lower half is the upper one.
    ///
    /// # Errors
    /// Where the table knows no formula.
    pub fn hessian(&self, symbols: &[Symbol]) -> Result<Vec<Vec<Self>>, NoDerivative> {
        Self::hessian_of(&self.gradient(symbols)?, symbols)
    }

    /// The second derivatives of what has these first ones; the lower half is the upper one.
    ///
    /// # Errors
    /// Where the table knows no formula.
    pub fn hessian_of(
        gradient: &[Self],
        symbols: &[Symbol],
    ) -> Result<Vec<Vec<Self>>, NoDerivative> {
        let mut rows = vec![vec![Self::zero(); symbols.len()]; symbols.len()];
        for (i, first) in gradient.iter().enumerate() {
            for (j, second) in first.gradient(&symbols[i..])?.into_iter().enumerate() {
                rows[i][i + j] = second.clone();
                rows[i + j][i] = second;
            }
        }
        Ok(rows)
    }

    /// The n-th derivative in one symbol.
    ///
    /// # Errors
    /// Where the table knows no formula.
    pub fn nth_derivative(&self, symbol: &Symbol, n: usize) -> Result<Self, NoDerivative> {
        (0..n).try_fold(self.clone(), |e, _| e.derivative(symbol))
    }
}
