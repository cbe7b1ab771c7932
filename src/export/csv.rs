//! Comma-separated values.

use std::io::{self, Write};

use super::{Cell, Format, Rows};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    ending: Some("csv"),
    about: "Comma-separated values, exact",
    writer: write,
};

fn write(rows: &mut dyn Rows, out: &mut dyn Write) -> io::Result<()> {
    let slow = rows.are_slow();
    let mut writer = csv::Writer::from_writer(out);
    let names = rows.columns().iter().map(|column| column.name);
    writer.write_record(names).map_err(plain)?;
    rows.each(&mut |record| {
        for row in record.rows() {
            let cells = row.iter().map(harmless);
            writer.write_record(cells).map_err(plain)?;
        }
        if slow { writer.flush() } else { Ok(()) }
    })?;
    writer.flush()
}

/// A cell that no spreadsheet takes for a formula to be worked out: words that begin like one get an apostrophe.
fn harmless(cell: &Cell) -> String {
    let words = cell.exact();
    let begins = |text: &str| {
        text.trim_start()
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    };
    match cell {
        Cell::Text(text) if begins(text) => format!("'{words}"),
        Cell::Text(_) | Cell::Empty | Cell::Count(_) | Cell::Number(_) => words,
    }
}

/// What went wrong with the output itself, so that a closed pipe can be told from other failures.
fn plain(error: csv::Error) -> io::Error {
    let kind = error.into_kind();
    if let csv::ErrorKind::Io(error) = kind {
        error
    } else {
        io::Error::other(format!("{kind:?}"))
    }
}
