//! What of a run is likely to be asked for next: the record that was asked for last, and states near to where it is
//! looked at, the further behind the fewer.

use std::rc::Rc;

use super::{Record, State};

/// What the states may take, in bytes; one is kept whatever it takes.
pub(super) const ROOM: usize = 2 << 20;

/// A record, and states before the changes of their steps.
#[derive(Debug, Clone, Default)]
pub(super) struct Recent {
    /// In the order of their steps.
    states: Vec<Rc<State>>,
    record: Option<Rc<Record>>,
}

impl Recent {
    /// About how many bytes its states take.
    pub fn bytes(&self) -> usize {
        self.states.iter().map(|state| state.bytes()).sum()
    }

    /// The record of an update, where it was asked for last.
    pub fn record(&self, step: u64) -> Option<Rc<Record>> {
        self.record.clone().filter(|record| record.step == step)
    }

    pub fn note(&mut self, record: &Rc<Record>) {
        self.record = Some(Rc::clone(record));
    }

    /// The step of the last state.
    pub fn last(&self) -> Option<u64> {
        self.states.last().map(|state| state.step)
    }

    /// The nearest state at or before `step`: one of these or a checkpoint. Those after it are given up where it is not
    /// at hand: who goes back mostly goes on back.
    pub fn before<'a>(&'a mut self, step: u64, checkpoint: &'a State) -> &'a State {
        if checkpoint.step == step {
            return checkpoint;
        }
        let count = self.states.partition_point(|state| state.step <= step);
        self.states.truncate(count);
        let last = self.states.last().map(AsRef::as_ref);
        last.filter(|last| last.step >= checkpoint.step)
            .unwrap_or(checkpoint)
    }

    /// Keeps a state that comes after all others, and of those before it fewer the further they are away.
    pub fn keep(&mut self, state: Rc<State>) {
        let (now, most) = (state.step, ROOM / state.bytes());
        let age = |state: &Rc<State>| now - state.step;
        self.states.push(state);
        for index in (1..self.states.len().saturating_sub(1)).rev() {
            if age(&self.states[index - 1]) <= 2 * age(&self.states[index + 1]) {
                self.states.remove(index);
            }
        }
        let too_many = self.states.len().saturating_sub(most.max(1));
        self.states.drain(..too_many);
    }

    /// Forgets what comes after `step`, and what a change there alters.
    pub fn forget_after(&mut self, step: u64) {
        self.states.retain(|state| state.step <= step);
        self.record.take_if(|record| record.step >= step);
    }
}
