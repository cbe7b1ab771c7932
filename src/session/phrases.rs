//! Expressions: what they come to here and now, those that are kept in sight, and what a run is watched for.

use std::rc::Rc;

use super::outcome::Done;
use super::{Outcome, Session};
use crate::command::{Command, Complaint, Lookout, Phrase, Scope, When};
use crate::explain::{Line, Quantity, Role};
use crate::math::Metrics;
use crate::timeline::Record;

impl Session {
    /// Figures over all items after the updates that are complete.
    pub fn metrics(&self) -> Option<Metrics> {
        let (run, step) = (self.timeline().run(), self.step());
        match self.lesson.model.epoch_length() {
            Some(_) => run.metrics(step),
            None => run.metrics_at(&run.state(step)),
        }
    }

    /// Understands a condition, such as `mse < 0.06`.
    ///
    /// # Errors
    /// Where it is none.
    pub fn condition(&self, text: &str) -> Result<Phrase, Complaint> {
        let line = format!("break {text}");
        let Some(Command::Break(phrase)) = self.parse_part(&line, &line)? else {
            unreachable!("the command break has a condition");
        };
        Ok(phrase)
    }

    /// Whether a condition holds after an update, with figures over all items where it needs them.
    pub fn holds(&self, phrase: &Phrase, record: &Record, metrics: Option<Metrics>) -> bool {
        self.scope().holds(phrase, record, metrics)
    }

    /// Figures over all items, where an expression has them in it.
    pub(super) fn metrics_for(&self, phrase: &Phrase) -> Option<Metrics> {
        phrase.is_about_metrics().then(|| self.metrics()).flatten()
    }

    pub(super) fn scope(&self) -> Scope {
        Scope {
            focus: self.focus(),
            convention: self.convention(),
        }
    }

    /// Watches the run from here on for a condition and, where it is asked to, for the breakpoints.
    pub(super) fn lookout(&self, until: Option<Phrase>, breaks: bool) -> Lookout {
        let breaks: &[Phrase] = if breaks { self.marks.breaks() } else { &[] };
        let lookout = Lookout::new(self.scope(), until, breaks, self.watch());
        let metrics = lookout.needs_metrics().then(|| self.metrics()).flatten();
        lookout.going_on(self.last_record().as_deref(), metrics)
    }

    /// Watches a run from its start for a condition.
    pub fn lookout_for(&self, until: &Phrase) -> Lookout {
        Lookout::new(self.scope(), Some(until.clone()), &[], self.watch())
    }

    fn last_record(&self) -> Option<Rc<Record>> {
        self.record_of(self.step().checked_sub(1)?).ok()
    }

    pub(super) fn add_watch(&mut self, phrase: Option<&Phrase>) -> Done {
        if let Some(phrase) = phrase {
            self.marks.watch(phrase)?;
            return Ok(Outcome::says(self.watch_line(phrase)));
        }
        let mut lines: Vec<Line> = self.watched();
        if lines.is_empty() {
            lines.push(Line::plain(
                "Nothing is watched. `watch change/gradient` begins it.",
            ));
        }
        Ok(Outcome::shows("Watched", lines))
    }

    /// Every watched expression with its value for the update on the screen.
    pub fn watched(&self) -> Vec<Line> {
        let watches = self.marks.watches().iter();
        watches.map(|phrase| self.watch_line(phrase)).collect()
    }

    /// `change/gradient = 0.0181481`, or `?` while a number in it has not been shown.
    pub(super) fn watch_line(&self, phrase: &Phrase) -> Line {
        let derivation = self.derivation();
        let lines = self.position().lines;
        let shown = |quantity: Quantity| derivation.known_after(quantity) <= lines;
        let names = phrase.expression.names().into_iter();
        let mut quantities = names.filter_map(|variable| variable.quantity());
        let known = quantities.all(|(quantity, _)| shown(quantity));
        let when = if self.is_complete() {
            When::After
        } else {
            When::Before
        };
        let metrics = self.metrics_for(phrase);
        let update = (&self.lesson.model, &self.record());
        let number = self.scope().rough(phrase, update, when, metrics);
        let sign = if known && number.is_noise() {
            " ≈ "
        } else {
            " = "
        };
        let line = Line::new().with(phrase.text.clone(), Role::Code).and(sign);
        match (known, number.value.is_finite()) {
            (false, _) => line.with("?", Role::Question),
            (true, true) => line.with(self.shown(number.shown()), Role::Strong),
            (true, false) => line.with("no number", Role::Muted),
        }
    }
}
