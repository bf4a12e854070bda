//! Fitting a chart to a row of the moment tables, and reading moments off its normalizer.
//! In: `Chart`, `Kernel`. Out: `Fit`, moments with their conditions. Never: a family's name; a moment that is not a shift or derivative of Z.

use super::chart::{Chart, prepared};
use super::collect::{Term, terms};
use super::path::infinite;
use bartlett_expr::{Constant, Expr, Facts, Kind, Symbol, Truth, formula, normal, topological};
use bartlett_laws::{Found, KERNELS, Kernel};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::Arc;

/// A chart whose log-density is constant + base(y) + Σ cⱼ bⱼ(y).
#[derive(Debug)]
pub(crate) struct Fit {
    pub chart: Arc<Chart>,
    pub kernel: &'static Kernel,
    /// c, in the order of the basis.
    pub coefficients: Vec<Expr>,
    /// The part free of the variable.
    pub constant: Expr,
    /// log h(y), the constants of the row put in.
    pub base: Expr,
    /// log Z and the constants of the row put in, in symbols c1, c2, ….
    pub log_normalizer: Expr,
    /// The functions of the row, its constants put in.
    pub basis: Vec<Expr>,
    /// Bell polynomials of the derivatives of log Z, by order of differentiation.
    derivatives: RefCell<FxHashMap<Vec<u32>, Option<Expr>>>,
}

/// E[…] of one product of atoms, with what must be positive for it to exist.
pub(crate) struct Moment {
    /// As the normalizer gives it.
    pub raw: Expr,
    /// Under the facts.
    pub value: Expr,
    pub positive: Vec<Expr>,
}

fn symbols(kernel: &Kernel) -> Vec<Symbol> {
    (1..=kernel.basis.len())
        .map(|j| Symbol::new(&format!("c{j}")))
        .collect()
}

impl Fit {
    /// The first kernel that the chart fits.
    pub(crate) fn find(chart: &Chart) -> Option<Self> {
        KERNELS
            .iter()
            .copied()
            .flatten()
            .find_map(|kernel| Self::try_kernel(chart, kernel))
    }

    fn try_kernel(chart: &Chart, kernel: &'static Kernel) -> Option<Self> {
        if kernel.over.integers != chart.domain.is_discrete() {
            return None;
        }
        if chart.domain.step.as_ref().is_some_and(|s| !s.is_one()) {
            return None;
        }
        let y = Expr::symbol(chart.variable.name());
        let mut constants: FxHashMap<Expr, Expr> = FxHashMap::default();
        constants.insert(Expr::symbol("y"), y.clone());
        for constant in kernel.constants {
            let value = match constant.found {
                Found::LowerEnd => finite(&chart.domain.lower.value)?,
                Found::UpperEnd => finite(&chart.domain.upper.value)?,
                Found::BesideIn(function) => beside(&chart.log_density, function, &y)?,
                // Those are constants of definite integrals only.
                Found::InFactor(_) | Found::CoefficientOf(_) => return None,
            };
            constants.insert(Expr::symbol(constant.name), value);
        }
        let read = |text: &str| formula(text).substitute(&constants);
        let same = |a: &Expr, b: &Expr| {
            a == b
                || (infinite(a).is_none()
                    && infinite(b).is_none()
                    && normal::is_zero(&chart.facts, &(a - b)) == Truth::Yes)
        };
        if !same(&chart.domain.lower.value, &read(kernel.over.lower))
            || !same(&chart.domain.upper.value, &read(kernel.over.upper))
        {
            return None;
        }
        let basis: Vec<Expr> = kernel.basis.iter().map(|b| read(b)).collect();
        let base = read(kernel.base);
        let rest = if base.is_zero() {
            chart.log_density.clone()
        } else {
            prepared(&chart.facts, &(&chart.log_density - &base))
        };
        let mut coefficients = vec![Expr::zero(); basis.len()];
        let mut constant = Expr::zero();
        for term in terms(&rest, &chart.variable, &[])? {
            let shape = term.shape();
            if shape.is_one() {
                constant = constant + term.coefficient;
            } else {
                let j = basis.iter().position(|b| *b == shape)?;
                coefficients[j] = &coefficients[j] + term.coefficient;
            }
        }
        let log_normalizer = read(kernel.log_normalizer);
        let fit = Self {
            chart: Arc::new(chart.clone()),
            kernel,
            coefficients,
            constant,
            base,
            log_normalizer,
            basis,
            derivatives: RefCell::default(),
        };
        // A condition that is refuted means that the integral diverges; one that is not proved is left to the judge.
        let refuted = fit
            .conditions(&fit.coefficients)
            .iter()
            .any(|c| fit.facts().is_positive(c) == Truth::No);
        (!refuted).then_some(fit)
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.chart.facts
    }

    fn at(&self, formula: &Expr, coefficients: &[Expr]) -> Expr {
        formula.substitute(
            &symbols(self.kernel)
                .iter()
                .map(|s| Expr::symbol(s.name()))
                .zip(coefficients.iter().cloned())
                .collect(),
        )
    }

    fn conditions(&self, coefficients: &[Expr]) -> Vec<Expr> {
        self.kernel
            .positive
            .iter()
            .map(|text| self.at(&formula(text), coefficients))
            .collect()
    }

    /// What must be positive for the mass to be finite.
    pub(crate) fn existence(&self) -> Vec<Expr> {
        self.conditions(&self.coefficients)
    }

    /// log of the mass that the density has on the chart's domain; 0 where Z is not known at c itself.
    pub(crate) fn log_mass(&self) -> Expr {
        let value = &self.constant + self.log_normalizer_at(&self.coefficients);
        if is_undefined(&value) {
            Expr::zero()
        } else {
            value
        }
    }

    /// Has Z a value at c itself?
    pub(crate) fn knows_its_mass(&self) -> bool {
        !is_undefined(&self.log_normalizer_at(&self.coefficients))
    }

    /// log Z(c).
    pub(crate) fn log_normalizer_at(&self, coefficients: &[Expr]) -> Expr {
        self.at(&self.log_normalizer, coefficients)
    }

    /// (∂^k Z)/Z as a formula in c1, c2, ….
    fn bell(&self, order: &[u32]) -> Option<Expr> {
        if order.iter().all(|k| *k == 0) {
            return Some(Expr::one());
        }
        if let Some(known) = self.derivatives.borrow().get(order) {
            return known.clone();
        }
        let value = (|| {
            let j = order.iter().position(|k| *k > 0)?;
            let mut lower = order.to_vec();
            lower[j] -= 1;
            let below = self.bell(&lower)?;
            let c = &symbols(self.kernel)[j];
            Some(below.derivative(c).ok()? + below * self.log_normalizer.derivative(c).ok()?)
        })();
        self.derivatives
            .borrow_mut()
            .insert(order.to_vec(), value.clone());
        value
    }

    /// Sums that may stand in denominators of integrands: 1 + y where log(1 + y) is in the basis.
    fn elements(&self) -> Vec<Expr> {
        let inside = self
            .basis
            .iter()
            .filter_map(|b| b.as_call_of("log").map(|a| a[0].clone()));
        inside
            .filter(|e| matches!(e.kind(), Kind::Add(..)))
            .collect()
    }

    /// A function of the datum as terms in the variable of the chart.
    pub(crate) fn terms(&self, g: &Expr, datum: &Symbol) -> Option<Vec<Term>> {
        let here = prepared(self.facts(), &g.replace(datum, &self.chart.datum));
        terms(&here, &self.chart.variable, &self.elements())
    }

    /// E[Π atom^power] under the normalized density, by a shift and a derivative of Z.
    pub(crate) fn moment(&self, powers: &[(Expr, i64)]) -> Option<Moment> {
        let m = self.basis.len();
        let mut shift = vec![Expr::zero(); m];
        let mut order = vec![0_u32; m];
        for (atom, power) in powers {
            self.place(atom, *power, &mut shift, &mut order)?;
        }
        let moved: Vec<Expr> = self
            .coefficients
            .iter()
            .zip(&shift)
            .map(|(c, d)| c + d)
            .collect();
        if shift.iter().all(Expr::is_zero) && order.iter().all(|k| *k == 0) {
            return Some(Moment {
                raw: Expr::one(),
                value: Expr::one(),
                positive: Vec::new(),
            });
        }
        let own = self.log_normalizer_at(&self.coefficients);
        let ratio = if shift.iter().all(Expr::is_zero) && !is_undefined(&own) {
            Expr::one()
        } else if is_undefined(&own) {
            // Z has a removable singularity here; the density is normalized, so that 1/Z(c) is its constant.
            (self.log_normalizer_at(&moved) + &self.constant).exp()
        } else {
            (self.log_normalizer_at(&moved) - own).exp()
        };
        let raw = ratio * self.at(&self.bell(&order)?, &moved);
        let value = self.facts().refine(&raw);
        if is_undefined(&value) {
            return None;
        }
        let positive = self.conditions(&moved);
        Some(Moment {
            raw,
            value,
            positive,
        })
    }

    /// Says which coefficient an atom shifts, or which derivative it asks for.
    fn place(&self, atom: &Expr, power: i64, shift: &mut [Expr], order: &mut [u32]) -> Option<()> {
        let mut raise = |j: usize, by: Expr| {
            shift[j] = &shift[j] + by;
            Some(())
        };
        let (base, exponent) = atom.as_power();
        for (j, b) in self.basis.iter().enumerate() {
            if let Some([inside]) = b.as_call_of("log")
                && base == *inside
                && !exponent.contains(&self.chart.variable)
            {
                return raise(j, exponent * power);
            }
        }
        for (j, b) in self.basis.iter().enumerate() {
            if atom == b {
                order[j] += u32::try_from(power).ok()?;
                return Some(());
            }
            // y^6 where y² is in the basis
            if let (Kind::Power(inner, k), true) = (b.kind(), power > 0)
                && *inner == *atom
                && let Some(k) = k.as_integer()
                && k > 0
                && power % k == 0
                && !self.basis.contains(atom)
            {
                order[j] += u32::try_from(power / k).ok()?;
                return Some(());
            }
        }
        if exponent.contains(&self.chart.variable) && !base.contains(&self.chart.variable) {
            // base^(a·b_1 + …) shifts by a·log base.
            for term in terms(&exponent, &self.chart.variable, &[])? {
                let shape = term.shape();
                let j = self.basis.iter().position(|b| *b == shape)?;
                raise(j, term.coefficient * power * base.log())?;
            }
            return Some(());
        }
        None
    }
}

fn is_undefined(e: &Expr) -> bool {
    e.is_constant(Constant::Undefined)
}

fn finite(e: &Expr) -> Option<Expr> {
    infinite(e).is_none().then(|| e.clone())
}

/// The r of `function(y + r)` where r is not a plain number.
fn beside(e: &Expr, function: &str, y: &Expr) -> Option<Expr> {
    topological(std::slice::from_ref(e))
        .iter()
        .find_map(|node| {
            let [argument] = node.as_call_of(function)? else {
                return None;
            };
            let rest = argument - y;
            let symbol = y.as_symbol()?;
            (argument.contains(symbol) && !rest.contains(symbol) && !rest.is_one()).then_some(rest)
        })
}
