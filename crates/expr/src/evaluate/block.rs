//! One operation over one block of rows.
//! In: an operation, columns and registers. Out: its values. Never: an order of rows that changes a value.

use super::columns::{Evaluation, Place};
use super::operands::Values;
use super::{Operation, Slot, compare, product, truth};
use bartlett_special as special;

/// One operation over one block.
pub(super) struct Frame<'f> {
    pub(super) evaluation: &'f Evaluation<'f>,
    pub(super) columns: &'f [&'f [f64]],
    pub(super) registers: &'f [Vec<f64>],
    pub(super) rows: usize,
}

/// One operation of a frame, to be done with the widest vectors.
pub(super) struct Step<'f, 'o> {
    pub(super) frame: Frame<'f>,
    pub(super) operation: &'f Operation,
    pub(super) slot: Slot,
    pub(super) out: &'o mut [f64],
    pub(super) row: &'o mut Vec<f64>,
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
            [(x, c), (y, d), (z, e), more @ ..] => {
                for (((out, x), y), z) in out.iter_mut().zip(*x).zip(*y).zip(*z) {
                    *out = start + x * c + y * d + z * e;
                }
                rest = more;
            }
            [(x, c), (y, d)] => {
                for ((out, x), y) in out.iter_mut().zip(*x).zip(*y) {
                    *out = start + x * c + y * d;
                }
                rest = &[];
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
        // seen on the way: another pass over the block would cost as much as a factor
        let mut undefined = false;
        let mut rest = &columns[..];
        match rest {
            [x, y, z, more @ ..] => {
                for (((out, x), y), z) in out.iter_mut().zip(*x).zip(*y).zip(*z) {
                    let value = start * x * y * z;
                    undefined |= value.is_nan();
                    *out = value;
                }
                rest = more;
            }
            [x, y] => {
                for ((out, x), y) in out.iter_mut().zip(*x).zip(*y) {
                    let value = start * x * y;
                    undefined |= value.is_nan();
                    *out = value;
                }
                rest = &[];
            }
            [x] => {
                for (out, x) in out.iter_mut().zip(*x) {
                    let value = start * x;
                    undefined |= value.is_nan();
                    *out = value;
                }
                rest = &[];
            }
            [] => {
                undefined = start.is_nan();
                out.fill(start);
            }
        }
        for x in rest {
            for (out, x) in out.iter_mut().zip(*x) {
                let value = *out * x;
                undefined |= value.is_nan();
                *out = value;
            }
        }
        // a vanished factor wins over one that overflowed
        if undefined && !self.evaluation.strict {
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
