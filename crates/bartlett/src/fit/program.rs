//! The log-density of a row and its derivatives, compiled once, and their sums over all rows.
//! In: a `Plan`'s expressions, rows, a point. Out: sums. Never: a sum whose value depends on the number of threads.

use super::predictor::Reduced;
use super::rows::Rows;
use super::sums::{Compensated, add_scaled, dot, sum, times};
use crate::symmetric::{Symmetric, pairs};
use bartlett_expr::evaluate::{BLOCK, ColumnWork, CompiledExpr, Evaluation, Values};
use bartlett_expr::{Expr, NoDerivative, Symbol};
use rayon::prelude::*;

/// Chunks that are summed in parallel before they are added in their order, and numbers that their sums may hold together.
const CHUNKS_AT_ONCE: usize = 64;
const NUMBERS_AT_ONCE: usize = 1 << 21;

/// What is summed over the rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// The log-likelihood.
    Value,
    /// Also the score.
    Score,
    /// Also score, Hessian, expected information and outer products.
    All,
}

/// Compiled row functions.
pub(super) struct Program {
    pub(super) columns: usize,
    pub(super) parameters: usize,
    core: usize,
    predictors: Vec<bool>,
    /// The core symbol of each parameter.
    pub(super) enters: Vec<usize>,
    /// ∂core/∂parameter, over the columns.
    design: CompiledExpr,
    /// log-density, guards
    value: CompiledExpr,
    /// log-density, guards, core score, core Hessian, core information
    all: CompiledExpr,
    guards: usize,
    /// Is there a formula for the expected information?
    pub(super) expected: bool,
}

/// Sums over rows at a point.
#[derive(Clone, Debug)]
pub(super) struct Totals {
    /// −∞ where a row has no density.
    pub(super) log_likelihood: f64,
    pub(super) score: Vec<f64>,
    /// Σ ∂²ℓ
    pub(super) hessian: Symmetric,
    /// Σ s sᵀ
    pub(super) outer: Symmetric,
    /// Σ I, NaN where there is no formula.
    pub(super) expected: Symmetric,
    /// The first row without a density.
    pub(super) impossible: Option<u64>,
}

/// What the derivatives of one block are, before they are summed.
pub(super) struct Block<'b> {
    pub(super) rows: usize,
    /// ∂core/∂parameter
    pub(super) design: Vec<Values<'b>>,
    /// Core score.
    pub(super) score: Vec<Values<'b>>,
    /// Core Hessian, upper half by rows.
    pub(super) hessian: Vec<Values<'b>>,
    /// Core information, upper half by rows; empty where there is no formula.
    pub(super) expected: Vec<Values<'b>>,
    /// The log-density.
    pub(super) value: Values<'b>,
    /// Predictors, as columns; empty for direct parameters.
    pub(super) core: &'b [Vec<f64>],
}

/// Memory of one thread.
#[derive(Default)]
pub(super) struct Work {
    design: ColumnWork,
    row: ColumnWork,
    core: Vec<Vec<f64>>,
    scratch: Vec<Vec<f64>>,
    buffer: Vec<f64>,
}

/// A program at a point.
pub(super) struct AtPoint<'p> {
    program: &'p Program,
    design: Evaluation<'p>,
    row: Evaluation<'p>,
    point: Vec<f64>,
    want: Want,
}

impl Program {
    pub(super) fn new(
        reduced: &Reduced,
        columns: &[Symbol],
        guards: &[Expr],
        expected: Option<&[Vec<Expr>]>,
    ) -> Result<Self, NoDerivative> {
        let core: Vec<Symbol> = reduced.core.iter().map(|c| c.symbol.clone()).collect();
        let log_density = Expr::sum(reduced.log_densities.iter().cloned());
        let score = log_density.gradient(&core)?;
        let hessian = log_density.hessian(&core)?;
        let mut value = vec![log_density];
        value.extend(guards.iter().cloned());
        let mut all = value.clone();
        all.extend(score);
        let m = core.len();
        all.extend(pairs(m).map(|(i, j)| hessian[i][j].clone()));
        if let Some(expected) = expected {
            all.extend(pairs(m).map(|(i, j)| expected[i][j].clone()));
        }
        let variables: Vec<Symbol> = columns.iter().chain(&core).cloned().collect();
        let design: Vec<Expr> = reduced.enters.iter().map(|(_, e)| e.clone()).collect();
        Ok(Self {
            columns: columns.len(),
            parameters: reduced.enters.len(),
            core: m,
            predictors: reduced.core.iter().map(|c| c.predictor).collect(),
            enters: reduced.enters.iter().map(|(i, _)| *i).collect(),
            design: CompiledExpr::new(&design, columns),
            value: CompiledExpr::new(&value, &variables).strict(),
            all: CompiledExpr::new(&all, &variables).strict(),
            guards: guards.len(),
            expected: expected.is_some(),
        })
    }

    /// What the variables of a row function are at a point: nothing for columns and predictors.
    pub(super) fn numbers(&self, theta: &[f64]) -> Vec<Option<f64>> {
        let mut numbers: Vec<Option<f64>> = vec![None; self.columns];
        for (core, predictor) in self.predictors.iter().enumerate() {
            let own = self.enters.iter().position(|i| *i == core);
            numbers.push(if *predictor {
                None
            } else {
                own.map(|j| theta[j])
            });
        }
        numbers
    }

    pub(super) fn at(&self, theta: &[f64], want: Want) -> AtPoint<'_> {
        let numbers = self.numbers(theta);
        let compiled = match want {
            Want::Value => &self.value,
            Want::Score | Want::All => &self.all,
        };
        AtPoint {
            program: self,
            design: self.design.at(&vec![None; self.columns]),
            row: compiled.at(&numbers),
            point: theta.to_vec(),
            want,
        }
    }

    /// Does the coefficient of a parameter have the same value in every row, and which?
    pub(super) fn constant_coefficient(&self, parameter: usize) -> Option<f64> {
        self.design.at(&vec![None; self.columns]).number(parameter)
    }

    pub(super) fn is_predictor(&self, core: usize) -> bool {
        self.predictors[core]
    }

    /// The number of sums.
    fn width(&self, want: Want) -> usize {
        let p = self.parameters;
        match want {
            Want::Value => 1,
            Want::Score => 1 + p,
            Want::All => 1 + p + 3 * (p * (p + 1) / 2),
        }
    }

    /// Sums over all rows at a point.
    ///
    /// # Errors
    /// Where rows cannot be read.
    pub(super) fn totals(
        &self,
        rows: &dyn Rows,
        theta: &[f64],
        want: Want,
    ) -> Result<Totals, String> {
        let at = self.at(theta, want);
        let width = self.width(want);
        let mut sums = Compensated::new(width);
        let mut impossible = None;
        each_chunk(
            rows,
            width,
            &|start, columns: &[&[f64]], work: &mut Work| {
                let mut sums = vec![0.0; width];
                let mut bad = None;
                at.blocks(columns, work, &mut |first, block, scratch| {
                    if bad.is_none() {
                        bad = block.impossible().map(|row| start + (first + row) as u64);
                    }
                    if bad.is_none() {
                        self.add(block, want, scratch, &mut sums);
                    }
                });
                (sums, bad)
            },
            &mut |(part, bad)| {
                if let Some(row) = bad {
                    impossible = Some(row);
                    return false;
                }
                sums.add(&part);
                true
            },
        )?;
        let p = self.parameters;
        let half = p * (p + 1) / 2;
        let sums = sums.values();
        let piece = |at: usize| {
            let upper = sums.get(1 + p + at * half..1 + p + (at + 1) * half);
            Symmetric::new(
                p,
                upper.map_or_else(|| vec![f64::NAN; half], <[f64]>::to_vec),
            )
        };
        Ok(Totals {
            log_likelihood: if impossible.is_some() || !sums[0].is_finite() {
                f64::NEG_INFINITY
            } else {
                sums[0]
            },
            score: sums.get(1..=p).map_or_else(Vec::new, <[f64]>::to_vec),
            hessian: piece(0),
            outer: piece(1),
            expected: match want {
                Want::All if !self.expected => Symmetric::new(p, vec![f64::NAN; half]),
                _ => piece(2),
            },
            impossible,
        })
    }

    /// Adds the sums of a block: log-likelihood, score, Hessian, outer products, information.
    fn add(&self, block: &Block<'_>, want: Want, scratch: &mut Vec<Vec<f64>>, sums: &mut [f64]) {
        let (p, m, n) = (self.parameters, self.core, block.rows);
        sums[0] += sum(block.value, n);
        if want == Want::Value {
            return;
        }
        scratch.resize_with(p + m, || vec![0.0; BLOCK]);
        let (scores, weights) = scratch.split_at_mut(p);
        let mut own: Vec<Values<'_>> = Vec::with_capacity(p);
        for (j, memory) in scores.iter_mut().enumerate() {
            own.push(times(
                block.score[self.enters[j]],
                block.design[j],
                n,
                memory,
            ));
        }
        let half = p * (p + 1) / 2;
        for (j, s) in own.iter().enumerate() {
            sums[1 + j] += sum(*s, n);
        }
        if want == Want::Score {
            return;
        }
        for (k, (i, j)) in pairs(p).enumerate() {
            sums[1 + p + half + k] += dot(own[i], own[j], n);
        }
        for (matrix, offset) in [(&block.hessian, 0), (&block.expected, 2 * half)] {
            if matrix.is_empty() {
                continue;
            }
            let mut k = 1 + p + offset;
            for i in 0..p {
                let row: Vec<Values<'_>> = weights
                    .iter_mut()
                    .enumerate()
                    .map(|(q, memory)| {
                        times(
                            matrix[packed(m, self.enters[i], q)],
                            block.design[i],
                            n,
                            memory,
                        )
                    })
                    .collect();
                for j in i..p {
                    sums[k] += dot(row[self.enters[j]], block.design[j], n);
                    k += 1;
                }
            }
        }
    }
}

impl AtPoint<'_> {
    pub(super) fn program(&self) -> &Program {
        self.program
    }

    /// Evaluates block by block: the first row of the block, its values, and scratch memory.
    pub(super) fn blocks(
        &self,
        columns: &[&[f64]],
        work: &mut Work,
        each: &mut dyn FnMut(usize, &Block<'_>, &mut Vec<Vec<f64>>),
    ) {
        let program = self.program;
        let rows = columns.first().map_or(0, |c| c.len());
        work.core.resize_with(program.core, Vec::new);
        for start in (0..rows).step_by(BLOCK) {
            let end = rows.min(start + BLOCK);
            let n = end - start;
            let parts: Vec<&[f64]> = columns.iter().map(|c| &c[start..end]).collect();
            self.design.block(&parts, n, &mut work.design);
            let design: Vec<Values<'_>> = (0..program.parameters)
                .map(|j| self.design.output(j, &parts, &work.design))
                .collect();
            for (q, predictor) in program.predictors.iter().enumerate() {
                if *predictor {
                    work.core[q].clear();
                    work.core[q].resize(n, 0.0);
                }
            }
            for (j, q) in program.enters.iter().enumerate() {
                if program.predictors[*q] {
                    add_scaled(&mut work.core[*q], design[j], self.point[j]);
                }
            }
            let mut inputs = parts.clone();
            for (q, predictor) in program.predictors.iter().enumerate() {
                if *predictor {
                    inputs.push(&work.core[q]);
                }
            }
            self.row.block(&inputs, n, &mut work.row);
            let mut next = 0;
            let mut take = |count: usize| -> Vec<Values<'_>> {
                next += count;
                (next - count..next)
                    .map(|k| self.row.output(k, &inputs, &work.row))
                    .collect()
            };
            let m = program.core;
            let value = take(1)[0];
            let guards = take(program.guards);
            let (mut score, mut hessian, mut expected) = (Vec::new(), Vec::new(), Vec::new());
            if self.want != Want::Value {
                score = take(m);
                hessian = take(m * (m + 1) / 2);
                if program.expected {
                    expected = take(m * (m + 1) / 2);
                }
            }
            let mut value = value;
            let nothing = [f64::NEG_INFINITY; BLOCK];
            if guards.iter().any(|g| failing(*g, n).is_some()) {
                value = Values::Column(&nothing);
            }
            let block = Block {
                rows: n,
                design,
                score,
                hessian,
                expected,
                value,
                core: &work.core,
            };
            each(start, &block, &mut work.scratch);
        }
    }
}

impl Block<'_> {
    /// The first row without a finite log-density or derivative.
    fn impossible(&self) -> Option<usize> {
        let finite = |values: &Values<'_>| match values {
            Values::Number(x) => (!x.is_finite()).then_some(0),
            Values::Column(column) => {
                let column = &column[..self.rows];
                if column.iter().fold(true, |all, x| all & x.is_finite()) {
                    None
                } else {
                    column.iter().position(|x| !x.is_finite())
                }
            }
        };
        finite(&self.value).or_else(|| self.score.iter().find_map(finite))
    }
}

/// Visits every chunk in parallel and hands the results on in their order, until one is refused; `width` says how many numbers a result holds.
///
/// # Errors
/// Where rows cannot be read.
pub(super) fn each_chunk<T: Send>(
    rows: &dyn Rows,
    width: usize,
    work: &(dyn Fn(u64, &[&[f64]], &mut Work) -> T + Sync),
    take: &mut dyn FnMut(T) -> bool,
) -> Result<(), String> {
    let (total, chunk) = (rows.rows(), rows.chunk());
    let chunks = total.div_ceil(chunk as u64);
    let one = |memory: &mut Work, index: u64| -> Result<T, String> {
        let start = index * chunk as u64;
        let length = (total - start).min(chunk as u64) as usize;
        let mut buffer = std::mem::take(&mut memory.buffer);
        let found = rows
            .read(start, length, &mut buffer)
            .map(|columns| work(start, &columns, memory));
        memory.buffer = buffer;
        found
    };
    let at_once = (NUMBERS_AT_ONCE / width.max(1)).clamp(1, CHUNKS_AT_ONCE);
    let mut memory = Work::default();
    for group in (0..chunks).step_by(at_once) {
        let end = chunks.min(group + at_once as u64);
        if end - group == 1 {
            if !take(one(&mut memory, group)?) {
                return Ok(());
            }
            continue;
        }
        let parts: Vec<Result<T, String>> = (group..end)
            .into_par_iter()
            .map_init(Work::default, |memory, index| one(memory, index))
            .collect();
        for part in parts {
            if !take(part?) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The same where a chunk gives a list: each item is handed on, until one is refused.
///
/// # Errors
/// Where rows cannot be read, or why an item was refused.
pub(super) fn each_item<T: Send>(
    rows: &dyn Rows,
    width: usize,
    work: &(dyn Fn(u64, &[&[f64]], &mut Work) -> Vec<T> + Sync),
    each: &mut dyn FnMut(T) -> Result<(), String>,
) -> Result<(), String> {
    let mut taken = Ok(());
    each_chunk(rows, width, work, &mut |items| {
        taken = items.into_iter().try_for_each(&mut *each);
        taken.is_ok()
    })?;
    taken
}

/// The place of (i, j) in the upper half by rows.
pub(super) fn packed(size: usize, i: usize, j: usize) -> usize {
    let (i, j) = (i.min(j), i.max(j));
    i * size - i * (i + 1) / 2 + j
}

/// The first row that is below 0 or no number.
fn failing(values: Values<'_>, rows: usize) -> Option<usize> {
    (0..rows).find(|i| !(values.at(*i) >= 0.0))
}
