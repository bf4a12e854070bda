//! Scores over columns: nanoseconds a point on one core.
//! In: a density, a number of points. Out: seconds, and the sums of the columns, which the other programs must find, too.

use crate::clock::processor;
use crate::densities::named;
use bartlett_expr::Symbol;
use bartlett_expr::evaluate::{BLOCK, ColumnWork, CompiledExpr, Results};

/// Seconds of preparation (read, differentiate, compile) and of one pass over the points, and the sum of each column.
///
/// # Panics
/// Where the density is not known.
#[must_use]
pub fn run(name: &str, points: usize) -> (f64, f64, Vec<f64>) {
    let density = named(name);
    let begin = processor();
    let score = density
        .expression()
        .gradient(&density.parameters)
        .expect("it has a gradient");
    // Parameters are numbers here as they are for the others: functions of the datum only.
    let mut variables = vec![Symbol::new("x")];
    variables.extend(density.parameters.iter().cloned());
    let program = CompiledExpr::new(&score, &variables);
    let numbers: Vec<Option<f64>> = variables
        .iter()
        .map(|v| {
            let value = |(name, value): &(Symbol, f64)| (name == v).then_some(*value);
            (v.name() != "x").then(|| density.point.iter().find_map(value).unwrap_or(f64::NAN))
        })
        .collect();
    let evaluation = program.at(&numbers);
    let prepared = processor() - begin;
    let x: Vec<f64> = (0..points).map(at).collect();
    let mut columns = vec![vec![0.0; points]; score.len()];
    let mut work = ColumnWork::default();
    let mut pass = || {
        for (block, rows) in x.chunks(BLOCK).enumerate() {
            let from = block * BLOCK;
            let mut results: Results<'_> = columns
                .iter_mut()
                .map(|column| &mut column[from..from + rows.len()])
                .collect();
            evaluation.fill(&[rows], &mut work, &mut results);
        }
    };
    pass();
    let begin = processor();
    pass();
    let seconds = processor() - begin;
    let sums = columns.iter().map(|c| c.iter().sum()).collect();
    (prepared, seconds, sums)
}

/// The points: spread evenly over (0.05, 4.05), in no order.
fn at(i: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    let i = i as f64;
    0.05 + 4.0 * ((i * 0.618_033_988_749_895) % 1.0)
}
