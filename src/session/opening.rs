//! Going from one lesson to another.

use std::sync::Arc;

use super::{Outcome, Refusal, Session, are};
use crate::explain::{Digits, Language, Line, Role};
use crate::lesson::{BUILTIN, Lesson};

impl Session {
    /// Opens another lesson, by its name or its file. A new sitting takes the place of this one, in which numbers and
    /// code look as they did.
    pub(super) fn open(&mut self, name: &str) -> Result<Outcome, Refusal> {
        let lesson = Lesson::open(name).map_err(|error| {
            let (message, advice) = error.brief();
            Refusal::new(message, advice)
        })?;
        let mut opened = Self {
            digits: self.digits,
            language: self.language,
            // A script that opens lessons is still a script.
            depth: self.depth,
            artist: self.artist,
            log: self.kept_looks(),
            ..Self::unopened(Arc::new(lesson))
        };
        opened.open_page(0)?;
        let branches = self.timeline.branches().len() - 1;
        *self = opened;
        let given_up = (branches > 0).then(|| {
            let gone = are(branches, "branch", "branches");
            format!("A new sitting begins; {gone} given up.")
        });
        Ok(Outcome {
            opens: true,
            ..Outcome::maybe(given_up)
        })
    }

    /// The lines that a script needs for what stays when another lesson is opened.
    fn kept_looks(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.digits != Digits::default() {
            lines.push(format!("set digits {}", self.digits.get()));
        }
        if self.language != Language::default() {
            lines.push(format!("code {}", self.language.name()));
        }
        lines
    }

    /// The lessons that come with the program, and how to open one.
    pub(super) fn list_lessons() -> Outcome {
        /// Summaries begin in one column.
        const COLUMN: usize = 24;
        let entry = |builtin: &crate::lesson::Builtin| {
            let summary = builtin
                .load()
                .map_or(String::new(), |lesson| lesson.summary);
            let mut line = Line::plain("  ");
            line.push(format!("{:<COLUMN$}", builtin.name), Role::Code);
            line.push(summary, Role::Plain);
            line.indent = COLUMN + 2;
            line
        };
        let mut lines: Vec<Line> = BUILTIN.iter().map(entry).collect();
        lines.push(Line::new());
        let hint = "`open NAME` opens one, `open FILE` a lesson of your own.";
        lines.push(Line::new().with(hint, Role::Muted));
        Outcome::shows("Lessons, in the order of the course", lines)
    }
}
