//! Going from one lesson to another.

use std::sync::Arc;

use super::{Outcome, Refusal, Session, are};
use crate::explain::{Digits, Language};
use crate::lesson::Lesson;

impl Session {
    /// Opens another lesson, by its name or its file. A new sitting takes the place of this one, in which numbers and
    /// code look as they did.
    pub(super) fn open(&mut self, name: &str) -> Result<Outcome, Refusal> {
        let lesson = Lesson::open(name).map_err(|error| {
            let (message, advice) = error.brief();
            Refusal::new(message, advice)
        })?;
        let tried = (self.exercising.clone()).going_on(&self.lesson.name, &lesson.name);
        let mut opened = Self {
            exercising: tried,
            digits: self.digits,
            language: self.language,
            // A script that opens lessons is still a script.
            depth: self.depth,
            artist: self.artist,
            keeper: self.keeper.clone(),
            log: self.kept_looks(),
            ..Self::unopened(Arc::new(lesson))
        };
        opened.open_page(0)?;
        let branches = self.timeline.branches().len() - 1;
        *self = opened;
        self.note_place();
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
}
