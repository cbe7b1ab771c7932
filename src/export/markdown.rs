//! A Markdown table.

use std::io::{self, Write};

use super::columns::{Shown, each_line, measure, names};
use super::{Format, Rows};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    ending: Some("md"),
    about: "A Markdown table, for reading",
    writer: write,
};

fn write(rows: &mut dyn Rows, out: &mut dyn Write) -> io::Result<()> {
    let escape = |cell: &str| cell.replace('|', "\\|");
    let columns = measure(rows, escape)?;
    let mut row = |cells: &[String]| writeln!(out, "| {} |", cells.join(" | "));
    row(&names(&columns))?;
    row(&columns.iter().map(Shown::rule).collect::<Vec<_>>())?;
    each_line(rows, &columns, escape, &mut row)
}
