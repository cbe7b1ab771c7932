//! Copying what is shown: as text without borders, for the clipboard of the terminal.

use super::{App, Front, Pane, Window};
use crate::command::ShowTopic;
use crate::explain::{Line, plural, printable};
use crate::view::{Medium, Sheet};

/// As much of a text is sent, in bytes: what is longer, many terminals leave out.
const MOST: usize = 64 << 10;

impl App {
    /// Copies what the pane says that shows a topic; without one, what is being read, or the pane in focus.
    pub(super) fn copy(&mut self, topic: Option<ShowTopic>) {
        let read = match (&self.front, topic) {
            (Front::Reading(window), None) => Some(window.sheet.clone()),
            (
                Front::Panes
                | Front::Bar(_)
                | Front::Foretelling(_)
                | Front::Asking(_)
                | Front::Reading(_),
                _,
            ) => None,
        };
        let sheet = read.unwrap_or_else(|| {
            let topic = topic.unwrap_or_else(|| self.topic_in_focus());
            Sheet::of(&self.session.words(topic), Medium::Words)
        });
        let lines = sheet.text.lines.iter().map(|line| printable(&line.text()));
        let lines: Vec<String> = std::iter::once(printable(&sheet.title))
            .chain(lines)
            .collect();
        let all = lines.len();
        let mut room = MOST;
        let has_room = |line: &&String| {
            let left = room.checked_sub(line.len() + 1);
            room = left.unwrap_or(0);
            left.is_some()
        };
        let sent: Vec<&str> = (lines.iter())
            .take_while(has_room)
            .map(String::as_str)
            .collect();
        let (count, lines) = (sent.len(), plural(sent.len() as u64, "line"));
        let part = if count < all {
            format!("The first {count} {lines} of {all} are")
        } else {
            format!("{count} {lines} {}", if count == 1 { "is" } else { "are" })
        };
        let told = format!("{part} on the clipboard, if the terminal lets programs copy.");
        self.common.copied = Some(sent.join("\n") + "\n");
        self.front = Front::Reading(Window::showing(sheet, Line::plain(told)));
    }

    /// What the pane in focus tells.
    fn topic_in_focus(&self) -> ShowTopic {
        match self.focus {
            Pane::Lesson => ShowTopic::Lesson,
            Pane::Code => ShowTopic::Code,
            Pane::Update => ShowTopic::State,
            Pane::Picture => ShowTopic::Picture(self.session.picture()),
        }
    }
}
