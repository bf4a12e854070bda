//! `bartlett eval --table`: numbers at every row of a table.
//! In: `EvalOptions`, a `Report`. Out: a line or an object a row. Never: a row that was not tested before the first is written.

use super::eval::{Trouble, closed_entries, quantity};
use crate::answer::{Answer, Exit};
use crate::arguments::{EvalOptions, OutputFormat, Quantity};
use crate::draw;
use crate::formats::{Shape, Values, finite, quoted, values};
use crate::table::{self, Request, Table};
use bartlett::fit::{Rows, Supports};
use bartlett::report::Report;
use bartlett::{Expr, Model, Symbol};
use bartlett_expr::evaluate::{CompiledExpr, Input};
use std::io::Write;
use std::path::Path;

/// Rows that are evaluated before they are written.
const ROWS: usize = 8192;

/// One quantity: compiled where every entry is a formula.
struct Asked {
    what: Quantity,
    name: &'static str,
    /// Rows and columns of it; one row for a vector.
    shape: (usize, usize),
    compiled: Option<CompiledExpr>,
}

/// Answers for every row.
pub(super) fn answer(options: &EvalOptions, model: &Model, report: &Report, path: &Path) -> Answer {
    let columns = wanted(options, model, report);
    let supports = Supports::of(model, &columns);
    let request = Request {
        names: &columns,
        drop_missing: false,
        misfit: &|columns| supports.misfit(columns),
    };
    let table = match table::read(path, &request) {
        Ok(table) => table,
        Err(mistake) => {
            return Answer::refused(draw::message(&mistake.what, mistake.mend.as_deref()));
        }
    };
    let asked: Vec<Asked> = options
        .what
        .iter()
        .map(|what| Asked::new(*what, report, &columns))
        .collect();
    // the whole table must have numbers before the first is written
    let mut sink = std::io::sink();
    if let Err(problem) = written(options, report, &columns, &table, &asked, &mut sink) {
        return Answer::refused(problem);
    }
    let mut out = std::io::BufWriter::with_capacity(1 << 18, std::io::stdout().lock());
    match written(options, report, &columns, &table, &asked, &mut out) {
        Ok(()) => Answer::default(),
        Err(problem) => Answer::default().and(&problem, Exit::Refused),
    }
}

/// Parameters, known symbols, and data where the quantities hold data.
fn wanted(options: &EvalOptions, model: &Model, report: &Report) -> Vec<Symbol> {
    let mut columns = model.parameters.clone();
    columns.extend(model.known.iter().cloned());
    let score = report.score.iter();
    let hessian = report.hessian.iter().flatten();
    let with_data: Vec<&Expr> = options
        .what
        .iter()
        .flat_map(|what| -> Vec<&Expr> {
            match what {
                Quantity::Score => score.clone().collect(),
                Quantity::Hessian => hessian.clone().collect(),
                _ => Vec::new(),
            }
        })
        .collect();
    for datum in model.data() {
        let name = std::slice::from_ref(&datum.symbol);
        if with_data.iter().any(|e| e.contains_any(name)) && !columns.contains(&datum.symbol) {
            columns.push(datum.symbol.clone());
        }
    }
    columns
}

impl Asked {
    fn new(what: Quantity, report: &Report, columns: &[Symbol]) -> Self {
        let p = report.model.parameters.len();
        let (name, shape) = match what {
            Quantity::Score => ("score", (1, p)),
            Quantity::Hessian => ("hessian", (p, p)),
            Quantity::Fisher => ("fisher", (p, p)),
            Quantity::Crb => ("crb", (p, p)),
        };
        Self {
            what,
            name,
            shape,
            compiled: closed_entries(what, report)
                .map(|entries| CompiledExpr::new(&entries, columns)),
        }
    }

    fn shape_of(&self, numbers: &[f64]) -> Shape {
        match self.what {
            Quantity::Score => Shape::Vector(numbers.to_vec()),
            _ => Shape::Matrix(numbers.chunks(self.shape.1).map(<[f64]>::to_vec).collect()),
        }
    }
}

/// Writes every row, or says which has no number.
fn written(
    options: &EvalOptions,
    report: &Report,
    columns: &[Symbol],
    table: &Table,
    asked: &[Asked],
    out: &mut dyn Write,
) -> Result<(), String> {
    let format = options.input.format;
    let lost = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::BrokenPipe => String::new(),
        _ => draw::message(&format!("the answer could not be written: {error}"), None),
    };
    if format == OutputFormat::Csv {
        writeln!(out, "{}", header(columns, asked, report)).map_err(lost)?;
    }
    let mut buffer = Vec::new();
    let total = table.rows();
    for start in (0..total).step_by(ROWS) {
        let length = (total - start).min(ROWS as u64) as usize;
        let rows = table
            .read(start, length, &mut buffer)
            .map_err(|error| draw::message(&error, None))?;
        let inputs: Vec<Input<'_>> = rows.iter().map(|column| Input::Column(column)).collect();
        let computed: Vec<Option<Vec<Vec<f64>>>> = asked
            .iter()
            .map(|one| {
                one.compiled
                    .as_ref()
                    .map(|compiled| compiled.columns(&inputs))
            })
            .collect();
        for i in 0..length {
            let at: Vec<(Symbol, f64)> = columns
                .iter()
                .cloned()
                .zip(rows.iter().map(|c| c[i]))
                .collect();
            let mut quantities = Vec::new();
            for (one, computed) in asked.iter().zip(&computed) {
                let numbers: Option<Vec<f64>> = computed
                    .as_ref()
                    .map(|entries| entries.iter().map(|column| column[i]).collect());
                let numbers = numbers.filter(|numbers| numbers.iter().all(|x| x.is_finite()));
                let shape = match numbers {
                    Some(numbers) => one.shape_of(&numbers),
                    None => match quantity(one.what, report, &at) {
                        Ok((_, shape)) => shape,
                        Err(Trouble::NotUnderstood(problem) | Trouble::Refused(problem)) => {
                            let row = table.number(start + i as u64);
                            let place = draw::message(
                                &format!("{}: row {row} has no number", table.name),
                                None,
                            );
                            return Err(format!("{problem}{place}"));
                        }
                    },
                };
                quantities.push((one.name, shape));
            }
            let text = if format == OutputFormat::Csv {
                let mut fields: Vec<String> = at.iter().map(|(_, x)| finite(*x)).collect();
                for (_, shape) in &quantities {
                    fields.extend(shape.numbers().map(finite));
                }
                format!("{}\n", fields.join(","))
            } else {
                let gap = if format == OutputFormat::Json || start + i as u64 == 0 {
                    ""
                } else {
                    "\n"
                };
                format!("{gap}{}", values(&Values { at, quantities }, format))
            };
            out.write_all(text.as_bytes()).map_err(lost)?;
        }
    }
    out.flush().map_err(lost)
}

fn header(columns: &[Symbol], asked: &[Asked], report: &Report) -> String {
    let names = &report.model.parameters;
    let mut fields: Vec<String> = columns.iter().map(|s| quoted(s.name())).collect();
    for one in asked {
        for i in 0..one.shape.0 {
            for j in 0..one.shape.1 {
                let (row, column) = (&names[i], &names[j]);
                fields.push(match one.what {
                    Quantity::Score => quoted(&format!("score_{column}")),
                    _ => quoted(&format!("{}_{row}_{column}", one.name)),
                });
            }
        }
    }
    fields.join(",")
}
