//! Tables of numbers: columns by name, read once, visited as often as needed.
//! In: a file or standard input, the names of columns. Out: `Table`. Never: memory that grows with the rows, a number whose place is forgotten.

mod csv;
#[cfg(feature = "parquet")]
mod parquet;
mod progress;
mod store;

pub use progress::Progress;

use bartlett::Symbol;
use bartlett::fit::{Misfit, Rows};
use std::path::Path;
use store::Store;

/// Rows that are tested at once while they are read.
const BLOCK: usize = 4096;

/// What is wanted of a table.
pub struct Request<'a> {
    /// The columns, in order.
    pub names: &'a [Symbol],
    /// Leave out rows with a missing value?
    pub drop_missing: bool,
    /// Tests rows.
    pub misfit: &'a dyn Fn(&[&[f64]]) -> Option<Misfit>,
}

/// A mistake in a table: what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// With its place: `data.csv:17: column 3 (y): …`.
    pub what: String,
    /// How to mend it.
    pub mend: Option<String>,
}

impl Mistake {
    fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            mend: None,
        }
    }
    fn mend(self, mend: impl Into<String>) -> Self {
        Self {
            mend: Some(mend.into()),
            ..self
        }
    }
}

/// Columns of numbers, in memory or in a temporary file.
pub struct Table {
    store: Store,
    progress: Progress,
    /// What it was read from.
    pub name: String,
    /// Rows that were left out, by their number in the file, from 0.
    pub dropped: Vec<u64>,
}

impl Table {
    /// The number in the file, from 1, of a row of the table.
    pub fn number(&self, row: u64) -> u64 {
        // dropped rows that stand before it push it on
        let mut number = row;
        for dropped in &self.dropped {
            if *dropped > number {
                break;
            }
            number += 1;
        }
        number + 1
    }
}

impl Rows for Table {
    fn rows(&self) -> u64 {
        self.store.rows()
    }
    fn columns(&self) -> usize {
        self.store.columns()
    }
    fn read<'a>(
        &'a self,
        start: u64,
        length: usize,
        buffer: &'a mut Vec<f64>,
    ) -> Result<Vec<&'a [f64]>, String> {
        self.progress.visited(length);
        self.store.read(start, length, buffer)
    }
}

/// Reads a table; `-` is standard input.
///
/// # Errors
/// The first mistake, with its place.
pub fn read(path: &Path, request: &Request<'_>) -> Result<Table, Mistake> {
    let progress = Progress::start();
    let name = if path == Path::new("-") {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    };
    let mut intake = Intake::new(&name, request, &progress);
    if path == Path::new("-") {
        csv::read(std::io::stdin().lock(), &name, &mut intake)?;
    } else {
        let cannot =
            |error: std::io::Error| Mistake::new(format!("`{name}` cannot be read: {error}"));
        let mut file = std::fs::File::open(path).map_err(cannot)?;
        if begins_as_parquet(&mut file).map_err(cannot)? {
            read_parquet(file, &name, &mut intake)?;
        } else {
            csv::read(file, &name, &mut intake)?;
        }
    }
    let (store, dropped) = intake.finish()?;
    Ok(Table {
        store,
        progress,
        name,
        dropped,
    })
}

fn begins_as_parquet(file: &mut std::fs::File) -> std::io::Result<bool> {
    use std::io::{Read, Seek};
    let mut first = Vec::new();
    // a pipe can be read once only, and is no Parquet
    if !file.metadata()?.is_file() {
        return Ok(false);
    }
    file.by_ref().take(4).read_to_end(&mut first)?;
    file.rewind()?;
    Ok(first == b"PAR1")
}

#[cfg(feature = "parquet")]
fn read_parquet(file: std::fs::File, name: &str, intake: &mut Intake<'_>) -> Result<(), Mistake> {
    parquet::read(file, name, intake)
}

#[cfg(not(feature = "parquet"))]
fn read_parquet(_: std::fs::File, name: &str, _: &mut Intake<'_>) -> Result<(), Mistake> {
    Err(Mistake::new(format!(
        "`{name}` is a Parquet file, which this build does not read"
    ))
    .mend("build with `--features parquet`, or convert it to CSV"))
}

/// Where rows go while they are read.
struct Intake<'a> {
    name: &'a str,
    request: &'a Request<'a>,
    progress: &'a Progress,
    store: Store,
    block: Vec<Vec<f64>>,
    places: Vec<u64>,
    dropped: Vec<u64>,
    seen: u64,
    /// What a place is called: `:` before a line, ` row ` before a row.
    unit: &'static str,
}

impl<'a> Intake<'a> {
    fn new(name: &'a str, request: &'a Request<'a>, progress: &'a Progress) -> Self {
        Self {
            name,
            request,
            progress,
            store: Store::new(request.names.len()),
            block: vec![Vec::with_capacity(BLOCK); request.names.len()],
            places: Vec::with_capacity(BLOCK),
            dropped: Vec::new(),
            seen: 0,
            unit: ":",
        }
    }

    /// For each wanted column the index among the names of the file.
    fn columns(&self, header: &[String]) -> Result<Vec<usize>, Mistake> {
        self.request
            .names
            .iter()
            .map(|wanted| {
                let found: Vec<usize> = header
                    .iter()
                    .enumerate()
                    .filter(|(_, name)| spells(name, wanted))
                    .map(|(i, _)| i)
                    .collect();
                match found[..] {
                    [one] => Ok(one),
                    [] => Err(self.absent(wanted, header)),
                    _ => Err(Mistake::new(format!(
                        "{}: {} columns are called `{wanted}`",
                        self.name,
                        found.len()
                    ))),
                }
            })
            .collect()
    }

    fn absent(&self, wanted: &Symbol, header: &[String]) -> Mistake {
        let shown: Vec<String> = header
            .iter()
            .take(20)
            .map(|name| format!("`{name}`"))
            .collect();
        let more = if header.len() > 20 { ", …" } else { "" };
        let mistake = Mistake::new(format!(
            "{}: no column is called `{wanted}`; the file has {}{more}",
            self.name,
            shown.join(", ")
        ));
        if header.iter().any(|name| number(name.as_bytes()).is_some()) {
            return mistake.mend("the first line must hold the names of the columns");
        }
        let near = bartlett_expr::did_you_mean(wanted.name(), header.iter().map(String::as_str));
        mistake.mend(near.first().map_or_else(
            || "name the data and known symbols of the model after columns, or write numbers in their place".to_owned(),
            |near| format!("did you mean `{near}`?"),
        ))
    }

    /// Takes a row: a number each column, `None` where it is missing; `place` is its line or row in the file.
    fn row(
        &mut self,
        place: u64,
        values: &mut dyn FnMut(usize) -> Result<Option<f64>, Mistake>,
    ) -> Result<(), Mistake> {
        self.seen += 1;
        for k in 0..self.block.len() {
            if let Some(value) = values(k)? {
                self.block[k].push(value);
                continue;
            }
            if !self.request.drop_missing {
                return Err(self
                    .at(place, k, "the value is missing")
                    .mend("`--drop-missing` leaves out rows with a missing value"));
            }
            let whole = self.places.len();
            self.block
                .iter_mut()
                .for_each(|column| column.truncate(whole));
            self.dropped.push(self.seen - 1);
            return Ok(());
        }
        self.places.push(place);
        if self.places.len() == BLOCK {
            self.flush()?;
        }
        Ok(())
    }

    /// A mistake in a column of the request.
    fn at(&self, place: u64, column: usize, what: &str) -> Mistake {
        Mistake::new(format!(
            "{}{}{place}: column `{}`: {what}",
            self.name, self.unit, self.request.names[column]
        ))
    }

    fn flush(&mut self) -> Result<(), Mistake> {
        let columns: Vec<&[f64]> = self.block.iter().map(Vec::as_slice).collect();
        if let Some(misfit) = (self.request.misfit)(&columns) {
            let value = self.block[misfit.column][misfit.row];
            return Err(self.at(
                self.places[misfit.row],
                misfit.column,
                &format!("{value} is outside the support: {}", misfit.support),
            ));
        }
        self.progress.read(self.places.len());
        self.store
            .push(&columns, self.places.len())
            .map_err(|error| {
                Mistake::new(format!("no room for a temporary copy of the data: {error}"))
            })?;
        self.block.iter_mut().for_each(Vec::clear);
        self.places.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<(Store, Vec<u64>), Mistake> {
        self.flush()?;
        self.store.close().map_err(|error| {
            Mistake::new(format!("no room for a temporary copy of the data: {error}"))
        })?;
        if self.store.rows() == 0 {
            let what = if self.seen == 0 {
                "holds no rows"
            } else {
                "holds no row without a missing value"
            };
            return Err(Mistake::new(format!("{}: the table {what}", self.name)));
        }
        Ok((self.store, self.dropped))
    }
}

/// Is a column's name a spelling of a symbol? `y[1]` may be written `y1` or `y_1`, and Greek letters by their names.
pub fn spells(name: &str, symbol: &Symbol) -> bool {
    let name = name.trim();
    if name == symbol.name() || Symbol::new(name) == *symbol {
        return true;
    }
    let index = |separator: &str| {
        symbol.name().split_once('[').and_then(|(base, index)| {
            Some(format!("{base}{separator}{}", index.strip_suffix(']')?))
        })
    };
    [index(""), index("_")]
        .iter()
        .flatten()
        .any(|spelling| spelling == name)
        || bartlett_expr::Expr::symbol(symbol.name()).unicode() == name
}

/// What may stand for a missing value.
fn is_missing(field: &[u8]) -> bool {
    matches!(
        field,
        b"" | b"."
            | b"?"
            | b"-"
            | b"NA"
            | b"N/A"
            | b"n/a"
            | b"na"
            | b"NaN"
            | b"nan"
            | b"NAN"
            | b"null"
            | b"NULL"
            | b"None"
            | b"NONE"
    )
}

/// The number in a field.
fn number(field: &[u8]) -> Option<f64> {
    std::str::from_utf8(field).ok()?.parse().ok()
}
