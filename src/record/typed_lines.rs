//! The lines typed before, kept from one sitting to the next.
//!
//! A convenience: whatever is in the way of the file, lines are still remembered while the tutor runs.

use std::io;
use std::rc::Rc;

use super::shelf::{Lying, Shelf};
use crate::command::script_lines;
use crate::explain::{acts, printable};

/// The name of the file on its shelf.
pub const HISTORY_FILE: &str = "history.txt";
/// So many lines are remembered.
const MOST_LINES: usize = 1000;
/// Longer lines are not remembered, in characters.
const LONGEST: usize = 1000;
/// So much is read of a file that has grown beyond all measure, from its end, in bytes.
const MOST_BYTES: u64 = 4 << 20;

/// Every line that has been typed, once: a line typed again moves to the end.
///
/// The file has a line for each; a new one is added at its end, so that two tutors at once both add theirs. What is in
/// it twice is dropped when it is read.
#[derive(Debug, Default)]
pub struct TypedLines {
    /// Oldest first.
    lines: Vec<String>,
    shelf: Option<Rc<dyn Shelf>>,
    /// How many lines the file has, as far as is known.
    in_file: usize,
}

impl TypedLines {
    /// The lines that lie on a shelf; without one, or without a file on it that can be read, there are none yet.
    pub fn load(shelf: Option<Rc<dyn Shelf>>) -> Self {
        let mut typed = Self {
            shelf,
            ..Self::default()
        };
        if let Some(shelf) = &typed.shelf {
            let all = read(&**shelf).unwrap_or_default();
            typed.in_file = all.len();
            typed.lines = each_once(all);
        }
        typed
    }

    /// The lines, oldest first, none of them twice.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Takes note of what has been typed, here and in the file. Several lines become one, with semicolons.
    pub fn add(&mut self, typed: &str) {
        let line = one_line(typed);
        if !is_kept(&line) || self.lines.last() == Some(&line) {
            return;
        }
        self.lines.retain(|other| *other != line);
        self.lines.push(line);
        let surplus = self.lines.len().saturating_sub(MOST_LINES);
        self.lines.drain(..surplus);
        // Where it fails, nothing is lost that matters.
        let _ = self.write();
    }

    /// Adds the last line to the file; where that has grown too long, it is written anew.
    fn write(&mut self) -> io::Result<()> {
        let (Some(shelf), Some(line)) = (&self.shelf, self.lines.last()) else {
            return Ok(());
        };
        shelf.add(HISTORY_FILE, line)?;
        self.in_file += 1;
        if self.in_file > 2 * MOST_LINES {
            let _held = shelf.hold(HISTORY_FILE)?;
            // Another tutor may have added to it.
            let lines = each_once(read(&**shelf)?);
            shelf.put(HISTORY_FILE, &(lines.join("\n") + "\n"))?;
            self.in_file = lines.len();
        }
        Ok(())
    }
}

/// What has been typed as one line, without its margins and without characters that a terminal would obey.
fn one_line(typed: &str) -> String {
    let line = if typed.trim().contains('\n') {
        let parts: Vec<&str> = script_lines(typed).map(|(_, part)| part.trim()).collect();
        parts.join("; ")
    } else {
        typed.to_owned()
    };
    printable(&line).trim().to_owned()
}

/// Whether a line is worth keeping, and was text when it was read.
fn is_kept(line: &str) -> bool {
    let damaged = |c: char| acts(c) || c == char::REPLACEMENT_CHARACTER;
    !line.trim().is_empty() && !line.contains(damaged) && line.chars().count() <= LONGEST
}

/// The latest of each line, and no more than are remembered.
fn each_once(lines: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let mut latest: Vec<String> = lines
        .into_iter()
        .rev()
        .filter(|line| seen.insert(line.clone()))
        .take(MOST_LINES)
        .collect();
    latest.reverse();
    latest
}

/// The lines of the file that are worth keeping.
fn read(shelf: &dyn Shelf) -> io::Result<Vec<String>> {
    let Lying::File { end, cut } = shelf.read(HISTORY_FILE, MOST_BYTES)? else {
        return Ok(Vec::new());
    };
    let text = String::from_utf8_lossy(&end);
    // What is read from the middle begins within a line.
    let lines = text.lines().skip(usize::from(cut));
    Ok(lines.map(one_line).filter(|line| is_kept(line)).collect())
}
