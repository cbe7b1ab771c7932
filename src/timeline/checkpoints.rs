//! A few states of a run, evenly spaced, and thinned by half whenever there are too many.

use super::State;

/// At most this many checkpoints are kept,
const MOST_CHECKPOINTS: usize = 1024;
/// and at most about this many bytes of them.
const MOST_BYTES: usize = 32 << 20;

/// States at every multiple of the spacing, the first at the start.
#[derive(Debug, Clone)]
pub(super) struct Checkpoints {
    kept: Vec<State>,
    spacing: u64,
}

impl Checkpoints {
    pub fn new(start: State) -> Self {
        Self {
            kept: vec![start],
            spacing: 1,
        }
    }

    /// How many updates lie between two of them.
    pub fn spacing(&self) -> u64 {
        self.spacing
    }

    pub fn iter(&self) -> impl Iterator<Item = &State> {
        self.kept.iter()
    }

    /// The last at or before `step`, which must have been passed.
    pub fn before(&self, step: u64) -> &State {
        &self.kept[(step / self.spacing) as usize]
    }

    /// The step after `step` at which the next is due.
    pub fn next_after(&self, step: u64) -> u64 {
        step + self.spacing - step % self.spacing
    }

    pub fn forget_after(&mut self, step: u64) {
        self.kept.truncate((step / self.spacing) as usize + 1);
    }

    /// Keeps a state where one is due, and every second where there are too many.
    pub fn keep(&mut self, state: &State) {
        let due = self.kept.len() as u64 * self.spacing;
        if state.step == due {
            self.kept.push(state.clone());
        }
        let most = (MOST_BYTES / state.bytes()).clamp(8, MOST_CHECKPOINTS);
        if self.kept.len() > most {
            let mut index = 0;
            self.kept.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing *= 2;
        }
    }
}
