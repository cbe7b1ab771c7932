//! The tape of a sitting: every line done so far that has changed anything, for `save`; and how deep scripts are
//! running one another.

use crate::command::{Command, without_comment};
use crate::explain::printable;

/// Scripts that run scripts may be nested this deep.
const DEEPEST: usize = 8;

/// The lines done so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Tape {
    lines: Vec<String>,
    /// The last of them as a command, and how many lines there were then.
    last: Option<(Command, usize)>,
    /// How many scripts are running one another.
    depth: usize,
}

impl Tape {
    /// The tape of a sitting that goes on in another lesson, where a script needs these lines first. A script that opens
    /// lessons is still a script.
    pub fn going_on(&self, lines: Vec<String>) -> Self {
        Self {
            lines,
            last: None,
            depth: self.depth,
        }
    }

    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Takes note of a line that has been done.
    pub fn note(&mut self, line: &str, command: &Command) {
        if !command.is_saved() {
            return;
        }
        // Line after line is one move.
        if let (Command::Next(count), Some((Command::Next(before), noted))) =
            (command, self.last.take())
            && self.lines.len() == noted
            && let Some(sum) = count.checked_add(before)
        {
            self.lines.pop();
            self.add(format!("next {sum}"));
            self.last = Some((Command::Next(sum), noted));
            return;
        }
        // Tabs and the like part words, and a terminal that shows the script would obey them.
        self.add(printable(without_comment(line).trim()));
        self.last = Some((command.clone(), self.lines.len()));
    }

    pub fn add(&mut self, line: String) {
        self.lines.push(line);
    }

    /// A script begins; `false` where too many have begun one another.
    pub fn enter_script(&mut self) -> bool {
        let may = self.depth < DEEPEST;
        self.depth += usize::from(may);
        may
    }

    /// The script that was begun last has ended.
    pub fn leave_script(&mut self) {
        self.depth -= 1;
    }
}
