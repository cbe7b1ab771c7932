//! Delta beside the momentum term, update by update.

use std::rc::Rc;

use super::{Pictured, Subject};
use crate::explain::{Digits, Line, Quantity, Role, Text, number, plural, rough_of};
use crate::math::Rough;

/// No screen has room for more updates.
const MOST: u64 = 200;
/// Of more updates the last are told.
const MOST_LINES: u64 = 20;

/// The last updates that are complete.
#[derive(Debug, Clone, PartialEq)]
pub struct TermsView {
    pub parameter: String,
    /// The updates, the last one last.
    pub updates: Vec<Terms>,
    pub digits: Digits,
}

/// What an update adds to the parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// Its number, from 1.
    pub update: u64,
    /// The plain step.
    pub delta: Rough,
    /// What the memory adds.
    pub momentum_term: Rough,
}

impl Terms {
    /// Of the last updates that are complete, at most `most`.
    pub(super) fn last(subject: &Subject, most: u64) -> Vec<Self> {
        let last = subject.step();
        let mut terms = Vec::new();
        let first = last.saturating_sub(most);
        subject.run().walk(first, last, |record, _| {
            let record = Rc::new(record.clone());
            let (model, focus) = (subject.model(), subject.focus);
            let number = |quantity| rough_of(model, &record, focus, subject.convention, quantity);
            terms.push(Self {
                update: record.step + 1,
                delta: number(Quantity::Delta),
                momentum_term: number(Quantity::MomentumTerm),
            });
            false
        });
        terms
    }

    /// `update 3: delta +0.02, momentum term +0.01 (0.5 times the delta, the same way)`
    fn sentence(self, digits: Digits) -> Line {
        let few = Digits::new(3).unwrap_or_default();
        let show = |value| number::display_rough_signed(value, digits);
        let (delta, term) = (self.delta, self.momentum_term);
        let mut line = Line::plain(format!("update {}: delta ", self.update))
            .with(show(delta), Role::Quantity(Quantity::Delta))
            .with(", momentum term ", Role::Plain)
            .with(show(term), Role::Quantity(Quantity::MomentumTerm));
        let [delta, term] = [delta, term].map(Rough::shown);
        if delta != 0.0 && term != 0.0 {
            let times = number::display((term / delta).abs(), few);
            let way = if (term > 0.0) == (delta > 0.0) {
                "the same way"
            } else {
                "the other way"
            };
            line.push(format!(" ({times} times the delta, {way})"), Role::Muted);
        }
        line
    }
}

impl Pictured for TermsView {
    fn of(subject: &Subject) -> Option<Self> {
        Some(Self {
            parameter: subject.parameter().to_owned(),
            updates: Terms::last(subject, MOST),
            digits: subject.digits,
        })
    }

    fn words(subject: &Subject) -> Text {
        let terms = Terms::last(subject, MOST_LINES);
        let head = if terms.is_empty() {
            "No update is complete yet; `step` completes one.".to_owned()
        } else {
            format!("What each update adds to {}:", subject.parameter())
        };
        let sentences = terms.into_iter().map(|term| term.sentence(subject.digits));
        let lines = std::iter::once(Line::plain(head)).chain(sentences);
        lines.collect::<Vec<_>>().into()
    }

    fn heading(&self) -> String {
        self.parameter.clone()
    }

    /// `Together: in 27 of 30 updates momentum term and delta go the same way.`
    fn verdict(&self) -> Option<Line> {
        let signs = self.updates.iter().map(|terms| {
            let [delta, term] = [terms.delta, terms.momentum_term].map(Rough::shown);
            delta * term.signum() * f64::from(u8::from(term != 0.0))
        });
        let signs: Vec<f64> = signs.filter(|sign| *sign != 0.0).collect();
        let count = signs.len();
        if count == 0 {
            let text = "Alone: there is no momentum term beside delta yet.";
            return (!self.updates.is_empty()).then(|| Line::plain(text));
        }
        let together = signs.iter().filter(|sign| **sign > 0.0).count();
        let (word, how_many, way) = if 2 * together >= count {
            ("Together", together, "the same way")
        } else {
            ("Against each other", count - together, "opposite ways")
        };
        let updates = plural(count as u64, "update");
        Some(Line::plain(format!(
            "{word}: in {how_many} of {count} {updates} delta and momentum term go {way}."
        )))
    }
}
