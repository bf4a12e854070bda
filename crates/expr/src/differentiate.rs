//! Derivatives from the function table.
//! In: expressions and symbols. Out: derivatives, exact and shared. Never: a function known by name, a partial that is guessed.

use crate::collect::{FLATTENED, Factors, Gathered, Product};
use crate::construct::WHOLE;
use crate::expr::{Binder, Expr, Kind};
use crate::traverse::topological;
use crate::varying::Varying;
use crate::{Number, Symbol};
use rustc_hash::FxHashMap;
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

/// ∂(node)/∂(part) for each direct part, in the order of `children`. `begin` gives the place of a part and what the derivative in it is
/// multiplied by, or `None` where it is not wanted; `take` gets the place and the product.
fn partials(
    node: &Expr,
    begin: &dyn Fn(&Expr) -> Option<(usize, Gathered)>,
    take: &mut dyn FnMut(usize, Gathered),
) -> Result<(), NoDerivative> {
    match node.kind() {
        Kind::Add(_, terms) => {
            for (part, coefficient) in terms {
                if let Some((at, mut product)) = begin(part) {
                    product.multiply(coefficient);
                    take(at, product);
                }
            }
        }
        Kind::Mul(coefficient, factors) => {
            for (place, factor) in factors.iter().enumerate() {
                let Some((at, mut product)) = begin(factor) else {
                    continue;
                };
                if factors.len() > WHOLE {
                    product.note(node.without_factor(place));
                } else {
                    product.multiply(coefficient);
                    product.reserve(factors.len() - 1);
                    let others = factors.iter().enumerate().filter(|(i, _)| *i != place);
                    others.for_each(|(_, other)| product.push(other.clone()));
                }
                take(at, product);
            }
        }
        Kind::Power(base, exponent) => {
            if let Some((at, mut product)) = begin(base) {
                let lower = match exponent.as_number() {
                    Some(n) => Expr::number(n - &Number::ONE),
                    None => exponent - 1,
                };
                product.note(exponent.clone());
                product.note(base.power(&lower));
                take(at, product);
            }
            if let Some((at, mut product)) = begin(exponent) {
                product.note(node.clone());
                product.note(base.log());
                take(at, product);
            }
        }
        Kind::Call(function, arguments) => {
            for (i, argument) in arguments.iter().enumerate() {
                if let Some((at, mut product)) = begin(argument) {
                    let partial = function.partial(i, arguments).ok_or_else(|| NoDerivative {
                        function: function.name().to_owned(),
                        argument: i + 1,
                    })?;
                    product.note(partial);
                    take(at, product);
                }
            }
        }
        Kind::If(condition, then, otherwise) => {
            for (branch, inside) in [(then, true), (otherwise, false)] {
                if let Some((at, mut product)) = begin(branch) {
                    let (a, b) = if inside { (1, 0) } else { (0, 1) };
                    product.note(Expr::cases(condition.clone(), a.into(), b.into()));
                    take(at, product);
                }
            }
        }
        _ => {}
    }
    Ok(())
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

/// What was found so far of the derivatives in the nodes: for each a list of products, in the order in which they came.
#[derive(Default)]
struct Adjoints {
    /// First and last link of each list, from 1; 0 where it is empty.
    ends: SmallVec<[(u32, u32); 64]>,
    links: SmallVec<[(Product, u32); 32]>,
    /// The first of the links that are free again.
    free: u32,
}

impl Adjoints {
    fn reset(&mut self, nodes: usize) {
        self.ends.clear();
        self.ends.resize(nodes, (0, 0));
        self.links.clear();
        self.free = 0;
    }

    fn push(&mut self, node: usize, product: Product) {
        let link = if self.free == 0 {
            self.links.push((product, 0));
            u32::try_from(self.links.len()).unwrap_or(u32::MAX)
        } else {
            let place = self.free as usize - 1;
            let reused = std::mem::replace(&mut self.links[place], (product, 0));
            std::mem::replace(&mut self.free, reused.1)
        };
        let (first, last) = &mut self.ends[node];
        match *last {
            0 => *first = link,
            last => self.links[last as usize - 1].1 = link,
        }
        *last = link;
    }

    /// What came.
    fn drain(&mut self, node: usize) -> impl Iterator<Item = Product> {
        let mut next = std::mem::take(&mut self.ends[node]).0;
        std::iter::from_fn(move || {
            let (product, after) = self.links.get_mut((next as usize).checked_sub(1)?)?;
            let link = std::mem::replace(&mut next, *after);
            *after = std::mem::replace(&mut self.free, link);
            Some(std::mem::replace(product, (Number::ZERO, Factors::new())))
        })
    }

    /// The sum of what came; `None` where nothing did.
    fn take(&mut self, node: usize) -> Option<Product> {
        let mut parts = self.drain(node);
        let first = parts.next()?;
        Some(match parts.next() {
            None => first,
            Some(second) => {
                let all = [first, second].into_iter().chain(parts);
                Expr::sum_of_wholes(all).into_product()
            }
        })
    }
}

/// A reverse sweep, with its work space.
struct Sweep<'e> {
    nodes: Varying<'e>,
    /// Of the nodes, then of the symbols.
    adjoints: Adjoints,
}

impl<'e> Sweep<'e> {
    fn new() -> Self {
        Self {
            nodes: Varying::new(),
            adjoints: Adjoints::default(),
        }
    }

    fn gradient(&mut self, root: &'e Expr, symbols: &[Symbol]) -> Result<Vec<Expr>, NoDerivative> {
        self.nodes.find_in(root, symbols);
        let (nodes, adjoints) = (&self.nodes, &mut self.adjoints);
        let leaves = nodes.order.len();
        adjoints.reset(leaves + symbols.len());
        if let Some(last) = leaves.checked_sub(1) {
            adjoints.push(last, (Number::ONE, Factors::new()));
        }
        for (place, &node) in nodes.order.iter().enumerate().rev() {
            // Weights grow by a factor a level: a long one stays whole, so that a deep nest costs as much a level as a shallow one.
            let Some(mut weight) = adjoints.take(place) else {
                continue;
            };
            match node.kind() {
                Kind::Symbol(s) => {
                    for (i, _) in symbols.iter().enumerate().filter(|(_, t)| *t == s) {
                        adjoints.push(leaves + i, weight.clone());
                    }
                }
                Kind::Add(_, terms) => {
                    // The terms share their weight.
                    let shared = match weight.1.len() {
                        0 | 1 => weight.1.pop(),
                        _ => Some(Expr::mul_canonical(Number::ONE, weight.1)),
                    };
                    for (part, coefficient) in terms {
                        if let Some(place) = nodes.place(part) {
                            let mut factors = Factors::new();
                            factors.extend(shared.clone());
                            adjoints.push(place, (&weight.0 * coefficient, factors));
                        }
                    }
                }
                Kind::Bound(..) => {
                    let weight = Expr::of_product(weight);
                    for (i, s) in symbols.iter().enumerate() {
                        if node.may_contain(s) {
                            let product = &weight * of_binder(node, s)?;
                            adjoints.push(leaves + i, product.into_product());
                        }
                    }
                }
                _ => {
                    let wanted = |part: &Expr| {
                        let place = nodes.place(part)?;
                        Some((place, Gathered::from(&weight, WHOLE)))
                    };
                    partials(node, &wanted, &mut |place, product| {
                        adjoints.push(place, product.finish());
                    })?;
                }
            }
        }
        Ok((0..symbols.len())
            .map(|i| Expr::sum_of_products(adjoints.drain(leaves + i)))
            .collect())
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
                    let mut parts: SmallVec<[Product; 2]> = SmallVec::new();
                    let begin = |part: &Self| {
                        let inner = memo.get(part).filter(|inner| !inner.is_zero())?;
                        Some((0, Gathered::from(&inner.clone().into_product(), FLATTENED)))
                    };
                    partials(&node, &begin, &mut |_, product| {
                        parts.push(product.finish());
                    })?;
                    Self::sum_of_products(parts)
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
        Sweep::new().gradient(self, symbols)
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
        let mut sweep = Sweep::new();
        for (i, first) in gradient.iter().enumerate() {
            for (j, second) in sweep
                .gradient(first, &symbols[i..])?
                .into_iter()
                .enumerate()
            {
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
