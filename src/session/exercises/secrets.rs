//! What the questions of a page are about, and what is not shown before they are answered.

use crate::asking::{Exercise, Scene, is_shown};
use crate::explain::{Derivation, Quantity};
use crate::session::Session;

impl Session {
    /// Takes note of the updates that the questions of a page just opened are about.
    pub(in crate::session) fn note_exercise(&mut self) {
        let exercises = self.page().exercises.iter();
        let about = exercises
            .map(|one| one.question.kind().update(self))
            .collect();
        self.exercises.turn_to(about);
        self.exercises.choose(self.next_question());
        self.begin_fading();
    }

    /// The update that the first of the page's unsolved questions about one is about.
    pub(in crate::session) fn asked_update(&self) -> Option<u64> {
        let open = |nth: &usize| !self.has_solved(*nth);
        let about = (0..self.page().exercises.len()).filter(open);
        about.filter_map(|nth| self.exercises.about(nth)).min()
    }

    /// The quantities that the page's questions ask for of the update on the screen: of those that are not solved, and
    /// of those that were when the page was opened until the run has shown them.
    pub(in crate::session) fn secrets(&self) -> Vec<Quantity> {
        let update = Some(self.position().update);
        let exercises = self.page().exercises.iter().enumerate();
        let here = exercises.filter(|(nth, _)| self.exercises.about(*nth) == update);
        let secret = |(nth, exercise): (usize, &Exercise)| {
            let secret = exercise.question.kind().secret(self)?;
            let open = !self.has_solved(nth)
                || !self.exercises.is_solved_here(nth) && !is_shown(self, secret);
            open.then_some(secret)
        };
        here.filter_map(secret).collect()
    }

    /// How many lines more show the number that has just been answered, where it is one of the update on the screen or
    /// of the one after it.
    pub fn lines_to_answer(&self) -> Option<u64> {
        let nth = self.exercises.current();
        let about = self.exercises.about(nth)?;
        let secret = (self.current_exercise()?.question.kind()).secret(self)?;
        let task = Scene::task(self)?;
        let (position, complete) = (self.position(), self.is_complete());
        let (update, shown) = if complete {
            (position.update + 1, 0)
        } else {
            (position.update, position.lines)
        };
        if update != about {
            return None;
        }
        // Where settings have been changed, the line has another number.
        let record = self.record_of(update).ok()?;
        let model = self.timeline().run().model();
        let derivation = Derivation::new(model, &record, self.focus(), self.convention());
        let right = task.key(&[])?.right;
        let same = derivation.value(secret).is_some_and(|value| value == right);
        let more = derivation.known_after(secret).checked_sub(shown)?;
        (same && more > 0).then_some(more as u64)
    }
}
