//! Values with a separator between them as rows of cells, each with the line that it begins on.
//!
//! Lines end with LF, CR LF or CR; blank ones are no rows. A cell may stand in double quotes, and have separators, line
//! ends and doubled quotes in it then.

use std::borrow::Cow;

use super::Fault;

/// The longest row, in bytes: its cells take many times its room.
const LONGEST: usize = 1 << 20;

/// One row.
pub(in crate::lesson) struct Row<'a> {
    /// The line that it begins on, from 1.
    pub line: usize,
    /// The row as it is written.
    pub text: &'a str,
    /// Its cells, without the blanks and quotes around them.
    pub cells: Vec<Cow<'a, str>>,
}

/// The rows of a text, in order.
#[derive(Clone)]
pub(in crate::lesson) struct Rows<'a> {
    separator: char,
    rest: &'a str,
    /// The line that `rest` begins on.
    line: usize,
}

impl<'a> Rows<'a> {
    pub fn of(text: &'a str, separator: char) -> Self {
        Self {
            separator,
            rest: text,
            line: 1,
        }
    }

    /// What stands between cells.
    pub fn separator(&self) -> char {
        self.separator
    }

    /// The same rows with another separator.
    pub fn separated_by(self, separator: char) -> Self {
        Self { separator, ..self }
    }

    /// Takes a cell from the rest, up to the separator or line end behind it.
    fn cell(&mut self) -> Result<Cow<'a, str>, Fault> {
        let ends = [self.separator, '\r', '\n'];
        let blank = |c: char| matches!(c, ' ' | '\t') && c != self.separator;
        let begun = self.rest.trim_start_matches(blank);
        let Some(mut quoted) = begun.strip_prefix('"') else {
            let (cell, rest) = split(self.rest, &ends);
            self.rest = rest;
            return Ok(cell.trim().into());
        };
        let mut cell = Cow::default();
        loop {
            let Some((part, rest)) = quoted.split_once('"') else {
                return Err(Fault::new(
                    format!("a quote is opened in line {} and never closed", self.line),
                    "a quote at the end of the cell, or none",
                ));
            };
            cell += part;
            let Some(after) = rest.strip_prefix('"') else {
                let (behind, rest) = split(rest, &ends);
                if !behind.trim().is_empty() {
                    return Err(Fault::new(
                        format!(
                            "a cell that begins with a quote in line {} goes on behind its closing quote",
                            self.line
                        ),
                        "quotes around the whole cell, or none",
                    ));
                }
                self.line += line_ends(&cell);
                self.rest = rest;
                return Ok(cell);
            };
            cell += "\"";
            quoted = after;
        }
    }

    /// Takes the line end that the rest begins with, if it does.
    fn end_line(&mut self) {
        let rest = self.rest.strip_prefix('\r').unwrap_or(self.rest);
        let rest = rest.strip_prefix('\n').unwrap_or(rest);
        self.line += usize::from(rest.len() < self.rest.len());
        self.rest = rest;
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Row<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            // Of a line that is not blank, no more is looked at than it takes to see that.
            let blank = |c: char| c.is_whitespace() && !matches!(c, '\r' | '\n');
            let rest = self.rest.trim_start_matches(blank);
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with(['\r', '\n']) {
                break;
            }
            self.rest = rest;
            self.end_line();
        }
        let (line, begun) = (self.line, self.rest);
        let mut cells = Vec::new();
        loop {
            match self.cell() {
                Ok(cell) => cells.push(cell),
                Err(fault) => return Some(Err(fault)),
            }
            if begun.len() - self.rest.len() > LONGEST {
                let message = format!("line {line} is longer than {} MiB", LONGEST >> 20);
                let advice = "a line for each item, with a cell for each column";
                return Some(Err(Fault::new(message, advice)));
            }
            match self.rest.strip_prefix(self.separator) {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        let text = &begun[..begun.len() - self.rest.len()];
        self.end_line();
        Some(Ok(Row { line, text, cells }))
    }
}

/// What stands before the first of some characters, and what begins with it.
fn split<'a>(text: &'a str, ends: &[char]) -> (&'a str, &'a str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// How many line ends a text has.
pub(in crate::lesson) fn line_ends(text: &str) -> usize {
    text.matches(['\r', '\n']).count() - text.matches("\r\n").count()
}
