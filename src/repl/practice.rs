//! Practice, line by line: problems go out, answers come in.

use std::io::{self, BufRead, Write, stdout};

use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use super::Printer;
use super::script::marked;
use crate::command::script_lines;
use crate::practice::Practice;

/// Practises with a person at a prompt.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn practise(mut practice: Practice, printer: Printer) -> io::Result<()> {
    let mut editor = DefaultEditor::new().map_err(io::Error::other)?;
    let mut out = stdout();
    printer.print(&practice.opening().text(), &mut out)?;
    loop {
        match editor.readline(&practice.prompt()) {
            Ok(entered) => {
                for (_, line) in script_lines(&entered) {
                    match practice.reply(line) {
                        Ok(reply) => {
                            printer.print(&reply.text(), &mut out)?;
                            if reply.is_over() {
                                return Ok(());
                            }
                        }
                        Err(complaint) => {
                            writeln!(out, "{}", marked(line, &complaint))?;
                            break;
                        }
                    }
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
    let mut all_right = true;
    printer.print(&practice.opening().text(), out)?;
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            printer.print(&practice.summary(), out)?;
            return Ok(all_right);
        }
        number += 1;
        let text = String::from_utf8_lossy(&bytes);
        for (_, line) in script_lines(&text) {
            match practice.reply(line) {
                Ok(reply) => {
                    printer.print(&reply.text(), out)?;
                    if reply.is_over() {
                        return Ok(all_right);
                    }
                }
                Err(complaint) => {
                    all_right = false;
                    out.flush()?;
                    writeln!(messages, "line {number}: {}", marked(line, &complaint))?;
                }
            }
        }
    }
}
