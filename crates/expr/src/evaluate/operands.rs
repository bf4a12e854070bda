//! What operations read, and which registers that leaves free.
//! In: operations. Out: slots, registers. Never: a value.

use super::columns::Place;
use super::{Operation, Slot, Tape};

/// Values of an output over the rows of a block.
#[derive(Clone, Copy, Debug)]
pub enum Values<'a> {
    /// The same in every row.
    Number(f64),
    /// A number a row.
    Column(&'a [f64]),
}

impl Values<'_> {
    /// The value in a row.
    #[must_use]
    #[inline]
    pub fn at(&self, row: usize) -> f64 {
        match self {
            Self::Number(x) => *x,
            Self::Column(values) => values[row],
        }
    }
}

impl Operation {
    /// The slots that it reads.
    pub(super) fn each_operand(&self, read: &mut dyn FnMut(Slot)) {
        match self {
            Self::Constant(_) | Self::Variable(_) => {}
            Self::Linear(_, terms) => terms.iter().for_each(|(s, _)| read(*s)),
            Self::Product(_, slots) | Self::All(slots) | Self::Any(slots) => {
                slots.iter().for_each(|s| read(*s));
            }
            Self::GammaProduct(_, plain, gammas) => {
                for (whole, power) in plain {
                    read(*whole);
                    if let Some((base, exponent)) = power {
                        base.iter().for_each(|s| read(*s));
                        read(*exponent);
                    }
                }
                for (x, whole, _) in gammas {
                    read(*x);
                    read(*whole);
                }
            }
            Self::IntegerPower(x, _)
            | Self::SquareRoot(x)
            | Self::Exponential(x)
            | Self::ExponentialLessOne(x, _)
            | Self::NormalSurvival(x, _)
            | Self::One(_, x) => read(*x),
            Self::Power(x, y)
            | Self::PowerLessOne(x, y, _)
            | Self::Two(_, x, y)
            | Self::Compare(_, x, y) => {
                read(*x);
                read(*y);
            }
            Self::Select(c, a, b) => {
                read(*c);
                read(*a);
                read(*b);
            }
            Self::Entry(entries, indices) => {
                indices.iter().for_each(|s| read(*s));
                entries.slots().for_each(&mut *read);
            }
            Self::Bound(program) => {
                read(program.lower);
                read(program.upper);
                program.inputs.iter().for_each(|s| read(*s));
            }
        }
    }
}

/// Gives each operation that varies a register that nobody needs any more.
pub(super) fn registers(
    tape: &Tape,
    places: &mut [Place],
    varying: &[Slot],
) -> (Vec<(Slot, u32)>, usize) {
    const KEPT: usize = usize::MAX;
    let mut last = vec![0; tape.operations.len()];
    for (step, slot) in varying.iter().enumerate() {
        tape.operations[*slot as usize].each_operand(&mut |s| last[s as usize] = step);
    }
    for slot in &tape.outputs {
        last[*slot as usize] = KEPT;
    }
    let (mut free, mut count) = (Vec::new(), 0_u32);
    let mut steps = Vec::with_capacity(varying.len());
    for (step, slot) in varying.iter().enumerate() {
        let register = free.pop().unwrap_or_else(|| {
            count += 1;
            count - 1
        });
        places[*slot as usize] = Place::Register(register);
        steps.push((*slot, register));
        let mut done: Vec<Slot> = Vec::new();
        tape.operations[*slot as usize].each_operand(&mut |s| {
            if last[s as usize] == step && !done.contains(&s) {
                done.push(s);
            }
        });
        for s in done {
            if let Place::Register(register) = places[s as usize] {
                free.push(register);
            }
        }
        if last[*slot as usize] == 0 && step > 0 {
            // nobody reads it: it was compiled for an operation that replaced it
            free.push(register);
        }
    }
    (steps, count as usize)
}
