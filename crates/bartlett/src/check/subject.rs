//! A density and the quantities whose expectations are wanted, compiled once for all points.
//! In: a `Density`, facts, expressions. Out: `Subject`. Never: a law, a kernel, a derivation.

use super::kinks::{Switch, switches};
use super::program::Program;
use super::steady::{lazy_cases, seen_from, split_logarithms, steady_log_gammas, steady_powers};
use crate::model::Density;
use bartlett_expr::{Expr, Facts, Symbol};

/// What is integrated against a density.
pub(super) struct Quantities {
    pub(super) expressions: Vec<Expr>,
    /// Also all products of two of them.
    pub(super) products: bool,
}

/// A density with quantities, ready to be taken to a point.
pub(super) struct Subject {
    pub(super) data: Vec<DatumPlan>,
    /// Every symbol that is no datum, in the order in which points are given to programs.
    pub(super) others: Vec<Symbol>,
    pub(super) log_density: Program,
    pub(super) values: Program,
    /// The same in the distance from an end or a kink of the last datum, exact where x is not.
    pub(super) locals: Vec<Local>,
    pub(super) expressions: usize,
    pub(super) products: bool,
    /// Rough cost of one evaluation, in nanoseconds.
    pub(super) cost: f64,
}

/// Where one datum lives, as programs over the data before it.
pub(super) struct DatumPlan {
    /// Lower end, upper end, then the places of `roots`, then those of `atoms`.
    pub(super) ends: Program,
    /// Step of a discrete support.
    pub(super) step: Option<f64>,
    pub(super) lower_closed: bool,
    pub(super) upper_closed: bool,
    /// Do the ends coincide, so that the datum is a function of those before it?
    pub(super) determined: bool,
    pub(super) roots: usize,
    pub(super) atoms: usize,
    /// Switches that are not linear in the datum, over the data up to it.
    pub(super) searched: Program,
    pub(super) at_integers: Vec<bool>,
    /// Locals above the lower end, below the upper end, and above and below each root.
    pub(super) above_lower: Option<usize>,
    pub(super) below_upper: Option<usize>,
    pub(super) around_roots: Vec<Option<[usize; 2]>>,
    /// For the last datum: log-density and values at each atom.
    pub(super) at_atoms: Vec<Local>,
}

/// Log-density and values with the last datum replaced.
pub(super) struct Local {
    pub(super) log_density: Program,
    pub(super) values: Program,
}

impl Subject {
    pub(super) fn new(density: &Density, facts: &Facts, quantities: &Quantities) -> Self {
        let symbols: Vec<Symbol> = density.data.iter().map(|d| d.symbol.clone()).collect();
        let log_density = steady_powers(&density.log_density, facts, &symbols);
        let log_density = split_logarithms(&log_density, facts);
        let log_density = steady_log_gammas(&log_density, &symbols);
        let outputs: Vec<Expr> = quantities
            .expressions
            .iter()
            .map(|e| lazy_cases(&steady_powers(e, facts, &symbols)))
            .collect();
        let outputs = &outputs[..];
        let others = other_symbols(density, outputs, &symbols);
        let compile = |e: &[Expr]| Program::new(e, &symbols, &others);
        let mut locals = Vec::new();
        let data = (0..symbols.len())
            .map(|k| {
                let last = k + 1 == symbols.len();
                let context = Context {
                    density,
                    facts,
                    log_density: &log_density,
                    outputs,
                    symbols: &symbols,
                    others: &others,
                };
                context.datum(k, last.then_some(&mut locals))
            })
            .collect();
        let log_program = compile(std::slice::from_ref(&log_density));
        let values = compile(outputs);
        Self {
            data,
            cost: log_program.cost + values.cost,
            log_density: log_program,
            values,
            locals,
            expressions: outputs.len(),
            products: quantities.products,
            others,
        }
    }

    /// Number of integrals: mass, expressions, products (upper triangle by rows).
    pub(super) fn width(&self) -> usize {
        let q = self.expressions;
        1 + q + if self.products { q * (q + 1) / 2 } else { 0 }
    }

    /// The number of continuous data that are not determined by others.
    pub(super) fn continuous(&self) -> usize {
        let free = |d: &&DatumPlan| d.step.is_none() && !d.determined;
        self.data.iter().filter(free).count()
    }

    /// The values of the other symbols, in their order; `None` if one is missing.
    pub(super) fn coordinates(&self, point: &[(Symbol, f64)]) -> Option<Vec<f64>> {
        self.others
            .iter()
            .map(|s| point.iter().find(|(name, _)| name == s).map(|(_, v)| *v))
            .collect()
    }
}

/// Every free symbol of a density and of quantities that is no datum.
fn other_symbols(density: &Density, outputs: &[Expr], data: &[Symbol]) -> Vec<Symbol> {
    let mut all = density.log_density.free_symbols();
    for e in outputs {
        all.extend(e.free_symbols());
    }
    for d in &density.data {
        for e in [&d.support.lower.value, &d.support.upper.value]
            .into_iter()
            .chain(&d.atoms)
        {
            all.extend(e.free_symbols());
        }
    }
    all.into_iter().filter(|s| !data.contains(s)).collect()
}

struct Context<'a> {
    density: &'a Density,
    facts: &'a Facts,
    log_density: &'a Expr,
    outputs: &'a [Expr],
    symbols: &'a [Symbol],
    others: &'a [Symbol],
}

impl Context<'_> {
    fn datum(&self, k: usize, locals: Option<&mut Vec<Local>>) -> DatumPlan {
        let datum = &self.density.data[k];
        let support = &datum.support;
        let (lower, upper) = (&support.lower.value, &support.upper.value);
        let determined = lower == upper;
        let found: Vec<Switch> = if determined {
            Vec::new()
        } else {
            let hidden = &self.symbols[k + 1..];
            switches(
                self.log_density,
                self.outputs,
                &datum.symbol,
                hidden,
                self.facts,
            )
        };
        let roots: Vec<Expr> = found
            .iter()
            .filter_map(|s| s.root.clone())
            .filter(|r| r != lower && r != upper)
            .collect();
        let searched: Vec<&Switch> = found.iter().filter(|s| s.root.is_none()).collect();
        let functions: Vec<Expr> = searched.iter().map(|s| s.function.clone()).collect();
        let ends: Vec<Expr> = [lower.clone(), upper.clone()]
            .into_iter()
            .chain(roots.iter().cloned())
            .chain(datum.atoms.iter().cloned())
            .collect();
        let discrete = support.step.is_some();
        let mut plan = DatumPlan {
            ends: Program::new(&ends, &self.symbols[..k], self.others),
            step: support.step.as_ref().map(|s| s.to_f64()),
            lower_closed: support.lower.closed,
            upper_closed: support.upper.closed,
            determined,
            roots: roots.len(),
            atoms: datum.atoms.len(),
            searched: Program::new(&functions, &self.symbols[..=k], self.others),
            at_integers: searched.iter().map(|s| s.at_integers).collect(),
            above_lower: None,
            below_upper: None,
            around_roots: vec![None; roots.len()],
            at_atoms: Vec::new(),
        };
        let Some(locals) = locals else {
            return plan;
        };
        plan.at_atoms = datum
            .atoms
            .iter()
            .map(|atom| self.local(|e| e.replace(&datum.symbol, atom)))
            .collect();
        if discrete || determined {
            return plan;
        }
        let mut seen = |end: &Expr, sign: i64| {
            locals.push(self.local(|e| seen_from(e, &datum.symbol, end, sign)));
            locals.len() - 1
        };
        if needs_distance(lower) {
            plan.above_lower = Some(seen(lower, 1));
        }
        if needs_distance(upper) {
            plan.below_upper = Some(seen(upper, -1));
        }
        for (place, root) in plan.around_roots.iter_mut().zip(&roots) {
            if needs_distance(root) {
                *place = Some([seen(root, 1), seen(root, -1)]);
            }
        }
        plan
    }

    fn local(&self, replace: impl Fn(&Expr) -> Expr) -> Local {
        let outputs: Vec<Expr> = self.outputs.iter().map(&replace).collect();
        Local {
            log_density: Program::new(&[replace(self.log_density)], self.symbols, self.others),
            values: Program::new(&outputs, self.symbols, self.others),
        }
    }
}

/// Near 0 numbers are exact by themselves, near ∞ there is no distance.
fn needs_distance(end: &Expr) -> bool {
    let infinite = !end.may_vary() && end.value_at(&[]).is_infinite();
    !end.is_zero() && !infinite
}
