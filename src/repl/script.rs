//! Commands from a pipe or a script.

use std::io::{self, BufRead, Write};

use super::Printer;
use crate::command::{Complaint, script_lines};
use crate::session::Session;
use crate::view::{Seen, narrate};

/// A line of a script that could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The line is wrong.
    #[error("{name}:{line}: {text}")]
    Line {
        /// The file, or what stands for it.
        name: String,
        /// The number of the line, from 1.
        line: usize,
        /// The line with the word marked, what is wrong and what would work.
        text: String,
    },
    /// What the script says cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Runs every command of a script, up to the first that fails.
///
/// # Errors
/// The line that failed, or that `out` cannot be written to.
pub fn run_script(
    session: &mut Session,
    name: &str,
    script: &str,
    printer: Printer,
    out: &mut dyn Write,
) -> Result<(), Failed> {
    for (line, command) in script_lines(script) {
        match one(session, command, printer, out)? {
            Ok(true) => break,
            Ok(false) => {}
            Err(complaint) => {
                return Err(Failed::Line {
                    name: name.to_owned(),
                    line,
                    text: marked(command, &complaint),
                });
            }
        }
    }
    Ok(())
}

/// Runs commands line by line as they come, going on after a wrong one; says whether all were right.
///
/// # Errors
/// Where the input cannot be read or `out` and `messages` cannot be written to.
pub fn pipe(
    session: &mut Session,
    input: &mut dyn BufRead,
    printer: Printer,
    out: &mut dyn Write,
    messages: &mut dyn Write,
) -> io::Result<bool> {
    let mut all_right = true;
    let mut number = 0;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(all_right);
        }
        number += 1;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        for (_, command) in script_lines(text) {
            match one(session, command, printer, out)? {
                Ok(true) => return Ok(all_right),
                Ok(false) => {}
                Err(complaint) => {
                    all_right = false;
                    out.flush()?;
                    writeln!(messages, "line {number}: {}", marked(command, &complaint))?;
                }
            }
        }
    }
}

/// Runs one command and says what came of it; the answer is whether the learner wants to leave.
fn one(
    session: &mut Session,
    command: &str,
    printer: Printer,
    out: &mut dyn Write,
) -> io::Result<Result<bool, Complaint>> {
    let before = Seen::of(session);
    match session.run_line(command) {
        Ok(outcome) => {
            printer.print(&narrate(&before, session, &outcome), out)?;
            Ok(Ok(outcome.leaving().is_some()))
        }
        Err(complaint) => Ok(Err(complaint)),
    }
}

/// What is wrong with a line, the line with a mark under the word that is meant, and what would work.
pub fn marked(line: &str, complaint: &Complaint) -> String {
    let start = complaint.span.start.min(line.len());
    let end = complaint.span.end.min(line.len()).max(start);
    let columns = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let shown: String = line
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let before = columns(line.get(..start).unwrap_or(line));
    let length = columns(line.get(start..end).unwrap_or("")).max(1);
    format!(
        "{}\n  {shown}\n  {}{} {}",
        complaint.message,
        " ".repeat(before),
        "^".repeat(length),
        complaint.advice
    )
}
