//! Where rows come from: columns of numbers, a chunk at a time.
//! In: a table that somebody else reads. Out: chunks. Never: a file.

/// A table of numbers whose rows can be visited again and again, in any order of chunks.
pub trait Rows: Sync {
    /// How many rows there are.
    fn rows(&self) -> u64;
    /// How many columns there are.
    fn columns(&self) -> usize;
    /// The rows `start .. start + length`, a slice a column; `buffer` is memory that may hold them.
    ///
    /// # Errors
    /// Why they cannot be read, in words.
    fn read<'a>(
        &'a self,
        start: u64,
        length: usize,
        buffer: &'a mut Vec<f64>,
    ) -> Result<Vec<&'a [f64]>, String>;

    /// Rows that are worth reading at once.
    fn chunk(&self) -> usize {
        let rows = (1 << 20) / self.columns().max(1);
        (rows / 256 * 256).clamp(256, 16_384)
    }
}

/// Columns in memory.
#[derive(Clone, Debug, Default)]
pub struct Columns(pub Vec<Vec<f64>>);

impl Rows for Columns {
    fn rows(&self) -> u64 {
        self.0.first().map_or(0, Vec::len) as u64
    }
    fn columns(&self) -> usize {
        self.0.len()
    }
    fn read<'a>(
        &'a self,
        start: u64,
        length: usize,
        _buffer: &'a mut Vec<f64>,
    ) -> Result<Vec<&'a [f64]>, String> {
        let start = usize::try_from(start).map_err(|error| error.to_string())?;
        Ok(self.0.iter().map(|c| &c[start..start + length]).collect())
    }
}

/// A few rows, evenly spread over all.
///
/// # Errors
/// Where rows cannot be read.
pub(super) fn spread(rows: &dyn Rows, count: usize) -> Result<Columns, String> {
    let total = rows.rows();
    let count = (count as u64).min(total);
    let mut out = vec![Vec::new(); rows.columns()];
    // runs of neighbors, so that few places are read
    let run = if total <= count {
        rows.chunk() as u64
    } else {
        (count / 64).max(1)
    };
    let runs = count.div_ceil(run).max(1);
    let mut buffer = Vec::new();
    for k in 0..runs {
        let (start, length) = if total <= count {
            (k * run, run.min(total - k * run))
        } else {
            let start =
                (u128::from(total - run) * u128::from(k) / u128::from((runs - 1).max(1))) as u64;
            (start, run)
        };
        let columns = rows.read(start, length as usize, &mut buffer)?;
        for (out, column) in out.iter_mut().zip(columns) {
            out.extend_from_slice(column);
        }
    }
    Ok(Columns(out))
}
