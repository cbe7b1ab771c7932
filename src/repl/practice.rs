//! Practice, line by line: problems go out, answers come in.

use std::io::{self, BufRead, Write, stdout};

use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use super::script::{Answered, answer_entered, answer_lines, marked};
use super::{Printer, Reading, line};
use crate::practice::Practice;

/// Practises with a person at a prompt.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn practise(mut practice: Practice, printer: Printer, reading: Reading) -> io::Result<()> {
    let mut editor = DefaultEditor::new().map_err(io::Error::other)?;
    let mut out = stdout();
    printer.print(&practice.opening().text(), &mut out)?;
    loop {
        match line(&mut editor, &practice.prompt(), reading) {
            Ok(entered) => {
                if answer_entered(&entered, |line| {
                    reply(&mut practice, line, printer, &mut out)
                })? {
                    return Ok(());
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return printer.print(&practice.summary(), &mut out),
            Err(error) => return Err(io::Error::other(error)),
        }
    }
}

/// Practises through a pipe, going on after a line that means nothing; says whether all lines meant something.
///
/// # Errors
/// Where the input cannot be read, or `out` and `messages` cannot be written to.
pub fn practise_with_pipe(
    mut practice: Practice,
    input: &mut dyn BufRead,
    printer: Printer,
    out: &mut dyn Write,
    messages: &mut dyn Write,
) -> io::Result<bool> {
    printer.print(&practice.opening().text(), out)?;
    let (all_right, over) = answer_lines(input, out, messages, |line, out| {
        reply(&mut practice, line, printer, out)
    })?;
    if !over {
        printer.print(&practice.summary(), out)?;
    }
    Ok(all_right)
}

/// Answers one line and says what came of it.
fn reply(
    practice: &mut Practice,
    line: &str,
    printer: Printer,
    out: &mut dyn Write,
) -> io::Result<Answered> {
    if line.is_empty() {
        return Ok(Answered::Done);
    }
    match practice.reply(line) {
        Ok(reply) => {
            printer.print(&reply.text(), out)?;
            Ok(if reply.is_over() {
                Answered::Leaves
            } else {
                Answered::Done
            })
        }
        Err(complaint) => Ok(Answered::Wrong(marked(line, &complaint))),
    }
}
