//! The outcomes of a sweep, for files and other programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::explain::{Format, number};
use crate::pictures::SweepTable;
use crate::timeline::End;

/// The columns, in order.
const COLUMNS: [&str; 5] = ["learning_rate", "momentum", "result", "step", "loss"];

/// One run.
#[derive(Debug, Serialize)]
struct Row {
    learning_rate: f64,
    momentum: f64,
    /// `reached`, `not reached`, `made` where there is no condition, or `diverged`.
    result: &'static str,
    step: u64,
    loss: Option<f64>,
}

/// Writes the runs of a sweep: a table to be read, or a row for each.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_sweep(table: &SweepTable, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let rows = (0..table.outcomes.len()).map(|cell| row(table, cell));
    match format {
        Format::Csv => {
            writeln!(out, "{}", COLUMNS.join(","))?;
            for row in rows {
                let loss = row.loss.map_or_else(String::new, number::exact);
                let (rate, momentum) = (
                    number::exact(row.learning_rate),
                    number::exact(row.momentum),
                );
                writeln!(out, "{rate},{momentum},{},{},{loss}", row.result, row.step)?;
            }
        }
        Format::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut *out, &row)?;
                writeln!(out)?;
            }
        }
        Format::Table | Format::Markdown => {
            for line in table.lines() {
                writeln!(out, "{}", line.text().trim_end())?;
            }
        }
    }
    out.flush()
}

fn row(table: &SweepTable, cell: usize) -> Row {
    let (settings, outcome) = (table.sweep.settings(cell), table.outcomes[cell]);
    Row {
        learning_rate: settings.learning_rate,
        momentum: settings.momentum,
        result: match outcome.end {
            End::Reached(_) => "reached",
            End::Unreached if table.until.is_some() => "not reached",
            End::Unreached => "made",
            End::Stopped(_) => "diverged",
        },
        step: outcome.step,
        loss: outcome.loss,
    }
}
