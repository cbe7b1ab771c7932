//! Columns for reading.

use std::io::{self, Write};

use super::columns::{each_line, measure, names};
use super::{Cell, Format, Rows};

pub(super) const FORMAT: Format = Format {
    name: "table",
    ending: None,
    about: "Columns for reading",
    writer: write,
};

/// The width of a column whose widest cell is not known yet.
const WIDTH: usize = 15;

fn write(rows: &mut dyn Rows, out: &mut dyn Write) -> io::Result<()> {
    if let Some(drawn) = rows.drawn() {
        return drawn.iter().try_for_each(|line| writeln!(out, "{line}"));
    }
    if rows.are_slow() {
        return write_as_they_come(rows, out);
    }
    let columns = measure(rows, str::to_owned)?;
    let mut write = |texts: &[String]| writeln!(out, "{}", texts.join("  ").trim_end());
    write(&names(&columns))?;
    each_line(rows, &columns, str::to_owned, &mut write)
}

fn write_as_they_come(rows: &mut dyn Rows, out: &mut dyn Write) -> io::Result<()> {
    let mut write = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(|cell| format!("{cell:>WIDTH$}")).collect();
        writeln!(out, "{}", cells.concat().trim_end())?;
        out.flush()
    };
    write(&mut (rows.columns().iter()).map(|column| column.name.to_owned()))?;
    rows.each(&mut |record| {
        for row in record.rows() {
            write(&mut row.iter().map(Cell::display))?;
        }
        Ok(())
    })
}
