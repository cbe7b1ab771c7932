//! Commands from a pipe or a script.

use std::io::{self, BufRead, Read, Write};
use std::ops::Range;

use super::Printer;
use crate::command::{Complaint, ScreenAction, is_enter, offset, script_lines};
use crate::explain::{self, printable};
use crate::session::Session;
use crate::view::{Seen, in_words, meant_by_enter, narrate, whereabouts};

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
    /// Somebody has stopped it.
    #[error("{name}:{line}: stopped; what comes after it is not done")]
    Stopped {
        /// The file, or what stands for it.
        name: String,
        /// The number of the line, from 1.
        line: usize,
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
    mut printer: Printer,
    out: &mut dyn Write,
) -> Result<(), Failed> {
    for (line, command) in script_lines(script) {
        match answer(session, command, &mut printer, out)? {
            Answered::Leaves => break,
            Answered::Done => {}
            Answered::Stopped => {
                let name = name.to_owned();
                return Err(Failed::Stopped { name, line });
            }
            Answered::Wrong(text) => {
                let name = name.to_owned();
                return Err(Failed::Line { name, line, text });
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
    mut printer: Printer,
    out: &mut dyn Write,
    messages: &mut dyn Write,
) -> io::Result<bool> {
    let (all_right, _) = answer_lines(input, out, messages, |line, out| {
        answer(session, line, &mut printer, out)
    })?;
    Ok(all_right)
}

/// The command lines of a line; of one in which nothing stands, that.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let empty = text.trim().is_empty().then_some("");
    let lines = script_lines(text).map(|(_, line)| line);
    empty.into_iter().chain(lines)
}

/// The longest line of a pipe, in bytes.
const LONGEST: u64 = 1 << 20;

/// What came of a line.
pub(super) enum Answered {
    Done,
    /// Somebody has stopped it, which has been said.
    Stopped,
    Leaves,
    /// It could not be done: the line with the word marked, what is wrong and what would work.
    Wrong(String),
}

/// Answers lines as they come, going on after a wrong one; says whether all were right, and whether one of them was to
/// leave.
pub(super) fn answer_lines(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    messages: &mut dyn Write,
    mut answer: impl FnMut(&str, &mut dyn Write) -> io::Result<Answered>,
) -> io::Result<(bool, bool)> {
    let mut all_right = true;
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        match input.take(LONGEST).read_until(b'\n', &mut bytes)? as u64 {
            0 => break,
            LONGEST if !bytes.ends_with(b"\n") => {
                let words = "is longer than any that is typed; nothing after it is read";
                writeln!(messages, "line {number}: it {words}")?;
                return Ok((false, false));
            }
            _ => {}
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        for line in lines_of(text) {
            match answer(line, out)? {
                Answered::Done => {}
                Answered::Leaves => return Ok((all_right, true)),
                Answered::Stopped => {
                    out.flush()?;
                    writeln!(messages, "line {number}: stopped; nothing after it is read")?;
                    return Ok((false, true));
                }
                Answered::Wrong(text) => {
                    all_right = false;
                    out.flush()?;
                    writeln!(messages, "line {number}: {text}")?;
                }
            }
        }
    }
    Ok((all_right, false))
}

/// Answers what has been entered at a prompt; the answer is whether the learner wants to leave. What has been pasted
/// may be several lines: a wrong one ends them.
pub(super) fn answer_entered(
    entered: &str,
    mut answer: impl FnMut(&str) -> io::Result<Answered>,
) -> io::Result<bool> {
    for line in lines_of(entered) {
        match answer(line)? {
            Answered::Done => {}
            Answered::Leaves => return Ok(true),
            Answered::Stopped => break,
            Answered::Wrong(text) => {
                writeln!(io::stdout(), "{text}")?;
                break;
            }
        }
    }
    Ok(false)
}

/// Runs one command and says what came of it; to an empty line, where one is and what can be done there. Another theme
/// holds from there on.
pub(super) fn answer(
    session: &mut Session,
    line: &str,
    printer: &mut Printer,
    out: &mut dyn Write,
) -> io::Result<Answered> {
    let line = if is_enter(line) {
        meant_by_enter(session)
    } else {
        line
    };
    if line.is_empty() {
        printer.print(&whereabouts(session), out)?;
        return Ok(Answered::Done);
    }
    let before = Seen::of(session);
    match session.run_line(line) {
        Ok(outcome) => {
            for action in outcome.actions() {
                if let ScreenAction::Theme(theme) = action {
                    printer.take_theme(theme);
                }
            }
            printer.print(&narrate(&before, session, &outcome), out)?;
            Ok(match outcome.leaving() {
                Some(_) => Answered::Leaves,
                None if session.watch().ended().is_some() => Answered::Stopped,
                None => Answered::Done,
            })
        }
        Err(complaint) if session.watch().ended().is_some() => {
            writeln!(out, "{}", marked(line, &complaint))?;
            Ok(Answered::Stopped)
        }
        Err(complaint) => Ok(Answered::Wrong(marked(line, &complaint))),
    }
}

/// What is wrong with a line, the line, and in words where in it and what would work.
pub fn marked(line: &str, complaint: &Complaint) -> String {
    format!(
        "{}\n  {}\n  {}{}",
        printable(&in_words(&complaint.message)),
        printable(line),
        place(line, explain::marked(line, &complaint.span)),
        printable(&in_words(&complaint.advice))
    )
}

/// Where in a line something stands, in words: `The second word, `mometum`: `. Nothing where it is all of it.
fn place(line: &str, meant: Range<usize>) -> String {
    let words: Vec<(usize, &str)> = line
        .split_whitespace()
        .map(|word| (offset(line, word), word))
        .collect();
    let is_in = |(start, word): &&(usize, &str)| {
        *start < meant.end.max(meant.start + 1) && meant.start < start + word.len()
    };
    let touched: Vec<&(usize, &str)> = words.iter().filter(is_in).collect();
    let text = printable(line[meant.clone()].trim());
    let number = |word: &(usize, &str)| ordinal(words.partition_point(|one| one.0 < word.0));
    let place = match touched.as_slice() {
        all if !all.is_empty() && text == printable(line.trim()) => return String::new(),
        [] => "At the end".to_owned(),
        [word] if text == printable(word.1) => format!("The {} word, `{text}`", number(word)),
        [word] => format!("`{text}` in the {} word", number(word)),
        [first, .., last] => {
            format!(
                "From the {} word to the {}, `{text}`",
                number(first),
                number(last)
            )
        }
    };
    place + ": "
}

/// `third`, counted from 0.
fn ordinal(index: usize) -> String {
    const FIRST: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    let number = index + 1;
    let ending = match (number % 10, number % 100) {
        (1, hundreds) if hundreds != 11 => "st",
        (2, hundreds) if hundreds != 12 => "nd",
        (3, hundreds) if hundreds != 13 => "rd",
        _ => "th",
    };
    let written = FIRST.get(index).map(|word| (*word).to_owned());
    written.unwrap_or_else(|| format!("{number}{ending}"))
}
