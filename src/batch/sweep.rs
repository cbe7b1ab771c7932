//! The outcomes of a sweep, as rows for files and other programs.

use std::io;

use crate::export::{Cell, Column, Record, Rows, Sink};
use crate::pictures::SweepTable;
use crate::timeline::End;

const COLUMNS: [Column; 5] = [
    Column::number("learning_rate"),
    Column::number("momentum"),
    Column::text("result"),
    Column::number("step"),
    Column::number("loss"),
];

/// The runs of a sweep, a row for each.
#[derive(Debug)]
pub struct SweepRows<'a>(pub &'a SweepTable);

impl Rows for SweepRows<'_> {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn each(&mut self, write: Sink) -> io::Result<()> {
        (0..self.0.outcomes.len()).try_for_each(|cell| write(self.row(cell)))
    }

    /// One setting down, the other along.
    fn drawn(&self) -> Option<Vec<String>> {
        let lines = self.0.lines().into_iter();
        let lines = lines.map(|line| line.text().trim_end().to_owned());
        Some(lines.collect())
    }
}

impl SweepRows<'_> {
    fn row(&self, cell: usize) -> Record<'_> {
        let (settings, outcome) = (self.0.sweep.settings(cell), self.0.outcomes[cell]);
        let result = match outcome.end {
            End::Reached(_) => "reached",
            End::Unreached if self.0.until.is_some() => "not reached",
            End::Unreached => "made",
            End::Stopped(stop) => stop.word(),
        };
        Record::Row(vec![
            Cell::Number(settings.learning_rate),
            Cell::Number(settings.momentum),
            Cell::Text(result),
            Cell::Count(outcome.step),
            Cell::optional(outcome.loss),
        ])
    }
}
