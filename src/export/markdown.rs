//! A Markdown table.

use std::io::{self, Write};

use super::columns::{Shown, gather, lines};
use super::{Format, Rows};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    ending: Some("md"),
    about: "A Markdown table, for reading",
    writer: write,
};

fn write(rows: &mut dyn Rows, out: &mut dyn Write) -> io::Result<()> {
    let columns = gather(rows, |cell| cell.replace('|', "\\|"))?;
    let mut row = |cells: &[String]| writeln!(out, "| {} |", cells.join(" | "));
    let mut lines = lines(&columns);
    row(&lines.next().unwrap_or_default())?;
    row(&columns.iter().map(Shown::rule).collect::<Vec<_>>())?;
    lines.try_for_each(|line| row(&line))
}
