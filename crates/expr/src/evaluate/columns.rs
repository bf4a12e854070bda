//! A program over columns: each operation runs over a block of rows before the next one begins.
//! In: expressions, numbers or columns for their variables. Out: columns. Never: an operation of its own; the tape is the program.
//!
//! What is the same in every row is computed once, not once a row. A register is used again as soon as nobody needs what it holds.

use super::operands::{Values, registers};
use super::{Operation, Slot, Tape, Workspace, compare, product, truth};
use crate::{Expr, Symbol};
use bartlett_special as special;
use rayon::prelude::*;

/// Rows that one operation handles before the next one begins: short enough for the fastest memory.
pub const BLOCK: usize = 256;

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
    strict: bool,
    places: Vec<Place>,
    /// The operations that depend on columns, and the register of each.
    steps: Vec<(Slot, u32)>,
    /// Values of slots that are the same in every row.
    numbers: Vec<f64>,
    registers: usize,
}

/// Where the values of a slot are.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Number,
    Column(usize),
    Register(u32),
}

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
                evaluation.block(&parts, end - start, work);
                for (k, values) in task.iter_mut().enumerate() {
                    let part = &mut values[start - first..end - first];
                    match evaluation.output(k, &parts, work) {
                        Values::Number(x) => part.fill(x),
                        Values::Column(column) => part.copy_from_slice(column),
                    }
                }
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
        Self {
            tape,
            strict,
            places,
            steps,
            numbers,
            registers,
        }
    }

    /// Computes a block of `rows` rows, at most [`BLOCK`]; the columns in the order of the variables that are columns.
    pub fn block(&self, columns: &[&[f64]], rows: usize, work: &mut ColumnWork) {
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
        for (slot, register) in &self.steps {
            let mut values = std::mem::take(&mut work.registers[*register as usize]);
            let (registers, row) = (&work.registers, &mut work.row);
            let frame = Frame {
                evaluation: self,
                columns,
                registers,
                rows,
            };
            special::with_widest_vectors(Step {
                frame,
                operation: &self.tape.operations[*slot as usize],
                slot: *slot,
                out: &mut values[..rows],
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

/// One operation over one block.
struct Frame<'f> {
    evaluation: &'f Evaluation<'f>,
    columns: &'f [&'f [f64]],
    registers: &'f [Vec<f64>],
    rows: usize,
}

/// One operation of a frame, to be done with the widest vectors.
struct Step<'f, 'o> {
    frame: Frame<'f>,
    operation: &'f Operation,
    slot: Slot,
    out: &'o mut [f64],
    row: &'o mut Vec<f64>,
}

impl special::OverColumns for Step<'_, '_> {
    #[inline(always)]
    fn run(self) {
        self.frame
            .run(self.operation, self.slot, self.out, self.row);
    }
}

impl<'f> Frame<'f> {
    #[inline(always)]
    fn operand(&self, slot: Slot) -> Values<'f> {
        match self.evaluation.places[slot as usize] {
            Place::Number => Values::Number(self.evaluation.numbers[slot as usize]),
            Place::Column(k) => Values::Column(&self.columns[k][..self.rows]),
            Place::Register(r) => Values::Column(&self.registers[r as usize][..self.rows]),
        }
    }

    #[inline(always)]
    fn run(&self, operation: &Operation, slot: Slot, out: &mut [f64], row: &mut Vec<f64>) {
        match operation {
            Operation::Linear(constant, terms) => self.linear(*constant, terms, out),
            Operation::Product(c, factors) => self.product(*c, factors, out),
            Operation::IntegerPower(b, n) if n.unsigned_abs() <= 64 => {
                self.integer_power(*b, *n, out);
            }
            Operation::Power(b, e) => self.two(*b, *e, out, f64::powf),
            Operation::SquareRoot(b) => self.one(*b, out, f64::sqrt),
            Operation::Exponential(x) => self.column(*x, out, special::exp_column),
            Operation::One(f, x) => match f.column {
                Some(column) => self.column(*x, out, column),
                None => self.one(*x, out, f.value),
            },
            Operation::Two(f, x, y) => self.two(*x, *y, out, f),
            Operation::Compare(r, a, b) => {
                self.two(*a, *b, out, |a, b| truth(compare(*r, a, b)));
            }
            Operation::Select(c, a, b) => {
                let (c, a, b) = (self.operand(*c), self.operand(*a), self.operand(*b));
                for (i, out) in out.iter_mut().enumerate() {
                    *out = if c.at(i) == 0.0 { b.at(i) } else { a.at(i) };
                }
            }
            _ => self.row_by_row(operation, slot, out, row),
        }
    }

    /// An operation with no loop of its own.
    fn row_by_row(&self, operation: &Operation, slot: Slot, out: &mut [f64], row: &mut Vec<f64>) {
        if row.is_empty() {
            row.extend_from_slice(&self.evaluation.numbers);
        }
        let mut operands: Vec<(usize, Values<'_>)> = Vec::new();
        operation.each_operand(&mut |s| operands.push((s as usize, self.operand(s))));
        for (i, out) in out.iter_mut().enumerate() {
            for (s, values) in &operands {
                row[*s] = values.at(i);
            }
            *out = operation.value(&row[..slot as usize], &[]);
        }
    }

    #[inline(always)]
    fn one(&self, x: Slot, out: &mut [f64], f: impl Fn(f64) -> f64) {
        match self.operand(x) {
            Values::Number(x) => out.fill(f(x)),
            Values::Column(values) => {
                for (out, x) in out.iter_mut().zip(values) {
                    *out = f(*x);
                }
            }
        }
    }

    fn column(&self, x: Slot, out: &mut [f64], f: fn(&[f64], &mut [f64])) {
        if let Values::Column(values) = self.operand(x) {
            f(values, out);
        }
    }

    #[inline(always)]
    fn two(&self, x: Slot, y: Slot, out: &mut [f64], f: impl Fn(f64, f64) -> f64) {
        match (self.operand(x), self.operand(y)) {
            (Values::Column(x), Values::Column(y)) => {
                for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
                    *out = f(*x, *y);
                }
            }
            (Values::Column(x), Values::Number(y)) => {
                for (out, x) in out.iter_mut().zip(x) {
                    *out = f(*x, y);
                }
            }
            (Values::Number(x), Values::Column(y)) => {
                for (out, y) in out.iter_mut().zip(y) {
                    *out = f(x, *y);
                }
            }
            (Values::Number(x), Values::Number(y)) => out.fill(f(x, y)),
        }
    }

    #[inline(always)]
    fn linear(&self, constant: f64, terms: &[(Slot, f64)], out: &mut [f64]) {
        let mut start = constant;
        let mut columns: smallvec::SmallVec<[(&[f64], f64); 8]> = smallvec::SmallVec::new();
        for (s, c) in terms {
            match self.operand(*s) {
                Values::Number(x) => start += x * c,
                Values::Column(values) => columns.push((values, *c)),
            }
        }
        let mut rest = &columns[..];
        match rest {
            [(x, c), (y, d), more @ ..] => {
                for ((out, x), y) in out.iter_mut().zip(*x).zip(*y) {
                    *out = start + x * c + y * d;
                }
                rest = more;
            }
            [(x, c)] => {
                for (out, x) in out.iter_mut().zip(*x) {
                    *out = start + x * c;
                }
                rest = &[];
            }
            [] => out.fill(start),
        }
        for (x, c) in rest {
            for (out, x) in out.iter_mut().zip(*x) {
                *out += x * c;
            }
        }
    }

    #[inline(always)]
    fn product(&self, coefficient: f64, factors: &[Slot], out: &mut [f64]) {
        let mut start = coefficient;
        let mut columns: smallvec::SmallVec<[&[f64]; 8]> = smallvec::SmallVec::new();
        for s in factors {
            match self.operand(*s) {
                Values::Number(x) => start *= x,
                Values::Column(values) => columns.push(values),
            }
        }
        let mut rest = &columns[..];
        match rest {
            [x, y, more @ ..] => {
                for ((out, x), y) in out.iter_mut().zip(*x).zip(*y) {
                    *out = start * x * y;
                }
                rest = more;
            }
            [x] => {
                for (out, x) in out.iter_mut().zip(*x) {
                    *out = start * x;
                }
                rest = &[];
            }
            [] => out.fill(start),
        }
        for x in rest {
            for (out, x) in out.iter_mut().zip(*x) {
                *out *= x;
            }
        }
        // a vanished factor wins over one that overflowed
        if !self.evaluation.strict && out.iter().fold(false, |any, x| any | x.is_nan()) {
            let mut values: Vec<f64> = vec![0.0; factors.len()];
            let slots: Vec<Slot> = (0..factors.len()).map(|i| i as Slot).collect();
            for (i, out) in out.iter_mut().enumerate().filter(|(_, out)| out.is_nan()) {
                for (value, s) in values.iter_mut().zip(factors) {
                    *value = self.operand(*s).at(i);
                }
                *out = product(coefficient, &slots, &values);
            }
        }
    }

    #[inline(always)]
    fn integer_power(&self, base: Slot, n: i32, out: &mut [f64]) {
        match n {
            2 => self.one(base, out, |x| x * x),
            -1 => self.one(base, out, |x| 1.0 / x),
            -2 => self.one(base, out, |x| 1.0 / (x * x)),
            3 => self.one(base, out, |x| x * (x * x)),
            _ => self.one(base, out, |x| x.powi(n)),
        }
    }
}
