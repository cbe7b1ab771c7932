//! Changing settings and values, for good or to see what would happen.

use super::{Outcome, Position, Refusal, Session, chosen};
use crate::command::{Amount, Assignment};
use crate::explain::{Line, Quantity, Role, number};
use crate::math::{Convention, Rule};
use crate::timeline::{Change, Changed, Record, Stop};

/// Momenta that `up` and `down` stop at. Beyond the last, nothing is ever forgotten.
const MOMENTA: [f64; 13] = [
    0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999,
];

/// A change, what it is called in words, and the name of the branch it may start.
struct Named {
    change: Change,
    quantity: Option<Quantity>,
    words: String,
    label: String,
}

impl Session {
    pub(super) fn set(&mut self, assignment: Assignment) -> Result<Outcome, Refusal> {
        match assignment {
            Assignment::Digits(digits) => {
                self.digits = digits;
                let digits = digits.get();
                Ok(Outcome::says(Line::plain(format!(
                    "Numbers show up to {digits} digits."
                ))))
            }
            Assignment::Convention(choice) => {
                self.convention = chosen(choice, &Convention::ALL, self.convention);
                Ok(Outcome::says(Line::plain(match self.convention {
                    Convention::Add => "Gradients point downhill, and deltas are added.",
                    Convention::Subtract => {
                        "Gradients are dE/dw: they point uphill, and delta turns the sign."
                    }
                })))
            }
            other => self.change(&self.named(other)?),
        }
    }

    fn change(&mut self, named: &Named) -> Result<Outcome, Refusal> {
        let step = self.change_step();
        self.try_change(step, named.change)?;
        let complete = self.is_complete();
        let hindsight = self.hindsight(step, named.change);
        let changed = self.timeline.change(step, named.change, &named.label);
        if changed == Changed::Nothing {
            return Ok(Outcome::says(named.line(" already is so.")));
        }
        if step > self.position.update {
            self.position = Position {
                update: step,
                lines: 0,
            };
        } else {
            let lines = self.derivation().lines.len();
            self.position.lines = if complete {
                lines
            } else {
                self.position.lines.min(lines - 1)
            };
        }
        self.reach_position();
        let mut message = named.line(&format!(" from update {} on.", step + 1));
        if changed == Changed::Forked {
            let name = &self.timeline.current().name;
            message.push(
                format!(" This is a new branch, {name}; the run before is kept."),
                Role::Muted,
            );
        }
        message.spans.extend(hindsight.spans);
        Ok(Outcome::says(message))
    }

    /// What a `set` would make of the weight, without doing it.
    pub(super) fn preview_set(&self, assignment: Assignment) -> Result<Line, Refusal> {
        let named = match assignment {
            Assignment::Digits(digits) => {
                let after = number::display(self.record().updates[self.focus].before, digits);
                return Ok(Line::plain(format!("the weight would show as {after}")));
            }
            Assignment::Convention(_) => {
                return Ok(Line::plain(
                    "the gradient's sign would turn; no weight changes",
                ));
            }
            other => self.named(other)?,
        };
        let step = self.change_step();
        let after = self.try_change(step, named.change)?.updates[self.focus].after;
        let mut line = Line::plain(format!("update {} gives the weight ", step + 1));
        line.push(
            number::display(after, self.digits),
            Role::Quantity(Quantity::After),
        );
        line.push(".", Role::Plain);
        line.spans.extend(self.hindsight(step, named.change).spans);
        Ok(line)
    }

    /// What a change that holds from `step` on would have made of the update on the screen, where that comes before.
    fn hindsight(&self, step: u64, change: Change) -> Line {
        let update = self.position.update;
        match self.timeline.run().trial(update, change) {
            Ok(record) if update < step => {
                let after = number::display(record.updates[self.focus].after, self.digits);
                Line::plain(format!(" Update {} would have given ", update + 1))
                    .with(after, Role::Quantity(Quantity::After))
                    .with(".", Role::Plain)
            }
            _ => Line::new(),
        }
    }

    /// The step at which a change is made: at the update on the screen while that is not complete, or no other
    /// follows; else at the next.
    fn change_step(&self) -> u64 {
        let Position { update, .. } = self.position;
        let another = self
            .lesson
            .model
            .updates()
            .is_none_or(|updates| update + 1 < updates);
        if self.is_complete() && another {
            update + 1
        } else {
            update
        }
    }

    /// The next update with a change; refused where its numbers would outgrow the machine's.
    fn try_change(&self, step: u64, change: Change) -> Result<Record, Refusal> {
        self.timeline.run().trial(step, change).map_err(|stop| {
            let advice = match stop {
                Stop::Overflow { .. } => "a smaller number",
                Stop::End { .. } => super::motion::advice(&stop),
            };
            Refusal::new(stop.to_string(), advice)
        })
    }

    /// The change that an assignment stands for.
    fn named(&self, assignment: Assignment) -> Result<Named, Refusal> {
        let settings = self.timeline.run().state(self.change_step()).settings;
        let parameter = self.focus;
        let exact = number::exact;
        let (change, quantity, label) = match assignment {
            Assignment::LearningRate(amount) => {
                let value = resolved(amount, settings.learning_rate, rate_above, rate_below)?;
                (
                    Change::LearningRate(value),
                    Some(Quantity::LearningRate),
                    exact(value),
                )
            }
            Assignment::Momentum(amount) => {
                let value = resolved(amount, settings.momentum, momentum_above, momentum_below)?;
                (
                    Change::Momentum(value),
                    Some(Quantity::Momentum),
                    exact(value),
                )
            }
            Assignment::Rule(choice) => {
                let rule = chosen(choice, &Rule::ALL, settings.rule);
                (Change::Rule(rule), None, rule.name().to_owned())
            }
            Assignment::Gradient(gradient) => {
                let downhill = self.convention.flip(gradient);
                (
                    Change::Gradient {
                        parameter,
                        downhill,
                    },
                    Some(Quantity::Gradient),
                    exact(gradient),
                )
            }
            Assignment::PreviousDelta(value) => (
                Change::PreviousDelta { parameter, value },
                Some(Quantity::Memory),
                exact(value),
            ),
            Assignment::Parameter(parameter, value) => (
                Change::Parameter { parameter, value },
                Some(Quantity::Before),
                exact(value),
            ),
            Assignment::Digits(_) | Assignment::Convention(_) => {
                unreachable!("these change what is shown and not the run")
            }
        };
        let name = match assignment {
            Assignment::Rule(_) => "rule",
            Assignment::Parameter(parameter, _) => &self.lesson.model.parameters()[parameter],
            _ => quantity.map_or("", Quantity::name),
        };
        Ok(Named {
            change,
            quantity,
            words: format!("{} {label}", name.replace('_', " ")),
            label: format!("{name}={label}"),
        })
    }
}

impl Named {
    fn line(&self, rest: &str) -> Line {
        let role = self.quantity.map_or(Role::Strong, Role::Quantity);
        Line::new()
            .with(self.words.clone(), role)
            .with(rest, Role::Plain)
    }
}

fn resolved(
    amount: Amount,
    current: f64,
    above: impl Fn(f64) -> Option<f64>,
    below: impl Fn(f64) -> Option<f64>,
) -> Result<f64, Refusal> {
    let (next, edge) = match amount {
        Amount::Value(value) => return Ok(value),
        Amount::Up => (above(current), "highest"),
        Amount::Down => (below(current), "lowest"),
    };
    next.ok_or_else(|| {
        let message = format!(
            "{} is the {edge} value that the keys go to",
            number::exact(current)
        );
        Refusal::new(message, "any number from 0 up can be typed with `set`")
    })
}

fn momentum_above(current: f64) -> Option<f64> {
    MOMENTA.into_iter().find(|momentum| *momentum > current)
}

fn momentum_below(current: f64) -> Option<f64> {
    MOMENTA
        .into_iter()
        .rev()
        .find(|momentum| *momentum < current)
}

/// Learning rates that the keys stop at: 1, 2 and 5 in every power of ten from 1e-6 to 100.
fn rates() -> impl DoubleEndedIterator<Item = f64> {
    (-6..=2).flat_map(|power| {
        [1, 2, 5]
            .into_iter()
            .filter_map(move |digit| number::parse(&format!("{digit}e{power}")))
    })
}

fn rate_above(current: f64) -> Option<f64> {
    rates().find(|rate| *rate > current)
}

fn rate_below(current: f64) -> Option<f64> {
    rates().rev().find(|rate| *rate < current)
}
