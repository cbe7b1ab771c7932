//! The exercises of a sitting: opening one, answering it, getting help, and what has become of each.

use std::collections::BTreeMap;

use super::{Done, Part, Session};
use crate::asking::{Answering, Attempt, Exercise, ExerciseStatus, Help, Judgement, Waiting};
use crate::command::{Refusal, refused};
use crate::exercise::{Skill, Tried};
use crate::explain::{Line, Quantity, Role};
use crate::record::{ExerciseLog, What};

/// What a sitting knows of its exercises.
#[derive(Debug, Clone, Default)]
pub(super) struct Exercises {
    /// What has become of each page's exercise, by the page's index.
    attempts: BTreeMap<usize, Attempt>,
    /// The same of lessons that have been left for others, by their names.
    left: BTreeMap<String, BTreeMap<usize, Attempt>>,
    /// The page whose exercise is open.
    open: Option<usize>,
    /// The update that the open page's question is about.
    about: Option<u64>,
}

impl Exercises {
    /// What is known when one lesson is left for another: of each of them what has been tried before.
    pub fn going_on(mut self, from: &str, to: &str) -> Self {
        let attempts = std::mem::take(&mut self.attempts);
        self.left.insert(from.to_owned(), attempts);
        Self {
            attempts: self.left.remove(to).unwrap_or_default(),
            left: self.left,
            ..Self::default()
        }
    }

    /// Forgets what has become of all of them.
    pub fn forget(&mut self) {
        self.attempts.clear();
        self.left.clear();
    }

    /// The question that is open is no longer the one that a typed number answers.
    pub fn leave(&mut self) {
        self.open = None;
    }
}

impl Session {
    pub(super) fn open_exercise(&mut self) -> Done {
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
    pub(super) fn answer(&mut self, answer: Option<&str>) -> Done {
        if self.predicts() && !self.awaits_answer() {
            return self.predict(answer);
        }
        let exercise = self.page().exercise.clone().ok_or_else(|| {
            let advice = "`predict on` asks for every number before it is shown";
            Refusal::new("nothing has been asked here", advice)
        })?;
        let mut attempt = self.unsolved_attempt()?;
        let variant = self.variant(&attempt);
        self.exercises.open = Some(self.page_index());
        let judgement = exercise.judge(self, &mut attempt, answer);
        self.unless_halted()?;
        let judgement = judgement?;
        self.note_judgement(&judgement, variant, attempt.solved);
        self.keep_attempt(attempt);
        if judgement.solves() {
            self.exercises.leave();
        }
        Ok(Part::Feedback(judgement.feedback).into())
    }

    pub(super) fn hint(&mut self) -> Done {
        let exercise = self.exercise()?;
        let mut attempt = self.unsolved_attempt()?;
        let hint = exercise.hint(self, &mut attempt);
        self.unless_halted()?;
        let hint = hint?;
        self.keep_attempt(attempt);
        Ok(Part::Feedback(hint).into())
    }

    pub(super) fn solution(&mut self) -> Done {
        let exercise = self.exercise()?;
        let mut attempt = self.attempt();
        let solution = exercise.solution(self, &mut attempt);
        self.unless_halted()?;
        let solution = solution?;
        self.keep_attempt(attempt);
        Ok(Part::Feedback(solution).into())
    }

    /// What answers the question that waits for an answer, where one does.
    pub fn answering(&self) -> Option<Answering> {
        let exercise = self.page().exercise.as_ref()?;
        (self.awaits_answer()).then(|| exercise.question.kind().answers())
    }

    /// The question that waits for an answer, for a screen that keeps it in sight; `None` where none does.
    pub fn waiting(&self) -> Option<Waiting> {
        let exercise = self.page().exercise.as_ref()?;
        let waits = self.awaits_answer();
        waits.then(|| exercise.ask(self, &self.attempt()).ok())?
    }

    /// How far the learner has come with a page's exercise; `None` for a page without one.
    pub fn exercise_status(&self, page: usize) -> Option<ExerciseStatus> {
        self.lesson.pages.get(page)?.exercise.as_ref()?;
        if let Some(attempt) = self.exercises.attempts.get(&page) {
            return Some(attempt.status());
        }
        Some(match self.logged(page) {
            Some(log) if log.solved => ExerciseStatus::Solved { aided: log.aided },
            _ => ExerciseStatus::Unsolved { hints: 0 },
        })
    }

    /// What has become of a page's exercise so far, in this sitting and those before.
    fn logged(&self, page: usize) -> Option<&ExerciseLog> {
        let question = self.lesson.question(page)?;
        let logbook = self.keeper.logbook();
        logbook.exercise(&self.lesson.name, page + 1, &question)
    }

    /// Whether an exercise is open and waits for an answer.
    pub fn awaits_answer(&self) -> bool {
        self.exercises.open == Some(self.page_index()) && !self.is_solved()
    }

    fn is_solved(&self) -> bool {
        let status = self.exercise_status(self.page_index());
        matches!(status, Some(ExerciseStatus::Solved { .. }))
    }

    /// A line at the foot of a page that has an exercise.
    pub(super) fn exercise_line(&self) -> Option<Line> {
        let words = match self.exercise_status(self.page_index())? {
            ExerciseStatus::Unsolved { .. } => "This page asks you something. Press x, or type ",
            ExerciseStatus::Solved { .. } => {
                "Its exercise is solved. To be asked again, press x or type "
            }
        };
        let line = Line::new().with(words, Role::Advice);
        Some(line.with("exercise", Role::Code).with(".", Role::Advice))
    }

    /// Takes note of the update that the question of a page just opened is about.
    pub(super) fn note_exercise(&mut self) {
        let exercise = self.page().exercise.as_ref();
        self.exercises.about = exercise.and_then(|one| one.question.kind().update(self));
        self.exercises.leave();
        self.begin_fading();
    }

    /// The update that the page's unsolved question is about.
    pub(super) fn asked_update(&self) -> Option<u64> {
        self.exercises.about.filter(|_| !self.is_solved())
    }

    /// The quantity that the page's unsolved question asks for of the update on the screen.
    pub(super) fn secret(&self) -> Option<Quantity> {
        let exercise = self.page().exercise.as_ref()?;
        let open = self.asked_update() == Some(self.position().update);
        open.then(|| exercise.question.kind().secret(self))?
    }

    fn exercise(&self) -> Result<Exercise, Refusal> {
        self.page().exercise.clone().ok_or_else(|| {
            let pages = self.lesson.pages.iter().enumerate();
            let with = pages.filter(|(_, page)| page.exercise.is_some());
            let pages: Vec<String> = with.map(|(index, _)| (index + 1).to_string()).collect();
            let advice = if pages.is_empty() {
                "`predict on` asks for every number before it is shown".to_owned()
            } else {
                format!("there is one on page {}", pages.join(", "))
            };
            Refusal::new("this page has no exercise", advice)
        })
    }

    /// What has become of the page's exercise in this sitting.
    fn attempt(&self) -> Attempt {
        let attempt = self.exercises.attempts.get(&self.page_index());
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
        let page = self.page_index();
        self.exercises.open = Some(page);
        self.exercises.attempts.insert(page, attempt);
    }

    /// With which numbers the page's question is asked, for the record.
    fn variant(&self, attempt: &Attempt) -> String {
        let (lesson, page) = (&self.lesson.name, self.page_index() + 1);
        match attempt.fresh {
            Some(_) => format!("{lesson}, page {page}, numbers {}", attempt.seeds),
            None => format!("{lesson}, page {page}"),
        }
    }

    /// Takes note of an answer to the page's exercise: what it tells of a skill, and whether it solves it.
    fn note_judgement(&mut self, judgement: &Judgement, variant: String, solved: Option<bool>) {
        self.note_skill(judgement.skill, variant);
        let page = self.page_index();
        if let Some(question) = self.lesson.question(page) {
            self.keeper.note(What::Answer {
                lesson: self.lesson.name.clone(),
                page: page + 1,
                question,
                solved,
            });
        }
    }

    pub(super) fn note_skill(&mut self, told: Option<(Skill, Tried)>, variant: String) {
        if let Some((skill, result)) = told {
            self.keeper.note(What::Tried {
                skill: skill.name(),
                variant,
                result,
            });
        }
    }
}
