//! Where the numbers of a table are kept: in memory while they are few, in a temporary file beyond that.
//! In: blocks of columns. Out: any rows. Never: more memory than a fixed amount.

use std::fs::File;
use std::io::{self, Write};

/// Numbers that are kept in memory (32 MiB).
const IN_MEMORY: usize = 4 << 20;
/// Numbers of one group of rows in the file.
const GROUP: usize = 1 << 20;

/// Columns of numbers.
pub(super) struct Store {
    columns: usize,
    rows: u64,
    /// All rows, or those that are not in the file yet.
    recent: Vec<Vec<f64>>,
    file: Option<File>,
    /// Rows of one group; within a group a column follows the other.
    group: usize,
}

impl Store {
    pub(super) fn new(columns: usize) -> Self {
        let group = (GROUP / columns.max(1) / 256 * 256).clamp(256, 1 << 16);
        Self {
            columns,
            rows: 0,
            recent: vec![Vec::new(); columns],
            file: None,
            group,
        }
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    pub(super) fn push(&mut self, columns: &[&[f64]], rows: usize) -> io::Result<()> {
        for (kept, column) in self.recent.iter_mut().zip(columns) {
            kept.extend_from_slice(column);
        }
        self.rows += rows as u64;
        let kept = self.recent.first().map_or(0, Vec::len);
        if kept * self.columns > IN_MEMORY || (self.file.is_some() && kept >= self.group) {
            self.spill(kept / self.group * self.group)?;
        }
        Ok(())
    }

    pub(super) fn close(&mut self) -> io::Result<()> {
        if self.file.is_some() {
            self.spill(self.recent.first().map_or(0, Vec::len))?;
        }
        Ok(())
    }

    /// Moves the first rows into the file.
    fn spill(&mut self, rows: usize) -> io::Result<()> {
        let file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile()?,
        };
        let mut out = io::BufWriter::with_capacity(1 << 20, file);
        for start in (0..rows).step_by(self.group) {
            let end = rows.min(start + self.group);
            for column in &self.recent {
                for value in &column[start..end] {
                    out.write_all(&value.to_le_bytes())?;
                }
            }
        }
        self.file = Some(out.into_inner().map_err(io::IntoInnerError::into_error)?);
        for column in &mut self.recent {
            column.drain(..rows);
            if column.capacity() > 4 * self.group {
                column.shrink_to(2 * self.group);
            }
        }
        Ok(())
    }

    /// Rows `start .. start + length`, which lie in one group where there is a file.
    pub(super) fn read<'a>(
        &'a self,
        start: u64,
        length: usize,
        buffer: &'a mut Vec<f64>,
    ) -> Result<Vec<&'a [f64]>, String> {
        let Some(file) = &self.file else {
            let start = usize::try_from(start).map_err(|error| error.to_string())?;
            return Ok(self
                .recent
                .iter()
                .map(|c| &c[start..start + length])
                .collect());
        };
        buffer.resize(length * self.columns, 0.0);
        let first = start / self.group as u64 * self.group as u64;
        if start == first && length as u64 == (self.rows - first).min(self.group as u64) {
            // a whole group lies in one piece
            let mut bytes = vec![0; buffer.len() * 8];
            read_at(file, &mut bytes, first * self.columns as u64 * 8).map_err(|error| {
                format!("the temporary copy of the data cannot be read: {error}")
            })?;
            for (value, bytes) in buffer.iter_mut().zip(bytes.chunks_exact(8)) {
                *value = f64::from_le_bytes(bytes.try_into().expect("eight bytes"));
            }
            return Ok(buffer.chunks(length.max(1)).collect());
        }
        let mut bytes = vec![0; length.min(self.group) * 8];
        for (k, out) in buffer.chunks_mut(length.max(1)).enumerate() {
            let mut done = 0;
            while done < length {
                let row = start + done as u64;
                let group = row / self.group as u64;
                let first = group * self.group as u64;
                let size = (self.rows - first).min(self.group as u64);
                let count = ((first + size - row) as usize).min(length - done);
                let offset = first * self.columns as u64 + k as u64 * size + (row - first);
                let part = &mut bytes[..count * 8];
                read_at(file, part, offset * 8).map_err(|error| {
                    format!("the temporary copy of the data cannot be read: {error}")
                })?;
                for (value, bytes) in out[done..done + count].iter_mut().zip(part.chunks_exact(8)) {
                    *value = f64::from_le_bytes(bytes.try_into().expect("eight bytes"));
                }
                done += count;
            }
        }
        Ok(buffer.chunks(length.max(1)).collect())
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt;
    while !bytes.is_empty() {
        let read = file.seek_read(bytes, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        offset += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{IN_MEMORY, Store};

    #[test]
    fn what_was_put_in_comes_out() {
        for rows in [1000, IN_MEMORY / 2 + 12_345] {
            let mut store = Store::new(3);
            let value = |row: usize, column: usize| (row * 3 + column) as f64;
            let mut row = 0;
            while row < rows {
                let count = 4096.min(rows - row);
                let columns: Vec<Vec<f64>> = (0..3)
                    .map(|k| (row..row + count).map(|i| value(i, k)).collect())
                    .collect();
                let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
                store.push(&columns, count).expect("there is room");
                row += count;
            }
            store.close().expect("there is room");
            assert_eq!(store.rows(), rows as u64);
            assert_eq!(store.file.is_some(), rows > 1000);
            let mut buffer = Vec::new();
            for (start, length) in [
                (0, 5),
                (rows - 7, 7),
                (rows / 2, 300.min(rows / 2)),
                (100, 900.min(rows - 100)),
            ] {
                let found = store
                    .read(start as u64, length, &mut buffer)
                    .expect("it can be read");
                for (k, column) in found.iter().enumerate() {
                    for (i, x) in column.iter().enumerate() {
                        assert_eq!(*x, value(start + i, k));
                    }
                }
            }
        }
    }
}
