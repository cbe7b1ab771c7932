//! The trace of a run: one row for each update and parameter.

use std::io::{self, Write};

use serde::Serialize;

use crate::explain::{Digits, number};
use crate::session::Session;
use crate::timeline::{Record, Stop};

/// How a trace is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Columns for reading.
    Table,
    /// Comma-separated values, exact.
    Csv,
    /// One JSON object for each update, exact.
    Jsonl,
    /// A Markdown table, for reading.
    Markdown,
}

/// What is to be traced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// How many updates; to the end of the script where none is given.
    pub steps: Option<u64>,
    /// The parameters, by name; all where none is given.
    pub parameters: Vec<String>,
    /// How it is written.
    pub format: Format,
}

/// The columns, in order.
const COLUMNS: [&str; 12] = [
    "step",
    "epoch",
    "item",
    "parameter",
    "before",
    "gradient",
    "delta",
    "momentum_term",
    "change",
    "after",
    "effective_rate",
    "loss",
];

/// One row.
#[derive(Debug, Clone, Serialize)]
struct Row<'a> {
    step: u64,
    epoch: u64,
    item: Option<u64>,
    parameter: &'a str,
    before: f64,
    gradient: f64,
    delta: f64,
    momentum_term: f64,
    change: f64,
    after: f64,
    effective_rate: Option<f64>,
    loss: Option<f64>,
}

/// One update in JSON Lines.
#[derive(Debug, Serialize)]
struct JsonUpdate<'a> {
    step: u64,
    epoch: u64,
    item: Option<u64>,
    loss: Option<f64>,
    updates: Vec<Row<'a>>,
}

impl Row<'_> {
    /// The cells, numbers written by `number`; what does not exist is empty.
    fn cells(&self, number: impl Fn(f64) -> String) -> [String; 12] {
        let optional = |value: Option<f64>| value.map_or_else(String::new, &number);
        [
            self.step.to_string(),
            self.epoch.to_string(),
            self.item.map_or_else(String::new, |item| item.to_string()),
            self.parameter.to_owned(),
            number(self.before),
            number(self.gradient),
            number(self.delta),
            number(self.momentum_term),
            number(self.change),
            number(self.after),
            optional(self.effective_rate),
            optional(self.loss),
        ]
    }
}

/// Writes the trace of a sitting's run from its start. The answer says why it is shorter than asked for, where it is.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn trace(
    mut session: Session,
    request: &Request,
    out: &mut dyn Write,
) -> io::Result<Option<Stop>> {
    let steps = request
        .steps
        .or(session.lesson().model.updates())
        .unwrap_or(20);
    let stopped = session.carry_on(steps);
    let last = session.timeline().run().reached().min(steps);
    let records = (0..last).map_while(|step| session.timeline().run().record(step).ok());
    match request.format {
        Format::Csv => write_csv(&session, request, records, out)?,
        Format::Jsonl => write_jsonl(&session, request, records, out)?,
        Format::Table => write_columns(&session, request, records, out, false)?,
        Format::Markdown => write_columns(&session, request, records, out, true)?,
    }
    out.flush()?;
    Ok(stopped)
}

/// The rows of one update.
fn rows<'a>(session: &'a Session, request: &Request, record: &Record) -> Vec<Row<'a>> {
    let parameters = session.lesson().model.parameters().iter();
    let wanted = |name: &String| request.parameters.is_empty() || request.parameters.contains(name);
    let both = parameters
        .zip(&record.updates)
        .filter(|(name, _)| wanted(name));
    both.map(|(name, update)| Row {
        step: record.step + 1,
        epoch: 1,
        item: None,
        parameter: name,
        before: update.before,
        gradient: session.convention().flip(update.downhill),
        delta: update.delta,
        momentum_term: update.momentum_term,
        change: update.change(),
        after: update.after,
        effective_rate: update.effective_rate(),
        loss: None,
    })
    .collect()
}

fn write_csv(
    session: &Session,
    request: &Request,
    records: impl Iterator<Item = Record>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for record in records {
        for row in rows(session, request, &record) {
            writer.write_record(row.cells(number::exact))?;
        }
    }
    writer.flush()
}

fn write_jsonl(
    session: &Session,
    request: &Request,
    records: impl Iterator<Item = Record>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for record in records {
        let updates = rows(session, request, &record);
        let object = JsonUpdate {
            step: record.step + 1,
            epoch: 1,
            item: None,
            loss: None,
            updates,
        };
        serde_json::to_writer(&mut *out, &object)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes rows in columns as wide as their widest cell: numbers to the right, names to the left.
fn write_columns(
    session: &Session,
    request: &Request,
    records: impl Iterator<Item = Record>,
    out: &mut dyn Write,
    markdown: bool,
) -> io::Result<()> {
    let show = |value| number::display(value, Digits::default());
    let all: Vec<[String; 12]> = records
        .flat_map(|record| {
            rows(session, request, &record)
                .iter()
                .map(|row| row.cells(show))
                .collect::<Vec<_>>()
        })
        .collect();
    // Columns that say nothing of this lesson are left out of what people read.
    let shown: Vec<usize> = (0..COLUMNS.len())
        .filter(|&column| all.iter().any(|row| !row[column].is_empty()))
        .collect();
    let width = |column: usize| {
        all.iter()
            .map(|row| row[column].len())
            .chain([COLUMNS[column].len()])
            .max()
            .unwrap_or(0)
    };
    let line = |cells: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = shown
            .iter()
            .map(|&column| {
                let (cell, width) = (cells(column), width(column));
                if COLUMNS[column] == "parameter" {
                    format!("{cell:<width$}")
                } else {
                    format!("{cell:>width$}")
                }
            })
            .collect();
        if markdown {
            format!("| {} |", cells.join(" | "))
        } else {
            cells.join("  ").trim_end().to_owned()
        }
    };
    writeln!(out, "{}", line(&|column| COLUMNS[column].to_owned()))?;
    if markdown {
        let rule = |column: usize| {
            let dashes = "-".repeat(width(column) - 1);
            if COLUMNS[column] == "parameter" {
                format!(":{dashes}")
            } else {
                format!("{dashes}:")
            }
        };
        writeln!(out, "{}", line(&rule))?;
    }
    for row in &all {
        writeln!(out, "{}", line(&|column| row[column].clone()))?;
    }
    Ok(())
}
