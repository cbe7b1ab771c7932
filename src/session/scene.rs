//! The sitting as a scene for questions.

use std::rc::Rc;

use super::{Position, Session};
use crate::asking::{Scene, Stage, Task};
use crate::command::{Complaint, Scope};
use crate::explain::{Derivation, Digits, Live, Quantity, Span};
use crate::math::Settings;
use crate::timeline::Run;

impl Scene for Session {
    fn task(&self) -> Option<Rc<Task>> {
        let exercise = self.current_exercise()?;
        let posed = || exercise.question.kind().posed(self);
        let place = (self.current_place(), self.digits());
        self.memo.task(place, self.watch(), posed)
    }

    fn live(&self, live: Live) -> Span {
        Self::live(self, live)
    }

    fn digits(&self) -> Digits {
        Self::digits(self)
    }

    fn has_shown(&self, quantity: Option<Quantity>, value: f64) -> bool {
        self.sights.has(quantity, value)
    }

    /// The same sitting asks the same questions.
    fn seed(&self, times: u64) -> u64 {
        let (page, nth) = self.current_place();
        (nth as u64) << 40 | (page as u64) << 16 | times
    }
}

impl Stage for Session {
    fn run(&self) -> &Run {
        self.runs.run()
    }

    fn settings(&self) -> Settings {
        self.lesson.settings
    }

    fn scope(&self) -> Scope {
        Self::scope(self)
    }

    fn derivation(&self) -> Rc<Derivation> {
        Self::derivation(self)
    }

    fn shown(&self) -> (u64, usize) {
        let Position { update, lines } = self.position();
        (update, lines)
    }

    fn prepared(&self) -> Option<Box<dyn Stage>> {
        Some(Box::new(Self::prepared(self)?))
    }

    fn after(&self, lines: &[String]) -> Result<Box<dyn Stage>, Complaint> {
        let mut trial = self.clone();
        trial.player.animate(false);
        for line in lines {
            trial.do_line(line)?;
            if trial.watch().is_halted() {
                break;
            }
        }
        Ok(Box::new(trial))
    }
}

impl Session {
    /// The sitting as the open page prepares it, whatever has been changed since; `None` where it is stopped.
    pub(super) fn prepared(&self) -> Option<Self> {
        let mut prepared = Self::unopened_and_watched(self.lesson.clone(), self.watch().clone());
        prepared.notation.show_digits(self.digits());
        prepared.open_page(self.page_index()).ok()?;
        let (_, nth) = self.current_place();
        (!self.watch().is_halted()).then(|| prepared.asking(nth))
    }

    /// Takes note of the numbers that the update on the screen shows.
    pub(super) fn note_sights(&mut self) {
        let Position { update, lines } = self.position();
        let derivation = self.derivation();
        self.sights.note(update, &derivation, lines);
    }
}
