//! One weight on the number line: where it stands, and the two arrows that an update moves it by.

use super::{Pictured, Subject};
use crate::explain::{Digits, Line, Quantity, Role, Text, number};
use crate::math::MemoryUnit;

/// So many updates are looked ahead at for the scale; of longer scripts, as many as have just been made.
const MOST_PLANNED: u64 = 40;

/// An update of a weight on the number line, as far as it has been shown.
#[derive(Debug, Clone, PartialEq)]
pub struct LineView {
    /// Where the weight stands before the update.
    pub before: Mark,
    /// Delta and the momentum term, each from where the last one has ended.
    pub arrows: Vec<Arrow>,
    /// What the update before has left, and the part of it that is taken, once that is shown.
    pub memory: Option<(Bar, Option<Bar>)>,
    /// Where the weight was after this update before a setting was turned.
    pub ghost: Option<f64>,
    /// How far the line reaches below the weight and above it: the same for all updates of the run and of its ghost.
    pub reach: [f64; 2],
    /// How numbers are shown.
    pub digits: Digits,
}

/// A place on the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub quantity: Quantity,
    pub at: f64,
    /// The number, once it is shown.
    pub number: Option<String>,
}

impl Mark {
    /// The number, or what stands in its place.
    pub fn label(&self) -> &str {
        self.number.as_deref().unwrap_or("?")
    }
}

/// A step along the line, to a mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    pub step: Bar,
    pub to: Mark,
}

/// A length, with its number.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub quantity: Quantity,
    pub length: f64,
    pub number: String,
}

impl LineView {
    fn new(subject: &Subject) -> Option<Self> {
        let derivation = &subject.derivation;
        let value = |quantity| derivation.value(quantity);
        let is_shown = |quantity| derivation.known_after(quantity) <= subject.lines;
        let text = |quantity| derivation.text(quantity, subject.digits);
        let bar = |quantity| {
            Some(Bar {
                quantity,
                length: value(quantity)?,
                number: text(quantity)?,
            })
        };
        let mark = |quantity, at| Mark {
            quantity,
            at,
            number: text(quantity).filter(|_| is_shown(quantity)),
        };
        let before = mark(Quantity::Before, value(Quantity::Before)?);
        let rule = subject.record.settings.rule;
        let has_term = rule.has_momentum_term();
        let mut arrows = Vec::new();
        if is_shown(Quantity::Delta) {
            let step = bar(Quantity::Delta)?;
            let end = before.at + step.length;
            let quantity = [Quantity::After, Quantity::PlainWeight][usize::from(has_term)];
            let to = mark(quantity, end);
            arrows.push(Arrow { step, to });
            if has_term && is_shown(Quantity::MomentumTerm) {
                let step = bar(Quantity::MomentumTerm)?;
                let to = mark(Quantity::After, end + step.length);
                arrows.push(Arrow { step, to });
            }
        }
        let in_delta_units = rule.remembers() && rule.memory_unit() == MemoryUnit::Delta;
        let memory =
            bar(Quantity::Memory).filter(|m| has_term && in_delta_units && m.length != 0.0);
        let taken = arrows.get(1).map(|arrow| arrow.step.clone());
        let step = subject.record.step;
        let ghost = subject.ghost().filter(|run| step < run.reached());
        Some(Self {
            digits: subject.digits,
            before,
            arrows,
            memory: memory.map(|memory| (memory, taken)),
            ghost: ghost.map(|run| run.state(step + 1).weights[subject.focus]),
            reach: reach(subject),
        })
    }

    /// The places from where the weight stands on.
    pub fn marks(&self) -> impl DoubleEndedIterator<Item = &Mark> {
        std::iter::once(&self.before).chain(self.arrows.iter().map(|arrow| &arrow.to))
    }
}

/// How far below the weight and above it the updates of the run and of its ghost come.
fn reach(subject: &Subject) -> [f64; 2] {
    let mut reach = [0.0_f64; 2];
    let mut widen = |record: &crate::timeline::Record| {
        let update = &record.updates[subject.focus];
        let steps = [update.delta, update.delta + update.momentum_term];
        for step in steps {
            reach = [reach[0].max(-step), reach[1].max(step)];
        }
        false
    };
    let planned = subject
        .model()
        .updates()
        .filter(|updates| *updates <= MOST_PLANNED);
    if let Some(updates) = planned {
        // The run itself goes no further than the learner has come.
        subject
            .run()
            .clone()
            .go(0, updates, |record, _| widen(record));
    } else {
        let last = subject.run().reached();
        let first = last.saturating_sub(MOST_PLANNED);
        subject.run().walk(first, last, |record, _| widen(record));
        widen(&subject.record);
    }
    if let Some(ghost) = subject.ghost() {
        let last = ghost.reached().min(MOST_PLANNED);
        ghost.walk(0, last, |record, _| widen(record));
    }
    reach
}

impl Pictured for LineView {
    fn of(subject: &Subject) -> Option<Self> {
        Self::new(subject)
    }

    /// `w is at 3.56. Delta, +0.027, leads up to 3.587. The momentum term ...`
    fn words(subject: &Subject) -> Text {
        let Some(view) = Self::new(subject) else {
            return Text::default();
        };
        let update = subject.record.step + 1;
        let mut lines = vec![Line::plain(format!(
            "Update {update} on the number line: {} stands at {}.",
            subject.parameter(),
            view.before.label()
        ))];
        let names = ["Delta", "The momentum term"];
        let froms = ["", " from there"];
        for ((arrow, name), from) in view.arrows.iter().zip(names).zip(froms) {
            if arrow.step.length == 0.0 {
                lines.push(Line::plain(format!("{name} is 0.")));
                continue;
            }
            let way = way(arrow.step.length);
            let to = match &arrow.to.number {
                None => "; where it ends, the next line says".to_owned(),
                Some(number) => format!(", to {number}"),
            };
            lines.push(
                Line::plain(format!("{name}, "))
                    .with(
                        arrow.step.number.clone(),
                        Role::Quantity(arrow.step.quantity),
                    )
                    .and(format!(", leads {way}{from}{to}.")),
            );
        }
        lines.extend(view.verdict().filter(|_| view.arrows.len() == 2));
        if view.arrows.is_empty() {
            lines.push(Line::plain(
                "No arrow is shown yet; `next` shows the next line.",
            ));
        }
        lines.into()
    }

    /// How the arrows stand to one another, once there are any.
    fn verdict(&self) -> Option<Line> {
        let few = self.digits.exactly(3);
        let text = match &self.arrows[..] {
            [] => return None,
            [delta] if delta.step.length == 0.0 => {
                "Delta is 0: the plain step leads nowhere.".to_owned()
            }
            [delta] => format!("The plain step leads {}.", way(delta.step.length)),
            [delta, term, ..] => {
                let [delta, term] = [delta, term].map(|arrow| arrow.step.length);
                let times = number::display((term / delta).abs(), few);
                if term == 0.0 {
                    "The plain step alone: the momentum term is 0.".to_owned()
                } else if delta == 0.0 {
                    format!("The momentum term alone leads {}.", way(term))
                } else if (delta > 0.0) == (term > 0.0) {
                    format!(
                        "Two steps {}: the momentum term is {times} times as long as delta.",
                        way(delta)
                    )
                } else {
                    format!(
                        "One step {}, one {}: the momentum term is {times} times as long as delta.",
                        way(delta),
                        way(term)
                    )
                }
            }
        };
        Some(Line::plain(text))
    }
}

fn way(length: f64) -> &'static str {
    if length < 0.0 { "down" } else { "up" }
}
