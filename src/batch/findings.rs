//! What is wrong with lessons, for other programs: a line of JSON for each finding, and one at the end.

use std::io::{self, Write};

use serde::Serialize;

use crate::lesson::Finding;

/// What checking several lessons came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many lessons have been checked.
    pub lessons: usize,
    /// In how many of them nothing is wrong.
    pub sound: usize,
    /// How many things are wrong.
    pub findings: usize,
}

/// A finding as it is written.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    code: &'static str,
    message: &'a str,
    help: &'a str,
}

impl Summary {
    /// Writes a line of JSON.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write_line(self, out)
    }
}

/// Writes a line of JSON for a finding.
///
/// # Errors
/// Where it cannot be written.
pub fn write_finding(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let (line, column) = finding.place.unzip();
    let row = Row {
        file: &finding.file,
        line,
        column,
        code: finding.code.name(),
        message: &finding.message,
        help: &finding.help,
    };
    write_line(&row, out)
}

fn write_line(row: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(row)?)
}
