//! Tables in text: comma-separated values, also with semicolons or tabs.
//! In: bytes. Out: rows with the line of each. Never: a line kept in memory that is longer than a limit.

use super::{Intake, Mistake, is_missing, number};
use csv_core::{ReadRecordResult, ReaderBuilder};
use std::io::Read;

/// Bytes that are read at once.
const BUFFER: usize = 1 << 18;
/// The longest record, in bytes and in fields.
const LONGEST: usize = 1 << 24;
const MOST_FIELDS: usize = 1 << 20;

/// One record: the text of its fields one after the other, and where each ends.
#[derive(Default)]
struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    line: u64,
}

impl Record {
    fn field(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        self.text[start..self.ends[index]].trim_ascii()
    }
}

struct Reader<R> {
    input: R,
    core: csv_core::Reader,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    line: u64,
    name: String,
}

/// Reads a table.
pub(super) fn read(input: impl Read, name: &str, intake: &mut Intake<'_>) -> Result<(), Mistake> {
    let mut reader = Reader {
        input,
        core: csv_core::Reader::new(),
        buffer: vec![0; BUFFER],
        start: 0,
        end: 0,
        ended: false,
        line: 1,
        name: name.to_owned(),
    };
    reader.fill()?;
    if reader.buffer[..reader.end].starts_with(b"\xef\xbb\xbf") {
        reader.start = 3;
    }
    let delimiter = delimiter(&reader.buffer[reader.start..reader.end]);
    reader.core = ReaderBuilder::new().delimiter(delimiter).build();
    let mut record = Record {
        text: vec![0; 4096],
        ends: vec![0; 64],
        ..Record::default()
    };
    if !reader.next(&mut record)? {
        return Err(Mistake::new(format!("{name}: the file is empty"))
            .mend("the first line must hold the names of the columns"));
    }
    let header: Vec<String> = (0..record.fields)
        .map(|i| String::from_utf8_lossy(record.field(i)).into_owned())
        .collect();
    let columns = intake.columns(&header)?;
    while reader.next(&mut record)? {
        if record.fields != header.len() {
            return Err(Mistake::new(format!(
                "{name}:{}: {} fields where the header has {}",
                record.line,
                record.fields,
                header.len()
            )));
        }
        intake.row(record.line, &mut |k| {
            let field = record.field(columns[k]);
            match number(field) {
                Some(value) if value.is_finite() => Ok(Some(value)),
                _ if is_missing(field) => Ok(None),
                found => {
                    let text = String::from_utf8_lossy(field);
                    let short: String = text.chars().take(40).collect();
                    let more = if text.chars().count() > 40 { "…" } else { "" };
                    let what = if found.is_some() {
                        "is not finite"
                    } else {
                        "is not a number"
                    };
                    Err(Mistake::new(format!(
                        "{name}:{}: column {} (`{}`): `{}{more}` {what}",
                        record.line,
                        columns[k] + 1,
                        header[columns[k]],
                        short.escape_debug(),
                    )))
                }
            }
        })?;
    }
    Ok(())
}

impl<R: Read> Reader<R> {
    fn fill(&mut self) -> Result<(), Mistake> {
        self.start = 0;
        self.end = 0;
        loop {
            match self.input.read(&mut self.buffer) {
                Ok(count) => {
                    self.end = count;
                    self.ended = count == 0;
                    return Ok(());
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    return Err(Mistake::new(format!(
                        "`{}` cannot be read: {error}",
                        self.name
                    )));
                }
            }
        }
    }

    /// The next record; `false` at the end.
    fn next(&mut self, record: &mut Record) -> Result<bool, Mistake> {
        // blank lines are counted here, so that a record has the line on which it begins
        loop {
            while self.start < self.end && matches!(self.buffer[self.start], b'\n' | b'\r') {
                self.line += u64::from(self.buffer[self.start] == b'\n');
                self.start += 1;
            }
            if self.start < self.end || self.ended {
                break;
            }
            self.fill()?;
        }
        record.line = self.line;
        let (mut written, mut fields) = (0, 0);
        loop {
            let input = &self.buffer[self.start..self.end];
            let (result, read, wrote, ended) = self.core.read_record(
                input,
                &mut record.text[written..],
                &mut record.ends[fields..],
            );
            self.line += input[..read].iter().filter(|b| **b == b'\n').count() as u64;
            self.start += read;
            written += wrote;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => self.fill()?,
                ReadRecordResult::OutputFull if record.text.len() >= LONGEST => {
                    return Err(Mistake::new(format!(
                        "{}:{}: the line is longer than {} MiB",
                        self.name,
                        record.line,
                        LONGEST >> 20
                    ))
                    .mend("this does not look like a table with a row a line; is a quotation mark left open?"));
                }
                ReadRecordResult::OutputFull => record.text.resize(record.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if record.ends.len() >= MOST_FIELDS => {
                    return Err(Mistake::new(format!(
                        "{}:{}: more than {MOST_FIELDS} fields",
                        self.name, record.line
                    )));
                }
                ReadRecordResult::OutputEndsFull => record.ends.resize(record.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    record.fields = fields;
                    return Ok(true);
                }
                ReadRecordResult::End => return Ok(false),
            }
        }
    }
}

/// The delimiter of the first line: a comma where there is one, or else a semicolon or a tab.
fn delimiter(text: &[u8]) -> u8 {
    let line = text.split(|b| *b == b'\n').next().unwrap_or_default();
    [b',', b';', b'\t']
        .into_iter()
        .find(|d| line.contains(d))
        .unwrap_or(b',')
}
