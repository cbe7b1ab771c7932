//! Exercises: opening one, answering it, and what has become of each.

use std::collections::BTreeMap;

use super::logbook::{ExerciseLog, Tried, What};
use super::posing::Posed;
use super::{Outcome, Refusal, Session};
use crate::exercise::{
    self, Asked, Choose, Exercise, Mistake, Order, Ordered, Question, Reach, Skill, Typed, Verdict,
    Why, letter,
};
use crate::explain::{Line, Quantity, Role, capital, number};

/// What windows with exercises are called.
pub const EXERCISE_TITLE: &str = "Exercise";

/// How far a learner has come with a page's exercise.
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

/// What a sitting knows of its exercises.
#[derive(Debug, Clone, Default)]
pub(super) struct Exercising {
    /// What has become of each page's exercise, by the page's index.
    pub(super) attempts: BTreeMap<usize, Attempt>,
    /// The page whose exercise is open.
    pub(super) open: Option<usize>,
    /// Whether typed numbers are predictions of the line that comes next.
    pub(super) predicts: bool,
    /// The update that the open page's question is about.
    pub(super) asked_update: Option<u64>,
}

/// What has become of one exercise.
#[derive(Debug, Clone, Default)]
pub(super) struct Attempt {
    /// How many hints have been read, of the question that is being asked.
    pub(super) hints: usize,
    /// Whether anything has helped.
    pub(super) helped: bool,
    /// Whether a wrong answer has been given to it.
    pub(super) missed: bool,
    /// Whether it has been solved, and whether something had helped.
    pub(super) solved: Option<bool>,
    /// The question with other numbers that is being asked instead.
    pub(super) fresh: Option<Fresh>,
    /// How many questions with other numbers have been asked.
    pub(super) seeds: u64,
}

/// A question with other numbers.
#[derive(Debug, Clone)]
pub(super) struct Fresh {
    pub(super) posed: Box<Posed>,
    /// Whether it is asked to tell slips apart, so that the first question comes again after it.
    pub(super) tells_apart: bool,
}

impl Session {
    /// How far the learner has come with a page's exercise; `None` for a page without one.
    pub fn exercise_status(&self, page: usize) -> Option<ExerciseStatus> {
        self.lesson.pages.get(page)?.exercise.as_ref()?;
        let attempt = self.exercising.attempts.get(&page);
        if attempt.is_none()
            && let Some(log) = self.logged(page).filter(|log| log.solved)
        {
            return Some(ExerciseStatus::Solved { aided: log.aided });
        }
        Some(
            match attempt.map(|attempt| (attempt.solved, attempt.hints)) {
                Some((Some(aided), _)) => ExerciseStatus::Solved { aided },
                Some((None, hints)) => ExerciseStatus::Unsolved { hints },
                None => ExerciseStatus::Unsolved { hints: 0 },
            },
        )
    }

    /// What has become of a page's exercise so far, in this sitting and those before.
    fn logged(&self, page: usize) -> Option<&ExerciseLog> {
        let question = self.lesson.question(page)?;
        let logbook = self.keeper.logbook();
        logbook.exercise(&self.lesson.name, page + 1, &question)
    }

    /// Whether an exercise is open and waits for an answer.
    pub fn awaits_answer(&self) -> bool {
        self.exercising.open == Some(self.page) && !self.is_solved()
    }

    /// Whether every line is to be predicted.
    pub fn predicts(&self) -> bool {
        self.exercising.predicts
    }

    /// Whether a line that is a number is an answer.
    pub fn takes_numbers(&self) -> bool {
        self.awaits_answer() || self.exercising.predicts
    }

    /// Takes note of the update that the question of a page just opened is about.
    pub(super) fn note_exercise(&mut self) {
        self.exercising.asked_update = self.asked_update();
        self.exercising.open = None;
    }

    /// Whether a number on the page would tell the answer to its unsolved question.
    pub(super) fn would_tell(&self, quantity: Quantity) -> bool {
        let Some(Question::Predict(predict)) = self
            .page()
            .exercise
            .as_ref()
            .map(|exercise| &exercise.question)
        else {
            return false;
        };
        let Asked::Quantity(asked) = predict.asked else {
            return false;
        };
        if self.is_solved() || self.exercising.asked_update != Some(self.position.update) {
            return false;
        }
        let derivation = self.derivation();
        let shown = |quantity| {
            let value = derivation.value(quantity)?;
            Some(number::display(value, self.digits))
        };
        let computed = derivation.known_after(quantity) > 0;
        quantity == asked || (computed && shown(quantity) == shown(asked))
    }

    /// A line at the foot of a page that has an exercise.
    pub(super) fn exercise_line(&self) -> Option<Line> {
        let words = match self.exercise_status(self.page)? {
            ExerciseStatus::Unsolved { .. } => {
                "This page asks you something: x or `exercise` opens it."
            }
            ExerciseStatus::Solved { .. } => {
                "Its exercise is solved; x or `exercise` asks it again."
            }
        };
        Some(Line::new().with(words, Role::Advice))
    }

    pub(super) fn is_solved(&self) -> bool {
        matches!(
            self.exercise_status(self.page),
            Some(ExerciseStatus::Solved { .. })
        )
    }

    pub(super) fn attempt(&self) -> Option<&Attempt> {
        self.exercising.attempts.get(&self.page)
    }

    pub(super) fn attempt_mut(&mut self) -> &mut Attempt {
        self.exercising.attempts.entry(self.page).or_default()
    }

    pub(super) fn exercise(&self) -> Result<Exercise, Refusal> {
        self.page().exercise.clone().ok_or_else(|| {
            let with = |(index, page): (usize, &crate::lesson::Page)| {
                page.exercise.as_ref().map(|_| (index + 1).to_string())
            };
            let pages: Vec<String> = self
                .lesson
                .pages
                .iter()
                .enumerate()
                .filter_map(with)
                .collect();
            let advice = if pages.is_empty() {
                "`predict on` asks for every number before it is shown".to_owned()
            } else {
                format!("there is one on page {}", pages.join(", "))
            };
            Refusal::new("this page has no exercise", advice)
        })
    }

    /// Opens the page's exercise.
    pub(super) fn open_exercise(&mut self) -> Result<Outcome, Refusal> {
        let exercise = self.exercise()?;
        if self.is_solved() {
            // It is asked once more, with a clean slate for hints. What was solved in a sitting before is forgotten
            // by now, or known.
            let helped = self.attempt().is_some();
            let seeds = self.attempt_mut().seeds;
            *self.attempt_mut() = Attempt {
                helped,
                seeds,
                ..Attempt::default()
            };
        }
        self.exercising.open = Some(self.page);
        let lines = self.question_lines(&exercise)?;
        Ok(Outcome::shows(EXERCISE_TITLE, lines))
    }

    /// The question that is being asked, and how it is answered.
    fn question_lines(&self, exercise: &Exercise) -> Result<Vec<Line>, Refusal> {
        let plain = |text: &crate::explain::Document| self.filled(text, None);
        let mut lines = match &exercise.question {
            Question::Predict(_) | Question::Number(_) => match self.fresh() {
                Some(fresh) => fresh.posed.lines(fresh.posed.asked.is_none()),
                None => self.posed_or_refuse()?.lines(true),
            },
            Question::Choose(choose) => {
                let mut lines = plain(&choose.ask);
                for (index, option) in choose.options.iter().enumerate() {
                    let mut text = plain(&option.text).into_iter();
                    let first = text.next().unwrap_or_default();
                    lines.push(lettered(index).joined(first));
                    lines.extend(text);
                }
                lines
            }
            Question::Order(order) => {
                let mut lines = order
                    .ask
                    .as_ref()
                    .map_or_else(|| vec![Line::plain("Put these lines in order.")], plain);
                for (index, line) in order.shown().into_iter().enumerate() {
                    lines.push(lettered(index).with(order.lines[line].clone(), Role::Code));
                }
                lines
            }
            Question::Reach(reach) => vec![
                Line::plain("Bring this about: ")
                    .with(reach.condition.text.clone(), Role::Code)
                    .with(".", Role::Plain),
                Line::plain(
                    "Change the learning rate, the momentum or the rule, and make the run.",
                ),
            ],
        };
        lines.push(Line::new());
        lines.push(Line::new().with(how_to_answer(&exercise.question), Role::Muted));
        Ok(lines)
    }

    pub(super) fn fresh(&self) -> Option<&Fresh> {
        self.attempt()?.fresh.as_ref()
    }

    pub(super) fn posed_or_refuse(&self) -> Result<Posed, Refusal> {
        self.posed().ok_or_else(|| {
            Refusal::new(
                "this question cannot be asked here",
                "another page has others",
            )
        })
    }

    /// Judges an answer, or a prediction of the next line.
    pub(super) fn answer(&mut self, answer: Option<&str>) -> Result<Outcome, Refusal> {
        let has_exercise = self.page().exercise.is_some();
        if self.exercising.predicts && !self.awaits_answer() {
            return self.predict(answer);
        }
        if !has_exercise {
            let advice = "`predict on` asks for every number before it is shown";
            return Err(Refusal::new("nothing has been asked here", advice));
        }
        if self.is_solved() {
            let advice = "`exercise` asks it again, `page next` goes on";
            return Err(Refusal::new("this exercise has been solved", advice));
        }
        let exercise = self.exercise()?;
        self.exercising.open = Some(self.page);
        let lines = match &exercise.question {
            Question::Predict(predict) => self.answer_number(&exercise, &predict.mistakes, answer),
            Question::Number(number) => self.answer_number(&exercise, &number.mistakes, answer),
            Question::Choose(choose) => self.answer_choice(&exercise, choose, answer),
            Question::Order(order) => self.answer_order(&exercise, order, answer),
            Question::Reach(reach) => Ok(self.answer_goal(&exercise, reach)),
        }?;
        self.log_answer();
        Ok(Outcome::shows(EXERCISE_TITLE, lines))
    }

    /// Takes note of an answer to the page's exercise, and whether it is solved now.
    fn log_answer(&mut self) {
        let solved = self.attempt().and_then(|attempt| attempt.solved);
        if let Some(question) = self.lesson.question(self.page) {
            self.keeper.note(What::Answer {
                lesson: self.lesson.name.clone(),
                page: self.page + 1,
                question,
                solved,
            });
        }
    }

    /// Takes note of what an answer to a question about a number tells of a skill.
    fn log_skill(&mut self, posed: &Posed, result: Tried) {
        let Some(skill) = posed.asked.and_then(|asked| Skill::of(&posed.facts, asked)) else {
            return;
        };
        let page = self.page + 1;
        let numbers = self.fresh().map_or_else(String::new, |_| {
            let seeds = self.attempt().map_or(0, |attempt| attempt.seeds);
            format!(", numbers {seeds}")
        });
        self.keeper.note(What::Tried {
            skill: skill.name(),
            variant: format!("{}, page {page}{numbers}", self.lesson.name),
            result,
        });
    }

    fn answer_number(
        &mut self,
        exercise: &Exercise,
        mistakes: &[Mistake],
        answer: Option<&str>,
    ) -> Result<Vec<Line>, Refusal> {
        let text = answer.ok_or_else(|| missing("a number, such as `answer 0.25`"))?;
        let typed = typed(text)?;
        let fresh = self.fresh().cloned();
        let posed = match &fresh {
            Some(fresh) => (*fresh.posed).clone(),
            None => self.posed_or_refuse()?,
        };
        let Some(key) = posed.key(mistakes) else {
            return Err(Refusal::new(
                "this update has no such number",
                "another page has other questions",
            ));
        };
        match key.judge(&typed) {
            Verdict::Right { rounded } => {
                Ok(self.right_number(exercise, &posed, fresh.as_ref(), rounded))
            }
            Verdict::MoreDigits { least } => Ok(vec![exercise::more_digits(least)]),
            verdict @ Verdict::Wrong { .. } => {
                Ok(self.wrong_number(&posed, mistakes, text, &verdict))
            }
        }
    }

    /// Takes note of a right answer and says why it is right.
    fn right_number(
        &mut self,
        exercise: &Exercise,
        posed: &Posed,
        fresh: Option<&Fresh>,
        rounded: bool,
    ) -> Vec<Line> {
        let asked = posed
            .asked
            .unwrap_or(Asked::Quantity(Quantity::LearningRate));
        let mut lines = exercise::right(&posed.facts, asked, rounded);
        lines.extend(posed.expression());
        let seen = fresh.is_none() && self.has_shown(posed);
        let known = |attempt: &Attempt| !attempt.helped && !attempt.missed;
        let unaided = !seen && self.attempt().is_none_or(known);
        self.log_skill(posed, if unaided { Tried::Right } else { Tried::Aided });
        if fresh.is_some_and(|fresh| fresh.tells_apart) {
            self.attempt_mut().fresh = None;
            lines.push(Line::new());
            lines.push(Line::plain(
                "So you know how. Here is the first question again:",
            ));
            lines.extend(
                self.posed()
                    .map(|posed| posed.lines(true))
                    .unwrap_or_default(),
            );
            return lines;
        }
        if let Some(explain) = &exercise.explain {
            lines.extend(self.filled(explain, Some(posed)));
        }
        lines.extend(self.solved(seen));
        lines
    }

    /// Whether the answer has been on the screen when it was given.
    fn has_shown(&self, posed: &Posed) -> bool {
        let Some(Asked::Quantity(quantity)) = posed.asked else {
            return false;
        };
        let derivation = self.derivation();
        self.position.update == posed.update()
            && *derivation == posed.derivation()
            && derivation.known_after(quantity) <= self.position.lines
    }

    /// Takes note that the exercise is solved; says so where something had helped.
    fn solved(&mut self, seen: bool) -> Option<Line> {
        let attempt = self.attempt_mut();
        let aided = attempt.helped || seen;
        attempt.solved = Some(aided);
        attempt.fresh = None;
        self.exercising.open = None;
        let words = match (aided, seen) {
            (false, _) => return None,
            (true, true) => "The answer was on the screen. Next time, say it before you look.",
            (true, false) => "Solved, with help.",
        };
        Some(Line::new().with(words, Role::Muted))
    }

    fn wrong_number(
        &mut self,
        posed: &Posed,
        mistakes: &[Mistake],
        text: &str,
        verdict: &Verdict,
    ) -> Vec<Line> {
        let Verdict::Wrong { fits, near } = verdict else {
            return Vec::new();
        };
        // A slip of arithmetic says nothing about the skill.
        if !near {
            self.attempt_mut().missed = true;
            self.log_skill(posed, Tried::Missed);
        }
        let foreseen = fits.iter().find_map(|why| match why {
            Why::Foreseen(index) => mistakes.get(*index),
            Why::Misconception(_) => None,
        });
        if let Some(mistake) = foreseen {
            let mut lines = vec![Line::plain("Not yet.")];
            lines.extend(self.filled(&mistake.say, Some(posed)));
            return lines;
        }
        let Some(asked) = posed.asked else {
            return vec![Line::plain(format!("{text} is not it. `hint` helps."))];
        };
        let mut lines = exercise::wrong(&posed.facts, asked, text, verdict);
        let several = exercise::misconceptions(fits);
        if several.len() > 1 {
            self.attempt_mut().seeds += 1;
            let seed = self.seed();
            if let Some(other) = posed.with_other_numbers(&several, seed) {
                lines.push(Line::plain("Another question shows which it is."));
                lines.push(Line::new());
                lines.extend(other.lines(false));
                let tells_apart = self.fresh().is_none_or(|fresh| fresh.tells_apart);
                self.attempt_mut().fresh = Some(Fresh {
                    posed: Box::new(other),
                    tells_apart,
                });
            }
        }
        lines
    }

    /// A seed for other numbers: the same sitting asks the same questions.
    pub(super) fn seed(&self) -> u64 {
        let seeds = self.attempt().map_or(0, |attempt| attempt.seeds);
        (self.page as u64) << 16 | seeds
    }

    fn answer_choice(
        &mut self,
        exercise: &Exercise,
        choose: &Choose,
        answer: Option<&str>,
    ) -> Result<Vec<Line>, Refusal> {
        let last = letter(choose.options.len() - 1);
        let advice = format!("a letter from a to {last}, such as `answer a`");
        let text = answer.ok_or_else(|| missing(&advice))?;
        let Some(picked) = choose.picked(text) else {
            return Err(Refusal::new(format!("there is no option `{text}`"), advice));
        };
        let first = if picked.is_right {
            "Right."
        } else {
            "Not yet."
        };
        let mut lines = vec![Line::new().with(first, Role::Strong)];
        lines.extend(self.filled(&picked.say, None));
        if picked.is_right {
            lines.extend(self.explained(exercise));
        }
        Ok(lines)
    }

    fn answer_order(
        &mut self,
        exercise: &Exercise,
        order: &Order,
        answer: Option<&str>,
    ) -> Result<Vec<Line>, Refusal> {
        let advice = "every letter once, such as `answer c a b`";
        let text = answer.ok_or_else(|| missing(advice))?;
        match order.judge(text) {
            Ordered::Unclear => Err(Refusal::new(
                format!("`{text}` does not put {} lines in order", order.lines.len()),
                advice,
            )),
            Ordered::Wrong { right: 0 } => Ok(vec![Line::plain(
                "Not yet: something else comes first. What does no other line have to wait for?",
            )]),
            Ordered::Wrong { right } => {
                let lines = if right == 1 { "line is" } else { "lines are" };
                Ok(vec![Line::plain(format!(
                    "Not yet: the first {right} {lines} right, the one after is not."
                ))])
            }
            Ordered::Right => {
                let mut lines = vec![Line::new().with("Right.", Role::Strong)];
                let code = order.lines.iter();
                lines.extend(code.map(|line| Line::plain("  ").with(line.clone(), Role::Code)));
                lines.extend(self.explained(exercise));
                Ok(lines)
            }
        }
    }

    fn answer_goal(&mut self, exercise: &Exercise, reach: &Reach) -> Vec<Line> {
        let reached = match self.prove(reach) {
            Ok(reached) => reached,
            Err(Refusal { message, advice }) => {
                return vec![
                    Line::plain(format!("Not yet: {message}.")),
                    Line::plain(format!("{}.", capital(&advice))),
                ];
            }
        };
        let mut lines = vec![
            Line::new().with("Reached.", Role::Strong),
            Line::plain(format!(
                "Made again from its start with your settings, the run has it after {} {}.",
                reached.step,
                super::motion::plural(reached.step, "update")
            )),
        ];
        lines.extend(reached.margin);
        lines.extend(self.explained(exercise));
        lines
    }

    /// Takes note of a right answer to a question without numbers; the lesson's reason for it.
    fn explained(&mut self, exercise: &Exercise) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(explain) = &exercise.explain {
            lines.extend(self.filled(explain, None));
        }
        lines.extend(self.solved(false));
        lines
    }
}

fn lettered(index: usize) -> Line {
    let mut line = Line::new().with(format!("{}) ", letter(index)), Role::Strong);
    line.indent = 3;
    line
}

fn how_to_answer(question: &Question) -> &'static str {
    match question {
        Question::Predict(_) | Question::Number(_) => {
            "Type `answer` and the number, a fraction or an expression. `hint` helps."
        }
        Question::Choose(_) => "Type `answer` and a letter. `hint` helps.",
        Question::Order(_) => "Type `answer` and the letters in their right order. `hint` helps.",
        Question::Reach(_) => "When it is done, type `answer`. `hint` helps.",
    }
}

pub(super) fn typed(text: &str) -> Result<Typed, Refusal> {
    Typed::read(text).map_err(|mistake| Refusal::new(mistake.message, mistake.advice))
}

pub(super) fn missing(advice: &str) -> Refusal {
    Refusal::new("the answer is missing", advice)
}
