//! Moving: by line, by update, to a place, and between branches.

use super::{Outcome, Position, Session};
use crate::command::Refusal;
use crate::command::{Command, Place, Unit};
use crate::explain::{Line, stepped};
use crate::timeline::Stop;

impl Session {
    /// Shows `count` lines more. At the end of the run it stops short; where nothing more can be shown it refuses.
    pub(super) fn next(&mut self, count: u64) -> Result<Outcome, Refusal> {
        let updates = count / (self.all_lines_of(self.position.update) as u64).max(1);
        self.may_take(updates, 1)?;
        let started = self.position;
        let mut outcome = Outcome::default();
        for _ in 0..self.next_updates(count) {
            if let Err(stop) = self.next_line() {
                if self.position == started {
                    return Err(refuse(&stop));
                }
                outcome = Outcome::says(Line::plain(ended(&stop)));
                break;
            }
        }
        self.pace = Unit::Line;
        Ok(outcome)
    }

    /// Goes on by whole updates while at least one is left of `count` lines; the answer is how many lines are left.
    fn next_updates(&mut self, count: u64) -> u64 {
        let here = (self.all_lines_of(self.position.update) - self.position.lines) as u64;
        let mut step = self.position.update + 1;
        let Some(mut left) = count.checked_sub(here) else {
            return count;
        };
        if self.timeline.run_mut().reach(step).is_err() {
            return count;
        }
        while let Ok(lines) = self.lines_of(step) {
            let lines = lines as u64;
            // Only a change of rule changes how many lines an update has.
            let alike = self.timeline.run().settled(step + 1).saturating_add(1);
            let wanted = alike.min(left / lines);
            // Where it stops, the lines that are left say so.
            let stopped = self
                .timeline
                .run_mut()
                .reach(step.saturating_add(wanted))
                .is_err();
            let made = self
                .timeline
                .run()
                .reached()
                .min(step.saturating_add(wanted))
                - step;
            left -= made * lines;
            step += made;
            if made == 0 || stopped {
                break;
            }
        }
        self.stand_after(step);
        left
    }

    fn next_line(&mut self) -> Result<(), Stop> {
        let Position { update, lines } = self.position;
        self.position = if lines < self.lines_of(update)? {
            Position {
                update,
                lines: lines + 1,
            }
        } else {
            // The update that follows must exist before it can be entered.
            self.lines_of(update + 1)?;
            Position {
                update: update + 1,
                lines: 1,
            }
        };
        self.reach_position();
        Ok(())
    }

    /// Makes updates until `step` are complete, without showing them. The answer says what has stopped it before.
    pub fn carry_on(&mut self, step: u64) -> Option<Stop> {
        self.timeline.run_mut().reach(step).err()
    }

    /// Goes back `count` lines or updates, as far as there are any.
    pub(super) fn back(&mut self, count: u64, unit: Unit) -> Result<Outcome, Refusal> {
        if self.position
            == (Position {
                update: 0,
                lines: 0,
            })
        {
            return Err(Refusal::new(
                "this is the start",
                "→ or `next` goes forward",
            ));
        }
        let Position { update, lines } = self.position;
        match (unit, self.lesson.model.epoch_length()) {
            (Unit::Epoch, None) => return Err(no_epochs()),
            (Unit::Epoch, Some(length)) => {
                let begun = (update + u64::from(lines > 0)).div_ceil(length);
                self.stand_after(begun.saturating_sub(count).saturating_mul(length));
            }
            (Unit::Update, _) => {
                let begun = if lines == 0 { update - 1 } else { update };
                self.stand_after(begun.saturating_sub(count - 1));
            }
            (Unit::Line, _) => {
                for _ in 0..self.back_updates(count) {
                    if !self.back_line() {
                        break;
                    }
                }
            }
        }
        Ok(Outcome::default())
    }

    /// Goes back by whole updates while at least one is left of `count` lines; the answer is how many lines are left.
    fn back_updates(&mut self, count: u64) -> u64 {
        let Position { update, lines } = self.position;
        let left = count
            .checked_sub(lines as u64)
            .filter(|_| update > 0 && lines > 0);
        let Some(mut left) = left else {
            return count;
        };
        let mut step = update;
        while step > 0 {
            let lines = self.all_lines_of(step - 1) as u64;
            let alike = self
                .timeline
                .run()
                .settled_before(step)
                .min((left.max(1) - 1) / lines);
            if alike == 0 {
                break;
            }
            left -= alike * lines;
            step -= alike;
        }
        self.stand_after(step);
        left
    }

    /// Hides the last line shown; `false` at the start.
    fn back_line(&mut self) -> bool {
        match self.position {
            Position {
                update: 0,
                lines: 0,
            } => return false,
            // Between two updates nothing of the later one is shown: the last line is the earlier one's.
            Position { update, lines: 0 } => {
                let lines = self.all_lines_of(update - 1);
                self.position = Position {
                    update: update - 1,
                    lines: lines - 1,
                };
            }
            Position { update, lines: 1 } if update > 0 => self.stand_after(update),
            Position { update, lines } => {
                self.position = Position {
                    update,
                    lines: lines - 1,
                }
            }
        }
        true
    }

    pub(super) fn go_to(&mut self, place: Place) -> Result<Outcome, Refusal> {
        let updates = self.lesson.model.updates();
        let step = match (place, updates) {
            (Place::Start, _) => 0,
            (Place::End, Some(updates)) => updates,
            (Place::End, None) => {
                return Err(Refusal::new(
                    "this run has no end",
                    "go to a step, such as `goto 100`",
                ));
            }
            (Place::Step(step), Some(updates)) if step > updates => {
                let message =
                    format!("there is no step {step}: the lesson has {updates} gradients");
                return Err(Refusal::new(
                    message,
                    format!("a step from 0 to {updates}, or `goto end`"),
                ));
            }
            (Place::Step(step), _) => step,
        };
        if let Some(journey) = self.journey(&Command::Goto(Place::Step(step))) {
            self.travel_at_once(journey)
        } else {
            self.stand_after(step);
            Ok(Outcome::default())
        }
    }

    /// Stands before the first update.
    pub(super) fn stand_at_start(&mut self) {
        self.position = Position {
            update: 0,
            lines: 0,
        };
    }

    /// Stands where `step` updates are complete and the last of them is on the screen.
    pub(super) fn stand_after(&mut self, step: u64) {
        self.position = match step.checked_sub(1) {
            Some(update) => Position {
                update,
                lines: self.all_lines_of(update),
            },
            None => Position {
                update: 0,
                lines: 0,
            },
        };
    }

    /// Carries the run as far as the learner has seen it.
    pub(super) fn reach_position(&mut self) {
        let step = self.step();
        self.timeline
            .run_mut()
            .reach(step)
            .expect("an update that is on the screen can be made");
    }

    /// How many lines an update has.
    fn lines_of(&self, update: u64) -> Result<usize, Stop> {
        let record = self.record_of(update)?;
        let model = self.timeline.run().model();
        Ok(stepped(model, record.settings.rule, self.focus).len())
    }

    /// How many lines an update has that has been made before.
    pub(super) fn all_lines_of(&self, update: u64) -> usize {
        self.lines_of(update)
            .expect("this update has been made before")
    }
}

/// What is said where epochs are asked for and there are none.
pub(super) fn no_epochs() -> Refusal {
    Refusal::new(
        "this lesson has no epochs: it has no items to go through",
        "`step` makes an update",
    )
}

pub(super) fn refuse(stop: &Stop) -> Refusal {
    Refusal::new(sentence(stop), advice(stop))
}

/// What is said where a run has come as far as it can.
pub(super) fn ended(stop: &Stop) -> String {
    format!("The run stops here: {}.", sentence(stop))
}

fn sentence(stop: &Stop) -> String {
    match stop {
        Stop::End { updates: 1 } => "the lesson has one gradient, and it has been used".to_owned(),
        _ => stop.to_string(),
    }
}

/// What can be done where a run has stopped.
pub(super) fn advice(stop: &Stop) -> &'static str {
    match stop {
        Stop::End { .. } => "← or `back` goes back, Page Down or `page next` turns the page",
        Stop::Overflow { .. } | Stop::Undefined { .. } => "use a smaller learning rate or momentum",
    }
}
