//! Which of many functions a function depends on linearly, decided modulo a prime before anything symbolic is solved.
//! In: functions of the data. Out: the few of them that are needed. Never: a proof; the symbolic solution is that.

use bartlett_expr::normal::Ring;
use bartlett_expr::polynomial::{Generator, RationalFunction};
use bartlett_expr::{Expr, Symbol};

/// 2^61 − 1
const PRIME: u64 = 2_305_843_009_213_693_951;

fn times(a: u64, b: u64) -> u64 {
    u64::try_from(u128::from(a) * u128::from(b) % u128::from(PRIME)).unwrap_or(0)
}

fn plus(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

fn minus(a: u64, b: u64) -> u64 {
    (a + PRIME - b) % PRIME
}

fn inverse(a: u64) -> u64 {
    let (mut base, mut exponent, mut value) = (a, PRIME - 2, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            value = times(value, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    value
}

/// A fixed sequence of residues: two runs agree.
fn residue(seed: u64) -> u64 {
    let mut z = seed
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(0xD1B5_4A32_D192_ED03);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % (PRIME - 2) + 1
}

/// A sine or cosine, and a number that both of one argument share.
#[derive(Clone, Copy)]
enum Turn {
    Sine(usize),
    Cosine(usize),
}

impl Turn {
    fn of(atom: &Expr, atoms: &[&Expr]) -> Option<Self> {
        let shared = |x: &Expr| {
            let cosine = Expr::function("cos", [x.clone()]);
            atoms
                .iter()
                .position(|a| **a == cosine)
                .unwrap_or(atoms.len())
        };
        if let Some([x]) = atom.as_call_of("sin") {
            return Some(Self::Sine(shared(x)));
        }
        let [x] = atom.as_call_of("cos")? else {
            return None;
        };
        Some(Self::Cosine(shared(x)))
    }
}

/// Generators that hold data vary with the place; sine and cosine of one argument lie on the circle.
fn generator(g: usize, place: usize, holds: &[bool], turn: Option<Turn>) -> u64 {
    let at = |i: usize| {
        let place = if holds[g] { place as u64 + 1 } else { 0 };
        residue((i as u64).wrapping_mul(1_000_003).wrapping_add(place))
    };
    let Some(turn) = turn else { return at(g) };
    let (Turn::Sine(shared) | Turn::Cosine(shared)) = turn;
    let t = at(shared);
    let square = times(t, t);
    let bottom = inverse(plus(1, square));
    match turn {
        Turn::Sine(_) => times(times(2, t), bottom),
        Turn::Cosine(_) => times(minus(1, square), bottom),
    }
}

/// Functions as vectors of their values at places modulo a prime.
pub(crate) struct Sampled {
    values: Vec<RationalFunction>,
    /// Values of the generators, by place.
    points: Vec<Vec<u64>>,
    basis: Vec<Row>,
}

/// A vector with a leading 1 at its pivot, and the combination of columns that it is.
struct Row {
    pivot: usize,
    vector: Vec<u64>,
    combination: Vec<(usize, u64)>,
}

impl Sampled {
    /// Functions over one ring; `None` where one is too large.
    pub(crate) fn new(functions: &[Expr], data: &[Symbol], places: usize) -> Option<Self> {
        let mut ring = Ring::of(functions);
        let values = functions
            .iter()
            .map(|e| ring.convert(e).ok())
            .collect::<Option<Vec<_>>>()?;
        let atoms: Vec<&Expr> = ring.atoms().map(|(_, atom)| atom).collect();
        let holds: Vec<bool> = atoms.iter().map(|a| a.contains_any(data)).collect();
        let turns: Vec<Option<Turn>> = atoms.iter().map(|a| Turn::of(a, &atoms)).collect();
        let points = (0..places)
            .map(|place| {
                (0..atoms.len())
                    .map(|g| generator(g, place, &holds, turns[g]))
                    .collect()
            })
            .collect();
        Some(Self {
            values,
            points,
            basis: Vec::new(),
        })
    }

    fn vector(&self, k: usize) -> Option<Vec<u64>> {
        self.points
            .iter()
            .map(|point| {
                let at = |g: Generator| point.get(g.0 as usize).copied().unwrap_or(1);
                let top = self.values[k].numerator().evaluate_modulo(PRIME, at)?;
                let bottom = self.values[k].denominator().evaluate_modulo(PRIME, at)?;
                (bottom != 0).then(|| times(top, inverse(bottom)))
            })
            .collect()
    }

    fn reduced(&self, mut vector: Vec<u64>) -> (Vec<u64>, Vec<(usize, u64)>) {
        let mut used: Vec<(usize, u64)> = Vec::new();
        for row in &self.basis {
            let factor = vector[row.pivot];
            if factor == 0 {
                continue;
            }
            for (value, other) in vector.iter_mut().zip(&row.vector) {
                *value = minus(*value, times(factor, *other));
            }
            for (column, coefficient) in &row.combination {
                let add = times(factor, *coefficient);
                match used.iter_mut().find(|(c, _)| c == column) {
                    Some((_, value)) => *value = plus(*value, add),
                    None => used.push((*column, add)),
                }
            }
        }
        (vector, used)
    }

    /// Adds a function to those that may be used, unless they give it already.
    pub(crate) fn admit(&mut self, k: usize) {
        let Some(vector) = self.vector(k) else { return };
        let (mut vector, used) = self.reduced(vector);
        let Some(pivot) = vector.iter().position(|v| *v != 0) else {
            return;
        };
        let unit = inverse(vector[pivot]);
        for value in &mut vector {
            *value = times(*value, unit);
        }
        let mut combination = vec![(k, unit)];
        combination.extend(used.iter().map(|(c, v)| (*c, times(unit, minus(0, *v)))));
        for row in &mut self.basis {
            let factor = row.vector[pivot];
            if factor == 0 {
                continue;
            }
            for (value, other) in row.vector.iter_mut().zip(&vector) {
                *value = minus(*value, times(factor, *other));
            }
            for (column, coefficient) in &combination {
                let by = times(factor, *coefficient);
                match row.combination.iter_mut().find(|(c, _)| c == column) {
                    Some((_, value)) => *value = minus(*value, by),
                    None => row.combination.push((*column, minus(0, by))),
                }
            }
        }
        self.basis.push(Row {
            pivot,
            vector,
            combination,
        });
    }

    /// The admitted functions of which function k is a combination, if it is one.
    pub(crate) fn needed(&self, k: usize) -> Option<Vec<usize>> {
        let (vector, used) = self.reduced(self.vector(k)?);
        if vector.iter().any(|v| *v != 0) {
            return None;
        }
        let mut columns: Vec<usize> = used
            .iter()
            .filter(|(_, v)| *v != 0)
            .map(|(c, _)| *c)
            .collect();
        columns.sort_unstable();
        Some(columns)
    }
}
