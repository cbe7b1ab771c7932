//! A few states of a run, evenly spaced, and thinned by half whenever there are too many.

use std::rc::Rc;

use super::State;

/// At most this many checkpoints are kept.
const MOST_CHECKPOINTS: usize = 1024;

/// States at every multiple of the spacing, the first at the start.
#[derive(Debug, Clone)]
pub(super) struct Checkpoints {
    /// Branches share those that they have in common.
    kept: Vec<Rc<State>>,
    spacing: u64,
    /// What they take beside the start, which all branches share; about, in bytes.
    taken: usize,
    /// What they may take, in bytes; the start is kept whatever it takes.
    room: usize,
}

impl Checkpoints {
    pub fn new(start: State, room: usize) -> Self {
        Self {
            kept: vec![Rc::new(start)],
            spacing: 1,
            taken: 0,
            room,
        }
    }

    /// The start alone, which is shared, and the state there.
    pub fn again(&self, room: usize) -> (Self, State) {
        let start = &self.kept[0];
        let again = Self {
            kept: vec![Rc::clone(start)],
            spacing: 1,
            taken: 0,
            room,
        };
        (again, start.as_ref().clone())
    }

    /// How many updates lie between two of them.
    pub fn spacing(&self) -> u64 {
        self.spacing
    }

    pub fn iter(&self) -> impl Iterator<Item = &State> {
        self.kept.iter().map(AsRef::as_ref)
    }

    /// About how many bytes they take beside the start, which all branches share.
    pub fn bytes(&self) -> usize {
        self.taken
    }

    /// The last at or before `step`, which must have been passed.
    pub fn before(&self, step: u64) -> &Rc<State> {
        &self.kept[(step / self.spacing) as usize]
    }

    /// The step after `step` at which the next is due.
    pub fn next_after(&self, step: u64) -> u64 {
        step + self.spacing - step % self.spacing
    }

    pub fn forget_after(&mut self, step: u64) {
        self.kept.truncate((step / self.spacing) as usize + 1);
        self.count();
    }

    /// Keeps a state where one is due, and every second where there are too many.
    pub fn keep(&mut self, state: &Rc<State>) {
        let due = self.kept.len() as u64 * self.spacing;
        if state.step == due {
            self.kept.push(Rc::clone(state));
            self.taken += state.bytes();
            self.thin();
        }
    }

    /// What they may take from now on, in bytes.
    pub fn fit(&mut self, room: usize) {
        self.room = room;
        self.thin();
    }

    fn thin(&mut self) {
        while self.kept.len() > MOST_CHECKPOINTS || self.taken > self.room {
            let mut index = 0;
            self.kept.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing *= 2;
            self.count();
        }
    }

    fn count(&mut self) {
        self.taken = self.iter().skip(1).map(State::bytes).sum();
    }
}
