//! A problem of practice: a task for a skill, with as much of the way as the learner still needs.

use std::collections::HashSet;
use std::rc::Rc;

use crate::asking::{Scene, Support, Task};
use crate::exercise::{self, Skill};
use crate::explain::{Digits, Line, Live, Quantity, Role, Span};
use crate::record::Logbook;

/// A problem that is being asked.
#[derive(Debug, Clone)]
pub(super) struct PracticeProblem {
    pub skill: Skill,
    pub seed: u64,
    /// What is asked; with other numbers once its answer has been told.
    pub task: Rc<Task>,
    /// How many problems on its topic have been solved before.
    practised: u64,
}

/// What was asked: the seed of the numbers, and what was given.
pub(super) type Asking = (u64, String);

/// More seeds are not tried for other numbers than those before.
const MOST_TRIED: usize = 1000;

impl PracticeProblem {
    /// A problem whose numbers are other than those that have been `asked` lately: from the first seed, `seed` or
    /// after, that neither the skills' latest answers nor the latest problems left out were about, and that gives
    /// others. `seed` is then the one after.
    pub fn unlike(
        asked: &mut Vec<Asking>,
        skill: Skill,
        seed: &mut u64,
        logbook: &Logbook,
    ) -> Self {
        let variants = Skill::all().filter_map(|skill| logbook.skill(skill));
        let variants: HashSet<&str> = variants
            .flat_map(|log| &log.lately)
            .chain(&logbook.skipped)
            .map(String::as_str)
            .collect();
        let answered = logbook.skill(skill).into_iter().flat_map(|log| &log.lately);
        let answered: Vec<String> = answered
            .chain(&logbook.skipped)
            .filter_map(|variant| variant.strip_prefix("seed ")?.parse().ok())
            .filter(|seed| !asked.iter().any(|(other, _)| other == seed))
            .map(|seed| Self::new(skill, seed, logbook).given())
            .collect();
        let mut tries = 0;
        loop {
            let problem = Self::new(skill, *seed, logbook);
            let words = problem.given();
            let seen = variants.contains(variant(*seed).as_str())
                || answered.contains(&words)
                || asked
                    .iter()
                    .any(|(other, told)| other == seed || *told == words);
            let asking = (*seed, words);
            *seed = seed.wrapping_add(1);
            tries += 1;
            if !seen || tries == MOST_TRIED {
                asked.push(asking);
                return problem;
            }
        }
    }

    /// Worked examples fade: on a new topic an example with all its lines comes first, and of the problem only the
    /// last line is left to do; on the second problem half of the lines are; from the third on, all of them.
    pub fn new(skill: Skill, seed: u64, logbook: &Logbook) -> Self {
        let practised = logbook.solved(skill.topic);
        let support = match practised {
            0 => Support::Whole,
            1 => Support::Half,
            _ => Support::None,
        };
        Self {
            skill,
            seed,
            task: Rc::new(Task::of_skill(skill, seed, support)),
            practised,
        }
    }

    /// What is given, in words.
    fn given(&self) -> String {
        self.task.facts.told(self.skill.asked).text()
    }

    /// An example with other numbers and all its lines, where the topic is new.
    pub fn example(&self) -> Vec<Line> {
        if self.practised > 0 {
            return Vec::new();
        }
        // Far from the seeds of the problems that follow.
        let facts = self.skill.problem(&[], !self.seed);
        let mut lines = vec![
            Line::plain("First, one of this kind with all its lines:"),
            self.skill.about(),
        ];
        lines.extend(exercise::example(&facts, self.skill.asked));
        lines
    }
}

/// Which numbers a problem is about, as records have it.
pub(super) fn variant(seed: u64) -> String {
    format!("seed {seed}")
}

/// A problem is asked on nothing but itself: there is no run, and no lesson's text.
impl Scene for PracticeProblem {
    fn task(&self) -> Option<Rc<Task>> {
        Some(Rc::clone(&self.task))
    }

    fn live(&self, _: Live) -> Span {
        Span::new("?", Role::Question)
    }

    fn digits(&self) -> Digits {
        Digits::default()
    }

    fn has_shown(&self, _: Option<Quantity>, _: f64) -> bool {
        false
    }

    /// Far from the seeds of the problems that follow.
    fn seed(&self, times: u64) -> u64 {
        self.seed ^ (times << 48)
    }
}
