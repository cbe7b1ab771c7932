//! The exercises of a sitting: opening one, answering it, getting help.
//!
//! What is known of them is in `known`, how the learner stands with them in `standing`; `secrets` says what is not shown
//! before they are answered.

mod known;
mod secrets;
mod standing;

use super::{Done, Part, Session};
use crate::asking::{Attempt, Exercise, Help, Judgement, Scene, Support, Task};
use crate::command::{Refusal, refused};
use crate::exercise::{Skill, Tried};
use crate::explain::Line;
use crate::record::What;
pub(super) use known::Exercises;

/// Where an exercise stands: the index of its page, and its own among those of the page.
type Place = (usize, usize);

impl Session {
    pub(in crate::session) fn open_exercise(&mut self) -> Done {
        self.exercise()?;
        self.exercises.choose(self.next_question());
        let exercise = self.exercise()?;
        let mut attempt = self.attempt();
        if self.is_solved() {
            // What was solved in a sitting before is forgotten by now, or known.
            let help = match attempt.solved {
                Some(_) => Help::Memory,
                None => Help::None,
            };
            attempt = attempt.once_more(help);
        }
        let asked = exercise.ask(self, &attempt);
        self.unless_halted()?;
        self.keep_attempt(attempt);
        Ok(Part::Question(asked?).into())
    }

    /// Judges an answer, or a prediction of the next line.
    pub(in crate::session) fn answer(&mut self, answer: Option<&str>) -> Done {
        if self.predicts() && !self.awaits_answer() {
            return self.predict(answer);
        }
        let exercise = self.current_exercise().cloned().ok_or_else(|| {
            let advice = "`predict on` asks for numbers before they are shown";
            Refusal::new("nothing has been asked here", advice)
        })?;
        let mut attempt = self.unsolved_attempt()?;
        let variant = self.variant(&attempt);
        self.exercises.open();
        let judgement = exercise.judge(self, &mut attempt, answer);
        self.unless_halted()?;
        let judgement = judgement?;
        self.note_judgement(&judgement, variant, attempt.solved);
        self.keep_attempt(attempt);
        if judgement.solves() {
            self.exercises.solve();
        }
        Ok(Part::Feedback(judgement.feedback).into())
    }

    pub(in crate::session) fn hint(&mut self) -> Done {
        let exercise = self.exercise()?;
        let mut attempt = self.unsolved_attempt()?;
        let hint = exercise.hint(self, &mut attempt);
        self.unless_halted()?;
        let hint = hint?;
        self.keep_attempt(attempt);
        Ok(Part::Feedback(hint).into())
    }

    pub(in crate::session) fn solution(&mut self) -> Done {
        let exercise = self.exercise()?;
        let mut attempt = self.attempt();
        let solution = exercise.solution(self, &mut attempt);
        self.unless_halted()?;
        let solution = solution?;
        self.keep_attempt(attempt);
        Ok(Part::Feedback(solution).into())
    }

    /// The same sitting, asked another exercise of its page.
    #[must_use]
    pub fn asking(mut self, nth: usize) -> Self {
        self.exercises.choose(nth);
        self
    }

    /// The answer to the question that is asked now or comes next, how it is found, line by line, and why it is right.
    ///
    /// # Errors
    /// Where the run does not have what is asked for.
    pub fn answer_with_way(&self) -> Result<Vec<Line>, Refusal> {
        let task = Scene::task(self);
        let steps = task.map_or_else(Vec::new, |task| {
            let whole = Task {
                support: Support::Whole,
                ..(*task).clone()
            };
            let printed = |step| crate::exercise::printed(step, &whole.facts);
            whole.steps().iter().map(printed).collect()
        });
        let solution = self.exercise()?.solution(self, &mut self.attempt())?;
        Ok([steps, solution.lines].concat())
    }

    /// The number that answers the question that is asked now or comes next, as it is shown; `None` where it is none.
    pub fn answer_in_number(&self) -> Option<String> {
        let key = Scene::task(self)?.key(&[])?;
        Some(self.shown(key.right))
    }

    fn exercise(&self) -> Result<Exercise, Refusal> {
        self.current_exercise().cloned().ok_or_else(|| {
            let pages = self.lesson.pages.iter().enumerate();
            let with = pages.filter(|(_, page)| !page.exercises.is_empty());
            let pages: Vec<String> = with.map(|(index, _)| (index + 1).to_string()).collect();
            let advice = if pages.is_empty() {
                "`predict on` asks for numbers before they are shown".to_owned()
            } else {
                format!("there is one on page {}", pages.join(", "))
            };
            Refusal::new("this page has no exercise", advice)
        })
    }

    /// What has become of the page's exercise in this sitting.
    fn attempt(&self) -> Attempt {
        let attempt = self.exercises.attempt(self.current_place());
        attempt.cloned().unwrap_or_default()
    }

    /// The same, where it has not been solved yet.
    fn unsolved_attempt(&self) -> Result<Attempt, Refusal> {
        if self.is_solved() {
            let advice = "`exercise` asks it again, `page next` goes on";
            return refused("this exercise has been solved", advice);
        }
        Ok(self.attempt())
    }

    /// Keeps what has become of the page's exercise, which is open now.
    fn keep_attempt(&mut self, attempt: Attempt) {
        let place = self.current_place();
        self.exercises.keep(place, attempt);
    }

    /// With which numbers the page's question is asked, for the record.
    fn variant(&self, attempt: &Attempt) -> String {
        let (lesson, (page, nth)) = (self.lesson.id(), self.current_place());
        let place = match nth {
            0 => format!("{lesson}, page {}", page + 1),
            _ => format!("{lesson}, page {}, question {}", page + 1, nth + 1),
        };
        match attempt.fresh {
            Some(_) => format!("{place}, numbers {}", attempt.seeds),
            None => place,
        }
    }

    /// Takes note of an answer to the page's exercise: what it tells of a skill, and whether it solves it.
    fn note_judgement(&mut self, judgement: &Judgement, variant: String, solved: Option<bool>) {
        self.note_skill(judgement.skill, variant);
        let (page, nth) = self.current_place();
        if let Some(question) = self.lesson.question(page, nth) {
            self.keeper.note(What::Answer {
                lesson: self.lesson.id(),
                page: page + 1,
                question,
                solved,
                slip: judgement.slip().map(|slip| slip.slug.to_owned()),
            });
        }
    }

    pub(in crate::session) fn note_skill(&mut self, told: Option<(Skill, Tried)>, variant: String) {
        if let Some((skill, result)) = told {
            self.keeper.note(What::Tried {
                skill: skill.name(),
                variant,
                result,
            });
        }
    }
}
