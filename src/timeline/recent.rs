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
    /// The one before: a record of a large network is made sooner in the memory of one that nobody looks at any more.
    older: Option<Rc<Record>>,
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
        self.older = self.record.replace(Rc::clone(record));
    }

    /// A record that nobody looks at any more, for its memory.
    pub fn take_older(&mut self) -> Option<Record> {
        self.older.take().and_then(Rc::into_inner)
    }

    /// Whether several states like this one are kept on the way to a step.
    pub fn keeps_several(state: &State) -> bool {
        2 * state.bytes() <= ROOM
    }

    /// The step of the last state.
    pub fn last(&self) -> Option<u64> {
        self.states.last().map(|state| state.step)
    }

    /// The nearest state at or before `step`: one of these or a checkpoint. Those after it are given up where it is not
    /// at hand: who goes back mostly goes on back.
    pub fn before(&mut self, step: u64, checkpoint: &Rc<State>) -> Rc<State> {
        if checkpoint.step == step {
            return Rc::clone(checkpoint);
        }
        let count = self.states.partition_point(|state| state.step <= step);
        self.states.truncate(count);
        let last = self.states.last();
        let nearer = last.filter(|last| last.step >= checkpoint.step);
        Rc::clone(nearer.unwrap_or(checkpoint))
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
        if self
            .record
            .as_ref()
            .is_some_and(|record| record.step >= step)
        {
            self.older = self.record.take();
        }
    }
}
