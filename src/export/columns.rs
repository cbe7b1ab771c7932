//! Columns as people read them: as wide as their widest cell, and none that says nothing.

use std::io;

use super::Rows;

/// A column's texts, its name first.
pub(super) struct Shown {
    is_text: bool,
    texts: Vec<String>,
    width: usize,
}

/// The columns of all rows, without those that are empty in every one; `escape` makes a cell fit to be written.
pub(super) fn gather(
    rows: &mut dyn Rows,
    escape: impl Fn(&str) -> String,
) -> io::Result<Vec<Shown>> {
    let columns = rows.columns();
    let mut gathered: Vec<Vec<String>> = (columns.iter())
        .map(|column| vec![column.name.to_owned()])
        .collect();
    rows.each(&mut |record| {
        for row in record.rows() {
            for (texts, cell) in gathered.iter_mut().zip(row) {
                texts.push(escape(&cell.display()));
            }
        }
        Ok(())
    })?;
    let shown = columns.iter().zip(gathered).map(|(column, texts)| Shown {
        is_text: column.is_text,
        width: texts.iter().map(String::len).max().unwrap_or(0),
        texts,
    });
    let says_something = |column: &Shown| {
        let cells = &column.texts[1..];
        cells.is_empty() || cells.iter().any(|cell| !cell.is_empty())
    };
    Ok(shown.filter(says_something).collect())
}

impl Shown {
    /// A text in the room of the column.
    fn padded(&self, text: &str) -> String {
        let width = self.width;
        if self.is_text {
            format!("{text:<width$}")
        } else {
            format!("{text:>width$}")
        }
    }

    /// The line that Markdown draws under the name, with the side on which the texts stand.
    pub(super) fn rule(&self) -> String {
        let dashes = "-".repeat(self.width - 1);
        if self.is_text {
            format!(":{dashes}")
        } else {
            format!("{dashes}:")
        }
    }
}

/// The lines of columns side by side, each a list of texts as wide as their columns; the names come first.
pub(super) fn lines(columns: &[Shown]) -> impl Iterator<Item = Vec<String>> + '_ {
    let count = columns.first().map_or(0, |column| column.texts.len());
    (0..count).map(move |line| {
        (columns.iter())
            .map(|column| column.padded(&column.texts[line]))
            .collect()
    })
}
