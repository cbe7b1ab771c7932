//! Runs to a condition, breakpoints, and expressions that are watched.

use super::motion::{ended, plural, refuse};
use super::{Outcome, Refusal, Session};
use crate::command::{Phrase, Variable};
use crate::explain::{Line, Quantity, Role, Text, number, value_of};
use crate::math::Convention;
use crate::timeline::{Record, Stop};

/// So many updates `run` makes at most where the lesson never ends and no number is given.
const MOST_UPDATES: u64 = 1_000_000;

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
    pub fn value(self, phrase: &Phrase, record: &Record, moment: Moment) -> f64 {
        phrase
            .expression
            .evaluate(&|variable| match (*variable, moment) {
                (Variable::Step, Moment::Before) => record.step as f64,
                (Variable::Step, Moment::After) => (record.step + 1) as f64,
                (Variable::Epoch, _) => 1.0,
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

    pub fn holds(self, phrase: &Phrase, record: &Record) -> bool {
        self.value(phrase, record, Moment::After) == 1.0
    }
}

impl Session {
    /// How expressions are to be read at the moment.
    pub(super) fn reading(&self) -> Reading {
        Reading {
            focus: self.focus,
            convention: self.convention,
        }
    }

    pub(super) fn run(
        &mut self,
        until: Option<&Phrase>,
        most: Option<u64>,
    ) -> Result<Outcome, Refusal> {
        let start = self.step();
        let reading = self.reading();
        let already = |phrase: &&Phrase| {
            self.last_record()
                .is_some_and(|record| reading.holds(phrase, &record))
        };
        if let Some(phrase) = until.filter(already) {
            return Ok(Outcome::says(Line::plain(format!(
                "{} holds already.",
                phrase.text
            ))));
        }
        let (reason, stopped) =
            self.walk_on(start.saturating_add(most.unwrap_or(MOST_UPDATES)), until);
        let updates = self.step() - start;
        if updates == 0
            && let Some(stop) = stopped
        {
            return Err(refuse(&stop));
        }
        self.pace = crate::command::Unit::Update;
        let made = format!("{updates} {} made.", plural(updates, "update"));
        let why = match (reason, stopped, until) {
            (Some(reason), _, _) => reason,
            (None, Some(stop), None) => ended(&stop),
            (None, Some(stop), Some(phrase)) => {
                format!("{} But {} never held.", ended(&stop), phrase.text)
            }
            (None, None, Some(phrase)) => format!("{} does not hold yet.", phrase.text),
            (None, None, None) => String::new(),
        };
        Ok(Outcome::says(Line::plain(
            format!("{made} {why}").trim_end(),
        )))
    }

    /// Completes updates up to step `last`, but no further than a breakpoint or where `until` holds; says which it
    /// was, and what has stopped the run itself.
    pub(super) fn walk_on(
        &mut self,
        last: u64,
        until: Option<&Phrase>,
    ) -> (Option<String>, Option<Stop>) {
        let mut lookout = Lookout::new(self, until);
        let start = self.step();
        let run = self.timeline.run_mut();
        let mut step = run.walk(start, last, |record| lookout.sees(record));
        let mut stopped = None;
        if lookout.seen.is_none() && step < last {
            stopped = run.reach_until(last, |record| lookout.sees(record)).err();
            step = run.reached();
        }
        self.stand_after(step);
        (lookout.seen, stopped)
    }

    /// The update completed last.
    fn last_record(&self) -> Option<Record> {
        self.record_of(self.step().checked_sub(1)?).ok()
    }

    pub(super) fn add_break(&mut self, phrase: &Phrase) -> Outcome {
        self.breaks.push(phrase.clone());
        let number = self.breaks.len();
        Outcome::says(Line::plain(format!(
            "Breakpoint {number}: runs stop where {} becomes true.",
            phrase.text
        )))
    }

    pub(super) fn list_breaks(&self) -> Outcome {
        let line = |(index, phrase): (usize, &Phrase)| {
            Line::plain(format!("{}. ", index + 1)).with(phrase.text.clone(), Role::Code)
        };
        let mut lines: Vec<Line> = self.breaks.iter().enumerate().map(line).collect();
        if lines.is_empty() {
            lines.push(Line::plain(
                "There are no breakpoints. `break change < 0.03` sets one.",
            ));
        }
        Outcome::shows("Breakpoints", Text::from(lines))
    }

    pub(super) fn remove_break(&mut self, number: usize) -> Result<Outcome, Refusal> {
        if number > self.breaks.len() {
            let message = format!("there is no breakpoint {number}");
            return Err(Refusal::new(
                message,
                "`breaks` lists them with their numbers",
            ));
        }
        let phrase = self.breaks.remove(number - 1);
        Ok(Outcome::says(Line::plain(format!(
            "Runs no longer stop at {}.",
            phrase.text
        ))))
    }

    pub(super) fn watch(&mut self, phrase: Option<&Phrase>) -> Outcome {
        if let Some(phrase) = phrase {
            if !self.watches.contains(phrase) {
                self.watches.push(phrase.clone());
            }
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
        self.watches.clear();
        Outcome::says(Line::plain("Nothing is watched any more."))
    }

    /// Every watched expression with its value for the update on the screen.
    pub fn watched(&self) -> Vec<Line> {
        self.watches
            .iter()
            .map(|phrase| self.watch_line(phrase))
            .collect()
    }

    /// `change/gradient = 0.0181481`, or `?` while a number in it has not been shown.
    pub(super) fn watch_line(&self, phrase: &Phrase) -> Line {
        let derivation = self.derivation();
        let lines = self.position.lines;
        let shown = |quantity: Quantity| derivation.known_after(quantity) <= lines;
        let known = phrase
            .expression
            .names()
            .into_iter()
            .all(|variable| match variable {
                Variable::Quantity(quantity, _) => shown(*quantity),
                Variable::Parameter(_) | Variable::Step | Variable::Epoch => true,
            });
        let moment = if self.is_complete() {
            Moment::After
        } else {
            Moment::Before
        };
        let value = self.reading().value(phrase, &self.record(), moment);
        let line = Line::new()
            .with(phrase.text.clone(), Role::Code)
            .with(" = ", Role::Plain);
        match (known, value.is_finite()) {
            (false, _) => line.with("?", Role::Question),
            (true, true) => line.with(number::display(value, self.digits), Role::Strong),
            (true, false) => line.with("no number", Role::Muted),
        }
    }
}

/// Watches a run for conditions.
struct Lookout<'a> {
    reading: Reading,
    until: Option<&'a Phrase>,
    /// The breakpoints, and whether each held after the update before: they stop a run where they become true.
    breaks: Vec<(Phrase, bool)>,
    /// What has been seen.
    seen: Option<String>,
}

impl<'a> Lookout<'a> {
    fn new(session: &Session, until: Option<&'a Phrase>) -> Self {
        let reading = session.reading();
        let last = session.last_record();
        let held = |phrase: &Phrase| {
            last.as_ref()
                .is_some_and(|record| reading.holds(phrase, record))
        };
        Self {
            reading,
            until,
            breaks: session
                .breaks
                .iter()
                .map(|phrase| (phrase.clone(), held(phrase)))
                .collect(),
            seen: None,
        }
    }

    /// Whether an update is one to stop after.
    fn sees(&mut self, record: &Record) -> bool {
        for (index, (phrase, held)) in self.breaks.iter_mut().enumerate() {
            let holds = self.reading.holds(phrase, record);
            if holds && !*held {
                self.seen = Some(format!("Breakpoint {}: {} holds.", index + 1, phrase.text));
            }
            *held = holds;
        }
        if let Some(phrase) = self
            .until
            .filter(|phrase| self.reading.holds(phrase, record))
        {
            self.seen = Some(format!("{} holds.", phrase.text));
        }
        self.seen.is_some()
    }
}
