//! The tape of a sitting: every line done so far that has changed anything, for `save`; and how deep scripts are
//! running one another.

use std::rc::Rc;

use crate::command::{Command, without_comment};
use crate::explain::printable;

/// Scripts that run scripts may be nested this deep.
const DEEPEST: usize = 8;

/// A script has no more bytes than these.
const MOST_BYTES: usize = 4 << 20;

/// The lines done so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Tape {
    /// Copies of a sitting share them, of which opening a page makes one.
    lines: Rc<Vec<String>>,
    /// How many bytes they have, with a line end for each.
    bytes: usize,
    /// The last of them as a command, and how many lines there were then.
    last: Option<(Command, usize)>,
    /// How many scripts are running one another.
    depth: usize,
    /// Whether anything has been made that nothing keeps.
    unkept: bool,
}

impl Tape {
    /// The tape of a sitting that goes on in another lesson, where a script needs these lines first. A script that opens
    /// lessons is still a script.
    pub fn going_on(&self, lines: Vec<String>) -> Self {
        Self {
            bytes: lines.iter().map(|line| line.len() + 1).sum(),
            lines: Rc::new(lines),
            last: None,
            depth: self.depth,
            unkept: false,
        }
    }

    /// Whether anything has been made since the page was opened or the sitting saved that takes more than a few keys.
    pub fn has_unkept(&self) -> bool {
        self.unkept
    }

    pub fn is_kept(&mut self) {
        self.unkept = false;
    }

    /// The lines; `None` where there have been more than a script can have.
    pub fn lines(&self) -> Option<&[String]> {
        (self.bytes <= MOST_BYTES).then_some(self.lines.as_slice())
    }

    /// Takes note of a line that has been done.
    pub fn note(&mut self, line: &str, command: &Command) {
        if !command.is_saved() || self.bytes > MOST_BYTES {
            return;
        }
        self.unkept |= command.makes();
        // Line after line is one move.
        if let (Command::Next(count), Some((Command::Next(before), noted))) =
            (command, self.last.take())
            && self.lines.len() == noted
            && let Some(sum) = count.checked_add(before)
        {
            let last = Rc::make_mut(&mut self.lines).pop();
            self.bytes -= last.map_or(0, |line| line.len() + 1);
            self.add(format!("next {sum}"));
            self.last = Some((Command::Next(sum), noted));
            return;
        }
        // Tabs and the like part words, and a terminal that shows the script would obey them.
        self.add(printable(without_comment(line).trim()));
        self.last = Some((command.clone(), self.lines.len()));
    }

    pub fn add(&mut self, line: String) {
        self.bytes += line.len() + 1;
        if self.bytes > MOST_BYTES {
            // A part of them comes to another state than all of them.
            self.lines = Rc::default();
        } else {
            Rc::make_mut(&mut self.lines).push(line);
        }
    }

    /// A script begins; `false` where too many have begun one another.
    pub fn enter_script(&mut self) -> bool {
        let may = self.depth < DEEPEST;
        self.depth += usize::from(may);
        may
    }

    /// Whether a script is being run.
    pub fn is_in_script(&self) -> bool {
        self.depth > 0
    }

    /// The script that was begun last has ended.
    pub fn leave_script(&mut self) {
        self.depth -= 1;
    }
}
