//! How an estimate moves with a number of the data: a covariate or an observation of one row.
//! In: a `Plan`, names of columns. Out: for each row the derivative of its score by each of them. Never: an inverse, a second fit.
//!
//! At the estimate Σ s(θ̂; row) = 0, so ∂θ̂/∂x = A⁻¹ ∂s/∂x with A = −ΣH, which is −H⁻¹∇ₓ∇_θL for the loss L = −ℓ (Koh & Liang 2017,
//! section 2.2). With s = U s₀ the derivative is U u + Σⱼ s₀ ∂dⱼ/∂x eⱼ, where u = ∂s₀/∂x + h₀ ∂η/∂x and dⱼ is the coefficient of a parameter.

use super::plan::Plan;
use super::program::{Block, Program, packed};
use crate::reading::Refusal;
use bartlett_expr::evaluate::{ColumnWork, CompiledExpr, Evaluation};
use bartlett_expr::{Expr, Symbol};

/// Columns whose changes are followed, with the derivatives that this takes.
pub struct Inputs {
    names: Vec<Symbol>,
    /// ∂²ℓ/∂core∂input, input by input.
    cross: CompiledExpr,
    /// ∂coefficient/∂input where it is not 0.
    slopes: CompiledExpr,
    /// Input and parameter of each slope.
    slope_of: Vec<(usize, usize)>,
}

/// What a unit of an input moves, to first order.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// ∂θ̂/∂x; empty for very many parameters.
    pub estimates: Vec<f64>,
    /// ∂L(test)/∂x, where a loss is watched.
    pub loss: Option<f64>,
}

impl Inputs {
    /// The names of the columns, in their order.
    #[must_use]
    pub fn names(&self) -> &[Symbol] {
        &self.names
    }
}

impl Plan {
    /// Prepares to follow changes of columns.
    ///
    /// # Errors
    /// Where one is no column of the model, takes separate values only, or the log-density has no derivative by it.
    pub fn inputs(&self, names: &[Symbol]) -> Result<Inputs, Refusal> {
        let refused = |name: &Symbol, why: String| Refusal {
            what: format!("a change of `{name}` cannot be followed"),
            why: vec![why],
        };
        let core: Vec<Symbol> = (self.reduced.core.iter())
            .map(|c| c.symbol.clone())
            .collect();
        let log_density = Expr::sum(self.reduced.log_densities.iter().cloned());
        let none = |name: &Symbol| refused(name, "the log-density has no derivative by it".into());
        let (mut cross, mut slopes, mut slope_of) = (Vec::new(), Vec::new(), Vec::new());
        for (k, name) in names.iter().enumerate() {
            if !self.columns().contains(name) {
                let columns: Vec<String> =
                    self.columns().iter().map(|c| format!("`{c}`")).collect();
                let why = format!("the model has the columns {}", columns.join(", "));
                return Err(refused(name, why));
            }
            let stepped = (self.model.data())
                .any(|d| d.symbol == *name && (d.support.step.is_some() || !d.atoms.is_empty()));
            if stepped {
                let why = "it takes separate values, and a derivative needs a continuous one";
                return Err(refused(name, why.to_owned()));
            }
            let slope = log_density.derivative(name).map_err(|_| none(name))?;
            cross.extend(slope.gradient(&core).map_err(|_| none(name))?);
            for (j, (_, coefficient)) in self.reduced.enters.iter().enumerate() {
                let slope = coefficient.derivative(name).map_err(|_| none(name))?;
                if !slope.is_zero() {
                    slopes.push(slope);
                    slope_of.push((k, j));
                }
            }
        }
        let variables: Vec<Symbol> = self.columns().iter().chain(&core).cloned().collect();
        Ok(Inputs {
            names: names.to_vec(),
            cross: CompiledExpr::new(&cross, &variables),
            slopes: CompiledExpr::new(&slopes, self.columns()),
            slope_of,
        })
    }
}

/// The derivative of the score of a row by an input: Σ u·(coefficients of a core symbol) + single entries.
pub(super) struct Slope {
    /// For each core symbol.
    pub(super) core: Vec<f64>,
    /// Parameter and entry.
    pub(super) single: Vec<(usize, f64)>,
}

/// Inputs at a point.
pub(super) struct InputsAt<'p> {
    inputs: &'p Inputs,
    program: &'p Program,
    theta: &'p [f64],
    cross: Evaluation<'p>,
    slopes: Evaluation<'p>,
}

impl<'p> InputsAt<'p> {
    pub(super) fn new(inputs: &'p Inputs, program: &'p Program, theta: &'p [f64]) -> Self {
        Self {
            inputs,
            program,
            theta,
            cross: inputs.cross.at(&program.numbers(theta)),
            slopes: inputs.slopes.at(&vec![None; program.columns]),
        }
    }

    /// For each row of a block, which begins at row `first` of the columns, the slope of each input.
    pub(super) fn block(
        &self,
        columns: &[&[f64]],
        first: usize,
        block: &Block<'_>,
    ) -> Vec<Vec<Slope>> {
        let (n, m) = (block.rows, block.score.len());
        let parts: Vec<&[f64]> = columns.iter().map(|c| &c[first..first + n]).collect();
        let mut work = ColumnWork::default();
        self.slopes.block(&parts, n, &mut work);
        let mut slopes: Vec<Vec<f64>> = vec![Vec::new(); n];
        for k in 0..self.inputs.slope_of.len() {
            let values = self.slopes.output(k, &parts, &work);
            for (row, slopes) in slopes.iter_mut().enumerate() {
                slopes.push(values.at(row));
            }
        }
        let mut variables = parts;
        for (q, column) in block.core.iter().enumerate() {
            if self.program.is_predictor(q) {
                variables.push(column);
            }
        }
        self.cross.block(&variables, n, &mut work);
        let mut out: Vec<Vec<Slope>> = Vec::with_capacity(n);
        for (row, slopes) in slopes.iter().enumerate() {
            let mut of_row = Vec::with_capacity(self.inputs.names.len());
            for k in 0..self.inputs.names.len() {
                let mut core: Vec<f64> = (0..m)
                    .map(|q| self.cross.output(k * m + q, &variables, &work).at(row))
                    .collect();
                let mut single = Vec::new();
                let mut shift = vec![0.0; m];
                for (slope, (input, j)) in slopes.iter().zip(&self.inputs.slope_of) {
                    if *input == k {
                        let q = self.program.enters[*j];
                        single.push((*j, block.score[q].at(row) * slope));
                        shift[q] += slope * self.theta[*j];
                    }
                }
                for (q, out) in core.iter_mut().enumerate() {
                    for (r, shift) in shift.iter().enumerate().filter(|(_, shift)| **shift != 0.0) {
                        *out += block.hessian[packed(m, q, r)].at(row) * shift;
                    }
                }
                of_row.push(Slope { core, single });
            }
            out.push(of_row);
        }
        out
    }
}
