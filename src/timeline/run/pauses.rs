//! Whoever waits for a run, asked between its updates.

use super::{Record, State, Stop};
use crate::math::{Model, Parameters};
use crate::timeline::company::Company;
use crate::watch::{SLICE, Watch};

/// Asks whether a run goes on, and sees nothing of its updates.
#[derive(Debug)]
pub(super) struct Pauses<'a> {
    watch: &'a Watch,
    work: u64,
    /// How many updates had been made when it was asked last.
    step: u64,
    /// How many are to be made: after the last of them it makes no difference.
    last: u64,
    says_stop: bool,
}

impl<'a> Pauses<'a> {
    /// Asks about updates of a model from `step` on to `last`.
    pub fn new(watch: &'a Watch, model: &Model, step: u64, last: u64) -> Self {
        Self {
            watch,
            work: model.work(),
            step,
            last,
            says_stop: false,
        }
    }

    /// Asks after so many updates; the answer is whether the run stops there, before its end.
    pub fn stops_at(&mut self, step: u64) -> bool {
        // Those that are made a second time have been told of.
        let made = step.saturating_sub(self.step);
        self.step = step;
        let goes_on = self.watch.goes_on(made.saturating_mul(self.work), step);
        self.says_stop = !goes_on && step < self.last;
        self.says_stop
    }

    /// Whether nothing is to be made any more but the one update that is made in any case.
    pub fn is_refused(&self) -> bool {
        self.watch.is_halted()
    }

    /// Whether the answer was to stop.
    pub fn says_stop(&self) -> bool {
        self.says_stop
    }

    /// What has come of it.
    ///
    /// # Errors
    /// Where it was stopped.
    pub fn answer(&self) -> Result<(), Stop> {
        if self.says_stop {
            return Err(Stop::Halted);
        }
        Ok(())
    }
}

impl Company for Pauses<'_> {
    type Eyes = ();

    const JUDGES: bool = false;

    fn sets_out(&mut self, state: &State) {
        self.step = state.step;
    }

    fn pause(&self, _: u64) -> u64 {
        if self.is_refused() {
            return 1;
        }
        (SLICE / self.work).max(1)
    }

    fn stops(&mut self, step: u64, _: &impl Parameters) -> Option<u64> {
        self.stops_at(step).then_some(step)
    }

    fn stops_with(&mut self, _: &Record, state: &State) -> bool {
        self.stops_at(state.step)
    }
}
