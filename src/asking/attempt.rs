//! What has become of one question: which of its forms is asked, what has helped, and whether it is solved.

use std::rc::Rc;

use super::task::Task;
use crate::explain::{Line, Role};

/// What has become of one question.
#[derive(Debug, Clone, Default)]
pub struct Attempt {
    /// How many hints have been read, of the form that is being asked.
    pub hints: usize,
    /// What has helped.
    pub help: Help,
    /// Whether a wrong answer has been given to it.
    pub missed: bool,
    /// Whether it has been solved, and whether something had helped.
    pub solved: Option<bool>,
    /// The task with other numbers that is being asked instead.
    pub fresh: Option<Fresh>,
    /// The tasks that were asked before, the latest last.
    pub earlier: Vec<Rc<Task>>,
    /// How many tasks with other numbers have been asked.
    pub seeds: u64,
    /// How often options or lines have been put in another order.
    pub turns: u64,
    /// Whether settings that reach the goal have been shown, so that others are asked for.
    pub way_shown: bool,
}

/// What has helped with a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Help {
    /// Nothing.
    #[default]
    None,
    /// It was solved in this sitting before, so that its answer is known.
    Memory,
    /// Hints, or the solution.
    Hints,
}

/// A task with other numbers.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// The task.
    pub task: Rc<Task>,
    /// Whether it is asked to tell slips apart, so that the first task comes again after it.
    pub tells_apart: bool,
}

/// How far a learner has come with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExerciseStatus {
    /// It has not been solved.
    Unsolved {
        /// How many hints have been read.
        hints: usize,
    },
    /// It has been solved.
    Solved {
        /// Whether hints, the solution or the screen have helped.
        aided: bool,
    },
}

impl Attempt {
    /// The same question once more, with a clean slate for hints, and `help` as what has helped before.
    #[must_use]
    pub fn once_more(&self, help: Help) -> Self {
        Self {
            help,
            seeds: self.seeds,
            turns: self.turns,
            ..Self::default()
        }
    }

    /// How far it has come.
    pub fn status(&self) -> ExerciseStatus {
        match self.solved {
            Some(aided) => ExerciseStatus::Solved { aided },
            None => ExerciseStatus::Unsolved { hints: self.hints },
        }
    }

    /// Whether nothing has helped, and no wrong answer has been given.
    pub fn is_unaided(&self) -> bool {
        self.help == Help::None && !self.missed
    }

    /// Which of `count` hints comes next, from 0; the last comes again and again.
    pub fn hint_to_come(&self, count: usize) -> usize {
        self.hints.min(count.saturating_sub(1))
    }

    /// Takes the hint that comes next of `count`: which it is, from 0, and its heading; the last comes again and again.
    pub fn next_hint(&mut self, count: usize) -> (usize, Line) {
        let next = self.hint_to_come(count);
        self.hints = next + 1;
        self.help = Help::Hints;
        let head = format!("Hint {} of {count}: ", next + 1);
        (next, Line::new().with(head, Role::Muted))
    }

    /// Takes note that it is solved, where the answer had been `seen` or not; says so where something had helped.
    pub(super) fn solve(&mut self, seen: bool) -> Option<Line> {
        let words = match self.help {
            Help::Hints => "Solved, with help.",
            Help::Memory => "Right again. You have solved it before.",
            Help::None if seen => {
                "The answer was on the screen. Next time, say it before you look."
            }
            Help::None => "",
        };
        self.solved = Some(!words.is_empty());
        self.fresh = None;
        (!words.is_empty()).then(|| Line::new().with(words, Role::Muted))
    }
}
