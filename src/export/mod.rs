//! Floor 2: rows for files and other programs.
//!
//! Owns what rows are, the trace of a run as rows, and the formats that they are written in: one short file each,
//! and [`FORMATS`], from which the values of `--format`, the endings of `export` and their words come. Where rows come
//! from and where they go is left to others.

mod columns;
mod csv;
pub mod html;
mod jsonl;
mod markdown;
mod rows;
mod table;
mod trace;

use std::io::{self, Write};
use std::path::Path;

pub use rows::{Cell, Column, Fields, Record, Rows, Sink, Value};
pub use trace::Trace;

/// Every format, the usual one first.
pub static FORMATS: &[&Format] = &[
    &table::FORMAT,
    &csv::FORMAT,
    &jsonl::FORMAT,
    &markdown::FORMAT,
];

/// Columns for reading.
pub static TABLE: &Format = &table::FORMAT;
/// Comma-separated values.
pub static CSV: &Format = &csv::FORMAT;

/// The endings of [`FORMATS`], as a sentence lists them.
macro_rules! endings {
    () => {
        ".csv, .jsonl or .md"
    };
}
pub(crate) use endings;

/// A way to write rows.
#[derive(Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// How the name of a file ends that holds it; `None` where it is not for files.
    pub ending: Option<&'static str>,
    /// What it is; `RECORD` stands for what one record is.
    about: &'static str,
    writer: fn(&mut dyn Rows, &mut dyn Write) -> io::Result<()>,
}

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        (FORMATS.iter().copied()).find(|format| format.name == name)
    }

    /// The format of a file, by the ending of its name.
    pub fn of_file(path: &Path) -> Option<&'static Self> {
        let ending = path.extension()?.to_str()?;
        (FORMATS.iter().copied()).find(|format| format.ending == Some(ending))
    }

    /// What it is, where a record is a `record`, such as an update.
    pub fn about(&self, record: &str) -> String {
        self.about.replace("RECORD", record)
    }

    /// Writes rows.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn write(&self, rows: &mut dyn Rows, out: &mut dyn Write) -> io::Result<()> {
        (self.writer)(rows, out)?;
        out.flush()
    }
}
