//! Moving by line and to a place, forward and back.

use crate::command::{Command, Destination, Refusal, Unit, refused};
use crate::explain::plural;
use crate::session::{Done, Outcome, Position, Session, Walk};
use crate::timeline::Stop;

impl Session {
    /// Shows `count` lines more. At the end of the run it stops short; where nothing more can be shown it refuses.
    pub(in crate::session) fn next(&mut self, count: u64) -> Done {
        let before = self.step();
        match self.walk.next(self.runs.run_mut(), count) {
            Ok(Some(Stop::Halted)) => {
                let made = self.step() - before;
                let updates = plural(made, "update");
                Ok(Outcome::says(format!("Stopped: {made} {updates} made.")))
            }
            Ok(stop) => Ok(Outcome::maybe(stop.as_ref().map(ended))),
            Err(stop) => Err(refuse(&stop)),
        }
    }

    /// Makes updates until `step` are complete, without showing them. The answer says what has stopped it before.
    pub fn carry_on(&mut self, step: u64) -> Option<Stop> {
        let watch = self.watch().clone();
        watch.during(|| self.runs.run_mut().reach(step).err())
    }

    /// Goes back `count` lines or updates, as far as there are any.
    pub(in crate::session) fn back(&mut self, count: u64, unit: Option<Unit>) -> Done {
        let unit = unit.unwrap_or(self.walk.pace());
        if self.position() == Position::START {
            return refused("this is the start", "→ or `next` goes forward");
        }
        if unit == Unit::Epoch && self.lesson.model.epoch_length().is_none() {
            return Err(no_epochs());
        }
        let before = self.walk.clone();
        self.walk.back(self.runs.run(), count, unit);
        self.look_back(before)
    }

    pub(in crate::session) fn go_to(&mut self, place: Destination) -> Done {
        let updates = self.lesson.model.updates();
        let step = match (place, updates) {
            (Destination::Start, _) => 0,
            (Destination::End, Some(updates)) => updates,
            (Destination::End, None) => {
                return refused("this run has no end", "go to a step, such as `goto 100`");
            }
            (Destination::Step(step), Some(updates)) if step > updates => {
                let message =
                    format!("there is no step {step}: the lesson has {updates} gradients");
                return refused(
                    message,
                    format!("a step from 0 to {updates}, or `goto end`"),
                );
            }
            (Destination::Step(step), _) => step,
        };
        if let Some(journey) = self.journey(&Command::Goto(Destination::Step(step))) {
            self.travel(journey)
        } else {
            let before = self.walk.clone();
            self.stand_after(step);
            self.look_back(before)
        }
    }

    /// Makes ready what is looked at where the learner has gone to; where that is stopped, they stay where they were.
    pub(in crate::session) fn look_back(&mut self, before: Walk) -> Done {
        // Where it is stopped, that is said below.
        let _ = self.runs.run().ready(self.step());
        self.unless_halted().inspect_err(|_| self.walk = before)?;
        Ok(Outcome::default())
    }

    /// Stands where `step` updates are complete and the last of them is on the screen.
    pub(in crate::session) fn stand_after(&mut self, step: u64) {
        self.walk.stand_after(self.runs.run(), step);
    }

    /// Carries the run as far as the learner has seen it.
    pub(in crate::session) fn reach_position(&mut self) {
        self.walk.carry(self.runs.run_mut());
    }
}

/// What is said where epochs are asked for and there are none.
pub(in crate::session) fn no_epochs() -> Refusal {
    Refusal::new(
        "this lesson has no epochs: it has no items to go through",
        "`step` makes an update",
    )
}

pub(in crate::session) fn refuse(stop: &Stop) -> Refusal {
    Refusal::new(sentence(stop), advice(stop))
}

/// What is said where a run has come as far as it can.
pub(in crate::session) fn ended(stop: &Stop) -> String {
    format!("The run stops here: {}.", sentence(stop))
}

fn sentence(stop: &Stop) -> String {
    match stop {
        Stop::End { updates: 1 } => "the lesson has one gradient, and it has been used".to_owned(),
        Stop::End { .. } | Stop::Overflow { .. } | Stop::Undefined { .. } | Stop::Halted => {
            stop.to_string()
        }
    }
}

/// What can be done where a run has stopped.
pub(in crate::session) fn advice(stop: &Stop) -> &'static str {
    match stop {
        Stop::End { .. } => "← or `back` goes back, Page Down or `page next` turns the page",
        Stop::Overflow { .. } | Stop::Undefined { .. } => "use a smaller learning rate or momentum",
        Stop::Halted => "the same command goes on",
    }
}
