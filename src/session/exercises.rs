//! The exercises of a sitting: opening one, answering it, getting help, and what has become of each.

use std::collections::{BTreeMap, BTreeSet};

use super::{Done, Part, Session};
use crate::asking::{
    Answering, Attempt, Exercise, ExerciseStatus, Help, Judgement, Support, Task, Waiting, is_shown,
};
use crate::command::{Refusal, refused};
use crate::exercise::{Skill, Tried};
use crate::explain::{Derivation, Line, Quantity, Role};
use crate::lesson::{Lesson, LessonId};
use crate::record::{ExerciseLog, What};

/// Where an exercise stands: the index of its page, and its own among those of the page.
type Place = (usize, usize);

/// What a sitting knows of its exercises.
#[derive(Debug, Clone, Default)]
pub(super) struct Exercises {
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
}

impl Session {
    pub(super) fn open_exercise(&mut self) -> Done {
        self.exercise()?;
        self.exercises.current = self.next_question();
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
        let exercise = self.current_exercise().cloned().ok_or_else(|| {
            let advice = "`predict on` asks for numbers before they are shown";
            Refusal::new("nothing has been asked here", advice)
        })?;
        let mut attempt = self.unsolved_attempt()?;
        let variant = self.variant(&attempt);
        self.exercises.open = true;
        let judgement = exercise.judge(self, &mut attempt, answer);
        self.unless_halted()?;
        let judgement = judgement?;
        self.note_judgement(&judgement, variant, attempt.solved);
        self.keep_attempt(attempt);
        if judgement.solves() {
            self.exercises.leave();
            self.exercises.solved_here.insert(self.exercises.current);
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

    /// Which hint of the question that waits comes next, from 1, and of how many.
    pub fn hint_to_come(&self) -> Option<(usize, usize)> {
        let exercise = self.current_exercise()?;
        exercise.hint_to_come(self, &self.attempt())
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

    pub(super) fn question_status(&self, place: Place) -> ExerciseStatus {
        if let Some(attempt) = self.exercises.attempts.get(&place) {
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
        self.exercises.open && !self.is_solved()
    }

    fn is_solved(&self) -> bool {
        !self.page().exercises.is_empty() && self.has_solved(self.exercises.current)
    }

    fn has_solved(&self, nth: usize) -> bool {
        let status = self.question_status((self.page_index(), nth));
        matches!(status, ExerciseStatus::Solved { .. })
    }

    /// The exercise that is asked now, or comes next.
    pub(super) fn current_exercise(&self) -> Option<&Exercise> {
        self.page().exercises.get(self.exercises.current)
    }

    /// Where it stands: the index of its page, and its own.
    pub(super) fn current_place(&self) -> Place {
        (self.page_index(), self.exercises.current)
    }

    /// Which exercise of the page is asked now, or comes next, from 1; and how many it has.
    pub fn question_number(&self) -> (usize, usize) {
        (self.exercises.current + 1, self.page().exercises.len())
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
    fn next_question(&self) -> usize {
        let (count, current) = (self.page().exercises.len(), self.exercises.current);
        let from_here = (current..count).chain(0..current);
        let mut unsolved = from_here.filter(|nth| !self.has_solved(*nth));
        let again = current + usize::from(self.exercises.solved_here.contains(&current));
        unsolved.next().unwrap_or(again % count.max(1))
    }

    /// Leaves the question for later and makes the next that is not solved the current one; says whether there is
    /// another on the page.
    pub fn skip_question(&mut self) -> bool {
        let (count, current) = (self.page().exercises.len(), self.exercises.current);
        let mut others = (current + 1..count).chain(0..current);
        let next = others.find(|nth| !self.has_solved(*nth));
        self.exercises.leave();
        self.exercises.current = next.unwrap_or(current);
        next.is_some()
    }

    /// The same sitting, asked another exercise of its page.
    #[must_use]
    pub fn asking(mut self, nth: usize) -> Self {
        self.exercises.current = nth;
        self
    }

    /// The answer to the question that is asked now or comes next, how it is found, line by line, and why it is right.
    ///
    /// # Errors
    /// Where the run does not have what is asked for.
    pub fn answer_with_way(&self) -> Result<Vec<Line>, Refusal> {
        let task = crate::asking::Scene::task(self);
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
        let key = crate::asking::Scene::task(self)?.key(&[])?;
        Some(self.shown(key.right))
    }

    /// A line at the foot of a page that has an exercise.
    pub(super) fn exercise_line(&self) -> Option<Line> {
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

    /// Takes note of the updates that the questions of a page just opened are about.
    pub(super) fn note_exercise(&mut self) {
        let exercises = self.page().exercises.iter();
        self.exercises.about = exercises
            .map(|one| one.question.kind().update(self))
            .collect();
        self.exercises.solved_here.clear();
        self.exercises.current = 0;
        self.exercises.current = self.next_question();
        self.exercises.leave();
        self.begin_fading();
    }

    /// The update that the first of the page's unsolved questions about one is about.
    pub(super) fn asked_update(&self) -> Option<u64> {
        let open = |nth: &usize| !self.has_solved(*nth);
        let about = (0..self.page().exercises.len()).filter(open);
        about
            .filter_map(|nth| *self.exercises.about.get(nth)?)
            .min()
    }

    /// The quantities that the page's questions ask for of the update on the screen: of those that are not solved, and
    /// of those that were when the page was opened until the run has shown them.
    pub(super) fn secrets(&self) -> Vec<Quantity> {
        let update = Some(self.position().update);
        let exercises = self.page().exercises.iter().enumerate();
        let here = exercises.filter(|(nth, _)| self.exercises.about.get(*nth) == Some(&update));
        let secret = |(nth, exercise): (usize, &Exercise)| {
            let secret = exercise.question.kind().secret(self)?;
            let open = !self.has_solved(nth)
                || !self.exercises.solved_here.contains(&nth) && !is_shown(self, secret);
            open.then_some(secret)
        };
        here.filter_map(secret).collect()
    }

    /// How many lines more show the number that has just been answered, where it is one of the update on the screen or
    /// of the one after it.
    pub fn lines_to_answer(&self) -> Option<u64> {
        let nth = self.exercises.current;
        let about = self.exercises.about.get(nth).copied()??;
        let secret = (self.current_exercise()?.question.kind()).secret(self)?;
        let task = crate::asking::Scene::task(self)?;
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
        let attempt = self.exercises.attempts.get(&self.current_place());
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
        self.exercises.open = true;
        let place = self.current_place();
        self.exercises.attempts.insert(place, attempt);
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
