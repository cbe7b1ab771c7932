//! Exercises: opening one, answering it, and what has become of each.

use std::collections::BTreeMap;

use super::posed::Posed;
use super::{Outcome, Part, Position, Session};
use crate::command::Predicting;
use crate::command::Refusal;
use crate::exercise::{Choose, Exercise, Order, Question, letter};
use crate::explain::{Line, Quantity, Role};
use crate::record::ExerciseLog;

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

/// A number that was typed before its line was shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The update, and the number of lines shown with it.
    pub at: Position,
    /// What the line came to.
    pub value: f64,
    /// What was typed.
    pub text: String,
    /// Whether it was right.
    pub right: bool,
}

/// A question that waits for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The question, with what is given.
    pub lines: Vec<Line>,
    /// How a typed line answers it.
    pub how_to_answer: &'static str,
    /// What its answers are.
    pub answers: Answering,
}

/// What answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// A number.
    Number,
    /// Letters, the first so many of them.
    Letters(usize),
    /// That it has been done.
    Done,
}

/// What a sitting knows of its exercises.
#[derive(Debug, Clone, Default)]
pub(super) struct Exercising {
    /// What has become of each page's exercise, by the page's index.
    pub(super) attempts: BTreeMap<usize, Attempt>,
    /// The same of lessons that have been left for others, by their names.
    pub(super) left: BTreeMap<String, BTreeMap<usize, Attempt>>,
    /// The page whose exercise is open.
    pub(super) open: Option<usize>,
    /// Which lines are asked for before they are shown.
    pub(super) predicts: Predicting,
    /// What was predicted last.
    pub(super) said: Option<Said>,
    /// While worked examples fade: the update that is shown whole.
    pub(super) whole: u64,
    /// The update that the open page's question is about.
    pub(super) asked_update: Option<u64>,
}

/// What has become of one exercise.
#[derive(Debug, Clone, Default)]
pub(super) struct Attempt {
    /// How many hints have been read, of the question that is being asked.
    pub(super) hints: usize,
    /// What has helped.
    pub(super) help: Help,
    /// Whether a wrong answer has been given to it.
    pub(super) missed: bool,
    /// Whether it has been solved, and whether something had helped.
    pub(super) solved: Option<bool>,
    /// The question with other numbers that is being asked instead.
    pub(super) fresh: Option<Fresh>,
    /// How many questions with other numbers have been asked.
    pub(super) seeds: u64,
    /// How often options or lines have been put in another order.
    pub(super) turns: u64,
    /// Whether settings that reach the goal have been shown, so that others are asked for.
    pub(super) way_shown: bool,
}

/// What has helped with an exercise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Help {
    /// Nothing.
    #[default]
    None,
    /// It was solved in this sitting before, so that its answer is known.
    Memory,
    /// Hints, or the solution.
    Hints,
}

/// A question with other numbers.
#[derive(Debug, Clone)]
pub(super) struct Fresh {
    pub(super) posed: Box<Posed>,
    /// Whether it is asked to tell slips apart, so that the first question comes again after it.
    pub(super) tells_apart: bool,
}

impl Exercising {
    /// What is known when one lesson is left for another: of each of them what has been tried before.
    pub(super) fn going_on(mut self, from: &str, to: &str) -> Self {
        let attempts = std::mem::take(&mut self.attempts);
        self.left.insert(from.to_owned(), attempts);
        Self {
            attempts: self.left.remove(to).unwrap_or_default(),
            left: self.left,
            predicts: self.predicts,
            ..Self::default()
        }
    }
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
        self.exercising.open == Some(self.page_index()) && !self.is_solved()
    }

    /// Whether lines are to be predicted.
    pub fn predicts(&self) -> bool {
        self.exercising.predicts != Predicting::Off
    }

    /// Whether a line that is a number is an answer.
    pub fn takes_numbers(&self) -> bool {
        self.awaits_answer() || self.predicts()
    }

    /// Takes note of the update that the question of a page just opened is about.
    pub(super) fn note_exercise(&mut self) {
        self.exercising.asked_update = self.asked_update();
        self.exercising.open = None;
        self.begin_fading();
    }

    /// The quantity that the page's unsolved question asks for of the update on the screen.
    pub(super) fn secret(&self) -> Option<Quantity> {
        let exercise = self.page().exercise.as_ref()?;
        let Question::Predict(predict) = &exercise.question else {
            return None;
        };
        let here = self.exercising.asked_update == Some(self.position().update);
        let open = here && !self.is_solved();
        open.then(|| self.predicted(predict)).flatten()
    }

    /// Whether a number on the page would tell the answer to its unsolved question.
    pub(super) fn would_tell(&self, quantity: Quantity) -> bool {
        self.subject().gives_away(quantity)
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

    pub(super) fn is_solved(&self) -> bool {
        matches!(
            self.exercise_status(self.page_index()),
            Some(ExerciseStatus::Solved { .. })
        )
    }

    pub(super) fn attempt(&self) -> Option<&Attempt> {
        self.exercising.attempts.get(&self.page_index())
    }

    pub(super) fn attempt_mut(&mut self) -> &mut Attempt {
        self.exercising
            .attempts
            .entry(self.page_index())
            .or_default()
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
            let help = match self.attempt() {
                Some(_) => Help::Memory,
                None => Help::None,
            };
            let Attempt { seeds, turns, .. } = *self.attempt_mut();
            *self.attempt_mut() = Attempt {
                help,
                seeds,
                turns,
                ..Attempt::default()
            };
        }
        self.exercising.open = Some(self.page_index());
        Ok(Part::Question(self.asks(&exercise)?).into())
    }

    /// The question that waits for an answer, for a screen that keeps it in sight; `None` where none does.
    pub fn waiting(&self) -> Option<Waiting> {
        let exercise = self.exercise().ok().filter(|_| self.awaits_answer())?;
        self.asks(&exercise).ok()
    }

    /// The question that is being asked, and how it is answered.
    fn asks(&self, exercise: &Exercise) -> Result<Waiting, Refusal> {
        Ok(Waiting {
            lines: self.asked_lines(exercise)?,
            how_to_answer: how_to_answer(&exercise.question),
            answers: match &exercise.question {
                Question::Predict(_) | Question::Number(_) => Answering::Number,
                Question::Choose(choose) => Answering::Letters(choose.options.len()),
                Question::Order(order) => Answering::Letters(order.lines.len()),
                Question::Reach(_) => Answering::Done,
            },
        })
    }

    /// The question that is being asked.
    fn asked_lines(&self, exercise: &Exercise) -> Result<Vec<Line>, Refusal> {
        let plain = |text: &crate::explain::Document| self.filled(text, None);
        Ok(match &exercise.question {
            Question::Predict(_) | Question::Number(_) => match self.fresh() {
                Some(fresh) => fresh.posed.lines(),
                None => self.posed_or_refuse()?.lines(),
            },
            Question::Choose(choose) => {
                let ask = plain(&choose.ask);
                [ask, self.options(choose)].concat()
            }
            Question::Order(order) => {
                let ask = (order.ask.as_ref())
                    .map_or_else(|| vec![Line::plain("Put these lines in order.")], plain);
                [ask, self.lines_to_order(order)].concat()
            }
            Question::Reach(reach) => vec![
                Line::plain("Bring this about: ")
                    .with(reach.condition.text.clone(), Role::Code)
                    .with(".", Role::Plain),
                Line::plain(
                    "Change the learning rate, the momentum or the rule, and make the run.",
                ),
            ],
        })
    }

    /// The options under their letters.
    pub(super) fn options(&self, choose: &Choose) -> Vec<Line> {
        let mut lines = Vec::new();
        for (place, option) in choose.shown(self.turn()).into_iter().enumerate() {
            let mut text = self.filled(&choose.options[option].text, None).into_iter();
            let first = text.next().unwrap_or_default();
            lines.push(lettered(place).joined(first));
            lines.extend(text);
        }
        lines
    }

    /// The lines to be put in order, under their letters.
    pub(super) fn lines_to_order(&self, order: &Order) -> Vec<Line> {
        let shown = order.shown(self.turn()).into_iter().enumerate();
        shown
            .map(|(place, line)| lettered(place).with(order.lines[line].clone(), Role::Code))
            .collect()
    }

    /// How often options or lines have been put in another order.
    pub(super) fn turn(&self) -> u64 {
        self.attempt().map_or(0, |attempt| attempt.turns)
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
