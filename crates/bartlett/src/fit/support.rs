//! Where the numbers of a column must lie.
//! In: a `Model`, columns. Out: the first number that is outside. Never: a bound that depends on an estimate.

use crate::model::Model;
use bartlett_expr::evaluate::{BLOCK, ColumnWork, CompiledExpr};
use bartlett_expr::{Domain, Expr, Symbol};

/// Tests of columns against the supports of the data and the domains of other symbols.
pub struct Supports {
    tests: Vec<SupportTest>,
}

/// A number in a column where the model has no probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Misfit {
    /// The row, in the columns that were tested.
    pub row: usize,
    /// The index of the column.
    pub column: usize,
    /// Where the number should be, in words.
    pub support: String,
}

struct SupportTest {
    column: usize,
    lower_closed: bool,
    upper_closed: bool,
    step: Option<f64>,
    words: String,
    /// lower end, upper end, atoms
    ends: CompiledExpr,
}

impl Supports {
    /// The tests of every datum, known symbol and parameter that is a column.
    #[must_use]
    pub fn of(model: &Model, columns: &[Symbol]) -> Self {
        Self {
            tests: tests(model, columns),
        }
    }

    /// The first number that lies outside its support.
    #[must_use]
    pub fn misfit(&self, columns: &[&[f64]]) -> Option<Misfit> {
        self.tests
            .iter()
            .filter_map(|test| test.misfit(columns))
            .min_by_key(|misfit| (misfit.row, misfit.column))
    }
}

fn tests(model: &Model, columns: &[Symbol]) -> Vec<SupportTest> {
    let mut out: Vec<SupportTest> = Vec::new();
    let data = model.data().map(|d| (&d.symbol, &d.support, &d.atoms[..]));
    let known = model
        .known
        .iter()
        .chain(&model.parameters)
        .filter_map(|s| model.facts.domain(s).map(|domain| (s, domain, &[][..])));
    for (symbol, support, atoms) in data.chain(known) {
        let Some(column) = columns.iter().position(|s| s == symbol) else {
            continue;
        };
        let mut ends = vec![support.lower.value.clone(), support.upper.value.clone()];
        ends.extend_from_slice(atoms);
        let unknown = |e: &Expr| e.free_symbols().iter().any(|s| !columns.contains(s));
        if atoms.iter().any(unknown) {
            continue;
        }
        // an end that is not known from the row is no end here
        for (end, infinite) in ends.iter_mut().zip([-Expr::infinity(), Expr::infinity()]) {
            if unknown(end) {
                *end = infinite;
            }
        }
        let words = words(symbol, support, atoms);
        out.push(SupportTest {
            column,
            lower_closed: support.lower.closed,
            upper_closed: support.upper.closed,
            step: support.step.as_ref().map(|s| s.to_f64()),
            words,
            ends: CompiledExpr::new(&ends, columns),
        });
    }
    out
}

fn words(symbol: &Symbol, support: &Domain, atoms: &[Expr]) -> String {
    let (lower, upper) = (support.lower.value.unicode(), support.upper.value.unicode());
    let mut text = if support.is_discrete() {
        let step = support.step.as_ref().map_or(1.0, |s| s.to_f64());
        if step == 1.0 {
            format!("a whole number from {lower} to {upper}")
        } else {
            format!("{lower}, then every {step} to {upper}")
        }
    } else {
        let (open, close) = (
            if support.lower.closed { '[' } else { '(' },
            if support.upper.closed { ']' } else { ')' },
        );
        format!("in {open}{lower}, {upper}{close}")
    };
    for atom in atoms {
        text.push_str(&format!(" or {}", atom.unicode()));
    }
    format!("{} must be {text}", Expr::symbol(symbol.name()).unicode())
}

impl SupportTest {
    fn misfit(&self, columns: &[&[f64]]) -> Option<Misfit> {
        let inputs = vec![None; columns.len()];
        let evaluation = self.ends.at(&inputs);
        let mut work = ColumnWork::default();
        let rows = columns.first().map_or(0, |c| c.len());
        for start in (0..rows).step_by(BLOCK) {
            let end = rows.min(start + BLOCK);
            let parts: Vec<&[f64]> = columns.iter().map(|c| &c[start..end]).collect();
            evaluation.block(&parts, end - start, &mut work);
            let outputs: Vec<_> = (0..self.ends.len())
                .map(|k| evaluation.output(k, &parts, &work))
                .collect();
            for i in 0..end - start {
                let x = parts[self.column][i];
                let (lower, upper) = (outputs[0].at(i), outputs[1].at(i));
                let below = x < lower || (x == lower && !self.lower_closed);
                let above = x > upper || (x == upper && !self.upper_closed);
                let between = self.step.is_some_and(|step| {
                    let steps = if lower.is_finite() {
                        (x - lower) / step
                    } else {
                        x / step
                    };
                    (steps - steps.round()).abs() > 1e-9
                });
                if (below || above || between) && !outputs[2..].iter().any(|atom| atom.at(i) == x) {
                    return Some(Misfit {
                        row: start + i,
                        column: self.column,
                        support: self.words.clone(),
                    });
                }
            }
        }
        None
    }
}
