//! Tables in Parquet.
//! In: a file. Out: rows by number. Never: a column that nobody asked for.

use super::{Intake, Mistake};
use parquet::basic::{ConvertedType, LogicalType};
use parquet::column::reader::ColumnReader;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;
use std::fs::File;

/// Rows that are read of each column before the next.
const BATCH: usize = 4096;

/// What the numbers of a column stand for.
#[derive(Clone, Copy)]
enum Stored {
    /// Themselves.
    Plain,
    /// Integers without a sign, whose bits are stored as those of integers with one.
    Unsigned,
    /// Decimal numbers: integers in units of the reciprocal of this.
    Decimal(f64),
}

impl Stored {
    /// Nothing where they are no numbers, but days or times.
    fn of(column: &ColumnDescriptor) -> Option<Self> {
        match column.converted_type() {
            ConvertedType::DECIMAL => Some(Self::Decimal(10_f64.powi(column.type_scale()))),
            ConvertedType::UINT_8
            | ConvertedType::UINT_16
            | ConvertedType::UINT_32
            | ConvertedType::UINT_64 => Some(Self::Unsigned),
            ConvertedType::DATE
            | ConvertedType::TIME_MILLIS
            | ConvertedType::TIME_MICROS
            | ConvertedType::TIMESTAMP_MILLIS
            | ConvertedType::TIMESTAMP_MICROS
            | ConvertedType::INTERVAL => None,
            _ => match column.logical_type_ref() {
                Some(
                    LogicalType::Timestamp { .. }
                    | LogicalType::Time { .. }
                    | LogicalType::Date { .. },
                ) => None,
                Some(LogicalType::Decimal { .. }) => {
                    Some(Self::Decimal(10_f64.powi(column.type_scale())))
                }
                _ => Some(Self::Plain),
            },
        }
    }
}

/// Numbers of one column, `None` where they are missing.
struct Column {
    stored: Stored,
    reader: ColumnReader,
    levels: Vec<i16>,
    values: Vec<Option<f64>>,
}

/// Reads a table.
pub(super) fn read(file: File, name: &str, intake: &mut Intake<'_>) -> Result<(), Mistake> {
    let cannot = |error: parquet::errors::ParquetError| {
        let mistake = Mistake::new(format!("`{name}` cannot be read: {error}"));
        if error.to_string().contains("Disabled feature") {
            return mistake.mend("write the file with snappy, gzip or no compression");
        }
        mistake
    };
    intake.unit = " row ";
    let reader = SerializedFileReader::new(file).map_err(cannot)?;
    let schema = reader.metadata().file_metadata().schema_descr();
    let header: Vec<String> = schema
        .columns()
        .iter()
        .map(|column| column.path().string())
        .collect();
    let wanted = intake.columns(&header)?;
    let mut kinds = Vec::new();
    for column in &wanted {
        let described = schema.column(*column);
        if described.max_rep_level() > 0 {
            return Err(Mistake::new(format!(
                "{name}: column `{}` holds lists",
                header[*column]
            )));
        }
        kinds.push(Stored::of(&described).ok_or_else(|| {
            let what = format!("{name}: column `{}` holds dates or times", header[*column]);
            Mistake::new(what).mend("write numbers, such as days since a day of your choice")
        })?);
    }
    let mut number = 0;
    for group in 0..reader.num_row_groups() {
        let rows = reader.get_row_group(group).map_err(cannot)?;
        let mut columns = Vec::new();
        for (column, stored) in wanted.iter().zip(&kinds) {
            columns.push(Column {
                stored: *stored,
                reader: rows.get_column_reader(*column).map_err(cannot)?,
                levels: Vec::new(),
                values: Vec::new(),
            });
        }
        let mut left = usize::try_from(rows.metadata().num_rows()).unwrap_or(0);
        while left > 0 {
            let count = left.min(BATCH);
            for (column, index) in columns.iter_mut().zip(&wanted) {
                let optional = schema.column(*index).max_def_level();
                column.fill(count, optional).map_err(|error| match error {
                    Some(error) => cannot(error),
                    None => Mistake::new(format!(
                        "{name}: column `{}` holds no numbers",
                        header[*index]
                    )),
                })?;
            }
            for i in 0..count {
                number += 1;
                intake.row(
                    number,
                    &mut |k| match columns[k].values.get(i).copied().flatten() {
                        Some(x) if x.is_finite() => Ok(Some(x)),
                        Some(x) if x.is_nan() => Ok(None),
                        Some(x) => Err(Mistake::new(format!(
                            "{name} row {number}: column `{}`: {x} is not finite",
                            header[wanted[k]]
                        ))),
                        None => Ok(None),
                    },
                )?;
            }
            left -= count;
        }
    }
    Ok(())
}

impl Column {
    /// Reads so many rows; an error of `None` is a type that holds no numbers.
    fn fill(
        &mut self,
        count: usize,
        optional: i16,
    ) -> Result<(), Option<parquet::errors::ParquetError>> {
        macro_rules! fill {
            ($reader:expr, $number:expr) => {{
                let (mut found, mut rows) = (Vec::new(), 0);
                self.levels.clear();
                while rows < count {
                    let levels = (optional > 0).then_some(&mut self.levels);
                    let (read, _, _) = $reader
                        .read_records(count - rows, levels, None, &mut found)
                        .map_err(Some)?;
                    if read == 0 {
                        break;
                    }
                    rows += read;
                }
                let mut found = found.into_iter().map($number);
                self.values.clear();
                if optional > 0 {
                    let levels = self.levels.iter();
                    self.values.extend(levels.map(|level| {
                        if *level == optional {
                            found.next()
                        } else {
                            None
                        }
                    }));
                } else {
                    self.values.extend(found.map(Some));
                }
            }};
        }
        #[allow(clippy::cast_precision_loss)]
        match &mut self.reader {
            ColumnReader::DoubleColumnReader(reader) => fill!(reader, |x: f64| x),
            ColumnReader::FloatColumnReader(reader) => fill!(reader, f64::from),
            ColumnReader::Int32ColumnReader(reader) => match self.stored {
                Stored::Plain => fill!(reader, f64::from),
                Stored::Unsigned => fill!(reader, |x: i32| f64::from(x.cast_unsigned())),
                Stored::Decimal(unit) => fill!(reader, |x: i32| f64::from(x) / unit),
            },
            ColumnReader::Int64ColumnReader(reader) => match self.stored {
                Stored::Plain => fill!(reader, |x: i64| x as f64),
                Stored::Unsigned => fill!(reader, |x: i64| x.cast_unsigned() as f64),
                Stored::Decimal(unit) => fill!(reader, |x: i64| x as f64 / unit),
            },
            ColumnReader::BoolColumnReader(reader) => {
                fill!(reader, |x: bool| f64::from(u8::from(x)))
            }
            _ => return Err(None),
        }
        Ok(())
    }
}
