//! The trace of a run: one row for each update and parameter.

use std::io::{self, Write};

use serde::Serialize;

use super::Digits;
use super::number;
use crate::math::{Convention, Pass};
use crate::timeline::{Record, Run};

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
    item: Option<usize>,
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
    item: Option<usize>,
    loss: Option<f64>,
    #[serde(flatten)]
    nodes: Option<JsonNodes>,
    updates: Vec<Row<'a>>,
}

/// What an item did in a network.
#[derive(Debug, Serialize)]
struct JsonNodes {
    inputs: Vec<f64>,
    /// Hidden layers in order, then the outputs.
    layers: Vec<JsonLayer>,
    outputs: Vec<f64>,
    targets: Vec<f64>,
}

/// The nodes of one layer.
#[derive(Debug, Serialize)]
struct JsonLayer {
    values: Vec<f64>,
    /// In the lesson's convention.
    signals: Vec<f64>,
}

impl JsonNodes {
    fn new(pass: &Pass, convention: Convention) -> Self {
        let layer = |layer: usize| JsonLayer {
            values: pass.values(layer).to_vec(),
            signals: (pass.signals(layer).iter())
                .map(|signal| convention.flip(*signal))
                .collect(),
        };
        Self {
            inputs: pass.values(0).to_vec(),
            layers: (1..=pass.outputs_layer()).map(layer).collect(),
            outputs: pass.outputs().to_vec(),
            targets: pass.targets().to_vec(),
        }
    }
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

/// What went wrong with the output itself, so that a closed pipe can be told from other failures.
fn plain_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A run to be written down.
#[derive(Debug, Clone)]
pub struct Trace<'a> {
    /// The run.
    pub run: &'a Run,
    /// How many updates of it, from its start; it must have reached them.
    pub steps: u64,
    /// Which parameters, by their indices.
    pub parameters: Vec<usize>,
    /// The sign that gradients are written with.
    pub convention: Convention,
}

impl Trace<'_> {
    /// Writes the trace.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Csv => self.write_csv(out)?,
            Format::Jsonl => self.write_jsonl(out)?,
            Format::Table => self.write_columns(out, false)?,
            Format::Markdown => self.write_columns(out, true)?,
        }
        out.flush()
    }

    /// Calls `write` for every update, in order.
    fn each_record(&self, mut write: impl FnMut(&Record) -> io::Result<()>) -> io::Result<()> {
        let mut result = Ok(());
        self.run.walk(0, self.steps, |record, _| {
            result = write(record);
            result.is_err()
        });
        result
    }

    /// The rows of one update.
    fn rows(&self, record: &Record) -> Vec<Row<'_>> {
        let names = self.run.model().parameters();
        let row = |&index: &usize| {
            let update = &record.updates[index];
            Row {
                step: record.step + 1,
                epoch: record.epoch + 1,
                item: record.item,
                parameter: &names[index],
                before: update.before,
                gradient: self.convention.flip(update.downhill),
                delta: update.delta,
                momentum_term: update.momentum_term,
                change: update.change(),
                after: update.after,
                effective_rate: update.effective_rate(),
                loss: record.error,
            }
        };
        self.parameters.iter().map(row).collect()
    }

    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(COLUMNS).map_err(plain_error)?;
        self.each_record(|record| {
            for row in self.rows(record) {
                writer
                    .write_record(row.cells(number::exact))
                    .map_err(plain_error)?;
            }
            Ok(())
        })?;
        writer.flush()
    }

    fn write_jsonl(&self, out: &mut dyn Write) -> io::Result<()> {
        self.each_record(|record| {
            let object = JsonUpdate {
                step: record.step + 1,
                epoch: record.epoch + 1,
                item: record.item,
                loss: record.error,
                nodes: (record.pass.as_ref()).map(|pass| JsonNodes::new(pass, self.convention)),
                updates: self.rows(record),
            };
            serde_json::to_writer(&mut *out, &object)?;
            writeln!(out)
        })
    }

    /// Writes rows in columns as wide as their widest cell: numbers to the right, names to the left.
    fn write_columns(&self, out: &mut dyn Write, markdown: bool) -> io::Result<()> {
        let show = |value| number::display(value, Digits::default());
        let mut all: Vec<[String; 12]> = Vec::new();
        self.each_record(|record| {
            let rows = self.rows(record);
            all.extend(rows.iter().map(|row| {
                row.cells(show).map(|cell| {
                    if markdown {
                        cell.replace('|', "\\|")
                    } else {
                        cell
                    }
                })
            }));
            Ok(())
        })?;
        // Columns that say nothing of this lesson are left out of what people read.
        let shown: Vec<usize> = (0..COLUMNS.len())
            .filter(|&column| all.is_empty() || all.iter().any(|row| !row[column].is_empty()))
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
}
