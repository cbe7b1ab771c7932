//! How the learner stands with the exercises: which waits for an answer, which comes next, what has become of each.

use super::Place;
use crate::asking::{Answering, Exercise, ExerciseStatus, Waiting};
use crate::explain::{Line, Role};
use crate::record::ExerciseLog;
use crate::session::Session;

impl Session {
    /// Which hint of the question that waits comes next, from 1, and of how many.
    pub fn hint_to_come(&self) -> Option<(usize, usize)> {
        let exercise = self.current_exercise()?;
        exercise.hint_to_come(self, &self.attempt())
    }

    /// What answers the question that waits for an answer, where one does.
    pub fn answering(&self) -> Option<Answering> {
        let exercise = self.current_exercise()?;
        (self.awaits_answer()).then(|| exercise.question.kind().answers())
    }

    /// The question that waits for an answer, for a screen that keeps it in sight; `None` where none does.
    pub fn waiting(&self) -> Option<Waiting> {
        self.awaits_answer().then(|| self.question())?
    }

    /// The question that is asked now or comes next, in the form in which it is asked; `None` where it cannot be asked.
    pub fn question(&self) -> Option<Waiting> {
        self.current_exercise()?.ask(self, &self.attempt()).ok()
    }

    /// How far the learner has come with a page's exercises: with all of them, or with the first that is not solved;
    /// `None` for a page without any.
    pub fn exercise_status(&self, page: usize) -> Option<ExerciseStatus> {
        let exercises = self.lesson.pages.get(page)?.exercises.iter().enumerate();
        let all = exercises.map(|(nth, _)| self.question_status((page, nth)));
        all.reduce(|first, next| match (first, next) {
            (ExerciseStatus::Solved { aided }, ExerciseStatus::Solved { aided: too }) => {
                let aided = aided || too;
                ExerciseStatus::Solved { aided }
            }
            (unsolved @ ExerciseStatus::Unsolved { .. }, _)
            | (ExerciseStatus::Solved { .. }, unsolved) => unsolved,
        })
    }

    pub(in crate::session) fn question_status(&self, place: Place) -> ExerciseStatus {
        if let Some(attempt) = self.exercises.attempt(place) {
            return attempt.status();
        }
        match self.logged(place) {
            Some(log) if log.solved => ExerciseStatus::Solved { aided: log.aided },
            _ => ExerciseStatus::Unsolved { hints: 0 },
        }
    }

    /// What has become of an exercise so far, in this sitting and those before.
    fn logged(&self, (page, nth): Place) -> Option<&ExerciseLog> {
        let question = self.lesson.question(page, nth)?;
        let logbook = self.keeper.logbook();
        logbook.exercise(&self.lesson.id(), page + 1, &question)
    }

    /// Whether an exercise is open and waits for an answer.
    pub fn awaits_answer(&self) -> bool {
        self.exercises.is_open() && !self.is_solved()
    }

    pub(super) fn is_solved(&self) -> bool {
        !self.page().exercises.is_empty() && self.has_solved(self.exercises.current())
    }

    pub(super) fn has_solved(&self, nth: usize) -> bool {
        let status = self.question_status((self.page_index(), nth));
        matches!(status, ExerciseStatus::Solved { .. })
    }

    /// The exercise that is asked now, or comes next.
    pub(in crate::session) fn current_exercise(&self) -> Option<&Exercise> {
        self.page().exercises.get(self.exercises.current())
    }

    /// Where it stands: the index of its page, and its own.
    pub(in crate::session) fn current_place(&self) -> Place {
        (self.page_index(), self.exercises.current())
    }

    /// Which exercise of the page is asked now, or comes next, from 1; and how many it has.
    pub fn question_number(&self) -> (usize, usize) {
        (self.exercises.current() + 1, self.page().exercises.len())
    }

    /// Which exercise of the page is asked next, from 1, and how many it has.
    pub fn next_question_number(&self) -> (usize, usize) {
        (self.next_question() + 1, self.page().exercises.len())
    }

    /// What the exercise that is asked next asks for, in words that go on from "This page asks for".
    pub fn wanted(&self) -> Option<String> {
        let next = self.page().exercises.get(self.next_question())?;
        Some(next.question.kind().wanted(self.lesson.settings.rule))
    }

    /// Whether the page has an exercise that is not solved.
    pub fn asks_something(&self) -> bool {
        (0..self.page().exercises.len()).any(|nth| !self.has_solved(nth))
    }

    /// The exercise to be asked: the current one, or the next that is not solved; where all are, the one after the last
    /// that was solved here.
    pub(super) fn next_question(&self) -> usize {
        let (count, current) = (self.page().exercises.len(), self.exercises.current());
        let from_here = (current..count).chain(0..current);
        let mut unsolved = from_here.filter(|nth| !self.has_solved(*nth));
        let again = current + usize::from(self.exercises.is_solved_here(current));
        unsolved.next().unwrap_or(again % count.max(1))
    }

    /// Leaves the question for later and makes the next that is not solved the current one; says whether there is
    /// another on the page.
    pub fn skip_question(&mut self) -> bool {
        let (count, current) = (self.page().exercises.len(), self.exercises.current());
        let mut others = (current + 1..count).chain(0..current);
        let next = others.find(|nth| !self.has_solved(*nth));
        self.exercises.leave();
        self.exercises.choose(next.unwrap_or(current));
        next.is_some()
    }

    /// A line at the foot of a page that has an exercise.
    pub(in crate::session) fn exercise_line(&self) -> Option<Line> {
        let said = |words: String| Line::new().with(words, Role::Advice);
        let exercises = &self.page().exercises;
        if !exercises.is_empty() && !self.asks_something() {
            return Some(said("✓ Solved. To be asked again, press x.".to_owned()));
        }
        let wanted = self.wanted()?;
        let solved = (0..exercises.len()).filter(|nth| self.has_solved(*nth));
        Some(said(match (exercises.len(), solved.count()) {
            (1, _) => format!("This page asks for {wanted}: press x."),
            (all, 0) => format!("This page asks {all} questions, first for {wanted}: press x."),
            (all, solved) => format!(
                "{solved} of the {all} questions of this page solved. Next it asks for {wanted}: press x."
            ),
        }))
    }
}
