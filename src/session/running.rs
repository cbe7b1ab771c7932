//! Runs to a condition, breakpoints, and expressions that are watched.

use std::rc::Rc;

use super::{Outcome, Session};
use crate::command::Refusal;
use crate::command::{Command, Complaint, Phrase, Variable};
use crate::explain::{Line, Quantity, Role, Text, number, value_of, value_of_update};
use crate::math::{Convention, Metrics, Model};
use crate::timeline::{Record, State};

/// Whether an expression is about the time before an update or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// Parameters are what the update starts from.
    Before,
    /// Parameters are what it has come to.
    After,
}

/// What names in expressions depend on besides the update.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub focus: usize,
    pub convention: Convention,
}

impl Reading {
    /// The value of an expression for an update; 1 and 0 for true and false.
    ///
    /// `metrics` are the figures over all items; without them, expressions about them are no numbers.
    pub fn value(
        self,
        phrase: &Phrase,
        record: &Record,
        moment: Moment,
        metrics: Option<Metrics>,
    ) -> f64 {
        phrase
            .expression
            .evaluate(&|variable| match (*variable, moment) {
                (Variable::Step, Moment::Before) => record.step as f64,
                (Variable::Step, Moment::After) => (record.step + 1) as f64,
                (Variable::Epoch, _) => (record.epoch + 1) as f64,
                (Variable::Loss, _) => metrics.map_or(f64::NAN, |metrics| metrics.loss),
                (Variable::Mse, _) => metrics.and_then(|metrics| metrics.mse).unwrap_or(f64::NAN),
                (Variable::Accuracy, _) => metrics
                    .and_then(|metrics| metrics.accuracy)
                    .unwrap_or(f64::NAN),
                (Variable::Parameter(index), Moment::Before) => record.updates[index].before,
                (Variable::Parameter(index), Moment::After) => record.updates[index].after,
                (Variable::Quantity(quantity, parameter), _) => value_of(
                    record,
                    parameter.unwrap_or(self.focus),
                    self.convention,
                    quantity,
                ),
            })
    }

    pub fn holds(self, phrase: &Phrase, record: &Record, metrics: Option<Metrics>) -> bool {
        self.value(phrase, record, Moment::After, metrics) == 1.0
    }
}

impl Reading {
    /// Whether a condition holds at a moment of a run that keeps no records.
    pub fn holds_at(
        self,
        phrase: &Phrase,
        model: &Model,
        moment: &crate::timeline::Moment,
    ) -> bool {
        let state = moment.state;
        let ends_epoch = model
            .epoch_length()
            .is_some_and(|length| state.step.is_multiple_of(length));
        let metrics = (ends_epoch && phrase.is_about_metrics())
            .then(|| model.metrics(&state.weights))
            .flatten();
        let value = |variable: &Variable| match *variable {
            Variable::Step => state.step as f64,
            Variable::Epoch => (model.epoch_of(state.step.saturating_sub(1)) + 1) as f64,
            Variable::Loss => moment
                .loss
                .or(metrics.map(|metrics| metrics.loss))
                .unwrap_or(f64::NAN),
            Variable::Mse => metrics.and_then(|m| m.mse).unwrap_or(f64::NAN),
            Variable::Accuracy => metrics.and_then(|m| m.accuracy).unwrap_or(f64::NAN),
            Variable::Parameter(index) => state.weights[index],
            Variable::Quantity(quantity, parameter) => moment
                .updates
                .get(parameter.unwrap_or(self.focus))
                .map_or(f64::NAN, |update| {
                    value_of_update(state.settings, update, self.convention, quantity)
                }),
        };
        phrase.expression.evaluate(&value) == 1.0
    }
}

impl Session {
    /// Figures over all items after the updates that are complete.
    pub fn metrics(&self) -> Option<Metrics> {
        let state = self.timeline().run().state(self.step());
        self.lesson.model.metrics(&state.weights)
    }

    /// Understands a condition, such as `mse < 0.06`.
    ///
    /// # Errors
    /// Where it is none.
    pub fn condition(&self, text: &str) -> Result<Phrase, Complaint> {
        let line = format!("break {text}");
        match self.parse_part(&line, &line)? {
            Some(Command::Break(phrase)) => Ok(phrase),
            _ => unreachable!("the command break has a condition"),
        }
    }

    /// Whether a condition holds after an update, with figures over all items where it needs them.
    pub fn holds(&self, phrase: &Phrase, record: &Record, metrics: Option<Metrics>) -> bool {
        self.reading().holds(phrase, record, metrics)
    }

    /// Figures over all items, where an expression has them in it.
    pub(super) fn metrics_for(&self, phrase: &Phrase) -> Option<Metrics> {
        phrase.is_about_metrics().then(|| self.metrics()).flatten()
    }

    /// How expressions are to be read at the moment.
    pub(super) fn reading(&self) -> Reading {
        Reading {
            focus: self.focus(),
            convention: self.convention(),
        }
    }

    /// The update completed last.
    fn last_record(&self) -> Option<Rc<Record>> {
        self.record_of(self.step().checked_sub(1)?).ok()
    }

    pub(super) fn add_break(&mut self, phrase: &Phrase) -> Outcome {
        let number = self.marks.add_break(phrase.clone());
        Outcome::says(Line::plain(format!(
            "Breakpoint {number}: runs stop where {} becomes true.",
            phrase.text
        )))
    }

    pub(super) fn list_breaks(&self) -> Outcome {
        let line = |(index, phrase): (usize, &Phrase)| {
            Line::plain(format!("{}. ", index + 1)).with(phrase.text.clone(), Role::Code)
        };
        let mut lines: Vec<Line> = self.marks.breaks().iter().enumerate().map(line).collect();
        if lines.is_empty() {
            lines.push(Line::plain(
                "There are no breakpoints. `break change < 0.03` sets one.",
            ));
        }
        Outcome::shows("Breakpoints", Text::from(lines))
    }

    pub(super) fn remove_break(&mut self, number: usize) -> Result<Outcome, Refusal> {
        let Some(phrase) = self.marks.remove_break(number) else {
            let message = format!("there is no breakpoint {number}");
            return Err(Refusal::new(
                message,
                "`breaks` lists them with their numbers",
            ));
        };
        Ok(Outcome::says(Line::plain(format!(
            "Runs no longer stop at {}.",
            phrase.text
        ))))
    }

    pub(super) fn watch(&mut self, phrase: Option<&Phrase>) -> Outcome {
        if let Some(phrase) = phrase {
            self.marks.watch(phrase);
            return Outcome::says(self.watch_line(phrase));
        }
        let mut lines: Vec<Line> = self.watched();
        if lines.is_empty() {
            lines.push(Line::plain(
                "Nothing is watched. `watch change/gradient` begins it.",
            ));
        }
        Outcome::shows("Watched", Text::from(lines))
    }

    pub(super) fn unwatch(&mut self) -> Outcome {
        self.marks.unwatch();
        Outcome::says(Line::plain("Nothing is watched any more."))
    }

    /// Every watched expression with its value for the update on the screen.
    pub fn watched(&self) -> Vec<Line> {
        self.marks
            .watches()
            .iter()
            .map(|phrase| self.watch_line(phrase))
            .collect()
    }

    /// `change/gradient = 0.0181481`, or `?` while a number in it has not been shown.
    pub(super) fn watch_line(&self, phrase: &Phrase) -> Line {
        let derivation = self.derivation();
        let lines = self.position().lines;
        let shown = |quantity: Quantity| derivation.known_after(quantity) <= lines;
        let known = phrase
            .expression
            .names()
            .into_iter()
            .all(|variable| match variable {
                Variable::Quantity(quantity, _) => shown(*quantity),
                _ => true,
            });
        let moment = if self.is_complete() {
            Moment::After
        } else {
            Moment::Before
        };
        let metrics = self.metrics_for(phrase);
        let value = self
            .reading()
            .value(phrase, &self.record(), moment, metrics);
        let line = Line::new()
            .with(phrase.text.clone(), Role::Code)
            .with(" = ", Role::Plain);
        match (known, value.is_finite()) {
            (false, _) => line.with("?", Role::Question),
            (true, true) => line.with(number::display(value, self.digits()), Role::Strong),
            (true, false) => line.with("no number", Role::Muted),
        }
    }
}

/// Watches a run for conditions.
#[derive(Debug)]
pub(super) struct Lookout {
    reading: Reading,
    until: Option<Phrase>,
    /// Whether that holds at the start.
    until_holds: bool,
    /// The breakpoints, and whether each held after the update before: they stop a run where they become true.
    breaks: Vec<(Phrase, bool)>,
    /// Figures over all items, as they were after the last epoch.
    metrics: Option<Metrics>,
    /// What has been seen.
    pub seen: Option<String>,
}

impl Lookout {
    /// Watches for a condition and, where it is asked to, for the breakpoints.
    pub fn new(session: &Session, until: Option<Phrase>, breaks: bool) -> Self {
        let mut lookout = Self {
            reading: session.reading(),
            until,
            until_holds: false,
            breaks: Vec::new(),
            metrics: None,
            seen: None,
        };
        if breaks {
            let breaks = session.marks.breaks().iter();
            lookout.breaks = breaks.map(|phrase| (phrase.clone(), false)).collect();
        }
        if lookout.phrases().any(Phrase::is_about_metrics) {
            lookout.metrics = session.metrics();
        }
        if let Some(record) = session.last_record() {
            let (reading, metrics) = (lookout.reading, lookout.metrics);
            let holds = |phrase: &Phrase| reading.holds(phrase, &record, metrics);
            lookout.until_holds = lookout.until.as_ref().is_some_and(holds);
            for (phrase, held) in &mut lookout.breaks {
                *held = holds(phrase);
            }
        }
        lookout
    }

    /// Watches a run from its start for a condition.
    pub fn fresh(reading: Reading, until: Phrase) -> Self {
        Self {
            reading,
            until: Some(until),
            until_holds: false,
            breaks: Vec::new(),
            metrics: None,
            seen: None,
        }
    }

    fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.until
            .iter()
            .chain(self.breaks.iter().map(|(phrase, _)| phrase))
    }

    /// The condition, where it holds at the start.
    pub fn until_holds(&self) -> Option<String> {
        let until = self.until.as_ref().filter(|_| self.until_holds);
        until.map(|phrase| phrase.text.clone())
    }

    /// Whether there is anything to look for.
    pub fn looks(&self) -> bool {
        self.phrases().next().is_some()
    }

    /// Whether what it looks for can come about within an epoch.
    pub fn looks_at_updates(&self, model: &Model) -> bool {
        let by_update =
            |phrase: &Phrase| !phrase.is_about_epochs() || model.epoch_length().is_none();
        self.phrases().any(by_update)
    }

    /// Whether an update is one to stop after.
    pub fn sees(&mut self, model: &Model, record: &Record, state: &State) -> bool {
        let ends_epoch = model
            .epoch_length()
            .is_none_or(|length| state.step.is_multiple_of(length));
        if ends_epoch && self.phrases().any(Phrase::is_about_metrics) {
            self.metrics = model.metrics(&state.weights);
        }
        for (index, (phrase, held)) in self.breaks.iter_mut().enumerate() {
            let holds = self.reading.holds(phrase, record, self.metrics);
            if holds && !*held {
                self.seen = Some(format!("Breakpoint {}: {} holds.", index + 1, phrase.text));
            }
            *held = holds;
        }
        if let Some(phrase) = self
            .until
            .as_ref()
            .filter(|phrase| self.reading.holds(phrase, record, self.metrics))
        {
            self.seen = Some(format!("{} holds.", phrase.text));
        }
        self.seen.is_some()
    }
}
