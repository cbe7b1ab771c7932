//! Where the learner is: the page, the parameter that is looked at, and how much of which update has been shown.
//!
//! Owns the moves over a run, forward and back, by line, update and epoch. What they say, and what refuses them, is left
//! to the commands that make them.

use crate::command::Unit;
use crate::explain::stepped;
use crate::timeline::{Run, Stop};
use crate::watch::Halt;

/// The update on the screen, and how much of it has been shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Which update, from 0.
    pub update: u64,
    /// How many of its lines have been shown.
    pub lines: usize,
}

/// A command of a page that takes longer than a page may take to open, or that somebody has stopped. It has been done
/// in part, and those after it have not been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfinished {
    /// The place of the command among those of its page, from 0.
    pub command: usize,
    /// How many updates there were after it.
    pub step: u64,
    /// Why.
    pub halt: Halt,
}

impl Position {
    /// Before the first line of the first update.
    pub(super) const START: Self = Self {
        update: 0,
        lines: 0,
    };
}

/// Where the learner is.
#[derive(Debug, Clone)]
pub(super) struct Walk {
    page: usize,
    unfinished: Option<Unfinished>,
    position: Position,
    /// The unit of the last move forward, in which `back` goes back.
    pace: Unit,
    /// The parameter whose update is shown, by its index.
    focus: usize,
    /// Where the learner was, and whether that update was complete, before a turn that has come less far; and where
    /// they stood after it.
    cut_short: Option<((Position, bool), Position)>,
}

impl Walk {
    /// At the start of a run, on a lesson's first page.
    pub fn new() -> Self {
        Self {
            page: 0,
            unfinished: None,
            position: Position::START,
            pace: Unit::Line,
            focus: 0,
            cut_short: None,
        }
    }

    pub fn page(&self) -> usize {
        self.page
    }

    pub fn turn_to(&mut self, page: usize) {
        self.page = page;
        self.unfinished = None;
    }

    /// The open page has another place among the others.
    pub fn stay_on(&mut self, page: usize) {
        self.page = page;
    }

    /// What the open page has not done to its end.
    pub fn unfinished(&self) -> Option<Unfinished> {
        self.unfinished
    }

    pub fn leave_unfinished(&mut self, unfinished: Unfinished) {
        self.unfinished = Some(unfinished);
    }

    pub fn position(&self) -> Position {
        self.position
    }

    /// The unit of the last move forward.
    pub fn pace(&self) -> Unit {
        self.pace
    }

    pub fn keep_pace(&mut self, unit: Unit) {
        self.pace = unit;
    }

    /// The parameter whose update is shown, by its index.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// How many updates are complete.
    pub fn step(&self, run: &Run) -> u64 {
        self.position.update + u64::from(self.is_complete(run))
    }

    /// Whether every line of the update on the screen has been shown.
    pub fn is_complete(&self, run: &Run) -> bool {
        self.position.lines == self.all_lines_of(run, self.position.update)
    }

    /// Stands at the start of the run, as if nobody had moved yet.
    pub fn begin_again(&mut self) {
        self.stand_at(Position::START);
        self.pace = Unit::Line;
    }

    /// Stands at a place that has been made.
    pub fn stand_at(&mut self, position: Position) {
        self.position = position;
    }

    /// Stands where `step` updates are complete and the last of them is on the screen.
    pub fn stand_after(&mut self, run: &Run, step: u64) {
        self.position = match step.checked_sub(1) {
            Some(update) => Position {
                update,
                lines: self.all_lines_of(run, update),
            },
            None => Position::START,
        };
    }

    /// Looks at another parameter. What has been shown of the update stays shown, as far as both have it.
    pub fn look_at(&mut self, run: &Run, parameter: usize) {
        let complete = self.is_complete(run);
        self.focus = parameter;
        self.show_as_before(run, complete);
    }

    /// Shows as much of an update whose lines have become others: all of it where it was complete, else not all of it.
    pub fn show_as_before(&mut self, run: &Run, was_complete: bool) {
        let lines = self.all_lines_of(run, self.position.update);
        self.position.lines = if was_complete {
            lines
        } else {
            self.position.lines.min(lines - 1)
        };
    }

    /// Stays at the same place of another run, as far as that has it.
    pub fn go_over_to(&mut self, run: &Run) {
        let Position { update, lines } = self.position;
        if update < run.reached() {
            self.position.lines = lines.min(self.all_lines_of(run, update));
        } else {
            self.stand_after(run, run.reached());
        }
    }

    /// Where the learner is, and whether that update is complete; after a turn that has come less far, before it.
    pub fn before_turn(&self, run: &Run) -> (Position, bool) {
        match self.cut_short {
            Some((wanted, stood)) if stood == self.position => wanted,
            Some(_) | None => (self.position, self.is_complete(run)),
        }
    }

    /// Stays at a place of a run that has been made anew, as far as that has it: of an update whose lines have become
    /// others as much is shown as before.
    pub fn stand_after_turn(&mut self, run: &Run, wanted: (Position, bool)) {
        let (position, was_complete) = wanted;
        if position.update <= run.reached() && run.record(position.update).is_ok() {
            self.position = position;
            self.show_as_before(run, was_complete);
            self.cut_short = None;
        } else {
            self.stand_after(run, run.reached());
            self.cut_short = Some((wanted, self.position));
        }
    }

    /// Carries the run as far as the learner has seen it.
    pub fn carry(&self, run: &mut Run) {
        let step = self.step(run);
        run.reach(step)
            .expect("an update that is on the screen can be made");
    }

    /// Shows `count` lines more. The answer says what has stopped it before.
    ///
    /// # Errors
    /// Where nothing more can be shown.
    pub fn next(&mut self, run: &mut Run, count: u64) -> Result<Option<Stop>, Stop> {
        let started = self.position;
        let left = self.next_updates(run, count);
        let stop = (0..left).find_map(|_| self.next_line(run).err());
        match stop {
            Some(stop) if self.position == started => Err(stop),
            stop => {
                self.pace = Unit::Line;
                Ok(stop)
            }
        }
    }

    /// Goes on by whole updates while at least one is left of `count` lines; the answer is how many lines are left.
    fn next_updates(&mut self, run: &mut Run, count: u64) -> u64 {
        let Position { update, lines } = self.position;
        let here = (self.all_lines_of(run, update) - lines) as u64;
        let mut step = update + 1;
        let Some(mut left) = count.checked_sub(here) else {
            return count;
        };
        if run.reach(step).is_err() {
            return count;
        }
        while let Ok(lines) = self.lines_of(run, step) {
            let lines = lines as u64;
            // Only a change of rule changes how many lines an update has.
            let alike = run.settled(step + 1).saturating_add(1);
            let wanted = step.saturating_add(alike.min(left / lines));
            // Where it stops, the lines that are left say so.
            let stopped = run.reach(wanted).is_err();
            let made = run.reached().min(wanted) - step;
            left -= made * lines;
            step += made;
            if made == 0 || stopped {
                break;
            }
        }
        self.stand_after(run, step);
        left
    }

    fn next_line(&mut self, run: &mut Run) -> Result<(), Stop> {
        if run.watch().is_halted() {
            return Err(Stop::Halted);
        }
        let Position { update, lines } = self.position;
        self.position = if lines < self.lines_of(run, update)? {
            Position {
                update,
                lines: lines + 1,
            }
        } else {
            // The update that follows must exist before it can be entered.
            self.lines_of(run, update + 1)?;
            Position {
                update: update + 1,
                lines: 1,
            }
        };
        self.carry(run);
        Ok(())
    }

    /// Goes back `count` lines, updates or epochs, as far as there are any.
    pub fn back(&mut self, run: &Run, count: u64, unit: Unit) {
        let Position { update, lines } = self.position;
        match unit {
            Unit::Epoch => {
                let length = run.model().epoch_length().unwrap_or(1);
                let begun = (update + u64::from(lines > 0)).div_ceil(length);
                self.stand_after(run, begun.saturating_sub(count).saturating_mul(length));
            }
            Unit::Update => {
                let begun = update.saturating_sub(u64::from(lines == 0));
                self.stand_after(run, begun.saturating_sub(count - 1));
            }
            Unit::Line => {
                for _ in 0..self.back_updates(run, count) {
                    if !self.back_line(run) {
                        break;
                    }
                }
            }
        }
    }

    /// Goes back by whole updates while at least one is left of `count` lines; the answer is how many lines are left.
    fn back_updates(&mut self, run: &Run, count: u64) -> u64 {
        let Position { update, lines } = self.position;
        let left = count
            .checked_sub(lines as u64)
            .filter(|_| update > 0 && lines > 0);
        let Some(mut left) = left else {
            return count;
        };
        let mut step = update;
        while step > 0 {
            let lines = self.all_lines_of(run, step - 1) as u64;
            let settled = run.settled_before(step);
            let alike = settled.min((left.max(1) - 1) / lines);
            if alike == 0 {
                break;
            }
            left -= alike * lines;
            step -= alike;
        }
        self.stand_after(run, step);
        left
    }

    /// Hides the last line shown; `false` at the start.
    fn back_line(&mut self, run: &Run) -> bool {
        match self.position {
            Position::START => return false,
            // Between two updates nothing of the later one is shown: the last line is the earlier one's.
            Position { update, lines: 0 } => {
                let lines = self.all_lines_of(run, update - 1) - 1;
                let update = update - 1;
                self.position = Position { update, lines };
            }
            Position { update, lines: 1 } if update > 0 => self.stand_after(run, update),
            Position { lines, .. } => self.position.lines = lines - 1,
        }
        true
    }

    fn lines_of(&self, run: &Run, update: u64) -> Result<usize, Stop> {
        let record = run.record(update)?;
        Ok(stepped(run.model(), record.settings.rule, self.focus).len())
    }

    /// How many lines an update has that has been made before.
    pub fn all_lines_of(&self, run: &Run, update: u64) -> usize {
        stepped(run.model(), run.rule(update), self.focus).len()
    }
}
