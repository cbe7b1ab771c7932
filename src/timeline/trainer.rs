//! Many updates at once, without looking at their numbers.

use super::State;
use crate::math::{Gradients, Memories, Model};

/// Numbers up to here can be added and multiplied without being lost.
const SAFE: f64 = 1e140;
/// After so many updates it is looked whether they are.
const MOST_UNSEEN: u64 = 1024;

/// Makes updates in place: no numbers are kept, nothing is allocated on the way.
///
/// The gradients and the arithmetic are those that single updates are made with, so the results are the same bits.
#[derive(Debug)]
pub struct Trainer<'a> {
    model: &'a Model,
    state: State,
    /// The memories in the units of the rule.
    memories: Vec<f64>,
    gradients: Gradients,
}

impl<'a> Trainer<'a> {
    /// Goes on from a state, with its settings.
    pub fn new(model: &'a Model, state: State) -> Self {
        let settings = state.settings;
        Self {
            model,
            memories: (state.memories)
                .read_all(settings.rule, settings.learning_rate)
                .into_owned(),
            gradients: model.room(),
            state,
        }
    }

    /// Makes updates until `last` have been made. `false` where there is no next one, or a number has come so near
    /// to what a double can hold that each update has to be looked at; the state is then of no use.
    #[must_use]
    pub fn reach(&mut self, last: u64) -> bool {
        let last = self.model.updates().map_or(last, |most| last.min(most));
        let length = self.model.epoch_length().unwrap_or(u64::MAX);
        while self.state.step < last {
            let place = self.state.step % length;
            self.model.enter(self.state.step, &mut self.state.schedule);
            let longest = (length - place).min(MOST_UNSEEN);
            let end = last.min(self.state.step + longest);
            self.reach_in_epoch(end, place as usize);
            if !self.is_safe() {
                return false;
            }
        }
        true
    }

    /// Makes updates until `end` have been made, the first of them at a place of its epoch and the last in the same.
    fn reach_in_epoch(&mut self, end: u64, mut place: usize) {
        let state = &mut self.state;
        while state.step < end {
            let item = state.schedule.item(place);
            self.model
                .gradients(state.step, item, &state.weights, &mut self.gradients);
            state.settings.update_all(
                &mut state.weights,
                &mut self.memories,
                &self.gradients.downhill,
            );
            state.step += 1;
            place += 1;
        }
    }

    /// Whether every number is well below what a double can hold. One that has once been beyond never comes back: it
    /// stays infinite, or no number.
    fn is_safe(&self) -> bool {
        let numbers = self.state.weights.iter().chain(&self.memories);
        numbers.fold(true, |safe, number| safe & (number.abs() < SAFE))
    }

    /// The parameters as they are.
    pub fn weights(&self) -> &[f64] {
        &self.state.weights
    }

    /// How many updates have been made.
    pub fn step(&self) -> u64 {
        self.state.step
    }

    /// The state as it is.
    pub fn into_state(mut self) -> State {
        self.state.memories = Memories::left(self.state.settings.rule, self.memories);
        self.state
    }

    /// Takes a state further, to `last` updates or as many as there are; `false`, and as it was, where that needs a
    /// closer look.
    pub(super) fn carry(model: &'a Model, state: &mut State, last: u64) -> bool {
        let mut trainer = Self::new(model, state.clone());
        let done = trainer.reach(last) && trainer.step() > state.step;
        if done {
            *state = trainer.into_state();
        }
        done
    }
}
