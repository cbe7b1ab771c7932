//! What a sitting knows of its exercises: what has been tried, and which is asked.

use std::collections::{BTreeMap, BTreeSet};

use super::Place;
use crate::asking::Attempt;
use crate::lesson::{Lesson, LessonId};

/// What a sitting knows of its exercises.
#[derive(Debug, Clone, Default)]
pub(in crate::session) struct Exercises {
    /// What has become of each exercise.
    attempts: BTreeMap<Place, Attempt>,
    /// The same of lessons that have been left for others.
    left: BTreeMap<LessonId, BTreeMap<Place, Attempt>>,
    /// Which exercise of the open page is asked, or comes next, by its index.
    current: usize,
    /// Whether it waits for an answer.
    open: bool,
    /// The updates that the open page's exercises are about.
    about: Vec<Option<u64>>,
    /// Those solved since the page was opened.
    solved_here: BTreeSet<usize>,
}

impl Exercises {
    /// What is known when one lesson is left for another: of each of them what has been tried before.
    pub fn going_on(mut self, from: LessonId, to: &LessonId) -> Self {
        let attempts = std::mem::take(&mut self.attempts);
        self.left.insert(from, attempts);
        Self {
            attempts: self.left.remove(to).unwrap_or_default(),
            left: self.left,
            ..Self::default()
        }
    }

    /// What is known when the lesson has been read again: what has been tried of each question that it still asks.
    pub fn read_again(mut self, from: &Lesson, to: &Lesson) -> Self {
        let attempts = std::mem::take(&mut self.attempts);
        let is_same = |(page, nth): Place, (other, its): Place| {
            from.question(page, nth) == to.question(other, its)
        };
        let tried = |place: Place| {
            let before = from.questions().filter(|before| is_same(*before, place));
            let nearest = before.min_by_key(|before| *before != place)?;
            Some((place, attempts.get(&nearest)?.clone()))
        };
        Self {
            attempts: to.questions().filter_map(tried).collect(),
            left: self.left,
            ..Self::default()
        }
    }

    /// The same, while the open page asks what it asked before.
    pub fn asking_as(self, before: &Self) -> Self {
        Self {
            attempts: self.attempts,
            ..before.clone()
        }
    }

    /// Forgets what has become of all of them.
    pub fn forget(&mut self) {
        self.attempts.clear();
        self.left.clear();
    }

    /// The question that is open is no longer the one that a typed number answers.
    pub fn leave(&mut self) {
        self.open = false;
    }

    /// What has become of one in this sitting, where it has been tried.
    pub fn attempt(&self, place: Place) -> Option<&Attempt> {
        self.attempts.get(&place)
    }

    /// Keeps what has become of one, which is open now.
    pub fn keep(&mut self, place: Place, attempt: Attempt) {
        self.open = true;
        self.attempts.insert(place, attempt);
    }

    /// A page has been opened, whose exercises are about these updates.
    pub fn turn_to(&mut self, about: Vec<Option<u64>>) {
        self.about = about;
        self.solved_here.clear();
        self.current = 0;
        self.leave();
    }

    /// Which exercise of the open page is asked, or comes next, by its index.
    pub fn current(&self) -> usize {
        self.current
    }

    /// This one is asked next.
    pub fn choose(&mut self, nth: usize) {
        self.current = nth;
    }

    /// Whether the current one waits for an answer.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// An answer is given to the current one, whether it has been asked or not.
    pub fn open(&mut self) {
        self.open = true;
    }

    /// The current one is solved.
    pub fn solve(&mut self) {
        self.leave();
        self.solved_here.insert(self.current);
    }

    /// Whether one has been solved since its page was opened.
    pub fn is_solved_here(&self, nth: usize) -> bool {
        self.solved_here.contains(&nth)
    }

    /// The update that one of the open page is about.
    pub fn about(&self, nth: usize) -> Option<u64> {
        self.about.get(nth).copied().flatten()
    }
}
