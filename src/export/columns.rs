//! Columns as people read them: as wide as their widest cell, and none that says nothing.

use std::io;

use unicode_width::UnicodeWidthStr;

use super::{Column, Rows};
use crate::explain::padded;

/// A column that says something: where it stands, and its width.
pub(super) struct Shown {
    place: usize,
    column: Column,
    width: usize,
}

/// Makes a cell fit to be written.
pub(super) type Escape = fn(&str) -> String;

/// The columns of all rows, without those that are empty in every one. The rows are made to be measured, and again to be
/// written: there may be more than any memory holds.
pub(super) fn measure(rows: &mut dyn Rows, escape: Escape) -> io::Result<Vec<Shown>> {
    let columns = rows.columns();
    let mut widths = vec![0; columns.len()];
    let mut is_any = false;
    rows.each(&mut |record| {
        for row in record.rows() {
            is_any = true;
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = escape(&cell.display()).width().max(*width);
            }
        }
        Ok(())
    })?;
    let shown = columns.iter().zip(widths).enumerate();
    let all = !is_any || rows.shows_empty();
    let shown = shown.filter(|(_, (_, width))| *width > 0 || all);
    let shown = shown.map(|(place, (column, width))| Shown {
        place,
        column: *column,
        width: width.max(column.name.len()),
    });
    Ok(shown.collect())
}

impl Shown {
    /// A text in the room of the column.
    fn padded(&self, text: &str) -> String {
        padded(text, self.width, !self.column.is_text)
    }

    /// The line that Markdown draws under the name, with the side on which the texts stand.
    pub(super) fn rule(&self) -> String {
        let dashes = "-".repeat(self.width - 1);
        if self.column.is_text {
            format!(":{dashes}")
        } else {
            format!("{dashes}:")
        }
    }
}

/// The names, each as wide as its column.
pub(super) fn names(columns: &[Shown]) -> Vec<String> {
    let padded = |column: &Shown| column.padded(column.column.name);
    columns.iter().map(padded).collect()
}

/// Makes the rows again, each a list of texts as wide as their columns.
pub(super) fn each_line(
    rows: &mut dyn Rows,
    columns: &[Shown],
    escape: Escape,
    write: &mut dyn FnMut(&[String]) -> io::Result<()>,
) -> io::Result<()> {
    rows.each(&mut |record| {
        record.rows().iter().try_for_each(|row| {
            let text = |column: &Shown| column.padded(&escape(&row[column.place].display()));
            write(&columns.iter().map(text).collect::<Vec<_>>())
        })
    })
}
