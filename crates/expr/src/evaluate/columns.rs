//! A program over columns: each operation runs over a block of rows before the next one begins.
//! In: expressions, numbers or columns for their variables. Out: columns. Never: an operation of its own; the tape is the program.
//!
//! What is the same in every row is computed once, not once a row. A register is used again as soon as nobody needs what it holds.

use super::block::{Frame, Step};
use super::operands::{Values, registers};
use super::{Operation, Slot, Tape, Workspace};
use crate::{Expr, Symbol};
use bartlett_special as special;
use rayon::prelude::*;

/// Rows that one operation handles before the next one begins: short enough for the fastest memory.
pub const BLOCK: usize = 256;

/// More results than this are written one after the other, not where they are computed: they would drive each other out of the
/// fastest memory.
const STREAMS: usize = 3;

/// Blocks that one thread takes at once.
const BLOCKS_AT_ONCE: usize = 64;

/// Expressions with common parts, compiled to run over columns; `Send + Sync`.
///
/// ```
/// use bartlett_expr::evaluate::{CompiledExpr, Input};
/// use bartlett_expr::{Symbol, formula};
/// let score = CompiledExpr::new(&[formula("(x - mu)/s^2")], &["x", "mu", "s"].map(Symbol::new));
/// let columns = score.columns(&[Input::Column(&[1.0, 2.0, 4.0]), Input::Number(2.0), Input::Number(0.5)]);
/// assert_eq!(columns, [vec![-4.0, 0.0, 8.0]]);
/// ```
pub struct CompiledExpr {
    tape: Tape,
    strict: bool,
}

/// What a variable is given.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// One number for all rows.
    Number(f64),
    /// A number a row.
    Column(&'a [f64]),
}

/// A program at fixed numbers: what is left to do for each row.
pub struct Evaluation<'a> {
    tape: &'a Tape,
    pub(super) strict: bool,
    pub(super) places: Vec<Place>,
    /// The operations that depend on columns, and the register of each.
    steps: Vec<(Slot, u32)>,
    /// For each step the result that it is, where nothing else needs it.
    results: Vec<Option<usize>>,
    /// Values of slots that are the same in every row.
    pub(super) numbers: Vec<f64>,
    registers: usize,
}

/// Where the values of a slot are.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Number,
    Column(usize),
    Register(u32),
}

/// Where the results of a block go.
pub type Results<'r> = smallvec::SmallVec<[&'r mut [f64]; 8]>;

/// Reusable memory of an evaluation over blocks.
#[derive(Default)]
pub struct ColumnWork {
    registers: Vec<Vec<f64>>,
    row: Vec<f64>,
    rows: usize,
}

impl CompiledExpr {
    /// Compiles expressions over variables in that order; a symbol that is not among them evaluates to NaN.
    #[must_use]
    pub fn new(outputs: &[Expr], variables: &[Symbol]) -> Self {
        Self {
            tape: Tape::new(outputs, variables),
            strict: false,
        }
    }

    /// The same, but 0·∞ has no value. Otherwise a factor that vanished wins over one that overflowed, as densities vanish faster than
    /// scores grow; in a log-density that would make up a likelihood where there is none.
    #[must_use]
    pub fn strict(self) -> Self {
        Self {
            strict: true,
            ..self
        }
    }

    /// The number of results.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tape.len()
    }
    /// Has it no results?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tape.is_empty()
    }

    /// The results at one point, in the order of the variables.
    #[must_use]
    pub fn values(&self, point: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; self.tape.len()];
        self.tape
            .evaluate(point, &mut Workspace::default(), &mut out);
        out
    }

    /// Fixes the variables that are the same in every row; `None` marks those that are columns.
    ///
    /// # Panics
    /// Where there is not one entry a variable.
    #[must_use]
    pub fn at(&self, numbers: &[Option<f64>]) -> Evaluation<'_> {
        Evaluation::new(&self.tape, self.strict, numbers)
    }

    /// The results over whole columns, in parallel; a result that is the same in every row is repeated.
    ///
    /// # Panics
    /// Where the columns differ in length or there is not one input a variable.
    #[must_use]
    pub fn columns(&self, inputs: &[Input<'_>]) -> Vec<Vec<f64>> {
        let columns: Vec<&[f64]> = inputs
            .iter()
            .filter_map(|input| match input {
                Input::Column(values) => Some(*values),
                Input::Number(_) => None,
            })
            .collect();
        let rows = columns.first().map_or(1, |column| column.len());
        assert!(
            columns.iter().all(|column| column.len() == rows),
            "columns of one length"
        );
        let numbers: Vec<Option<f64>> = inputs
            .iter()
            .map(|input| match input {
                Input::Number(x) => Some(*x),
                Input::Column(_) => None,
            })
            .collect();
        let evaluation = self.at(&numbers);
        let mut out = vec![vec![0.0; rows]; self.len()];
        let size = BLOCK * BLOCKS_AT_ONCE;
        let mut tasks: Vec<Vec<&mut [f64]>> = Vec::new();
        tasks.resize_with(rows.div_ceil(size), Vec::new);
        for values in &mut out {
            for (task, part) in tasks.iter_mut().zip(values.chunks_mut(size)) {
                task.push(part);
            }
        }
        let run = |(index, mut task): (usize, Vec<&mut [f64]>), work: &mut ColumnWork| {
            let (first, last) = (index * size, rows.min((index + 1) * size));
            for start in (first..last).step_by(BLOCK) {
                let end = last.min(start + BLOCK);
                let parts: Vec<&[f64]> = columns.iter().map(|c| &c[start..end]).collect();
                let mut results: Results<'_> = task
                    .iter_mut()
                    .map(|values| &mut values[start - first..end - first])
                    .collect();
                evaluation.fill(&parts, work, &mut results);
            }
        };
        if tasks.len() < 2 {
            let mut work = ColumnWork::default();
            tasks
                .into_iter()
                .enumerate()
                .for_each(|task| run(task, &mut work));
        } else {
            tasks
                .into_par_iter()
                .enumerate()
                .for_each_init(ColumnWork::default, |work, task| run(task, work));
        }
        out
    }
}

impl Tape {
    /// Fixes the variables that are the same in every row; `None` marks those that are columns.
    ///
    /// # Panics
    /// Where there is not one entry a variable.
    #[must_use]
    pub fn at(&self, numbers: &[Option<f64>]) -> Evaluation<'_> {
        Evaluation::new(self, false, numbers)
    }
}

impl<'a> Evaluation<'a> {
    fn new(tape: &'a Tape, strict: bool, given: &[Option<f64>]) -> Self {
        assert_eq!(given.len(), tape.variables, "an entry a variable");
        let mut column_of = vec![0; given.len()];
        let mut columns = 0;
        for (place, number) in column_of.iter_mut().zip(given) {
            *place = columns;
            columns += usize::from(number.is_none());
        }
        let point: Vec<f64> = given.iter().map(|x| x.unwrap_or(f64::NAN)).collect();
        let operations = &tape.operations;
        let mut places = Vec::with_capacity(operations.len());
        let mut numbers: Vec<f64> = Vec::with_capacity(operations.len());
        let mut varying: Vec<Slot> = Vec::new();
        for (slot, operation) in operations.iter().enumerate() {
            let mut varies = false;
            operation.each_operand(&mut |s| varies |= !matches!(places[s as usize], Place::Number));
            let place = match operation {
                Operation::Variable(i) if given[*i].is_none() => Place::Column(column_of[*i]),
                _ if varies => {
                    varying.push(slot as Slot);
                    Place::Register(0)
                }
                _ => Place::Number,
            };
            numbers.push(match place {
                Place::Number => operation.value(&numbers, &point),
                _ => f64::NAN,
            });
            places.push(place);
        }
        let (steps, registers) = registers(tape, &mut places, &varying);
        let results = results(tape, &steps);
        Self {
            tape,
            strict,
            places,
            steps,
            results,
            numbers,
            registers,
        }
    }

    /// Computes a block of `rows` rows, at most [`BLOCK`]; the columns in the order of the variables that are columns.
    pub fn block(&self, columns: &[&[f64]], rows: usize, work: &mut ColumnWork) {
        self.run(columns, rows, work, &mut []);
    }

    /// Computes a block of rows, at most [`BLOCK`], and writes each result to a slice of its own.
    ///
    /// # Panics
    /// Where there is not one slice a result, all as long as the columns.
    pub fn fill(&self, columns: &[&[f64]], work: &mut ColumnWork, results: &mut [&mut [f64]]) {
        assert_eq!(results.len(), self.tape.outputs.len(), "a slice a result");
        let rows = results.first().map_or(0, |values| values.len());
        let few = results.len() <= STREAMS;
        self.run(
            columns,
            rows,
            work,
            if few { &mut *results } else { &mut [] },
        );
        for (k, values) in results.iter_mut().enumerate() {
            if !(few && self.results.contains(&Some(k))) {
                match self.output(k, columns, work) {
                    Values::Number(x) => values.fill(x),
                    Values::Column(column) => values.copy_from_slice(column),
                }
            }
        }
    }

    fn run(
        &self,
        columns: &[&[f64]],
        rows: usize,
        work: &mut ColumnWork,
        results: &mut [&mut [f64]],
    ) {
        debug_assert!(rows <= BLOCK);
        if work.registers.len() < self.registers {
            work.registers.resize_with(self.registers, Vec::new);
        }
        for register in &mut work.registers[..self.registers] {
            if register.len() < rows {
                register.resize(rows, 0.0);
            }
        }
        work.row.clear();
        work.rows = rows;
        for ((slot, register), result) in self.steps.iter().zip(&self.results) {
            let mut values = std::mem::take(&mut work.registers[*register as usize]);
            let (registers, row) = (&work.registers, &mut work.row);
            let frame = Frame {
                evaluation: self,
                columns,
                registers,
                rows,
            };
            let out = match result.and_then(|k| results.get_mut(k)) {
                Some(result) => &mut result[..rows],
                None => &mut values[..rows],
            };
            special::with_widest_vectors(Step {
                frame,
                operation: &self.tape.operations[*slot as usize],
                slot: *slot,
                out,
                row,
            });
            work.registers[*register as usize] = values;
        }
    }

    /// A result over the block that was computed last, with the same columns.
    #[must_use]
    pub fn output<'w>(
        &self,
        index: usize,
        columns: &[&'w [f64]],
        work: &'w ColumnWork,
    ) -> Values<'w> {
        let slot = self.tape.outputs[index] as usize;
        match self.places[slot] {
            Place::Number => Values::Number(self.numbers[slot]),
            Place::Column(k) => Values::Column(columns[k]),
            Place::Register(r) => Values::Column(&work.registers[r as usize][..work.rows]),
        }
    }

    /// The result, if it is the same in every row.
    #[must_use]
    pub fn number(&self, index: usize) -> Option<f64> {
        let slot = self.tape.outputs[index] as usize;
        matches!(self.places[slot], Place::Number).then(|| self.numbers[slot])
    }
}

/// For each step the result that it is, where it is one only and no operation reads it.
fn results(tape: &Tape, steps: &[(Slot, u32)]) -> Vec<Option<usize>> {
    let mut read = vec![false; tape.operations.len()];
    for (slot, _) in steps {
        tape.operations[*slot as usize].each_operand(&mut |s| read[s as usize] = true);
    }
    let result = |slot: Slot| {
        let mut places = (0..tape.outputs.len()).filter(|k| tape.outputs[*k] == slot);
        let first = places.next()?;
        (places.next().is_none() && !read[slot as usize]).then_some(first)
    };
    steps.iter().map(|(slot, _)| result(*slot)).collect()
}
