//! Delta beside the momentum term, update by update.

use std::rc::Rc;

use super::along::{FEW, LAST};
use super::{Pictured, Subject};
use crate::explain::{Digits, Line, Quantity, Role, Text, number, plural, roughs_of, value_of};
use crate::math::Rough;
use crate::timeline::{Record, Run};

/// No screen has room for more updates.
const MOST: u64 = 200;
/// What an update adds.
const BOTH: [Quantity; 2] = [Quantity::Delta, Quantity::MomentumTerm];

/// The last updates that are complete.
#[derive(Debug, Clone, PartialEq)]
pub struct TermsView {
    pub parameter: String,
    /// The updates, the last one last.
    pub updates: Vec<Terms>,
    /// The same updates before a setting was turned, as far as that run had them; none where there is no such run.
    pub ghost: Vec<Terms>,
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
        let (model, focus, convention) = (subject.model(), subject.focus, subject.convention);
        Self::of(subject, subject.run(), most, |record| {
            let record = Rc::new(record.clone());
            let mut numbers = roughs_of(model, &record, focus, convention, BOTH);
            [(); 2].map(|()| numbers.next().unwrap_or(Rough::rounded(0.0)))
        })
    }

    /// The same of a run of which it is only drawn how far they went.
    fn drawn(subject: &Subject, run: &Run, most: u64) -> Vec<Self> {
        let (focus, convention) = (subject.focus, subject.convention);
        let number = |record: &Record, quantity| value_of(record, focus, convention, quantity);
        Self::of(subject, run, most, |record| {
            BOTH.map(|quantity| Rough::rounded(number(record, quantity)))
        })
    }

    /// Those of a run at the last updates that are complete on the current one.
    fn of(
        subject: &Subject,
        run: &Run,
        most: u64,
        numbers: impl Fn(&Record) -> [Rough; 2],
    ) -> Vec<Self> {
        let last = subject.step();
        let mut terms = Vec::new();
        run.walk(last.saturating_sub(most), last, |record, _| {
            let [delta, momentum_term] = numbers(record);
            terms.push(Self {
                update: record.step + 1,
                delta,
                momentum_term,
            });
            false
        });
        terms
    }

    /// `update 3: delta +0.02, momentum term +0.01 (0.5 times the delta, the same way)`
    fn sentence(&self, digits: Digits) -> Line {
        let few = digits.exactly(3);
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
            ghost: (subject.ghost()).map_or_else(Vec::new, |run| Terms::drawn(subject, run, MOST)),
            digits: subject.digits,
        })
    }

    fn words(subject: &Subject) -> Text {
        let terms = Terms::last(subject, MOST);
        let parameter = subject.parameter();
        let mut lines = Vec::new();
        if terms.is_empty() {
            lines.push(Line::plain(
                "No update is complete yet; `step` completes one.",
            ));
        } else if terms.len() > FEW {
            lines.push(Line::plain(ways(parameter, &terms)));
            lines.push(Line::plain("The last of them:"));
        } else {
            lines.push(Line::plain(format!(
                "What each update adds to {parameter}:"
            )));
        }
        let told = if terms.len() > FEW { LAST } else { FEW };
        let last = &terms[terms.len().saturating_sub(told)..];
        lines.extend(last.iter().map(|term| term.sentence(subject.digits)));
        lines.into()
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
            let text = "Alone: there is no momentum term beside delta.";
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

/// `Of the last 50 updates of x the momentum term goes the way of the delta in 48, and the other way in 2.`
fn ways(parameter: &str, terms: &[Terms]) -> String {
    let sign = |term: &Terms| {
        let [delta, momentum_term] = [term.delta, term.momentum_term].map(Rough::shown);
        delta * momentum_term
    };
    let same = terms.iter().filter(|term| sign(term) > 0.0).count();
    let other = terms.iter().filter(|term| sign(term) < 0.0).count();
    let (count, rest) = (terms.len(), terms.len() - same - other);
    let parts = [(same, "the way of the delta"), (other, "the other way")];
    let ways = parts.iter().filter(|(times, _)| *times > 0);
    let ways: Vec<String> = ways
        .map(|(times, way)| format!("{way} in {times}"))
        .collect();
    let ways = ways.join(", and ");
    let last = format!("the last {count} updates of {parameter}");
    match (ways.is_empty(), rest) {
        (true, _) => format!("In {last} the delta or the momentum term is 0."),
        (false, 0) => format!("Of {last} the momentum term goes {ways}."),
        (false, _) => {
            format!("Of {last} the momentum term goes {ways}; in {rest} one of the two is 0.")
        }
    }
}
